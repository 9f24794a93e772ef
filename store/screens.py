"""Links of the walls: appended when made and when withdrawn; of a link's token the database keeps the hash alone."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime

import pandas as pd
from sqlalchemy import Engine, exists, insert, select

from readiness.language import _
from readiness.model import ReadinessError
from readiness.people import User, refuse_change
from store.connection import reading, writing
from store.journal import record_change
from store.schema import SCREEN, changes, screen_withdrawals, screens

SCREEN_COLUMNS = ("screen_id", "name", "made_by", "made_at", "withdrawn_at")


def make_screen(engine: Engine, name: str, user: User, at: datetime) -> str:
    """Makes a link for a screen of that name; returns its token, which nobody can read again. The office's alone.

    Raises ReadinessError without a name.
    """
    refuse_change(user, None)
    if not name.strip():
        raise ReadinessError(_("请写明是哪一块屏，如“指挥室大屏”。"))
    token = secrets.token_urlsafe(18)
    with writing(engine) as connection:
        change_id = record_change(connection, user, at, SCREEN)
        connection.execute(insert(screens).values(change_id=change_id, name=name.strip(), token_hash=_hash(token)))
    return token


def withdraw_screen(engine: Engine, screen_id: int, user: User, at: datetime) -> None:
    """From now on the link opens nothing any more. Raises ReadinessError for one that is unknown or withdrawn."""
    refuse_change(user, None)
    with writing(engine) as connection:
        if not connection.scalar(select(exists().where(screens.c.id == screen_id, ~_withdrawn()))):
            raise ReadinessError(_("没有这个大屏链接，或者已经停用，请刷新页面。"))
        change_id = record_change(connection, user, at, SCREEN)
        connection.execute(insert(screen_withdrawals).values(screen_id=screen_id, change_id=change_id))


def load_screens(engine: Engine) -> pd.DataFrame:
    """All links ever made, the newest first: SCREEN_COLUMNS; withdrawn_at is missing while a link works."""
    made, gone = changes.alias("made"), changes.alias("gone")
    query = (
        select(screens.c.id, screens.c.name, made.c.user, made.c.at, gone.c.at)
        .join(made, made.c.id == screens.c.change_id)
        .outerjoin(screen_withdrawals, screen_withdrawals.c.screen_id == screens.c.id)
        .outerjoin(gone, gone.c.id == screen_withdrawals.c.change_id).order_by(screens.c.id.desc()))
    with reading(engine) as connection:
        rows = pd.DataFrame(connection.execute(query).all(), columns=list(SCREEN_COLUMNS))
    return rows.assign(**{name: pd.to_datetime(rows[name], format="ISO8601", utc=True)
                          for name in ("made_at", "withdrawn_at")})


def screen_opens(engine: Engine, token: str) -> bool:
    """Whether a link with that token was made and not withdrawn."""
    with reading(engine) as connection:
        return bool(connection.scalar(select(exists().where(screens.c.token_hash == _hash(token), ~_withdrawn()))))


def _withdrawn():
    return exists().where(screen_withdrawals.c.screen_id == screens.c.id)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
