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
from loaders.tables.headings import FIELD_OF
from loaders.tables.rows import RECORD, SECTION, Line
from loaders.values.cells import Cell, Failure, Reader
from readiness.model import CHECKLIST, LEDGER, PATROLS, SITES, Problem

AREA_CONCEPTS = ("area", "area_community", "area_street", "area_grid")
_PLACES = {
    LEDGER: (("site", "location", "address"), ("location", "address")),
    CHECKLIST: (("site", "location", "address"), ()),
    PATROLS: ((), ()),
    SITES: (("site", "location"), ()),
}


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


def area_codes(lines: Lines) -> list[str | None]:
    """The area of each line: its column, else its group row, else what is said around; none is a problem."""
    column = _area_column(lines)
    if column is None:
        return _areas_around(lines)
    lines.sources["area_code"] = f"column {address(0, column.index)[:-1]}"
    found, grouped = lines.typed(column, "area_code", lambda value: _area_named(lines, value)), lines.grouped("area")
    for position, value in enumerate(lines.values(column)):
        if found[position] is None and not lines.reader.text(value):
            found[position] = grouped[position]
            if grouped[position] is None:
                unknown = lines.groups[position].said.get("unknown_area")
                lines.problems.setdefault(position, []).append(
                    _unknown_area(lines, position, unknown) if unknown else _no_area(lines, position, column.index)
                )
    return found


def _area_named(lines: Lines, value: object) -> str | Failure | None:
    text = lines.reader.text(value)
    if not text or (code := lines.areas.code(text)):
        return code if text else None
    return Failure("area_unknown", lines.areas.suggestions(text))


def _area_column(lines: Lines) -> Column | None:
    for concept in AREA_CONCEPTS:
        for column in (column for column in lines.heading.columns if column.concept == concept):
            texts = [text for value in lines.values(column)[:200] if (text := lines.reader.text(value))]
            codes = [lines.areas.code(text) for text in texts]
            if (
                concept == "area_street"
                and set(codes) <= lines.areas.subdistrict | {None}
                and (any(lines.grouped("area")) or lines.context.nearest("area")[0])
            ):
                continue
            if concept == "area" or (texts and sum(code is not None for code in codes) >= 0.5 * len(texts)):
                return column
    return None


def _areas_around(lines: Lines) -> list[str | None]:
    around, where = lines.context.nearest("area")
    if any(lines.grouped("area")):
        lines.sources["area_code"] = "group row"
    elif around:
        lines.sources["area_code"] = where
    outer = lines.context.nearest("unknown_area")[0]
    unknown = [group or outer for group in lines.grouped("unknown_area")]
    said = zip(lines.grouped("area"), lines.grouped("unknown_area"), strict=True)
    found = [None if stranger else group or around for group, stranger in said]
    for position, code in enumerate(found):
        if code is None:
            first = (lines.sheet.filled(lines.rows[position]) or [0])[0]
            lines.problems.setdefault(position, []).append(
                _unknown_area(lines, position, unknown[position])
                if unknown[position]
                else _no_area(lines, position, first)
            )
    return found


def _unknown_area(lines: Lines, position: int, unknown: tuple[str, str]) -> Problem:
    """The problem of a line whose area is named elsewhere (cell, text) and is none of ours."""
    cell, text = unknown
    return Problem(
        "area_unknown",
        lines.sheet.name,
        lines.rows[position] + 1,
        cell,
        "area_code",
        text,
        lines.areas.suggestions(text),
    )


def _no_area(lines: Lines, position: int, column: int) -> Problem:
    row = lines.rows[position]
    return Problem("area_missing", lines.sheet.name, row + 1, address(row, column), "area_code", None)


def places(lines: Lines) -> tuple[Column | None, Column | None]:
    """The columns of site and location: the first place column is the site, a second one the location inside it."""
    first, second = _PLACES[lines.heading.kind]
    site = lines.heading.column(*first) if first else None
    location = next(
        (column for concept in second if (column := lines.heading.column(concept)) and column != site), None
    )
    return site, location


def field_column(lines: Lines, name: str) -> Column | None:
    """The column that fills a field: of the field's own name, else of a concept that stands for it."""
    renamed = FIELD_OF[lines.heading.kind]
    return lines.heading.column(name, *(concept for concept, target in renamed.items() if target == name))


def rounds(lines: Lines) -> dict[str, list[Any]]:
    """round and round_no of each line: the column's, else the group row's, else what is said around."""
    column = lines.heading.column("round")
    if column is None:
        return {name: or_around(lines, name, name) for name in ("round", "round_no")}
    pairs = [lines.reader.round(value) for value in lines.values(column)]
    return {"round": [pair[0] for pair in pairs], "round_no": [pair[1] for pair in pairs]}


def texts(lines: Lines, *names: str) -> dict[str, list[Any]]:
    """Fields that are plain text; of several columns of one field the first that is filled."""
    return {name: filled_first(lines, name, lines.reader.text) for name in names}


def filled_first(lines: Lines, name: str, read: Callable[[object], Any]) -> list[Any]:
    """A field that several columns may fill: the first filled one, own name before those that stand for it."""
    renamed = FIELD_OF[lines.heading.kind]
    concepts = (name, *(concept for concept, target in renamed.items() if target == name))
    columns = [column for concept in concepts for column in lines.heading.columns if column.concept == concept]
    found = [lines.typed(column, name, read) for column in columns or [None]]
    if len(found) == 1:
        return found[0]
    return [next((value for value in values if value is not None), None) for values in zip(*found, strict=True)]


def inspectors(lines: Lines) -> list[Any]:
    """The inspector of each line: the column's, else what is said around when there is no such column."""
    column = lines.heading.column("inspector")
    if column is None:
        return or_around(lines, "inspector", "inspector")
    return lines.typed(column, "inspector", lines.reader.person)


def days(
    lines: Lines, name: str, column: Column | None, last: bool = False, starts: list[str | None] | None = None
) -> list[Any]:
    """A column of dates; last: of a range the last day; starts: where "24小时内" counts from on each line."""
    year = lines.context.year
    beside = [starts] if starts else []
    return lines.typed(column, name, lambda value, start=None: lines.reader.day(value, year, last, start), *beside)


def sheet_days(lines: Lines, name: str) -> list[Any]:
    """The day of the group row, title, meta line, sheet or file name, for a table without a column of days."""
    said = next((said for said in lines.context.said if said.day is not None), None)
    for position, grouped in enumerate(lines.grouped("day")):
        if lines.groups[position].said.get("day_inferred") if grouped else said is not None and said.day_inferred:
            lines.inferred.setdefault(position, set()).add(name)
    return or_around(lines, name, "day")


def or_around(lines: Lines, name: str, said: str) -> list[Any]:
    """What the group row of each line says for a field, else what is said around."""
    outside = around(lines, name, said)
    return [outside if grouped is None else grouped for grouped in lines.grouped(said)]


def categories(lines: Lines) -> list[Any]:
    """The category of each line: its column's; without a column the group row's text."""
    column = lines.heading.column("category")
    own = lines.typed(column, "category", lines.reader.text)
    if column is not None and any(own):
        return [value or group for value, group in zip(own, lines.grouped("text"), strict=True)]
    return lines.grouped("text")


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


def around(lines: Lines, name: str, said: str, condition: bool = True) -> Any:
    """What the context says for a field, with its source noted; None when it says nothing or may not speak."""
    if not condition:
        return None
    value, where = lines.context.nearest(said)
    if value is not None:
        lines.sources[name] = where
    return value
