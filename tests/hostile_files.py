"""Files that are broken, are no spreadsheets, or were crafted to bring a reader down; each made from a few lines."""

from __future__ import annotations

import io
import random
import struct
import warnings
import zipfile
from collections.abc import Callable
from pathlib import Path

from literal_books import Sheet, book

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"
GOOD = """
居民区|点位|测评内容|结果
广水|广水小区|无小广告、乱涂写|√
"""
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
FREE, END = 0xFFFFFFFF, 0xFFFFFFFE


def good() -> bytes:
    return book({"检查": Sheet(GOOD)})


def zipped(parts: dict[str, bytes | str]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def workbook(rows: str = "", *, before: str = "", after: str = "", sheet: str | None = None, shared: str = "",
             sheets: int = 1, **parts: str) -> bytes:
    """A package written by hand: the sheet's rows, what stands before and behind its data, more parts by path."""
    tabs = "".join(f'<sheet name="s{n}" sheetId="{n}" r:id="r{n}"/>' for n in range(1, sheets + 1))
    targets = "".join(f'<Relationship Id="r{n}" Type="{RELATIONS}/worksheet" Target="worksheets/sheet{n}.xml"/>'
                      for n in range(1, sheets + 1))
    overrides = "".join(f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{TYPES}.worksheet+xml"/>'
                        for n in range(1, sheets + 1))
    if shared:
        targets += f'<Relationship Id="ss" Type="{RELATIONS}/sharedStrings" Target="sharedStrings.xml"/>'
        overrides += f'<Override PartName="/xl/sharedStrings.xml" ContentType="{TYPES}.sharedStrings+xml"/>'
    data = sheet or f'{before}<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData>{after}</worksheet>'
    return zipped({
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType='
                               '"application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" '
                               f'ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType='
                               f'"{TYPES}.sheet.main+xml"/>{overrides}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" '
                       f'Type="{RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets>{tabs}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">{targets}</Relationships>',
        **{f"xl/worksheets/sheet{n}.xml": data for n in range(1, sheets + 1)},
        **({"xl/sharedStrings.xml": shared} if shared else {}), **parts})


def cell(reference: str, text: str = "居民区") -> str:
    return f'<c r="{reference}" t="inlineStr"><is><t>{text}</t></is></c>'


def row(number: int, *texts: str) -> str:
    cells = "".join(cell(f"{column}{number}", text) for column, text in zip("ABC", texts, strict=False))
    return f'<row r="{number}">{cells}</row>'


def one_cell(row: int, reference: str) -> bytes:
    return workbook(f'<row r="{row}">{cell(reference)}</row>')


def opendocument(content: str) -> bytes:
    office = "urn:oasis:names:tc:opendocument:xmlns"
    return zipped({
        "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
        "content.xml": f'<office:document-content xmlns:office="{office}:office:1.0" xmlns:table="{office}:table:1.0" '
                       f'xmlns:text="{office}:text:1.0" office:version="1.2"><office:body><office:spreadsheet>'
                       f'<table:table table:name="s">{content}</table:table></office:spreadsheet></office:body>'
                       '</office:document-content>'})


def compound(*streams: tuple[str, bytes], loop: bool = False) -> bytes:
    """An OLE file with these streams; loop: the first stream's chain of sectors never ends and it claims 2 GB."""
    table, sectors, entries = [0xFFFFFFFD, END], [], []
    for name, content in streams:
        content = content.ljust(4096, b"\0")  # smaller ones would need a second table
        first, count = len(table), -(-len(content) // 512)
        table += [*range(first + 1, first + count), first if loop and not entries else END]
        sectors.append(content.ljust(count * 512, b"\0"))
        size = 0x7FFFFFFF if loop and not entries else len(content)
        entries.append(_entry(name, 2, first, size, right=len(entries) + 2))
    entries[-1] = entries[-1][:72] + struct.pack("<I", FREE) + entries[-1][76:]
    directory = _entry("Root Entry", 5, END, 0, child=1) + b"".join(entries)
    header = (OLE + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
              + struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, END, 0, END, 0)
              + struct.pack("<109I", 0, *[FREE] * 108))
    fat = struct.pack("<128I", *(table + [FREE] * 128)[:128])
    return header + fat + directory.ljust(512, b"\0")[:512] + b"".join(sectors)


def _entry(name: str, kind: int, first: int, size: int, right: int = FREE, child: int = FREE) -> bytes:
    text = name.encode("utf-16-le") + b"\0\0"
    return (text.ljust(64, b"\0") + struct.pack("<HBBIII", len(text), kind, 1, FREE, right, child) + bytes(36)
            + struct.pack("<III", first, size, 0))


def records(*each: tuple[int, bytes]) -> bytes:
    return b"".join(struct.pack("<HH", number, len(content)) + content for number, content in each)


TABLE = row(1, "居民区", "测评内容", "结果") + row(2, "广水", "楼道堆物", "√")
BIFF8 = (0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0x0DBB, 0x07CC, 0, 6))
LAUGHS = ('<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a0 "哈哈哈哈哈哈哈哈">'
          + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 11)) + "]>")
