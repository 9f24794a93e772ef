"""Endurance of the wall: `python -m bench.soak --minutes 130 --out docs/soak` runs it with uploads, views and kills.

Writes <out>.csv (a line a minute) and <out>.png (the curve), prints what grew and which turns were missed, and ends
with 1 where a memory grew by more than 5% after the warm-up or a turn was missed.
"""

from __future__ import annotations

import argparse
import csv
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
from playwright.sync_api import Page, sync_playwright

from bench.servers import ROOT
from readiness.people import OFFICE, User
from store import make_screen, open_store
from tests.browsing import CHROMIUM, FLAGS, free_port, started

SECONDS, MINUTE = 10, 60  # a page of the wall stands that long; a measurement that often (a quick run: shorter)
EVERY = {"restart": 65, "upload": 5, "view": 7}  # minutes; of two in one minute the first
WARM = 25  # minutes after each start that are warm-up: until five uploads have come and the heap has found its size
GROWTH, LATE = 0.05, 3.0  # share; seconds by which a turn may be late
FIELDS = ("minute", "server_mb", "heap_mb", "nodes", "turns", "missed", "event")


@dataclass
class Soak:
    """One run: where it stands, and what it has measured."""

    folder: Path
    minute: float = MINUTE
    seconds: int = SECONDS
    every: Mapping[str, int] = field(default_factory=lambda: EVERY)
    rows: list[dict[str, Any]] = field(default_factory=list)
    last_turn: float = 0.0
    longest: float = 0.0  # seconds between two turns

    def __post_init__(self) -> None:
        self.database = f"sqlite:///{(self.folder / 'soak.sqlite').as_posix()}"
        self.bring("data/demo")
        self.token = make_screen(open_store(self.database), "soak", User("soak", OFFICE), datetime.now(UTC))
        self.port = free_port()
        self.server = started(self.database, self.port)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def bring(self, path: str) -> None:
        """Uploads a book or a folder from outside of the server."""
        subprocess.run([sys.executable, "-m", "readiness", "--database", self.database, "import", path], cwd=ROOT,
                       check=True, stdout=subprocess.DEVNULL)

    def upload(self, number: int) -> None:
        """A book with one new issue."""
        book = openpyxl.Workbook()
        for row in (["序号", "居民区", "具体位置", "存在问题", "发现时间", "整改情况"],
                    [1, "凉三", f"{number}号楼道", "楼道堆物", date(2026, 10, 20), "未整改"]):
            book.active.append(row)
        path = self.folder / f"凉三{number}.xlsx"
        book.save(path)
        self.bring(str(path))

    def restart(self) -> None:
        """The server is killed and started again, as after a power cut."""
        self.server.kill()
        self.server.wait()
        time.sleep(8)
        self.server = started(self.database, self.port)

    def measure(self, minute: int, page: Page, event: str) -> None:
        """One line: both memories after a collection, and the turns since the line before."""
        session = page.context.new_cdp_session(page)
        session.send("HeapProfiler.collectGarbage")
        session.send("Performance.enable")
        metrics = {one["name"]: one["value"] for one in session.send("Performance.getMetrics")["metrics"]}
        session.detach()
        turns = [at / 1000 for at, _page in page.evaluate("wall.turns") if at / 1000 > self.last_turn]
        gaps = [after - before for before, after in zip([self.last_turn, *turns], turns, strict=False) if before]
        self.longest = max([self.longest, *gaps])
        self.last_turn = turns[-1] if turns else self.last_turn
        row = {"minute": minute, "server_mb": round(memory(self.server.pid), 1),
               "heap_mb": round(metrics["JSHeapUsedSize"] / 2**20, 2), "nodes": int(metrics["Nodes"]),
               "turns": len(turns), "missed": sum(gap > self.seconds + LATE for gap in gaps), "event": event}
        self.rows.append(row)
        print(row, flush=True)


def memory(process: int) -> float:
    """Resident memory of a process in MB (Linux)."""
    return int(Path(f"/proc/{process}/status").read_text("ascii").split("VmRSS:")[1].split()[0]) / 1024


def event_of(minute: int, every: Mapping[str, int] = EVERY) -> str:
    """What happens in a minute, besides the wall.

    >>> [event_of(minute) for minute in (1, 5, 7, 65, 70)]
    ['', 'upload', 'view', 'restart', 'upload']
    """
    return next((event for event, minutes in every.items() if minute % minutes == 0), "")


