"""问题台账 as a workbook: the rows that a screen shows, to be handed on, filtered and sent back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from copy import copy
from types import MappingProxyType

import pandas as pd
from openpyxl import Workbook
from openpyxl.styles import Alignment, NamedStyle
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from readiness.clean import cleaned
from readiness.facts import Facts
from readiness.places import as_written
from readiness.reference import Reference
from readiness.rows import combinations
from readiness.sources import sources
from readiness.table_words import LEDGER_SHEET, ORIGIN_HEADING, ORIGIN_WORDS, ROUND_WORDS, STATE_WORDS
from reports.cells import (
    DEMO,
    GRID,
    MUTED,
    TEXT,
    print_on_pages,
    saved,
    write,
    write_footer,
    write_headings,
    write_title,
)

# Headings that our own intake reads as what they are; 影响（分）, 工作簿 and 单元格 are read into no field.
WIDTHS: Mapping[str, float] = MappingProxyType({
    "序号": 6, "居民区": 9, "点位": 20, "具体位置": 18, "点位类型": 12, "问题类别": 11, "测评项目": 28, "问题描述": 40,
    "严重程度": 9, "完成情况": 9, "发现时间": 11, "整改期限": 11, "整改完成时间": 12, "销号时间": 11, "超期天数": 9,
    "影响（分）": 9, "责任单位": 16, "责任人": 9, "整改措施": 24, "检查轮次": 10, ORIGIN_HEADING: 20, "工作簿": 30,
    "单元格": 16,
})
NAMES: Mapping[str, str] = MappingProxyType({
    "area": "居民区", "site": "点位", "location": "具体位置", "kind": "点位类型", "category": "问题类别",
    "indicator": "测评项目", "description": "问题描述", "severity": "严重程度", "state": "完成情况",
    "found_on": "发现时间", "due_on": "整改期限", "fixed_on": "整改完成时间", "verified_on": "销号时间",
    "overdue_days": "超期天数", "loss": "影响（分）", "responsible_unit": "责任单位", "responsible_person": "责任人",
    "measure": "整改措施", "round": "检查轮次", "origin": ORIGIN_HEADING, "workbook": "工作簿", "cell": "单元格"})
WRAPPED = ("测评项目", "问题描述", "整改措施", "理由", "说明", "文件")
FORMATS: Mapping[str, str] = MappingProxyType({
    **dict.fromkeys(("发现时间", "整改期限", "整改完成时间", "销号时间"), "yyyy-mm-dd"), "影响（分）": "0.00"})
HEADING_ROW = 3


def ledger_rows(issues: pd.DataFrame, facts: Facts, uploads: pd.DataFrame, reference: Reference) -> pd.DataFrame:
    """The issues as a workbook lists them, columns of WIDTHS in Chinese as the intake reads it; 序号 counts from 1.

    issues: Standing.issues, or some of them, in the order wanted; the rows have their index, and doubled ones follow
    the first. A place stands as it was written: taken in again, the rows are the same threads. uploads:
    Snapshot.uploads.
    """
    rows = sources(_doubled_after_first(as_written(issues, facts.ledger)), uploads)
    rows = rows.assign(
        area=rows["area_code"].map(reference.area_names()), kind=rows["kind"].map(reference.kind_names()),
        state=rows["status"].map(STATE_WORDS), round=rows["round"].map(ROUND_WORDS),
        origin=rows["origin"].map(ORIGIN_WORDS), loss=rows["loss"].where(rows["loss"] > 0),
        overdue_days=rows["overdue_days"].where(rows["overdue_days"] > 0).astype("Int64"))
    return rows[list(NAMES)].rename(columns=NAMES).assign(序号=range(1, len(rows) + 1))


def _doubled_after_first(issues: pd.DataFrame) -> pd.DataFrame:
    """The issues in their order, but that rows doubled in a table follow the first of them, as they stood there."""
    if not issues["duplicate"].any():
        return issues
    words = cleaned(issues["site"]) + cleaned(issues["location"]), cleaned(issues["description"])
    same = combinations(issues.assign(place=words[0], told=words[1]), ("area_code", "place", "told", "found_on"))
    first = pd.Series(range(len(issues)), index=issues.index).groupby(same).transform("min")
    return issues.assign(first=first).sort_values(["first", "duplicate", "row"], kind="stable")


def issues_workbook(issues: pd.DataFrame, facts: Facts, uploads: pd.DataFrame, reference: Reference, title: str,
                    notes: Iterable[str], demo: bool) -> bytes:
    """The issues as ledger_workbook writes them."""
    return ledger_workbook(ledger_rows(issues, facts, uploads, reference), title, notes, demo)


def ledger_workbook(rows: pd.DataFrame, title: str, notes: Iterable[str], demo: bool = False) -> bytes:
    """The rows as .xlsx: title and notes, a frozen heading with a filter, a row each; bytes of the file.

    rows: columns of WIDTHS (others are left out), in the words of the screen, dates as datetime64, missing left blank.
    notes: what a reader must know of the numbers (day, coverage, standard, filters), one line together. demo marks the
    title and the file itself as made of demonstration data. A text that begins like a formula stays a text.
    """
    return listed_workbook(rows, WIDTHS, LEDGER_SHEET, title, notes, demo)


def listed_workbook(
    rows: pd.DataFrame, widths: Mapping[str, float], name: str, title: str, notes: Iterable[str], demo: bool
) -> bytes:
    """Rows as ledger_workbook writes them, of the columns and widths given, on a sheet of that name."""
    book = Workbook()
    book.active.title = name
    write_list(book.active, rows, widths, f"{title}（{DEMO}）" if demo else title, notes)
    return saved(book, title, demo)


def write_list(sheet: Worksheet, rows: pd.DataFrame, widths: Mapping[str, float], title: str,
               notes: Iterable[str]) -> None:
    """Title, notes, a frozen heading with a filter and the rows, from the sheet's first cell on."""
    rows = rows[[column for column in widths if column in rows]]
    write_title(sheet, 1, title, len(rows.columns))
    notes = list(notes)
    write_title(sheet, 2, "　".join(notes), len(rows.columns), MUTED, 18)
    write_headings(sheet, HEADING_ROW, list(rows), [widths[column] for column in rows])
    _write_rows(sheet, rows)
    sheet.freeze_panes = sheet.cell(HEADING_ROW + 1, 3)
    sheet.auto_filter.ref = f"A{HEADING_ROW}:{get_column_letter(len(rows.columns))}{HEADING_ROW + len(rows)}"
    print_on_pages(sheet, HEADING_ROW)
    write_footer(sheet, "　".join(notes))


def _write_rows(sheet: Worksheet, rows: pd.DataFrame) -> None:
    for place, name in enumerate(rows, 1):
        for number, value in enumerate(_plain(rows[name]), HEADING_ROW + 1):
            cell = sheet.cell(number, place)
            if number == HEADING_ROW + 1:
                cell.style = _look(sheet.parent, name)
                look = copy(cell._style)
            else:
                cell._style = copy(look)  # a quarter of the time that a name takes
            write(cell, value, FORMATS.get(name))


def _look(book: Workbook, name: str) -> str:
    """The named style of a column's cells."""
    look = f"台账{name}"
    if look not in book.named_styles:
        wrapped = Alignment(vertical="top", wrap_text=name in WRAPPED)
        book.add_named_style(NamedStyle(look, font=TEXT, border=GRID, alignment=wrapped,
                                        number_format=FORMATS.get(name, "General")))
    return look


def _plain(column: pd.Series) -> list[object]:
    """The values as a workbook holds them: text, numbers and days, None where there is none."""
    if pd.api.types.is_datetime64_any_dtype(column):
        return [day.date() if day is not None else None for day in column.astype(object).where(column.notna(), None)]
    return column.astype(object).where(column.notna(), None).tolist()
