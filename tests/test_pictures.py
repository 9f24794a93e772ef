"""Pictures: the bytes of all three storages come to their rows, and what cannot be shown costs itself alone."""

from __future__ import annotations

import io
import struct
import zipfile

import pytest
from picture_books import (
    AFTER,
    BEFORE,
    FIRST,
    GPS,
    SECOND,
    THIRD,
    book,
    call,
    changed,
    float_over,
    jpeg,
    place_in,
)
from PIL import Image

from loaders import load_workbooks, pictures, read_photos
from loaders.pictures import look_at, read_pictures
from loaders.process import ReadingProcess
from readiness.model import Batch, Problem, ReadinessError
from readiness.reference import load_reference
from tests.demo.cell_images import name_of
from tests.demo.scenes import photo

NAMES = {FIRST: "first", SECOND: "second", THIRD: "third"}
ROWS = [(2, "photos_before", "first"), (2, "photos_after", "second"), (3, "photos_after", "third")]


def read(content: bytes) -> Batch:
    (batch,) = load_workbooks([("凉一台账.xlsx", content)], load_reference())
    assert batch.error is None
    return batch


def told(batch: Batch) -> list[tuple[int, str, str | None]]:
    assert {picture.table_no for picture in batch.pictures} <= {0}
    return [(picture.row, picture.field, NAMES.get(picture.content)) for picture in batch.pictures]


def counts(batch: Batch) -> list[tuple[int, int]]:
    return [(record.get("photos_before", 0), record.get("photos_after", 0)) for record in batch.tables[0].records]


def put(sheet, how) -> None:
    how(sheet, 1, BEFORE, FIRST)
    how(sheet, 1, AFTER, SECOND)
    how(sheet, 2, AFTER, THIRD)


@pytest.mark.parametrize("how", [float_over, call, place_in], ids=["floating", "DISPIMG", "place in cell"])
def test_each_storage_gives_its_pictures_to_their_rows(how, tmp_path):
    batch = read(book(tmp_path, lambda sheet: put(sheet, how), (FIRST, SECOND, THIRD) if how is call else ()))
    assert told(batch) == ROWS
    assert counts(batch) == [(1, 1), (0, 1), (0, 0)]
    assert batch.warnings == ()


def test_a_formula_that_shows_a_picture_is_no_words(tmp_path):
    def write(sheet) -> None:
        sheet.write(0, AFTER, "备注")
        call(sheet, 1, BEFORE, FIRST)
        call(sheet, 2, AFTER, SECOND)
        sheet.write(3, AFTER, "已清理")

    batch = read(book(tmp_path, write, (FIRST, SECOND)))
    assert told(batch) == ROWS[:1]
    assert [record.get("note") for record in batch.tables[0].records] == [None, None, "已清理"]


def test_one_picture_on_two_rows_and_two_on_one_cell(tmp_path):
    def write(sheet) -> None:
        place_in(sheet, 1, AFTER, FIRST)
        place_in(sheet, 2, AFTER, FIRST)
        float_over(sheet, 3, AFTER, SECOND)
        float_over(sheet, 3, AFTER, THIRD)

    batch = read(book(tmp_path, write))
    assert told(batch) == [(2, "photos_after", "first"), (3, "photos_after", "first"), (4, "photos_after", "second"),
                           (4, "photos_after", "third")]
    assert counts(batch) == [(0, 1), (0, 1), (0, 2)]


def broken(name: str, part: bytes) -> bytes:
    return part[:200] if name == "xl/media/image1.jpeg" else part


def missing(name: str, part: bytes) -> bytes | None:
    return None if name == "xl/media/image1.jpeg" else part


def elsewhere(name: str, part: bytes) -> bytes:
    if not name.startswith("xl/drawings/_rels/"):
        return part
    return part.replace(b'Target="../media/image1.jpeg"', b'Target="http://127.0.0.1/1.jpg" TargetMode="External"')


def not_there(name: str, part: bytes) -> bytes:
    return part.replace(b"../media/image1.jpeg", b"NULL") if name.startswith("xl/drawings/_rels/") else part


def out_of_the_book(name: str, part: bytes) -> bytes:
    return part.replace(b"../media/image1.jpeg", b"../../../../etc/passwd") if "drawings/_rels/" in name else part


@pytest.mark.parametrize("harm", [broken, missing, elsewhere, not_there, out_of_the_book])
def test_a_picture_that_cannot_be_shown_costs_itself_alone(harm, tmp_path):
    batch = read(changed(book(tmp_path, lambda sheet: put(sheet, float_over)), harm))
    assert told(batch) == ROWS[1:]
    assert counts(batch) == [(1, 1), (0, 1), (0, 0)]
    assert batch.warnings == (Problem("pictures_unseen", "台账", 2, "E2", "photos_before", facts={"count": 1}),)


