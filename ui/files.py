"""The files that wait, in one table with one of them open."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from readiness.language import _, n_
from readiness.model import Batch
from ui.frame import card
from ui.preview import Marking, batch_note, origins_text, show_batch, twin_text
from ui.reads import Day
from ui.words import MISSING, TABLE_WORDS

ROW, TABLE = 30, 336


def show_files(day: Day, batches: Sequence[Batch], marking: Marking) -> None:
    """The card of the only file that can be read; of several files a table, and under it the card of the chosen one."""
    at = 0
    if len(batches) > 1:
        with card("files-read", _("读懂了什么"), _("点一行看这个文件")):
            rows = file_rows(batches, day.snapshot.uploads)
            event = st.dataframe(
                rows, hide_index=True, row_height=ROW, height=min(33 + ROW * len(rows), TABLE),
                key=f"read-{len(rows)}", placeholder=MISSING, on_select="rerun", selection_mode="single-row",
                alt=_("读懂了什么"), column_config=_file_columns())
            at = next(iter(event["selection"]["rows"]), 0)
    if len(batches) > 1 or not batches[0].error:
        show_batch(day, batches, at, marking)


def file_rows(batches: Sequence[Batch], uploads: pd.DataFrame) -> pd.DataFrame:
    """What was understood of each file: file, kinds (of table), from (of areas, days and rounds), records, rejected,
    note."""
    return pd.DataFrame([{
        "file": batch.file,
        "kinds": _("、").join(dict.fromkeys(_(TABLE_WORDS[table.kind]) for table in batch.tables if table.kind)),
        "from": origins_text([table for table in batch.tables if table.kind]),
        "records": batch.record_count, "rejected": batch.rejected_count,
        "note": file_note(batch, uploads) or None,
    } for batch in batches])


def file_note(batch: Batch, uploads: pd.DataFrame) -> str:
    """What else is to be known of a file, in a few words."""
    if not batch.record_count and not batch.rejected_count:
        return batch_note(batch)
    return _("，").join([*[_("已经上报过")] * bool(twin_text(batch, uploads)),
                        *[n_("{n} 张照片", len(batch.pictures))] * bool(batch.pictures),
                        *[n_("{n} 条提醒", len(batch.warnings))] * bool(batch.warnings)])


def _file_columns() -> dict[str, object]:
    config = st.column_config
    return {
        "file": config.TextColumn(_("文件"), width=300), "kinds": config.TextColumn(_("认作"), width=110),
        "from": config.TextColumn(_("居民区、日期从哪来"), width=240),
        "records": config.NumberColumn(_("记录（条）"), width=84),
        "rejected": config.NumberColumn(_("问题（处）"), width=84),
        "note": config.TextColumn(_("提醒"), width=200)}
