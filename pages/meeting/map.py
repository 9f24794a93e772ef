"""问题地图: where the issues are, on any of the last days; an area or an issue that is clicked opens beside the map."""

import streamlit as st

from charts.map import OPEN, OVERDUE, PER_SITE, SCORE, area_map
from charts.marks import issue_marks
from loaders import load_workbooks, read_photos
from readiness.choice import chosen, chosen_sites, counted
from readiness.language import N_, _
from readiness.model import UNVERIFIED
from ui.areas import area_panel, issue_list, listed, outside_map, schematic_note
from ui.figures import show_figure
from ui.filters import choice_in_address, chosen_filters, clear_link, day_slider, filter_popovers
from ui.first import first_steps
from ui.frame import card, title_line
from ui.issue_card import chosen_issue, issue_card, open_clicked
from ui.reads import read_day
from ui.session import chosen_area
from ui.words import in_words

WORDS = {SCORE: N_("得分"), OPEN: N_("未销号"), OVERDUE: N_("超期"), PER_SITE: N_("每点位问题")}
MAP = "figure-map"

day = read_day()
if day.empty:
    title_line(_("问题地图"), day)
    first_steps(day, load_workbooks)
    st.stop()
reference, now = day.reference, day.standing
area, asked = chosen_area(reference), chosen_filters()
told = tuple(asked.items())
issues = day.kept("map issues", lambda: chosen(now.issues, **{**asked, "states": asked["states"] or UNVERIFIED}), told)
areas = day.kept("map areas", lambda: counted(
    now.areas, issues, chosen_sites(day.facts.sites, asked["kinds"], asked["surroundings"])), told)
issue, here = chosen_issue(now.issues), day.kept("map list", lambda: listed(issues, area), area, told)

title_line(_("问题地图"), day, _("○ 未销号　◆ 超期"), schematic_note(reference))
with st.container(horizontal=True, vertical_alignment="center", gap="xsmall", key="filters"):
    value = choice_in_address("by", _("着色"), in_words(WORDS))
    filter_popovers(day, "kind", "category", "state", "severity", "round", "unit", "surroundings")
    clear_link()
    day_slider(day)
left, right = st.columns([11, 10], gap=12)
with left, card("map", "", height=606):
    name = issue.issue if issue else None
    show_figure(day, "map", lambda mode: area_map(
        areas, reference.cells, reference.outline, value, reference.settings.bands, mode, height=548, selected=area,
        marks=issue_marks(issues), issue=name), _("各居民区按{value}着色的示意图").format(value=_(WORDS[value])),
        value, area, told, name, selection_mode="points", on_select=lambda: open_clicked(MAP))
    outside_map(areas, reference)
with right, card("area", "", height=606):
    if issue:
        issue_card(issue, day, read_photos)
    else:
        area_panel(day, area, here, told)
if not here.empty:
    issue_list(day, area, here, told)
