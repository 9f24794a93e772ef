"""Ledgers (问题整改台账): a line a problem, or several where its cell counts them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from loaders.records.areas import area_codes
from loaders.records.fields import categories, days, field_column, filled_first, inspectors, places, rounds, texts
from loaders.records.lines import Lines, finished
from loaders.records.photos import pictures
from loaders.tables.columns import TICKED_STATE, Column
from loaders.tables.rows import EMPTY, FROM_CHECKS, NO_PROBLEM
from loaders.values.cells import Failure, Reader
from loaders.values.descriptions import means_no_problem, problems_in
from loaders.values.states import is_tick
from readiness.model import FIELDS, FIXED, FROM_CHECK, LEDGER, OPEN, VERIFIED
from readiness.table_words import ORIGIN_HEADING, ORIGIN_WORDS

Problems = Mapping[int, tuple[str, ...] | None]  # row -> the problems that it describes, None where it says nothing
_PICTURE_CONCEPTS = ("photos_before", "photos_after", None)


def read_ledger(lines: Lines) -> tuple[list[dict[str, Any]], list[tuple[int, str]]]:
    """(records, ignored): every line is a record, a problem in lines.problems, or ignored with its reason."""
    columns, reader = lines.heading, lines.reader
    description = columns.column("description")
    problems = dict(zip(lines.rows, lines.typed(description, "description", partial(_problems, reader)), strict=True))
    ignored = dict(_from_checks(lines)) | dict(_ignored(lines, description, problems))
    lines.leave_out(ignored)
    site, location = places(lines)
    data = {
        "area_code": area_codes(lines),
        "site": lines.typed(site, "site", reader.given),
        "location": lines.typed(location, "location", reader.given),
        "category": categories(lines),
        "inspector": inspectors(lines),
        "description": _described(lines, description, problems),
    }
    data |= texts(lines, "number", "indicator", "severity", "measure", "note") | rounds(lines)
    data["responsible_unit"] = filled_first(lines, "responsible_unit", reader.given)
    data["responsible_person"] = filled_first(lines, "responsible_person", reader.person)
    data |= _dates(lines)
    data["status"] = _states(lines, data)
    data["photos_before"], data["photos_after"] = pictures(lines, "photos_before"), pictures(lines, "photos_after")
    records = [record for whole in finished(lines, data, FIELDS[LEDGER]) for record in _parted(whole)]
    return records, [(row + 1, reason) for row, reason in ignored.items()]


def _problems(reader: Reader, value: object) -> tuple[str, ...] | None:
    """The problems that a cell describes, () where its words say that there is none, None where it says nothing."""
    text = reader.text(value)
    if text is None:
        return None
    parts = problems_in(value) if isinstance(value, str) else [text]
    return tuple(part for part in parts if not means_no_problem(part, reader.vocabulary.no_problem))


def _ignored(lines: Lines, description: Column, problems: Problems) -> Iterator[tuple[int, str]]:
    number = lines.heading.column("number")
    beside = {number.index} if number else set()
    aside = beside | {column.index for column in lines.heading.columns if column.concept in _PICTURE_CONCEPTS}
    for row, told in problems.items():
        filled = lines.sheet.filled(row)
        if description.index not in filled and {*filled} <= (beside if told is None else aside):
            yield row, EMPTY  # a form line, or the second picture of the problem merged down from above
        elif told == ():
            yield row, NO_PROBLEM


def _from_checks(lines: Lines) -> Iterator[tuple[int, str]]:
    """The rows of a ledger of ours that only tell what a checklist has told, and that nobody has taken further."""
    origin = next((column for column in lines.heading.columns if column.heading == ORIGIN_HEADING), None)
    status = lines.heading.column("status")
    for row, said, state in zip(lines.rows, lines.values(origin), lines.values(status), strict=True) if origin else ():
        if said == ORIGIN_WORDS[FROM_CHECK] and lines.reader.state(state) in (None, OPEN):
            yield row, FROM_CHECKS


def _described(lines: Lines, description: Column, problems: Problems) -> list[tuple[str, ...] | None]:
    for position, row in enumerate(lines.rows):
        if problems[row] is None:
            lines.fail(position, description.index, "description", "", Failure("description_missing"))
    return [problems[row] for row in lines.rows]


def _dates(lines: Lines) -> dict[str, list[Any]]:
    columns = {name: field_column(lines, name) for name in ("found_on", "due_on", "fixed_on", "verified_on")}
    found = days(lines, "found_on", columns["found_on"])
    data = {
        "found_on": found,
        "due_on": days(lines, "due_on", columns["due_on"], True, found),
        "fixed_on": days(lines, "fixed_on", columns["fixed_on"], True),
        "verified_on": days(lines, "verified_on", columns["verified_on"], True),
    }
    _silence_followed(lines)
    data["due_on"] = [
        _next_year(due, start, position in lines.inferred and "due_on" in lines.inferred[position])
        for position, (due, start) in enumerate(zip(data["due_on"], found, strict=True))
    ]
    for position, (start, fixed, verified) in enumerate(zip(found, data["fixed_on"], data["verified_on"], strict=True)):
        if start and fixed and fixed < start:
            lines.fail(
                position,
                columns["fixed_on"].index,
                "fixed_on",
                fixed,
                Failure("fixed_before_found", facts={"found_on": start}),
            )
        if verified and max(start or "", fixed or "") > verified:
            lines.fail(
                position,
                columns["verified_on"].index,
                "verified_on",
                verified,
                Failure("verified_before", facts={"earlier": max(start or "", fixed or "")}),
            )
    return data


def _silence_followed(lines: Lines) -> None:
    """A deadline that counts from a finding day is no problem of its own where that day cannot be read."""
    for position, problems in lines.problems.items():
        if any(problem.field == "found_on" for problem in problems):
            lines.problems[position] = [problem for problem in problems if problem.code != "no_start"]


def _next_year(due: str | None, start: str | None, inferred: bool) -> str | None:
    """A deadline without a year before its finding is next year's: found in December, due in January."""
    if not (due and start and inferred and due < start and start[5:7] >= "10" and due[5:7] <= "03"):
        return due
    return f"{int(due[:4]) + 1}{due[4:]}"


