"""The list of uploads: its counts open their rows, any other cell chooses an upload to undo."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from readiness.language import _, n_
from ui.frame import card
from ui.intake import OUTCOME
from ui.people import user
from ui.reads import Day
from ui.records import open_records, open_rejected
from ui.session import turn_of, turned
from ui.uploads import history_rows, undo
from ui.words import MISSING

ROW, HEIGHT, HISTORY = 30, 392, "history"


def history(day: Day) -> None:
    """The uploads, newest first."""
    rows = day.kept("history", lambda: history_rows(day.snapshot.uploads))
    with card("history", _("上报记录"), n_("{n} 次；点条数看是哪些行，点别处可以撤销", len(rows)) if len(rows) else ""):
        if rows.empty:
            st.html(f'<div class="quiet">{_("还没有上报过。")}</div>')
            return
        event = st.dataframe(
            rows, hide_index=True, row_height=ROW, height=min(ROW * (len(rows) + 1) + 2, HEIGHT) + 2,
            placeholder=MISSING, key=f"history-{day.snapshot.version}-{turn_of(HISTORY)}", on_select="rerun",
            selection_mode="single-cell", alt=_("上报记录"), column_config=history_columns())
        for row, column in event["selection"]["cells"]:
            _open(rows.iloc[row], column, day)


def history_columns() -> dict[str, object]:
    """Headings and widths of the uploads."""
    config = st.column_config
    return {
        "upload_id": config.TextColumn(_("编号"), width=80), "file": config.TextColumn(_("文件"), width=330),
        "when": config.TextColumn(_("时间"), width=110), "who": config.TextColumn(_("上传人"), width=90),
        "records": config.NumberColumn(_("记录（条）"), width=88),
        "rejected": config.NumberColumn(_("未计入（行）"), width=96),
        "demo": config.TextColumn(_("示例"), width=56), "state": config.TextColumn(_("状态"), width=180)}


def _open(upload: pd.Series, column: str, day: Day) -> None:
    counts = upload["state"] == _("有效")
    if column == "records" and counts:
        open_records(day, upload["upload_id"], upload["file"], lambda: turned(HISTORY))
    elif column == "rejected" and upload["rejected"]:
        open_rejected(day, upload["upload_id"], upload["file"], lambda: turned(HISTORY))
    elif counts:
        st.button(_("撤销 {upload}　{file}").format(upload=upload["upload_id"], file=upload["file"]), key="undo",
                  on_click=_undo, args=(upload["upload_id"], upload["file"]))


def _undo(upload_id: str, file: str) -> None:
    st.session_state[OUTCOME] = [undo(upload_id, file, user())]
