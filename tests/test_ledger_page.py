"""问题台账 run from the door: the address decides which rows are shown, and a row opens with where it stands."""

from __future__ import annotations

import io
from datetime import UTC, datetime

import openpyxl
import pandas as pd
import pytest
from batches import LI
from streamlit.testing.v1 import AppTest
from test_pages import (  # noqa: F401 - fixtures
    DOOR,
    GUANGSHUI,
    SHUIDIAN,
    fine,
    opened,
    shown,
    small,
    truth,
    url,
    workbook,
)

from loaders import load_workbooks
from loaders.written import written_row
from readiness.reference import load_reference
from store import open_store, save_upload
from ui.ledger import in_order, with_pictures
from ui.source import row_html

LEDGER = "pages/office/ledger.py"


def ledger(**query) -> AppTest:
    return fine(opened(LEDGER, **query))


def rows(app) -> list[str]:
    return app.dataframe[0].value["description"].tolist() if app.dataframe else []


ALL = ["5号楼道堆放杂物", "<b>墙面</b>有小广告"]


def test_it_lists_every_issue_the_overdue_first_then_what_costs_most(small):  # noqa: F811
    app, issues = ledger(), truth(small).issues
    assert rows(app)[:2] == ALL
    assert len(rows(app)) == len(issues) == 6  # five rows of the ledger and the failing check
    assert "共 6 条，未销号 4 条，超期 2 条" in shown(app)
    assert [next(iter(state)) for state in app.dataframe[0].value["status"]][-2:] == ["已销号", "已销号"]


@pytest.mark.parametrize(("query", "found"), [
    ({"overdue": "1"}, ALL),
    ({"area": GUANGSHUI, "overdue": "1"}, ALL),
    ({"area": SHUIDIAN}, ["晾晒衣物"]),
    ({"area": [GUANGSHUI, SHUIDIAN], "state": "verified"}, ["窨井盖破损", "晾晒衣物"]),
    ({"state": ["fixing", "fixed"]}, ["<b>墙面</b>有小广告", "绿化带有烟头"]),
    ({"q": "张三"}, ["5号楼道堆放杂物"]),
    ({"q": "烟头 绿化"}, ["绿化带有烟头"]),
    ({"kind": "school"}, []),
    ({"area": "999"}, []),
])
def test_a_link_shows_exactly_its_rows(small, query, found):  # noqa: F811
    app = ledger(**query)
    assert sorted(rows(app)) == sorted(found)
    assert f"共 {len(found)} 条" in shown(app)
    assert ("没有符合条件的问题。" in shown(app)) == (not found)


def test_the_day_of_the_address_is_the_day_of_the_rows(small):  # noqa: F811
    app = ledger(day="2026-10-12")
    assert app.dataframe[0].value["overdue_days"].tolist()[0] == 2  # due on the 10th
    assert "共 5 条，未销号 5 条，超期 1 条" in shown(app)


def test_columns_that_say_nothing_are_left_out(small):  # noqa: F811
    assert list(ledger().dataframe[0].value) == [
        "area", "site", "kind", "description", "status", "found_on", "due_on", "overdue_days", "loss",
        "responsible_person"]
    assert "overdue_days" not in ledger(state="verified").dataframe[0].value


def test_searching_and_choosing_write_the_address_and_clearing_empties_it(small):  # noqa: F811
    app = fine(ledger().text_input(key="filter-text").set_value("烟头").run())
    assert (rows(app), app.query_params["q"]) == (["绿化带有烟头"], "烟头")
    app = fine(app.button(key="clear-filters").click().run())
    assert len(rows(app)) == 6
    assert "q" not in app.query_params


def test_clearing_takes_the_areas_out_too(small):  # noqa: F811
    app = ledger(area=SHUIDIAN, day="2026-10-25")
    app = fine(app.button(key="clear-filters").click().run())
    assert set(app.query_params) == {"day"}
    assert "clear-filters" not in [button.key for button in app.button]


def test_a_link_opens_an_issue_with_its_place_and_its_workbook(url):  # noqa: F811
    content = workbook((1, "广水", "广水小区", "门口积水", "2026-10-20", "2026-10-22", "未整改"))
    batch = next(iter(load_workbooks([("广水台账.xlsx", content)], load_reference())))
    save_upload(open_store(url), batch, LI, datetime(2026, 10, 21, tzinfo=UTC))
    (issue,) = truth(url).issues["issue"]
    app = ledger(issue=issue)
    page = shown(app)
    assert "广水台账.xlsx › 台账 › D3" in page
    assert '<th class="here">D3</th>' in page
    assert '<td class="here">门口积水</td>' in page
    assert [button.label for button in app.get("download_button")] == ["导出 xlsx", "证据包", "下载原工作簿"]
    assert "下载原工作簿" not in [button.label for button in ledger().get("download_button")]


def test_an_issue_that_is_none_of_ours_opens_nothing(small):  # noqa: F811
    assert "出处" not in shown(ledger(issue="unknown-1"))


def test_order_by_hand():
    issues = pd.DataFrame({
        "issue": list("abcde"), "overdue_days": [0, 3, 3, 0, 0], "loss": [0.0, 0.1, 0.2, None, 0.5],
        "found_on": pd.to_datetime(["2026-10-02", "2026-10-01", "2026-10-01", "2026-10-03", None])})
    assert in_order(issues)["issue"].tolist() == ["c", "b", "e", "d", "a"]


def test_pictures_are_those_of_the_row_that_has_most():
    books = pd.DataFrame({"thread": ["x", "x", "y"], "photos_before": [1.0, 2.0, None],
                          "photos_after": [0.0, 1.0, None]})
    found = with_pictures(pd.DataFrame({"thread": ["x", "y", "z"]}), books)["pictures"]
    assert found.tolist() == [3, pd.NA, pd.NA]


def test_a_written_row_is_what_stands_in_the_book():
    book = openpyxl.Workbook()
    book.active.title = "台账"
    for row in [("标题",), ("序号", "问题"), (1, " 楼道\n堆物 ", None, 2.5),
                (2, "墙面小广告", 'DISPIMG("ID_1",1)')]:
        book.active.append(row)
    content = io.BytesIO()
    book.save(content)
    assert written_row(content.getvalue(), "台账", 3) == [("A3", "1"), ("B3", "楼道\n堆物"), ("D3", "2.5")]
    assert written_row(content.getvalue(), "台账", 4) == [("A4", "2"), ("B4", "墙面小广告"), ("C4", "图片")]
    assert written_row(content.getvalue(), "台账", 9) == []
    assert written_row(content.getvalue(), "没有", 3) == []
    assert written_row("序号,问题\n1,楼道堆物\n".encode(), None, 2) == [("A2", "1"), ("B2", "楼道堆物")]
    assert written_row(b"", None, 2) == []


def test_what_a_book_says_is_text_in_its_row():
    assert "&lt;b&gt;" in row_html([("A1", "<b>墙面</b>")], "A1", {})


def test_a_cell_that_was_empty_stands_in_its_place_with_what_is_read_there():
    row = row_html([("A9", "1"), ("C9", "积水"), ("AA9", "末")], "C9", {"B9": "<广水>"})
    assert row.startswith('<div class="written"><table><tr><th>A9</th><th>B9</th><th class="here">C9</th><th>AA9</th>')
    assert "<td><b>改作：&lt;广水&gt;</b></td>" in row
