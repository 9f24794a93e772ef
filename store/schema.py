"""The tables of the database: a journal of changes, uploads with their originals, the facts, and steps taken on screen.

Rows are only ever inserted. What counts is derived: an upload counts while the journal holds no undo of it, a step
while no withdrawal of it. Days are ISO text; instants are ISO text in UTC of one width, so that their order is theirs.
"""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy import Table as SqlTable

from readiness.model import CHECKLIST, FIELDS, LEDGER, NUMBER_FIELDS, PATROLS, SITES

SCHEMA_VERSION = 8

# Actions of the journal
UPLOAD = "upload"
UNDO = "undo"
STEP = "step"
WITHDRAW = "withdraw"
ANSWER = "answer"
DECISION = "decision"
HANDOVER = "handover"
SCREEN = "screen"
MEETING = "meeting"

metadata = MetaData()

schema_versions = SqlTable(
    "schema_versions", metadata,
    Column("version", Integer, primary_key=True, autoincrement=False),
)
originals = SqlTable(
    "originals", metadata,
    Column("sha256", String(64), primary_key=True),
    Column("content", LargeBinary, nullable=False),
)
uploads = SqlTable(
    "uploads", metadata,
    Column("id", String(20), primary_key=True),
    Column("file", Text, nullable=False),
    Column("sha256", ForeignKey("originals.sha256"), nullable=False, index=True),
    Column("name_context", Text, nullable=False),
    Column("demo", Boolean, nullable=False),
    Column("records", Integer, nullable=False),
    Column("rejected", Integer, nullable=False),
    Column("corrections", Text, nullable=False),
)
changes = SqlTable(
    "changes", metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("at", String(40), nullable=False),
    Column("user", Text, nullable=False),
    Column("action", String(20), nullable=False),
    Column("upload_id", ForeignKey("uploads.id")),
    Column("role", String(20)),
    UniqueConstraint("upload_id", "action"),
    sqlite_autoincrement=True,
)
tables = SqlTable(
    "tables", metadata,
    Column("id", Integer, primary_key=True),
    Column("upload_id", ForeignKey("uploads.id"), nullable=False, index=True),
    Column("ordinal", Integer, nullable=False),
    Column("sheet", Text),
    Column("kind", String(20)),
    Column("sheet_date", String(10)),
    Column("header_rows", JSON, nullable=False),
    Column("ignored", JSON, nullable=False),
    Column("columns", JSON, nullable=False),
    Column("sources", JSON, nullable=False),
)
problems = SqlTable(
    "problems", metadata,
    Column("id", Integer, primary_key=True),
    Column("table_id", ForeignKey("tables.id"), nullable=False, index=True),
    Column("code", String(60), nullable=False),
    Column("sheet", Text),
    Column("row", Integer),
    Column("cell", String(20)),
    Column("field", String(40)),
    Column("value", Text),
    Column("suggestions", JSON, nullable=False),
    Column("facts", JSON, nullable=False),
)
tallies = SqlTable(
    "tallies", metadata,
    Column("id", Integer, primary_key=True),
    Column("table_id", ForeignKey("tables.id"), nullable=False, index=True),
    Column("row", Integer, nullable=False),
    Column("cell", String(20), nullable=False),
    Column("area_code", String(20)),
    Column("measure", String(20), nullable=False),
    Column("value", Float, nullable=False),
)
pictures = SqlTable(
    "pictures", metadata,
    Column("sha256", String(64), primary_key=True),
    Column("media_type", String(20), nullable=False),
    Column("width", Integer, nullable=False),
    Column("height", Integer, nullable=False),
    Column("phash", String(16)),
    Column("content", LargeBinary, nullable=False),
    Column("thumbnail", LargeBinary, nullable=False),
)
picture_uses = SqlTable(
    "picture_uses", metadata,
    Column("id", Integer, primary_key=True),
    Column("table_id", ForeignKey("tables.id"), nullable=False, index=True),
    Column("row", Integer, nullable=False),
    Column("field", String(20), nullable=False),
    Column("ordinal", Integer, nullable=False),
    Column("sha256", ForeignKey("pictures.sha256"), nullable=False),
)
steps = SqlTable(
    "steps", metadata,
    Column("id", Integer, primary_key=True),
    Column("change_id", ForeignKey("changes.id"), nullable=False),
    Column("thread", Text, nullable=False),
    Column("status", String(20), nullable=False),
    Column("on", String(10), nullable=False),
    Column("note", Text),
    Column("seen", String(20)),
    Column("until", String(10)),
)
step_pictures = SqlTable(
    "step_pictures", metadata,
    Column("id", Integer, primary_key=True),
    Column("step_id", ForeignKey("steps.id"), nullable=False, index=True),
    Column("sha256", ForeignKey("pictures.sha256"), nullable=False),
)
answers = SqlTable(
    "answers", metadata,
    Column("id", Integer, primary_key=True),
    Column("change_id", ForeignKey("changes.id"), nullable=False),
    Column("what", String(20), nullable=False),
    Column("seen", Text, nullable=False),
    Column("meaning", Text),
)
withdrawals = SqlTable(
    "withdrawals", metadata,
    Column("step_id", ForeignKey("steps.id"), primary_key=True),
    Column("change_id", ForeignKey("changes.id"), nullable=False),
)
decisions = SqlTable(
    "decisions", metadata,
    Column("id", Integer, primary_key=True),
    Column("change_id", ForeignKey("changes.id"), nullable=False),
    Column("decision", String(20), nullable=False, index=True),
    Column("decided_on", String(10), nullable=False),
    Column("text", Text, nullable=False),
    Column("owner", Text, nullable=False),
    Column("due_on", String(10)),
    Column("area_code", String(20)),
    Column("thread", Text),
    Column("status", String(20), nullable=False),
    Column("note", Text),
    Column("demo", Boolean, nullable=False),
)
handovers = SqlTable(
    "handovers", metadata,
    Column("id", Integer, primary_key=True),
    Column("change_id", ForeignKey("changes.id"), nullable=False),
    Column("post", String(20), nullable=False),
    Column("area_code", String(20), nullable=False),
    Column("leaves", Text, nullable=False),
    Column("follows", Text),
    Column("on", String(10), nullable=False),
    Column("note", Text),
)
meetings = SqlTable(
    "meetings", metadata,
    Column("id", Integer, primary_key=True),
    Column("change_id", ForeignKey("changes.id"), nullable=False),
    Column("held_on", String(10), nullable=False),
    Column("as_of", String(10), nullable=False),
    Column("standard", String(12), nullable=False),
    Column("numbers", JSON, nullable=False),
)
screens = SqlTable(
    "screens", metadata,
    Column("id", Integer, primary_key=True),
    Column("change_id", ForeignKey("changes.id"), nullable=False),
    Column("name", Text, nullable=False),
    Column("token_hash", String(64), nullable=False, unique=True),
)
screen_withdrawals = SqlTable(
    "screen_withdrawals", metadata,
    Column("screen_id", ForeignKey("screens.id"), primary_key=True),
    Column("change_id", ForeignKey("changes.id"), nullable=False),
)


def _facts(name: str, kind: str) -> SqlTable:
    fields = [Column(name, Float if name in NUMBER_FIELDS else Text) for name in FIELDS[kind]]
    return SqlTable(
        name, metadata,
        Column("id", Integer, primary_key=True),
        Column("table_id", ForeignKey("tables.id"), nullable=False),
        Column("row", Integer, nullable=False),
        *fields,
        Column("inferred", Text),
    )


FACTS = {
    LEDGER: _facts("ledger_rows", LEDGER),
    CHECKLIST: _facts("check_rows", CHECKLIST),
    SITES: _facts("site_rows", SITES),
    PATROLS: _facts("patrol_rows", PATROLS),
}
