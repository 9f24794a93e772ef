"""问题台账 as a workbook, read back: by a second library cell by cell, and by our own intake."""

from __future__ import annotations

import io
from datetime import date, datetime

import openpyxl
import pandas as pd
import pytest
from batches import NOON, WANG, step

from loaders.book import read_book
from loaders.vocabulary import vocabulary_of
from readiness.facts import place_facts
from readiness.model import FROM_CHECK, FROM_LEDGER, LEDGER
from readiness.reference import load_reference
from readiness.standing import standing
from readiness.table_words import ORIGIN_WORDS
from reports.ledger import WIDTHS, issues_workbook, ledger_workbook
from store import load_snapshot, open_store, save_upload

NOTES = ("数据截至 2026年10月26日", "检查覆盖率 71%", "标准 0123456789ab")
ROWS = pd.DataFrame({
    "序号": [1, 2], "居民区": ["广水", "水电"], "点位": ["广水小区", None], "问题描述": ["楼道堆物", "=1+1"],
    "完成情况": ["待整改", "已销号"], "发现时间": pd.to_datetime(["2026-10-02", None]),
    "整改期限": pd.to_datetime(["2026-10-10", "2026-10-11"]), "超期天数": pd.array([16, None], dtype="Int64"),
    "影响（分）": [0.1234, float("nan")], "责任人": ["张三", None]})


def sheet_of(content):
    return openpyxl.load_workbook(io.BytesIO(content)).active


def export(rows=ROWS, demo=False):
    return ledger_workbook(rows, "凉城新村街道问题台账", NOTES, demo)


def test_every_row_is_there_as_text_numbers_and_days():
    sheet = sheet_of(export())
    assert [cell.value for cell in sheet[3]] == list(ROWS)
    assert [cell.value for cell in sheet[4]] == [
        1, "广水", "广水小区", "楼道堆物", "待整改", datetime(2026, 10, 2), datetime(2026, 10, 10), 16, 0.1234, "张三"]
    assert [cell.value for cell in sheet[5]] == [
        2, "水电", None, "=1+1", "已销号", None, datetime(2026, 10, 11), None, None, None]
    assert sheet.max_row == 5
    assert (sheet["F4"].number_format, sheet["I4"].number_format) == ("yyyy-mm-dd", "0.00")


def test_title_says_what_it_is_and_of_which_day_coverage_and_standard():
    sheet = sheet_of(export())
    assert sheet["A1"].value == "凉城新村街道问题台账"
    assert sheet["A2"].value == "数据截至 2026年10月26日　检查覆盖率 71%　标准 0123456789ab"
    assert sheet.oddFooter.center.text == f"{sheet['A2'].value}　第 &P 页"  # of each printed page


def test_a_long_note_is_cut_in_the_footer_which_excel_limits():
    sheet = sheet_of(ledger_workbook(ROWS, "台账", [*NOTES, "查找：" + "&" * 300], False))
    assert sheet["A2"].value.endswith("&" * 300)
    assert 0 < len(sheet.oddFooter.center.text) <= 240 and sheet.oddFooter.center.text.endswith("第 &P 页")


def test_demonstration_data_are_marked_on_the_page_and_in_the_file():
    book = openpyxl.load_workbook(io.BytesIO(export(demo=True)))
    assert book.active["A1"].value == "凉城新村街道问题台账（示例数据）"
    assert book.properties.keywords == "示例数据"
    assert openpyxl.load_workbook(io.BytesIO(export())).properties.keywords is None


def test_the_heading_is_frozen_and_filters_all_rows_and_every_column_has_its_width():
    sheet = sheet_of(export())
    assert sheet.freeze_panes == "C4"
    assert sheet.auto_filter.ref == "A3:J5"
    assert [sheet.column_dimensions[letter].width for letter in "ABCDEFGHIJ"] == [WIDTHS[name] for name in ROWS]
    assert sheet.print_title_rows == "$3:$3"


@pytest.mark.parametrize("text", ["=1+1", "=cmd|' /C calc'!A0", "+86 21 6588", "-3 号楼", "@SUM(A1)", "\t=1", "#N/A"])
def test_no_text_of_a_workbook_becomes_a_formula(text):
    cell = sheet_of(export(ROWS.assign(问题描述=text)))["D4"]
    assert (cell.value, cell.data_type) == (text, "s")
    assert cell.quotePrefix == (text != "#N/A")


def test_what_a_workbook_cannot_hold_is_left_out():
    assert sheet_of(export(ROWS.assign(问题描述="楼道\x00堆\x1f物")))["D4"].value == "楼道堆物"


def test_an_empty_table_is_a_workbook_with_a_heading():
    sheet = sheet_of(export(ROWS.iloc[:0]))
    assert (sheet.max_row, sheet.auto_filter.ref) == (3, "A3:J3")


def test_columns_stand_in_the_agreed_order_and_others_are_left_out():
    shuffled = ROWS[[*reversed(ROWS.columns)]].assign(thread="x")
    assert [cell.value for cell in sheet_of(export(shuffled))[3]] == list(ROWS)


