"""Charts on a page: drawn once for a data version, a day, a mode, a language and their parameters, then kept."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any

import plotly.graph_objects as go
import streamlit as st

from ui.reads import Day

CONFIG = {"displayModeBar": False, "scrollZoom": False, "doubleClick": False, "showTips": False}


class Drawn(go.Figure):
    """A figure that is no longer changed: what goes to the browser is made of it once, not at every rerun."""

    def to_dict(self) -> dict[str, Any]:
        """The figure as go.Figure gives it."""
        if not hasattr(self, "_told"):
            object.__setattr__(self, "_told", super().to_dict())
        return self._told


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
    shown = mode()
    figure = day.kept(f"figure {name}", lambda: Drawn(draw(shown)), shown, day.compared, *parameters)
    key = f"figure-{name}-{turn}" if turn else f"figure-{name}"
    return st.plotly_chart(figure, theme=None, key=key, config=CONFIG, alt=alt, **options)
