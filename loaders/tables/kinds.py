"""Kinds: which kind of table a heading opens, and whether a checklist is long or wide; cells decide with words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from loaders.grid import Sheet
from loaders.tables.areas import AreaNames
from loaders.tables.columns import ITEMS_ACROSS, ITEMS_DOWN, TICKED_STATE, Column, Heading, sample
from loaders.tables.headings import EXACT, STRIPPED, Headings
from loaders.text import as_text, folded, marked
from loaders.values.states import is_result
from readiness.model import CHECKLIST, LEDGER, PATROLS, SITES

_LEDGER_ONLY = {
    "due_on",
    "fixed_on",
    "verified_on",
    "status",
    "review",
    "responsible_unit",
    "responsible_person",
    "measure",
    "severity",
    "photos_after",
}
_CHECK_ONLY = {"result", "result_pass", "result_fail", "result_yes", "deduction", "score", "full_marks"}
_SITES_ONLY = {
    "point_chief",
    "road_chief",
    "block_chief",
    "phone",
    "point_phone",
    "lon",
    "lat",
    "coordinates",
    "address",
    "responsible_person",
    "site_kind",
}
_PATROL_ONLY = {"activity", "party_members", "volunteers", "hours"}
_BESIDE_A_PROBLEM = {
    "number",
    "inspected_on",
    "category",
    "indicator",
    "note",
    "area",
    "area_community",
    "area_street",
    "area_grid",
    "site",
    "location",
}
_MARKS = re.compile(r"得分|打分|评分|分值|\d\s*分\s*[)\uff09]|满分")
_PLACE = {"area", "area_community", "area_street", "area_grid", "site", "location"}


def kind_of(block: Heading, sheet: Sheet, headings: Headings, areas: AreaNames) -> Heading | None:
    """The heading with its kind and layout; None when it opens no table of ours."""
    block = replace(block, columns=tuple(_by_content(block, sheet, areas)))
    block = _with_ticked_states(block, sheet, headings)
    if paired := _results_under_items(block):
        return paired
    has = {column.concept for column in block.columns if column.concept}
    ticks = _tick_columns(block, sheet, headings)
    if len(ticks) >= 2 and (wide := _wide(block, ticks, sheet, areas)):
        return wide
    marks = _mark_columns(block, sheet, headings)
    if len(marks) >= 2 and (wide := _wide(block, marks, sheet, areas)):
        return replace(wide, marks=True)
    kind = _long_kind(has, block, sheet, headings)
    return replace(block, kind=kind) if kind else None


def _results_under_items(block: Heading) -> Heading | None:
    """A wide table whose upper heading is the item, with its result (and its finding) below."""
    results = [column for column in block.columns if column.concept == "result" and len(column.parts) > 1]
    if len({column.parts[:-1] for column in results}) < 2:
        return None
    found = {
        column.parts[:-1]: column
        for column in block.columns
        if column.concept == "description" and len(column.parts) > 1
    }
    items = tuple(replace(column, parts=column.parts[:-1], concept=None) for column in results)
    own = {column.index for column in (*results, *found.values())}
    columns = tuple(replace(column, concept=None) if column.index in own else column for column in block.columns)
    remarks = {column.index: found[column.parts] for column in items if column.parts in found}
    return replace(block, columns=columns, kind=CHECKLIST, layout=ITEMS_ACROSS, items=items, remarks=remarks)


def _with_ticked_states(block: Heading, sheet: Sheet, headings: Headings) -> Heading:
    """The heading, where two or more columns headed by states (已整改 | 整改中) are ticked: they say the state."""
    if block.column("description") is None:
        return block
    states = {
        column: state
        for column in block.columns
        if (state := headings.vocabulary.states.get(marked(column.heading)))
        and len(column.heading) > 1
        and all(is_result(as_text(value)) for value in sample(sheet, block, column.index))
    }
    if len(states) < 2:
        return block
    columns = (
        replace(column, concept=TICKED_STATE + states[column]) if column in states else column
        for column in block.columns
    )
    return replace(block, columns=tuple(columns))


def _long_kind(has: set[str | None], block: Heading, sheet: Sheet, headings: Headings) -> str | None:
    if _is_patrols(has):
        return PATROLS
    if "indicator" in has and has & _CHECK_ONLY and not _marks_beside_a_ledger(has):
        return CHECKLIST
    if "description" in has and (has & _LEDGER_ONLY or has & _BESIDE_A_PROBLEM):
        return LEDGER
    if (
        "site" in has
        and not has & {"description", "result", "indicator", "found"}
        and _names_kinds(block, sheet, headings)
    ):
        return SITES
    if "site" in has and has & _SITES_ONLY and not has & {"result", "status", "due_on", "fixed_on"}:
        return SITES
    if "location" in has and has & {"point_chief", "road_chief", "block_chief"}:
        return SITES
    return None


def _is_patrols(has: set[str | None]) -> bool:
    told = len(has & _PATROL_ONLY)
    beside = has & {"inspected_on", "found", "solved"} and not has & {"indicator", "status", "result", "due_on"}
    return told >= 2 or (told == 1 and bool(beside))


def _marks_beside_a_ledger(has: set[str | None]) -> bool:
    """Marks (扣分, 得分) in a table that follows problems up: a ledger, unless a result stands there too."""
    followed = has & {"status", "review", "due_on", "fixed_on", "verified_on"}
    return "description" in has and bool(followed) and not has & {"result", "result_pass", "result_yes"}


def _names_kinds(block: Heading, sheet: Sheet, headings: Headings) -> bool:
    """Whether a column headed 类别 names kinds of site."""
    column = block.column("category")
    values = sample(sheet, block, column.index) if column else []
    return bool(values) and all(folded(as_text(value)) in headings.vocabulary.kind_words for value in values)


def _by_content(block: Heading, sheet: Sheet, areas: AreaNames) -> Iterator[Column]:
    """The columns, where their cells decide: area names without a heading of ours; counts under 发现问题."""
    has = {column.concept for column in block.columns}
    result, described_by = _unnamed_result(block, sheet), _unnamed_description(block, sheet)
    described, indicators = _described_results(block, sheet), _broader_indicators(block, sheet)
    for column in block.columns:
        if column in (result, described_by):
            yield replace(column, concept="result" if column == result else "description", sureness=STRIPPED)
            continue
        if column.concept == "review" and "indicator" in has and not has & (_LEDGER_ONLY - {"review"} | {"result"}):
            yield replace(column, concept="result")
            continue
        if column in described:
            yield replace(column, concept="description" if "description" not in has else None)
            continue
        if column in indicators:
            yield replace(column, concept=indicators[column] if "category" not in has else None)
            continue
        if column.concept is None and not has & {"area", "site"}:
            values = sample(sheet, block, column.index)
            if len(values) >= 2 and sum(areas.code(as_text(value)) is not None for value in values) >= 0.8 * len(
                values
            ):
                yield replace(column, concept="area", sureness=STRIPPED)
                continue
        if (
            column.concept == "description"
            and has & _PATROL_ONLY
            and _mostly_numbers(sample(sheet, block, column.index))
        ):
            yield replace(column, concept="found")
            continue
        yield column


def _described_results(block: Heading, sheet: Sheet) -> list[Column]:
    """Columns headed like results (考察情况) in which sentences stand: the result itself stands in another column."""
    results = [
        column for column in block.columns if column.concept == "result" and folded(column.heading).endswith("情况")
    ]
    if len([column for column in block.columns if column.concept == "result"]) > 1:
        results = [column for column in block.columns if column.concept == "result"]
    shares = {column: _result_share(sample(sheet, block, column.index)) for column in results}
    best = max(shares.values(), default=None)
    return [
        column
        for column, share in shares.items()
        if share is not None and (share < best or (len(results) == 1 and share < 0.3))
    ]


def _unnamed_result(block: Heading, sheet: Sheet) -> Column | None:
    """The one column without a heading of ours that holds results, where items stand but no result."""
    has = {column.concept for column in block.columns}
    if "indicator" not in has or has & (_LEDGER_ONLY | _CHECK_ONLY - {"deduction", "score", "full_marks"}):
        return None
    free = [
        column
        for column in block.columns
        if column.parts
        and column.concept is None
        and _result_share(sample(sheet, block, column.index) or ["-?"]) >= 0.7
    ]
    return free[0] if len(free) == 1 else None


def _unnamed_description(block: Heading, sheet: Sheet) -> Column | None:
    """The one column of sentences without a heading of ours, in a table that follows problems up but names none."""
    has = {column.concept for column in block.columns}
    if (
        "description" in has
        or has & _CHECK_ONLY
        or len(has & _LEDGER_ONLY) < 1
        or len(has & (_LEDGER_ONLY | _BESIDE_A_PROBLEM)) < 3
    ):
        return None
    free = [
        column
        for column in block.columns
        if column.parts and column.concept is None and _sentences(sample(sheet, block, column.index))
    ]
    return free[0] if len(free) == 1 else None


def _sentences(values: list[object]) -> bool:
    texts = [as_text(value) for value in values]
    return bool(texts) and sum(map(len, texts)) >= 4 * len(texts) and not _mostly_numbers(values)


def _broader_indicators(block: Heading, sheet: Sheet) -> dict[Column, str | None]:
    """Of several columns headed like items all but the finest: categories where they stand before it."""
    columns = [column for column in block.columns if column.concept == "indicator"]
    if len(columns) < 2:
        return {}
    distinct = {column: len(set(map(as_text, sample(sheet, block, column.index)))) for column in columns}
    finest = max(columns, key=lambda column: (distinct[column], column.sureness, -column.index))
    return {column: "category" if column.index < finest.index else None for column in columns if column != finest}


def _result_share(values: list[object]) -> float:
    return sum(is_result(as_text(value)) for value in values) / len(values) if values else 0.5


def _mostly_numbers(values: list[object]) -> bool:
    return bool(values) and sum(
        isinstance(value, (int, float)) or bool(re.match(r"\s*\d+", str(value))) for value in values
    ) >= 0.7 * len(values)


def _tick_columns(block: Heading, sheet: Sheet, headings: Headings) -> list[Column]:
    """The columns under unknown headings that hold results."""
    words = headings.vocabulary
    free = [
        column
        for column in block.columns
        if column.parts
        and (column.concept is None or column.sureness < EXACT)
        and marked(column.heading) not in words.states
        and folded(column.heading) not in words.row_words["total"]
    ]
    ticked = [
        column
        for column in free
        if (values := sample(sheet, block, column.index))
        and sum(is_result(as_text(value)) for value in values) >= 0.6 * len(values)
    ]
    counts = {"found", "solved"} & {column.concept for column in block.columns}
    if counts and all(_all_numbers(sample(sheet, block, column.index)) for column in ticked):
        return []  # a table of counts
    return ticked


def _mark_columns(block: Heading, sheet: Sheet, headings: Headings) -> list[Column]:
    """The columns under unknown headings that hold marks (得分), in a table whose titles or headings speak of marks."""
    if {"found", "solved", "description", "indicator"} & {column.concept for column in block.columns}:
        return []
    above = [as_text(value) for row in range(block.top) for value in sheet.rows[row]]
    spoken = " ".join([headings.file_stem, sheet.name or "", *above, *(column.label for column in block.columns)])
    if not _MARKS.search(spoken):
        return []
    total = headings.vocabulary.row_words["total"]
    return [
        column
        for column in block.columns
        if column.parts
        and column.concept is None
        and folded(column.heading) not in total
        and _all_numbers(sample(sheet, block, column.index))
    ]


def _all_numbers(values: list[object]) -> bool:
    texts = [as_text(value).strip() for value in values]
    return (
        bool(values)
        and all(re.fullmatch(r"\d+(\.\d+)?分?|[/—-]", text) for text in texts)
        and any(text[:1].isdigit() for text in texts)
    )


def _with_neighbours(block: Heading, ticks: list[Column], sheet: Sheet) -> Iterator[Column]:
    """The ticked columns, the unknown ones between them, and those beside them with any result or no cell at all."""
    first, last = ticks[0].index, ticks[-1].index

    def takes_part(column: Column) -> bool:
        texts = [as_text(value) for value in sample(sheet, block, column.index)]
        marked_somewhere = any(is_result(text) and not text.strip().isdigit() for text in texts)
        return column.concept is None and bool(column.parts) and (not texts or marked_somewhere)

    left, right = first, last
    unknown = {column.index: column for column in block.columns if column.index < first or column.index > last}
    while left - 1 in unknown and takes_part(unknown[left - 1]):
        left -= 1
    while right + 1 in unknown and takes_part(unknown[right + 1]):
        right += 1
    for column in block.columns:
        if column in ticks or (column.parts and column.concept is None and left <= column.index <= right):
            yield column


def _wide(block: Heading, ticks: list[Column], sheet: Sheet, areas: AreaNames) -> Heading | None:
    has = {column.concept for column in block.columns if column not in ticks}
    if has & {"result", "result_pass", "status", "due_on"}:
        return None
    items = tuple(_with_neighbours(block, ticks, sheet))
    indices = {column.index for column in items}
    columns = tuple(
        replace(column, concept=None, sureness=0.0) if column.index in indices else column for column in block.columns
    )
    left = {column.concept for column in columns}
    across_are_areas = sum(areas.code(column.heading) is not None for column in items) >= 0.6 * len(items)
    if "indicator" in left and (across_are_areas or not left & {"site", "area"}):
        return replace(block, columns=columns, kind=CHECKLIST, layout=ITEMS_DOWN, items=items)
    if left & (_PLACE | {"inspected_on"}):
        return replace(block, columns=columns, kind=CHECKLIST, layout=ITEMS_ACROSS, items=items)
    return None
