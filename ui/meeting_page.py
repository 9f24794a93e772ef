"""What 会议汇报 is: screens one after the other, by the arrow keys, each one thought in large type."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import streamlit as st

from readiness.language import N_, _
from ui import meeting_screens as screens
from ui.meeting_screens import Draw
from ui.reads import Day
from ui.session import address_becomes

AT, DECIDING = "at", "deciding"
SCREENS: Mapping[str, tuple[str, Callable[[Day, Mapping[str, Draw]], None]]] = {
    "decided": (N_("上次会上定的事"), screens.decided), "score": (N_("准备度"), screens.score),
    "order": (N_("谁领先，谁落后"), screens.order), "places": (N_("问题在哪里"), screens.places),
    "late": (N_("超期"), screens.late), "relapse": (N_("回潮"), screens.relapsed),
    "special": (N_("三个周边与专项检查"), screens.special), "unknown": (N_("还不清楚的"), screens.unknown),
    DECIDING: (N_("今天定的事"), screens.deciding)}


def screen() -> str:
    """The screen that the address names by its number, else the first."""
    said = st.query_params.get(AT, "1")
    number = int(said) if said.isdecimal() else 1
    return list(SCREENS)[min(max(number, 1), len(SCREENS)) - 1]


def turner() -> None:
    """The line of the screens: back, which one of how many, on; also with the arrow keys."""
    names = list(SCREENS)
    at = names.index(screen())
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="right", gap="small",
                      key="meeting-turner"):
        st.button(_("上一屏"), key="meeting-back", shortcut="ArrowLeft", disabled=at == 0, on_click=_turn, args=(at,))
        st.html(f'<div class="quiet">{at + 1} / {len(names)}</div>', width="content")
        st.button(_("下一屏"), key="meeting-on", shortcut="ArrowRight", disabled=at == len(names) - 1, on_click=_turn,
                  args=(at + 2,))


def _turn(number: int) -> None:
    address_becomes({AT: str(number)})


def show_screen(day: Day, name: str, figures: Mapping[str, Draw]) -> None:
    """One screen: its heading, its thought, and its figure where it has one. figures: how SCORE and PLACES draw."""
    heading, show = SCREENS[name]
    st.html(f'<div class="m-head">{_(heading)}</div>')
    show(day, figures)
