"""Fifty sessions clicking for a minute: p50 and p95 of a click, and the server's memory a session."""

from __future__ import annotations

import asyncio
import random
import statistics
import time

from bench.client import visitor
from bench.pages import page_paths
from bench.servers import served

SESSIONS = 50
SECONDS = 60
PAUSE = (2.0, 6.0)  # seconds a person looks before the next click


def table(database: str) -> list[str]:
    """The lines of the table."""
    with served("dashboard.py", database) as server:
        asyncio.run(_click(server.address, 1, 0, random.Random(0)))
        before = server.megabytes()
        times = asyncio.run(_crowd(server.address))
        after = server.megabytes()
    cuts = statistics.quantiles(times, n=20)
    return [
        f"{SESSIONS} sessions for {SECONDS} s, a pause of {PAUSE[0]:.0f} to {PAUSE[1]:.0f} s each: {len(times)} clicks",
        f"p50 {statistics.median(times) * 1000:.0f} ms   p95 {cuts[-1] * 1000:.0f} ms   max {max(times) * 1000:.0f} ms",
        f"memory {before:.0f} MB -> {after:.0f} MB, {(after - before) / SESSIONS:.2f} MB a session",
    ]


async def _crowd(address: str) -> list[float]:
    runs = await asyncio.gather(*(_click(address, None, SECONDS, random.Random(seed)) for seed in range(SESSIONS)))
    return [seconds for run in runs for seconds in run]


async def _click(address: str, clicks: int | None, seconds: float, chance: random.Random) -> list[float]:
    """The seconds of each click of one session, for so many clicks (then on every page) or so long."""
    paths, times, end = page_paths(), [], time.monotonic() + seconds
    async with visitor(address) as session:
        if clicks:
            return [await session.run(page) for page in paths]
        await asyncio.sleep(chance.uniform(0, PAUSE[1]))
        while time.monotonic() < end:
            times.append(await session.run(chance.choice(paths)))
            await asyncio.sleep(chance.uniform(*PAUSE))
    return times
