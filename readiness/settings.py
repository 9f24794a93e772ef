"""The standard's settings: bands, target, minimum coverage, age of a stale fact, and the inspection window."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any, Literal

import numpy as np
import pandas as pd

from readiness.language import _
from readiness.office_files import OfficeFile, toml_table

BEFORE = "before"
INSIDE = "inside"
PAST = "past"

WINDOW = r"\[\s*window\s*\]|window\b"
BANDS = r"\[\[\s*bands\s*\]\]|bands\b"


@dataclass(frozen=True)
class Band:
    """One step of readiness: scores from from_ (points of 100, included) up to the next better band."""

    key: str
    name: str
    from_: float


@dataclass(frozen=True)
class Settings:
    """What an office sets: bands best first, target in points, minimum coverage as a share, days, and the window.

    round_days: how long a round of a special inspection lasts at most; patrol_days: after how many days without a
    patrol an area is named; most_sites: how many sites one person can answer for in one post; screen_days:
    after how many days without new data the wall says so. Areas are compared in words from comparable_coverage (a
    share) on, and said to differ by comparable_points or more.
    """

    bands: tuple[Band, ...]
    target: float
    minimum_coverage: float
    stale_days: int
    window_first: date
    window_last: date
    round_days: int = 30
    patrol_days: int = 14
    most_sites: int = 20
    screen_days: int = 7
    comparable_coverage: float = 0.5
    comparable_points: float = 2.0


@dataclass(frozen=True)
class WindowStatus:
    """Where a day stands to the inspection window; days are those to its first day, or the day's number inside."""

    phase: Literal["before", "inside", "past"]
    days: int


def window_status(settings: Settings, as_of: date) -> WindowStatus:
    """The phase of the inspection window on a day: days to its first day, the number of the day inside, 0 when past.

    >>> shipped = Settings((), 90, 0.2, 30, date(2026, 11, 22), date(2026, 12, 5))
    >>> window_status(shipped, date(2026, 10, 26))
    WindowStatus(phase='before', days=27)
    >>> window_status(shipped, date(2026, 11, 22))
    WindowStatus(phase='inside', days=1)
    >>> window_status(shipped, date(2026, 12, 5))
    WindowStatus(phase='inside', days=14)
    >>> window_status(shipped, date(2026, 12, 6))
    WindowStatus(phase='past', days=0)
    """
    if as_of < settings.window_first:
        return WindowStatus(BEFORE, (settings.window_first - as_of).days)
    if as_of <= settings.window_last:
        return WindowStatus(INSIDE, (as_of - settings.window_first).days + 1)
    return WindowStatus(PAST, 0)


def band_of(settings: Settings, score: float | None) -> Band | None:
    """The band of one score, None without a score. Decided on the unrounded score: 89.96 prints as 90.0, yet is below.

    >>> bands = (Band("met", "达标", 90), Band("near", "接近", 80), Band("urgent", "告急", 0))
    >>> here = Settings(bands, 90, 0.2, 30, date(2026, 11, 22), date(2026, 12, 5))
    >>> [band_of(here, score).name for score in (100, 90.0, 89.96, 80, 0)]
    ['达标', '达标', '接近', '接近', '告急']
    >>> band_of(here, None) is band_of(here, float("nan")) is None
    True
    """
    if score is None or math.isnan(score):
        return None
    return next((band for band in settings.bands if score >= band.from_), None)


def bands_of(settings: Settings, scores: pd.Series) -> pd.Series:
    """The keys of the bands of many scores (as band_of), with the scores' index; None where there is no score."""
    values = scores.astype("float64").to_numpy()
    reached = values[:, None] >= np.array([band.from_ for band in settings.bands])
    keys = np.array([*(band.key for band in settings.bands), None], dtype=object)
    first = np.where(reached.any(axis=1), reached.argmax(axis=1), len(settings.bands))
    return pd.Series(keys[first], index=scores.index, dtype=object)


