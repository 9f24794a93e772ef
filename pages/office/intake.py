"""数据上报: workbooks in, what was understood of them, commit or not, undo, history."""

import streamlit as st

from loaders import load_workbooks
from ui.first import first_steps
from ui.frame import title_line
from ui.intake import choose_files, demonstration, history, review
from ui.reads import read_day

day = read_day()
title_line("数据上报", day)
with st.container(width=1100, key="intake"):
    choose_files(day, load_workbooks)
    review(day)
    if day.empty:
        first_steps(day, load_workbooks)
    history(day)
    demonstration(day)
