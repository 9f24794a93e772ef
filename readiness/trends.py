"""What changed from day to day: score, coverage, issues opened and closed, issues still open."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pandas as pd

from readiness.facts import Facts
from readiness.model import FAIL, NA, PASS, Snapshot
from readiness.reference import Reference
from readiness.rows import NO_DAY, dates, starts_group
from readiness.score import enough
from readiness.timeline import CODE


def score_by_day(facts: Facts, reference: Reference, first: date, last: date) -> pd.DataFrame:
    """day, score (NaN below the minimum coverage) and coverage of the subdistrict, first to last, every day.

    Equal to standing's on each day. Sums over change points, no loop over days. Rule: DESIGN.md 6.
    """
    view = np.zeros(len(facts.pairs), dtype=np.int64)
    return _scores_by_day(facts, reference, first, last, view, 1).drop(columns="view")


def area_scores_by_day(facts: Facts, reference: Reference, first: date, last: date) -> pd.DataFrame:
    """day, area_code, score and coverage of every area of the reference, first to last, by day and the areas' order."""
    codes = reference.areas["code"]
    view = pd.Index(codes).get_indexer(facts.pairs["area_code"])
    days = _scores_by_day(facts, reference, first, last, view, len(codes))
    area_code = codes.to_numpy()[days["view"]]
    return days.assign(area_code=area_code)[["day", "area_code", "score", "coverage"]]


def kind_scores_by_day(facts: Facts, reference: Reference, first: date, last: date) -> pd.DataFrame:
    """day, kind, score and coverage of all sites of every kind of the reference, first to last, by day and kind."""
    kinds = reference.kinds["kind"]
    view = pd.Index(kinds).get_indexer(facts.pairs["kind"])
    days = _scores_by_day(facts, reference, first, last, view, len(kinds))
    return days.assign(kind=kinds.to_numpy()[days["view"]])[["day", "kind", "score", "coverage"]]


