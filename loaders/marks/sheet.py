"""Sheet: rows, cells, columns and filter of a work sheet's XML; what is added stands where the format wants it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from lxml import etree

from loaders.grid import Rectangle, address, row_and_column
from loaders.marks.rows import Rows

LAST_COLUMN = 16383
# The children of a work sheet in the order that the format prescribes.
_ORDER = re.findall(
    r"\w+",
    "sheetPr dimension sheetViews sheetFormatPr cols sheetData sheetCalcPr sheetProtection protectedRanges scenarios "
    "autoFilter sortState dataConsolidate customSheetViews mergeCells phoneticPr conditionalFormatting dataValidations"
    " hyperlinks printOptions pageMargins pageSetup headerFooter rowBreaks colBreaks customProperties cellWatches "
    "ignoredErrors smartTags drawing legacyDrawing legacyDrawingHF drawingHF picture oleObjects controls "
    "webPublishItems tableParts extLst",
)
_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def rectangle(reference: str) -> Rectangle | None:
    """The rectangle of a range as written (A3:G20, or one cell); None for whole rows or columns.

    >>> rectangle("A3:$G$20"), rectangle("A:C")
    ((2, 0, 19, 6), None)
    """
    first, _, last = reference.replace("$", "").partition(":")
    if not all(re.fullmatch(r"[A-Z]{1,3}[1-9]\d{0,6}", corner) for corner in (first, last or first)):
        return None
    return (*row_and_column(first), *row_and_column(last or first))


def named(area: Rectangle) -> str:
    """A rectangle as the format writes it.

    >>> named((2, 0, 19, 6)), named((2, 7, 2, 7))
    ('A3:G20', 'H3')
    """
    first, last = address(area[0], area[1]), address(area[2], area[3])
    return first if first == last else f"{first}:{last}"


def plain(text: str) -> str:
    """The text without what XML cannot hold."""
    return _NOT_IN_XML.sub("", text)


class SheetXml:
    """A work sheet in which cells are found and made by row and column, from 0."""

    def __init__(self, content: bytes) -> None:
        self._rows = Rows(content)
        self._root = self._rows.shell
        self.space = f"{{{etree.QName(self._root).namespace}}}"
        self.last_filled, self.repaint, self.saved = self._rows.last_filled, self._rows.repaint, self._rows.saved

    def merges(self) -> list[Rectangle]:
        found = (rectangle(one.get("ref", "")) for one in self._root.iter(f"{self.space}mergeCell"))
        return [area for area in found if area]

    def first_filled(self, row: int) -> int:
        """The first column of a row in which something stands; the last one of all for none."""
        return min((column for column, cell in self._cells(row) if len(cell)), default=LAST_COLUMN)

    def style(self, row: int, column: int) -> int:
        """The number of a cell's look: its own, else the row's, else the column's."""
        cell = dict(self._cells(row)).get(column)
        if cell is not None:
            return int(cell.get("s", "0"))
        line = self._rows.get(row)
        if line is not None and line.get("customFormat") in ("1", "true"):
            return int(line.get("s", "0"))
        return next((int(each.get("style", "0")) for each in self._columns() if _covers(each, column)), 0)

    def paint(self, row: int, column: int, look: Callable[[int], int]) -> None:
        """Gives a cell the look that belongs to its own."""
        style = look(self.style(row, column))
        self._cell(row, column).set("s", str(style))

    def write(self, row: int, column: int, text: str, style: int) -> None:
        """Writes a text into a cell, in the sheet itself: the book's shared texts stay as they are."""
        cell = self._cell(row, column)
        cell[:] = []
        cell.set("t", "inlineStr")
        cell.set("s", str(style))
        written = etree.SubElement(etree.SubElement(cell, f"{self.space}is"), f"{self.space}t")
        written.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        written.text = plain(text)

    def empty(self, row: int, column: int) -> None:
        """Takes what stands in a cell away; its look stays."""
        cell = self._cell(row, column)
        cell[:] = []
        cell.attrib.pop("t", None)

    def merge(self, area: Rectangle) -> None:
        merged = self._child("mergeCells")
        etree.SubElement(merged, f"{self.space}mergeCell", ref=named(area))
        merged.set("count", str(len(merged)))

    def widen(self, column: int, width: float) -> None:
        """Gives a column its own width, cut out of the range of columns that it lies in."""
        columns = self._child("cols")
        for each in [each for each in columns if _covers(each, column)]:
            first, last, place = int(each.get("min")), int(each.get("max")), columns.index(each)
            parts = [(first, column), (column + 2, last)]
            columns.remove(each)
            for part in reversed([part for part in parts if part[0] <= part[1]]):
                columns.insert(place, _copied(each, *part))
        new = columns.makeelement(f"{self.space}col", nsmap=columns.nsmap)
        new.attrib.update({"min": str(column + 1), "max": str(column + 1), "width": str(width), "customWidth": "1"})
        before = sum(int(each.get("min")) <= column for each in columns)
        columns.insert(before, new)

    def filter_over(self, table: Rectangle) -> Rectangle | None:
        """A filter over a table, headings first: one that stands there is extended, one elsewhere is left alone.

        Returns what is filtered now, where that is new.
        """
        standing = self._root.find(f"{self.space}autoFilter")
        area = rectangle(standing.get("ref", "")) if standing is not None else None
        if area and area[0] == table[0] and area[3] < table[3]:
            table = (*area[:3], table[3])
        elif standing is not None or self._root.find(f"{self.space}tableParts") is not None:
            return None
        self._child("autoFilter").set("ref", named(table))
        return table

    def reach(self, column: int) -> None:
        """The sheet's stated size, where it has one, up to a column."""
        stated = self._root.find(f"{self.space}dimension")
        area = rectangle(stated.get("ref", "")) if stated is not None else None
        if area and area[3] < column:
            stated.set("ref", named((*area[:3], column)))

    @property
    def drawing(self) -> str | None:
        """The id of the drawing of the sheet's notes."""
        found = self._root.find(f"{self.space}legacyDrawing")
        identities = () if found is None else (each for key, each in found.attrib.items() if key.endswith("}id"))
        return next(iter(identities), None)

    def draw(self, drawing: str, relations: str) -> None:
        """Names the drawing of the sheet's notes by its id."""
        if self.drawing is None:
            self._child("legacyDrawing").set(f"{{{relations}}}id", drawing)

    def _cells(self, row: int) -> Iterable[tuple[int, etree._Element]]:
        column = -1
        line = self._rows.get(row)
        for cell in () if line is None else line:
            column = row_and_column(cell.get("r"))[1] if cell.get("r") else column + 1
            yield column, cell

    def _cell(self, row: int, column: int) -> etree._Element:
        line, place = self._rows.made(row), 0
        for at, cell in self._cells(row):
            if at == column:
                return cell
            place += at < column
        new = line.makeelement(f"{self.space}c", {"r": address(row, column)}, line.nsmap)
        line.insert(place, new)
        if spans := line.get("spans"):
            first, _, last = spans.partition(":")
            line.set("spans", f"{min(int(first), column + 1)}:{max(int(last), column + 1)}")
        return new

    def _columns(self) -> Iterable[etree._Element]:
        return self._root.iterfind(f"{self.space}cols/{self.space}col")

    def _child(self, name: str) -> etree._Element:
        """The sheet's child of that name, made in its place where there is none."""
        found = self._root.find(f"{self.space}{name}")
        if found is None:
            found = self._root.makeelement(f"{self.space}{name}", nsmap=self._root.nsmap)
            rank = _ORDER.index(name)
            place = next((at for at, child in enumerate(self._root) if _rank(child) > rank), len(self._root))
            self._root.insert(place, found)
        return found


def _rank(child: etree._Element) -> int:
    name = etree.QName(child).localname if isinstance(child.tag, str) else ""
    return _ORDER.index(name) if name in _ORDER else _ORDER.index("controls")  # what is wrapped for other programs


def _covers(columns: etree._Element, column: int) -> bool:
    return int(columns.get("min", "0")) <= column + 1 <= int(columns.get("max", "0"))


def _copied(columns: etree._Element, first: int, last: int) -> etree._Element:
    copied = columns.makeelement(columns.tag, dict(columns.attrib), columns.nsmap)
    copied.attrib.update({"min": str(first), "max": str(last)})
    return copied
