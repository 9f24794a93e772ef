"""A dashboard of its own on a free port, and a browser that may not leave 127.0.0.1."""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser, Page

ROOT = Path(__file__).resolve().parent.parent
CHROMIUM = "/usr/bin/chromium"
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
         "--disable-background-networking", "--disable-component-update", "--disable-sync"]
DRAWN = """() => !document.querySelector('[data-testid="stSkeleton"], [data-testid="stStatusWidget"]')
    && document.querySelector('.title-line')
    && [...document.querySelectorAll('.stPlotlyChart')].every(chart => {
        const drawing = chart.querySelector('.main-svg');
        return drawing && Math.abs(drawing.getBoundingClientRect().width - chart.getBoundingClientRect().width) < 2;
    })"""


def free_port() -> int:
    """A port on which nobody listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def started(database: str, port: int) -> subprocess.Popen:
    """A dashboard on that database and port that answers already."""
    command = [sys.executable, "-m", "streamlit", "run", "dashboard.py", "--server.port", str(port)]
    server = subprocess.Popen(command, cwd=ROOT, env={**os.environ, "READINESS_DATABASE_URL": database},
                              stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    wait_until_served(f"http://127.0.0.1:{port}", server)
    return server


@contextlib.contextmanager
def served(database: str) -> Iterator[str]:
    """The address of a dashboard on that database, on a free port, for as long as the block runs."""
    port = free_port()
    server = started(database, port)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        try:
            server.wait(20)
        except subprocess.TimeoutExpired:  # a laden machine; nothing is lost
            server.kill()


def wait_until_served(address: str, server: subprocess.Popen) -> None:
    """Returns once the server answers; raises RuntimeError when it has ended or does not within a minute."""
    for _ in range(240):
        with contextlib.suppress(OSError), urllib.request.urlopen(f"{address}/_stcore/health", timeout=2) as answer:
            if answer.read() == b"ok":
                return
        if server.poll() is not None:
            break
        time.sleep(0.25)
    raise RuntimeError("the dashboard did not start")


def shut_in(browser: Browser, width: int, height: int, mode: str, left: list[str]) -> Page:
    """A page of that size and mode; addresses outside 127.0.0.1 that it asks for are added to left and not fetched."""
    context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=mode, locale="zh-CN")

    def judge(route) -> None:
        url = route.request.url
        if url.startswith(("http://127.0.0.1", "data:", "blob:")):
            route.continue_()
        else:
            left.append(url)
            route.abort()

    context.route("**/*", judge)
    return context.new_page()


def settle(page: Page) -> None:
    """Waits until everything is drawn at its width and nothing moves any more."""
    page.wait_for_function(DRAWN, timeout=90_000)
    page.wait_for_timeout(1_200)
    page.wait_for_function(DRAWN, timeout=90_000)


def say_who(page: Page, name: str) -> None:
    """Says at the top right who works here, as the office."""
    page.locator(".st-key-menu-who button").click()
    page.get_by_label("姓名").fill(name)
    page.get_by_label("姓名").press("Enter")
    page.get_by_role("button", name="就是我").click()
    page.locator(".st-key-menu-who").get_by_text(name).wait_for(timeout=60_000)
    page.locator(".st-key-menu-who button").first.click()  # closes what the name opened
    settle(page)
