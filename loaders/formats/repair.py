"""Legal packages that the reader of values refuses whole, without the few cells and sheets that it trips over."""

from __future__ import annotations

import re

from loaders.formats.content import LIMITS, Limits
from loaders.formats.package import SHEET_TAG, Package, attributes

_KNOWN_ERRORS = (b"#DIV/0!", b"#N/A", b"#NAME?", b"#NULL!", b"#NUM!", b"#REF!", b"#VALUE!")
_KNOWN_TYPES = (b"b", b"d", b"inlineStr", b"n", b"str")
_CELL = re.compile(rb"<c\s[^<>]*\bt=\"(\w*)\"[^<>]*>(?:<f\b[^<>]*(?:/>|>[^<]*</f>))?<v>([^<]*)</v></c>")


def repaired(data: bytes, limits: Limits = LIMITS) -> bytes:
    """The package without macro sheets, missing sheets, errors of newer versions, and texts that it does not hold."""
    package = Package(data, limits)
    texts = len(re.findall(rb"<(?:\w+:)?si[ >/]", package.part("xl/sharedStrings.xml")))
    kept = {name: path for name, path in package.sheets() if package.part(path)}
    changed = {path.lower(): _without_strange(package.part(path), texts) for path in kept.values()}
    changed["xl/workbook.xml"] = SHEET_TAG.sub(
        lambda tag: tag[0] if attributes(tag[0]).get("name", "") in kept else b"", package.part("xl/workbook.xml")
    )
    return package.rewritten(changed)


def _without_strange(sheet: bytes, texts: int) -> bytes:
    def blank(cell: re.Match[bytes]) -> bytes:
        kind, value = cell.groups()
        if kind == b"e":
            known = value in _KNOWN_ERRORS
        else:
            known = kind in _KNOWN_TYPES or (kind == b"s" and value.strip().isdigit() and int(value) < texts)
        return cell[0] if known else b""

    return _CELL.sub(blank, sheet)
