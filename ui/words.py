"""How numbers and days are written on the screen."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

import pandas as pd

from readiness.model import CHECKLIST, FIXED, FIXING, LEDGER, OPEN, PATROLS, RETURNED, SITES, VERIFIED

LACKING = "资料不足"
MISSING = "—"
STATE_WORDS: Mapping[str, str] = MappingProxyType(
    {OPEN: "待整改", FIXING: "整改中", FIXED: "待复核", VERIFIED: "已销号", RETURNED: "退回"})
TABLE_WORDS: Mapping[str, str] = MappingProxyType(
    {LEDGER: "问题台账", CHECKLIST: "检查表", SITES: "点位台账", PATROLS: "巡查记录"})
STATE_TINTS: Mapping[str, tuple[str, ...]] = MappingProxyType({
    "light": ("#f8dcdd", "#fde6d0", "#fbf0cf", "#e9ecf0", "#ece4f7"),
    "dark": ("#7a2436", "#6b3f12", "#5a4d1c", "#37465a", "#4d3a75"),
})


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
    return f"{score:.1f}" if known(score) else LACKING


def percent(share: float | None, decimals: int = 0) -> str:
    """A share as a percentage, — where there is none.

    >>> percent(0.714), percent(0.7636, 1), percent(None)
    ('71%', '76.4%', '—')
    """
    return f"{share:.{decimals}%}" if known(share) else MISSING


def day_text(day: date, year: bool = False) -> str:
    """A day in Chinese.

    >>> day_text(date(2026, 10, 5)), day_text(date(2026, 10, 5), year=True)
    ('10月5日', '2026年10月5日')
    """
    return f"{day.year}年{day.month}月{day.day}日" if year else f"{day.month}月{day.day}日"


def weekday(day: date) -> str:
    """The day of the week in Chinese.

    >>> weekday(date(2026, 11, 22))
    '周日'
    """
    return "周" + "一二三四五六日"[day.weekday()]


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
    return f"{text} 点" if float(text) else None


def local_minute(times: pd.Series, zone: str) -> pd.Series:
    """UTC times as 10月5日 18:00 in a time zone, — where there is none."""
    local = times.dt.tz_convert(zone)
    text = local.dt.month.astype("Int64").astype("str") + "月" + local.dt.day.astype("Int64").astype("str") + "日 "
    return (text + local.dt.strftime("%H:%M")).where(times.notna(), MISSING)
