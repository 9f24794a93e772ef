"""Several issues at once in 问题台账: chosen rows take one step together, and one button takes it back."""

from __future__ import annotations

from functools import reduce

import pandas as pd
import streamlit as st

from readiness.language import _, n_
from readiness.life import Step, moves_of
from readiness.model import FROM_LEDGER, STATES
from ui.frame import quiet
from ui.issue_steps import NOTE_LENGTH
from ui.people import user
from ui.reads import Day
from ui.session import turn_of
from ui.steps import MOVE_WORDS, STEPS, TAKEN, closed_to_all, forget_outcome, show_refusal, take, take_back

BULK = "bulk"


def bulk_switch(day: Day) -> bool:
    """A switch to choose rows instead of opening them; returns whether they are chosen."""
    sentence = closed_to_all(day)
    return st.toggle(_("批量"), key=BULK, disabled=sentence is not None, help=sentence) and sentence is None


def bulk_bar(chosen: pd.DataFrame, day: Day) -> None:
    """Buttons for the steps that all chosen issues may take, with a note; chosen: rows of Standing.issues."""
    show_refusal()
    if chosen.empty:
        quiet(_("在最左一列勾选几条，一起登记进展。"))
        return
    able = steppable(chosen, day.standing.issues)
    moves = common_moves(able["status"], user().role)
    left_out = len(chosen) - len(able)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.html(f'<div class="quiet">{n_("已选 {n} 条", len(able))}</div>', width="content")
        note = f"bulk-note-{turn_of(STEPS)}"
        st.text_input(_("说明"), key=note, max_chars=NOTE_LENGTH, label_visibility="collapsed", width=320,
                      placeholder=_("说明（写给每一条）"))
        for move in moves:
            st.button(_(MOVE_WORDS[move]), key=f"bulk-{move}", on_click=_take, args=(able, move, day, note))
    if left_out:
        quiet(n_("另有 {n} 条不能登记：出自检查，或后来又回潮。", left_out))
    if not moves and len(able):
        quiet(_("所选的问题状态不同，没有可以一起登记的一步；请只选状态相同的。"))


def steppable(chosen: pd.DataFrame, issues: pd.DataFrame) -> pd.DataFrame:
    """Those of the chosen issues on which a step can be taken: of a ledger, and not found again since."""
    return chosen[(chosen["origin"] == FROM_LEDGER) & ~chosen["issue"].isin(issues["relapse_of"].dropna())]


def common_moves(statuses: pd.Series, role: str) -> list[str]:
    """The states to which a role may move issues of each of these states, in the order of STATES.

    >>> common_moves(pd.Series(["open", "returned"]), "office"), common_moves(pd.Series(["open", "fixed"]), "area")
    (['fixing', 'fixed'], ['fixing'])
    """
    each = [set(moves_of(status, role)) for status in statuses.unique()]
    shared = reduce(set.intersection, each) if each else set()
    return [state for state in STATES if state in shared]


def _take(able: pd.DataFrame, move: str, day: Day, note_key: str) -> None:
    note = st.session_state[note_key].strip() or None
    take([Step(row.thread, row.status, move, day.newest, note) for row in able.itertuples(index=False)])


def undo_bar(day: Day) -> None:
    """What was recorded last in this session, with the one button that takes all of it back."""
    steps = day.snapshot.steps
    taken = steps[steps["change_id"] == st.session_state.get(TAKEN)]
    if taken.empty:
        return
    word, change_id = _(MOVE_WORDS[taken["status"].iloc[0]]), int(taken["change_id"].iloc[0])
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="undo-bar"):
        told = n_("已登记 {n} 条：{step}。", len(taken), step=word)
        st.html(f'<div class="quiet">{told}</div>', width="content")
        st.button(_("撤回"), key="undo-bulk", type="tertiary", icon=":material/undo:", on_click=take_back,
                  args=(change_id,))
        st.button(_("收起"), key="close-undo", type="tertiary", on_click=forget_outcome)
