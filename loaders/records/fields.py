"""Fields of records: which columns fill each, and what speaks where there is no column."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from loaders.records.lines import Lines
from loaders.tables.columns import Column
from loaders.tables.headings import FIELD_OF
from readiness.model import CHECKLIST, LEDGER, PATROLS, SITES

_PLACES = {
    LEDGER: (("site", "location", "address"), ("location", "address")),
    CHECKLIST: (("site", "location", "address"), ()),
    PATROLS: ((), ()),
    SITES: (("site", "location"), ()),
}


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


def around(lines: Lines, name: str, said: str, condition: bool = True) -> Any:
    """What the context says for a field, with its source noted; None when it says nothing or may not speak."""
    if not condition:
        return None
    value, where = lines.context.nearest(said)
    if value is not None:
        lines.sources[name] = where
    return value
