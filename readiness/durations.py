"""How long putting right takes: from the finding to the fix and to the verification, by stated dates alone."""

from __future__ import annotations

import numpy as np
import pandas as pd

from readiness.facts import Facts
from readiness.history import RANK
from readiness.model import FIXED, FROM_LEDGER, VERIFIED
from readiness.rows import days

TO_CLOSE, TO_FIX = "close_days", "fix_days"
COUNTED = {TO_CLOSE: (VERIFIED,), TO_FIX: (FIXED, VERIFIED)}


def timed_issues(issues: pd.DataFrame, facts: Facts) -> pd.DataFrame:
    """The issues with close_days (found_on to verified_on) and fix_days (found_on to fixed_on), in whole days as float.

    issues: of issues_on or Standing. Missing unless a row of a book writes both days out: a day that was inferred (a
    year from the title, a state's day from its sheet) measures nothing. A step on screen states its day. Where several
    books speak of an issue, one that states the day is enough.
    """
    found = stated(issues, "found_on", facts)
    return issues.assign(**{name: (stated(issues, column, facts) - found).dt.days.astype(float)
                            for name, column in ((TO_CLOSE, "verified_on"), (TO_FIX, "fixed_on"))})

def durations(timed: pd.DataFrame, by: tuple[str, ...] = (), measured: str = TO_CLOSE) -> pd.DataFrame:
    """count, left_out, median, lower and upper quartile (days) of the ledgers' issues by the columns `by`.

    timed: of timed_issues. measured: TO_CLOSE counts verified issues, TO_FIX fixed and verified ones; left_out are
    those of them without two stated days. One row a group that has any such issue, one of all without `by`.

    >>> timed = pd.DataFrame({"origin": "ledger", "status": ["verified"] * 4 + ["open"], "unit": list("aaabb"),
    ...                       "close_days": [2.0, 4.0, None, None, None]})
    >>> durations(timed, ("unit",)).to_numpy().tolist()
    [['a', 2, 1, 3.0, 2.5, 3.5], ['b', 0, 1, nan, nan, nan]]
    """
    rows = timed[(timed["origin"] == FROM_LEDGER) & timed["status"].isin(COUNTED[measured])]
    keys = [rows[column] for column in by] if by else [pd.Series(0, index=rows.index)]
    groups = rows.groupby(keys, dropna=False)[measured]
    told = pd.DataFrame({"count": groups.count(), "left_out": groups.size() - groups.count(),
                         "median": groups.median(), "lower": groups.quantile(0.25), "upper": groups.quantile(0.75)})
    if not by:
        return told.reindex([0]).fillna({"count": 0, "left_out": 0}).astype({"count": int, "left_out": int})
    return told.reset_index()

def stated(issues: pd.DataFrame, column: str, facts: Facts) -> pd.Series:
    """The issues' dates of that column where a row states them, else missing."""
    named = pd.MultiIndex.from_arrays([issues["issue"], days(issues[column])])
    return issues[column].where(named.isin(_stated_days(facts, column)))

def _stated_days(facts: Facts, column: str) -> pd.MultiIndex:
    """(id of an issue, day) of every finding, fix or verification that a row or a step states."""
    events = facts.events
    rows = facts.rows[[column, "inferred", "upload_id"]].take(events["source"])
    speaks = {"found_on": events["finding"], "fixed_on": ~events["finding"] & (events["rank"] == RANK[FIXED]),
              "verified_on": ~events["finding"] & (events["rank"] == RANK[VERIFIED])}[column].to_numpy()
    guessed = ("," + rows["inferred"].fillna("") + ",").str.contains(f",{column},", regex=False).to_numpy()
    written = (days(rows[column]) == events["on"].to_numpy()) & ~guessed
    taken = speaks & (written | rows["upload_id"].isna().to_numpy())
    issue = facts.issues.take(events["issue"].to_numpy()[taken])
    return pd.MultiIndex.from_arrays([issue["thread"] + "-" + issue["ordinal"].astype("str"),
                                      events["on"].to_numpy()[taken].astype(np.int64)])
