"""One row of a workbook as it is written there: what a person sees who opens the book at that row."""

from __future__ import annotations

from loaders.formats.content import Unreadable
from loaders.formats.reading import read_sheets
from loaders.grid import address
from loaders.text import as_text, without_invisible, without_picture_calls

__all__ = ["written_row"]
PICTURE = "图片"


def written_row(content: bytes, sheet: str | None, row: int) -> list[tuple[str, str]]:
    """Address and text of every filled cell of a row, from left to right; row counts from 1, sheet is None for text.

    A formula that shows a picture is the word for one.
    content: a book that was read before. Empty for a sheet or row that it does not have.
    """
    try:
        found = next((each for each in read_sheets(content) if each.name == sheet), None)
    except Unreadable:
        return []
    if found is None or not 1 <= row <= len(found.rows):
        return []
    texts = ((column, without_invisible(as_text(found.cell(row - 1, column)))) for column in found.filled(row - 1))
    return [(address(row - 1, column), without_picture_calls(text, PICTURE)) for column, text in texts]