def run(soak: Soak, minutes: int) -> None:
    """The wall and what goes on around it, for so many minutes."""
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = browser.new_page(viewport={"width": 1920, "height": 1080})
        page.goto(f"{soak.address}/?screen=1&seconds={soak.seconds}&token={soak.token}")
        page.wait_for_function("() => window.wall && wall.told && wall.pages > 1", timeout=90_000)
        begin = time.monotonic()
        for minute in range(1, minutes + 1):
            event = event_of(minute, soak.every)
            if event == "restart":
                soak.restart()
            elif event == "upload":
                soak.upload(minute)
            elif event == "view":
                other = browser.new_page(viewport={"width": 1366, "height": 768})
                for path in ("", "map", "ledger", "relapse"):
                    other.goto(f"{soak.address}/{path}")
                    other.wait_for_selector(".title-line", timeout=60_000)
                other.close()
            page.wait_for_timeout(max(0.0, 1000 * (begin + soak.minute * minute - time.monotonic())))
            soak.measure(minute, page, event)
        browser.close()


def growths(rows: pd.DataFrame) -> dict[str, float]:
    """How much each memory grew after the warm-up: the greatest growth between the first and the last fifth of what
    lies between two starts of the server, warm-ups left out; missing where no stretch is long enough.

    >>> rows = pd.DataFrame({"minute": range(1, 51), "event": "", "server_mb": [100.0] * 40 + [110.0] * 10,
    ...                      "heap_mb": 50.0})
    >>> growths(rows)
    {'server_mb': 0.1, 'heap_mb': 0.0}
    """
    life = (rows["event"] == "restart").cumsum()
    parts = [part.iloc[WARM:] for _number, part in rows.groupby(life) if len(part) >= 2 * WARM]
    grown = {name: [_grown(part[name]) for part in parts] for name in ("server_mb", "heap_mb")}
    return {name: round(max(values), 4) if values else float("nan") for name, values in grown.items()}


def _grown(values: pd.Series) -> float:
    fifth = max(1, len(values) // 5)
    return float(values.tail(fifth).median() / values.head(fifth).median() - 1)


def curve(rows: pd.DataFrame, path: Path) -> None:
    """Draws both memories over the minutes as a picture, with the warm-up after each start of the server."""
    import plotly.graph_objects as go

    figure = go.Figure(layout={
        "template": "none", "width": 1200, "height": 420, "margin": {"l": 70, "r": 70, "t": 50, "b": 50},
        "legend": {"orientation": "h", "x": 0, "y": 1.14}, "xaxis": {"title": "minute", "showgrid": False},
        "yaxis": {"title": "server, MB", "range": [0, 1.15 * rows["server_mb"].max()]},
        "yaxis2": {"title": "browser heap, MB", "range": [0, 1.5 * rows["heap_mb"].max()], "side": "right",
                   "overlaying": "y", "showgrid": False, "tickmode": "auto", "tickformat": ".0f", "nticks": 6}})
    figure.add_scatter(x=rows["minute"], y=rows["server_mb"], name="server")
    figure.add_scatter(x=rows["minute"], y=rows["heap_mb"], name="browser heap (right)", yaxis="y2")
    for minute in (0, *rows.loc[rows["event"] == "restart", "minute"]):
        figure.add_vrect(minute, min(minute + WARM, rows["minute"].max()), fillcolor="#eef2f5", line_width=0,
                         layer="below", annotation_text="warm-up", annotation_position="bottom left")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as play:
        page_file = Path(folder) / "curve.html"
        figure.write_html(page_file, include_plotlyjs=True)
        browser = play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = browser.new_page(viewport={"width": 1216, "height": 436})
        page.goto(page_file.as_uri())
        page.wait_for_selector(".main-svg")
        page.screenshot(path=path)
        browser.close()


def main() -> int:
    """Runs the soak; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--minutes", type=int, default=130)
    parser.add_argument("--minute", type=float, default=MINUTE, metavar="SECONDS", help="a shorter one for a quick run")
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "soak")
    said = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        soak = Soak(Path(folder), said.minute)
        try:
            run(soak, said.minutes)
        finally:
            soak.server.kill()
            with said.out.with_suffix(".csv").open("w", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(file, FIELDS)
                writer.writeheader()
                writer.writerows(soak.rows)
    rows = pd.DataFrame(soak.rows)
    curve(rows, said.out.with_suffix(".png"))
    grown, missed = growths(rows), int(rows["missed"].sum())
    print(f"{len(rows)} minutes, {int(rows['turns'].sum())} turns, {missed} missed; growth after the warm-up: {grown}")
    return 1 if missed or any(value > GROWTH for value in grown.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
