"""Properties of a book: the marks that it carries among its keywords, of demonstration data and of a form of ours."""

from __future__ import annotations

import io
import re
import struct
from collections.abc import Iterable, Iterator
from dataclasses import replace

import olefile

from loaders.formats.content import OLE_MAGIC
from loaders.formats.package import Package
from readiness.model import Problem, Table

DEMO_MARK = "示例数据"
OWN_FORM, OWN_ORDER = "own template", "readiness-order"
_CHINESE = 936  # the code page of Chinese Windows
_BROKEN = (OSError, ValueError, LookupError, TypeError, AttributeError, AssertionError, struct.error)
_KEYWORDS = re.compile(rb"<(?:cp|meta):keywords?>(.*?)</(?:cp|meta):keywords?>", re.DOTALL)
_STAMP = re.compile(r"readiness-template[, ]+([0-9a-f]{12})\b")  # some programs set commas between words


def keywords(data: bytes) -> str:
    """What a book says as its keywords; "" for one that says none or cannot."""
    if data.startswith(OLE_MAGIC):
        return _keywords_of_ole(data)
    if not data.startswith(b"PK"):
        return ""
    package = Package(data)
    said = (found for name in ("docProps/core.xml", "meta.xml") for found in _KEYWORDS.findall(package.part(name)))
    return b" ".join(said).decode("utf-8", "replace")


def _keywords_of_ole(data: bytes) -> str:
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as ole:
            said = ole.get_metadata()
    except _BROKEN:
        return ""
    encoding = "gb18030" if said.codepage == _CHINESE else "utf-8"
    return said.keywords.decode(encoding, "replace") if isinstance(said.keywords, bytes) else ""


def standard_of_form(words: str) -> str | None:
    """The hash of the standard by which a form of ours was made, by the book's keywords; None for any other book.

    >>> standard_of_form("示例数据 readiness-template 0123456789ab ledger"), standard_of_form("台账")
    ('0123456789ab', None)
    """
    stamp = _STAMP.search(words)
    return stamp[1] if stamp else None


def with_form(tables: Iterable[Table]) -> Iterator[Table]:
    """The tables of a form of ours, which say so."""
    for table in tables:
        yield replace(table, sources={**table.sources, "template": OWN_FORM}) if table.kind else table


def outdated(form: str | None, standard: str) -> tuple[Problem, ...]:
    """The warning that a form was made by another standard than that of today."""
    return (Problem("outdated_template"),) if form and form != standard else ()
