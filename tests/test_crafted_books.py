"""Small books written by hand, one for each oddity of a format, and the cells that must be read of it."""

from __future__ import annotations

import base64
import io
import quopri
import struct
import zipfile
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
from hostile_files import MAIN, PACKAGE, RELATIONS, cell, compound, opendocument, row, workbook, zipped

from loaders.formats.content import Unreadable, zip_members
from loaders.formats.reading import read_sheets
from loaders.grid import Sheet
from readiness.model import Problem

ROOT = Path(__file__).resolve().parent.parent
BOOKS = ROOT / "tests" / "books"
MACROS = "http://schemas.microsoft.com/office/2006/relationships/xlMacrosheet"


def grids(content: bytes) -> list[list[list[object]]]:
    return [sheet.rows for sheet in read_sheets(content)]


def changed(content: bytes, part: str, old: str, new: str) -> bytes:
    """A package with other words in one of its parts."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    assert old.encode() in parts[part]
    return zipped({**parts, part: parts[part].replace(old.encode(), new.encode())})


def styled(*formats: int) -> dict[str, str]:
    """A part with the cell styles of these built-in number formats."""
    styles = "".join(f'<xf numFmtId="{number}" quotePrefix="1"/>' for number in formats)
    return {"xl/styles.xml": f'<styleSheet xmlns="{MAIN}"><cellXfs>{styles}</cellXfs></styleSheet>'}


# .xlsx

@pytest.mark.parametrize("error", ["#SPILL!", "#CALC!", "#FIELD!", "#GETTING_DATA", "#BLOCKED!"])
def test_an_error_of_a_new_version_leaves_the_other_cells(error: str):
    line = f'{cell("A1", "甲")}<c r="B1" t="e"><f>B2</f><v>{error}</v></c><c r="C1"><v>3</v></c>'
    assert grids(workbook(f'<row r="1">{line}</row>')) == [[["甲", "", 3.0]]]


def test_a_text_that_the_list_of_texts_does_not_hold_is_blank():
    shared = f'<sst xmlns="{MAIN}" count="2" uniqueCount="2"><si><t>甲</t></si><si><t>乙</t></si></sst>'
    cells = "".join(f'<c r="{place}" t="s"><v>{number}</v></c>' for place, number in (("A1", 0), ("B1", 2), ("C1", 1)))
    assert grids(workbook(f'<row r="1">{cells}</row>', shared=shared)) == [[["甲", "", "乙"]]]


@pytest.mark.parametrize("kind", [MACROS, f"{MACROS[:-10]}IntlMacrosheet"])
def test_a_sheet_of_macros_is_left_out(kind: str):
    book = workbook(row(1, "甲"), sheets=2)
    sheet, macros = f'Id="r2" Type="{RELATIONS}/worksheet"', f'Id="r2" Type="{kind}"'
    content = changed(book, "xl/_rels/workbook.xml.rels", sheet, macros)
    assert [(sheet.name, sheet.rows) for sheet in read_sheets(content)] == [("s1", [["甲"]])]


def test_a_sheet_whose_part_is_missing_is_left_out():
    content = changed(workbook(row(1, "甲"), sheets=2), "xl/_rels/workbook.xml.rels", "sheet2.xml", "sheet7.xml")
    assert [(sheet.name, sheet.rows) for sheet in read_sheets(content)] == [("s1", [["甲"]])]


def test_a_type_of_cell_that_nobody_knows_is_blank():
    assert grids(workbook(f'<row r="1">{cell("A1", "甲")}<c r="B1" t="zz"><v>1</v></c></row>')) == [[["甲"]]]


def test_an_impossible_style_and_words_in_a_number_are_taken_as_they_are():
    cells = f'{cell("A1", "甲")}<c r="B1" s="99"><v>7</v></c><c r="C1"><v>一</v></c>'
    assert grids(workbook(f'<row r="1">{cells}</row>')) == [[["甲", 7.0, "一"]]]


@pytest.mark.parametrize("number", [*range(27, 32), 36, *range(50, 59)])
def test_dates_in_the_built_in_formats_of_chinese_books(number: int):
    content = workbook('<row r="1"><c r="A1" s="1"><v>44484</v></c></row>', **styled(0, number))
    assert [[str(value)[:10] for value in row] for row in grids(content)[0]] == [["2021-10-15"]]


def test_dates_that_count_from_1904():
    content = workbook('<row r="1"><c r="A1" s="1"><v>43022</v></c></row>', **styled(0, 14))
    assert [[str(value)[:10] for value in row] for row in grids(changed(
        content, "xl/workbook.xml", "<sheets>", '<workbookPr date1904="1"/><sheets>'))[0]] == [["2021-10-15"]]


def test_the_apostrophe_that_marks_a_text_is_not_part_of_it():
    content = workbook('<row r="1"><c r="A1" s="1" t="str"><v>00123</v></c></row>', **styled(0, 49))
    assert grids(content) == [[["00123"]]]


def test_line_ends_written_as_words_are_line_ends():
    assert grids(workbook(row(1, "甲_x000D_乙", "一&#10;二"))) == [[["甲\r乙", "一\n二"]]]


def test_prefixed_names_and_cells_without_addresses():
    cells = '<x:c><x:v>1</x:v></x:c><x:c t="e"><x:v>#REF!</x:v></x:c><x:c><x:v>2</x:v></x:c>'
    sheet = f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData><x:row>{cells}</x:row></x:sheetData></x:worksheet>'
    assert grids(workbook(sheet=sheet)) == [[[1.0, "", 2.0]]]


def test_a_sheet_of_a_single_cell():
    assert grids(workbook(row(1, "甲"))) == [[["甲"]]]


def test_a_package_under_the_old_ending_of_wps():
    assert [sheet.rows[1] for sheet in read_sheets((BOOKS / "检查.xls").read_bytes())] == [
        sheet.rows[1] for sheet in read_sheets((BOOKS / "检查.xlsx").read_bytes())]


# .xlsb

def record(number: int, content: bytes = b"") -> bytes:
    """A record of a binary workbook: its number in one or two bytes, its size, its content."""
    kind = bytes([number]) if number < 128 else bytes([number & 0x7F | 0x80, number >> 7])
    return kind + bytes([len(content)]) + content


def wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def binary_workbook() -> bytes:
    """One sheet with a row: 居民区, 7 and an error."""
    book = record(131) + record(143) + record(156, struct.pack("<II", 0, 1) + wide("r1") + wide("台账")) + record(144)
    cells = (record(6, struct.pack("<II", 0, 0) + wide("居民区")) + record(5, struct.pack("<IId", 1, 0, 7.0))
             + record(3, struct.pack("<IIB", 2, 0, 0x17)))
    head = struct.pack("<IIHBBBIII", 0, 0, 300, 0, 0, 0, 1, 0, 2)
    size = struct.pack("<IIII", 0, 0, 0, 2)
    sheet = record(129) + record(148, size) + record(145) + record(0, head) + cells + record(146) + record(130)
    target = f'<Relationship Id="r1" Type="{RELATIONS}/worksheet" Target="worksheets/sheet1.bin"/>'
    return zipped({"[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"/>',
                   "xl/workbook.bin": book + record(132), "xl/worksheets/sheet1.bin": sheet,
                   "xl/_rels/workbook.bin.rels": f'<Relationships xmlns="{PACKAGE}/relationships">{target}'
                                                 '</Relationships>'})


def test_a_binary_workbook():
    sheet, = read_sheets(binary_workbook())
    assert (sheet.name, sheet.rows) == ("台账", [["居民区", 7.0, ""]])
    assert sheet.warnings == (Problem("binary_workbook", "台账"),)


# Web archives and the XML of 2003

ARCHIVE = """MIME-Version: 1.0
X-Document-Type: Workbook
Content-Type: multipart/related; boundary="----=_NextPart_1"

