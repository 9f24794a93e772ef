"""督办单 as a text document: the same form as the workbook's, on A4 across, to print, sign and send."""

from __future__ import annotations

import io
from collections.abc import Iterable

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT as VERTICAL
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.table import _Cell

from readiness.orders import Order
from reports.cells import DEMO, printable
from reports.orders import (
    REPLY,
    SIGNATURES,
    TITLE,
    WIDTHS,
    order_foot,
    order_heading,
    order_rows,
    order_title,
)

LATIN, SONG, HEI = "Times New Roman", "宋体", "黑体"  # Windows and WPS have them, Linux its own for them
PAGE, MARGIN = (Cm(29.7), Cm(21)), Cm(1.8)
WIDTH = 26.1  # cm between the margins
TALLEST = Cm(2.4)


def order_document(order: Order) -> bytes:
    """The order as .docx: bytes of the file."""
    document = _blank(order)
    _line(document, order_title(order), 22, HEI).alignment = ALIGN.CENTER
    for text, size in zip(order_heading(order), (10.5, 14, 12), strict=True):
        _line(document, text, size)
    _table(document, order)
    _line(document, order_foot(order)[1], 9)
    reply = document.add_table(rows=1, cols=1, style="Table Grid")
    reply.rows[0].height = Cm(2.6)
    _put(reply.cell(0, 0), REPLY, 10.5)
    _line(document, order_foot(order)[0], 12)
    signed = document.add_table(rows=len(SIGNATURES), cols=2)
    for row, texts in zip(signed.rows, SIGNATURES, strict=True):
        row.height = Cm(1)
        for cell, text in zip(row.cells, texts, strict=True):
            _put(cell, text, 12)
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


def _blank(order: Order) -> Document:
    document = Document()
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = PAGE
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = MARGIN
    style = document.styles["Normal"]
    style.paragraph_format.space_after = Pt(4)
    _set_font(style, SONG)
    about = document.core_properties
    about.title, about.author, about.comments = printable(f"{TITLE} {order.to}"), "", ""
    about.keywords = DEMO if order.demo else ""
    return document


def _line(document: Document, text: str, size: float, family: str = SONG):
    paragraph = document.add_paragraph()
    _say(paragraph, text, size, family)
    return paragraph


def _table(document: Document, order: Order) -> None:
    rows = order_rows(order)
    share = WIDTH / sum(WIDTHS[name] for name in rows)
    widths = [Cm(WIDTHS[name] * share) for name in rows]
    table = document.add_table(rows=1 + len(rows), cols=len(widths), style="Table Grid")
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    lines = [list(rows), *rows.astype("str").to_numpy().tolist()]
    issues = [None, *order.issues["issue"]]
    for number, (row, texts, issue) in enumerate(zip(table.rows, lines, issues, strict=True)):
        _fill(row.cells, texts, widths, HEI if number == 0 else SONG)
        _mark(row, "w:cantSplit")
        if issue in order.photos:
            _show(row.cells[-1], order.photos[issue], widths[-1])
    _mark(table.rows[0], "w:tblHeader")


def _fill(cells: Iterable[_Cell], texts: list[str], widths: list[int], family: str) -> None:
    for cell, text, width in zip(cells, texts, widths, strict=True):
        cell.width, cell.vertical_alignment = width, VERTICAL.CENTER
        _put(cell, text, 10.5, family)


def _show(cell: _Cell, photo: bytes, width: int) -> None:
    """The photo above what the cell says of it."""
    paragraph = cell.paragraphs[0].insert_paragraph_before()
    paragraph.paragraph_format.space_after = Pt(0)
    shown = paragraph.add_run().add_picture(io.BytesIO(photo))
    scale = min((width - Cm(0.4)) / shown.width, TALLEST / shown.height)
    shown.width, shown.height = int(shown.width * scale), int(shown.height * scale)
    for side in ("distT", "distB", "distL", "distR"):  # without them LibreOffice leaves a margin of its own
        shown._inline.set(side, "0")


def _put(cell: _Cell, text: str, size: float, family: str = SONG) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_after = Pt(0)
    _say(paragraph, text, size, family)


def _say(paragraph, text: str, size: float, family: str) -> None:
    run = paragraph.add_run(printable(text))
    run.font.size = Pt(size)
    _set_font(run, family)


def _set_font(owner, family: str) -> None:
    """Latin letters and digits in one font, Chinese in another: each needs its own attribute."""
    owner.font.name = LATIN
    owner.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), family)


def _mark(row, name: str) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement(name))
