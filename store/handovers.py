"""Handovers of posts: appended, never changed; what was said wrongly is taken back by a later one."""

from __future__ import annotations

from datetime import date, datetime

import pandas as pd
from sqlalchemy import Engine, insert

from readiness.handovers import refuse_handover
from readiness.people import User, refuse_change
from store.connection import reading, writing
from store.journal import record_change
from store.schema import HANDOVER, handovers
from store.snapshots import handover_rows


def hand_over(
    engine: Engine, post: str, area_code: str, leaves: str, follows: str | None, on: date, note: str | None, user: User,
    at: datetime,
) -> int:
    """From that day on all sites of the area that `leaves` holds in the post are those of `follows`, or nobody's.

    follows = leaves takes the handover of that person and day back. Names lose their inner spaces, as in a book.
    Returns the change's number. Raises ReadinessError for another's area and for somebody who has left already.
    """
    refuse_change(user, [area_code])
    leaves, follows = _name(leaves), _name(follows or "") or None
    with writing(engine) as connection:
        refuse_handover(handover_rows(connection), post, area_code, leaves, follows, on)
        change_id = record_change(connection, user, at, HANDOVER)
        connection.execute(insert(handovers).values(
            change_id=change_id, post=post, area_code=area_code, leaves=leaves, follows=follows, on=on.isoformat(),
            note=(note or "").strip() or None))
    return change_id


def load_handovers(engine: Engine, known_at: datetime | None = None) -> pd.DataFrame:
    """All handovers that were said by known_at, those taken back too: readiness.handovers.HANDOVER_COLUMNS."""
    with reading(engine) as connection:
        return handover_rows(connection, known_at)


def _name(said: str) -> str:
    return "".join(said.split())
