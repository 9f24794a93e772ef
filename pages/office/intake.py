"""数据上报: workbooks in, what was understood of them, commit or not; who has reported; forms; undo, history."""

import streamlit as st

from charts.reporting import reporting_figure
from loaders import load_workbooks, make_ready, mark_workbook, marked_name, read_row
from readiness.language import _
from reports.templates import file_name, template
from ui.first import first_steps
from ui.forms import forms_card
from ui.frame import title_line
from ui.history import history
from ui.intake import choose_files, demonstration, review
from ui.memory import memory_card
from ui.reads import read_day
from ui.reporting import reporting_card
from ui.screen_links import screen_links

day = read_day()
title_line(_("数据上报"), day)
with st.container(width=1100, key="intake"):
    choose_files(day, load_workbooks)
    show_change = review(day, load_workbooks, read_row, (mark_workbook, marked_name))
    if day.empty:
        first_steps(day, load_workbooks)
    reporting_card(day, reporting_figure)
    forms_card(day, template, file_name)
    history(day)
    memory_card(day)
    screen_links(day)
    demonstration(day)
    make_ready()
    show_change()
