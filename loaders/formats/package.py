"""Packages (.xlsx): opened once, each part inflated within its limit, relations followed inside the package alone."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from html import unescape

from loaders.formats.content import LIMITS, Limits, Unreadable, inflated, opened_zip

_RELATION = re.compile(rb"<(?:\w+:)?Relationship\s[^<>]*>")
SHEET_TAG = re.compile(rb"<(?:\w+:)?sheet\s[^<>]*>")
_ATTRIBUTE = re.compile(rb"""([\w:]+)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')""")


def attributes(tag: bytes) -> dict[str, str]:
    """The attributes of a start tag, without the prefixes of their names.

    >>> attributes(b'<sheet name="A&amp;B" r:id="r1"/>')
    {'name': 'A&B', 'id': 'r1'}
    """
    return {
        name.decode().rpartition(":")[2]: unescape((double or single).decode("utf-8", "replace"))
        for name, double, single in _ATTRIBUTE.findall(tag)
    }


class Package:
    """The parts of a package by name, whatever their case."""

    def __init__(self, data: bytes, limits: Limits = LIMITS) -> None:
        self._archive, self._limits = opened_zip(data), limits
        self._entries = {entry.filename.lower(): entry for entry in self._archive.infolist()}

    @property
    def names(self) -> frozenset[str]:
        """The names of the parts, in lower case."""
        return frozenset(self._entries)

    def part(self, name: str, limit: int | None = None) -> bytes:
        """One part, b"" when it is missing; raises Unreadable when it inflates beyond the limit, else the package's."""
        entry = self._entries.get(name.lower())
        return inflated(self._archive, entry, limit or self._limits.part_bytes) if entry else b""

    def targets(self, path: str) -> dict[str, tuple[str, str]]:
        """Relation id -> last word of its type and part name, of what a part refers to inside the package."""
        folder, file = posixpath.split(path)
        found = {}
        for tag in _RELATION.findall(self.part(f"{folder}/_rels/{file}.rels")):
            relation = attributes(tag)
            if relation.get("TargetMode") != "External" and "Id" in relation:
                target = posixpath.normpath(posixpath.join("/", folder, relation.get("Target", ""))).lstrip("/")
                found[relation["Id"]] = relation.get("Type", "").rpartition("/")[2], target
        return found

    def sheets(self) -> Iterator[tuple[str, str]]:
        """Name and part name of every work sheet in its order."""
        targets = self.targets("xl/workbook.xml")
        for tag in SHEET_TAG.findall(self.part("xl/workbook.xml")):
            sheet = attributes(tag)
            kind, path = targets.get(sheet.get("id", ""), ("", ""))
            if kind == "worksheet":
                yield sheet.get("name", ""), path

    def rewritten(self, changed: dict[str, bytes]) -> bytes:
        """The package with other content in some of its parts (by lower-case name), packed without compression."""
        buffer, budget = io.BytesIO(), self._limits.inflated_bytes
        with zipfile.ZipFile(buffer, "w") as archive:
            for name, entry in self._entries.items():
                content = changed[name] if name in changed else inflated(self._archive, entry, budget)
                budget -= len(content)
                if budget < 0:
                    raise Unreadable("suspicious", what="压缩比异常")
                archive.writestr(entry.filename, content)
        return buffer.getvalue()
