"""Context: what a title, a "label: value" cell, the sheet's or the file's name tell of a table."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import pairwise

from loaders.grid import Sheet, address
from loaders.tables.areas import AreaNames
from loaders.tables.headings import COMPOSED, STRIPPED, Headings
from loaders.text import as_text, folded, kept, marked, without_brackets, without_invisible
from loaders.values.dates import day_in, read_day, year_in
from loaders.vocabulary import Vocabulary

_LABEL = re.compile(r"([^\s:：;；,，。()（）]{1,14})(?<!\d)\s*(?:[（(][^()（）]{0,10}[)）])?\s*[：:]\s*")
_NAMING_AREA = ("area", "area_community", "area_street", "area_grid")
_REPORTER = re.compile(  # a label whose value may be an area: who reports, or is looked at
    r"^[被受]?(填报|填表|上报|报送|申报|自查|受检|检查?|考[核评察]|测评|督[查导]|巡查|抽查|评估|创建|参评|所属|迎检|报告|提交)?"
    r"(单位|居委会?|居民区|社区|部门)(名称|全称)?$"
)
_OCCASION = re.compile(r"(根据|按照|依据|遵照|接)[^,，。;；]*?(通知|要求|部署|安排|文件|精神|通报)")
_REPORTED_ON = re.compile("(填报|填表|制表|上报|报送|报告|填写)(日期|时间)")  # says the day where nothing else does
_ROUND_NUMBER = re.compile(r"第\s*([一二三四五六七八九十\d]{1,2})\s*[轮次期]|([一二三四五六七八九十\d]{1,2})\s*轮")
_NUMERAL = "〇一二三四五六七八九十"


@dataclass(frozen=True)
class Said:
    """What one place says, and where it stands. day_inferred: the day's year came from elsewhere."""

    where: str
    area: str | None = None
    day: str | None = None
    day_inferred: bool = False
    year: int | None = None
    inspector: str | None = None
    round: str | None = None
    round_no: int | None = None
    site: str | None = None
    site_kind: str | None = None
    unknown_area: tuple[str, str] | None = None  # (cell, text) of a labelled area that is none of ours


@dataclass(frozen=True)
class Context:
    """All that is said around a table, the nearest first."""

    said: tuple[Said, ...]

    def nearest(self, name: str) -> tuple[object, str | None]:
        """(value, where) of the nearest place that says it; (None, None) when nobody does."""
        return next(
            ((getattr(said, name), said.where) for said in self.said if getattr(said, name) is not None), (None, None)
        )

    @property
    def year(self) -> int | None:
        return self.nearest("year")[0]


def name_said(text: str, where: str, areas: AreaNames, vocabulary: Vocabulary, year: int | None = None) -> Said:
    """What a title, a sheet's name or a file's name says."""
    named = areas.named_in(text)
    own = year_in(text)
    day = day_in(text, own or year, where in ("sheet name", "file name"))
    round_, number = round_in(text, vocabulary)
    number = number or round_number(text, "轮")
    return Said(
        where,
        next(iter(named)) if len(named) == 1 else None,
        day.iso,
        day.inferred and own is None,
        own or (int(day.iso[:4]) if day.iso else None),
        None,
        round_,
        number,
    )


def context_of(
    sheet: Sheet, preface: Iterable[int], footer: Iterable[int], file_stem: str, headings: Headings, areas: AreaNames
) -> Context:
    """The context of a table: lines above its heading from the lowest up, lines below, sheet name, file name."""
    above, below = sorted(preface, reverse=True), list(footer)
    said = tuple(_said_around(sheet, above, below, file_stem, headings, areas, None))
    answered = headings.vocabulary.year
    year = next((one.year for one in said if one.year), answered)
    if year:
        said = tuple(_said_around(sheet, above, below, file_stem, headings, areas, year))
    return Context((*said, Said("answer", year=answered)))


