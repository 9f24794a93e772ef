"""The way back: a book marked keeps all that it had, shows its problems, and loads once they are corrected."""

from __future__ import annotations

import base64
import io
import re
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from lxml import etree

from loaders import load_workbooks, mark_workbook, marked_name
from loaders.book import read_book
from loaders.marking import marked_book
from loaders.marks.asking import marks_of
from loaders.marks.styles import GROUND
from loaders.vocabulary import vocabulary_of
from readiness.messages import reason
from readiness.model import Problem, ReadinessError
from readiness.reference import load_reference

ROOT = Path(__file__).resolve().parent.parent
REFERENCE = load_reference()
VOCABULARY = vocabulary_of(REFERENCE)
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
REAL = [*sorted((ROOT / "tests" / "books").glob("*.xlsx")), *sorted((ROOT / "data" / "demo").glob("*.xlsx"))[::9]]
NO_DAY = "“2026-02-30”这一天不存在。请写成 2021-02-28 这样的日期"
NO_AREA = "“某村”不是本街道的居民区。请写成居民区的名称或简称"
WRONG = {"found_on": "2026-02-30", "checked_on": "2026-02-30", "date": "2026-02-30", "area_code": "某村",
         "result": "说不清", "status": "说不清", "volunteers": "很多"}
FIELDS = {"检查日期": "checked_on", "检查时间": "checked_on", "发现时间": "found_on", "发现日期": "found_on",
          "日期": "date", "居民区": "area_code", "检查结果": "result", "完成情况": "status"}


DOT = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJg"
                       "gg==")


def read(content: bytes, name: str = "台账.xlsx"):
    batch = read_book(name, content, VOCABULARY)
    assert batch.error is None
    return batch


def marked(content: bytes, name: str = "台账.xlsx") -> bytes:
    return marked_book(content, marks_of(read(content, name)))


def parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def saved(book: openpyxl.Workbook) -> bytes:
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def opened(content: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


def spoiled(content: bytes, name: str) -> tuple[bytes, list]:
    """A real book with a wrong word in every third record of columns that take none, and the words that stood there."""
    book, before = opened(content), []
    for table in read(content, name).tables:
        for label in table.columns:
            column = next((cell.column for row in table.header_rows for cell in book[table.sheet][row]
                           if cell.value == label and FIELDS.get(label) in WRONG), None)
            for record in table.records[1:10:3] if column else ():
                cell = book[table.sheet].cell(record["row"], column)
                if (table.sheet, cell.coordinate) not in [place for place, _ in before] and cell.value is not None:
                    before.append(((table.sheet, cell.coordinate), cell.value))
                    cell.value = WRONG[FIELDS[label]]
    return saved(book), before


@pytest.mark.parametrize("path", REAL, ids=lambda path: path.name)
def test_a_real_book_is_marked_corrected_and_loads_whole(path):
    original, (wrong, before) = path.read_bytes(), spoiled(path.read_bytes(), path.name)
    batch = read(wrong, path.name)
    content = marked(wrong, path.name)
    assert read(content, path.name).tables == batch.tables  # what marking adds says nothing
    book = opened(content)
    for table in batch.tables:
        for problem in table.rejected:
            cell = book[table.sheet][problem.cell]
            assert reason(problem).removesuffix("。") in cell.comment.text
            assert cell.fill.fgColor.rgb == GROUND
    for (sheet, cell), value in before:
        book[sheet][cell].value = value
    assert read(saved(book), path.name).tables == read(saved(opened(original)), path.name).tables


def test_the_real_books_have_something_to_mark():
    assert sum(len(spoiled(path.read_bytes(), path.name)[1]) for path in REAL) > 20


LINES = [
    ["文苑一居民区问题整改台账"],
    ["序号", "点位", "存在问题", "发现时间", "整改情况", "整改照片", "天数"],
    [1, "文一小区", "楼道堆物", "2026-10-01", "整改中", "", ""],
    [2, "文一小区", "飞线充电", "2026-02-30", "说不清", "", ""],
    [3, "文一小区", "乱贴广告", "2026-02-30", "已整改", "", ""],
    [4, "文一小区", "垃圾满溢", "2026-10-04", "待整改", "", ""],
]
WPS_PICTURES = b'<etc:cellImages xmlns:etc="http://www.wps.cn/officeDocument/2017/etCustomData"/>'


def rich_book(autofilter: bool = True, table: bool = False) -> bytes:
    """A ledger with all that an office's program may put in; wrong are date and state of row 4, the date of row 5."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        book.set_properties({"created": datetime(2026, 10, 1, tzinfo=UTC)})
        sheet = book.add_worksheet("台账")
        thin = book.add_format({"border": 1, "num_format": "yyyy-mm-dd", "italic": True})
        for row, values in enumerate(LINES):
            sheet.write_row(row, 0, values, thin)
        sheet.merge_range("A1:G1", LINES[0][0])
        sheet.write_comment("D4", "此日期待核", {"author": "李四"})
        sheet.write_comment("B3", "楼组长在场", {"author": "李四"})
        sheet.write_formula("G3", "=TODAY()-D3", thin, 25)
        sheet.write_formula("F3", '=_xlfn.DISPIMG("ID_1",1)', thin, "=DISPIMG(\"ID_1\",1)")
        sheet.data_validation("E3:E6", {"validate": "list", "source": ["待整改", "整改中", "已整改"]})
        sheet.conditional_format("D3:D6", {"type": "blanks", "format": thin})
        sheet.set_row(5, None, None, {"hidden": True})
        sheet.set_column("G:XFD", 5)
        sheet.insert_image("F4", "1.png", {"image_data": io.BytesIO(DOT)})
        sheet.freeze_panes(2, 0)
        book.define_name("责任人", "=台账!$B$3:$B$6")
        if autofilter:
            sheet.autofilter("A2:G6")
        if table:
            book.add_worksheet("别的").add_table("A1:B3")
            sheet.add_table("J2:K6")
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr("xl/cellimages.xml", WPS_PICTURES)
    return buffer.getvalue()


def test_every_part_that_is_not_added_to_keeps_its_bytes():
    before, after = parts(rich_book()), parts(marked(rich_book()))
    changed = {name for name in before if after[name] != before[name]}
    assert changed == {"xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml", "xl/comments1.xml",
                       "xl/drawings/vmlDrawing1.vml"}
    assert set(after) == set(before)  # comments and their drawing stood there already


def test_what_stood_in_the_sheet_stands_there_as_before():
    before, after = (etree.fromstring(parts(content)["xl/worksheets/sheet1.xml"])
                     for content in (rich_book(), marked(rich_book())))
    cells = {cell.get("r"): cell for cell in after.iter(f"{MAIN}c")}
    styled = []
    for cell in before.iter(f"{MAIN}c"):
        other = cells.pop(cell.get("r"))
        if other.get("s") != cell.get("s"):
            styled.append(cell.get("r"))
            other.set("s", cell.get("s"))
        assert etree.tostring(other, method="c14n") == etree.tostring(cell, method="c14n")
    assert styled == ["D4", "E4", "D5"]
    assert sorted(cells) == ["H2", "H4", "H5"]
    touched = {f"{MAIN}{name}" for name in ("sheetData", "cols", "dimension", "autoFilter")}
    assert [child.tag for child in before] == [child.tag for child in after]
    assert [etree.tostring(child, method="c14n") for child in before if child.tag not in touched] == [
        etree.tostring(child, method="c14n") for child in after if child.tag not in touched]
    assert [(row.get("r"), row.get("hidden")) for row in after.iter(f"{MAIN}row")] == [
        (row.get("r"), row.get("hidden")) for row in before.iter(f"{MAIN}row")]


def test_a_row_that_is_not_marked_keeps_its_bytes():
    before, after = (parts(content)["xl/worksheets/sheet1.xml"] for content in (rich_book(), marked(rich_book())))
    rows = re.findall(rb'<row r="[136]".*?</row>', before)
    assert len(rows) == 3 and all(row in after for row in rows)


def test_pictures_of_all_three_storages_stay_where_they_are():
    path = ROOT / "data" / "demo" / "凉城新村街道问题整改台账（2026年10月25日）.xlsx"
    wrong = Problem("not_a_date", "整改台账", 8, "F8", "found_on", "某日")
    table, counts = read(path.read_bytes(), path.name).tables
    assert table.pictures and counts.kind is None
    place = {"sheet": table.sheet, "headings": [row - 1 for row in table.header_rows], "last": 20,
             "problems": [vars(wrong)]}
    before, content = parts(path.read_bytes()), marked_book(path.read_bytes(), [place])
    assert read(content, path.name).tables == (table, counts)
    changed = {name for name, part in parts(content).items() if name in before and part != before[name]}
    assert {name for name in changed if "/worksheets/" not in name} == {
        "xl/workbook.xml", "xl/styles.xml", "[Content_Types].xml"}


def test_the_column_of_problems_is_headed_filled_and_filtered():
    sheet = opened(marked(rich_book())).active
    state = "“说不清”看不出整改状态。请写成 未整改、整改中、已整改、已销号 或 退回"
    assert [sheet.cell(row, 8).value for row in range(1, 7)] == [
        None, "问题", None, f"{NO_DAY}；{state}。", f"{NO_DAY}。", None]
    assert sheet.auto_filter.ref == "A2:H6"
    assert sheet.column_dimensions["H"].width == 48
    assert sheet.dimensions == "A1:H6"


def test_a_red_cell_keeps_the_rest_of_its_look():
    sheet = opened(marked(rich_book())).active
    cell, plain = sheet["D4"], sheet["D3"]
    assert (cell.fill.fill_type, cell.fill.fgColor.rgb) == ("solid", GROUND)
    assert (cell.number_format, cell.border.left.style, cell.font.italic) == ("yyyy-mm-dd", "thin", True)
    assert plain.fill.fill_type is None


def test_a_comment_of_a_person_stays_and_the_sentence_stands_below():
    sheet = opened(marked(rich_book())).active
    assert sheet["D4"].comment.text == f"此日期待核\n报送核对：{NO_DAY}。"
    assert (sheet["D4"].comment.author, sheet["D5"].comment.author) == ("李四", "报送核对")
    assert sheet["D5"].comment.text == f"{NO_DAY}。"
    assert sheet["B3"].comment.text == "楼组长在场"
    drawing = parts(marked(rich_book()))["xl/drawings/vmlDrawing1.vml"]
    assert drawing.count(b"<v:shape ") == 4  # D4 and B3 as before, D5 and E4
    assert drawing.startswith(parts(rich_book())["xl/drawings/vmlDrawing1.vml"].removesuffix(b"</xml>"))


@pytest.mark.parametrize("autofilter", [True, False])
def test_a_table_has_one_filter_and_one_name_for_it_among_the_names_of_the_book(autofilter):
    content = marked(rich_book(autofilter=autofilter))
    assert opened(content).active.auto_filter.ref == "A2:H6"
    names = etree.fromstring(parts(content)["xl/workbook.xml"]).findall("{*}definedNames/{*}definedName")
    assert {(name.get("name"), name.get("localSheetId"), name.text) for name in names} == {
        ("责任人", None, "台账!$B$3:$B$6"), ("_xlnm._FilterDatabase", "0", "'台账'!$A$2:$H$6")}
    again = marked(content)
    assert parts(again)["xl/workbook.xml"] == parts(content)["xl/workbook.xml"]


def test_the_name_of_a_filter_stands_before_what_follows_it_and_tells_its_own_sheet():
    book = openpyxl.Workbook()
    book.active.title = "说明"
    sheet = book.create_sheet("5月's")
    for row in LINES:
        sheet.append(row)
    root = etree.fromstring(parts(marked(saved(book)))["xl/workbook.xml"])
    assert [etree.QName(child).localname for child in root][-3:] == ["sheets", "definedNames", "calcPr"]
    (name,) = root.find("{*}definedNames")
    assert (name.get("localSheetId"), name.text) == ("1", "'5月''s'!$A$2:$H$6")


def test_a_sheet_with_a_table_of_its_program_gets_no_second_filter():
    sheet = opened(marked(rich_book(autofilter=False, table=True))).active
    assert sheet.auto_filter.ref is None
    assert sheet["L2"].value == "问题"  # right of everything that stands beside


def test_a_book_without_comments_gets_them_and_their_drawing():
    book = openpyxl.Workbook()
    for line in LINES:
        book.active.append(line)
    before, after = parts(saved(book)), parts(marked(saved(book)))
    assert set(after) - set(before) == {"xl/comments1.xml", "xl/drawings/vmlDrawing1.vml",
                                        "xl/worksheets/_rels/sheet1.xml.rels"}
    assert b'Extension="vml"' in after["[Content_Types].xml"]
    assert opened(marked(saved(book))).active["E4"].comment.text.startswith("“说不清”看不出整改状态。")


def test_a_book_marked_again_shows_what_is_still_wrong_and_nothing_else():
    book = opened(marked(rich_book()))
    book.active["D5"].value = "2026-10-03"
    content = marked(saved(book))
    again = opened(content).active
    assert [again.cell(2, column).value for column in (8, 9)] == ["问题", None]
    assert [again.cell(row, 8).value is None for row in (4, 5)] == [False, True]
    assert again["D4"].comment.text == f"此日期待核\n报送核对：{NO_DAY}。"
    assert (again["D5"].comment, again["B3"].comment.text) == (None, "楼组长在场")
    assert {cell.coordinate for row in again for cell in row if cell.fill.fgColor.rgb == GROUND} == {"D4", "E4", "H4"}
    assert again["D5"].number_format == "yyyy-mm-dd"
    drawing = next(content for name, content in parts(content).items() if name.endswith(".vml"))
    assert len(re.findall(rb"<\w+:shape\s", drawing)) == 3  # D4, E4 and B3


def test_a_column_of_ones_own_headed_so_is_read():
    lines = [["居民区", "点位", "整改情况", "问题"], ["文苑一", "文一小区", "整改中", "楼道堆物"],
             ["某村", "文一小区", "整改中", "飞线充电"]]
    book = openpyxl.Workbook()
    for line in lines:
        book.active.append(line)
    sheet = opened(marked(saved(book))).active
    assert [[cell.value for cell in row][3:] for row in sheet.iter_rows()] == [
        ["问题", "问题"], ["楼道堆物", None], ["飞线充电", f"{NO_AREA}。"]]
    (table,) = read(marked(saved(book))).tables
    assert [record["description"] for record in table.records] == ["楼道堆物"]


def test_a_column_of_problems_that_was_emptied_is_passed_over():
    for lines in (LINES[1:], [["点位名称", "地址", "点长"], ["广水小区", "水电路1号", "张三"]]):
        book = openpyxl.Workbook()
        for line in lines:
            book.active.append(line)
        before = read(saved(book), "广水.xlsx").tables
        book.active.cell(1, len(lines[0]) + 1).value = "问题"
        assert read(saved(book), "广水.xlsx").tables == before
    assert (before[0].kind, len(before[0].records)) == ("sites", 1)


def test_a_ledger_that_has_no_other_column_of_problems_keeps_an_empty_one():
    book = openpyxl.Workbook()
    for line in [["居民区", "整改期限", "问题"], ["广水", "2026-10-01", None], ["广水", "2026-10-02", None]]:
        book.active.append(line)
    (table,) = read(saved(book)).tables
    assert [problem.code for problem in table.rejected] == ["description_missing"] * 2


def test_two_rows_of_headings_and_their_repetition_are_headed_once_each():
    heading = [["点位", "问题", None, "整改情况"], [None, "描述", "发现时间", None]]
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "文苑一"
    for line in [*heading, ["文一小区", "楼道堆物", "2026-02-30", "整改中"], *heading,
                 ["文一小区", "飞线充电", "2026-10-02", "整改中"]]:
        sheet.append(line)
    for top in (1, 4):
        for area in (f"A{top}:A{top + 1}", f"B{top}:C{top}", f"D{top}:D{top + 1}"):
            sheet.merge_cells(area)
    before = read(saved(book)).tables
    content = marked(saved(book))
    assert [cell.value for cell in opened(content).active["E"]] == ["问题", None, f"{NO_DAY}。", "问题", None, None]
    assert {"E1:E2", "E4:E5"} <= {str(area) for area in opened(content).active.merged_cells.ranges}
    assert opened(content).active.auto_filter.ref == "A2:E6"
    assert read(content).tables == before and len(before[0].records) == 1


def test_the_problem_of_a_merged_cell_stands_on_its_first():
    book = openpyxl.Workbook()
    for line in [["居民区", "存在问题", "整改情况"], ["某村", "楼道堆物", "整改中"], [None, "飞线充电", "整改中"]]:
        book.active.append(line)
    book.active.merge_cells("A2:A3")
    sheet = opened(marked(saved(book))).active
    assert sheet["A2"].comment.text == f"{NO_AREA}。"
    assert [sheet.cell(row, 4).value for row in (1, 2, 3)] == ["问题", f"{NO_AREA}。", f"{NO_AREA}。"]


@pytest.mark.parametrize("path", [ROOT / "tests" / "books" / "志愿服务记录.xls"], ids=lambda path: path.name)
def test_another_format_comes_back_as_an_xlsx_with_the_same_cells(path):
    batch = read(path.read_bytes(), path.name)
    content = marked(path.read_bytes(), path.name)
    assert batch.rejected_count == 1
    assert read(content, path.name).tables == batch.tables
    assert opened(content)["10月第2周"]["B4"].comment.text.startswith("“科佳家园”不是本街道的居民区。是不是 科佳？")


def test_a_text_file_comes_back_as_an_xlsx_in_which_nothing_is_a_formula():
    content = "居民区,存在问题,整改情况\n某村,=1+1,整改中\n文苑一,+2,整改中\n".encode("gb18030")
    sheet = opened(marked(content, "台账.csv")).active
    assert [(cell.value, cell.data_type) for cell in sheet["B"][1:]] == [("=1+1", "s"), ("+2", "s")]
    assert sheet["D2"].value == f"{NO_AREA}。"


def test_marking_runs_in_the_reading_process_and_refuses_in_a_sentence():
    (batch,) = load_workbooks([("台账.xlsx", rich_book())], REFERENCE)
    assert parts(mark_workbook(rich_book(), batch, REFERENCE)) == parts(marked(rich_book()))
    (broken,) = load_workbooks([("台账.xlsx", b"PK\3\4" + b"0" * 99)], REFERENCE)
    with pytest.raises(ReadinessError, match="文件不完整或已损坏"):
        mark_workbook(broken.content, broken, REFERENCE)


def test_a_book_without_problems_keeps_every_part():
    assert parts(marked_book(rich_book(), [])) == parts(rich_book())


def test_what_xml_cannot_hold_is_left_out_of_the_sentence():
    problem = Problem("not_a_date", "台账", 4, "D4", "found_on", "\x07\ud800响<&>")
    table = {"sheet": "台账", "headings": [1], "last": 5, "problems": [vars(problem)]}
    assert opened(marked_book(rich_book(), [table])).active["H4"].value.startswith("“响<&>”不是日期。")


def test_the_marked_book_is_named_after_the_book():
    assert marked_name("a/文苑一.ods", b"PK") == "文苑一（已标记）.xlsx"
    assert marked_name("宏.xlsm", b"PK") == "宏（已标记）.xlsm"
