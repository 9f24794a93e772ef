"""Values: one cell to one value of a field; what cannot be read keeps its text and says why."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from loaders.tables.context import person, round_in, round_number
from loaders.text import as_text, kept, marked, without_brackets, without_picture_calls
from loaders.values.dates import read_day
from loaders.values.states import UNKNOWN, read_result, read_review, read_state, ticked
from loaders.vocabulary import Vocabulary

_NUMBER = re.compile(r"^[^\d+.-]{0,6}?([+-]?\d+(?:,\d{3})*(?:\.\d+)?)\s*(?:个半)?\s*[^\d]{0,6}$")
_PHONE = re.compile(r"(?<!\d)(1\d{10}|0\d{2,3}[- ]?\d{7,8}|\d{8}|\d{3}[- ]\d{4}[- ]\d{4})(?!\d)")
_ERROR_VALUE = re.compile(r"^#(N/A|REF!|VALUE!|DIV/0!|NAME\?|NUM!|NULL!)$", re.IGNORECASE)
_PICTURE = re.compile(r"DISPIMG\((?:\s*[\"“]([^\"”]*))?", re.IGNORECASE)


@dataclass(frozen=True)
class Cell:
    """A value that was read, and whether a part of it was worked out from elsewhere."""

    value: Any
    inferred: bool = False


@dataclass(frozen=True)
class Failure:
    """Why a cell is no value of its field."""

    code: str
    suggestions: tuple[str, ...] = ()
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass
class Reader:
    """Reads cells with a vocabulary and remembers each distinct answer, so a column costs its distinct values."""

    vocabulary: Vocabulary
    _days: dict[tuple, Cell | Failure | None] = field(default_factory=dict)
    _states: dict[str, str] = field(default_factory=dict)
    _results: dict[tuple, tuple[str | None, str | None]] = field(default_factory=dict)

    def text(self, value: object) -> str | None:
        """The text as a record keeps it, without formulas that show pictures; None when nothing is left."""
        if value == "" or value is None:
            return None
        return (kept(without_picture_calls(value)) if isinstance(value, str) else as_text(value)) or None

    def person(self, value: object) -> str | None:
        """A person's name without inner spaces; "/" and the like are nobody."""
        text = self.text(value)
        return None if text is None or marked(text) in self.vocabulary.nothing else person(text) or None

    def given(self, value: object) -> str | None:
        """A text in which "/" and the like mean that nothing is given."""
        text = self.text(value)
        return None if text is None or marked(text) in self.vocabulary.nothing else text

    def number(self, value: object) -> Cell | Failure | None:
        """A number, also with its unit (2.5小时, 4个); whole numbers as int."""
        if isinstance(value, bool):
            return Failure("not_a_number")
        if isinstance(value, (int, float)):
            return Cell(int(value) if float(value).is_integer() else float(value))
        if hasattr(value, "total_seconds"):
            return Cell(round(value.total_seconds() / 3600, 4))
        text = unicodedata.normalize("NFKC", as_text(value)).strip()
        if not text or marked(text) in self.vocabulary.nothing:
            return None
        if not (found := _NUMBER.match(text)):
            return Failure("not_a_number")
        number = float(found[1].replace(",", ""))
        return Cell(int(number) if number.is_integer() else number)

    def hours(self, value: object) -> Cell | Failure | None:
        """A duration in hours: 2.5, "2.5小时", "90分钟", "2小时30分"."""
        text = unicodedata.normalize("NFKC", as_text(value)) if isinstance(value, str) else ""
        if found := re.match(r"^\s*(?:(\d+(?:\.\d+)?)\s*(?:个?小时|h)\s*)?(?:(\d+)\s*(?:分钟?|min))\s*$", text):
            return Cell(_tidy(float(found[1] or 0) + float(found[2]) / 60))
        if found := re.match(r"^\s*(\d+)\s*个?半小时\s*$", text):
            return Cell(_tidy(float(found[1]) + 0.5))
        if re.match(r"^\s*半(个)?小时\s*$", text):
            return Cell(0.5)
        return self.number(value)

    def day(
        self, value: object, year: int | None, last: bool = False, start: str | None = None
    ) -> Cell | Failure | None:
        """A day as ISO text; nothing and open-ended words are None."""
        if isinstance(value, str):
            key = (value, year, last, start)
            if key not in self._days:
                self._days[key] = self._read_day(*key)
            return self._days[key]
        return self._read_day(value, year, last, start)

    def _read_day(self, value: object, year: int | None, last: bool, start: str | None) -> Cell | Failure | None:
        if isinstance(value, str) and (
            marked(value) in self.vocabulary.nothing or marked(value) in self.vocabulary.open_ended or not kept(value)
        ):
            return None
        day = read_day(value, year, last, start)
        if day.problem == "not_a_date" and isinstance(value, str):
            day = self._without_open_ended(value, day, year, last, start)
        if day.problem:
            return Failure(day.problem)
        return Cell(day.iso, day.inferred) if day.iso else None

    def _without_open_ended(self, value: str, day, year: int | None, last: bool, start: str | None):
        rest = value
        for word in sorted(self.vocabulary.words["nothing"]["open_ended"], key=len, reverse=True):
            rest = rest.replace(word, "")
        return read_day(rest, year, last, start) if rest != value else day

    def state(self, value: object) -> str | Failure | None:
        """A state of the ledger; 1 in a cell of numbers is 100%."""
        text = (
            "100%"
            if isinstance(value, (int, float)) and not isinstance(value, bool) and value == 1
            else self.text(value)
        )
        if text is None or marked(text) in ("/", "—", "-", "--", "——", "无"):
            return None
        if text not in self._states:
            options = ticked(text)
            if options == []:
                return None  # a form that nobody ticked
            word = options[0] if options and len(options) == 1 else text
            self._states[text] = read_state(word, self.vocabulary)
        return Failure("unknown_state") if self._states[text] == UNKNOWN else self._states[text]

    def review(self, value: object) -> str | Failure | None:
        """The state that a re-check gives; None while nobody has re-checked."""
        text = self.text(value)
        state = read_review(text, self.vocabulary) if text else None
        return Failure("unknown_state") if state == UNKNOWN else state

    def result(self, value: object, indicator: str, heading: str) -> tuple[str | None, str | None] | Failure:
        """(result, remark) of a check."""
        text = self.text(value)
        if text is None:
            return None, None
        if _ERROR_VALUE.match(text):
            return Failure("unknown_result")
        key = (text, indicator, heading)
        if key not in self._results:
            self._results[key] = read_result(text, indicator, heading, self.vocabulary)
        return Failure("unknown_result") if self._results[key][0] == UNKNOWN else self._results[key]

    def site_kind(self, value: object) -> str | None:
        """The kind's code where the word is a kind's, else the word itself."""
        text = self.text(value)
        if text is None:
            return None
        return self.vocabulary.kind_of(text) or self.vocabulary.kind_of(without_brackets(text)) or text

    def round(self, value: object) -> tuple[str | None, int | None]:
        """(round, number); a word that names no round is (None, its number)."""
        text = self.text(value) or ""
        round_, number = round_in(text, self.vocabulary)
        return round_, number if number is not None else round_number(text)

    def phone(self, value: object) -> str | None:
        """A telephone number as written, numbers without their ".0"."""
        return self.given(value)

    def pictures(self, value: object) -> list[str]:
        """The names of the pictures that a cell holds as formulas; a text that names files holds none."""
        return _PICTURE.findall(as_text(value))


def name_and_phone(text: str) -> tuple[str | None, str | None]:
    """A name and the number written into the same cell.

    >>> name_and_phone("陈示例 13800000000"), name_and_phone("陈示例")
    (('陈示例', '13800000000'), ('陈示例', None))
    """
    found = _PHONE.search(text)
    if not found:
        return person(text) or None, None
    name = re.sub(
        r"[\s,\uff0c、/()\uff08\uff09:\uff1a]+$|^[\s,\uff0c、/()\uff08\uff09:\uff1a]+",
        "",
        (text[: found.start()] + text[found.end() :]),
    )
    return person(name) or None, found[1]


def _tidy(number: float) -> int | float:
    return int(number) if number.is_integer() else round(number, 4)
