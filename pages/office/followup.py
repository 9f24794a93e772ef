"""督办: what is due or overdue, who is to be told, and the 督办单 for an area or a responsible unit."""

import streamlit as st

from loaders import load_workbooks
from readiness.language import _
from reports.order_document import order_document
from reports.orders import order_workbook
from ui.first import first_steps
from ui.followup_page import followup_notes, stage_cards, stage_table
from ui.frame import card, title_line
from ui.orders import order_buttons
from ui.reads import read_day

TALL = 440
WRITERS = {"xlsx": order_workbook, "docx": order_document}

day = read_day()
if day.empty:
    title_line(_("督办"), day)
    first_steps(day, load_workbooks)
    st.stop()

title_line(_("督办"), day, *followup_notes(day))
stage_cards(day)
left, right = st.columns(2, gap=12)
with left, card("followup-areas", _("各居民区"), _("先超期多的；点数字看问题")):
    order_buttons(day, "area_code", _("居民区"), WRITERS)
    stage_table(day, "followup-areas", "area_code", _("居民区"), TALL)
with right, card("followup-units", _("各责任单位"), _("先超期多的；点数字看问题")):
    order_buttons(day, "unit", _("责任单位"), WRITERS)
    stage_table(day, "followup-units", "unit", _("责任单位"), TALL)
