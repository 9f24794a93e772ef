"""The area of each line: of its column, its group row or what stands around the table; none is a problem."""

from __future__ import annotations

from loaders.grid import address
from loaders.records.lines import Lines
from loaders.tables.columns import Column
from loaders.values.cells import Failure
from readiness.model import Problem

AREA_CONCEPTS = ("area", "area_community", "area_street", "area_grid")


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
