"""数据体检 from the door: each check with its count, why and what to do; a click opens the rows of its findings."""

from __future__ import annotations

import pytest
from batches import GUANGSHUI, LI
from test_area_page import dialog
from test_pages import NOON, fine, opened, shown, url

from readiness.integrity.table import CHECKS
from readiness.model import CHECKLIST, LEDGER, SITES, Batch, Table
from store import open_store, save_upload

__all__ = ["url"]
PAGE = "pages/office/integrity.py"


@pytest.fixture
def doubtful(url) -> str:
    """A demonstration book with the same sheet of two days, ten fixes of one day and an item said not to apply."""
    weeks = [Table(name, CHECKLIST, (2,), tuple(
        {"row": row, "area_code": GUANGSHUI, "site": f"{row}号楼", "indicator": "楼道无杂物", "result": result,
         "checked_on": day} for row, result in enumerate(("pass", "pass", "fail", "pass", "pass"), 3)))
        for name, day in (("第1周", "2026-10-18"), ("第2周", "2026-10-25"))]
    fixes = Table("台账", LEDGER, (2,), tuple(
        {"row": row, "area_code": GUANGSHUI, "site": "广水小区", "description": f"堆物{row}", "status": "fixed",
         "found_on": "2026-10-01", "fixed_on": "2026-10-20"} for row in range(3, 13)))
    sites = Table("点位", SITES, (1,), tuple(
        {"row": row, "area_code": GUANGSHUI, "name": "广水小区", "site_kind": "residential"} for row in (2, 3)))
    save_upload(open_store(url), Batch("示例.xlsx", "a" * 64, b"x", None, (*weeks, fixes, sites), demo=True), LI, NOON)
    return url


def test_each_check_says_its_count_why_and_what_to_do(doubtful):
    app = fine(opened(PAGE))
    page = shown(app)
    assert all(words in page for check in CHECKS for words in (check.name, check.why, check.todo))
    assert page.count("没有发现") == len(CHECKS) - 5
    assert {button.key: button.label for button in app.button if (button.key or "").startswith("open-")} == {
        "open-same_sheets": "1 处", "open-quiet_areas": "24 处", "open-fixes_on_one_day": "1 处",
        "open-site_twice_in_a_register": "1 处", "open-texts_outside_the_standard": "11 处"}
    assert f"{len(CHECKS)} 项检查，5 项有发现；只作提示，不改得分" in page


def test_a_count_opens_the_rows_of_its_findings(doubtful):
    rows = dialog(fine(fine(opened(PAGE)).button(key="open-same_sheets").click().run()))
    assert rows[["number", "area", "count", "workbook", "cell"]].to_numpy().tolist() == [
        [1, "广水", 5, "示例.xlsx", "第1周!A3"], [1, "广水", 5, "示例.xlsx", "第2周!A3"]]
    rows = dialog(fine(fine(opened(PAGE)).button(key="open-fixes_on_one_day").click().run()))
    assert rows["text"].tolist() == [f"堆物{row}" for row in range(3, 13)]
    assert rows["word"].unique().tolist() == ["待复核"]


def test_an_area_without_any_word_has_no_day(doubtful):
    app = fine(fine(opened(PAGE)).button(key="open-quiet_areas").click().run())
    (rows,) = [frame.value for frame in app.dataframe]
    assert list(rows) == ["area"] and len(rows) == 24 and "广水" not in set(rows["area"])


def test_an_empty_database_shows_the_first_steps(url):
    assert "没有发现" not in shown(fine(opened(PAGE)))
