"""Rows behind a number that are neither issues nor items: what was said of a site over time, and patrols."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from readiness.language import _
from readiness.model import CHECKLIST, LEDGER
from readiness.reference import Reference
from ui.words import RESULT_WORDS, ROUND_WORDS, STATE_WORDS, day_format, fits, in_words

WORDS = {**RESULT_WORDS, **STATE_WORDS}
EVENTS = ("on", "what", "site", "indicator", "word", "text", "who", "round", "workbook", "cell")
PATROLS = ("on", "area", "activity", "party_members", "volunteers", "hours", "found", "solved", "note", "workbook",
           "cell")


def told_events(rows: pd.DataFrame) -> pd.DataFrame:
    """Checks and issues of readiness.special.history_of, with their sources, in the words of the screen."""
    return rows.assign(what=rows["what"].map({CHECKLIST: _("检查"), LEDGER: _("问题")}),
                       word=rows["word"].map(in_words(WORDS)), round=rows["round"].map(in_words(ROUND_WORDS)))


def told_patrols(rows: pd.DataFrame, reference: Reference) -> pd.DataFrame:
    """Patrols, with their sources, in the words of the screen; what is not written stays missing."""
    return rows.assign(area=rows["area_code"].map(reference.area_names()), on=rows["date"])


def event_columns() -> dict[str, object]:
    """Headings, widths and formats of checks and issues over time."""
    text = st.column_config.TextColumn
    return {
        "on": st.column_config.DateColumn(_("日期"), format=day_format(), width=70),
        "what": text(_("内容"), width=fits(56, 66)), "site": text(_("点位"), width=130),
        "indicator": text(_("测评项目"), width=230), "word": text(_("结果"), width=fits(66, 96)),
        "text": text(_("问题"), width=190), "who": text(_("检查人 / 责任单位"), width=fits(120, 150)),
        "round": text(_("轮次"), width=fits(72, 96)), "workbook": text(_("工作簿"), width=190),
        "cell": text(_("单元格"), width=96),
    }


def patrol_columns() -> dict[str, object]:
    """Headings, widths and formats of patrols."""
    config = st.column_config
    number = config.NumberColumn
    return {
        "on": config.DateColumn(_("日期"), format=day_format(), width=70),
        "area": config.TextColumn(_("居民区"), width=70), "activity": config.TextColumn(_("内容"), width=150),
        "party_members": number(_("党员（人）"), width=fits(80, 110)),
        "volunteers": number(_("志愿者（人）"), width=fits(90, 90)),
        "hours": number(_("时长（小时）"), format="%g", width=fits(90, 66)),
        "found": number(_("发现"), width=fits(56, 60)), "solved": number(_("当场解决"), width=fits(76, 112)),
        "note": config.TextColumn(_("备注"), width=120), "workbook": config.TextColumn(_("工作簿"), width=190),
        "cell": config.TextColumn(_("单元格"), width=96),
    }
