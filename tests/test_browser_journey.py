"""One whole journey in a browser: read the score, upload a book, see the number change, undo, see it back."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest
from batches import LI
from browsing import CHROMIUM, FLAGS, say_who, served, settle, shut_in
from playwright.sync_api import Page, sync_playwright
from test_pages import NOON, book, truth

from store import open_store, save_upload

pytestmark = pytest.mark.browser
ROWS = [
    ["序号", "居民区", "点位名称", "存在问题", "发现时间", "整改时限", "整改情况"],
    [1, "广水", "广水小区", "楼道堆物堵塞通道", "2026-10-20", "2026-10-22", "未整改"],
    [2, "水电", "水电小区", "墙面有小广告", "2026-10-21", "2026-10-30", "整改中"],
]


def test_a_book_changes_the_score_and_its_undo_brings_it_back(tmp_path: Path) -> None:
    url = f"sqlite:///{(tmp_path / 'journey.sqlite').as_posix()}"
    save_upload(open_store(url), book(), LI, NOON)
    left: list[str] = []
    with served(url) as address, sync_playwright() as play:
        page = shut_in(play.chromium.launch(executable_path=CHROMIUM, args=FLAGS), 1366, 900, "light", left)
        before = score_shown(page, address)
        assert before == f"{truth(url).subdistrict.score:.1f}"

        upload(page, address, workbook(tmp_path / "新台账.xlsx"))
        after = score_shown(page, address)
        assert after == f"{truth(url).subdistrict.score:.1f}"
        assert float(after) < float(before)

        undo_newest(page, address)
        assert score_shown(page, address) == before
    assert left == []


def score_shown(page: Page, address: str) -> str:
    page.goto(address)
    settle(page)
    return page.locator(".hero .big").nth(1).inner_text().removesuffix("分").strip()


def upload(page: Page, address: str, path: Path) -> None:
    page.goto(f"{address}/intake")
    settle(page)
    say_who(page, "李四")
    page.get_by_test_id("stFileUploaderDropzone").locator("input[type=file]").set_input_files(str(path))
    page.get_by_role("button", name="提交 1 个文件").click(timeout=60_000)
    page.get_by_text("“新台账.xlsx”已提交：2 条记录。").wait_for(timeout=60_000)


def undo_newest(page: Page, address: str) -> None:
    page.goto(f"{address}/intake")
    settle(page)
    say_who(page, "李四")
    table = page.get_by_test_id("stDataFrame").first.bounding_box()
    for _ in range(2):  # the first click anywhere is taken by the closing of what the name opened
        page.mouse.click(table["x"] + 16, table["y"] + 32 + 15)  # the first row, drawn on a canvas
        page.wait_for_timeout(1_500)
    page.get_by_role("button", name="撤销 u0002").click(timeout=60_000)
    page.get_by_text("已撤销 u0002“新台账.xlsx”").wait_for(timeout=60_000)


def workbook(path: Path) -> Path:
    book_ = openpyxl.Workbook()
    for row in ROWS:
        book_.active.append(row)
    content = io.BytesIO()
    book_.save(content)
    path.write_bytes(content.getvalue())
    return path
