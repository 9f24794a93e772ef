"""Grid: a sheet as addressed cells with the rectangles they were merged over; nothing later opens the book."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import zip_longest

from readiness.model import Problem

_BLANKS = " \t\r\n\u3000\xa0\u200b\ufeff"
Rectangle = tuple[int, int, int, int]  # top, left, bottom, right; from 0, all inclusive


@dataclass(frozen=True)
class Sheet:
    """Cells of one sheet from A1 on, row by row; blank is "" or None. merges is None where the format cannot tell.

    hidden: the whole sheet is hidden. name is None for text files. sampled: what tables.columns.sample remembers.
    """

    name: str | None
    rows: Sequence[Sequence[object]]
    merges: tuple[Rectangle, ...] = ()
    hidden: bool = False
    pictures: Mapping[tuple[int, int], int] = field(default_factory=dict)  # address -> how many lie on the cell
    warnings: tuple[Problem, ...] = ()
    sampled: dict[tuple[int, int], list[int]] = field(default_factory=dict, init=False, repr=False, compare=False)
    _filled: dict[int, list[int]] = field(default_factory=dict, init=False, repr=False, compare=False)

    def cell(self, row: int, column: int) -> object:
        """The value written at an address, "" outside the sheet or where nothing is written."""
        if 0 <= row < len(self.rows) and 0 <= column < len(self.rows[row]):
            value = self.rows[row][column]
            return "" if value is None else value
        return ""

    def filled(self, row: int) -> list[int]:
        """The columns of a row in which something is written."""
        if row not in self._filled:
            blanks = self.blanks
            self._filled[row] = [column for column, value in enumerate(self.rows[row]) if value not in blanks]
        return self._filled[row]

    @cached_property
    def columns(self) -> list[tuple[object, ...]]:
        """The cells column by column, "" where a row is shorter than the longest."""
        return list(zip_longest(*self.rows, fillvalue=""))

    @cached_property
    def distinct(self) -> frozenset[object]:
        """Every value that stands on the sheet."""
        return frozenset().union(*self.rows)

    @cached_property
    def blanks(self) -> frozenset[object]:
        """The values on the sheet that show nothing."""
        return frozenset({None, "", *filter(is_blank, self.distinct)})

    @cached_property
    def merge_at(self) -> dict[tuple[int, int], Rectangle]:
        """Every address that lies in a merged rectangle -> the rectangle, within the sheet's used part.

        Rectangles beyond those that can lie there side by side are passed over.
        """
        covered, room = {}, len(self.rows) * self.width
        for top, left, bottom, right in self.merges:
            rows = range(top, min(bottom + 1, len(self.rows)))
            columns = range(left, min(right + 1, self.width))
            room -= len(rows) * len(columns)
            if room < 0:
                break
            covered.update(((row, column), (top, left, bottom, right)) for row in rows for column in columns)
        return covered

    @cached_property
    def width(self) -> int:
        return max((len(row) for row in self.rows), default=0)

    def merged(self, row: int, column: int) -> object:
        """The value that holds at an address: its own, or that of the rectangle it was merged over."""
        value = self.cell(row, column)
        if is_blank(value) and (area := self.merge_at.get((row, column))):
            return self.cell(area[0], area[1])
        return value

    def down_merges(self) -> Iterator[Rectangle]:
        """Rectangles of more than one row."""
        return (area for area in self.merges if area[2] > area[0])


def is_blank(value: object) -> bool:
    """Whether a cell shows nothing: empty, or white space and invisible marks alone."""
    return value is None or value == "" or (isinstance(value, str) and not value.strip(_BLANKS))


def row_and_column(cell: str) -> tuple[int, int]:
    """Row and column, from 0, of a cell's name.

    >>> row_and_column("E9"), row_and_column("AA1")
    ((8, 4), (0, 26))
    """
    letters = cell.rstrip("0123456789")
    column = 0
    for letter in letters:
        column = 26 * column + ord(letter) - 64
    return int(cell[len(letters) :]) - 1, column - 1


def address(row: int, column: int) -> str:
    """The name of a cell as a spreadsheet shows it.

    >>> address(8, 4), address(0, 26)
    ('E9', 'AA1')
    """
    letters, column = "", column + 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row + 1}"
