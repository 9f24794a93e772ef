"""Wide tables: a column an item (or a site), found by the results or marks that stand in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from loaders.grid import Sheet
from loaders.tables.areas import AreaNames
from loaders.tables.columns import ITEMS_ACROSS, ITEMS_DOWN, Column, Heading, sample
from loaders.tables.concepts import PATROL_ONLY, PLACE
from loaders.tables.headings import EXACT, Headings
from loaders.text import as_text, folded, marked
from loaders.values.states import is_result, polarity
from readiness.model import CHECKLIST

_BARE = ("/", "—", "-", "--", "——", "0", "1", "无")
_PLACES = PLACE | {"address", "site_kind", "volunteers", "category"}  # words that an item may be called by too
_MARKS = re.compile(r"得分|打分|评分|分值|\d\s*分\s*[)\uff09]|满分")


def results_under_items(block: Heading) -> Heading | None:
    """A wide table whose upper heading is the item (beside items: the site), its result and finding below it."""
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
    down = {"indicator"} <= (named := {column.concept for column in columns}) and not named & {"site", "area"}
    layout = ITEMS_DOWN if down else ITEMS_ACROSS
    return replace(block, columns=columns, kind=CHECKLIST, layout=layout, items=items, remarks=remarks)


def tick_columns(block: Heading, sheet: Sheet, headings: Headings) -> list[Column]:
    """The columns under unknown headings that hold results."""
    words = headings.vocabulary
    has = {column.concept for column in block.columns}
    told = (PATROL_ONLY | {"found", "solved"}) if has & PATROL_ONLY else set()
    free = [
        column
        for column in block.columns
        if column.parts
        and (
            column.concept is None
            or (column.sureness < EXACT and column.concept not in told)
            or (column.concept in _PLACES and _all_marks(sample(sheet, block, column.index)))
        )
        and marked(column.heading) not in words.states
        and folded(column.heading) not in words.row_words["total"]
    ]
    ticked = [
        column
        for column in free
        if (values := sample(sheet, block, column.index))
        and sum(_answers(as_text(value), column.heading) for value in values) >= 0.6 * len(values)
    ]
    if has & {"found", "solved"} and all(_all_numbers(sample(sheet, block, column.index)) for column in ticked):
        return []  # a table of counts
    return ticked


def _all_marks(values: list[object]) -> bool:
    """Whether all cells are results, and one of them more than a stroke or a number."""
    texts = [as_text(value) for value in values]
    return all(map(is_result, texts)) and any(marked(text) not in _BARE for text in texts)


def _answers(text: str, heading: str) -> bool:
    """Whether a cell holds a result, or answers the heading's question (有无堆物: 有, 无)."""
    return is_result(text) or (marked(text) in ("有", "无", "没有") and bool(re.search("有无|是否|有没有", heading)))


def mark_columns(block: Heading, sheet: Sheet, headings: Headings) -> list[Column]:
    """The columns under unknown headings that hold marks (得分), in a table whose titles or headings speak of marks.

    Where items stand down the table, the columns are of sites or areas, and no column of marks stands beside them.
    """
    has = {column.concept for column in block.columns}
    if {"found", "solved", "description"} & has or ("indicator" in has and {"score", "deduction", "result"} & has):
        return []
    above = [as_text(value) for row in range(block.top) for value in sheet.rows[row]]
    spoken = " ".join([headings.file_stem, sheet.name or "", *above, *(column.label for column in block.columns)])
    if not _MARKS.search(spoken) and not _ask_for_marks(block, headings):
        return []
    total = headings.vocabulary.row_words["total"]
    return [
        column
        for column in block.columns
        if column.parts
        and column.concept is None
        and folded(column.heading) not in total
        and _all_numbers(sample(sheet, block, column.index), 0.6)
    ]


def _ask_for_marks(block: Heading, headings: Headings) -> bool:
    """Whether the unknown headings are demands of items (楼道整洁, 无飞线充电), not kinds of problems (楼道堆物)."""
    asked = [column.heading for column in block.columns if column.parts and column.concept is None]
    kept = sum(polarity(heading, headings.vocabulary) == "否" and len(heading) > 3 for heading in asked)
    return len(asked) > 1 and kept >= 0.6 * len(asked)


def _all_numbers(values: list[object], share: float = 1.0) -> bool:
    """Whether at least that share of the cells are numbers or strokes, and one a number."""
    texts = [as_text(value).strip() for value in values]
    numbers = sum(bool(re.fullmatch(r"\d+(\.\d+)?分?|[/—-]", text)) for text in texts)
    return bool(values) and numbers >= share * len(texts) and any(text[:1].isdigit() for text in texts)


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


def wide_table(block: Heading, ticks: list[Column], sheet: Sheet, areas: AreaNames) -> Heading | None:
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
    if left & (PLACE | {"inspected_on"}):
        return replace(block, columns=columns, kind=CHECKLIST, layout=ITEMS_ACROSS, items=items)
    return None
