"""Tallies: the numbers that a book states of its own rows, in rows of totals, tables of counts and sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from loaders.grid import Sheet, address, row_and_column
from loaders.tables.areas import AreaNames
from loaders.tables.rows import NOTE, TITLE, TOTAL
from loaders.text import as_text, folded, without_brackets
from loaders.values.cells import Cell, Reader
from loaders.vocabulary import Vocabulary
from readiness.model import CHECKLIST, LEDGER, PATROLS, Table

SUMMED = {CHECKLIST: ("score", "deduction"), PATROLS: ("party_members", "volunteers", "hours", "found", "solved")}
_TOTAL = re.compile(r"(?:合计|总计|共计|累计)\s*[:\uff1a]?\s*(\d+)\s*[个条处件项起]")
PATIENCE = 300  # rows of a sheet without a table that are looked at
_UNIT = r"\s*[:\uff1a]?\s*(\d+)\s*[个条处件项起]"
_SAID = {  # a sentence about the rows: 共发现问题32个，已整改30个，未整改2个，整改率93.75%
    "found": re.compile(r"(?:共|合计|总计|累计)(?:计|检查|自查|排查|巡查)?(?:发现|查出|查找|上报)?(?:各类)?"
                        r"(?:问题|隐患)(?:总数|数)?" + _UNIT),
    "fixed": re.compile(r"(?<![未待])(?:已经?|完成)整改(?:完成|完毕|到位)?(?:问题|隐患)?(?:数)?" + _UNIT),
    "unfixed": re.compile(r"(?:尚?未|待)(?:完成)?整改(?:完成|完毕|到位)?(?:问题|隐患)?(?:数)?" + _UNIT),
    "rate": re.compile(r"整改(?:完成)?率(?:为|达到?|是)?\s*[:\uff1a]?\s*(\d+(?:\.\d+)?)\s*[%\uff05]"),
}


@dataclass(frozen=True)
class Stated:
    """Reads the numbers that one sheet states beside its records."""

    sheet: Sheet
    areas: AreaNames
    vocabulary: Vocabulary

    def tables(self, tables: Sequence[Table]) -> list[Table]:
        """The sheet's tables, each with the numbers (Table.tallies) that stand at it: below its heading or, for the
        first, above it."""
        records = {record["row"] for table in tables for record in table.records}
        taken = records | {problem.row for table in tables for problem in table.rejected}
        taken |= {row for table in tables for row in table.header_rows}
        starts = [min(table.header_rows, default=0) for table in tables]
        said = [*self._sentences(tables), *self._count_tables(taken)] if self._may_count(tables) else []
        return [replace(table, tallies=(
            *self._totals(table), *(tally for tally in said if _place(tally["row"], starts) == position)))
            for position, table in enumerate(tables)]

    def _may_count(self, tables: Sequence[Table]) -> bool:
        """Whether the sheet may speak of problems: beside a ledger or, without a table, in a few rows."""
        kinds = {table.kind for table in tables}
        return LEDGER in kinds or (kinds == {None} and len(self.sheet.rows) <= PATIENCE)

    def _totals(self, table: Table) -> Iterator[dict[str, Any]]:
        """The sums in a table's one row of totals; of several it is not clear over which rows each goes."""
        rows = [row - 1 for row, reason in table.ignored if reason == TOTAL and self._sums_all(row - 1)]
        summed = {label: name for label, name in table.columns.items() if name in SUMMED.get(table.kind, ())}
        if len(rows) == 1 and len(set(summed.values())) == len(summed):
            for label, name in summed.items():
                column = row_and_column(f"{table.letters[label]}1")[1]
                yield from self._tally(rows[0], column, None, name)

    def _sums_all(self, row: int) -> bool:
        leading = folded(as_text(self.sheet.cell(row, self.sheet.filled(row)[0])))
        return leading in self.vocabulary.tally_words["all"]

    def _sentences(self, tables: Sequence[Table]) -> Iterator[dict[str, Any]]:
        """What titles, notes and rows of totals say in words, or all rows of a sheet without a table."""
        told = {row - 1 for table in tables for row, reason in table.ignored if reason in (TOTAL, TITLE, NOTE)}
        for row in sorted(told) if any(table.kind for table in tables) else range(len(self.sheet.rows)):
            filled = self.sheet.filled(row)
            texts = {column: self.sheet.cell(row, column) for column in filled}
            if whole := _TOTAL.fullmatch("".join(map(as_text, texts.values())).strip()):
                yield _stated(row, filled[-1], None, "found", float(whole[1]))
            for column, text in texts.items():
                if isinstance(text, str):
                    yield from (_stated(row, column, None, measure, float(number)) for measure, number in
                                _numbers_in(text))

    def _count_tables(self, taken: set[int]) -> Iterator[dict[str, Any]]:
        """The numbers of tables whose headings are words for counts, a row an area or a row for all."""
        free = [row for row in range(len(self.sheet.rows)) if row + 1 not in taken and self.sheet.filled(row)]
        measures: dict[int, str] = {}
        area_column, before = None, -2
        for row in free:
            found, column = self._heading(row)
            if found:
                measures, area_column = found, column
            elif measures and row == before + 1:
                code, known = self._whose(row, area_column)
                for column, measure in measures.items() if known else ():
                    yield from self._tally(row, column, code, measure)
                measures = measures if area_column is not None else {}
            else:
                measures = {}
            before = row

    def _heading(self, row: int) -> tuple[dict[int, str], int | None]:
        """The columns of counts that a row names, each name once, and the column of areas."""
        words = {column: folded(without_brackets(as_text(self.sheet.cell(row, column))))
                 for column in self.sheet.filled(row)}
        known = self.vocabulary.tally_words["measures"]
        measures = {column: known[word] for column, word in words.items() if word in known}
        if len(set(measures.values())) < len(measures):
            return {}, None
        concepts = self.vocabulary.headings
        return measures, next((column for column, word in words.items()
                               if concepts.get(word) in ("area", "area_community")), None)

    def _whose(self, row: int, area_column: int | None) -> tuple[str | None, bool]:
        """The area whose counts stand in a row, None for all; and whether that is known."""
        if area_column is None:
            return None, True
        text = as_text(self.sheet.cell(row, area_column))
        leading = folded(text or as_text(self.sheet.cell(row, self.sheet.filled(row)[0])))
        code = self.areas.code(text) if text else None
        return code, code is not None or leading in self.vocabulary.tally_words["all"]

    def _tally(self, row: int, column: int, code: str | None, measure: str) -> Iterator[dict[str, Any]]:
        value = self.sheet.cell(row, column)
        percent = isinstance(value, str) and value.strip().endswith(("%", "\uff05"))
        read = Reader(self.vocabulary).number(value)
        if isinstance(read, Cell):
            share = measure == "rate" and not percent and read.value <= 1
            yield _stated(row, column, code, measure, 100.0 * read.value if share else float(read.value))


def _numbers_in(text: str) -> Iterator[tuple[str, str]]:
    """Measure and number of each count that a sentence states once.

    >>> list(_numbers_in("本周共发现问题32个，已整改30个，未整改2个，整改率93.75%"))
    [('found', '32'), ('fixed', '30'), ('unfixed', '2'), ('rate', '93.75')]
    >>> list(_numbers_in("共检查点位12个"))
    []
    """
    for measure, pattern in _SAID.items():
        numbers = pattern.findall(text)
        if len(numbers) == 1:
            yield measure, numbers[0]


def _stated(row: int, column: int, code: str | None, measure: str, value: float) -> dict[str, Any]:
    return {"row": row + 1, "cell": address(row, column), "area_code": code, "measure": measure, "value": value}


def _place(row: int, starts: Sequence[int]) -> int:
    """Position of the table at which a row stands."""
    return max((position for position, start in enumerate(starts) if start <= row), default=0)
