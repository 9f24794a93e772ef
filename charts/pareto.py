"""The Pareto of what was opened: sorted bars of counts with the share that they make together."""

from __future__ import annotations

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from charts.theme import Mode, bare_figure, empty_figure, hover, note, palette, shortened
from readiness.language import _
from readiness.pareto import vital_few

ROW, BAR = 34, 8
LONGEST = 280  # px of a name before its count


def pareto_bars(rows: pd.DataFrame, mode: Mode, height: int = 260) -> go.Figure:
    """The bars under their words: those that make four fifths of all in colour, the rest grey.

    rows: readiness.pareto.pareto with label (its words) and key (what a click answers with); as many as have room. At
    the right stand the count and the share of all up to and with the row.
    """
    if rows.empty:
        return empty_figure(mode, height, _("这段时间没有新增的问题。"))
    colours, few = palette(mode), vital_few(rows)
    rows = rows.head(height // ROW)
    figure = bare_figure(mode, height, (0, 0, 0, 0), clickmode="event+select", barmode="overlay")
    figure.update_xaxes(range=[0, rows["count"].max()])
    figure.update_yaxes(range=[height / ROW, 0])
    places = np.arange(len(rows)) + 0.75
    ink = np.where(np.arange(len(rows)) < few, colours.primary, colours.bar)
    figure.add_traces([
        go.Bar(x=rows["count"], y=places, orientation="h", width=BAR / ROW, marker={"color": ink, "line": {"width": 0}},
               unselected={"marker": {"opacity": 1}}, hoverinfo="skip", name="counts"),
        row_marks(rows, places - 0.25)])
    sums = [_("累计 {share}").format(share=f"{share:.0%}") for share in rows["cumulative"]]
    ends = [f"<b>{count}</b>　<span style='color:{colours.muted}'>{share}</span>"
            for count, share in zip(rows["count"], sums, strict=True)]
    return figure.update_layout(annotations=[
        *(note(fitted(word), 0, y, xref="paper", xanchor="left", yshift=15)
          for word, y in zip(rows["label"], places, strict=True)),
        *(note(word, 1, y, xref="paper", xanchor="right", yshift=15) for word, y in zip(ends, places, strict=True))])


def fitted(name: str) -> str:
    """The name, cut where it would meet its count; the hover has it whole."""
    cut = shortened(name, LONGEST)
    return cut if cut == name.rstrip() else f"{cut}…"


def row_marks(rows: pd.DataFrame, places: np.ndarray) -> go.Bar:
    """Unseen bars over word and bar of each row: they carry the hover and answer a click with the row's key."""
    unseen = {"marker": {"opacity": 0}}
    return go.Bar(
        x=np.full(len(rows), rows["count"].max()), y=places, orientation="h", width=1, name="rows",
        marker={"color": "rgba(0,0,0,0)"}, selected=unseen, unselected=unseen,
        customdata=np.stack([rows["key"], rows["label"], rows["count"], rows["share"], rows["cumulative"]], axis=-1),
        hovertemplate=hover(
            "<b>%{customdata[1]}</b>",
            _("{count} 条，占 {share}").format(count="%{customdata[2]}", share="%{customdata[3]:.0%}"),
            _("累计 {share}").format(share="%{customdata[4]:.0%}")))
