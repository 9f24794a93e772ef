"""The rows of an upload: exactly those that its counts count, in the order of the book."""

from __future__ import annotations

import pandas as pd
from snapshots import AREA, OTHER_AREA, book, checklist, snapshot

from readiness.model import CHECKLIST, LEDGER, PATROLS, SITES
from readiness.upload_rows import upload_rows


def test_every_kind_of_table_tells_its_rows_in_one_frame():
    whole = snapshot(book(
        (LEDGER, [{"site": "甲小区", "description": "堆物", "found_on": "2021-10-04", "status": "fixed"},
                  {"description": "积水", "area_code": OTHER_AREA}]),
        (CHECKLIST, [{"site": "甲小区", "indicator": "无飞线充电", "result": "pass", "checked_on": "2021-10-05"}]),
        (SITES, [{"name": "甲小区", "address": "凉城路1号"}]),
        (PATROLS, [{"date": "2021-10-02", "activity": "楼道清理"}])),
        checklist({"indicator": "别的", "result": "fail"}))
    rows = upload_rows(whole, "u0000")
    assert rows[["table", "site", "text", "word"]].astype(object).where(rows.notna(), None).to_numpy().tolist() == [
        [LEDGER, "甲小区", "堆物", "fixed"], [LEDGER, None, "积水", None],
        [CHECKLIST, "甲小区", "无飞线充电", "pass"], [SITES, "甲小区", "凉城路1号", None],
        [PATROLS, None, "楼道清理", None]]
    assert rows["on"].tolist()[:3] == [pd.Timestamp("2021-10-04"), pd.NaT, pd.Timestamp("2021-10-05")]
    assert upload_rows(whole, "u0000", (LEDGER,), AREA)["text"].tolist() == ["堆物"]
    assert upload_rows(whole, "u0000", (LEDGER,), OTHER_AREA)["text"].tolist() == ["积水"]
    assert upload_rows(whole, "u0009").empty
