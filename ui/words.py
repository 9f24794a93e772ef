"""How numbers and days are written on the screen."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

import pandas as pd

from readiness.language import CHINESE, N_, _, spoken
from readiness.table_words import FIELD_WORDS as FIELD_WORDS
from readiness.table_words import PLACE_WORDS as PLACE_WORDS
from readiness.table_words import REASON_WORDS as REASON_WORDS
from readiness.table_words import RESULT_WORDS as RESULT_WORDS
from readiness.table_words import ROUND_WORDS as ROUND_WORDS
from readiness.table_words import STATE_WORDS as STATE_WORDS
from readiness.table_words import TABLE_WORDS as TABLE_WORDS

LACKING = N_("资料不足")
MISSING = "—"
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
STATE_TINTS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "light": ("#f8dcdd", "#fde6d0", "#fbf0cf", "#e9ecf0", "#ece4f7"),
        "dark": ("#7a2436", "#6b3f12", "#5a4d1c", "#37465a", "#4d3a75"),
    }
)


def in_words(words: Mapping[str, str]) -> dict[str, str]:
    """The words of a constant, or of kinds, in the language spoken.

    >>> in_words({"park": "公园广场"})
    {'park': '公园广场'}
    """
    return {code: _(word) for code, word in words.items()}


def fits(chinese: int, english: int) -> int:
    """px that a column or a field needs for its words in the language spoken.

    >>> fits(56, 72)
    56
    """
    return chinese if spoken() == CHINESE else english


def known(value: float | None) -> bool:
    """Whether there is a number.

    >>> known(None), known(float("nan")), known(0)
    (False, False, True)
    """
    return value is not None and not math.isnan(value)


def score_text(score: float | None) -> str:
    """A score with one decimal, or the words for too little data.

    >>> score_text(82.64), score_text(None)
    ('82.6', '资料不足')
    """
    return f"{score:.1f}" if known(score) else _(LACKING)


def percent(share: float | None, decimals: int = 0) -> str:
    """A share as a percentage, — where there is none.

    >>> percent(0.714), percent(0.7636, 1), percent(None)
    ('71%', '76.4%', '—')
    """
    return f"{share:.{decimals}%}" if known(share) else MISSING


def day_text(day: date, year: bool = False) -> str:
    """A day: 10月5日, or 5 Oct.

    >>> day_text(date(2026, 10, 5)), day_text(date(2026, 10, 5), year=True)
    ('10月5日', '2026年10月5日')
    """
    if spoken() == CHINESE:
        return f"{day.year}年{day.month}月{day.day}日" if year else f"{day.month}月{day.day}日"
    return f"{day.day} {MONTHS[day.month - 1]}{f' {day.year}' if year else ''}"


def said(text: Any) -> str | None:
    """The text, None where there is none."""
    return text if isinstance(text, str) and text else None


def date_said(day: datetime) -> str | None:
    """The day in words, None where there is none."""
    return None if pd.isna(day) else day_text(day.date())


def day_format() -> str:
    """How a column of a table writes a day."""
    return "M月D日" if spoken() == CHINESE else "D MMM"


def weekday(day: date) -> str:
    """The day of the week.

    >>> weekday(date(2026, 11, 22))
    '周日'
    """
    return "周" + "一二三四五六日"[day.weekday()] if spoken() == CHINESE else WEEKDAYS[day.weekday()]


def count_delta(now: float, before: float | None) -> int | None:
    """Difference of two counts, None where nothing changed or nothing is known.

    >>> count_delta(5, 7), count_delta(5, 5), count_delta(5, None)
    (-2, None, None)
    """
    return int(now - before) or None if known(before) else None


def points_delta(now: float | None, before: float | None, decimals: int = 1) -> str | None:
    """Difference of two shares in percentage points, None under half of the last digit.

    >>> points_delta(0.764, 0.723), points_delta(0.66, 0.71, 0), points_delta(0.5, 0.5), points_delta(None, 0.5)
    ('4.1 点', '-5 点', None, None)
    """
    if not (known(now) and known(before)):
        return None
    text = f"{100 * (now - before):.{decimals}f}"
    return _("{points} 点").format(points=text) if float(text) else None


def local_minute(times: pd.Series, zone: str) -> pd.Series:
    """UTC times as 10月5日 18:00 in a time zone, — where there is none."""
    local = times.dt.tz_convert(zone)
    days = local.dt.date.map(day_text, na_action="ignore").astype("str")
    return (days + " " + local.dt.strftime("%H:%M")).where(times.notna(), MISSING)
