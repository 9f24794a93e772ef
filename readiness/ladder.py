"""The day from which a row's words hold: its own date, its sheet's, its table's newest, at last the upload's."""

from __future__ import annotations

import pandas as pd

from readiness.model import FIXED, OPEN, VERIFIED


def with_days_of_checks(checks: pd.DataFrame) -> pd.DataFrame:
    """The checks with held_on (datetime64) and held_inferred (bool). Rule: DESIGN.md 5, "When a fact holds"."""
    return _with_days(checks, checks["checked_on"], ("checked_on",))


def with_days_of_ledger(ledger: pd.DataFrame) -> pd.DataFrame:
    """The ledger's rows with status (missing counts as open), held_on and held_inferred. Rule: DESIGN.md 5.

    Only fixed and verified have dates of their own. No state holds before the finding of its own row, nor a
    verification before the fix of its own row: where the sheet's date says so, that later day is taken and marked.
    """
    status = ledger["status"].fillna(OPEN)
    own = ledger["fixed_on"].where(status == FIXED, ledger["verified_on"].where(status == VERIFIED))
    held = _with_days(ledger.assign(status=status), own, ("found_on", "fixed_on", "verified_on"))
    floor = _later(ledger["found_on"], ledger["fixed_on"].where((status == VERIFIED) & own.isna()))
    late = floor > held["held_on"]
    return held.assign(held_on=held["held_on"].where(~late, floor), held_inferred=held["held_inferred"] | late)


def _later(one: pd.Series, other: pd.Series) -> pd.Series:
    return one.where(~((other > one) | one.isna()), other)


def _with_days(frame: pd.DataFrame, own: pd.Series, columns: tuple[str, ...]) -> pd.DataFrame:
    written = own.fillna(frame["sheet_date"])
    guessed = _newest_of_table(frame, columns).fillna(frame["uploaded_on"])
    return frame.assign(held_on=written.fillna(guessed), held_inferred=written.isna())


def _newest_of_table(frame: pd.DataFrame, columns: tuple[str, ...]) -> pd.Series:
    """The newest of these dates in each row's own table, of those that are not after the day of the upload."""
    dates = frame[list(columns)]
    dates = dates.where(dates.le(frame["uploaded_on"], axis=0) | frame["uploaded_on"].isna().to_numpy()[:, None])
    newest = dates.iloc[:, 0]
    for column in columns[1:]:
        newest = _later(newest, dates[column])
    return newest.groupby([frame["upload_id"], frame["table_no"]]).transform("max")
