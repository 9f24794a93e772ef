"""居民区: one area on one page: its score, where its points go, its issues, sites, gaps and uploads."""

import streamlit as st

from charts.bars import REST, loss_bars_by, shown_keys
from loaders import load_workbooks
from ui.area_page import (
    BY,
    area_headline,
    losing_issues,
    loss_rows,
    no_losses,
    pick_area,
    red_line_note,
    uploads_of,
    view_of,
)
from ui.area_tables import AREA_ISSUES, lower_cards
from ui.areas import area_name
from ui.first import first_steps
from ui.frame import card, card_title, compared, title_line
from ui.opening import issues_panel
from ui.reads import read_day
from ui.rows import open_figure

TALL = 410

day = read_day()
if day.empty:
    title_line("居民区", day)
    first_steps(day, load_workbooks)
    st.stop()
line, field = st.columns([6, 1], vertical_alignment="center")
with field:
    code = pick_area(day)
view, before = view_of(day, code), view_of(day.before, code)
name = area_name(code, day.reference)
with line:
    title_line("居民区", day, compared(day.compared), red_line_note(view))

area_headline(view, before, day)
left, right = st.columns([7, 10], gap=12)
with left, card("losses", "", height=496):
    with st.container(horizontal=True, vertical_alignment="center"):
        card_title("失分在哪里", "分")
        by = st.segmented_control("失分", list(BY.values()), default=BY["item"], required=True, key="by",
                                  bind="query-params", label_visibility="collapsed", width="content")
    column = next(each for each, word in BY.items() if word == by)
    rows = day.kept("area losses", lambda: loss_rows(view.losses, column, day.reference), code, column)
    shown = shown_keys(rows, TALL)
    open_figure(day, "area-losses", lambda mode: loss_bars_by(
        rows, mode, TALL, no_losses(view)),
        f"{name}的失分{by}", lambda mark: (f"{name}：失分的问题", losing_issues(
            view, column, shown if mark[0] == REST else [mark[0]], mark[0] == REST)), code, by)
with right, card("area-issues", "未销号的问题", "先超期、再按影响；影响＝本居民区失分；点一条看它的来历", height=496):
    issues_panel(day, "area-issues", view.issues, AREA_ISSUES, 444, code)
lower_cards(day, view, uploads_of(day, code), name)
