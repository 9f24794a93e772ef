"""The brief: an official document (公文) of findings with its annexes, as .docx; A4, margins and type by GB/T 9704."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence

from docx import Document
from docx.enum.table import WD_ALIGN_VERTICAL
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.enum.text import WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Mm, Pt

from reports.cells import DEMO, printable
from reports.content import RANKING_HEADS, Pair, Report, place_of, ranking_lines

# Windows and WPS have these; Linux puts its own in their place.
LATIN, SONG, FANG, HEI, KAI = "Times New Roman", "宋体", "仿宋", "黑体", "楷体"
TITLE, BODY, SMALL = 22, 16, 10.5  # 二号, 三号, 五号
LINES = Pt(28)
NUMERALS = "一二三四五六七八九十"
PARTS = {  # heading -> the rules whose sentences stand under it
    "总体情况": ("state", "window", "compared"), "问题整改": ("open", "overdue", "red_lines", "relapse"),
    "还不清楚的": ("unknown", "stale"),
}
OVERDUE_ROWS = 30


def brief(report: Report) -> bytes:
    """The brief as .docx: bytes of the file."""
    document = _blank(report)
    _line(document, f"{report.name}创文迎检准备情况简报", TITLE, SONG, align=ALIGN.CENTER, bold=True, after=18)
    _line(document, report.stamp, SMALL, KAI, align=ALIGN.CENTER, after=14)
    told = {sentence.rule: sentence.text for sentence in report.found}
    parts = {head: [told[rule] for rule in rules if rule in told] for head, rules in PARTS.items()}
    for number, (head, texts) in enumerate(part for part in parts.items() if part[1]):
        _line(document, f"{NUMERALS[number]}、{head}", BODY, HEI, indent=True)
        for place, text in enumerate(texts, 1):
            _line(document, f"{place}．{text}", BODY, FANG, indent=True)
    annexes = [("各居民区排名", lambda: _ranking(document, report)),
               ("超期问题清单", lambda: _overdue(document, report)), *([("整改前后对照", lambda: _pairs(
                   document, report.pairs))] if report.pairs else [])]
    for number, (head, _write) in enumerate(annexes, 1):
        _line(document, f"{'附件：' if number == 1 else '　　　'}{number}．{head}", BODY, FANG, indent=True)
    for number, (head, write) in enumerate(annexes, 1):
        document.add_page_break()
        _line(document, f"附件 {number}", BODY, HEI)
        _line(document, head, TITLE, SONG, align=ALIGN.CENTER, bold=True, after=10)
        write()
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


def _blank(report: Report) -> Document:
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    style = document.styles["Normal"]
    style.font.name = LATIN
    style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), FANG)
    foot = section.footer.paragraphs[0]
    foot.alignment = ALIGN.CENTER
    _say(foot, f"{report.stamp}　— ", SMALL, SONG)
    _page_number(foot)
    _say(foot, " —", SMALL, SONG)
    about = document.core_properties
    about.title, about.author, about.comments = f"{report.name}创文迎检准备情况简报", report.name, ""
    about.keywords = DEMO if report.demo else ""
    return document


def _page_number(paragraph) -> None:
    run = paragraph.add_run()
    for kind, text in (("begin", None), (None, "PAGE"), ("end", None)):
        part = OxmlElement("w:instrText" if text else "w:fldChar")
        if text:
            part.text = text
        else:
            part.set(qn("w:fldCharType"), kind)
        run._r.append(part)
    _set_font(run, SMALL, SONG)


def _line(document: Document, text: str, size: float, family: str, align=None, indent: bool = False,
          bold: bool = False, after: float = 0) -> None:
    paragraph = document.add_paragraph()
    form = paragraph.paragraph_format
    form.line_spacing_rule, form.line_spacing, form.space_after = WD_LINE_SPACING.EXACTLY, LINES, Pt(after)
    form.first_line_indent = Pt(2 * size) if indent else None
    paragraph.alignment, form.keep_with_next = align, family == HEI
    _say(paragraph, text, size, family, bold)


def _say(paragraph, text: str, size: float, family: str, bold: bool = False) -> None:
    run = paragraph.add_run(printable(text))
    run.bold = bold
    _set_font(run, size, family)


def _set_font(run, size: float, family: str) -> None:
    run.font.size, run.font.name = Pt(size), LATIN
    run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), family)


def _ranking(document: Document, report: Report) -> None:
    widths = dict(zip(RANKING_HEADS, (1.3, 2.4, 2.2, 1.6, 2.4, 1.8, 1.5, 1.8), strict=True))
    _table(document, widths, ranking_lines(report))


def _overdue(document: Document, report: Report) -> None:
    issues = report.now.issues
    late = issues[issues["overdue_days"] > 0].sort_values(["overdue_days", "issue"], ascending=[False, True])
    names = report.reference.area_names()
    _line(document, f"共 {len(late)} 条，列出超期最久的 {min(len(late), OVERDUE_ROWS)} 条。", SMALL, FANG)
    _table(document, {"序号": 1.3, "居民区": 1.9, "点位": 4.3, "问题": 3.6, "责任单位": 2.3, "超期（天）": 2.2}, [
        (number, names[row.area_code], place_of(row), row.description,
         row.responsible_unit if isinstance(row.responsible_unit, str) else "—", int(row.overdue_days))
        for number, row in enumerate(late.head(OVERDUE_ROWS).itertuples(), 1)])


def _pairs(document: Document, pairs: Sequence[Pair]) -> None:
    table = document.add_table(rows=0, cols=2)
    for number, pair in enumerate(pairs, 1):
        pictures, words = table.add_row(), table.add_row()
        for cell, picture in zip(pictures.cells, (pair.before, pair.after), strict=True):
            paragraph = cell.paragraphs[0]
            paragraph.alignment = ALIGN.CENTER
            shown = paragraph.add_run().add_picture(io.BytesIO(picture))
            scale = min(Cm(7.2) / shown.width, Cm(5.2) / shown.height)
            shown.width, shown.height = int(shown.width * scale), int(shown.height * scale)
        cell = words.cells[0].merge(words.cells[1])
        _say(cell.paragraphs[0], f"{number}．{pair.words}（左：整改前，右：整改后）", SMALL, FANG)


def _table(document: Document, widths: Mapping[str, float], rows: Sequence[Sequence[object]]) -> None:
    """A table with these headings and widths in cm; its heading stands on each page."""
    table = document.add_table(rows=1, cols=len(widths), style="Table Grid")
    table.autofit = False
    for column, width in zip(table.columns, widths.values(), strict=True):
        column.width = Cm(width)
    for cell, (head, width) in zip(table.rows[0].cells, widths.items(), strict=True):
        _fill(cell, width, head, HEI)
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for values in rows:
        cells = table.add_row().cells
        for cell, value, width in zip(cells, values, widths.values(), strict=True):
            _fill(cell, width, str(value), FANG)


def _fill(cell, width: float, text: str, family: str) -> None:
    cell.width, cell.vertical_alignment = Cm(width), WD_ALIGN_VERTICAL.CENTER
    form = cell.paragraphs[0].paragraph_format
    form.space_before = form.space_after = Pt(2)
    _say(cell.paragraphs[0], text, SMALL, family)
