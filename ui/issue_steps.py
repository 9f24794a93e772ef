"""The next step on an issue's card: buttons for what the user may do, why and photos, and the last step taken back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from html import escape
from typing import Any

import streamlit as st

from readiness.language import _
from readiness.life import Step, moves_of
from readiness.model import VERIFIED, Look, ReadinessError
from readiness.people import OFFICE
from readiness.reference import Reference
from readiness.steps import EXCEPTED
from ui.conflicts import decide
from ui.frame import card_title, quiet
from ui.people import user
from ui.reads import Day
from ui.session import turn_of
from ui.steps import (
    MOVE_WORDS,
    REFUSED,
    STEPS,
    closed,
    newest_step,
    pending_conflict,
    show_refusal,
    take,
    take_back,
    undo_label,
)
from ui.words import day_text

PHOTOS = ["jpg", "jpeg", "png", "webp"]
PHOTO_MEGABYTES, NOTE_LENGTH = 20, 200
FIRST_END = timedelta(days=30)  # offered as the end of an exception
ReadPhotos = Callable[[list[tuple[str, bytes]], Reference], tuple[Look, ...]]  # loaders.read_photos


def next_steps(issue: Any, day: Day, read_photos: ReadPhotos) -> None:
    """Shows what the user may do next to the issue, a row of Standing.issues, or why there is nothing to do."""
    card_title(_("登记进展"))
    top = st.container()  # filled last: a click that is told of runs the page once more before
    conflict = pending_conflict()
    if conflict and issue.thread in conflict.moved.index:
        decide(conflict, day)
        return
    if sentence := closed(issue, day) or _nothing_follows(issue):
        quiet(sentence)
    else:
        _step_form(issue, day, read_photos)
    if not closed(issue, day):
        _undo(issue, day)
    with top:
        show_refusal()


def _nothing_follows(issue: Any) -> str | None:
    return None if moves_of(issue.status, user().role) else _("已经销号；发现没有整改到位时由办公室退回。")


def _step_form(issue: Any, day: Day, read_photos: ReadPhotos) -> None:
    keys = [f"{name}-{issue.issue}-{turn_of(STEPS)}" for name in ("note", "photos")]
    with st.form(f"step-{issue.issue}", border=False):
        st.text_input(_("说明"), key=keys[0], max_chars=NOTE_LENGTH, label_visibility="collapsed",
                      placeholder=_("说明：做了什么，为什么（可以不填）"))
        st.file_uploader(_("照片"), PHOTOS, accept_multiple_files=True, key=keys[1], label_visibility="collapsed",
                         max_upload_size=PHOTO_MEGABYTES)
        with st.container(horizontal=True, gap="small"):
            clicked = [st.form_submit_button(_(MOVE_WORDS[move]), key=f"move-{move}", on_click=_take,
                                             args=(issue, move, day, keys, read_photos))
                       for move in moves_of(issue.status, user().role)]
    if any(clicked):
        st.rerun()
    if user().role == OFFICE and issue.status != VERIFIED:
        _exception(issue, day)


def _take(issue: Any, move: str, day: Day, keys: list[str], read_photos: ReadPhotos) -> None:
    note, photos = (st.session_state[key] for key in keys)
    try:
        looks = read_photos([(photo.name, photo.getvalue()) for photo in photos], day.reference) if photos else ()
    except ReadinessError as refusal:
        st.session_state[REFUSED] = str(refusal)
        return
    take([Step(issue.thread, issue.status, move, day.newest, note.strip() or None, pictures=looks)])


def _exception(issue: Any, day: Day) -> None:
    """The office's agreement that the problem stays as it is until a day."""
    keys = [f"{name}-{issue.issue}-{turn_of(STEPS)}" for name in ("reason", "until")]
    place = st.popover(_("暂缓…"), key=f"except-{issue.issue}", width="content")
    with place, st.form(f"exception-{issue.issue}", border=False):
        st.text_input(_("理由"), key=keys[0], max_chars=NOTE_LENGTH)
        st.date_input(_("截止日期"), day.newest + FIRST_END, key=keys[1], min_value=day.newest, format="YYYY-MM-DD")
        if st.form_submit_button(_(MOVE_WORDS[EXCEPTED]), key="move-excepted", on_click=_except,
                                 args=(issue, day.newest, keys)):
            st.rerun()


def _except(issue: Any, on: date, keys: list[str]) -> None:
    reason, until = (st.session_state[key] for key in keys)
    take([Step(issue.thread, issue.status, EXCEPTED, on, reason.strip() or None, until)])


def _undo(issue: Any, day: Day) -> None:
    """A line with the newest step on the issue where the user may take it back."""
    step = newest_step(issue, day)
    if step is None:
        return
    told = _("最近一步：{who}，{day}，{step}。").format(
        who=escape(step.user), day=day_text(step.on.date()), step=_(MOVE_WORDS[step.status]))
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        quiet(told)
        if st.button(undo_label(step.others), key="undo-step", type="tertiary", icon=":material/undo:",
                     on_click=take_back, args=(step.change_id,)):
            st.rerun()
