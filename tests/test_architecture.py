"""The rooms and who may import whom, read from the imports themselves."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("loaders", "readiness", "store", "charts", "reports", "ui", "pages")
MAY_IMPORT = {
    "dashboard.py": {"ui", "readiness", "charts", "reports", "loaders"},
    "pages": {"ui", "readiness", "charts", "reports", "loaders"},
    "ui": {"store", "readiness"},
    "loaders": {"readiness"},
    "store": {"readiness"},
    "charts": {"readiness"},
    "reports": {"readiness", "charts"},
    "readiness": set(),
}
PROGRAM = sorted([ROOT / "dashboard.py", *(file for room in ROOMS for file in (ROOT / room).rglob("*.py"))])


def imports(path: Path) -> Iterator[str]:
    """Top-level names of everything a file imports, inside functions too."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            yield node.module.split(".")[0]


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", PROGRAM, ids=name)
def test_a_room_imports_only_the_rooms_it_may(path: Path) -> None:
    room = path.relative_to(ROOT).parts[0]
    allowed = set(ROOMS) if name(path) == "readiness/__main__.py" else MAY_IMPORT[room] | {room}
    assert set(imports(path)) & set(ROOMS) <= allowed


@pytest.mark.parametrize("path", PROGRAM, ids=name)
def test_streamlit_and_sql_stay_in_their_rooms(path: Path) -> None:
    room, used = path.relative_to(ROOT).parts[0], set(imports(path))
    assert "streamlit" not in used or room in ("dashboard.py", "pages", "ui")
    assert not used & {"sqlalchemy", "sqlite3"} or room == "store"
    assert not used & {"python_calamine", "xlrd"} or room == "loaders"
    assert "openpyxl" not in used or room in ("loaders", "reports")  # reports write workbooks and open none


def test_pages_are_section_folders_of_thin_pages() -> None:
    pages = sorted((ROOT / "pages").rglob("*.py"))
    assert pages and not [page for page in pages if page.parent == ROOT / "pages"]
    for page in pages:
        text = page.read_text("utf-8")
        assert len(text.splitlines()) < 60, name(page)
        assert "groupby(" not in text and "plotly" not in set(imports(page)), name(page)


def test_data_holds_no_code_and_readiness_reference_alone_reads_it() -> None:
    assert not list((ROOT / "data").rglob("*.py"))
    readers = [name(path) for path in PROGRAM if re.search(r"/ [\"']data[/\"']", path.read_text("utf-8"))]
    assert readers == ["readiness/reference.py"]


def test_every_import_is_named_in_the_requirements() -> None:
    named = requirements("requirements.txt")
    assert foreign(PROGRAM) <= named
    assert named - foreign(PROGRAM) <= {"tzdata"}  # read by zoneinfo where the system has no time zones


def test_every_import_of_the_tests_is_named_in_the_requirements() -> None:
    named = requirements("requirements.txt") | requirements("requirements-dev.txt")
    assert foreign(sorted((ROOT / "tests").rglob("*.py"))) <= named


def requirements(file: str) -> set[str]:
    lines = (ROOT / file).read_text("utf-8").splitlines()
    return {re.split(r"[<>=~! \[]", line)[0].lower() for line in lines if line and line[0] != "-"}


def foreign(paths: list[Path]) -> set[str]:
    """The distributions, in lower case, of all imports that are neither ours nor Python's."""
    ours = {*ROOMS, "tests", "bench", "dashboard", *(path.stem for path in (ROOT / "tests").glob("*.py"))}
    used = {module for path in paths for module in imports(path)} - set(sys.stdlib_module_names) - ours
    distributions = packages_distributions()
    return {distributions[module][0].lower() for module in used}
