"""Language: the words of the screen in the reader's own. Chinese is written in the code, English in a catalogue."""

from __future__ import annotations

import gettext
from collections.abc import Callable
from contextvars import ContextVar
from functools import cache
from pathlib import Path

CHINESE, ENGLISH = "zh", "en"

_spoken: ContextVar[str | None] = ContextVar("spoken", default=None)
_source: dict[str, object] = {"ask": lambda: CHINESE, "folder": None}


def translate_from(folder: Path, ask: Callable[[], str]) -> None:
    """Takes the catalogues from a folder and asks for the language of each thread that speak() has not told."""
    _source.update(ask=ask, folder=folder)


def speak(language: str) -> None:
    """Sets the language of everything that this thread says from now on."""
    _spoken.set(language)


def spoken() -> str:
    """The language of this thread: as told, else as asked for, else Chinese."""
    if _spoken.get() is None:
        speak(_source["ask"]())
    return _spoken.get()


def _(text: str) -> str:
    """The text in the language spoken; as it stands where that is Chinese or the catalogue lacks it.

    >>> _("未销号")
    '未销号'
    """
    return _catalogue(spoken()).gettext(text) if text else text


def n_(text: str, count: float, **facts: object) -> str:
    """The text with its count {n} and facts filled in, in the form that the language has for that count.

    >>> n_("{area}未销号 {n} 条", 3, area="文苑一")
    '文苑一未销号 3 条'
    """
    whole = int(count) if float(count).is_integer() else 2  # gettext takes whole numbers alone
    return _catalogue(spoken()).ngettext(text, text, whole).format(n=count, **facts)


def N_(text: str) -> str:
    """The text as it stands, noted for the catalogue: what a constant holds is translated where it is used, by _()."""
    return text


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    if language == CHINESE:
        return gettext.NullTranslations()
    return gettext.translation("messages", _source["folder"], [language])
