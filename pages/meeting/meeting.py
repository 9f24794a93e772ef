"""会议汇报: one thought a screen for the projector, from what was decided last time to what is decided today."""

import streamlit as st

from charts.map import SCORE as BY_SCORE
from charts.map import area_map
from charts.marks import issue_marks
from charts.theme import enlarged
from charts.trends import score_trend
from loaders import load_workbooks
from readiness.language import _
from readiness.model import UNVERIFIED
from ui.first import first_steps
from ui.frame import title_line
from ui.meeting_page import screen, show_screen, turner
from ui.meeting_screens import PLACES, SCORE
from ui.reads import Day, read_day

LARGE = 1.6  # times the size that a chart has on the other pages


def _map(day: Day, mode: str):
    now, reference = day.standing, day.reference
    return area_map(now.areas, reference.cells, reference.outline, BY_SCORE, reference.settings.bands, mode, height=400,
                    marks=issue_marks(now.issues[now.issues["status"].isin(UNVERIFIED)]))


FIGURES = {
    SCORE: lambda day, mode: enlarged(score_trend(day.scores, day.reference.settings.target, mode, height=280), LARGE),
    PLACES: lambda day, mode: enlarged(_map(day, mode), LARGE),
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
