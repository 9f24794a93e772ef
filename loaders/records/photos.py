"""Photos of a table: which lie on which line's photo columns, as formulas, in cells and floating; and those beside."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from loaders.grid import Sheet, address, is_blank
from loaders.records.lines import Lines
from loaders.tables.rows import EMPTY
from readiness.model import CHECKLIST, LEDGER, Problem, Table
from readiness.table_words import KEPT_PHOTOS

_CONCEPTS = ("photos_before", "photos_after")
_WITH_PHOTOS = (LEDGER, CHECKLIST)

Cell = tuple[int, int]


def pictures(lines: Lines, name: str) -> list[Any]:
    """How many pictures lie on the cells of a field's columns, as formulas or floating; None where there is none.

    Where they lie is noted in lines.pictures.
    """
    concept = {"photos": "photos_before"}.get(name, name)
    columns = [column for column in lines.heading.columns
               if column.concept == concept and column.heading not in KEPT_PHOTOS]
    lying = _lying(lines) if columns and lines.sheet.pictures else {}
    counts = [0] * len(lines.rows)
    for column in columns:
        named = lines.typed(column, name, lines.reader.pictures)
        for position, row in enumerate(lines.rows):
            names, cells = named[position] or [], lying.get((row, column.index), [])
            counts[position] += len(names) + sum(map(lines.sheet.pictures.__getitem__, cells))
            own = address(row, column.index)
            lines.pictures += [(row + 1, name, own, each) for each in names]
            lines.pictures += [(row + 1, name, address(*cell), "") for cell in cells]
    return [count or None for count in counts]


def unplaced(sheet: Sheet, tables: Iterable[Table]) -> tuple[Problem, ...]:
    """A warning on the pictures below a sheet's first heading that lie on no record's column of photos.

    Those of rejected lines come with their line once it is mended; those on totals, notes and signatures are seals.
    """
    own = [table for table in tables if table.sheet == sheet.name and table.kind in _WITH_PHOTOS]
    first = min((row for table in own for row in table.header_rows), default=None)
    if first is None or not sheet.pictures:
        return ()
    aside = {row for table in own for row, reason in table.ignored if reason != EMPTY}
    aside |= {problem.row for table in own for problem in table.rejected}
    taken = {cell for table in own for _, _, cell, _ in table.pictures}
    kept = {letters for table in own for label, letters in table.letters.items() if label in KEPT_PHOTOS}
    below = (cell for cell in sheet.pictures if cell[0] + 1 > first and cell[0] + 1 not in aside)
    left = sorted(cell for cell in below if address(*cell) not in taken and not _is_copy(sheet, cell, kept))
    count = sum(map(sheet.pictures.__getitem__, left))
    return tuple(
        Problem("pictures_unplaced", sheet.name, row + 1, address(row, column), facts={"count": count})
        for row, column in left[:1]
    )


def _is_copy(sheet: Sheet, cell: Cell, kept: set[str]) -> bool:
    """Whether a workbook of ours shows a photo there that is here already: one, on a cell that says how many."""
    row, column = cell
    return address(0, column)[:-1] in kept and sheet.pictures[cell] == 1 and not is_blank(sheet.cell(row, column))


def _lying(lines: Lines) -> dict[Cell, list[Cell]]:
    """Row of a line and photo column -> the cells of the pictures that belong there."""
    found: dict[Cell, list[Cell]] = {}
    rows = set(lines.rows)
    for cell in sorted(lines.sheet.pictures):
        column = _photo_column(lines, cell[1])
        for row in _lines_of(lines.sheet, cell, rows) if column is not None else ():
            found.setdefault((row, column), []).append(cell)
    return found


def _photo_column(lines: Lines, index: int) -> int | None:
    """The photo column on which a picture lies, or beside which: in a column without a heading next to one alone."""
    photos = {column.index for column in lines.heading.columns if column.concept in _CONCEPTS}
    headed = {column.index for column in lines.heading.columns if column.parts}
    beside = photos & {index - 1, index + 1}
    if index in photos:
        return index
    return beside.pop() if index not in headed and len(beside) == 1 else None


def _lines_of(sheet: Sheet, cell: Cell, rows: set[int]) -> Iterator[int]:
    """The lines to which a picture on a cell belongs: all of a merged cell, else its own or the one merged over it."""
    row, column = cell
    top, _, bottom, _ = sheet.merge_at.get(cell, (row, column, row, column))
    if own := rows & set(range(top, bottom + 1)):
        yield from sorted(own)
        return
    tops = {area[0] for other in range(sheet.width) if (area := sheet.merge_at.get((row, other)))}
    if above := tops & rows:
        yield max(above)
