"""Decisions of meetings: appended, never changed; the newest row of a decision counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

import pandas as pd
from sqlalchemy import Connection, Engine, exists, insert, select

from readiness.decisions import Decision, refuse_decision, refuse_moving, refuse_settling
from readiness.model import OPEN
from readiness.people import User, refuse_change
from store.connection import reading, writing
from store.journal import record_change
from store.schema import DECISION, decisions
from store.snapshots import decision_rows, demo_counts


def decide(engine: Engine, decision: Decision, user: User, at: datetime) -> str:
    """Records what a meeting decided; returns the decision's name. An area's decision may be recorded by its own staff.

    Raises ReadinessError for another's area and for a decision without words, owner or a due day that can be.
    """
    refuse_change(user, None if decision.area_code is None else [decision.area_code])
    refuse_decision(decision)
    with writing(engine) as connection:
        change_id = record_change(connection, user, at, DECISION)
        name = f"d{change_id:04}"
        connection.execute(insert(decisions).values(
            change_id=change_id, decision=name, decided_on=decision.decided_on.isoformat(),
            text=decision.text.strip(), owner=decision.owner.strip(),
            due_on=decision.due_on and decision.due_on.isoformat(), area_code=decision.area_code,
            thread=decision.thread, status=OPEN, demo=False))
    return name


def settle(
    engine: Engine, decision: str, status: str, on: date, note: str | None, user: User, at: datetime,
) -> None:
    """From that day on the decision is done, dropped or open again. Raises ReadinessError where it is not theirs or not
    so any more: what another settled meanwhile is never overwritten. Rule: readiness.decisions.MOVES.
    """
    with writing(engine) as connection:
        now = _newest(connection, decision)
        if now is not None:
            refuse_change(user, None if pd.isna(now.area_code) else [now.area_code])
        refuse_settling(now, status, on, note)
        _append(connection, now, record_change(connection, user, at, DECISION), on, note, status=status)


def move_due(
    engine: Engine, decision: str, due_on: date, on: date, note: str, user: User, at: datetime,
) -> None:
    """From that day on the open decision is due on another day, for a reason. Raises as settle. Rule:
    readiness.decisions.refuse_moving.
    """
    with writing(engine) as connection:
        now = _newest(connection, decision)
        if now is not None:
            refuse_change(user, None if pd.isna(now.area_code) else [now.area_code])
        refuse_moving(now, due_on, on, note)
        _append(connection, now, record_change(connection, user, at, DECISION), on, note, due_on=due_on.isoformat())


def tell_demo(engine: Engine, rows: Sequence[Mapping[str, Any]], user: User, at: datetime) -> None:
    """Keeps what the demonstration's meetings decided (readiness.decisions.demo_rows), once; it counts while a book of
    the demonstration does. Without such a book nothing is kept.
    """
    refuse_change(user, None)
    with writing(engine) as connection:
        if connection.scalar(select(exists().where(decisions.c.demo))) or not connection.scalar(select(demo_counts())):
            return
        change_id = record_change(connection, user, at, DECISION)
        connection.execute(insert(decisions), [
            {**row, "change_id": change_id, "decision": f"demo-{row['decision']}", "demo": True} for row in rows])


def load_decisions(engine: Engine, known_at: datetime | None = None) -> pd.DataFrame:
    """Every row of every decision that was said by known_at, in the order in which they were said.

    decision, decided_on (of the first row the day of the meeting, of later ones the day from which they hold), text,
    owner, due_on, area_code, thread, status (open, done, dropped), note, demo, user, at. Those of the demonstration
    only while a book of it counts.
    """
    with reading(engine) as connection:
        return decision_rows(connection, known_at)


def _append(connection: Connection, now: Any, change_id: int, on: date, note: str | None, **changed: Any) -> None:
    """Adds the decision's next row: as its newest one but for what has changed."""
    same = {name: getattr(now, name) for name in ("decision", "text", "owner", "area_code", "thread", "status", "demo")}
    known = {name: None if pd.isna(value) else value for name, value in same.items()}
    due_on = None if pd.isna(now.due_on) else now.due_on.date().isoformat()
    connection.execute(insert(decisions).values({
        **known, "due_on": due_on, "change_id": change_id, "decided_on": on.isoformat(),
        "note": (note or "").strip() or None, **changed}))


def _newest(connection: Connection, decision: str) -> Any | None:
    rows = decision_rows(connection)
    return next(rows[rows["decision"] == decision].iloc[::-1].itertuples(index=False), None)
