"""Excel workbooks (.xlsx, .xlsm, .xlsb, .xls, .et) as grids, by calamine; what it refuses in a legal one is mended."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum, ZipError

from loaders.formats.biff import biff_notes
from loaders.formats.biff_pictures import biff_pictures_on
from loaders.formats.content import LIMITS, Limits, Unreadable
from loaders.formats.notes import Notes, notes_on
from loaders.formats.pictures import pictures_on
from loaders.formats.repair import repaired
from loaders.formats.warnings import warnings_of
from loaders.grid import Rectangle, Sheet
from readiness.model import Problem

_REFUSED = (CalamineError, ZipError, OSError, ValueError)
_NOTES = {"xlsx": notes_on, "xls": biff_notes}
_PICTURES = {"xlsx": pictures_on, "xls": biff_pictures_on}


@dataclass
class _Book:
    """What holds for all sheets of a book: notes and pictures by sheet, and the cells that it may still have."""

    notes: Mapping[str, Notes]
    pictures: Mapping[str, Mapping[tuple[int, int], int]]
    limits: Limits
    cells: int = field(init=False)

    def __post_init__(self) -> None:
        self.cells = self.limits.grid

    def spend(self, cells: int) -> None:
        self.cells -= cells
        if self.cells < 0:
            raise Unreadable("too_many_cells", limit=self.limits.grid)


def read_excel(data: bytes, kind: str, limits: Limits = LIMITS) -> list[Sheet]:
    """The work sheets of a book in their order; raises Unreadable for a broken book or too many cells."""
    notes = _NOTES[kind](data, limits) if kind in _NOTES else {}
    book = _Book(notes, _PICTURES[kind](data) if kind in _PICTURES else {}, limits)
    try:
        return list(_sheets(data, book))
    except _REFUSED as error:
        if kind != "xlsx":
            raise Unreadable("broken_file") from error
    try:
        return list(_sheets(repaired(data, limits), _Book(notes, book.pictures, limits)))
    except _REFUSED as error:
        raise Unreadable("broken_file") from error


def read_binary_excel(data: bytes, limits: Limits = LIMITS) -> list[Sheet]:
    """The sheets of an .xlsb book, each with the warning that its cells alone are read."""
    return [
        replace(sheet, warnings=(*sheet.warnings, Problem("binary_workbook", sheet.name)))
        for sheet in read_excel(data, "xlsb", limits)
    ]


def _sheets(data: bytes, book: _Book) -> Iterator[Sheet]:
    with CalamineWorkbook.from_filelike(io.BytesIO(data)) as opened:
        if len(opened.sheets_metadata) > book.limits.sheets:
            raise Unreadable("too_many_sheets", limit=book.limits.sheets)
        for index, meta in enumerate(opened.sheets_metadata):
            if meta.typ == SheetTypeEnum.WorkSheet:
                yield _sheet(opened, index, meta, book)


def _sheet(opened: CalamineWorkbook, index: int, meta, book: _Book) -> Sheet:
    sheet = opened.get_sheet_by_index(index)
    height, width = (last + 1 for last in sheet.end or (-1, -1))
    book.spend(height * width)
    rows = sheet.to_python(skip_empty_area=False) if height else []
    merges = _rectangles(sheet.merged_cell_ranges, book.limits)
    return _noted(meta.name, rows, merges, meta.visible != SheetVisibleEnum.Visible, book)


def _noted(name: str, rows: list, merges: tuple[Rectangle, ...], hidden: bool, book: _Book) -> Sheet:
    """The sheet with percents as the text shown, its pictures, and what a reader should know about it."""
    notes = book.notes.get(name, Notes())
    for (row, column), text in notes.percents.items():
        if row < len(rows) and column < len(rows[row]):
            rows[row][column] = text
    warnings = warnings_of(name, rows, hidden, notes)
    return Sheet(name, rows, merges, hidden, book.pictures.get(name, {}), warnings)


def _rectangles(ranges: list | None, limits: Limits) -> tuple[Rectangle, ...]:
    if len(ranges or ()) > limits.merges:
        raise Unreadable("suspicious", what="合并区域过多")
    return tuple(sorted((top, left, bottom, right) for (top, left), (bottom, right) in ranges or ()))
