"""The headline of 总览: countdown, score with target, five counts, each with its change since the day compared with."""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd
import streamlit as st

from readiness.behind import (
    failing_items,
    ledger_issues,
    unchecked_items,
    verified_between,
)
from readiness.language import N_, _, n_
from readiness.model import UNVERIFIED
from readiness.reference import Settings, WindowStatus, window_status
from readiness.standing import Standing
from ui.frame import card
from ui.marks import open_ledger
from ui.opening import Measure, measure_cards
from ui.reads import COMPARED_DAYS, Day
from ui.rows import over_button
from ui.words import LACKING, count_delta, day_text, known, percent, points_delta, weekday

HEIGHT = 136


def headline(day: Day) -> None:
    """Draws the headline row of the day and the day compared with; every number of it opens its rows."""
    now, before, settings = day.standing, day.before.standing, day.reference.settings
    left, right = st.columns([9, 10], gap=12)
    with left, card("headline", "", height=HEIGHT):
        st.html(f'<div class="hero">{countdown(settings, now.as_of)}{score(now, before, settings)}'
                f"{goal(now.subdistrict.score, now.subdistrict.coverage, settings)}</div>")
        over_button("headline", _("失分的项目：失分加得分等于 100"), lambda: failing_items(now), day)
    with right:
        measure_cards(measures(now, before, *(each.kept("verified in week", lambda each=each: verified_in_week(
            each.standing.issues, each.as_of)) for each in (day, day.before))), day)


def countdown(settings: Settings, as_of: date) -> str:
    """Days to the inspection window, the day within it, or that it is past."""
    status = window_status(settings, as_of)
    first, last = settings.window_first, settings.window_last
    head, big = countdown_words(status)
    whole = f"{day_text(first)}–{day_text(last)}"
    opening = _("{day}（{weekday}）").format(day=day_text(first), weekday=weekday(first))
    foot = opening if status.phase == "before" else whole
    return count_html(head, big, foot)


def count_html(name: str, big: str, foot: str) -> str:
    """The first part of a headline as HTML: its name, what stands large, what stands small under it."""
    return f'<div class="count"><div class="name">{name}</div>{big}<div class="foot">{foot}</div></div>'


def figure_html(name: str, big: str, foot: str) -> str:
    """A later part of a headline as HTML, as count_html."""
    return f'<div><div class="name">{name}</div>{big}<div class="foot">{foot}</div></div>'


def countdown_words(status: WindowStatus) -> tuple[str, str]:
    """Heading and hero of the countdown.

    >>> countdown_words(WindowStatus("past", 0))
    ('迎检', '<div class="big word">窗口已过</div>')
    """
    if status.phase == "before":
        words, days = _("距迎检"), n_("{n}<i>天</i>", status.days)
    elif status.phase == "inside":
        words, days = _("迎检窗口第"), _("{day}<i>天</i>").format(day=status.days)
    else:
        past = _("窗口已过")
        return _("迎检"), f'<div class="big word">{past}</div>'
    return words, f'<div class="big">{days}</div>'


def window_note(settings: Settings, as_of: date) -> str:
    """The countdown as a note of the title line."""
    status = window_status(settings, as_of)
    whole = f"{day_text(settings.window_first)}–{day_text(settings.window_last)}"
    if status.phase == "before":
        return n_("距迎检 {n} 天（{window}）", status.days, window=whole)
    if status.phase == "inside":
        return _("迎检窗口第 {day} 天（{window}）").format(day=status.days, window=whole)
    return _("窗口已过（{window}）").format(window=whole)


def score(now: Standing, before: Standing, settings: Settings) -> str:
    """The subdistrict's score with its band and its change."""
    value, earlier = now.subdistrict.score, before.subdistrict.score
    return figure_html(_("街道准备度"), big_score(value),
                       change(value, earlier) + band_name(now.subdistrict.band, settings))


def big_score(value: float | None) -> str:
    """A score in large digits as HTML, or the words for too little data.

    >>> big_score(82.64), big_score(None)
    ('<div class="big">82.6<i>分</i></div>', '<div class="big word">资料不足</div>')
    """
    if not known(value):
        return f'<div class="big word">{_(LACKING)}</div>'
    unit = _("分")
    return f'<div class="big">{value:.1f}<i>{unit}</i></div>'


