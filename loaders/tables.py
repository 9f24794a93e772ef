"""Tables: where on a sheet a heading stands, of one, two or three rows, and what kind of table it heads."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from loaders.areas import AreaNames
from loaders.grid import Sheet, is_blank
from loaders.headings import EXACT, STRIPPED, Headings, looks_like_heading
from loaders.states import is_result
from loaders.text import as_text, folded, marked, without_invisible
from readiness.model import CHECKLIST, LEDGER, PATROLS, SITES

TALLEST_HEADING = 3
SAMPLE_ROWS = 40
LONG, ITEMS_ACROSS, ITEMS_DOWN = "long", "items across", "items down"

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
_CHECK_ONLY = {"result", "result_pass", "result_fail", "deduction", "score", "full_marks"}
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
_PLACE = {"area", "area_community", "area_street", "area_grid", "site", "location"}
_LOWER = {
    "日期": "day",
    "时间": "day",
    "年月日": "day",
    "照片": "photo",
    "图片": "photo",
    "图": "photo",
    "结果": "state",
    "情况": "state",
    "状态": "state",
    "意见": "state",
    "结论": "state",
    "姓名": "name",
    "名字": "name",
    "电话": "phone",
    "手机": "phone",
    "联系电话": "phone",
    "联系方式": "phone",
    "手机号": "phone",
    "手机号码": "phone",
    "单位": "post",
    "职务": "post",
    "单位职务": "post",
    "单位及职务": "post",
    "人员": "person",
    "人": "person",
}
_FAMILY = {
    ("fixed", "day"): "fixed_on",
    ("fixed", "photo"): "photos_after",
    ("fixed", "state"): "status",
    ("verified", "day"): "verified_on",
    ("verified", "photo"): "photos_after",
    ("verified", "state"): "review",
    ("verified", "person"): "unread",
    ("verified", "name"): "unread",
    ("found", "day"): "inspected_on",
    ("found", "photo"): "photos_before",
    ("found", "state"): "description",
    ("point", "name"): "point_chief",
    ("point", "phone"): "point_phone",
    ("point", "post"): "unread",
    ("road", "phone"): "other_phone",
    ("road", "post"): "unread",
}


@dataclass(frozen=True)
class Column:
    """One column under a heading: its words from the upper to the lowest row, and the concept they mean."""

    index: int
    parts: tuple[str, ...]
    concept: str | None
    sureness: float

    @property
    def heading(self) -> str:
        return self.parts[-1] if self.parts else ""

    @property
    def label(self) -> str:
        """The whole heading as the preview shows it."""
        return "/".join(self.parts)


@dataclass(frozen=True)
class Heading:
    """A heading block: rows top to bottom (from 0), its columns, the kind of table and its layout."""

    top: int
    bottom: int
    columns: tuple[Column, ...]
    kind: str
    layout: str = LONG
    items: tuple[Column, ...] = ()  # the columns that hold results, in a wide table

    @property
    def understood(self) -> float:
        return sum(column.sureness for column in self.columns if column.concept) + len(self.items)

    def column(self, *concepts: str) -> Column | None:
        """The column of the first of the concepts that the table has; the surest, then the leftmost."""
        for concept in concepts:
            found = [column for column in self.columns if column.concept == concept]
            if found:
                return min(found, key=lambda column: (-column.sureness, column.index))
        return None


def find_headings(sheet: Sheet, headings: Headings, areas: AreaNames) -> list[Heading]:
    """The heading blocks of a sheet from top to bottom; a heading repeated on a later page is listed again."""
    known = {word for group in headings.vocabulary.words["headings"].values() for word in group}
    found: list[Heading] = []
    row, above = 0, 0
    while row < len(sheet.rows):
        block = None
        if _may_head(sheet, row, known, bool(found), above):
            block = _best(sheet, row, headings, areas, bool(found))
        above = len(sheet.filled(row)) if not found or block is None else 0
        if block:
            found.append(block)
            row, above = block.bottom, len(block.columns)
        row += 1
    return found


def _may_head(sheet: Sheet, row: int, known: set[str], later: bool, above: int) -> bool:
    texts = [value for value in sheet.rows[row] if isinstance(value, str) and value and len(value) <= 60]
    if len(texts) < 2:
        return False
    if not later:
        return True
    hits = sum("".join(text.split()) in known for text in texts if len(text) <= 14)
    return hits >= 3 or (hits >= 1 and above <= 1)


def _best(sheet: Sheet, row: int, headings: Headings, areas: AreaNames, strict: bool) -> Heading | None:
    blocks = [
        block for height in range(1, TALLEST_HEADING + 1) if (block := _block(sheet, row, height, headings, areas))
    ]
    if not blocks:
        return None
    best = max(blocks, key=lambda block: (block.understood, -block.bottom))
    filled = sum(bool(column.parts) for column in best.columns)
    known = sum(column.concept is not None for column in best.columns) + len(best.items)
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


def _names_columns(sheet: Sheet, row: int, headings: Headings) -> bool:
    texts = (value for value in sheet.rows[row] if isinstance(value, str) and len(value) <= 20)
    return sum(headings.concept(text)[0] is not None for text in texts) >= 2


def _lone(sheet: Sheet, row: int, headings: Headings, areas: AreaNames) -> Heading | None:
    blocks = [block for height in (1, 2) if (block := _block(sheet, row, height, headings, areas))]
    return max(blocks, key=lambda block: block.understood, default=None)


def _block(sheet: Sheet, top: int, height: int, headings: Headings, areas: AreaNames) -> Heading | None:
    bottom = top + height - 1
    if bottom >= len(sheet.rows) or _cuts_a_merge(sheet, top, bottom) or not _reads_as_heading(sheet, top, bottom):
        return None
    columns = tuple(_columns(sheet, top, bottom, headings))
    if sum(bool(column.parts) for column in columns) < 2:
        return None
    return _kind_of(Heading(top, bottom, columns, ""), sheet, headings, areas)


def _cuts_a_merge(sheet: Sheet, top: int, bottom: int) -> bool:
    for column in range(sheet.width):
        area = sheet.merge_at.get((top, column))
        if area and (area[0] < top or (area[2] > bottom and not is_blank(sheet.cell(area[0], area[1])))):
            return True
    return False


def _reads_as_heading(sheet: Sheet, top: int, bottom: int) -> bool:
    for row in range(top, bottom + 1):
        filled = sheet.filled(row)
        if not filled:
            return False
        values = [sheet.cell(row, column) for column in filled]
        texts = [value for value in values if isinstance(value, str)]
        if len(texts) < max(1, 0.6 * len(values)) or sum(
            looks_like_heading(without_invisible(text)) for text in texts
        ) < 0.8 * len(texts):
            return False
        if row > top and not _is_lower_row(sheet, top, row, filled):
            return False
    return True


def _is_lower_row(sheet: Sheet, top: int, row: int, filled: list[int]) -> bool:
    """Whether a row continues the heading: a label is merged down into it, or a label spans each of its cells."""
    if any(area[0] <= row - 1 and area[2] >= row and area[0] >= top for area in sheet.down_merges()):
        return not _has_results(sheet, row, filled)
    for column in filled:
        area = sheet.merge_at.get((row - 1, column)) or sheet.merge_at.get((top, column))
        if area and area[3] > area[1]:
            continue
        if (
            sheet.merges
            and any(upper[3] > upper[1] and upper[0] <= row - 1 <= upper[2] for upper in sheet.merges)
            and not is_blank(sheet.cell(row - 1, column))
        ):
            return False
        if not _in_spread(sheet, row - 1, row, column):
            return False
    return not _has_results(sheet, row, filled)


def _has_results(sheet: Sheet, row: int, filled: list[int]) -> bool:
    texts = [as_text(sheet.cell(row, column)) for column in filled]
    return any(is_result(text) and folded(text) not in _TICK_HEADS for text in texts)


_TICK_HEADS = {
    folded(word) for word in ("符合", "不符合", "合格", "不合格", "达标", "不达标", "是", "否", "不适用", "无法检查")
}


def _in_spread(sheet: Sheet, upper: int, lower: int, column: int) -> bool:
    """Whether an upper label without a merge covers several filled columns of the row below, this one among them."""
    start = column
    while start >= 0 and is_blank(sheet.cell(upper, start)):
        start -= 1
    if start < 0:
        return False
    end = start
    while end + 1 < sheet.width and is_blank(sheet.cell(upper, end + 1)) and not is_blank(sheet.cell(lower, end + 1)):
        end += 1
    return end > start and column <= end and not is_blank(sheet.cell(lower, start))


def _columns(sheet: Sheet, top: int, bottom: int, headings: Headings) -> Iterator[Column]:
    for index in range(max(len(sheet.rows[row]) for row in range(top, bottom + 1))):
        parts = tuple(dict.fromkeys(_parts(sheet, top, bottom, index)))
        yield Column(index, parts, *_concept(parts, headings))


def _parts(sheet: Sheet, top: int, bottom: int, column: int) -> Iterator[str]:
    for row in range(top, bottom + 1):
        value = sheet.merged(row, column)
        if (
            is_blank(value)
            and row < bottom
            and (row, column) not in sheet.merge_at
            and not is_blank(sheet.cell(row + 1, column))
        ):
            value = _spread_label(sheet, row, column)
        if not is_blank(value):
            yield without_invisible(as_text(value))


def _spread_label(sheet: Sheet, row: int, column: int) -> object:
    start = column
    while start >= 0 and is_blank(sheet.cell(row, start)):
        start -= 1
    return sheet.cell(row, start) if start >= 0 and _in_spread(sheet, row, row + 1, column) else ""


def _concept(parts: tuple[str, ...], headings: Headings) -> tuple[str | None, float]:
    if not parts:
        return None, 0.0
    lower = headings.concept(parts[-1])
    if len(parts) == 1:
        return lower
    for upper in reversed(parts[:-1]):
        joined = headings.concept(upper + parts[-1])
        if joined[0] and joined[1] == EXACT:
            return joined
        if family := _family(upper, parts[-1], headings):
            return family, EXACT
    if lower[0]:
        return lower
    joined = headings.concept("".join(parts))
    return joined if joined[1] >= STRIPPED else (None, 0.0)


def _family(upper: str, lower: str, headings: Headings) -> str | None:
    role = _LOWER.get(folded(lower))
    if role is None:
        return None
    for family, words in headings.vocabulary.words["heading_families"].items():
        if folded(upper) in {folded(word) for word in words}:
            if family == "road" and role == "name":
                return headings.concept(upper)[0]
            return _FAMILY.get((family, role))
    return None


def _kind_of(block: Heading, sheet: Sheet, headings: Headings, areas: AreaNames) -> Heading | None:
    block = replace(block, columns=tuple(_by_content(block, sheet, areas)))
    has = {column.concept for column in block.columns if column.concept}
    ticks = _tick_columns(block, sheet, headings)
    if len(ticks) >= 2 and (wide := _wide(block, has, ticks, sheet, areas)):
        return wide
    kind = _long_kind(has, block, sheet)
    return replace(block, kind=kind) if kind else None


def _long_kind(has: set[str | None], block: Heading, sheet: Sheet) -> str | None:
    checks, ledger = len(has & _CHECK_ONLY), len(has & _LEDGER_ONLY)
    patrols = len(has & _PATROL_ONLY)
    if patrols >= 2 or (
        patrols == 1
        and has & {"inspected_on", "found", "solved"}
        and not has & {"indicator", "status", "result"}
        and "due_on" not in has
    ):
        return PATROLS
    if (
        "indicator" in has
        and checks
        and not ("description" in has and ledger >= 3 and not has & {"result", "result_pass", "full_marks"})
    ):
        return CHECKLIST
    if "description" in has and (
        ledger or has & (_PLACE | {"number", "inspected_on", "category", "indicator", "note"})
    ):
        return LEDGER
    if "site" in has and has & _SITES_ONLY and not has & {"result", "status", "due_on", "fixed_on"}:
        return SITES
    if "location" in has and has & {"point_chief", "road_chief", "block_chief"}:
        return SITES
    return None


def _by_content(block: Heading, sheet: Sheet, areas: AreaNames) -> Iterator[Column]:
    """The columns, where their cells decide: area names without a heading of ours; counts under 发现问题."""
    has = {column.concept for column in block.columns}
    described, indicators = _described_results(block, sheet), _broader_indicators(block, sheet)
    for column in block.columns:
        if column in described:
            yield replace(column, concept="description" if "description" not in has else None)
            continue
        if column in indicators:
            yield replace(column, concept=None if "category" in has else "category")
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


def _broader_indicators(block: Heading, sheet: Sheet) -> list[Column]:
    """Of several columns headed like items (测评项目, 测评内容) those that part the rows less finely."""
    columns = [column for column in block.columns if column.concept == "indicator"]
    if len(columns) < 2:
        return []
    distinct = {column: len(set(map(as_text, sample(sheet, block, column.index)))) for column in columns}
    finest = max(columns, key=lambda column: (distinct[column], column.sureness, -column.index))
    return [column for column in columns if column != finest]


def _result_share(values: list[object]) -> float:
    return sum(is_result(as_text(value)) for value in values) / len(values) if values else 0.5


def sample(sheet: Sheet, block: Heading, column: int) -> list[object]:
    """The filled cells of a column in the first rows under a heading, up to a blank row."""
    values: list[object] = []
    for row in range(block.bottom + 1, min(block.bottom + 1 + SAMPLE_ROWS, len(sheet.rows))):
        filled = sheet.filled(row)
        if not filled and row > block.bottom + 1:
            break
        if len(filled) > 1 and not is_blank(value := sheet.cell(row, column)):
            values.append(value)
    return values


def _mostly_numbers(values: list[object]) -> bool:
    return bool(values) and sum(
        isinstance(value, (int, float)) or bool(re.match(r"\s*\d+", str(value))) for value in values
    ) >= 0.7 * len(values)


def _tick_columns(block: Heading, sheet: Sheet, headings: Headings) -> list[Column]:
    free = [column for column in block.columns if column.parts and (column.concept is None or column.sureness < EXACT)]
    words = headings.vocabulary
    counted = {"found", "solved", "unread"} & {column.concept for column in block.columns}
    free = [
        column
        for column in free
        if marked(column.heading) not in words.states
        and folded(column.heading) not in words.row_words["total"]
        and not (counted and _mostly_numbers(sample(sheet, block, column.index)))
    ]
    return [
        column
        for column in free
        if (values := sample(sheet, block, column.index))
        and sum(is_result(as_text(value)) for value in values) >= 0.6 * len(values)
    ]


def _wide(block: Heading, has: set[str | None], ticks: list[Column], sheet: Sheet, areas: AreaNames) -> Heading | None:
    if has & {"result", "result_pass", "status", "due_on"}:
        return None
    first, last = ticks[0].index, ticks[-1].index
    # between ticked columns every unknown heading is an item, whatever stands in its cells
    items = tuple(
        column
        for column in block.columns
        if column in ticks or (column.parts and column.concept is None and first < column.index < last)
    )
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
