"""The form in which a meeting's decision is recorded: what, who, by when, for which area, about which issue."""

from __future__ import annotations

from datetime import UTC, date, datetime
from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from readiness.decisions import Decision
from readiness.language import _
from readiness.model import ReadinessError
from readiness.people import OFFICE, WRITERS
from store import decide
from ui.decisions import recorded_on
from ui.frame import card, quiet
from ui.issue_card import chips, chosen_issue
from ui.people import user
from ui.reads import Day, engine
from ui.session import choose_issue, turn_of, turned

FORM = "decide"


def deciding_card(day: Day) -> None:
    """The form for who may record decisions; for others a sentence that says who does."""
    with card("deciding", _("记下会上定的事")):
        if user().role not in WRITERS:
            quiet(_("督办事项由办公室记录；要记，请在右上角说明您是谁。"))
            return
        issue = chosen_issue(day.standing.issues)
        if issue is not None:
            _about(issue)
        _form(day, issue)


def _about(issue: Any) -> None:
    st.html(f'<div class="chips">{chips(issue)}</div><div class="issue"><p>{escape(issue.description)}</p></div>')
    st.button(_("与这条问题无关"), key="decide-without", type="tertiary", on_click=choose_issue, args=(None,))


def _form(day: Day, issue: Any | None) -> None:
    key = f"{turn_of(FORM)}-{issue.issue if issue else ''}"
    with st.form(f"{FORM}-{key}", border=False):
        text = st.text_area(_("定了什么事"), key=f"{FORM}-text-{key}", max_chars=300, height=96)
        owner = st.text_input(_("由谁负责"), _owner(issue), key=f"{FORM}-owner-{key}", max_chars=40,
                              placeholder=_("人或单位"))
        left, right = st.columns(2)
        with left:
            on = st.date_input(_("议定日期"), recorded_on(day), key=f"{FORM}-on-{key}", max_value=recorded_on(day))
        with right:
            due = st.date_input(_("完成期限"), _due(issue, recorded_on(day)), key=f"{FORM}-due-{key}")
        area = _area(day, issue, key)
        if st.form_submit_button(_("记下"), key=f"{FORM}-save", type="primary"):
            _decide(day, Decision(text, owner, on, due, area, issue.thread if issue else None))


def _owner(issue: Any | None) -> str:
    named = (issue.responsible_person, issue.responsible_unit) if issue else ()
    return next((words for words in named if isinstance(words, str)), "")


def _due(issue: Any | None, today: date) -> date | None:
    stated = issue.due_on if issue else pd.NaT
    return None if pd.isna(stated) or stated.date() < today else stated.date()


def _area(day: Day, issue: Any | None, key: str) -> str | None:
    """The field for the area: the issue's own where there is one; area staff choose among theirs."""
    names = {code: name for code, name in day.reference.area_names().items()
             if user().role == OFFICE or code in user().areas}
    if issue:
        st.caption(day.reference.area_names()[issue.area_code])
        return issue.area_code
    whole = user().role == OFFICE
    return st.selectbox(_("居民区"), list(names), index=None if whole else 0, format_func=names.get,
                        placeholder=_("全街道"), key=f"{FORM}-area-{key}", required=not whole)


def _decide(day: Day, decision: Decision) -> None:
    try:
        decide(engine(day.key[0]), decision, user(), datetime.now(UTC))
    except ReadinessError as refusal:
        st.error(str(refusal))
    else:
        turned(FORM)
        choose_issue(None)
        st.rerun()
