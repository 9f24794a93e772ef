"""Beside: tables that stand next to each other on one sheet, each read from columns of its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from loaders.grid import Sheet, is_blank
from loaders.tables.areas import AreaNames
from loaders.tables.columns import Heading
from loaders.tables.finding import find_headings
from loaders.tables.headings import Headings
from readiness.model import Table


def strips(sheet: Sheet, blocks: list[Heading], headings: Headings, areas: AreaNames) -> list[Sheet]:
    """The sheet once for each table that stands beside another, with that table's columns alone; else the sheet."""
    if not blocks:
        return [sheet]
    first = blocks[0]
    cuts = _cuts(sheet, first)
    bounds = list(zip([0, *cuts], [*cuts, sheet.width], strict=True))
    parted = [_strip(sheet, left, right, first) for left, right in bounds] if cuts else []
    if parted and all(_opens(part, first, headings, areas) for part in parted):
        return parted
    return [sheet]


def _opens(part: Sheet, first: Heading, headings: Headings, areas: AreaNames) -> bool:
    found = find_headings(part, headings, areas)
    return bool(found) and found[0].top <= first.bottom and found[0].bottom >= first.top


def _cuts(sheet: Sheet, block: Heading) -> list[int]:
    """The columns where another table may begin: after an empty column, or where the first label stands again."""
    labels = [(column.index, column.parts[-1]) for column in block.columns if column.parts]
    again = [index for index, label in labels[2:] if label == labels[0][1] and label != labels[1][1]]
    if again:
        return again
    return [index for index, _ in labels[2:] if _is_empty(sheet, index - 1, block.bottom)]


def _is_empty(sheet: Sheet, column: int, bottom: int) -> bool:
    """Whether nothing stands in a column from the heading's lowest row on."""
    return all(is_blank(sheet.merged(row, column)) for row in range(bottom, len(sheet.rows)))


def _strip(sheet: Sheet, left: int, right: int, block: Heading) -> Sheet:
    rows = [_cells(sheet, row, left, right, block.top) for row in range(len(sheet.rows))]
    merges = tuple(area for area in sheet.merges if left <= area[1] and area[3] < right)
    pictures = {place: count for place, count in sheet.pictures.items() if left <= place[1] < right}
    return replace(sheet, rows=rows, merges=merges, pictures=pictures)


def _cells(sheet: Sheet, row: int, left: int, right: int, top: int) -> list[object]:
    """A row's cells within the columns; a line above the tables that is one text speaks for each of them."""
    filled = sheet.filled(row)
    if row < top and len(filled) == 1:
        return [""] * left + [sheet.cell(row, filled[0])]
    return [""] * left + list(sheet.rows[row][left:right])


def told_once(tables: list[Table]) -> list[Table]:
    """Tables that share rows, where what one of them reads or has set aside already is not set aside again."""
    read = {row for table in tables for row in _read(table)}
    for position, table in enumerate(tables):
        own = tuple((row, reason) for row, reason in table.ignored if row not in read)
        read |= {row for row, _ in own}
        tables[position] = replace(table, ignored=own)
    return tables


def _read(table: Table) -> Iterator[int]:
    yield from table.header_rows
    yield from (record["row"] for record in table.records)
    yield from (problem.row for problem in table.rejected)
