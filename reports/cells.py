"""Cells of a workbook: text that can never become a formula, and the look of a heading; shared by all workbooks."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

DEMO = "示例数据"
LONGEST_FOOTER = 110  # characters: Excel takes 255 in all, and each & counts twice
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
UNHELD = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
FAMILY = "微软雅黑"
LINE = Side(style="thin", color="D5DBE2")
GRID = Border(left=LINE, right=LINE, top=LINE, bottom=LINE)
HEADING_FILL = PatternFill("solid", fgColor="EEF2F5")
TITLE = Font(name=FAMILY, size=14, bold=True, color="17212B")
HEADING = Font(name=FAMILY, size=10, bold=True, color="17212B")
TEXT = Font(name=FAMILY, size=10, color="17212B")
MUTED = Font(name=FAMILY, size=9, color="5B6775")


def write(cell: Cell, value: Any, number_format: str | None = None) -> Cell:
    """Writes a value so that a text stays a text: nothing that begins like a formula is one, in any program.

    What a file cannot hold is left out (printable). number_format: of days and numbers.
    """
    if not isinstance(value, str):
        cell.value = value
        if number_format and value is not None:
            cell.number_format = number_format  # a day brings its own with it
        return cell
    text = cell.value = printable(value)
    cell.data_type = "s"
    if text.startswith(DANGEROUS):
        cell.quotePrefix = True
    return cell


def printable(text: str) -> str:
    """The text without the characters that no XML can hold: control characters, halves of pairs, non-characters.

    >>> printable("A\\x0b1\\ufffe")
    'A1'
    """
    return UNHELD.sub("", text)


def write_title(sheet: Worksheet, row: int, text: str, columns: int, font: Font = TITLE, height: float = 26) -> None:
    """A line across the table: its title, or a muted note."""
    cell = write(sheet.cell(row, 1), text)
    cell.font, cell.alignment = font, Alignment(vertical="center", wrap_text=True)
    sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=columns)
    sheet.row_dimensions[row].height = height


def write_headings(sheet: Worksheet, row: int, names: Sequence[str], widths: Sequence[float]) -> None:
    """The headings with their columns' widths (in characters)."""
    for column, (name, width) in enumerate(zip(names, widths, strict=True), 1):
        cell = write(sheet.cell(row, column), name)
        cell.font, cell.fill, cell.border = HEADING, HEADING_FILL, GRID
        cell.alignment = Alignment(vertical="center", wrap_text=True)
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.row_dimensions[row].height = 24


def print_on_pages(sheet: Worksheet, heading_row: int) -> None:
    """A4 across, one page wide, the heading on every page."""
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = f"{heading_row}:{heading_row}"


def write_footer(sheet: Worksheet, text: str) -> None:
    """What stands with the page's number at the foot of each printed page, as much of it as Excel takes there."""
    sheet.oddFooter.center.text = f"{text[:LONGEST_FOOTER].replace('&', '&&')}　第 &P 页"
    sheet.oddFooter.center.size = 8


def saved(book: Workbook, title: str, demo: bool, stamp: str | None = None) -> bytes:
    """The workbook's bytes; one of demonstration data carries their mark, so that it counts as such when it returns.

    stamp: a further mark that the intake looks for.
    """
    book.properties.title, book.properties.creator = title, ""
    book.properties.keywords = " ".join(filter(None, (DEMO if demo else None, stamp))) or None
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()
