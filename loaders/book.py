"""A workbook's whole way: bytes -> grids -> tables; pure, and meant for the reading process."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import PurePosixPath

from loaders.formats.content import Unreadable
from loaders.formats.locked import unlocked
from loaders.formats.reading import read_sheets
from loaders.grid import Sheet, row_and_column
from loaders.properties import DEMO_MARK, OWN_ORDER, keywords, outdated, standard_of_form, with_form
from loaders.records.photos import unplaced
from loaders.sheets import read_sheet
from loaders.tables.areas import area_names
from loaders.tables.context import name_said
from loaders.tallies import Stated
from loaders.vocabulary import Vocabulary
from readiness.model import Batch, Problem, Table
from readiness.table_words import LEDGER_SHEET, REPORT_MARK


def read_book(
    name: str,
    data: bytes,
    vocabulary: Vocabulary,
    year: int | None = None,
    cells: Sequence[tuple[str | None, str, str]] = (),
) -> Batch:
    """All that one file says; what cannot be read is an error in the batch, never an exception.

    year: of days that nothing gives a year. cells: sheet, address and the text that is read in place of that cell's.
    """
    vocabulary = replace(vocabulary, year=year) if year else vocabulary
    digest = hashlib.sha256(data).hexdigest()
    areas, stem = area_names(vocabulary), PurePosixPath(name).stem
    said = name_said(stem, "file name", areas, vocabulary)
    context = (said.area, said.day, None if said.round is None else f"{said.round}{said.round_no or ''}")
    try:
        opened = unlocked(data)
        sheets = [corrected(sheet, cells) for sheet in read_sheets(opened)]
        words = keywords(opened)
        if OWN_ORDER in words:  # read as a ledger, its reckoned deadlines would come back as stated ones
            raise Unreadable("own_order")
        form = standard_of_form(words)
        own = REPORT_MARK in words  # numbers of ours: but for the ledger nobody reports them back to us
        found = (table for sheet in sheets for table in (
            [Table(sheet.name, None)] if own and sheet.name != LEDGER_SHEET else
            Stated(sheet, areas, vocabulary).tables(read_sheet(sheet, stem, areas, vocabulary))))
        tables = tuple(with_form(found) if form else found)
        meant = {label: name for table in tables for label, name in table.columns.items()}
        columns = {label: name for label, name in meant.items() if vocabulary.answered(label)}
        said = {"year": year, "cells": [list(cell) for cell in cells], "columns": columns}
        corrections = {what: answer for what, answer in said.items() if answer}
        warnings = _warnings(sheets, tables) + outdated(form, vocabulary.standard)
        return Batch(name, digest, data, None, tables, context, DEMO_MARK in words, corrections, warnings=warnings)
    except Unreadable as refused:
        return Batch(name, digest, data, refused.problem, (), context)


def _warnings(sheets: Sequence[Sheet], tables: Sequence[Table]) -> tuple[Problem, ...]:
    """The warnings on the sheets that hold a table, on all of them where none does."""
    told = {table.sheet for table in tables if table.kind} or {sheet.name for sheet in sheets}
    own = (sheet for sheet in sheets if sheet.name in told)
    return tuple(warning for sheet in own for warning in (*sheet.warnings, *unplaced(sheet, tables)))


def corrected(sheet: Sheet, cells: Sequence[tuple[str | None, str, str]]) -> Sheet:
    """The sheet as if the corrected texts had been written in it; cells of other sheets are passed over."""
    own = {row_and_column(cell): text for name, cell, text in cells if name == sheet.name}
    if not own:
        return sheet
    rows = [list(row) for row in sheet.rows]
    for (row, column), text in own.items():
        if row < len(rows):
            rows[row] += [""] * (column + 1 - len(rows[row]))
            rows[row][column] = text
    return replace(sheet, rows=rows)
