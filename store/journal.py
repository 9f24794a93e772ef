"""The journal: who did what when. Every write passes here, and an upload counts while no undo of it stands there."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, exists, insert

from readiness.people import User
from store.connection import utc
from store.schema import UNDO, changes, uploads


def record_change(connection: Connection, user: User, at: datetime, action: str, upload_id: str | None = None) -> int:
    """Appends to the journal who did what when, and returns the new data version. Every write passes here."""
    result = connection.execute(insert(changes).values(
        user=user.name, role=user.role, at=utc(at), action=action, upload_id=upload_id))
    return result.inserted_primary_key[0]


def counts() -> Any:
    """The condition that an upload counts: nobody has undone it."""
    undone = changes.alias("undone")
    return ~exists().where(undone.c.upload_id == uploads.c.id, undone.c.action == UNDO)
