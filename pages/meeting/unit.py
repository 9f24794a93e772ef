"""责任单位: who has to put right what: open, overdue, how much is done, how long it takes."""

import streamlit as st

from charts.bars import REST, shown_keys, spread, unit_bars
from loaders import load_workbooks, read_photos
from readiness.language import _
from ui.first import first_steps
from ui.frame import card, compared, title_line
from ui.opening import issues_panel
from ui.reads import read_day
from ui.rows import open_figure
from ui.unit_page import (
    FEWEST,
    bar_rows,
    issue_columns,
    issues_of,
    issues_title,
    pick_unit,
    rest_behind,
    rows_behind,
    spread_rows,
    timed_of,
    unit_headline,
    unit_table,
    units_table,
)

TALL = 444

day = read_day()
if day.empty:
    title_line(_("责任单位"), day)
    first_steps(day, load_workbooks)
    st.stop()
timed, table = timed_of(day), unit_table(day)
line, field = st.columns([6, 1], vertical_alignment="center")
with field:
    unit = pick_unit(table)
with line:
    title_line(_("责任单位"), day, compared(day.compared, day.as_of))

unit_headline(day, unit, table)
bars, times = bar_rows(table), day.kept("spread of units", lambda: spread_rows(table, timed))
left, right = st.columns([7, 10], gap=12)
with left, card("unit-bars", _("未销号和超期"), _("条；未写明单位的不在图中"), height=496):
    open_figure(day, "unit-bars", lambda mode: unit_bars(bars, mode, TALL, unit), _("各责任单位未销号和超期的条数"),
                lambda mark: rest_behind(timed, bars, shown_keys(bars, TALL), mark[2]) if mark[0] == REST
                else rows_behind(timed, *mark[1::-1], mark[2]), unit)
with right, card("units", _("各责任单位"), _("先超期、再未销号多的；点名称看这个单位，点数字看问题"), height=496):
    units_table(day, table, TALL)
left, right = st.columns([7, 10], gap=12)
with left, card("unit-days", _("从发现到销号的天数"),
                _("点＝中位，线＝中间一半；不到 {fewest} 件的不画").format(fewest=FEWEST), height=496):
    open_figure(day, "unit-days", lambda mode: spread(times, mode, TALL, _("还没有写明发现和销号日期的问题。"), unit),
                _("各责任单位从发现到销号的天数"), lambda mark: rows_behind(timed, mark[1], mark[0], "median"), unit)
with right, card("unit-issues", issues_title(unit), _("先超期、再按影响；点一条看它的来历"), height=496):
    issues_panel(day, "unit-issues", issues_of(timed, unit), issue_columns(unit), TALL, read_photos, unit)
