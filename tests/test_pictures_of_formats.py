"""Pictures that lie on the sheets of .xls and .ods books: saved by LibreOffice, and written by hand for the rest."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest
from hostile_files import BIFF8, compound, opendocument, records
from picture_books import AFTER, FIRST, SECOND, THIRD, book, call, changed

from loaders import load_workbooks
from loaders.formats.biff_pictures import biff_pictures, biff_pictures_on, biff_places
from loaders.formats.reading import read_sheets
from loaders.pictures import read_pictures
from readiness.model import Batch, Problem
from readiness.reference import load_reference
from tests.demo.cell_images import name_of

BOOKS = Path(__file__).resolve().parent / "books"
NAMES = {FIRST: "first", SECOND: "second", THIRD: "third"}
# Two move with their cells, two hang on the sheet; row 4 is hidden, the third photo lies right below it.
ROWS = [(2, "photos_before", "first"), (2, "photos_after", "second"), (5, "photos_after", "third"),
        (6, "photos_before", "first")]


def read(name: str, content: bytes) -> Batch:
    (batch,) = load_workbooks([(name, content)], load_reference())
    assert batch.error is None
    assert batch.record_count == 5
    return batch


def told(batch: Batch) -> list[tuple[int, str, str | None]]:
    return [(picture.row, picture.field, NAMES.get(picture.content)) for picture in batch.pictures]


@pytest.mark.parametrize("ending", ["ods", "xls", "et"])
def test_pictures_on_and_over_cells_come_to_their_rows(ending: str):
    batch = read(f"照片.{ending}", (BOOKS / f"照片.{ending.replace('et', 'xls')}").read_bytes())
    assert told(batch) == ROWS
    assert [(one.get("photos_before", 0), one.get("photos_after", 0)) for one in batch.tables[0].records] == [
        (1, 1), (0, 0), (0, 0), (0, 1), (1, 0)]
    assert [warning.code for warning in batch.warnings] == ["hidden_rows"]


# OpenDocument

def first_photo() -> str:
    """The part of the first photo of the kept book."""
    place = (0, "台账", 2, "photos_before", "E2", "")
    content, names = (BOOKS / "照片.ods").read_bytes(), []
    changed(content, lambda name, part: names.append(name) if part == FIRST else part)
    assert read_pictures(content, [place])[0][0].content == FIRST
    return names[0]


def missing(name: str, part: bytes) -> bytes | None:
    return None if part == FIRST else part


def broken(name: str, part: bytes) -> bytes:
    return part[:200] if part == FIRST else part


def elsewhere(name: str, part: bytes) -> bytes:
    return part.replace(first_photo().encode(), b"http://127.0.0.1/1.jpg") if name == "content.xml" else part


@pytest.mark.parametrize("harm", [missing, broken, elsewhere])
def test_a_picture_that_an_ods_book_does_not_show_costs_itself_alone(harm):
    batch = read("照片.ods", changed((BOOKS / "照片.ods").read_bytes(), harm))
    assert told(batch) == [ROWS[1], ROWS[2]]
    assert batch.warnings[-1] == Problem("pictures_unseen", "台账", 2, "E2", "photos_before", facts={"count": 2})


DRAWN = ('<draw:frame xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" xmlns:svg="urn:oasis:names:tc:'
         'opendocument:xmlns:svg-compatible:1.0" {place}>{what}<draw:image/></draw:frame>')


def rows(*cells: str) -> str:
    return "".join(f"<table:table-row>{cell}</table:table-row>" for cell in cells)


@pytest.mark.parametrize(("place", "cell"), [
    ("", (0, 1)),
    ('svg:x="10pt" svg:y="3pt" svg:width="20pt" svg:height="10pt"', (0, 1)),  # rows of 15 points, columns of 60
    ('svg:x="10pt" svg:y="3pt" svg:width="110pt" svg:height="30pt"', (1, 2)),
    ('svg:y="12pt" svg:width="2cm" svg:height="40mm"', (4, 1)),
    ('svg:x="-3in" svg:y="-3in"', (0, 0)),
    ('svg:x="far" svg:y="1e9pt"', (0, 1)),
])
def test_a_picture_lies_on_the_cell_under_its_middle(place: str, cell: tuple[int, int]):
    text = "<table:table-cell><text:p>1</text:p></table:table-cell>"
    frame = f"<table:table-cell>{DRAWN.format(place=place, what='')}</table:table-cell>"
    columns = '<table:table-column table:number-columns-repeated="9"/>'
    sheet, = read_sheets(opendocument(columns + rows(text + frame, *[text] * 8)))
    assert sheet.pictures == {cell: 1}


def test_a_chart_is_no_picture_and_one_in_a_hidden_row_stays_there():
    chart = f"<table:table-cell>{DRAWN.format(place='', what='<draw:object/>')}</table:table-cell>"
    frame = f"<table:table-cell>{DRAWN.format(place='', what='')}</table:table-cell>"
    hidden = f'<table:table-row table:visibility="collapse">{frame}</table:table-row>'
    sheet, = read_sheets(opendocument("<table:table-column/>" + rows(chart) + hidden + rows(chart)))
    assert sheet.pictures == {(1, 0): 1}


def test_rows_below_a_long_gap_keep_their_numbers():
    text = "<table:table-cell><text:p>1</text:p></table:table-cell>"
    gap = '<table:table-row table:number-rows-repeated="5000"><table:table-cell/></table:table-row>'
    sheet, = read_sheets(opendocument(rows(text) + gap + rows(text) + gap))
    assert [row for row, cells in enumerate(sheet.rows) if cells] == [0, 5001]
    assert len(sheet.rows) == 5002


# The older formats

def part(number: int, content: bytes, variant: int = 0, holds: bool = False) -> bytes:
    return struct.pack("<HHI", variant << 4 | (15 if holds else 3), number, len(content)) + content


def shape(picture: int, *place: bytes, mark: int = 0x4104) -> bytes:
    return part(0xF004, part(0xF00B, struct.pack("<HI", mark, picture), 1) + b"".join(place), holds=True)


def anchor(left: int, top: int, right: int, bottom: int) -> bytes:
    return part(0xF010, struct.pack("<9H", 0, left, 0, top, 0, right, 0, bottom, 0))


def stored(content: bytes, name: bytes = b"", hashes: int = 1) -> bytes:
    picture = part(0xF01D, bytes(16 * hashes + 1) + content, 0x46A + hashes - 1)
    return part(0xF007, bytes(33) + bytes([len(name)]) + bytes(2) + name + picture, 5)


def workbook(drawing: bytes, *pictures: bytes) -> bytes:
    """A stream of one sheet with this drawing, cut into a record and its continuation, a chart before it."""
    album = part(0xF000, part(0xF001, b"".join(pictures), holds=True), holds=True)
    end, chart = (0x0A, b""), (0x0809, BIFF8[1])
    sheet = records(BIFF8, chart, (0xEC, shape(1, anchor(0, 0, 0, 0))), end, (0xEC, drawing[:20]), (0x3C, drawing[20:]),
                    (0x1B6, b""), (0x3C, b"text of a box"), end)
    named = (0x85, bytes(6) + b"\x02\x00s1")
    start = len(records(BIFF8, named, (0xEB, album[:9]), (0x3C, album[9:]), end))
    whole = records(BIFF8, (0x85, struct.pack("<IH", start, 0) + b"\x02\x00s1"), (0xEB, album[:9]), (0x3C, album[9:]),
                    end)
    return compound(("Workbook", whole + sheet))


def test_shapes_groups_and_links_of_a_drawing():
    drawing = part(0xF002, shape(2, anchor(4, 1, 4, 3)) + part(
        0xF003, shape(0, anchor(5, 6, 5, 7), mark=0x4181) + shape(1, part(0xF00F, bytes(16)))
        + shape(2, part(0xF00F, bytes(16))), holds=True) + shape(9, anchor(6, 8, 7, 8), mark=0x8104), holds=True)
    content = workbook(drawing, stored(b"one", hashes=2), stored(b"two", name=b"a\0b\0"))
    assert biff_places(content) == {"s1": {(2, 4): ["2"], (6, 5): ["1", "2"], (8, 6): [""]}}
    assert biff_pictures_on(content) == {"s1": {(2, 4): 1, (6, 5): 2, (8, 6): 1}}
    assert biff_pictures(content) == {"1": b"one", "2": b"two"}


@pytest.mark.parametrize(("length", "places"), [(0, {"s1": {}}), (12, {"s1": {}}), (30, {"s1": {}}), (50, {}),
                                                (56, {"s1": {(2, 4): ["1"]}})])
def test_a_drawing_that_ends_early_is_no_error(length: int, places: dict):
    drawing = part(0xF002, shape(1, anchor(4, 1, 4, 3)), holds=True)
    assert len(drawing) == 56
    assert biff_places(workbook(drawing[:length], stored(b"one"))) == places


@pytest.mark.parametrize(("length", "content"), [(8, b""), (44, b""), (52, b""), (70, b"o"), (72, b"one")])
def test_a_picture_that_ends_early_is_what_is_left_of_it(length: int, content: bytes):
    entry = stored(b"one")
    assert len(entry) == 72
    assert biff_pictures(workbook(b"", entry[:length])) == {"1": content}


def test_a_book_of_the_older_format_with_a_broken_photo_keeps_its_rows():
    content = (BOOKS / "照片.xls").read_bytes()
    at = content.index(FIRST[:24])
    batch = read("照片.xls", content[:at] + bytes(200) + content[at + 200:])
    assert told(batch) == [ROWS[1], ROWS[2]]
    assert batch.warnings[-1] == Problem("pictures_unseen", "台账", 2, "E2", "photos_before", facts={"count": 2})


# .et: photos in cells are in a package beside the records, photos over cells in the records

def written(row: int, column: int, text: str) -> tuple[int, bytes]:
    return 0x204, struct.pack("<HHHHB", row, column, 0, len(text), 1) + text.encode("utf-16-le")


def called(row: int, column: int, text: str) -> tuple[tuple[int, bytes], ...]:
    """A formula with its text as the result."""
    formula = struct.pack("<HHH", row, column, 0) + bytes(6) + b"\xff\xff" + struct.pack("<HIH", 0, 0, 3) + b"\x1e\1\0"
    return (0x06, formula), (0x207, struct.pack("<HB", len(text), 1) + text.encode("utf-16-le"))


def et_book(package: bytes) -> bytes:
    """A ledger of two rows: the first photo in the cell of the first row, the second over that of the second row."""
    heads = "居民区", "存在问题", "整改情况", "整改后照片"
    rows = heads, ("凉一", "1号楼堆物", "已整改"), ("凉一", "2号楼堆物", "已整改")
    cells = [written(row, column, text) for row, texts in enumerate(rows) for column, text in enumerate(texts)]
    cells += called(1, 3, f'=DISPIMG("{name_of(FIRST)}",1)')
    end, name = (0x0A, b""), struct.pack("<BB", 2, 1) + "台账".encode("utf-16-le")
    album = (0xEB, part(0xF000, part(0xF001, stored(SECOND), holds=True), holds=True))
    start = len(records(BIFF8, (0x85, bytes(6) + name), album, end))
    sheet = (0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0x0DBB, 0x07CC, 0, 6))
    drawing = (0xEC, part(0xF002, shape(1, anchor(3, 2, 4, 3)), holds=True))
    stream = records(BIFF8, (0x85, struct.pack("<IH", start, 0) + name), album, end) + records(
        sheet, *cells, drawing, end)
    return compound(("Workbook", stream), ("ETCellImageData", package))


def test_both_storages_of_an_et_book(tmp_path):
    package = book(tmp_path, lambda sheet: call(sheet, 1, AFTER, FIRST), (FIRST,))
    (batch,) = load_workbooks([("凉一台账.et", et_book(package))], load_reference())
    assert batch.error is None
    assert told(batch) == [(2, "photos_after", "first"), (3, "photos_after", "second")]
    assert [record["photos_after"] for record in batch.tables[0].records] == [1, 1]
    assert batch.warnings == ()
