"""Pictures that lie on the sheets of an .xls or .et book: on which cells, and their bytes as the book keeps them."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator

from loaders.formats.biff_records import BROKEN, Record, book_stream, records, sheet_starts
from loaders.formats.content import LIMITS, Limits

_DRAWING_OF_BOOK, _DRAWING, _CONTINUED = 0xEB, 0xEC, 0x3C
_SHAPE, _STORED, _PROPERTIES, _IN_GROUP, _ANCHOR = 0xF004, 0xF007, 0xF00B, 0xF00F, 0xF010
_HEADER, _STORED_HEADER, _HASH, _MARK, _PROPERTY = 8, 36, 16, 1, 6  # bytes
_NAME_LENGTH = 33  # where it stands in an entry's header
_PICTURE, _NUMBER, _BY_NUMBER = 0x0104, 0x3FFF, 0x4000  # the property that names a shape's picture
_COLUMN_PARTS, _ROW_PARTS = 1024, 256  # of its width and height: what anchors count in

Cell = tuple[int, int]


def biff_pictures_on(data: bytes, limits: Limits = LIMITS) -> dict[str, dict[Cell, int]]:
    """Sheet name -> cell -> how many pictures lie there; empty for a book without any."""
    return {
        sheet: {cell: len(names) for cell, names in cells.items()}
        for sheet, cells in biff_places(data, limits).items()
    }


def biff_places(data: bytes, limits: Limits = LIMITS) -> dict[str, dict[Cell, list[str]]]:
    """Sheet name -> cell -> the names of the pictures under whose middle it lies, "" for one not in the book."""
    try:
        stream = book_stream(data)
        if not _drawing(records(stream), _DRAWING_OF_BOOK):
            return {}
        sheets = sheet_starts(stream)[: limits.sheets]
        return {name: _on_sheet(_drawing(records(stream, start), _DRAWING)) for name, start in sheets}
    except BROKEN:
        return {}  # broken pictures cost the pictures, not the rows


def biff_pictures(data: bytes) -> dict[str, bytes]:
    """The bytes of a book's pictures by their names, which are numbers from 1."""
    try:
        drawing = _drawing(records(book_stream(data)), _DRAWING_OF_BOOK)
        stored = (content for number, _, content in _parts(drawing) if number == _STORED)
        return {str(number): _bytes(content) for number, content in enumerate(stored, start=1)}
    except BROKEN:
        return {}


def _drawing(found: Iterable[Record], wanted: int) -> bytes:
    """The content of a drawing, which is cut into records and what continues them."""
    pieces, within = [], False
    for number, content in found:
        within = number == wanted or (within and number == _CONTINUED)
        if within:
            pieces.append(content)
    return b"".join(pieces)


def _parts(drawing: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Number, variant and content of the parts of a drawing; one that holds others comes empty before them."""
    position = 0
    while position + _HEADER <= len(drawing):
        mark, number, size = struct.unpack_from("<HHI", drawing, position)
        position += _HEADER
        if mark & 0xF == 0xF:
            yield number, mark >> 4, b""
        else:
            yield number, mark >> 4, drawing[position : position + size]
            position += size


def _on_sheet(drawing: bytes) -> dict[Cell, list[str]]:
    """The pictures of a drawing; those of a group lie where the group lies."""
    found: dict[Cell, list[str]] = {}
    picture, cell = None, (0, 0)
    for number, variant, content in _parts(drawing):
        if number == _SHAPE:
            picture = None
        elif number == _PROPERTIES:
            picture = _picture(content[: _PROPERTY * variant])
        elif number == _ANCHOR:
            cell = _middle(content)
        if number in (_ANCHOR, _IN_GROUP) and picture is not None:
            found.setdefault(cell, []).append(picture)
    return found


def _picture(properties: bytes) -> str | None:
    """The name of a shape's picture, "" for one that the book does not hold; None for a shape without any."""
    for number, value in struct.iter_unpack("<HI", properties):
        if number & _NUMBER == _PICTURE:
            return str(value) if number & ~_NUMBER == _BY_NUMBER and value else ""
    return None


def _middle(anchor: bytes) -> Cell:
    left, left_parts, top, top_parts, right, right_parts, bottom, bottom_parts = struct.unpack_from("<8H", anchor, 2)
    row = (top + bottom + (top_parts + bottom_parts) / _ROW_PARTS) / 2
    column = (left + right + (left_parts + right_parts) / _COLUMN_PARTS) / 2
    return int(row), int(column)


def _bytes(stored: bytes) -> bytes:
    """The picture in its entry of the book: behind a name, its header, and one hash or two."""
    if len(stored) <= _STORED_HEADER + _HEADER:
        return b""
    start = _STORED_HEADER + stored[_NAME_LENGTH]
    _, variant, picture = next(_parts(stored[start:]), (0, 0, b""))
    return picture[(1 + variant % 2) * _HASH + _MARK :]
