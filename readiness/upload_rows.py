"""The rows of one upload, of whatever kind of table: what stands behind the counts of a list of uploads."""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd

from readiness.model import CHECKLIST, FACT_FRAMES, LEDGER, PATROLS, SITES, TABLE_KINDS, Snapshot

COLUMNS = ("table", "area_code", "site", "text", "word", "on", "upload_id", "sheet", "row")
TOLD = {  # of each kind of table: the place, what the row says, how it stands, its day
    LEDGER: {"site": "site", "text": "description", "word": "status", "on": "found_on"},
    CHECKLIST: {"site": "site", "text": "indicator", "word": "result", "on": "checked_on"},
    SITES: {"site": "name", "text": "address", "word": None, "on": None},
    PATROLS: {"site": None, "text": "activity", "word": None, "on": "date"},
}


def upload_rows(
    snapshot: Snapshot, upload_id: str, tables: Collection[str] = TABLE_KINDS, area_code: str | None = None,
) -> pd.DataFrame:
    """COLUMNS of the upload's rows in these kinds of table, of one area or of all, in the order of the book.

    table: the kind; text: what the row says (description, item, address, activity); word: a ledger's state or a
    check's result as code; on: its day (found, checked, patrolled).
    """
    parts = [_told(getattr(snapshot, FACT_FRAMES[table]), table, upload_id) for table in tables]
    rows = pd.concat(parts, ignore_index=True)
    return rows if area_code is None else rows[rows["area_code"] == area_code].reset_index(drop=True)


def _told(facts: pd.DataFrame, table: str, upload_id: str) -> pd.DataFrame:
    rows = facts[facts["upload_id"] == upload_id]
    rows = rows.sort_values(["table_no", "row"], kind="stable")
    told = {name: rows[column] if column else None for name, column in TOLD[table].items()}
    told["on"] = pd.to_datetime(told["on"]) if told["on"] is not None else pd.Series(pd.NaT, index=rows.index)
    return rows.assign(table=table, **told)[list(COLUMNS)]
