"""The map in a browser: a mark opens its issue, the cell beside it its area, and the back button undoes both."""

from __future__ import annotations

import pytest
from browsing import settle, shut_in
from test_browser_pages import GUANGSHUI, address, browser, left  # noqa: F401

pytestmark = pytest.mark.browser


def test_a_click_on_a_mark_opens_its_card_and_one_beside_it_the_area(browser, address, left):  # noqa: F811
    page = shut_in(browser, 1366, 768, "light", left)
    page.goto(address)  # the first deep link of a new server is loaded twice
    settle(page)
    page.goto(f"{address}/map")
    settle(page)
    marks = page.locator(".st-key-figure-map .scatterlayer .trace").last.locator(".point")
    marks.first.wait_for(state="attached")
    assert marks.count() == 4
    box = marks.first.bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.wait_for_url("**/map?issue=*")
    settle(page)
    assert page.locator(".stHtml .issue p").inner_text() == "5号楼道堆放杂物"
    label = page.locator(".st-key-figure-map text", has_text="广水").first.bounding_box()
    page.mouse.click(label["x"] + 10, label["y"] - 8)
    page.wait_for_url(f"**/map?area={GUANGSHUI}")
    settle(page)
    assert page.locator(".stHtml .area b").first.inner_text() == "广水"
    page.go_back()
    settle(page)
    assert page.locator(".stHtml .issue p").inner_text() == "5号楼道堆放杂物"
    page.go_back()
    settle(page)
    assert page.locator(".stHtml .area b").first.inner_text() == "全街道"


def test_a_filter_keeps_its_popover_open_and_stands_in_the_address(browser, address, left):  # noqa: F811
    page = shut_in(browser, 1366, 768, "light", left)
    page.goto(address)  # the first deep link of a new server is loaded twice
    settle(page)
    page.goto(f"{address}/map")
    settle(page)
    page.get_by_test_id("stPopover").get_by_text("状态", exact=True).click()
    page.get_by_test_id("stPopoverBody").get_by_text("待复核", exact=True).click()
    page.wait_for_url("**/map?state=fixed")
    settle(page)
    page.get_by_test_id("stPopoverBody").get_by_text("退回", exact=True).click()
    page.wait_for_url("**/map?state=fixed&state=returned")
