"""Records: the lines of a table as typed fields, column by column; every line that fails names its cell."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from loaders.grid import Sheet, address, is_blank
from loaders.tables.areas import AreaNames
from loaders.tables.columns import Column, Heading
from loaders.tables.context import Context
from loaders.tables.groups import Group, group_said
from loaders.tables.rows import RECORD, SECTION, Line
from loaders.values.cells import Cell, Failure, Reader
from readiness.model import Problem


@dataclass
class Lines:
    """The record lines of one table with what their group rows say; failures are gathered by row."""

    sheet: Sheet
    heading: Heading
    context: Context
    areas: AreaNames
    reader: Reader
    rows: list[int]
    groups: list[Group]
    problems: dict[int, list[Problem]] = field(default_factory=dict)
    inferred: dict[int, set[str]] = field(default_factory=dict)
    sources: dict[str, str] = field(default_factory=dict)
    pictures: list[tuple[int, str, str, str]] = field(default_factory=list)  # as Table.pictures

    def values(self, column: Column | None) -> list[object]:
        """The column's value on each line: its own, or that of the rectangle merged downwards over it."""
        if column is None:
            return [""] * len(self.rows)
        index, cells = column.index, self.sheet.columns[column.index]
        own = [cells[row] for row in self.rows]
        if index not in self._down_columns:
            return own
        return [
            self._from_above(row, index) if is_blank(value) else value
            for row, value in zip(self.rows, own, strict=True)
        ]

    def typed(
        self, column: Column | None, name: str, read: Callable[..., Cell | Failure | object], *beside: list[Any]
    ) -> list[Any]:
        """The column read by a function, once for each distinct value; a Failure becomes a problem of its row.

        beside: lists with a value a line, which the function takes after the cell's. A blank cell is None, unread.
        """
        if column is None:
            return [None] * len(self.rows)
        values = self.values(column)
        keys = _keys(values, beside)
        told = dict(zip(keys, zip(values, *beside, strict=True), strict=True))
        answers = {key: None if cell[0] in ("", None) else read(*cell) for key, cell in told.items()}
        self._remark(column, name, values, keys, answers)
        found = {key: _plain(answer) for key, answer in answers.items()}
        return [found[key] for key in keys]

    def _remark(
        self, column: Column, name: str, values: list[object], keys: list[Any], answers: dict[Any, Any]
    ) -> None:
        """Notes the lines whose cell failed or was completed from elsewhere."""
        failed = {key: answer for key, answer in answers.items() if isinstance(answer, Failure)}
        inferred = {key for key, answer in answers.items() if isinstance(answer, Cell) and answer.inferred}
        for position, key in enumerate(keys) if failed or inferred else ():
            if key in failed:
                self.fail(position, column.index, name, values[position], failed[key])
            elif key in inferred:
                self.inferred.setdefault(position, set()).add(name)

    def fail(self, position: int, column: int, name: str, value: object, failure: Failure) -> None:
        row = self.rows[position]
        problem = Problem(
            failure.code,
            self.sheet.name,
            row + 1,
            address(self._written_at(row, column), column),
            name,
            self.reader.text(value),
            failure.suggestions,
            failure.facts,
        )
        self.problems.setdefault(position, []).append(problem)

    def leave_out(self, rows: Iterable[int]) -> None:
        """Takes lines out that are no records, before anything of them is read."""
        gone = set(rows)
        kept = [position for position, row in enumerate(self.rows) if row not in gone]
        self.rows = [self.rows[position] for position in kept]
        self.groups = [self.groups[position] for position in kept]

    def grouped(self, name: str) -> list[Any]:
        """What the group rows above each line say for a name."""
        return [group.said.get(name) for group in self.groups]

    def __post_init__(self) -> None:
        self._down_columns = {left for _, left, _, _ in self.sheet.down_merges()}

    def _written_at(self, row: int, column: int) -> int:
        """The row in which the cell's value can be corrected: the first of a rectangle merged downwards."""
        area = self.sheet.merge_at.get((row, column)) if column in self._down_columns else None
        return area[0] if area and area[1] == column and area[0] > self.heading.bottom else row

    def _from_above(self, row: int, column: int) -> object:
        area = self.sheet.merge_at.get((row, column))
        return self.sheet.cell(area[0], area[1]) if area and area[1] == column and area[0] > self.heading.bottom else ""


def _keys(values: list[object], beside: tuple[list[Any], ...]) -> list[Any]:
    """What tells the cells of a column apart: True equals 1 and is another cell all the same."""
    if beside or bool in set(map(type, values)):
        return list(zip(map(type, values), values, *beside, strict=True))
    return values


def _plain(answer: Cell | Failure | object) -> Any:
    return answer.value if isinstance(answer, Cell) else None if isinstance(answer, Failure) else answer


def lines_of(
    sheet: Sheet, heading: Heading, context: Context, areas: AreaNames, reader: Reader, lines: Iterable[Line]
) -> Lines:
    """The record lines with what the group rows above them say."""
    rows, groups, group, lines = [], [], Group(), list(lines)
    said = _sections(sheet, [line for line in lines if line.reason == SECTION], context, areas, reader)
    for line in lines:
        if line.reason == SECTION:
            group = group.below(said[line.row])
        elif line.reason == RECORD:
            rows.append(line.row)
            groups.append(group)
    return Lines(sheet, heading, context, areas, reader, rows, groups)


def _sections(
    sheet: Sheet, sections: list[Line], context: Context, areas: AreaNames, reader: Reader
) -> dict[int, dict[str, Any]]:
    """What each group row says, by its row; among rows that name areas one that nearly does is an unknown area."""
    said = {line.row: group_said(line.text or "", context.year, areas, reader.vocabulary) for line in sections}
    named = sum(one.get("area") is not None for one in said.values())
    for line in sections:
        one = said[line.row]
        if named > 1 and "text" in one and areas.nearly(one["text"]):
            one = {"area": None, "unknown_area": one["text"]}
        if one.get("unknown_area"):
            one = {**one, "unknown_area": (address(line.row, sheet.filled(line.row)[0]), one["unknown_area"])}
        said[line.row] = one
    return said


def finished(lines: Lines, columns: Mapping[str, list[Any]], order: Iterable[str]) -> Iterator[dict[str, Any]]:
    """One record a line that has no problem: its row and the fields that are known."""
    told = [name for name in order if name in columns and columns[name].count(None) < len(lines.rows)]
    names = ("row", *told)
    data = [columns[name] for name in told]
    for position, values in enumerate(zip((row + 1 for row in lines.rows), *data, strict=True)):
        if position in lines.problems:
            continue
        pairs = zip(names, values, strict=True)
        record = dict(pairs) if None not in values else {name: value for name, value in pairs if value is not None}
        if position in lines.inferred:
            record["inferred"] = sorted(lines.inferred[position])
        yield record
