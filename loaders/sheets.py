"""One sheet's way: grid -> headings -> tables -> records."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from loaders.grid import Sheet, address
from loaders.marks.reading import without_emptied, without_marks
from loaders.records.checklist import read_checklist
from loaders.records.ledger import read_ledger
from loaders.records.lines import lines_of
from loaders.records.register import read_patrols, read_sites
from loaders.tables.areas import AreaNames
from loaders.tables.beside import strips, told_once
from loaders.tables.columns import FOREIGN, Heading
from loaders.tables.context import Context, context_of, is_preface, labelled
from loaders.tables.finding import find_headings
from loaders.tables.groups import says_context
from loaders.tables.headings import Headings, field_of
from loaders.tables.knowing import how_known
from loaders.tables.rows import HEADING, NOTE, RECORD, SECTION, SIGNATURE, TITLE, TOTAL, Line, read_lines, words_of
from loaders.text import as_text, folded, without_brackets, without_ordinal, without_page
from loaders.values.cells import Reader
from loaders.vocabulary import Vocabulary
from readiness.model import CHECKLIST, LEDGER, PATROLS, SITES, Table

_TITLE = re.compile(r"(表|台账|单|记录|汇总|一览|登记|名册|反馈|通报)\d*$|^\d{4}年.{2,}(表|台账|清单|记录)")
_INTRODUCES = ("area", "area_community", "site", "location", "site_kind")  # labels above a table, never at its foot
_READ = {LEDGER: read_ledger, CHECKLIST: read_checklist, SITES: read_sites, PATROLS: read_patrols}
_WITH_FACTS = (LEDGER, CHECKLIST)  # a hidden sheet is read only for descriptions or results


def read_sheet(sheet: Sheet, file_stem: str, areas: AreaNames, vocabulary: Vocabulary) -> list[Table]:
    """The tables of one sheet in their order; one entry without a kind where there is none."""
    headings = Headings(vocabulary, file_stem)
    sheet, found = _found(without_marks(sheet), headings, areas)
    if len(parts := strips(sheet, found, headings, areas)) > 1:
        return told_once([table for part in parts for table in read_sheet(part, file_stem, areas, vocabulary)])
    blocks = [block for block in found if not sheet.hidden or block.kind in _WITH_FACTS]
    if not blocks:
        return [Table(sheet.name, None)]
    tables: list[Table] = []
    reader = Reader(vocabulary)
    groups = list(_same_table(sheet, blocks, headings))
    sheet_titles = range(groups[0][0].top)
    end_before = -1
    for position, (first, repeats) in enumerate(groups):
        following = groups[position + 1][0] if position + 1 < len(groups) else None
        end = _end(sheet, repeats[-1] if repeats else first, following, headings)
        if first.kind == FOREIGN:
            tables[-1] = _with_totals(tables[-1], sheet, range(end_before + 1, end + 1))
            end_before = end
            continue
        place = Place(
            sheet, sheet_titles, range(end_before + 1, first.top), range(first.bottom + 1, end + 1), file_stem
        )
        tables.append(_read_table(place, first, repeats, headings, areas, reader))
        end_before = end
    return tables


def _found(sheet: Sheet, headings: Headings, areas: AreaNames) -> tuple[Sheet, list[Heading]]:
    """The headings on a sheet, and the sheet without a column 问题 that was emptied where a table stands without it."""
    emptied = without_emptied(sheet)
    if emptied is not sheet and (found := find_headings(emptied, headings, areas)):
        return emptied, found
    return sheet, find_headings(sheet, headings, areas)


def _with_totals(table: Table, sheet: Sheet, rows: range) -> Table:
    """The table with the rows of a table of counts below it, which are no records."""
    return replace(table, ignored=(*table.ignored, *((row + 1, TOTAL) for row in rows if sheet.filled(row))))


@dataclass(frozen=True)
class Place:
    """Where a table stands: sheet, lines at the sheet's top, lines above its heading, those below, the file."""

    sheet: Sheet
    sheet_titles: range
    preface: range
    body: range
    file_stem: str

    def titles(self) -> list[int]:
        """The lines that speak for the table: its own, and without a title of its own those at the top of the sheet."""
        own = [row for row in self.preface if self.sheet.filled(row)]
        if any(_is_title(self.sheet, row) for row in own):
            return own
        return sorted({row for row in self.sheet_titles if self.sheet.filled(row)} | set(own))


def _same_table(sheet: Sheet, blocks: list[Heading], headings: Headings) -> Iterator[tuple[Heading, list[Heading]]]:
    """Each table's first heading with its repetitions on later pages; under a title of its own it is another table."""
    first, repeats = blocks[0], []
    for block in blocks[1:]:
        if _labels(block) == _labels(first) and _title_above(sheet, block, headings) in (
            "",
            _title_above(sheet, first, headings),
        ):
            repeats.append(block)
        else:
            yield first, repeats
            first, repeats = block, []
    yield first, repeats


def _is_title(sheet: Sheet, row: int) -> bool:
    """Whether a line is a table's whole title (2021年点位检查表), not the title of a section (二、背街小巷)."""
    text = " ".join(str(sheet.cell(row, column)) for column in sheet.filled(row)).strip()
    return bool(_TITLE.search(without_brackets(text))) and without_ordinal(text) == text


def _labels(block: Heading) -> list[str]:
    return [folded(without_brackets(column.label)) for column in block.columns if column.parts]


