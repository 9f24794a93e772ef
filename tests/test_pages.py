"""Every page run from the door on a real small store, then clicked: its numbers are those of the standing."""

from __future__ import annotations

import hashlib
import io
import json
import logging
import re
from datetime import UTC, date, datetime
from pathlib import Path

import openpyxl
import pytest
from batches import LI
from streamlit.testing.v1 import AppTest

from readiness.facts import place_facts
from readiness.model import CHECKLIST, LEDGER, SITES, Batch, Table
from readiness.reference import Settings, WindowStatus, load_reference, window_status
from readiness.standing import Standing, standing
from store import load_snapshot, open_store, save_upload
from ui.headline import countdown, window_note

ROOT = Path(__file__).resolve().parent.parent
DOOR = ROOT / "dashboard.py"
OVERVIEW, MAP, TRENDS, INTAKE = ("pages/meeting/overview.py", "pages/meeting/map.py", "pages/meeting/trends.py",
                                 "pages/office/intake.py")
PAGES = {OVERVIEW: "总览", MAP: "问题地图", TRENDS: "趋势", INTAKE: "数据上报"}
GUANGSHUI, SHUIDIAN, SUBDISTRICT = "310109016001", "310109016002", "310109016000"
NOON = datetime(2026, 10, 25, 4, 0, tzinfo=UTC)
AS_OF = date(2026, 10, 26)  # the day after the newest demonstration fact
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture
def url(tmp_path, monkeypatch) -> str:
    """The address of a database that has never held anything; the dashboard uses it."""
    address = f"sqlite:///{(tmp_path / 'small.sqlite').as_posix()}"
    monkeypatch.setenv("READINESS_DATABASE_URL", address)
    return address


@pytest.fixture
def small(url) -> str:
    """The same with one demonstration book: two areas, seven checks, five ledger rows."""
    save_upload(open_store(url), book(), LI, NOON)
    return url


def book() -> Batch:
    reference = load_reference()
    items = reference.items[reference.items["kind"] == "residential"]["text"].tolist()
    sites = [{"row": row, "area_code": code, "name": name, "site_kind": "residential"}
             for row, (code, name) in enumerate([(GUANGSHUI, "广水小区"), (SHUIDIAN, "水电小区")], 2)]
    results = [(GUANGSHUI, "广水小区", item, "fail" if item == 1 else "pass") for item in (0, 1, 4, 5)]
    results += [(SHUIDIAN, "水电小区", item, "pass") for item in (0, 1, 4)]
    checks = [{"row": row, "area_code": code, "site": site, "site_kind": "residential", "indicator": items[item],
               "result": result, "checked_on": "2026-10-25" if result == "fail" else "2026-10-10"}
              for row, (code, site, item, result) in enumerate(results, 4)]
    tables = (Table("点位", SITES, (1,), tuple(sites)), Table("检查", CHECKLIST, (3,), tuple(checks)),
              Table("台账", LEDGER, (2,), tuple(ledger())))
    content = b"small"
    return Batch("示例.xlsx", hashlib.sha256(content).hexdigest(), content, None, tables, demo=True)


def ledger() -> list[dict]:
    """Two overdue (one by 16 days, one by 2), one waiting for its re-check, two verified in the last seven days."""
    row = {"area_code": GUANGSHUI, "site": "广水小区", "found_on": "2026-10-02", "status": "open"}
    closed = {"status": "verified", "verified_on": "2026-10-24"}
    return [
        {**row, "row": 3, "description": "5号楼道堆放杂物", "due_on": "2026-10-10", "responsible_person": "张三"},
        {**row, "row": 4, "description": "<b>墙面</b>有小广告", "due_on": "2026-10-24", "status": "fixing"},
        {**row, "row": 5, "description": "绿化带有烟头", "status": "fixed", "fixed_on": "2026-10-20"},
        {**row, "row": 6, "description": "窨井盖破损", **closed},
        {**row, "row": 7, "description": "晾晒衣物", "area_code": SHUIDIAN, "site": "水电小区", **closed},
    ]


def truth(url: str) -> Standing:
    """What is true on the day that the pages show, computed without them."""
    reference = load_reference()
    return standing(place_facts(load_snapshot(open_store(url)), reference), reference, AS_OF)


def workbook(*rows: tuple) -> bytes:
    book = openpyxl.Workbook()
    for row in [("问题整改台账",), ("序号", "居民区", "点位", "问题描述", "发现时间", "整改期限", "完成情况"), *rows]:
        book.active.append(row)
    book.active.title = "台账"
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def opened(page: str = OVERVIEW, **query: str) -> AppTest:
    app = AppTest.from_file(DOOR, default_timeout=60)
    app.session_state["user"] = LI
    for name, value in query.items():
        app.query_params[name] = value
    return (app if page == OVERVIEW else app.switch_page(page)).run()


