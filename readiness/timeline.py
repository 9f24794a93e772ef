"""The state of every (site, item) over time: one row a day on which something about it was said."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from readiness.model import FAIL, NA, PASS, UNCHECKED
from readiness.rows import TIES, arrangement, carried, days, ends_group, looked_up, starts_group

# Codes of what is known of an item; of one day the greater check wins ("the worst wins").
CODE = {NA: 0, PASS: 1, FAIL: 2}
NOTHING = -1
NAMES = np.array([NA, PASS, FAIL, UNCHECKED])  # by code, NOTHING is the last


def day_results(checks: pd.DataFrame) -> pd.DataFrame:
    """The deciding check of each pair and day: pair, on (days), code, source (position in checks), sorted.

    fail over pass over na; uninspectable and unknown results change nothing. Rule: DESIGN.md 5, "Of several checks".
    """
    code = looked_up(checks["result"], pd.Series(CODE)).fillna(NOTHING).to_numpy(dtype=np.int64)
    rows = pd.DataFrame({"pair": checks["pair"], "on": days(checks["held_on"]), "code": code})
    rows = rows.assign(source=np.arange(len(rows))).astype(np.int64)
    order = arrangement(checks[list(TIES)].join(rows), "pair", "on", "code")
    order = order[code[order] != NOTHING]
    pair, on = (rows[column].to_numpy()[order] for column in ("pair", "on"))
    return rows.take(order[ends_group(pair, on)])


def item_timeline(checks: pd.DataFrame, ledger_days: pd.DataFrame, excused: pd.DataFrame) -> pd.DataFrame:
    """One row a pair and day on which its state may change, sorted by pair and on.

    checks: day_results; ledger_days: day_ends with pair; excused: excused_days. Columns: pair, on, until (the next
    row's day, else the last day of all), code (NA, PASS, FAIL by CODE, or NOTHING), unverified (ledger issues on it),
    failing (bool: the newest known check or verification is a fail), run (ordinal of that run of fails), run_on (its
    first day), shown (bool: the run stands as a problem of its own), said (newest result by CODE whatever the ledger
    says, NOTHING without), said_on, source (its position in checks, -1 for a verification).
    Rule: DESIGN.md 6, first point, and 5, "A failing check".
    """
    facts = _day_facts(checks, ledger_days, excused)
    pair, on, code = (facts[column].to_numpy() for column in ("pair", "on", "code"))
    said = carried(code != NOTHING, pair)
    runs = _runs_of_fails(pair, on, code)
    sums = facts.groupby("pair")[["change", "excused"]].cumsum()
    unverified, counting = sums["change"].to_numpy(), (sums["change"] - sums["excused"]).to_numpy()
    result = np.where(said >= 0, code[said], NOTHING)
    timeline = pd.DataFrame({"pair": pair, "on": on, "code": np.where(counting > 0, CODE[FAIL], result),
                             "unverified": unverified, **runs, "said": result, "said_on": on[said],
                             "source": facts["source"].to_numpy()[said]})
    timeline["shown"] = timeline["failing"] & (unverified == 0)
    timeline = timeline[ends_group(pair, on)].reset_index(drop=True)
    return timeline.assign(until=_next_days(timeline))


def _day_facts(checks: pd.DataFrame, ledger_days: pd.DataFrame, excused: pd.DataFrame) -> pd.DataFrame:
    """Checks, then the verifications of the same day, each with the change of the numbers of unverified and
    of excused issues."""
    verified = np.where(ledger_days["verification"], CODE[PASS], NOTHING)
    ledger = ledger_days[["pair", "on", "change"]].assign(excused=0, code=verified, source=-1, order=1)
    apart = excused.assign(change=0, code=NOTHING, source=-1, order=1)
    facts = pd.concat([checks.assign(change=0, excused=0, order=0), ledger, apart], ignore_index=True)
    facts = facts.astype(np.int64)
    order = np.lexsort([facts[column].to_numpy() for column in ("code", "order", "on", "pair")])
    return facts.take(order).reset_index(drop=True)


def _runs_of_fails(pair: np.ndarray, on: np.ndarray, code: np.ndarray) -> dict[str, np.ndarray]:
    known = carried((code == CODE[PASS]) | (code == CODE[FAIL]), pair)
    failing = (known >= 0) & (code[known] == CODE[FAIL])
    begins = failing & ~(np.roll(failing, 1) & ~starts_group(pair))
    total = np.cumsum(begins)
    before = np.where(starts_group(pair), total - begins, 0)
    run = total - np.maximum.accumulate(before) if len(pair) else total
    return {"failing": failing, "run": run, "run_on": on[carried(begins, pair)]}


def _next_days(timeline: pd.DataFrame) -> np.ndarray:
    last = ends_group(timeline["pair"].to_numpy())
    return np.where(last, np.iinfo(np.int64).max, np.roll(timeline["on"].to_numpy(), -1))


def timeline_on(timeline: pd.DataFrame, as_of: date) -> pd.DataFrame:
    """The timeline's row of each pair that holds on as_of; pairs of which nothing has been said by then have none."""
    day = int(np.datetime64(as_of, "D").astype(np.int64))
    return timeline[(timeline["on"] <= day) & (day < timeline["until"])]
