"""The catalogue of the English words: `python -m tests.catalogue` brings it up to date with the code and compiles it.

New words are added without a translation, words that nothing says any more are taken out; tests/test_language.py fails
until each word has its translation.
"""

from __future__ import annotations

import ast
import io
import sys
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from readiness.reference import DATA, load_reference

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("dashboard.py", "pages", "ui", "charts", "store", "readiness")
SINCE = datetime(2026, 11, 25, tzinfo=UTC)  # one date for good: the file is the same however often it is made
MARKS = ("_", "N_", "n_")
ENGLISH = DATA / "locale" / "en" / "LC_MESSAGES" / "messages.po"


def sources() -> list[Path]:
    """The files whose words a screen shows."""
    return sorted(file for room in ROOMS for file in ([ROOT / room] if room.endswith(".py") else
                                                       (ROOT / room).rglob("*.py")))


def said_in(path: Path) -> list[str | tuple[str, str]]:
    """The words that a file marks for the catalogue; a pair for one that has a count.

    Read from the syntax tree: Babel's own reader does not look into f-strings.
    """
    calls = [node for node in ast.walk(ast.parse(path.read_text("utf-8")))
             if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MARKS and node.args]
    texts = [(node.func.id, node.args[0].value) for node in calls if isinstance(node.args[0], ast.Constant)]
    return [(text, text) if mark == "n_" else text for mark, text in texts]


def said_in_data() -> dict[str, str]:
    """The shipped words of data/ that a screen translates -> the file that holds them."""
    reference = load_reference()
    names = (*reference.kinds["name"], *reference.kinds["short"])
    return {**dict.fromkeys(names, "data/standard/kinds.csv"),
            **dict.fromkeys(reference.items["category"], "data/standard/items.csv"),
            **dict.fromkeys(reference.inspections["name"], "data/standard/inspections.csv"),
            **{band.name: "data/standard/settings.toml" for band in reference.settings.bands},
            reference.attribution: "data/map/cells.geojson"}


def said() -> Catalog:
    """Everything that is said, without translations."""
    catalog = Catalog(
        locale="en", header_comment="# The dashboard's words in English.", project="readiness-dashboard", version="1",
        msgid_bugs_address="-", last_translator="-", language_team="-", creation_date=SINCE, revision_date=SINCE,
        fuzzy=False)
    for path in sources():
        for words in said_in(path):
            catalog.add(words, locations=[(path.relative_to(ROOT).as_posix(), 0)])
    for words, file in said_in_data().items():
        catalog.add(words, locations=[(file, 0)])
    return catalog


def lacks(message: Message) -> bool:
    """Whether a form of the message has no translation."""
    return not all(message.string) if message.pluralizable and message.string else not message.string


def translated() -> Catalog:
    """The catalogue as it lies in data/."""
    with ENGLISH.open("rb") as file:
        return read_po(file, locale="en")


def compiled(catalog: Catalog) -> bytes:
    """The catalogue as gettext reads it."""
    out = io.BytesIO()
    write_mo(out, catalog)
    return out.getvalue()


def main() -> int:
    """Brings the catalogue up to date; returns 1 where words lack their translation, which it prints."""
    held, now = translated(), said()
    for message in now:
        if message.id and message.id in held:
            message.string = held[message.id].string
    with ENGLISH.open("wb") as file:
        write_po(file, now, width=120, sort_output=True, include_lineno=False)
    ENGLISH.with_suffix(".mo").write_bytes(compiled(now))
    lacking = [message.id for message in now if message.id and lacks(message)]
    print(*lacking, sep="\n")
    print(f"{len(now)} messages, {len(lacking)} without English", file=sys.stderr)
    return 1 if lacking else 0


if __name__ == "__main__":
    sys.exit(main())
