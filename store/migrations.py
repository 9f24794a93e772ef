"""The schema's version: an empty database is made at the current one, an older one is brought up step by step."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from sqlalchemy import Connection, Engine, func, insert, inspect, select, text

from readiness.language import _
from readiness.model import ReadinessError
from store.connection import connect, place, reading, writing
from store.schema import SCHEMA_VERSION, metadata, schema_versions


def _keep_pictures(connection: Connection) -> None:
    server = connection.dialect.name == "postgresql"
    number, content = ("SERIAL", "BYTEA") if server else ("INTEGER", "BLOB")
    connection.execute(text(f"""
        CREATE TABLE pictures (
            sha256 VARCHAR(64) NOT NULL, media_type VARCHAR(20) NOT NULL, width INTEGER NOT NULL,
            height INTEGER NOT NULL, phash VARCHAR(16), content {content} NOT NULL, thumbnail {content} NOT NULL,
            PRIMARY KEY (sha256))"""))
    connection.execute(text(f"""
        CREATE TABLE picture_uses (
            id {number} NOT NULL, table_id INTEGER NOT NULL, "row" INTEGER NOT NULL, field VARCHAR(20) NOT NULL,
            ordinal INTEGER NOT NULL, sha256 VARCHAR(64) NOT NULL, PRIMARY KEY (id),
            FOREIGN KEY(table_id) REFERENCES tables (id), FOREIGN KEY(sha256) REFERENCES pictures (sha256))"""))
    connection.execute(text("CREATE INDEX ix_picture_uses_table_id ON picture_uses (table_id)"))


def _remember_answers(connection: Connection) -> None:
    number = "SERIAL" if connection.dialect.name == "postgresql" else "INTEGER"
    connection.execute(text("ALTER TABLE uploads ADD COLUMN corrections TEXT NOT NULL DEFAULT '{}'"))
    connection.execute(text(f"""
        CREATE TABLE answers (
            id {number} NOT NULL, change_id INTEGER NOT NULL, what VARCHAR(20) NOT NULL, seen TEXT NOT NULL,
            meaning TEXT, PRIMARY KEY (id), FOREIGN KEY(change_id) REFERENCES changes (id))"""))


def _know_people_and_steps(connection: Connection) -> None:
    number = "SERIAL" if connection.dialect.name == "postgresql" else "INTEGER"
    for column in ("changes ADD COLUMN role VARCHAR(20)", "steps ADD COLUMN seen VARCHAR(20)",
                   "steps ADD COLUMN until VARCHAR(10)"):
        connection.execute(text(f"ALTER TABLE {column}"))
    connection.execute(text(f"""
        CREATE TABLE step_pictures (
            id {number} NOT NULL, step_id INTEGER NOT NULL, sha256 VARCHAR(64) NOT NULL, PRIMARY KEY (id),
            FOREIGN KEY(step_id) REFERENCES steps (id), FOREIGN KEY(sha256) REFERENCES pictures (sha256))"""))
    connection.execute(text("CREATE INDEX ix_step_pictures_step_id ON step_pictures (step_id)"))
    connection.execute(text(f"""
        CREATE TABLE decisions (
            id {number} NOT NULL, change_id INTEGER NOT NULL, decision VARCHAR(20) NOT NULL,
            decided_on VARCHAR(10) NOT NULL, text TEXT NOT NULL, owner TEXT NOT NULL, due_on VARCHAR(10),
            area_code VARCHAR(20), thread TEXT, status VARCHAR(20) NOT NULL, note TEXT, PRIMARY KEY (id),
            FOREIGN KEY(change_id) REFERENCES changes (id))"""))
    connection.execute(text("CREATE INDEX ix_decisions_decision ON decisions (decision)"))
    connection.execute(text(f"""
        CREATE TABLE handovers (
            id {number} NOT NULL, change_id INTEGER NOT NULL, post VARCHAR(20) NOT NULL,
            area_code VARCHAR(20) NOT NULL, leaves TEXT NOT NULL, follows TEXT, "on" VARCHAR(10) NOT NULL, note TEXT,
            PRIMARY KEY (id), FOREIGN KEY(change_id) REFERENCES changes (id))"""))


def _keep_tallies(connection: Connection) -> None:
    server = connection.dialect.name == "postgresql"
    number, real = ("SERIAL", "DOUBLE PRECISION") if server else ("INTEGER", "FLOAT")
    connection.execute(text(f"""
        CREATE TABLE tallies (
            id {number} NOT NULL, table_id INTEGER NOT NULL, "row" INTEGER NOT NULL, cell VARCHAR(20) NOT NULL,
            area_code VARCHAR(20), measure VARCHAR(20) NOT NULL, value {real} NOT NULL, PRIMARY KEY (id),
            FOREIGN KEY(table_id) REFERENCES tables (id))"""))
    connection.execute(text("CREATE INDEX ix_tallies_table_id ON tallies (table_id)"))


def _know_demo_decisions(connection: Connection) -> None:
    connection.execute(text("ALTER TABLE decisions ADD COLUMN demo BOOLEAN NOT NULL DEFAULT false"))


def _keep_screens(connection: Connection) -> None:
    number = "SERIAL" if connection.dialect.name == "postgresql" else "INTEGER"
    connection.execute(text(f"""
        CREATE TABLE screens (
            id {number} NOT NULL, change_id INTEGER NOT NULL, name TEXT NOT NULL, token_hash VARCHAR(64) NOT NULL,
            PRIMARY KEY (id), FOREIGN KEY(change_id) REFERENCES changes (id), UNIQUE (token_hash))"""))
    connection.execute(text("""
        CREATE TABLE screen_withdrawals (
            screen_id INTEGER NOT NULL, change_id INTEGER NOT NULL, PRIMARY KEY (screen_id),
            FOREIGN KEY(screen_id) REFERENCES screens (id), FOREIGN KEY(change_id) REFERENCES changes (id))"""))


def _keep_meetings(connection: Connection) -> None:
    number = "SERIAL" if connection.dialect.name == "postgresql" else "INTEGER"
    connection.execute(text(f"""
        CREATE TABLE meetings (
            id {number} NOT NULL, change_id INTEGER NOT NULL, held_on VARCHAR(10) NOT NULL, as_of VARCHAR(10) NOT NULL,
            standard VARCHAR(12) NOT NULL, numbers JSON NOT NULL, PRIMARY KEY (id),
            FOREIGN KEY(change_id) REFERENCES changes (id))"""))


# Number of a version -> the step that makes it of the one before. A step speaks plain SQL and is never edited later:
# it must do the same to an old file whatever store/schema.py says by then.
MIGRATIONS: Mapping[int, Callable[[Connection], None]] = MappingProxyType({
    2: _keep_pictures, 3: _remember_answers, 4: _know_people_and_steps, 5: _keep_tallies, 6: _know_demo_decisions,
    7: _keep_screens, 8: _keep_meetings})


def open_store(url: str) -> Engine:
    """The database at a URL, made or brought up to the current version in one transaction.

    Raises ReadinessError, in one sentence, for a database that is newer, foreign, locked, read-only or none at all.
    """
    engine = connect(url)
    with reading(engine) as connection:
        current = schema_version(connection) == SCHEMA_VERSION
    if not current:
        with writing(engine) as connection:
            bring_up(connection, SCHEMA_VERSION, MIGRATIONS)
    return engine


def schema_version(connection: Connection) -> int:
    """The version of the schema, 0 for an empty database. Raises ReadinessError for a database that is not ours."""
    names = inspect(connection).get_table_names()
    if schema_versions.name in names:
        return connection.scalar(select(func.max(schema_versions.c.version)))
    if names:
        raise ReadinessError(_("数据库“{place}”里是别的程序的数据，请换一个路径。").format(
            place=place(connection.engine.url)))
    return 0


def bring_up(connection: Connection, target: int, steps: Mapping[int, Callable[[Connection], None]]) -> None:
    """Makes the schema (of an empty database) or takes the steps from its version to the target.

    Raises ReadinessError when the database is newer than the target.
    """
    version = schema_version(connection)
    if version > target:
        raise ReadinessError(_(
            "数据库“{place}”是更新的程序写的（第 {version} 版，本程序只认得到第 {target} 版），请先升级程序。").format(
            place=place(connection.engine.url), version=version, target=target))
    if version == 0:
        metadata.create_all(connection)
        version = target - 1
    else:
        for number in range(version + 1, target + 1):
            steps[number](connection)
    for number in range(version + 1, target + 1):
        connection.execute(insert(schema_versions).values(version=number))
