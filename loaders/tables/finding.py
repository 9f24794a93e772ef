"""Tables: where on a sheet a heading stands, of one, two or three rows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from loaders.grid import Sheet, is_blank
from loaders.tables.areas import AreaNames
from loaders.tables.columns import FOREIGN, Heading, columns_of, in_spread
from loaders.tables.headings import Headings, looks_like_heading
from loaders.tables.kinds import kind_of
from loaders.text import as_text, folded, is_hint, marked, without_invisible
from loaders.values.states import is_result

TALLEST_HEADING = 3
PATIENCE = 1000  # rows that are looked at closely on a sheet; after them only rows that name columns are
_LABEL_END = re.compile(r"[:：]\s*$")
_TICK_HEADS = {"符合", "不符合", "合格", "不合格", "达标", "不达标", "是", "否", "不适用", "无法检查"}


def find_headings(sheet: Sheet, headings: Headings, areas: AreaNames) -> list[Heading]:
    """The heading blocks of a sheet from top to bottom; a heading repeated on a later page is listed again."""
    words = frozenset(_heading_words(sheet, headings))
    found: list[Heading] = []
    row, label, looked = -1, None, 0
    while (row := row + 1) < len(sheet.rows):
        block = _again(sheet, row, found[-1]) if found and label in sheet.rows[row] else None
        if block is None and _may_head(sheet, row, words, found, looked < PATIENCE):
            looked += 1
            block = _best(sheet, row, headings, areas, bool(found))
            if block is None and found and _heads_foreign(sheet, row, headings):
                block = Heading(row, row, tuple(columns_of(sheet, row, row, headings)), FOREIGN)
        if block:
            found.append(block)
            row = block.bottom
            label = sheet.cell(block.top, sheet.filled(block.top)[0])
    return found


def _heading_words(sheet: Sheet, headings: Headings) -> Iterator[str]:
    """The texts on a sheet that are words of headings, spaces and line ends aside, and do not stand in rows too."""
    known = headings.vocabulary.heading_words - _TICK_HEADS
    short = (value for value in sheet.distinct if type(value) is str and len(value) <= 14)
    return (text for text in short if "".join(text.split()) in known)


def _again(sheet: Sheet, row: int, block: Heading) -> Heading | None:
    """The same heading where its rows stand again on a later page."""
    height, first = block.bottom - block.top, sheet.filled(block.top)[0]
    if sheet.cell(row, first) != sheet.cell(block.top, first):
        return None
    if block.kind == FOREIGN or row + height >= len(sheet.rows):
        return None
    for offset in range(height + 1):
        if _texts(sheet, row + offset) != _texts(sheet, block.top + offset):
            return None
    return replace(block, top=row, bottom=row + height)


def _texts(sheet: Sheet, row: int) -> list[tuple[int, str]]:
    return [(column, without_invisible(as_text(sheet.cell(row, column)))) for column in sheet.filled(row)]


def _heads_foreign(sheet: Sheet, row: int, headings: Headings) -> bool:
    """Whether a line below a table heads counts of ours (问题总数, 已整改, 未整改): its rows are no records."""
    if len(sheet.filled(row - 1)) > 1:
        return False
    texts = [as_text(sheet.cell(row, column)) for column in sheet.filled(row)]
    words = headings.vocabulary
    counted = [
        text
        for text in texts
        if headings.concept(text)[0] in ("found", "solved", "unread") or marked(text) in words.states
    ]
    return len(texts) >= 3 and len(counted) >= 2 and len(counted) >= 0.6 * len(texts)


def _may_head(sheet: Sheet, row: int, words: frozenset[str], found: list[Heading], patient: bool) -> bool:
    """Whether a row is worth a closer look: any row of texts at first, below a table one that names columns."""
    if found or not patient:
        stands_apart = (found and found[-1].bottom == row - 1) or len(sheet.filled(row - 1)) <= 1
        hits, least = words.intersection(sheet.rows[row]), 1 if stands_apart else 2
        if len(hits) < least or len({"".join(text.split()) for text in hits}) < least:
            return False
    return sum(type(value) is str and 0 < len(value) <= 60 for value in sheet.rows[row]) >= 2


def _best(sheet: Sheet, row: int, headings: Headings, areas: AreaNames, strict: bool) -> Heading | None:
    blocks = [
        block for height in range(1, TALLEST_HEADING + 1) if (block := _block(sheet, row, height, headings, areas))
    ]
    if not blocks:
        return None
    best = max(blocks, key=lambda block: (block.understood, -block.bottom))
    filled = sum(bool(column.parts) for column in best.columns)
    known = sum(column.concept is not None for column in best.columns) + len(best.items)
    if strict and (_repeats_marks(best) or _counts(sheet, row)):
        return None
    if strict and known < 0.6 * filled:
        return None
    below = best.bottom + 1
    if (
        below < len(sheet.rows)
        and _names_columns(sheet, below, headings)
        and (lower := _lone(sheet, below, headings, areas))
        and lower.understood > best.understood + 0.5
    ):
        return None  # a line of labels above the real heading
    return best


def _counts(sheet: Sheet, row: int) -> bool:
    """Whether a cell of a row is a number: a row of data, though its words may be those of headings (小区)."""
    return any(re.fullmatch(r"\s*\d+(\.\d+)?\s*", as_text(sheet.cell(row, column))) for column in sheet.filled(row))


def _repeats_marks(block: Heading) -> bool:
    """Whether the same mark stands under several columns (符合 | 不符合 | 符合): a row of results, no heading."""
    marks = [column.parts[-1] for column in block.columns if column.parts and column.parts[-1] in _TICK_HEADS]
    return len(set(marks)) < len(marks)


def _names_columns(sheet: Sheet, row: int, headings: Headings) -> bool:
    texts = (value for value in sheet.rows[row] if isinstance(value, str) and len(value) <= 20)
    return sum(headings.concept(text)[0] is not None for text in texts) >= 2


def _lone(sheet: Sheet, row: int, headings: Headings, areas: AreaNames) -> Heading | None:
    blocks = [block for height in (1, 2) if (block := _block(sheet, row, height, headings, areas))]
    return max(blocks, key=lambda block: block.understood, default=None)


def _block(sheet: Sheet, top: int, height: int, headings: Headings, areas: AreaNames) -> Heading | None:
    bottom = top + height - 1
    if bottom >= len(sheet.rows) or _cuts_a_merge(sheet, top, bottom):
        return None
    if not _reads_as_heading(sheet, top, bottom, headings) or _tells_pairs(sheet, top, headings, areas):
        return None
    columns = tuple(columns_of(sheet, top, bottom, headings))
    if sum(bool(column.parts) for column in columns) < 2:
        return None
    return kind_of(Heading(top, bottom, columns, ""), sheet, headings, areas)


def _cuts_a_merge(sheet: Sheet, top: int, bottom: int) -> bool:
    for column in range(sheet.width):
        area = sheet.merge_at.get((top, column))
        if area and (area[0] < top or (area[2] > bottom and not is_blank(sheet.cell(area[0], area[1])))):
            return True
    lower = (area for area in sheet.down_merges() if top < area[0] <= bottom < area[2])
    return any(not is_blank(sheet.cell(area[0], area[1])) for area in lower)


def _reads_as_heading(sheet: Sheet, top: int, bottom: int, headings: Headings) -> bool:
    for row in range(top, bottom + 1):
        filled = sheet.filled(row)
        if not filled and row > top and _is_covered(sheet, top, row):
            continue
        if not filled:
            return False
        values = [sheet.cell(row, column) for column in filled]
        texts = [value for value in values if isinstance(value, str)]
        headed = sum(looks_like_heading(without_invisible(text)) for text in texts) - _labels(values, headings)
        if len(texts) < max(1, 0.6 * len(values)) or headed < 0.8 * len(texts):
            return False
        if row > top and not _is_lower_row(sheet, top, row, filled):
            return False
    return True


def _tells_pairs(sheet: Sheet, row: int, headings: Headings, areas: AreaNames) -> bool:
    """Whether a row is of labels, each with its value beside it (居民区 | 凉四 | 检查日期 | 2021-06-18)."""
    texts = [as_text(sheet.cell(row, column)) for column in sheet.filled(row)]
    kinds = headings.vocabulary.kind_words
    labels = [headings.concept(text)[0] is not None and areas.code(text) is None for text in texts[::2]]
    values = [bool(areas.code(text)) or folded(text) in kinds or not headings.concept(text)[0] for text in texts[1::2]]
    told = any(areas.code(text) or re.search(r"\d", text) for text in texts[1::2])
    return len(texts) > 3 and all(labels) and all(values) and told


def _labels(texts: list[object], headings: Headings) -> int:
    """How many cells are labels of the values beside them: they end in a colon, and what follows is no heading."""
    following = [*texts[1:], None]
    return sum(
        isinstance(text, str) and bool(_LABEL_END.search(text)) and not _heads(after, headings)
        for text, after in zip(texts, following, strict=True)
    )


def _heads(value: object, headings: Headings) -> bool:
    """Whether a cell may be a heading beside one that ends in a colon: the row's end, another such, a word of ours."""
    if value is None:
        return True
    return isinstance(value, str) and bool(_LABEL_END.search(value) or headings.concept(value)[0])


