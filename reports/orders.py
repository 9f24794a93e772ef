"""督办单: what it says, and as a workbook to print, sign and send."""

from __future__ import annotations

import io
import math
from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

import numpy as np
import pandas as pd
from openpyxl import Workbook
from openpyxl.drawing.image import Image
from openpyxl.styles import Alignment
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from readiness.deadlines import FROM_BOOK, FROM_STANDARD
from readiness.orders import Order
from reports.cells import DEMO, GRID, MUTED, TEXT, print_on_pages, saved, write, write_headings, write_title

TITLE, STAMP = "督办单", "readiness-order"
WIDTHS: Mapping[str, float] = MappingProxyType({
    "序号": 6, "居民区": 9, "地点": 18, "问题": 30, "责任单位": 13, "责任人": 9, "办理期限": 13, "期限出自": 10,
    "超期情况": 17, "整改前照片": 19})
LONG = ("地点", "问题", "责任单位")
PHOTO = "整改前照片"
SOURCES = {FROM_BOOK: "台账", FROM_STANDARD: "标准"}
PHOTO_SIZE = (120, 84)  # px
PHOTO_ROW, LINE = 82, 16  # points: the photo and a line under it; a line
HEADING_ROW = 6
SIGNATURES = (("签发人：", "签收人："), ("签发日期：　　　　年　　月　　日", "签收日期：　　　　年　　月　　日"))
REPLY = "办理情况回复："
NOTE = "超期：台账写明期限的按自然日计，按标准推算期限的按工作日计。"


def order_rows(order: Order) -> pd.DataFrame:
    """The lines of the form in words, columns of WIDTHS: 居民区 only for a unit, 责任单位 only for an area."""
    issues, place = order.issues, order.issues["location"].fillna("")
    site = issues["site"].fillna("")
    rows = pd.DataFrame({
        "序号": range(1, len(issues) + 1), "居民区": issues["area"].to_numpy(),
        "地点": site.where(place == "", site + "　" + place).str.strip("　").to_numpy(),
        "问题": issues["description"].to_numpy(), "责任单位": issues["responsible_unit"].fillna("").to_numpy(),
        "责任人": issues["responsible_person"].fillna("").to_numpy(),
        "办理期限": issues["deadline"].dt.strftime("%Y-%m-%d").to_numpy(),
        "期限出自": issues["deadline_from"].map(SOURCES).to_numpy(),
        "超期情况": late_words(issues["late"], issues["deadline_from"]).to_numpy(),
        PHOTO: _told_pictures(issues["pictures"]).to_numpy()})
    return rows.drop(columns="居民区" if order.to_area else "责任单位")


def late_words(late: pd.Series, deadline_from: pd.Series) -> pd.Series:
    """How late each issue is, in words with its unit.

    >>> late_words(pd.Series([3, 3, 0, -2]), pd.Series(["book", "standard", "book", "book"])).tolist()
    ['超期 3 天', '超期 3 个工作日', '今天到期', '还剩 2 个工作日']
    """
    days = late.abs().astype("int64").astype("str")
    over = "超期 " + days + np.where(deadline_from == FROM_STANDARD, " 个工作日", " 天")
    return over.mask(late == 0, "今天到期").mask(late < 0, "还剩 " + days + " 个工作日")


def order_heading(order: Order) -> tuple[str, str, str]:
    """Number, addressee and the sentence that asks, as they stand above the table."""
    late = int((order.issues["late"] > 0).sum())
    whose = "居民区" if order.to_area else "单位"
    asked = (f"截至{_day(order.as_of)}，贵{whose}有下列 {len(order.issues)} 项问题即将到期或已经超期，"
             f"其中超期 {late} 项。请按期整改，并将办理情况和整改后照片书面回复。")
    return f"编号：{order.number}", f"致：{order.to}", asked


def order_foot(order: Order) -> tuple[str, str]:
    """Who sends the order, and how its days are counted by which standard."""
    return f"督办单位（盖章）：{order.office}", f"{NOTE}　准备度标准（参考模板）{order.standard}"


def order_title(order: Order) -> str:
    """The form's title, marked where its data are demonstration data."""
    return f"{TITLE}（{DEMO}）" if order.demo else TITLE


def order_workbook(order: Order) -> bytes:
    """The order as .xlsx: bytes of the file. A text that begins like a formula stays a text."""
    rows, book = order_rows(order), Workbook()
    sheet, columns = book.active, len(rows.columns)
    sheet.title = TITLE
    write_title(sheet, 1, order_title(order), columns, height=32)
    sheet["A1"].alignment = Alignment(horizontal="center", vertical="center")
    number, to, asked = order_heading(order)
    for row, (text, height) in enumerate(((number, 20), (to, 20), (asked, 36), (order_foot(order)[1], 18)), 2):
        write_title(sheet, row, text, columns, MUTED if row == HEADING_ROW - 1 else TEXT, height)
    write_headings(sheet, HEADING_ROW, list(rows), [WIDTHS[name] for name in rows])
    _write_rows(sheet, rows)
    _show_photos(sheet, order, columns)
    _write_signatures(sheet, order, columns)
    print_on_pages(sheet, HEADING_ROW)
    return saved(book, f"{TITLE} {order.to}", order.demo, STAMP)


def _write_rows(sheet: Worksheet, rows: pd.DataFrame) -> None:
    """The lines, as high as their text needs; what is said of photos stands under the photo."""
    for line, row in enumerate(rows.to_dict("records"), HEADING_ROW + 1):
        for column, (name, value) in enumerate(row.items(), 1):
            cell = write(sheet.cell(line, column), value)
            cell.font, cell.border = TEXT, GRID
            cell.alignment = Alignment(vertical="bottom" if name == PHOTO else "center", wrap_text=True)
        lines = max(math.ceil(2 * len(str(value)) / WIDTHS[name]) for name, value in row.items() if name in LONG)
        sheet.row_dimensions[line].height = 6 + LINE * lines


def _show_photos(sheet: Worksheet, order: Order, column: int) -> None:
    for line, issue in enumerate(order.issues["issue"], HEADING_ROW + 1):
        if issue in order.photos:
            photo = Image(io.BytesIO(order.photos[issue]))
            scale = min(side / full for side, full in zip(PHOTO_SIZE, (photo.width, photo.height), strict=True))
            photo.width, photo.height = round(photo.width * scale), round(photo.height * scale)
            sheet.add_image(photo, f"{get_column_letter(column)}{line}")
            sheet.row_dimensions[line].height = max(sheet.row_dimensions[line].height, PHOTO_ROW)


def _write_signatures(sheet: Worksheet, order: Order, columns: int) -> None:
    """Below the table: room for the reply, who sends, who signs."""
    first, middle = HEADING_ROW + len(order.issues) + 1, columns // 2
    for row, text, height in ((first, REPLY, 60), (first + 1, order_foot(order)[0], 26)):
        write_title(sheet, row, text, columns, TEXT, height)
    sheet.cell(first, 1).alignment = Alignment(vertical="top")
    for row, (left, right) in enumerate(SIGNATURES, first + 2):
        write(sheet.cell(row, 1), left).font = TEXT
        write(sheet.cell(row, middle + 1), right).font = TEXT
        sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=middle)
        sheet.merge_cells(start_row=row, start_column=middle + 1, end_row=row, end_column=columns)
        sheet.row_dimensions[row].height = 26


def _told_pictures(counts: pd.Series) -> pd.Series:
    return ("共 " + counts.astype("str") + " 张").where(counts > 1, "")


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