def _title_above(sheet: Sheet, block: Heading, headings: Headings) -> str:
    """The title in the one-cell line right above a heading, "" where there is none; 二、背街小巷 is a group row."""
    row = block.top - 1
    if row < 0 or not sheet.filled(row) or not is_preface(sheet, row, headings):
        return ""
    text = " ".join(str(sheet.cell(row, column)) for column in sheet.filled(row))
    section = without_ordinal(text) != text.strip()
    return "" if section or words_of(text, headings.vocabulary.row_words) == TOTAL else without_page(text)


def _end(sheet: Sheet, heading: Heading, following: Heading | None, headings: Headings) -> int:
    """The last row of a table: before the lines that introduce the next one."""
    if following is None:
        return len(sheet.rows) - 1
    row = following.top - 1
    while row > heading.bottom and (
        not sheet.filled(row) or (is_preface(sheet, row, headings) and not _closes(sheet, row, headings))
    ):
        row -= 1
    return row


def _closes(sheet: Sheet, row: int, headings: Headings) -> bool:
    """Whether a line is the foot of the table above it: a total, names to be signed, or a note in one run with it."""
    text = as_text(sheet.cell(row, (sheet.filled(row) or [0])[0])).strip()
    reason = words_of(text, headings.vocabulary.row_words)
    if text.isdigit():
        return True  # a line of a form that nobody filled in
    signed = any(value for _, value, _ in labelled(sheet, row)) or len(sheet.filled(row)) > 1
    if reason == TOTAL or (reason == SIGNATURE and not signed):
        return True
    if reason not in (NOTE, SIGNATURE) or _introduces(sheet, row, headings):
        return False
    while row > 0 and sheet.filled(row - 1):
        row -= 1
        if _introduces(sheet, row, headings):
            return False
        if not is_preface(sheet, row, headings):
            return True
    return False


def _introduces(sheet: Sheet, row: int, headings: Headings) -> bool:
    """Whether a line stands above a table: its title, or labels that say where it was checked."""
    said = labelled(sheet, row)
    return _is_title(sheet, row) or any(headings.concept(label)[0] in _INTRODUCES for label, _, _ in said)


def _read_table(
    place: Place, heading: Heading, repeats: list[Heading], headings: Headings, areas: AreaNames, reader: Reader
) -> Table:
    sheet = place.sheet
    repeated = frozenset(row for block in repeats for row in range(block.top, block.bottom + 1))
    again = {block.top - 1 for block in repeats if _title_above(sheet, block, headings)}
    found = read_lines(sheet, heading, place.body, repeated, areas, headings.vocabulary)
    opening = _opening_section(sheet, heading, repeats)
    lines = opening + [Line(line.row, TITLE) if line.row in again else line for line in _closing(found, headings)]
    asides = [line.row for line in lines if line.reason in (SIGNATURE, NOTE)]
    context = context_of(sheet, place.titles(), asides, place.file_stem, headings, areas)
    kept = lines_of(sheet, heading, context, areas, reader, lines)
    records, ignored = _READ[heading.kind](kept)
    if any(kept.inferred.values()):
        kept.sources["year"] = next((one.where for one in context.said if one.year and not one.day_inferred), "answer")
    sections = {line.row for line in opening}
    aside = [(row + 1, TITLE) for row in place.preface if sheet.filled(row) and row not in sections] + ignored
    aside += [(line.row + 1, line.reason) for line in lines if line.reason not in (RECORD, HEADING)]
    header_rows = [row + 1 for row in range(heading.top, heading.bottom + 1) if sheet.filled(row)] + [
        line.row + 1 for line in lines if line.reason == HEADING
    ]
    rejected = tuple(problem for position in sorted(kept.problems) for problem in kept.problems[position])
    return Table(
        sheet.name,
        heading.kind,
        tuple(header_rows),
        tuple(records),
        rejected,
        tuple(sorted(aside)),
        _sheet_day(context),
        kept.sources,
        _columns(heading),
        {column.label: address(0, column.index)[:-1] for column in heading.columns if column.parts},
        pictures=tuple(sorted(kept.pictures, key=lambda place: place[0])),
        how=how_known(sheet, heading, headings),
    )


def _opening_section(sheet: Sheet, heading: Heading, repeats: list[Heading]) -> list[Line]:
    """The group row above a first heading (一、公共环境) where others stand above its repetitions, else nothing."""
    texts = [_section_above(sheet, block) for block in (heading, *repeats)]
    return [Line(heading.top - 1, SECTION, texts[0])] if texts[0] and any(texts[1:]) else []


def _section_above(sheet: Sheet, block: Heading) -> str:
    filled = sheet.filled(block.top - 1) if block.top else []
    text = as_text(sheet.cell(block.top - 1, filled[0])).strip() if len(filled) == 1 else ""
    return text if without_ordinal(text) != text else ""


def _closing(read: Iterator[Line], headings: Headings) -> Iterator[Line]:
    """The lines, where a group row that nothing follows is a note, and a label above records a group row."""
    lines = list(read)
    last = max((line.row for line in lines if line.reason in (RECORD, TOTAL)), default=-1)
    for line in lines:
        if line.reason == SECTION and line.row > last:
            yield Line(line.row, NOTE)
        elif line.reason == SIGNATURE and line.row < last and line.text and says_context(line.text, headings):
            yield Line(line.row, SECTION, line.text)
        else:
            yield line


def _sheet_day(context: Context) -> str | None:
    return context.nearest("day")[0]


def _columns(heading: Heading) -> dict[str, str]:
    items = {column.index for column in heading.items}
    return {
        column.label: "item" if column.index in items else field_of(heading.kind, column.concept)
        for column in heading.columns
        if column.parts
    }
