"""The Snapshot that readiness/model names: frames of the facts that count, typed, as they were known at a time."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import Connection, Engine, Select, and_, exists, func, or_, select, true

from readiness.model import DATE_FIELDS, FACT_FRAMES, FIELDS, LEDGER, NUMBER_FIELDS, Snapshot
from store.connection import reading, utc
from store.journal import counts
from store.schema import (
    FACTS,
    UNDO,
    UPLOAD,
    changes,
    decisions,
    handovers,
    steps,
    tables,
    tallies,
    uploads,
    withdrawals,
)

LOCAL_ZONE = "Asia/Shanghai"
INSTANT = "datetime64[us, UTC]"
DAY = "datetime64[us]"

_UPLOAD_TYPES = {
    "change_id": "int64", "upload_id": "str", "file": "str", "sha256": "str", "uploaded_at": INSTANT,
    "uploaded_by": "str", "demo": "bool", "records": "int64", "rejected": "int64", "undone_at": INSTANT,
}
_SHEET_TYPES = {
    "table_id": "int64", "upload_id": "str", "sha256": "str", "sheet": "str", "table_no": "int64", "sheet_date": DAY,
    "uploaded_on": INSTANT,
}
_TALLY_TYPES = {
    "upload_id": "str", "sheet": "str", "table_no": "int64", "kind": "str", "row": "int64", "cell": "str",
    "area_code": "str", "measure": "str", "value": "float64",
}
_STEP_TYPES = {
    "step_id": "int64", "change_id": "int64", "thread": "str", "status": "str", "on": DAY, "user": "str", "at": INSTANT,
    "note": "str", "until": DAY,
}
_HANDOVER_TYPES = {
    "handover_id": "int64", "post": "str", "area_code": "str", "leaves": "str", "follows": "str", "on": DAY,
    "note": "str", "user": "str", "at": INSTANT,
}

_DECISION_TYPES = {
    "decision": "str", "decided_on": DAY, "text": "str", "owner": "str", "due_on": DAY, "area_code": "str",
    "thread": "str", "status": "str", "note": "str", "demo": "bool", "user": "str", "at": INSTANT,
}


def data_version(engine: Engine) -> int:
    """A number that grows with every write; 0 for a database that never held anything."""
    with reading(engine) as connection:
        return _version(connection)


def load_snapshot(engine: Engine, known_at: datetime | None = None, earlier: Snapshot | None = None) -> Snapshot:
    """The facts of all uploads that count and the steps that stand, at one data version.

    known_at leaves out what came later; an undone upload is left out whatever known_at says, as if it had never come.
    Facts are in the order of their uploads, tables and rows. earlier: a snapshot without known_at, of this database;
    its facts are taken over and those of later uploads alone are read, which changes nothing but the time that takes.
    """
    with reading(engine) as connection:
        came = _uploads(connection, known_at)
        held = earlier if earlier and _goes_on(earlier, came) else None
        frames = _frames(connection, and_(_known(changes, known_at), changes.c.id > (held.version if held else 0)))
        if held:
            frames = {name: _continued(getattr(held, name), new, came) for name, new in frames.items()}
        return Snapshot(version=_version(connection), uploads=came.drop(columns="change_id"),
                        steps=standing_steps(connection, known_at), **frames)


def ledger_rows(connection: Connection) -> pd.DataFrame:
    """The snapshot's ledger frame as it is within a transaction."""
    return _facts(connection, LEDGER, _sheets(connection, true()), true())


def standing_steps(connection: Connection, known_at: datetime | None = None) -> pd.DataFrame:
    """The snapshot's steps frame: those nobody has withdrawn, in the order in which they were taken."""
    query = (
        select(steps.c.id.label("step_id"), steps.c.change_id, steps.c.thread, steps.c.status, steps.c.on,
               changes.c.user, changes.c.at, steps.c.note, steps.c.until)
        .join(changes, changes.c.id == steps.c.change_id).where(_stands(), _known(changes, known_at))
        .order_by(steps.c.id))
    return _frame(connection, query, _STEP_TYPES)


def handover_rows(connection: Connection, known_at: datetime | None = None) -> pd.DataFrame:
    """All handovers in the order in which they were said: readiness.handovers.HANDOVER_COLUMNS."""
    query = (
        select(handovers.c.id.label("handover_id"), handovers.c.post, handovers.c.area_code, handovers.c.leaves,
               handovers.c.follows, handovers.c.on, handovers.c.note, changes.c.user, changes.c.at)
        .join(changes, changes.c.id == handovers.c.change_id).where(_known(changes, known_at))
        .order_by(handovers.c.id))
    return _frame(connection, query, _HANDOVER_TYPES)


def decision_rows(connection: Connection, known_at: datetime | None = None) -> pd.DataFrame:
    """store.load_decisions within a transaction."""
    said = [(changes if name in ("user", "at") else decisions).c[name] for name in _DECISION_TYPES]
    query = select(*said).join(changes, changes.c.id == decisions.c.change_id).where(
        _known(changes, known_at), or_(~decisions.c.demo, demo_counts()))
    return _frame(connection, query.order_by(decisions.c.id), _DECISION_TYPES)


