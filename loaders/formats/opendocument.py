"""OpenDocument sheets (.ods) as grids: values, merged rectangles, what is hidden; repeats are bounded."""

from __future__ import annotations

import re
from datetime import date, datetime

from lxml import etree

from loaders.formats.content import LIMITS, Limits, Unreadable, part
from loaders.formats.notes import Notes
from loaders.formats.opendocument_pictures import Sizes, picture_sizes, pictures_in
from loaders.formats.opendocument_tree import (
    CONTENT,
    DRAW,
    OFFICE,
    STYLE,
    TABLE,
    TEXT,
    content_tree,
    is_hidden,
    repeated,
    tables_of,
)
from loaders.formats.warnings import warnings_of
from loaders.grid import Rectangle, Sheet

_WHOLE_PERCENT = re.compile(r"\.0+%")
_ERROR = re.compile(r"#[A-Z/0]+[!?]?|Err:\d{3}")


def read_opendocument(data: bytes, limits: Limits = LIMITS) -> list[Sheet]:
    """The sheets of an .ods file; raises Unreadable for broken XML or too many cells."""
    if b"encryption-data" in part(data, "META-INF/manifest.xml", limits):
        raise Unreadable("locked_opendocument")
    tree = content_tree(part(data, CONTENT, limits))
    hidden, sizes, tables = _hidden_styles(tree), picture_sizes(tree), tables_of(tree)
    if len(tables) > limits.sheets:
        raise Unreadable("too_many_sheets", limit=limits.sheets)
    return [_sheet(table, hidden, sizes, limits) for table in tables]


def _hidden_styles(tree: etree._ElementTree) -> frozenset[str]:
    return frozenset(
        style.get(f"{STYLE}name")
        for style in tree.iter(f"{STYLE}style")
        for properties in style.iter(f"{STYLE}table-properties")
        if properties.get(f"{TABLE}display") == "false"
    )


def _sheet(table: etree._Element, hidden: frozenset[str], sizes: Sizes, limits: Limits) -> Sheet:
    rows: list[list[object]] = []
    merges: list[Rectangle] = []
    notes, cells, number = Notes(hidden_columns=_hidden_columns(table)), 0, 0
    for element in table.iter(f"{TABLE}table-row"):
        first, repeat = number, repeated(element, "rows")
        number += repeat
        values, spans = _row(element, first, notes)
        if not values:
            continue
        cells += len(values) * repeat
        if max(cells, number) > limits.cells:
            raise Unreadable("too_many_cells", limit=limits.cells)
        if is_hidden(element):
            notes.hidden_rows.extend(range(first, number))
        merges.extend((first, left, first + down - 1, left + across - 1) for left, across, down in spans)
        rows.extend([[]] * (first - len(rows)) + [values] * repeat)
    name, unseen = table.get(f"{TABLE}name"), table.get(f"{TABLE}style-name") in hidden
    pictures = {cell: len(parts) for cell, parts in pictures_in(table, sizes).items()}
    return Sheet(name, rows, tuple(merges), unseen, pictures, warnings_of(name, rows, unseen, notes))


def _hidden_columns(table: etree._Element) -> list[tuple[int, int]]:
    found, start = [], 0
    for column in table.iter(f"{TABLE}table-column"):
        end = start + repeated(column, "columns")
        if is_hidden(column):
            found.append((start, end - 1))
        start = end
    return found


def _row(element: etree._Element, number: int, notes: Notes) -> tuple[list[object], list[tuple[int, int, int]]]:
    values: list[object] = []
    spans = []
    pending = 0  # blank cells before the next filled one
    for cell in element.iterchildren(f"{TABLE}table-cell", f"{TABLE}covered-table-cell"):
        repeat = repeated(cell, "columns")
        value = _noted(cell, (number, len(values) + pending), notes)
        if value == "":
            pending += repeat
        elif len(values) + pending + repeat > 16384:
            raise Unreadable("too_many_cells", limit=16384)
        else:
            values.extend([""] * pending + [value] * repeat)
            pending = 0
            across, down = (
                int(cell.get(f"{TABLE}number-columns-spanned", "1")),
                int(cell.get(f"{TABLE}number-rows-spanned", "1")),
            )
            if across > 1 or down > 1:
                spans.append((len(values) - 1, across, down))
    return values, spans


def _noted(cell: etree._Element, address: tuple[int, int], notes: Notes) -> object:
    """The value of a cell; a formula's error, or a formula without a result, is noted and empty."""
    value = _value(cell)
    if cell.get(f"{TABLE}formula"):
        if isinstance(value, str) and _ERROR.fullmatch(value):
            notes.errors.append((address, value))
            return ""
        if value == "" and cell.get(f"{OFFICE}value-type") is None:
            notes.uncached.append(address)
    return value


def _value(cell: etree._Element) -> object:
    kind = cell.get(f"{OFFICE}value-type")
    if kind in ("float", "currency"):
        return float(cell.get(f"{OFFICE}value", "0"))
    if kind == "date":
        return _date(cell.get(f"{OFFICE}date-value", ""))
    if kind == "boolean":
        return cell.get(f"{OFFICE}boolean-value") == "true"
    text = "\n".join(_paragraph(paragraph) for paragraph in cell.iterchildren(f"{TEXT}p"))
    return _WHOLE_PERCENT.sub("%", text) if kind == "percentage" else text


def _date(text: str) -> object:
    try:
        return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)
    except ValueError:
        return text


def _paragraph(element: etree._Element) -> str:
    parts = [element.text or ""]
    for child in element:
        if child.tag == f"{TEXT}s":
            parts.append(" " * min(int(child.get(f"{TEXT}c", "1")), 1000))
        elif child.tag == f"{TEXT}line-break":
            parts.append("\n")
        elif child.tag == f"{TEXT}tab":
            parts.append("\t")
        elif isinstance(child.tag, str) and not child.tag.startswith((DRAW, OFFICE)):
            parts.append(_paragraph(child))
        parts.append(child.tail or "")
    return "".join(parts)
