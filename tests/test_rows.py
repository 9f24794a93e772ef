"""The rows behind a number as a table: what each row says and where it stands in which workbook."""

from __future__ import annotations

from types import SimpleNamespace

import pandas as pd

from readiness.sources import sources
from tests.snapshots import AREA, reference
from ui.rows import rows_note, told_issues, told_items

UPLOADS = pd.DataFrame({"upload_id": ["u0001"], "file": ["台账.xlsx"]})
DAY = SimpleNamespace(snapshot=SimpleNamespace(uploads=UPLOADS), reference=reference())
WHERE = {"upload_id": ["u0001", "u0001", None], "sheet": ["整改", None, None], "row": [5, 7, None]}


def test_a_row_names_workbook_sheet_and_cell_and_one_without_a_book_names_none():
    told = sources(pd.DataFrame(WHERE), UPLOADS)
    assert told["workbook"].fillna("").tolist() == ["台账.xlsx", "台账.xlsx", ""]
    assert told["cell"].fillna("").tolist() == ["整改!A5", "A7", ""]


def test_items_stand_with_the_failing_first_in_words():
    items = pd.DataFrame({"area_code": AREA, "site": "广水小区", "kind": "residential", "indicator": ["甲", "乙", "丙"],
                          "state": ["unchecked", "pass", "fail"], "v": [3.0, 1.0, 2.0], **WHERE})
    told = told_items(items, DAY)
    assert told["state"].tolist() == ["不符合", "符合", "未检查"]
    assert told["area"].tolist() == ["广水"] * 3
    assert told["kind"].tolist() == ["居民小区"] * 3


def test_moves_say_whether_they_opened_or_how_they_closed():
    moves = pd.DataFrame({"issue": list("abc"), "origin": ["ledger", "ledger", "check"], "opened": [1, 0, 0],
                          "closed": [0, 1, 1], "area_code": AREA, "site": "广水小区", "location": None,
                          "kind": "residential", **WHERE})
    assert told_issues(moves, DAY)["move"].tolist() == ["新增", "销号", "复查合格"]


def test_the_note_says_what_the_rows_add_up_to():
    items = pd.DataFrame({"state": ["unchecked"] * 2, "v": [1.0, 1.0], "share": [0.1, 0.15]})
    assert rows_note(items) == "共 2 项，合计占 25.0%。"
    assert rows_note(items.assign(gained=[1.0, -0.5])) == "共 2 项，合计少失 +0.50 分。"
    assert rows_note(items.iloc[:0].drop(columns="share")) == "共 0 项：符合 0 项，不符合 0 项，未检查 0 项。"
