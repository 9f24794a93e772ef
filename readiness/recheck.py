"""The re-check list: which verified fixes are most likely to have slipped by the day the inspection may begin."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from readiness.facts import Facts
from readiness.model import FAIL, PASS, VERIFIED
from readiness.relapse import ALL, curves
from readiness.settings import BEFORE, INSIDE, Settings, window_status
from readiness.survival import past_the_curve, standing_at

USUAL = 30  # days after which the share that had slipped is told as a reason


def horizon(settings: Settings, as_of: date) -> date | None:
    """The day by which a fix must still stand: the window's first, its last once it has begun, None when it is past.

    >>> shipped = Settings((), 90, 0.2, 30, date(2026, 11, 22), date(2026, 12, 5))
    >>> [str(horizon(shipped, date(2026, month, 22))) for month in (10, 11, 12)]
    ['2026-11-22', '2026-12-05', 'None']
    """
    return {BEFORE: settings.window_first, INSIDE: settings.window_last}.get(window_status(settings, as_of).phase)


def recheck(fixed: pd.DataFrame, facts: Facts, as_of: date, by: date) -> pd.DataFrame:
    """The fixes that still stand, those most likely to slip by that day first, then those nobody looked at for longest.

    fixed: of readiness.relapse.fixes. Added: stood, days since the verification; pool, the category whose curve is used
    (ALL where it has none of its own); chance = 1 - S(stood until by) / S(stood); at_least: the curve ends before, so
    chance is the least; usual: share of the pool that had slipped after USUAL days, missing where unknown; unseen, days
    since anybody looked (the verification, or a later check of its item there); before: it had relapsed before.
    """
    rows = fixed[(fixed["status"] == VERIFIED) & ~fixed["slipped"]]
    rows = rows.assign(stood=_days_before(rows["verified_on"], as_of), unseen=_days_unseen(rows, facts, as_of),
                       before=rows["relapse_of"].notna())
    known, ahead = curves(fixed), (by - as_of).days
    rows = rows.assign(pool=rows["category"].where(rows["category"].isin(list(known)), ALL))
    parts = [_with_chances(part, known[pool], ahead) for pool, part in rows.groupby("pool")]
    told = pd.concat(parts) if parts else _with_chances(rows, known[ALL], ahead)
    return told.sort_values(["chance", "unseen", "area_code", "issue"], ascending=[False, False, True, True],
                            ignore_index=True)


def _with_chances(rows: pd.DataFrame, curve: pd.DataFrame, ahead: int) -> pd.DataFrame:
    stood = rows["stood"].to_numpy()
    now, then = (standing_at(curve, days, beyond=True) for days in (stood, stood + ahead))
    chance = 1 - then / np.where(now > 0, now, np.nan)
    return rows.assign(chance=chance, at_least=past_the_curve(curve, stood + ahead) & ~np.isnan(chance),
                       usual=1 - standing_at(curve, np.array([USUAL]))[0])


def _days_unseen(rows: pd.DataFrame, facts: Facts, as_of: date) -> pd.Series:
    """Days since the verification, or since the newest check after it that said pass or fail of the item there."""
    checks = facts.checks
    looked = checks[checks["result"].isin((PASS, FAIL)) & (checks["held_on"] <= pd.Timestamp(as_of))]
    newest = looked.groupby("pair")["held_on"].max().reindex(rows["pair"]).set_axis(rows.index)
    return _days_before(newest.where(newest > rows["verified_on"], rows["verified_on"]), as_of)


def _days_before(days: pd.Series, as_of: date) -> pd.Series:
    return (pd.Timestamp(as_of) - days).dt.days.astype("float64")
