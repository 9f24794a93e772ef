"""How an office workbook looks: titles, merged cells, headings of one or two rows, group rows, totals, signatures."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from math import ceil
from pathlib import Path
from typing import Any

import pandas as pd
import xlsxwriter

from tests.demo import MARK
from tests.demo.cell_images import formula, put_in
from tests.demo.photos import FLOATING, FORMULA, Photo

CREATED = datetime(2026, 10, 26, 9, 0)
BASE = {"font_name": "宋体", "font_size": 11, "valign": "vcenter"}
LOOKS = {
    "title": {"font_name": "黑体", "font_size": 16, "bold": True, "align": "center"},
    "meta": {"align": "left"},
    "head": {"bold": True, "align": "center", "text_wrap": True, "border": 1, "bg_color": "#E7E6E6"},
    "group": {"bold": True, "align": "left", "border": 1, "bg_color": "#F2F2F2"},
    "cell": {"align": "center", "text_wrap": True, "border": 1},
    "text": {"align": "left", "text_wrap": True, "border": 1},
    "total": {"bold": True, "align": "center", "border": 1},
    "note": {"align": "left", "italic": True},
}
LONG = 11  # characters from which a column is written from the left
PHOTO_HEIGHT = 60
NARROW, BROAD = 8, 14  # characters of a heading's column, unless its cells are longer


class Book:
    """A workbook of the demonstration, marked as such; the same calls give the same bytes."""

    def __init__(self, path: Path, font: str = "宋体", dates: str = "yyyy-mm-dd") -> None:
        self._path = path
        self._by_formula: list[bytes] = []
        options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
        self._book = xlsxwriter.Workbook(path, options)
        self._book.set_properties({"title": path.stem, "author": "示例", "keywords": MARK, "created": CREATED})
        self.looks = {name: self._book.add_format({**BASE, "font_name": font, **look}) for name, look in LOOKS.items()}
        self.looks["date"] = self._book.add_format({**BASE, "font_name": font, **LOOKS["cell"], "num_format": dates})

    def sheet(self, name: str, landscape: bool = True) -> Sheet:
        return Sheet(self._book.add_worksheet(name), self.looks, landscape, self._by_formula)

    def __enter__(self) -> Book:
        return self

    def __exit__(self, *_: object) -> None:
        self._book.close()
        if self._by_formula:
            put_in(self._path, self._by_formula)


class Sheet:
    """A sheet written from the top down; every method continues below what is there."""

    def __init__(self, sheet: Any, looks: dict[str, Any], landscape: bool, by_formula: list[bytes]) -> None:
        self._sheet, self._looks, self.row = sheet, looks, 0
        self._by_formula = by_formula  # the pictures that formulas of the book show
        self._widths: dict[int, float] = {}
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(0.5, 0.5, 0.6, 0.6)
        if landscape:
            sheet.set_landscape()

    def title(self, text: str, columns: int) -> None:
        self._sheet.set_row(self.row, 30)
        self._line(text, columns, "title")

    def meta(self, text: str, columns: int) -> None:
        """One merged line such as 填报单位：… 填报人：… 日期：…"""
        self._line(text, columns, "meta")

    def pair(self, key: str, value: object) -> None:
        """A cell with a word and its value in the cell beside it."""
        self._write(self.row, 0, key, "cell")
        self._write(self.row, 1, value)
        self.row += 1

    def skip(self) -> None:
        self.row += 1

    def heading(self, heads: Sequence[str | tuple[str, str]]) -> None:
        """One row of headings, or two when some are (upper, lower): equal neighbours share their upper cell."""
        if not any(isinstance(head, tuple) for head in heads):
            self._sheet.set_row(self.row, 16 * max(ceil(2 * len(head) / BROAD) for head in heads))
            for column, head in enumerate(heads):
                self._widen(column, _width(head))
                self._write(self.row, column, head, "head")
            self.row += 1
            return
        self._two_rows(heads)
        lowest = max(ceil(2 * len(head[1]) / NARROW) for head in heads if isinstance(head, tuple))
        self._sheet.set_row(self.row + 1, 16 * lowest)
        self.row += 2

    def rows(self, frame: pd.DataFrame, merged: Sequence[str] = ()) -> None:
        """The rows of a frame; equal neighbours of the merged columns become one tall cell."""
        for column, name in enumerate(frame.columns):
            values = frame[name].tolist()
            self._fit(column, values)
            look = "text" if any(isinstance(value, str) and len(value) >= LONG for value in values) else "cell"
            for start, stop in _runs(values) if name in merged else ((at, at) for at in range(len(values))):
                self._tall(self.row + start, self.row + stop, column, values[start], look)
        self.row += len(frame)

    def group(self, text: str, columns: int) -> None:
        self._line(text, columns, "group")

    def total(self, values: Sequence[object]) -> None:
        for column, value in enumerate(values):
            self._write(self.row, column, value, "total")
        self.row += 1

    def note(self, text: str, columns: int) -> None:
        self._line(text, columns, "note")

    def blank_lines(self, first: int, count: int, columns: int) -> None:
        """Lines of the form that nobody filled in: a running number and borders."""
        for number in range(first, first + count):
            self._write(self.row, 0, number)
            for column in range(1, columns):
                self._write(self.row, column, None)
            self.row += 1

    def freeze(self) -> None:
        self._sheet.freeze_panes(self.row, 0)

    def _line(self, text: str, columns: int, look: str) -> None:
        self._sheet.merge_range(self.row, 0, self.row, max(columns - 1, 1), text, self._looks[look])
        self.row += 1

    def _two_rows(self, heads: Sequence[str | tuple[str, str]]) -> None:
        uppers = [head[0] if isinstance(head, tuple) else None for head in heads]
        for start, stop in _runs(uppers):
            if uppers[start] is not None and stop > start:
                self._sheet.merge_range(self.row, start, self.row, stop, uppers[start], self._looks["head"])
            elif uppers[start] is not None:
                self._write(self.row, start, uppers[start], "head")
        for column, head in enumerate(heads):
            lower = head[1] if isinstance(head, tuple) else head
            self._widen(column, NARROW if isinstance(head, tuple) else _width(lower))
            if isinstance(head, tuple):
                self._write(self.row + 1, column, lower, "head")
            else:
                self._sheet.merge_range(self.row, column, self.row + 1, column, head, self._looks["head"])

    def _tall(self, first: int, last: int, column: int, value: object, look: str) -> None:
        if first == last:
            self._write(first, column, value, look)
        else:
            look = "date" if isinstance(value, date) else look
            self._sheet.merge_range(first, column, last, column, value, self._looks[look])

    def _write(self, row: int, column: int, value: object, look: str = "cell") -> None:
        if value is None or value == "" or (isinstance(value, float) and pd.isna(value)):
            self._sheet.write_blank(row, column, None, self._looks[look])
        elif isinstance(value, Photo):
            self._photo(row, column, value)
        elif isinstance(value, date):
            self._sheet.write_datetime(row, column, datetime(value.year, value.month, value.day), self._looks["date"])
        else:
            self._sheet.write(row, column, value, self._looks[look])

    def _photo(self, row: int, column: int, photo: Photo) -> None:
        self._sheet.set_row(row, PHOTO_HEIGHT)
        name, data = "示例.jpg", {"image_data": io.BytesIO(photo.content)}
        if photo.storage == FLOATING:
            self._sheet.write_blank(row, column, None, self._looks["cell"])
            self._sheet.insert_image(row, column, name, {
                **data, "x_scale": 0.4, "y_scale": 0.4, "x_offset": 4, "y_offset": 4, "object_position": 1})
        elif photo.storage == FORMULA:
            self._by_formula.append(photo.content)
            said, shown = formula(photo.content)
            self._sheet.write_formula(row, column, said, self._looks["cell"], shown)
        else:
            self._sheet.embed_image(row, column, name, {**data, "cell_format": self._looks["cell"]})

    def _fit(self, column: int, values: Sequence[object]) -> None:
        longest = max((len(value) for value in values if isinstance(value, str)), default=0)
        self._widen(column, 12 if any(isinstance(value, date) for value in values) else min(2 * longest + 2, 36))

    def _widen(self, column: int, width: float) -> None:
        self._widths[column] = max(width, self._widths.get(column, 0))
        self._sheet.set_column(column, column, self._widths[column])


def _width(head: str) -> float:
    return 6 if head == "序号" else min(4 + 2 * len(head), BROAD)


def _runs(values: Sequence[object]) -> Iterator[tuple[int, int]]:
    start = 0
    for at in range(1, len(values) + 1):
        if at == len(values) or values[at] != values[start]:
            yield start, at - 1
            start = at