def _said_around(
    sheet: Sheet,
    above: list[int],
    below: list[int],
    file_stem: str,
    headings: Headings,
    areas: AreaNames,
    year: int | None,
) -> Iterator[Said]:
    """What is said around a table, the nearest first; year completes days that are written without one."""
    for row in above:
        yield from _line(sheet, row, headings, areas, year)
    for one in (one for row in below for one in _line(sheet, row, headings, areas, year)):
        if one.where.startswith("label") and (year or one.day or one.inspector or one.area):
            yield one
    file = name_said(file_stem, "file name", areas, headings.vocabulary, year)
    yield name_said(sheet.name or "", "sheet name", areas, headings.vocabulary, year or file.year)
    yield file


def labelled(sheet: Sheet, row: int) -> Iterator[tuple[str, object, int]]:
    """(label, value, column) of a row's "label: value" cells; the value may stand in the cell to the right."""
    filled = sheet.filled(row)
    for position, column in enumerate(filled):
        text = without_invisible(as_text(sheet.cell(row, column)))
        pairs = list(_pairs(text))
        if (
            pairs
            and not pairs[-1][1]
            and position + 1 < len(filled)
            and not _pairs_start(sheet, row, filled[position + 1])
        ):
            pairs[-1] = (pairs[-1][0], sheet.cell(row, filled[position + 1]))
        yield from ((label, value, column) for label, value in pairs)


def round_in(text: str, vocabulary: Vocabulary) -> tuple[str | None, int | None]:
    """The round of inspection a text names, and its number (第二轮 -> 2).

    >>> from types import SimpleNamespace
    >>> words = SimpleNamespace(words={"rounds": {"mock": ["模拟测评"], "self": ["自查"]}})
    >>> round_in("第二轮模拟测评问题清单", words), round_in("10月第2周自查表", words)
    (('mock', 2), ('self', None))
    """
    plain = folded(_OCCASION.sub("", text))
    for code, words in vocabulary.words["rounds"].items():
        if any(folded(word) in plain for word in words):
            found = _ROUND_NUMBER.search(text)
            return code, _number(found[1] or found[2]) if found else None
    return None, None


def round_number(text: str, unit: str = "") -> int | None:
    """The number of a round written alone (第2轮); unit: the word that must stand behind it."""
    found = _ROUND_NUMBER.search(text)
    if found and not found[0].endswith(unit):
        return None
    return _number(found[1] or found[2]) if found else None


def person(text: str) -> str:
    """A person's name without inner spaces."""
    return re.sub(r"\s+", "", kept(text))


def _number(text: str) -> int:
    if text.isdigit():
        return int(text)
    tens, ten, ones = text.partition("十")
    return (_NUMERAL.index(tens or "一") * 10 if ten else 0) + (
        _NUMERAL.index(ones if ten else tens) if (ones if ten else tens) else 0
    )


def _pairs(text: str) -> Iterator[tuple[str, str]]:
    found = list(_LABEL.finditer(text))
    for match, following in zip(found, [*found[1:], None], strict=False):
        end = following.start() if following else len(text)
        value = text[match.end() : end].strip(" \u3000\t\n;；,，_")
        yield match[1], re.sub(r"^([^(（]*)[)）]$", r"\1", value)  # the label stands in brackets


def _pairs_start(sheet: Sheet, row: int, column: int) -> bool:
    return bool(_LABEL.match(without_invisible(as_text(sheet.cell(row, column)))))


def _line(sheet: Sheet, row: int, headings: Headings, areas: AreaNames, year: int | None = None) -> Iterator[Said]:
    """What one line says: its labelled cells first, then the line as a title."""
    vocabulary = headings.vocabulary
    labelled_columns = set()
    for label, value, column in [*labelled(sheet, row), *_bare_labels(sheet, row, headings)]:
        labelled_columns.add(column)
        if (said := _label_said(label, value, address(row, column), headings, areas, year)) is not None:
            yield said
    for label, value, column in labelled(sheet, row):
        if _REPORTED_ON.fullmatch(folded(label)) and (said := _label_day(value, f"label {address(row, column)}", year)):
            yield said
    text = " ".join(without_invisible(as_text(sheet.cell(row, column))) for column in sheet.filled(row))
    title = name_said(
        text.replace("T00:00:00", ""), f"title {address(row, (sheet.filled(row) or [0])[0])}", areas, vocabulary, year
    )
    if labelled_columns and _names_label(sheet, row):
        before = areas.named_in(text[: found.start()] if (found := _LABEL.search(text)) else "")
        title = replace(title, area=next(iter(before)) if len(before) == 1 else None, day=None)
    yield title


