"""What became of issues since this morning: one day's standings, by what was known then and by what is known now."""

from __future__ import annotations

import pandas as pd

from readiness.model import FIXED, OPEN, RETURNED, VERIFIED
from readiness.standing import Standing

NEWS_COLUMNS = ("issue", "what", "area_code", "site", "location", "description")
NEWS = (OPEN, RETURNED, FIXED, VERIFIED)  # what is told, in the order of its weight


def news(now: Standing, morning: Standing | None) -> pd.DataFrame:
    """One row an issue that is new (what: open) or has been returned, called fixed or verified since (NEWS_COLUMNS).

    morning: the same day by what was known at its beginning. Without it, the issues of which the facts speak of the
    day itself. In the order of NEWS, the newest first.
    """
    issues = now.issues.assign(what=_dated(now) if morning is None else _changed(now, morning))
    told = issues[issues["what"].isin(NEWS)].assign(weight=lambda rows: rows["what"].map(NEWS.index))
    told = told.sort_values(["weight", "started_on", "issue"], ascending=[True, False, True], kind="stable")
    return told[list(NEWS_COLUMNS)].reset_index(drop=True)


def _dated(now: Standing) -> pd.Series:
    """What the facts say of the standing's own day; missing where nothing."""
    day, issues = pd.Timestamp(now.as_of), now.issues
    what = pd.Series(None, issues.index, dtype="object").mask(issues["started_on"] == day, OPEN)
    return what.mask(issues["fixed_on"] == day, FIXED).mask(issues["verified_on"] == day, VERIFIED)


def _changed(now: Standing, morning: Standing) -> pd.Series:
    """The state of what is new or stands otherwise than in the morning; what is new is open, whatever its state."""
    before = now.issues["issue"].map(morning.issues.drop_duplicates("issue").set_index("issue")["status"])
    moved = now.issues["status"].where(before.notna() & (before != now.issues["status"]))
    return moved.mask(before.isna() & (now.issues["status"] != VERIFIED), OPEN)
