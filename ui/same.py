"""New rows that nearly say what a known open issue at the same place says: asked, and never joined unasked."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import pandas as pd
import streamlit as st

from readiness.language import _, n_
from readiness.model import Batch
from ui.answering import answered, own_answers
from ui.frame import card
from ui.words import STATE_WORDS, day_text

REFUSED = "not-the-same"
SHOWN = 20


def same_card(batches: Sequence[Batch], near: pd.DataFrame) -> None:
    """A question for each such row. near: readiness.preview.alike with batch, the file's place."""
    told = [row for row in near.itertuples() if _name(row, batches) not in st.session_state.get(REFUSED, set())
            and _cell(batches[row.batch], row)]
    if not told:
        return
    with card("same", _("和已知问题差不多的"), n_("{n} 条；答“是”才会并作同一条", len(told))):
        for row in told[:SHOWN]:
            _ask(row, batches)
        if len(told) > SHOWN:
            st.html(f'<div class="quiet">{n_("还有 {n} 条，答完上面的再列出。", len(told) - SHOWN)}</div>')


def _ask(row: object, batches: Sequence[Batch]) -> None:
    batch, key = batches[row.batch], f"{row.batch}-{row.table_no}-{row.row}"
    state = _(STATE_WORDS[row.status])
    since = _("{day}发现，{state}").format(day=day_text(row.found_on), state=state) if pd.notna(row.found_on) else state
    words = _("{place}：“{description}”和已知问题“{known}”（{since}）是同一条吗？").format(
        place=f"{batch.file} {row.sheet or ''}!{_cell(batch, row)}", description=row.description, known=row.known,
        since=since)
    with st.container(key=f"near-{key}"):
        left, right = st.columns([16, 4], gap=12, vertical_alignment="center")
        left.html(f'<ul class="lines"><li><i>?</i><span>{escape(words)}</span></li></ul>')
        with right, st.container(horizontal=True, horizontal_alignment="right", gap="small"):
            st.button(_("是"), key=f"same-{key}", on_click=_join, args=(row, batches))
            st.button(_("不是"), key=f"other-{key}", on_click=_refuse, args=(_name(row, batches),))


def _join(row: object, batches: Sequence[Batch]) -> None:
    batch = batches[row.batch]
    cell = (batch.tables[row.table_no].sheet, _cell(batch, row))
    answered(own_answers().with_cells(batch.sha256, {cell: row.known}), [batch.sha256])


def _refuse(name: tuple) -> None:
    st.session_state[REFUSED] = {*st.session_state.get(REFUSED, set()), name}


def _name(row: object, batches: Sequence[Batch]) -> tuple:
    return batches[row.batch].sha256, row.table_no, row.row, row.issue


def _cell(batch: Batch, row: object) -> str:
    """The cell of the row's description; "" where one cell tells of several problems."""
    table = batch.tables[row.table_no]
    letters = [table.letters[heading] for heading, name in table.columns.items() if name == "description"]
    alone = sum(record["row"] == row.row for record in table.records) == 1
    return f"{letters[0]}{row.row}" if letters and alone else ""