@pytest.mark.parametrize("part", ["xl/metadata.xml", "xl/richData/rdrichvalue.xml", "xl/richData/richValueRel.xml",
                                  "xl/richData/rdrichvaluestructure.xml"])
def test_marks_of_cells_that_lead_nowhere_cost_the_pictures_and_no_row(part, tmp_path):
    content = book(tmp_path, lambda sheet: put(sheet, place_in))
    batch = read(changed(content, lambda name, old: b"<broken/>" if name == part else old))
    assert (told(batch), counts(batch)) == ([], [(1, 1), (0, 1), (0, 0)])
    assert batch.warnings[-1].facts == {"count": 3}


def test_a_name_that_no_picture_has_is_told(tmp_path):
    batch = read(book(tmp_path, lambda sheet: put(sheet, call), (SECOND, THIRD)))
    assert told(batch) == ROWS[1:]
    assert [(problem.cell, problem.facts) for problem in batch.warnings] == [("E2", {"count": 1})]


def test_limits_of_a_picture_and_of_a_book(tmp_path, monkeypatch):
    content = book(tmp_path, lambda sheet: put(sheet, float_over))
    places = [(0, "台账", *place) for place in read(content).tables[0].pictures]
    sizes = [len(photo) for photo in (FIRST, SECOND, THIRD)]
    monkeypatch.setattr(pictures, "PICTURE_BYTES", max(sizes) - 1)
    assert len(read_pictures(content, places)[0]) == 2
    monkeypatch.setattr(pictures, "PICTURE_BYTES", max(sizes))
    monkeypatch.setattr(pictures, "BOOK_BYTES", sizes[0] + sizes[1])
    found, unseen = read_pictures(content, places)
    assert ([picture.content for picture in found], unseen) == ([FIRST, SECOND], places[2:])
    monkeypatch.setattr(pictures, "SECONDS", -1)
    assert read_pictures(content, places) == ([], places)


def test_the_pictures_that_wps_puts_into_books_of_the_older_format(tmp_path):
    package = changed(book(tmp_path, lambda sheet: put(sheet, call), (FIRST, SECOND, THIRD)), lambda name, part: part)
    places = [(0, "台账", 2, "photos_before", "E2", name_of(FIRST)), (0, "台账", 3, "photos_after", "F3", "ID_0")]
    found, unseen = read_pictures(compound("ETCellImageData", package), places)
    assert ([picture.content for picture in found], unseen) == ([FIRST], places[1:])
    assert read_pictures(compound("Workbook", package), places) == ([], places)


def compound(stream: str, content: bytes) -> bytes:
    """A compound file (the older formats' container) of version 3 with one stream."""
    data = content + bytes(-len(content) % 512)
    count = len(data) // 512
    tables = -(-(count + 2) // 127)
    chain = [*range(1, count), -2, -2, *[-3] * tables]
    table = struct.pack(f"<{128 * tables}i", *chain, *[-1] * (128 * tables - len(chain)))
    named = [("Root Entry", 5, 1, -2, 0), (stream, 2, -1, 0, len(content)), ("", 0, -1, 0, 0), ("", 0, -1, 0, 0)]
    folder = b"".join(
        name.encode("utf-16-le").ljust(64, b"\0") + struct.pack(
            "<HBBiii36xiII", 2 * len(name) + 2 if name else 0, kind, 1, -1, -1, child, start, size, 0)
        for name, kind, child, start, size in named)
    head = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16) + struct.pack(
        "<HHHHH6xiiiiIiiii", 62, 3, 0xFFFE, 9, 6, 0, tables, count, 0, 4096, -2, 0, -2, 0)
    places = struct.pack("<109i", *range(count + 1, count + 1 + tables), *[-1] * (109 - tables))
    return head + places + data + folder + table


# What is kept of a picture -------------------------------------------------------------------------------------------


def drawn(name: str = "一") -> Image.Image:
    return Image.open(io.BytesIO(photo(name, False, 95))).convert("RGB")


def apart(one: bytes, other: bytes) -> int:
    """In how many of 64 bits the two pictures differ."""
    return (int(look_at(one).phash, 16) ^ int(look_at(other).phash, 16)).bit_count()


