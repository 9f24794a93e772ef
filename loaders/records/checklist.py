"""Checklists (检查表): a line an item, a line a site with a column an item, or a line an item with a column a site."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from loaders.grid import is_blank
from loaders.records.areas import area_codes
from loaders.records.fields import around, categories, days, field_column, inspectors, places, rounds, sheet_days, texts
from loaders.records.lines import Lines, finished
from loaders.records.photos import pictures
from loaders.tables.columns import ITEMS_ACROSS, LONG, Column
from loaders.tables.rows import EMPTY
from loaders.text import folded, kept
from loaders.values.cells import Cell, Failure
from loaders.values.descriptions import means_no_problem
from loaders.values.states import is_tick
from readiness.model import CHECKLIST, FAIL, FIELDS, NA, PASS, UNINSPECTABLE

_TICK_RESULTS = (
    ("result_pass", PASS),
    ("result_fail", FAIL),
    ("result_na", NA),
    ("result_uninspectable", UNINSPECTABLE),
)
_NUMBERS = ("deduction", "score", "full_marks")


def read_checklist(lines: Lines) -> tuple[list[dict[str, Any]], list[tuple[int, str]]]:
    """(records, ignored): every line is in records, a problem in lines.problems, or ignored with its reason."""
    if lines.heading.layout == LONG:
        return _read_long(lines)
    return _read_wide(lines)


def _read_long(lines: Lines) -> tuple[list[dict[str, Any]], list[tuple[int, str]]]:
    indicator = lines.heading.column("indicator")
    empty = [row for row in lines.rows if _only_number(lines, row)]
    lines.leave_out(empty)
    data = _common(lines)
    data["indicator"] = lines.typed(indicator, "indicator", lines.reader.text)
    data["category"] = categories(lines) if _kinds_under_category(lines) is None else lines.grouped("text")
    data["description"] = [_problem(lines, value) for value in texts(lines, "description")["description"]]
    data["result"] = _results(lines, data)
    for name in _NUMBERS:
        data[name] = lines.typed(lines.heading.column(name), name, lines.reader.number)
    data["photos"] = pictures(lines, "photos")
    return list(finished(lines, data, FIELDS[CHECKLIST])), [(row + 1, EMPTY) for row in empty]


def _common(lines: Lines) -> dict[str, list[Any]]:
    site, _ = places(lines)
    dates = field_column(lines, "checked_on")
    kind = lines.heading.column("site_kind") or _kinds_under_category(lines)
    count = len(lines.rows)
    data = {"area_code": area_codes(lines), "inspector": inspectors(lines)} | rounds(lines)
    data["site"] = lines.typed(site, "site", lines.reader.given) if site else [around(lines, "site", "site")] * count
    data["site_kind"] = (
        lines.typed(kind, "site_kind", lines.reader.site_kind) if kind else [_kind_around(lines)] * count
    )
    data["checked_on"] = days(lines, "checked_on", dates) if dates else sheet_days(lines, "checked_on")
    return data


def _kinds_under_category(lines: Lines) -> Column | None:
    """A column headed 类别 whose words are all kinds of site."""
    column = lines.heading.column("category")
    words = {text for value in lines.values(column) if (text := lines.reader.text(value))}
    return column if words and all(folded(word) in lines.reader.vocabulary.kind_words for word in words) else None


def _kind_around(lines: Lines) -> str | None:
    text = around(lines, "site_kind", "site_kind")
    return lines.reader.site_kind(text) if text else None


def _results(lines: Lines, data: dict[str, list[Any]]) -> list[Any]:
    ticks = [(column, meaning) for concept, meaning in _TICK_RESULTS if (column := lines.heading.column(concept))]
    column = lines.heading.column("result")
    yes, no = lines.heading.column("result_yes"), lines.heading.column("result_no")
    if yes and no:
        return _answered(lines, yes, no, data)
    if column is not None and not (
        ticks and lines.heading.column("result_pass") and lines.heading.column("result_fail")
    ):
        return _worded(lines, column, data)
    if not ticks:
        return [None] * len(lines.rows)
    return _ticked(lines, ticks)


def _worded(lines: Lines, column: Column, data: dict[str, list[Any]]) -> list[Any]:
    found = []
    for position, value in enumerate(lines.values(column)):
        answer = lines.reader.result(value, data["indicator"][position] or "", column.label)
        if isinstance(answer, Failure):
            lines.fail(position, column.index, "result", value, answer)
            answer = None, None
        if answer[1] and data["description"][position] is None:
            data["description"][position] = _problem(lines, answer[1])
        found.append(answer[0])
    return found


def _answered(lines: Lines, yes: Column, no: Column, data: dict[str, list[Any]]) -> list[Any]:
    """Two columns 是 | 否 to tick: the answer means pass or fail by the item."""
    found = []
    for position, answers in enumerate(zip(lines.values(yes), lines.values(no), strict=True)):
        ticked = [word for word, value in zip(("是", "否"), answers, strict=True) if is_tick(value)]
        answer = (
            lines.reader.result(ticked[0], data["indicator"][position] or "", "") if len(ticked) == 1 else (None, None)
        )
        if len(ticked) > 1 or isinstance(answer, Failure):
            lines.fail(
                position, yes.index, "result", "√", answer if isinstance(answer, Failure) else Failure("two_results")
            )
            answer = None, None
        found.append(answer[0])
    return found


def _ticked(lines: Lines, ticks: list[tuple[Column, str]]) -> list[Any]:
    chosen = [[is_tick(value) for value in lines.values(column)] for column, _ in ticks]
    found = []
    for position, marks in enumerate(zip(*chosen, strict=True)):
        meanings = [meaning for (_, meaning), mark in zip(ticks, marks, strict=True) if mark]
        if len(meanings) > 1:
            lines.fail(position, ticks[0][0].index, "result", "√", Failure("two_results"))
        found.append(meanings[0] if len(meanings) == 1 else None)
    return found


def _problem(lines: Lines, text: str | None) -> str | None:
    return None if text is None or means_no_problem(text, lines.reader.vocabulary.no_problem) else text


def _only_number(lines: Lines, row: int) -> bool:
    number = lines.heading.column("number")
    return number is not None and lines.sheet.filled(row) == [number.index]


def _read_wide(lines: Lines) -> tuple[list[dict[str, Any]], list[tuple[int, str]]]:
    items = lines.heading.items
    empty = [row for row in lines.rows if all(is_blank(lines.sheet.merged(row, column.index)) for column in items)]
    lines.leave_out(empty)
    across = lines.heading.layout == ITEMS_ACROSS
    data = _common(lines) if across else _items_down(lines)
    description = [_problem(lines, value) for value in texts(lines, "description")["description"]]
    if across and lines.heading.column("category"):
        data["category"] = categories(lines)
    cells = [list(_cells(lines, column, data, across)) for column in items]
    records = []
    for position, record in _unfailed(lines, data):
        checks = [record | cell[position] for cell in cells if cell[position] is not None]
        failing = [check for check in checks if check.get("result") == FAIL]
        if description[position] and len(failing) == 1:
            failing[0].setdefault("description", description[position])
        records.extend(checks)
    return [_in_order(record) for record in records], [(row + 1, EMPTY) for row in empty]


def _unfailed(lines: Lines, data: dict[str, list[Any]]) -> Iterator[tuple[int, dict[str, Any]]]:
    positions = {row: position for position, row in enumerate(lines.rows)}
    for record in finished(lines, data, FIELDS[CHECKLIST]):
        yield positions[record["row"] - 1], record


def _cells(lines: Lines, column: Column, data: dict[str, list[Any]], across: bool) -> Iterator[dict[str, Any] | None]:
    """What each line's cell under one item (or site) adds to its record; None for an empty cell."""
    own = _item_of(column) if across else _site_of(lines, column)
    remarks = lines.values(lines.heading.remarks.get(column.index))
    for position, value in enumerate(lines.values(column)):
        if is_blank(value):
            yield None
            continue
        if lines.heading.marks and isinstance(number := lines.reader.number(value), Cell):
            yield own | {"score": number.value}
            continue
        indicator = own["indicator"] if across else data["indicator"][position] or ""
        answer = lines.reader.result(value, indicator, "")
        if isinstance(answer, Failure):
            lines.fail(position, column.index, "result", value, answer)
            answer = None, None
        result, remark = answer
        remark = lines.reader.text(remarks[position]) or remark
        yield own | {
            name: found
            for name, found in (("result", result), ("description", _problem(lines, remark)))
            if found is not None
        }


