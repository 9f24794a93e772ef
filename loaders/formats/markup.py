"""Web pages, web archives and SpreadsheetML 2003 saved under a spreadsheet's name, as grids; a row a tr."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from dataclasses import replace
from email import message_from_bytes
from html import unescape

from lxml import etree, html

from loaders.formats.content import LIMITS, Limits, Unreadable
from loaders.formats.delimited import decoded
from loaders.formats.notes import Notes, is_percent, notes_without_errors, percent_shown
from loaders.formats.warnings import warnings_of
from loaders.grid import Rectangle, Sheet
from readiness.model import Problem

_SS = "{urn:schemas-microsoft-com:office:spreadsheet}"
_EXCEL = "{urn:schemas-microsoft-com:office:excel}"
_SHEET_NAME = re.compile(r"<x:Name>([^<]{1,60})</x:Name>")
_WIDEST = 16384
_BLOCKS = ("br", "p", "div", "li")


def read_html(data: bytes, limits: Limits = LIMITS) -> list[Sheet]:
    """One sheet a page: the rows of its outermost tables below one another; raises Unreadable without a table."""
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", _page_text(data))
    try:
        document = html.document_fromstring(text, parser=html.HTMLParser(no_network=True, huge_tree=False))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise Unreadable("broken_file") from error
    tables = [table for table in document.iter("table") if next(table.iterancestors("table"), None) is None]
    if not tables:
        raise Unreadable("not_spreadsheet", actual="没有表格的网页")
    rows: list[list[object]] = []
    merges: list[Rectangle] = []
    for table in tables:
        _add_table(table, rows, merges, limits)
    name, notes = _sheet_name(text), notes_without_errors(rows)
    pictures = sum(1 for table in tables for _ in table.iter("img"))  # they lie elsewhere, and nothing is fetched
    unseen = (Problem("pictures_unseen", name, facts={"count": pictures}),) if pictures else ()
    return [Sheet(name, rows, tuple(merges), warnings=(*warnings_of(name, rows, False, notes), *unseen))]


def read_mhtml(data: bytes, limits: Limits = LIMITS) -> list[Sheet]:
    """A sheet for every page with a table in a web archive, by the names that the archive lists; the rest is left."""
    pages = [
        content
        for part in message_from_bytes(data).walk()
        if part.get_content_type() == "text/html" and (content := part.get_payload(decode=True))
    ]
    sheets = [sheet for page in pages if b"<table" in page.lower() for sheet in read_html(page, limits)]
    if not sheets:
        raise Unreadable("not_spreadsheet", actual="没有表格的网页")
    names = [unescape(name) for page in pages for name in _SHEET_NAME.findall(_page_text(page))]
    if len(names) != len(sheets):
        return sheets
    return [replace(sheet, name=name) for sheet, name in zip(sheets, names, strict=True)]


def read_spreadsheetml(data: bytes, limits: Limits = LIMITS) -> list[Sheet]:
    """The sheets of an XML spreadsheet of 2003; raises Unreadable for broken XML."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False)
    try:
        root = etree.parse(io.BytesIO(data), parser).getroot()
    except etree.XMLSyntaxError as error:
        raise Unreadable("broken_file") from error
    percents = {
        style.get(f"{_SS}ID"): code
        for style in root.iter(f"{_SS}Style")
        for code in [_code(style.find(f"{_SS}NumberFormat"))]
        if is_percent(code)
    }
    return [_xml_sheet(sheet, percents, limits) for sheet in root.iter(f"{_SS}Worksheet")]


def _code(number_format: etree._Element | None) -> str:
    code = "" if number_format is None else number_format.get(f"{_SS}Format", "")
    return "0.00%" if code == "Percent" else code


def _page_text(data: bytes) -> str:
    declared = re.search(rb"charset=[\"']?([\w-]+)", data[:2048], re.IGNORECASE)
    if declared:
        try:
            name = declared.group(1).decode("ascii").lower()
            return data.decode("gb18030" if name in ("gb2312", "gbk") else name)
        except (LookupError, UnicodeDecodeError):
            pass  # a wrong declaration: the bytes themselves decide
    return decoded(data)


def _sheet_name(text: str) -> str | None:
    found = _SHEET_NAME.search(text)
    return unescape(found.group(1)) if found else None


