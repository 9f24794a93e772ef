"""Where the points go: the items that cost most, as sorted bars."""

from __future__ import annotations

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from charts.theme import Mode, bare_figure, empty_figure, note, palette

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
        return empty_figure(mode, height, "没有失分项。")
    colours = palette(mode)
    figure = bare_figure(mode, height, (0, 0, 0, 0))
    figure.update_xaxes(range=[0, rows["loss"].max()])
    figure.update_yaxes(range=[height / ROW, 0])
    places = np.arange(len(rows)) + 0.75
    words = rows["kind"].map(kinds.set_index("kind")["short"]) + "　" + rows["indicator"]
    figure.add_trace(go.Bar(
        x=rows["loss"], y=places, orientation="h", width=BAR / ROW,
        marker={"color": np.where(np.arange(len(rows)) < 3, colours.bands[3].fill, colours.bar), "line": {"width": 0}},
        customdata=np.stack([words, rows["issues"]], axis=-1),
        hovertemplate="<b>%{customdata[0]}</b><br>失 %{x:.2f} 分<br>%{customdata[1]} 条问题<extra></extra>",
    ))
    return figure.update_layout(annotations=[
        *(note(f"{loss:.2f}", 1, y, xref="paper", xanchor="right", yshift=15)
          for loss, y in zip(rows["loss"], places, strict=True)),
        *(note(word, 0, y, xref="paper", xanchor="left", yshift=15) for word, y in zip(words, places, strict=True)),
    ])
