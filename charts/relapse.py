"""How long fixes last: the share still standing by days since the verification, a step curve a category."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from charts.axes import LEFT, add_ends, line_figure
from charts.theme import Mode, empty_figure, hover, palette
from charts.trends import DASHES, UNSEEN
from readiness.language import _, n_

SHOWN = 5  # curves that can be told apart


def lasting_curves(
    curves: Mapping[str, pd.DataFrame], names: Mapping[str, str], marks: Sequence[int], mode: Mode, height: int
) -> go.Figure:
    """The curves (day, standing; readiness.relapse.curves), the first of all together, at most SHOWN of them.

    names: the curves' names in words, those missing are not drawn. marks: the days that the axis names. A point's
    customdata are the curve's key and the day.
    """
    drawn = {key: curve for key, curve in curves.items() if key in names and len(curve) > 1}
    if not drawn:
        return empty_figure(mode, height, _("还没有写明日期的销号问题。"))
    shown = dict(list(drawn.items())[:SHOWN])
    figure = line_figure(mode, height, [names[key] for key in shown])
    low = np.floor(10 * min(curve["standing"].min() for curve in shown.values()) - 1e-9) / 10
    low = float(np.clip(low, 0, 0.8))
    _axes(figure, low, max(max(marks), *(curve["day"].max() for curve in shown.values())), marks, mode)
    words, colours = [], palette(mode)
    inks, dashes = (colours.text, *colours.categories), ("solid", *DASHES)
    for (key, curve), ink, dash in zip(shown.items(), inks, dashes, strict=False):
        figure.add_trace(_steps(key, names[key], curve, {"color": ink, "width": 2, "dash": dash, "shape": "hv"}))
        last = curve["standing"].iloc[-1]
        words.append((last, f"<b>{last:.0%}</b> {names[key]}", ink))
    return add_ends(figure, words, low, 1)


def _steps(key: str, name: str, curve: pd.DataFrame, line: dict[str, object]) -> go.Scatter:
    marks = np.column_stack([np.full(len(curve), key, dtype=object), curve["day"].to_numpy(dtype=object)])
    return go.Scatter(
        x=curve["day"], y=curve["standing"], mode="lines+markers", name=name, line=line, customdata=marks, **UNSEEN,
        hovertemplate=hover(f"<b>{name}</b>", _("销号后第 {day} 天").format(day="%{x:.0f}"),
                            _("仍保持 {share}").format(share="%{y:.1%}")))


def _axes(figure: go.Figure, low: float, longest: float, marks: Sequence[int], mode: Mode) -> None:
    colours = palette(mode)
    side = {"visible": True, "tickfont": {"color": colours.muted}, "ticks": ""}
    figure.update_xaxes(range=[0, longest], tickvals=[0, *marks], showline=True, linecolor=colours.axis, tickangle=0,
                        ticktext=["0", *map(str, marks[:-1]), n_("{n} 天", marks[-1])], ticklabelstandoff=4, **side)
    figure.update_yaxes(range=[low, 1 + 0.02 * (1 - low)], tickvals=[low, (1 + low) / 2, 1], tickformat=".0%",
                        showgrid=True, gridcolor=colours.grid, ticklabelstandoff=6, **side)
    figure.update_layout(margin_l=LEFT + 8)
