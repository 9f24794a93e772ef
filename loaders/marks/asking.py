"""What the reading process is told to mark, and what the marked book is called; needs nothing that opens a book."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

from readiness.model import Batch, Table


def marks_of(batch: Batch) -> list[dict[str, Any]]:
    """What marking must know of a batch, as plain values for the reading process: tables with problems."""
    return [
        {
            "sheet": table.sheet,
            "headings": [row - 1 for row in table.header_rows],
            "last": max(_rows(table)) - 1,
            "problems": [vars(problem) for problem in table.rejected],
        }
        for table in batch.tables
        if table.rejected
    ]


def marked_name(file: str, content: bytes) -> str:
    """What the marked book is called: as before with （已标记）; .xlsx unless it is an .xlsm.

    >>> marked_name("报送/文苑一自查.xls", b""), marked_name("台账.xlsm", b"PK")
    ('文苑一自查（已标记）.xlsx', '台账（已标记）.xlsm')
    """
    path = PurePosixPath(file)
    macros = path.suffix.lower() == ".xlsm" and content.startswith(b"PK")
    return f"{path.stem}（已标记）{'.xlsm' if macros else '.xlsx'}"


def _rows(table: Table) -> Iterator[int]:
    yield from table.header_rows
    yield from (record["row"] for record in table.records)
    yield from (problem.row for problem in table.rejected)
