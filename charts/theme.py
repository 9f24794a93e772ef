"""The colours, the type and the bare figure of every chart: design tokens for light and dark in one place."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import plotly.graph_objects as go

from readiness.reference import Band

Mode = Literal["light", "dark"]

FONT = (
    "'Segoe UI', 'PingFang SC', 'HarmonyOS Sans SC', 'Microsoft YaHei', 'Noto Sans CJK SC', 'Noto Sans SC', "
    "'Source Han Sans SC', sans-serif"
)
PIXELS = frozenset({"size", "width", "height", "l", "r", "t", "b", "pad", "xshift", "yshift", "ticklabelstandoff",
                    "ticklen", "tickwidth", "linewidth", "gridwidth", "borderpad"})  # properties measured in px
NARROW = 0.58  # of the type's size: a digit or a Latin letter; a Chinese character is as wide as the type


@dataclass(frozen=True)
class Paint:
    """One band's colours: fill for dots and map cells, tint for table cells, each with its text; strip behind dots."""

    fill: str
    on_fill: str
    tint: str
    on_tint: str
    strip: str
    edge: str


@dataclass(frozen=True)
class Palette:
    """All colours of one mode. bands are best first; counts run from few to many, zero is the card."""

    card: str
    text: str
    muted: str
    border: str
    grid: str
    axis: str
    primary: str
    better: str
    worse: str
    bar: str
    bands: tuple[Paint, ...]
    unknown: Paint
    counts: tuple[str, ...]
    on_counts: tuple[str, ...]
    second: str
    faint: str
    categories: tuple[str, ...]


LIGHT = Palette(
    card="#ffffff", text="#17212b", muted="#5b6775", border="#d5dbe2", grid="#e6eaef", axis="#8894a3",
    primary="#1a6580", better="#1a6580", worse="#9c1c28", bar="#8894a3", second="#8f4300",
    faint="#c8d0d9", categories=("#00558a", "#d55e00", "#1f9d76", "#c265a0"),
    bands=(
        Paint("#083d52", "#ffffff", "#d3e4ea", "#083d52", "#e6eff3", "#083d52"),
        Paint("#24809f", "#ffffff", "#e3f0f5", "#1a6580", "#eef5f8", "#24809f"),
        Paint("#eccb6b", "#17212b", "#fbf0cf", "#6b5000", "#fdf9ec", "#8a6a00"),
        Paint("#d6761a", "#17212b", "#fbdfc2", "#8f4300", "#fcf3ea", "#d6761a"),
        Paint("#9c1c28", "#ffffff", "#9c1c28", "#ffffff", "#f9eeee", "#9c1c28"),
    ),
    unknown=Paint("#dfe4ea", "#4a5563", "#eef1f4", "#5b6775", "#ffffff", "#dfe4ea"),
    counts=("#ffffff", "#eaf2f5", "#c3dce6", "#8fbfd1", "#5499b3", "#24809f", "#0f5f7c", "#083d52"),
    on_counts=("#17212b",) * 5 + ("#ffffff",) * 3,
)
DARK = Palette(
    card="#162130", text="#e8edf3", muted="#93a1b1", border="#2c3a4b", grid="#223043", axis="#6f8196",
    primary="#5fb3d9", better="#9fd6ef", worse="#ff9aab", bar="#6f8196", second="#ffbf85",
    faint="#3a4757", categories=("#56b4e9", "#e06a10", "#7fe0be", "#d98fb8"),
    bands=(
        Paint("#a9e3f5", "#0d1520", "#1b4a5e", "#c5ecf8", "#193142", "#a9e3f5"),
        Paint("#3b8fb8", "#0d1520", "#163a50", "#9fd6ef", "#162838", "#3b8fb8"),
        Paint("#e3d394", "#0d1520", "#4a4018", "#f6e3a1", "#232527", "#e3d394"),
        Paint("#ee8f30", "#0d1520", "#5a3713", "#ffbf85", "#232027", "#ee8f30"),
        Paint("#cf3350", "#ffffff", "#c23049", "#ffffff", "#231a27", "#cf3350"),
    ),
    unknown=Paint("#2f3c4c", "#a9b5c3", "#1a2636", "#93a1b1", "#162130", "#2f3c4c"),
    counts=("#162130", "#083d52", "#0f5f7c", "#24809f", "#5499b3", "#8fbfd1", "#c3dce6", "#eaf2f5"),
    on_counts=("#e8edf3",) * 3 + ("#ffffff", "#17212b", "#17212b", "#17212b", "#17212b"),
)


