"""What only a browser shows: the style holds, a click on the map answers, a deep link is right on a new server."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from batches import LI
from browsing import CHROMIUM, FLAGS, served, settle, shut_in
from playwright.sync_api import Browser, sync_playwright
from test_pages import NOON, book

from store import open_store, save_upload

pytestmark = pytest.mark.browser
GUANGSHUI = "310109016001"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as play:
        yield play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)


@pytest.fixture(scope="module")
def address(tmp_path_factory) -> Iterator[str]:
    """A dashboard on a database with one small demonstration book."""
    url = f"sqlite:///{(tmp_path_factory.mktemp('browser') / 'small.sqlite').as_posix()}"
    save_upload(open_store(url), book(), LI, NOON)
    with served(url) as place:
        yield place


@pytest.fixture
def left() -> Iterator[list[str]]:
    """Addresses outside 127.0.0.1 that a page asked for: there must be none."""
    addresses: list[str] = []
    yield addresses
    assert addresses == []


def test_the_first_visitor_of_a_new_server_gets_the_page_of_the_deep_link(browser, address, left):
    page = shut_in(browser, 1366, 768, "light", left)
    page.goto(f"{address}/map?area={GUANGSHUI}")
    page.wait_for_url(f"**/map?area={GUANGSHUI}")
    settle(page)
    assert page.get_by_text("Page not found").count() == 0
    assert page.locator(".stHtml .area b").first.inner_text() == "广水"


@pytest.mark.parametrize(("mode", "grey", "card"), [
    ("light", "rgb(244, 246, 248)", "rgb(255, 255, 255)"), ("dark", "rgb(13, 21, 32)", "rgb(22, 33, 48)")])
def test_the_style_sheet_still_meets_streamlit(browser, address, left, mode, grey, card):
    page = shut_in(browser, 1366, 768, mode, left)
    page.goto(address)
    settle(page)
    computed = "(element, name) => getComputedStyle(element)[name]"
    assert page.locator(".stMainBlockContainer").evaluate(computed, "paddingLeft") == "24px"
    assert page.locator(".stApp").evaluate(computed, "backgroundColor") == grey
    assert page.locator(".stAppHeader").evaluate(computed, "backgroundColor") == grey
    assert page.locator(".st-key-card-ranking").evaluate(computed, "backgroundColor") == card
    assert page.locator(".st-key-card-ranking").bounding_box()["height"] == 493
    assert page.locator(".st-key-card-score").bounding_box()["height"] == 291
    assert page.locator(".stMain").evaluate("main => main.scrollWidth - main.clientWidth") == 0


def test_nothing_in_a_card_is_cut_off_at_either_width(browser, address, left):
    for width in (1366, 1920):
        page = shut_in(browser, width, 1080, "light", left)
        page.goto(address)
        settle(page)
        cut = page.locator("[class*='st-key-card-'], .stHtml .hero *, [data-testid='stMetricValue'] *").evaluate_all(
            "all => all.filter(one => one.scrollWidth > one.clientWidth + 1 && one.clientWidth > 0)"
            ".map(one => one.className + ': ' + one.textContent)")
        assert cut == []


def test_a_click_anywhere_in_a_cell_shows_that_area_and_a_second_one_changes_nothing(browser, address, left):
    page = shut_in(browser, 1366, 768, "light", left)
    page.goto(f"{address}/map")
    settle(page)
    label = page.locator(".st-key-figure-map text", has_text="广水").first.bounding_box()
    for right, down in ((10, -12), (10, -12), (32, -26)):  # beside the marks: they open their issue
        page.mouse.click(label["x"] + right, label["y"] + down)
        page.wait_for_url(f"**/map?area={GUANGSHUI}")
        settle(page)
        assert page.locator(".stHtml .area b").first.inner_text() == "广水"


def test_a_click_on_the_small_map_opens_the_large_one_there(browser, address, left):
    page = shut_in(browser, 1366, 768, "light", left)
    page.goto(address)
    settle(page)
    page.locator(".st-key-figure-small-map .main-svg text", has_text="广水").first.click(force=True)
    page.wait_for_url(f"**/map?area={GUANGSHUI}")


def test_what_streamlit_says_of_itself_turns_with_the_language(browser, address, left):
    page = shut_in(browser, 1366, 768, "light", left)
    page.goto(f"{address}/intake")
    settle(page)
    zone = page.get_by_test_id("stFileUploaderDropzone")
    for button, limit in (("选择文件", "或拖到这里；每个文件不超过 100 MB"), ("Upload", "100MB per file"),
                          ("选择文件", "或拖到这里；每个文件不超过 100 MB")):
        zone.get_by_text(button, exact=True).wait_for()
        assert zone.get_by_test_id("stFileUploaderDropzoneInstructions").inner_text() == limit
        page.locator(".st-key-other-language button").click()


def test_the_box_of_a_page_that_is_not_there_is_chinese(browser, address, left):
    page = shut_in(browser, 1366, 768, "light", left)
    page.goto(f"{address}/nowhere")
    page.locator('[role="dialog"]').get_by_text("没有这个页面").wait_for()
    assert "没有地址所说的页面" in page.locator('[role="dialog"]').inner_text()


def test_scripts_take_no_room_on_the_page(browser, address, left):
    page = shut_in(browser, 1366, 768, "light", left)
    page.goto(address)
    settle(page)
    scripts = page.locator('[data-testid="stElementContainer"]:has(> .stHtml > script)')
    assert scripts.count() > 0
    assert {each.evaluate("element => getComputedStyle(element).position") for each in scripts.all()} == {"absolute"}
