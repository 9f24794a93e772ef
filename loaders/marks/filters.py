"""Filters: the hidden name of a sheet's filter, without which some programs drop the filter when they save."""

from __future__ import annotations

import re

from lxml import etree

from loaders.grid import Rectangle
from loaders.marks.package import Package
from loaders.marks.sheet import named

_NAME = "_xlnm._FilterDatabase"
_BEFORE = ("sheets", "functionGroups", "externalReferences")  # what stands before the names in a workbook


def name_filter(package: Package, workbook: str, sheet: str, area: Rectangle) -> None:
    """Names the filtered area of a sheet, in place of the area that its name stood for."""
    root = package.tree(workbook)
    space = f"{{{etree.QName(root).namespace}}}"
    place = [each.get("name") for each in root.iter(f"{space}sheet")].index(sheet)
    names = root.find(f"{space}definedNames")
    if names is None:
        names = root.makeelement(f"{space}definedNames", nsmap=root.nsmap)
        last = max(at for at, child in enumerate(root) if child.tag in [f"{space}{name}" for name in _BEFORE])
        root.insert(last + 1, names)
    known = (each for each in names if each.get("name") == _NAME and each.get("localSheetId") == str(place))
    found = next(known, None)
    if found is None:
        found = etree.SubElement(names, f"{space}definedName", name=_NAME, localSheetId=str(place), hidden="1")
    found.text = _reference(sheet, area)


def _reference(sheet: str, area: Rectangle) -> str:
    """The area as a name holds it.

    >>> _reference("5月's", (1, 0, 31, 14))
    "'5月''s'!$A$2:$O$32"
    """
    quoted, fixed = sheet.replace("'", "''"), re.sub("[A-Z]+|[0-9]+", r"$\g<0>", named(area))
    return f"'{quoted}'!{fixed}"
