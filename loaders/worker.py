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
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, BinaryIO

from loaders.vocabulary import Vocabulary
from readiness.model import Batch, Problem, Table

MEMORY_BYTES = 1 << 30
CPU_SECONDS = 30
WALL_SECONDS = 60
_SIZE = struct.Struct("<Q")
_ROOT = Path(__file__).resolve().parent.parent


class ReadingProcess:
    """A warm process that reads one book at a time; a book that kills it costs that book alone."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = pickle.dumps(vocabulary)
        self._process: subprocess.Popen[bytes] | None = None

    def read(self, name: str, data: bytes) -> Batch:
        """The batch of one file; a file at which the process dies or stalls is an error in the batch."""
        answer = self._answered({"name": name}, data)
        if "lost" in answer:
            return Batch(name, hashlib.sha256(data).hexdigest(), data, Problem(answer["lost"]))
        if "failure" in answer:
            return _failed(name, data, answer["failure"])
        return batch_from(answer, data)

    def row(self, sheet: str | None, row: int, data: bytes) -> list[tuple[str, str]]:
        """Address and text of every filled cell of one row of a book; nothing where the book cannot be read."""
        return [tuple(cell) for cell in self._answered({"sheet": sheet, "row": row}, data).get("cells", [])]

    def _answered(self, question: Mapping[str, Any], data: bytes) -> dict[str, Any]:
        """What the process answers about the bytes; "lost" with a code when it died or stalled over them."""
        process = self._started()
        overdue = threading.Event()
        timer = threading.Timer(WALL_SECONDS, lambda: (overdue.set(), process.kill()))
        timer.start()
        try:
            _send(process.stdin, json.dumps(question).encode())
            _send(process.stdin, data)
            return json.loads(_received(process.stdout))
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
            self._process = None

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "loaders.worker"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                cwd=_ROOT,
            )
            _send(self._process.stdin, self._vocabulary)
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
    return Batch(plain["file"], plain["sha256"], data, error, tables, tuple(plain["name_context"]), plain["demo"])


def _table(plain: Mapping[str, Any]) -> Table:
    problems = tuple(
        Problem(**{**problem, "suggestions": tuple(problem["suggestions"])}) for problem in plain["rejected"]
    )
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
    )


def _plain(batch: Batch) -> dict[str, Any]:
    fields = {name: getattr(batch, name) for name in ("file", "sha256", "name_context", "demo")}
    tables = [{**vars(table), "rejected": [vars(problem) for problem in table.rejected]} for table in batch.tables]
    return {**fields, "error": dataclasses.asdict(batch.error) if batch.error else None, "tables": tables}


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
        _send(outgoing, json.dumps(_answer(question, data, vocabulary), ensure_ascii=False).encode("utf-8", "replace"))


def _answer(question: Mapping[str, Any], data: bytes, vocabulary: Vocabulary) -> dict[str, Any]:
    from loaders.book import read_book
    from loaders.written import written_row

    try:
        if "row" in question:
            return {"cells": written_row(data, question["sheet"], question["row"])}
        return _plain(read_book(question["name"], data, vocabulary))
    except Exception:  # the edge of the process: whatever it is goes to the parent's log
        return {"failure": traceback.format_exc()}


if __name__ == "__main__":
    main()