def _names_label(sheet: Sheet, row: int) -> bool:
    return sum(1 for _ in labelled(sheet, row)) > 1


def _bare_labels(sheet: Sheet, row: int, headings: Headings) -> Iterator[tuple[str, object, int]]:
    """Labels without a colon: a known word in one cell, its value in the next."""
    filled, kinds = sheet.filled(row), headings.vocabulary.kind_words
    for left, right in pairwise(filled):
        label, value = sheet.cell(row, left), sheet.cell(row, right)
        if (
            isinstance(label, str)
            and ":" not in label
            and "：" not in label
            and len(label) <= 10
            and headings.concept(label)[1] >= STRIPPED
            and not (isinstance(value, str) and headings.concept(value)[1] >= STRIPPED and folded(value) not in kinds)
        ):
            yield label, value, left


def _label_said(
    label: str, value: object, cell: str, headings: Headings, areas: AreaNames, year: int | None
) -> Said | None:
    concept, sureness = headings.concept(label)
    where, text = f"label {cell}", without_invisible(as_text(value))
    known = sureness >= STRIPPED or (sureness >= COMPOSED and concept in ("inspected_on", "inspector"))
    reporter = bool(_REPORTER.match(folded(label)))
    if not text or not (known or reporter):
        return None
    if concept == "inspected_on":
        return _label_day(value, where, year)
    if concept == "inspector":
        return (
            None
            if marked(text) in headings.vocabulary.nothing
            else Said(where, inspector=person(without_brackets(re.split("[;；。]", text)[0])) or None)
        )
    if concept == "round":
        round_, number = round_in(text, headings.vocabulary)
        number = number or round_number(text)
        return Said(where, round=round_, round_no=number) if round_ or number else None
    if reporter or concept in _NAMING_AREA:
        return _label_area(text, where, cell, concept == "area", areas)
    if concept == "site_kind":
        return Said(where, site_kind=kept(text))
    if concept in ("site", "location"):
        return Said(where, site=kept(text), area=areas.code(text))
    return None


def _label_area(text: str, where: str, cell: str, must: bool, areas: AreaNames) -> Said | None:
    code = areas.code(text) or areas.code(re.sub(r"[(\uff08].*", "", text))
    if code is None and len(named := areas.named_in(text)) == 1:
        code = next(iter(named))
    if code:
        return Said(where, area=code)
    return Said(where, unknown_area=(cell, text)) if must else None


def _label_day(value: object, where: str, year: int | None) -> Said | None:
    day = read_day(value, year)
    if day.iso is None and isinstance(value, str):
        day = day_in(value, year)
    own = value.year if isinstance(value, (date, datetime)) else year_in(as_text(value)) if not day.inferred else None
    if day.iso is None:
        return Said(where, year=own) if own else None
    return Said(where, day=day.iso, day_inferred=day.inferred, year=int(day.iso[:4]) if not day.inferred else None)


def is_preface(sheet: Sheet, row: int, headings: Headings) -> bool:
    """Whether a line above a heading belongs to it: a title, a few labels, one cell of text."""
    filled = sheet.filled(row)
    if len(filled) <= 1 or _one_value(sheet, row, filled):
        return True
    labels = {column for _, _, column in labelled(sheet, row)}
    if filled[0] in labels:
        return True
    labels |= {column for _, _, column in _bare_labels(sheet, row, headings)}
    return 2 * len(labels) >= len(filled)


def _one_value(sheet: Sheet, row: int, filled: list[int]) -> bool:
    areas = {sheet.merge_at.get((row, column)) for column in filled}
    return len(areas) == 1 and None not in areas
