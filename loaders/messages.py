"""Messages between the reading process and ours: batches and pictures as plain values, and frames of bytes."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Mapping
from typing import Any, BinaryIO

from readiness.model import Batch, Look, Picture, Problem, Table

_SIZE = struct.Struct("<Q")
_BYTES = ("content", "thumbnail")


def batch_from(plain: Mapping[str, Any], data: bytes) -> Batch:
    """The batch that the reading process sent as plain values."""
    error = Problem(**plain["error"]) if plain["error"] else None
    tables = tuple(_table(table) for table in plain["tables"])
    warnings = tuple(problem_from(warning) for warning in plain["warnings"])
    return Batch(plain["file"], plain["sha256"], data, error, tables, tuple(plain["name_context"]), plain["demo"],
                 plain["corrections"], warnings=warnings)


def problem_from(plain: Mapping[str, Any]) -> Problem:
    return Problem(**{**plain, "suggestions": tuple(plain["suggestions"])})


def _table(plain: Mapping[str, Any]) -> Table:
    problems = tuple(problem_from(problem) for problem in plain["rejected"])
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
        tuple(plain["tallies"]),
    )


def pictures_from(answer: Mapping[str, Any]) -> tuple[Picture, ...]:
    blobs, told = answer.get("blobs", ()), answer.get("pictures", ())
    return tuple(Picture(**picture, content=blobs[blob], thumbnail=blobs[blob + 1]) for picture, blob in told)


def looks_from(answer: Mapping[str, Any], content: bytes) -> tuple[Look, ...]:
    """What was seen in a photo of that content: one Look, or none."""
    return tuple(Look(**look, content=content, thumbnail=thumbnail)
                 for look, thumbnail in zip(answer.get("looks", ()), answer.get("blobs", ()), strict=True))


def plain_batch(batch: Batch) -> dict[str, Any]:
    fields = {name: getattr(batch, name) for name in ("file", "sha256", "name_context", "demo", "corrections")}
    tables = [{**vars(table), "rejected": [vars(problem) for problem in table.rejected]} for table in batch.tables]
    error, warnings = vars(batch.error) if batch.error else None, [vars(warning) for warning in batch.warnings]
    return {**fields, "error": error, "tables": tables, "warnings": warnings}


def plain_pictures(pictures: Iterable[Picture]) -> tuple[list[tuple[dict[str, Any], int]], list[bytes]]:
    """Each picture's facts with the place of its bytes, the thumbnail's after them; and all bytes, each once."""
    places: dict[str, int] = {}
    blobs: list[bytes] = []
    for picture in pictures:
        if picture.sha256 not in places:
            places[picture.sha256] = len(blobs)
            blobs += [picture.content, picture.thumbnail]
    told = ((vars(picture), places[picture.sha256]) for picture in pictures)
    return [({name: fact for name, fact in facts.items() if name not in _BYTES}, place) for facts, place in told], blobs


def plain_looks(looks: Iterable[Look]) -> tuple[list[dict[str, Any]], list[bytes]]:
    """Each look's facts, and their thumbnails; the content is where the question came from."""
    told = [({name: fact for name, fact in vars(look).items() if name not in _BYTES}, look.thumbnail) for look in looks]
    return [facts for facts, _ in told], [thumbnail for _, thumbnail in told]


def send(stream: BinaryIO, data: bytes) -> None:
    stream.write(_SIZE.pack(len(data)))
    stream.write(data)
    stream.flush()


def received(stream: BinaryIO) -> bytes:
    size = _SIZE.unpack(_exactly(stream, _SIZE.size))[0]
    return _exactly(stream, size)


def _exactly(stream: BinaryIO, size: int) -> bytes:
    data = stream.read(size)
    if len(data) < size:
        raise EOFError
    return data
