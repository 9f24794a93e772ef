"""The heat table: areas down, kinds of site across, a tinted score in each cell."""

from __future__ import annotations

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from charts.theme import Mode, Paint, band_paints, bare_figure, empty_figure, hover, note, palette
from readiness.language import _
from readiness.reference import Band, Settings, bands_of

LEFT, RIGHT, TOP, BOTTOM = 56, 2, 22, 2


def heat_grid(heat: pd.DataFrame, order: pd.DataFrame, kinds: pd.DataFrame) -> pd.DataFrame:
    """Scores with one row an area (index short_name, in the order given) and one column a kind (its short word).

    heat: Standing.heat. order: rows with area_code and short_name in the order wanted. Kinds without any score are
    left out, areas without one stay.
    """
    grid = heat.set_index(["area_code", "kind"])["score"].unstack().reindex(index=order["area_code"])  # noqa: PD010
    grid = grid.reindex(columns=[kind for kind in kinds["kind"] if kind in grid]).dropna(axis="columns", how="all")
    short = kinds.set_index("kind")["short"]
    return grid.set_axis(order["short_name"].to_numpy(), axis="index").rename(columns=short)


def heat_table(
    heat: pd.DataFrame, order: pd.DataFrame, kinds: pd.DataFrame, settings: Settings, mode: Mode, height: int = 447
) -> go.Figure:
    """The heat table as a figure of that height: tints, and only the worst band solid; · where nothing is known."""
    grid = heat_grid(heat, order, kinds)
    if grid.empty:
        return empty_figure(mode, height, _("还没有检查记录。"))
    figure = bare_figure(mode, height, (LEFT, RIGHT, TOP, BOTTOM), font_size=11, clickmode="event+select")
    figure.update_xaxes(range=[-0.5, grid.shape[1] - 0.5])
    figure.update_yaxes(range=[grid.shape[0] - 0.5, -0.5])
    figure.add_traces([tiles(grid, settings, mode), cell_marks(grid, order, kinds)])
    return figure.update_layout(barmode="overlay", annotations=[*cell_words(grid, settings, mode), *heads(grid, mode)])


def band_places(scores: np.ndarray, settings: Settings) -> np.ndarray:
    """Place of each score's band in the settings' bands (best first); their number where the score is unknown."""
    keys = [band.key for band in settings.bands]
    places = bands_of(settings, pd.Series(scores.ravel())).map({key: place for place, key in enumerate(keys)})
    return places.fillna(len(keys)).astype(int).to_numpy().reshape(scores.shape)


def paints_in_order(bands: tuple[Band, ...], mode: Mode) -> list[Paint]:
    """The bands' colours best first, with those of the unknown at the end."""
    paints = band_paints(bands, mode)
    return [*(paints[band.key] for band in bands), palette(mode).unknown]


def tiles(grid: pd.DataFrame, settings: Settings, mode: Mode) -> go.Heatmap:
    """The coloured cells; the colour is the band's place, so a cell's colour and its word cannot disagree."""
    paints = paints_in_order(settings.bands, mode)
    steps = len(paints)
    scale = [[(place + side) / steps, paint.tint] for place, paint in enumerate(paints) for side in (0, 1)]
    return go.Heatmap(z=band_places(grid.to_numpy(dtype=float), settings) + 0.5, zmin=0, zmax=steps, colorscale=scale,
                      showscale=False, xgap=2, ygap=2, hoverinfo="skip")


def cell_marks(grid: pd.DataFrame, order: pd.DataFrame, kinds: pd.DataFrame) -> go.Bar:
    """Unseen bars over the cells: they carry the hover and answer a click with area and kind, as a heat map does not.

    customdata: area_code, kind, the area's name, the kind's name, the score in words.
    """
    scores = grid.to_numpy(dtype=float)
    row, column = (place.ravel() for place in np.indices(scores.shape))
    kind = kinds.set_index("short").loc[grid.columns]
    said = [_("未检查") if np.isnan(score) else _("得分 {score}").format(score=f"{score:.1f}")
            for score in scores.ravel()]
    unseen = {"marker": {"opacity": 0}}
    return go.Bar(
        x=column, y=np.ones(len(row)), base=row - 0.5, width=1, marker={"color": "rgba(0,0,0,0)"}, name="cells",
        selected=unseen, unselected=unseen,
        customdata=np.stack([order["area_code"].to_numpy()[row], kind["kind"].to_numpy()[column],
                             grid.index.to_numpy()[row], kind["name"].map(_).to_numpy()[column], said], axis=-1),
        hovertemplate=hover("<b>%{customdata[2]}</b>　%{customdata[3]}", "%{customdata[4]}"))


def cell_words(grid: pd.DataFrame, settings: Settings, mode: Mode) -> list[dict]:
    """The whole-number score of each cell in its tint's text colour, · where nothing is known."""
    paints = paints_in_order(settings.bands, mode)
    scores = grid.to_numpy(dtype=float)
    places = band_places(scores, settings)
    return [
        note("·" if np.isnan(score) else f"{score:.0f}", x, y, font={"color": paints[places[y, x]].on_tint, "size": 11})
        for (y, x), score in np.ndenumerate(scores)
    ]


def heads(grid: pd.DataFrame, mode: Mode) -> list[dict]:
    """Kinds over the columns, areas right-aligned before the rows."""
    colours = palette(mode)
    above = [note(_(word), x, 1, yref="paper", yanchor="bottom", yshift=3, font={"size": 11, "color": colours.muted})
             for x, word in enumerate(grid.columns)]
    before = [note(name, 0, y, xref="paper", xanchor="right", xshift=-6, font={"size": 11, "color": colours.text})
              for y, name in enumerate(grid.index)]
    return above + before
