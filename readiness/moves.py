"""Issues that were opened and closed, one row a move: what the weekly counts, the burn-down and the Pareto count."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from readiness.facts import Facts
from readiness.model import FROM_CHECK, FROM_LEDGER
from readiness.rows import dates, starts_group
from readiness.threads import FROM_PAIRS, check_threads

SAID = ("description", "upload_id", "sheet", "row")
MOVE_COLUMNS = ("on", "opened", "closed", "issue", "origin", *FROM_PAIRS, "location", "category", "description",
                "severity", "found_on", "due_on", "responsible_unit", "responsible_person", "round", "upload_id",
                "sheet", "row", "pair")


def moved_issues(facts: Facts, issues: pd.DataFrame, as_of: date) -> pd.DataFrame:
    """MOVE_COLUMNS, one row each time that an issue of either origin was opened or closed (0 or 1) up to as_of, by day.

    Opened: found, returned after verification, or a check that fails; closed: verified, or a newer check that passes. A
    ledger issue that takes over a failing check's problem does not open again. issues: issues_on of as_of. The sums by
    week are those of trends.opened_closed, opened - closed is the change of trends.burn_down.
    """
    moves = pd.concat([_of_ledger(facts, issues), _of_checks(facts)], ignore_index=True)
    moves = moves[moves["on"] <= int(np.datetime64(as_of, "D").astype(np.int64))]
    moves = moves.join(facts.pairs[list(FROM_PAIRS)], on="pair")
    category = moves["category"].fillna(facts.pairs["category"].reindex(moves["pair"]).set_axis(moves.index))
    moves = moves.assign(category=category, on=dates(moves["on"].to_numpy()))
    return moves.sort_values(["on", "pair", "issue"], kind="stable", ignore_index=True)[list(MOVE_COLUMNS)]


def of_week(moves: pd.DataFrame, monday: pd.Timestamp, move: str) -> pd.DataFrame:
    """The moves of the week that starts on that Monday. move: opened or closed."""
    return moves[moves["on"].between(monday, monday + pd.Timedelta(days=6)) & (moves[move] > 0)]


def by_week(moves: pd.DataFrame, as_of: date, weeks: int = 12) -> pd.DataFrame:
    """week (its Monday), opened and closed, as trends.opened_closed, of these moves."""
    day = pd.Timestamp(as_of)
    mondays = pd.date_range(end=day - pd.Timedelta(days=day.day_of_week), periods=weeks, freq="7D")
    week = moves["on"] - pd.to_timedelta(moves["on"].dt.day_of_week, unit="D")
    sums = moves[["opened", "closed"]].groupby(week).sum().reindex(mondays, fill_value=0)
    return sums.rename_axis("week").reset_index()


def remaining(moves: pd.DataFrame, first: date, as_of: date) -> pd.DataFrame:
    """day and open, as trends.burn_down, of these moves: how many were open at the end of each day."""
    change = (moves["opened"] - moves["closed"]).groupby(moves["on"]).sum().cumsum()
    span = pd.date_range(first, as_of).as_unit("s")
    left = change.reindex(change.index.union(span)).ffill().fillna(0).reindex(span)
    return left.astype(np.int64).rename("open").rename_axis("day").reset_index()


def _of_ledger(facts: Facts, issues: pd.DataFrame) -> pd.DataFrame:
    ledger = facts.ledger_days
    at_once = ledger["verification"] & (ledger["change"] == 0)
    thread = facts.issues.take(ledger["issue"])
    moves = ledger[["on", "pair"]].assign(
        issue=(thread["thread"] + "-" + thread["ordinal"].astype("str")).to_numpy(), origin=FROM_LEDGER,
        opened=((ledger["change"] > 0) | at_once).astype(np.int64),
        closed=((ledger["change"] < 0) | at_once).astype(np.int64), rises=ledger["change"] > 0)
    moves = moves[((moves["opened"] + moves["closed"]) > 0) & ~_taken_over(facts, moves)].drop(columns="rises")
    told = [column for column in MOVE_COLUMNS if column in issues and column not in {*moves, *FROM_PAIRS}]
    return moves.join(issues.set_index("issue")[told], on="issue")


def _taken_over(facts: Facts, moves: pd.DataFrame) -> pd.Series:
    """Whether a ledger issue's opening goes on with the problem that a failing check had opened on its item."""
    ends = facts.timeline[_ends(facts) & facts.timeline["failing"]]
    rising = moves.loc[moves["rises"], ["pair", "on"]]
    first = rising[~rising.duplicated()]
    over = pd.MultiIndex.from_frame(first).isin(pd.MultiIndex.from_frame(ends[["pair", "on"]]))
    return pd.Series(moves.index.isin(first.index[over]), index=moves.index)


def _ends(facts: Facts) -> pd.Series:
    """Whether a run of failing checks that stood as a problem of its own stops doing so on a row of the timeline."""
    shown = facts.timeline["shown"]
    return ~shown & shown.shift(fill_value=False) & ~starts_group(facts.timeline["pair"].to_numpy())


def _of_checks(facts: Facts) -> pd.DataFrame:
    timeline, ends = facts.timeline, _ends(facts)
    shown = timeline["shown"]
    begins = shown & ~(shown.shift(fill_value=False) & ~starts_group(timeline["pair"].to_numpy()))
    closes = ends & ~timeline["failing"]
    source = timeline["source"].where(~closes, timeline["source"].shift(fill_value=0))
    moves = timeline[["on", "pair"]].assign(
        opened=begins.astype(np.int64), closed=closes.astype(np.int64), source=source, origin=FROM_CHECK,
        run=timeline["run"], found_on=dates(timeline["run_on"].to_numpy()))[begins | closes]
    pairs = facts.pairs.take(moves["pair"]).set_axis(moves.index)
    said = facts.checks[[*SAID, "category", "round"]].take(moves["source"]).set_axis(moves.index)
    issue = check_threads(pairs) + "-" + moves["run"].astype("str")
    said = said.assign(description=said["description"].fillna(pairs["indicator"]), issue=issue)
    return moves.drop(columns=["source", "run"]).join(said)
