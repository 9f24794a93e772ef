"""The life of an issue in the ledger: found, begun, fixed, perhaps returned and fixed again, verified."""

from __future__ import annotations

import numpy as np
import pandas as pd

from tests.demo import WEEKS
from tests.demo.chance import draws

END = 7 * WEEKS - 1
DUE_AFTER = (5, 7, 10, 14, 14, 20)


def lives(found: np.ndarray, fix: np.ndarray, red: np.ndarray, stuck: np.ndarray, last: np.ndarray, chooser: np.ndarray,
          about: str) -> pd.DataFrame:
    """One row an issue: found, due, started, fixed, returned, refixed, verified in days, NaN for what never came.

    fix: share of problems that the area puts right in a week; red: a red line, always quick; stuck: never put right;
    last: the area's last day of work; chooser: issues with the same key share their dates (one shop's order).
    """
    draw = [draws(chooser, f"life {about} {number}") for number in range(7)]
    wait = np.ceil(np.log(1 - draw[0]) / np.log(1 - fix) * 7)
    fixed = found + np.where(red, 2 + draw[0].round(), 2 + wait)
    recheck = fixed + 2 + np.floor(draw[1] * np.where(red, 2, 7)) + np.where((draw[2] < 0.12) & ~red, 21, 0)
    returned = np.where((draw[3] < 0.08 + 0.12 * (1 - fix)) & ~red, recheck, np.nan)
    refixed = returned + 3 + np.floor(draw[4] * 14)
    verified = np.where(np.isnan(returned), recheck, refixed + 3 + np.floor(draw[5] * 6))
    fixed, refixed = (np.where((day <= last) & ~stuck, day, np.nan) for day in (fixed, refixed))
    returned = np.where((returned <= END) & ~np.isnan(fixed), returned, np.nan)
    done = ~np.isnan(fixed) & (np.isnan(returned) | ~np.isnan(refixed)) & (verified <= END)
    started = np.where(found + 1 + draw[6] * 3 < fixed, np.floor(found + 1 + draw[6] * 3), np.nan)
    started = np.where(np.isnan(fixed) & (draw[6] < 0.7), np.floor(found + 2 + draw[6] * 4), started)
    due = found + np.where(red, 3, np.array(DUE_AFTER)[np.floor(draw[6] * len(DUE_AFTER)).astype(int)])
    return pd.DataFrame({"found": found, "due": due, "started": np.where(started <= last, started, np.nan),
                         "fixed": fixed, "returned": returned, "refixed": refixed,
                         "verified": np.where(done, verified, np.nan)}, dtype=float)
