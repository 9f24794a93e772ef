"""The filters of a page: what is chosen stands in the address, as codes that mean the same in any language."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pandas as pd
import streamlit as st

from readiness.choice import SURROUNDINGS, UNKNOWN
from readiness.language import N_, _, n_
from readiness.model import FROM_CHECK, FROM_LEDGER, STATES
from readiness.reference import Reference
from ui.reads import DAY, WEEKS, Day
from ui.session import address_becomes
from ui.words import ROUND_WORDS, STATE_WORDS, day_format, fits

OVERDUE, TEXT = "overdue", "q"
SHORT_WORD = 5, 10  # characters, in Chinese and in English
NOT_FILLED = N_("未填")
ORIGIN_WORDS = {FROM_LEDGER: N_("问题台账"), FROM_CHECK: N_("检查不符合")}


@dataclass(frozen=True)
class Filter:
    """One filter: its parameter in the address, its label, the argument of chosen() and the column of the issues."""

    name: str
    label: str
    argument: str
    column: str
    single: bool = False


FILTERS = {each.name: each for each in (
    Filter("kind", N_("类型"), "kinds", "kind"), Filter("category", N_("类别"), "categories", "category"),
    Filter("state", N_("状态"), "states", "status"), Filter("severity", N_("程度"), "severities", "severity"),
    Filter("round", N_("轮次"), "rounds", "round"), Filter("unit", N_("责任单位"), "units", "responsible_unit"),
    Filter("surroundings", N_("三个周边"), "surroundings", "kind"),
    Filter("origin", N_("来源"), "origin", "origin", single=True),
)}


def chosen_filters() -> dict[str, Any]:
    """The arguments of readiness.choice.chosen that the address gives, without areas; all of them, in one order."""
    given = {each.argument: tuple(st.query_params.get_all(each.name)) for each in FILTERS.values()}
    given["origin"] = given["origin"][0] if given["origin"] else None
    return {**given, "overdue": st.query_params.get(OVERDUE) == "1", "text": st.query_params.get(TEXT, "")}


def filters_set(also: Collection[str] = ()) -> bool:
    """Whether the address holds any filter; also names parameters that are filters on this page."""
    return any(name in st.query_params for name in (*FILTERS, OVERDUE, TEXT, *also))


def filter_popovers(day: Day, *names: str) -> None:
    """A small popover for each filter of these names, for a horizontal container; the states' also asks for overdue.

    What the day's issues say is what can be chosen. A filter that the address names is always shown.
    """
    for each in FILTERS.values():
        if each.name in names or each.name in st.query_params:
            _popover(each, day)


def words_to_choose(each: Filter, day: Day) -> dict[str, str]:
    """filter_words of the day's issues."""
    return day.kept("filter words", lambda: filter_words(each, day.standing.issues, day.reference), each.name)


def _popover(each: Filter, day: Day) -> None:
    given, key = st.query_params.get_all(each.name), f"filter-{each.name}"
    words = words_to_choose(each, day)
    shown = {**words, **{code: known_word(each.name, code, day.reference) for code in given if code not in words}}
    st.session_state[key] = (given[0] if given else None) if each.single else given
    late = each.name == "state" and st.query_params.get(OVERDUE) == "1"
    with st.popover(popover_label(_(each.label), [shown[code] for code in given] + [_("超期")] * late),
                    key=f"choose-{each.name}"):
        st.pills(_(each.label), list(shown), format_func=shown.get, key=key, on_change=_choose, args=(each.name,),
                 selection_mode="single" if each.single else "multi", label_visibility="collapsed", width=340)
        if each.name == "state":
            _overdue_toggle()


def _overdue_toggle() -> None:
    st.session_state[f"filter-{OVERDUE}"] = st.query_params.get(OVERDUE) == "1"
    st.toggle(_("只看超期"), key=f"filter-{OVERDUE}", on_change=_choose, args=(OVERDUE,))


