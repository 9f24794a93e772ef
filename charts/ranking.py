"""The ranking of the areas: a dot on the bands, one rank a band, what lacks data at its end."""

from __future__ import annotations

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from charts.theme import Mode, band_paints, bare_figure, empty_figure, hover, note, palette
from readiness.language import _
from readiness.reference import Band, Settings, bands_of

ROW = 16.8
TOP = 21
LEFT, RIGHT = 74, 118
FLOOR = 60.0


def ranking_rows(areas: pd.DataFrame, before: pd.DataFrame | None, settings: Settings) -> pd.DataFrame:
    """The ranked areas, best rank and score first, those without a score at the end by coverage, as they are drawn.

    Columns: all of areas, change (points since before, NaN where either lacks a score), first (whether the row is the
    first of its rank), capped (whether an open red line holds the band down), y (0 at the top). areas and before:
    Standing.areas of two days.
    """
    rows = areas[areas["ranked"]].sort_values(
        ["rank", "score", "coverage"], ascending=[True, False, False], na_position="last", kind="stable")
    earlier = np.nan if before is None else rows["area_code"].map(before.set_index("area_code")["score"])
    return rows.assign(
        change=rows["score"] - earlier,
        capped=rows["band"].notna() & (rows["band"] != bands_of(settings, rows["score"])),
        first=rows["rank"].notna() & (rows["rank"] != rows["rank"].shift()),
        y=np.arange(len(rows)),
    ).reset_index(drop=True)


def in_ranking_order(areas: pd.DataFrame, settings: Settings) -> pd.DataFrame:
    """area_code and short_name of all areas: as in the ranking, then those that stand outside it."""
    rows = pd.concat([ranking_rows(areas, None, settings), areas[~areas["ranked"]]])
    return rows[["area_code", "short_name"]].reset_index(drop=True)


def change_text(change: pd.Series) -> pd.Series:
    """▲0.6 or ▼0.7 for each change in points; nothing where it is under 0.05 or unknown."""
    arrows = np.where(change > 0, "▲", "▼")
    shown = change.abs().ge(0.05)
    return pd.Series(np.where(shown, arrows + change.abs().map("{:.1f}".format), ""), index=change.index)


def ranking(areas: pd.DataFrame, before: pd.DataFrame | None, settings: Settings, mode: Mode) -> go.Figure:
    """The ranking figure, one row of 16.8 px an area.

    areas, before: Standing.areas of the day and of the day compared with (or None).
    """
    rows = ranking_rows(areas, before, settings)
    if rows.empty:
        return empty_figure(mode, 420, _("还没有居民区。"))
    bands = settings.bands
    figure = bare_figure(mode, round(TOP + ROW * len(rows)) + 4, (LEFT, RIGHT, TOP, 4), clickmode="event+select")
    low = axis_start(rows["score"])
    figure.update_xaxes(range=[low, 100])
    figure.update_yaxes(range=[len(rows) - 0.5, -0.5])
    figure.update_layout(
        shapes=[*strips(bands, low, mode), *rules(rows, mode), target_line(settings.target, mode)],
        annotations=[*band_words(bands, low, mode), *row_words(rows, mode)],
    )
    return figure.add_traces([row_marks(rows, low), dots(rows[rows["score"].notna()], bands, low, mode)])


def axis_start(scores: pd.Series) -> float:
    """Where the axis starts: at 60, lower by tens if more than three areas would fall off it.

    >>> axis_start(pd.Series([91.0, 55.0, None])), axis_start(pd.Series([55.0, 52.0, 48.0, 43.0, 90.0]))
    (60.0, 40.0)
    """
    below = scores[scores < FLOOR]
    return FLOOR if len(below) <= 3 else float(np.floor(below.min() / 10) * 10)


def strips(bands: tuple[Band, ...], low: float, mode: Mode) -> list[dict]:
    """The bands' background strips from the axis' start to 100."""
    paints = band_paints(bands, mode)
    ends = [100.0, *(band.from_ for band in bands[:-1])]
    return [
        {"type": "rect", "layer": "below", "yref": "paper", "y0": 0, "y1": 1, "line": {"width": 0},
         "x0": max(band.from_, low), "x1": end, "fillcolor": paints[band.key].strip}
        for band, end in zip(bands, ends, strict=True) if end > low
    ]


def rules(rows: pd.DataFrame, mode: Mode) -> list[dict]:
    """A hairline over the first row of each rank but the top one, and over the first area without a score."""
    starts = rows.loc[rows["first"], "y"].tolist() + rows.loc[rows["score"].isna(), "y"].tolist()[:1]
    line = {"color": palette(mode).border, "width": 1}
    return [
        {"type": "line", "xref": "paper", "x0": -0.45, "x1": 1.6, "y0": y - 0.5, "y1": y - 0.5, "line": line,
         "layer": "below"}
        for y in starts if y > 0
    ]


