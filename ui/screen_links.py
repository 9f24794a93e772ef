"""The links of the walls: made by the office, shown once, and withdrawn."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode, urlsplit

import pandas as pd
import streamlit as st

from readiness.language import _, n_
from readiness.model import ReadinessError
from store import load_screens, make_screen, withdraw_screen
from ui.frame import card
from ui.people import office_alone, user
from ui.reads import Day, engine
from ui.session import turn_of, turned
from ui.uploads import ZONE
from ui.wall import SCREEN, TOKEN
from ui.words import MISSING, local_minute

FORM, LIST, MADE, ROW = "screen-form", "screens", "screen-link", 30


def screen_links(day: Day) -> None:
    """The card: a new link, and all that were made; a click on one offers to withdraw it."""
    links = day.kept("screens", lambda: load_screens(engine(day.key[0])))
    working = links["withdrawn_at"].isna().sum()
    with card("screens", _("大屏链接"), n_("{n} 个在用；只看不改，可以随时停用", working)):
        turn = turn_of(FORM)
        with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
            name = st.text_input(_("哪一块屏"), key=f"screen-name-{turn}", max_chars=40, width=280,
                                 placeholder=_("如：指挥室大屏"))
            if st.button(_("生成链接"), key="make-screen", **office_alone()):
                _make(day, name)
        if link := st.session_state.get(MADE):
            st.caption(_("请在大屏的浏览器里打开并收藏。链接只显示这一次："))
            st.code(link, language=None, wrap_lines=True)
        if not links.empty:
            _list(day, links)


def _list(day: Day, links: pd.DataFrame) -> None:
    config = st.column_config
    rows = links.assign(made=local_minute(links["made_at"], ZONE), gone=local_minute(links["withdrawn_at"], ZONE))
    event = st.dataframe(
        rows[["name", "made", "made_by", "gone"]], hide_index=True, row_height=ROW, placeholder=MISSING,
        height=min(36 + ROW * len(rows), 216), key=f"table-screens-{turn_of(LIST)}", alt=_("大屏链接"),
        on_select="rerun", selection_mode="single-row",
        column_config={"name": config.TextColumn(_("哪一块屏"), width=280),
                       "made": config.TextColumn(_("生成"), width=130),
                       "made_by": config.TextColumn(_("生成人"), width=90),
                       "gone": config.TextColumn(_("停用"), width=130)})
    for at in event["selection"]["rows"]:
        link = rows.iloc[at]
        if link["gone"] == MISSING and st.button(_("停用“{name}”").format(name=link["name"]), key="withdraw-screen",
                                                 **office_alone()):
            _write(withdraw_screen, day, int(link["screen_id"]))


def _make(day: Day, name: str) -> None:
    """Makes a link and holds it for the session, to be shown."""
    def make(*said: Any) -> None:
        st.session_state[MADE] = link_of(make_screen(*said))

    _write(make, day, name)


def link_of(token: str) -> str:
    """The address that opens the wall with that token, on the server that this page came from."""
    here = urlsplit(st.context.url or "")
    origin = f"{here.scheme}://{here.netloc}" if here.netloc else ""
    return f"{origin}/?{urlencode({SCREEN: 1, TOKEN: token})}"


def _write(change: Callable[..., None], day: Day, said: Any) -> None:
    """Writes and shows the page anew, or the sentence of the refusal."""
    try:
        change(engine(day.key[0]), said, user(), datetime.now(UTC))
    except ReadinessError as refusal:
        st.error(str(refusal))
        return
    turned(FORM)
    turned(LIST)
    st.rerun()
