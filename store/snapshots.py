"""The Snapshot that readiness/model names: frames of the facts that count, typed, as they were known at a time."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import pandas as pd
from sqlalchemy import Connection, Engine, Select, and_, func, select, true

from readiness.model import CHECKLIST, DATE_FIELDS, FIELDS, LEDGER, NUMBER_FIELDS, PATROLS, SITES, Snapshot
from store.connection import reading, utc
from store.schema import FACTS, UNDO, UPLOAD, changes, steps, tables, uploads
from store.steps import stands
from store.uploads import counts

LOCAL_ZONE = "Asia/Shanghai"
INSTANT = "datetime64[us, UTC]"
DAY = "datetime64[us]"

_UPLOAD_TYPES = {
    "upload_id": "str", "file": "str", "sha256": "str", "uploaded_at": INSTANT, "uploaded_by": "str", "demo": "bool",
    "records": "int64", "rejected": "int64", "undone_at": INSTANT,
}
_SHEET_TYPES = {
    "table_id": "int64", "upload_id": "str", "sha256": "str", "sheet": "str", "table_no": "int64", "sheet_date": DAY,
    "uploaded_on": INSTANT,
}
_STEP_TYPES = {
    "step_id": "int64", "thread": "str", "status": "str", "on": DAY, "user": "str", "at": INSTANT, "note": "str",
}


def data_version(engine: Engine) -> int:
    """A number that grows with every write; 0 for a database that never held anything."""
    with reading(engine) as connection:
        return _version(connection)


def load_snapshot(engine: Engine, known_at: datetime | None = None) -> Snapshot:
    """The facts of all uploads that count and the steps that stand, at one data version.

    known_at leaves out what came later; an undone upload is left out whatever known_at says, as if it had never come.
    Facts are in the order of their uploads, tables and rows.
    """
    with reading(engine) as connection:
        sheets = _sheets(connection, known_at)
        frames = {kind: _facts(connection, kind, sheets, known_at) for kind in FACTS}
        return Snapshot(
            version=_version(connection),
            uploads=_uploads(connection, known_at),
            ledger=frames[LEDGER],
            checks=frames[CHECKLIST],
            sites=frames[SITES].drop(columns=["inferred", "sheet_date", "uploaded_on"]),
            patrols=frames[PATROLS],
            steps=standing_steps(connection, known_at),
        )


def ledger_rows(connection: Connection) -> pd.DataFrame:
    """The snapshot's ledger frame as it is within a transaction."""
    return _facts(connection, LEDGER, _sheets(connection, None), None)


def standing_steps(connection: Connection, known_at: datetime | None = None) -> pd.DataFrame:
    """The snapshot's steps frame: those nobody has withdrawn, in the order in which they were taken."""
    query = (
        select(steps.c.id.label("step_id"), steps.c.thread, steps.c.status, steps.c.on, changes.c.user, changes.c.at,
               steps.c.note)
        .join(changes, changes.c.id == steps.c.change_id).where(stands(), _known(changes, known_at))
        .order_by(steps.c.id))
    return _frame(connection, query, _STEP_TYPES)


def _version(connection: Connection) -> int:
    return connection.scalar(select(func.coalesce(func.max(changes.c.id), 0)))


def _uploads(connection: Connection, known_at: datetime | None) -> pd.DataFrame:
    undone = changes.alias("undone")
    query = (
        select(uploads.c.id.label("upload_id"), uploads.c.file, uploads.c.sha256, changes.c.at.label("uploaded_at"),
               changes.c.user.label("uploaded_by"), uploads.c.demo, uploads.c.records, uploads.c.rejected,
               undone.c.at.label("undone_at"))
        .join(changes, _came(changes))
        .outerjoin(undone, and_(undone.c.upload_id == uploads.c.id, undone.c.action == UNDO))
        .where(_known(changes, known_at)).order_by(changes.c.id))
    return _frame(connection, query, _UPLOAD_TYPES)


def _sheets(connection: Connection, known_at: datetime | None) -> pd.DataFrame:
    """What every fact of a table shares, one row a table that counts, indexed by table_id."""
    query = _counting_tables(
        tables.c.id.label("table_id"), tables.c.upload_id, uploads.c.sha256, tables.c.sheet,
        tables.c.ordinal.label("table_no"), tables.c.sheet_date, changes.c.at.label("uploaded_on"), known_at=known_at)
    sheets = _frame(connection, query, _SHEET_TYPES).set_index("table_id")
    local = sheets["uploaded_on"].dt.tz_convert(LOCAL_ZONE).dt.tz_localize(None)
    return sheets.assign(uploaded_on=local.dt.normalize())


def _facts(connection: Connection, kind: str, sheets: pd.DataFrame, known_at: datetime | None) -> pd.DataFrame:
    facts = FACTS[kind]
    types = {"table_id": "int64", "row": "int64"} | {name: _type(name) for name in FIELDS[kind]} | {"inferred": "str"}
    query = (
        select(*(facts.c[name] for name in types))
        .where(facts.c.table_id.in_(_counting_tables(tables.c.id, known_at=known_at))).order_by(facts.c.id))
    rows = _frame(connection, query, types)
    shared = sheets.reindex(rows["table_id"]).reset_index(drop=True)
    front, back = ["upload_id", "sha256", "sheet", "table_no"], ["sheet_date", "uploaded_on"]
    return pd.concat([shared[front], rows.drop(columns="table_id"), shared[back]], axis=1)


def _counting_tables(*columns: Any, known_at: datetime | None) -> Select:
    return (
        select(*columns).select_from(tables).join(uploads).join(changes, _came(changes))
        .where(counts(), _known(changes, known_at)))


def _came(journal: Any) -> Any:
    return and_(journal.c.upload_id == uploads.c.id, journal.c.action == UPLOAD)


def _known(journal: Any, known_at: datetime | None) -> Any:
    return true() if known_at is None else journal.c.at <= utc(known_at)


def _type(name: str) -> str:
    if name in DATE_FIELDS:
        return DAY
    return "float64" if name in NUMBER_FIELDS else "str"


def _frame(connection: Connection, query: Select, types: Mapping[str, str]) -> pd.DataFrame:
    """The rows of a query with exactly these columns and types, also when there are none."""
    rows = connection.execute(query).all()
    columns = zip(*rows, strict=True) if rows else [()] * len(types)
    return pd.DataFrame({name: _typed(values, types[name]) for name, values in zip(types, columns, strict=True)})


def _typed(values: tuple, dtype: str) -> pd.Series:
    if dtype == DAY:
        return pd.to_datetime(pd.Series(values, dtype="str"), format="%Y-%m-%d").astype(DAY)
    if dtype == INSTANT:
        return pd.to_datetime(pd.Series(values, dtype="str"), format="ISO8601", utc=True).astype(INSTANT)
    return pd.Series(values, dtype=dtype)
