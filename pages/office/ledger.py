"""问题台账: every issue, filtered, searched and sorted; a row opens with its source; what is shown goes out as xlsx."""

import streamlit as st

from loaders import load_workbooks, read_photos, read_row
from readiness.language import _
from reports.content import report_of
from reports.evidence import evidence
from reports.ledger import issues_workbook
from ui.bulk import bulk_bar, bulk_switch, undo_bar
from ui.conflicts import conflict_dialog
from ui.filters import clear_link, filter_popovers
from ui.first import first_steps
from ui.frame import card, quiet, title_line
from ui.ledger import (
    area_popover,
    asked_issues,
    choosing_table,
    export_button,
    ledger_note,
    ledger_table,
    search_field,
)
from ui.reads import read_day
from ui.session import AREA, ISSUE
from ui.source import open_asked_issue
from ui.takeaway import evidence_button

day = read_day()
if day.empty:
    title_line(_("问题台账"), day)
    first_steps(day, load_workbooks)
    st.stop()
issues = asked_issues(day)

title_line(_("问题台账"), day, ledger_note(issues))
with st.container(horizontal=True, vertical_alignment="center", gap="small", key="filters"):
    area_popover(day)
    filter_popovers(day, "kind", "category", "state", "round", "unit", "surroundings", "origin")
    search_field()
    clear_link(also=(AREA,))
    st.space("stretch")
    bulk = bulk_switch(day)
    export_button(issues, day, issues_workbook)
with card("ledger", ""):
    undo_bar(day)
    if issues.empty:
        quiet(_("没有符合条件的问题。"))
    elif bulk:
        bar, chosen = st.container(), choosing_table(issues, day)
        with bar:
            bulk_bar(chosen, day)
    else:
        ledger_table(issues, day)
if ISSUE in st.query_params:
    open_asked_issue(day, read_row, read_photos, lambda issue: evidence_button(
        day, report_of, evidence, issue.area_code, issue.issue, "tertiary"))
else:
    conflict_dialog(day)
