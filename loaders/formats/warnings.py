"""Warnings: what a reader should know of a sheet though all of its rows were read; a problem a cause, with a count."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from loaders.formats.notes import Notes
from loaders.grid import address
from readiness.model import Problem

_NUMBERS = frozenset((float, int))
_LONG = 1e15  # a number keeps fifteen digits
_WIDEST = 1000  # marks of hidden columns that are looked at
_TRAILING = 1000  # rows of bare formatting that are worth a word


def warnings_of(sheet: str | None, rows: Sequence[Sequence[object]], hidden: bool, notes: Notes) -> tuple[Problem, ...]:
    """The warnings on one sheet, each with its first cell and how many there are; rows are its cells."""
    width = max(map(len, rows), default=0)
    return tuple(
        Problem(code, sheet, cell=cell, value=value, facts={"count": count, **facts})
        for code, count, cell, value, facts in _found(rows, width, hidden, notes)
    )


def _found(rows: Sequence[Sequence[object]], width: int, hidden: bool, notes: Notes) -> Iterator[tuple]:
    if notes.errors:
        place, text = min(notes.errors)
        yield "errors_in_cells", len(notes.errors), address(*place), text, {}
    if notes.uncached:
        yield "uncached_formula", len(notes.uncached), address(*min(notes.uncached)), None, {}
    if long := _long_numbers(rows):
        (row, column), count = long
        yield "long_number", count, address(row, column), str(int(Decimal(f"{rows[row][column]:.14e}"))), {}
    if hidden:
        yield "hidden_sheet", 1, None, None, {}
    if hidden_rows := [row for row in notes.hidden_rows if row < len(rows) and any(rows[row])]:
        yield "hidden_rows", len(hidden_rows), None, None, {"first": hidden_rows[0] + 1}
    if hidden_columns := sorted(
        {column for first, last in notes.hidden_columns[:_WIDEST] for column in range(first, min(last + 1, width))}
    ):
        yield "hidden_columns", len(hidden_columns), None, None, {"first": address(0, hidden_columns[0])[:-1]}
    if notes.last_row - len(rows) >= _TRAILING:
        yield "trailing_format", notes.last_row + 1 - len(rows), None, None, {}


def _long_numbers(rows: Sequence[Sequence[object]]) -> tuple[tuple[int, int], int] | None:
    """The first number of more than fifteen digits, and how many there are."""
    long = {value for row in rows for value in row if type(value) in _NUMBERS and _LONG <= abs(value) < 1e30}
    if not long:  # which is the rule
        return None
    found = [(row, column) for row, cells in enumerate(rows) for column, cell in enumerate(cells) if cell in long]
    return found[0], len(found)
