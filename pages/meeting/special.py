"""专项检查: one special inspection: its items at its sites, what fails most, what this round has not reached."""

import streamlit as st

from charts.special import special_matrix
from loaders import load_workbooks
from readiness.language import _, n_
from readiness.special import REACHED, in_blocks
from ui import special_page as page
from ui.first import first_steps
from ui.frame import card, compared, quiet, title_line
from ui.reads import read_day
from ui.rows import open_figure

day = read_day()
if day.empty or day.reference.inspections.empty:
    title_line(_("专项检查"), day)
    if day.empty:
        first_steps(day, load_workbooks)
    else:
        quiet(_("data/standard/inspections.csv 里还没有专项检查，每行写一种。"))
    st.stop()
line, field = st.columns([5, 1], vertical_alignment="center")
with field:
    inspection = page.pick_inspection(day)
view, before = page.view_of(day, inspection), page.view_of(day.before, inspection)
code, kinds, chosen = inspection["inspection"], inspection["kinds"], page.chosen_site(view)
with line:
    title_line(_("专项检查"), day, compared(day.compared, day.as_of),
               page.round_text(view.round, day.reference.settings.round_days))

tall = page.lists_height(view) + 56
page.special_cards(day, view, before)
page.site_card(day, view)
left, right = st.columns([10, 7], gap=12)
with left, card("special-items", n_("{n} 个测评项目", len(view.items)), _("先不符合多的；点数字看是哪些点位"),
                height=tall):
    page.items_table(day, view, code)
with right, card("special-missed", _("本轮未查 {waiting} / {sites} 个点位").format(
        waiting=(view.sites["reached"] != REACHED).sum(), sites=len(view.sites)), _("点一个看它的历史"), height=tall):
    page.missed_table(day, view, code)
with card("special-matrix", _("点位和项目"),
          _("✓ 符合　✗ 不符合　— 不适用　· 未检查；数字＝距今天数；点一格看历次检查")):
    open_figure(day, "special-matrix", lambda mode: special_matrix(
        view.cells, in_blocks(view.sites, kinds), in_blocks(view.items, kinds), mode,
        None if chosen is None else chosen["site_id"]),
        _("各点位各项目的检查结果"), lambda mark: page.mark_behind(day, view, mark), code,
        None if chosen is None else chosen["site_id"])
with card("special-sites", n_("{n} 个点位", len(view.sites)), _("先不符合多的；点名称看它的历史，点数字看项目")):
    page.sites_table(day, view, code)
