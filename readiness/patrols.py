"""Patrols and volunteers: who went out where and when, for how long, and what was found and solved on the spot."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np
import pandas as pd

from readiness.facts import Facts
from readiness.reporting import monday

WEEKS = 8
PATROLS = "patrols"
NUMBERS = ("hours", "party_members", "volunteers", "found", "solved")
UNKNOWN = "unknown_"
COUNTS = (PATROLS, *(UNKNOWN + name for name in NUMBERS))
AREA_COLUMNS = ("area_code", *NUMBERS, *COUNTS, "last_on", "days")


def patrols_of(facts: Facts, as_of: date, weeks: int = WEEKS) -> pd.DataFrame:
    """The patrols of the last weeks up to as_of, the newest first: the snapshot's columns and week (its Monday).

    The last week is that of as_of, which may not be over. A patrol without a day is in no week (see undated).
    """
    first = pd.Timestamp(monday(as_of)) - pd.Timedelta(weeks=weeks - 1)
    rows = facts.patrols[facts.patrols["date"].between(first, pd.Timestamp(as_of))]
    rows = rows.assign(week=rows["date"] - pd.to_timedelta(rows["date"].dt.day_of_week, unit="D"))
    return rows.sort_values(["date", "area_code", "row"], ascending=[False, True, True], ignore_index=True)


def undated(facts: Facts) -> pd.DataFrame:
    """The patrols whose book names no day."""
    return facts.patrols[facts.patrols["date"].isna()]


def summed(patrols: pd.DataFrame, *by: str) -> pd.DataFrame:
    """NUMBERS and COUNTS by columns (the index).

    patrols counts them; each of NUMBERS adds up what is written and is missing where no patrol writes it; unknown_hours
    and the like count the patrols that do not write it.
    """
    groups = patrols.groupby(list(by))
    lacking = patrols[list(NUMBERS)].isna().add_prefix(UNKNOWN).astype(np.int64)
    unknown = lacking.groupby([patrols[column] for column in by]).sum()
    return groups[list(NUMBERS)].sum(min_count=1).assign(patrols=groups.size()).join(unknown)


def area_patrols(patrols: pd.DataFrame, facts: Facts, areas: Sequence[str], as_of: date) -> pd.DataFrame:
    """One row an area (AREA_COLUMNS) in the order given: the sums of these patrols, and the day of its newest patrol
    ever up to as_of with the days since; both are missing where there never was one."""
    held = facts.patrols[facts.patrols["date"] <= pd.Timestamp(as_of)]
    table = summed(patrols, "area_code").join(held.groupby("area_code")["date"].max().rename("last_on"), how="outer")
    table = table.reindex(list(areas)).rename_axis("area_code").reset_index()
    table = table.assign(**{name: table[name].fillna(0).astype(np.int64) for name in COUNTS})
    return table.assign(days=(pd.Timestamp(as_of) - table["last_on"]).dt.days)[list(AREA_COLUMNS)]


def without_patrol(table: pd.DataFrame, days: int) -> pd.DataFrame:
    """The areas without a patrol in the last `days` days, those that never had one first, then the longest without.

    table: area_patrols. A patrol on as_of is 0 days old, so one of `days` days ago is just outside.
    """
    quiet = table[~(table["days"] < days)]
    return quiet.sort_values("days", ascending=False, na_position="first", kind="stable", ignore_index=True)


def weekly(patrols: pd.DataFrame, areas: Sequence[str], as_of: date, weeks: int = WEEKS) -> pd.DataFrame:
    """One row an area and week: area_code, week, NUMBERS, COUNTS; 0 patrols where none."""
    mondays = pd.date_range(end=monday(as_of), periods=weeks, freq="7D").astype("datetime64[s]")
    every = pd.MultiIndex.from_product([areas, mondays], names=["area_code", "week"])
    board = summed(patrols, "area_code", "week").reindex(every)
    return board.assign(**{name: board[name].fillna(0).astype(np.int64) for name in COUNTS}).reset_index()
