"""Text files with separators (.csv, .tsv) as grids: encoding and separator by content."""

from __future__ import annotations

import codecs
import csv
import io
import re

from loaders.formats.content import LIMITS, Limits, Unreadable
from loaders.formats.notes import Notes, notes_without_errors
from loaders.formats.warnings import warnings_of
from loaders.grid import Sheet
from readiness.model import Problem

_SEPARATORS = (",", "\t", ";", "，")
_QUOTED_TEXT = re.compile(r'^="(.*)"$', re.DOTALL)


def read_delimited(data: bytes, limits: Limits = LIMITS) -> list[Sheet]:
    """The one sheet of a text file; raises Unreadable when the bytes are no text."""
    text, lost = _decoded(data)
    separator = _separator(text)
    csv.field_size_limit(limits.part_bytes)
    rows, cells = [], 0
    for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator):
        cells += len(row)
        if cells > limits.cells:
            raise Unreadable("too_many_cells", limit=limits.cells)
        rows.append([_QUOTED_TEXT.sub(r"\1", value) for value in row])
    notes = notes_without_errors(rows) if "#" in text else Notes()
    warnings = (Problem("encoding", facts={"count": lost}),) if lost else ()
    return [Sheet(None, rows, warnings=warnings + warnings_of(None, rows, False, notes))]


def decoded(data: bytes) -> str:
    """The text of the bytes: by BOM, as UTF-16 without one, as UTF-8, as GB18030, else as the one of the last two that
    loses less than one character in a hundred; raises Unreadable otherwise."""
    return _decoded(data)[0]


def _decoded(data: bytes) -> tuple[str, int]:
    """The text, and how many of its characters are lost."""
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if data.startswith(mark):
            return _strict(data, encoding), 0
    if b"\0" in data[:4096]:
        return _strict(data, max(("utf-16-le", "utf-16-be"), key=lambda encoding: _marks(data, encoding))), 0
    for errors, encoding in (("strict", "utf-8"), ("strict", "gb18030"), ("replace", "utf-8"), ("replace", "gb18030")):
        try:
            text = data.decode(encoding, errors)
        except UnicodeDecodeError:
            continue
        lost = text.count("\ufffd") if errors == "replace" else 0
        if _is_text(text) and lost <= len(text) * 0.01:
            return text, lost
    raise Unreadable("not_spreadsheet", actual="无法识别的内容")


def _marks(data: bytes, encoding: str) -> int:
    """How many line ends and separators the bytes hold in an encoding: read the wrong way round they are none."""
    text = data[:4096].decode(encoding, "replace")
    return sum(map(text.count, "\n,;\t"))


def _strict(data: bytes, encoding: str) -> str:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise Unreadable("not_spreadsheet", actual="无法识别的内容") from error
    if not _is_text(text):
        raise Unreadable("not_spreadsheet", actual="无法识别的内容")
    return text


def _is_text(text: str) -> bool:
    sample = text[:20000]
    odd = sum(1 for mark in sample if (ord(mark) < 32 and mark not in "\t\r\n\v\f") or 0xE000 <= ord(mark) <= 0xF8FF)
    return odd <= len(sample) * 0.01


def _separator(text: str) -> str:
    lines = [line for line in text[:20000].splitlines() if line.strip()][:60]
    if not lines:
        return ","
    counts = {mark: sorted((line.count(mark) for line in lines), reverse=True) for mark in _SEPARATORS}
    typical = {mark: values[len(values) // 2] for mark, values in counts.items()}
    best = max(_SEPARATORS, key=lambda mark: (typical[mark], counts[mark][0]))
    # A full-width comma is also punctuation: it parts columns only where no other mark does.
    if best == "，" and max(typical[mark] for mark in _SEPARATORS[:3]) > 0:
        return max(_SEPARATORS[:3], key=lambda mark: (typical[mark], counts[mark][0]))
    return best
