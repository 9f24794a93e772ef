"""The day that a page is compared with: chosen in the title line, kept in the address as vs."""

from __future__ import annotations

from datetime import date, timedelta

import streamlit as st

from readiness.language import _, n_
from ui.frame import compared, title_line
from ui.reads import COMPARED_DAYS, DAY, EARLIEST, VERSUS, Day

AGO = (7, 14, 28)


def compared_line(title: str, day: Day, *notes: str) -> None:
    """The title line with the day compared with, and a field beside it to choose another."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="compared-line"):
        with st.container(width="content"):
            title_line(title, day, compared(day.compared, day.as_of), *notes)
        with st.popover(_("换对比日"), type="tertiary", key="compare-days"):
            choose_compared(day)
        if day.as_of < day.newest:
            st.button(_("回到最新"), type="tertiary", key="to-newest", on_click=to_newest)


def choose_compared(day: Day) -> None:
    """Three days to choose from, and a field for any other before the one shown."""
    ago = (day.as_of - day.compared).days
    st.session_state["vs-ago"] = ago if ago in AGO else None
    st.session_state["vs-day"] = day.compared
    st.segmented_control(_("对比"), AGO, format_func=lambda days: n_("{n} 天前", days), key="vs-ago",
                         on_change=lambda: compare_ago(day.as_of))
    st.date_input(_("或者某一天"), min_value=EARLIEST, max_value=day.as_of - timedelta(days=1), key="vs-day",
                  format="YYYY-MM-DD", on_change=lambda: compare_with(day.as_of, st.session_state["vs-day"]))


def compare_ago(as_of: date) -> None:
    """Writes the chosen number of days into the address; choosing none is the default."""
    compare_with(as_of, as_of - timedelta(days=st.session_state["vs-ago"] or COMPARED_DAYS))


def compare_with(as_of: date, before: date) -> None:
    """Writes the day compared with into the address, nothing for the default."""
    if before == as_of - timedelta(days=COMPARED_DAYS):
        st.query_params.pop(VERSUS, None)
    else:
        st.query_params[VERSUS] = before.isoformat()


def to_newest() -> None:
    """Takes the day and the day compared with out of the address."""
    for name in (DAY, VERSUS):
        st.query_params.pop(name, None)