def target_line(target: float, mode: Mode) -> dict:
    """The dashed line of the target."""
    return {"type": "line", "yref": "paper", "y0": 0, "y1": 1, "x0": target, "x1": target,
            "line": {"color": palette(mode).text, "width": 1, "dash": "4px,3px"}}


def band_words(bands: tuple[Band, ...], low: float, mode: Mode) -> list[dict]:
    """The bands' names over their strips, where the strip is wide enough for a word."""
    ends = [100.0, *(band.from_ for band in bands[:-1])]
    muted = {"size": 11, "color": palette(mode).muted}
    heads = [(_("得分"), 34), (_("变化"), 80), (_("覆盖"), 116)]
    over = {"yref": "paper", "yanchor": "bottom", "font": muted}
    spans = [(max(band.from_, low), end) for band, end in zip(bands, ends, strict=True)]
    words = [note(_(band.name), (start + end) / 2, 1, **over)
             for band, (start, end) in zip(bands, spans, strict=True) if end - start >= 0.12 * (100 - low)]
    if len(words) > 1 and max(end - start for start, end in spans[:2]) < 0.2 * (100 - low):
        words[0] |= {"x": spans[0][0], "xanchor": "left", "xshift": 1}  # the two lean against their border
        words[1] |= {"x": spans[1][1], "xanchor": "right", "xshift": -1}
    return words + [note(head, 1, 1, xref="paper", xanchor="right", xshift=shift, **over) for head, shift in heads]


def row_words(rows: pd.DataFrame, mode: Mode) -> list[dict]:
    """Rank, name, score, change and coverage of each row, at exact distances from the plot."""
    colours = palette(mode)
    change = change_text(rows["change"])
    known = rows["score"].notna()
    columns = pd.DataFrame({
        "rank": np.where(rows["first"], rows["rank"].map("{:.0f}".format), np.where(known, "", "—")),
        "name": rows["short_name"],
        "capped": np.where(rows["capped"], "<b>!</b>", ""),
        "score": np.where(known, "<b>" + rows["score"].map("{:.1f}".format) + "</b>", ""),
        "change": change,
        "coverage": rows["coverage"].map("{:.0%}".format),
        "lacking": np.where(known, "", _("资料不足")),
    })
    inks = {"▲": colours.better, "▼": colours.worse}
    places = [("rank", 0, "left", -LEFT + 2, colours.muted), ("name", 0, "right", -10, colours.text),
              ("capped", 0, "right", -3, colours.worse), ("score", 1, "right", 36, colours.text),
              ("change", 1, "right", 80, colours.text), ("coverage", 1, "right", 116, colours.muted),
              ("lacking", 0, "left", 6, colours.muted)]
    return [
        note(text, x, y, xref="paper", xanchor=anchor, xshift=shift, font={"color": inks.get(text[0], ink)})
        for name, x, anchor, shift, ink in places
        for y, text in enumerate(columns[name]) if text
    ]


def row_marks(rows: pd.DataFrame, low: float) -> go.Bar:
    """Unseen bars all across the rows: a click anywhere in a row answers with the area's code."""
    unseen = {"marker": {"opacity": 0}}
    return go.Bar(base=low, x=np.full(len(rows), 100 - low), y=rows["y"], orientation="h", width=1, name="areas",
                  marker={"color": "rgba(0,0,0,0)"}, selected=unseen, unselected=unseen, hoverinfo="none",
                  customdata=rows[["area_code", "short_name"]].to_numpy())


def dots(rows: pd.DataFrame, bands: tuple[Band, ...], low: float, mode: Mode) -> go.Scatter:
    """One dot an area in the colour of its band; one that is under the axis' start is a triangle at its edge."""
    colours, paints = palette(mode), band_paints(bands, mode)
    names = {band.key: _(band.name) for band in bands}
    edge = [paints[key].edge if paints[key].edge != paints[key].fill else colours.card for key in rows["band"]]
    below = rows["score"] < low
    return go.Scatter(
        x=rows["score"].clip(lower=low), y=rows["y"], mode="markers", cliponaxis=False,
        unselected={"marker": {"opacity": 1}}, name="scores",
        marker={"size": 10, "color": [paints[key].fill for key in rows["band"]],
                "symbol": np.where(below, "triangle-left", "circle"), "line": {"color": edge, "width": 1.2}},
        customdata=np.stack([rows["area_code"], rows["short_name"], rows["band"].map(names), rows["score"],
                             rows["coverage"], rows["open"], rows["overdue"],
                             np.where(rows["capped"], "<br>" + _("有红线项未销号，等级受限"), "")], axis=-1),
        hovertemplate=hover(
            "<b>%{customdata[1]}</b>　%{customdata[2]}", _("得分 {score}").format(score="%{customdata[3]:.1f}"),
            _("检查覆盖率 {coverage}").format(coverage="%{customdata[4]:.0%}"),
            _("未销号 {open} 条，超期 {overdue} 条").format(open="%{customdata[5]}", overdue="%{customdata[6]}")
            + "%{customdata[7]}"),
    )
