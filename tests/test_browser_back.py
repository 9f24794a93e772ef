"""The back button: what a click on 居民区, 责任单位 or 问题台账 wrote into the address is taken back by it."""

from __future__ import annotations

import pytest
from browsing import settle, shut_in
from playwright.sync_api import expect
from test_browser_pages import GUANGSHUI, address, browser, left  # noqa: F401

pytestmark = pytest.mark.browser
SHUIDIAN = "310109016002"
TITLE = ".st-key-card-area-uploads .card-title"


def test_another_area_and_back(browser, address, left):  # noqa: F811
    page = shut_in(browser, 1366, 768, "light", left)
    page.goto(address)  # the first deep link of a new server is loaded twice
    settle(page)
    page.goto(f"{address}/area?area={GUANGSHUI}")
    settle(page)
    page.get_by_test_id("stSelectbox").locator("input").click()
    page.get_by_role("option", name="水电", exact=True).click()
    page.wait_for_url(f"**/area?area={SHUIDIAN}")
    settle(page)
    expect(page.locator(TITLE)).to_contain_text("1 次上报带有水电的数据", timeout=60_000)
    page.go_back()
    page.wait_for_url(f"**/area?area={GUANGSHUI}")
    settle(page)
    expect(page.locator(TITLE)).to_contain_text("1 次上报带有广水的数据", timeout=60_000)


def test_a_bar_opens_its_rows_and_closing_them_leaves_the_page_as_it_was(browser, address, left):  # noqa: F811
    page = shut_in(browser, 1366, 768, "light", left)
    page.goto(f"{address}/area?area={GUANGSHUI}")
    settle(page)
    for _ in range(2):  # a second click on the same bar opens it again
        page.locator(".st-key-card-losses .barlayer .point path").first.click(force=True)
        page.get_by_role("dialog").get_by_text("失分的问题").wait_for()
        page.get_by_role("dialog").get_by_role("button", name="Close").click()
        page.get_by_role("dialog").wait_for(state="detached")
        settle(page)


def test_a_row_of_the_ledger_and_a_filter_are_taken_back_one_by_one(browser, address, left):  # noqa: F811
    page = shut_in(browser, 1366, 768, "light", left)
    page.goto(f"{address}/ledger")
    settle(page)
    page.get_by_test_id("stPopover").get_by_text("状态", exact=True).click()
    page.get_by_test_id("stPopoverBody").get_by_text("待复核", exact=True).click()
    page.wait_for_url("**/ledger?state=fixed")
    settle(page)
    page.keyboard.press("Escape")
    table = page.get_by_test_id("stDataFrame").first.bounding_box()
    page.mouse.click(table["x"] + 500, table["y"] + 47)
    page.wait_for_url("**/ledger?state=fixed&issue=*")
    page.get_by_role("dialog").wait_for()
    page.go_back()
    page.wait_for_url("**/ledger?state=fixed")
    page.get_by_role("dialog").wait_for(state="detached")
    page.go_back()
    page.wait_for_url("**/ledger")
    settle(page)
    assert "共 6 条" in page.locator(".title-line").inner_text()
