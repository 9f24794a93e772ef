"""The words every room uses: kinds of table, states, results, columns, and the values handed from room to room."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

if TYPE_CHECKING:  # the reading process needs these words without pandas' memory
    import pandas as pd

# Kinds of table
LEDGER = "ledger"
CHECKLIST = "checklist"
SITES = "sites"
PATROLS = "patrols"
TABLE_KINDS = (LEDGER, CHECKLIST, SITES, PATROLS)
FACT_FRAMES: Mapping[str, str] = MappingProxyType(  # the Snapshot's frame of each kind
    {LEDGER: "ledger", CHECKLIST: "checks", SITES: "sites", PATROLS: "patrols"})

# States of an issue; the order is the rule "of two states of one day the further one wins".
OPEN = "open"
FIXING = "fixing"
FIXED = "fixed"
VERIFIED = "verified"
RETURNED = "returned"
STATES = (OPEN, FIXING, FIXED, VERIFIED, RETURNED)
UNVERIFIED = (OPEN, FIXING, FIXED, RETURNED)

# Results of a check; the order is the rule "the worst of one day wins". UNINSPECTABLE changes nothing.
PASS = "pass"
FAIL = "fail"
NA = "na"
UNINSPECTABLE = "uninspectable"
RESULTS = (PASS, FAIL, NA, UNINSPECTABLE)
UNCHECKED = "unchecked"

# Rounds of inspection
ROUNDS = ("self", "mock", "district", "special", "official")

# Where an issue comes from
FROM_LEDGER = "ledger"
FROM_CHECK = "check"

# Site kinds that rules name; all others are data alone.
RESIDENTIAL = "residential"
OTHER = "other"

# Fields of the records of each kind of table, in the order of the command line's contract.
FIELDS: Mapping[str, tuple[str, ...]] = MappingProxyType({
    LEDGER: ("number", "area_code", "site", "location", "category", "indicator", "description", "severity", "round",
             "round_no", "inspector", "found_on", "due_on", "fixed_on", "verified_on", "status", "responsible_unit",
             "responsible_person", "measure", "note", "photos_before", "photos_after"),
    CHECKLIST: ("area_code", "site", "site_kind", "category", "indicator", "result", "deduction", "score",
                "full_marks", "checked_on", "inspector", "round", "round_no", "description", "photos"),
    SITES: ("area_code", "name", "site_kind", "address", "lon", "lat", "datum", "point_chief", "road_chief",
            "block_chief", "phone"),
    PATROLS: ("area_code", "date", "activity", "party_members", "volunteers", "hours", "found", "solved", "note"),
})
# A number that a book states: cell, whose it is (None: of all), measure (found, fixed, unfixed, rate in percent, or the
# field whose sum it is) and value.
TALLY_FIELDS = ("cell", "area_code", "measure", "value")
DATE_FIELDS = ("found_on", "due_on", "fixed_on", "verified_on", "checked_on", "date")
NUMBER_FIELDS = ("round_no", "deduction", "score", "full_marks", "photos", "photos_before", "photos_after", "lon",
                 "lat", "party_members", "volunteers", "hours", "found", "solved")
ZONE = ZoneInfo("Asia/Shanghai")  # by whose clock a day begins and a time is told


class ReadinessError(Exception):
    """What the project refuses: one finished sentence that says where, what was seen and what to do."""


@dataclass(frozen=True)
class Problem:
    """One thing in a workbook that a person must correct: a code and the facts; its sentence is in messages.py."""

    code: str
    sheet: str | None = None
    row: int | None = None
    cell: str | None = None
    field: str | None = None
    value: str | None = None
    suggestions: tuple[str, ...] = ()
    facts: Mapping[str, Any] = dataclasses.field(default_factory=dict)


@dataclass(frozen=True)
class Table:
    """One table of a sheet as it was understood: every non-blank row is in exactly one of the four lists.

    records are dicts of the kind's FIELDS that are known, plus "row" and, where something was inferred, "inferred"
    (names of fields). Dates are ISO text. sheet_date is the day of the title, meta line, sheet or file name.
    sources tells the preview where area, date, inspector and round came from; columns maps heading to field ("item"
    for a column of results, "" for one that is not read), letters heading to the column's letters.
    pictures tells where pictures are: row, field, cell and the name that a formula gives the picture ("" where it lies
    on the cell). how tells of each heading how it was known (loaders/tables/knowing.py). tallies are the numbers that
    the book states of its own rows (TALLY_FIELDS and row); they are no records.
    """

    sheet: str | None
    kind: str | None
    header_rows: tuple[int, ...] = ()
    records: tuple[Mapping[str, Any], ...] = ()
    rejected: tuple[Problem, ...] = ()
    ignored: tuple[tuple[int, str], ...] = ()
    sheet_date: str | None = None
    sources: Mapping[str, str] = dataclasses.field(default_factory=dict)
    columns: Mapping[str, str] = dataclasses.field(default_factory=dict)
    letters: Mapping[str, str] = dataclasses.field(default_factory=dict)
    pictures: tuple[tuple[int, str, str, str], ...] = ()
    how: Mapping[str, str] = dataclasses.field(default_factory=dict)
    tallies: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True)
class Look:
    """A picture: content as it came, of the media type; width and height as it is seen.

    thumbnail: an upright JPEG that tells nothing but what is seen. phash: 64 bits as hex, alike for pictures that look
    alike; None where it shows too little.
    """

    sha256: str
    media_type: str
    width: int
    height: int
    phash: str | None
    content: bytes = dataclasses.field(repr=False)
    thumbnail: bytes = dataclasses.field(repr=False)


@dataclass(frozen=True, kw_only=True)
class Picture(Look):
    """A Look on a row of the book's table of that number; field: photos_before, photos_after or photos."""

    table_no: int
    row: int
    field: str


