"""What a visitor's session remembers: who is working, which area was looked at last."""

from __future__ import annotations

from typing import Any

import streamlit as st

from readiness.reference import Reference

OFFICE = "办公室"
AREA = "area"
USER = "user"


def ask_user() -> None:
    """A text field for the name under which writes are recorded, remembered for the session."""
    st.text_input("上传人", value=OFFICE, key=USER, max_chars=20, persist_state="session")


def user_name() -> str:
    """The name under which writes are recorded, as the field says now; the office where it is empty."""
    return (st.session_state.get(USER) or "").strip() or OFFICE


def chosen_area(reference: Reference) -> str | None:
    """Code of the area that the address names, else of the one looked at last; None where there is none."""
    code = st.query_params.get(AREA) or st.session_state.get("last_area")
    if code not in set(reference.areas["code"]):
        return None
    st.session_state["last_area"] = code
    return code


def choose_area(code: str | None) -> None:
    """Remembers an area and writes it into the address; None forgets it."""
    st.session_state["last_area"] = code
    if code:
        st.query_params[AREA] = code
    else:
        st.query_params.pop(AREA, None)


def open_map(event: Any) -> None:
    """Opens 问题地图 at the area that was clicked on a small map; event is what st.plotly_chart returned."""
    points = event["selection"]["points"]
    if points:
        st.switch_page("pages/meeting/map.py", query_params={AREA: points[0]["customdata"][0]})


def choose_clicked(key: str) -> None:
    """Remembers the area whose cell was clicked on the map of that key. A second click on one place changes nothing."""
    points = st.session_state[key]["selection"]["points"]
    if points:
        choose_area(points[0]["customdata"][0])
