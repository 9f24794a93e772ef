"""What the reader of values does not tell of an .xls or .et sheet, in one pass over the records of its stream."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from loaders.formats.biff_records import BOF, BROKEN, Record, book_stream, records, sheet_starts, text
from loaders.formats.content import LIMITS, Limits
from loaders.formats.notes import PERCENTS, Notes, is_percent, percent_shown

_FORMAT, _XF = 0x41E, 0xE0
_ROW, _COLUMNS, _BOOLERR, _FORMULA, _NUMBER, _RK, _MULRK = 0x208, 0x7D, 0x205, 0x06, 0x203, 0x27E, 0xBD
_BIFF8 = 0x600
_ERRORS = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A"}


@dataclass
class _Formats:
    """The number formats of a book: by number, and the number that each cell style uses."""

    codes: dict[int, str] = field(default_factory=lambda: {int(number): code for number, code in PERCENTS.items()})
    styles: list[int] = field(default_factory=list)

    def percent(self, style: int) -> str | None:
        """The percent format of a cell style, None for any other."""
        code = self.codes.get(self.styles[style], "") if style < len(self.styles) else ""
        return code if is_percent(code) else None


def biff_notes(data: bytes, limits: Limits = LIMITS) -> dict[str, Notes]:
    """The notes on every sheet of a book by its name; none for books before Excel 97 and for broken ones."""
    try:
        stream = book_stream(data)
        formats = _formats(stream)
        sheets = sheet_starts(stream)[: limits.sheets] if formats else []
        return {name: _notes(records(stream, start), formats) for name, start in sheets}
    except BROKEN:
        return {}  # the reader of values decides what becomes of the book


def _formats(stream: bytes) -> _Formats | None:
    """The formats of a book; None for one that an older Excel wrote."""
    formats = _Formats()
    for number, content in records(stream):
        if number == BOF and struct.unpack_from("<H", content)[0] != _BIFF8:
            return None
        if number == _FORMAT:
            formats.codes[struct.unpack_from("<H", content)[0]] = text(content[2:], "<H")
        elif number == _XF:
            formats.styles.append(struct.unpack_from("<H", content, 2)[0])
    return formats


def _notes(sheet: Iterator[Record], formats: _Formats) -> Notes:
    notes = Notes()
    for number, content in sheet:
        if number == _ROW and content[12] & 0x20:
            notes.hidden_rows.append(struct.unpack_from("<H", content)[0])
        elif number == _COLUMNS and content[8] & 1:
            notes.hidden_columns.append(struct.unpack_from("<HH", content))
        elif number in (_NUMBER, _RK, _MULRK, _FORMULA, _BOOLERR):
            for row, column, style, value in _values(number, content):
                if isinstance(value, str):
                    notes.errors.append(((row, column), value))
                elif (code := formats.percent(style)) and (shown := percent_shown(value, code)):
                    notes.percents[row, column] = shown
    return notes


def _values(number: int, content: bytes) -> Iterator[tuple[int, int, int, float | str]]:
    """Row, column, style and number or error of the cells of a record."""
    row, column, style = struct.unpack_from("<HHH", content)
    if number == _NUMBER:
        yield row, column, style, struct.unpack_from("<d", content, 6)[0]
    elif number == _RK:
        yield row, column, style, _rk(content[6:10])
    elif number == _MULRK:
        for place in range((len(content) - 6) // 6):
            style, packed = struct.unpack_from("<H4s", content, 4 + 6 * place)
            yield row, column + place, style, _rk(packed)
    elif number == _BOOLERR and content[7]:
        yield row, column, style, _ERRORS.get(content[6], "#N/A")
    elif number == _FORMULA and content[12:14] != b"\xff\xff":
        yield row, column, style, struct.unpack_from("<d", content, 6)[0]
    elif number == _FORMULA and content[6] == 2:
        yield row, column, style, _ERRORS.get(content[8], "#N/A")


def _rk(packed: bytes) -> float:
    """A number packed into four bytes: thirty bits of a whole or real number, and a mark for hundredths."""
    bits = struct.unpack("<i", packed)[0]
    value = float(bits >> 2) if bits & 2 else struct.unpack("<d", bytes(4) + struct.pack("<i", bits & ~3))[0]
    return value / 100 if bits & 1 else value
