"""Rows: what each line under a heading is: a record, a group row, a repeated heading, a total, a note, a signature."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import NamedTuple

from loaders.grid import Sheet, is_blank
from loaders.tables.areas import AreaNames
from loaders.tables.columns import ITEMS_ACROSS, ITEMS_DOWN, Heading
from loaders.text import (
    as_text,
    folded,
    is_hint,
    says_total,
    without_brackets,
    without_invisible,
    without_ordinal,
    without_page,
)
from loaders.vocabulary import Vocabulary
from readiness.model import LEDGER

TITLE, TOTAL, SECTION, NOTE, SIGNATURE, EMPTY, NO_PROBLEM, FROM_CHECKS = (
    "title",
    "total",
    "section",
    "note",
    "signature",
    "empty",
    "no problem",
    "from checks",
)
HEADING, RECORD = "heading", "record"
_LABEL = re.compile(r"^[*※]?\s*([^:：\s]{1,12}?)\s*(?:[(\uff08][^()\uff08\uff09]*[)\uff09])?\s*[:：]")
_SIGNED = re.compile(r"(签名|签字|盖章|签章)\s*[)\uff09]?\s*(?:[(\uff08][^()\uff08\uff09]*[)\uff09])?\s*[:：]?\s*$")
_TO_BE_SIGNED = re.compile(  # labels of persons and units, none of them filled in
    r"(?:\s*[^\s:：,，。;；]{0,8}(?:人员?|员|长|主任|书记|领导|单位|签[名字章]|盖章)\s*(?:[(\uff08][^()\uff08\uff09]{1,6}[)\uff09])?"
    r"\s*[:：][\s_]*)+"
)
_COLUMN_NUMBERS = ("栏次", "列号", "栏号", "列次", "栏目")
_COUNTED = (
    [str(number) for number in range(1, 41)],
    "abcdefghijklmnopqrstuvwxyz",
    "甲乙丙丁戊己庚辛壬癸",
    "一二三四五六七八九十",
)
_LATIN = re.compile(r"\s*[A-Za-z][A-Za-z .'/()#-]*\s*")
_QUESTION = re.compile(r"是否|有无|有没有|[?？吗]\s*$")
_SECTION_NUMERAL = re.compile(r"^[\s(\uff08]*[一二三四五六七八九十]{1,3}[\s)\uff09、.\uff0e]*$")


class Line(NamedTuple):
    """One non-blank row under a heading: what it is, and the text of a group row as written."""

    row: int
    reason: str
    text: str | None = None


def read_lines(
    sheet: Sheet, heading: Heading, rows: range, repeats: frozenset[int], areas: AreaNames, vocabulary: Vocabulary
) -> Iterator[Line]:
    """Every non-blank row of the range, in order."""
    words, titles = vocabulary.row_words, {column.label for column in heading.columns if column.parts}
    number = heading.column("number")
    texts = _text_columns(heading)
    merges = sheet.merge_at
    says = cache(lambda text: words_of(without_invisible(text), words, whole=True))
    for row in rows:
        filled = sheet.filled(row)
        if not filled:
            continue
        if row in repeats:
            yield Line(row, HEADING)
        elif len(filled) == 1 or (merges and _is_one_value(sheet, row, filled)):
            yield _single(sheet, row, filled[0], heading, areas, words, number.index if number else None)
        elif reason := _aside(sheet, row, filled, heading, words, texts, titles, says):
            yield Line(row, reason)
        elif (
            len(filled) == 2
            and isinstance(sheet.cell(row, filled[0]), str)
            and _SECTION_NUMERAL.match(sheet.cell(row, filled[0]))
        ):
            yield Line(row, SECTION, without_invisible(as_text(sheet.cell(row, filled[1]))))
        else:
            yield Line(row, RECORD)


def _text_columns(heading: Heading) -> frozenset[int]:
    return frozenset(
        column.index
        for column in heading.columns
        if column.concept in ("description", "measure", "note", "status", "review")
    )


def _is_one_value(sheet: Sheet, row: int, filled: list[int]) -> bool:
    area = sheet.merge_at.get((row, filled[0]))
    return bool(area) and area[3] > area[1] and all(area[1] <= column <= area[3] for column in filled)


def _single(
    sheet: Sheet, row: int, column: int, heading: Heading, areas: AreaNames, words: dict, number: int | None
) -> Line:
    text = without_invisible(as_text(sheet.cell(row, column)))
    merged = sheet.merge_at.get((row, column))
    spans = bool(merged) and merged[3] > merged[1]
    if column == number and not spans and re.fullmatch(r"[\d.\s]+", text):
        return Line(row, EMPTY)
    if reason := words_of(text, words):
        return Line(row, reason, text)
    if text and not without_page(text):
        return Line(row, NOTE)
    own = next((one for one in heading.columns if one.index == column), None)
    if not spans and own and own.concept in ("photos_before", "photos_after"):
        return Line(row, EMPTY)
    names_area = own is not None and own.concept == "area" and areas.code(text) is not None
    if not spans and names_area and not is_blank(sheet.cell(_next_filled(sheet, row), column)):
        return Line(row, EMPTY)  # the next row names its own area: nothing hangs on this one
    if not spans and own and _holds_a_record(own.concept, text, heading):
        return Line(row, RECORD)
    if (
        not spans
        and heading.layout == ITEMS_ACROSS
        and own
        and own.concept in ("site", "location")
        and areas.code(without_ordinal(text)) is None
    ):
        return Line(row, EMPTY) if not _SECTION_NUMERAL.match(text[:2].strip("、.")) else Line(row, SECTION, text)
    is_item = heading.layout == ITEMS_DOWN and own and own.concept == "indicator"
    if not spans and is_item and without_ordinal(text) == text:
        return Line(row, EMPTY)
    if column > 0 and not spans and own and own.concept is None and not own.parts:
        return Line(row, NOTE)
    return Line(row, NOTE) if len(text) > 30 or text.endswith(("。", "；", ";")) else Line(row, SECTION, text)


def _next_filled(sheet: Sheet, row: int) -> int:
    return next((below for below in range(row + 1, len(sheet.rows)) if sheet.filled(below)), row)


def _holds_a_record(concept: str | None, text: str, heading: Heading) -> bool:
    """Whether a row's only cell is a problem, or an item that nobody answered; a title of items is a group row."""
    if heading.kind == LEDGER:
        return concept == "description"
    return (
        concept == "indicator"
        and heading.layout not in (ITEMS_ACROSS, ITEMS_DOWN)
        and (heading.columns[0].concept != "indicator" or bool(_QUESTION.search(text)))
    )


