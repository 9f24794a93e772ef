"""Handovers on the screen: a form for who leaves and who follows; those that stand can be taken back."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pandas as pd
import streamlit as st

from readiness.chiefs import POST_WORDS
from readiness.handovers import standing_handovers
from readiness.language import _, n_
from readiness.model import ReadinessError
from readiness.people import WRITERS
from store import hand_over
from ui.chiefs import handed_over
from ui.chiefs_page import chief_table
from ui.frame import quiet
from ui.people import user
from ui.reads import Day, engine
from ui.session import turn_of, turned
from ui.words import MISSING, day_format, fits, in_words

FORM, LIST, ROW = "handover", "handovers", 30


def handover_form(day: Day, person: str | None) -> None:
    """A button that opens the form: office for everybody, area staff for their own areas; closed to all others."""
    may = user().role in WRITERS
    told = None if may else _("只有办公室和本居民区工作人员可以登记交接；请在右上角说明您是谁。")
    with st.popover(_("交接"), key="handover-form", icon=":material/swap_horiz:", disabled=not may, help=told):
        if may:
            _form(day, person)


def leavers(day: Day, person: str | None) -> pd.DataFrame:
    """The rows of chief_table that the user may hand over: of one person or of all."""
    table = chief_table(day)
    own = table["area_code"].map(lambda code: user().may_change([code])).astype(bool)
    return table[own if person is None else own & (table["code"] == person)].sort_values(
        ["area_code", "person", "post"], ignore_index=True)


def _form(day: Day, person: str | None) -> None:
    rows, turn = leavers(day, person), turn_of(FORM)
    if rows.empty:
        quiet(_("这里没有您可以交接的负责人。"))
        return
    names, posts = day.reference.area_names(), in_words(POST_WORDS)
    words = [n_("{person}　{area}　{post}　{n} 个点位", row.sites, person=row.person, area=names[row.area_code],
                post=posts[row.post]) for row in rows.itertuples()]
    at = st.selectbox(_("谁离开"), range(len(rows)), format_func=words.__getitem__, key=f"leaves-{turn}",
                      width=360)
    on = st.date_input(_("从哪天起"), day.as_of, key=f"on-{turn}")  # its calendar opens over what stands below
    follows = st.text_input(_("由谁接手"), key=f"follows-{turn}", max_chars=20, placeholder=_("留空：暂时无人"))
    note = st.text_input(_("备注"), key=f"note-{turn}", max_chars=100)
    if st.button(_("登记交接"), key="hand-over", type="primary"):
        _say(day, rows.iloc[at], follows, on, note)


def _say(day: Day, row: Any, follows: str | None, on: date, note: str | None) -> None:
    """Writes the handover and shows the page anew, or the sentence of the refusal where the button is."""
    try:
        hand_over(engine(day.key[0]), row["post"], row["area_code"], row.get("leaves", row.get("person")), follows, on,
                  note, user(), datetime.now(UTC))
    except ReadinessError as refusal:
        st.error(str(refusal))
        return
    turned(FORM)
    turned(LIST)
    st.rerun()


def handover_list(day: Day, height: int) -> None:
    """The handovers that stand, the newest first; a click on one offers to take it back."""
    rows = standing_handovers(handed_over(day)).iloc[::-1].reset_index(drop=True)
    if rows.empty:
        quiet(_("还没有登记过交接。"))
        return
    config = _columns()
    event = st.dataframe(
        told_handovers(rows, day)[list(config)], hide_index=True, row_height=ROW, height=height, placeholder=MISSING,
        column_config=config, key=f"table-handovers-{turn_of(LIST)}", alt=_("登记过的交接"), on_select="rerun",
        selection_mode="single-row")
    for at in event["selection"]["rows"]:
        row = rows.iloc[at]
        if st.button(_("撤回“{name}”的交接").format(name=row["leaves"]), key="take-back",
                     disabled=not user().may_change([row["area_code"]])):
            _say(day, row, row["leaves"], row["on"].date(), None)


def told_handovers(rows: pd.DataFrame, day: Day) -> pd.DataFrame:
    """The handovers in the words of the screen."""
    return rows.assign(area=rows["area_code"].map(day.reference.area_names()),
                       post=rows["post"].map(in_words(POST_WORDS)), follows=rows["follows"].fillna(_("无人")))


def _columns() -> dict[str, object]:
    text = st.column_config.TextColumn
    return {"on": st.column_config.DateColumn(_("日期"), format=day_format(), width=72),
            "area": text(_("居民区"), width=72), "post": text(_("岗位"), width=fits(52, 84)),
            "leaves": text(_("离开"), width=76), "follows": text(_("接手"), width=76),
            "user": text(_("登记人"), width=76)}
