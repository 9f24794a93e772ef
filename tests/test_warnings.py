"""What a reader is told though all rows were read: sheets written by hand, the warnings worked out by hand."""

from __future__ import annotations

from pathlib import Path

import pytest
from hostile_files import MAIN, TABLE, cell, row, workbook

from loaders.book import read_book
from loaders.formats.reading import read_sheets
from loaders.vocabulary import vocabulary_of
from readiness.messages import WARNING_SENTENCES, reason
from readiness.model import Problem
from readiness.reference import load_reference

BOOKS = Path(__file__).resolve().parent / "books"
STYLES = {"xl/styles.xml": f'<styleSheet xmlns="{MAIN}"><numFmts count="2"><numFmt numFmtId="164" formatCode="0.0%"/>'
                           '<numFmt numFmtId="165" formatCode="0&quot;%&quot;"/></numFmts><cellStyleXfs><xf '
                           'numFmtId="9"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="9"/><xf '
                           'numFmtId="10"/><xf numFmtId="164"/><xf numFmtId="165"/></cellXfs></styleSheet>'}


def told(content: bytes, file: str = "检查.xlsx") -> list[tuple]:
    """Code, cell, value and facts of every warning on a book."""
    batch = read_book(file, content, vocabulary_of(load_reference()))
    assert batch.error is None
    return [(one.code, one.cell, one.value, dict(one.facts)) for one in batch.warnings]


def line(number: int, *cells: str, more: str = "") -> str:
    return f'<row r="{number}"{more}>{"".join(cells)}</row>'


def test_a_quiet_book_has_none():
    assert told(workbook(TABLE)) == []


def test_errors_are_counted_from_the_first_and_read_as_empty():
    errors = '<c r="B3" t="e"><f>A1</f><v>#REF!</v></c>', '<c r="C3" t="e"><v>#N/A</v></c>'
    rows = TABLE + line(3, cell("A3", "广水"), *errors)
    content = workbook(rows)
    assert told(content) == [("errors_in_cells", "B3", "#REF!", {"count": 2})]
    assert read_sheets(content)[0].rows[2] == ["广水", "", ""]


def test_an_error_that_only_new_versions_know_costs_its_cell_alone():
    content = workbook(TABLE + line(3, cell("A3", "广水"), '<c r="B3" t="e"><v>#SPILL!</v></c>', cell("C3", "√")))
    assert told(content) == [("errors_in_cells", "B3", "#SPILL!", {"count": 1})]
    assert read_sheets(content)[0].rows[1:] == [["广水", "楼道堆物", "√"], ["广水", "", "√"]]


def test_a_picture_placed_in_its_cell_is_no_error():
    assert told(workbook(TABLE + line(3, cell("A3", "广水"), '<c r="B3" t="e" vm="1"><v>#VALUE!</v></c>'))) == []


def test_formulas_without_a_result_are_counted_and_an_empty_text_is_a_result():
    rows = TABLE + line(3, cell("A3", "广水"), '<c r="B3"><f>A1</f></c>', '<c r="C3"><f>A1</f><v/></c>')
    rows += line(4, cell("A4", "广水"), '<c r="B4" t="str"><f>A1</f><v></v></c>', '<c r="C4"><f>1+1</f><v>2</v></c>')
    assert told(workbook(rows)) == [("uncached_formula", "B3", None, {"count": 2})]


def test_hidden_rows_and_columns_count_where_something_is_written():
    rows = row(1, "居民区", "测评内容", "结果") + line(
        2, cell("A2", "广水"), cell("B2", "楼道堆物"), cell("C2", "√"), more=' hidden="1"')
    rows += line(9, more=' hidden="1"')
    sheet = (f'<worksheet xmlns="{MAIN}"><cols><col min="2" max="2" hidden="1"/><col min="4" max="16384" hidden="1"/>'
             f'</cols><sheetData>{rows}</sheetData></worksheet>')
    assert told(workbook(sheet=sheet)) == [("hidden_rows", None, None, {"count": 1, "first": 2}),
                                           ("hidden_columns", None, None, {"count": 1, "first": "B"})]


def test_a_hidden_sheet_that_is_read_says_so():
    content = (BOOKS / "问题与检查.xls").read_bytes()
    assert [told for told in told(content, "问题.xls") if told[0] == "hidden_sheet"] == [
        ("hidden_sheet", None, None, {"count": 1})]


def test_numbers_of_more_than_fifteen_digits_are_named():
    rows = TABLE + line(3, cell("A3", "广水"), '<c r="B3"><v>310109199001011234</v></c>', cell("C3", "√"))
    rows += line(4, cell("A4", "广水"), '<c r="B4"><v>123456789012345</v></c>', cell("C4", "√"))
    assert told(workbook(rows)) == [("long_number", "B3", "310109199001011000", {"count": 1})]


def test_bare_formatting_far_below_the_data_is_named():
    bare = [f'<row r="{number}" s="1" customFormat="1"/>' for number in range(3, 1503)]
    assert told(workbook(TABLE + "".join(bare))) == [("trailing_format", None, None, {"count": 1500})]
    assert told(workbook(TABLE + "".join(bare[:500]))) == []


