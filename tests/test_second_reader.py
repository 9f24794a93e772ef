"""Every book of the repository, and what LibreOffice saves of it, read by a second reader too: both see the same."""

from __future__ import annotations

import io
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, time
from pathlib import Path

import openpyxl
import pytest
import xlrd
from python_calamine import CalamineWorkbook

from loaders.book import read_book
from loaders.formats.reading import read_sheets
from loaders.vocabulary import Vocabulary, vocabulary_of
from readiness.model import Table
from readiness.reference import load_reference

ROOT = Path(__file__).resolve().parent.parent
LOCKED = ("加密.xls", "加密.ods")  # their plain twins are 检查.xls and 检查.ods
BOOKS = [path for folder in ("data/demo", "tests/books") for path in sorted((ROOT / folder).iterdir())
         if path.suffix in (".xlsx", ".xls", ".ods") and path.name not in LOCKED]
ENDINGS = ("xlsx", "xls", "ods")

# The known differences, each with the books in which it may be met.
ERROR = "an error, and the mark of a picture placed in its cell, is empty here"
PERCENT = "a number in a percent format is the text shown here"
PLACED, CALLED = "凉城新村街道问题整改台账（2026年10月25日）", "凉城新村街道问题整改台账（2026年10月16日）"
KNOWN = {"错误与百分比": {ERROR, PERCENT}, PLACED: {ERROR}}
# LibreOffice keeps neither pictures placed in cells nor, in .xls, the formulas that call pictures of WPS.
WITHOUT_PICTURES = {(PLACED, ending) for ending in ENDINGS} | {(CALLED, "xls")}

Cells = Mapping[tuple[int, int], object]


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[Path, str], bytes]:
    """(book, ending) -> what LibreOffice saves of the book under that ending; one call an ending, all at once."""
    folder = tmp_path_factory.mktemp("saved")
    copies = [folder / f"{number}{book.suffix}" for number, book in enumerate(BOOKS)]
    for book, copy in zip(BOOKS, copies, strict=True):
        shutil.copyfile(book, copy)

    def save(ending: str) -> None:
        profile = f"-env:UserInstallation={(folder / f'profile-{ending}').as_uri()}"
        subprocess.run(["soffice", profile, "--headless", "--convert-to", ending, "--outdir", folder / ending, *copies],
                       stdout=subprocess.DEVNULL, timeout=300, check=True)

    with ThreadPoolExecutor() as pool:
        list(pool.map(save, ENDINGS))
    return {(book, ending): (folder / ending / f"{copy.stem}.{ending}").read_bytes()
            for book, copy in zip(BOOKS, copies, strict=True) for ending in ENDINGS}


@pytest.fixture(scope="module")
def words() -> Vocabulary:
    return vocabulary_of(load_reference())


@pytest.mark.parametrize("book", BOOKS, ids=lambda book: book.name)
def test_a_second_reader_sees_the_same_in_a_book(book: Path):
    assert set(differences(book.read_bytes(), book.suffix[1:])) <= KNOWN.get(book.stem, set())


@pytest.mark.parametrize("book", BOOKS, ids=lambda book: book.name)
@pytest.mark.parametrize("ending", ENDINGS)
def test_a_second_reader_sees_the_same_in_what_libreoffice_saved(book: Path, ending: str, saved):
    assert set(differences(saved[book, ending], ending)) <= KNOWN.get(book.stem, set())


@pytest.mark.parametrize("book", BOOKS, ids=lambda book: book.name)
@pytest.mark.parametrize("ending", ENDINGS)
def test_what_libreoffice_saved_tells_the_same_records(book: Path, ending: str, saved, words: Vocabulary):
    pictures = (book.stem, ending) not in WITHOUT_PICTURES
    once, again = (read_book(book.name, content, words).tables for content in (book.read_bytes(), saved[book, ending]))
    assert [told(table, pictures) for table in again] == [told(table, pictures) for table in once]


def test_each_known_difference_is_met():
    book = ROOT / "tests" / "books" / "错误与百分比.xls"
    assert set(differences(book.read_bytes(), "xls")) == {ERROR, PERCENT}


def told(table: Table, pictures: bool) -> tuple:
    """What a table tells; pictures: with how many pictures its rows have."""
    left_out = () if pictures else ("photos", "photos_before", "photos_after")
    records = [{name: value for name, value in one.items() if name not in left_out} for one in table.records]
    return table.sheet, table.kind, table.header_rows, records, table.rejected, table.ignored


def differences(content: bytes, ending: str) -> Iterator[str]:
    """The known difference, or the place and both values, of each cell that the two readers see differently."""
    ours = {sheet.name: addressed(sheet.rows) for sheet in read_sheets(content)}
    theirs = dict(SECOND[ending](content))
    assert list(ours) == list(theirs)
    for sheet, cells in ours.items():
        for place in cells.keys() | theirs[sheet].keys():
            one, other = cells.get(place, ""), theirs[sheet].get(place, "")
            if (type(one), one) != (type(other), other):
                yield known(one, other) or f"{sheet} {place}: {one!r}, {other!r}"


def known(one: object, other: object) -> str | None:
    if one == "" and isinstance(other, str) and other in xlrd.error_text_from_code.values():
        return ERROR
    if isinstance(one, str) and one.endswith("%") and isinstance(other, float):
        places = len(one.partition(".")[2].removesuffix("%"))
        return PERCENT if f"{100 * other:.{places}f}%" == one else None
    return None


def addressed(rows) -> Cells:
    return {(row, column): plain(value) for row, values in enumerate(rows) for column, value in enumerate(values)}


def plain(value: object) -> object:
    """A value without what the readers need not agree on: whole numbers as real ones, midnight as its day."""
    if value is None or isinstance(value, bool):
        return "" if value is None else value
    if isinstance(value, (int, float)):
        return float(value)
    return value.date() if isinstance(value, datetime) and value.time() == time() else value


def by_openpyxl(content: bytes) -> Iterator[tuple[str, Cells]]:
    for sheet in openpyxl.load_workbook(io.BytesIO(content), data_only=True).worksheets:
        yield sheet.title, addressed(sheet.iter_rows(values_only=True))


def by_calamine(content: bytes) -> Iterator[tuple[str, Cells]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    for name in book.sheet_names:
        yield name, addressed(book.get_sheet_by_name(name).to_python(skip_empty_area=False))


def by_xlrd(content: bytes) -> Iterator[tuple[str, Cells]]:
    book = xlrd.open_workbook(file_contents=content)
    meant = {xlrd.XL_CELL_DATE: lambda value: xlrd.xldate_as_datetime(value, book.datemode),
             xlrd.XL_CELL_BOOLEAN: bool, xlrd.XL_CELL_ERROR: xlrd.error_text_from_code.get}
    for sheet in book.sheets():
        yield sheet.name, addressed([meant.get(cell.ctype, lambda value: value)(cell.value) for cell in row]
                                    for row in sheet.get_rows())


SECOND = {"xlsx": by_openpyxl, "ods": by_calamine, "xls": by_xlrd}  # none of them reads these here
