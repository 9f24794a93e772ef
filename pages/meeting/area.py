"""居民区: one area on one page: its score, where its points go, its issues, sites, gaps and uploads."""

import streamlit as st

from charts.bars import REST, loss_bars_by, shown_keys
from loaders import load_workbooks, read_photos
from readiness.language import _
from reports.content import report_of
from reports.evidence import evidence
from ui import area_page as page
from ui.area_tables import AREA_ISSUES, lower_cards
from ui.areas import area_name
from ui.filters import choice_in_address
from ui.first import first_steps
from ui.frame import card, card_title, compared, title_line
from ui.opening import issues_panel
from ui.reads import read_day
from ui.rows import open_figure
from ui.takeaway import evidence_button
from ui.words import in_words

TALL = 410

day = read_day()
if day.empty:
    title_line(_("居民区"), day)
    first_steps(day, load_workbooks)
    st.stop()
line, pack, field = st.columns([11, 2, 2], vertical_alignment="center")
with field:
    code = page.pick_area(day)
view, before = page.view_of(day, code), page.view_of(day.before, code)
name = area_name(code, day.reference)
with line:
    title_line(_("居民区"), day, compared(day.compared, day.as_of), page.red_line_note(view))
with pack, st.container(horizontal_alignment="right"):
    evidence_button(day, report_of, evidence, code)

page.area_headline(view, before, day)
left, right = st.columns([7, 10], gap=12)
with left, card("losses", "", height=496):
    with st.container(horizontal=True, vertical_alignment="center"):
        card_title(_("失分在哪里"), _("分"))
        by = choice_in_address("by", _("失分"), in_words(page.BY))
    column = {"site": "site_id"}.get(by, by)
    rows = day.kept("area losses", lambda: page.loss_rows(view.losses, column, day.reference), code, column)
    shown = shown_keys(rows, TALL)
    open_figure(day, "area-losses", lambda mode: loss_bars_by(
        rows, mode, TALL, page.no_losses(view)),
        _("{area}的失分{by}").format(area=name, by=_(page.BY[by])), lambda mark: (
            _("{name}：失分的问题").format(name=name), page.losing_issues(
                view, column, shown if mark[0] == REST else [mark[0]], mark[0] == REST)), code, by)
with right, card("area-issues", _("未销号的问题"), _("先超期、再按影响；影响＝本居民区失分；点一条看它的来历"),
                 height=496):
    issues_panel(day, "area-issues", view.issues, AREA_ISSUES, 444, read_photos, code)
lower_cards(day, view, page.uploads_of(day, code), name)
