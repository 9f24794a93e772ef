"""The language of a visit: Chinese, or English at a click; the address can name it, the session keeps it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import streamlit as st

from readiness.language import CHINESE, ENGLISH, speak, spoken, translate_from
from readiness.reference import DATA

LANG = "lang"
FRONTEND = Path(__file__).with_name("frontend.html")
NAMES = {CHINESE: "中文", ENGLISH: "English"}  # each in its own words


def visit_language() -> str:
    """The language that this session speaks."""
    return st.session_state.get(LANG, CHINESE)


def follow_address() -> None:
    """Speaks what the address names (lang), else what the session spoke last; called before anything is said."""
    named = st.query_params.get(LANG)
    st.session_state[LANG] = named if named in NAMES else visit_language()
    speak(visit_language())


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Speaks that language for as long as the block runs."""
    before = spoken()
    speak(language)
    try:
        yield
    finally:
        speak(before)


def frontend_words() -> None:
    """Says in the language spoken what Streamlit says of itself: uploader, tables' menus, lost connection."""
    st.html(FRONTEND.read_text(encoding="utf-8").replace("{language}", spoken()), unsafe_allow_javascript=True)


def language_switch() -> None:
    """The one word that turns the screen into the other language."""
    other = CHINESE if visit_language() == ENGLISH else ENGLISH
    st.button(NAMES[other], type="tertiary", key="other-language", on_click=_turn, args=(other,))


def _turn(language: str) -> None:
    st.session_state[LANG] = language
    if language == CHINESE:
        st.query_params.pop(LANG, None)
    else:
        st.query_params[LANG] = language


translate_from(DATA / "locale", visit_language)
