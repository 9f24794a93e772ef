"""A grid of painted cells with a word in each, heads above and names before: what a matrix page shows."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from charts.theme import Mode, bare_figure, note, palette, text_width

SIZE, LINE = 11, 14  # px of the type and of one of its lines
Paints = Sequence[tuple[str, str]]


def cell_grid(
    cells: pd.DataFrame, heads: Sequence[str], names: Sequence[str], paints: Paints, mode: Mode, row: int = 24,
    fewest: int = 1,
) -> go.Figure:
    """The grid as a figure as high as its rows need; a click on a cell answers with its customdata.

    cells: x, y (from 0, from the left and the top), paint (position in paints: fill and ink), word, data (list of what
    a click gives), said (hover). heads may have several lines; fewest: columns for which there is room at least.
    """
    left = round(max((text_width(name, SIZE) for name in names), default=0)) + 12
    top = 8 + LINE * max((head.count("<br>") + 1 for head in heads), default=1)
    figure = bare_figure(mode, top + row * len(names), (left, 2, top, 0), font_size=SIZE, clickmode="event+select")
    figure.update_xaxes(range=[-0.5, max(len(heads), fewest) - 0.5])
    figure.update_yaxes(range=[len(names) - 0.5, -0.5])
    figure.add_traces([_tiles(cells, len(heads), len(names), paints), _marks(cells)])
    words = [note(word, x, y, font={"size": SIZE, "color": paints[paint][1]})
             for word, x, y, paint in cells[["word", "x", "y", "paint"]].itertuples(index=False) if word]
    return figure.update_layout(barmode="overlay", annotations=[*words, *_heads(heads, names, mode)])


def _tiles(cells: pd.DataFrame, columns: int, rows: int, paints: Paints) -> go.Heatmap:
    places = np.full((rows, columns), np.nan)
    places[cells["y"], cells["x"]] = cells["paint"] + 0.5
    scale = [[(place + side) / len(paints), fill] for place, (fill, _ink) in enumerate(paints) for side in (0, 1)]
    return go.Heatmap(z=places, zmin=0, zmax=len(paints), colorscale=scale, showscale=False, xgap=2, ygap=2,
                      hoverinfo="skip")


def _marks(cells: pd.DataFrame) -> go.Bar:
    """Unseen bars over the cells, which carry the hover and answer a click, as a heat map does not."""
    unseen = {"marker": {"opacity": 0}}
    return go.Bar(
        x=cells["x"], y=np.ones(len(cells)), base=cells["y"] - 0.5, width=1, marker={"color": "rgba(0,0,0,0)"},
        name="cells", selected=unseen, unselected=unseen, customdata=cells["data"].tolist(), hovertext=cells["said"],
        hovertemplate="%{hovertext}<extra></extra>")


def _heads(heads: Sequence[str], names: Sequence[str], mode: Mode) -> list[dict]:
    colours = palette(mode)
    above = [note(head, x, 1, yref="paper", yanchor="bottom", yshift=4, font={"size": SIZE, "color": colours.muted})
             for x, head in enumerate(heads)]
    before = [note(name, 0, y, xref="paper", xanchor="right", xshift=-8, font={"size": SIZE, "color": colours.text})
              for y, name in enumerate(names)]
    return above + before
