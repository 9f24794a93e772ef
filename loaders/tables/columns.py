"""Columns: what stands under each part of a heading of one, two or three rows, and which concept its words mean."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from loaders.grid import Sheet, is_blank
from loaders.tables.headings import ANSWERED, EXACT, STRIPPED, Headings
from loaders.text import as_text, folded, is_hint, says_total, without_brackets, without_invisible
from loaders.values.states import is_result

SAMPLE_ROWS = 40
FOREIGN = "foreign"  # kind of a table of counts below a table of ours
TICKED_STATE = "state "  # concept of a column that is ticked for one state
LONG, ITEMS_ACROSS, ITEMS_DOWN = "long", "items across", "items down"

_LOWER = {  # what the lower of two headings says by itself -> what is told
    **dict.fromkeys(("日期", "时间", "年月日"), "day"),
    **dict.fromkeys(("照片", "图片", "图", "影像"), "photo"),
    **dict.fromkeys(("情况", "状态", "意见", "进度", "进展", "反馈"), "state"),
    **dict.fromkeys(("结果", "结论", "判定", "是否通过", "是否合格", "是否到位", "通过与否"), "verdict"),
    **dict.fromkeys(("姓名", "名字"), "name"),
    **dict.fromkeys(("电话", "手机", "联系电话", "联系方式", "手机号", "手机号码"), "phone"),
    **dict.fromkeys(("单位", "部门", "科室"), "unit"),
    **dict.fromkeys(("职务", "单位职务", "单位及职务"), "post"),
    **dict.fromkeys(("人员", "人"), "person"),
    **dict.fromkeys(("要求", "措施", "意见建议", "方案", "建议"), "measure"),
    **dict.fromkeys(("描述", "内容", "具体描述", "详情", "具体内容", "表现"), "told"),
    "说明": "remark",
    **dict.fromkeys(("类别", "类型", "分类"), "kind"),
}
_FOUND = {
    "day": "inspected_on",
    "photo": "photos_before",
    "state": "description",
    "verdict": "result",
    "told": "description",
    "remark": "description",
    "kind": "category",
    "person": "inspector",
    "name": "inspector",
}
_FAMILY = {  # what the upper heading speaks of -> what is told of it -> concept
    "found_first": _FOUND,
    "found": _FOUND,
    "verified": {
        "day": "verified_on",
        "photo": "photos_after",
        "state": "review",
        "verdict": "review",
        "person": "unread",
        "name": "unread",
        "unit": "unread",
        "told": "review",
        "remark": "note",
    },
    "point": {"name": "point_chief", "phone": "point_phone", "post": "unread", "unit": "unread"},
    "road": {"phone": "other_phone", "post": "unread", "unit": "unread"},
    "responsible": {
        "unit": "responsible_unit",
        "person": "responsible_person",
        "name": "responsible_person",
        "phone": "phone",
        "post": "unread",
    },
    "fixed": {
        "day": "fixed_on",
        "photo": "photos_after",
        "state": "status",
        "verdict": "status",
        "measure": "measure",
        "unit": "responsible_unit",
        "person": "responsible_person",
        "name": "responsible_person",
        "told": "measure",
        "remark": "note",
    },
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
    marks: bool = False  # the items' cells hold marks (得分), not results
    remarks: Mapping[int, Column] = field(
        default_factory=dict
    )  # index of an item's column -> the column of its finding

    @property
    def understood(self) -> float:
        """How much of the heading is understood; a label that spans several columns counts once."""
        known = {column.label: column.sureness for column in self.columns if column.concept}
        return sum(known.values()) + len({item.label for item in self.items})

    def column(self, *concepts: str) -> Column | None:
        """The column of the first of the concepts that the table has; the surest, then the leftmost."""
        for concept in concepts:
            found = [column for column in self.columns if column.concept == concept]
            if found:
                return min(found, key=lambda column: (-column.sureness, column.index))
        return None


def columns_of(sheet: Sheet, top: int, bottom: int, headings: Headings) -> Iterator[Column]:
    """The columns of a heading block, each with the words above it and the concept they mean."""
    for index in range(max(len(sheet.rows[row]) for row in range(top, bottom + 1))):
        said = tuple(dict.fromkeys(_parts(sheet, top, bottom, index)))
        parts = said[:1] + tuple(part for part in said[1:] if not is_hint(part))
        yield Column(index, parts, *_concept(parts, headings))


def sample(sheet: Sheet, block: Heading, column: int) -> list[object]:
    """The filled cells of a column in the first rows under a heading and its repetitions, up to another heading."""
    place = block.top, block.bottom
    if place not in sheet.sampled:
        sheet.sampled[place] = list(_sample_rows(sheet, block))
    cells, blanks = sheet.columns[column], sheet.blanks
    return [value for row in sheet.sampled[place] if (value := cells[row]) not in blanks]


def _sample_rows(sheet: Sheet, block: Heading) -> Iterator[int]:
    labels = [(column.index, column.parts[0]) for column in block.columns if column.parts]
    row = block.bottom
    while (row := row + 1) < min(block.bottom + 1 + SAMPLE_ROWS, len(sheet.rows)):
        filled = sheet.filled(row)
        if not filled and row > block.bottom + 1 and not _goes_on(sheet, row):
            break
        if filled and (repeated := _repeats(sheet, row, labels)) is not None:
            if not repeated:
                break
            row += block.bottom - block.top
        elif len(filled) > 1 and not _sums_up(sheet, row, filled):
            yield row


def _sums_up(sheet: Sheet, row: int, filled: list[int]) -> bool:
    return says_total(folded(as_text(sheet.cell(row, filled[0]))))


def _goes_on(sheet: Sheet, row: int) -> bool:
    """Whether rows of the same table follow a blank one: rows with numbers or results, no title and no heading."""
    below = next((further for further in range(row + 1, len(sheet.rows)) if sheet.filled(further)), None)
    if below is None or len(sheet.filled(below)) < 2:
        return False
    cells = [sheet.cell(below, column) for column in sheet.filled(below)]
    return any(not isinstance(value, str) or is_result(value) for value in cells)


def _repeats(sheet: Sheet, row: int, labels: list[tuple[int, str]]) -> bool | None:
    """True where a row is the heading again, False where another heading begins with the same label, else None."""
    same = (without_invisible(as_text(sheet.cell(row, index))) == label for index, label in labels)
    if not next(same, False):
        return None
    spans = sum(1 for (_, label), (_, before) in zip(labels[1:], labels, strict=False) if label == before)
    return 1 + sum(same) + spans >= 0.8 * len(labels)


def in_spread(sheet: Sheet, upper: int, lower: int, column: int) -> bool:
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
    return sheet.cell(row, start) if start >= 0 and in_spread(sheet, row, row + 1, column) else ""


def _concept(parts: tuple[str, ...], headings: Headings) -> tuple[str | None, float]:
    if not parts:
        return None, 0.0
    if answered := headings.vocabulary.answered("/".join(parts)):
        return answered, ANSWERED
    lower = headings.concept(parts[-1])
    if len(parts) == 1:
        return lower
    for upper in reversed(parts[:-1]):
        joined = headings.concept(upper + parts[-1])
        turned = headings.concept(parts[-1] + upper)  # 时间 over 发现
        if exact := next((one for one in (joined, turned) if one[0] and one[1] == EXACT), None):
            return exact
        if family := _family(upper, parts[-1], headings):
            return family, EXACT
    if lower[0]:
        return lower
    joined = headings.concept("".join(parts)) if folded(parts[-1]) in _LOWER else (None, 0.0)
    return joined if joined[1] >= STRIPPED else (None, 0.0)


def _family(upper: str, lower: str, headings: Headings) -> str | None:
    role = _LOWER.get(folded(without_brackets(lower)))
    if role is None:
        return None
    for family, words in headings.vocabulary.words["heading_families"].items():
        if any(word in upper for word in words):
            if family == "road" and role == "name":
                return headings.concept(upper)[0]
            return _FAMILY[family].get(role)
    return None
