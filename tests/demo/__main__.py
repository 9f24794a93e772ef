"""`python -m tests.demo`: rewrite data/demo/ (or the folder named) from the reference data."""

from __future__ import annotations

import sys
from pathlib import Path

from readiness.reference import DATA, load_reference
from tests.demo.books import write_books

if __name__ == "__main__":
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else DATA / "demo"
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.xlsx"):
        old.unlink()
    for path in write_books(folder, load_reference()):
        print(path.name)
