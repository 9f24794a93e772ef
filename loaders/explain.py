"""Explaining: why each row of a book was read as it was, as text, out of what the reader decided and nothing else."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from loaders.tables.knowing import HOW_WORDS
from readiness.messages import place, reason
from readiness.model import CHECKLIST, LEDGER, PATROLS, SITES, Batch, Table
from readiness.table_words import (
    FIELD_WORDS,
    PLACE_WORDS,
    REASON_WORDS,
    RESULT_WORDS,
    ROUND_WORDS,
    STATE_WORDS,
    TABLE_WORDS,
)

if TYPE_CHECKING:
    from readiness.reference import Reference

_WORDS = {"status": STATE_WORDS, "result": RESULT_WORDS, "round": ROUND_WORDS}
_TELLING = {  # the fields by which a table is taken for one of its kind
    LEDGER: ("description", "status", "due_on", "fixed_on", "verified_on", "responsible_unit"),
    CHECKLIST: ("item", "indicator", "result", "score", "deduction"),
    SITES: ("name", "site_kind", "address", "lon", "lat", "point_chief", "road_chief", "block_chief"),
    PATROLS: ("activity", "party_members", "volunteers", "hours"),
}
_ASIDE = ("row", "inferred")
Names = Mapping[str, Mapping[Any, str]]  # field -> word of each code


def explained(batch: Batch, reference: Reference) -> Iterator[str]:
    """The lines that explain a file: each sheet's tables, their columns, whence the rest came, then each row."""
    names = {"area_code": reference.area_names(), "site_kind": reference.kind_names(), **_WORDS}
    yield batch.file
    if batch.error:
        yield f"  读不了：{reason(batch.error)}"
    for warning in batch.warnings:
        yield f"  提醒：{' '.join(filter(None, (place(warning), reason(warning))))}"
    for table in batch.tables:
        yield from (f"  {line}" for line in _table(table, names))


def _table(table: Table, names: Names) -> Iterator[str]:
    sheet = f"工作表“{table.sheet}”" if table.sheet else "表格"
    if table.kind is None:
        yield f"{sheet}：没有认得的表格"
        return
    yield f"{sheet}：{TABLE_WORDS[table.kind]}，{_grounds(table)}"
    yield f"  表头：第 {'、'.join(map(str, table.header_rows))} 行"
    yield from (f"    {line}" for line in _columns(table))
    yield from (f"  {_name(field)}取自{_where(where)}" for field, where in table.sources.items())
    for row, lines in sorted(_rows(table, names).items()):
        yield from (f"  第 {row} 行  {line}" for line in lines)


def _grounds(table: Table) -> str:
    """By which headings a table was taken for what it is."""
    telling = _TELLING[table.kind]
    named = [f"“{label}”" for label, field in table.columns.items() if field in telling]
    more = f"等 {len(named)} 列" if len(named) > 6 else ""
    return f"因为表头里有{'、'.join(named[:6])}{more}"


def _columns(table: Table) -> Iterator[str]:
    for label, field in table.columns.items():
        written = label.replace("\n", " ")
        meaning = f"{_name(field)}（{HOW_WORDS[table.how[label]]}）" if table.how.get(label) else "不读"
        yield f"{table.letters[label]} 列“{written}” → {meaning}"


def _rows(table: Table, names: Names) -> dict[int, list[str]]:
    """Row -> what became of it; several lines where it holds several records or problems."""
    told: dict[int, list[str]] = defaultdict(list)
    for row in table.header_rows:
        told[row].append("表头")
    for row, why in table.ignored:
        told[row].append(f"略过：{REASON_WORDS[why]}")
    for problem in table.rejected:
        told[problem.row].append(f"不计入：{problem.cell} {_name(problem.field)}，{reason(problem)}")
    for record in table.records:
        told[record["row"]].append(f"记录：{_record(record, table, names)}")
    return told


def _record(record: Mapping[str, Any], table: Table, names: Names) -> str:
    """Each field of a record with its value and where that came from: cells, or what stands around the table."""
    inferred = record.get("inferred", ())
    return "；".join(
        f"{_name(field)} {names.get(field, {}).get(value, value)}{_from(field, record, table)}"
        f"{_inferred(table) if field in inferred else ''}"
        for field, value in record.items()
        if field not in _ASIDE
    )


def _from(field: str, record: Mapping[str, Any], table: Table) -> str:
    cells = [f"{table.letters[label]}{record['row']}" for label in _labels(field, record, table)]
    if cells:
        return f" ← {'或 '.join(cells)}"
    where = table.sources.get(field)
    return f" ← {_where(where)}" if where else ""


def _labels(field: str, record: Mapping[str, Any], table: Table) -> list[str]:
    """The headings of the columns that fill a field of a record; of a wide table that of the record's own item."""
    own = [label for label, meant in table.columns.items() if meant == field]
    if own or field not in ("result", "score", "indicator", "site"):
        return own
    items = [label for label, meant in table.columns.items() if meant == "item"]
    named = {re.sub(r"\s+", "", str(record[name])) for name in ("indicator", "site") if record.get(name)}
    return [label for label in items if re.sub(r"\s+", "", label.rpartition("/")[2]) in named]


def _inferred(table: Table) -> str:
    """That a value was completed, and whence."""
    where = table.sources.get("year")
    return f"，年份推断自{_where(where)}" if where else "，推断"


def _name(field: str) -> str:
    """A field in words."""
    return "测评项目的结果" if field == "item" else FIELD_WORDS.get(field, field)


def _where(where: str) -> str:
    """Where a value came from, in words: 标题 A1, 第 B 列.

    >>> _where("title A1"), _where("column B"), _where("file name")
    ('标题 A1', '第 B 列', '文件名')
    """
    if where.startswith("column "):
        return f"第 {where.removeprefix('column ')} 列"
    word, cell = re.fullmatch(r"(.*?)(?:\s+([A-Z]{1,3}\d+))?", where).groups()
    return " ".join(filter(None, (PLACE_WORDS.get(word, word), cell)))
