"""What a visitor's session remembers: which page runs, which area was looked at last."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from readiness.reference import Reference

AREA, ISSUE = "area", "issue"
ARRIVED = "arrived"


def turn_to(page: str) -> None:
    """Notes which page runs, and whether it has just been opened; called before the page runs."""
    st.session_state[ARRIVED] = st.session_state.get("page") != page
    st.session_state["page"] = page


def chosen_area(reference: Reference) -> str | None:
    """Code of the area that the address names, None where it names none of ours.

    A page that has just been opened without one takes the area looked at last and writes it into the address; later
    the address alone counts, so that the back button of the browser leads out of an area too.
    """
    codes, code = set(reference.areas["code"]), st.query_params.get(AREA)
    if code is None and st.session_state.get(ARRIVED) and st.session_state.get("last_area") in codes:
        code = st.query_params[AREA] = st.session_state["last_area"]
    st.session_state["last_area"] = code = code if code in codes else None
    return code


def choose_area(code: str | None) -> None:
    """Remembers an area and writes it into the address; None forgets it."""
    st.session_state["last_area"] = code
    if code:
        st.query_params[AREA] = code
    else:
        st.query_params.pop(AREA, None)


def choose_issue(name: str | None) -> None:
    """Writes an issue into the address; None takes it out."""
    if name:
        st.query_params[ISSUE] = name
    else:
        st.query_params.pop(ISSUE, None)


def address_becomes(changes: Mapping[str, str | None]) -> None:
    """Writes several parameters into the address, None takes one out, as one step for the back button."""
    kept = {name: st.query_params.get_all(name) for name in st.query_params if name not in changes}
    st.query_params.from_dict({**kept, **{name: value for name, value in changes.items() if value is not None}})


def open_map(event: Any) -> None:
    """Opens 问题地图 at the area that was clicked on a small map; event is what st.plotly_chart returned."""
    points = event["selection"]["points"]
    if points:
        st.switch_page("pages/meeting/map.py", query_params={AREA: points[0]["customdata"][0]})


def turn_of(name: str) -> int:
    """How often the selection of that table or figure was emptied: a part of its key."""
    return st.session_state.get(f"turn-{name}", 0)


def turned(name: str) -> None:
    """Gives the table or figure a new key, and so an empty selection."""
    st.session_state[f"turn-{name}"] = turn_of(name) + 1
