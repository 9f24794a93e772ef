"""问题地图: where the open issues are; a click on an area shows them beside the map."""

import streamlit as st

from charts.map import OPEN, OVERDUE, SCORE, area_map
from loaders import load_workbooks
from ui.areas import area_name, area_summary, figures_of, outside_map, schematic_note
from ui.figures import show_figure
from ui.first import first_steps
from ui.frame import card, title_line
from ui.issues import issue_table, long_columns, open_issues, short_columns
from ui.reads import read_day
from ui.session import choose_area, choose_clicked, chosen_area

WORDS = {SCORE: "得分", OPEN: "未销号", OVERDUE: "超期"}
MAP = "figure-map"

day = read_day()
if day.empty:
    title_line("问题地图", day)
    first_steps(day, load_workbooks)
    st.stop()
reference, now = day.reference, day.standing
area = chosen_area(reference)
issues = open_issues(now.issues, area)

title_line("问题地图", day, schematic_note(reference))
value = st.segmented_control("着色", list(WORDS), format_func=WORDS.get, default=SCORE, required=True, key="by",
                             bind="query-params", label_visibility="collapsed")
left, right = st.columns([11, 10], gap=12)
with left, card("map", "", height=606):
    show_figure(day, "map", lambda mode: area_map(
        now.areas, reference.cells, reference.outline, value, reference.settings.bands, mode, height=548,
        selected=area), f"各居民区按{WORDS[value]}着色的示意图", value, area, selection_mode="points",
        on_select=lambda: choose_clicked(MAP))
    outside_map(now.areas, reference)
with right, card("area", "", height=606):
    with st.container(horizontal=True, vertical_alignment="center"):
        st.html(area_summary(area_name(area, reference), figures_of(now, area), reference.settings))
        if area:
            st.button("看全街道", type="tertiary", on_click=choose_area, args=(None,))
    if issues.empty:
        st.html('<div class="quiet">没有未销号的问题。</div>')
    else:
        issue_table(issues, reference, short_columns(area), 490, "issues-short")
if not issues.empty:
    with card("issues", f"{area_name(area, reference)}的未销号问题", f"{len(issues)} 条，先超期、再按影响"):
        issue_table(issues, reference, long_columns(area), 720, "issues-long")
