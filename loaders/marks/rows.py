"""Rows: those of a work sheet as bytes, of which only the changed ones are parsed; a tree of all would fill memory."""

from __future__ import annotations

import re
from collections.abc import Mapping

from lxml import etree

from loaders.formats.content import Unreadable
from loaders.grid import row_and_column
from loaders.marks.package import parsed

_DECLARED = re.compile(rb"(?:\xef\xbb\xbf)?\s*<\?xml[^>]*encoding\s*=\s*[\"']([\w-]+)")
_SHEET = re.compile(rb"<(?:\w+:)?worksheet\b[^>]*>")
_DATA = re.compile(rb"<((?:\w+:)?)sheetData\b[^>]*?(?:/>|>(.*)</\1sheetData\s*>)", re.DOTALL)
_ROW = re.compile(rb"<((?:\w+:)?)row\b([^>]*?)(?:/>|>.*?</\1row\s*>)", re.DOTALL)
_NUMBER = re.compile(rb"\sr\s*=\s*[\"'](\d+)")
_CELL = re.compile(rb"<(?:\w+:)?c\b([^>]*?)(/?)>")
_ADDRESS = re.compile(rb"\sr\s*=\s*[\"']([A-Z]{1,3}\d{1,7})[\"']")
_STYLE = re.compile(rb"(<(?:\w+:)?c\b[^>]*?\ss\s*=\s*[\"'])(\d+)")


class Rows:
    """The rows of a work sheet by number, from 0, and the rest of it as a tree, shell, without any row."""

    def __init__(self, content: bytes) -> None:
        content = _in_utf8(content)
        sheet, data = _SHEET.search(content), _DATA.search(content)
        if sheet is None or data is None:
            raise Unreadable("broken_file")
        self._opening, self._closing = sheet[0], b"</" + re.match(rb"<([\w:]+)", sheet[0])[1] + b">"
        self._raw: dict[int, bytes] = {}
        self._parsed: dict[int, etree._Element] = {}
        number = -1
        for row in _ROW.finditer(data[2] or b""):
            said = _NUMBER.search(row[2])
            number = int(said[1]) - 1 if said else number + 1
            self._raw[number] = row[0]
        empty = b"<" + data[1] + b"sheetData/>"
        self.shell = parsed(content[: data.start()] + empty + content[data.end() :])

    def get(self, row: int) -> etree._Element | None:
        """The tree of a row, which may be changed; None for a row that is not written."""
        if row not in self._parsed and row in self._raw:
            self._parsed[row] = parsed(self._opening + self._raw[row] + self._closing)[0]
        return self._parsed.get(row)

    def made(self, row: int) -> etree._Element:
        """The tree of a row, a new one where it is not written."""
        if self.get(row) is None:
            parent = parsed(self._opening + self._closing)
            space = etree.QName(parent).namespace
            self._parsed[row] = etree.SubElement(parent, f"{{{space}}}row", {"r": str(row + 1)})
        return self._parsed[row]

    def last_filled(self, row: int) -> int:
        """The last column of a row in which something stands; -1 for none."""
        content = self._written(row)
        last, column = -1, -1
        for cell in _CELL.finditer(content):
            named = _ADDRESS.search(cell[1])
            column = row_and_column(named[1].decode())[1] if named and not cell[2] else column + 1
            last = last if cell[2] else column
        return last

    def repaint(self, looks: Mapping[str, str]) -> None:
        """Gives each cell of one of these looks the other one."""
        def other(style: re.Match[bytes]) -> bytes:
            return style[1] + looks.get(style[2].decode(), style[2].decode()).encode()

        self._raw = {row: _STYLE.sub(other, self._written(row)) for row in {**self._raw, **self._parsed}}
        self._parsed = {}

    def saved(self) -> bytes:
        """The sheet: every row in its place, those that were not asked for with the bytes that they had."""
        written = b"".join(self._written(row) for row in sorted({**self._raw, **self._parsed}))
        tree = self.shell.getroottree()
        content = etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)
        data = _DATA.search(content)
        name = data[1] + b"sheetData"
        return b"".join((content[: data.start()], b"<", name, b">", written, b"</", name, b">", content[data.end() :]))

    def _written(self, row: int) -> bytes:
        if row not in self._parsed:
            return self._raw.get(row, b"")
        whole = etree.tostring(self._parsed[row].getparent(), encoding="UTF-8")
        return whole[whole.index(b">", whole.index(b"worksheet")) + 1 : whole.rindex(b"</")]


def _in_utf8(content: bytes) -> bytes:
    """The sheet in UTF-8, in which it nearly always is."""
    declared = _DECLARED.match(content)
    if content.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<") and (not declared or declared[1].lower() == b"utf-8"):
        return content
    return etree.tostring(parsed(content).getroottree(), xml_declaration=True, encoding="UTF-8", standalone=True)
