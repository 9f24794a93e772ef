"""The bytes of a book's pictures, each looked at and made small where the book is read: nothing else decodes them."""

from __future__ import annotations

import hashlib
import io
import time
from collections.abc import Sequence

import imagehash
from PIL import Image, ImageOps, ImageStat

from loaders.formats.content import MIB, Unreadable
from loaders.formats.held import Held, held_pictures
from loaders.formats.locked import unlocked
from loaders.grid import row_and_column
from readiness.model import Look, Picture

PICTURE_BYTES = 20 * MIB
BOOK_BYTES = 200 * MIB
PIXELS = 50_000_000
SECONDS = 20  # of the processor, for all pictures of a book
LONGEST = 480
FLAT = 4  # deviation of grey up to which a picture shows too little to be like another
_MEDIA = {"JPEG": "image/jpeg", "PNG": "image/png", "GIF": "image/gif", "BMP": "image/bmp", "WEBP": "image/webp"}

Place = tuple[int, str, int, str, str, str]  # table_no, sheet, then as Table.pictures


def read_pictures(data: bytes, places: Sequence[Place]) -> tuple[list[Picture], list[Place]]:
    """The pictures at these places of a book in their order, and the places of those that cannot be shown.

    One that is broken, missing, external, too large or of another format than photos have cannot be shown.
    """
    held = held_pictures(unlocked(data))
    album = _Album(held)
    found: list[Picture] = []
    unseen: list[Place] = []
    for place in places:
        table_no, sheet, row, name, cell, formula = place
        parts = [held.named.get(formula, "")] if formula else held.lying.get(sheet, {}).get(row_and_column(cell), [])
        looks = [album.look(part) for part in parts]
        found += [Picture(table_no=table_no, row=row, field=name, **vars(look)) for look in looks if look]
        unseen += [place for look in looks if not look]
    return found, unseen


class _Album:
    """The pictures of a book, each opened once, within the limits of a book."""

    def __init__(self, held: Held) -> None:
        self._held = held
        self._looks: dict[str, Look | None] = {}
        self._bytes_left = BOOK_BYTES
        self._end = time.process_time() + SECONDS

    def look(self, part: str) -> Look | None:
        """What the part shows; None where it cannot be shown."""
        if part not in self._looks:
            content = self._content(part)
            self._looks[part] = look_at(content) if content else None
        return self._looks[part]

    def _content(self, part: str) -> bytes:
        if time.process_time() > self._end:
            return b""
        try:
            content = self._held.part(part, PICTURE_BYTES)
        except Unreadable:
            return b""
        if len(content) > min(self._bytes_left, PICTURE_BYTES):
            return b""
        self._bytes_left -= len(content)
        return content


def look_at(content: bytes) -> Look | None:
    """What is kept of a picture's bytes; None for bytes that cannot be shown."""
    try:
        with Image.open(io.BytesIO(content), formats=tuple(_MEDIA)) as opened:
            if opened.width * opened.height > PIXELS:
                return None
            size, kind = _size_seen(opened), opened.format
            small = _small(opened)
    except Exception:  # a decoder says of broken bytes whatever it likes, lack of memory too
        return None
    grey = small.convert("L")
    grey.thumbnail((LONGEST // 4, LONGEST // 4), Image.Resampling.BOX)
    phash = str(imagehash.phash(grey)) if ImageStat.Stat(grey).stddev[0] > FLAT else None
    out = io.BytesIO()
    small.save(out, "JPEG", quality=82)
    media = _MEDIA.get(kind, "image/jpeg")  # a camera's MPO opens as JPEG
    return Look(hashlib.sha256(content).hexdigest(), media, *size, phash, content, out.getvalue())


def _size_seen(opened: Image.Image) -> tuple[int, int]:
    """Width and height as the picture is seen, whichever way the camera was held."""
    turned = opened.getexif().get(0x0112, 1) in (5, 6, 7, 8)
    return (opened.height, opened.width) if turned else opened.size


def _small(opened: Image.Image) -> Image.Image:
    """The picture upright, on white and at most LONGEST pixels long; a new one, without anything but its pixels."""
    if opened.mode not in ("L", "RGB", "CMYK", "RGBA"):
        opened = opened.convert("RGBA" if opened.has_transparency_data else "RGB")
    opened.thumbnail((LONGEST, LONGEST), Image.Resampling.HAMMING, reducing_gap=1.0)  # a JPEG is decoded small
    upright = ImageOps.exif_transpose(opened)
    white = Image.new("RGB", upright.size, "white")
    white.paste(upright.convert("RGB"), mask=upright.getchannel("A") if upright.mode == "RGBA" else None)
    return white
