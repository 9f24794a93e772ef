"""The rows that an upload brought and those that it could not: what the counts in a list of uploads open."""

from __future__ import annotations

from collections.abc import Callable, Collection

import pandas as pd
import streamlit as st

from readiness.language import N_, _, n_
from readiness.messages import place, reason
from readiness.model import TABLE_KINDS, Problem
from readiness.sources import sources
from readiness.upload_rows import upload_rows
from store import rejected_rows
from ui.reads import Day, engine
from ui.words import MISSING, RESULT_WORDS, STATE_WORDS, TABLE_WORDS, day_format

ROW, HEIGHT = 30, 520
WORDS = {**STATE_WORDS, **RESULT_WORDS}
HEADINGS = {"table": (N_("表"), 84), "area": (N_("居民区"), 76), "site": (N_("点位"), 150), "text": (N_("内容"), 300),
            "word": (N_("状态"), 84), "cell": (N_("单元格"), 110)}


def open_records(
    day: Day, upload_id: str, file: str, close: Callable[[], None], tables: Collection[str] = TABLE_KINDS,
    area_code: str | None = None,
) -> None:
    """Opens the rows of an upload that count, of these kinds of table, of one area or of all."""
    rows = upload_rows(day.snapshot, upload_id, tables, area_code)
    st.dialog(_("{file}：计入的行").format(file=file), width="large", on_dismiss=close)(_records)(rows, day)


def open_rejected(day: Day, upload_id: str, file: str, close: Callable[[], None]) -> None:
    """Opens the rows of an upload that do not count, each with its cell, what was seen and what to do."""
    problems = rejected_rows(engine(day.key[0]), upload_id)
    st.dialog(_("{file}：没有计入的行").format(file=file), width="large", on_dismiss=close)(_rejected)(problems)


def _records(rows: pd.DataFrame, day: Day) -> None:
    st.caption(n_("共 {n} 条。", len(rows)))
    if len(rows):
        told = told_records(rows, day)
        config, days = st.column_config, st.column_config.DateColumn(_("日期"), format=day_format(), width=76)
        columns = {name: config.TextColumn(_(word), width=width) for name, (word, width) in HEADINGS.items()}
        _table(told, {**columns, "on": days})


def told_records(rows: pd.DataFrame, day: Day) -> pd.DataFrame:
    """The rows in the words of the screen: table, area, site, text, word, on, cell."""
    rows = sources(rows, day.snapshot.uploads)
    return rows.assign(
        table=rows["table"].map(lambda kind: _(TABLE_WORDS[kind])), area=rows["area_code"].map(
            day.reference.area_names()),
        word=rows["word"].map({code: _(word) for code, word in WORDS.items()}),
    )[["table", "area", "site", "text", "word", "on", "cell"]]


def _rejected(problems: list[Problem]) -> None:
    st.caption(n_("共 {n} 条。", len(problems)))
    told = pd.DataFrame({"cell": [place(problem) for problem in problems],
                         "why": [reason(problem) for problem in problems]})
    config = st.column_config
    _table(told, {"cell": config.TextColumn(_("单元格"), width=180), "why": config.TextColumn(_("看到什么、怎么改"))})


def _table(rows: pd.DataFrame, config: dict[str, object]) -> None:
    shown = rows.dropna(axis="columns", how="all")
    st.dataframe(shown, hide_index=True, row_height=ROW, height=min(HEIGHT, ROW * (len(shown) + 1) + 6),
                 placeholder=MISSING, key="records-table", alt=_("这个数字背后的每一行"),
                 column_config={name: config[name] for name in shown})
