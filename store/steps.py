"""Steps taken on screen: facts on a thread that come from a person, not from a workbook."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

import pandas as pd
from sqlalchemy import Connection, Engine, insert

from readiness.language import _
from readiness.life import Step, judge, threads_now
from readiness.model import ReadinessError
from readiness.people import OFFICE, User
from store.connection import writing
from store.journal import record_change
from store.pictures import keep_pictures
from store.schema import STEP, WITHDRAW, step_pictures, steps, withdrawals
from store.snapshots import ledger_rows, standing_steps


def take_steps(engine: Engine, taken: Sequence[Step], user: User, at: datetime) -> int:
    """Records what a person did to issues, all of it in one change of the journal; returns the change's number.

    Raises ReadinessError for a step that is not theirs to take or not a legal move, StepConflict where an issue has
    moved since they saw it; then nothing is recorded. Rules: readiness.life.
    """
    with writing(engine) as connection:
        judge(taken, threads_now(ledger_rows(connection), standing_steps(connection)), user)
        change_id = record_change(connection, user, at, STEP)
        for step in taken:
            _insert(connection, change_id, step)
    return change_id


def undo_steps(engine: Engine, change_id: int, user: User, at: datetime) -> None:
    """Takes back all steps of one change. Raises ReadinessError where they are not the user's or others followed."""
    with writing(engine) as connection:
        standing = standing_steps(connection)
        own = standing[standing["change_id"] == change_id]
        _refuse_undo(connection, standing, own, user)
        withdraw(connection, own["step_id"].tolist(), user, at)


def withdraw(connection: Connection, step_ids: Iterable[int], user: User, at: datetime) -> None:
    """Takes steps back within a transaction: each gets a withdrawal, and none of them is deleted."""
    rows = [{"step_id": step_id} for step_id in step_ids]
    if rows:
        change_id = record_change(connection, user, at, WITHDRAW)
        connection.execute(insert(withdrawals), [{**row, "change_id": change_id} for row in rows])


def _insert(connection: Connection, change_id: int, step: Step) -> None:
    step_id = connection.execute(insert(steps).values(
        change_id=change_id, thread=step.thread, status=step.status, on=step.on.isoformat(), note=step.note,
        seen=step.seen, until=step.until and step.until.isoformat())).inserted_primary_key[0]
    if step.pictures:
        keep_pictures(connection, step.pictures)
        rows = [{"step_id": step_id, "sha256": each.sha256} for each in step.pictures]
        connection.execute(insert(step_pictures), rows)


def _refuse_undo(connection: Connection, standing: pd.DataFrame, own: pd.DataFrame, user: User) -> None:
    if own.empty:
        raise ReadinessError(_("这一步已经撤回了。"))
    if user.role != OFFICE and set(own["user"]) != {user.name}:
        raise ReadinessError(_("只能撤回自己的操作；别人的请交给办公室。"))
    later = standing[(standing["step_id"] > own["step_id"].max()) & standing["thread"].isin(own["thread"])]
    if len(later):
        raise ReadinessError(_("之后“{user}”又登记了进展，不能撤回；请直接登记新的一步。").format(
            user=later["user"].iloc[-1]))