OUTSIDE = '<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


def bomb() -> bytes:
    """400 MB of blanks inside one sheet, in less than half a megabyte."""
    buffer = io.BytesIO(workbook())
    blank = b" " * 1_000_000
    with (warnings.catch_warnings(), zipfile.ZipFile(buffer, "a", zipfile.ZIP_DEFLATED) as archive):
        warnings.simplefilter("ignore")
        with archive.open("xl/media/blank.xml", "w") as part:
            for _ in range(400):
                part.write(blank)
    return buffer.getvalue()


def bomb_in_the_sheet() -> bytes:
    return workbook(f'<row r="1">{cell("A1", " " * 350_000_000)}</row>')


def twice() -> bytes:
    """A package with the same sheet twice, which readers would read differently."""
    buffer = io.BytesIO(good())
    with warnings.catch_warnings(), zipfile.ZipFile(buffer, "a") as archive:
        warnings.simplefilter("ignore")
        archive.writestr("xl/worksheets/sheet1.xml", f'<worksheet xmlns="{MAIN}"><sheetData/></worksheet>')
    return buffer.getvalue()


def false_size() -> bytes:
    """The directory says that the sheet is 100 bytes long."""
    content = bytearray(good())
    at = content.rindex(b"xl/worksheets/sheet1.xml") - 46
    assert content[at:at + 4] == b"PK\x01\x02"
    content[at + 24:at + 28] = struct.pack("<I", 100)
    return bytes(content)


def document() -> bytes:
    return zipped({"[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"/>',
                   "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"/>',
                   "word/document.xml": "<document>居民区 测评内容 结果</document>"})


