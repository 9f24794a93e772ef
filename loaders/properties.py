"""Properties of a book: the marks that it carries among its keywords, of demonstration data and of a form of ours."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from loaders.formats.content import part
from readiness.model import Problem, Table

DEMO_MARK = "示例数据"
OWN_FORM = "own template"
_KEYWORDS = re.compile(rb"<(?:cp|meta):keywords?>(.*?)</(?:cp|meta):keywords?>", re.DOTALL)
_STAMP = re.compile(r"readiness-template ([0-9a-f]{12}) [a-z]+")


def keywords(data: bytes) -> str:
    """What a package says as its keywords; "" for any other file."""
    if not data.startswith(b"PK"):
        return ""
    said = (found for name in ("docProps/core.xml", "meta.xml") for found in _KEYWORDS.findall(part(data, name)))
    return b" ".join(said).decode("utf-8", "replace")


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
