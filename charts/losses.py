"""Where the points go: the items that cost most, as sorted bars."""

from __future__ import annotations

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from charts.theme import Mode, bare_figure, empty_figure, hover, note, palette
from readiness.language import _

ROW, BAR = 34, 8


def top_losses(losses: pd.DataFrame, count: int = 7) -> pd.DataFrame:
    """The items that cost the subdistrict most: kind, item, indicator, loss (points), issues; greatest first.

    losses: Standing.losses, a row a site and item. count: rows at most.
    """
    summed = losses.groupby(["kind", "item", "indicator"], as_index=False)[["loss", "issues"]].sum()
    return summed.sort_values("loss", ascending=False, kind="stable").head(count).reset_index(drop=True)


def loss_bars(losses: pd.DataFrame, kinds: pd.DataFrame, mode: Mode, height: int = 243) -> go.Figure:
    """The bars under their items' words and losses: the three that matter in colour, the rest grey.

    losses: Standing.losses; kinds: Reference.kinds. As many items as the height has room for.
    """
    rows = top_losses(losses[losses["loss"] > 0], height // ROW)
    if rows.empty:
        return empty_figure(mode, height, _("没有失分项。"))
    colours = palette(mode)
    figure = bare_figure(mode, height, (0, 0, 0, 0), clickmode="event+select", barmode="overlay")
    figure.update_xaxes(range=[0, rows["loss"].max()])
    figure.update_yaxes(range=[height / ROW, 0])
    places = np.arange(len(rows)) + 0.75
    words = rows["kind"].map(kinds.set_index("kind")["short"].map(_)) + "　" + rows["indicator"]
    ink = np.where(np.arange(len(rows)) < 3, colours.bands[3].fill, colours.bar)
    figure.add_traces([
        go.Bar(x=rows["loss"], y=places, orientation="h", width=BAR / ROW, marker={"color": ink, "line": {"width": 0}},
               unselected={"marker": {"opacity": 1}}, hoverinfo="skip", name="losses"),
        row_marks(rows, places - 0.25, words)])
    return figure.update_layout(annotations=[
        *(note(f"{loss:.2f}", 1, y, xref="paper", xanchor="right", yshift=15)
          for loss, y in zip(rows["loss"], places, strict=True)),
        *(note(word, 0, y, xref="paper", xanchor="left", yshift=15) for word, y in zip(words, places, strict=True)),
    ])


def row_marks(rows: pd.DataFrame, places: np.ndarray, words: pd.Series) -> go.Bar:
    """Unseen bars over word and bar of each row: they carry the hover and answer a click with kind and item."""
    unseen = {"marker": {"opacity": 0}}
    return go.Bar(
        x=np.full(len(rows), rows["loss"].max()), y=places, orientation="h", width=1, name="items",
        marker={"color": "rgba(0,0,0,0)"}, selected=unseen, unselected=unseen,
        customdata=np.stack([rows["kind"], rows["item"], words, rows["loss"], rows["issues"]], axis=-1),
        hovertemplate=hover("<b>%{customdata[2]}</b>", _("失 {loss} 分").format(loss="%{customdata[3]:.2f}"),
                            _("{count} 条问题").format(count="%{customdata[4]}")))