def test_the_small_copy_is_upright_and_tells_nothing_but_what_is_seen():
    upright = drawn().resize((1200, 900))
    content = jpeg(upright.rotate(90, expand=True), turned=6)
    look = look_at(content)
    assert Image.open(io.BytesIO(content)).getexif().get_ifd(GPS)
    assert (look.width, look.height, look.media_type) == (1200, 900, "image/jpeg")
    small = Image.open(io.BytesIO(look.thumbnail))
    assert (small.format, small.size) == ("JPEG", (480, 360))
    assert (dict(small.getexif()), set(small.info)) == ({}, {"jfif", "jfif_version", "jfif_unit", "jfif_density"})
    assert look.content == content


def test_the_same_picture_held_another_way_saved_anew_or_smaller_is_nearly_the_same():
    picture, content = drawn(), jpeg(drawn())
    turned = jpeg(picture.rotate(90, expand=True), turned=6)
    coarse, small = jpeg(picture, quality=35), jpeg(picture.resize((160, 120)))
    trimmed = jpeg(picture.crop((2, 2, 238, 178)))
    assert [apart(content, other) <= 6 for other in (turned, coarse, small, trimmed)] == [True] * 4


def test_another_place_or_half_of_the_picture_is_not():
    picture, content = drawn(), jpeg(drawn())
    assert apart(content, jpeg(drawn("二"))) > 6
    assert apart(content, jpeg(picture.crop((0, 0, 120, 180)))) > 6


def saved(picture: Image.Image, kind: str) -> bytes:
    out = io.BytesIO()
    picture.save(out, kind)
    return out.getvalue()


def test_what_is_transparent_is_shown_on_white():
    look = look_at(saved(Image.new("RGBA", (40, 30), (255, 0, 0, 0)), "PNG"))
    assert look.media_type == "image/png"
    assert Image.open(io.BytesIO(look.thumbnail)).getpixel((20, 15)) == (255, 255, 255)


@pytest.mark.parametrize("kind", ["PNG", "GIF", "BMP", "WEBP", "JPEG"])
def test_every_format_of_photos_is_shown(kind):
    look = look_at(saved(drawn(), kind))
    assert (look.media_type, look.width, look.height) == (f"image/{kind.lower()}", 240, 180)


def test_a_picture_of_one_tone_is_like_no_other():
    assert look_at(saved(Image.new("RGB", (300, 200), "grey"), "PNG")).phash is None


def bomb() -> bytes:
    """A PNG of some bytes that says it is 50 000 pixels wide and high."""
    return saved(Image.new("L", (8, 8)), "PNG").replace(struct.pack(">II", 8, 8), struct.pack(">II", 50_000, 50_000))


@pytest.mark.parametrize("content", [
    b"", b"no picture", FIRST[:300], bomb(), b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n",
    b"<svg xmlns='http://www.w3.org/2000/svg'/>"], ids=["empty", "text", "cut", "bomb", "PostScript", "SVG"])
def test_what_is_no_photo_is_not_shown(content):
    assert look_at(content) is None


def test_a_package_that_is_none_has_no_pictures():
    place = (0, None, 2, "photos_before", "E2", "ID_1")
    assert read_pictures("居民区,照片\n".encode(), [place]) == ([], [place])
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w"):
        pass
    assert read_pictures(out.getvalue(), [place]) == ([], [place])


def test_a_process_that_dies_over_the_pictures_costs_no_row(tmp_path, monkeypatch):
    content = book(tmp_path, lambda sheet: put(sheet, float_over))
    answered = ReadingProcess._answered
    monkeypatch.setattr(ReadingProcess, "_answered", lambda self, question, data: (
        {"lost": "timeout"} if "places" in question else answered(self, question, data)))
    batch = read(content)
    assert (told(batch), counts(batch)) == ([], [(1, 1), (0, 1), (0, 0)])
    assert batch.warnings == (Problem("pictures_unseen", "台账", 2, "E2", "photos_before", facts={"count": 3}),)


def test_photos_of_a_step_are_looked_at_in_the_reading_process():
    one, other = read_photos([("一.jpg", FIRST), ("二.jpg", SECOND)], load_reference())
    assert (one, other) == (look_at(FIRST), look_at(SECOND))
    with pytest.raises(ReadinessError, match=r"“坏\.jpg”不能作为照片登记"):
        read_photos([("一.jpg", FIRST), ("坏.jpg", FIRST[:200])], load_reference())
    with pytest.raises(ReadinessError, match=r"“大\.jpg”不能作为照片登记"):
        read_photos([("大.jpg", FIRST + bytes(pictures.PICTURE_BYTES))], load_reference())