def _states(lines: Lines, data: dict[str, list[Any]]) -> list[Any]:
    status, review = lines.heading.column("status"), lines.heading.column("review")
    ticks = [column for column in lines.heading.columns if (column.concept or "").startswith(TICKED_STATE)]
    if status is None and review is None and not ticks:
        return [None] * len(lines.rows)
    own = _ticked(lines, ticks) if ticks else lines.typed(status, "status", lines.reader.state)
    again = lines.typed(review, "status", lines.reader.review)
    filled = lines.typed(status, "status", lines.reader.given)
    again = [
        VERIFIED if second == FIXED and day else None if second == FIXED and first else second
        for first, second, day in zip(own, again, data["verified_on"], strict=True)
    ]
    return [
        second or first or (None if some and position in lines.problems else _by_dates(fixed, verified))
        for position, (first, second, some, fixed, verified) in enumerate(
            zip(own, again, filled, data["fixed_on"], data["verified_on"], strict=True)
        )
    ]


def _ticked(lines: Lines, columns: list[Column]) -> list[Any]:
    """The state of each line whose column is ticked (已整改 | 整改中 | 未整改)."""
    chosen = [[is_tick(value) for value in lines.values(column)] for column in columns]
    found = []
    for position, marks in enumerate(zip(*chosen, strict=True)):
        states = [
            column.concept.removeprefix(TICKED_STATE) for column, mark in zip(columns, marks, strict=True) if mark
        ]
        if len(states) > 1:
            lines.fail(position, columns[0].index, "status", "√", Failure("two_results"))
        found.append(states[0] if len(states) == 1 else None)
    return found


def _by_dates(fixed: str | None, verified: str | None) -> str:
    return VERIFIED if verified else FIXED if fixed else OPEN


def _parted(record: dict[str, Any]) -> list[dict[str, Any]]:
    return [record | {"description": problem} for problem in record["description"]]
