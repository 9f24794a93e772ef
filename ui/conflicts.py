"""Two people at once: what the user saw, what it is by now and by whom, what they want; they decide row by row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from html import escape
from typing import Any

import streamlit as st

from readiness.language import N_, _
from readiness.life import moves_of
from readiness.model import VERIFIED
from readiness.people import OFFICE
from readiness.steps import EXCEPTED
from ui.frame import quiet
from ui.people import user
from ui.reads import Day
from ui.steps import CONFLICT, MOVE_WORDS, Conflict, forget_outcome, pending_conflict, take
from ui.words import STATE_WORDS, day_text

THEIRS, MINE = "theirs", "mine"
CHOICES = {THEIRS: N_("保留现在的"), MINE: N_("仍按我的")}


def conflict_dialog(day: Day) -> None:
    """Opens what the user has yet to decide; closing it leaves everything as it is."""
    if conflict := pending_conflict():
        st.dialog(_("刚才有人改动过"), width="large", on_dismiss=forget_outcome)(decide)(conflict, day)


def decide(conflict: Conflict, day: Day) -> None:
    """Shows each issue that moved with the choice to keep what it is now or to take the step all the same."""
    moved = conflict.moved
    rest = len(conflict.steps) - len(moved)
    quiet(_conflict_words(len(moved), rest))
    keys = {thread: f"decide-{thread}" for thread in moved.index}
    with st.form("decide", border=False):
        for row in moved.itertuples():
            st.html(compared(row, day))
            possible = still_possible(row)
            if not possible:
                quiet(_("您要登记的一步已经不能接在现在的状态之后。"))
            choices = [THEIRS, MINE] if possible else [THEIRS]
            st.radio(_("怎么办"), choices, key=keys[row.Index], horizontal=True, label_visibility="collapsed",
                     format_func=lambda choice: _(CHOICES[choice]))
        if st.form_submit_button(_("按此决定"), type="primary", key="decide-now", on_click=_decided,
                                 args=(conflict, keys)):
            st.rerun()


def _conflict_words(moved: int, rest: int) -> str:
    told = _("您打开页面之后，有人改动了下面的问题。您的操作还没有登记，请逐条决定。")
    return told + (_("其余 {n} 条没有变化，决定后一起登记。").format(n=rest) if rest else "")


def compared(row: Any, day: Day) -> str:
    """One issue as HTML: its words, the state that was seen, the state now with who and when, the state wanted."""
    area = day.reference.area_names()[row.area_code]
    who = row.user if isinstance(row.user, str) else _("上报的工作簿")
    now = _("{state}（{who}，{day}）").format(
        state=_(STATE_WORDS[row.status]), who=who, day=day_text(row.last_on.date()))
    parts = {N_("您看到的"): _(STATE_WORDS[row.seen]), N_("现在"): now, N_("您要登记"): _(MOVE_WORDS[row.wanted])}
    told = "".join(f"<div><i>{_(name)}</i><span>{escape(value)}</span></div>" for name, value in parts.items())
    return (f'<div class="issue conflict"><p>{escape(area)}　{escape(str(row.description))}</p>'
            f'<div class="pairs">{told}</div></div>')


def still_possible(row: Any) -> bool:
    """Whether the step that the user wants may follow what the issue is by now; row: of StepConflict.moved."""
    if row.wanted == EXCEPTED:
        return user().role == OFFICE and row.status != VERIFIED
    own_work = row.wanted == VERIFIED and row.fixer == user().name
    return row.wanted in moves_of(row.status, user().role) and not own_work


def _decided(conflict: Conflict, keys: Mapping[str, str]) -> None:
    now = conflict.moved["status"]
    kept = {thread for thread, key in keys.items() if st.session_state[key] == THEIRS}
    steps = [replace(step, seen=now.get(step.thread, step.seen)) for step in conflict.steps if step.thread not in kept]
    if steps:
        take(steps)
    else:
        st.session_state.pop(CONFLICT)
