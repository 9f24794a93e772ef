"""Tables and cards whose numbers open, and the choice of one thing in the title line that stands in the address."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from readiness.language import _
from ui.frame import card, quiet
from ui.issue_card import chosen_issue, issue_card
from ui.issue_steps import ReadPhotos
from ui.issues import issue_rows, open_issues, table_columns
from ui.reads import Day
from ui.rows import open_button, open_rows
from ui.session import choose_issue, turn_of, turned
from ui.words import MISSING, day_format, fits

ROW, HEIGHT = 30, 136
SHORT_LABEL = 10  # characters that fit on any card
UNWRITTEN = "-"  # how the address names the rows that say nothing in a column
Found = tuple[str, pd.DataFrame] | None
Measure = tuple[str, str, object, str, str, Callable[[], pd.DataFrame]]


def chosen_in_title(parameter: str, names: Mapping[str, str], shown: str | None, label: str, words: str) -> str | None:
    """A field to choose one of names (code -> name), which writes the choice into the address; returns shown.

    The address is what counts: the field shows what it says, also after the browser's back button. words: what stands
    in the field without a choice; a field that has none cannot be emptied.
    """
    key = f"choose-{parameter}"
    st.session_state[key] = shown
    st.selectbox(label, list(names), index=None, format_func=names.get, key=key, placeholder=words or None,
                 label_visibility="collapsed", required=not words, on_change=_write_choice, args=(parameter, key))
    return shown


def choose(parameter: str, code: str | None) -> None:
    """Writes a choice into the address; None takes it out."""
    if code is None:
        st.query_params.pop(parameter, None)
    else:
        st.query_params[parameter] = code


def measure_cards(measures: Sequence[Measure], day: Day) -> None:
    """Cards in a row: (label, value, change, the direction in which it is good, title of its rows, rows).

    The labels are noted for the catalogue and not translated: the cards' keys are the same in each language. A card
    whose label is long is wider than the others.
    """
    widths = [max(SHORT_LABEL, len(_(measure[0]))) for measure in measures]
    for column, (label, value, change, colour, title, rows_of) in zip(
            st.columns(widths, gap=12), measures, strict=True):
        with column, card(f"measure-{label}", "", height=HEIGHT):
            open_button(_(label), f"open-{label}", title, rows_of, day, icon=":material/chevron_right:",
                        icon_position="right")
            st.metric(_(label), value, change, delta_color=colour, label_visibility="collapsed")


def open_table(
    day: Day, name: str, make: Callable[[], pd.DataFrame], config: Mapping[str, Any], height: int, alt: str,
    rows_of: Callable[[int, str], Found], *parameters: Hashable,
) -> None:
    """A table whose cells open their rows; make gives its frame and runs once a name and parameters.

    rows_of: from the row's position and the column to the dialog's title and rows, None for a cell that opens nothing.
    A column that is empty in all rows is left out.
    """
    shown = day.kept(f"table {name}", lambda: make()[list(config)].dropna(axis="columns", how="all"), *parameters)
    turn = turn_of(name)
    event = st.dataframe(
        shown, hide_index=True, row_height=ROW, height=height, placeholder=MISSING, key=f"table-{name}-{turn}", alt=alt,
        column_config={column: config[column] for column in shown}, on_select="rerun", selection_mode="single-cell")
    cells = event["selection"]["cells"]
    found = rows_of(*cells[0]) if cells else None
    if found:
        open_rows(*found, day, lambda: turned(name))


def issues_panel(
    day: Day, name: str, issues: pd.DataFrame, columns: Sequence[str], height: int, read_photos: ReadPhotos,
    *parameters: Hashable,
) -> None:
    """The open ones of the issues as a table, overdue days first, then loss; or the card of the one that was clicked.

    The issue on the card stands in the address. parameters: what the issues are of.
    """
    issue, rows = chosen_issue(issues), day.kept(f"open {name}", lambda: open_issues(issues), *parameters)
    if issue is not None:
        with st.container(height=height, border=False):
            issue_card(issue, day, read_photos)
    elif rows.empty:
        quiet(_("没有未销号的问题。"))
    else:
        open_table(day, name, lambda: issue_rows(rows, day.reference), narrow_columns(columns), height,
                   _("未销号的问题"), lambda row, column: _open_issue(name, rows["issue"].iloc[row]), *parameters)


def narrow_columns(columns: Sequence[str]) -> dict[str, object]:
    """Headings, widths and formats of a table of issues that takes 10 of 17 parts of the page."""
    config = st.column_config
    narrow = {
        "area": config.TextColumn(_("居民区"), width=66), "site": config.TextColumn(_("点位"), width=fits(140, 130)),
        "description": config.TextColumn(_("问题"), width=fits(184, 158)),
        "overdue_days": config.NumberColumn(_("超期（天）"), width=fits(80, 86)),
        "loss": config.NumberColumn(_("影响（分）"), format="%.2f", width=fits(80, 86)),
        "due_on": config.DateColumn(_("期限"), format=day_format(), width=fits(72, 66)),
        "responsible_unit": config.TextColumn(_("责任单位"), width=92),
    }
    whole = {**table_columns(columns), **narrow}
    return {name: whole[name] for name in columns}


def _open_issue(name: str, issue: str) -> None:
    choose_issue(issue)
    turned(name)
    st.rerun()


def _write_choice(parameter: str, key: str) -> None:
    choose(parameter, st.session_state[key])
