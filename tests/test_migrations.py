"""A database is made at the current version, an older one is brought up, and any other is refused in one sentence."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path

import pytest
from batches import LI, NOON, all_kinds, batch, ledger, picture
from sqlalchemy import insert, inspect, text

from readiness.model import ReadinessError
from store import connection, default_database_url, load_snapshot, open_store, picture_uses, save_upload, thumbnails
from store.connection import reading, writing
from store.migrations import MIGRATIONS, bring_up, schema_version
from store.schema import SCHEMA_VERSION, schema_versions

KEPT = sorted(Path(__file__).with_name("kept_databases").glob("version_*.sql"))


def one_sentence(error: pytest.ExceptionInfo) -> bool:
    return bool(re.fullmatch(r"[^。\n]*数据库[^。\n]+。", str(error.value)))


def structure(engine) -> dict[str, tuple]:
    with reading(engine) as opened:
        found = inspect(opened)
        return {table: ([(each["name"], str(each["type"]), each["nullable"]) for each in found.get_columns(table)],
                        found.get_pk_constraint(table)["constrained_columns"],
                        sorted((each["constrained_columns"], each["referred_table"])
                               for each in found.get_foreign_keys(table)),
                        sorted(each["column_names"] for each in found.get_indexes(table)),
                        sorted(each["column_names"] for each in found.get_unique_constraints(table)))
                for table in found.get_table_names()}


def from_dump(path: Path, target: Path) -> str:
    with sqlite3.connect(target) as database:
        database.executescript(path.read_text(encoding="utf-8"))
    database.close()
    return f"sqlite:///{target}"


def test_an_empty_file_is_made_at_the_current_version(tmp_path):
    url = f"sqlite:///{tmp_path / 'new' / 'folder' / 'readiness.sqlite'}"
    with reading(open_store(url)) as opened:
        assert schema_version(opened) == SCHEMA_VERSION
    assert load_snapshot(open_store(url)).uploads.empty


def test_the_set_up_of_a_connection(tmp_path):
    with reading(open_store(f"sqlite:///{tmp_path / 'a.sqlite'}")) as opened:
        pragmas = {name: opened.scalar(text(f"PRAGMA {name}")) for name in
                   ("journal_mode", "foreign_keys", "busy_timeout")}
    assert pragmas == {"journal_mode": "wal", "foreign_keys": 1, "busy_timeout": 30000}


def test_there_is_a_migration_to_every_version_after_the_first():
    assert sorted(MIGRATIONS) == list(range(2, SCHEMA_VERSION + 1))


def test_a_database_of_every_version_so_far_is_kept():
    assert [path.stem for path in KEPT] == [f"version_{number}" for number in range(1, SCHEMA_VERSION + 1)]


@pytest.mark.parametrize("path", KEPT, ids=lambda path: path.stem)
def test_a_kept_database_opens_with_its_facts_and_todays_tables(path, tmp_path):
    engine = open_store(from_dump(path, tmp_path / "old.sqlite"))
    assert structure(engine) == structure(open_store(f"sqlite:///{tmp_path / 'new.sqlite'}"))
    snapshot = load_snapshot(engine)
    assert snapshot.ledger["description"].tolist() == ["楼道堆物"]
    assert (len(snapshot.checks), len(snapshot.sites), len(snapshot.patrols), len(snapshot.steps)) == (1, 1, 1, 1)
    assert save_upload(engine, batch(b"new", ledger("新")), LI, NOON).status == "committed"
    assert save_upload(engine, batch(b"kept", *all_kinds()), LI, NOON).status == "unchanged"


def test_pictures_are_kept_since_version_2(tmp_path):
    found = {}
    for path in KEPT:
        engine = open_store(from_dump(path, tmp_path / f"{path.stem}.sqlite"))
        uses = picture_uses(engine)
        found[path.stem] = uses["row"].tolist(), list(thumbnails(engine, uses["sha256"]).values())
        assert save_upload(engine, batch(b"new", ledger("新"), pictures=(picture(b"new"),)), LI, NOON).rejected == 1
        assert len(picture_uses(engine)) == len(uses) + 1
    assert found.pop("version_1") == ([], [])
    assert all(kept == ([3], [b"small photo"]) for kept in found.values())


def test_migrations_are_taken_in_order_and_written_down(tmp_path):
    engine = open_store(f"sqlite:///{tmp_path / 'a.sqlite'}")
    first, second = SCHEMA_VERSION + 1, SCHEMA_VERSION + 2
    steps = {first: lambda opened: opened.execute(text("CREATE TABLE second (x INTEGER)")),
             second: lambda opened: opened.execute(text("INSERT INTO second VALUES (3)"))}
    with writing(engine) as opened:
        bring_up(opened, second, steps)
    with reading(engine) as opened:
        assert opened.execute(schema_versions.select()).scalars().all() == [SCHEMA_VERSION, first, second]
        assert opened.scalar(text("SELECT x FROM second")) == 3


def test_a_migration_that_breaks_leaves_the_old_version(tmp_path):
    engine = open_store(f"sqlite:///{tmp_path / 'a.sqlite'}")
    first, second = SCHEMA_VERSION + 1, SCHEMA_VERSION + 2
    steps = {first: lambda opened: opened.execute(text("CREATE TABLE second (x INTEGER)")),
             second: lambda opened: 1 / 0}
    with pytest.raises(ZeroDivisionError), writing(engine) as opened:
        bring_up(opened, second, steps)
    with reading(engine) as opened:
        assert schema_version(opened) == SCHEMA_VERSION
        assert not inspect(opened).has_table("second")


def test_a_newer_database_is_refused(tmp_path):
    url = f"sqlite:///{tmp_path / 'a.sqlite'}"
    with writing(open_store(url)) as opened:
        opened.execute(insert(schema_versions).values(version=SCHEMA_VERSION + 1))
    with pytest.raises(ReadinessError, match="请先升级程序") as caught:
        open_store(url)
    assert one_sentence(caught)


def test_a_file_that_is_no_database_is_refused_and_left_alone(tmp_path):
    path = tmp_path / "a.sqlite"
    path.write_bytes("这不是数据库".encode() * 500)
    with pytest.raises(ReadinessError, match="不是数据库文件") as caught:
        open_store(f"sqlite:///{path}")
    assert one_sentence(caught)
    assert path.read_bytes() == "这不是数据库".encode() * 500


def test_the_database_of_another_program_is_refused_and_left_alone(tmp_path):
    path = tmp_path / "a.sqlite"
    with sqlite3.connect(path) as database:
        database.execute("CREATE TABLE theirs (x INTEGER)")
    with pytest.raises(ReadinessError, match="别的程序") as caught:
        open_store(f"sqlite:///{path}")
    assert one_sentence(caught)
    with sqlite3.connect(path) as database:
        assert database.execute("SELECT name FROM sqlite_master").fetchall() == [("theirs",)]


def test_a_locked_database_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(connection, "PATIENCE_SECONDS", 0.2)
    engine = open_store(f"sqlite:///{tmp_path / 'a.sqlite'}")
    other = sqlite3.connect(tmp_path / "a.sqlite", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(ReadinessError, match="占用") as caught:
        save_upload(engine, batch(b"a", ledger("堆物")), LI, NOON)
    other.close()
    assert one_sentence(caught)
    assert load_snapshot(engine).uploads.empty


def test_a_read_only_database_can_be_read_and_refuses_to_be_written(tmp_path):
    save_upload(open_store(f"sqlite:///{tmp_path / 'a.sqlite'}"), batch(b"a", ledger("堆物")), LI, NOON)
    engine = open_store(f"sqlite:///file:{tmp_path / 'a.sqlite'}?mode=ro&uri=true")
    assert load_snapshot(engine).ledger["description"].tolist() == ["堆物"]
    with pytest.raises(ReadinessError, match="只读") as caught:
        save_upload(engine, batch(b"b", ledger("堆物")), LI, NOON)
    assert one_sentence(caught)


@pytest.mark.parametrize(("url", "words"), [
    ("readiness.sqlite", "不是数据库地址"),
    ("nonsense://server/name", "没有安装"),
    ("sqlite:////proc/nowhere/readiness.sqlite", "打不开"),
])
def test_an_address_that_leads_nowhere_is_refused(url, words):
    with pytest.raises(ReadinessError, match=words) as caught:
        open_store(url)
    assert one_sentence(caught)


def test_a_folder_is_no_database(tmp_path):
    with pytest.raises(ReadinessError, match="打不开"):
        open_store(f"sqlite:///{tmp_path}")


def test_the_default_is_the_environments_database_else_the_file_of_the_dashboard():
    root = Path(__file__).resolve().parent.parent
    assert default_database_url({"READINESS_DATABASE_URL": "sqlite:////x.sqlite"}) == "sqlite:////x.sqlite"
    assert default_database_url({}) == f"sqlite:///{root.as_posix()}/var/readiness.sqlite"
