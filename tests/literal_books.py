"""Small books written as plain text: a line a row, | between cells; and what the loaders must make of them.

In a cell: a number is a number, ' before it makes it text, @2021-10-15 is a date cell, ⏎ a line end inside the cell.
An empty line is a blank row. Expected records are such a table too: its first line names the fields, "area" gives the
area's short name instead of its code, and an empty cell is null.
"""

from __future__ import annotations

import io
import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from functools import cache

import xlsxwriter

from loaders.book import read_book
from loaders.vocabulary import vocabulary_of
from readiness.model import CHECKLIST, NUMBER_FIELDS, Batch, Table
from readiness.reference import load_reference

ANY = "*"  # in an expected record: any value or none, where the contract leaves it open
NUMBERS = (*NUMBER_FIELDS, "row")


@dataclass(frozen=True)
class Sheet:
    """One sheet: its rows as text, merged ranges ("A1:F1 A3:A5"), and whether it is hidden."""

    rows: str
    merges: str = ""
    hidden: bool = False


@dataclass(frozen=True)
class Expected:
    """One table.

    rejected: "E9 result, A10 area_code", cell * when the contract names none. ignored: "1 title, 9 total".
    either: rows that may be header or ignored (a heading repeated on a new page).
    """

    records: str = ""
    heads: tuple[int, ...] = (1,)
    rejected: str = ""
    ignored: str = ""
    kind: str | None = CHECKLIST
    common: dict = field(default_factory=dict)
    either: tuple[int, ...] = ()


def value_of(text: str):
    text = text.replace("⏎", "\n")
    if re.fullmatch(r"-?\d+(\.\d+)?", text):
        return float(text) if "." in text else int(text)
    if re.fullmatch(r"@\d{4}-\d\d-\d\d", text):
        return date.fromisoformat(text[1:])
    return text.removeprefix("'")


def grid(rows: str) -> list[list]:
    lines = rows.removeprefix("\n").rstrip(" ").removesuffix("\n").split("\n")
    return [[value_of(cell.strip(" ")) for cell in line.split("|")] for line in lines]


def book(sheets: dict[str, Sheet]) -> bytes:
    """The sheets as an .xlsx workbook."""
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_numbers": False, "strings_to_formulas": False}
    with xlsxwriter.Workbook(buffer, options) as workbook:
        day = workbook.add_format({"num_format": "yyyy-mm-dd"})
        for name, sheet in sheets.items():
            worksheet = workbook.add_worksheet(name)
            for merge in sheet.merges.split():
                worksheet.merge_range(merge, "")
            for r, row in enumerate(grid(sheet.rows)):
                for c, value in enumerate(row):
                    if value != "":
                        worksheet.write(r, c, value, day if isinstance(value, date) else None)
            if sheet.hidden:
                worksheet.hide()
    return buffer.getvalue()


@cache
def words():
    return vocabulary_of(load_reference())


@cache
def area_codes() -> dict[str, str]:
    return {name: code for code, name in load_reference().area_names().items()}


def read(file: str, content: bytes) -> Batch:
    return read_book(file, content, words())


def plain(record) -> dict:
    """A record without nulls; the count of pictures only where there are some."""
    return {name: value for name, value in record.items()
            if value is not None and name != "inferred" and not (name.startswith("photos") and value == 0)}


def expected_records(text: str, common: dict) -> list[dict]:
    """The expected table as records, with the fields common to all of them."""
    if not text.strip():
        return []
    head, *lines = ([cell.strip() for cell in line.split("|")] for line in text.strip().split("\n"))
    return [_expected({**common, **{name: value for name, value in zip(head, line, strict=True) if value}})
            for line in lines]


def _expected(fields: dict) -> dict:
    record = {name: float(value) if name in NUMBERS else value for name, value in fields.items()}
    if "area" in record:
        record["area_code"] = area_codes()[record.pop("area")]
    return record


def problems(text: str) -> list[tuple[str, str]]:
    return sorted(tuple(part.split()) for part in text.split(",") if part.strip())


def ignored_rows(text: str) -> list[tuple[int, str]]:
    rows = (part.split(maxsplit=1) for part in text.split(",") if part.strip())
    return sorted((int(row), reason) for row, reason in rows)


def as_found(found: Table, expected: Expected) -> dict:
    """What the loaders made of a table, in the shape of as_expected."""
    if expected.kind is None:
        return {"kind": found.kind, "records": list(found.records)}
    loose = _loose(expected)
    cells = [(ANY if ANY in expected.rejected else problem.cell, problem.field) for problem in found.rejected]
    return {"kind": found.kind,
            "heads": [row for row in found.header_rows if row not in expected.either],
            "records": [_without(plain(record), loose) for record in found.records],
            "rejected": sorted(cells, key=str),
            "ignored": sorted(each for each in found.ignored if each[0] not in expected.either)}


def as_expected(expected: Expected) -> dict:
    if expected.kind is None:
        return {"kind": None, "records": []}
    loose = _loose(expected)
    return {"kind": expected.kind, "heads": list(expected.heads),
            "records": [_without(record, loose) for record in expected_records(expected.records, expected.common)],
            "rejected": problems(expected.rejected), "ignored": ignored_rows(expected.ignored)}


def _loose(expected: Expected) -> set[str]:
    return {name for record in expected_records(expected.records, expected.common)
            for name, value in record.items() if value == ANY}


def _without(record: dict, names: set[str]) -> dict:
    return {name: value for name, value in record.items() if name not in names}


def rows_in_no_or_several_places(tables: list[Table], rows: str) -> dict[int, int]:
    """Row -> how often it is listed, where that is not exactly once in header_rows, records, rejected or ignored."""
    places: Counter[int] = Counter()
    for table in tables:
        for each in (set(table.header_rows), {record["row"] for record in table.records},
                     {problem.row for problem in table.rejected}):
            places.update(each)
        places.update(row for row, _ in table.ignored)
    filled = {number for number, row in enumerate(grid(rows), 1) if any(cell != "" for cell in row)}
    return {row: places[row] for row in filled | set(places) if (places[row] == 1) != (row in filled)}