# Name of the file and its bytes; none of them can or may be read.
REFUSED: dict[str, tuple[str, Callable[[], bytes]]] = {
    "nothing": ("空.xlsx", lambda: b""),
    "nothing, as csv": ("空.csv", lambda: b""),
    "half a workbook": ("半.xlsx", lambda: good()[:len(good()) // 2]),
    "half an old workbook": ("半.xls", lambda: saved("检查.xls")[:3000]),
    "half an opendocument": ("半.ods", lambda: saved("检查.ods")[:9000]),
    "noise": ("噪声.xlsx", lambda: random.Random(7).randbytes(4096)),
    "noise, as csv": ("噪声.csv", lambda: random.Random(8).randbytes(4096)),
    "noise in a workbook's clothes": ("噪声.xls", lambda: OLE + random.Random(9).randbytes(4096)),
    "a PDF": ("通报.xlsx", lambda: b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<<>>\n%%EOF\n"),
    "a picture": ("照片.xlsx", lambda: b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + random.Random(1).randbytes(800)),
    "a letter": ("通知.xlsx", document),
    "a letter under its own name": ("通知.docx", document),
    "a bomb": ("炸弹.xlsx", bomb),
    "a bomb in the sheet": ("炸弹.xlsx", bomb_in_the_sheet),
    "entities that multiply": ("实体.xlsx", lambda: workbook(f'<row r="1">{cell("A1", "&a10;")}</row>', before=LAUGHS)),
    "an entity from outside": ("外部.xlsx", lambda: workbook(f'<row r="1">{cell("A1", "&a;")}</row>', before=OUTSIDE)),
    "a row beyond the last": ("行.xlsx", lambda: workbook(
        TABLE + row(4_294_967_297, "广水", "飞线充电", "×"))),
    "a column beyond the last": ("列.xlsx", lambda: workbook(
        TABLE + f'<row r="3">{cell("ZZZZZZZ3")}</row>')),
    "a sheet that breaks off": ("断.xlsx", lambda: workbook(
        sheet=f'<worksheet xmlns="{MAIN}"><sheetData>{TABLE}<row r="3"><c r="A3"><v>5</c>')),
    "a chain of sectors without end": ("环.xls", lambda: compound(("Workbook", records(BIFF8)), loop=True)),
    "a package that needs a password": ("加密.xlsx", lambda: compound(
        ("EncryptionInfo", b"\4\0\4\0\x40\0\0\0<encryption/>"),
        ("EncryptedPackage", random.Random(2).randbytes(5000)))),
    "an old workbook that needs a password": ("加密.xls", lambda: compound(
        ("Workbook", records(BIFF8, (0x002F, bytes(54)), (0x000A, b""))))),
    "ten thousand sheets": ("多.xlsx", lambda: workbook(sheets=10_000)),
    "a sheet twice": ("重复.xlsx", twice),
    "a false size": ("大小.xlsx", false_size),
}

# Odd, but a reader may well make sense of them; none of them has a table of ours.
SURVIVED: dict[str, tuple[str, Callable[[], bytes]]] = {
    "a value in the last cell": ("末格.xlsx", lambda: one_cell(1_048_576, "XFD1048576")),
    "a value in the last row": ("末行.xlsx", lambda: one_cell(1_048_576, "A1048576")),
    "a sheet of two far cells": ("稀疏.xlsx", lambda: workbook(
        f'<row r="1">{cell("A1")}</row><row r="200000">{cell("ALL200000")}</row>')),
    "a false count of strings": ("计数.xlsx", lambda: workbook(
        '<row r="1"><c r="A1" t="s"><v>0</v></c></row>',
        shared=f'<sst xmlns="{MAIN}" count="4294967295" uniqueCount="4294967295"><si><t>居民区</t></si></sst>')),
    "one merge over all": ("合并.xlsx", lambda: workbook(
        f'<row r="1">{cell("A1")}</row>', after='<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>')),
    "two milliard blanks": ("空格.ods", lambda: opendocument(
        '<table:table-row><table:table-cell><text:p>居民区<text:s text:c="2000000000"/></text:p></table:table-cell>'
        '</table:table-row>')),
    "a cell repeated over all": ("重复.ods", lambda: opendocument(
        '<table:table-row table:number-rows-repeated="1048576"><table:table-cell '
        'table:number-columns-repeated="16384"><text:p>居民区</text:p></table:table-cell></table:table-row>')),
    "a million styles": ("样式.xlsx", lambda: workbook(f'<row r="1">{cell("A1")}</row>', **{
        "xl/styles.xml": f'<styleSheet xmlns="{MAIN}"><cellXfs>{"<xf/>" * 1_000_000}</cellXfs></styleSheet>'})),
    "a million tags inside each other": ("深.xlsx", lambda: workbook(sheet="<a>" * 1_000_000 + "</a>" * 1_000_000)),
    "names that climb out": ("越界.xlsx", lambda: workbook(f'<row r="1">{cell("A1")}</row>', **{
        "../../climbed.txt": "out", "/tmp/climbed.txt": "out", "xl/../../../climbed.txt": "out"})),
    "words": ("文字.xlsx", lambda: "今天天气很好，大家去公园走走。\n明天有雨。\n".encode()),
    "English words": ("words.xlsx", lambda: b"lorem ipsum dolor sit amet\nconsectetur adipiscing elit\n"),
}


def saved(name: str) -> bytes:
    """A book that LibreOffice saved."""
    return (Path(__file__).parent / "books" / name).read_bytes()
