"""Pictures: which parts of a package lie on which cell of a sheet, floating, by formula or placed in the cell.

A part's name is "" where the book names a picture that it does not hold: an external, missing or broken one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from lxml import etree

from loaders.formats.content import Unreadable
from loaders.formats.package import Package
from loaders.grid import row_and_column

_EMU_A_ROW = 190_500  # 15 points, the usual height of a row
_EMU_A_COLUMN = 609_600  # 64 pixels, the usual width of a column
_CELL_PICTURE = re.compile(rb'<c r="([A-Z]{1,3}\d{1,7})"[^>]*\bvm="(\d{1,7})"')
_LOCAL_NAME = "{*}"
_CELL_IMAGES = "xl/cellimages.xml"
_RICH = "xl/richdata/"
_LOCAL_IMAGE = "_rvRel:LocalImageIdentifier"
_BROKEN = (etree.XMLSyntaxError, ValueError, LookupError, TypeError, AttributeError, Unreadable)

Cell = tuple[int, int]  # row and column from 0
Targets = Mapping[str, tuple[str, str]]  # as Package.targets


def pictures_on(data: bytes) -> dict[str, dict[Cell, int]]:
    """Sheet name -> cell -> how many pictures lie there; empty for a book without any. Formulas are not looked at."""
    try:
        lying = _lying(Package(data), {})
    except Unreadable:
        return {}
    return {sheet: {cell: len(parts) for cell, parts in cells.items()} for sheet, cells in lying.items()}


def picture_parts(package: Package) -> dict[str, dict[Cell, list[str]]]:
    """Sheet name -> cell -> the parts of the pictures that lie there, as many as pictures_on counts."""
    try:
        placed = dict(enumerate(_placed_parts(package), start=1))
    except _BROKEN:
        placed = {}
    return _lying(package, placed)


def formula_parts(package: Package) -> dict[str, str]:
    """Name of a picture as DISPIMG formulas give it -> its part; empty for a book without such."""
    try:
        content, targets = package.part(_CELL_IMAGES), package.targets(_CELL_IMAGES)
        pictures = list(_root(content).iter(f"{_LOCAL_NAME}pic")) if content else []
        return {_name(picture): part for picture in pictures for part in _embedded(picture, targets)}
    except _BROKEN:
        return {}


def _lying(package: Package, placed: Mapping[int, str]) -> dict[str, dict[Cell, list[str]]]:
    if not any(name.startswith(("xl/drawings/drawing", _RICH)) for name in package.names):
        return {}
    try:
        return {name: _on_sheet(package, path, placed) for name, path in package.sheets()}
    except _BROKEN:
        return {}  # broken pictures cost the pictures, not the rows


def _on_sheet(package: Package, path: str, placed: Mapping[int, str]) -> dict[Cell, list[str]]:
    found: dict[Cell, list[str]] = {}
    for _, target in package.targets(path).values():
        if "/drawings/drawing" in target.lower() and target.lower() in package.names:
            for cell, part in _floating(_root(package.part(target)), package.targets(target)):
                found.setdefault(cell, []).append(part)
    if any(name.startswith(f"{_RICH}richvaluerel") for name in package.names):
        for cell, number in _CELL_PICTURE.findall(package.part(path)):
            found.setdefault(row_and_column(cell.decode()), []).append(placed.get(int(number), ""))
    return found


def _floating(drawing: etree._Element, targets: Targets) -> Iterator[tuple[Cell, str]]:
    """Each picture with the cell under the middle of its anchor: people drop photos sloppily."""
    for anchor in drawing:
        start = anchor.find(f"{_LOCAL_NAME}from")
        if start is None:
            continue
        end = anchor.find(f"{_LOCAL_NAME}to")
        cell = _middle(start, end, "row", _EMU_A_ROW), _middle(start, end, "col", _EMU_A_COLUMN)
        for picture in anchor.iter(f"{_LOCAL_NAME}pic"):
            yield cell, next(_embedded(picture, targets), "")


def _middle(start: etree._Element, end: etree._Element | None, axis: str, size: int) -> int:
    first = _position(start, axis, size)
    return int((first + (_position(end, axis, size) if end is not None else int(first) + 1)) / 2)


def _position(corner: etree._Element, axis: str, size: int) -> float:
    whole = int(corner.findtext(f"{_LOCAL_NAME}{axis}", "0"))
    return whole + min(int(corner.findtext(f"{_LOCAL_NAME}{axis}Off", "0")) / size, 0.99)


def _embedded(picture: etree._Element, targets: Targets) -> Iterator[str]:
    """The part that a picture shows, "" where the book does not hold it."""
    for blip in picture.iter(f"{_LOCAL_NAME}blip"):
        yield _target(blip, "embed", targets)


def _target(element: etree._Element, attribute: str, targets: Targets) -> str:
    """The part to which an attribute of the relations' namespace leads, "" where it leads nowhere in the package."""
    named = (value for key, value in element.attrib.items() if key.endswith("}" + attribute))
    return targets.get(next(named, ""), ("", ""))[1]


def _name(picture: etree._Element) -> str:
    return next((properties.get("name", "") for properties in picture.iter(f"{_LOCAL_NAME}cNvPr")), "")


def _placed_parts(package: Package) -> list[str]:
    """The parts that the marks of cells (vm) stand for, in their order from 1; "" for a mark of another meaning."""
    metadata = package.part("xl/metadata.xml")
    if not metadata:
        return []
    tree = _root(metadata)
    types = [each.get("name") for each in tree.iter(f"{_LOCAL_NAME}metadataType")]
    values = _rich_parts(package)
    rich = [
        int(value.get("i"))
        for future in tree.iter(f"{_LOCAL_NAME}futureMetadata")
        if future.get("name") == "XLRICHVALUE"
        for value in future.iter(f"{_LOCAL_NAME}rvb")
    ]
    blocks = [block for marks in tree.iter(f"{_LOCAL_NAME}valueMetadata") for block in marks]
    firsts = [block.find(f"{_LOCAL_NAME}rc") for block in blocks]
    return [
        values[rich[int(mark.get("v"))]] if types[int(mark.get("t")) - 1] == "XLRICHVALUE" else "" for mark in firsts
    ]


def _rich_parts(package: Package) -> list[str]:
    """The part of each rich value in their order, "" for one that is no picture."""
    structures = [
        [key.get("n") for key in structure.iter(f"{_LOCAL_NAME}k")]
        for structure in _root(package.part(f"{_RICH}rdrichvaluestructure.xml")).iter(f"{_LOCAL_NAME}s")
    ]
    relations = f"{_RICH}richvaluerel.xml"
    targets = package.targets(relations)
    held = [_target(each, "id", targets) for each in _root(package.part(relations)).iter(f"{_LOCAL_NAME}rel")]
    return [
        _rich_part(structures[int(value.get("s"))], [each.text for each in value.iter(f"{_LOCAL_NAME}v")], held)
        for value in _root(package.part(f"{_RICH}rdrichvalue.xml")).iter(f"{_LOCAL_NAME}rv")
    ]


def _rich_part(keys: list[str | None], values: list[str | None], held: list[str]) -> str:
    return held[int(values[keys.index(_LOCAL_IMAGE)])] if _LOCAL_IMAGE in keys else ""


def _root(content: bytes) -> etree._Element:
    return etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))
