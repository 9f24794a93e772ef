"""The password of a locked file: asked for in its card, used once, kept nowhere."""

from __future__ import annotations

import streamlit as st

from readiness.answers import Answers
from readiness.language import _
from readiness.messages import reason
from readiness.model import Batch
from readiness.reference import Reference
from ui.uploads import Reader

LOCKED = ("need_password", "wrong_password")


def is_locked(batch: Batch) -> bool:
    """Whether a password would open the file."""
    return batch.error is not None and batch.error.code in LOCKED


def lock_text(batch: Batch) -> str:
    """What is said beside the field."""
    if batch.error.code == LOCKED[0]:
        return _("文件加了打开密码。输入密码就能读；密码只用这一次，不保存。")
    return reason(batch.error)


def ask_password(place: int) -> str | None:
    """The field for the password of the file at that place; what was typed, in the one run after it was sent."""
    with st.form(f"password-{place}", clear_on_submit=True, border=False), \
            st.container(horizontal=True, vertical_alignment="center"):
        typed = st.text_input(_("打开密码"), type="password", autocomplete="off", key=f"typed-{place}",
                              placeholder=_("打开密码"), label_visibility="collapsed")
        sent = st.form_submit_button(_("打开"))
    return typed if sent and typed else None


def opened(batch: Batch, password: str, reference: Reference, load_workbooks: Reader, answers: Answers) -> Batch:
    """The file read again with its password; still locked where that was wrong."""
    found = load_workbooks([(batch.file, batch.content)], reference, answers, passwords={batch.sha256: password})
    return next(iter(found))