def band_name(key: str | None, settings: Settings) -> str:
    """The name of the band with that key; nothing for none."""
    return next((_(band.name) for band in settings.bands if band.key == key), "")


def change(value: float | None, earlier: float | None) -> str:
    """▲ or ▼ and the change in points; nothing where it is under 0.05 or unknown.

    >>> change(82.64, 80.8), change(80.0, 80.04), change(None, 80.0)
    ('<span class="up">▲ 1.8</span>　', '', '')
    """
    if not (known(value) and known(earlier)) or abs(value - earlier) < 0.05:
        return ""
    side, arrow = ("up", "▲") if value > earlier else ("down", "▼")
    return f'<span class="{side}">{arrow} {abs(value - earlier):.1f}</span>　'


def goal(value: float | None, coverage: float, settings: Settings) -> str:
    """The bar towards the target, what is missing, and the coverage behind the score."""
    target, filled = settings.target, value if known(value) else 0
    aim = _("目标 {target:g}").format(target=target)
    covered = _("检查覆盖率 {coverage}").format(coverage=f"<b>{percent(coverage)}</b>")
    return (f'<div class="goal"><div class="foot"><b>{aim}</b>　{missing_points(value, target)}</div>'
            f'<div class="bar"><div style="width:{filled:.1f}%"></div>'
            f'<div class="mark" style="left:{target:g}%"></div></div>'
            f'<div class="foot">{covered}</div></div>')


def missing_points(value: float | None, target: float) -> str:
    """How far the score is from the target.

    >>> missing_points(82.6, 90), missing_points(91.0, 90), missing_points(None, 90)
    ('<span class="down">差 7.4</span>', '<span class="up">已达目标</span>', '')
    """
    if not known(value):
        return ""
    if value >= target:
        side, words = "up", _("已达目标")
    else:
        side, words = "down", _("差 {points:.1f}").format(points=target - value)
    return f'<span class="{side}">{words}</span>'


def measures(now: Standing, before: Standing, closed: pd.DataFrame, closed_before: pd.DataFrame) -> list[Measure]:
    """The five cards, as opening.Measure says.

    closed, closed_before: verified_in_week of the two days.
    """
    this, earlier, issues = now.subdistrict, before.subdistrict, now.issues
    held = earlier if earlier.total or earlier.checked_items else None
    more = count_delta(len(closed), len(closed_before) if held else None)
    return [
        (open_label(this.excepted), f"{this.open}", count_delta(this.open, held and held.open), "inverse",
         _("未销号的问题"), lambda: open_ledger(state=list(UNVERIFIED))),
        (N_("超期"), f"{this.overdue}", count_delta(this.overdue, held and held.overdue), "inverse", _("超期的问题"),
         lambda: open_ledger(overdue="1")),
        (N_("本周销号"), f"{len(closed)}", more, "normal", _("最近 7 天销号的问题"), lambda: closed),
        (N_("整改率"), percent(this.rate, 1), points_delta(this.rate, held and held.rate), "normal",
         _("台账的全部问题：已销号的占比是整改率"), lambda: ledger_issues(issues)),
        (N_("检查覆盖率"), percent(this.coverage), points_delta(this.coverage, held and held.coverage, 0), "normal",
         _("还没有检查的项目：占比加覆盖率等于 100%"), lambda: unchecked_items(now)),
    ]


def open_label(excepted: int) -> str:
    """What the number of open issues is called; with how many of them are accepted as they are for a time, if any.

    >>> open_label(0), open_label(3)
    ('未销号', '未销号 · 暂缓 3')
    """
    return n_("未销号 · 暂缓 {n}", excepted) if excepted else N_("未销号")


def verified_in_week(issues: pd.DataFrame, as_of: date) -> pd.DataFrame:
    """The issues that were verified on the seven days up to as_of."""
    return verified_between(issues, as_of - timedelta(days=COMPARED_DAYS), as_of)
