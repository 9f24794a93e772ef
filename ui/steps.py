"""Steps on screen: taken and taken back by whoever is here, with what came of it for the next run to tell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pandas as pd
import streamlit as st

from readiness.language import N_, _, n_
from readiness.life import Step, StepConflict
from readiness.model import FIXED, FIXING, FROM_CHECK, RETURNED, VERIFIED, ReadinessError
from readiness.people import ROLE_WORDS, WRITERS
from readiness.steps import EXCEPTED
from store import take_steps, undo_steps
from ui.people import known, user
from ui.reads import Day, database_url, engine
from ui.session import turned

MOVE_WORDS = {FIXING: N_("开始整改"), FIXED: N_("整改完成"), VERIFIED: N_("销号"), RETURNED: N_("退回"),
              EXCEPTED: N_("同意暂缓")}
STEPS, REFUSED, CONFLICT, TAKEN = "steps", "steps-refused", "steps-conflict", "steps-taken"


@dataclass(frozen=True)
class Conflict:
    """Steps that were not recorded because others had moved some of the issues: StepConflict.moved."""

    steps: tuple[Step, ...]
    moved: pd.DataFrame


def take(steps: Sequence[Step]) -> None:
    """Records the steps in the user's name, or notes the refusal or the conflict for the next run."""
    forget_outcome()
    try:
        change_id = take_steps(engine(database_url()), steps, user(), datetime.now(UTC))
    except StepConflict as conflict:
        st.session_state[CONFLICT] = Conflict(tuple(steps), conflict.moved)
    except ReadinessError as refusal:
        st.session_state[REFUSED] = str(refusal)
    else:
        st.session_state[TAKEN] = change_id
        turned(STEPS)


def take_back(change_id: int) -> None:
    """Takes back all steps of a change of the journal, or notes the refusal for the next run."""
    forget_outcome()
    try:
        undo_steps(engine(database_url()), change_id, user(), datetime.now(UTC))
    except ReadinessError as refusal:
        st.session_state[REFUSED] = str(refusal)


def forget_outcome() -> None:
    """Forgets what came of the last steps."""
    for name in (REFUSED, CONFLICT, TAKEN):
        st.session_state.pop(name, None)


def show_refusal() -> None:
    """Says once why the last step was refused."""
    if refusal := st.session_state.pop(REFUSED, None):
        st.error(refusal)


def pending_conflict() -> Conflict | None:
    """What the user has yet to decide."""
    return st.session_state.get(CONFLICT)


def closed_to_all(day: Day) -> str | None:
    """Why the user can take no step on any issue, as a sentence; None where they can."""
    if day.as_of < day.newest:
        return _("正在回看以前的一天；回到最新一天才能登记进展。")
    if not known():
        return _("登记进展前，请先在右上角说明您是谁。")
    if user().role not in WRITERS:
        return _("您以“{role}”身份查看，不能登记进展。").format(role=_(ROLE_WORDS[user().role]))
    return None


def closed(issue: Any, day: Day) -> str | None:
    """Why the user can take no step on the issue, a row of Standing.issues, as a sentence; None where they can."""
    if issue.origin == FROM_CHECK:
        return _("这个问题出自检查：同一项目有更新的合格检查后自动销号，不在这里登记。")
    if (day.standing.issues["relapse_of"] == issue.issue).any():
        return _("这个问题后来回潮了，请在最新的一次上登记进展。")
    if refusal := closed_to_all(day):
        return refusal
    if not user().may_change([issue.area_code]):
        return _("这是其他居民区的问题，由其工作人员或办公室登记进展。")
    return None


def newest_step(issue: Any, day: Day) -> Any | None:
    """The step taken last on the issue's thread where the user may take it back, with others: how many more of its
    change are about other threads; a row of Snapshot.steps."""
    steps = day.snapshot.steps
    own = steps[steps["thread"] == issue.thread].tail(1)
    if own.empty or not (user().may_change(None) or (own["user"] == user().name).all()):
        return None
    together = steps[steps["change_id"] == own["change_id"].iloc[0]]
    return next(own.assign(others=len(together) - 1).itertuples(index=False))


def undo_label(others: int) -> str:
    """The words of the button that takes a change back; others: how many more issues it was about."""
    return n_("撤回（连同一起登记的另外 {n} 条）", others) if others else _("撤回")
