"""Our side of the reading process: untrusted bytes go out, batches come back; killed and replaced when it dies."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import logging
import pickle
import secrets
import subprocess
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from typing import Any

from loaders.messages import batch_from, looks_from, pictures_from, problem_from, received, send
from loaders.ready import READY
from loaders.vocabulary import Vocabulary
from readiness.model import Batch, Look, Problem

WALL_SECONDS = 60


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
        return dataclasses.replace(batch, pictures=pictures_from(answer), warnings=warnings)

    def members(self, name: str, data: bytes) -> tuple[list[tuple[str, bytes]], Problem | None] | None:
        """The spreadsheets of a zip as ("zip/member", bytes), and why there are no more; None for any other bytes."""
        answer = self._answered({"zip": name}, data)
        if "members" not in answer:
            return None
        refused = answer["refused"] and problem_from(answer["refused"])
        return list(zip(answer["members"], answer["blobs"], strict=True)), refused

    def opened(self, password: str, data: bytes) -> bytes | Problem:
        """A locked book as it was before it was locked, or why it stays locked."""
        answer = self._answered({"password": password}, data)
        if answer.get("blobs"):
            return answer["blobs"][0]
        return problem_from(answer["refused"]) if "refused" in answer else Problem(answer.get("lost", "broken_file"))

    def row(self, sheet: str | None, row: int, data: bytes) -> list[tuple[str, str]]:
        """Address and text of every filled cell of one row of a book; nothing where the book cannot be read."""
        return [tuple(cell) for cell in self._answered({"sheet": sheet, "row": row}, data).get("cells", [])]

    def photo(self, data: bytes) -> Look | None:
        """What is kept of a photo; None for bytes that cannot be shown."""
        return next(iter(looks_from(self._answered({"photo": True}, data), data)), None)

    def mark(self, tables: list[dict[str, Any]], data: bytes) -> bytes | Problem:
        """The book with the marks of its tables (marks_of); the problem where it cannot be marked."""
        answer = self._answered({"mark": tables}, data)
        if "lost" in answer:
            return Problem(answer["lost"])
        if "failure" in answer:
            return _failed("", data, answer["failure"]).error
        return problem_from(answer["refused"]) if "refused" in answer else answer["blobs"][0]

    def _answered(self, question: Mapping[str, Any], data: bytes) -> dict[str, Any]:
        """What the process answers about the bytes; "lost" with a code when it died or stalled over them."""
        process = self._started()
        overdue = threading.Event()
        timer = threading.Timer(WALL_SECONDS, lambda: (overdue.set(), process.kill()))
        timer.start()
        try:
            if not self._knows:
                send(process.stdin, self._vocabulary)
                self._knows = True
            send(process.stdin, json.dumps(question).encode())
            send(process.stdin, data)
            answer = json.loads(received(process.stdout))
            return {**answer, "blobs": [received(process.stdout) for _ in range(answer.get("blobs", 0))]}
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


def _unseen(places: Iterable[Sequence[Any]]) -> Iterator[Problem]:
    """One warning a sheet on which pictures cannot be shown, with the first of their cells."""
    by_sheet: dict[str, list[Sequence[Any]]] = {}
    for place in places:
        by_sheet.setdefault(place[1], []).append(place)
    for sheet, [(_, _, row, field, cell, _), *others] in by_sheet.items():
        yield Problem("pictures_unseen", sheet, row, cell, field, facts={"count": 1 + len(others)})


def _failed(name: str, data: bytes, traceback_: str) -> Batch:
    """A fault of ours: the log has it under a reference that the user can quote."""
    reference = secrets.token_hex(4)
    logging.getLogger(__name__).error(
        "reading %s failed, reference %s\n%s", hashlib.sha256(data).hexdigest()[:12], reference, traceback_
    )
    return Batch(name, hashlib.sha256(data).hexdigest(), data, Problem("reader_failed", facts={"reference": reference}))
