"""Pictures of an OpenDocument sheet: which part lies on which cell, whether it hangs on a cell or on the sheet."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree

from loaders.formats.content import Unreadable
from loaders.formats.opendocument_tree import (
    CONTENT,
    DRAW,
    STYLE,
    SVG,
    TABLE,
    XLINK,
    content_tree,
    is_hidden,
    repeated,
    tables_of,
)
from loaders.formats.package import Package

_LENGTH = re.compile(r"(-?\d+(?:\.\d+)?)(cm|mm|in|pt|pc|px)")
_POINTS = {"cm": 72 / 2.54, "mm": 7.2 / 2.54, "in": 72.0, "pt": 1.0, "pc": 12.0, "px": 0.75}
_USUAL = {"column": 60.0, "row": 15.0}  # points
_SIZE = {"column": f"{STYLE}column-width", "row": f"{STYLE}row-height"}

Cell = tuple[int, int]
Sizes = Mapping[tuple[str, str], float]  # "column" or "row" and name of a style -> points


@dataclass
class _Axis:
    """The columns or the rows of a sheet one after the other: where each run of equal ones begins, in points too."""

    firsts: list[int] = field(default_factory=lambda: [0])
    offsets: list[float] = field(default_factory=lambda: [0.0])
    sizes: list[float] = field(default_factory=list)

    def add(self, count: int, size: float) -> None:
        self.sizes.append(size)
        self.firsts.append(self.firsts[-1] + count)
        self.offsets.append(self.offsets[-1] + count * size)

    def moved(self, start: int, distance: float) -> int:
        """The column or row that lies so far from where another starts; from a hidden one that itself."""
        run = min(bisect_right(self.firsts, start), len(self.sizes)) - 1
        if run < 0 or not self.sizes[run]:
            return start
        point = self.offsets[run] + (start - self.firsts[run]) * self.sizes[run] + distance
        run = min(bisect_right(self.offsets, max(point, 0.0)), len(self.sizes)) - 1
        return self.firsts[run] + int((max(point, 0.0) - self.offsets[run]) / (self.sizes[run] or 1.0))


def picture_sizes(tree: etree._ElementTree) -> Sizes:
    """The widths of columns and the heights of rows by their styles."""
    return {
        (axis, style.get(f"{STYLE}name", "")): _points(properties.get(_SIZE[axis], ""))
        for style in tree.iter(f"{STYLE}style")
        for axis in _SIZE
        for properties in style.iterchildren(f"{STYLE}table-{axis}-properties")
    }


def pictures_in(table: etree._Element, sizes: Sizes) -> dict[Cell, list[str]]:
    """Cell -> the parts of the pictures under whose middle it lies."""
    found: dict[Cell, list[str]] = {}
    if next(table.iter(f"{DRAW}image"), None) is None:
        return found
    columns, rows = _axis(table, "column", sizes), _axis(table, "row", sizes)
    for (row, column), frame in _frames(table):
        for image in frame.iterchildren(f"{DRAW}image"):
            across, down = (_middle(frame, *names) for names in (("x", "width"), ("y", "height")))
            cell = rows.moved(row, down), columns.moved(column, across)
            found.setdefault(cell, []).append(image.get(f"{XLINK}href", "").removeprefix("./"))
            break  # more are other forms of the same picture
    return found


def opendocument_pictures(package: Package) -> dict[str, dict[Cell, list[str]]]:
    """Sheet name -> cell -> the parts of the pictures that lie there; empty for a broken book."""
    try:
        tree = content_tree(package.part(CONTENT))
        sizes = picture_sizes(tree)
        return {table.get(f"{TABLE}name", ""): pictures_in(table, sizes) for table in tables_of(tree)}
    except (Unreadable, ValueError):
        return {}


def _axis(table: etree._Element, name: str, sizes: Sizes) -> _Axis:
    axis = _Axis()
    for element in table.iter(f"{TABLE}table-{name}"):
        size = sizes.get((name, element.get(f"{TABLE}style-name", "")), _USUAL[name])
        axis.add(repeated(element, f"{name}s"), 0.0 if is_hidden(element) else size)
    return axis


def _frames(table: etree._Element) -> Iterator[tuple[Cell, etree._Element]]:
    """Every frame with a picture and the cell from which its place counts; a chart is none."""
    for shapes in table.iterchildren(f"{TABLE}shapes"):
        yield from (((0, 0), frame) for frame in _pictures(shapes))
    row = 0
    for line in table.iter(f"{TABLE}table-row"):
        column = 0
        for cell in line.iterchildren(f"{TABLE}table-cell", f"{TABLE}covered-table-cell"):
            yield from (((row, column), frame) for frame in _pictures(cell))
            column += repeated(cell, "columns")
        row += repeated(line, "rows")


def _pictures(holder: etree._Element) -> Iterator[etree._Element]:
    if len(holder):
        yield from (frame for frame in holder.iter(f"{DRAW}frame") if frame.find(f"{DRAW}object") is None)


def _middle(frame: etree._Element, start: str, size: str) -> float:
    return _points(frame.get(SVG + start, "")) + _points(frame.get(SVG + size, "")) / 2


def _points(length: str) -> float:
    found = _LENGTH.fullmatch(length)
    return float(found[1]) * _POINTS[found[2]] if found else 0.0
