"""What a person answers is read as if the book had said it: names, headings, a year and single cells."""

from __future__ import annotations

import hashlib
import io

import openpyxl

from loaders import load_workbooks
from loaders.book import read_book
from loaders.vocabulary import vocabulary_of
from readiness.answers import Answers
from readiness.model import Batch
from readiness.reference import load_reference

GUANGSHUI = "310109016001"
HEADING = ("序号", "居民区", "点位", "问题描述", "发现时间", "完成情况", "督办要点")
FIRST = (1, "广water", "广水小区", "门口积水", "2026-10-20", "未整改", "限三天")


def book(*rows: tuple, heading: tuple = HEADING) -> bytes:
    written = openpyxl.Workbook()
    written.active.title = "台账"
    for row in [("问题整改台账",), heading, *rows]:
        written.active.append(row)
    content = io.BytesIO()
    written.save(content)
    return content.getvalue()


def read(content: bytes, answers: Answers | None = None, file: str = "台账.xlsx") -> Batch:
    vocabulary, digest = vocabulary_of(load_reference(), answers), hashlib.sha256(content).hexdigest()
    said = answers or Answers()
    cells = [(*cell, text) for cell, text in said.corrections.get(digest, {}).items()]
    return read_book(file, content, vocabulary, said.years.get(digest), cells)


def problems(batch: Batch) -> list[tuple[str, str]]:
    return [(problem.code, problem.cell) for table in batch.tables for problem in table.rejected]


def records(batch: Batch) -> list[dict]:
    return [dict(record) for table in batch.tables for record in table.records]


def test_a_name_settled_once_is_an_alias_in_every_book():
    answers = Answers().with_area(" 广ＷＡＴＥＲ", GUANGSHUI)
    assert problems(read(book(FIRST))) == [("area_unknown", "B3")]
    (record,) = records(read(book(FIRST), answers))
    assert record["area_code"] == GUANGSHUI


def test_a_heading_settled_by_hand_means_that_field_or_none():
    row = ("", "广水", *FIRST[2:])
    assert read(book(row)).tables[0].columns["督办要点"] == ""
    assert "note" not in records(read(book(row)))[0]
    as_note = read(book(row), Answers().with_column("督办要点", "note"))
    assert as_note.tables[0].columns["督办要点"] == "note"
    assert records(as_note)[0]["note"] == "限三天"
    unread = read(book(row), Answers().with_column("完成 情况", ""))
    assert unread.tables[0].columns["完成情况"] == ""
    assert unread.tables[0].columns["发现时间"] == "found_on"
    assert as_note.corrections == {"columns": {"督办要点": "note"}}


def test_a_field_chosen_by_hand_is_read_from_that_column_alone():
    heading = ("序号", "居民区", "点位", "问题描述", "发现时间", "完成情况", "登记日")
    row = (1, "广水", "广水小区", "门口积水", "2026-10-20", "未整改", "2026-10-18")
    answers = Answers().with_column("登记日", "found_on")
    assert records(read(book(row, heading=heading)))[0]["found_on"] == "2026-10-20"
    assert records(read(book(row, heading=heading), answers))[0]["found_on"] == "2026-10-18"


def test_a_year_said_once_settles_the_book_and_no_other():
    content = book((1, "广水", "广水小区", "门口积水", "10月20日", "未整改", ""),
                   (2, "广水", "广水小区", "路灯不亮", "10月21日", "未整改", ""))
    answers = Answers().with_year(hashlib.sha256(content).hexdigest(), 2026)
    assert problems(read(content)) == [("no_year", "E3"), ("no_year", "E4")]
    settled = read(content, answers)
    assert [record["found_on"] for record in records(settled)] == ["2026-10-20", "2026-10-21"]
    assert settled.corrections == {"year": 2026}
    other = book((1, "广水", "广水小区", "垃圾满溢", "10月22日", "未整改", ""))
    assert problems(read(other, answers)) == [("no_year", "E3")]


def test_a_year_that_the_book_gives_is_kept():
    content = book((1, "广水", "广水小区", "门口积水", "10月20日", "未整改", ""))
    answers = Answers().with_year(hashlib.sha256(content).hexdigest(), 2026)
    assert records(read(content, answers, "2025年台账.xlsx"))[0]["found_on"] == "2025-10-20"


def test_a_corrected_cell_is_read_as_if_it_had_been_written_so():
    wrong = book((1, "广水", "广水小区", "门口积水", "2026-02-30", "未整改", ""))
    right = book((1, "广水", "广水小区", "门口积水", "2026-02-28", "未整改", ""))
    answers = Answers().with_cells(hashlib.sha256(wrong).hexdigest(), {("台账", "E3"): "2026-02-28"})
    (batch,) = load_workbooks([("台账.xlsx", wrong)], load_reference(), answers)
    assert problems(read(wrong)) == [("no_such_day", "E3")]
    assert batch.content == wrong
    assert batch.tables == read(right).tables
    assert batch.corrections == {"cells": [["台账", "E3", "2026-02-28"]]}


def test_a_cell_beyond_the_end_of_its_row_can_be_filled():
    content = book((1, "广水", "广水小区"))
    answers = Answers().with_cells(hashlib.sha256(content).hexdigest(), {("台账", "D3"): "门口积水"})
    assert [record["description"] for record in records(read(content, answers))] == ["门口积水"]


def test_where_each_column_stands_is_told():
    assert read(book(FIRST)).tables[0].letters == dict(zip(HEADING, "ABCDEFG", strict=True))


def test_later_answers_win_over_remembered_ones():
    remembered = Answers().with_area("东区", "1").with_area("西区", "2").with_year("a", 2025)
    now = Answers().with_area("东区", "3").with_cells("b", {("台账", "A1"): "x"}).over(remembered)
    assert dict(now.areas) == {"东区": "3", "西区": "2"}
    assert (dict(now.years), len(now)) == ({}, 3)
