"""Uploads: a workbook's facts, problems and original go in together, in one transaction, or not at all."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, Engine, exists, func, insert, select

from readiness.language import _
from readiness.messages import sentence
from readiness.model import FIELDS, Batch, Picture, Problem, ReadinessError, Table
from readiness.people import User, refuse_change
from store.connection import reading, writing
from store.journal import counts, record_change
from store.pictures import keep_pictures
from store.schema import FACTS, UPLOAD, originals, picture_uses, problems, tables, tallies, uploads

COMMITTED = "committed"
UNCHANGED = "unchanged"


@dataclass(frozen=True)
class Saved:
    """What became of an upload: committed, or unchanged when the same book is in already; then the id is that one's."""

    status: str
    upload_id: str
    records: int
    rejected: int


def save_upload(engine: Engine, batch: Batch, user: User, at: datetime) -> Saved:
    """Everything a workbook says, its pictures, its original's bytes and who brought it when, in one transaction.

    The same bytes under the same name_context with the same corrections and as many records and problems as an upload
    that counts are unchanged, and nothing is written.
    Raises ReadinessError for a file that could not be read, for a book without a table of ours and for one that speaks
    of areas that are not the user's to change.
    """
    _refuse_unusable(batch)
    refuse_change(user, {record["area_code"] for table in batch.tables for record in table.records})
    context = json.dumps(batch.name_context, ensure_ascii=False)
    corrections = json.dumps(batch.corrections, ensure_ascii=False, sort_keys=True)
    with writing(engine) as connection:
        known = _counting_twin(connection, batch, context, corrections)
        if known is not None:
            return Saved(UNCHANGED, known.id, known.records, known.rejected)
        upload_id = _next_id(connection)
        _insert_original(connection, batch)
        connection.execute(insert(uploads).values(
            id=upload_id, file=batch.file, sha256=batch.sha256, name_context=context, demo=batch.demo,
            records=batch.record_count, rejected=batch.rejected_count, corrections=corrections))
        record_change(connection, user, at, UPLOAD, upload_id)
        table_ids = [_insert_table(connection, upload_id, ordinal, table) for ordinal, table in enumerate(batch.tables)]
        _insert_pictures(connection, table_ids, batch.pictures)
    return Saved(COMMITTED, upload_id, batch.record_count, batch.rejected_count)


def original(engine: Engine, upload_id: str) -> tuple[str, bytes]:
    """The file's name and the bytes of an upload as they came. Raises ReadinessError for an unknown upload."""
    with reading(engine) as connection:
        row = connection.execute(
            select(uploads.c.file, originals.c.content).join(originals).where(uploads.c.id == upload_id)).one_or_none()
    if row is None:
        raise ReadinessError(unknown_upload(upload_id))
    return row.file, row.content


def corrections(engine: Engine, upload_id: str) -> Mapping[str, Any]:
    """What a person said of an upload's book before it was saved, as Batch.corrections; empty for an unknown upload."""
    with reading(engine) as connection:
        said = connection.scalar(select(uploads.c.corrections).where(uploads.c.id == upload_id))
    return json.loads(said or "{}")


def rejected_rows(engine: Engine, upload_id: str) -> list[Problem]:
    """What an upload did not load, in the order of the book: problems as the loaders found them."""
    columns = [problems.c[name] for name in ("code", "sheet", "row", "cell", "field", "value", "suggestions", "facts")]
    query = (select(*columns).join(tables).where(tables.c.upload_id == upload_id).order_by(problems.c.id))
    with reading(engine) as connection:
        rows = connection.execute(query).mappings().all()
    return [Problem(**{**row, "suggestions": tuple(row["suggestions"])}) for row in rows]


def unknown_upload(upload_id: str) -> str:
    """The sentence about an upload that was never there."""
    return _("没有编号为“{upload}”的上传，请到上传记录里查看编号。").format(upload=upload_id)


def _refuse_unusable(batch: Batch) -> None:
    if batch.error is not None:
        raise ReadinessError(sentence(batch.error, batch.file))
    if not any(table.kind for table in batch.tables):
        raise ReadinessError(sentence(Problem("no_table"), batch.file))


def _counting_twin(connection: Connection, batch: Batch, context: str, corrections: str) -> Any:
    return connection.execute(
        select(uploads.c.id, uploads.c.records, uploads.c.rejected).where(
            uploads.c.sha256 == batch.sha256, uploads.c.name_context == context, uploads.c.corrections == corrections,
            uploads.c.records == batch.record_count, uploads.c.rejected == batch.rejected_count, counts())).first()


def _next_id(connection: Connection) -> str:
    return f"u{connection.scalar(select(func.count()).select_from(uploads)) + 1:04d}"


def _insert_original(connection: Connection, batch: Batch) -> None:
    if not connection.scalar(select(exists().where(originals.c.sha256 == batch.sha256))):
        connection.execute(insert(originals).values(sha256=batch.sha256, content=batch.content))


def _insert_table(connection: Connection, upload_id: str, ordinal: int, table: Table) -> int:
    table_id = connection.execute(insert(tables).values(
        upload_id=upload_id, ordinal=ordinal, sheet=table.sheet, kind=table.kind, sheet_date=table.sheet_date,
        header_rows=list(table.header_rows), ignored=[list(pair) for pair in table.ignored],
        columns=dict(table.columns), sources=dict(table.sources))).inserted_primary_key[0]
    if table.records:
        connection.execute(insert(FACTS[table.kind]), _fact_rows(table_id, table.kind, table.records))
    if table.tallies:
        connection.execute(insert(tallies), [{"table_id": table_id, **tally} for tally in table.tallies])
    if table.rejected:
        connection.execute(insert(problems), [_problem_row(table_id, problem) for problem in table.rejected])
    return table_id


def _insert_pictures(connection: Connection, table_ids: list[int], shown: tuple[Picture, ...]) -> None:
    """The pictures of a book whose tables have these ids: the bytes of those that are new, and where each stands."""
    if not shown:
        return
    keep_pictures(connection, shown)
    uses = [{"table_id": table_ids[picture.table_no], "row": picture.row, "field": picture.field, "ordinal": ordinal,
             "sha256": picture.sha256}
            for _key, same in groupby(shown, lambda picture: (picture.table_no, picture.row, picture.field))
            for ordinal, picture in enumerate(same)]
    connection.execute(insert(picture_uses), uses)


def _fact_rows(table_id: int, kind: str, records: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    return [{"table_id": table_id, "row": record["row"], "inferred": ",".join(record.get("inferred", ())) or None,
             **{name: record.get(name) for name in FIELDS[kind]}} for record in records]


def _problem_row(table_id: int, problem: Problem) -> dict[str, Any]:
    return {"table_id": table_id, "code": problem.code, "sheet": problem.sheet, "row": problem.row,
            "cell": problem.cell, "field": problem.field, "value": problem.value,
            "suggestions": list(problem.suggestions), "facts": dict(problem.facts)}
