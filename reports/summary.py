"""The summary: one workbook with the day's numbers, the ranking, the trend, the special inspections and the ledger."""

from __future__ import annotations

import io
import math
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from unicodedata import east_asian_width

import pandas as pd
from openpyxl import Workbook
from openpyxl.drawing.image import Image
from openpyxl.styles import Alignment
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet
from PIL import Image as Pictures

from charts.theme import band_paints
from readiness.model import UNVERIFIED
from readiness.pictures import all_pictures, shown_pictures
from readiness.standing import Tally
from readiness.table_words import KEPT_PHOTOS, LEDGER_SHEET, REPORT_MARK
from reports.cells import GRID, MUTED, TEXT, print_on_pages, saved, write, write_footer, write_headings, write_title
from reports.content import Report, ranked
from reports.ledger import HEADING_ROW, WIDTHS, ledger_rows, write_list
from reports.sheet_charts import score_bars, score_lines

PHOTOS_AFTER = "问题描述"  # the column beside which photos stand
LEDGER_WIDTHS: Mapping[str, float] = MappingProxyType({
    name: width for column, own in WIDTHS.items()
    for name, width in ((column, own), *(((photo, 17) for photo in KEPT_PHOTOS) if column == PHOTOS_AFTER else ()))})
PHOTO, PHOTO_ROW = (112, 76), 72  # px that a photo may take; points of its row
LACKING = "资料不足"
RANKING = {"名次": 7, "居民区": 11, "准备度": 9, "变化": 9, "检查覆盖率": 12, "未销号": 9, "超期": 9, "分档": 9}
TREND = {"截至": 13, "准备度": 13, "目标": 9, "检查覆盖率": 13}
SPECIAL = {"专项": 24, "点位数": 9, "本轮未到": 10, "符合项": 9, "不符合项": 10, "符合率": 9, "失分最多的项目": 40}
NUMBERS = {"准备度得分": "0.0", "目标": "0.0", "检查覆盖率": "0%", "整改率（已销号/全部）": "0.0%"}
FIGURES = (22, 16, 16, 14)  # columns' widths: the figure's name, the day, the day compared with, the change


def summary(report: Report) -> bytes:
    """The summary as .xlsx: bytes of the file. Taken in again as written, it changes no number."""
    book = Workbook()
    book.active.title = "汇总"
    _figures(book.active, report)
    _ranking(book.create_sheet("排名"), report)
    _trend(book.create_sheet("趋势"), report)
    _special(book.create_sheet("专项检查"), report)
    _ledger(book.create_sheet(LEDGER_SHEET), report)
    for sheet in book:
        write_footer(sheet, report.stamp)
    return saved(book, f"{report.name}创文迎检汇总", report.demo, REPORT_MARK)


def _figures(sheet: Worksheet, report: Report) -> None:
    """The day's figures beside those of the day compared with, then the sentences."""
    days = (f"{day.month}月{day.day}日" for day in (report.as_of, report.before.as_of))
    _open(sheet, report, "创文迎检准备情况", dict(zip(("数字", *days, "变化"), FIGURES, strict=True)))
    now, then = (_told(tally, report) for tally in (report.now.subdistrict, report.before.subdistrict))
    rows = [(name, now[name], then[name], _change(now[name], then[name])) for name in now]
    last = _write_table(sheet, rows, (None,) * len(FIGURES))
    for line, name in enumerate(now, HEADING_ROW + 1):
        for column in range(2, len(FIGURES) + 1):
            form = NUMBERS.get(name, "0")
            sheet.cell(line, column).number_format = f"+{form};-{form};{form}" if column == len(FIGURES) else form
            sheet.cell(line, column).alignment = Alignment("right", "center", indent=1)
    write_title(sheet, last + 2, "要点", len(FIGURES), height=24)
    for row, sentence in enumerate(report.found, last + 3):
        write_title(sheet, row, sentence.text, len(FIGURES), TEXT, 16 * lines_of(sentence.text, sum(FIGURES)))
        sheet.cell(row, 1).alignment = Alignment(vertical="top", wrap_text=True)
    print_on_pages(sheet, HEADING_ROW)
    sheet.page_setup.orientation = "portrait"


def lines_of(text: str, width: float) -> int:
    """How many lines a text takes in so many characters; a Chinese one is as wide as two.

    >>> lines_of("准备度得分", 10), lines_of("准备度 85.3 分", 10)
    (1, 2)
    """
    return math.ceil(sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text) / width)


def _told(tally: Tally, report: Report) -> dict[str, object]:
    settings = report.reference.settings
    return {"准备度得分": LACKING if tally.score is None else round(tally.score, 1),
            "分档": next((band.name for band in settings.bands if band.key == tally.band), "—"),
            "目标": settings.target, "检查覆盖率": round(tally.coverage, 2), "未销号的问题": tally.open,
            "超期的问题": tally.overdue, "红线项未销号": len(tally.red_lines),
            "整改率（已销号/全部）": None if tally.rate is None else round(tally.rate, 3),
            "依据过期的项": tally.stale, "没有检查的项": tally.inspectable_items - tally.checked_items}


def _change(now: object, then: object) -> object:
    numbers = all(isinstance(value, (int, float)) for value in (now, then))
    return now - then or None if numbers else None


