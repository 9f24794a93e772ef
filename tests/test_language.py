"""English: every word of a screen has it and nothing else does, and an English screen holds no Chinese but data."""

from __future__ import annotations

import ast
import gettext
import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Message

import ui.language  # noqa: F401  it tells where the catalogues lie
from readiness.language import CHINESE, ENGLISH, _, n_, speak
from tests import catalogue

HAN = re.compile(r"[\u3400-\u9fff，。：；、（）“”！？]")
PLACEHOLDER = re.compile(r"{(\w*)")
CHINESE_ALONE = {  # the functions and constants whose words are the same in every language, and why
    "ui/ledger.py": {"asked_words", "export_button", "export_notes"},  # goes to the areas
    "ui/recheck_list.py": {"EXPORTED", "export_button"},
    "readiness/messages.py": {"TO_WRITE"},  # what is to be written in a workbook
    "ui/words.py": {"day_text", "day_format", "weekday"},  # Chinese days; the English ones stand beside them
    "ui/language.py": {"NAMES"},  # each language in its own words
    "ui/frame.py": {"guarded"},  # a line of the log
    "ui/changes.py": {"inner_quotes"},  # marks that are looked for in data
    "ui/issue_card.py": {"facts_of"},  # compared with words that are marked above
}


@pytest.fixture
def english() -> Iterator[None]:
    speak(ENGLISH)
    yield
    speak(CHINESE)


def forms(message: Message) -> list[str]:
    return list(message.string) if message.pluralizable else [message.string]


def words(message: Message) -> str:
    return message.id[0] if message.pluralizable else message.id


def messages() -> list[Message]:
    return [message for message in catalogue.translated() if message.id]


def test_the_catalogue_holds_exactly_what_is_said() -> None:
    said = {message.id for message in catalogue.said() if message.id}
    held = {message.id for message in messages()}
    assert said - held == set(), "run `make locale` and translate these"
    assert held - said == set(), "run `make locale`: nothing says these any more"


def test_every_message_has_its_english() -> None:
    assert [words(message) for message in messages() if catalogue.lacks(message)] == []


def test_english_is_english_and_fills_in_the_same_facts() -> None:
    for message in messages():
        for form in forms(message):
            assert not HAN.search(form), form
            missing = set(PLACEHOLDER.findall(words(message))) ^ set(PLACEHOLDER.findall(form))
            assert missing <= ({"n"} if message.pluralizable else set()), form


def test_what_gettext_reads_is_what_the_catalogue_says() -> None:
    compiled = gettext.GNUTranslations(io.BytesIO(catalogue.ENGLISH.with_suffix(".mo").read_bytes()))
    for message in messages():
        if message.pluralizable:
            assert [compiled.ngettext(*message.id, count) for count in (1, 2)] == forms(message)
        else:
            assert compiled.gettext(message.id) == message.string


def test_a_count_has_its_form(english) -> None:
    assert _("未销号") == "Open"
    assert [n_("共 {n} 条。", count) for count in (1, 2)] == ["1 issue.", "2 issues."]


def bare(path: Path) -> Iterator[str]:
    """The Chinese words of a file that no mark stands round; docstrings and CHINESE_ALONE aside."""
    name = path.relative_to(catalogue.ROOT).as_posix()
    tree = ast.parse(path.read_text("utf-8"))
    tree.body = [node for node in tree.body if not named(node) & CHINESE_ALONE.get(name, set())]
    marked = {id(part) for node in ast.walk(tree)
              if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in catalogue.MARKS
              for part in ast.walk(node)}
    told = {id(node.body[0].value) for node in ast.walk(tree)
            if isinstance(node, (ast.Module, ast.FunctionDef, ast.ClassDef)) and node.body
            and isinstance(node.body[0], ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in marked | told \
                and HAN.search(node.value):
            yield f"{name}:{node.lineno} {node.value}"


def named(node: ast.stmt) -> set[str]:
    """The names that a statement of a module defines."""
    targets = [node.target] if isinstance(node, ast.AnnAssign) else getattr(node, "targets", [])
    return {getattr(node, "name", None), *(getattr(target, "id", None) for target in targets)} - {None}


def test_no_word_of_a_screen_goes_round_the_catalogue() -> None:
    rooms = ("dashboard.py", "pages/", "ui/", "charts/", "store/", "readiness/messages.py")
    files = [path for path in catalogue.sources() if path.relative_to(catalogue.ROOT).as_posix().startswith(rooms)]
    assert [word for path in files for word in bare(path)] == []
