"""Group rows: a line across the table that says area, day, inspector, round or category for the lines below it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from loaders.tables.areas import AreaNames
from loaders.tables.context import person, round_in
from loaders.tables.headings import Headings
from loaders.text import folded, kept, without_brackets, without_ordinal
from loaders.values.dates import day_in, read_day, year_in
from loaders.vocabulary import Vocabulary

_UNIT = r"\s*共?\s*\d+\s*[个条处项家所座件]"
_COUNT = re.compile(rf"(?:[(\uff08](?:{_UNIT}|\s*\d+)\s*[)\uff09]|{_UNIT})$")
_LABEL = re.compile(r"^([^:\uff1a\s]{1,12})\s*[:\uff1a]\s*(.+)$", re.DOTALL)
_CALLED_AREA = re.compile(r"^[^、,，;；和及与]{1,10}(居民委员会|居委会|居民区|居委|社区)$")
_PLAIN_ROUND = re.compile(r"(第.{1,2}[轮次期]|检查|测评|发现|问题|整改|清单|情况|的|\d|[一二三四五六七八九十]轮)+")


@dataclass(frozen=True)
class Group:
    """What the group rows above a line say: the values by name, and the levels in the order they first stood."""

    said: Mapping[str, Any] = field(default_factory=dict)
    levels: tuple[str, ...] = ()

    def below(self, new: Mapping[str, Any]) -> Group:
        """The group under a further group row; a row of an outer level ends what inner rows said."""
        level = next(iter(new))
        levels = self.levels if level in self.levels else (*self.levels, level)
        inner = levels[levels.index(level) + 1 :]
        kept_ = (
            {name: value for name, value in self.said.items() if not name.startswith(inner)}
            if inner
            else dict(self.said)
        )
        return Group({**kept_, **new}, levels)


def group_said(text: str, year: int | None, areas: AreaNames, vocabulary: Vocabulary) -> dict[str, Any]:
    """What a group row's text says: area (None with unknown_area, its text, where it is none of ours), day, inspector,
    round, or else text, the category.

    The first name of the answer is the row's level.
    """
    plain = _COUNT.sub("", without_ordinal(text)).strip(" :\uff1a")
    labelled = _LABEL.match(plain)
    value = labelled[2].strip() if labelled else plain
    concept = Headings(vocabulary).concept(labelled[1])[0] if labelled else None
    if code := areas.code(plain) or areas.code(without_brackets(plain)) or areas.code(value):
        return {"area": code, "unknown_area": None}
    if len(named := areas.named_in(plain)) == 1 and len(plain) <= 25:
        return {"area": next(iter(named)), "unknown_area": None}
    if len(named) > 1 or _CALLED_AREA.search(without_brackets(value)) or (concept or "").startswith("area"):
        return {"area": None, "unknown_area": value}
    if concept == "inspector":
        return {"inspector": person(without_brackets(value))}
    day = read_day(value, year) if not day_in(value, year).iso else day_in(value, year)
    if day.iso and (concept == "inspected_on" or (len(folded(value)) <= 14 and re.match(r"[\d\u4e00-\u5341]", value))):
        return {"day": day.iso, "day_inferred": day.inferred and year_in(value) is None}
    round_, number = round_in(value, vocabulary)
    if round_ and (concept == "round" or not _rest_of_round(value, vocabulary)):
        return {"round": round_, "round_no": number}
    return {"text": kept(plain) or kept(text)}


def says_context(text: str, headings: Headings) -> bool:
    """Whether a line is a label of ours with its value (检查人：张三), not one of a form's end (填表人：…)."""
    labelled = _LABEL.match(text)
    return bool(labelled) and headings.concept(labelled[1])[0] in ("area", "inspector", "inspected_on", "round")


def _rest_of_round(text: str, vocabulary: Vocabulary) -> str:
    """What remains of a text without the words of rounds."""
    rest = folded(text)
    words = [folded(word) for words in vocabulary.words["rounds"].values() for word in words]
    for word in sorted(words, key=len, reverse=True):
        rest = rest.replace(word, "")
    return _PLAIN_ROUND.sub("", rest)
