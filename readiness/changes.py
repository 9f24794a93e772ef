"""What changed since the day compared with: rules on two days' standings, each a fact with the rows that prove it."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from readiness.behind import moved_losses, open_issues, overdue_issues, started_since
from readiness.model import UNVERIFIED
from readiness.standing import Standing

MOST = 6
MOVED = 0.05  # points that round to 0.1


@dataclass(frozen=True)
class Change:
    """One thing that changed: the name of its rule, what its sentence says, and the rows behind the sentence."""

    rule: str
    facts: Mapping[str, Any]
    rows: pd.DataFrame = dataclasses.field(compare=False, repr=False, default_factory=pd.DataFrame)


def changes(now: Standing, before: Standing, then: Standing | None = None) -> list[Change]:
    """At most six changes from before to now, the most important first.

    then: the standing of before's day by what had been uploaded by its end (the second clock, DESIGN.md 5), None where
    nothing is known of that.
    """
    found = [score_change(now, before), restatement(before, then), fall(now, before), overdue_change(now, before),
             open_red_lines(now, before), relapses(now, before), lacking(now, before), rise(now, before)]
    return [change for change in found if change is not None][:MOST]


def score_change(now: Standing, before: Standing) -> Change | None:
    """score, earlier and kinds: (kind, points gained) of the two that moved the score most in its own direction.

    Score + losses = 100 on both days, so the points that the kinds lose less add up to the change.
    """
    score, earlier = now.subdistrict.score, before.subdistrict.score
    if score is None or earlier is None:
        return None
    rows = moved_losses(now, before)
    gained = rows.groupby("kind")["gained"].sum().sort_values(ascending=score < earlier, kind="stable")
    moved = gained[(gained >= MOVED) if score >= earlier else (gained <= -MOVED)].head(2)
    return Change("score", {"score": score, "earlier": earlier, "kinds": tuple(moved.round(9).items())}, rows)


def restatement(before: Standing, then: Standing | None) -> Change | None:
    """score and shown: the earlier day's score by what is known now, and as it could be seen on that day itself."""
    if then is None or before.subdistrict.score is None or then.subdistrict.score is None:
        return None
    score, shown = before.subdistrict.score, then.subdistrict.score
    if abs(score - shown) < MOVED:
        return None
    return Change("restated", {"on": before.as_of, "score": score, "shown": shown}, moved_losses(before, then))


def moves(now: Standing, before: Standing) -> pd.DataFrame:
    """Areas whose score moved: area_code, short_name, change (points), the greatest rise first."""
    earlier = before.areas.set_index("area_code")["score"]
    moved = now.areas.assign(change=now.areas["score"] - now.areas["area_code"].map(earlier))
    moved = moved[moved["ranked"] & (moved["change"].abs() >= MOVED)]
    return moved.sort_values("change", ascending=False, kind="stable")[["area_code", "short_name", "change"]]


def fall(now: Standing, before: Standing) -> Change | None:
    """The area that fell most: name, change, opened (its issues since then) and the item that most of them are of."""
    return _moved_area("fall", moves(now, before).query("change < 0").tail(1), now, before)


def rise(now: Standing, before: Standing) -> Change | None:
    """The area that rose most: name, change, verified (its issues since then) and the item that most of them are of."""
    return _moved_area("rise", moves(now, before).query("change > 0").head(1), now, before)


def _moved_area(rule: str, found: pd.DataFrame, now: Standing, before: Standing) -> Change | None:
    if found.empty:
        return None
    code, name, change = found.iloc[0]
    issues = now.issues[now.issues["area_code"] == code]
    falls = rule == "fall"
    since = started_since(issues, before.as_of)
    rows = since[since["status"].isin(UNVERIFIED)] if falls else \
        issues[issues["verified_on"] > pd.Timestamp(before.as_of)]
    return Change(rule, {"area": code, "name": name, "change": change, "count": len(rows), **_most(rows)}, rows)


def _most(issues: pd.DataFrame) -> dict[str, Any]:
    """kind, indicator and of_item: the item that most of the issues are of; of equally many the first by code."""
    if issues.empty:
        return {"kind": None, "indicator": None, "of_item": 0}
    count = issues.groupby(["kind", "item", "indicator"]).size().sort_values(ascending=False, kind="stable")
    kind, _, indicator = count.index[0]
    return {"kind": kind, "indicator": indicator, "of_item": int(count.iloc[0])}


def overdue_change(now: Standing, before: Standing) -> Change | None:
    """count, earlier, and areas: the names of the two that have most, with of_areas, their overdue issues together."""
    count, earlier = now.subdistrict.overdue, before.subdistrict.overdue
    if not count and not earlier:
        return None
    most = now.areas[now.areas["overdue"] > 0].sort_values("overdue", ascending=False, kind="stable").head(2)
    return Change("overdue", {"count": count, "earlier": earlier, "on": before.as_of,
                              "areas": tuple(most["short_name"]), "of_areas": int(most["overdue"].sum())},
                  overdue_issues(now.issues))


def open_red_lines(now: Standing, before: Standing) -> Change | None:
    """count of open red-line issues, new (since then), and named: (area, description) of the newest of three areas."""
    rows = open_issues(now.issues[now.issues["red_line"]])
    if rows.empty:
        return None
    rows = rows.sort_values("started_on", ascending=False, kind="stable")
    names = now.areas.set_index("area_code")["short_name"]
    shown = rows.drop_duplicates("area_code").head(3)
    named = tuple(zip(shown["area_code"].map(names), shown["description"], strict=True))
    return Change("red_lines", {"count": len(rows), "new": len(started_since(rows, before.as_of)), "named": named},
                  rows)


def relapses(now: Standing, before: Standing) -> Change | None:
    """count of issues found again since then, and the item that most of them are of."""
    rows = started_since(now.issues[now.issues["relapse_of"].notna()], before.as_of)
    return Change("relapses", {"count": len(rows), "on": before.as_of, **_most(rows)}, rows) if len(rows) else None


def lacking(now: Standing, before: Standing) -> Change | None:
    """areas: the names of those without a score; new: of those that had one then."""
    without = now.areas[now.areas["ranked"] & now.areas["score"].isna()]
    if without.empty:
        return None
    had = before.areas.loc[before.areas["score"].notna(), "area_code"]
    lost = without[without["area_code"].isin(had)]
    rows = now.items[now.items["area_code"].isin(without["area_code"])]
    return Change("lacking", {"areas": tuple(without["short_name"]), "new": tuple(lost["short_name"])}, rows)
