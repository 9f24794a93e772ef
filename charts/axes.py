"""What charts over time share: axes with dates, ticks of round numbers, words at the lines' ends."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from charts.theme import Mode, bare_figure, note, palette, text_width
from readiness.language import _

LEFT, RIGHT, TOP, BOTTOM = 34, 74, 10, 26
APART = 16


def line_figure(mode: Mode, height: int, names: Sequence[str] = ()) -> go.Figure:
    """A bare figure with room for tick labels and for the words at the lines' ends, a number and one of names."""
    right = max([RIGHT, *(48 + text_width(name) for name in names)])
    return bare_figure(mode, height, (LEFT, round(right), TOP, BOTTOM), clickmode="event+select")


def across(
    figure: go.Figure, days: pd.Series, low: float, high: float, ticks: np.ndarray, mode: Mode, weekly: bool = False
) -> None:
    """The two axes: dates that need no locale of plotly's, horizontal grid lines alone."""
    colours = palette(mode)
    marks, labels = day_ticks(days, weekly)
    side = {"visible": True, "tickfont": {"color": colours.muted}, "ticks": ""}
    figure.update_xaxes(range=[days.iloc[0], days.iloc[-1]], tickvals=marks, ticktext=labels, showline=True,
                        linecolor=colours.axis, tickangle=0, ticklabelstandoff=4, **side)
    figure.update_yaxes(range=[low, high + 0.02 * (high - low)], tickvals=ticks, showgrid=True,
                        gridcolor=colours.grid, ticklabelstandoff=6, **side)


def day_ticks(days: pd.Series, weekly: bool = False) -> tuple[list, list[str]]:
    """Where the date axis has ticks and what they say: 10/17 for weeks (six at most), else months, else weeks.

    >>> day_ticks(pd.Series(pd.to_datetime(["2026-08-03", "2026-10-25"])))[1]
    ['9月', '10月']
    """
    first, last = days.iloc[0], days.iloc[-1]
    if weekly:
        marks = list(days.iloc[::-1].iloc[:: -(-len(days) // 6)])[::-1]
    elif (last - first).days > 50:
        marks = list(pd.date_range(first, last, freq="MS"))
        return marks, [_("{day.month}月").format(day=mark) for mark in marks]
    else:
        marks = list(pd.date_range(last, first, freq=f"-{max(1, (last - first).days // 5)}D"))[::-1]
    return marks, [short_day(mark) for mark in marks]


def short_day(day: date) -> str:
    """A day on an axis or in a cell.

    >>> short_day(date(2026, 10, 17))
    '10/17'
    """
    return _("{day.month}/{day.day}").format(day=day)


def hover_day() -> str:
    """The day of a mark as a template of a hover says it."""
    return "%{x|" + _("%-m月%-d日") + "}"


def tens(values: np.ndarray) -> tuple[float, float]:
    """The whole tens around the values, at most 100.

    >>> tens(np.array([78.6, 90.0]))
    (70.0, 100.0)
    """
    low = np.floor(np.nanmin(values) / 10) * 10
    return float(min(low, 90)), float(min(100, np.floor(np.nanmax(values) / 10) * 10 + 10))


def counts_axis(most: float) -> np.ndarray:
    """Three round ticks from zero to at least the greatest count.

    >>> counts_axis(97).tolist(), counts_axis(3).tolist()
    ([0.0, 50.0, 100.0], [0.0, 2.0, 4.0])
    """
    half = max(most / 2, 1)
    size = 10 ** np.floor(np.log10(half))
    step = next(size * factor for factor in (1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10)
                if size * factor >= half and (size > 1 or factor == int(factor)))
    return np.array([0.0, step, 2 * step])


def add_target(figure: go.Figure, target: float, mode: Mode) -> None:
    """The dashed line of the target across the plot."""
    figure.add_shape(type="line", xref="paper", x0=0, x1=1, y0=target, y1=target,
                     line={"color": palette(mode).text, "width": 1, "dash": "4px,3px"})


def add_ends(figure: go.Figure, words: list[tuple[float, str, str]], low: float, high: float) -> go.Figure:
    """Words (value, text, colour) at the lines' ends, pushed apart where they would touch."""
    height = figure.layout.height - TOP - BOTTOM
    ordered = sorted(words, key=lambda word: word[0])
    places = np.array([(word[0] - low) / (high - low) * height for word in ordered])
    for (value, text, colour), push in zip(ordered, apart(places) - places, strict=True):
        figure.add_annotation(note(text, 1, value, xref="paper", xanchor="left", xshift=8, yshift=push,
                                   font={"color": colour}))
    return figure


def apart(places: np.ndarray) -> np.ndarray:
    """Ascending places moved so that neighbours keep their distance and the middle of all stays where it was.

    >>> apart(np.array([10.0, 14.0])).tolist(), apart(np.array([0.0, 40.0])).tolist()
    ([4.0, 20.0], [0.0, 40.0])
    """
    slots = np.arange(len(places)) * APART
    moved = np.maximum.accumulate(places - slots) + slots
    return moved - (moved - places).mean()
