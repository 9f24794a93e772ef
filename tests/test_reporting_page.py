"""The board and the forms of 数据上报 run from the door; the figure's frame by hand."""

from __future__ import annotations

import json

import pandas as pd
from test_pages import GUANGSHUI, INTAKE, SHUIDIAN, fine, opened, shown, small, url  # noqa: F401 - fixtures

from charts.reporting import reporting_figure, reporting_grid


def figure(app) -> dict:
    return json.loads(app.get("plotly_chart")[0].proto.spec)


def test_the_board_says_how_many_have_reported_and_who_has_not(small):  # noqa: F811
    app = fine(opened(INTAKE))
    labels = [button.label for button in app.button]
    assert "本周（10月26日–11月1日）已报 0 / 25" in labels
    assert "上周（10月19日–10月25日）已报 1 / 25" in labels  # one failing check of 广水 on Sunday
    assert "都还没报。" in shown(app)
    assert "还没报：水电、汶一、" in shown(app)


def test_the_board_of_another_day_is_that_of_its_week(small):  # noqa: F811
    labels = [button.label for button in fine(opened(INTAKE, day="2026-10-10")).button]
    assert "本周（10月5日–10月11日）已报 2 / 25" in labels


def test_the_number_of_a_week_opens_as_many_rows(small):  # noqa: F811
    app = fine(opened(INTAKE).button(key="week-2026-10-19").click().run())
    rows = next(table.value for table in app.dataframe if "what" in table.value)
    assert rows[["area", "what", "workbook", "cell"]].to_numpy().tolist() == [["广水", "检查", "示例.xlsx", "检查!A5"]]
    assert "共 1 条，其中检查 1 条。" in [caption.value for caption in app.caption]


def test_forms_are_offered_also_before_there_is_any_data(url):  # noqa: F811
    app = fine(opened(INTAKE))
    assert [button.label for button in app.get("download_button")] == ["问题台账", "检查表", "点位台账", "巡查记录"]
    assert "谁报了" not in shown(app)


BOARD = pd.DataFrame({
    "area_code": [GUANGSHUI, GUANGSHUI, SHUIDIAN, SHUIDIAN],
    "week": pd.to_datetime(["2026-10-19", "2026-10-26"] * 2), "reported": [True, False, False, True],
    "checks": [12, 0, 0, 0]})


def test_every_cell_says_its_checks_or_that_nothing_came():
    grid = reporting_grid(BOARD)
    assert grid[["x", "y", "word", "standing"]].to_numpy().tolist() == [
        [0, 1, "12", "reported"], [0, 0, "未报", "not yet"], [1, 1, "未报", "missed"], [1, 0, "✓", "reported"]]


def test_a_cell_of_the_figure_answers_with_its_area_and_week():
    last = pd.Series(pd.to_datetime(["2026-10-25", None]), index=[GUANGSHUI, SHUIDIAN])
    drawn = reporting_figure(BOARD, last, {GUANGSHUI: "广水", SHUIDIAN: "水电"}, "light")
    marks = drawn.data[1]
    assert [list(one[:2]) for one in marks.customdata] == [
        [GUANGSHUI, "2026-10-19"], [GUANGSHUI, "2026-10-26"], [SHUIDIAN, "2026-10-19"], [SHUIDIAN, "2026-10-26"]]
    words = [note.text for note in drawn.layout.annotations]
    assert {"广水", "水电", "10/26–11/1", "最近上报", "10/25", "—"} <= set(words)
    assert drawn.layout.height == 24 + 25 * 3
