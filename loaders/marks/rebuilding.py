"""Rebuilding: the cells of a book of any format in a new .xlsx, which can be marked."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from typing import Any

from loaders.grid import Sheet
from loaders.marks.sheet import plain

UNNAMED = "Sheet1"


def as_xlsx(sheets: Iterable[Sheet]) -> bytes:
    """A new workbook with the values and merges of the sheets; every text is a text, whatever it begins with."""
    from openpyxl import Workbook  # for other formats alone: it takes memory

    book = Workbook()
    book.remove(book.active)
    for sheet in sheets:
        page = book.create_sheet(title(sheet.name))
        page.sheet_state = "hidden" if sheet.hidden else "visible"
        for row, values in enumerate(sheet.rows, 1):
            for column, value in enumerate(values, 1):
                if value is not None and value != "":
                    _write(page.cell(row, column), value)
        for top, left, bottom, right in sheet.merges or ():
            page.merge_cells(start_row=top + 1, start_column=left + 1, end_row=bottom + 1, end_column=right + 1)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def title(name: str | None) -> str:
    """What a sheet is called in a new workbook, which allows less than other formats do."""
    return re.sub(r"[\[\]:*?/\\]", " ", name or UNNAMED)[:31]


def _write(cell: Any, value: object) -> None:
    cell.value = plain(value) if isinstance(value, str) else value
    if isinstance(value, str):
        cell.data_type = "s"