def test_sent_back_it_is_the_ledger_that_it_was():
    every = dict.fromkeys(WIDTHS, "某") | {
        "序号": 1, "居民区": "广水", "点位": "广水小区", "点位类型": "居民小区", "问题描述": "楼道堆物",
        "完成情况": "已销号", "检查轮次": "模拟测评", "超期天数": 3, "影响（分）": 0.12, "单元格": "台账!A9",
        "工作簿": "广水台账.xlsx", "出自": ORIGIN_WORDS[FROM_LEDGER],
        **dict.fromkeys(("发现时间", "整改期限"), pd.Timestamp("2026-10-02")),
        **dict.fromkeys(("整改完成时间", "销号时间"), pd.Timestamp("2026-10-05"))}
    content = export(pd.DataFrame([every]), demo=True)
    batch = read_book("问题台账.xlsx", content, vocabulary_of(load_reference()))
    (table,) = batch.tables
    assert (batch.demo, table.kind, table.rejected) == (True, LEDGER, ())
    (record,) = table.records
    assert {name: value for name, value in record.items() if value is not None and name != "inferred"} == {
        "row": 4, "number": "1", "area_code": "310109016001", "site": "广水小区", "location": "某", "category": "某",
        "indicator": "某", "description": "楼道堆物", "severity": "某", "round": "mock", "found_on": "2026-10-02",
        "due_on": "2026-10-02", "fixed_on": "2026-10-05", "verified_on": "2026-10-05", "status": "verified",
        "responsible_unit": "某", "responsible_person": "某", "measure": "某"}
    assert table.sheet_date == "2026-10-26"


def test_a_row_out_of_checks_is_no_record_when_it_comes_back_unless_somebody_took_it_further():
    states = ["待整改", "已整改", "待整改"]
    content = export(pd.DataFrame({
        "序号": [1, 2, 3], "居民区": "广水", "问题描述": ["楼道堆物", "飞线充电", "乱张贴"], "完成情况": states,
        "出自": [ORIGIN_WORDS[FROM_CHECK], ORIGIN_WORDS[FROM_CHECK], ORIGIN_WORDS[FROM_LEDGER]]}))
    (table,) = read_book("问题台账.xlsx", content, vocabulary_of(load_reference())).tables
    assert [(record["row"], record["description"], record["status"]) for record in table.records] == [
        (5, "飞线充电", "fixed"), (6, "乱张贴", "open")]
    assert (table.ignored, table.rejected) == (((1, "title"), (2, "title"), (4, "from checks")), ())


HARD = """居民区,点位,具体位置,存在问题,发现时间,整改情况,整改完成时间,销号时间
广水,,,楼道堆物,2026-09-01,未整改,,
广水,,,楼道堆物,2026-09-01,已销号,2026-09-03,2026-09-05
广水,,3号楼,楼道堆物,2026-09-01,整改中,,
广水,不在册的小店,,门前堆物,2026-09-02,退回,,
广水,不在册的小店,后门,=1+1,2026-09-02,已整改,,
广水,,校门口,乱停车,,未整改,,
水电,,中心绿地,飞线充电,2026-08-01,已销号,,2026-08-09
水电,,中心绿地,飞线充电,2026-08-20,未整改,,
"""


def test_taken_in_again_hard_rows_change_nothing_on_any_day(tmp_path):
    engine, reference = open_store(f"sqlite:///{tmp_path / 'a.sqlite'}"), load_reference()
    save(engine, "台账（2026年9月20日）.csv", HARD.encode("utf-8-sig"))
    step(engine, "乱停车", "fixing", on=date(2026, 9, 21))
    step(engine, "门前堆物", "excepted", on=date(2026, 9, 21), note="等待签约", until=date(2026, 10, 30))
    days = [date(2026, 8, 15), date(2026, 9, 2), date(2026, 9, 21), date(2026, 10, 1)]
    before, (snapshot, facts) = standings(engine, reference, days), placed(engine, reference)
    content = issues_workbook(standing(facts, reference, days[2]).issues[::-1], facts, snapshot.uploads, reference,
                              "台账", ["数据截至 2026年9月21日"], False)
    save(engine, "台账.xlsx", content)
    assert len(before[-1]) == 8 and before[-1]["duplicate"].sum() == 1
    for earlier, later in zip(before, standings(engine, reference, days), strict=True):
        pd.testing.assert_frame_equal(earlier, later)


def save(engine, name, content) -> None:
    save_upload(engine, read_book(name, content, vocabulary_of(load_reference())), WANG, NOON)


def placed(engine, reference) -> tuple:
    snapshot = load_snapshot(engine)
    return snapshot, place_facts(snapshot, reference)


def standings(engine, reference, days) -> list[pd.DataFrame]:
    """The issues of each day, but for where they stand in which book and which of their days were inferred."""
    _snapshot, facts = placed(engine, reference)
    return [standing(facts, reference, day).issues.drop(columns=["upload_id", "sheet", "row", "inferred", "state_on"])
            for day in days]
