"""Workbook to Batch: the only code that opens a spreadsheet. `python -m loaders FILE...` is its command line."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING

from loaders.formats.content import ZIP_MAGIC
from loaders.marks.asking import marked_name, marks_of
from loaders.process import ReadingProcess, reading_process
from loaders.ready import READY
from loaders.vocabulary import vocabulary_of
from readiness.answers import Answers
from readiness.language import _
from readiness.messages import reason
from readiness.model import Batch, Look, Problem, ReadinessError

if TYPE_CHECKING:
    from readiness.reference import Reference

__all__ = ["load_workbooks", "make_ready", "mark_workbook", "marked_name", "read_photos", "read_row"]


def load_workbooks(
    files: Iterable[tuple[str, bytes]],
    reference: Reference,
    answers: Answers | None = None,
    passwords: Mapping[str, str] | None = None,
) -> Iterator[Batch]:
    """One batch a file, in order, each as soon as it is read; a zip gives one a spreadsheet in it ("zip/member").

    The books are read in a process of their own, which ends with the iteration. answers: what persons said of names,
    headings and single books. passwords: sha256 of a locked book -> its password; the batch is that of the opened book.
    """
    with reading_process(vocabulary_of(reference, answers)) as process:
        read = partial(_read, process, answers or Answers(), passwords or {})
        for name, data in files:
            yield from _batches(name, data, process, read)


def _batches(
    name: str, data: bytes, process: ReadingProcess, read: Callable[[str, bytes], Batch]
) -> Iterator[Batch]:
    batch = read(name, data)
    found = process.members(name, data) if batch.error and data.startswith(ZIP_MAGIC) else None
    if found is None:
        yield batch
        return
    members, refused = found
    for member, content in members:
        yield read(member, content)
    if refused:
        yield Batch(name, hashlib.sha256(data).hexdigest(), data, refused)


def _read(process: ReadingProcess, answers: Answers, passwords: Mapping[str, str], name: str, data: bytes) -> Batch:
    digest = hashlib.sha256(data).hexdigest()
    if password := passwords.get(digest):
        opened = process.opened(password, data)
        if isinstance(opened, Problem):
            return Batch(name, digest, data, opened)
        data, digest = opened, hashlib.sha256(opened).hexdigest()
    cells = [(sheet, cell, text) for (sheet, cell), text in answers.corrections.get(digest, {}).items()]
    return process.read(name, data, year=answers.years.get(digest), cells=cells)


def make_ready() -> None:
    """Starts a reading process ahead of need, where none is held: the next book is read without waiting for it."""
    READY.prepare()


def read_row(content: bytes, sheet: str | None, row: int, reference: Reference) -> list[tuple[str, str]]:
    """Address and text of every filled cell of a row of a book, from left to right; row counts from 1.

    sheet is None for text files. Empty for a sheet or row that the book does not have. Read in a process of its own.
    """
    with reading_process(vocabulary_of(reference)) as process:
        return process.row(sheet, row, content)


def read_photos(photos: Iterable[tuple[str, bytes]], reference: Reference) -> tuple[Look, ...]:
    """What is kept of each of these photos (name, bytes), in order, looked at in a process of its own.

    Raises ReadinessError for the first that is too large or no photo.
    """
    with reading_process(vocabulary_of(reference)) as process:
        return tuple(_photo(process, name, content) for name, content in photos)


def _photo(process: ReadingProcess, name: str, content: bytes) -> Look:
    look = process.photo(content)
    if look is None:
        raise ReadinessError(_("“{file}”不能作为照片登记：请用不超过 20 MB 的 JPG、PNG 或 WebP。").format(file=name))
    return look


def mark_workbook(content: bytes, batch: Batch, reference: Reference) -> bytes:
    """The workbook of a batch with every problem cell red and commented and their sentences in a column 问题.

    An .xlsx or .xlsm keeps its layout, formulas and pictures; other formats come back as an .xlsx with the same cells.
    Corrected and read again, its marks are passed over. Marked in a process of its own; raises ReadinessError.
    """
    with reading_process(vocabulary_of(reference)) as process:
        marked = batch.error or process.mark(marks_of(batch), content)
    if isinstance(marked, Problem):
        raise ReadinessError(reason(marked))
    return marked
