"""Marking: the same workbook handed back, its problem cells red and commented, their sentences in a column 问题."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from lxml import etree

from loaders.formats.content import Unreadable, kind_of
from loaders.formats.locked import unlocked
from loaders.formats.reading import read_sheets
from loaders.grid import Rectangle, row_and_column
from loaders.marks.comments import add_comments, take_off
from loaders.marks.filters import name_filter
from loaders.marks.package import Package, parsed
from loaders.marks.reading import HEADING, JOINT, mark_cells
from loaders.marks.rebuilding import as_xlsx, title
from loaders.marks.sheet import LAST_COLUMN, SheetXml, plain
from loaders.marks.styles import RedStyles
from readiness.messages import reason
from readiness.model import Problem

WIDTH = 48  # characters of the column 问题
_TRIPPED = (ValueError, LookupError, ArithmeticError, TypeError, AttributeError)  # over parts that say nothing sensible


@dataclass(frozen=True)
class Marks:
    """The problems of one table and where it stands; rows from 0, last is its last row."""

    sheet: str | None
    headings: tuple[int, ...]
    last: int
    problems: tuple[Problem, ...]

    def by_row(self) -> dict[int, str]:
        """The sentences of each row in one text."""
        return _joined((problem.row - 1, problem) for problem in self.problems)

    def by_cell(self, merges: Iterable[Rectangle]) -> dict[tuple[int, int], str]:
        """The sentences of each cell; of a merged cell those of all cells under it, on its first one."""
        corners = {place: place for place in (row_and_column(one.cell) for one in self.problems if one.cell)}
        for top, left, bottom, right in merges:
            inside = [place for place in corners if top <= place[0] <= bottom and left <= place[1] <= right]
            corners.update(dict.fromkeys(inside, (top, left)))
        return _joined((corners[row_and_column(one.cell)], one) for one in self.problems if one.cell)


def marked_book(data: bytes, tables: Iterable[Mapping[str, Any]]) -> bytes:
    """The workbook with the marks of its tables, as marks_of gives them; raises Unreadable.

    An .xlsx or .xlsm keeps all that it has, byte for byte but for what is added. Any other format comes back as an
    .xlsx with the same cells: their values and merges, but no pictures and no layout, which only its own program knows.
    """
    data = unlocked(data)
    sheets = read_sheets(data)
    content = data if kind_of(data) == "xlsx" else as_xlsx(sheets)
    standing = {title(sheet.name): mark_cells(sheet) for sheet in sheets}
    del sheets  # room for the sheets' trees
    try:
        return _marked(content, standing, map(_marks, tables))
    except _TRIPPED as error:
        raise Unreadable("broken_file") from error


def _marked(content: bytes, standing: Mapping[str, set[tuple[int, int]]], tables: Iterable[Marks]) -> bytes:
    """The package with the marks of its tables; standing: the cells of an earlier marking by sheet, which go."""
    package = Package(content)
    workbook = package.related("", "officeDocument")[0][1]
    strict = etree.QName(parsed(package.read(workbook))).namespace.startswith("http://purl.oclc.org")
    styles = RedStyles(package, workbook, strict)
    parts, opened = dict(_sheet_parts(package, workbook)), {}
    for name, part in parts.items():
        if marks := standing.get(title(name)):
            opened[part] = SheetXml(package.read(part))
            _take_off(package, part, opened[part], styles, marks)
    for marks in tables:
        name = marks.sheet if marks.sheet in parts else title(marks.sheet)
        part = parts[name]
        if part not in opened:
            opened[part] = SheetXml(package.read(part))
        filtered = _mark_table(package, part, opened[part], marks, styles, standing[title(marks.sheet)], strict)
        if filtered:
            name_filter(package, workbook, name, filtered)
    for part, sheet in opened.items():
        package.put(part, sheet.saved())
    return package.saved()


def _take_off(package: Package, part: str, sheet: SheetXml, styles: RedStyles, standing: set[tuple[int, int]]) -> None:
    """Takes the marks of an earlier marking off a sheet."""
    for row, column in standing:
        sheet.empty(row, column)
    sheet.repaint(styles.plain())
    take_off(package, part, sheet.drawing)


def _mark_table(
    package: Package,
    part: str,
    sheet: SheetXml,
    marks: Marks,
    styles: RedStyles,
    standing: set[tuple[int, int]],
    strict: bool,
) -> Rectangle | None:
    """Marks one table; returns what is filtered now, where that is new."""
    cells = marks.by_cell(sheet.merges())
    for row, column in cells:
        sheet.paint(row, column, styles.marked)
    sheet.draw(add_comments(package, part, sheet.drawing, cells, strict), _relations_space(strict))
    return _add_column(sheet, marks, styles, standing) if marks.headings else None


def _add_column(
    sheet: SheetXml, marks: Marks, styles: RedStyles, standing: set[tuple[int, int]]
) -> Rectangle | None:
    """The column 问题 behind the table's last one, headed on every page, under one filter with the table.

    standing: the cells of an earlier marking, whose column is taken again.
    """
    rows, blocks = range(marks.headings[0], marks.last + 1), list(_blocks(marks.headings))
    column = _column(sheet, marks, rows, standing)
    if column > LAST_COLUMN:
        return None
    for first, last in blocks:
        sheet.write(first, column, HEADING, sheet.style(first, column - 1))
        if last > first and (first, column, last, column) not in sheet.merges():
            sheet.merge((first, column, last, column))
    for row, sentences in marks.by_row().items():
        sheet.write(row, column, sentences, styles.marked(sheet.style(row, column - 1)))
    sheet.widen(column, WIDTH)
    sheet.reach(column)
    left = min(map(sheet.first_filled, range(blocks[0][0], blocks[0][1] + 1)))
    return sheet.filter_over((blocks[0][1], left, marks.last, column))


def _column(sheet: SheetXml, marks: Marks, rows: range, standing: set[tuple[int, int]]) -> int:
    """Where the column 问题 stands: right of everything in the table's rows, or where an earlier marking put it."""
    again = (column for row, column in standing if row == marks.headings[0])
    merged = (area[3] for area in sheet.merges() if area[0] in marks.headings and area[:2] not in standing)
    last = max(*map(sheet.last_filled, rows), *merged, 0)
    return next(again, last + 1)


