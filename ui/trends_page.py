"""趋势: the frames of the page, of all or of what is chosen, and what their marks open."""

from __future__ import annotations

from typing import Any

import pandas as pd

from readiness.durations import durations, timed_issues
from readiness.language import N_, _
from readiness.model import FROM_LEDGER, VERIFIED
from readiness.moves import by_week, remaining
from readiness.pareto import pareto, vital_few
from readiness.units import with_units
from ui.reads import WEEKS, Day
from ui.rows import RowsOf
from ui.split import AREAS, UNITS, Split, names_of
from ui.words import in_words

UNTIMED = N_("没有写明日期的销号。")
TALL, SHORT = 254, 248  # px of the large figure and of those in threes: the page is 1080 px tall at 1920


def large_title(units: bool) -> tuple[str, str]:
    """Title and note of the large figure."""
    if units:
        return _("未销号问题"), _("条，每天；选责任单位看各自的")
    return _("街道准备度得分"), _("每天；检查覆盖率不到下限的日子不评分")


def moves_of(day: Day, split: Split) -> pd.DataFrame:
    """The moves of what is chosen, with unit."""
    return day.kept("moves of", lambda: split.narrowed(with_units(day.moves)), split)


def lines_of(day: Day, split: Split) -> pd.DataFrame | None:
    """day, area_code (of the area or kind) and score of every area or kind; None without a choice and for units."""
    if not split.chosen or split.by == UNITS:
        return None
    return day.area_scores if split.by == AREAS else day.kind_scores.rename(columns={"kind": "area_code"})


def open_by_unit(day: Day, split: Split) -> list[pd.DataFrame]:
    """day and open of all, then of each unit chosen."""
    moves = day.kept("moves with units", lambda: with_units(day.moves))
    parts = [moves, *(moves[moves["unit"] == code] for code, _name in split.chosen)]
    return [remaining(part, day.first, day.as_of) for part in parts]


def weeks_of(day: Day, split: Split, moves: pd.DataFrame) -> pd.DataFrame:
    """week, opened and closed of what is chosen."""
    return by_week(moves, day.as_of, WEEKS) if split.chosen else day.weeks


def open_days_of(day: Day, split: Split, moves: pd.DataFrame) -> pd.DataFrame:
    """day and open of what is chosen."""
    return remaining(moves, day.first, day.as_of) if split.chosen else day.burn_down


def opened_in(day: Day, split: Split, moves: pd.DataFrame) -> pd.DataFrame:
    """What was opened in the weeks of the page, the running one too."""
    return day.kept("opened", lambda: moves[(moves["on"] >= day.weeks["week"].iloc[0]) & (moves["opened"] > 0)], split)


def categories(day: Day, split: Split, opened: pd.DataFrame) -> pd.DataFrame:
    """The Pareto of categories with their words."""
    return day.kept("categories", lambda: pareto(opened, ("category",)).assign(
        label=lambda table: table["category"].replace("", N_("未分类")).map(_),
        key=lambda table: table["category"]), split)


def items(day: Day, split: Split, opened: pd.DataFrame) -> pd.DataFrame:
    """The Pareto of items with their words; the key is kind and item."""
    short = in_words(day.reference.kinds.set_index("kind")["short"].to_dict())
    return day.kept("items", lambda: pareto(opened, ("kind", "item", "indicator")).assign(
        label=lambda table: table["kind"].map(short) + "　" + table["indicator"],
        key=lambda table: table["kind"] + "/" + table["item"]), split)


def few_note(table: pd.DataFrame) -> str:
    """How few of how many make four fifths of what was opened."""
    return _("条；{all} 项里 {few} 项占八成").format(all=len(table), few=vital_few(table)) if len(table) else ""


def of_category(opened: pd.DataFrame) -> RowsOf:
    """What was opened of the category of a bar."""
    return lambda mark: (_("{name}：新增的问题").format(name=mark[1]), opened[opened["category"].fillna("") == mark[0]])


def of_item(opened: pd.DataFrame) -> RowsOf:
    """What was opened of the item of a bar."""
    return lambda mark: (_("{name}：新增的问题").format(name=mark[1]),
                         opened[opened["kind"] + "/" + opened["item"] == mark[0]])


def closed_issues(day: Day, split: Split) -> pd.DataFrame:
    """The ledgers' issues that were verified in the weeks of the page, of what is chosen, with close_days and unit."""
    return day.kept("closed", lambda: split.narrowed(_closed_issues(day)), split)


def _closed_issues(day: Day) -> pd.DataFrame:
    issues = with_units(timed_issues(day.standing.issues, day.facts))
    since = issues["verified_on"] >= day.weeks["week"].iloc[0]
    return issues[since & (issues["origin"] == FROM_LEDGER) & (issues["status"] == VERIFIED)]


def times(closed: pd.DataFrame, day: Day, split: Split) -> pd.DataFrame:
    """label, key, count, median, lower and upper (days to close) by what the page is split, the slowest first."""
    rows = durations(closed, (split.column,))
    rows = rows[rows["count"] > 0].rename(columns={split.column: "key"})
    label = rows["key"].replace("", _("未写明")) if split.by == UNITS else rows["key"].map(names_of(day, split.by))
    order = ["median", "count"]
    return rows.assign(label=label).sort_values(order, ascending=False, kind="stable", ignore_index=True)


def times_note(day: Day, split: Split, closed: pd.DataFrame) -> str:
    """Of how many the time to close is known, over all."""
    told = day.kept("time to close", lambda: durations(closed).iloc[0], split)
    if not told["count"]:
        return _("天；没有写明发现和销号日期的")
    return _("天；共 {count:.0f} 条中位 {median:g} 天；未写明日期 {left_out:.0f} 条不计").format(
        count=told["count"], median=told["median"], left_out=told["left_out"])


def of_time(closed: pd.DataFrame, split: Split) -> RowsOf:
    """The issues behind a dot of the time to close."""
    def found(mark: Any) -> tuple[str, pd.DataFrame]:
        rows = closed[(closed[split.column] == mark[0]) & closed["close_days"].notna()]
        rows = rows.sort_values("close_days", ascending=False, kind="stable")
        return _("{name}：销号用时").format(name=mark[1]), rows
    return found
