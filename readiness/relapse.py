"""Relapse 回潮: which verified fixes were found again, how often where, and how long a fix lasts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import numpy as np
import pandas as pd

from readiness.choice import UNKNOWN
from readiness.durations import stated
from readiness.facts import Facts
from readiness.model import VERIFIED
from readiness.survival import half_time, standing_at, survival
from readiness.units import with_units

FEWEST = 5  # verified fixes from which a share of them says something
ENOUGH = 10  # fixes from which a category has a curve of its own
ALL = "*"  # in place of a category: all of them together
MARKS = (7, 14, 30, 60)  # days at which the share still standing is told
LASTING_COLUMNS = ("category", "fixes", "relapsed", "left_out", "half", *(f"after_{days}" for days in MARKS))


def fixes(issues: pd.DataFrame, facts: Facts, as_of: date) -> pd.DataFrame:
    """One row a fix, which is an issue that was verified by as_of: the issue's columns, category and unit filled with
    UNKNOWN, slipped, again_on, again_status and lasted.

    issues: of issues_on(facts, as_of) or Standing. slipped: the same problem at the same place was found again, on
    again_on, and stands at again_status now. lasted: days from the verification to again_on, of what still stands to
    as_of; missing where a row does not write out both days, as in readiness.durations.
    """
    rows = issues.assign(slipped=issues["issue"].isin(issues["relapse_of"]))
    rows = with_units(rows[(rows["status"] == VERIFIED) | rows["slipped"]])
    again = issues.assign(again_until=stated(issues, "found_on", facts)).set_index("relapse_of")
    again = again.rename(columns={"found_on": "again_on", "status": "again_status"})
    rows = rows.join(again[["again_on", "again_status", "again_until"]], on="issue")
    end = rows.pop("again_until").where(rows["slipped"], pd.Timestamp(as_of))
    lasted = (end - stated(rows, "verified_on", facts)).dt.days.astype("float64")
    return rows.assign(category=rows["category"].fillna(UNKNOWN), lasted=lasted)


def relapse_rates(fixed: pd.DataFrame, by: tuple[str, ...]) -> pd.DataFrame:
    """The columns `by`, fixes, relapsed and rate = relapsed / fixes: the highest rate first, then most relapsed.

    fixed: of fixes. rate is missing below FEWEST fixes.

    >>> fixed = pd.DataFrame({"unit": list("aaaaab"), "slipped": [True, True, False, False, False, True]})
    >>> relapse_rates(fixed, ("unit",)).to_numpy().tolist()
    [['a', 5, 2, 0.4], ['b', 1, 1, nan]]
    """
    groups = fixed.groupby(list(by))["slipped"]
    table = pd.DataFrame({"fixes": groups.size(), "relapsed": groups.sum().astype(np.int64)})
    table = table.assign(rate=(table["relapsed"] / table["fixes"]).where(table["fixes"] >= FEWEST)).reset_index()
    order = ["rate", "relapsed", "fixes", *by]
    return table.sort_values(order, ascending=[False] * 3 + [True] * len(by), ignore_index=True)


def curves(fixed: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """readiness.survival.survival of ALL fixes together and of each category that has ENOUGH, most fixes first."""
    return {category: survival(rows["lasted"], rows["slipped"]) for category, rows in _by_category(_dated(fixed))
            if category == ALL or len(rows) >= ENOUGH}


def lasting(fixed: pd.DataFrame) -> pd.DataFrame:
    """How long fixes last (LASTING_COLUMNS): ALL, then a row a category, most fixes first.

    fixes and relapsed: of those whose days are known, left_out the others. half: days after which at most half still
    stand; after_30: share standing after 30 days. Both are missing where the curve does not reach, or has none.
    """
    known = curves(fixed)
    nothing = survival(fixed["lasted"].iloc[:0], fixed["slipped"].iloc[:0])
    rows = [_lasting(category, of, known.get(category, nothing)) for category, of in _by_category(fixed)]
    return pd.DataFrame(rows, columns=list(LASTING_COLUMNS))


def _lasting(category: str, rows: pd.DataFrame, curve: pd.DataFrame) -> tuple[object, ...]:
    dated = _dated(rows)
    return (category, len(dated), int(dated["slipped"].sum()), len(rows) - len(dated), half_time(curve),
            *standing_at(curve, np.array(MARKS)))


def _dated(fixed: pd.DataFrame) -> pd.DataFrame:
    return fixed[fixed["lasted"].notna()]


def _by_category(fixed: pd.DataFrame) -> Iterator[tuple[str, pd.DataFrame]]:
    yield ALL, fixed
    order = fixed["category"].value_counts().sort_index().sort_values(ascending=False, kind="stable").index
    yield from ((category, fixed[fixed["category"] == category]) for category in order)
