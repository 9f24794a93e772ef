"""A meeting in a browser: turned with the arrow keys, drilled, decided, frozen; and all of it there afterwards."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from batches import LI
from browsing import CHROMIUM, FLAGS, say_who, served, settle, shut_in
from playwright.sync_api import sync_playwright
from test_pages import NOON, book, truth

from store import load_decisions, load_meetings, open_store, save_upload

pytestmark = pytest.mark.browser


def test_a_meeting_from_the_first_screen_to_the_frozen_numbers(tmp_path: Path) -> None:
    url = f"sqlite:///{(tmp_path / 'meeting.sqlite').as_posix()}"
    save_upload(open_store(url), book(), LI, NOON)
    left: list[str] = []
    with served(url) as address, sync_playwright() as play:
        page = shut_in(play.chromium.launch(executable_path=CHROMIUM, args=FLAGS), 1600, 900, "light", left)
        page.goto(f"{address}/meeting")
        settle(page)
        say_who(page, "李四")
        head = page.locator(".m-head")
        for heading in ("准备度", "谁领先，谁落后", "问题在哪里"):
            page.keyboard.press("ArrowRight")
            page.locator(".m-head", has_text=heading).wait_for()
        labels = page.locator(".stPlotlyChart .annotation-text")
        settle(page)
        sizes = labels.evaluate_all("all => all.map(one => parseFloat(getComputedStyle(one).fontSize))")
        assert min(sizes) >= 16 and len(sizes) > 20
        page.keyboard.press("ArrowLeft")
        page.locator(".m-head", has_text="谁领先").wait_for()

        page.get_by_role("button", name="失分的项目").last.click()
        dialog = page.locator('[role="dialog"]')
        dialog.get_by_text("合计失").wait_for()
        dialog.locator('button[aria-label="Close"]').click()
        dialog.wait_for(state="detached")
        for _turn in range(6):
            before = head.inner_text()
            page.keyboard.press("ArrowRight")
            page.wait_for_function("before => document.querySelector('.m-head').innerText !== before", arg=before)
        assert head.inner_text() == "今天定的事"

        page.get_by_label("定了什么事").fill("楼道堆物清零")
        page.get_by_label("由谁负责").fill("张三")
        page.get_by_role("button", name="记下", exact=True).click()
        page.locator(".m-lines").get_by_text("楼道堆物清零").wait_for()
        page.get_by_role("button", name="冻结本次会议").click()
        page.get_by_text("李四 冻结").wait_for()
        page.reload()
        settle(page)
        page.get_by_text("李四 冻结").wait_for()
    assert left == []
    (kept,) = load_meetings(open_store(url)).itertuples()
    now = truth(url).subdistrict
    assert (round(kept.numbers["score"], 6), kept.numbers["open"]) == (round(now.score, 6), now.open)
    (decision,) = load_decisions(open_store(url)).itertuples()
    assert (decision.text, decision.owner, decision.decided_on.date()) == ("楼道堆物清零", "张三", date(2026, 10, 26))
