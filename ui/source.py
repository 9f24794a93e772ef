"""Where an issue stands: workbook, sheet and cell, its row as it is written there, and the workbook to download."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape
from typing import Any

import streamlit as st

from readiness.language import _
from readiness.reference import Reference
from store import corrections, original
from ui.decisions import to_decisions
from ui.issue_card import chips, chosen_issue, facts_of
from ui.issue_life import life_of
from ui.issue_steps import ReadPhotos, next_steps
from ui.pictures import show_pictures
from ui.reads import Day, database_url, engine
from ui.session import choose_issue
from ui.steps import forget_outcome
from ui.words import MISSING

Cells = list[tuple[str, str]]
Pack = Callable[[Any], None]
ReadRow = Callable[[bytes, str | None, int, Reference], Cells]


def open_asked_issue(day: Day, read_row: ReadRow, read_photos: ReadPhotos, pack: Pack) -> None:
    """Opens a dialog with the issue that the address names, whatever is filtered; closing it takes it out of there.

    pack: shows the button that takes the evidence along.
    """
    issue = chosen_issue(day.standing.issues)
    if issue is not None:
        st.dialog(_("问题"), width="large", on_dismiss=_closed)(_whole_issue)(issue, day, read_row, read_photos, pack)


def _closed() -> None:
    choose_issue(None)
    forget_outcome()


def _whole_issue(issue: Any, day: Day, read_row: ReadRow, read_photos: ReadPhotos, pack: Pack) -> None:
    """The issue with its pictures, its next steps and its source before its history, which may be long."""
    st.html(f'<div class="chips">{chips(issue)}</div><div class="issue"><p>{escape(issue.description)}</p>'
            f"{facts_of(issue, day)}</div>")
    with st.container(horizontal=True, gap="small"):
        to_decisions(issue)
        pack(issue)
    show_pictures(issue, day)
    next_steps(issue, day, read_photos)
    if isinstance(issue.upload_id, str):
        show_source(issue, day, read_row)
    st.html(life_of(issue, day))
    if isinstance(issue.relapse_of, str) and st.button(_("这是回潮：看上一次"), type="tertiary", key="earlier-issue"):
        choose_issue(issue.relapse_of)
        st.rerun()


def show_source(issue: Any, day: Day, read_row: ReadRow) -> None:
    """Where the issue's newest row stands, the row as it is written there and as it was corrected, and the workbook."""
    sheet = issue.sheet if isinstance(issue.sheet, str) else None
    path, cells, said = _written(day.key, issue.upload_id, sheet, issue.row, read_row, day.reference)
    file, upload_id = path.rsplit("/", 1)[-1], issue.upload_id
    changed = corrected(said, sheet, issue.row)
    here = told_in([*changed.items(), *cells], issue.description) or f"A{issue.row}"
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        title, where = _("出处"), escape(place(file, sheet, here))
        st.html(f'<div class="card-title">{title}<span>{where}</span></div>', width="content")
        _download(file, upload_id)
    if cells or changed:
        st.html(row_html(cells, here, changed))
    if year := said.get("year"):
        st.html(f'<div class="quiet">{_("上报时说明：没有写年份的日期是 {year} 年。").format(year=year)}</div>')


def _download(file: str, upload_id: str) -> None:
    st.download_button(_("下载原工作簿"), lambda: original(engine(database_url()), upload_id)[1], file_name=file,
                       key="original", on_click="ignore", icon=":material/download:")


def place(file: str, sheet: str | None, cell: str) -> str:
    """Workbook, sheet and cell in words.

    >>> place("台账.xlsx", "问题清单", "E9"), place("台账.csv", None, "E9")
    ('台账.xlsx › 问题清单 › E9', '台账.csv › E9')
    """
    return " › ".join(part for part in (file, sheet, cell) if part)


def told_in(cells: Cells, description: str) -> str | None:
    """The address of the cell that holds the description, white space aside; None where none does.

    >>> told_in([("A9", "1"), ("E9", "1、楼道 堆物；2、门口积水")], "楼道堆物")
    'E9'
    """
    said = "".join(str(description).split())
    return next((address for address, text in cells if said and said in "".join(text.split())), None)


def corrected(said: Mapping[str, Any], sheet: str | None, row: int) -> dict[str, str]:
    """The cells of a row that a person corrected before the upload, with what is read there. said: Batch.corrections.

    >>> corrected({"cells": [["台账", "E9", "2026-03-01"], ["台账", "E19", "整改中"]]}, "台账", 9)
    {'E9': '2026-03-01'}
    """
    return {cell: text for where, cell, text in said.get("cells", ())
            if where == sheet and cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ") == str(row)}


def row_html(cells: Cells, here: str, changed: Mapping[str, str]) -> str:
    """The row as a small table: addresses over texts as they are written, what is read instead under them."""
    mark = {True: ' class="here"', False: ""}
    written = {**dict.fromkeys(changed, ""), **dict(cells)}
    order = sorted(written, key=lambda cell: (len(cell), cell))
    heads = "".join(f"<th{mark[cell == here]}>{cell}</th>" for cell in order)
    texts = "".join(f"<td{mark[cell == here]}>{_text(written[cell], changed.get(cell))}</td>" for cell in order)
    return f'<div class="written"><table><tr>{heads}</tr><tr>{texts}</tr></table></div>'


def _text(written: str, read: str | None) -> str:
    if read is None:
        return escape(written)
    before = f"<s>{escape(written)}</s>" if written else ""
    return f"{before}<b>{escape(_('改作：{text}').format(text=read or MISSING))}</b>"


@st.cache_resource(show_spinner=False, max_entries=64)
def _written(key: tuple, upload_id: str, sheet: str | None, row: int, _read_row: ReadRow,
             _reference: Reference) -> tuple[str, Cells, Mapping[str, Any]]:
    """The upload's file name, the cells of one of its rows, and what was corrected of the book."""
    file, content = original(engine(key[0]), upload_id)
    return file, _read_row(content, sheet, row, _reference), corrections(engine(key[0]), upload_id)
