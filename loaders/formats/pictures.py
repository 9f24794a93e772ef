"""Pictures: how many lie on which cell of an .xlsx sheet, floating or placed in the cell; their bytes are not read."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Mapping

from lxml import etree

from loaders.formats.content import Unreadable, part, part_names

_EMU_A_ROW = 190_500  # 15 points, the usual height of a row
_EMU_A_COLUMN = 609_600  # 64 pixels, the usual width of a column
_CELL_PICTURE = re.compile(rb'<c r="([A-Z]{1,3})(\d{1,7})"[^>]*\bvm="\d+"')
_LOCAL_NAME = "{*}"


def pictures_on(data: bytes) -> dict[str, dict[tuple[int, int], int]]:
    """Sheet name -> address (row and column from 0) -> how many pictures lie there; empty for a book without any."""
    names = part_names(data)
    if not any(name.startswith(("xl/drawings/drawing", "xl/richdata/")) for name in names):
        return {}
    try:
        return {name: _on_sheet(data, path, names) for name, path in _sheets(data).items()}
    except (etree.XMLSyntaxError, ValueError, Unreadable):
        return {}  # broken pictures cost the pictures, not the rows


def _sheets(data: bytes) -> dict[str, str]:
    targets = _targets(data, "xl/workbook.xml")
    return {
        sheet.get("name"): targets[reference]
        for sheet in _parsed(data, "xl/workbook.xml").iter(f"{_LOCAL_NAME}sheet")
        for key, reference in sheet.attrib.items()
        if key.endswith("}id") and reference in targets
    }


def _on_sheet(data: bytes, path: str, names: frozenset[str]) -> dict[tuple[int, int], int]:
    found: Counter[tuple[int, int]] = Counter()
    for target in _targets(data, path).values():
        if "/drawings/drawing" in target.lower() and target.lower() in names:
            found.update(_floating(_parsed(data, target)))
    if any(name.startswith("xl/richdata/richvaluerel") for name in names):
        for letters, digits in _CELL_PICTURE.findall(part(data, path)):
            found[int(digits) - 1, _column(letters.decode())] += 1
    return dict(found)


def _floating(drawing: etree._Element) -> Counter[tuple[int, int]]:
    """The cell under the middle of each picture's anchor: people drop photos sloppily."""
    found: Counter[tuple[int, int]] = Counter()
    for anchor in drawing:
        start = anchor.find(f"{_LOCAL_NAME}from")
        count = sum(1 for _ in anchor.iter(f"{_LOCAL_NAME}pic"))
        if start is None or not count:
            continue
        end = anchor.find(f"{_LOCAL_NAME}to")
        found[_middle(start, end, "row", _EMU_A_ROW), _middle(start, end, "col", _EMU_A_COLUMN)] += count
    return found


def _middle(start: etree._Element, end: etree._Element | None, axis: str, size: int) -> int:
    first = _position(start, axis, size)
    return int((first + (_position(end, axis, size) if end is not None else int(first) + 1)) / 2)


def _position(corner: etree._Element, axis: str, size: int) -> float:
    whole = int(corner.findtext(f"{_LOCAL_NAME}{axis}", "0"))
    return whole + min(int(corner.findtext(f"{_LOCAL_NAME}{axis}Off", "0")) / size, 0.99)


def _targets(data: bytes, path: str) -> Mapping[str, str]:
    """Relation id -> part name of what a part refers to."""
    folder, file = posixpath.split(path)
    relations = f"{folder}/_rels/{file}.rels"
    content = part(data, relations)
    if not content:
        return {}
    return {
        relation.get("Id"): posixpath.normpath(posixpath.join("/", folder, relation.get("Target", ""))).lstrip("/")
        for relation in _root(content).iter(f"{_LOCAL_NAME}Relationship")
        if relation.get("TargetMode") != "External"
    }


def _parsed(data: bytes, path: str) -> etree._Element:
    return _root(part(data, path))


def _root(content: bytes) -> etree._Element:
    return etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1
