"""数据体检: what in the books makes one doubt them, why it matters and what to do; each finding with its rows."""

import streamlit as st

from loaders import load_workbooks
from readiness.language import _
from ui.first import first_steps
from ui.frame import title_line
from ui.integrity import checks_card, findings_of_day, integrity_note
from ui.reads import read_day

day = read_day()
if day.empty:
    title_line(_("数据体检"), day)
    first_steps(day, load_workbooks)
    st.stop()
findings = findings_of_day(day)
title_line(_("数据体检"), day, integrity_note(findings))
checks_card(day, findings)
