"""Databases to measure on: the demonstration books, and the same with ten times their history."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from loaders import load_workbooks
from readiness.model import DATE_FIELDS, SITES, Batch, Table
from readiness.people import OFFICE, User
from readiness.reference import DATA, load_reference
from store import open_store, save_upload

BENCH = User("bench", OFFICE)
WEEKS = 12


def demonstration() -> list[Batch]:
    """The demonstration books as they are read."""
    files = sorted((DATA / "demo").glob("*.xlsx"))
    return list(load_workbooks([(path.name, path.read_bytes()) for path in files], load_reference()))


def filled(path: Path, batches: list[Batch], times: int) -> str:
    """The address of a database with the books and times - 1 earlier copies of their facts, each twelve weeks older."""
    url = f"sqlite:///{path.as_posix()}"
    engine, now = open_store(url), datetime.now(UTC)
    for copy in range(times):
        for batch in (earlier(batch, timedelta(weeks=WEEKS * copy), copy) for batch in batches):
            if batch.record_count:  # the register's sites hold for all days: it has no earlier copy
                save_upload(engine, batch, BENCH, now)
    return url


def earlier(batch: Batch, by: timedelta, copy: int) -> Batch:
    """The book as it would have been so much earlier: other bytes, the same sites, every other fact shifted."""
    if not copy:
        return batch
    content = f"{batch.sha256} {copy}".encode()
    tables = tuple(_shifted(table, by) for table in batch.tables if table.kind and table.kind != SITES)
    return replace(batch, sha256=hashlib.sha256(content).hexdigest(), content=content, tables=tables)


def _shifted(table: Table, by: timedelta) -> Table:
    day = _earlier(table.sheet_date, by) if table.sheet_date else None
    return replace(table, records=tuple(_record(record, by) for record in table.records), sheet_date=day)


def _record(record: Mapping[str, Any], by: timedelta) -> dict[str, Any]:
    return {name: _earlier(value, by) if name in DATE_FIELDS else value for name, value in record.items()}


def _earlier(day: str, by: timedelta) -> str:
    return (date.fromisoformat(day) - by).isoformat()
