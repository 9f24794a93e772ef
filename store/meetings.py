"""Meetings: the numbers that each showed, appended and never changed."""

from __future__ import annotations

from datetime import datetime

import pandas as pd
from sqlalchemy import Engine, insert, select

from readiness.meetings import MEETING_COLUMNS, Meeting
from readiness.people import User, refuse_change
from store.connection import reading, writing
from store.journal import record_change
from store.schema import MEETING, changes, meetings


def freeze_meeting(engine: Engine, meeting: Meeting, user: User, at: datetime) -> None:
    """Keeps a meeting's numbers for good: the office's alone. A day that is kept again is kept twice."""
    refuse_change(user, None)
    with writing(engine) as connection:
        connection.execute(insert(meetings).values(
            change_id=record_change(connection, user, at, MEETING), held_on=meeting.held_on.isoformat(),
            as_of=meeting.as_of.isoformat(), standard=meeting.standard, numbers=dict(meeting.numbers)))


def load_meetings(engine: Engine) -> pd.DataFrame:
    """All meetings that were kept, in the order in which they were: MEETING_COLUMNS."""
    said = (meetings.c.id, meetings.c.held_on, meetings.c.as_of, meetings.c.standard, meetings.c.numbers,
            changes.c.user, changes.c.at)
    query = select(*said).join(changes, changes.c.id == meetings.c.change_id).order_by(meetings.c.id)
    with reading(engine) as connection:
        rows = pd.DataFrame(connection.execute(query).all(), columns=list(MEETING_COLUMNS))
    days = {name: pd.to_datetime(rows[name], format="%Y-%m-%d") for name in ("held_on", "as_of")}
    return rows.assign(at=pd.to_datetime(rows["at"], format="ISO8601", utc=True), **days)
