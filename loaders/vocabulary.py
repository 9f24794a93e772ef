"""What the loaders know beforehand, as plain values: areas, kinds, items and the words of headings and cells."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from loaders.text import folded, marked
from readiness.answers import Answers, seen
from readiness.model import RETURNED

if TYPE_CHECKING:
    from readiness.reference import Reference

_KIND_TAILS = ("周边", "")
# Field that a person chose for a column -> the concept of data/words.toml under which the tables read it.
CONCEPT_OF = {
    "": "unread",
    "area_code": "area",
    "name": "site",
    "found_on": "inspected_on",
    "checked_on": "inspected_on",
    "date": "inspected_on",
    "photos": "photos_before",
}


@dataclass(frozen=True)
class Vocabulary:
    """Areas, kinds and items as rows; words as read from data/words.toml. It can be sent to the reading process."""

    areas: tuple[tuple[str, str, str, tuple[str, ...]], ...]  # code, official name, short name, aliases
    kinds: tuple[tuple[str, str, tuple[str, ...]], ...]  # kind, name, keywords
    items: tuple[tuple[str, str, str], ...]  # kind, text, bad answer (是, 否 or empty)
    words: Mapping[str, Any]
    columns: Mapping[str, str] = field(default_factory=dict)  # heading as answers.seen writes it -> concept by hand
    standard: str = ""  # hash of the standard's files
    year: int | None = None  # said by hand for the days of one book

    @cached_property
    def headings(self) -> dict[str, str]:
        """Folded heading -> concept."""
        return {folded(word): concept for concept, words in self.words["headings"].items() for word in words}

    @cached_property
    def heading_words(self) -> frozenset[str]:
        """The words of headings as listed."""
        return frozenset(word for words in self.words["headings"].values() for word in words)

    @cached_property
    def concepts(self) -> dict[str, tuple[str | None, float]]:
        """What headings were found to mean, remembered from book to book (tables.headings)."""
        return {}

    def answered(self, heading: str) -> str | None:
        """The concept that a person gave a whole heading (整改/日期); None where nobody did."""
        return self.columns.get(seen(heading)) if self.columns else None

    @cached_property
    def states(self) -> dict[str, str]:
        return _by_mark(self.words["states"])

    @cached_property
    def results(self) -> dict[str, str]:
        return _by_mark(self.words["results"])

    @cached_property
    def no_problem(self) -> frozenset[str]:
        return _marks(self.words["no_problem"]["words"])

    @cached_property
    def returning(self) -> tuple[str, ...]:
        """The listed words that return a problem and hold a negation (整改不到位), the longest first."""
        words = (word for word, state in self.states.items() if state == RETURNED and ("不" in word or "未" in word))
        return tuple(sorted((word for word in words if len(word) > 3), key=len, reverse=True))

    @cached_property
    def nothing(self) -> frozenset[str]:
        return _marks(self.words["nothing"]["words"])

    @cached_property
    def open_ended(self) -> frozenset[str]:
        return _marks(self.words["nothing"]["open_ended"])

    @cached_property
    def item_answers(self) -> dict[str, str]:
        """Folded item text -> its bad answer, where the catalogue names one."""
        return {folded(text): bad for _, text, bad in self.items if bad}

    @cached_property
    def kind_words(self) -> dict[str, str]:
        """Folded kind code, name, keyword, and each with 周边 -> kind."""
        named = {}
        for kind, name, keywords in self.kinds:
            for word in (kind, name, *keywords):
                for tail in _KIND_TAILS:
                    named.setdefault(folded(word + tail), kind)
        return named

    def kind_of(self, text: str) -> str | None:
        """The kind that a word for sites means: a kind's own word, else the one kind in whose words it ends.

        中小学校周边 is a school's, 主要交通路口 a crossing; 学校食堂 is none of ours.
        """
        plain = folded(text)
        if (exact := self.kind_words.get(plain)) is not None:
            return exact
        ends = {kind for word, kind in self.kind_words.items() if len(word) > 1 and plain.endswith(word)}
        return ends.pop() if len(ends) == 1 else None

    @cached_property
    def tally_words(self) -> dict[str, Any]:
        """measures: folded heading of a column of counts -> what it counts; all: folded words for all rows together."""
        said = self.words["tallies"]
        measures = {folded(word): name for name, words in said.items() if name != "all" for word in words}
        return {"measures": measures, "all": frozenset(folded(word) for word in said["all"])}

    @cached_property
    def row_words(self) -> dict[str, frozenset[str]]:
        """Folded words of rows that hold no data: total, note, signature, sample; full marks, all marks and states."""
        states = (word for words in self.words["states"].values() for word in words if len(word) > 2)
        marks = self.words["headings"]
        said = {**self.words["rows"], "full marks": marks["full_marks"], "state": tuple(states),
                "marks": (*marks["full_marks"], *marks["score"], *marks["deduction"])}
        return {reason: frozenset(folded(word) for word in words) for reason, words in said.items()}


def vocabulary_of(reference: Reference, answers: Answers | None = None) -> Vocabulary:
    """The part of the reference data that reading needs, with what persons answered: aliases and headings."""
    areas, kinds, items = reference.areas, reference.kinds, reference.items
    said = answers or Answers()
    aliases = (
        (*known, *(text for text, meant in said.areas.items() if meant == code))
        for code, known in zip(areas["code"], areas["aliases"], strict=True)
    )
    return Vocabulary(
        tuple(zip(areas["code"], areas["official_name"], areas["short_name"], aliases, strict=True)),
        tuple(zip(kinds["kind"], kinds["name"], map(tuple, kinds["keywords"]), strict=True)),
        tuple(zip(items["kind"], items["text"], items["bad_answer"], strict=True)),
        reference.words,
        {heading: CONCEPT_OF.get(name, name) for heading, name in said.columns.items()},
        reference.hash,
    )


def _by_mark(groups: Mapping[str, Iterable[str]]) -> dict[str, str]:
    return {marked(word): meaning for meaning, words in groups.items() for word in words}


def _marks(words: Iterable[str]) -> frozenset[str]:
    return frozenset(marked(word) for word in words)
