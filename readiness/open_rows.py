"""Open issues as rows of a ledger again, so that the same rows sent back speak of the same issues."""

from __future__ import annotations

import pandas as pd

from readiness.facts import Facts
from readiness.model import FIXED, FROM_LEDGER, UNVERIFIED, Snapshot
from readiness.rows import arranged
from readiness.thread_keys import with_threads

AS_WRITTEN = ("number", "site", "location", "description", "fixed_on")
OPEN_ROW_COLUMNS = (*AS_WRITTEN, "category", "severity", "found_on", "due_on", "responsible_unit",
                    "responsible_person", "measure", "status", "note")


def open_rows(facts: Facts, snapshot: Snapshot, issues: pd.DataFrame, area_code: str) -> pd.DataFrame:
    """The area's unverified issues of the ledgers, one row each (OPEN_ROW_COLUMNS), by the day they were found.

    issues: issues_on. Place, description and the day of a fix are those of the newest row of a book as they were
    written: a thread is made of them. A possible duplicate is left out where the row that it doubles is not open any
    more: alone it would be taken for that row. Rule: DESIGN.md 5, "Threads".
    """
    wanted = (issues["area_code"] == area_code) & (issues["origin"] == FROM_LEDGER) & issues["status"].isin(UNVERIFIED)
    placed = [name for name in AS_WRITTEN if name in issues]
    rows = issues[wanted].drop(columns=placed).merge(_written(facts, snapshot), on="thread")
    rows = rows.assign(fixed_on=rows["fixed_on"].where(rows["status"] == FIXED))
    rows = rows.sort_values(["found_on", "duplicate", "row", "thread"], na_position="last", ignore_index=True)
    in_one_table = rows.assign(upload_id="", table_no=0, row=range(len(rows)))
    return rows[with_threads(in_one_table)["thread"] == rows["thread"]].reset_index(drop=True)[list(OPEN_ROW_COLUMNS)]


def _written(facts: Facts, snapshot: Snapshot) -> pd.DataFrame:
    """thread and AS_WRITTEN of the newest row of each thread."""
    rows = facts.ledger.assign(location=snapshot.ledger["location"].to_numpy())  # placing takes words out of it
    return arranged(rows, "thread", "held_on").drop_duplicates("thread", keep="last")[["thread", *AS_WRITTEN]]
