"""The reading process: untrusted bytes in, plain values out, with limits; killed and replaced when it dies."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import logging
import pickle
import secrets
import struct
import subprocess
import sys
import threading
import traceback
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from typing import Any, BinaryIO

from loaders.ready import READY
from loaders.vocabulary import Vocabulary
from readiness.model import Batch, Picture, Problem, Table

MEMORY_BYTES = 1 << 30
CPU_SECONDS = 30
WALL_SECONDS = 60
_SIZE = struct.Struct("<Q")
_BYTES = ("content", "thumbnail")


class ReadingProcess:
    """A warm process that reads one book at a time; a book that kills it costs that book alone."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = pickle.dumps(vocabulary)
        self._process: subprocess.Popen[bytes] | None = None
        self._knows = False  # the vocabulary

    def read(self, name: str, data: bytes, **said: Any) -> Batch:
        """The batch of one file; a file at which the process dies or stalls is an error in the batch.

        said: what else read_book takes, as plain values.
        """
        answer = self._answered({"name": name, "said": said}, data)
        if "lost" in answer:
            return Batch(name, hashlib.sha256(data).hexdigest(), data, Problem(answer["lost"]))
        if "failure" in answer:
            return _failed(name, data, answer["failure"])
        return self._with_pictures(batch_from(answer, data))

    def _with_pictures(self, batch: Batch) -> Batch:
        """The batch with its pictures; asked for on their own, so that a picture costs no row."""
        tables = enumerate(batch.tables)
        places = [(number, table.sheet, *place) for number, table in tables for place in table.pictures]
        if not places:
            return batch
        answer = self._answered({"places": places}, batch.content)
        warnings = (*batch.warnings, *_unseen(answer.get("unseen", places)))
        return dataclasses.replace(batch, pictures=_pictures(answer), warnings=warnings)

    def members(self, name: str, data: bytes) -> tuple[list[tuple[str, bytes]], Problem | None] | None:
        """The spreadsheets of a zip as ("zip/member", bytes), and why there are no more; None for any other bytes."""
        answer = self._answered({"zip": name}, data)
        if "members" not in answer:
            return None
        refused = answer["refused"] and _problem(answer["refused"])
        return list(zip(answer["members"], answer["blobs"], strict=True)), refused

    def opened(self, password: str, data: bytes) -> bytes | Problem:
        """A locked book as it was before it was locked, or why it stays locked."""
        answer = self._answered({"password": password}, data)
        if answer.get("blobs"):
            return answer["blobs"][0]
        return _problem(answer["refused"]) if "refused" in answer else Problem(answer.get("lost", "broken_file"))

    def row(self, sheet: str | None, row: int, data: bytes) -> list[tuple[str, str]]:
        """Address and text of every filled cell of one row of a book; nothing where the book cannot be read."""
        return [tuple(cell) for cell in self._answered({"sheet": sheet, "row": row}, data).get("cells", [])]

    def mark(self, tables: list[dict[str, Any]], data: bytes) -> bytes | Problem:
        """The book with the marks of its tables (marks_of); the problem where it cannot be marked."""
        answer = self._answered({"mark": tables}, data)
        if "lost" in answer:
            return Problem(answer["lost"])
        if "failure" in answer:
            return _failed("", data, answer["failure"]).error
        return _problem(answer["refused"]) if "refused" in answer else answer["blobs"][0]

    def _answered(self, question: Mapping[str, Any], data: bytes) -> dict[str, Any]:
        """What the process answers about the bytes; "lost" with a code when it died or stalled over them."""
        process = self._started()
        overdue = threading.Event()
        timer = threading.Timer(WALL_SECONDS, lambda: (overdue.set(), process.kill()))
        timer.start()
        try:
            if not self._knows:
                _send(process.stdin, self._vocabulary)
                self._knows = True
            _send(process.stdin, json.dumps(question).encode())
            _send(process.stdin, data)
            answer = json.loads(_received(process.stdout))
            return {**answer, "blobs": [_received(process.stdout) for _ in range(answer.get("blobs", 0))]}
        except (OSError, EOFError, json.JSONDecodeError):
            self.close()
            return {"lost": "timeout" if overdue.is_set() else "reader_died"}
        finally:
            timer.cancel()

    def close(self) -> None:
        """Ends the process."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            for stream in (self._process.stdin, self._process.stdout):
                with suppress(OSError):
                    stream.close()
            self._process, self._knows = None, False

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self._process, self._knows = READY.take(), False
        return self._process


@contextmanager
def reading_process(vocabulary: Vocabulary) -> Iterator[ReadingProcess]:
    """A reading process for a batch of files, ended afterwards."""
    process = ReadingProcess(vocabulary)
    try:
        yield process
    finally:
        process.close()


def batch_from(plain: Mapping[str, Any], data: bytes) -> Batch:
    """The batch that the reading process sent as plain values."""
    error = Problem(**plain["error"]) if plain["error"] else None
    tables = tuple(_table(table) for table in plain["tables"])
    warnings = tuple(_problem(warning) for warning in plain["warnings"])
    return Batch(plain["file"], plain["sha256"], data, error, tables, tuple(plain["name_context"]), plain["demo"],
                 plain["corrections"], warnings=warnings)


def _problem(plain: Mapping[str, Any]) -> Problem:
    return Problem(**{**plain, "suggestions": tuple(plain["suggestions"])})


def _table(plain: Mapping[str, Any]) -> Table:
    problems = tuple(_problem(problem) for problem in plain["rejected"])
    return Table(
        plain["sheet"],
        plain["kind"],
        tuple(plain["header_rows"]),
        tuple(plain["records"]),
        problems,
        tuple((row, reason) for row, reason in plain["ignored"]),
        plain["sheet_date"],
        plain["sources"],
        plain["columns"],
        plain["letters"],
        tuple(tuple(place) for place in plain["pictures"]),
        plain["how"],
    )


def _pictures(answer: Mapping[str, Any]) -> tuple[Picture, ...]:
    blobs, told = answer.get("blobs", ()), answer.get("pictures", ())
    return tuple(Picture(**picture, content=blobs[blob], thumbnail=blobs[blob + 1]) for picture, blob in told)


def _unseen(places: Iterable[Sequence[Any]]) -> Iterator[Problem]:
    """One warning a sheet on which pictures cannot be shown, with the first of their cells."""
    by_sheet: dict[str, list[Sequence[Any]]] = {}
    for place in places:
        by_sheet.setdefault(place[1], []).append(place)
    for sheet, [(_, _, row, field, cell, _), *others] in by_sheet.items():
        yield Problem("pictures_unseen", sheet, row, cell, field, facts={"count": 1 + len(others)})


def _plain(batch: Batch) -> dict[str, Any]:
    fields = {name: getattr(batch, name) for name in ("file", "sha256", "name_context", "demo", "corrections")}
    tables = [{**vars(table), "rejected": [vars(problem) for problem in table.rejected]} for table in batch.tables]
    error, warnings = vars(batch.error) if batch.error else None, [vars(warning) for warning in batch.warnings]
    return {**fields, "error": error, "tables": tables, "warnings": warnings}


def _plain_pictures(pictures: Iterable[Picture]) -> tuple[list[tuple[dict[str, Any], int]], list[bytes]]:
    """Each picture's facts with the place of its bytes, the thumbnail's after them; and all bytes, each once."""
    places: dict[str, int] = {}
    blobs: list[bytes] = []
    for picture in pictures:
        if picture.sha256 not in places:
            places[picture.sha256] = len(blobs)
            blobs += [picture.content, picture.thumbnail]
    told = ((vars(picture), places[picture.sha256]) for picture in pictures)
    return [({name: fact for name, fact in facts.items() if name not in _BYTES}, place) for facts, place in told], blobs


def _failed(name: str, data: bytes, traceback_: str) -> Batch:
    """A fault of ours: the log has it under a reference that the user can quote."""
    reference = secrets.token_hex(4)
    logging.getLogger(__name__).error(
        "reading %s failed, reference %s\n%s", hashlib.sha256(data).hexdigest()[:12], reference, traceback_
    )
    return Batch(name, hashlib.sha256(data).hexdigest(), data, Problem("reader_failed", facts={"reference": reference}))


def _send(stream: BinaryIO, data: bytes) -> None:
    stream.write(_SIZE.pack(len(data)))
    stream.write(data)
    stream.flush()


def _received(stream: BinaryIO) -> bytes:
    size = _SIZE.unpack(_exactly(stream, _SIZE.size))[0]
    return _exactly(stream, size)


def _exactly(stream: BinaryIO, size: int) -> bytes:
    data = stream.read(size)
    if len(data) < size:
        raise EOFError
    return data


def _limit(seconds: int) -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limits; there the wall clock alone ends a book
        return
    used = sum(resource.getrusage(resource.RUSAGE_SELF)[:2])
    resource.setrlimit(resource.RLIMIT_CPU, (int(used) + seconds, resource.RLIM_INFINITY))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, resource.RLIM_INFINITY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main() -> None:
    """Reads books from standard input until it ends, and answers each on standard output."""
    import loaders.book  # noqa: F401  warm before the limits begin

    incoming, outgoing = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr
    vocabulary = pickle.loads(_received(incoming))  # from the parent, which is us
    while True:
        try:
            question = json.loads(_received(incoming))
        except EOFError:
            return
        data = _received(incoming)
        _limit(CPU_SECONDS)
        for frame in _frames(question, data, vocabulary):
            _send(outgoing, frame)


def _frames(question: Mapping[str, Any], data: bytes, vocabulary: Vocabulary) -> list[bytes]:
    """The answer as it is sent; what it was made of is let go before the other side needs memory for it."""
    answer, blobs = _answer(question, data, vocabulary)
    plain = json.dumps({**answer, "blobs": len(blobs)}, ensure_ascii=False)
    return [plain.encode("utf-8", "replace"), *blobs]


def _answer(question: Mapping[str, Any], data: bytes, vocabulary: Vocabulary) -> tuple[dict[str, Any], list[bytes]]:
    """What is answered, as plain values, and the bytes that go with it."""
    from loaders.book import read_book
    from loaders.written import written_row

    try:
        if "mark" in question:
            return _marked(data, question["mark"])
        if "places" in question:
            from loaders.pictures import read_pictures  # only for books with pictures: it needs much memory

            pictures, unseen = read_pictures(data, question["places"])
            plain, blobs = _plain_pictures(pictures)
            return {"pictures": plain, "unseen": unseen}, blobs
        if "zip" in question:
            return _members(data, question["zip"])
        if "password" in question:
            return _opened(data, question["password"])
        if "row" in question:
            return {"cells": written_row(data, question["sheet"], question["row"])}, []
        return _plain(read_book(question["name"], data, vocabulary, **question["said"])), []
    except MemoryError:
        return {"lost": "reader_died"}, []
    except Exception:  # the edge of the process: whatever it is goes to the parent's log
        return {"failure": traceback.format_exc()}, []


def _marked(data: bytes, tables: list[dict[str, Any]]) -> tuple[dict[str, Any], list[bytes]]:
    from loaders.formats.content import Unreadable
    from loaders.marking import marked_book

    try:
        return {}, [marked_book(data, tables)]
    except Unreadable as refused:
        return {"refused": vars(refused.problem)}, []


def _members(data: bytes, name: str) -> tuple[dict[str, Any], list[bytes]]:
    from loaders.formats.content import Unreadable, is_zip_of_books, zip_members

    if not is_zip_of_books(data):
        return {}, []
    found, refused = [], None
    try:
        for member in zip_members(name, data):
            found.append(member)
    except Unreadable as refusal:
        refused = vars(refusal.problem)
    return {"members": [path for path, content in found], "refused": refused}, [content for path, content in found]


def _opened(data: bytes, password: str) -> tuple[dict[str, Any], list[bytes]]:
    from loaders.formats.content import Unreadable
    from loaders.formats.locked import unlocked

    try:
        return {}, [unlocked(data, password)]
    except Unreadable as refused:
        return {"refused": vars(refused.problem)}, []


if __name__ == "__main__":
    main()
