"""Excel workbooks (.xlsx, .xlsm, .xls, .et) as grids, by calamine; by openpyxl where calamine refuses a legal book."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum, ZipError

from loaders.formats.content import LIMITS, Limits, Unreadable, part, part_names
from loaders.formats.pictures import pictures_on
from loaders.grid import Rectangle, Sheet

_OUTSIDE = re.compile(rb'<(?:row|c) r="(?:[A-Z]{4,}\d*|[A-Z]*(?:\d{8,}|[2-9]\d{6}))"')


def read_excel(data: bytes, kind: str, limits: Limits = LIMITS) -> list[Sheet]:
    """The work sheets of a book in their order; raises Unreadable for a broken book or too many cells."""
    if kind == "xlsx":
        _check_addresses(data, limits)
    pictures = pictures_on(data) if kind == "xlsx" else {}
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
            return [
                _sheet(book, index, meta, pictures.get(meta.name, {}), limits)
                for index, meta in enumerate(book.sheets_metadata)
                if meta.typ == SheetTypeEnum.WorkSheet
            ]
    except PasswordError as error:
        raise Unreadable("need_password") from error
    except (CalamineError, ZipError, OSError, ValueError) as error:
        if kind != "xlsx":
            raise Unreadable("broken_file") from error
        return _read_slowly(data, limits)


def _check_addresses(data: bytes, limits: Limits) -> None:
    """Refuses a sheet that names rows or columns no spreadsheet has: the reader would put them somewhere else."""
    for name in part_names(data):
        if name.startswith("xl/worksheets/") and name.endswith(".xml") and _OUTSIDE.search(part(data, name, limits)):
            raise Unreadable("suspicious", what="单元格地址超出范围")


def _sheet(book: CalamineWorkbook, index: int, meta, pictures: Mapping[tuple[int, int], int], limits: Limits) -> Sheet:
    sheet = book.get_sheet_by_index(index)
    height, width = sheet.total_height, sheet.total_width
    if height * width > limits.grid:
        raise Unreadable("too_many_cells", limit=limits.grid)
    rows = sheet.to_python(skip_empty_area=False) if height and width else []
    if sum(map(len, rows)) > limits.grid:
        raise Unreadable("too_many_cells", limit=limits.grid)
    hidden = meta.visible != SheetVisibleEnum.Visible
    return Sheet(meta.name, rows, _rectangles(sheet.merged_cell_ranges), hidden, pictures)


def _rectangles(ranges: list | None) -> tuple[Rectangle, ...]:
    return tuple(sorted((top, left, bottom, right) for (top, left), (bottom, right) in ranges or ()))


def _read_slowly(data: bytes, limits: Limits) -> list[Sheet]:
    from openpyxl import load_workbook  # only where calamine refuses: it is ten times slower

    try:
        book = load_workbook(io.BytesIO(data), data_only=True)
        return [_openpyxl_sheet(sheet, limits) for sheet in book.worksheets]
    except (
        KeyError,
        ValueError,
        TypeError,
        IndexError,
        AttributeError,
        OSError,
        SyntaxError,
        zipfile.BadZipFile,
    ) as error:
        raise Unreadable("broken_file") from error


def _openpyxl_sheet(sheet, limits: Limits) -> Sheet:
    if sheet.max_row * sheet.max_column > limits.cells:
        raise Unreadable("too_many_cells", limit=limits.cells)
    rows = [list(row) for row in sheet.iter_rows(values_only=True)]
    merges = tuple(
        sorted(
            (area.min_row - 1, area.min_col - 1, area.max_row - 1, area.max_col - 1)
            for area in sheet.merged_cells.ranges
        )
    )
    return Sheet(sheet.title, rows, merges, sheet.sheet_state != "visible")
