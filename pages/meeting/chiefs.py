"""责任网格: who answers for which sites, how the issues there stand, where nobody does, and who follows whom."""

import streamlit as st

from loaders import load_workbooks
from readiness.language import _
from ui.chief_gaps import gap_lines
from ui.chiefs_page import (
    ISSUES,
    chief_headline,
    chiefs_table,
    person_issues,
    pick_person,
    sites_table,
)
from ui.first import first_steps
from ui.frame import card, title_line
from ui.handovers import handover_form, handover_list
from ui.opening import issues_panel
from ui.reads import read_day

TALL, WHOLE, HALF = 444, 496, 242

day = read_day()
if day.empty:
    title_line(_("责任网格"), day)
    first_steps(day, load_workbooks)
    st.stop()
line, form, field = st.columns([10, 1.4, 2.4], vertical_alignment="center")
with field:
    person = pick_person(day)
with form:
    handover_form(day, person)
with line:
    title_line(_("责任网格"), day)

chief_headline(day, person)
left, right = st.columns([12, 7] if person is None else [1, 1], gap=12)
if person is None:
    with left, card("chiefs", _("各负责人"), _("先超期、再未销号多的；点姓名看这个人，点数字看问题"), height=WHOLE):
        chiefs_table(day, TALL)
    with right:
        with card("gaps", _("空缺和疑问"), _("点一行看是哪些"), height=HALF):
            gap_lines(day)
        with card("handovers", _("交接"), _("点一行可以撤回"), height=HALF):
            handover_list(day, 150)
else:
    with left, card("chief-sites", _("负责的点位"), _("点数字看问题"), height=WHOLE):
        sites_table(day, person, TALL)
    with right, card("chief-issues", _("未销号的问题"), _("点一条看它的来历"), height=WHOLE):
        issues_panel(day, "chief-issues", person_issues(day, person), ISSUES, TALL, person)
