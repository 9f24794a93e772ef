"""督办单 as workbook and document, opened again: who, what, by when, how late, with the photo of the finding."""

from __future__ import annotations

import io
from datetime import date

import openpyxl
import pandas as pd
import pytest
from docx import Document
from docx.oxml.ns import qn
from picture_books import FIRST

from loaders.book import read_book
from loaders.pictures import look_at
from loaders.vocabulary import vocabulary_of
from readiness.orders import Order
from readiness.reference import load_reference
from reports.order_document import order_document
from reports.orders import WIDTHS, order_rows, order_workbook

PHOTO = look_at(FIRST).thumbnail
ASKED = ("截至2026年10月12日，贵居民区有下列 3 项问题即将到期或已经超期，其中超期 2 项。"
         "请按期整改，并将办理情况和整改后照片书面回复。")
HEADINGS = ["序号", "地点", "问题", "责任单位", "责任人", "办理期限", "期限出自", "超期情况", "整改前照片"]
LINES = [
    ["1", "广水小区　3号楼道", '=HYPERLINK("http://x")堆物', "城管中队", "张三", "2026-09-30", "台账", "超期 12 天",
     "共 2 张"],
    ["2", "广水小区", "破损坏字", "", "", "2026-10-10", "标准", "超期 1 个工作日", ""],
    ["3", "@广水", "晾晒", "市容所", "-李四", "2026-10-15", "台账", "还剩 3 个工作日", ""],
]


def order(**changed):
    issues = pd.DataFrame({
        "issue": ["a-1", "b-1", "c-1"], "area": "广水", "site": ["广水小区", "广水小区", None],
        "location": ["3号楼道", None, "@广水"],
        "description": ['=HYPERLINK("http://x")堆物', "破损\x0b坏\ufffe字", "晾晒"],
        "responsible_unit": ["城管中队", None, "市容所"], "responsible_person": ["张三", None, "-李四"],
        "deadline": pd.to_datetime(["2026-09-30", "2026-10-10", "2026-10-15"]),
        "deadline_from": ["book", "standard", "book"], "late": pd.array([12, 1, -3], dtype="Int64"),
        "pictures": [2, 0, 0]})
    parts = {"office": "凉城新村街道", "number": "20261012-居04", "to": "广水居委会", "to_area": True,
             "as_of": date(2026, 10, 12), "issues": issues, "photos": {"a-1": PHOTO}, "standard": "0123456789ab",
             "demo": False}
    return Order(**{**parts, **changed})


def sheet_of(made):
    return openpyxl.load_workbook(io.BytesIO(order_workbook(made))).active


def document_of(made):
    return Document(io.BytesIO(order_document(made)))


def lines_of(table):
    return [[cell.text.strip("\n") for cell in row.cells] for row in table.rows]


def test_the_workbook_holds_each_issue_as_text_with_its_photo():
    sheet = sheet_of(order())
    assert [cell.value for cell in sheet[6]] == HEADINGS
    assert [[str(cell.value or "") for cell in sheet[row]] for row in (7, 8, 9)] == LINES
    (photo,) = sheet._images
    assert (photo.anchor._from.row, photo.anchor._from.col) == (6, 8)  # counted from 0: the first line, the last column
    assert sheet.row_dimensions[7].height == 82
    assert sheet.row_dimensions[8].height == 22


def test_nothing_in_the_workbook_is_a_formula():
    sheet = sheet_of(order(to="=1+1"))
    assert "f" not in {cell.data_type for row in sheet.iter_rows() for cell in row}
    assert all(sheet[cell].quotePrefix for cell in ("C7", "B9", "E9"))
    assert sheet["A3"].value == "致：=1+1"


def test_the_workbook_says_for_whom_by_whom_and_what_is_asked():
    words = [cell.value for row in sheet_of(order()).iter_rows() for cell in row if cell.value]
    assert words[:5] == [
        "督办单", "编号：20261012-居04", "致：广水居委会",
        ASKED,
        "超期：台账写明期限的按自然日计，按标准推算期限的按工作日计。　准备度标准（参考模板）0123456789ab"]
    assert words[-6:] == ["办理情况回复：", "督办单位（盖章）：凉城新村街道", "签发人：", "签收人：",
                          "签发日期：　　　　年　　月　　日", "签收日期：　　　　年　　月　　日"]


def test_the_document_says_the_same():
    document = document_of(order())
    assert [paragraph.text for paragraph in document.paragraphs][:4] == [
        "督办单", "编号：20261012-居04", "致：广水居委会",
        ASKED]
    issues, reply, signed = document.tables
    assert lines_of(issues) == [HEADINGS, *LINES]
    assert lines_of(reply) == [["办理情况回复："]]
    assert lines_of(signed) == [["签发人：", "签收人："],
                                ["签发日期：　　　　年　　月　　日", "签收日期：　　　　年　　月　　日"]]


def test_the_document_shows_the_photo_and_repeats_its_heading():
    document = document_of(order())
    (photo,) = document.inline_shapes
    assert photo.width <= 3.5 * 360000 and photo.height <= 2.4 * 360000  # EMU: 360000 are one centimetre
    rows = document.tables[0].rows
    assert rows[1].cells[-1]._tc.findall(f".//{qn('wp:inline')}")
    assert rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in rows)


def test_chinese_and_latin_have_fonts_of_their_own():
    runs = [run for paragraph in document_of(order()).paragraphs for run in paragraph.runs]
    fonts = {(run.font.name, run._element.rPr.rFonts.get(qn("w:eastAsia"))) for run in runs}
    assert fonts == {("Times New Roman", "宋体"), ("Times New Roman", "黑体")}


def test_an_order_to_a_unit_names_the_areas_instead_of_the_unit():
    rows = order_rows(order(to="城管中队", to_area=False))
    assert list(rows) == [name for name in WIDTHS if name != "责任单位"]
    assert rows["居民区"].tolist() == ["广水"] * 3
    assert "贵单位有下列 3 项" in sheet_of(order(to_area=False))["A4"].value


@pytest.mark.parametrize("demo", [True, False])
def test_demonstration_data_are_marked_on_the_page_and_in_the_file(demo):
    title, mark = ("督办单（示例数据）", "示例数据") if demo else ("督办单", "")
    book = openpyxl.load_workbook(io.BytesIO(order_workbook(order(demo=demo))))
    assert (book.active["A1"].value, book.properties.keywords) == (title, f"{mark} readiness-order".strip())
    document = document_of(order(demo=demo))
    assert (document.paragraphs[0].text, document.core_properties.keywords) == (title, mark)
    assert document.core_properties.author == ""


def test_the_intake_takes_no_order_for_a_ledger():
    read = read_book("督办单.xlsx", order_workbook(order()), vocabulary_of(load_reference()))
    assert (read.error.code, read.tables) == ("own_order", ())