------=_NextPart_1
Content-Location: file:///C:/1/book.htm
Content-Type: text/html; charset="gb2312"
Content-Transfer-Encoding: base64

{frame}

------=_NextPart_1
Content-Location: file:///C:/1/sheet001.htm
Content-Transfer-Encoding: quoted-printable
Content-Type: text/html; charset="gb2312"

{sheet}

------=_NextPart_1
Content-Location: http://127.0.0.1:9/picture.png
Content-Type: image/png
Content-Transfer-Encoding: base64

iVBORw0KGgo=

------=_NextPart_1--
"""


def archive() -> bytes:
    frame = '<html xmlns:x="u"><meta charset=gb2312><xml><x:Name>检查&amp;整改</x:Name></xml><frameset/></html>'
    sheet = ('<html><meta http-equiv=Content-Type content="text/html; charset=gb2312"><table>'
             '<tr><td>居民区<td>结果</tr><tr><td>广水<td>√</tr></table></html>')
    return ARCHIVE.format(frame=base64.encodebytes(frame.encode("gb18030")).decode(),
                          sheet=quopri.encodestring(sheet.encode("gb18030")).decode("ascii")).encode()


def test_a_web_archive_is_read_by_its_pages():
    assert [(sheet.name, sheet.rows) for sheet in read_sheets(archive())] == [
        ("检查&整改", [["居民区", "结果"], ["广水", "√"]])]


@pytest.mark.parametrize("content", [b"MIME-Version: 1.0\nContent-Type: text/html\n\n<p>x</p>", b"MIME-Version: 1.0\n"])
def test_a_web_archive_without_a_table_is_refused(content: bytes):
    with pytest.raises(Unreadable, match="not_spreadsheet"):
        read_sheets(content)


def spreadsheetml(rows: str, options: str = "") -> bytes:
    name = "urn:schemas-microsoft-com:office"
    return (f'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="{name}:spreadsheet" '
            f'xmlns:ss="{name}:spreadsheet" xmlns:x="{name}:excel"><Styles><Style ss:ID="p"><NumberFormat '
            f'ss:Format="0%"/></Style><Style ss:ID="q"><NumberFormat ss:Format="Percent"/></Style></Styles><Worksheet '
            f'ss:Name="台账"><Table>{rows}</Table>{options}</Worksheet></Workbook>').encode()


def data(kind: str, text: str, **more: str) -> str:
    attributes = "".join(f' ss:{name}="{value}"' for name, value in more.items())
    return f'<Cell{attributes}><Data ss:Type="{kind}">{text}</Data></Cell>'


def test_the_xml_of_2003():
    first = data("String", "居民区") + data("String", "整改", MergeAcross="1")
    third = (data("String", "广水") + data("Number", "1", StyleID="p") + data("Number", "0.855", StyleID="q")
             + data("DateTime", "2021-10-15T00:00:00.000", Index="5") + data("Error", "#REF!")
             + '<Cell ss:Formula="=RC[-1]"/>' + data("Number", "7"))
    sheet, = read_sheets(spreadsheetml(f'<Row>{first}</Row><Row ss:Index="3" ss:Hidden="1">{third}</Row>'))
    assert sheet.rows == [["居民区", "整改", ""], [], ["广水", "100%", "85.50%", "", "2021-10-15", "", "", 7.0]]
    assert sheet.merges == ((0, 1, 0, 2),)
    assert [(one.code, one.cell, one.facts["count"]) for one in sheet.warnings] == [
        ("errors_in_cells", "F3", 1), ("uncached_formula", "G3", 1), ("hidden_rows", None, 1)]


@pytest.mark.parametrize("rows", [
    '<Row ss:Index="x"/>', '<Row ss:Index="-3"/>', '<Row ss:Index="999999999"/>',
    f'<Row>{data("Number", "一")}</Row>', f'<Row>{data("String", "甲", MergeAcross="999999999")}</Row>'])
def test_impossible_numbers_in_the_xml_of_2003_are_refused(rows: str):
    with pytest.raises(Unreadable, match=r"broken_file|too_many_cells"):
        read_sheets(spreadsheetml(rows))


# .ods

def test_the_description_of_a_floating_picture_and_a_comment_are_no_text_of_the_cell():
    frame = ('<draw:frame xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" draw:name="图"><draw:image/>'
             '<text:p>Picture</text:p></draw:frame><office:annotation><text:p>批注</text:p></office:annotation>')
    one = f'<table:table-cell office:value-type="string">{frame}<text:p>问题8</text:p></table:table-cell>'
    assert grids(opendocument(f"<table:table-row>{one}</table:table-row>")) == [[["问题8"]]]


@pytest.mark.parametrize("row", [
    '<table:table-row table:number-rows-repeated="x"/>',
    '<table:table-row><table:table-cell office:value-type="float" office:value="一"/></table:table-row>',
    '<table:table-row><table:table-cell table:number-columns-repeated="1e9"><text:p>甲</text:p></table:table-cell>'
    '</table:table-row>'])
def test_impossible_numbers_in_an_ods_are_refused(row: str):
    with pytest.raises(Unreadable, match="broken_file"):
        read_sheets(opendocument(row))


# Zips and wrong endings

@pytest.mark.parametrize("encoding", ["gbk", "gb18030", "utf-8"])
def test_names_of_members_without_the_mark_of_their_encoding(encoding: str):
    class Info(zipfile.ZipInfo):
        def _encodeFilenameFlags(self):
            return self.filename.encode(encoding), self.flag_bits & ~0x800

    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(Info("十月/广水检查表.xlsx"), b"x")
    assert list(zip_members("一批.zip", buffer.getvalue())) == [("一批.zip/十月/广水检查表.xlsx", b"x")]


def test_an_old_document_and_a_new_one_are_named_as_what_they_are():
    new = zipped({"[Content_Types].xml": "<a/>", "word/document.xml": "x"})
    for content in (compound(("WordDocument", b"x")), new):
        with pytest.raises(Unreadable, match="not_spreadsheet"):
            read_sheets(content)


# Two readers of the same book

BOTH = sorted([*(ROOT / "data" / "demo").glob("*.xlsx"), *BOOKS.glob("*.xlsx")])


def normal(value: object) -> object:
    """A value as both readers can give it. Known differences: blanks, whole numbers, days with a time of zero."""
    if isinstance(value, bool) or value in (None, ""):
        return value or ("" if value is not False else False)
    if isinstance(value, (int, float)):
        return float(value)
    return datetime(value.year, value.month, value.day) if hasattr(value, "year") else str(value).replace("\r\n", "\n")


def by_openpyxl(cell: openpyxl.cell.Cell) -> object:
    """Known differences: errors are empty with us; percents are the text shown."""
    if cell.data_type == "e":
        return ""
    if isinstance(cell.value, (int, float)) and "%" in cell.number_format:
        return f"{cell.value * 100:g}%"
    return normal(cell.value)


def filled(sheet: Sheet) -> dict[tuple[int, int], object]:
    cells = (((r, c), normal(value)) for r, row in enumerate(sheet.rows) for c, value in enumerate(row))
    return {place: value for place, value in cells if value != ""}


@pytest.mark.parametrize("path", BOTH, ids=lambda path: path.name)
def test_a_second_reader_reads_the_same(path: Path):
    opened = openpyxl.load_workbook(path, data_only=True)
    sheets = read_sheets(path.read_bytes())
    assert [sheet.name for sheet in sheets] == opened.sheetnames
    for sheet in sheets:
        other = opened[sheet.name]
        assert filled(sheet) == {(one.row - 1, one.column - 1): value for line in other.iter_rows() for one in line
                                 if (value := by_openpyxl(one)) != ""}
        assert set(sheet.merges) == {(area.min_row - 1, area.min_col - 1, area.max_row - 1, area.max_col - 1)
                                     for area in other.merged_cells.ranges}
        assert sheet.hidden == (other.sheet_state != "visible")
