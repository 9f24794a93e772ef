"""Cached reads: the database's version is asked at each run, all else is kept until it changes."""

from __future__ import annotations

import os
from collections.abc import Callable, Hashable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Any

import pandas as pd
import streamlit as st

from readiness import trends
from readiness.facts import Facts, place_facts
from readiness.language import _, spoken
from readiness.model import ZONE, Snapshot
from readiness.moves import moved_issues
from readiness.reference import DATA, Reference, load_reference
from readiness.special import special_rows
from readiness.standing import Standing, standing
from store import data_version, default_database_url, load_snapshot, open_store

COMPARED_DAYS = 7
DAY, VERSUS = "day", "vs"
EARLIEST = date(2000, 1, 1)
WEEKS = 12


@dataclass(frozen=True)
class Day:
    """What the pages read: the reference, the snapshot and everything true on one day, each computed once a version.

    compared is the day that the numbers are compared with, newest the last that can be shown. key names the database,
    its version and the state of data/; frames are shared between sessions and read-only.
    """

    key: tuple[Any, ...]
    as_of: date
    reference: Reference
    snapshot: Snapshot
    compared: date
    newest: date

    @property
    def empty(self) -> bool:
        """Whether no upload counts."""
        return bool(self.snapshot.uploads["undone_at"].notna().all())

    @property
    def facts(self) -> Facts:
        """The facts of the snapshot, placed on sites, items and threads."""
        return _facts(spoken())(self.key, self.snapshot, self.reference)

    @property
    def standing(self) -> Standing:
        """Everything true on the day."""
        return _standing(self.key, self.as_of, lambda: standing(self.facts, self.reference, self.as_of))

    @property
    def before(self) -> Day:
        """The day compared with."""
        return replace(self, as_of=self.compared)

    @property
    def then(self) -> Standing | None:
        """The day compared with as it was known at its end; None where no book that counts had come by then, or all."""
        night = datetime.combine(self.compared + timedelta(days=1), time.min, ZONE)
        came = self.snapshot.uploads.loc[self.snapshot.uploads["undone_at"].isna(), "uploaded_at"] < night
        return _standing((*self.key, night), self.compared, lambda: standing(place_facts(
            load_snapshot(engine(self.key[0]), night, self.snapshot), self.reference), self.reference, self.compared)) \
            if came.any() and not came.all() else None

    @property
    def moves(self) -> pd.DataFrame:
        """readiness.moves.moved_issues up to the day."""
        return self.kept("moves", lambda: moved_issues(self.facts, self.standing.issues, self.as_of))

    @property
    def first(self) -> date:
        """The first day of the trends: twelve weeks back."""
        return self.as_of - timedelta(weeks=WEEKS)

    @property
    def scores(self) -> pd.DataFrame:
        """readiness.trends.score_by_day of the trends' days."""
        return self.kept("scores", lambda: trends.score_by_day(self.facts, self.reference, self.first, self.as_of))

    @property
    def kind_scores(self) -> pd.DataFrame:
        """readiness.trends.kind_scores_by_day of the trends' days."""
        return self.kept("kind_scores", lambda: trends.kind_scores_by_day(
            self.facts, self.reference, self.first, self.as_of))

    @property
    def area_scores(self) -> pd.DataFrame:
        """readiness.trends.area_scores_by_day of the trends' days."""
        return self.kept("area_scores", lambda: trends.area_scores_by_day(
            self.facts, self.reference, self.first, self.as_of))

    @property
    def special(self) -> pd.DataFrame:
        """readiness.special.special_rows of the day."""
        return self.kept("special rows", lambda: special_rows(self.standing, self.facts, self.reference))

    @property
    def weeks(self) -> pd.DataFrame:
        """readiness.trends.opened_closed of the trends' weeks."""
        return self.kept("weeks", lambda: trends.opened_closed(self.facts, self.as_of, WEEKS))

    @property
    def burn_down(self) -> pd.DataFrame:
        """readiness.trends.burn_down of the trends' days."""
        return self.kept("burn_down", lambda: trends.burn_down(self.facts, self.as_of, self.first))

    def kept(self, name: str, make: Callable[[], Any], *parameters: Hashable) -> Any:
        """What make returns, computed once a name, a version, a day, a language and parameters; read-only."""
        return _value(repr((name, self.key, self.as_of, spoken(), parameters)), make)


