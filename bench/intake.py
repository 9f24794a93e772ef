"""Reading workbooks beside a bare pandas.read_excel(openpyxl) of the same bytes, and the preview of one."""

from __future__ import annotations

import io
import random
import resource
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import openpyxl
import pandas as pd

from bench.history import demonstration, filled
from loaders import load_workbooks, make_ready
from loaders.formats.reading import read_sheets
from readiness.facts import Facts, place_facts
from readiness.model import Batch, Snapshot
from readiness.preview import alike, difference, new_ids, with_batches
from readiness.reference import Reference, load_reference
from readiness.standing import standing
from readiness.trends import as_of_day
from store import load_snapshot, open_store

BOOKS, ROWS, LARGE = 25, 300, 100_000
START = 2.0  # seconds in which a reading process has started


def table() -> list[str]:
    """The lines of the table: seconds and ratios to the plain read, with every check done in the reading process."""
    reference = load_reference()
    lines = _compared(f"{BOOKS} books of {ROWS} rows", [ledger(ROWS, seed) for seed in range(BOOKS)], reference)
    lines += _compared(f"one ledger of {LARGE} rows", [ledger(LARGE, 0)], reference)
    return [*lines, _preview(ledger(ROWS, 0), reference)]


def ledger(rows: int, seed: int) -> bytes:
    """A ledger of fourteen columns with a title."""
    chance = random.Random(seed)
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("台账")
    sheet.append(["凉城新村街道问题整改台账（2021年10月）"])
    sheet.append(
        [
            "序号",
            "居民区",
            "点位名称",
            "具体位置",
            "问题类别",
            "存在问题",
            "责任单位",
            "责任人",
            "发现时间",
            "整改时限",
            "整改情况",
            "完成时间",
            "整改措施",
            "备注",
        ]
    )
    for number in range(rows):
        found = date(2021, 10, 1) + timedelta(days=number % 20)
        sheet.append(
            [
                number + 1,
                chance.choice(["文苑一", "复旦居委会", "凉城三村"]),
                f"小区{number % 40}",
                f"{number % 30}号楼道",
                "公共环境",
                f"楼道堆物{number}",
                "物业公司",
                "张三",
                found,
                f"10.{found.day + 5}",
                "已整改",
                found + timedelta(days=4),
                "清理",
                "",
            ]
        )
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _compared(name: str, books: Sequence[bytes], reference: Reference) -> list[str]:
    ours = _seconds(lambda: _read(books, reference))
    here, there = (resource.getrusage(who).ru_maxrss / 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    make_ready()
    time.sleep(START)
    ready = _seconds(lambda: _read(books, reference))
    grids = _seconds(lambda: [read_sheets(data) for data in books])
    plain = _seconds(lambda: [_plain_read(data) for data in books])
    return [
        f"{name}: plain read {plain:.2f} s; ours {ours:.2f} s = {ours / plain:.2f} of it, {ready / plain:.2f} by a"
        f" process that stood ready (grids alone {grids / plain:.2f})",
        f"    peak memory so far: {there:.0f} MB in the reading process, {here:.0f} MB in this one",
    ]


def _preview(book: bytes, reference: Reference) -> str:
    with tempfile.TemporaryDirectory() as folder:
        snapshot = load_snapshot(open_store(filled(Path(folder) / "kept.sqlite", demonstration(), 1)))
        facts = place_facts(snapshot, reference)
        make_ready()
        time.sleep(START)
        ours = _seconds(lambda: _ahead(_read([book], reference), snapshot, facts, reference))
    plain = _seconds(lambda: _plain_read(book))
    return f"preview of {ROWS} rows on the demonstration's history: {ours:.2f} s = {ours / plain:.1f} plain reads"


def _ahead(batches: list[Batch], snapshot: Snapshot, facts: Facts, reference: Reference) -> None:
    """What the page works out of a book before it is committed (ui.ahead)."""
    later, ids = with_batches(snapshot, batches, datetime.now(UTC)), new_ids(snapshot, len(batches))
    day, placed = as_of_day(later, None), place_facts(later, reference)
    before = standing(facts, reference, day)
    found = difference((facts, placed), (before, standing(placed, reference, day)), ids)
    alike(later, before.issues, found.issues, ids)


def _read(books: Sequence[bytes], reference: Reference) -> list[Batch]:
    return list(load_workbooks([("台账.xlsx", data) for data in books], reference))


def _plain_read(data: bytes) -> pd.DataFrame:
    return pd.read_excel(io.BytesIO(data), engine="openpyxl", header=None)


def _seconds(work: Callable[[], object]) -> float:
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin
