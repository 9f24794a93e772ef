"""Sentences of briefs and decks: made from numbers by rules, each rule a function; what is not known is named."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import pandas as pd

from readiness.behind import relapsed_since
from readiness.language import CHINESE, _, n_, spoken
from readiness.model import UNVERIFIED
from readiness.reference import Reference
from readiness.settings import Settings, window_status
from readiness.standing import Standing

NAMED = 4  # areas or problems that a sentence names at most


@dataclass(frozen=True)
class Sentence:
    """One finding: the name of its rule and its words."""

    rule: str
    text: str


def sentences(now: Standing, before: Standing, reference: Reference) -> list[Sentence]:
    """What a brief says of a day against the day compared with, the most important first; a rule without anything to
    say is left out."""
    settings = reference.settings
    told = {
        "state": state(now, before, settings), "window": window(now, settings),
        "compared": comparison(now.areas, settings), "open": open_issues(now, before),
        "overdue": overdue(now), "red_lines": red_lines(now, reference), "relapse": relapse(now, before),
        "unknown": unknown(now, settings), "stale": stale(now, settings),
    }
    return [Sentence(rule, text) for rule, text in told.items() if text]


def state(now: Standing, before: Standing, settings: Settings) -> str:
    """The score with its band, coverage, change and distance from the target; or that there is too little data."""
    this, then = now.subdistrict, before.subdistrict
    covered = _("检查覆盖率 {coverage:.0%}").format(coverage=this.coverage)
    if this.score is None:
        return _("{day}：{covered}，不到 {least:.0%}，资料不足，暂不评分。").format(
            day=day_words(now.as_of), covered=covered, least=settings.minimum_coverage)
    band = next(_(band.name) for band in settings.bands if band.key == this.band)
    words = [_("截至 {day}，街道准备度 {score:.1f} 分（{band}）").format(
        day=day_words(now.as_of), score=this.score, band=band), covered]
    if then.score is not None:
        words.append(moved(this.score - then.score, before.as_of))
    gap = settings.target - this.score
    words.append(_("距目标 {target:g} 分差 {gap:.1f} 分").format(target=settings.target, gap=gap) if gap > 0 else
                 _("已达目标 {target:g} 分").format(target=settings.target))
    return _("，").join(words) + _("。")


def moved(points: float, since: date) -> str:
    """How a score moved; under 0.05 points it did not.

    >>> moved(2.84, date(2026, 10, 19)), moved(-0.3, date(2026, 10, 19)), moved(0.04, date(2026, 10, 19))
    ('比 10月19日上升 2.8 分', '比 10月19日下降 0.3 分', '与 10月19日持平')
    """
    day = day_words(since)
    if abs(points) < 0.05:
        return _("与 {day}持平").format(day=day)
    words = _("比 {day}上升 {points:.1f} 分") if points > 0 else _("比 {day}下降 {points:.1f} 分")
    return words.format(day=day, points=abs(points))


def window(now: Standing, settings: Settings) -> str:
    """How far the inspection window is."""
    status = window_status(settings, now.as_of)
    if status.phase == "before":
        return n_("离迎检窗口（{first}起）还有 {n} 天。", status.days, first=day_words(settings.window_first))
    return _("迎检窗口第 {day} 天。").format(day=status.days) if status.phase == "inside" else ""


def comparison(areas: pd.DataFrame, settings: Settings) -> str:
    """Who leads and who lags, as far as it can be said.

    Areas are compared whose coverage is at least settings.comparable_coverage; two of them differ whose scores lie at
    least settings.comparable_points apart. Those lead whom nobody beats so, those lag who beat nobody. The rest of the
    ranked areas is named as not compared.

    >>> shipped = Settings((), 90, 0.2, 30, date(2026, 11, 22), date(2026, 12, 5))
    >>> rows = pd.DataFrame({"short_name": list("甲乙丙丁"), "score": [95.4, 93.9, 66.2, 99.0], "ranked": True,
    ...                      "coverage": [0.9, 0.5, 0.8, 0.49]})
    >>> comparison(rows, shipped)
    '甲（95.4）、乙（93.9）领先，丙（66.2）落后；丁检查覆盖率不足 50%，不作比较。'
    >>> comparison(rows.head(2), shipped)
    '可比的 2 个居民区得分相差不到 2 分，分不出先后。'
    """
    ranked = areas[areas["ranked"].astype(bool)].sort_values("score", ascending=False, kind="stable")
    fair = ranked[(ranked["coverage"] >= settings.comparable_coverage) & ranked["score"].notna()]
    left_out = ranked.loc[~ranked.index.isin(fair.index), "short_name"]
    words = [_order(fair, settings.comparable_points)] if len(fair) > 1 else [_("可比的居民区不到两个，不作比较")]
    if len(left_out):
        words.append(n_("{names}检查覆盖率不足 {least:.0%}，不作比较", len(left_out), names=_names(left_out),
                        least=settings.comparable_coverage))
    return _("；").join(words) + _("。")


def _order(fair: pd.DataFrame, apart: float) -> str:
    score = fair["score"]
    if score.max() - score.min() < apart:
        return n_("可比的 {n} 个居民区得分相差不到 {apart:g} 分，分不出先后", len(fair), apart=apart)
    lead, lag = fair[score.max() - score < apart], fair[score - score.min() < apart]
    return _("{lead}领先，{lag}落后").format(lead=_scored(lead), lag=_scored(lag[::-1]))


def _scored(areas: pd.DataFrame) -> str:
    return _names(_("{name}（{score:.1f}）").format(name=row.short_name, score=row.score)
                  for row in areas.itertuples())


def _names(names: Iterable[str]) -> str:
    named = list(names)
    words = _("、").join(named[:NAMED])
    return words if len(named) <= NAMED else _("{names}等 {n} 个").format(names=words, n=len(named))


def open_issues(now: Standing, before: Standing) -> str:
    """What is open, how much of the ledgers is verified, and what is accepted as it is for a time."""
    this, more = now.subdistrict, now.subdistrict.open - before.subdistrict.open
    words = [n_("未销号问题 {n} 条", this.open)]
    if more:
        words.append((_("比 {day}多 {count} 条") if more > 0 else _("比 {day}少 {count} 条")).format(
            day=day_words(before.as_of), count=abs(more)))
    if this.rate is not None:
        words.append(_("整改率（已销号 / 全部）{rate:.1%}").format(rate=this.rate))
    if this.excepted:
        words.append(n_("另有 {n} 条经同意暂缓", this.excepted))
    return _("，").join(words) + _("。")


def overdue(now: Standing) -> str:
    """What is overdue and the areas that have most of it; of areas that have as many, those of the table's order."""
    count = now.subdistrict.overdue
    if not count:
        return _("没有超期的问题。")
    most = now.areas[now.areas["overdue"] > 0].sort_values("overdue", ascending=False, kind="stable").head(3)
    named = _names(_("{name} {count} 条").format(name=row.short_name, count=row.overdue) for row in most.itertuples())
    longest = int(now.issues["overdue_days"].max())
    return n_("超期 {n} 条，最长的超期 {days} 天；最多的是{named}。", count, days=longest, named=named)


