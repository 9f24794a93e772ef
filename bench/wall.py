"""How soon new data stands on the wall, and how soon the wall is back after its server: beside what is promised."""

from __future__ import annotations

import time
from datetime import UTC, datetime

from playwright.sync_api import Page, sync_playwright

from bench.history import BENCH
from loaders import load_workbooks
from readiness.reference import load_reference
from store import make_screen, open_store, save_upload
from tests.browsing import CHROMIUM, FLAGS, free_port, started

UPLOADS, KILLS = 5, 2
SHOWN_WITHIN, BACK_WITHIN = 10.0, 30.0  # seconds
BOOK = "居民区,具体位置,存在问题,发现时间,整改情况\n凉三,{0}号楼道,测量{0},2026-10-20,未整改\n"
PATIENCE = 120_000  # ms


def table(database: str) -> list[str]:
    """The lines of the table: the slowest of some uploads and of some restarts, in seconds and as shares of the limits.

    The database (its address) has the books and a link more afterwards.
    """
    engine, port = open_store(database), free_port()
    token = make_screen(engine, "bench", BENCH, datetime.now(UTC))
    server = started(database, port)
    try:
        with sync_playwright() as play:
            browser = play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
            page = browser.new_page(viewport={"width": 1920, "height": 1080})
            page.goto(f"http://127.0.0.1:{port}/?screen=1&views=map&token={token}")
            page.wait_for_function("() => window.wall && wall.told && document.querySelector('.main-svg')",
                                   timeout=PATIENCE)
            shown = [_until_shown(page, engine, number) for number in range(UPLOADS)]
            back = []
            for _kill in range(KILLS):
                server.kill()
                server.wait()
                page.wait_for_timeout(5_000)
                server = started(database, port)
                back.append(_until_back(page))
    finally:
        server.kill()
    return [_line("an upload stands on the wall", shown, SHOWN_WITHIN),
            _line("the wall is back after its server", back, BACK_WITHIN)]


def _until_shown(page: Page, engine, number: int) -> float:
    book = (f"测量{number}.csv", BOOK.format(number).encode())
    (batch,) = load_workbooks([book], load_reference())
    save_upload(engine, batch, BENCH, datetime.now(UTC))
    begin = time.perf_counter()
    page.wait_for_function("words => document.querySelector('.w-new')?.textContent.includes(words)",
                           arg=f"测量{number}", timeout=PATIENCE)
    return time.perf_counter() - begin


def _until_back(page: Page) -> float:
    """From the moment at which the server answers to the first beat that the wall hears of it."""
    begin, last = time.perf_counter(), datetime.now(UTC).isoformat()
    page.wait_for_function("last => window.wall && wall.told && wall.told.beat > last", arg=last, timeout=PATIENCE)
    return time.perf_counter() - begin


def _line(what: str, seconds: list[float], limit: float) -> str:
    return f"{what:36}slowest of {len(seconds)}: {max(seconds):5.1f} s, {max(seconds) / limit:4.0%} of {limit:g} s"
