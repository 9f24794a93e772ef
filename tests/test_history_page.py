"""The list of uploads: the counts open the rows they count, those that were not taken too, as the address stands."""

from __future__ import annotations

import pandas as pd
from streamlit.testing.v1 import AppTest

from tests.test_pages import INTAKE, dropped, fine, opened, small, url, workbook  # noqa: F401


def cell(app: AppTest, row: int, column: str) -> AppTest:
    """The page after a click on a cell of the list."""
    app.session_state[app.dataframe[0].key] = {"selection": {"rows": [], "columns": [], "cells": [[row, column]]}}
    return fine(app.run())


def opened_rows(app: AppTest) -> pd.DataFrame | None:
    return next((table.value for table in app.dataframe if {"text", "why"} & set(table.value)), None)


def uploaded() -> AppTest:
    app = dropped(opened(INTAKE), ("广水台账.xlsx", workbook(
        (1, "广水", "广水小区", "门口积水", "2026-10-20", "2026-10-22", "未整改"),
        (2, "广水", "广水小区", "路灯不亮", "2026-02-30", "2026-10-22", "未整改"))))
    return fine(app.button(key="commit").click().run())


def test_each_count_opens_its_rows(small):  # noqa: F811
    app = uploaded()
    told = app.dataframe[0].value
    assert told[["records", "rejected"]].to_numpy().tolist() == [[1, 1], [14, 0]]
    rows = opened_rows(cell(app, 0, "records"))
    assert rows.to_dict("list") == {
        "table": ["问题台账"], "area": ["广水"], "site": ["广水小区"], "text": ["门口积水"], "word": ["待整改"],
        "on": [pd.Timestamp("2026-10-20")], "cell": ["台账!A3"]}
    assert len(opened_rows(cell(opened(INTAKE), 1, "records"))) == 14


def test_the_rows_that_were_not_taken_say_why(small):  # noqa: F811
    rows = opened_rows(cell(uploaded(), 0, "rejected"))
    assert rows["cell"].tolist() == ["台账!E4"]
    assert rows["why"].tolist() == ["“2026-02-30”这一天不存在。请写成 2021-02-28 这样的日期。"]
    assert opened_rows(cell(opened(INTAKE), 1, "rejected")) is None


def test_an_undone_upload_has_no_rows_any_more(small):  # noqa: F811
    app = fine(cell(uploaded(), 0, "file").button(key="undo").click().run())
    assert opened_rows(cell(app, 0, "records")) is None