def opened_closed(facts: Facts, as_of: date, weeks: int = 12) -> pd.DataFrame:
    """week (its Monday), opened and closed, for as many weeks, the last one that of as_of (up to as_of).

    Issues of both origins: opened when found, returned after verification, or when a check fails; closed when verified,
    or when a newer check passes. A ledger issue that takes over a failing check's problem neither opens nor closes
    anything, so that opened - closed is the change of burn_down.
    """
    day = _number(as_of)
    monday = day - (day + 3) % 7
    moves = _moves(facts)
    weeks_first = monday - 7 * np.arange(weeks - 1, -1, -1)
    moves = moves[(moves["on"] >= weeks_first[0]) & (moves["on"] <= day)]
    moves = moves.assign(week=(moves["on"] - weeks_first[0]) // 7)
    sums = moves.groupby("week")[["opened", "closed"]].sum().reindex(np.arange(weeks), fill_value=0)
    return sums.astype(np.int64).reset_index(drop=True).assign(week=dates(weeks_first))[["week", "opened", "closed"]]


def burn_down(facts: Facts, as_of: date, first: date) -> pd.DataFrame:
    """day and open (issues of both origins that are not verified at its end), from first to as_of, every day."""
    start, end = _number(first), _number(as_of)
    moves = _moves(facts)
    moves = moves[moves["on"] <= end]
    change = np.zeros(max(end - start + 1, 0), dtype=np.int64)
    np.add.at(change, np.maximum(moves["on"] - start, 0), moves["opened"] - moves["closed"])
    return pd.DataFrame({"day": dates(np.arange(start, end + 1)), "open": np.cumsum(change)})


def as_of_day(snapshot: Snapshot, today: date) -> date:
    """The day of which the screens speak: today, but while demonstration books are in, the day after the newest found,
    fixed, verified, checked or patrol date of all books. Rule: DESIGN.md 9.
    """
    if not snapshot.demo:
        return today
    columns = [(snapshot.ledger, ("found_on", "fixed_on", "verified_on")), (snapshot.checks, ("checked_on",)),
               (snapshot.patrols, ("date",))]
    newest = [pd.to_datetime(frame[name]).max() for frame, names in columns for name in names if name in frame]
    newest = max((day for day in newest if pd.notna(day)), default=None)
    return today if newest is None else newest.date() + timedelta(days=1)


def _number(day: date) -> int:
    return int(np.datetime64(day, "D").astype(np.int64))


def _scores_by_day(facts, reference, first, last, view, views) -> pd.DataFrame:
    """day, view, score, coverage by day and view. view: the view of each pair, -1 for a pair outside all of them."""
    kinds, size = reference.kinds, (_number(last) - _number(first) + 1, views, len(reference.kinds))
    kind = pd.Index(kinds["kind"]).get_indexer(facts.pairs["kind"])
    group = np.where(view < 0, -1, view * len(kinds) + kind)
    total, known, passing = _sums_by_day(facts, group, _number(first), size)
    share = np.divide(kinds["weight"].to_numpy(dtype=float), total, out=np.zeros(size), where=total > 0)
    worth, sure, good = ((share * sums).sum(axis=2).ravel() for sums in (total, known, passing))
    scored = pd.DataFrame({"score": 100 * good / np.where(sure > 0, sure, np.nan),
                           "coverage": sure / np.where(worth > 0, worth, 1.0)})
    days = dates(np.arange(_number(first), _number(last) + 1))
    scored = scored.assign(day=np.repeat(days, views), view=np.tile(np.arange(views), len(days)))
    return scored.assign(score=enough(scored, reference.settings))[["day", "view", "score", "coverage"]]


def _sums_by_day(facts: Facts, group: np.ndarray, first: int, size: tuple[int, int, int]) -> list[np.ndarray]:
    """Weights of inspectable, known and passing items, each days x views x kinds, as running sums of their changes."""
    pair, on, changes = _weight_changes(facts)
    place, group = np.maximum(on, first) - first, group[pair]
    wanted = (place < size[0]) & (group >= 0)
    sums = np.zeros((3, size[0], size[1] * size[2]))
    for number, change in enumerate(changes):
        np.add.at(sums[number], (place[wanted], group[wanted]), change[wanted])
    return [np.cumsum(one, axis=0).round(9).reshape(size) for one in sums]


def _weight_changes(facts: Facts) -> tuple[np.ndarray, np.ndarray, list[np.ndarray]]:
    """pair and day of each change, and by how much the weights of inspectable, known and passing items change."""
    weight, counts = facts.pairs["weight"].to_numpy(), facts.pairs["counts"].to_numpy(dtype=bool)
    pair, on, code = (facts.timeline[column].to_numpy() for column in ("pair", "on", "code"))
    known = (code == CODE[PASS]) | (code == CODE[FAIL])
    now = [known | (counts[pair] & (code != CODE[NA])), known, code == CODE[PASS]]
    begins, never = starts_group(pair), (counts[pair], 0, 0)
    before = [np.where(begins, first, np.roll(flags, 1)) for flags, first in zip(now, never, strict=True)]
    steps = [(flags.astype(int) - last) * weight[pair] for flags, last in zip(now, before, strict=True)]
    base = [weight * counts, weight * 0, weight * 0]
    every = np.arange(len(weight))
    return (np.concatenate([every, pair]), np.concatenate([np.full(len(weight), NO_DAY), on]),
            [np.concatenate(parts) for parts in zip(base, steps, strict=True)])


def _moves(facts: Facts) -> pd.DataFrame:
    """on (days), opened and closed of every change in the number of open issues, of both origins."""
    ledger = facts.ledger_days
    at_once = ledger["verification"] & (ledger["change"] == 0)
    ledger = pd.DataFrame({"on": ledger["on"], "opened": (ledger["change"] > 0) | at_once,
                           "closed": (ledger["change"] < 0) | at_once})
    timeline = facts.timeline
    shown, pair = timeline["shown"].to_numpy(), timeline["pair"].to_numpy()
    before = np.roll(shown, 1) & ~starts_group(pair)
    ends, taken_over = before & ~shown, timeline["failing"].to_numpy()
    checks = pd.DataFrame({"on": timeline["on"], "opened": (shown & ~before).astype(int) - (ends & taken_over),
                           "closed": ends & ~taken_over})
    return pd.concat([ledger.astype(np.int64), checks.astype(np.int64)], ignore_index=True)
