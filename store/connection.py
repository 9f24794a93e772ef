"""The way to the database: its address, how a connection is set up, one transaction a write, refusals in one sentence.

Writers queue: on SQLite by BEGIN IMMEDIATE and a busy timeout, elsewhere on the row of the schema's version.
"""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, create_engine, event, inspect, make_url, select
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, OperationalError

from readiness.language import N_, _
from readiness.model import ReadinessError
from store.schema import schema_versions

ROOT = Path(__file__).resolve().parent.parent
URL_VARIABLE = "READINESS_DATABASE_URL"
PATIENCE_SECONDS = 30

_REFUSALS = {
    "SQLITE_BUSY": N_("正被别的程序占用，请稍后再试。"),
    "SQLITE_LOCKED": N_("正被别的程序占用，请稍后再试。"),
    "SQLITE_READONLY": N_("是只读的，请检查文件和文件夹的写权限。"),
    "SQLITE_CANTOPEN": N_("打不开，请检查路径和文件夹的读写权限。"),
    "SQLITE_NOTADB": N_("不是数据库文件，请换一个路径。"),
    "SQLITE_CORRUPT": N_("已经损坏，请用备份恢复。"),
    "SQLITE_FULL": N_("写不下了，请清理磁盘空间。"),
    "SQLITE_IOERR": N_("读写失败，请检查磁盘。"),
}


def default_database_url(environ: Mapping[str, str]) -> str:
    """The URL named by READINESS_DATABASE_URL, else that of the dashboard's own SQLite file, var/readiness.sqlite."""
    return environ.get(URL_VARIABLE) or f"sqlite:///{(ROOT / 'var' / 'readiness.sqlite').as_posix()}"


def connect(url: str) -> Engine:
    """An engine whose connections are set up for the store; the folder of a SQLite file is made when missing.

    Raises ReadinessError when the address cannot be understood.
    """
    address = _address(url)
    # Parameters stay out of error messages: they hold telephone numbers.
    options = {"hide_parameters": True, "json_serializer": _json}
    if address.get_backend_name() != "sqlite":
        return _engine(address, pool_pre_ping=True, **options)
    engine = _engine(address, **options)
    event.listen(engine, "connect", _set_up_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    if _is_file(address):
        with refusing(engine):
            Path(address.database).parent.mkdir(parents=True, exist_ok=True)
    return engine


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A connection whose queries all see one state of the database."""
    options = {} if engine.dialect.name == "sqlite" else {"isolation_level": "REPEATABLE READ"}
    with refusing(engine), engine.connect().execution_options(**options) as connection, connection.begin():
        yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A transaction that waits for other writers first: committed whole at the end, or nothing of it on any error."""
    with refusing(engine), engine.connect().execution_options(writes=True) as connection, connection.begin():
        if connection.dialect.name != "sqlite" and inspect(connection).has_table(schema_versions.name):
            connection.execute(select(schema_versions.c.version).with_for_update()).all()
        yield connection


@contextmanager
def refusing(engine: Engine) -> Iterator[None]:
    """Raises ReadinessError, in one sentence, for a database that is locked, read-only, out of reach or not one."""
    try:
        yield
    except DBAPIError as error:
        reason = _reason(error)
        if reason is None:
            raise
        raise _refusal(engine, reason) from error
    except OSError as error:
        raise _refusal(engine, _REFUSALS["SQLITE_CANTOPEN"]) from error


def _refusal(engine: Engine, reason: str) -> ReadinessError:
    return ReadinessError(_("数据库“{place}”{reason}").format(place=place(engine.url), reason=_(reason)))


def place(url: URL) -> str:
    """Where the database is, for messages: the file of SQLite, else the address without its password."""
    if url.get_backend_name() == "sqlite" and url.database:
        return url.database
    return url.render_as_string(hide_password=True)


def utc(at: datetime) -> str:
    """ISO text of an instant in UTC, always of one width. Raises ValueError for a time without its zone."""
    if at.tzinfo is None:
        raise ValueError("a time needs its zone")
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def _address(url: str) -> URL:
    try:
        return make_url(url)
    except ArgumentError as error:
        raise ReadinessError(
            _("“{url}”不是数据库地址，请写成 sqlite:///文件路径 这样的地址。").format(url=url)) from error


def _engine(address: URL, **options) -> Engine:
    try:
        return create_engine(address, **options)
    except (NoSuchModuleError, ImportError) as error:
        raise ReadinessError(_("没有安装连接 {kind} 数据库的驱动，请先安装，或改用 sqlite:/// 开头的地址。").format(
            kind=address.drivername)) from error


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, default=str)


def _reason(error: DBAPIError) -> str | None:
    name = getattr(error.orig, "sqlite_errorname", None)
    if name is None:
        return N_("连不上，请检查地址、用户和网络。") if isinstance(error, OperationalError) else None
    return next((sentence for code, sentence in _REFUSALS.items() if name.startswith(code)), None)


def _is_file(address: URL) -> bool:
    return bool(address.database) and address.database != ":memory:" and not address.database.startswith("file:")


def _set_up_sqlite(connection, _record) -> None:
    connection.isolation_level = None  # BEGIN is ours to send, not the driver's
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute(f"PRAGMA busy_timeout = {PATIENCE_SECONDS * 1000}")
    _write_ahead(connection)


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _write_ahead(connection) -> None:
    """Switches the file to a write-ahead log. SQLite does not queue for this switch, so that waiting is done here."""
    until = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorname != "SQLITE_BUSY" or time.monotonic() > until:
                raise
            time.sleep(0.05)
