"""The rows behind a number: a card, bar, cell or mark opens them in a dialog, each with workbook, sheet and cell."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from readiness.language import N_, _, n_
from readiness.model import FAIL, FROM_CHECK, NA, OPEN, PASS, UNCHECKED
from readiness.reference import Reference
from readiness.sources import sources
from ui.fact_rows import EVENTS, PATROLS, event_columns, patrol_columns, told_events, told_patrols
from ui.figures import show_figure
from ui.issues import issue_rows, table_columns
from ui.reads import Day
from ui.session import turn_of, turned
from ui.words import MISSING, RESULT_WORDS, day_format, fits, in_words

ROW, HEIGHT = 30, 520
ISSUES = ("on", "move", "area", "site", "description", "status", "found_on", "verified_on", "again_on",
          "close_days", "overdue_days", "loss", "workbook", "cell", "kind", "due_on",
          "deadline_from", "responsible_unit")
ITEMS = ("area", "site", "kind", "indicator", "state", "gained", "earlier", "loss", "share", "v", "since", "workbook",
         "cell")
SUMMED = ("loss", "share", "gained")  # in place of what an item is worth
STATES = {**RESULT_WORDS, UNCHECKED: N_("未检查")}

RowsOf = Callable[[Any], tuple[str, pd.DataFrame] | None]


def open_rows(title: str, rows: pd.DataFrame, day: Day, close: Callable[[], None] | str = "ignore") -> None:
    """Opens a wide dialog with these rows, issues (a column issue) or items (of Standing.items), as a table.

    Every row names its workbook, sheet and cell. close is called when the dialog is closed.
    """
    st.dialog(title, width="large", on_dismiss=close)(_rows)(rows, day)


def open_button(
    label: str, key: str, title: str, rows_of: Callable[[], pd.DataFrame], day: Day, **options: Any
) -> None:
    """A button that opens the rows that rows_of makes; it is called on a click alone. options go to st.button."""
    if st.button(label, key=key, **{"type": "tertiary", **options}):
        open_rows(title, rows_of(), day)


def over_button(name: str, title: str, rows_of: Callable[[], pd.DataFrame], day: Day) -> None:
    """An unseen button over the whole of the container in which it is drawn: a click anywhere there opens the rows.

    Its words are for those who hear the page; the style sheet lays it over the container.
    """
    if st.button(title, key=f"over-{name}"):
        open_rows(title, rows_of(), day)


def open_figure(
    day: Day, name: str, draw: Callable[[str], Any], alt: str, rows_of: RowsOf, *parameters: Hashable, **options: Any
) -> None:
    """Shows a figure (as show_figure) whose marks open their rows.

    rows_of: from a mark's customdata to the dialog's title and rows, None for a mark that opens nothing. The dialog
    stands as long as the mark is selected; closing it gives the figure a new key and so an empty selection.
    """
    turn = turn_of(name)
    event = show_figure(day, name, draw, alt, *parameters, turn=turn, on_select="rerun", selection_mode="points",
                        **options)
    points = event["selection"]["points"] if event else []
    mark = points[0].get("customdata") if points else None
    found = rows_of(mark) if mark is not None else None
    if found:
        open_rows(*found, day, lambda: turned(name))


def _rows(rows: pd.DataFrame, day: Day) -> None:
    st.caption(rows_note(rows))
    if not rows.empty:
        rows_table(rows, day, "rows-table", HEIGHT)


def rows_table(rows: pd.DataFrame, day: Day, key: str, height: int) -> None:
    """The rows as a table of at most that height; a column that is empty in all rows is left out."""
    table, names, columns = told(rows, day)
    shown = table[[name for name in names if name in table]].dropna(axis="columns", how="all")
    st.dataframe(shown, hide_index=True, row_height=ROW, height=min(height, ROW * (len(shown) + 1) + 6),
                 placeholder=MISSING, key=key, alt=_("这个数字背后的每一行"),
                 column_config={name: column for name, column in columns.items() if name in shown})


def told(rows: pd.DataFrame, day: Day) -> tuple[pd.DataFrame, tuple[str, ...], dict[str, object]]:
    """The rows in the words of the screen, by what they are: issues, items, events of a site, or patrols; with the
    names of the columns to show and their headings."""
    if "issue" in rows:
        return told_issues(rows, day), ISSUES, row_columns()
    if "what" in rows:
        return told_events(sources(rows, day.snapshot.uploads)), EVENTS, event_columns()
    if "volunteers" in rows:
        return told_patrols(sources(rows, day.snapshot.uploads), day.reference), PATROLS, patrol_columns()
    table = told_items(rows, day)
    return table.drop(columns="v") if {*SUMMED} & {*table} else table, ITEMS, row_columns()


def rows_note(rows: pd.DataFrame) -> str:
    """How many rows there are and what they add up to: losses, shares, or the score that items give together.

    >>> rows_note(pd.DataFrame({"issue": ["a", "b"]}))
    '共 2 条。'
    >>> rows_note(pd.DataFrame({"state": ["pass", "fail", "unchecked"], "v": [3.0, 1.0, 1.0]}))
    '共 3 项：符合 1 项，不符合 1 项，未检查 1 项。得分 = 100 × 3.0000 ÷ 4.0000 = 75.0。'
    >>> rows_note(pd.DataFrame({"state": ["fail", "fail"], "v": [3.0, 1.0], "loss": [1.5, 0.5]}))
    '共 2 项，合计失 2.00 分。'
    """
    count = len(rows)
    if "state" not in rows:
        return n_("共 {n} 条。", count)
    if "gained" in rows:
        return n_("共 {n} 项，合计少失 {points:+.2f} 分。", count, points=rows["gained"].sum())
    if "loss" in rows:
        return n_("共 {n} 项，合计失 {points:.2f} 分。", count, points=rows["loss"].sum())
    if "share" in rows:
        return n_("共 {n} 项，合计占 {share:.1%}。", count, share=rows["share"].sum())
    return items_note(rows) if "v" in rows else cells_note(rows)


def items_note(rows: pd.DataFrame) -> str:
    """How many items pass, fail and wait, and the score that they give together."""
    passing, known = (rows.loc[rows["state"].isin(states), "v"].sum() for states in ((PASS,), (PASS, FAIL)))
    count = rows["state"].value_counts()
    told = n_("共 {n} 项：符合 {passing} 项，不符合 {failing} 项，未检查 {waiting} 项。", len(rows),
              passing=count.get(PASS, 0), failing=count.get(FAIL, 0), waiting=count.get(UNCHECKED, 0))
    return told + (_("得分 = 100 × {passing:.4f} ÷ {known:.4f} = {score:.1f}。").format(
        passing=passing, known=known, score=100 * passing / known) if known else "")


def cells_note(rows: pd.DataFrame) -> str:
    """How many items pass, fail, wait and do not apply, and the share of those known that pass, all worth the same.

    >>> cells_note(pd.DataFrame({"state": ["pass", "pass", "fail", "na"]}))
    '共 4 项：符合 2 项，不符合 1 项，未检查 0 项，不适用 1 项。符合率 = 2 ÷ 3 = 66.7%。'
    """
    count = rows["state"].value_counts().reindex([PASS, FAIL, UNCHECKED, NA], fill_value=0)
    told = n_("共 {n} 项：符合 {passing} 项，不符合 {failing} 项，未检查 {waiting} 项，不适用 {na} 项。", len(rows),
              passing=count[PASS], failing=count[FAIL], waiting=count[UNCHECKED], na=count[NA])
    known = count[PASS] + count[FAIL]
    return told + (_("符合率 = {passing} ÷ {known} = {rate:.1%}。").format(
        passing=count[PASS], known=known, rate=count[PASS] / known) if known else "")


def told_issues(rows: pd.DataFrame, day: Day) -> pd.DataFrame:
    """The issues, or the moves of issues, in the words of the screen, in the order given."""
    rows = sources(rows, day.snapshot.uploads)
    if "opened" not in rows:
        return issue_rows(rows, day.reference)
    words = np.where(rows["opened"] > 0, _("新增"), np.where(rows["origin"] == FROM_CHECK, _("复查合格"), _("销号")))
    told = issue_rows(rows.assign(status=OPEN, overdue_days=0, loss=0.0), day.reference)
    return told.assign(move=words).drop(columns=["status", "overdue_days", "loss"])


def told_items(rows: pd.DataFrame, day: Day) -> pd.DataFrame:
    """The items in the words of the screen: in the order given where they have a loss or a share, else those that fail
    first, then the known, each by what it is worth."""
    if not set(SUMMED) & set(rows):
        order = rows["state"].map({FAIL: 0, PASS: 1}).fillna(2)
        rows = rows.assign(order=order, worth=-rows.get("v", 0.0)).sort_values(["order", "worth"], kind="stable")
    rows = sources(rows, day.snapshot.uploads)
    return rows.assign(area=rows["area_code"].map(day.reference.area_names()), kind=_kinds(rows, day.reference),
                       state=rows["state"].map(in_words(STATES)))


def row_columns() -> dict[str, object]:
    """Headings, widths and formats of the dialog's columns."""
    config = st.column_config
    number, text, day = config.NumberColumn, config.TextColumn, config.DateColumn
    return {
        **table_columns(ISSUES),
        "indicator": text(_("测评项目"), width=fits(256, 230)),
        "description": text(_("问题"), width=fits(220, 200)),
        "site": text(_("点位"), width=fits(130, 120)), "kind": text(_("类型"), width=fits(84, 130)),
        "state": text(_("结果"), width=fits(64, 88)), "v": number(_("分量"), format="%.4f", width=66),
        "loss": number(_("失分"), format="%.3f", width=fits(66, 84)),
        "earlier": number(_("之前失分"), format="%.3f", width=fits(76, 86)),
        "gained": number(_("少失"), format="%+.3f", width=66), "share": number(_("占比"), format="percent", width=66),
        "since": day(_("日期"), format=day_format(), width=70), "on": day(_("日期"), format=day_format(), width=70),
        "move": text(_("动向"), width=fits(76, 116)),
        "found_on": day(_("发现"), format=day_format(), width=fits(70, 66)),
        "deadline_from": text(_("期限出自"), width=fits(76, 84)),
        "verified_on": day(_("销号"), format=day_format(), width=fits(70, 66)),
        "again_on": day(_("回潮"), format=day_format(), width=fits(70, 76)),
        "close_days": number(_("用时（天）"), format="%d", width=84),
        "workbook": text(_("工作簿"), width=fits(190, 164)), "cell": text(_("单元格"), width=96),
    }


def _kinds(rows: pd.DataFrame, reference: Reference) -> pd.Series:
    return rows["kind"].map(in_words(reference.kind_names()))
