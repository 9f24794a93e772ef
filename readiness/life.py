"""The life of an issue: which state may follow which, who may take the step, and why one is refused."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Any

import numpy as np
import pandas as pd

from readiness.history import RANK, fold, thread_events
from readiness.ladder import with_days_of_ledger
from readiness.language import _
from readiness.model import FIXED, FIXING, LEDGER, OPEN, RETURNED, STATES, VERIFIED, Look, ReadinessError
from readiness.people import AREA_STAFF, OFFICE, User, refuse_change
from readiness.rows import LAST_DAY, dates, last_positions
from readiness.steps import EXCEPTED, with_steps
from readiness.thread_keys import with_threads
from readiness.typed import typed

_ALL, _CHECKER = frozenset({OFFICE, AREA_STAFF}), frozenset({OFFICE})

# State -> the states that may follow it on screen -> the roles that may take the step. Books may say anything; this
# table is what a person may do. Whoever fixed a problem does not verify it: _own_work.
MOVES: Mapping[str, Mapping[str, frozenset[str]]] = MappingProxyType({
    OPEN: {FIXING: _ALL, FIXED: _ALL},
    FIXING: {FIXED: _ALL},
    FIXED: {VERIFIED: _CHECKER, RETURNED: _CHECKER, FIXING: _ALL},
    VERIFIED: {RETURNED: _CHECKER},
    RETURNED: {FIXING: _ALL, FIXED: _ALL},
})


@dataclass(frozen=True)
class Step:
    """What a person does to an issue: the state seen, the one it moves to, the day, why, and photos of it.

    status: of STATES, or EXCEPTED with until, the last day on which the problem is accepted as it is.
    """

    thread: str
    seen: str
    status: str
    on: date
    note: str | None = None
    until: date | None = None
    pictures: tuple[Look, ...] = field(default=(), repr=False)


class StepConflict(ReadinessError):
    """Somebody moved an issue after the user had seen it; `moved` is NOW_COLUMNS of those, with seen and wanted."""

    def __init__(self, sentence: str, moved: pd.DataFrame) -> None:
        super().__init__(sentence)
        self.moved = moved


NOW_COLUMNS = ("status", "area_code", "description", "last_on", "fixer", "user")


def moves_of(status: str, role: str) -> tuple[str, ...]:
    """The states to which a role may move an issue of that state, in the order of STATES.

    >>> moves_of("fixed", "office"), moves_of("fixed", "area"), moves_of("fixed", "leadership")
    (('fixing', 'verified', 'returned'), ('fixing',), ())
    """
    return tuple(state for state in STATES if role in MOVES[status].get(state, ()))


def threads_now(ledger: pd.DataFrame, steps: pd.DataFrame) -> pd.DataFrame:
    """The newest issue of every thread by all that is known: NOW_COLUMNS, indexed by thread.

    last_on: the day of the newest word. fixer: who fixed it last: of a step its user, of a book's row the responsible
    person; user: who took the step that moved it last, missing where a book did. ledger, steps: the snapshot's.
    """
    ledger = with_threads(with_days_of_ledger(typed(ledger, LEDGER)))
    rows = with_steps(ledger, steps)
    events = fold(thread_events(rows))
    number, threads = pd.factorize(events["thread"])
    said = events["moved"].to_numpy()
    last, fixed = (_last(number, said & chosen, len(threads))
                   for chosen in (True, events["rank"].to_numpy() == RANK[FIXED]))
    source, rank = events["source"].to_numpy(), events["rank"].to_numpy()
    ended = events["ended"].to_numpy()[last] != LAST_DAY
    status = np.where(ended, VERIFIED, np.array(STATES, dtype=object)[rank[last]])
    first = ledger.drop_duplicates("thread").set_index("thread")[["area_code", "description"]]
    fixer = rows["user"].fillna(rows["responsible_person"]).take(source[np.maximum(fixed, 0)]).to_numpy()
    newest = last_positions(number, len(threads))
    return pd.DataFrame({
        "status": status, "last_on": dates(events["on"].to_numpy()[newest]),
        "fixer": np.where((fixed >= 0) & (events["ordinal"].to_numpy()[fixed] == events["ordinal"].to_numpy()[last]),
                          fixer, None),
        "user": rows["user"].take(source[last]).to_numpy()}, index=pd.Index(threads, name="thread")
    ).join(first)[list(NOW_COLUMNS)]


def _last(number: np.ndarray, chosen: np.ndarray, count: int) -> np.ndarray:
    """The position of the last chosen event of each thread, -1 for none."""
    return last_positions(np.where(chosen, number, count), count + 1)[:count]


def judge(steps: Sequence[Step], now: pd.DataFrame, user: User) -> None:
    """Raises ReadinessError, in one sentence, for the first step that the user may not take; now: threads_now.

    Raises StepConflict, with all of them, where an issue stands otherwise than the user saw it.
    """
    if any(step.thread not in now.index for step in steps):
        raise ReadinessError(_("这条问题已经不在台账里（上报被撤销了），请刷新页面。"))
    found = now.loc[[step.thread for step in steps]]
    refuse_change(user, set(found["area_code"]))
    moved = found["status"].to_numpy() != np.array([step.seen for step in steps])
    if moved.any():
        said = found.assign(seen=[step.seen for step in steps], wanted=[step.status for step in steps])
        raise StepConflict(_("刚才有人改动过这里的问题，请核对后再决定。"), said[moved])
    for step, state in zip(steps, found.itertuples(index=False), strict=True):
        for rule in _RULES:
            if sentence := rule(step, state, user):
                raise ReadinessError(sentence)


def _illegal(step: Step, now: Any, user: User) -> str | None:
    if step.status == EXCEPTED:
        return None
    if step.status in moves_of(now.status, user.role):
        return None
    return _("“{description}”现在的状态不能这样改，请按整改、复核、销号的次序一步步来。").format(
        description=now.description)


def _own_work(step: Step, now: Any, user: User) -> str | None:
    if step.status != VERIFIED or now.fixer != user.name:
        return None
    return _("“{description}”是您自己整改的，销号要由别人复核。").format(description=now.description)


def _too_early(step: Step, now: Any, user: User) -> str | None:
    if pd.Timestamp(step.on) >= now.last_on:
        return None
    return _("“{description}”在 {day:%Y-%m-%d} 已有进展，不能登记更早的一步。").format(
        description=now.description, day=now.last_on)


def _bad_exception(step: Step, now: Any, user: User) -> str | None:
    if step.status != EXCEPTED:
        return None
    if user.role != OFFICE:
        return _("同意暂缓只能由办公室登记。")
    if now.status == VERIFIED:
        return _("“{description}”已经销号，不需要暂缓。").format(description=now.description)
    if not (step.note or "").strip() or step.until is None or step.until < step.on:
        return _("暂缓要写明理由和截止日期，截止日期不能早于今天。")
    return None


_RULES: tuple[Callable[[Step, Any, User], str | None], ...] = (_illegal, _own_work, _too_early, _bad_exception)