def _item_of(column: Column) -> dict[str, Any]:
    item = {"indicator": kept(column.heading)}
    return item | {"category": kept(column.parts[-2])} if len(column.parts) > 1 else item


def _site_of(lines: Lines, column: Column) -> dict[str, Any]:
    code = lines.areas.code(column.heading)
    if code is not None:
        return {"area_code": code}
    upper = next((code for part in column.parts[:-1] if (code := lines.areas.code(part))), None)
    return {"site": kept(column.heading)} | ({"area_code": upper} if upper else {})


def _items_down(lines: Lines) -> dict[str, list[Any]]:
    count = len(lines.rows)
    named = [_site_of(lines, column) for column in lines.heading.items]
    data = {"inspector": inspectors(lines)} | rounds(lines)
    dates = field_column(lines, "checked_on")
    data["checked_on"] = days(lines, "checked_on", dates) if dates else sheet_days(lines, "checked_on")
    data["indicator"] = lines.typed(lines.heading.column("indicator"), "indicator", lines.reader.text)
    data["category"] = categories(lines)
    full_marks = lines.heading.column("full_marks") if lines.heading.marks else None
    data["full_marks"] = lines.typed(full_marks, "full_marks", lines.reader.number)
    data["site_kind"] = [_kind_around(lines)] * count
    if not all("area_code" in one for one in named):
        data["area_code"] = area_codes(lines)
    return data


def _in_order(record: dict[str, Any]) -> dict[str, Any]:
    return {name: record[name] for name in ("row", *FIELDS[CHECKLIST], "inferred") if name in record}
