"""`python -m bench [intake|photos|pages|reports|browser|crowd|wall …]`: prints the tables; all without a name."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from bench import browser, crowd, intake, pages, photos, reports, wall
from bench.history import demonstration, filled

TABLES = ("intake", "photos", "pages", "reports", "browser", "crowd", "wall")


def main(names: list[str]) -> int:
    """0 when every table was printed, 2 for a name that is none."""
    chosen = names or list(TABLES)
    if unknown := [name for name in chosen if name not in TABLES]:
        print(f"no such table: {', '.join(unknown)}; there are {', '.join(TABLES)}", file=sys.stderr)
        return 2
    if "intake" in chosen:
        show("intake", intake.table())
    if "photos" in chosen:
        show("photos", photos.table())
    if set(chosen) - {"intake", "photos"}:
        served_tables(chosen)
    return 0


def served_tables(chosen: list[str]) -> None:
    """The tables that need a server and a database."""
    with tempfile.TemporaryDirectory() as folder:
        batches = demonstration()
        once = filled(Path(folder) / "once.sqlite", batches, 1)
        if {"pages", "reports"} & set(chosen):
            tenfold = filled(Path(folder) / "tenfold.sqlite", batches, 10)
        if "pages" in chosen:
            show("pages", pages.table(once, tenfold))
        if "reports" in chosen:
            show("reports", reports.table(once, tenfold))
        if "browser" in chosen:
            show("browser", browser.table(once))
        if "crowd" in chosen:
            show("crowd", crowd.table(once))
        if "wall" in chosen:
            show("wall", wall.table(once))


def show(name: str, lines: list[str]) -> None:
    """Prints one table under its name."""
    print(f"\n== {name}", *lines, sep="\n", flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
