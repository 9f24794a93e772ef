"""Server time of each page, warm and cold, with one and with ten times the history, beside the floor."""

from __future__ import annotations

import asyncio
import re
import statistics
from collections.abc import Iterator
from datetime import UTC, datetime

from bench.client import visitor
from bench.servers import ROOT, served
from loaders import load_workbooks
from readiness.model import Batch
from readiness.people import OFFICE, User
from readiness.reference import load_reference
from store import open_store, save_upload, undo_upload

BENCH = User("bench", OFFICE)
WARM_RUNS = 15
COLD_RUNS = 3
BOOK = "序号,居民区,存在问题,发现时间,整改情况\n1,广水,测量用的问题{0},2026-10-20,未整改\n"


def page_paths() -> list[str]:
    """The url_path of every page of the menu, "" for the first: a page's is its file's name."""
    files = re.findall(r'"(pages/\w+/(\w+)\.py)"', (ROOT / "dashboard.py").read_text("utf-8"))
    return ["", *(name for _, name in files[1:])]


def page_times(database: str) -> dict[str, tuple[float, float]]:
    """Page -> (median warm, median cold) rerun in seconds; cold is the first run after an upload."""
    with served("dashboard.py", database) as server:
        return asyncio.run(_page_times(server.address, database))


def floor_time(database: str) -> float:
    """Median warm rerun of the floor in seconds."""
    with served("bench/floor.py", database) as server:
        return asyncio.run(_warm(server.address, ""))


async def _page_times(address: str, database: str) -> dict[str, tuple[float, float]]:
    return {
        page or "overview": (await _warm(address, page), await _cold(address, database, page)) for page in page_paths()
    }


async def _warm(address: str, page: str) -> float:
    async with visitor(address) as session:
        await session.run(page)
        await session.run(page)
        return statistics.median([await session.run(page) for _ in range(WARM_RUNS)])


async def _cold(address: str, database: str, page: str) -> float:
    engine, seconds, ids = open_store(database), [], []
    async with visitor(address) as session:
        await session.run(page)
        for batch in _books(page):
            ids.append(save_upload(engine, batch, BENCH, datetime.now(UTC)).upload_id)
            seconds.append(await session.run(page))
    for upload_id in ids:
        undo_upload(engine, upload_id, BENCH, datetime.now(UTC))
    return statistics.median(seconds)


def _books(page: str) -> Iterator[Batch]:
    """One small book for each cold run of a page."""
    texts = [BOOK.format(f"{page}{turn}{datetime.now(UTC).timestamp()}") for turn in range(COLD_RUNS)]
    return load_workbooks([("测量.csv", text.encode()) for text in texts], load_reference())


def table(once: str, tenfold: str) -> list[str]:
    """The lines of the table: milliseconds, and ratios to the floor and between the two histories."""
    floor, one, ten = floor_time(once), page_times(once), page_times(tenfold)
    lines = [
        f"floor (three charts, nothing else): warm {floor * 1000:.0f} ms",
        f"{'page':<10}{'warm ms':>9}{'x floor':>9}{'cold ms':>9}"
        f"{'warm 10x':>10}{'ratio':>7}{'cold 10x':>10}{'ratio':>7}",
    ]
    for page, (warm, cold) in one.items():
        warm_ten, cold_ten = ten[page]
        lines.append(
            f"{page:<10}{warm * 1000:>9.0f}{warm / floor:>9.2f}{cold * 1000:>9.0f}{warm_ten * 1000:>10.0f}"
            f"{warm_ten / warm:>7.2f}{cold_ten * 1000:>10.0f}{cold_ten / cold:>7.2f}"
        )
    return lines
