"""Where the points go: the items that cost most, as sorted bars."""

from __future__ import annotations

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from charts.theme import Mode, bare_figure, empty_figure, note, palette

LEFT, RIGHT = 118, 44
WORD = 9


def top_losses(losses: pd.DataFrame, count: int = 8) -> pd.DataFrame:
    """The items that cost the subdistrict most: indicator, loss (points), issues; greatest first, count rows at most.

    losses: Standing.losses, a row a site and item.
    """
    summed = losses.groupby(["kind", "item", "indicator"], as_index=False)[["loss", "issues"]].sum()
    return summed.sort_values("loss", ascending=False, kind="stable").head(count).reset_index(drop=True)


def loss_bars(losses: pd.DataFrame, mode: Mode, height: int = 245, count: int = 8) -> go.Figure:
    """The bars: the three that matter in colour, the rest grey, the loss behind each."""
    rows = top_losses(losses, count)
    if rows.empty:
        return empty_figure(mode, height, "没有失分项。")
    colours = palette(mode)
    figure = bare_figure(mode, height, (LEFT, RIGHT, 2, 2))
    figure.update_xaxes(range=[0, rows["loss"].max()])
    figure.update_yaxes(range=[count - 0.5, -0.5])
    figure.add_trace(go.Bar(
        x=rows["loss"], y=np.arange(len(rows)), orientation="h", width=0.62,
        marker={"color": np.where(np.arange(len(rows)) < 3, colours.bands[3].fill, colours.bar), "line": {"width": 0}},
        customdata=np.stack([rows["indicator"], rows["issues"]], axis=-1),
        hovertemplate="<b>%{customdata[0]}</b><br>失 %{x:.2f} 分<br>%{customdata[1]} 条问题<extra></extra>",
    ))
    values = [note(f"{loss:.2f}", loss, y, xanchor="left", xshift=5) for y, loss in enumerate(rows["loss"])]
    names = [note(shortened(name), 0, y, xref="paper", xanchor="right", xshift=-6)
             for y, name in enumerate(rows["indicator"])]
    return figure.update_layout(annotations=values + names)


def shortened(text: str, length: int = WORD) -> str:
    """The text, cut to that many characters with … at its end; all of it stays in the hover.

    >>> shortened("楼道堆物"), shortened("是否存在飞线充电情况的问题")
    ('楼道堆物', '是否存在飞线充电…')
    """
    return text if len(text) <= length else text[: length - 1] + "…"