def red_lines(now: Standing, reference: Reference) -> str:
    """The open red lines by area, site and description."""
    rows = now.issues[now.issues["red_line"] & now.issues["status"].isin(UNVERIFIED)]
    if rows.empty:
        return ""
    areas = rows["area_code"].map(reference.area_names())
    named = [f"{area} {site}：{text}" for area, site, text in zip(
        areas, rows["site"], rows["description"], strict=True)]
    shown = _("；").join(named[:NAMED])
    return n_("红线项（街道自定）{n} 条未销号：{named}。", len(rows), named=shown) if len(named) <= NAMED else \
        n_("红线项（街道自定）{n} 条未销号：{named}等。", len(rows), named=shown)


def relapse(now: Standing, before: Standing) -> str:
    """What was found again since the day compared with."""
    count = len(relapsed_since(now.issues, before.as_of))
    return n_("{day}以来回潮 {n} 条。", count, day=day_words(before.as_of)) if count else ""


def unknown(now: Standing, settings: Settings) -> str:
    """What the score does not know: the areas without one and what has not been checked."""
    lacking = now.areas.loc[now.areas["ranked"].astype(bool) & now.areas["score"].isna(), "short_name"]
    unchecked = now.subdistrict.inspectable_items - now.subdistrict.checked_items
    words = [n_("{names}检查覆盖率不足 {least:.0%}，没有得分", len(lacking), names=_names(lacking),
                least=settings.minimum_coverage)] if len(lacking) else []
    if unchecked:
        words.append(n_("全街道还有 {n} 个“点位 × 项目”没有检查，得分里不含", unchecked))
    return _("；").join(words) + _("。") if words else ""


def stale(now: Standing, settings: Settings) -> str:
    """How much of the score rests on facts older than the standard allows."""
    return n_("得分里有 {n} 项依据的是 {days} 天以前的检查。", now.subdistrict.stale, days=settings.stale_days) \
        if now.subdistrict.stale else ""


def day_words(day: date) -> str:
    """A day as the sentences write it.

    >>> day_words(date(2026, 10, 5))
    '10月5日'
    """
    return f"{day.month}月{day.day}日" if spoken() == CHINESE else f"{day:%b} {day.day}"
