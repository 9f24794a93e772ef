"""Workbook to Batch: the only code that opens a spreadsheet. `python -m loaders FILE...` is its command line."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from loaders.formats.content import Unreadable, is_zip_of_books, zip_members
from loaders.vocabulary import vocabulary_of
from loaders.worker import ReadingProcess, reading_process
from readiness.model import Batch

if TYPE_CHECKING:
    from readiness.reference import Reference

__all__ = ["load_workbooks", "read_row"]


def load_workbooks(files: Iterable[tuple[str, bytes]], reference: Reference) -> Iterator[Batch]:
    """One batch a file, in order, each as soon as it is read; a zip gives one a spreadsheet in it ("zip/member").

    The books are read in a process of their own, which ends with the iteration.
    """
    with reading_process(vocabulary_of(reference)) as process:
        for name, data in files:
            yield from _batches(name, data, process)


def _batches(name: str, data: bytes, process: ReadingProcess) -> Iterator[Batch]:
    if not is_zip_of_books(data):
        yield process.read(name, data)
        return
    try:
        for member, content in zip_members(name, data):
            yield process.read(member, content)
    except Unreadable as refused:
        yield Batch(name, hashlib.sha256(data).hexdigest(), data, refused.problem)


def read_row(content: bytes, sheet: str | None, row: int, reference: Reference) -> list[tuple[str, str]]:
    """Address and text of every filled cell of a row of a book, from left to right; row counts from 1.

    sheet is None for text files. Empty for a sheet or row that the book does not have. Read in a process of its own.
    """
    with reading_process(vocabulary_of(reference)) as process:
        return process.row(sheet, row, content)