def shown(app: AppTest) -> str:
    """All of our own HTML on the page, without style sheet and scripts."""
    return "\n".join(body for each in app.get("html")
                     if not (body := each.proto.body).lstrip().startswith(("<style", "<script")))


def chart_words(app: AppTest) -> list[str]:
    return [note["text"] for chart in app.get("plotly_chart")
            for note in json.loads(chart.proto.spec)["layout"].get("annotations", [])]


def fine(app: AppTest) -> AppTest:
    assert not app.exception
    assert not app.error, [error.value for error in app.error]
    return app


@pytest.mark.parametrize("page", PAGES)
def test_an_empty_database_shows_three_steps_and_the_demonstration_button(url, page):
    app = fine(opened(page))
    assert f"<b>{PAGES[page]}</b>" in shown(app)
    assert "还没有数据" in shown(app)
    assert shown(app).count("<li>") == 3
    assert app.button(key="load-demo").label == "载入示例数据"
    assert "数据截至" not in shown(app)
    assert not app.get("plotly_chart")


@pytest.mark.parametrize("page", PAGES)
def test_every_page_runs_and_says_its_name_its_day_and_that_the_data_are_an_example(small, page):
    app = fine(opened(page))
    line = next(body for body in shown(app).splitlines() if "title-line" in body)
    assert f"<b>{PAGES[page]}</b>" in line
    assert '<span class="demo">示例数据</span>' in line
    assert "数据截至 2026年10月26日" in line


def test_the_headline_shows_the_numbers_of_the_standing(small):
    app, now = fine(opened()), truth(small).subdistrict
    assert (now.open, now.overdue, now.verified) == (4, 2, 2)  # three ledger rows and the failing check
    cards = {metric.label: metric.value for metric in app.metric}
    assert cards == {"未销号": "4", "超期": "2", "本周销号": "2", "整改率": "40.0%",
                     "检查覆盖率": f"{now.coverage:.0%}"}
    assert f'<div class="big">{now.score:.1f}<i>分</i></div>' in shown(app)
    assert '<div class="big">27<i>天</i></div>' in shown(app)
    assert f"差 {90 - now.score:.1f}" in shown(app)
    assert "对比 10月19日（7 天前）" in shown(app)


def test_the_headline_compares_with_the_day_a_week_earlier(small):
    changes = {metric.label: metric.delta for metric in opened().metric}
    assert changes["未销号"] == "-1"  # five ledger rows were open then; two of them were verified, a check failed since
    assert changes["超期"] == "1"
    assert changes["本周销号"] == "2"


def test_ranking_heat_table_and_map_show_each_areas_score(small):
    words = chart_words(opened())
    areas = truth(small).areas.set_index("area_code")
    for code in (GUANGSHUI, SHUIDIAN):
        score = areas.loc[code, "score"]
        assert f"<b>{score:.1f}</b>" in words
        assert f"<b>{areas.loc[code, 'short_name']}</b><br>{score:.1f}" in words
        assert f"{score:.0f}" in words
    assert words.count("资料不足") == 23


def test_changes_losses_and_longest_overdue_are_those_of_the_standing(small):
    app, now = fine(opened()), truth(small)
    assert "超期 2 条，与 10月19日相比多 1 条" in shown(app)
    assert "<b>广水</b><span>5号楼道堆放杂物</span><b class=\"down\">16 天</b>" in shown(app)
    assert f"{now.losses['loss'].max():.2f}" in chart_words(app)


def test_words_of_a_workbook_are_text_on_the_page_and_never_markup(small):
    assert "&lt;b&gt;墙面&lt;/b&gt;有小广告" in shown(opened())


def test_the_map_shows_one_areas_open_issues_beside_it(small):
    app = fine(opened(MAP, area=GUANGSHUI))
    short, long = (table.value for table in app.dataframe)
    assert short["description"].tolist()[:2] == ["5号楼道堆放杂物", "<b>墙面</b>有小广告"]
    assert short["overdue_days"].tolist()[:2] == [16, 2]
    assert [list(state) for state in short["status"]][:3] == [["待整改"], ["整改中"], ["待复核"]]
    assert len(short) == len(long) == 4
    assert "<b>广水</b>" in shown(app)
    assert "示意图，非实际边界；轮廓 © OpenStreetMap contributors" in shown(app)


def test_the_map_remembers_the_area_and_forgets_it_on_request(small):
    app = fine(opened(MAP, area=SHUIDIAN))
    assert "没有未销号的问题。" in shown(app)
    assert not app.dataframe
    app = fine(app.switch_page(TRENDS).run().switch_page(MAP).run())
    assert "<b>水电</b>" in shown(app)
    app = fine(next(button for button in app.button if button.label == "看全街道").click().run())
    assert "<b>全街道</b>" in shown(app)
    assert "area" not in app.query_params


