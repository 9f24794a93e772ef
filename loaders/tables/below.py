"""Below: what the cells under the columns of a heading look like, for the rules that ask them what a column means."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from loaders.grid import Sheet
from loaders.tables.areas import AreaNames
from loaders.tables.columns import Column, Heading, sample
from loaders.tables.headings import Headings
from loaders.text import as_text, folded, marked
from loaders.values.states import UNKNOWN, is_result, read_state

_PLACE_END = re.compile(
    "(小区|新村|[一二三四五六七八九十]村|苑|里|弄|坊|路|街|巷|道|口|站|园|场|校|学|院|店|铺|市|馆|所|号|楼|城|中心)$"
)
_NOTHING = ("/", "—", "-", "--", "——", "无")


@dataclass(frozen=True)
class Below:
    """A heading with the cells below it, the words and the names of areas."""

    block: Heading
    sheet: Sheet
    headings: Headings
    areas: AreaNames

    @cached_property
    def has(self) -> set[str | None]:
        """The concepts that the heading's words give."""
        return {column.concept for column in self.block.columns}

    def of(self, concept: str | None) -> list[Column]:
        """The columns of a concept; of None those under a heading on no list."""
        return [column for column in self.block.columns if column.concept == concept]

    def unnamed(self) -> list[Column]:
        """The columns under words that mean nothing to us."""
        return [column for column in self.of(None) if column.parts]

    def texts(self, column: Column) -> list[str]:
        """The filled cells of a column in the first rows."""
        return [as_text(value) for value in sample(self.sheet, self.block, column.index)]

    def all_kinds(self, column: Column | None) -> bool:
        """Whether each cell is a word for a kind of site."""
        texts = self.texts(column) if column else []
        return bool(texts) and all(folded(text) in self.headings.vocabulary.kind_words for text in texts)

    def all_states(self, column: Column) -> bool:
        """Whether each cell says a state in words."""
        texts, words = self.texts(column), self.headings.vocabulary
        return bool(texts) and all(len(text) > 1 and read_state(text, words) not in (UNKNOWN, None) for text in texts)

    def area_share(self, column: Column) -> float:
        """The share of the cells that name an area."""
        return _share(self.areas.code(text) is not None for text in self.texts(column))

    def place_share(self, texts: Iterable[str]) -> float:
        """The share of texts that name an area or end as places do."""
        return _share(bool(self.areas.code(text) or _PLACE_END.search(text)) for text in texts)

    def result_share(self, column: Column) -> float | None:
        """The share of results among the cells that say anything; None where none does."""
        said = [text for text in self.texts(column) if marked(text) not in _NOTHING]
        return _share(map(is_result, said)) if said else None

    def sentences(self, column: Column) -> bool:
        """Whether the cells are texts of some length, not numbers."""
        texts = self.texts(column)
        return bool(texts) and sum(map(len, texts)) >= 4 * len(texts) and not numbers(texts)


def numbers(texts: list[str]) -> bool:
    """Whether most of the texts begin with a number."""
    return _share(bool(re.match(r"\s*\d+", text)) for text in texts) >= 0.7


def counts(texts: list[str]) -> bool:
    """Whether one of the texts is a count (4, 3处), and none of them a sentence."""
    counted = any(re.fullmatch(r"\s*\d+\s*[个处件项条起次]?\s*", text) for text in texts)
    return counted and max(map(len, texts)) < 8


def _share(flags: Iterable[bool]) -> float:
    found = list(flags)
    return sum(found) / max(len(found), 1)