def _ranking(sheet: Worksheet, report: Report) -> None:
    rows = ranked(report)
    bands = {band.key: band.name for band in report.reference.settings.bands}
    _open(sheet, report, "各居民区排名", RANKING)
    _write_table(sheet, [
        (_known(row.rank), row.short_name, LACKING if pd.isna(row.score) else round(row.score, 1),
         _known(round(row.change, 1)), row.coverage, row.open, row.overdue, bands.get(row.band, "—"))
        for row in rows.itertuples()], (None, None, "0.0", "+0.0;-0.0;0.0", "0%", None, None, None))
    print_on_pages(sheet, HEADING_ROW)
    scored = rows.dropna(subset="score")
    if len(scored):
        paints = band_paints(report.reference.settings.bands, "light")
        score_bars(sheet, "J5", f"各居民区得分（目标 {report.reference.settings.target:g} 分）", HEADING_ROW,
                   scored["score"].tolist(), [paints[band].fill for band in scored["band"]])


def _trend(sheet: Worksheet, report: Report) -> None:
    scores = report.scores.dropna(subset="score")
    target = report.reference.settings.target
    _open(sheet, report, "得分走势", TREND)
    _write_table(sheet, [(row.day.date(), round(row.score, 1), target, row.coverage) for row in scores.itertuples()],
                 ("yyyy-mm-dd", "0.0", "0.0", "0%"))
    print_on_pages(sheet, HEADING_ROW)
    if len(scores):
        score_lines(sheet, "F5", "准备度得分走势", HEADING_ROW, scores["score"].tolist(), target)


def _special(sheet: Worksheet, report: Report) -> None:
    _open(sheet, report, "三个周边与专项检查", SPECIAL)
    rows = report.special.drop(columns="worst_failing")
    _write_table(sheet, [tuple(map(_known, row)) for row in rows.itertuples(index=False)],
                 (None, None, None, None, None, "0%", None))
    print_on_pages(sheet, HEADING_ROW)


def _ledger(sheet: Worksheet, report: Report) -> None:
    """The open issues first, the longest overdue on top, then the verified ones; each with its photos."""
    issues = report.now.issues
    issues = issues.assign(still=issues["status"].isin(UNVERIFIED), cost=issues["loss"].fillna(0)).sort_values(
        ["still", "overdue_days", "cost", "found_on"], ascending=False, kind="stable", na_position="last")
    rows = ledger_rows(issues, report.facts, report.uploads, report.reference)
    issues = issues.loc[rows.index]
    shown = shown_pictures(all_pictures(report.album, report.facts, issues, report.as_of), issues)
    before, after = (counts.map("{} 张".format).where(counts > 0).to_numpy() for counts in (
        shown["befores"], shown["afters"]))
    write_list(sheet, rows.assign(**dict(zip(KEPT_PHOTOS, (before, after), strict=True))), LEDGER_WIDTHS,
               _titled(report, LEDGER_SHEET), [
                   report.stamp, f"共 {len(rows)} 条，未销号 {int(issues['still'].sum())} 条"])
    small = {name: _shrunk(picture) for name, picture in report.album.small(
        {*shown["before"].dropna(), *shown["after"].dropna()}).items()}
    first = list(LEDGER_WIDTHS).index(KEPT_PHOTOS[0]) + 1
    for row, hashes in enumerate(shown[["before", "after"]].itertuples(index=False), HEADING_ROW + 1):
        for column, name in enumerate(hashes, first):
            if name in small:
                sheet.add_image(Image(io.BytesIO(small[name])), f"{get_column_letter(column)}{row}")
                sheet.cell(row, column).alignment = Alignment(vertical="bottom")
                sheet.row_dimensions[row].height = PHOTO_ROW


def _shrunk(picture: bytes) -> bytes:
    """The picture as small as its cell."""
    with Pictures.open(io.BytesIO(picture)) as opened:
        opened.thumbnail(PHOTO)
        content = io.BytesIO()
        opened.save(content, "JPEG", quality=80)
    return content.getvalue()


def _open(sheet: Worksheet, report: Report, title: str, widths: Mapping[str, float]) -> None:
    """Title, the report's stamp and the heading of a sheet."""
    write_title(sheet, 1, _titled(report, title), len(widths))
    write_title(sheet, 2, report.stamp, len(widths), MUTED, 18)
    write_headings(sheet, HEADING_ROW, list(widths), list(widths.values()))
    sheet.freeze_panes = sheet.cell(HEADING_ROW + 1, 1)


def _titled(report: Report, title: str) -> str:
    return f"{report.name}{title}"


def _write_table(sheet: Worksheet, rows: Sequence[Sequence[object]], formats: Sequence[str | None]) -> int:
    """Writes the rows under the heading, each column in its format; returns the last row."""
    for line, values in enumerate(rows, HEADING_ROW + 1):
        for column, value in enumerate(values, 1):
            cell = write(sheet.cell(line, column), value, formats[column - 1])
            cell.font, cell.border = TEXT, GRID
            side = "left" if isinstance(value, str) else "right"
            cell.alignment = Alignment(side, "center", wrap_text=True, indent=1)
    return HEADING_ROW + len(rows)


def _known(value: object) -> object:
    return None if value is None or pd.isna(value) else value