def _add_table(table: html.HtmlElement, rows: list, merges: list[Rectangle], limits: Limits) -> None:
    cells = sum(map(len, rows))
    taken: dict[int, int] = {}  # column -> the first row below the cells that reach down into it
    for line in (row for row in table.iter("tr") if next(row.iterancestors("table")) is table):
        row, column, values = len(rows), 0, []
        for cell in line.iterchildren("td", "th"):
            while taken.get(column, 0) > row:
                values.append("")
                column += 1
            across, down = _span(cell, "colspan"), _span(cell, "rowspan")
            values.extend([_cell_text(cell)] + [""] * (across - 1))
            if across > 1 or down > 1:
                merges.append((row, column, row + down - 1, column + across - 1))
                taken.update(dict.fromkeys(range(column, column + across), row + down))
            column += across
            if column > _WIDEST:
                raise Unreadable("too_many_cells", limit=_WIDEST)
        cells += len(values)
        if cells > limits.grid:
            raise Unreadable("too_many_cells", limit=limits.grid)
        rows.append(values)


def _span(cell: html.HtmlElement, name: str) -> int:
    digits = re.match(r"\d+", cell.get(name, "1"))
    return max(1, min(int(digits.group()), 1000)) if digits else 1


def _cell_text(cell: html.HtmlElement) -> str:
    parts: list[str] = []

    def collect(element: html.HtmlElement) -> None:
        if element.text and isinstance(element.tag, str) and element.tag not in ("script", "style"):
            parts.append(re.sub(r"[ \t\r\n]+", " ", element.text))
        for child in element:
            if child.tag in _BLOCKS and any(map(str.strip, parts)):
                parts.append("\n")
            collect(child)
            if child.tail:
                parts.append(re.sub(r"[ \t\r\n]+", " ", child.tail))

    collect(cell)
    return "\n".join(line.strip() for line in "".join(parts).split("\n")).strip()


def _xml_sheet(sheet: etree._Element, percents: Mapping[str, str], limits: Limits) -> Sheet:
    rows: list[list[object]] = []
    merges: list[Rectangle] = []
    notes, cells = Notes(), 0
    for line in sheet.iter(f"{_SS}Row"):
        index = int(line.get(f"{_SS}Index", len(rows) + 1))
        if not len(rows) < index <= limits.cells:
            raise Unreadable("too_many_cells", limit=limits.cells)
        rows.extend([] for missing in range(index - 1 - len(rows)))
        if line.get(f"{_SS}Hidden") == "1":
            notes.hidden_rows.append(len(rows))
        rows.append(_xml_row(line, len(rows), percents, merges, notes))
        cells += len(rows[-1])
        if cells > limits.grid:
            raise Unreadable("too_many_cells", limit=limits.grid)
    name, hidden = sheet.get(f"{_SS}Name"), "Hidden" in sheet.findtext(f".//{_EXCEL}Visible", "")
    return Sheet(name, rows, tuple(merges), hidden, warnings=warnings_of(name, rows, hidden, notes))


def _xml_row(
    line: etree._Element, row: int, percents: Mapping[str, str], merges: list[Rectangle], notes: Notes
) -> list[object]:
    values: list[object] = []
    for cell in line.iterchildren(f"{_SS}Cell"):
        column = int(cell.get(f"{_SS}Index", len(values) + 1)) - 1
        across, down = int(cell.get(f"{_SS}MergeAcross", "0")), int(cell.get(f"{_SS}MergeDown", "0"))
        if not len(values) <= column <= column + across < _WIDEST:
            raise Unreadable("too_many_cells", limit=_WIDEST)
        value = _xml_value(cell, (row, column), percents, notes)
        values.extend([""] * (column - len(values)) + [value] + [""] * across)
        if across or down:
            merges.append((row, column, row + down, column + across))
    return values


def _xml_value(cell: etree._Element, address: tuple[int, int], percents: Mapping[str, str], notes: Notes) -> object:
    data = cell.find(f"{_SS}Data")
    if data is None:
        if cell.get(f"{_SS}Formula"):
            notes.uncached.append(address)
        return ""
    text, kind = "".join(data.itertext()), data.get(f"{_SS}Type")
    if kind == "Error":
        notes.errors.append((address, text))
        return ""
    if kind == "Number":
        code = percents.get(cell.get(f"{_SS}StyleID"))
        return (code and percent_shown(text, code)) or float(text)
    return text[:10] if kind == "DateTime" else text
