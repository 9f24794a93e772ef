"""Which column of a table means what, each changeable by hand; the answer holds for the next book with that heading."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from readiness.answers import COLUMN_FIELDS
from readiness.language import _, n_
from readiness.model import Batch, Table
from ui.answering import answered, own_answers
from ui.words import FIELD_WORDS, MISSING, TABLE_WORDS

ACROSS = 4
RESULTS = "item"  # a column of results under the text of its item


def show_columns(batches: Sequence[Batch], at: int, table: Table, key: str) -> None:
    """A folded grid: the heading over a field to choose what its column means."""
    headings = [heading for heading, name in table.columns.items() if name != RESULTS]
    unread = sum(not table.columns[heading] for heading in headings)
    counts = [n_("{what}：{n} 栏各读作什么", len(headings), what=table.sheet or _(TABLE_WORDS[table.kind])),
              *[n_("{n} 栏不读", unread)] * bool(unread)]
    with st.expander(_("；").join(counts), key=f"columns-{key}"):
        grid = st.columns(ACROSS, gap=12)
        for number, heading in enumerate(headings):
            with grid[number % ACROSS]:
                _choose_field(batches, at, table, heading, f"column-{key}-{table.letters.get(heading, number)}")
        results = len(table.columns) - len(headings)
        told = [n_("另有 {n} 栏是各测评项目的结果。", results)] if results else []
        st.caption("".join([*told, _("改了马上重读；提交后记住，下次同样的表头也这样读。")]))


def _choose_field(batches: Sequence[Batch], at: int, table: Table, heading: str, key: str) -> None:
    now = table.columns[heading]
    names = dict.fromkeys(["", *COLUMN_FIELDS[table.kind], now])
    st.session_state[key] = now
    where = _("{heading}（{cell}）").format(heading=heading, cell=table.letters.get(heading, MISSING))
    st.selectbox(where, list(names), key=key,
                 format_func=lambda name: _(FIELD_WORDS.get(name, name)) if name else _("不读"),
                 on_change=_take_field, args=(key, batches, heading))


def _take_field(key: str, batches: Sequence[Batch], heading: str) -> None:
    same = [batch.sha256 for batch in batches if any(heading in table.columns for table in batch.tables)]
    answered(own_answers().with_column(heading, st.session_state[key]), same)
