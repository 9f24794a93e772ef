"""The steps of 数据上报: drop files, look at what was understood, commit or drop; demonstration."""

from __future__ import annotations

from html import escape

import streamlit as st

from readiness.language import _, n_
from readiness.model import Batch
from ui.frame import card
from ui.passwords import ask_password, is_locked, opened
from ui.preview import show_batch
from ui.reads import Day
from ui.session import ask_user, user_name
from ui.uploads import Reader, commit, read_files, remove_demonstration

BATCHES, OUTCOME, ROUND = "batches", "outcome", "upload-round"
MEGABYTES = 100
MARKS = {"success": ("✓", "up"), "info": ("＝", ""), "error": ("!", "down")}


def choose_files(day: Day, load_workbooks: Reader) -> None:
    """The first step: who uploads, and the files, which are read at once."""
    turn = st.session_state.setdefault(ROUND, 0)
    with card("files", _("① 放入文件"), _("检查表、问题台账、点位台账、巡查记录；Excel、WPS、CSV 或 zip，可一次多个")):
        left, right = st.columns([1, 3], gap=12)
        with left:
            ask_user()
        with right:
            files = st.file_uploader(_("工作簿"), accept_multiple_files=True, max_upload_size=MEGABYTES,
                                     key=f"files-{turn}", label_visibility="collapsed")
        if files:
            read = read_files([(file.name, file.getvalue()) for file in files], day.reference, load_workbooks)
            st.session_state[BATCHES] = with_new(st.session_state.get(BATCHES, []), read)
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


def review(day: Day, load_workbooks: Reader) -> None:
    """The second and third step: what was understood of each file, then commit or drop all of it."""
    batches: list[Batch] = st.session_state.get(BATCHES, [])
    if not batches:
        return
    good = [batch for batch in batches if not batch.error and batch.record_count]
    records, problems = sum(batch.record_count for batch in good), sum(batch.rejected_count for batch in batches)
    counts = _("，").join((n_("{n} 个文件", len(batches)), n_("{n} 条记录", records), n_("{n} 处问题", problems)))
    note = _("{counts}；有问题的行不会计入").format(counts=counts)
    with card("decide", _("② 核对，③ 提交"), note), st.container(horizontal=True):
        st.button(n_("提交 {n} 个文件", len(good)), type="primary", key="commit", disabled=not good,
                  on_click=_commit, args=(good,))
        st.button(_("放弃"), key="drop", on_click=_drop)
    for place, batch in enumerate(batches):
        show_batch(batch, day.reference, place)
        if is_locked(batch) and (password := ask_password(place)):
            batches[place] = opened(batch, password, day.reference, load_workbooks)
            st.rerun()


def _commit(batches: list[Batch]) -> None:
    st.session_state[OUTCOME] = commit(batches, user_name())
    _drop()


def _drop() -> None:
    st.session_state.pop(BATCHES, None)


def demonstration(day: Day) -> None:
    """The one click that removes all demonstration books, while there are any."""
    if day.snapshot.demo:
        with card("demo", _("示例数据"), _("正式使用前一键移除；自己上报的数据不受影响")):
            if st.button(_("移除全部示例数据"), key="remove-demo"):
                st.dialog(_("移除示例数据"))(confirm_removal)()


def confirm_removal() -> None:
    """Asks once, then removes the demonstration books with the steps taken on their threads."""
    st.write(_("所有示例工作簿和登记在它们问题上的进展都会移除，数字随即更新。自己上报的数据不受影响。"))
    if st.button(_("确认移除"), type="primary", key="confirm-remove-demo", on_click=_remove):
        st.rerun()


def _remove() -> None:
    removed = remove_demonstration(user_name())
    st.session_state[OUTCOME] = [("success", n_("已移除 {n} 个示例工作簿。", removed))]
