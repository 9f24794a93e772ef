"""Charts on a page: drawn once for a data version, a day, a mode and their parameters, then kept."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any

import streamlit as st

from ui.reads import Day

CONFIG = {"displayModeBar": False, "scrollZoom": False, "doubleClick": False, "showTips": False}


def mode() -> str:
    """light or dark, as the browser showed the page when it was loaded."""
    return st.context.theme.type or "light"


def show_figure(
    day: Day, name: str, draw: Callable[[str], Any], alt: str, *parameters: Hashable, turn: int = 0, **options: Any
) -> Any:
    """Shows the figure that draw(mode) makes; draw runs only where no figure of this name and parameters is kept.

    alt is what the chart says in words. A new turn gives the same figure a new key, which empties its selection.
    options go to st.plotly_chart, whose result is returned.
    """
    figure = _drawn(name, day.key, (day.as_of, day.compared), mode(), parameters, draw)
    key = f"figure-{name}-{turn}" if turn else f"figure-{name}"
    return st.plotly_chart(figure, theme=None, key=key, config=CONFIG, alt=alt, **options)


@st.cache_resource(show_spinner=False, max_entries=128)
def _drawn(name: str, key: tuple, days: Any, mode: str, parameters: tuple, _draw: Callable[[str], Any]) -> Any:
    return _draw(mode)
