"""任务督办: what meetings decided, who does it by when; the next meeting opens with what the last one decided."""

import streamlit as st

from readiness.language import _
from reports.content import report_of
from reports.kinds import BY_ENDING
from ui.deciding import deciding_card
from ui.decisions import decisions_note, decisions_of_day, meeting_agenda
from ui.frame import title_line
from ui.reads import read_day
from ui.takeaway import takeaway_card

day = read_day()
decisions = decisions_of_day(day)
title_line(_("任务督办"), day, decisions_note(decisions))
left, right = st.columns([11, 6], gap=12)
with left:
    meeting_agenda(day, decisions)
with right:
    deciding_card(day)
    takeaway_card(day, report_of, BY_ENDING)
