"""The languages and the modes in a real browser: a click turns the language and keeps it, dark stays dark."""

from __future__ import annotations

import re

import pytest
from browsing import settle, shut_in
from playwright.sync_api import Page
from test_browser_pages import address, browser, left  # noqa: F401

pytestmark = pytest.mark.browser
PAGES = {"Overview": "", "Issue map": "map", "Trends": "trends", "Area": "area", "Unit": "unit",
         "Responsibility": "chiefs", "Special inspections": "special", "Patrols": "patrols", "Relapse": "relapse",
         "Issue ledger": "ledger", "Follow-up": "followup", "Meeting": "meeting?at=9", "Decisions": "decisions",
         "Uploads": "intake", "Data check-up": "integrity"}


def menu(page: Page, name: str) -> None:
    page.get_by_role("link", name=name, exact=True).first.click()
    page.locator(".title-line b", has_text=name).wait_for()
    settle(page)


def test_one_click_turns_the_screen_into_english_and_another_one_back(browser, address, left):  # noqa: F811
    page = shut_in(browser, 1920, 1080, "light", left)  # wide enough for the whole menu in English
    page.goto(address)
    settle(page)
    assert page.locator(".title-line b").inner_text() == "总览"
    page.get_by_role("button", name="English").click()
    page.locator(".title-line b", has_text="Overview").wait_for()
    assert "lang=en" in page.url
    for name in PAGES:  # the session keeps it from page to page
        menu(page, name)
    page.get_by_role("button", name="中文").click()
    page.locator(".title-line b", has_text="数据体检").wait_for()
    assert "lang" not in page.url


def test_a_link_can_name_the_language(browser, address, left):  # noqa: F811
    page = shut_in(browser, 1366, 768, "light", left)
    page.goto(f"{address}/ledger?lang=en")
    settle(page)
    assert page.locator(".title-line b").inner_text() == "Issue ledger"
    assert page.get_by_text("Export xlsx").count() == 1


@pytest.mark.parametrize("path", PAGES.values())
def test_no_english_word_stands_on_a_chinese_screen(browser, address, left, path):  # noqa: F811
    page = shut_in(browser, 1366, 768, "light", left)
    page.goto(f"{address}/{path}")
    settle(page)
    text = page.evaluate("""() => {
        document.querySelectorAll('[data-testid="stIconMaterial"]').forEach(icon => icon.remove());
        return document.querySelector('.stApp').innerText; }""")
    words = set(re.findall("[A-Za-z]{3,}", text))
    assert words <= {"English", "Excel", "WPS", "CSV", "zip", "xlsx", "docx", "pptx", "OpenStreetMap", "contributors",
                     "ODbL"}


@pytest.mark.parametrize("path", PAGES.values())
def test_dark_is_dark_on_every_page(browser, address, left, path):  # noqa: F811
    page = shut_in(browser, 1366, 768, "dark", left)
    page.goto(f"{address}/{path}")
    settle(page)
    colour = "(element) => getComputedStyle(element).backgroundColor"
    assert page.locator("[class*='st-key-card-']").first.evaluate(colour) == "rgb(22, 33, 48)"
    for fill in page.locator(".stPlotlyChart .main-svg").evaluate_all(
            "all => all.map(svg => getComputedStyle(svg).backgroundColor)"):
        assert fill in ("rgba(0, 0, 0, 0)", "transparent")
    inks = page.locator(".stPlotlyChart text, .title-line b, .card-title").evaluate_all(
        "all => all.map(text => getComputedStyle(text).fill + '|' + getComputedStyle(text).color)")
    assert inks and not [ink for ink in inks if ink == "rgb(23, 33, 43)|rgb(23, 33, 43)"]  # the light mode's ink


def test_the_mode_stays_when_the_language_turns(browser, address, left):  # noqa: F811
    page = shut_in(browser, 1366, 768, "dark", left)
    page.goto(address)
    settle(page)
    page.get_by_role("button", name="English").click()
    page.locator(".title-line b", has_text="Overview").wait_for()
    settle(page)
    assert page.locator(".stApp").evaluate("app => getComputedStyle(app).backgroundColor") == "rgb(13, 21, 32)"
