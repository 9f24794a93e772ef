"""会议汇报: one thought a screen for the projector, from what was decided last time to what is decided today."""

import streamlit as st

from charts.map import OPEN, area_map
from charts.theme import enlarged
from charts.trends import score_trend
from loaders import load_workbooks
from readiness.language import _
from reports.content import report_of
from reports.kinds import BY_ENDING
from ui.first import first_steps
from ui.frame import title_line
from ui.meeting_page import DECIDING, screen, show_screen, turner
from ui.meeting_screens import PLACES, SCORE
from ui.reads import Day, read_day
from ui.takeaway import takeaway_card

LARGE, MAP = 1.5, 1.4  # times the size that a chart has on the other pages; a map fits a screen of 768 lines


def _map(day: Day, mode: str):
    reference = day.reference
    return area_map(day.standing.areas, reference.cells, reference.outline, OPEN, reference.settings.bands, mode,
                    height=420)


FIGURES = {
    SCORE: lambda day, mode: enlarged(score_trend(day.scores, day.reference.settings.target, mode, height=300), LARGE),
    PLACES: lambda day, mode: enlarged(_map(day, mode), MAP),
}

day = read_day()
line, turns = st.columns([2, 1], vertical_alignment="center")
with line:
    title_line(_("会议汇报"), day)
if day.empty:
    first_steps(day, load_workbooks)
    st.stop()
with turns:
    turner()
show_screen(day, screen(), FIGURES)
if screen() == DECIDING:
    takeaway_card(day, report_of, BY_ENDING)
