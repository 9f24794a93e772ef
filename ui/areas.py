"""One area in words: its name, its score and counts, and the areas that the map does not draw."""

from __future__ import annotations

from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from readiness.reference import Reference, Settings
from readiness.standing import Standing
from ui.session import choose_area
from ui.words import known, percent


def area_name(code: str | None, reference: Reference) -> str:
    """Short name of the area, 全街道 for none."""
    return reference.area_names()[code] if code else "全街道"


def figures_of(now: Standing, code: str | None) -> Any:
    """Score, coverage, band, open, overdue and rate of an area, or of the whole subdistrict, as attributes."""
    return now.areas.set_index("area_code").loc[code] if code else now.subdistrict


def area_summary(name: str, figures: Any, settings: Settings) -> str:
    """The head of an area's panel as HTML: name and band, score, coverage, open, overdue, rate."""
    band = next((band.name for band in settings.bands if band.key == figures.band), "")
    score = f'<div class="big">{figures.score:.1f}<i>分</i></div>' if known(figures.score) else \
        '<div class="big word">资料不足</div>'
    late = "down" if figures.overdue else ""
    return (f'<div class="area"><b>{escape(name)}</b><span>{band}</span></div><div class="area">{score}'
            f"<span>检查覆盖率 <b>{percent(figures.coverage)}</b></span><span>未销号 <b>{figures.open}</b> 条</span>"
            f'<span>超期 <b class="{late}">{figures.overdue}</b> 条</span>'
            f"<span>整改率 <b>{percent(figures.rate, 1)}</b></span></div>")


def schematic_note(reference: Reference) -> str:
    """What the map is drawn from, for the title line."""
    drawn = "示意图，非实际边界；" if reference.schematic else ""
    return drawn + escape(reference.attribution)


def choose_areas(reference: Reference) -> tuple[tuple[str, str], ...]:
    """A field to choose at most four areas to compare; returns (code, name) of those chosen."""
    names = reference.area_names()
    codes = st.multiselect("对比居民区", list(names), format_func=names.get, max_selections=4, key="compare",
                           placeholder="选居民区对比（最多 4 个）", label_visibility="collapsed", bind="query-params",
                           select_all=False, width=420)
    return tuple((code, names[code]) for code in codes)


def outside_map(areas: pd.DataFrame, reference: Reference) -> None:
    """A line under the map for each area without a cell; a click chooses it."""
    outside = areas[~areas["area_code"].isin(list(reference.cells))]
    for code, name, count, late in outside[["area_code", "short_name", "open", "overdue"]].itertuples(index=False):
        st.button(f"{name}（不在图上）　未销号 {count} 条，超期 {late} 条", type="tertiary", key=f"area-{code}",
                  on_click=choose_area, args=(code,))
