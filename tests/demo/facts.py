"""The story in the words of tables: every check and every ledger row that some book shall carry."""

from __future__ import annotations

import numpy as np
import pandas as pd

from tests.demo import on
from tests.demo.places import person
from tests.demo.story import END, SPECIALS, Story

MOCK_DAYS = {1: 18, 2: 58}  # round -> the day its ledger was handed out
WEEKLY_DAYS = (25, 32, 39, 46, 53, 67, 74, 83)
OWN_LEDGERS = ("310109016001", "310109016012", "310109016015", "310109016031")
MEASURES = ("立即清理并加强巡查", "限期修复", "约谈责任人并复查", "更换或补设", "加强宣传劝导")


def told_checks(story: Story, kinds: pd.DataFrame) -> pd.DataFrame:
    """One row a check that a book carries.

    area_code, area, site, site_no, kind, kind_name, item, text, category, short, question, bad_answer, on (date),
    result, problem (words, "" unless fail), inspector, round, round_no, layout, indicator (the book's words for item).
    """
    pairs = story.pairs.rename(columns={"name": "site", "site": "site_no"})
    columns = ["area_code", "area", "site", "site_no", "group", "kind", "item", "text", "category", "short", "question",
               "bad_answer", "spot", "problem"]
    checks = story.checks.join(pairs[columns], on="pair")
    names = kinds.set_index("kind")["name"]
    self_checked = checks["round"] == "self"
    checks = checks.assign(
        on=checks["day"].map(on), kind_name=checks["kind"].map(names),
        problem=(checks["spot"] + checks["problem"]).where(checks["result"] == "fail", ""),
        inspector=(checks["group"] * 4 + 2).map(person),
        layout=checks["area_code"].map(story.profiles["layout"]).where(self_checked, checks["round"]))
    words = {"matrix": "short", "across": "short", "questions": "question"}
    checks = checks.assign(indicator=checks["text"])
    for layout, column in words.items():
        checks["indicator"] = checks[column].where(checks["layout"] == layout, checks["indicator"])
    # A form with two columns to tick has no place for "not applicable" and "closed".
    silent = (checks["layout"] == "ticks") & checks["result"].isin(("na", "uninspectable"))
    return checks[~silent].sort_values(["area_code", "day", "site_no", "item"]).reset_index(drop=True)


def told_issues(story: Story) -> pd.DataFrame:
    """The story's issues with the words of ledgers: those of their pair, location, person, severity, measure, again."""
    pairs = story.pairs.rename(columns={"name": "site", "site": "site_no"})
    columns = ["area_code", "area", "site", "site_no", "kind", "item", "text", "category", "red_line", "spot",
               "problem", "unit", "hard"]
    issues = story.issues.join(pairs[columns], on="pair")
    chief = story.sites["point_chief"]
    pick = np.floor(issues["hard"] * 97).astype(int) % len(MEASURES)
    return issues.assign(
        location=issues["spot"].mask(issues["kind"].isin(SPECIALS.values()), ""), person=issues["site_no"].map(chief),
        severity=np.where(issues["red_line"], "严重", "一般"), measure=np.array(MEASURES)[pick],
        again=issues.groupby("pair").cumcount() > 0,
    ).sort_values(["found", "area_code", "site_no", "item"], kind="stable")


def ledger_on(issues: pd.DataFrame, day: int, since: int) -> pd.DataFrame:
    """What a ledger of a day says: all issues found by then, but for those verified by the day of the ledger before.

    Adds state (open, fixing, fixed, returned, verified), found_on, due_on, fixed_on, verified_on (dates or None).
    """
    known = issues[(issues["found"] <= day) & ~(issues["verified"] <= since)]
    steps = {"verified": "verified", "refixed": "fixed", "returned": "returned", "fixed": "fixed", "started": "fixing"}
    state = np.select([known[step] <= day for step in steps], list(steps.values()), "open")
    fixed = known["refixed"].where(known["refixed"] <= day, known["fixed"].where(known["fixed"] <= day))
    fixed = fixed.where(np.isin(state, ("fixed", "verified")))
    dates = {"found_on": known["found"], "due_on": known["due"], "fixed_on": fixed,
             "verified_on": known["verified"].where(known["verified"] <= day)}
    return known.assign(state=state, **{name: days.map(_date) for name, days in dates.items()})


def told_ledgers(story: Story) -> dict[str, pd.DataFrame]:
    """The rows of every ledger by its name: mock1, mock2, special:<kind>, weekly:<day>, own:<area_code>."""
    issues = told_issues(story)
    ledgers = {f"mock{number}": ledger_on(issues[(issues["round"] == "mock") & (issues["round_no"] == number)], day, -1)
               for number, day in MOCK_DAYS.items()}
    for kind, special in issues[issues["round"] == "special"].groupby("kind", sort=False):
        fresh = ledger_on(special, int(special["found"].max()), -1)
        ledgers[f"special:{kind}"] = fresh.assign(state="open", fixed_on=None, verified_on=None)
    since = (-1, *WEEKLY_DAYS)
    for before, day in zip(since, WEEKLY_DAYS, strict=False):
        ledgers[f"weekly:{day}"] = ledger_on(issues, day, before)
    newest = issues.groupby("pair").tail(1)
    for area in OWN_LEDGERS:
        own = ledger_on(newest[newest["area_code"] == area], END, -1)
        state = own["state"].replace({"verified": "fixed", "returned": "fixing"})
        ledgers[f"own:{area}"] = own.assign(state=state, verified_on=None)
    return ledgers


def _date(day: float) -> object:
    return None if np.isnan(day) else on(int(day))
