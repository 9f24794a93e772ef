"""趋势: is it getting better, is it worked off, will it be done before the window, and what keeps coming."""

import streamlit as st

from charts.bars import spread
from charts.pareto import pareto_bars
from charts.trends import burn_down, coverage_trend, open_trend, opened_closed, score_trend, whole_weeks
from loaders import load_workbooks
from readiness.language import _, n_
from ui import trends_page as page
from ui.first import first_steps
from ui.frame import card, card_title, title_line
from ui.headline import window_note
from ui.marks import coverage_of, losses_of, open_of, week_of
from ui.reads import WEEKS, read_day
from ui.rows import open_figure
from ui.split import UNITS, choose_split

day = read_day()
if day.empty:
    title_line(_("趋势"), day)
    first_steps(day, load_workbooks)
    st.stop()
settings, scores = day.reference.settings, day.scores
title_line(_("趋势"), day, n_("近 {n} 周", WEEKS), window_note(settings, day.as_of))
with card("score", ""):
    with st.container(horizontal=True, vertical_alignment="center", key="split-line"):
        heading = st.container()
        split = choose_split(day)
    moves, closed, chosen = page.moves_of(day, split), page.closed_issues(day, split), split.chosen
    opened, units = page.opened_in(day, split, moves), split.by == UNITS
    with heading:
        card_title(*page.large_title(units))
    open_figure(day, "score-large", lambda mode: open_trend(page.open_by_unit(day, split), chosen, mode, page.TALL)
                if units else score_trend(scores, settings.target, mode, page.TALL, page.lines_of(day, split), chosen),
                _("每天的未销号问题") if units else _("街道准备度每天的得分和目标"),
                open_of(day, split.of_mark) if units else losses_of(day, split.column), split.by, chosen)
flow, remain, known = st.columns(3, gap=12)
with flow, card("flow", _("每周新增与解决"), split.whose + _("条，整周；点一周看是哪些")):
    open_figure(day, "flow-large", lambda mode: opened_closed(whole_weeks(
        page.weeks_of(day, split, moves), day.as_of), mode, height=page.SHORT), _("每周新增和解决的条数"),
        week_of(moves), split.by, chosen)
with remain, card("burn-down", _("未销号问题"), split.whose + _("条；虚线＝窗口前清零所需进度")):
    open_figure(day, "burn-down", lambda mode: burn_down(
        page.open_days_of(day, split, moves), settings.window_first, settings.window_last, mode, height=page.SHORT),
        _("未销号问题的条数和迎检窗口"), open_of(day, lambda rows, mark: split.of_issues(rows)), split.by, chosen)
with known, card("coverage", _("检查覆盖率"), _("全街道，每天；低于下限不评分")):
    open_figure(day, "coverage", lambda mode: coverage_trend(scores, settings.minimum_coverage, mode, page.SHORT),
                _("检查覆盖率走势"), coverage_of(day))
kinds, items, time = st.columns(3, gap=12)
with kinds, card("categories", _("新增最多的类别"), split.whose + page.few_note(page.categories(day, split, opened))):
    open_figure(day, "categories", lambda mode: pareto_bars(page.categories(day, split, opened), mode, page.SHORT),
                _("各类别新增问题的条数"), page.of_category(opened), split.by, chosen)
with items, card("items", _("新增最多的测评项目"), split.whose + page.few_note(page.items(day, split, opened))):
    open_figure(day, "items", lambda mode: pareto_bars(page.items(day, split, opened), mode, page.SHORT),
                _("各测评项目新增问题的条数"), page.of_item(opened), split.by, chosen)
with time, card("times", _("发现到销号的用时"), page.times_note(day, split, closed)):
    open_figure(day, "times", lambda mode: spread(page.times(closed, day, split), mode, page.SHORT, _(page.UNTIMED)),
                _("各{part}从发现到销号的天数").format(part=split.word), page.of_time(closed, split), split.by, chosen)