def test_an_area_that_is_none_of_ours_is_not_shown(small):
    assert "<b>全街道</b>" in shown(fine(opened(MAP, area="999")))


def test_the_map_counts_open_or_overdue_issues_in_place_of_the_score(small):
    app = fine(opened(MAP).segmented_control(key="by").set_value("open").run())
    assert "<b>广水</b><br>4" in chart_words(app)
    app = fine(app.segmented_control(key="by").set_value("overdue").run())
    assert "<b>广水</b><br>2" in chart_words(app)
    assert "<b>水电</b><br>0" in chart_words(app)


def test_what_the_map_does_not_draw_is_listed_under_it_and_can_be_chosen(small):
    app = fine(opened(MAP).button(key=f"area-{SUBDISTRICT}").click().run())
    assert "<b>街道直管</b>" in shown(app)
    assert app.query_params["area"] == SUBDISTRICT


def test_the_trends_end_with_the_standings_score_and_open_issues(small):
    app, now = fine(opened(TRENDS)), truth(small).subdistrict
    words = chart_words(app)
    assert f"<b>{now.score:.1f}</b> 得分" in words
    assert "<b>4</b> 条" in words
    assert f"<b>{now.coverage:.0%}</b> 覆盖" in words
    assert "窗口前清零：<br>每天净销 1 条" in words
    assert "距迎检 27 天（11月22日–12月5日）" in shown(app)


def test_areas_chosen_on_the_trends_get_a_line_each(small):
    app = fine(opened(TRENDS).multiselect(key="compare").set_value([GUANGSHUI]).run())
    score = truth(small).areas.set_index("area_code").loc[GUANGSHUI, "score"]
    assert f"<b>{score:.1f}</b> 广水" in chart_words(app)
    assert f"<b>{truth(small).subdistrict.score:.1f}</b> 街道" in chart_words(app)


@pytest.mark.parametrize(("day", "words", "note"), [
    (date(2026, 11, 21), '<div class="big">1<i>天</i></div>', "距迎检 1 天（11月22日–12月5日）"),
    (date(2026, 12, 5), '<div class="big">14<i>天</i></div>', "迎检窗口第 14 天（11月22日–12月5日）"),
    (date(2026, 12, 6), '<div class="big word">窗口已过</div>', "窗口已过（11月22日–12月5日）"),
])
def test_the_countdown_before_in_and_after_the_window(day, words, note):
    settings = Settings((), 90, 0.2, 30, date(2026, 11, 22), date(2026, 12, 5))
    assert words in countdown(settings, day)
    assert window_note(settings, day) == note
    assert isinstance(window_status(settings, day), WindowStatus)


def test_an_upload_shows_every_problem_with_its_cell_and_changes_nothing_before_it_is_committed(small):
    before = truth(small).subdistrict
    app = dropped(opened(INTAKE), ("广水台账.xlsx", workbook(
        (1, "广水", "广水小区", "门口积水", "2026-10-20", "2026-10-22", "未整改"),
        (2, "广water", "广水小区", "门口积水", "2026-10-20", "2026-10-22", "未整改"),
        (3, "广水", "广水小区", "路灯不亮", "2026-02-30", "2026-10-22", "未整改"))))
    page = shown(app)
    assert "1 个文件，1 条记录，2 处问题" in page
    assert "台账!B4：“广water”不是本街道的居民区。" in page
    assert "台账!E5：“2026-02-30”这一天不存在。" in page
    assert "“台账”问题台账：表头第 2 行，1 条，2 行有问题。" in page
    assert truth(small).subdistrict == before


def test_a_commit_changes_the_numbers_everywhere_and_undo_brings_them_back(small):
    before = truth(small).subdistrict
    app = dropped(opened(INTAKE), ("广水台账.xlsx", workbook(
        (1, "广水", "广水小区", "门口积水", "2026-10-20", "2026-10-22", "未整改"))))
    app = fine(app.button(key="commit").click().run())
    assert "“广水台账.xlsx”已提交：1 条记录。" in shown(app)
    history = app.dataframe[0].value
    assert history.iloc[0][["upload_id", "file", "who", "records", "state"]].tolist() == [
        "u0002", "广水台账.xlsx", "李四", 1, "有效"]
    after = truth(small).subdistrict
    assert (after.open, after.overdue) == (5, 3)
    app = fine(app.switch_page(OVERVIEW).run())
    assert {metric.label: metric.value for metric in app.metric}["未销号"] == "5"

    app = fine(app.switch_page(INTAKE).run())
    app.session_state[app.dataframe[0].key] = {"selection": {"rows": [], "columns": [], "cells": [[0, "file"]]}}
    app = fine(app.run().button(key="undo").click().run())
    assert "已撤销 u0002“广水台账.xlsx”" in shown(app)
    assert app.dataframe[0].value["state"].str[:3].tolist() == ["已撤销", "有效"]
    assert truth(small).subdistrict == before
    assert {metric.label: metric.value for metric in app.switch_page(OVERVIEW).run().metric}["未销号"] == "4"


