"""Pictures that stand on the rows of uploads that count: where, how they look in small, and their originals."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd
from sqlalchemy import Connection, Engine, insert, select

from readiness.language import _
from readiness.model import Look, ReadinessError
from readiness.pictures import Album
from store import schema
from store.connection import reading
from store.journal import counts

USE_TYPES = {"upload_id": "str", "sheet": "str", "table_no": "int64", "row": "int64", "field": "str",
             "ordinal": "int64", "sha256": "str", "media_type": "str", "phash": "str"}


def picture_uses(engine: Engine) -> pd.DataFrame:
    """One row a picture on a row of a table that counts, in the order of the books: USE_TYPES.

    field: photos_before, photos_after or photos. phash is missing for a picture that shows too little.
    """
    uses, pictures, tables = schema.picture_uses, schema.pictures, schema.tables
    query = (
        select(tables.c.upload_id, tables.c.sheet, tables.c.ordinal, uses.c.row, uses.c.field, uses.c.ordinal,
               uses.c.sha256, pictures.c.media_type, pictures.c.phash)
        .select_from(uses).join(pictures).join(tables, tables.c.id == uses.c.table_id).join(schema.uploads)
        .where(counts()).order_by(uses.c.id))
    with reading(engine) as connection:
        rows = connection.execute(query).all()
    columns = zip(*rows, strict=True) if rows else [()] * len(USE_TYPES)
    return pd.DataFrame({name: pd.Series(values, dtype=dtype)
                         for (name, dtype), values in zip(USE_TYPES.items(), columns, strict=True)})


def step_pictures(engine: Engine) -> pd.DataFrame:
    """One row a picture of a step on screen, in the order in which they came: step_id, sha256."""
    shown = schema.step_pictures.c
    with reading(engine) as connection:
        rows = connection.execute(select(shown.step_id, shown.sha256).order_by(shown.id)).all()
    return pd.DataFrame(rows, columns=["step_id", "sha256"]).astype({"step_id": "int64", "sha256": "str"})


def album(engine: Engine) -> Album:
    """All pictures that count, for what reports show of them."""
    return Album(picture_uses(engine), step_pictures(engine), lambda hashes: thumbnails(engine, hashes),
                 lambda sha256: original_picture(engine, sha256))


def thumbnails(engine: Engine, hashes: Iterable[str]) -> dict[str, bytes]:
    """The small JPEG of each of these pictures, by the hash of its original."""
    query = select(schema.pictures.c.sha256, schema.pictures.c.thumbnail)
    with reading(engine) as connection:
        rows = connection.execute(query.where(schema.pictures.c.sha256.in_(list(hashes)))).all()
    return {row.sha256: row.thumbnail for row in rows}


def original_picture(engine: Engine, sha256: str) -> bytes:
    """The bytes of a picture as they came. Raises ReadinessError for an unknown one."""
    query = select(schema.pictures.c.content).where(schema.pictures.c.sha256 == sha256)
    with reading(engine) as connection:
        content = connection.scalar(query)
    if content is None:
        raise ReadinessError(_("没有这张照片，请刷新页面。"))
    return content


def keep_pictures(connection: Connection, shown: Iterable[Look]) -> None:
    """Adds, within a transaction, those of these pictures whose bytes are not there yet."""
    by_hash = {picture.sha256: picture for picture in shown}
    known = set(connection.scalars(select(schema.pictures.c.sha256).where(schema.pictures.c.sha256.in_(by_hash))))
    names = [column.name for column in schema.pictures.c]
    for sha256 in by_hash.keys() - known:
        row = {name: getattr(by_hash[sha256], name) for name in names}
        connection.execute(insert(schema.pictures), row)