def _is_covered(sheet: Sheet, top: int, row: int) -> bool:
    """Whether every label above is merged down into a row that is empty otherwise."""
    return all((area := sheet.merge_at.get((top, column))) and area[2] >= row for column in sheet.filled(top))


def _is_lower_row(sheet: Sheet, top: int, row: int, filled: list[int]) -> bool:
    """Whether a row continues the heading: a label is merged down into it, or a label spans each of its cells."""
    if all(is_hint(sheet.cell(row, column)) for column in filled):
        return True
    if any(area[0] <= row - 1 and area[2] >= row and area[0] >= top for area in sheet.down_merges()):
        return not _has_results(sheet, row, filled)
    spanned = [column for column in filled if _is_spanned(sheet, top, row, column)]
    if any(column not in spanned and not in_spread(sheet, row - 1, row, column) for column in filled):
        lone = [column for column in filled if column not in spanned]
        if len(lone) > 0.2 * len(filled) or any(is_blank(sheet.cell(row - 1, column)) for column in lone):
            return False
    return not _has_results(sheet, row, filled)


def _is_spanned(sheet: Sheet, top: int, row: int, column: int) -> bool:
    """Whether a merged label over several columns stands above a cell."""
    area = sheet.merge_at.get((row - 1, column)) or sheet.merge_at.get((top, column))
    return bool(area) and area[3] > area[1]


def _has_results(sheet: Sheet, row: int, filled: list[int]) -> bool:
    texts = [as_text(sheet.cell(row, column)) for column in filled]
    return any(is_result(text) and text not in _TICK_HEADS for text in texts)
