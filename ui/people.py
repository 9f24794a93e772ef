"""Who is here: asked once a session, in this one place; pages and store only ever see the User."""

from __future__ import annotations

from typing import Any

import streamlit as st

from readiness.language import _
from readiness.people import AREA_STAFF, LEADERSHIP, OFFICE, ROLE_WORDS, User
from readiness.reference import Reference

USER = "user"
ASKED = (OFFICE, AREA_STAFF, LEADERSHIP)  # the wall is no person: its address says what it is
NOBODY = User("", LEADERSHIP)


def user() -> User:
    """Who works in this session; somebody without a name, who may look at everything, until they have said."""
    return st.session_state.get(USER, NOBODY)


def known() -> bool:
    """Whether somebody has said who they are."""
    return bool(user().name)


def office_alone() -> dict[str, Any]:
    """For a button that changes what holds for the whole office: it works for the office, and says so to others."""
    may = user().may_change(None)
    return {"disabled": not may, "help": None if may else _("只有办公室可以；请在右上角说明您是谁。")}


def who_switch(reference: Reference) -> None:
    """The name at the end of the menu's line, which opens the question who is here."""
    who_is_here(reference, "menu", "tertiary")


def who_is_here(reference: Reference, place: str, type_: str = "secondary") -> None:
    """A button with the name, which opens the question: name, role and, of area staff, their areas.

    place: of the button, there may be several.
    """
    words = user().name or _("我是谁")
    with st.popover(words, key=f"{place}-who", type=type_, icon=":material/person:", width="content"):
        if known():
            _said(reference, place)
        else:
            _ask(reference, place)


def _ask(reference: Reference, place: str) -> None:
    name, role, areas = (f"{place}-{what}" for what in ("name", "role", "areas"))
    st.text_input(_("姓名"), key=name, max_chars=20)
    chosen = st.radio(_("身份"), ASKED, key=role, format_func=lambda each: _(ROLE_WORDS[each]), horizontal=True)
    if chosen == AREA_STAFF:
        names = reference.area_names()
        st.multiselect(_("负责的居民区"), list(names), key=areas, format_func=names.get, placeholder=_("可以选几个"))
    st.button(_("就是我"), key=f"{place}-enter", type="primary", on_click=_enter, args=(name, role, areas))


def _said(reference: Reference, place: str) -> None:
    names = reference.area_names()
    areas = _("、").join(name for code, name in names.items() if code in user().areas)
    told = "　".join(filter(None, (f"**{user().name}**", _(ROLE_WORDS[user().role]), areas)))
    st.markdown(told)
    st.button(_("换人"), key=f"{place}-leave", type="tertiary", on_click=lambda: st.session_state.pop(USER))


def _enter(name_key: str, role_key: str, areas_key: str) -> None:
    name, role = st.session_state[name_key].strip(), st.session_state[role_key]
    areas = frozenset(st.session_state.get(areas_key, ())) if role == AREA_STAFF else frozenset()
    if name and (areas or role != AREA_STAFF):
        st.session_state[USER] = User(name, role, areas)
