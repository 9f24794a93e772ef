"""The work by responsible unit: open, overdue, waiting for the re-check, verified, how fast and how lasting."""

from __future__ import annotations

import numpy as np
import pandas as pd

from readiness.choice import UNKNOWN
from readiness.durations import durations
from readiness.model import FIXED, FROM_LEDGER, UNVERIFIED

COUNTS = ("open", "overdue", "fixed", "verified", "total", "relapses")
UNIT_COLUMNS = ("unit", *COUNTS, "rate", "median", "lower", "upper", "measured", "left_out")


def with_units(issues: pd.DataFrame) -> pd.DataFrame:
    """The issues with unit: responsible_unit without outer space, UNKNOWN where none is written; nothing else is done
    to a name, so two spellings are two units."""
    return issues.assign(unit=issues["responsible_unit"].str.strip().fillna(UNKNOWN))


def units(timed: pd.DataFrame) -> pd.DataFrame:
    """One row a responsible unit (UNIT_COLUMNS): most overdue first, then most open, then by name.

    timed: of timed_issues. open counts unverified issues of both origins, as everywhere; overdue those past due_on that
    are neither fixed nor verified; fixed wait for their re-check; verified, total and rate = verified / total are the
    ledgers' issues alone, like the subdistrict's 整改率; relapses: issues found again after a verification. median,
    lower and upper: days from finding to verification of the measured ones; left_out: verified without stated days.
    """
    issues = with_units(timed)
    counted = _flags(issues).groupby(issues["unit"]).sum()
    lasted = durations(issues, ("unit",)).set_index("unit").rename(columns={"count": "measured"})
    table = counted.join(lasted).assign(rate=counted["verified"] / counted["total"].where(counted["total"] > 0))
    table = table.fillna({"measured": 0, "left_out": 0}).astype({"measured": np.int64, "left_out": np.int64})
    table = table.reset_index().sort_values(["overdue", "open", "unit"], ascending=[False, False, True])
    return table[list(UNIT_COLUMNS)].reset_index(drop=True)


def unit_of_all(timed: pd.DataFrame) -> pd.Series:
    """The same figures (UNIT_COLUMNS without unit) of all the issues together, or of those of one unit."""
    told = durations(timed).rename(columns={"count": "measured"}).iloc[0]
    counts = _flags(timed).sum()
    rate = counts["verified"] / counts["total"] if counts["total"] else np.nan
    return pd.concat([counts, told, pd.Series({"rate": rate})])[list(UNIT_COLUMNS[1:])]


def _flags(issues: pd.DataFrame) -> pd.DataFrame:
    """What is counted of each issue, as 0 or 1."""
    ledger, unverified = issues["origin"] == FROM_LEDGER, issues["status"].isin(UNVERIFIED)
    flags = {"open": unverified, "overdue": issues["overdue_days"] > 0, "fixed": issues["status"] == FIXED,
             "verified": ledger & ~unverified, "total": ledger, "relapses": issues["relapse_of"].notna()}
    return pd.DataFrame(flags).astype(np.int64)
