"""What the visitor answered about the files that wait: read again at once, remembered when they are committed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

import streamlit as st

from readiness.answers import Answers
from readiness.model import Batch
from store import forget, remember, remembered
from ui.reads import Day, database_url, engine
from ui.uploads import Reader, read_files

BATCHES, ANSWERS, STALE = "batches", "answers", "stale"


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


def answered(said: Answers, places: Iterable[int]) -> None:
    """Takes an answer: the files at these places are read again by read_again."""
    st.session_state[ANSWERS] = said
    st.session_state[STALE] = {*st.session_state.get(STALE, ()), *places}


def undecided() -> bool:
    """Whether an answer was given that the waiting files do not show yet."""
    return bool(st.session_state.get(STALE))


def read_again(day: Day, load_workbooks: Reader) -> None:
    """Reads the files whose answers changed, under the bar; each takes its own place."""
    batches = waiting()
    places = sorted(place for place in st.session_state.pop(STALE, ()) if place < len(batches))
    if places:
        files = [(batches[place].file, batches[place].content) for place in places]
        read = read_files(files, day.reference, load_workbooks, all_answers(day))
        for place, batch in zip(places, read, strict=True):
            batches[place] = batch


def take_back() -> None:
    """Forgets what was answered since the last commit; all files are read as they came."""
    answered(Answers(), range(len(waiting())))


def keep_answers(user: str) -> None:
    """Remembers what holds for every book."""
    remember(engine(database_url()), own_answers(), user, datetime.now(UTC))


def forget_answer(what: str, word: str, user: str) -> None:
    """From now on the word means what it meant before anybody spoke of it."""
    forget(engine(database_url()), what, word, user, datetime.now(UTC))


def forget_waiting() -> None:
    """Drops the waiting files and what was answered about them."""
    for name in (BATCHES, ANSWERS, STALE):
        st.session_state.pop(name, None)