def read_day(today: date | None = None) -> Day:
    """The day that the address names (day), else today, or the day after the newest fact with demonstration books.

    The day compared with is the address's (vs), else a week earlier. What is no day before the one shown is passed
    over. Raises ReadinessError for a bad edit in data/ and for a database that cannot be opened.
    """
    url, stamp = database_url(), data_stamp()
    key = (url, data_version(engine(url)), hash(stamp))
    snapshot = _snapshot(url, key[1])
    newest = _newest_day(url, key[1], today or datetime.now(ZONE).date(), snapshot)
    shown = day_named(DAY, newest) or newest
    compared = day_named(VERSUS, shown - timedelta(days=1)) or shown - timedelta(days=COMPARED_DAYS)
    return Day(key, shown, reference(stamp), snapshot, compared, newest)


def day_named(parameter: str, last: date) -> date | None:
    """The ISO day that the address gives under that name; None where it gives none up to last."""
    try:
        named = date.fromisoformat(st.query_params.get(parameter, ""))
    except ValueError:
        return None
    return named if EARLIEST <= named <= last else None


def subdistrict_name() -> str:
    """Official name of the subdistrict: of the row of data/areas.csv that stands outside the ranking."""
    areas = reference(data_stamp()).areas
    return areas.sort_values("ranked", kind="stable")["official_name"].iloc[0]


def database_url() -> str:
    """The database's address: the environment's, else that of the dashboard's own file."""
    return default_database_url(os.environ)


@st.cache_resource(show_spinner=False)
def engine(url: str) -> Any:
    """The open database of that address."""
    return open_store(url)


def data_stamp() -> tuple[tuple[str, int, int], ...]:
    """Name, time and size of the reference's files: changes when an office edits one of them."""
    files = [path for pattern in ("*.*", "standard/*.*", "map/*.*") for path in sorted(DATA.glob(pattern))]
    return tuple((path.name, path.stat().st_mtime_ns, path.stat().st_size) for path in files)


@st.cache_resource(show_spinner=False, max_entries=2)
def reference(stamp: tuple) -> Reference:
    """The reference data as they were at that stamp."""
    return load_reference()


@st.cache_resource(show_spinner=False, max_entries=2)
def _snapshot(url: str, version: int) -> Snapshot:
    newest = _newest(url)
    newest["snapshot"] = load_snapshot(engine(url), earlier=newest.get("snapshot"))
    for made in (_standing, _value):  # of earlier versions: nobody asks for them again, and a wall stands for weeks
        made.clear()
    return newest["snapshot"]


@st.cache_resource(show_spinner=False)
def _newest(url: str) -> dict[str, Snapshot]:
    """Holds the snapshot that was read last, from which the next one goes on."""
    return {}


@st.cache_resource(show_spinner=False, max_entries=2)
def _newest_day(url: str, version: int, today: date, _snapshot: Snapshot) -> date:
    return trends.as_of_day(_snapshot, today)


@cache
def _facts(language: str) -> Callable[[tuple, Snapshot, Reference], Facts]:
    """The placed facts out of the one cache that all languages share; what is said while it fills is in this one."""
    return st.cache_resource(show_spinner=_("正在汇总各居民区的数据"), max_entries=2)(_placed)


def _placed(key: tuple, _snapshot: Snapshot, _reference: Reference) -> Facts:
    return place_facts(_snapshot, _reference)


@st.cache_resource(show_spinner=False, max_entries=48)
def _standing(key: tuple, as_of: date, _make: Callable[[], Standing]) -> Standing:
    return _make()


@st.cache_resource(show_spinner=False, max_entries=512)
def _value(what: str, _make: Callable[[], Any]) -> Any:  # one word as key: Streamlit is slow to hash many
    return _make()
