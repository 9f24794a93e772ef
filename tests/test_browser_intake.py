"""数据上报 in a browser: an answered question goes at once, two people do not meet, a killed reader costs nothing."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from batches import LI
from browsing import CHROMIUM, FLAGS, say_who, served, settle, shut_in
from playwright.sync_api import Browser, Page, expect, sync_playwright
from test_pages import NOON, book, workbook
from test_preview_page import ROW

from store import load_snapshot, open_store, save_upload

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def url(tmp_path_factory) -> str:
    address = f"sqlite:///{(tmp_path_factory.mktemp('intake') / 'intake.sqlite').as_posix()}"
    save_upload(open_store(address), book(), LI, NOON)
    return address


@pytest.fixture(scope="module")
def address(url) -> Iterator[str]:
    with served(url) as where:
        yield where


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as play:
        yield play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)


def visitor(browser: Browser, address: str) -> Page:
    page = shut_in(browser, 1366, 900, "light", [])
    page.set_default_timeout(60_000)
    expect.set_options(timeout=60_000)
    page.goto(f"{address}/intake")
    settle(page)
    say_who(page, "李四")
    return page


def put_in(page: Page, folder: Path, *files: tuple[str, bytes]) -> None:
    for name, content in files:
        (folder / name).write_bytes(content)
    uploader = page.get_by_test_id("stFileUploaderDropzone").locator("input[type=file]")
    uploader.set_input_files([str(folder / name) for name, _content in files])


def test_two_people_at_once_see_and_commit_their_own_files(browser, address, url, tmp_path):
    first, second = visitor(browser, address), visitor(browser, address)
    put_in(first, tmp_path, ("甲.xlsx", workbook((1, "广水", "广水小区", "甲的问题", *ROW[2:]))))
    put_in(second, tmp_path, ("乙.xlsx", workbook((1, "广water", "广水小区", "乙的问题", *ROW[2:]))))
    expect(first.locator(".st-key-card-decide")).to_contain_text("1 个文件，1 条记录，0 处问题")
    expect(second.locator(".st-key-card-decide")).to_contain_text("1 个文件，0 条记录，1 处问题")
    choose_area(second, "广水")
    expect(second.locator(".st-key-card-problems")).to_have_count(0)
    second.get_by_role("button", name="提交 1 个文件").click()
    expect(second.locator(".st-key-card-files")).to_contain_text("“乙.xlsx”已提交：1 条记录。")
    expect(first.locator(".st-key-card-decide")).to_contain_text("1 个文件，1 条记录，0 处问题")
    first.get_by_role("button", name="提交 1 个文件").click()
    expect(first.locator(".st-key-card-files")).to_contain_text("“甲.xlsx”已提交：1 条记录。")
    assert load_snapshot(open_store(url)).uploads["file"].tolist() == ["示例.xlsx", "乙.xlsx", "甲.xlsx"]


def test_an_answered_question_goes_and_comes_back_when_it_is_taken_back(browser, address, tmp_path):
    page = visitor(browser, address)
    files = [(f"{number}.xlsx", workbook((1, "广水", "广水小区", f"第{number}", f"2026-02-3{number}", *ROW[3:])))
             for number in range(3)]
    put_in(page, tmp_path, *files)
    asked = page.locator(".st-key-card-problems .stTextInput input")
    expect(asked).to_have_count(3)
    asked.last.fill("2026-02-20")
    asked.last.press("Enter")
    expect(asked).to_have_count(2)
    page.get_by_role("button", name="撤回 1 个回答").click()
    expect(asked).to_have_count(3)
    page.get_by_role("button", name="放弃").click()
    expect(page.locator(".st-key-card-decide")).to_have_count(0)


def test_a_killed_reading_process_costs_nobody_a_file(browser, address, tmp_path):
    page = visitor(browser, address)
    held = reading_processes()
    assert len(held) == 1
    for process in held:
        os.kill(process, signal.SIGKILL)
    put_in(page, tmp_path, ("丙.xlsx", workbook((1, "广水", "广水小区", "丙的问题", *ROW[2:]))))
    expect(page.locator(".st-key-card-decide")).to_contain_text("1 个文件，1 条记录，0 处问题")


def choose_area(page: Page, name: str) -> None:
    box = page.locator("[class*=st-key-area-] input").first
    box.click()
    box.fill(name)
    page.keyboard.press("Enter")


def reading_processes() -> list[int]:
    """The reading processes of the server that this process started (Linux)."""
    return [process for server in children(os.getpid()) for process in children(server)
            if b"loaders.worker" in Path(f"/proc/{process}/cmdline").read_bytes()]


def children(process: int) -> list[int]:
    tasks = Path(f"/proc/{process}/task").glob("*/children")
    return [int(child) for task in tasks for child in task.read_text("ascii").split()]
