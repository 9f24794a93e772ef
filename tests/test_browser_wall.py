"""What only a browser shows of 大屏: that it fits each screen, turns, goes on without its server and comes back."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime

import openpyxl
import pytest
from batches import LI
from browsing import CHROMIUM, FLAGS, ROOT, free_port, shut_in, started
from playwright.sync_api import Page, sync_playwright

from store import load_screens, make_screen, open_store, withdraw_screen

pytestmark = pytest.mark.browser
PATIENCE = 60_000  # ms: the machines of tests are shared
SIZES = ((1920, 1080), (3840, 2160), (3840, 1080))
CARD = '[class*="st-key-view-"]'
# What is cut, runs out of its card, or is smaller than 1.6 % of the height, of all text in the views that are shown.
OFFENDERS = """() => {
  const scale = parseFloat(getComputedStyle(document.documentElement).getPropertyValue("--z")) * 1.87;
  const shown = [...document.querySelectorAll('CARD')].filter(
    card => getComputedStyle(card.parentElement).opacity === "1");
  const found = [];
  for (const card of shown) {
    const edge = card.getBoundingClientRect(), texts = document.createTreeWalker(card, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const text = texts.currentNode, element = text.parentElement, style = getComputedStyle(element);
      if (!text.nodeValue.trim() || style.visibility === "hidden" || element.closest("style, defs")) continue;
      const range = document.createRange(); range.selectNodeContents(text);
      const box = range.getBoundingClientRect(), drawn = element.closest("svg") ? scale : 1;
      const size = parseFloat(style.fontSize) * drawn, past = [box.left - edge.left, edge.right - box.right,
        box.top - edge.top, edge.bottom - box.bottom];
      const said = text.nodeValue.trim().slice(0, 20);
      if (size < 0.016 * innerHeight - 0.01) found.push(`small ${said} ${size}`);
      if (Math.min(...past) < -1) found.push(`out ${said} ${past.map(Math.round)}`);
      if (element.scrollWidth > element.clientWidth + 1 && style.overflow === "hidden") found.push(`cut ${said}`);
    }
  }
  const root = document.scrollingElement, main = document.querySelector(".stMain");
  const tall = Math.max(root.scrollHeight, main.scrollHeight);
  if (root.scrollWidth > innerWidth || tall > innerHeight) found.push("scrolls");
  return found;
}""".replace("CARD", CARD)


@pytest.fixture(scope="module")
def demo(tmp_path_factory) -> str:
    url = f"sqlite:///{(tmp_path_factory.mktemp('wall') / 'demo.sqlite').as_posix()}"
    run_import(url, "data/demo")
    return url


def run_import(url: str, path: str) -> None:
    subprocess.run([sys.executable, "-m", "readiness", "--database", url, "import", path], cwd=ROOT, check=True,
                   stdout=subprocess.DEVNULL)


@pytest.fixture(scope="module")
def browser():
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


def looking(page: Page, address: str) -> Page:
    """The page once the wall stands on it with its figures."""
    page.goto(address)
    page.wait_for_function("() => window.wall && wall.told && document.querySelectorAll('.main-svg').length >= 3",
                           timeout=60_000)
    page.wait_for_timeout(1_500)
    return page


def heard(page: Page) -> str:
    return page.evaluate("wall.told.beat")


def test_the_wall_fits_each_screen_wakes_up_after_its_server_and_obeys_its_keys(browser, demo, tmp_path):
    port, left = free_port(), []
    address, engine = f"http://127.0.0.1:{port}", open_store(demo)
    server = started(demo, port)
    try:
        for width, height in SIZES:
            page = looking(shut_in(browser, width, height, "light", left), f"{address}/?screen=1&seconds=600")
            for number in range(page.evaluate("wall.pages")):
                assert page.evaluate("wall.page") == number
                assert page.evaluate(OFFENDERS) == [], (width, height, number)
                page.keyboard.press("ArrowRight")
                page.wait_for_timeout(700)
            page.context.close()

        token = make_screen(engine, "指挥室", LI, datetime.now(UTC))
        page = looking(shut_in(browser, 1920, 1080, "light", left), f"{address}/?screen=1&seconds=5&token={token}")
        page.evaluate("window.kept = true")
        page.wait_for_function("() => wall.turns.length >= 2", timeout=PATIENCE)
        page.keyboard.press(" ")
        page.get_by_text("已暂停").wait_for()
        page.keyboard.press("ArrowDown")
        page.get_by_text("街道直管准备度").wait_for()
        assert "area=310109016000" in page.url
        page.keyboard.press("Escape")
        page.get_by_text("街道准备度", exact=True).wait_for()
        page.keyboard.press(" ")

        page.evaluate("wall.build = 'that of before an update'")
        page.wait_for_function("() => !window.kept && window.wall && wall.told", timeout=PATIENCE)
        looking(page, page.url)
        page.evaluate("window.kept = true")
        run_import(demo, new_book(tmp_path))
        page.get_by_text("刚刚新增 1 条").wait_for(timeout=PATIENCE)  # two beats on a machine at rest
        assert page.evaluate("window.kept")

        server.kill()
        server.wait()
        page.wait_for_timeout(9_000)
        assert page.get_by_text("街道准备度", exact=True).is_visible() and page.locator(".main-svg").first.is_visible()
        assert page.locator('[role="dialog"]:visible').count() == 0
        beat, server = heard(page), started(demo, port)
        page.wait_for_function("beat => window.wall && wall.told && wall.told.beat !== beat", arg=beat,
                               timeout=PATIENCE)
        assert page.get_by_text("街道准备度", exact=True).is_visible()

        withdraw_screen(engine, int(load_screens(engine)["screen_id"].iloc[0]), LI, datetime.now(UTC))
        page.get_by_text("这个大屏链接无效或已停用").wait_for(timeout=PATIENCE)
        assert left == []
    finally:
        server.kill()


def new_book(folder) -> str:
    """A ledger that is no demonstration, with one open issue."""
    book = openpyxl.Workbook()
    for row in (["序号", "居民区", "具体位置", "存在问题", "发现时间", "整改情况"],
                [1, "凉三", "12号楼道", "楼道堆放纸箱", "2026-10-20", "未整改"]):
        book.active.append(row)
    path = folder / "凉三问题台账.xlsx"
    book.save(path)
    return str(path)
