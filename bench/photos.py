"""Photos looked at and made small beside a plain decoding of the same bytes."""

from __future__ import annotations

import io
import time
from collections.abc import Callable, Iterable

import numpy as np
import xlsxwriter
from PIL import Image

from loaders import load_workbooks
from loaders.pictures import look_at
from readiness.reference import load_reference

PHOTOS, SHOTS = 300, 4
CAMERA, SENT = (4000, 3000), (1440, 1080)  # pixels: as a camera takes it, as a chat program sends it
HEADS = ("序号", "居民区", "存在问题", "整改情况", "整改前照片", "整改后照片")


def table() -> list[str]:
    """The lines of the table: seconds and ratios to the plain decoding."""
    look_at(_shot(SENT, 0))  # what it imports is none of the photos' time
    camera, sent = photos(CAMERA), photos(SENT)
    book, plain = ledger(sent), _seconds(lambda: _decode(sent))
    ours = _seconds(lambda: _load(book))
    return [
        _compared(f"{PHOTOS} photos of {_megabytes(camera) / PHOTOS:.1f} MB alone", _seconds(lambda: _decode(camera)),
                  _seconds(lambda: [look_at(photo) for photo in camera])),
        _compared(f"a book of {_megabytes([book]):.0f} MB with {PHOTOS} photos, its process and rows too", plain, ours),
    ]


def photos(size: tuple[int, int]) -> list[bytes]:
    """Photos with different bytes; some show the same, which costs each of them as much."""
    shots = [_shot(size, seed) for seed in range(SHOTS)]
    return [shots[number % SHOTS] + str(number).encode() for number in range(PHOTOS)]


def ledger(shown: list[bytes]) -> bytes:
    """A ledger with two photos over the cells of each row."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as book:
        sheet = book.add_worksheet("台账")
        sheet.write_row(0, 0, HEADS)
        for row in range(1, PHOTOS // 2 + 1):
            sheet.set_row(row, 60)
            sheet.write_row(row, 0, [row, "凉一", f"{row}号楼堆物", "已整改"])
            for column, photo in zip((4, 5), shown[2 * row - 2 : 2 * row], strict=True):
                data = {"image_data": io.BytesIO(photo), "x_scale": 0.04, "y_scale": 0.04}
                sheet.insert_image(row, column, "照片.jpg", data)
    return content.getvalue()


def _shot(size: tuple[int, int], seed: int) -> bytes:
    """A photo of soft colours with the grain of a camera."""
    chance = np.random.default_rng(seed)
    coarse = Image.fromarray(chance.integers(0, 255, (60, 80, 3), dtype=np.uint8)).resize(size)
    grain = chance.normal(0, 5, (size[1], size[0], 1))
    photo, content = Image.fromarray((np.asarray(coarse) + grain).clip(0, 255).astype(np.uint8)), io.BytesIO()
    photo.save(content, "JPEG", quality=80)
    return content.getvalue()


def _decode(shown: Iterable[bytes]) -> None:
    for photo in shown:
        Image.open(io.BytesIO(photo)).load()


def _load(book: bytes) -> None:
    (batch,) = load_workbooks([("台账.xlsx", book)], load_reference())
    assert len(batch.pictures) == PHOTOS, batch.warnings


def _compared(name: str, plain: float, ours: float) -> str:
    return f"{name}: plain decoding {plain:.2f} s; ours {ours:.2f} s = {ours / plain:.2f} of it"


def _megabytes(blobs: Iterable[bytes]) -> float:
    return sum(map(len, blobs)) / 1e6


def _seconds(work: Callable[[], object]) -> float:
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin
