"""Frames of facts with every column of their kind, each of its type, whether there are rows or not."""

from __future__ import annotations

import pandas as pd

from readiness.model import DATE_FIELDS, FIELDS, NUMBER_FIELDS

SOURCE = ("upload_id", "sha256", "sheet", "table_no", "row")


def typed(frame: pd.DataFrame, kind: str) -> pd.DataFrame:
    """The frame with all columns of its kind, each of its type, also when it is empty."""
    columns = [*SOURCE, *FIELDS[kind], "inferred", "sheet_date", "uploaded_on"]
    frame = frame.reindex(columns=columns).reset_index(drop=True)
    whole = {"table_no", "row"}
    day = {column: pd.to_datetime(frame[column]).astype("datetime64[s]").dt.normalize()
           for column in columns if column in {*DATE_FIELDS, "sheet_date", "uploaded_on"}}
    text = {column: frame[column].astype("str") for column in columns if column not in {*day, *NUMBER_FIELDS, *whole}}
    number = {column: frame[column].astype(float) for column in columns if column in NUMBER_FIELDS}
    return frame.assign(**day, **text, **number)
