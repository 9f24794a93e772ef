"""What happens in the twelve weeks: places spoil and are mended, checks see some of it, ledgers follow the rest."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from tests.demo import WEEKS
from tests.demo.chance import draws, keys
from tests.demo.lives import lives
from tests.demo.pairs import pairs_of
from tests.demo.patrols import patrols_of
from tests.demo.places import places

HERE = Path(__file__).parent
MOCKS = {2: 1, 8: 2}  # week from 0 -> round
SPECIALS = {4: "market", 5: "ebike_shop", 6: "restaurant", 10: "shop"}
CALM_FROM = 5  # no new red line from this week on, but for those of pairs.RED_LINES in RED_WEEK
RED_WEEK = 10
END = 7 * WEEKS - 1


@dataclass(frozen=True)
class Story:
    """All that happened. Days count from the first Monday; a missing date is NaN.

    sites: places.places. pairs: pairs.pairs_of, one row a site and item. checks: pair, day, result, round, round_no.
    issues: pair, found, due, started, fixed, returned, refixed, verified, round, round_no, week after week.
    patrols: patrols.patrols_of. profiles: profiles.csv by area_code.
    """

    sites: pd.DataFrame
    pairs: pd.DataFrame
    checks: pd.DataFrame
    issues: pd.DataFrame
    patrols: pd.DataFrame
    profiles: pd.DataFrame


def tell_story(areas: pd.DataFrame, items: pd.DataFrame) -> Story:
    """The same story for the same areas (reference.areas) and items (reference.items)."""
    profiles = pd.read_csv(HERE / "profiles.csv", dtype={"area_code": str}).set_index("area_code")
    sites = places(areas)
    pairs = pairs_of(sites, items, profiles)
    town = _Town(pairs, profiles)
    for week in range(WEEKS):
        town.live_through(week)
    return Story(sites, pairs, town.checks(), town.issues(), patrols_of(profiles), profiles)


class _Town:
    """The true state of every pair, week after week, and what was written down about it."""

    def __init__(self, pairs: pd.DataFrame, profiles: pd.DataFrame) -> None:
        self.pairs = pairs
        self.keys, self.site_keys = keys(pairs["key"]), keys(pairs["name"])
        self.profile = {name: pairs["area_code"].map(profiles[name]).to_numpy()
                        for name in ("begin", "end", "fix", "seen", "last_week")}
        self.bad_from = np.where(self._chance(self._share(0), "at first"), 0.0, np.nan)
        self.clean_on = np.full(len(pairs), np.nan)
        self.ledger_until = np.full(len(pairs), -1.0)
        self.was_verified = np.zeros(len(pairs), dtype=bool)
        self.admitted = np.zeros(len(pairs), dtype=bool)
        self._checks: list[pd.DataFrame] = []
        self._issues: list[pd.DataFrame] = []

    def live_through(self, week: int) -> None:
        self._settle(7 * week)
        self._spoil(week)
        self._mend(week)
        if week in MOCKS:
            self._mock(week)
        else:
            self._duty(week)
        if week in SPECIALS:
            self._special(week)
        self._self_check(week)

    def checks(self) -> pd.DataFrame:
        return pd.concat(self._checks, ignore_index=True)

    def issues(self) -> pd.DataFrame:
        return pd.concat(self._issues, ignore_index=True)

    def _share(self, week: int) -> np.ndarray:
        """The share of bad items that an area drifts to in this week, harder items more often."""
        begin, end = self.profile["begin"], self.profile["end"]
        share = (begin + (end - begin) * week / (WEEKS - 1)) * self.pairs["hard"].to_numpy()
        return np.where(self.pairs["absent"], 0, np.clip(share, 0, 0.9))

    def _bad_on(self, day: np.ndarray | int) -> np.ndarray:
        return (self.bad_from <= day) & ~(self.clean_on <= day)

    def _in_ledger(self, day: np.ndarray | int) -> np.ndarray:
        return self.ledger_until > day

    def _chance(self, share: np.ndarray | float, about: str) -> np.ndarray:
        return draws(self.keys, about) < share

    def _settle(self, monday: int) -> None:
        clean = self.clean_on <= monday
        self.bad_from, self.clean_on = np.where(clean, np.nan, self.bad_from), np.where(clean, np.nan, self.clean_on)

    def _spoil(self, week: int) -> None:
        share = self._share(week)
        rate = share * self.profile["fix"] * 0.5 / (1 - np.minimum(share, 0.8))
        rate = np.where(self.was_verified, 0.03 + 0.5 * rate, rate)
        red = self.pairs["red_line"].to_numpy()
        rate = np.where(red & (week >= CALM_FROM), 0, rate)
        new = self._chance(rate, f"spoil {week}") & np.isnan(self.bad_from) & ~self._in_ledger(7 * week) & (week > 0)
        new &= ~self.pairs["absent"].to_numpy()
        self.bad_from = np.where(new, 7 * week, self.bad_from)
        if week == RED_WEEK:
            self.bad_from = np.where(self.pairs["red_end"] & ~self._in_ledger(7 * week), 7 * week, self.bad_from)
            self.clean_on = np.where(self.pairs["red_end"], np.nan, self.clean_on)

    def _mend(self, week: int) -> None:
        """An area puts right what its own checks admitted, and little of what nobody wrote down."""
        red = self.pairs["red_line"].to_numpy() & ~self.pairs["red_end"].to_numpy()
        calm = red & (week > CALM_FROM)
        share = np.where(red | calm, 1.0, np.where(self.admitted, self.profile["fix"], 0.06))
        share = np.where(self.profile["last_week"] <= week, 0, share)
        mended = self._chance(share, f"mend {week}")
        mended &= ~np.isnan(self.bad_from) & np.isnan(self.clean_on) & ~self._in_ledger(7 * week)
        self.clean_on = np.where(mended, 7 * week + 1, self.clean_on)

    def _self_check(self, week: int) -> None:
        pairs = self.pairs
        day = 7 * week + 2 + (pairs["weekday"].to_numpy() + (week == WEEKS - 1)) % 5
        rounds, width = (0, 2) if week == 0 else (week + 1, 1)  # everybody begins with a thorough round
        rota = (pairs["turn"].to_numpy() - rounds * pairs["visits"].to_numpy()) % pairs["turns"].to_numpy()
        visited = (rota < width * pairs["visits"].to_numpy()) & pairs["on_form"].to_numpy()
        sparse = (pairs["visits"].to_numpy() == 0) & pairs["on_form"].to_numpy() & (week % 3 == 1)
        again = pairs["red_line"].to_numpy() & self.admitted & pairs["on_form"].to_numpy()
        looked = (visited | sparse | again) & (week < self.profile["last_week"])
        honest = self.profile["seen"] > 0
        admits = pairs["sight"].to_numpy() < self.profile["seen"]
        fails = self._bad_on(day) & (admits | (honest & self._in_ledger(day)))
        closed = looked & pairs["may_close"].to_numpy() & self._closed(0.05, f"closed {week}")
        self._write(looked, day, fails, "self", 0, closed)
        self.admitted = np.where(looked & ~closed, fails, self.admitted)

    def _closed(self, share: float, about: str) -> np.ndarray:
        """Whole sites found closed this time."""
        return draws(self.site_keys, about) < share

    def _mock(self, week: int) -> None:
        day = 7 * week + 1 + self.pairs["group"].to_numpy() % 3 - (week == 8)
        looked = self.pairs["sampled"].to_numpy() & self._chance(0.3, f"mock {week}")
        looked |= self.was_verified & ~self.pairs["absent"].to_numpy()
        suspected = (self.profile["seen"] == 0) & self._chance(0.42, f"mock more {week}")
        looked |= suspected & ~self.pairs["absent"].to_numpy()
        bad = self._bad_on(day)
        self._write(looked, day, bad | self._in_ledger(day), "mock", MOCKS[week])
        self._record(looked & bad, day, "mock", MOCKS[week])

    def _duty(self, week: int) -> None:
        """The subdistrict's weekly round: a few problems, and a look back at what was verified."""
        day = np.full(len(self.pairs), 7 * week + 1)
        look = np.where(self.was_verified, 0.3, np.where(self.pairs["sampled"], 0.022, 0.004))
        alarm = self.pairs["red_end"].to_numpy() & (week == RED_WEEK)
        found = (self._chance(look, f"duty {week}") | alarm) & self._bad_on(day)
        self._record(found & (week > 0), day, "", 0)

    def _special(self, week: int) -> None:
        day = 7 * week + 1 + self.pairs["group"].to_numpy() % 2
        looked = ((self.pairs["kind"] == SPECIALS[week]) & self.pairs["in_specials"] & ~self.pairs["absent"]).to_numpy()
        closed = looked & self._closed(0.04, f"shut {week}")
        bad = self._bad_on(day) | self._in_ledger(day)
        self._write(looked, day, bad, "special", 0, closed)
        self._record(looked & ~closed & bad, day, "special", 0)

    def _write(self, looked: np.ndarray, day: np.ndarray, fails: np.ndarray, kind: str, number: int,
               closed: np.ndarray | bool = False) -> None:
        result = np.where(fails, "fail", "pass")
        result = np.where(self.pairs["absent"], "na", result)
        result = np.where(closed, "uninspectable", result)
        where = np.flatnonzero(looked)
        self._checks.append(pd.DataFrame({"pair": where, "day": day[where], "result": result[where],
                                          "round": kind, "round_no": number}))

    def _record(self, found: np.ndarray, day: np.ndarray, kind: str, number: int) -> None:
        """Problems enter the ledger, unless they stand there already; their whole lives are drawn at once."""
        where = np.flatnonzero(found & ~self._in_ledger(day))
        chooser = self.site_keys if kind == "special" else self.keys
        last = np.minimum(7 * self.profile["last_week"][where] - 1, END)
        life = lives(day[where], self.profile["fix"][where], self.pairs["red_line"].to_numpy()[where],
                     self.pairs["red_end"].to_numpy()[where], last,
                     chooser[where], f"{kind} {day.max()}")
        self._issues.append(life.assign(pair=where, round=kind, round_no=number))
        clean = life["refixed"].where(life["returned"].notna(), life["fixed"]).to_numpy()
        self.clean_on[where], self.bad_from[where] = clean, np.fmin(self.bad_from[where], day[where])
        self.ledger_until[where] = life["verified"].fillna(np.inf)
        self.was_verified[where] = False
        self._verified_later()

    def _verified_later(self) -> None:
        self.was_verified = self.was_verified | (np.isfinite(self.ledger_until) & (self.ledger_until > 0))
