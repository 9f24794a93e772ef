"""OpenDocument sheets (.ods) as grids: values, merged rectangles, what is hidden; repeats are bounded."""

from __future__ import annotations

import io
import re
from datetime import date, datetime

from lxml import etree

from loaders.formats.content import LIMITS, Limits, Unreadable, part
from loaders.formats.notes import Notes
from loaders.formats.warnings import warnings_of
from loaders.grid import Rectangle, Sheet

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
_LONGEST_GAP = 1000
_WHOLE_PERCENT = re.compile(r"\.0+%")
_ERROR = re.compile(r"#[A-Z/0]+[!?]?|Err:\d{3}")


def read_opendocument(data: bytes, limits: Limits = LIMITS) -> list[Sheet]:
    """The sheets of an .ods file; raises Unreadable for broken XML or too many cells."""
    if b"encryption-data" in part(data, "META-INF/manifest.xml", limits):
        raise Unreadable("unknown_lock")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False)
    try:
        tree = etree.parse(io.BytesIO(part(data, "content.xml", limits)), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Unreadable("broken_file") from error
    hidden = _hidden_styles(tree)
    tables = list(tree.iter(f"{_TABLE}table"))
    if len(tables) > limits.sheets:
        raise Unreadable("too_many_sheets", limit=limits.sheets)
    return [
        _sheet(table, hidden, limits) for table in tables if next(table.iterancestors(f"{_TABLE}table"), None) is None
    ]


def _hidden_styles(tree: etree._ElementTree) -> frozenset[str]:
    return frozenset(
        style.get(f"{_STYLE}name")
        for style in tree.iter(f"{_STYLE}style")
        for properties in style.iter(f"{_STYLE}table-properties")
        if properties.get(f"{_TABLE}display") == "false"
    )


def _sheet(table: etree._Element, hidden: frozenset[str], limits: Limits) -> Sheet:
    rows: list[list[object]] = []
    merges: list[Rectangle] = []
    notes, cells = Notes(hidden_columns=_hidden_columns(table)), 0
    for element in table.iter(f"{_TABLE}table-row"):
        repeat = int(element.get(f"{_TABLE}number-rows-repeated", "1"))
        values, spans = _row(element, len(rows), notes)
        if not values:
            if repeat <= _LONGEST_GAP:
                rows.extend([] for _ in range(repeat))
            else:
                rows.extend([] for _ in range(1))
            continue
        cells += len(values) * repeat
        if cells > limits.cells:
            raise Unreadable("too_many_cells", limit=limits.cells)
        if element.get(f"{_TABLE}visibility") in ("collapse", "filter"):
            notes.hidden_rows.extend(range(len(rows), len(rows) + repeat))
        merges.extend((len(rows), left, len(rows) + down - 1, left + across - 1) for left, across, down in spans)
        rows.extend(values for _ in range(repeat))
    name, is_hidden = table.get(f"{_TABLE}name"), table.get(f"{_TABLE}style-name") in hidden
    return Sheet(name, rows, tuple(merges), is_hidden, warnings=warnings_of(name, rows, is_hidden, notes))


def _hidden_columns(table: etree._Element) -> list[tuple[int, int]]:
    found, start = [], 0
    for column in table.iter(f"{_TABLE}table-column"):
        end = start + int(column.get(f"{_TABLE}number-columns-repeated", "1"))
        if column.get(f"{_TABLE}visibility") in ("collapse", "filter"):
            found.append((start, end - 1))
        start = end
    return found


def _row(element: etree._Element, number: int, notes: Notes) -> tuple[list[object], list[tuple[int, int, int]]]:
    values: list[object] = []
    spans = []
    pending = 0  # blank cells before the next filled one
    for cell in element.iterchildren(f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
        repeat = int(cell.get(f"{_TABLE}number-columns-repeated", "1"))
        value = _noted(cell, (number, len(values) + pending), notes)
        if value == "":
            pending += repeat
        elif len(values) + pending + repeat > 16384:
            raise Unreadable("too_many_cells", limit=16384)
        else:
            values.extend([""] * pending + [value] * repeat)
            pending = 0
            across, down = (
                int(cell.get(f"{_TABLE}number-columns-spanned", "1")),
                int(cell.get(f"{_TABLE}number-rows-spanned", "1")),
            )
            if across > 1 or down > 1:
                spans.append((len(values) - 1, across, down))
    return values, spans


def _noted(cell: etree._Element, address: tuple[int, int], notes: Notes) -> object:
    """The value of a cell; a formula's error, or a formula without a result, is noted and empty."""
    value = _value(cell)
    if cell.get(f"{_TABLE}formula"):
        if isinstance(value, str) and _ERROR.fullmatch(value):
            notes.errors.append((address, value))
            return ""
        if value == "" and cell.get(f"{_OFFICE}value-type") is None:
            notes.uncached.append(address)
    return value


def _value(cell: etree._Element) -> object:
    kind = cell.get(f"{_OFFICE}value-type")
    if kind in ("float", "currency"):
        return float(cell.get(f"{_OFFICE}value", "0"))
    if kind == "date":
        return _date(cell.get(f"{_OFFICE}date-value", ""))
    if kind == "boolean":
        return cell.get(f"{_OFFICE}boolean-value") == "true"
    text = "\n".join(_paragraph(paragraph) for paragraph in cell.iterchildren(f"{_TEXT}p"))
    return _WHOLE_PERCENT.sub("%", text) if kind == "percentage" else text


def _date(text: str) -> object:
    try:
        return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)
    except ValueError:
        return text


def _paragraph(element: etree._Element) -> str:
    parts = [element.text or ""]
    for child in element:
        if child.tag == f"{_TEXT}s":
            parts.append(" " * min(int(child.get(f"{_TEXT}c", "1")), 1000))
        elif child.tag == f"{_TEXT}line-break":
            parts.append("\n")
        elif child.tag == f"{_TEXT}tab":
            parts.append("\t")
        elif isinstance(child.tag, str) and not child.tag.startswith((_DRAW, _OFFICE)):
            parts.append(_paragraph(child))
        parts.append(child.tail or "")
    return "".join(parts)
