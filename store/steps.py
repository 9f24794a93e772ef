"""Steps taken on screen: facts on a thread that come from a person, not from a workbook."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import Connection, Engine, exists, insert

from readiness.model import STATES
from store.connection import writing
from store.schema import STEP, WITHDRAW, steps, withdrawals
from store.uploads import record_change


def add_step(engine: Engine, thread: str, status: str, on: date, note: str | None, user: str, at: datetime) -> None:
    """Records that a thread reached a state on a day. Raises ValueError for a word that is no state."""
    if status not in STATES:
        raise ValueError(f"{status!r} is no state")
    with writing(engine) as connection:
        change_id = record_change(connection, user, at, STEP)
        connection.execute(insert(steps).values(
            change_id=change_id, thread=thread, status=status, on=on.isoformat(), note=note))


def stands() -> object:
    """The condition that a step counts: nobody has withdrawn it."""
    return ~exists().where(withdrawals.c.step_id == steps.c.id)


def withdraw(connection: Connection, step_ids: Iterable[int], user: str, at: datetime) -> None:
    """Takes steps back within a transaction: each gets a withdrawal, and none of them is deleted."""
    rows = [{"step_id": step_id} for step_id in step_ids]
    if rows:
        change_id = record_change(connection, user, at, WITHDRAW)
        connection.execute(insert(withdrawals), [{**row, "change_id": change_id} for row in rows])
