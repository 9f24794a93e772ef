"""Batches built by hand: what the loaders would hand over, without a workbook."""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime

from readiness.life import Step, moves_of, threads_now
from readiness.model import CHECKLIST, LEDGER, PATROLS, SITES, Batch, Picture, Problem, Table
from readiness.people import OFFICE, User
from store import load_snapshot, take_steps

GUANGSHUI = "310109016001"
LI, WANG, ZHAO = (User(name, OFFICE) for name in ("李四", "王五", "赵六"))
NOON = datetime(2026, 10, 1, 4, 0, tzinfo=UTC)

BAD_DATE = Problem("bad_date", "台账", 9, "E9", "found_on", "2026-02-30", ("2026-02-28",), {"year": 2026})


def batch(content: bytes, *tables: Table, file: str = "广水.xlsx", context=(None, None, None), demo=False,
          pictures: tuple[Picture, ...] = ()) -> Batch:
    digest = hashlib.sha256(content).hexdigest()
    return Batch(file, digest, content, None, tables, context, demo, pictures=pictures)


def picture(content: bytes, row: int = 3, field: str = "photos_after", table_no: int = 0,
            phash: str | None = "00000000000000ff") -> Picture:
    """A picture on the first row of ledger(), as the loaders hand it over; its thumbnail is "small" and its bytes."""
    return Picture(hashlib.sha256(content).hexdigest(), "image/jpeg", 640, 480, phash, content, b"small " + content,
                   table_no=table_no, row=row, field=field)


def ledger(*descriptions: str, **fields) -> Table:
    """A ledger with one open issue of 广水 a description, rows from 3, and one row that is not loaded."""
    records = tuple(
        {"row": row, "area_code": GUANGSHUI, "site": "3号楼", "description": description, "found_on": "2026-09-28",
         "status": "open", **fields} for row, description in enumerate(descriptions, 3))
    return Table("台账", LEDGER, (2,), records, (BAD_DATE,), ((1, "title"),), "2026-09-30", {"area_code": "title"},
                 {"问题描述": "description"})


def all_kinds() -> tuple[Table, ...]:
    """One table of each kind with one record, and a sheet without a table before them."""
    check = {"row": 4, "area_code": GUANGSHUI, "site": "广水小区", "indicator": "楼道无杂物", "result": "fail",
             "score": 1.5, "checked_on": "2026-09-29", "inferred": ("checked_on", "round")}
    site = {"row": 2, "area_code": GUANGSHUI, "name": "广水小区", "lon": 121.47, "lat": 31.29, "phone": "13800000000"}
    patrol = {"row": 5, "area_code": GUANGSHUI, "date": "2026-09-27", "activity": "清洁家园", "volunteers": 12.0}
    return (Table("说明", None, ignored=((1, "note"),)), ledger("楼道堆物"), Table("检查", CHECKLIST, records=(check,)),
            Table("点位", SITES, records=(site,)), Table("巡查", PATROLS, records=(patrol,)))


def big_checklist(rows: int) -> Table:
    records = ({"row": row, "area_code": GUANGSHUI, "site": f"点位{row % 300}", "indicator": f"项目{row % 40}",
                "result": "pass", "checked_on": "2026-09-29"} for row in range(2, rows + 2))
    return Table("检查", CHECKLIST, records=tuple(records))


def step(engine, description: str, status: str, user: User = WANG, on: date = date(2026, 10, 1), at: datetime = NOON,
         **said) -> int:
    """Moves the issue of that description as a user does who has just seen it; returns the change."""
    thread, seen = _seen(engine, description)
    return take_steps(engine, [Step(thread, seen, status, on, **said)], user, at)


def next_step(engine, description: str, at: datetime) -> int:
    """Moves the issue to the first state to which its state may move."""
    return step(engine, description, moves_of(_seen(engine, description)[1], OFFICE)[0], at=at)


def _seen(engine, description: str) -> tuple[str, str]:
    known = load_snapshot(engine)
    now = threads_now(known.ledger, known.steps)
    thread = now.index[now["description"] == description][0]
    return thread, now["status"][thread]
