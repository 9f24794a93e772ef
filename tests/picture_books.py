"""Photos and books with photos, drawn and written for the tests."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import xlsxwriter
from PIL import Image

from tests.demo.cell_images import formula, put_in
from tests.demo.scenes import photo

HEADS = ("序号", "居民区", "存在问题", "整改情况", "整改前照片", "整改后照片")
BEFORE, AFTER = 4, 5  # columns
FIRST, SECOND, THIRD = (photo(name, dirty) for name, dirty in (("一", True), ("一", False), ("二", False)))
ORIENTATION, GPS, LATITUDE = 0x0112, 0x8825, 2


def jpeg(picture: Image.Image, turned: int | None = None, quality: int = 90) -> bytes:
    """A JPEG with the place where it was taken; turned: the way in which the camera was held, as EXIF numbers it."""
    exif = Image.Exif()
    exif.get_ifd(GPS)[LATITUDE] = (31.0, 17.0, 0.0)
    if turned:
        exif[ORIENTATION] = turned
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=quality, exif=exif)
    return out.getvalue()


def book(folder: Path, write: Callable[[xlsxwriter.worksheet.Worksheet], None], by_formula: tuple[bytes, ...] = (),
         rows: int = 3) -> bytes:
    """A ledger of fixed issues in the rows from 2 on; write puts the pictures in."""
    path = folder / "book.xlsx"
    with xlsxwriter.Workbook(path) as file:
        sheet = file.add_worksheet("台账")
        sheet.write_row(0, 0, HEADS)
        for row in range(1, rows + 1):
            sheet.set_row(row, 60)
            sheet.write_row(row, 0, [row, "凉一", f"{row}号楼堆物", "已整改"])
        write(sheet)
    if by_formula:
        put_in(path, list(by_formula))
    return path.read_bytes()


def float_over(sheet, row: int, column: int, content: bytes) -> None:
    sheet.insert_image(row, column, "示例.jpg", {"image_data": io.BytesIO(content), "x_scale": 0.25, "y_scale": 0.25})


def place_in(sheet, row: int, column: int, content: bytes) -> None:
    sheet.embed_image(row, column, "示例.jpg", {"image_data": io.BytesIO(content)})


def call(sheet, row: int, column: int, content: bytes) -> None:
    said, shown = formula(content)
    sheet.write_formula(row, column, said, None, shown)


def changed(content: bytes, change: Callable[[str, bytes], bytes | None]) -> bytes:
    """The package with each of its parts as change gives it; None leaves it out."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = change(name, old.read(name))
            if part is not None:
                new.writestr(name, part)
    return out.getvalue()