def popover_label(label: str, words: Collection[str]) -> str:
    """The popover's own words: its label, with the one word that is chosen or how many are.

    >>> popover_label("类型", []), popover_label("类型", ["学校周边"]), popover_label("类型", ["学校周边", "公园"])
    ('类型', '类型：学校周边', '类型：2 项')
    >>> popover_label("责任单位", ["凉城新村街道市容所"])
    '责任单位：1 项'
    """
    if not words:
        return label
    first = next(iter(words))
    if len(words) == 1 and len(first) <= fits(*SHORT_WORD):
        return _("{label}：{word}").format(label=label, word=first)
    return n_("{label}：{n} 项", len(words), label=label)


def filter_words(each: Filter, issues: pd.DataFrame, reference: Reference) -> dict[str, str]:
    """What can be chosen as code -> word: what has an order of its own in that order, all else the most frequent first.

    Only what some issue says; 未填 last, where some say nothing. The three surroundings, states and origins always.
    """
    fixed: Mapping[str, tuple[Collection[str], Callable[[str], str]]] = {
        "state": (STATES, STATE_WORDS.get), "origin": (ORIGIN_WORDS, ORIGIN_WORDS.get),
        "surroundings": (SURROUNDINGS, reference.kind_names().get)}
    if each.name in fixed:
        codes, word = fixed[each.name]
        return {code: _(word(code) or code) for code in codes}
    counts = issues[each.column].fillna(UNKNOWN).value_counts()
    ordered = {"kind": reference.kind_names(), "round": ROUND_WORDS}.get(each.name)
    codes = [code for code in ordered if code in counts.index] if ordered else [c for c in counts.index if c != UNKNOWN]
    word = str if each.name == "unit" else _  # a unit is called as it is written
    named = {code: word(ordered[code] if ordered else code) for code in codes}
    return {**named, **({UNKNOWN: _(NOT_FILLED)} if UNKNOWN in counts.index else {})}


def known_word(name: str, code: str, reference: Reference) -> str:
    """The word of a code that no issue says: its name where it has one, else the code itself."""
    named = {"kind": reference.kind_names(), "surroundings": reference.kind_names(), "round": ROUND_WORDS}
    return _(NOT_FILLED if code == UNKNOWN else named.get(name, {}).get(code, code))


def _choose(name: str) -> None:
    """Writes what the widget of that filter says into the address."""
    value = st.session_state[f"filter-{name}"]
    if name == OVERDUE:
        value = "1" if value else None
    if value or value == UNKNOWN:
        st.query_params[name] = value
    else:
        st.query_params.pop(name, None)


def clear_filters(also: Collection[str] = ()) -> None:
    """Takes every filter out of the address, as filters_set counts them."""
    address_becomes(dict.fromkeys((*FILTERS, OVERDUE, TEXT, *also)))


def clear_link(key: str = "clear-filters", also: Collection[str] = ()) -> None:
    """The link 清除筛选, where there is a filter to clear, as filters_set counts them."""
    if filters_set(also):
        st.button(_("清除筛选"), type="tertiary", key=key, on_click=clear_filters, args=(also,))


def choice_in_address(name: str, label: str, words: Mapping[str, str]) -> str:
    """A row of buttons of which one is pressed; it stands in the address as its code, the first where none does."""
    codes = list(words)
    given = st.query_params.get(name)
    st.session_state[name] = given if given in words else codes[0]
    return st.segmented_control(label, codes, format_func=words.get, required=True, key=name, on_change=_press,
                                args=(name, codes[0]), label_visibility="collapsed")


def _press(name: str, usual: str) -> None:
    value = st.session_state[name]
    if value and value != usual:
        st.query_params[name] = value
    else:
        st.query_params.pop(name, None)


def day_slider(day: Day, width: int | str = "stretch") -> None:
    """A slider over the twelve weeks up to the newest day; the day it stands on is the address's.

    A day before those weeks that the address names makes the slider begin there.
    """
    first = min(day.newest - timedelta(weeks=WEEKS), day.as_of)
    st.session_state["day-slider"] = day.as_of
    st.slider(_("数据截至"), first, day.newest, key="day-slider", format=day_format(), on_change=_move,
              args=(day.newest,), label_visibility="collapsed", width=width)


def _move(newest: date) -> None:
    value = st.session_state["day-slider"]
    if value < newest:
        st.query_params[DAY] = value.isoformat()
    else:
        st.query_params.pop(DAY, None)
