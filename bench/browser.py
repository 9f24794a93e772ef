"""The first chart in a browser after a warm start."""

from __future__ import annotations

import statistics
import time

from playwright.sync_api import sync_playwright

from bench.servers import served
from tests.browsing import CHROMIUM, FLAGS

RUNS = 5


def table(database: str) -> list[str]:
    """The lines of the table: seconds from asking for the address to the first drawn chart, and the floor's in turn."""
    with (
        served("dashboard.py", database) as server,
        served("bench/floor.py", database) as floor,
        sync_playwright() as play,
    ):
        browser = play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        context = browser.new_context(viewport={"width": 1366, "height": 768}, locale="zh-CN")
        pairs = [[_first_chart(context, each.address) for each in (server, floor)] for _ in range(RUNS + 1)]
    times, least = ([pair[place] for pair in pairs] for place in (0, 1))
    later, lowest = statistics.median(times[1:]), statistics.median(least[1:])
    return [
        f"first chart of 总览 (eight charts): first visit {times[0]:.2f} s,"
        f" later visits (browser cache) median {later:.2f} s",
        f"floor (three charts): first visit {least[0]:.2f} s, later {lowest:.2f} s; ratio {later / lowest:.2f}",
    ]


def _first_chart(context, address: str) -> float:
    page = context.new_page()
    begin = time.perf_counter()
    page.goto(address, wait_until="commit")
    page.wait_for_selector(".stPlotlyChart .main-svg", timeout=60_000)
    seconds = time.perf_counter() - begin
    page.close()
    return seconds
