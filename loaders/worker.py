"""The reading process: questions about untrusted bytes in, plain values out, with limits on memory and time."""

from __future__ import annotations

import json
import pickle
import sys
import traceback
from collections.abc import Mapping
from typing import Any

from loaders.book import read_book
from loaders.formats.content import Unreadable, is_zip_of_books, zip_members
from loaders.formats.locked import unlocked
from loaders.messages import plain_batch, plain_looks, plain_pictures, received, send
from loaders.vocabulary import Vocabulary
from loaders.written import written_row

MEMORY_BYTES = 1 << 30
CPU_SECONDS = 30
Answer = tuple[dict[str, Any], list[bytes]]  # plain values, and the bytes that go with them


def main() -> None:
    """Answers questions from standard input on standard output until it ends."""
    incoming, outgoing = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr
    vocabulary = pickle.loads(received(incoming))  # from the parent, which is us
    while True:
        try:
            question = json.loads(received(incoming))
        except EOFError:
            return
        data = received(incoming)
        _limit(CPU_SECONDS)
        for frame in _frames(question, data, vocabulary):
            send(outgoing, frame)


def _limit(seconds: int) -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limits; there the wall clock alone ends a book
        return
    used = sum(resource.getrusage(resource.RUSAGE_SELF)[:2])
    resource.setrlimit(resource.RLIMIT_CPU, (int(used) + seconds, resource.RLIM_INFINITY))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, resource.RLIM_INFINITY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _frames(question: Mapping[str, Any], data: bytes, vocabulary: Vocabulary) -> list[bytes]:
    """The answer as it is sent; what it was made of is let go before the other side needs memory for it."""
    answer, blobs = _answer(question, data, vocabulary)
    plain = json.dumps({**answer, "blobs": len(blobs)}, ensure_ascii=False)
    return [plain.encode("utf-8", "replace"), *blobs]


def _answer(question: Mapping[str, Any], data: bytes, vocabulary: Vocabulary) -> Answer:
    asked = next((name for name in _ANSWERS if name in question), None)
    try:
        if asked is None:
            return plain_batch(read_book(question["name"], data, vocabulary, **question["said"])), []
        return _ANSWERS[asked](data, question)
    except Unreadable as refused:
        return {"refused": vars(refused.problem)}, []
    except MemoryError:
        return {"lost": "reader_died"}, []
    except Exception:  # the edge of the process: whatever it is goes to the parent's log
        return {"failure": traceback.format_exc()}, []


def _marked(data: bytes, question: Mapping[str, Any]) -> Answer:
    from loaders.marking import marked_book  # where it is asked for: few books come back marked

    return {}, [marked_book(data, question["mark"])]


def _pictures(data: bytes, question: Mapping[str, Any]) -> Answer:
    from loaders.pictures import read_pictures  # only for books with pictures: it needs much memory

    pictures, unseen = read_pictures(data, question["places"])
    plain, blobs = plain_pictures(pictures)
    return {"pictures": plain, "unseen": unseen}, blobs


def _photo(data: bytes, question: Mapping[str, Any]) -> Answer:
    from loaders.pictures import PICTURE_BYTES, look_at  # as _pictures

    look = look_at(data) if len(data) <= PICTURE_BYTES else None
    plain, blobs = plain_looks([look] if look else [])
    return {"looks": plain}, blobs


def _members(data: bytes, question: Mapping[str, Any]) -> Answer:
    """The spreadsheets of a zip, and why there are no more of them."""
    if not is_zip_of_books(data):
        return {}, []
    found, refused = [], None
    try:
        for member in zip_members(question["zip"], data):
            found.append(member)
    except Unreadable as refusal:
        refused = vars(refusal.problem)
    return {"members": [path for path, content in found], "refused": refused}, [content for path, content in found]


def _opened(data: bytes, question: Mapping[str, Any]) -> Answer:
    return {}, [unlocked(data, question["password"])]


def _row(data: bytes, question: Mapping[str, Any]) -> Answer:
    return {"cells": written_row(data, question["sheet"], question["row"])}, []


_ANSWERS = {"mark": _marked, "places": _pictures, "zip": _members, "password": _opened, "row": _row, "photo": _photo}


if __name__ == "__main__":
    main()
