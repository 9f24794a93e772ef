"""趋势: is it getting better, is it worked off, will it be done before the window."""

import streamlit as st

from charts.trends import burn_down, coverage_trend, opened_closed, score_trend, whole_weeks
from loaders import load_workbooks
from ui.areas import choose_areas
from ui.figures import show_figure
from ui.first import first_steps
from ui.frame import card, card_title, title_line
from ui.headline import window_note
from ui.reads import WEEKS, read_day

day = read_day()
if day.empty:
    title_line("趋势", day)
    first_steps(day, load_workbooks)
    st.stop()
settings, scores, weeks, remaining = day.reference.settings, day.scores, day.weeks, day.burn_down

title_line("趋势", day, f"近 {WEEKS} 周", window_note(settings, day.as_of))
with card("score", ""):
    with st.container(horizontal=True, vertical_alignment="center"):
        card_title("街道准备度得分", "每天；检查覆盖率不到下限的日子不评分")
        chosen = choose_areas(day.reference)
    show_figure(day, "score-large", lambda mode: score_trend(
        scores, settings.target, mode, 314, day.area_scores if chosen else None, chosen),
        "街道准备度每天的得分和目标", chosen)
flow, remain, known = st.columns(3, gap=12)
with flow, card("flow", "每周新增与解决", "条，整周；解决＝台账销号或复查转合格"):
    show_figure(day, "flow-large", lambda mode: opened_closed(whole_weeks(weeks, day.as_of), mode, height=260),
                "每周新增和解决的条数")
with remain, card("burn-down", "未销号问题", "条；虚线＝窗口前清零所需进度"):
    show_figure(day, "burn-down", lambda mode: burn_down(
        remaining, settings.window_first, settings.window_last, mode, height=260), "未销号问题的条数和迎检窗口")
with known, card("coverage", "检查覆盖率", "每天；低于下限不评分"):
    show_figure(day, "coverage", lambda mode: coverage_trend(scores, settings.minimum_coverage, mode, height=260),
                "检查覆盖率走势")
