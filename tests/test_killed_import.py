"""kill -9 at any moment of an import leaves all of an upload or nothing of it."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest
from batches import LI, NOON, batch, big_checklist, ledger

from store import load_snapshot, open_store, save_upload
from store.schema import metadata

HERE = Path(__file__).resolve().parent
ROWS = 6000
TABLES = 5

# Saves one big book and, before the statement of a given number or before the commit, says so and waits to be killed.
CHILD = f"""
import sys, time
sys.path[:0] = [{str(HERE)!r}, {str(HERE.parent)!r}]
from sqlalchemy import event
from batches import LI, NOON, batch, big_checklist
from store import open_store, save_upload

url, moment = sys.argv[1:]
book = batch(b"big", *[big_checklist({ROWS})] * {TABLES})
engine = open_store(url)
inserts = 0

def wait(*_):
    print("waiting", flush=True)
    time.sleep(600)

def count(_connection, _cursor, statement, *_):
    global inserts
    inserts += statement.startswith("INSERT")
    if moment == str(inserts):
        wait()

event.listen(engine, "after_cursor_execute", count)
if moment == "commit":
    event.listen(engine, "commit", wait)
print("ready", flush=True)
save_upload(engine, book, LI, NOON)
print("saved", flush=True)
time.sleep(600)
"""


def start(path: Path, moment: str) -> subprocess.Popen:
    child = subprocess.Popen([sys.executable, "-c", CHILD, f"sqlite:///{path}", moment], stdout=subprocess.PIPE,
                             encoding="utf-8")
    assert child.stdout.readline() == "ready\n"
    return child


def kill(child: subprocess.Popen) -> None:
    child.kill()
    child.wait(30)
    child.stdout.close()


def rows_left(path: Path) -> dict[str, int]:
    with closing(sqlite3.connect(path)) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        counts = {name: database.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in metadata.tables}
    return {name: count for name, count in counts.items() if count and name != "schema_versions"}


NOTHING: dict[str, int] = {}
ALL = {"originals": 1, "uploads": 1, "changes": 1, "tables": TABLES, "check_rows": ROWS * TABLES}


@pytest.mark.parametrize("moment", ["1", "3", "5", "9", str(3 + 2 * TABLES), "commit"])
def test_killed_within_the_transaction_nothing_is_left(tmp_path, moment):
    path = tmp_path / "readiness.sqlite"
    child = start(path, moment)
    assert child.stdout.readline() == "waiting\n"
    kill(child)
    assert rows_left(path) == NOTHING
    again = save_upload(open_store(f"sqlite:///{path}"), batch(b"big", big_checklist(3)), LI, NOON)
    assert (again.status, again.upload_id) == ("committed", "u0001")


def test_killed_after_the_commit_everything_is_there(tmp_path):
    path = tmp_path / "readiness.sqlite"
    child = start(path, "never")
    assert child.stdout.readline() == "saved\n"
    kill(child)
    assert rows_left(path) == ALL


@pytest.mark.parametrize("seconds", [0.05, 0.2, 0.4, 0.6, 0.9])
def test_killed_at_any_moment_it_is_all_or_nothing(tmp_path, seconds):
    path = tmp_path / "readiness.sqlite"
    child = start(path, "never")
    time.sleep(seconds)
    kill(child)
    assert rows_left(path) in (NOTHING, ALL)


def test_what_was_there_before_is_untouched(tmp_path):
    path = tmp_path / "readiness.sqlite"
    save_upload(open_store(f"sqlite:///{path}"), batch(b"small", ledger("楼道堆物")), LI, NOON)
    child = start(path, "commit")
    assert child.stdout.readline() == "waiting\n"
    kill(child)
    snapshot = load_snapshot(open_store(f"sqlite:///{path}"))
    assert snapshot.ledger["description"].tolist() == ["楼道堆物"]
    assert (snapshot.version, len(snapshot.uploads), len(snapshot.checks)) == (1, 1, 0)
