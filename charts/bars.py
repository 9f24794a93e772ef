"""Sorted horizontal bars and dots with whiskers: where points go, who has open issues, how long putting right takes."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from charts.theme import Mode, bare_figure, empty_figure, hover, note, palette, shortened, text_width
from readiness.language import N_, _, n_

BESIDE, ABOVE = 26, 36  # px a row with its name at the left, and over its bar
WIDTH, THIN = 0.62, 8  # of a row's height, px under a name
LONGEST, NARROWEST = 156, 30  # px of a name beside its bar
REST = "\x1f"  # the key of the last bar, which stands for all that has no bar of its own


def fitting(rows: pd.DataFrame, height: int, rest: str = N_("其余 {n} 项")) -> pd.DataFrame:
    """The rows (label, value, key and others) that have room, the greatest first; the last one sums up all others.

    >>> rows = pd.DataFrame({"label": list("abc"), "value": [3.0, 2.0, 1.0], "key": list("abc")})
    >>> fitting(rows, 52)[["label", "value"]].to_numpy().tolist()
    [['a', 3.0], ['其余 2 项', 3.0]]
    """
    count = max(int(height // row_height(rows)), 1)
    if len(rows) <= count:
        return rows
    others = rows.iloc[count - 1:]
    last = {**dict.fromkeys(rows.columns), **others.sum(numeric_only=True), "label": _(rest).format(n=len(others)),
            "key": REST}
    return pd.concat([rows.iloc[:count - 1], pd.DataFrame([last])], ignore_index=True)


def shown_keys(rows: pd.DataFrame, height: int) -> list[str]:
    """The keys of the rows that have a bar of their own in a figure of that height."""
    keys = fitting(rows, height)["key"]
    return keys[keys != REST].tolist()


def row_height(rows: pd.DataFrame) -> int:
    """px that a bar takes: where a name is wider than LONGEST all stand over their bars."""
    return ABOVE if widest(rows["label"]) > LONGEST else BESIDE


def loss_bars_by(rows: pd.DataFrame, mode: Mode, height: int, empty: str) -> go.Figure:
    """Points lost by whatever the rows are: the three that matter in colour; the numbers add up to all points lost.

    rows: label, value (points), key, issues (count), the greatest first. empty: the sentence for none. A bar's
    customdata begin with its key.
    """
    if rows.empty:
        return empty_figure(mode, height, empty)
    rows, colours = fitting(rows, height), palette(mode)
    ink = np.where(np.arange(len(rows)) < 3, colours.bands[3].fill, colours.bar)
    figure = named_rows(rows, mode, height, 44)
    places, width = bar_places(rows)
    figure.add_trace(go.Bar(
        x=own(rows, "value"), y=places, orientation="h", width=width, marker={"color": ink, "line": {"width": 0}},
        customdata=rows[["key", "label", "issues"]].to_numpy(),
        hovertemplate=hover("<b>%{customdata[1]}</b>", _("失 {loss} 分").format(loss="%{x:.2f}"),
                            _("{count} 条问题").format(count="%{customdata[2]:.0f}"))))
    add_rest(figure, rows, ["key", "label", "issues"], mode)
    return add_values(figure, own(rows, "value"), [f"{value:.2f}" for value in rows["value"]], places)


def unit_bars(units: pd.DataFrame, mode: Mode, height: int, chosen: str | None = None) -> go.Figure:
    """Open issues by responsible unit, the overdue part of each in the colour of "worse".

    units: label, value (open), overdue, key, in the order of the bars. chosen: the key whose name stands bold.
    """
    if units.empty:
        return empty_figure(mode, height, _("没有未销号的问题。"))
    rows, colours = fitting(units, height, N_("其余 {n} 个单位")), palette(mode)
    words = [open_words(count, late, colours.worse)
             for count, late in zip(rows["value"], rows["overdue"], strict=True)]
    figure = named_rows(rows, mode, height, max(96, round(widest(words)) + 10), chosen)
    places, width = bar_places(rows)
    for column, ink, said in (("value", colours.bar, _("未销号 {count} 条")),
                              ("overdue", colours.worse, _("其中超期 {count} 条"))):
        figure.add_trace(go.Bar(
            x=own(rows, column), y=places, orientation="h", width=width, marker={"color": ink, "line": {"width": 0}},
            customdata=rows[["key", "label"]].assign(part=column).to_numpy(),
            hovertemplate=hover("<b>%{customdata[1]}</b>", said.format(count="%{x:.0f}"))))
    figure.update_layout(barmode="overlay")
    add_rest(figure, rows.assign(part="value"), ["key", "label", "part"], mode)
    return add_values(figure, own(rows, "value"), words, places)


def open_words(count: float, late: float, ink: str) -> str:
    """The open issues of a bar, and in that colour how many of them are overdue."""
    overdue = _("超期 {count:.0f}").format(count=late)
    return f"<b>{count:.0f}</b>" + (f'<span style="color:{ink}">　{overdue}</span>' if late else "")


def spread(rows: pd.DataFrame, mode: Mode, height: int, empty: str, chosen: str | None = None) -> go.Figure:
    """Days by whatever the rows are: a dot at the median on a line from the lower to the upper quartile.

    rows: label, median, lower, upper (days), count, key, in the order of the figure; what has no room is left out.
    """
    rows = rows.head(max(int(height - 20) // BESIDE, 1))
    if rows.empty:
        return empty_figure(mode, height, empty)
    colours = palette(mode)
    words = [spread_words(*each, colours.muted) for each in zip(rows["median"], rows["count"], strict=True)]
    named = rows.assign(label=[shortened(name, LONGEST) for name in rows["label"]], value=rows["upper"])
    figure = named_rows(named, mode, height, max(108, round(widest(words)) + 14), chosen, 20)
    places = np.arange(len(rows)) + 0.5
    gaps = np.full(len(rows), np.nan)
    figure.add_trace(go.Scatter(
        x=np.column_stack([rows["lower"], rows["upper"], gaps]).ravel(), y=np.repeat(places, 3), mode="lines",
        line={"color": colours.axis, "width": 2}, hoverinfo="skip"))
    figure.add_trace(go.Scatter(
        x=rows["median"], y=places, mode="markers", cliponaxis=False,
        marker={"size": 11, "color": colours.primary, "line": {"color": colours.card, "width": 1.5}},
        customdata=rows[["key", "label", "count", "lower", "upper"]].to_numpy(),
        hovertemplate=hover(
            "<b>%{customdata[1]}</b>", _("中位 {days} 天").format(days="%{x:~g}"),
            _("一半在 {lower}–{upper} 天之间").format(lower="%{customdata[3]:~g}", upper="%{customdata[4]:~g}"),
            _("{count} 件").format(count="%{customdata[2]:.0f}"))))
    figure.update_xaxes(visible=True, tickfont={"color": colours.muted}, ticks="", nticks=5,
                        ticksuffix=_(" 天"), showgrid=True, gridcolor=colours.grid, zeroline=True,
                        zerolinecolor=colours.axis, side="bottom")
    return figure.update_layout(annotations=[*figure.layout.annotations, *(
        note(word, 1, place, xref="paper", xanchor="left", xshift=10)
        for word, place in zip(words, places, strict=True))])


def spread_words(days: float, count: float, ink: str) -> str:
    """The median of a row, and in that colour of how many issues it is."""
    of = n_("{n} 件", int(count))
    return _("<b>{days:g}</b> 天").format(days=days) + f'　<span style="color:{ink}">{of}</span>'


def named_rows(
    rows: pd.DataFrame, mode: Mode, height: int, right: int, chosen: str | None = None, bottom: int = 0
) -> go.Figure:
    """A bare figure with a row a name, read from the top, and an axis for the values of the rows' own bars."""
    above, size = row_height(rows) == ABOVE, row_height(rows)
    left = 0 if above else int(max(widest(rows["label"]) + 10, NARROWEST))
    figure = bare_figure(mode, height, (left, right, 0, bottom))
    figure.update_xaxes(range=[0, own(rows, "value").max() or 1])
    figure.update_yaxes(range=[(height - bottom) / size, 0])
    places = np.arange(len(rows)) + (0.24 if above else 0.5)
    side = {"xanchor": "left"} if above else {"xanchor": "right", "xshift": -8}
    words = np.where(rows["key"] == chosen, "<b>" + rows["label"] + "</b>", rows["label"])
    return figure.update_layout(annotations=[note(word, 0, place, xref="paper", **side)
                                             for word, place in zip(words, places, strict=True)])


