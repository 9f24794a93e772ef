"""One area in words: its name, its score and counts, and the areas that the map does not draw."""

from __future__ import annotations

from collections.abc import Hashable
from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from readiness.language import _, n_
from readiness.model import UNVERIFIED
from readiness.reference import Reference, Settings
from readiness.standing import Standing
from ui.filters import FILTERS, OVERDUE, TEXT, clear_link, filters_set
from ui.frame import card, card_title, quiet
from ui.headline import band_name, big_score
from ui.issue_card import open_row
from ui.issues import issue_table, long_columns, short_columns
from ui.reads import DAY, Day
from ui.session import AREA, choose_area
from ui.words import percent


def area_name(code: str | None, reference: Reference) -> str:
    """Short name of the area, 全街道 for none."""
    return reference.area_names()[code] if code else _("全街道")


def figures_of(now: Standing, code: str | None) -> Any:
    """Score, coverage, band, open, overdue and rate of an area, or of the whole subdistrict, as attributes."""
    return now.areas.set_index("area_code").loc[code] if code else now.subdistrict


def area_summary(name: str, figures: Any, settings: Settings) -> str:
    """The head of an area's panel as HTML: name and band, score, coverage, open, overdue, rate."""
    late = ' class="down"' if figures.overdue else ""
    told = (_("检查覆盖率 {coverage}").format(coverage=f"<b>{percent(figures.coverage)}</b>"),
            _("未销号 {count} 条").format(count=f"<b>{figures.open}</b>"),
            _("超期 {count} 条").format(count=f"<b{late}>{figures.overdue}</b>"),
            _("整改率 {rate}").format(rate=f"<b>{percent(figures.rate, 1)}</b>"))
    return (f'<div class="area"><b>{escape(name)}</b><span>{band_name(figures.band, settings)}</span></div>'
            f'<div class="area">{big_score(figures.score)}{"".join(f"<span>{words}</span>" for words in told)}</div>')


def listed(issues: pd.DataFrame, code: str | None) -> pd.DataFrame:
    """The issues of the area, or all of them: overdue days first, then loss, then the oldest."""
    found = issues[issues["area_code"] == code] if code else issues
    return found.assign(loss=found["loss"].fillna(0)).sort_values(
        ["overdue_days", "loss", "found_on"], ascending=[False, False, True], kind="stable")


def area_panel(day: Day, code: str | None, issues: pd.DataFrame, *parameters: Hashable) -> None:
    """An area, or the whole subdistrict, beside the map: its numbers and the issues asked for; a row opens its card.

    parameters: what was asked for.
    """
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.html(area_summary(area_name(code, day.reference), figures_of(day.standing, code), day.reference.settings))
        if code:
            st.page_link("pages/meeting/area.py", label=_("打开居民区页"), query_params={AREA: code})
            st.button(_("看全街道"), type="tertiary", on_click=choose_area, args=(None,))
    if issues.empty:
        no_issues("clear-panel")
    else:
        table_of_cards(issues, day, short_columns(code), 490, "issues-short", code, *parameters)


def issue_list(day: Day, code: str | None, issues: pd.DataFrame, *parameters: Hashable) -> None:
    """The issues asked for with all columns, under the map and the panel."""
    with card("issues", ""):
        with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
            card_title(_("{area}的问题").format(area=area_name(code, day.reference)),
                       n_("{n} 条，先超期、再按影响；勾选一行看详情", len(issues)))
            st.page_link("pages/office/ledger.py", label=_("在问题台账里看"), query_params=in_address(code))
        table_of_cards(issues, day, long_columns(code), 720, "issues-long", code, *parameters)


def in_address(code: str | None) -> dict[str, list[str]]:
    """The parameters with which 问题台账 lists what stands under the map: the area, the filters, the day."""
    kept = {name: st.query_params.get_all(name) for name in st.query_params if name in (*FILTERS, OVERDUE, TEXT, DAY)}
    return {"state": list(UNVERIFIED), **kept, **({AREA: [code]} if code else {})}


def table_of_cards(
    issues: pd.DataFrame, day: Day, columns: tuple[str, ...], height: int, key: str, *parameters: Hashable,
) -> None:
    """A table of issues in which a chosen row opens the issue's card."""
    issue_table(day, issues, columns, height, key, *parameters, selection_mode="single-row",
                on_select=lambda: open_row(key, issues["issue"]))


def no_issues(key: str) -> None:
    """What stands in place of a list without issues: a sentence, and the way out where filters hold it empty."""
    quiet(_("没有符合条件的问题。") if filters_set() else _("没有未销号的问题。"))
    clear_link(key)


def schematic_note(reference: Reference) -> str:
    """What the map is drawn from, for the title line."""
    source = escape(_(reference.attribution))
    return _("示意图，非实际边界；{source}").format(source=source) if reference.schematic else source


def outside_map(areas: pd.DataFrame, reference: Reference) -> None:
    """A line under the map for each area without a cell; a click chooses it."""
    outside = areas[~areas["area_code"].isin(list(reference.cells))]
    for code, name, count, late in outside[["area_code", "short_name", "open", "overdue"]].itertuples(index=False):
        words = _("{area}（不在图上）　未销号 {open} 条，超期 {overdue} 条")
        st.button(words.format(area=name, open=count, overdue=late), type="tertiary", key=f"area-{code}",
                  on_click=choose_area, args=(code,))
