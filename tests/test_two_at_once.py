"""Two people save at once: writers wait for each other, readers for nobody, and one book goes in once."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from threading import Barrier

import pytest
from batches import LI, NOON, batch, big_checklist, ledger

from readiness.model import ReadinessError
from readiness.people import OFFICE, User
from store import data_version, load_snapshot, open_store, save_upload, undo_upload
from store.connection import writing
from store.journal import record_change
from store.schema import STEP


def save_own_books(url: str, name: str, books: int) -> list[str]:
    engine = open_store(url)
    contents = [f"{name}{number}".encode() for number in range(books)]
    user = User(name, OFFICE)
    return [save_upload(engine, batch(content, big_checklist(500)), user, NOON).status for content in contents]


def save_same_books(url: str, books: int) -> list[str]:
    engine = open_store(url)
    return [save_upload(engine, batch(bytes([number]), ledger("堆物")), LI, NOON).status for number in range(books)]


def in_threads(count: int, action: Callable[[], object]) -> list:
    barrier = Barrier(count)

    def run(_number: int) -> object:
        barrier.wait(30)
        return action()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(run, range(count)))


@pytest.fixture
def url(tmp_path) -> str:
    return f"sqlite:///{tmp_path / 'readiness.sqlite'}"


@pytest.fixture
def processes():
    with ProcessPoolExecutor(2, multiprocessing.get_context("spawn")) as pool:
        yield pool


def test_two_processes_both_commit_into_a_database_that_neither_finds(url, processes):
    first = processes.submit(save_own_books, url, "甲", 8)
    second = processes.submit(save_own_books, url, "乙", 8)
    assert first.result(120) == second.result(120) == ["committed"] * 8
    snapshot = load_snapshot(open_store(url))
    assert len(snapshot.checks) == 2 * 8 * 500
    assert snapshot.uploads["upload_id"].tolist() == [f"u{number:04d}" for number in range(1, 17)]


def test_of_two_processes_with_the_same_books_each_book_goes_in_once(url, processes):
    first = processes.submit(save_same_books, url, 12)
    second = processes.submit(save_same_books, url, 12)
    outcomes = zip(first.result(120), second.result(120), strict=True)
    assert [sorted(pair) for pair in outcomes] == [["committed", "unchanged"]] * 12
    assert len(load_snapshot(open_store(url)).ledger) == 12


def test_of_many_threads_on_one_engine_one_commits(url):
    engine = open_store(url)
    saved = in_threads(6, lambda: save_upload(engine, batch(b"a", ledger("堆物")), LI, NOON))
    assert sorted(each.status for each in saved) == ["committed"] + ["unchanged"] * 5
    assert {each.upload_id for each in saved} == {"u0001"}
    assert data_version(engine) == 1


def test_of_two_undos_one_is_refused(url):
    engine = open_store(url)
    save_upload(engine, batch(b"a", ledger("堆物")), LI, NOON)

    def undo() -> str:
        try:
            undo_upload(engine, "u0001", LI, NOON)
            return "undone"
        except ReadinessError:
            return "refused"

    assert sorted(in_threads(2, undo)) == ["refused", "undone"]
    assert data_version(engine) == 2


def test_many_threads_open_a_new_database(url):
    assert [data_version(engine) for engine in in_threads(6, lambda: open_store(url))] == [0] * 6


def test_a_reader_sees_the_last_commit_while_somebody_writes(url):
    engine = open_store(url)
    save_upload(engine, batch(b"a", ledger("堆物")), LI, NOON)
    with writing(engine) as connection:
        record_change(connection, LI, NOON, STEP)
        assert data_version(engine) == 1
        assert load_snapshot(engine).version == 1
    assert data_version(engine) == 2