def demo_counts() -> Any:
    """The condition that a book of the demonstration counts, and with it what else the demonstration brings."""
    return exists(select(uploads.c.id).where(uploads.c.demo, counts()))


def _stands() -> Any:
    """The condition that a step counts: nobody has withdrawn it."""
    return ~exists().where(withdrawals.c.step_id == steps.c.id)


def _goes_on(earlier: Snapshot, came: pd.DataFrame) -> bool:
    """Whether all uploads that count and are not newer than the earlier snapshot counted in it, word for word."""
    old = came[came["undone_at"].isna() & (came["change_id"] <= earlier.version)].drop(columns="change_id")
    known = earlier.uploads[earlier.uploads["upload_id"].isin(old["upload_id"])]
    return known.reset_index(drop=True).equals(old.reset_index(drop=True))


def _continued(held: pd.DataFrame, new: pd.DataFrame, came: pd.DataFrame) -> pd.DataFrame:
    """The held facts of the uploads that count, then the new ones."""
    counting = came.loc[came["undone_at"].isna(), "upload_id"]
    number, upload_ids = pd.factorize(held["upload_id"])
    stays = np.isin(upload_ids, counting)
    held = held if stays.all() else held[stays[number]]
    return pd.concat([held, new], ignore_index=True) if len(new) else held.reset_index(drop=True)


def _version(connection: Connection) -> int:
    return connection.scalar(select(func.coalesce(func.max(changes.c.id), 0)))


def _uploads(connection: Connection, known_at: datetime | None) -> pd.DataFrame:
    undone = changes.alias("undone")
    query = (
        select(changes.c.id.label("change_id"), uploads.c.id.label("upload_id"), uploads.c.file, uploads.c.sha256,
               changes.c.at.label("uploaded_at"), changes.c.user.label("uploaded_by"), uploads.c.demo,
               uploads.c.records, uploads.c.rejected, undone.c.at.label("undone_at"))
        .join(changes, _came(changes))
        .outerjoin(undone, and_(undone.c.upload_id == uploads.c.id, undone.c.action == UNDO))
        .where(_known(changes, known_at)).order_by(changes.c.id))
    return _frame(connection, query, _UPLOAD_TYPES)


def _frames(connection: Connection, came: Any) -> dict[str, pd.DataFrame]:
    """The snapshot's fact frames by their names, of the uploads that count and meet the condition on their coming."""
    sheets = _sheets(connection, came)
    frames = {name: _facts(connection, kind, sheets, came) for kind, name in FACT_FRAMES.items()}
    sites = frames["sites"].drop(columns=["inferred", "sheet_date", "uploaded_on"])
    return {**frames, "sites": sites, "tallies": _tallies(connection, came)}


def _sheets(connection: Connection, came: Any) -> pd.DataFrame:
    """What every fact of a table shares, one row a table that counts, indexed by table_id."""
    query = _counting_tables(
        tables.c.id.label("table_id"), tables.c.upload_id, uploads.c.sha256, tables.c.sheet,
        tables.c.ordinal.label("table_no"), tables.c.sheet_date, changes.c.at.label("uploaded_on"), came=came)
    sheets = _frame(connection, query, _SHEET_TYPES).set_index("table_id")
    local = sheets["uploaded_on"].dt.tz_convert(LOCAL_ZONE).dt.tz_localize(None)
    return sheets.assign(uploaded_on=local.dt.normalize())


def _facts(connection: Connection, kind: str, sheets: pd.DataFrame, came: Any) -> pd.DataFrame:
    facts = FACTS[kind]
    types = {"table_id": "int64", "row": "int64"} | {name: _type(name) for name in FIELDS[kind]} | {"inferred": "str"}
    query = (
        select(*(facts.c[name] for name in types))
        .where(facts.c.table_id.in_(_counting_tables(tables.c.id, came=came))).order_by(facts.c.id))
    rows = _frame(connection, query, types)
    shared = sheets.reindex(rows["table_id"]).reset_index(drop=True)
    front, back = ["upload_id", "sha256", "sheet", "table_no"], ["sheet_date", "uploaded_on"]
    return pd.concat([shared[front], rows.drop(columns="table_id"), shared[back]], axis=1)


def _tallies(connection: Connection, came: Any) -> pd.DataFrame:
    query = _counting_tables(
        tables.c.upload_id, tables.c.sheet, tables.c.ordinal.label("table_no"), tables.c.kind, tallies.c.row,
        tallies.c.cell, tallies.c.area_code, tallies.c.measure, tallies.c.value, came=came)
    return _frame(connection, query.join(tallies, tallies.c.table_id == tables.c.id).order_by(tallies.c.id),
                  _TALLY_TYPES)


def _counting_tables(*columns: Any, came: Any) -> Select:
    return select(*columns).select_from(tables).join(uploads).join(changes, _came(changes)).where(counts(), came)


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