def settings_from(file: OfficeFile) -> Settings:
    """The settings of a TOML file. Raises ReadinessError naming the line of a missing key or an impossible value."""
    table = toml_table(file)
    first = _day(file, table, "first")
    last = _day(file, table, "last")
    if last < first:
        raise file.error(_window_line(file, "last"), _(
            "last 看到“{last}”，比 first 的“{first}”还早，应写同一天或更晚的日期。").format(last=last, first=first))
    return Settings(
        bands=_bands(file, table),
        target=float(_number(file, table, "target", lambda value: 0 < value <= 100, _("大于 0、不超过 100 的数"))),
        minimum_coverage=float(_number(file, table, "minimum_coverage", lambda value: 0 <= value <= 1,
                                       _("介于 0 和 1 的小数，如 0.2 表示 20%"))),
        comparable_coverage=float(_number(file, table, "comparable_coverage", lambda value: 0 <= value <= 1,
                                          _("介于 0 和 1 的小数，如 0.2 表示 20%"))),
        comparable_points=float(_number(file, table, "comparable_points", lambda value: value > 0, _("大于 0 的数"))),
        window_first=first,
        window_last=last,
        **{key: int(_number(file, table, key, lambda value: value >= 1 and value == int(value), _("大于 0 的整数")))
           for key in ("stale_days", "round_days", "patrol_days", "most_sites", "screen_days")},
    )


def _number(file: OfficeFile, table: dict[str, Any], key: str, allowed: Callable[[float], bool], wanted: str) -> float:
    if key not in table:
        raise file.error(None, _("缺少 {key}，应在第一个方括号之前写一行 {key} = {wanted}。").format(
            key=key, wanted=wanted))
    value = table[key]
    if not _is_number(value) or not allowed(value):
        raise file.error(file.line_of(rf"{key}\s*="),
                         _("{key} 看到“{value}”，应写{wanted}。").format(key=key, value=value, wanted=wanted))
    return value


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _day(file: OfficeFile, table: dict[str, Any], key: str) -> date:
    window = table.get("window")
    if not isinstance(window, dict) or key not in window:
        raise file.error(file.line_of(WINDOW),
                         _("[window] 里缺少 {key}，应写一行 {key} = 2026-11-22 这样的日期。").format(key=key))
    value = window[key]
    try:
        return value if type(value) is date else date.fromisoformat(str(value)[:10])
    except ValueError as problem:
        raise file.error(_window_line(file, key), _(
            "{key} 看到“{value}”，应写 2026-11-22 这样的日期。").format(key=key, value=value)) from problem


def _bands(file: OfficeFile, table: dict[str, Any]) -> tuple[Band, ...]:
    entries = table.get("bands")
    if not isinstance(entries, list) or not entries or not all(isinstance(entry, dict) for entry in entries):
        raise file.error(file.line_of(BANDS), _("缺少分档，应至少有一组 [[bands]]，写明 key、name 和 from。"))
    bands = [_band(file, entry, _band_line(file, number)) for number, entry in enumerate(entries)]
    for number, (better, band) in enumerate(pairwise(bands), start=1):
        if band.from_ >= better.from_:
            raise file.error(_band_line(file, number, "from"), _(
                "“{name}”的 from 看到“{from_:g}”，应小于上一档“{better}”的 {below:g}。").format(
                    name=band.name, from_=band.from_, better=better.name, below=better.from_))
        if band.key in {other.key for other in bands[:number]}:
            raise file.error(_band_line(file, number, "key"),
                             _("key 看到“{seen}”，前面已经用过，应换一个不同的。").format(seen=band.key))
    if bands[-1].from_ != 0:
        raise file.error(_band_line(file, len(bands) - 1, "from"), _(
            "最后一档“{name}”的 from 看到“{from_:g}”，应写 0，让每个得分都有一档。").format(
                name=bands[-1].name, from_=bands[-1].from_))
    return tuple(bands)


def _band(file: OfficeFile, entry: dict[str, Any], line: int | None) -> Band:
    for key in ("key", "name"):
        if not isinstance(entry.get(key), str) or not entry[key].strip():
            raise file.error(line, _("这一组 [[bands]] 缺少 {key}，应写一行 {key} = \"文字\"。").format(key=key))
    if not _is_number(entry.get("from")) or not 0 <= entry["from"] <= 100:
        raise file.error(line, _("这一组 [[bands]] 的 from 看到“{seen}”，应写 0 到 100 之间的数。").format(
            seen=entry.get("from", "")))
    return Band(entry["key"].strip(), entry["name"].strip(), float(entry["from"]))


def _band_line(file: OfficeFile, number: int, key: str | None = None) -> int | None:
    opened = file.line_of(BANDS, nth=number)
    return (key and file.line_of(rf"{key}\s*=", after=opened)) or opened


def _window_line(file: OfficeFile, key: str) -> int | None:
    opened = file.line_of(WINDOW)
    return file.line_of(rf"{key}\s*=", after=opened) or opened
