"""The words of tables (headings, states, results …) that an office can add to, as read from data/words.toml."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import chain, repeat
from typing import Any

from readiness.clean import cleaned
from readiness.language import _
from readiness.office_files import OfficeFile, toml_table

SECTIONS = ("headings", "states", "results", "polarity", "no_problem", "nothing", "rounds", "rows", "tallies")
ONE_MEANING = ("headings", "states", "tallies")


def words_from(file: OfficeFile) -> Mapping[str, Any]:
    """Section -> name -> list of words. Raises ReadinessError with the line of a mistake in its notation, for a missing
    section, for what is no list of words, and for a heading or a state that stands under two names."""
    words = toml_table(file)
    for section in SECTIONS:
        if not isinstance(words.get(section), dict):
            raise file.error(None, _("缺少 [{section}] 这一段，请补上或恢复原文件。").format(section=section))
        for name, listed in words[section].items():
            if not isinstance(listed, list) or not all(isinstance(word, str) for word in listed):
                raise file.error(_line(file, section, name),
                                 _("{name} 应写成 [\"词\", \"词\"] 这样的列表。").format(name=name))
    for section in ONE_MEANING:
        _refuse_two_meanings(file, section, words[section])
    return words


def _refuse_two_meanings(file: OfficeFile, section: str, lists: Mapping[str, list[str]]) -> None:
    meaning: dict[str, str] = {}
    for word, name in chain.from_iterable(zip(listed, repeat(name)) for name, listed in lists.items()):
        other = meaning.setdefault(cleaned(word) or word, name)
        if other != name:
            raise file.error(_line(file, section, name), _(
                "{name} 里看到“{word}”，{other} 里已经有了，应只留在一处。").format(name=name, word=word, other=other))


def _line(file: OfficeFile, section: str, name: str) -> int | None:
    return file.line_of(rf"{name}\s*=", after=file.line_of(rf"\[{section}\]"))
