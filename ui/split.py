"""How 趋势 is split (by area, kind or unit) and what of it is chosen; both stand in the address as codes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from readiness.language import N_, _
from readiness.units import with_units
from ui.filters import choice_in_address
from ui.opening import UNWRITTEN
from ui.reads import Day
from ui.words import in_words

AREAS, KINDS, UNITS = "area", "kind", "unit"
COLUMNS = {AREAS: "area_code", KINDS: "kind", UNITS: "unit"}
WORDS = {AREAS: N_("居民区"), KINDS: N_("类型"), UNITS: N_("责任单位")}
FIELDS = {
    AREAS: ("compare", N_("选居民区对比（最多 {most} 个）")),
    KINDS: ("compare_kind", N_("选类型（最多 {most} 个）")),
    UNITS: ("compare_unit", N_("选责任单位（最多 {most} 个）")),
}
MOST = 4


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
    def word(self) -> str:
        """By what the page is split, in words."""
        return _(WORDS[self.by])

    @property
    def whose(self) -> str:
        """The names of those chosen, for the titles of what is of them alone."""
        names = _("、").join(name for _code, name in self.chosen)
        return _("{names}；").format(names=names) if names else ""

    def narrowed(self, rows: pd.DataFrame) -> pd.DataFrame:
        """The rows of issues or moves that belong to what is chosen."""
        return rows[rows[self.column].isin([code for code, _name in self.chosen])] if self.chosen else rows

    def of_issues(self, issues: pd.DataFrame) -> pd.DataFrame:
        """The issues of what is chosen."""
        return self.narrowed(with_units(issues))

    def of_mark(self, issues: pd.DataFrame, mark: Any) -> pd.DataFrame:
        """The issues of the line of a mark: (day, code), the code missing for the line of all."""
        issues = with_units(issues)
        return issues[issues[self.column] == mark[1]] if len(mark) > 1 else issues


def choose_split(day: Day) -> Split:
    """The switch between areas, kinds and units, and a field to choose at most four of them."""
    by = choice_in_address("split", _("分解"), in_words(WORDS))
    key, words = FIELDS[by]
    return Split(by, choose_some(names_of(day, by), key, _(words).format(most=MOST)))


def names_of(day: Day, by: str) -> dict[str, str]:
    """What can be chosen where the page is split like that: code -> name."""
    if by == AREAS:
        return day.reference.area_names()
    return in_words(day.reference.kind_names()) if by == KINDS else unit_names(day.moves)


def unit_names(moves: pd.DataFrame) -> dict[str, str]:
    """The responsible units, those with most issues first."""
    return {unit: unit or _("未写明") for unit in with_units(moves)["unit"].value_counts(sort=True).index}


def choose_some(names: dict[str, str], key: str, words: str) -> tuple[tuple[str, str], ...]:
    """A field to choose at most four of names, which stand in the address by their codes; returns (code, name) of
    those chosen."""
    told = {code or UNWRITTEN: code for code in names}
    st.session_state[key] = [told[code] for code in st.query_params.get_all(key) if code in told][:MOST]
    codes = st.multiselect(words, list(names), format_func=names.get, max_selections=MOST, key=key, placeholder=words,
                           on_change=_write_some, args=(key,), label_visibility="collapsed", select_all=False,
                           width=420)
    return tuple((code, names[code]) for code in codes)


def _write_some(key: str) -> None:
    codes = [code or UNWRITTEN for code in st.session_state[key]]
    if codes:
        st.query_params[key] = codes
    else:
        st.query_params.pop(key, None)
