"""The records of an .xls or .et book: those of the book itself, then those of each sheet."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator

import olefile

BOF, EOF = 0x809, 0x0A
_BOUNDSHEET = 0x85
BROKEN = (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError, struct.error)
Record = tuple[int, bytes]


def book_stream(data: bytes) -> bytes:
    """The stream of a book's records; raises one of BROKEN where there is none, as before Excel 97."""
    with olefile.OleFileIO(io.BytesIO(data)) as ole:
        return ole.openstream("Workbook").read()


def records(stream: bytes, position: int = 0) -> Iterator[Record]:
    """The records of one part of the stream up to its end, without those of the charts in it."""
    depth = 0
    while position + 4 <= len(stream):
        number, size = struct.unpack_from("<HH", stream, position)
        depth += number == BOF
        if depth <= 1:
            yield number, stream[position + 4 : position + 4 + size]
        depth -= number == EOF
        if depth <= 0:
            return
        position += 4 + size


def sheet_starts(stream: bytes) -> list[tuple[str, int]]:
    """Name of every sheet and where its records begin."""
    return [
        (text(content[6:], "<B"), struct.unpack_from("<I", content)[0])
        for number, content in records(stream)
        if number == _BOUNDSHEET
    ]


def text(content: bytes, size: str) -> str:
    """A text with its length and a mark for wide characters before it."""
    start = struct.calcsize(size)
    length, wide = struct.unpack_from(size, content)[0], content[start] & 1
    letters = content[start + 1 : start + 1 + length * (1 + wide)]
    return letters.decode("utf-16-le" if wide else "latin-1", "replace")
