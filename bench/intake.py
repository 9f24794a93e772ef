"""Reading workbooks beside a bare pandas.read_excel(openpyxl) of the same bytes."""

from __future__ import annotations

import io
import random
import resource
import time
from collections.abc import Callable
from datetime import date, timedelta

import openpyxl
import pandas as pd

from loaders.book import read_book
from loaders.formats.reading import read_sheets
from loaders.vocabulary import vocabulary_of
from readiness.reference import load_reference

BOOKS, ROWS, LARGE = 25, 300, 100_000


def table() -> list[str]:
    """The lines of the table: seconds and ratios to the plain read."""
    books = [ledger(ROWS, seed) for seed in range(BOOKS)]
    lines = _compared(f"{BOOKS} books of {ROWS} rows", books)
    lines += _compared(f"one ledger of {LARGE} rows", [ledger(LARGE, 0)])
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return [*lines, f"peak memory of this process, the plain reads included: {peak:.0f} MB"]


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


def _compared(name: str, books: list[bytes]) -> list[str]:
    vocabulary = vocabulary_of(load_reference())
    ours = _seconds(lambda: [read_book("台账.xlsx", data, vocabulary) for data in books])
    bare = _seconds(lambda: [read_sheets(data) for data in books])
    plain = _seconds(lambda: [pd.read_excel(io.BytesIO(data), engine="openpyxl", header=None) for data in books])
    return [
        f"{name}: plain read {plain:.2f} s; ours {ours:.2f} s = {ours / plain:.2f} of it"
        f" (grids alone {bare / plain:.2f})"
    ]


def _seconds(work: Callable[[], object]) -> float:
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin
