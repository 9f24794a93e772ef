"""What 任务督办 shows: the decisions of meetings, how each stands, and the buttons that settle one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from readiness.decisions import (
    CLOSED,
    DECISION_WORDS,
    DONE,
    DROPPED,
    EARLIER,
    LAST,
    OVERDUE,
    TODAY,
    agenda,
    decisions_on,
)
from readiness.language import _, n_
from readiness.model import OPEN, ReadinessError
from store import load_decisions, move_due, settle
from ui.frame import card, quiet
from ui.people import user
from ui.reads import Day, engine
from ui.session import ISSUE
from ui.words import STATE_TINTS, day_text

TINT = {OPEN: 1, OVERDUE: 0, DONE: 3, DROPPED: 4}  # of the states of an issue, whose meaning is near
LEDGER_PAGE, DECISIONS_PAGE = "pages/office/ledger.py", "pages/meeting/decisions.py"


def decisions_of_day(day: Day) -> pd.DataFrame:
    """readiness.decisions.decisions_on of the day, computed once a version and day."""
    return day.kept("decisions", lambda: decisions_on(load_decisions(engine(day.key[0])), day.as_of))


def decisions_note(decisions: pd.DataFrame) -> str:
    """How many decisions are open, and how many of them overdue; "" where none was ever made."""
    if decisions.empty:
        return ""
    count = decisions["state"].value_counts()
    late = count.get(OVERDUE, 0)
    told = n_("在办 {n} 项", count.get(OPEN, 0) + late)
    over = n_("超期 {n} 项", late)
    return f'{told}　<span class="over">{over}</span>' if late else told


def meeting_agenda(day: Day, decisions: pd.DataFrame) -> None:
    """What was decided last time, what is still open of before, what was decided today, and the rest folded."""
    if decisions.empty:
        with card("decisions", _("督办事项")):
            quiet(_("还没有督办事项。会上定下的事记在这里：谁负责、什么时候完成；下次会议先过一遍。"))
        return
    parts = agenda(decisions, day.as_of)
    last = parts[LAST]
    if len(last):
        with card("last", _("上次会上定的"), _part_note(last, day_text(last["decided_on"].iloc[0].date()))):
            _lines(day, last)
    for name, title in ((EARLIER, _("更早定的、还没办完")), (TODAY, _("今天定的"))):
        if len(parts[name]):
            with card(name, title, _part_note(parts[name])):
                _lines(day, parts[name])
    if len(parts[CLOSED]):
        with st.expander(n_("更早已了结的 {n} 项", len(parts[CLOSED]))):
            _lines(day, parts[CLOSED])


def to_decisions(issue: Any) -> None:
    """A button on an issue's card that opens 任务督办 with a new decision about this issue."""
    if st.button(_("列入督办"), key="to-decisions", type="tertiary", icon=":material/assignment:"):
        st.switch_page(DECISIONS_PAGE, query_params={ISSUE: issue.issue})


def _part_note(part: pd.DataFrame, *words: str) -> str:
    late = (part["state"] == OVERDUE).sum()
    return _("；").join([*words, n_("{n} 项", len(part)), *([n_("超期 {n} 项", late)] if late else [])])


def _lines(day: Day, part: pd.DataFrame) -> None:
    issues = day.standing.issues.drop_duplicates("thread", keep="last").set_index("thread")["issue"]
    rows = part.assign(issue=part["thread"].map(issues))
    for one in rows.itertuples(index=False):
        with st.container(key=f"decision-{one.decision}", horizontal=True, vertical_alignment="center"):
            st.html(decision_html(one, day.reference.area_names()))
            _buttons(day, one)


def decision_html(one: Any, areas: dict[str, str]) -> str:
    """A row of decisions_on as HTML: its state, words, owner, area, days and what was said when it was settled."""
    tint = f"light-dark({STATE_TINTS['light'][TINT[one.state]]}, {STATE_TINTS['dark'][TINT[one.state]]})"
    days = n_("超期 {n} 天", one.late_days)
    late = f'<b class="down">{days}</b>' if one.late_days else ""
    told = [one.owner, areas.get(one.area_code), _told_day(_("期限 {day}"), one.due_on),
            _told_day(_("原定 {day}"), one.first_due_on),
            _told_day(_("{day} 定"), one.decided_on),
            _told_day(_("{day} 了结"), one.settled_on), one.note]
    small = "　".join(escape(words) for words in told if isinstance(words, str))
    return (f'<div class="decision"><div class="chips"><b style="background: {tint}">{_(DECISION_WORDS[one.state])}</b>'
            f"<span>{escape(one.text)}</span>{late}</div><small>{small}</small></div>")


def _told_day(words: str, day: pd.Timestamp) -> str | None:
    return None if pd.isna(day) else words.format(day=day_text(day.date()))


def _buttons(day: Day, one: Any) -> None:
    if isinstance(one.issue, str) and st.button(_("看问题"), key=f"issue-{one.decision}", type="tertiary"):
        st.switch_page(LEDGER_PAGE, query_params={ISSUE: one.issue})
    if not user().may_change([one.area_code] if isinstance(one.area_code, str) else None):
        return
    closed = one.state in (DONE, DROPPED)
    with st.popover(_("改") if closed else _("办结"), key=f"settle-{one.decision}", width="content"):
        note = st.text_input(_("说明"), key=f"note-{one.decision}", max_chars=200, placeholder=_("不再办要写明理由"))
        with st.container(horizontal=True):
            for status, words in ((OPEN, _("重新办理")),) if closed else ((DONE, _("已办结")), (DROPPED, _("不再办"))):
                if st.button(words, key=f"{status}-{one.decision}", type="primary" if status == DONE else "secondary"):
                    _write(settle, day, one.decision, status, recorded_on(day), note)
        if not closed:
            _move_due(day, one, note)


def _move_due(day: Day, one: Any, note: str) -> None:
    """The field and the button by which an open decision gets another last day, with the note as its reason."""
    due = recorded_on(day) if pd.isna(one.due_on) else max(one.due_on.date(), recorded_on(day))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        due = st.date_input(_("新的期限"), due, key=f"due-{one.decision}", min_value=recorded_on(day), width=150)
        if st.button(_("改期"), key=f"move-{one.decision}", help=_("改期要写明理由。")):
            _write(move_due, day, one.decision, due, recorded_on(day), note)


def _write(change: Callable[..., None], day: Day, *said: Any) -> None:
    """Writes with store.settle or store.move_due and shows the page anew, or the sentence of the refusal."""
    try:
        change(engine(day.key[0]), *said, user(), datetime.now(UTC))
    except ReadinessError as refusal:
        st.error(str(refusal))
    else:
        st.rerun()


def recorded_on(day: Day) -> date:
    """The day of what is recorded now: the newest that can be shown, also while an earlier one is looked at."""
    return day.newest
