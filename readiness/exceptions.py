"""Accepted exceptions: for a time an issue is left as it is; its item is not failing for it, and it is shown apart."""

from __future__ import annotations

import numpy as np
import pandas as pd

from readiness.rows import LAST_DAY, dates, days, starts_group
from readiness.steps import EXCEPTED


def exceptions_of(steps: pd.DataFrame) -> pd.DataFrame:
    """thread, on and until (days, both belong to it), note and user, one row an exception, by thread and time.

    The next exception on a thread ends the one before it, on the day before. steps: the snapshot's.
    """
    taken = steps[(steps["status"] == EXCEPTED) & steps["until"].notna()]
    taken = taken.sort_values(["thread", "on", "step_id"], kind="stable").reset_index(drop=True)
    on, until = days(taken["on"]), days(taken["until"])
    same = taken["thread"].eq(taken["thread"].shift(-1)).to_numpy()
    until = np.minimum(until, np.where(same, np.roll(on, -1) - 1, LAST_DAY))
    found = taken[["thread", "note", "user"]].assign(on=on, until=until)
    return found[until >= on].reset_index(drop=True)


def unverified_spans(ledger_days: pd.DataFrame) -> pd.DataFrame:
    """issue, pair, from, to (days, to not included): when each issue was unverified. ledger_days: Facts.ledger_days."""
    changes = ledger_days[ledger_days["change"] != 0]
    issue, on = changes["issue"].to_numpy(), changes["on"].to_numpy()
    last = np.append(starts_group(issue)[1:], True)
    ends = np.where(last, LAST_DAY, np.roll(on, -1))
    spans = changes[["issue", "pair"]].assign(**{"from": on, "to": ends})
    return spans[changes["change"] > 0].reset_index(drop=True)


def excepted_spans(exceptions: pd.DataFrame, issues: pd.DataFrame, ledger_days: pd.DataFrame) -> pd.DataFrame:
    """issue, pair, from, to (not included), note and user: when an unverified issue was accepted as it is.

    An exception belongs to the issue of its thread that was unverified on its first day, and lapses by itself after
    its last, or when that issue is verified. issues: Facts.issues. Rule: DESIGN.md 6, first point.
    """
    spans = unverified_spans(ledger_days).assign(thread=lambda rows: issues["thread"].take(rows["issue"]).to_numpy())
    found = exceptions.merge(spans, on="thread")
    found = found[(found["from"] <= found["on"]) & (found["on"] < found["to"])]
    found = found.assign(**{"from": found["on"], "to": np.minimum(found["to"], found["until"] + 1)})
    return found[["issue", "pair", "from", "to", "note", "user"]].reset_index(drop=True)


def excused_days(spans: pd.DataFrame) -> pd.DataFrame:
    """The spans as changes of how many unverified issues of a pair are excused: pair, on, excused (+1, then -1)."""
    begins = spans[["pair"]].assign(on=spans["from"], excused=1)
    ends = spans[["pair"]].assign(on=spans["to"], excused=-1)
    return pd.concat([begins, ends], ignore_index=True)


def excepted_on(spans: pd.DataFrame, day: int) -> pd.Series:
    """The last day on which each issue is accepted, of the exceptions that run on that day, by issue (its position)."""
    running = spans[(spans["from"] <= day) & (day < spans["to"])]
    return pd.Series(dates(running["to"].to_numpy() - 1), index=running["issue"].to_numpy())