def palette(mode: Mode) -> Palette:
    """The colours of a mode."""
    return DARK if mode == "dark" else LIGHT


def band_paints(bands: tuple[Band, ...], mode: Mode) -> dict[str, Paint]:
    """Key of each band (best first) -> its colours; the best takes the first, the worst the last, others lie between.

    >>> paints = band_paints((Band("good", "好", 90), Band("poor", "差", 0)), "light")
    >>> paints["good"].fill, paints["poor"].fill
    ('#083d52', '#9c1c28')
    """
    colours = palette(mode)
    last = max(len(bands) - 1, 1)
    places = [round(index * (len(colours.bands) - 1) / last) for index in range(len(bands))]
    return {band.key: colours.bands[place] for band, place in zip(bands, places, strict=True)}


def bare_figure(
    mode: Mode, height: int, margin: tuple[int, int, int, int], font_size: int = 12, **layout: object
) -> go.Figure:
    """An empty figure of fixed height without tool bar, legend or zoom; margin is left, right, top, bottom in px."""
    colours = palette(mode)
    left, right, top, bottom = margin
    figure = go.Figure()
    figure.update_layout(
        template="none", height=height, showlegend=False, dragmode=False, hovermode="closest", separators=".,",
        margin={"l": left, "r": right, "t": top, "b": bottom, "pad": 0, "autoexpand": False},
        paper_bgcolor="rgba(0,0,0,0)", plot_bgcolor="rgba(0,0,0,0)",
        font={"family": FONT, "size": font_size, "color": colours.text},
        hoverlabel={"bgcolor": colours.card, "bordercolor": colours.border, "align": "left",
                    "font": {"family": FONT, "size": 13, "color": colours.text}},
        xaxis={"visible": False, "fixedrange": True, "zeroline": False, "showgrid": False},
        yaxis={"visible": False, "fixedrange": True, "zeroline": False, "showgrid": False},
        uirevision="fixed",
    )
    figure.update_layout(**layout)
    return figure


def empty_figure(mode: Mode, height: int, sentence: str) -> go.Figure:
    """A figure with one muted sentence and no axis: what a chart shows when there is nothing to draw."""
    figure = bare_figure(mode, height, (0, 0, 0, 0))
    figure.add_annotation(text=sentence, x=0.5, y=0.5, xref="paper", yref="paper", showarrow=False,
                          font={"size": 14, "color": palette(mode).muted})
    return figure


def enlarged(figure: go.Figure, by: float) -> go.Figure:
    """The figure with all that is measured in px so many times as large: height, margins, type, marks and lines."""
    traces = [_scaled(trace.to_plotly_json(), by) for trace in figure.data]
    return go.Figure(traces, _scaled(figure.layout.to_plotly_json(), by))


def _scaled(value: Any, by: float, name: str = "") -> Any:
    if isinstance(value, dict):
        return {key: _scaled(each, by, key) for key, each in value.items()}
    if isinstance(value, (list, tuple)) and value and isinstance(value[0], dict):
        return [_scaled(each, by) for each in value]
    if name in PIXELS and isinstance(value, int):
        return round(value * by)  # some of them take whole px alone
    return (np.asarray(value, dtype=float) * by).tolist() if name in PIXELS and value is not None else value


def note(text: str, x: object, y: object, **extra: object) -> dict[str, object]:
    """An annotation without arrow or background, placed on the axes unless told otherwise."""
    return {"text": text, "x": x, "y": y, "showarrow": False, "borderpad": 0} | extra


def hover(*lines: str) -> str:
    """The template of a hover: one fact a line, without the name of the trace."""
    return "<br>".join(lines) + "<extra></extra>"


def text_width(text: str, size: float = 12) -> float:
    """How many px wide a text is, in type of that size; its markup takes no room.

    >>> text_width("未销号"), text_width("<b>9</b> open", 10)
    (36.0, 34.8)
    """
    signs = re.sub("<[^>]+>", "", text)
    return round(float(size * sum(1 if ord(sign) > 255 else NARROW for sign in signs)), 1)


def shortened(text: str, width: float, size: float = 12) -> str:
    """As much of the text as is at most so many px wide.

    >>> shortened("电动自行车门店", 48), shortened("E-bike shops", 48)
    ('电动自行', 'E-bike')
    """
    return next(text[:end] for end in range(len(text), -1, -1) if text_width(text[:end], size) <= width).rstrip()