@dataclass(frozen=True)
class Batch:
    """All that one workbook says. A file that cannot be read has an error and no tables.

    name_context is what the file's name alone gives: (area_code, ISO date, round with number), each or None;
    the same bytes under the same context are the same upload. demo: the book carries the demonstration mark.
    corrections: what a person said of this book before it was saved: year, cells ([sheet, address, text]) and columns
    (heading -> field); without what nobody said. warnings: what a reader should know though all rows were read.
    """

    file: str
    sha256: str
    content: bytes = dataclasses.field(repr=False)
    error: Problem | None = None
    tables: tuple[Table, ...] = ()
    name_context: tuple[str | None, str | None, str | None] = (None, None, None)
    demo: bool = False
    corrections: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    pictures: tuple[Picture, ...] = ()
    warnings: tuple[Problem, ...] = ()

    @property
    def record_count(self) -> int:
        return sum(len(table.records) for table in self.tables)

    @property
    def rejected_count(self) -> int:
        return sum(len(table.rejected) for table in self.tables)


@dataclass(frozen=True)
class Snapshot:
    """The facts of all uploads that count at one data version; frames are shared and read-only.

    Every fact frame has upload_id, sha256 (of the book), sheet, table_no (0.. within the book), row, the FIELDS of its
    kind (text as str, dates as datetime64, numbers as float) and, but for sites, inferred (text, comma separated),
    sheet_date and uploaded_on (both datetime64, whole days).
    uploads: upload_id, file, sha256, uploaded_at (datetime64, UTC), uploaded_by, demo, records, rejected, undone_at.
    steps: step_id, change_id, thread, status, on (datetime64), user, at (datetime64, UTC), note, until (datetime64).
    tallies: upload_id, sheet, table_no, kind (of its table, missing where there is none), row and TALLY_FIELDS.
    """

    version: int
    uploads: pd.DataFrame
    ledger: pd.DataFrame
    checks: pd.DataFrame
    sites: pd.DataFrame
    patrols: pd.DataFrame
    tallies: pd.DataFrame
    steps: pd.DataFrame

    @property
    def demo(self) -> bool:
        """Whether any book that counts carries the demonstration mark."""
        return bool((self.uploads["demo"] & self.uploads["undone_at"].isna()).any())
