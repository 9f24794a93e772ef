"""Meetings: the numbers that one showed, kept as they were, and how today's stand against them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from readiness.reference import Reference
from readiness.standing import Standing

TALLY = ("score", "coverage", "open", "overdue", "verified", "total", "rate")
AREA = ("score", "coverage", "open", "overdue")
MEETING_COLUMNS = ("meeting_id", "held_on", "as_of", "standard", "numbers", "user", "at")


@dataclass(frozen=True)
class Meeting:
    """A meeting to be kept: the day on which it is held, the day that its numbers speak of, and the numbers."""

    held_on: date
    as_of: date
    standard: str
    numbers: Mapping[str, Any]


def meeting_of(now: Standing, reference: Reference, held_on: date) -> Meeting:
    """The meeting that shows this standing. numbers: TALLY of the subdistrict and, under areas, AREA by area_code; what
    is unknown is None.
    """
    areas = now.areas.set_index("area_code")[list(AREA)].astype(object)
    told = areas.where(areas.notna(), None)
    numbers = {name: getattr(now.subdistrict, name) for name in TALLY}
    return Meeting(held_on, now.as_of, reference.hash, {**numbers, "areas": told.to_dict("index")})


def last_meeting(meetings: pd.DataFrame, as_of: date) -> Mapping[str, Any] | None:
    """The newest of the meetings before a day as a mapping of MEETING_COLUMNS; of a day kept twice the later one.

    meetings: store.load_meetings. None where there is none.
    """
    before = meetings[meetings["as_of"] < pd.Timestamp(as_of)].sort_values(["as_of", "meeting_id"], kind="stable")
    return None if before.empty else before.iloc[-1].to_dict()


def moved_numbers(now: Mapping[str, Any], then: Mapping[str, Any]) -> dict[str, float | None]:
    """By how much each of TALLY has moved since then, None where either is unknown.

    >>> moved_numbers({"score": 85.3, "open": 515}, {"score": 82.5, "open": 591, "rate": None})["open"]
    -76
    """
    pairs = {name: (now.get(name), then.get(name)) for name in TALLY}
    return {name: None if None in pair else pair[0] - pair[1] for name, pair in pairs.items()}


def moved_areas(now: Mapping[str, Any], then: Mapping[str, Any]) -> pd.DataFrame:
    """One row an area whose score is known on both days: area_code, score, earlier, change; the greatest rise first."""
    earlier = then.get("areas", {})
    rows = [(code, told["score"], earlier[code]["score"]) for code, told in now["areas"].items()
            if code in earlier and told["score"] is not None and earlier[code]["score"] is not None]
    frame = pd.DataFrame(rows, columns=["area_code", "score", "earlier"]).astype({"score": float, "earlier": float})
    frame = frame.assign(change=frame["score"] - frame["earlier"])
    return frame.sort_values("change", ascending=False, kind="stable", ignore_index=True)
