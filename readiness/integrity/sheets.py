"""Checklists that look copied or filled in without looking."""

from __future__ import annotations

import pandas as pd

from readiness.integrity.finding import Evidence, findings_of
from readiness.model import FAIL, PASS, ROUNDS

FEWEST_ROWS = 5  # in a sheet, from which its being the same is no chance
FEWEST_SITES = 3  # in a column
AFTERWARDS = 14  # days in which an inspection by others speaks of the same state
OTHERS = ROUNDS[1:]
SHEET = ("upload_id", "table_no", "area_code")


def same_sheets(seen: Evidence) -> pd.DataFrame:
    """An area's checklists of different days or rounds that say the same, word for word; a row a sheet.

    Of at least FEWEST_ROWS rows; place, item, result and description of all rows are compared, in whatever order.
    count: rows of the sheet.
    """
    checks = seen.checks.assign(said=lambda rows: pd.util.hash_pandas_object(
        rows[["site", "indicator", "result", "description"]].astype("str"), index=False))
    sheets = checks.groupby(list(SHEET)).agg(
        said=("said", "sum"), count=("said", "size"), on=("held_on", "max"), word=("round", "first"),
        round_no=("round_no", "first"), person=("inspector", "first"), sheet=("sheet", "first"), row=("row", "min"))
    sheets = sheets[sheets["count"] >= FEWEST_ROWS].reset_index()
    apart = sheets.drop_duplicates(["area_code", "said", "count", "on", "word", "round_no"])
    repeated = apart[apart.duplicated(["area_code", "said", "count"], keep=False)]
    return findings_of(repeated.sort_values(["area_code", "said", "on"]), ("area_code", "said", "count"))


def all_pass_but_others_failed(seen: Evidence) -> pd.DataFrame:
    """Own checklists in which an item passes everywhere though others found it failing there soon after; both rows.

    Own: self checks and those without a round. Everywhere: at FEWEST_SITES sites or more of the area, in one sheet.
    Others: rounds that are no self check, in checklists and ledgers, up to AFTERWARDS days later at one of these sites.
    """
    passed, failed = _all_pass(seen), _found_by_others(seen)
    both = passed.merge(failed[["pair", "held_on", "place"]], on="pair", suffixes=("", "_failed"))
    later = (both["held_on_failed"] - both["held_on"]).dt.days
    both = both[later.between(0, AFTERWARDS)]
    proof = failed.loc[both["place"]].assign(**{name: both[name].to_numpy() for name in ("sheet_of", "item")})
    rows = pd.concat([both, proof]).rename(columns={"held_on": "on", "result": "word"})
    rows = rows.drop_duplicates(["sheet_of", "item", "upload_id", "sheet", "row"])
    return findings_of(rows.sort_values(["sheet_of", "item", "on"]), ("sheet_of", "item"))


def _all_pass(seen: Evidence) -> pd.DataFrame:
    """The passing rows of own sheets' items that pass at all sites, with text and sheet_of (which sheet)."""
    own = seen.checks[~seen.checks["round"].isin(OTHERS) & seen.checks["result"].isin((PASS, FAIL))]
    column = own.groupby([*SHEET, "item"], sort=False)
    everywhere = (column["result"].transform("nunique") == 1) & (column["site_id"].transform("nunique") >= FEWEST_SITES)
    own = own.assign(text=own["indicator"], sheet_of=own.groupby(list(SHEET), sort=False).ngroup(),
                     person=own["inspector"])
    return own[everywhere & (own["result"] == PASS)]


def _found_by_others(seen: Evidence) -> pd.DataFrame:
    """What others found failing, rows of checklists and of ledgers, with text and place (its number)."""
    checks = seen.checks[seen.checks["result"] == FAIL]
    ledger = seen.ledger.assign(result=FAIL, held_on=seen.ledger["found_on"]).dropna(subset="held_on")
    ledger = ledger.drop_duplicates(["thread", "held_on"])  # later ledgers repeat what an earlier one told
    checks = checks.assign(text=checks["description"].fillna(checks["indicator"]))
    rows = pd.concat([checks, ledger.assign(text=ledger["description"])], ignore_index=True)
    rows = rows[rows["round"].isin(OTHERS)].reset_index(drop=True)
    return rows.assign(person=rows["inspector"], place=rows.index)
