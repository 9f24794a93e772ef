"""What only a browser shows of 问题台账 and the board: a click opens, closing clears the address, files come down."""

from __future__ import annotations

import zipfile

import openpyxl
import pytest
from browsing import settle, shut_in
from playwright.sync_api import Page
from test_browser_pages import address, browser, left  # noqa: F401 - fixtures

pytestmark = pytest.mark.browser


def click(page: Page, x: float, y: float) -> None:
    """A click as a hand makes it; a table on a canvas passes over one that comes from nowhere."""
    page.mouse.move(x - 60, y, steps=5)
    page.mouse.move(x, y, steps=5)
    page.wait_for_timeout(300)
    page.mouse.click(x, y, delay=90)


def test_a_click_on_a_row_opens_it_and_closing_it_clears_the_address(browser, address, left):  # noqa: F811
    page = shut_in(browser, 1366, 768, "dark", left)
    page.goto(f"{address}/ledger?overdue=1")
    settle(page)
    table, dialog = page.locator('[data-testid="stDataFrame"]').bounding_box(), page.locator('[role="dialog"]')
    for row, words in enumerate(("5号楼道堆放杂物", "<b>墙面</b>有小广告")):
        click(page, table["x"] + 500, table["y"] + 47 + 30 * row)
        dialog.get_by_text(words, exact=True).first.wait_for()
        page.wait_for_url("**/ledger?overdue=1&issue=*")
        assert dialog.locator(".written").count() == 0  # the small book's bytes are no workbook
        assert dialog.locator(".chips .down").evaluate("each => getComputedStyle(each).color") == "rgb(255, 154, 171)"
        dialog.locator('button[aria-label="Close"]').click()
        page.wait_for_url("**/ledger?overdue=1")
        page.wait_for_timeout(1_500)
        assert dialog.count() == 0


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_is_shown_comes_as_a_workbook_in_chinese_and_the_original_as_it_came(
    browser, address, left, tmp_path, language,  # noqa: F811
):
    page = shut_in(browser, 1366, 768, "light", left)
    page.goto(f"{address}/ledger?overdue=1&lang={language}")
    settle(page)
    with page.expect_download() as waiting:
        page.locator(".st-key-export button").click()
    assert waiting.value.suggested_filename == "问题台账_20261026.xlsx"
    waiting.value.save_as(tmp_path / "shown.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "shown.xlsx").active
    assert sheet["A1"].value == "凉城新村街道问题台账（示例数据）"
    assert "共 2 条　只看超期" in sheet["A2"].value
    found = [cell.value for cell in sheet[3]].index("问题描述")
    assert [sheet.cell(row, found + 1).value for row in (4, 5)] == ["5号楼道堆放杂物", "<b>墙面</b>有小广告"]
    assert sheet.max_row == 5

    table = page.locator('[data-testid="stDataFrame"]').bounding_box()
    page.mouse.move(table["x"] + 500, table["y"] + 47)
    tools = page.locator('[data-testid="stElementToolbarButton"] button:visible')
    tools.first.wait_for()
    assert not [words for words in tools.evaluate_all("all => all.map(one => one.ariaLabel)") if "CSV" in words]
    click(page, table["x"] + 500, table["y"] + 47)
    with page.expect_download() as waiting:
        page.locator(".st-key-original button").click()
    waiting.value.save_as(tmp_path / "original")
    assert (waiting.value.suggested_filename, (tmp_path / "original").read_bytes()) == ("示例.xlsx", b"small")
    with page.expect_download() as waiting:
        page.locator(".st-key-evidence button:visible").click()
    assert waiting.value.suggested_filename == {"zh": "证据包", "en": "Evidence"}[language] + "_广水_20261026.zip"
    waiting.value.save_as(tmp_path / "evidence.zip")
    with zipfile.ZipFile(tmp_path / "evidence.zip") as pack:
        told = next(name for name in pack.namelist() if name.endswith("说明.txt"))
        assert "问题 1 条" in pack.read(told).decode("utf-8-sig")


def test_a_cell_of_the_board_opens_its_rows(browser, address, left):  # noqa: F811
    page = shut_in(browser, 1366, 768, "light", left)
    page.goto(f"{address}/intake")
    settle(page)
    chart, dialog = page.locator(".stPlotlyChart").bounding_box(), page.locator('[role="dialog"]')
    width = (chart["width"] - 84) / 25
    click(page, chart["x"] + 82 + width / 2, chart["y"] + 24 + 25 * 1.5)
    dialog.get_by_text("广水：10月19日–10月25日的上报").wait_for()
    assert dialog.get_by_text("共 1 条，其中检查 1 条。").count() == 1
    dialog.locator('button[aria-label="Close"]').click()
    page.wait_for_timeout(1_500)
    assert dialog.count() == 0
