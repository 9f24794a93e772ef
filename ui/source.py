"""Where an issue stands: workbook, sheet and cell, its row as it is written there, and the workbook to download."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import Any

import streamlit as st

from readiness.language import _
from readiness.reference import Reference
from store import original
from ui.issue_card import chips, chosen_issue, facts_of, life_of
from ui.pictures import show_pictures
from ui.reads import Day, database_url, engine
from ui.session import choose_issue

Cells = list[tuple[str, str]]
ReadRow = Callable[[bytes, str | None, int, Reference], Cells]


def open_asked_issue(day: Day, read_row: ReadRow) -> None:
    """Opens a dialog with the issue that the address names, whatever is filtered; closing it takes it out of there."""
    issue = chosen_issue(day.standing.issues)
    if issue is not None:
        st.dialog(_("问题"), width="large", on_dismiss=lambda: choose_issue(None))(_whole_issue)(issue, day, read_row)


def _whole_issue(issue: Any, day: Day, read_row: ReadRow) -> None:
    """The issue with its pictures and its source before its history, which may be long."""
    st.html(f'<div class="chips">{chips(issue)}</div><div class="issue"><p>{escape(issue.description)}</p>'
            f"{facts_of(issue, day)}</div>")
    show_pictures(issue, day)
    if isinstance(issue.upload_id, str):
        show_source(issue, day, read_row)
    st.html(life_of(issue, day))
    if isinstance(issue.relapse_of, str) and st.button(_("这是回潮：看上一次"), type="tertiary", key="earlier-issue"):
        choose_issue(issue.relapse_of)
        st.rerun()


def show_source(issue: Any, day: Day, read_row: ReadRow) -> None:
    """Where the issue's newest row stands, the row as it is written there, and the workbook itself to download."""
    sheet = issue.sheet if isinstance(issue.sheet, str) else None
    path, cells = _written(day.key, issue.upload_id, sheet, issue.row, read_row, day.reference)
    file, upload_id = path.rsplit("/", 1)[-1], issue.upload_id
    here = told_in(cells, issue.description) or f"A{issue.row}"
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        title, where = _("出处"), escape(place(file, sheet, here))
        st.html(f'<div class="card-title">{title}<span>{where}</span></div>', width="content")
        _download(file, upload_id)
    if cells:
        st.html(row_html(cells, here))


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


def row_html(cells: Cells, here: str) -> str:
    """The row as a small table: addresses over texts, the cell that counts marked."""
    mark = {True: ' class="here"', False: ""}
    heads = "".join(f"<th{mark[address == here]}>{address}</th>" for address, _ in cells)
    texts = "".join(f"<td{mark[address == here]}>{escape(text)}</td>" for address, text in cells)
    return f'<div class="written"><table><tr>{heads}</tr><tr>{texts}</tr></table></div>'


@st.cache_resource(show_spinner=False, max_entries=64)
def _written(key: tuple, upload_id: str, sheet: str | None, row: int, _read_row: ReadRow,
             _reference: Reference) -> tuple[str, Cells]:
    """The upload's file name and the cells of one of its rows."""
    file, content = original(engine(key[0]), upload_id)
    return file, _read_row(content, sheet, row, _reference)
