"""The steps of 数据上报: drop files, look at what was understood, commit or drop; demonstration."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from readiness.language import _, n_
from readiness.model import Batch
from ui.ahead import foresee, show_ahead
from ui.answering import (
    BATCHES,
    all_answers,
    forget_waiting,
    keep_answers,
    own_answers,
    read_again,
    take_back,
    undecided,
    waiting,
)
from ui.files import show_files
from ui.frame import card
from ui.passwords import opened
from ui.people import known, office_alone, user, who_is_here
from ui.preview import Marking
from ui.problems import RowReader, problems_card
from ui.reads import Day
from ui.same import same_card
from ui.uploads import Reader, commit, read_files, remove_demonstration

OUTCOME, ROUND = "outcome", "upload-round"
MEGABYTES = 100
MARKS = {"success": ("✓", "up"), "info": ("＝", ""), "error": ("!", "down")}


def choose_files(day: Day, load_workbooks: Reader) -> None:
    """The first step: who uploads, and the files, which are read at once."""
    turn = st.session_state.setdefault(ROUND, 0)
    with card("files", _("① 放入文件"), _("检查表、问题台账、点位台账、巡查记录；Excel、WPS、CSV 或 zip，可一次多个")):
        left, right = st.columns([1, 3], gap=12)
        with left:
            who_is_here(day.reference, "files")
        with right:
            files = st.file_uploader(_("工作簿"), accept_multiple_files=True, max_upload_size=MEGABYTES,
                                     key=f"files-{turn}", label_visibility="collapsed")
        if files:
            read = read_files([(file.name, file.getvalue()) for file in files], day.reference, load_workbooks,
                              all_answers(day))
            st.session_state[BATCHES] = with_new(waiting(), read)
            st.session_state[ROUND] = turn + 1
            st.session_state.pop(OUTCOME, None)
            st.rerun()
        show_outcome()


def with_new(waiting: list[Batch], read: list[Batch]) -> list[Batch]:
    """The files that wait to be committed and those just read; one put in again takes the earlier one's place."""
    again = {(batch.file, batch.sha256) for batch in read}
    return [batch for batch in waiting if (batch.file, batch.sha256) not in again] + read


def show_outcome() -> None:
    """What became of the last commit or undo, a line each."""
    lines = st.session_state.get(OUTCOME, [])
    items = "".join(f'<li><i class="{MARKS[how][1]}">{MARKS[how][0]}</i><span>{escape(text)}</span></li>'
                    for how, text in lines)
    if items:
        st.html(f'<ul class="lines">{items}</ul>')


def review(day: Day, load_workbooks: Reader, read_row: RowReader, marking: Marking) -> Callable[[], None]:
    """The second and third step: what was understood and asked, then commit or drop all of it.

    Returns what is drawn last, because it takes longest: what a commit would change.
    """
    bar, deciding, asked, nearly = st.empty(), st.container(), st.container(key="asked"), st.container()
    if not waiting():
        return lambda: None
    read_again(day, load_workbooks, bar)
    batches = waiting()
    with deciding:
        change = _decide(batches)
    with asked:
        locked = problems_card(day, batches, read_row)
    show_files(day, batches, marking)
    if locked:
        at, password = locked
        batches[at] = opened(batches[at], password, day.reference, load_workbooks, all_answers(day))
        st.rerun()
    return lambda: _foresee(day, batches, change, nearly)


def _good(batches: list[Batch]) -> list[Batch]:
    """The files of which there is something to commit."""
    return [batch for batch in batches if not batch.error and batch.record_count]


def _decide(batches: list[Batch]) -> DeltaGenerator:
    """The card with the counts and the buttons; returns the place in it for what a commit changes."""
    good = _good(batches)
    records, problems = sum(batch.record_count for batch in good), sum(batch.rejected_count for batch in batches)
    unread = sum(batch.error is not None for batch in batches)
    counts = _("，").join((n_("{n} 个文件", len(batches)), *[n_("{n} 个还读不了", unread)] * bool(unread),
                          n_("{n} 条记录", records), n_("{n} 处问题", problems)))
    note = _("{counts}；有问题的行不会计入").format(counts=counts) if problems else counts
    with card("decide", _("② 核对，③ 提交"), note):
        change = st.container(key="change", gap=8)
        with st.container(horizontal=True, key="decide-buttons"):
            st.button(n_("提交 {n} 个文件", len(good)) if good else _("没有可提交的"), type="primary", key="commit",
                      disabled=not good or not known(), on_click=_commit,
                      help=None if known() else _("请先在上面说明您是谁：每一步都要记下是谁做的。"))
            st.button(_("放弃"), key="drop", on_click=forget_waiting)
            if count := len(own_answers()):
                st.button(n_("撤回 {n} 个回答", count), key="take-back", on_click=take_back)
    return change


def _foresee(day: Day, batches: list[Batch], change: DeltaGenerator, nearly: DeltaGenerator) -> None:
    """What a commit would change, and the new rows that are nearly known."""
    good = _good(batches)
    if good:
        with change:
            found, near = foresee(day, good, st.empty())
            show_ahead(found, day.reference)
        with nearly:
            same_card(good, near)


def _commit() -> None:
    """Commits what is shown; where an answer came with the click, its reading is shown first."""
    if not undecided():
        if user().may_change(None):  # what holds for every book is the office's to say
            keep_answers(user())
        st.session_state[OUTCOME] = commit(_good(waiting()), user())
        forget_waiting()


def demonstration(day: Day) -> None:
    """The one click that removes all demonstration books, while there are any."""
    if day.snapshot.demo:
        with card("demo", _("示例数据"), _("正式使用前一键移除；自己上报的数据不受影响")):
            if st.button(_("移除全部示例数据"), key="remove-demo", **office_alone()):
                st.dialog(_("移除示例数据"))(confirm_removal)()


def confirm_removal() -> None:
    """Asks once, then removes the demonstration books with the steps taken on their threads."""
    st.write(_("所有示例工作簿和登记在它们问题上的进展都会移除，数字随即更新。自己上报的数据不受影响。"))
    if st.button(_("确认移除"), type="primary", key="confirm-remove-demo", on_click=_remove):
        st.rerun()


def _remove() -> None:
    removed = remove_demonstration(user())
    st.session_state[OUTCOME] = [("success", n_("已移除 {n} 个示例工作簿。", removed))]
