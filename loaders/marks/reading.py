"""A marked book read again: the 问题 column that marking added is taken off the grid before anything is read."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from loaders.grid import Sheet, is_blank
from readiness.messages import CELL_SENTENCES, TO_WRITE

HEADING = "问题"
JOINT = "；"
_FACT = ".{0,2000}?"


def without_marks(sheet: Sheet) -> Sheet:
    """The sheet without the headings and sentences of marking; a row keeps its sentence where nothing else is left."""
    return _without(sheet, {cell for cell in mark_cells(sheet) if len(sheet.filled(cell[0])) > 1})


def without_emptied(sheet: Sheet) -> Sheet:
    """The sheet without a last heading 问题 with nothing below: that of a marked book whose sentences were deleted."""
    if HEADING not in sheet.distinct:
        return sheet
    headed = ((row, sheet.filled(row)) for row, cells in enumerate(sheet.rows) if HEADING in cells)
    last = {(row, filled[-1]) for row, filled in headed if len(filled) > 2 and sheet.cell(row, filled[-1]) == HEADING}
    return _without(sheet, {cell for cell in last if _stands_alone(sheet, cell[1])})


def _stands_alone(sheet: Sheet, column: int) -> bool:
    values = (sheet.cell(row, column) for row in range(len(sheet.rows)))
    return all(is_blank(value) or value == HEADING for value in values)


def _without(sheet: Sheet, marks: set[tuple[int, int]]) -> Sheet:
    if not marks:
        return sheet
    rows = list(sheet.rows)
    for row, column in marks:
        rows[row] = [*rows[row][:column], "", *rows[row][column + 1 :]]
    merges = tuple(area for area in sheet.merges if area[:2] not in marks)
    return replace(sheet, rows=rows, merges=merges)


def mark_cells(sheet: Sheet) -> set[tuple[int, int]]:
    """Row and column, from 0, of every heading and sentence that marking wrote on a sheet."""
    if HEADING not in sheet.distinct:
        return set()
    headed = (row for row in sheet.rows if HEADING in row)
    columns = {place for row in headed for place, value in enumerate(row) if value == HEADING}
    return {cell for column in columns for cell in _marks(sheet, column)}


def _marks(sheet: Sheet, column: int) -> list[tuple[int, int]]:
    """The sentences of a column and the headings above them; nothing where no sentence of ours stands."""
    filled = [(row, value) for row in range(len(sheet.rows)) if not is_blank(value := sheet.cell(row, column))]
    ours, followed = [], True  # a heading is ours where a sentence, another heading or nothing stands below it
    for row, value in reversed(filled):
        sentence = isinstance(value, str) and bool(_sentences().match(value))
        followed = sentence or (followed and value == HEADING)
        if followed:
            ours.append((row, column))
    return ours if any(sheet.cell(*cell) != HEADING for cell in ours) else []


@cache
def _sentences() -> re.Pattern[str]:
    """What a sentence of ours begins with: any of them, whatever its facts."""
    return re.compile("|".join(_pattern(code, sentence) for code, sentence in CELL_SENTENCES.items()), re.DOTALL)


def _pattern(code: str, sentence: str) -> str:
    """A sentence as a pattern: words to be written stand for themselves, facts for anything.

    >>> _pattern("not_a_number", "{seen}不是数字。请只写数字。"), _pattern("description_missing", "没有写。请写“{0}”。")
    ('.{0,2000}?不是数字。请只写数字', '没有写。请写“无”')
    """
    written = TO_WRITE.get(code, ())
    parts = re.split(r"\{(\w+)\}", sentence.removesuffix("。"))
    facts = [re.escape(written[int(part)]) if part.isdigit() else _FACT for part in parts[1::2]]
    return "".join(re.escape(words) + fact for words, fact in zip(parts[::2], [*facts, ""], strict=True))
