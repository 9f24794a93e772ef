"""Styles: for each look of a cell the same look with a light red ground, added behind the book's own."""

from __future__ import annotations

import copy
from functools import cached_property

from lxml import etree

from loaders.marks.package import Package

GROUND = "FFFBD5D5"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"
_EMPTY = (
    f'<styleSheet xmlns="{_MAIN}"><fonts count="1"><font><sz val="11"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    '</fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
    '<cellXfs count="1"><xf/></cellXfs></styleSheet>'
)


class RedStyles:
    """The style sheet of a book, in which marked looks are added as they are asked for."""

    def __init__(self, package: Package, workbook: str, strict: bool) -> None:
        self._package, self._workbook, self._strict = package, workbook, strict
        self._marked: dict[int, int] = {}

    @cached_property
    def _root(self) -> etree._Element:
        found = self._package.related(self._workbook, "styles")
        if found:
            return self._package.tree(found[0][1])
        root = etree.fromstring(_EMPTY)
        name = self._package.add("xl/styles{}.xml", root, _TYPE)
        self._package.relate(self._workbook, "styles", name, self._strict)
        return root

    def marked(self, style: int) -> int:
        """The number of the look that is like this one but for its ground; a marked look is its own."""
        if style not in self._marked:
            looks = self._group("cellXfs")
            own = looks[style if style < len(looks) else 0]
            if own.get("fillId") == str(self._red):
                return style
            look = copy.deepcopy(own)
            look.attrib.update({"fillId": str(self._red), "applyFill": "1"})
            self._marked[style] = _added(looks, look)
        return self._marked[style]

    def plain(self) -> dict[str, str]:
        """Number of each look that an earlier marking made -> the number of the look that it was made of."""
        fills = {str(number) for number, fill in enumerate(self._group("fills")) if _ground(fill) == GROUND}
        all_looks = enumerate(self._group("cellXfs"))
        looks = [(str(at), look.get("fillId") in fills, _but_ground(look)) for at, look in all_looks]
        own = {rest: at for at, red, rest in reversed(looks) if not red}
        return {at: own[rest] for at, red, rest in looks if red and rest in own}

    @cached_property
    def _red(self) -> int:
        """The number of the light red fill, which a book that was marked before has already."""
        fills = self._group("fills")
        known = (number for number, fill in enumerate(fills) if _ground(fill) == GROUND)
        return next(known, None) or _added(fills, self._solid())

    def _solid(self) -> etree._Element:
        space = f"{{{etree.QName(self._root).namespace}}}"
        fill = self._root.makeelement(f"{space}fill", nsmap=self._root.nsmap)
        pattern = etree.SubElement(fill, f"{space}patternFill", patternType="solid")
        etree.SubElement(pattern, f"{space}fgColor", rgb=GROUND)
        etree.SubElement(pattern, f"{space}bgColor", indexed="64")
        return fill

    def _group(self, name: str) -> etree._Element:
        return self._root.find(f"{{*}}{name}")


def _ground(fill: etree._Element) -> str | None:
    color = fill.find("{*}patternFill/{*}fgColor")
    return None if color is None else color.get("rgb")


def _but_ground(look: etree._Element) -> bytes:
    """All of a look but its ground."""
    bare = copy.deepcopy(look)
    for name in ("fillId", "applyFill"):
        bare.attrib.pop(name, None)
    return etree.tostring(bare, method="c14n", with_tail=False)


def _added(group: etree._Element, element: etree._Element) -> int:
    group.append(element)
    group.set("count", str(len(group)))
    return len(group) - 1