def _blocks(headings: tuple[int, ...]) -> Iterator[tuple[int, int]]:
    """First and last row of each heading: rows that follow one another are one.

    >>> list(_blocks((2, 3, 40)))
    [(2, 3), (40, 40)]
    """
    starts = [row for before, row in pairwise((-2, *headings)) if row != before + 1]
    ends = [row for row, after in pairwise((*headings, -2)) if after != row + 1]
    return zip(starts, ends, strict=True)


def _marks(plain_marks: Mapping[str, Any]) -> Marks:
    problems = tuple(
        Problem(**{**problem, "suggestions": tuple(problem["suggestions"])}) for problem in plain_marks["problems"]
    )
    return Marks(plain_marks["sheet"], tuple(plain_marks["headings"]), plain_marks["last"], problems)


def _joined(problems: Iterable[tuple[Any, Problem]]) -> dict[Any, str]:
    """Each place's sentences, each once, in one text."""
    said: dict[Any, dict[str, None]] = {}
    for place, problem in problems:
        said.setdefault(place, {})[plain(reason(problem)).removesuffix("。")] = None
    return {place: f"{JOINT.join(sentences)}。" for place, sentences in said.items()}


def _sheet_parts(package: Package, workbook: str) -> Iterator[tuple[str, str]]:
    targets = dict(package.related(workbook, "worksheet"))
    for sheet in parsed(package.read(workbook)).iter("{*}sheet"):
        reference = next((value for key, value in sheet.attrib.items() if key.endswith("}id")), None)
        if reference in targets:
            yield sheet.get("name"), targets[reference]


def _relations_space(strict: bool) -> str:
    start = "http://purl.oclc.org/ooxml" if strict else "http://schemas.openxmlformats.org"
    return f"{start}/officeDocument/{'' if strict else '2006/'}relationships"
