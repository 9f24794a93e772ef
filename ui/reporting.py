"""The board of 数据上报: who has reported this week, who has not, and eight weeks of it; each number opens its rows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from readiness.language import N_, _, n_
from readiness.model import CHECKLIST, LEDGER, PATROLS
from readiness.reporting import UPLOAD, last_days, monday, not_reported, reports_in, reports_until, weekly_board
from readiness.sources import sources
from ui.figures import show_figure
from ui.frame import card
from ui.reads import Day
from ui.session import turn_of, turned
from ui.words import MISSING, day_format, day_text, in_words

WHAT = {CHECKLIST: N_("检查"), LEDGER: N_("台账问题"), PATROLS: N_("巡查·志愿服务"), UPLOAD: N_("上报工作簿")}
NOTE = N_("自己的检查、巡查、台账和上报都算；模拟测评、专项等别人来查的不算")
THIS_WEEK = N_("本周（{week}）已报 {reported} / {of}")
LAST_WEEK = N_("上周（{week}）已报 {reported} / {of}")
FIGURE = "reporting"
Draw = Callable[[pd.DataFrame, pd.Series, dict[str, str], str], Any]


def reporting_card(day: Day, draw: Draw) -> None:
    """The board of the ranked areas up to the day, while there is any data. draw: charts.reporting."""
    if day.empty:
        return
    reports, board, last = day.kept("reporting", lambda: _board(day))
    names, week = day.reference.area_names(), monday(day.as_of)
    with card("reporting", _("谁报了，谁还没报"), _(NOTE)):
        for word, start in ((THIS_WEEK, week), (LAST_WEEK, week - timedelta(days=7))):
            _week_line(word, start, reports, board, day)
        turn = turn_of(FIGURE)
        event = show_figure(day, FIGURE, lambda mode: draw(board, last, names, mode), _("各居民区近八周的上报情况"),
                            turn=turn, on_select="rerun", selection_mode="points")
    points = event["selection"]["points"] if event else []
    if points:
        code, start = points[0]["customdata"][:2]
        week = week_text(date.fromisoformat(start))
        _open(_("{area}：{week}的上报").format(area=names[code], week=week),
              reports_in(reports, date.fromisoformat(start), code), day)


def _board(day: Day) -> tuple[pd.DataFrame, pd.DataFrame, pd.Series]:
    areas = day.reference.areas
    ranked = areas.loc[areas["ranked"].astype(bool), "code"].tolist()
    reports = reports_until(day.facts, day.as_of)
    reports = reports[reports["area_code"].isin(ranked)].reset_index(drop=True)
    return reports, weekly_board(reports, ranked, day.as_of), last_days(reports, ranked)


def _week_line(word: str, start: date, reports: pd.DataFrame, board: pd.DataFrame, day: Day) -> None:
    """One week in a line: a button with how many have reported, which opens their reports, and who has not."""
    missing, of = day.kept("not reported", lambda: (not_reported(board, start), board["area_code"].nunique()), start)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        told = _(word).format(week=week_text(start), reported=of - len(missing), of=of)
        if st.button(told, type="tertiary", key=f"week-{start}", icon=":material/chevron_right:",
                     icon_position="right"):
            _open(_("{week}的上报").format(week=week_text(start)), reports_in(reports, start), day)
        st.html(f'<div class="quiet">{missing_text(missing, of, day.reference.area_names())}</div>', width="stretch")


def missing_text(missing: list[str], of: int, names: dict[str, str]) -> str:
    """Who has not reported, in words.

    >>> names = {"1": "广水", "2": "水电"}
    >>> missing_text([], 2, names), missing_text(["2"], 2, names), missing_text(["1", "2"], 2, names)
    ('都报了。', '还没报：水电', '都还没报。')
    """
    if len(missing) in (0, of):
        return _("都还没报。") if missing else _("都报了。")
    return _("还没报：{areas}").format(areas=_("、").join(escape(names[code]) for code in missing))


def week_text(start: date) -> str:
    """A week by its first and last day.

    >>> week_text(date(2026, 10, 26))
    '10月26日–11月1日'
    """
    return f"{day_text(start)}–{day_text(start + timedelta(days=6))}"


def _open(title: str, reports: pd.DataFrame, day: Day) -> None:
    st.dialog(title, width="large", on_dismiss=lambda: turned(FIGURE))(_rows)(reports, day)


def _rows(reports: pd.DataFrame, day: Day) -> None:
    checks = (reports["what"] == CHECKLIST).sum()
    st.caption(n_("共 {n} 条，其中检查 {checks} 条。", len(reports), checks=checks))
    if reports.empty:
        return
    config = st.column_config
    shown = report_rows(reports, day)
    st.dataframe(shown, hide_index=True, row_height=30, height=min(520, 36 + 30 * len(shown)), placeholder=MISSING,
                 key="report-rows", alt=_("这些上报的每一条"), column_config={
                     "on": config.DateColumn(_("日期"), format=day_format(), width=80),
                     "area": config.TextColumn(_("居民区"), width=80), "what": config.TextColumn(_("内容"), width=120),
                     "workbook": config.TextColumn(_("工作簿"), width=280),
                     "cell": config.TextColumn(_("单元格"), width=130)})


def report_rows(reports: pd.DataFrame, day: Day) -> pd.DataFrame:
    """The reports in the words of the screen, the newest first: on, area, what, workbook, cell."""
    rows = sources(reports, day.snapshot.uploads)
    rows = rows.assign(area=rows["area_code"].map(day.reference.area_names()), what=rows["what"].map(in_words(WHAT)),
                       cell=rows["cell"].where(rows["row"].notna()))
    return rows[["on", "area", "what", "workbook", "cell"]][::-1].reset_index(drop=True)