def test_the_same_book_again_is_a_no_op_that_says_so(small):
    book = ("广水台账.xlsx", workbook((1, "广水", "广水小区", "门口积水", "2026-10-20", "2026-10-22", "未整改")))
    app = dropped(opened(INTAKE), book).button(key="commit").click().run()
    app = fine(dropped(app, book).button(key="commit").click().run())
    assert "“广水台账.xlsx”和已有的上报 u0002 内容相同，没有重复计入。" in shown(app)
    assert len(app.dataframe[0].value) == 2


def test_more_files_join_those_that_wait_and_the_same_one_stands_once(small):
    first = ("一.xlsx", workbook((1, "广水", "广水小区", "门口积水", "2026-10-20", "2026-10-22", "未整改")))
    second = ("二.xlsx", workbook((1, "水电", "水电小区", "路灯不亮", "2026-10-20", "2026-10-22", "未整改")))
    app = dropped(dropped(dropped(opened(INTAKE), first), second), first)
    assert "2 个文件，2 条记录，0 处问题" in shown(app)
    app = fine(app.button(key="commit").click().run())
    assert "“一.xlsx”已提交：1 条记录。" in shown(app)
    assert "“二.xlsx”已提交：1 条记录。" in shown(app)


def test_a_dropped_preview_leaves_nothing_behind(small):
    app = dropped(opened(INTAKE), ("广水台账.xlsx", workbook((1, "广水", "3号", "门口积水", "2026-10-20", "", ""))))
    app = fine(app.button(key="drop").click().run())
    assert "核对" not in shown(app)
    assert len(app.dataframe[0].value) == 1


def test_files_that_cannot_be_read_get_a_sentence_each_and_the_good_one_stays(small):
    app = dropped(opened(INTAKE), ("空.xlsx", b""), ("断.xlsx", workbook()[:400]), ("好.xlsx", workbook(
        (1, "水电", "水电小区", "门口积水", "2026-10-20", "2026-10-22", "未整改"))))
    assert "文件是空的" in shown(app)
    assert "文件不完整或已损坏" in shown(app)
    assert app.button(key="commit").label == "提交 1 个文件"
    assert "“好.xlsx”已提交：1 条记录。" in shown(fine(app.button(key="commit").click().run()))


def test_the_demonstration_books_go_with_one_click_and_a_confirmation(small):
    app = fine(opened(INTAKE).button(key="remove-demo").click().run())
    app = fine(app.button(key="confirm-remove-demo").click().run())
    assert "已移除 1 个示例工作簿。" in shown(app)
    assert "还没有数据" in shown(app)
    assert '<span class="demo">' not in shown(app)
    assert "还没有数据" in shown(app.switch_page(OVERVIEW).run())


def test_a_refusal_of_ours_stands_on_the_page_as_it_is(monkeypatch):
    monkeypatch.setenv("READINESS_DATABASE_URL", "no address")
    sentences = [error.value for error in opened().error]
    assert sentences == ["“no address”不是数据库地址，请写成 sqlite:///文件路径 这样的地址。"]


def test_anything_else_is_in_the_log_under_the_number_on_the_page(small, monkeypatch, caplog):
    monkeypatch.setattr("ui.reads.data_version", lambda engine: 1 / 0)
    with caplog.at_level(logging.ERROR, "readiness.pages"):
        app = opened()
    (said,) = [error.value for error in app.error]
    number = re.fullmatch(r"页面出错，编号 ([0-9a-f]{8})，请告知办公室管理员。", said)[1]
    assert number in caplog.text
    assert "ZeroDivisionError" in caplog.text


@pytest.mark.parametrize("page", sorted((ROOT / "pages").rglob("*.py")), ids=lambda path: path.stem)
def test_pages_are_thin(page):
    text = page.read_text(encoding="utf-8")
    assert page.parent.parent == ROOT / "pages"
    assert len(text.splitlines()) < 60
    assert not re.search(r"groupby|\bplotly\.|import plotly|\bpandas\b", text)


def dropped(app: AppTest, *files: tuple[str, bytes]) -> AppTest:
    """The intake page after files were put into its uploader and read."""
    uploader = next(each for each in app.get("file_uploader"))
    return fine(uploader.set_value([(name, content, XLSX) for name, content in files]).run())
