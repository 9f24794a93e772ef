"""Where a row comes from: the workbook and the cell behind each fact, issue or item."""

from __future__ import annotations

import pandas as pd


def sources(rows: pd.DataFrame, uploads: pd.DataFrame) -> pd.DataFrame:
    """The rows with workbook (file name) and cell (sheet and the first cell of the row, as Excel's name box takes it).

    Both are missing for a row that no book stands behind. uploads: Snapshot.uploads.
    """
    files = uploads.drop_duplicates("upload_id").set_index("upload_id")["file"]
    number = rows["row"].astype("Int64")
    sheet = rows["sheet"].astype("str")
    cell = (sheet + "!").where(sheet.notna(), "") + "A" + number.astype("str")
    return rows.assign(workbook=rows["upload_id"].map(files), cell=cell.where(rows["upload_id"].notna()))