def widest(words: Iterable[str]) -> float:
    """The width of the widest of the words, in px."""
    return max((text_width(word) for word in words), default=0)


def own(rows: pd.DataFrame, column: str) -> pd.Series:
    """The values that are drawn as bars: all but that of the rest, which would dwarf them."""
    return rows[column].where(rows["key"] != REST, 0)


def add_rest(figure: go.Figure, rows: pd.DataFrame, columns: list[str], mode: Mode) -> None:
    """A ring in place of the rest's bar, to be clicked; it is no measure."""
    rest = rows[rows["key"] == REST]
    place = bar_places(rows)[0][rows["key"] == REST]
    start = 0.012 * own(rows, "value").max()
    figure.add_trace(go.Scatter(
        x=np.full(len(rest), start), y=place, mode="markers", cliponaxis=False, customdata=rest[columns].to_numpy(),
        marker={"size": 8, "symbol": "circle-open", "color": palette(mode).muted, "line": {"width": 1.5}},
        hovertemplate=hover("<b>%{customdata[1]}</b>")))


def bar_places(rows: pd.DataFrame) -> tuple[np.ndarray, float]:
    """Where the bars stand on the vertical axis, and how thick they are, in rows."""
    if row_height(rows) == ABOVE:
        return np.arange(len(rows)) + 0.66, THIN / ABOVE
    return np.arange(len(rows)) + 0.5, WIDTH


def add_values(figure: go.Figure, ends: pd.Series, words: list[str], places: np.ndarray) -> go.Figure:
    """Each value outside the end of its bar."""
    values = [note(word, end, place, xanchor="left", xshift=6 if end else 14)
              for word, end, place in zip(words, ends, places, strict=True)]
    return figure.update_layout(annotations=[*figure.layout.annotations, *values])
