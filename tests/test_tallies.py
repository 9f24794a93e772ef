"""Numbers that books state of their own rows: read from the book, kept with it, and held against its rows."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime

import pytest
from batches import LI
from openpyxl import Workbook

from loaders import load_workbooks
from readiness.facts import place_facts
from readiness.integrity.finding import Evidence
from readiness.integrity.tallies import totals_against_rows
from readiness.reference import load_reference
from readiness.standing import standing
from store import load_snapshot, open_store, save_upload, undo_upload

REFERENCE = load_reference()
NOW = datetime(2026, 10, 26, 4, tzinfo=UTC)
HEADING = ["序号", "居民区", "具体位置", "存在问题", "发现时间", "整改情况"]
PROBLEMS = [  # 凉一: two of three put right; 凉二: one of one
    [1, "凉一", "3号楼道", "楼道堆物", "2026-10-10", "已整改"],
    [2, "凉一", "5号楼道", "飞线充电", "2026-10-10", "已销号"],
    [3, "凉一", "门口", "垃圾桶满溢", "2026-10-11", "未整改"],
    [4, "凉二", "花坛", "绿化带有垃圾", "2026-10-11", "已整改"]]
LEDGER = [["问题整改台账"], HEADING, *PROBLEMS]
SUMMARY = ["居民区", "发现问题数", "已整改", "未整改", "整改率"]


def read(**sheets):
    """The batch of a book with these sheets, each a list of rows."""
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    content = io.BytesIO()
    book.save(content)
    return next(load_workbooks([("台账.xlsx", content.getvalue())], REFERENCE))


def stated(**sheets) -> list[tuple]:
    """cell, area (its last two digits), measure and value of each number that the book states."""
    return [(tally["cell"], (tally["area_code"] or "")[-2:], tally["measure"], tally["value"])
            for table in read(**sheets).tables for tally in table.tallies]


def evidence(engine) -> Evidence:
    snapshot = load_snapshot(engine)
    facts = place_facts(snapshot, REFERENCE)
    return Evidence(snapshot, facts, REFERENCE, standing(facts, REFERENCE, date(2026, 10, 26)))


def found(tmp_path, undone=False, **sheets) -> list[tuple]:
    """sheet, row, text and count of each contradiction of the book once it is in the database."""
    engine = open_store(f"sqlite:///{tmp_path / 'a.sqlite'}")
    saved = save_upload(engine, read(**sheets), LI, NOW)
    if undone:
        undo_upload(engine, saved.upload_id, LI, NOW)
    rows = totals_against_rows(evidence(engine))
    return list(rows[["sheet", "row", "text", "count"]].itertuples(index=False, name=None))


@pytest.mark.parametrize("total", [["合计", "4处"], ["合计：4处"]])
def test_a_bare_total_below_a_ledger_is_the_number_of_its_problems(total):
    assert [tally[2:] for tally in stated(台账=[*LEDGER, total])] == [("found", 4.0)]


def test_a_row_of_totals_in_words_is_read():
    rows = [*LEDGER, ["合计：共发现问题5个，已整改3个，未整改1个，整改率75%"]]
    assert stated(台账=rows) == [("A7", "", "found", 5.0), ("A7", "", "fixed", 3.0), ("A7", "", "unfixed", 1.0),
                               ("A7", "", "rate", 75.0)]


@pytest.mark.parametrize(("share", "value"), [(0.9375, 93.75), ("93.75%", 93.75), (93.75, 93.75), (1, 100.0)])
def test_a_sheet_of_counts_is_read_by_area(share, value):
    rows = [["各居民区整改情况汇总"], SUMMARY, ["凉一", 3, 2, 1, share], ["凉八", 9, 9, 0, 1], ["合计", 4, 3, 1, "75%"]]
    assert stated(台账=LEDGER, 汇总=rows) == [
        ("B3", "15", "found", 3.0), ("C3", "15", "fixed", 2.0), ("D3", "15", "unfixed", 1.0),
        ("E3", "15", "rate", value),
        ("B5", "", "found", 4.0), ("C5", "", "fixed", 3.0), ("D5", "", "unfixed", 1.0), ("E5", "", "rate", 75.0)]


def test_the_contract_of_the_rows_stays():
    ledger, summary = read(台账=[*LEDGER, ["合计：共发现问题5个"]], 汇总=[SUMMARY, ["凉一", 3, 2, 1, "67%"]]).tables
    assert (ledger.ignored, len(ledger.records)) == (((1, "title"), (7, "total")), 4)
    assert (summary.kind, summary.records, summary.ignored) == (None, (), ())


def test_what_agrees_is_no_finding(tmp_path):
    summary = [SUMMARY, ["凉一", 3, 2, 1, "66.7%"], ["凉二", 1, 1, 0, "100%"], ["合计", 4, 3, 1, "75%"]]
    assert found(tmp_path, 台账=[*LEDGER, ["合计：共发现问题4个，已整改3个，未整改1个"]], 汇总=summary) == []


def test_the_one_wrong_number_of_a_summary_is_found(tmp_path):
    summary = [SUMMARY, ["凉一", 3, 3, 0, "66.7%"], ["凉二", 1, 1, 0, "100%"], ["合计", 4, 3, 1, "75%"]]
    assert found(tmp_path, 台账=LEDGER, 汇总=summary) == [
        ("汇总", 2, "已整改：写的是 3，明细是 2", 1.0), ("汇总", 2, "未整改：写的是 0，明细是 1", -1.0)]


def test_a_total_is_of_the_table_above_it(tmp_path):
    week = [*LEDGER, ["合计：共发现问题6个"], [], ["第二周问题整改台账"], HEADING, PROBLEMS[3], ["合计：共发现问题1个"]]
    assert found(tmp_path, 台账=week) == [("台账", 7, "问题数：写的是 6，明细是 4", 2.0)]


def test_an_undone_book_contradicts_nothing(tmp_path):
    assert found(tmp_path, undone=True, 台账=[*LEDGER, ["合计：共发现问题6个"]]) == []


def test_a_rate_may_count_the_verified_alone_and_is_rounded(tmp_path):
    assert found(tmp_path, 台账=LEDGER, 汇总=[SUMMARY, ["合计", None, None, None, "25%"]]) == []
    assert found(tmp_path, 台账=[*LEDGER, ["备注：整改率90%"]]) == [
        ("台账", 7, "整改率（%）：写的是 90，明细是 75", 15.0)]


def test_rows_that_were_not_loaded_can_explain_a_difference(tmp_path):
    broken = [5, "凉二", "花坛", "长椅损坏", "2026-13-40", "未整改"]
    assert found(tmp_path, 台账=[*LEDGER, broken, ["合计：共发现问题5个，未整改2个"]]) == []
    assert found(tmp_path, 台账=[*LEDGER, broken, ["合计：共发现问题7个"]]) == [
        ("台账", 8, "问题数：写的是 7，明细是 4", 3.0)]


def test_what_the_rows_do_not_say_contradicts_nothing(tmp_path):
    without_states = [row[:-1] for row in LEDGER]
    assert found(tmp_path, 台账=[*without_states, ["合计：共发现问题4个，已整改4个"]]) == []
    checks = [["检查表"], ["点位名称", "居民区", "测评项目", "结果"], ["小区", "凉一", "楼道无堆物", "√"]]
    assert found(tmp_path, 检查=checks, 汇总=[SUMMARY, ["凉一", 3, 2, 1, "67%"]]) == []


def test_the_sums_of_patrols(tmp_path):
    rows = [["巡查记录"], ["居民区", "日期", "活动内容", "志愿者人数", "时长", "发现问题数", "解决问题数"],
            ["凉一", "2026-10-12", "巡查", 5, 2, 3, 2], ["凉二", "2026-10-12", "巡查", 6, 1.5, 4, 4],
            ["合计", None, None, 11, 4, 7, 6]]
    assert found(tmp_path, 巡查=rows) == [("巡查", 5, "小时：写的是 4，明细是 3.5", 0.5)]
