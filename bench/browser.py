"""The first chart in a browser after a warm start."""

from __future__ import annotations

import statistics
import time

from playwright.sync_api import sync_playwright

from bench.servers import served
from tests.browsing import CHROMIUM, FLAGS

RUNS = 5


def table(database: str) -> list[str]:
    """The lines of the table: seconds from asking for the address to the first drawn chart."""
    with served("dashboard.py", database) as server, sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        context = browser.new_context(viewport={"width": 1366, "height": 768}, locale="zh-CN")
        times = [_first_chart(context, server.address) for _ in range(RUNS + 1)]
    return [
        f"first chart of 总览: first visit {times[0]:.2f} s,"
        f" later visits (browser cache) median {statistics.median(times[1:]):.2f} s"
    ]


def _first_chart(context, address: str) -> float:
    page = context.new_page()
    begin = time.perf_counter()
    page.goto(address, wait_until="commit")
    page.wait_for_selector(".stPlotlyChart .main-svg", timeout=60_000)
    seconds = time.perf_counter() - begin
    page.close()
    return seconds
