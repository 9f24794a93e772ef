"""The items that can be inspected on a day, each with its state and the fact that decides it."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from readiness.facts import Facts
from readiness.model import FAIL, FROM_LEDGER, NA, PASS, UNCHECKED, VERIFIED
from readiness.rows import dates
from readiness.timeline import NAMES, timeline_on

WHERE = ("upload_id", "sheet", "row")


def items_on(facts: Facts, issues: pd.DataFrame, as_of: date, stale_days: int) -> pd.DataFrame:
    """The items that are inspectable on as_of: PAIR_COLUMNS, pair, state, since, stale and the deciding row.

    The standard's items of registered sites are, unless their newest fact is na; all others when they are known.
    issues: issues_on of that day. since is the day of the deciding fact; stale: a known item's is older.
    Rule: DESIGN.md 6, "The state of (site, indicator) on a day" and "Weights".
    """
    now = timeline_on(facts.timeline, as_of)
    state = np.full(len(facts.pairs), UNCHECKED, dtype=object)
    state[now["pair"]] = NAMES[now["code"]]
    known = np.isin(state.astype(str), (PASS, FAIL))
    inspectable = known | (facts.pairs["counts"].to_numpy(dtype=bool) & (state != NA))
    items = facts.pairs.drop(columns=["counts"]).assign(pair=np.arange(len(facts.pairs)),
                                                        state=pd.Series(state, dtype="str"))
    items = items.join(_deciding_rows(facts, issues, now), on="pair")
    oldest = pd.Timestamp(as_of) - pd.Timedelta(days=stale_days)
    return items.assign(stale=known & (items["since"] < oldest))[inspectable].reset_index(drop=True)


def _deciding_rows(facts: Facts, issues: pd.DataFrame, now: pd.DataFrame) -> pd.DataFrame:
    """since, upload_id, sheet, row by pair: the newest unverified issue's, else the newest check's, else its own."""
    said = now[now["source"] >= 0]
    checks = facts.checks[list(WHERE)].take(said["source"]).assign(
        pair=said["pair"].to_numpy(), since=dates(said["said_on"].to_numpy()), order=1)
    ledger = issues[issues["origin"] == FROM_LEDGER]
    verified = ledger["status"] == VERIFIED
    ledger = ledger[[*WHERE, "pair"]].assign(since=ledger["state_on"].where(~verified, ledger["verified_on"]),
                                             order=np.where(verified, 0, 2))
    rows = pd.concat([checks, ledger]).sort_values(["pair", "order", "since"], kind="stable")
    return rows.drop_duplicates("pair", keep="last").set_index("pair")[["since", *WHERE]]
