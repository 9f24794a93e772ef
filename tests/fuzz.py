"""Real books broken at random, and what the reader must do with each: read it with every row accounted for, or refuse.

`python -m tests.fuzz --minutes 30` goes on for that long and keeps every book that it fails on.
"""

from __future__ import annotations

import argparse
import io
import random
import re
import struct
import sys
import time
import warnings
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from loaders.formats.reading import read_sheets
from loaders.process import WALL_SECONDS, ReadingProcess, reading_process
from loaders.sheets import read_sheet
from loaders.tables.areas import area_names
from loaders.vocabulary import Vocabulary, vocabulary_of
from readiness.messages import reason
from readiness.model import Batch, Table
from readiness.reference import load_reference

ROOT = Path(__file__).resolve().parent.parent
EXTREMES = (b"0", b"-1", b"1.5", b"65536", b"1048577", b"2147483648", b"4294967295", b"99999999999999999999", b"1e308",
            b"NaN", b"")
WORDS = (0, 1, 0x7FFF, 0xFFFF, 0x7FFFFFFF, 0xFFFFFFFF)
LINES = [["居民区", "存在问题", "整改情况", "发现日期"], ["广水", "楼道堆物", "已整改", "2021-10-15"]]


def seeds() -> dict[str, bytes]:
    """Whole books of every format by name: those that LibreOffice saved, and the same lines as text."""
    table = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in line)}</tr>" for line in LINES)
    page = f"<html><meta charset=utf-8><table>{table}</table></html>"
    rows = "".join("<Row>" + "".join(f'<Cell ss:Index="{place}"><Data ss:Type="String">{cell}</Data></Cell>'
                                     for place, cell in enumerate(line, 1)) + "</Row>" for line in LINES)
    names = "urn:schemas-microsoft-com:office:spreadsheet"
    sheets = f'xmlns="{names}" xmlns:ss="{names}"'
    texts = {"台账.csv": "\n".join(",".join(line) for line in LINES), "台账.html": page,
             "台账.xml": f'<Workbook {sheets}><Worksheet ss:Name="台账"><Table>{rows}</Table></Worksheet></Workbook>',
             "台账.mht": f"MIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\n\n{page}"}
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in texts.items():
            archive.writestr(f"一批/{name}", text)
    saved = [path for path in sorted((ROOT / "tests" / "books").iterdir()) if path.suffix != ".md"]
    written = {name: text.encode() for name, text in texts.items()}
    return {path.name: path.read_bytes() for path in saved} | written | {"一批.zip": packed.getvalue()}


def broken(content: bytes, chance: random.Random) -> bytes:
    """The book with one to three things wrong with it."""
    for _turn in range(chance.randint(1, 3)):
        ways = [flipped, cut, repeated, overwritten, numbered]
        if content.startswith(b"PK"):
            ways += [repacked] * 10
        content = chance.choice(ways)(content, chance)
    return content


def flipped(content: bytes, chance: random.Random) -> bytes:
    """Some bytes changed."""
    changed = bytearray(content)
    for _turn in range(chance.randint(1, 16) if changed else 0):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def cut(content: bytes, chance: random.Random) -> bytes:
    """Some bytes taken out, mostly the end."""
    start = chance.randint(0, len(content))
    return content[:start] + (content[start + chance.randint(1, 200) :] if chance.random() < 0.5 else b"")


def repeated(content: bytes, chance: random.Random) -> bytes:
    """A piece of it a second time."""
    start, size = chance.randint(0, len(content)), chance.randint(1, 2000)
    return content[: start + size] + content[start : start + size] + content[start + size :]


def overwritten(content: bytes, chance: random.Random) -> bytes:
    """An extreme whole number over two or four of its bytes."""
    at, form = chance.randint(0, max(len(content) - 4, 0)), chance.choice(("<H", "<I"))
    number = struct.pack(form, chance.choice(WORDS) & (0xFFFF if form == "<H" else 0xFFFFFFFF))
    return content[:at] + number + content[at + len(number) :]


def numbered(content: bytes, chance: random.Random) -> bytes:
    """Some of the numbers written in it replaced by extreme ones."""
    places = list(re.finditer(rb"\d+", content))
    for place in sorted(chance.sample(places, min(len(places), chance.randint(1, 4))), key=lambda one: -one.start()):
        content = content[: place.start()] + chance.choice(EXTREMES) + content[place.end() :]
    return content


