"""`python -m loaders FILE...`: what was understood of each file, as JSON ; with --explain why, as text."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from loaders import load_workbooks
from loaders.explain import explained
from readiness.messages import reason
from readiness.model import Batch, Problem, ReadinessError, Table
from readiness.reference import load_reference


def main(arguments: Sequence[str] | None = None) -> int:
    """0 when every file could be read, 1 when one could not, 2 for wrong usage."""
    parser = argparse.ArgumentParser(
        prog="python -m loaders", description="读取检查表、台账、点位表和巡查记录，输出 JSON。"
    )
    parser.add_argument("files", nargs="+", metavar="FILE", help=".xlsx .xlsm .xls .et .ods .csv 或 .zip")
    parser.add_argument("--explain", action="store_true", help="不输出 JSON，逐行说明为什么这样读")
    asked = parser.parse_args(arguments)
    missing: dict[int, Batch] = {}
    try:
        reference = load_reference()
        batches = list(load_workbooks(_contents(asked.files, missing), reference))
    except ReadinessError as error:
        print(error, file=sys.stderr)
        return 1
    for position, batch in missing.items():
        batches.insert(position, batch)
    sys.stdout.reconfigure(encoding="utf-8")
    if asked.explain:
        print("\n".join(line for batch in batches for line in explained(batch, reference)))
    else:
        print(json.dumps({"files": [_file(batch) for batch in batches]}, ensure_ascii=False))
    return 1 if any(batch.error for batch in batches) else 0


def _contents(names: Sequence[str], missing: dict[int, Batch]) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of each file; one that the system does not hand over goes to missing, by its position."""
    for position, name in enumerate(names):
        try:
            content = Path(name).read_bytes()
        except OSError:
            missing[position] = Batch(name, "", b"", Problem("cannot_open"))
        else:
            yield name, content


def _file(batch: Batch) -> dict[str, Any]:
    error = reason(batch.error) if batch.error else None
    return {
        "file": batch.file,
        "sha256": batch.sha256,
        "error": error,
        "sheets": [_sheet(table) for table in batch.tables],
    }


def _sheet(table: Table) -> dict[str, Any]:
    return {
        "sheet": table.sheet,
        "kind": table.kind,
        "header_rows": list(table.header_rows),
        "records": list(table.records),
        "rejected": [_rejected(problem) for problem in table.rejected],
        "ignored": [{"row": row, "reason": why} for row, why in table.ignored],
    }


def _rejected(problem: Problem) -> dict[str, Any]:
    return {
        "row": problem.row,
        "cell": problem.cell,
        "field": problem.field,
        "value": problem.value,
        "reason": reason(problem),
        "suggestions": list(problem.suggestions),
    }


if __name__ == "__main__":
    sys.exit(main())
