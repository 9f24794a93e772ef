"""趋势: how the page is split (by area, kind or unit), what of it is chosen, and the frames that follow from that."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from readiness.durations import durations, timed_issues
from readiness.model import FROM_LEDGER, VERIFIED
from readiness.moves import by_week, remaining
from readiness.pareto import pareto, vital_few
from readiness.units import with_units
from ui.areas import choose_areas
from ui.reads import WEEKS, Day
from ui.rows import RowsOf

AREAS, KINDS, UNITS = "居民区", "类型", "责任单位"
COLUMNS = {AREAS: "area_code", KINDS: "kind", UNITS: "unit"}
NAMELESS, UNSORTED, UNTIMED = "未写明", "未分类", "没有写明日期的销号。"
MOST = 4
TALL, SHORT = 254, 248  # px of the large figure and of those in threes: the page is 1080 px tall at 1920


@dataclass(frozen=True)
class Split:
    """By what the page is split and the (code, name) of those chosen; without a choice all of it counts."""

    by: str
    chosen: tuple[tuple[str, str], ...]

    @property
    def column(self) -> str:
        """The column of issues and moves by which it is split."""
        return COLUMNS[self.by]

    @property
    def whose(self) -> str:
        """The names of those chosen, for the titles of what is of them alone."""
        return f"{'、'.join(name for _, name in self.chosen)}；" if self.chosen else ""

    def narrowed(self, rows: pd.DataFrame) -> pd.DataFrame:
        """The rows of issues or moves that belong to what is chosen."""
        return rows[rows[self.column].isin([code for code, _ in self.chosen])] if self.chosen else rows

    def of_issues(self, issues: pd.DataFrame) -> pd.DataFrame:
        """The issues of what is chosen."""
        return self.narrowed(with_units(issues))

    def of_mark(self, issues: pd.DataFrame, mark: Any) -> pd.DataFrame:
        """The issues of the line of a mark: (day, code), the code missing for the line of all."""
        issues = with_units(issues)
        return issues[issues[self.column] == mark[1]] if len(mark) > 1 else issues


def choose_split(day: Day) -> Split:
    """The switch between areas, kinds and units, and a field to choose at most four of them."""
    by = st.segmented_control("分解", list(COLUMNS), default=AREAS, required=True, key="split", bind="query-params",
                              label_visibility="collapsed")
    if by == AREAS:
        return Split(by, choose_areas(day.reference))
    names = day.reference.kind_names() if by == KINDS else unit_names(day.moves)
    return Split(by, choose_some(names, "compare_kind" if by == KINDS else "compare_unit", f"选{by}（最多 {MOST} 个）"))


def choose_some(names: dict[str, str], key: str, words: str) -> tuple[tuple[str, str], ...]:
    """A field to choose at most four of names; returns (code, name) of those chosen."""
    codes = st.multiselect(words, list(names), format_func=names.get, max_selections=MOST, key=key, placeholder=words,
                           label_visibility="collapsed", bind="query-params", select_all=False, width=420)
    return tuple((code, names[code]) for code in codes)


def unit_names(moves: pd.DataFrame) -> dict[str, str]:
    """The responsible units, those with most issues first."""
    return {unit: unit or NAMELESS for unit in with_units(moves)["unit"].value_counts(sort=True).index}


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
    parts = [moves, *(moves[moves["unit"] == code] for code, _ in split.chosen)]
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
        label=lambda table: table["category"].where(table["category"] != "", UNSORTED),
        key=lambda table: table["category"]), split)


def items(day: Day, split: Split, opened: pd.DataFrame) -> pd.DataFrame:
    """The Pareto of items with their words; the key is kind and item."""
    short = day.reference.kinds.set_index("kind")["short"]
    return day.kept("items", lambda: pareto(opened, ("kind", "item", "indicator")).assign(
        label=lambda table: table["kind"].map(short) + "　" + table["indicator"],
        key=lambda table: table["kind"] + "/" + table["item"]), split)


def few_note(table: pd.DataFrame) -> str:
    """How few of how many make four fifths of what was opened."""
    return f"条；{len(table)} 项里 {vital_few(table)} 项占八成" if len(table) else ""


def of_category(opened: pd.DataFrame) -> RowsOf:
    """What was opened of the category of a bar."""
    return lambda mark: (f"{mark[1]}：新增的问题", opened[opened["category"].fillna("") == mark[0]])


def of_item(opened: pd.DataFrame) -> RowsOf:
    """What was opened of the item of a bar."""
    return lambda mark: (f"{mark[1]}：新增的问题", opened[opened["kind"] + "/" + opened["item"] == mark[0]])


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
    named = {AREAS: day.reference.area_names(), KINDS: day.reference.kind_names()}.get(split.by)
    label = rows["key"].map(named) if named else rows["key"].where(rows["key"] != "", NAMELESS)
    order = ["median", "count"]
    return rows.assign(label=label).sort_values(order, ascending=False, kind="stable", ignore_index=True)


def times_note(day: Day, split: Split, closed: pd.DataFrame) -> str:
    """Of how many the time to close is known, over all."""
    told = day.kept("time to close", lambda: durations(closed).iloc[0], split)
    if not told["count"]:
        return "天；没有写明发现和销号日期的"
    return f"天；共 {told['count']:.0f} 条中位 {told['median']:g} 天；未写明日期 {told['left_out']:.0f} 条不计"


def of_time(closed: pd.DataFrame, split: Split) -> RowsOf:
    """The issues behind a dot of the time to close."""
    def found(mark: Any) -> tuple[str, pd.DataFrame]:
        rows = closed[(closed[split.column] == mark[0]) & closed["close_days"].notna()]
        return f"{mark[1]}：销号用时", rows.sort_values("close_days", ascending=False, kind="stable")
    return found


