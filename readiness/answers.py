"""Answers: what a person said of names and headings that no book explains, remembered, and of single books."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from readiness.model import CHECKLIST, FIELDS, LEDGER, PATROLS, SITES

AREA, COLUMN = "area", "column"
LONGEST_NAME = 40
Cell = tuple[str | None, str]  # sheet (None in text files) and address

# What a column can be said to mean: the fields that a cell of a row fills by itself.
COLUMN_FIELDS: Mapping[str, tuple[str, ...]] = {
    kind: tuple(name for name in FIELDS[kind] if name not in ("round_no", "datum"))
    for kind in (LEDGER, CHECKLIST, SITES, PATROLS)
}


@dataclass(frozen=True)
class Answers:
    """What persons answered; keys of areas and columns are as seen() writes them.

    areas: text -> area_code. columns: heading -> field, "" for a column that is not to be read. Both hold for every
    book. years and corrections hold for one book, named by its sha256: the year of days that are written without one,
    and the text that is read in place of what a cell says.
    """

    areas: Mapping[str, str] = field(default_factory=dict)
    columns: Mapping[str, str] = field(default_factory=dict)
    years: Mapping[str, int] = field(default_factory=dict)
    corrections: Mapping[str, Mapping[Cell, str]] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.areas) + len(self.columns) + len(self.years) + sum(map(len, self.corrections.values()))

    def with_area(self, text: str, code: str) -> Answers:
        """The answers and what a text that names an area means."""
        return replace(self, areas={**self.areas, seen(text): code})

    def with_column(self, heading: str, name: str) -> Answers:
        """The answers and the field that a heading means, "" for none."""
        return replace(self, columns={**self.columns, seen(heading): name})

    def with_year(self, sha256: str, year: int) -> Answers:
        """The answers and the year of a book's days."""
        return replace(self, years={**self.years, sha256: year})

    def with_cells(self, sha256: str, cells: Mapping[Cell, str]) -> Answers:
        """The answers and texts to be read in place of a book's cells."""
        own = {**self.corrections.get(sha256, {}), **cells}
        return replace(self, corrections={**self.corrections, sha256: own})

    def over(self, earlier: Answers) -> Answers:
        """The earlier answers with these, which win; what holds for one book is of these alone."""
        return replace(self, areas={**earlier.areas, **self.areas}, columns={**earlier.columns, **self.columns})


def names_one(text: str) -> bool:
    """Whether a text is name enough to mean the same area wherever it stands: two letters or more, not only digits.

    >>> names_one("文院一"), names_one("3"), names_one("12"), names_one("？？"), names_one("一")
    (True, False, False, False, False)
    """
    letters = [letter for letter in seen(text) if letter.isalnum()]
    return 2 <= len(letters) <= LONGEST_NAME and not all(letter.isdigit() for letter in letters)


def seen(text: str) -> str:
    """A name or heading as answers know it again: NFKC, lower case, without white space.

    >>> seen(" 文院　１ "), seen("整改\\n时限")
    ('文院1', '整改时限')
    """
    return "".join(unicodedata.normalize("NFKC", text).lower().split())