def test_a_sheet_without_a_table_says_nothing_beside_one_with_a_table():
    wrong = line(1, '<c r="A1" t="e"><v>#REF!</v></c>')
    other = f'<worksheet xmlns="{MAIN}"><sheetData>{wrong}</sheetData></worksheet>'
    assert told(workbook(TABLE, sheets=2, **{"xl/worksheets/sheet2.xml": other})) == []
    assert told(workbook(wrong)) == [("errors_in_cells", "A1", "#REF!", {"count": 1})]


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_bytes_of_no_character_are_replaced_and_counted(encoding: str):
    text = ("居民区,测评内容,结果\n" + "广水,无小广告、乱涂写,√\n" * 40).encode(encoding)
    assert told(text, "检查.csv") == []
    assert told(text + b"\xff,\n", "检查.csv") == [("encoding", None, None, {"count": 1})]


def test_errors_in_text_files_and_web_pages_are_empty_too():
    text = "居民区,测评内容,结果\n广水,#REF!,√\n广水,楼道堆物,#N/A\n广水,#1楼堆物,×\n"
    page = "<table>" + "".join(f"<tr><td>{line.replace(',', '<td>')}</tr>" for line in text.splitlines()) + "</table>"
    for content, file in ((text.encode(), "检查.csv"), (page.encode(), "检查.xls")):
        assert told(content, file) == [("errors_in_cells", "B2", "#REF!", {"count": 2})]
        assert [row[1:] for row in read_sheets(content)[0].rows[1:]] == [["", "√"], ["楼道堆物", ""], ["#1楼堆物", "×"]]


def test_pictures_of_a_web_page_are_counted_and_not_fetched():
    page = ("<table><tr><td>居民区<td>测评内容<td>结果<td>照片</tr>"
            '<tr><td>广水<td>楼道堆物<td>√<td><img src="http://127.0.0.1:9/1.jpg"><img src="2.jpg"></tr></table>')
    assert told(page.encode(), "检查.xls") == [("pictures_unseen", None, None, {"count": 2})]


# Percents

def test_percents_are_given_as_the_text_shown():
    rows = line(1, '<c r="A1" s="1"><v>1</v></c>', '<c r="B1" s="1"><v>0.855</v></c>',
                '<c r="C1" s="2"><v>0.855</v></c>', '<c r="D1" s="3"><f>1-0.875</f><v>0.125</v></c>',
                '<c r="E1"><v>1</v></c>', '<c r="F1" s="4"><v>85</v></c>', '<c r="G1" s="1" t="str"><v>1</v></c>',
                '<c r="H1" s="1"/>', '<c r="I1" s="2"><v>1</v></c>')
    sheet, = read_sheets(workbook(rows, **STYLES))
    assert sheet.rows == [["100%", "86%", "85.50%", "12.5%", 1.0, 85.0, "1", "", "100%"]]


def test_a_state_typed_as_a_percent_is_read():
    rows = row(1, "居民区", "存在问题", "整改情况") + line(
        2, cell("A2", "广水"), cell("B2", "楼道堆物"), '<c r="C2" s="1"><v>1</v></c>')
    batch = read_book("台账.xlsx", workbook(rows, **STYLES), vocabulary_of(load_reference()))
    assert [record["status"] for table in batch.tables for record in table.records] == ["fixed"]


def test_a_result_typed_as_a_percent_is_read():
    rows = TABLE + line(3, cell("A3", "广水"), cell("B3", "地面垃圾"), '<c r="C3" s="1"><v>1</v></c>')
    whole = '<c r="B{0}" s="1"><v>1</v></c><c r="C{0}" s="2"><v>1</v></c>'
    wide = row(1, "点位", "楼道堆物", "地面垃圾") + line(2, cell("A2", "甲小区"), whole.format(2)) + line(
        3, cell("A3", "乙小区"), cell("B3", "×"), cell("C3", "√")) + line(4, cell("A4", "丙小区"), whole.format(4))
    for file, content, results in (("检查.xlsx", rows, ["pass", "pass"]),
                                   ("广水检查.xlsx", wide, ["pass", "pass", "fail", "pass", "pass", "pass"])):
        batch = read_book(file, workbook(content, **STYLES), vocabulary_of(load_reference()))
        assert [record["result"] for table in batch.tables for record in table.records] == results


@pytest.mark.parametrize("ending", ["xls", "ods"])
def test_the_same_in_books_that_libreoffice_saved(ending: str):
    content = (BOOKS / f"错误与百分比.{ending}").read_bytes()
    sheet, = read_sheets(content)
    assert [[*cells, ""][:4] for cells in sheet.rows] == [
        ["居民区", "存在问题", "整改情况", "完成率"], ["广水", "楼道堆物", "100%", "85.5%"],
        ["广水", "", "100%", "33.3%"], ["广水", "", "50%", ""]]
    assert told(content, f"台账.{ending}") == [("errors_in_cells", "B3", "#DIV/0!", {"count": 3}),
                                            ("hidden_rows", None, None, {"count": 1, "first": 4}),
                                            ("hidden_columns", None, None, {"count": 1, "first": "D"})]


@pytest.mark.parametrize("code", WARNING_SENTENCES)
def test_every_warning_is_a_sentence(code: str):
    said = reason(Problem(code, "台账", cell="B3", value="#REF!", facts={"count": 3, "first": 2}))
    assert said.endswith("。")
    assert "{" not in said
