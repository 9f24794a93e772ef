"""Decisions of a meeting: who has to do what by when, how each stands on a day, and with which the next one opens."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from readiness.language import N_, _
from readiness.model import OPEN, ReadinessError
from readiness.office_files import OfficeFile, csv_rows, refuse
from readiness.thread_keys import with_threads

# States of a decision beside OPEN; OVERDUE is derived and never kept.
DONE = "done"
DROPPED = "dropped"
OVERDUE = "overdue"
DECISION_WORDS = {OPEN: N_("在办"), OVERDUE: N_("超期未办"), DONE: N_("已办结"), DROPPED: N_("不再办")}
MOVES: Mapping[str, tuple[str, ...]] = {OPEN: (DONE, DROPPED), DONE: (OPEN,), DROPPED: (OPEN,)}

DECISION_COLUMNS = ("decision", "text", "owner", "due_on", "first_due_on", "area_code", "thread", "decided_on",
                    "decided_by", "state", "late_days", "settled_on", "settled_by", "note")
TODAY, LAST, EARLIER, CLOSED = "today", "last", "earlier", "closed"
_DEMO_COLUMNS = ("decision", "on", "status", "text", "owner", "due_on", "area", "site", "location", "problem", "note")


@dataclass(frozen=True)
class Decision:
    """What a meeting decides: words, who does it, by when; an area, without one it is the whole office's; an issue."""

    text: str
    owner: str
    decided_on: date
    due_on: date | None = None
    area_code: str | None = None
    thread: str | None = None


def refuse_decision(decision: Decision) -> None:
    """Raises ReadinessError, in one sentence, for a decision without words or owner, or due before it was made."""
    if not decision.text.strip() or not decision.owner.strip():
        raise ReadinessError(_("请写明定了什么事、由谁负责。"))
    if decision.due_on is not None and decision.due_on < decision.decided_on:
        raise ReadinessError(_("完成期限 {due} 早于议定日期 {on}，请改期限。").format(
            due=decision.due_on, on=decision.decided_on))


def refuse_settling(now: Any | None, status: str, on: date, note: str | None) -> None:
    """Raises ReadinessError, in one sentence, where the decision's newest row does not let it become so on that day.

    now: None where there is no such decision; else its status, user and decided_on count. Rule: MOVES.
    """
    if now is None:
        raise ReadinessError(_("没有这一项督办，请刷新页面。"))
    if status not in MOVES[now.status]:
        raise ReadinessError(_("“{user}”已经把它记为“{state}”，请刷新页面后再决定。").format(
            user=now.user, state=_(DECISION_WORDS[now.status])))
    if status == DROPPED and not (note or "").strip():
        raise ReadinessError(_("不再办要写明理由。"))
    if pd.Timestamp(on) < now.decided_on:
        raise ReadinessError(_("这一项在 {day:%Y-%m-%d} 已有记录，不能记更早的日期。").format(day=now.decided_on))


def refuse_moving(now: Any | None, due_on: date, on: date, note: str | None) -> None:
    """Raises ReadinessError, in one sentence, where the decision cannot be due on that day from now on.

    now: as refuse_settling. A day is moved for a reason, and only of what is open.
    """
    if now is None:
        raise ReadinessError(_("没有这一项督办，请刷新页面。"))
    if now.status != OPEN:
        raise ReadinessError(_("“{user}”已经把它记为“{state}”，请刷新页面后再决定。").format(
            user=now.user, state=_(DECISION_WORDS[now.status])))
    if pd.Timestamp(due_on) == now.due_on:
        raise ReadinessError(_("期限已经是 {due}，请选另一天。").format(due=due_on))
    if due_on < on or pd.Timestamp(on) < now.decided_on:
        raise ReadinessError(_("新的期限 {due} 早于今天（{on}），请改期限。").format(due=due_on, on=on))
    if not (note or "").strip():
        raise ReadinessError(_("改期要写明理由。"))


def decisions_on(rows: pd.DataFrame, as_of: date) -> pd.DataFrame:
    """One row a decision made by as_of (DECISION_COLUMNS): most overdue first, then open by due_on, then the others.

    rows: store.load_decisions; the first row of a decision is its making, the newest by as_of counts. state: of
    DECISION_WORDS; late_days: calendar days past due_on of what is open, else 0; first_due_on: the day first set where
    it was moved, else missing; settled_on and settled_by are missing while it is open.
    """
    rows = rows[rows["decided_on"] <= pd.Timestamp(as_of)]
    made = rows.drop_duplicates("decision").set_index("decision")
    now = rows.drop_duplicates("decision", keep="last").set_index("decision").reindex(made.index)
    open_ = now["status"] == OPEN
    late = (pd.Timestamp(as_of) - now["due_on"]).dt.days.where(open_, 0).fillna(0).clip(lower=0).astype(np.int64)
    moved = made["due_on"].where(made["due_on"] != now["due_on"])
    found = now.assign(first_due_on=moved,
        decided_by=made["user"], settled_on=now["decided_on"].mask(open_), settled_by=now["user"].mask(open_),
        decided_on=made["decided_on"], late_days=late, state=now["status"].mask(late > 0, OVERDUE), closed=~open_)
    order = ["closed", "late_days", "due_on", "decided_on"]
    found = found.reset_index().sort_values(order, ascending=[True, False, True, True], kind="stable")
    return found[list(DECISION_COLUMNS)].reset_index(drop=True)


def agenda(decisions: pd.DataFrame, as_of: date) -> dict[str, pd.DataFrame]:
    """The decisions as a meeting of that day goes through them, each in one part, in the order given.

    LAST: all of the newest day before as_of; EARLIER: what is still open of before; TODAY: made on as_of; CLOSED: the
    rest. decisions: decisions_on.
    """
    made = decisions["decided_on"]
    today, last = made == pd.Timestamp(as_of), made == made[made < pd.Timestamp(as_of)].max()
    closed = decisions["state"].isin((DONE, DROPPED))
    parts = {LAST: last, EARLIER: ~today & ~last & ~closed, TODAY: today, CLOSED: ~today & ~last & closed}
    return {name: decisions[wanted].reset_index(drop=True) for name, wanted in parts.items()}


def demo_rows(file: OfficeFile, areas: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows of decisions that the demonstration brings, in their order: decision, decided_on, text, owner, due_on,
    area_code, thread, status, note. A row says what it changes of the decision's row before it.

    Raises ReadinessError with file and line of an area or a state that there is none of.
    """
    told = csv_rows(file, _DEMO_COLUMNS)
    codes = dict(zip(areas["short_name"], areas["code"], strict=True))
    refuse(file, told, "area", ~told["area"].isin(["", *codes]), _("应是 areas.csv 里的一个简称"))
    refuse(file, told, "status", ~told["status"].isin(list(MOVES)), _("应写 open、done 或 dropped"))
    about = told.assign(area_code=told["area"].map(codes), description=told["problem"], upload_id="", table_no=0,
                        found_on=pd.NaT, row=told.index)
    told = told.assign(area_code=about["area_code"], thread=with_threads(about)["thread"].where(told["problem"] != ""))
    kept = ["text", "owner", "due_on", "area_code", "thread"]
    held = told[kept].replace("", None).groupby(told["decision"]).ffill()
    rows = told[["decision", "status"]].assign(decided_on=told["on"], note=told["note"].replace("", None), **held)
    return rows.astype(object).where(rows.notna(), None).to_dict("records")
