"""Work that stands still, is reported all at once, or is told in two ways."""

from __future__ import annotations

import pandas as pd

from readiness.contradictions import NA_AFTER_FAIL, PASS_OVER_ISSUE, STATE_AFTER_END
from readiness.indicators import unmapped_texts
from readiness.integrity.finding import Evidence, findings_of
from readiness.model import FIXED

QUIET_DAYS = 21
MANY_A_DAY = 10
MANY_A_MINUTE = 5


def quiet_areas(seen: Evidence) -> pd.DataFrame:
    """Ranked areas of which nothing is heard for QUIET_DAYS days: no check, ledger row, patrol or step; a row an area.

    on: the last day of which something is known, count: days since then; both missing where nothing ever was.
    """
    patrols = seen.facts.patrols.rename(columns={"date": "on"})
    heard = pd.concat([frame.rename(columns={"held_on": "on"})[["area_code", "on"]]
                       for frame in (seen.checks, seen.ledger, patrols, seen.steps)])
    last = heard[heard["on"] <= seen.as_of].groupby("area_code")["on"].max()
    areas = seen.reference.areas
    rows = areas.loc[areas["ranked"], ["code"]].rename(columns={"code": "area_code"}).join(last, on="area_code")
    rows = rows.assign(count=(seen.as_of - pd.to_datetime(rows["on"])).dt.days)
    quiet = rows[~(rows["count"] < QUIET_DAYS)].sort_values("count", ascending=False, na_position="first")
    return findings_of(quiet, ("area_code",))


def fixes_on_one_day(seen: Evidence) -> pd.DataFrame:
    """MANY_A_DAY or more issues of an area that its books call fixed on the same day; a row an issue.

    count: how many they are.
    """
    fixes = seen.facts.ledger[seen.facts.ledger["fixed_on"] <= seen.as_of].drop_duplicates(["thread", "fixed_on"])
    fixes = fixes.assign(count=fixes.groupby(["area_code", "fixed_on"])["thread"].transform("size"))
    many = fixes[fixes["count"] >= MANY_A_DAY].sort_values(["count", "area_code", "fixed_on"],
                                                           ascending=[False, True, True], kind="stable")
    return findings_of(many.assign(text=many["description"], on=many["fixed_on"], word=many["status"],
                                   person=many["responsible_person"]), ("area_code", "fixed_on"))


def fixes_in_one_minute(seen: Evidence) -> pd.DataFrame:
    """MANY_A_MINUTE or more issues that one person called fixed on screen within the same minute; a row an issue.

    count: how many they are.
    """
    steps = seen.steps[seen.steps["status"] == FIXED]
    steps = steps.assign(minute=steps["at"].dt.floor("min"), person=steps["user"], text=steps["description"],
                         word=FIXED)
    steps = steps.assign(count=steps.groupby(["user", "minute"])["thread"].transform("size"))
    return findings_of(steps[steps["count"] >= MANY_A_MINUTE], ("user", "minute"))


def pass_over_issue(seen: Evidence) -> pd.DataFrame:
    """Items that a newer check calls passing while a ledger issue on them is not verified; a row an issue."""
    return _contradicting(seen, PASS_OVER_ISSUE)


def na_after_fail(seen: Evidence) -> pd.DataFrame:
    """Items that failed and are now said not to apply; a row an item."""
    return _contradicting(seen, NA_AFTER_FAIL)


def state_after_end(seen: Evidence) -> pd.DataFrame:
    """Issues that a ledger still calls not done though they had been verified; a row of a ledger."""
    return _contradicting(seen, STATE_AFTER_END)


def _contradicting(seen: Evidence, reason: str) -> pd.DataFrame:
    rows = seen.now.contradictions
    rows = rows[rows["reason"] == reason].reset_index(drop=True)
    text = rows["description"].fillna(rows["indicator"])
    return findings_of(rows.assign(text=text, word=rows["status"], place=rows.index), ("place",))


def stale_facts(seen: Evidence) -> pd.DataFrame:
    """Known items whose deciding fact is older than the standard allows, a finding a site; count: days since then."""
    items = seen.now.items[seen.now.items["stale"]]
    items = items.assign(text=items["indicator"], word=items["state"], on=items["since"],
                         count=(seen.as_of - items["since"]).dt.days)
    return findings_of(items.sort_values(["area_code", "site_id", "item"]), ("site_id",))


def texts_outside_the_standard(seen: Evidence) -> pd.DataFrame:
    """Texts of books that are no item of the standard, the most frequent first; count: rows that say so."""
    texts = unmapped_texts(seen.checks, seen.ledger).rename(columns={"rows": "count"})
    return findings_of(texts, ("origin", "kind", "text"))