def _aside(
    sheet: Sheet,
    row: int,
    filled: list[int],
    heading: Heading,
    words: dict,
    texts: frozenset[int],
    titles: set[str],
    says: Callable[[str], str | None],
) -> str | None:
    """The reason why a row of several cells is no record, or None; says: what a cell's whole words say of a row."""
    cells = sheet.rows[row]
    for column in filled[:2]:
        if isinstance(cells[column], str) and column not in texts and (reason := says(cells[column])):
            return reason
    value = cells[filled[0]]
    if isinstance(value, str) and (reason := _led(sheet, row, filled, heading, words, filled[0] in texts)):
        return reason
    if row == heading.bottom + 1 and _explains(sheet, row, filled):
        return HEADING
    if len(filled) < 3:
        return None
    if row <= heading.bottom + 2 and _counts_columns(sheet, row, filled):
        return HEADING
    again = without_invisible(as_text(value)) in titles and _repeats_heading(sheet, row, filled, titles)
    return HEADING if again else None


def _led(sheet: Sheet, row: int, filled: list[int], heading: Heading, words: dict, in_text: bool) -> str | None:
    """What the leading text of a row of several cells says of it, in_text: in a column of sentences."""
    leading = without_invisible(sheet.cell(row, filled[0]))
    if row <= heading.bottom + 2 and folded(leading) in words["note"] and not in_text:
        return NOTE
    if row == heading.bottom + 1 and heading.items and folded(leading) in words["full marks"]:
        return NOTE
    if len(filled) == 2 and folded(leading) in words["state"] and not isinstance(sheet.cell(row, filled[1]), str):
        return TOTAL
    if folded(leading) in words["total"] and len(filled) <= 0.5 * len(heading.columns) + 1:
        return TOTAL
    if heading.items and folded(leading) in words["marks"]:
        return TOTAL
    if len(filled) == 2 and folded(leading) in words["signature"] and not in_text:
        return SIGNATURE
    if (label := _LABEL.match(leading)) and folded(label[1]) in words["signature"]:
        return SIGNATURE
    if ("：" in leading or ":" in leading) and _all_signed(sheet, row, filled, words):
        return SIGNATURE
    return None


def _all_signed(sheet: Sheet, row: int, filled: list[int], words: dict) -> bool:
    """Whether each cell of a row is a label with its value (填表：… | 审核：…), one of them a form's end."""
    labels = [_LABEL.match(as_text(sheet.cell(row, column))) for column in filled]
    return all(labels) and any(folded(label[1]) in words["signature"] for label in labels)


def _repeats_heading(sheet: Sheet, row: int, filled: list[int], titles: set[str]) -> bool:
    return sum(without_invisible(as_text(sheet.cell(row, column))) in titles for column in filled) >= 0.8 * len(filled)


def _explains(sheet: Sheet, row: int, filled: list[int]) -> bool:
    """Whether a row says how the columns are to be filled in, or what they are called in Latin letters."""
    texts = [sheet.cell(row, column) for column in filled]
    latin = len(texts) > 3 and all(isinstance(text, str) and _LATIN.fullmatch(text) for text in texts)
    return latin or all(map(is_hint, texts))


def _counts_columns(sheet: Sheet, row: int, filled: list[int]) -> bool:
    values = [folded(as_text(sheet.cell(row, column))) for column in filled]
    values = values[1:] if values[0] in _COLUMN_NUMBERS else values
    return any(values == list(run[: len(values)]) for run in _COUNTED if len(values) > 1)


def words_of(text: str, words: dict[str, frozenset[str]], whole: bool = False) -> str | None:
    """total, note or signature by a row's leading words. whole: the words are all there is, or are a label."""
    plain = folded(without_brackets(text))
    if plain in words["total"] or says_total(plain):
        return TOTAL
    label = _LABEL.match(text)
    if (label and folded(label[1]) in words["note"]) or (not whole and re.match(r"^[*※]|^注\d*[:：、.]?", text)):
        return NOTE
    if label and re.sub(r"\d+$", "", folded(label[1])) in words["note"]:
        return NOTE
    if plain in words["sample"] or (label and folded(label[1]) in words["sample"]):
        return NOTE
    if (label and folded(label[1]) in words["signature"]) or (len(text) <= 24 and _SIGNED.search(text)):
        return SIGNATURE
    if _TO_BE_SIGNED.fullmatch(text):
        return SIGNATURE
    if not whole and re.match(r"^(填表人|填报人|审核人?|制表人?|负责人|签字|签名|盖章)", text) and len(text) < 60:
        return SIGNATURE
    return None
