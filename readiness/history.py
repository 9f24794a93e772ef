"""The facts of each thread in the order of their dates, folded into issues and their states."""

from __future__ import annotations

import numpy as np
import pandas as pd

from readiness.model import FIXED, OPEN, RETURNED, STATES, VERIFIED
from readiness.rows import LAST_DAY, NO_DAY, TIES, days, ends_group, looked_up, sort_key, starts_group

RANK = {state: rank for rank, state in enumerate(STATES)}
_FIXED, _VERIFIED, _RETURNED = RANK[FIXED], RANK[VERIFIED], RANK[RETURNED]


def thread_events(rows: pd.DataFrame) -> pd.DataFrame:
    """Every dated word of the rows (steps.with_steps): one row an event, in order.

    thread, on (days), rank (of STATES), finding (bool: a found_on), derived (bool: the fix of a verified row),
    found (days of the row's found_on, NO_DAY without), source (position in rows). Of one day findings come first, then
    the states of books from open to returned, so that the further one wins, then the steps as they were
    taken. Rule: DESIGN.md 5, "Threads", "When a fact holds".
    """
    found, held, fixed = days(rows["found_on"]), days(rows["held_on"]), days(rows["fixed_on"])
    rank = looked_up(rows["status"], pd.Series(RANK)).to_numpy(dtype=np.int64)
    findings, fixes = np.flatnonzero(found != NO_DAY), np.flatnonzero((rank == _VERIFIED) & (fixed != NO_DAY))
    source = np.concatenate([findings, fixes, np.arange(len(rows))])
    sizes = [len(findings), len(fixes), len(rows)]
    events = {"on": np.concatenate([found[findings], np.maximum(fixed, found)[fixes], held]),
              "rank": np.concatenate([np.full(sizes[0], RANK[OPEN]), np.full(sizes[1], _FIXED), rank]),
              "finding": np.repeat([True, False, False], sizes), "derived": np.repeat([False, True, False], sizes),
              "found": found[source], "source": source}
    thread, *ties = (sort_key(rows[column])[source] for column in ("thread", *TIES))
    turn = rows["turn"].to_numpy()[source]
    order = np.lexsort([*reversed(ties), events["rank"], turn, ~events["finding"], events["on"], thread])
    said = rows["thread"].take(source[order]).reset_index(drop=True)
    return pd.DataFrame({"thread": said, **{name: values[order] for name, values in events.items()}})


def fold(events: pd.DataFrame) -> pd.DataFrame:
    """The events with what they do: ordinal (of the issue, from 1), moved, stale (bool) and ended (day, else LAST_DAY).

    An issue starts with its finding (a state, where nothing was found before) and ends when it is verified; a finding
    on a later day starts the next one. Afterwards a state whose row was not found later changes nothing, except
    returned, which reopens the last issue. moved: the event starts, changes or ends the issue; stale: it speaks of an
    earlier issue than the running one. The k-th events of all threads are folded at once. Rule: DESIGN.md 5, "Threads".
    """
    thread = pd.factorize(events["thread"])[0]
    keys = [thread, *(events[column].to_numpy() for column in ("on", "finding", "rank", "found"))]
    group = np.cumsum(starts_group(*keys)) - 1
    first = np.flatnonzero(starts_group(*keys))
    outcome = _fold_threads(*(key[first] for key in keys))
    return events.assign(**{name: values[group] for name, values in outcome.items()})


def _fold_threads(thread, on, finding, rank, found) -> dict[str, np.ndarray]:
    count = int(thread.max()) + 1 if len(thread) else 0
    kept = {"ordinal": np.zeros(count, np.int64), "ended": np.full(count, NO_DAY), "before": np.full(count, NO_DAY)}
    outcome = {"ordinal": np.zeros(len(on), np.int64), "ended": np.zeros(len(on), np.int64),
               "moved": np.zeros(len(on), bool), "stale": np.zeros(len(on), bool)}
    for at in _positions(thread):
        who, day = thread[at], on[at]
        step = _step({name: values[who] for name, values in kept.items()}, day, finding[at], rank[at], found[at])
        for name in kept:
            kept[name][who] = step[name]
        for name in outcome:
            outcome[name][at] = step[name]
    return outcome


def _step(last: dict[str, np.ndarray], on, finding, rank, found) -> dict[str, np.ndarray]:
    """One event of each of many threads; last: ordinal, ended (LAST_DAY while running), before (the end before)."""
    running = (last["ordinal"] > 0) & (last["ended"] == LAST_DAY)
    begins = (last["ordinal"] == 0) | (finding & ~running & (on > last["ended"]))
    stale = running & ~finding & (found != NO_DAY) & (found <= last["before"])
    moved = begins | (running & ~stale) | (~finding & (rank == _RETURNED))
    ends = moved & ~finding & (rank == _VERIFIED)
    return {"ordinal": last["ordinal"] + begins, "moved": moved, "stale": stale,
            "ended": np.where(ends, on, np.where(moved, LAST_DAY, last["ended"])),
            "before": np.where(begins, last["ended"], last["before"])}


def _positions(thread: np.ndarray) -> list[np.ndarray]:
    """The rows of the first events of all threads, then those of the second, and so on; thread is sorted."""
    starts = np.flatnonzero(starts_group(thread))
    position = np.arange(len(thread)) - np.repeat(starts, np.diff(np.append(starts, len(thread))))
    order = np.argsort(position, kind="stable")
    return np.split(order, np.flatnonzero(np.diff(position[order])) + 1) if len(order) else []


def day_ends(events: pd.DataFrame) -> pd.DataFrame:
    """The state of each issue at the end of each day on which it moved: issue, on, unverified, change, verification.

    change is +1 when the issue becomes unverified, -1 when it is no longer; verification: it was verified that day.
    """
    moved = events[events["moved"]]
    last = moved[ends_group(moved["issue"].to_numpy(), moved["on"].to_numpy())]
    unverified = (last["ended"] == LAST_DAY).to_numpy()
    begins = starts_group(last["issue"].to_numpy())
    before = np.where(begins, False, np.roll(unverified, 1))
    change = unverified.astype(np.int64) - before
    return last.assign(unverified=unverified, change=change, verification=~unverified & (begins | before))


def contradicting(events: pd.DataFrame) -> pd.DataFrame:
    """The states that say "not yet" of an issue which had ended: listed, without effect. Rule: DESIGN.md 5, "Threads".

    A state of a day on which the issue was also returned gives way to that and is not listed.
    """
    says = ~events["finding"] & ~events["derived"] & (events["rank"] < _VERIFIED)
    returned = (events["rank"] == _RETURNED).groupby([events["thread"], events["on"]]).transform("any")
    return events[says & ~events["moved"] & ~returned]