def repacked(content: bytes, chance: random.Random) -> bytes:
    """A zip with one of its parts dropped, doubled, swapped with another or broken inside."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = [(name, archive.read(name)) for name in archive.namelist()]
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, NotImplementedError, RuntimeError, EOFError):
        return content
    if not parts:
        return content
    at, other = chance.randrange(len(parts)), chance.randrange(len(parts))
    name, part = parts[at]
    change: Callable[[bytes, random.Random], bytes] = chance.choice([flipped, cut, repeated, *[numbered] * 3])
    parts[at : at + 1] = chance.choice([
        [], [(name, part)] * 2, [(name, parts[other][1])], *[[(name, change(part, chance))]] * 7])
    buffer = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        warnings.simplefilter("ignore")
        for name, part in parts:
            archive.writestr(name, part)
    return buffer.getvalue()


def fault(name: str, content: bytes, process: ReadingProcess, vocabulary: Vocabulary) -> str | None:
    """What is wrong with how the reader dealt with a book, or with those of a zip; None where nothing is."""
    found = process.members(name, content)
    if found and found[1] and not reason(found[1]).endswith("。"):
        return reason(found[1])
    books = found[0] if found else [(name, content)]
    return next((wrong for book in books if (wrong := fault_of_book(*book, process, vocabulary))), None)


def fault_of_book(name: str, content: bytes, process: ReadingProcess, vocabulary: Vocabulary) -> str | None:
    """What is wrong with how the reader dealt with one book, None where nothing is."""
    begin = time.monotonic()
    batch = process.read(name, content)
    if time.monotonic() - begin > WALL_SECONDS + 5:
        return "too slow"
    if batch.error:
        said = reason(batch.error)
        return None if batch.error.code != "reader_failed" and said.endswith("。") and not batch.tables else said
    return next(unaccounted(batch, vocabulary), None)


def unaccounted(batch: Batch, vocabulary: Vocabulary) -> Iterator[str]:
    """The rows of a batch that no table lists, or one table twice. The bytes have been read safely before."""
    areas, stem = area_names(vocabulary), batch.file.rpartition(".")[0]
    for sheet in read_sheets(batch.content):
        tables = read_sheet(sheet, stem, areas, vocabulary)
        places = [placed(table) for table in tables]
        filled = {row + 1 for row in range(len(sheet.rows)) if sheet.filled(row)}
        if any(table.kind for table in tables) and {row for rows in places for row in rows} != filled:
            yield f"{sheet.name}: {places} of {filled}"
        yield from (f"{sheet.name}: {rows}" for rows in places if max(rows.values(), default=1) > 1)


def placed(table: Table) -> Counter[int]:
    """Row -> in how many of a table's lists it is."""
    lists = (table.header_rows, {record["row"] for record in table.records},
             {problem.row for problem in table.rejected}, [row for row, _why in table.ignored])
    return Counter(row for rows in lists for row in rows)


def main() -> int:
    """0 when every broken book was read or refused, 1 when some were not; those are kept."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz")
    parser.add_argument("--minutes", type=float, default=5)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    parser.add_argument("--out", type=Path, default=ROOT / "fuzz-faults")
    options = parser.parse_args()
    chance, vocabulary = random.Random(options.seed), vocabulary_of(load_reference())
    demonstration = sorted((ROOT / "data" / "demo").glob("*.xlsx"))
    books = [*seeds().items(), *((path.name, path.read_bytes()) for path in demonstration)]
    until, count, faults = time.monotonic() + 60 * options.minutes, 0, 0
    with reading_process(vocabulary) as process:
        while time.monotonic() < until:
            name, whole = chance.choice(books)
            content = broken(whole, chance)
            count += 1
            if wrong := fault(name, content, process, vocabulary):
                faults += 1
                options.out.mkdir(parents=True, exist_ok=True)
                path = options.out / f"{options.seed}-{count}-{name}"
                path.write_bytes(content)
                print(path, wrong, sep="\t", flush=True)
    print(f"{count} books, {faults} faults (seed {options.seed})")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
