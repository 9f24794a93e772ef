"""What the visitor answered about the files that wait: read again at once, remembered when they are committed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from readiness.answers import Answers
from readiness.model import Batch
from readiness.people import User
from store import forget, remember, remembered
from ui.reads import Day, database_url, engine
from ui.uploads import Reader, reading

BATCHES, ANSWERS, STALE, TOUCHED = "batches", "answers", "stale", "touched"
BAR_FROM = 4  # fewer books are read again before a bar is seen


def waiting() -> list[Batch]:
    """The files that were read and not committed yet, in order."""
    return st.session_state.get(BATCHES, [])


def own_answers() -> Answers:
    """What was answered since the last commit."""
    return st.session_state.get(ANSWERS, Answers())


def all_answers(day: Day) -> Answers:
    """What was answered since the last commit, over what is remembered of earlier ones."""
    return own_answers().over(kept_answers(day))


def kept_answers(day: Day) -> Answers:
    """What is remembered of earlier commits."""
    return day.kept("answers", lambda: remembered(engine(database_url())))


def answered(said: Answers, books: Iterable[str]) -> None:
    """Takes an answer: the books of these sha256 are read again by read_again, all others stay as they are."""
    touched = set(books)
    st.session_state[ANSWERS] = said
    st.session_state[TOUCHED] = st.session_state.get(TOUCHED, set()) | touched
    st.session_state[STALE] = _stale() | {_name(batch) for batch in waiting() if batch.sha256 in touched}


def undecided() -> bool:
    """Whether an answer was given that the waiting files do not show yet."""
    return bool(_stale())


def read_again(day: Day, load_workbooks: Reader, bar: DeltaGenerator) -> None:
    """Reads the files whose answers changed, each into its own place; what a click cuts off is read in the next run."""
    batches, stale = waiting(), _stale()
    places = [place for place, batch in enumerate(batches) if _name(batch) in stale]
    files = [(batches[place].file, batches[place].content) for place in places]
    read = reading(files, day.reference, load_workbooks, all_answers(day), bar if len(files) >= BAR_FROM else None)
    for place, batch in zip(places, read, strict=True):
        batches[place] = batch
        stale.discard(_name(batch))


def _stale() -> set[tuple[str, str]]:
    return st.session_state.setdefault(STALE, set())


def _name(batch: Batch) -> tuple[str, str]:
    """What tells a waiting file from the others."""
    return batch.file, batch.sha256


def take_back() -> None:
    """Forgets what was answered since the last commit; the books that it touched are read as they came."""
    answered(Answers(), st.session_state.get(TOUCHED, ()))


def keep_answers(user: User) -> None:
    """Remembers what holds for every book."""
    remember(engine(database_url()), own_answers(), user, datetime.now(UTC))


def forget_answer(what: str, word: str, user: User) -> None:
    """From now on the word means what it meant before anybody spoke of it."""
    forget(engine(database_url()), what, word, user, datetime.now(UTC))


def forget_waiting() -> None:
    """Drops the waiting files and what was answered about them."""
    for name in (BATCHES, ANSWERS, STALE, TOUCHED):
        st.session_state.pop(name, None)
