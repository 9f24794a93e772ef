"""Answers that hold for every book: what persons said of names of areas and of headings, the newest of each word."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Engine, insert, select

from readiness.answers import AREA, COLUMN, Answers
from readiness.people import User, refuse_change
from store.connection import reading, writing
from store.journal import record_change
from store.schema import ANSWER, answers


def remembered(engine: Engine) -> Answers:
    """What was said last of each name and heading; what was forgotten since is left out."""
    with reading(engine) as connection:
        query = select(answers.c.what, answers.c.seen, answers.c.meaning).order_by(answers.c.id)
        rows = connection.execute(query).all()
    newest = {(row.what, row.seen): row.meaning for row in rows}
    said = {what: {seen: meaning for (kind, seen), meaning in newest.items() if kind == what and meaning is not None}
            for what in (AREA, COLUMN)}
    return Answers(said[AREA], said[COLUMN])


def remember(engine: Engine, said: Answers, user: User, at: datetime) -> None:
    """Appends what was said of names and headings, one change in the journal; nothing where nothing was said.

    Raises ReadinessError for a user who may not change what holds for the whole office.
    """
    _append(engine, {AREA: said.areas, COLUMN: said.columns}, user, at)


def forget(engine: Engine, what: str, seen: str, user: User, at: datetime) -> None:
    """From now on the word (what: AREA or COLUMN) means what it meant before anybody spoke of it."""
    _append(engine, {what: {seen: None}}, user, at)


def _append(engine: Engine, said: Mapping[str, Mapping[str, str | None]], user: User, at: datetime) -> None:
    rows = [{"what": what, "seen": seen, "meaning": meaning} for what, meanings in said.items()
            for seen, meaning in meanings.items()]
    if rows:
        refuse_change(user, None)
        with writing(engine) as connection:
            change_id = record_change(connection, user, at, ANSWER)
            connection.execute(insert(answers), [{**row, "change_id": change_id} for row in rows])
