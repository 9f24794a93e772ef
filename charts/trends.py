"""Lines over time: the score by day, opened against closed by week, the burn-down to the inspection window."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from charts.theme import Mode, bare_figure, empty_figure, note, palette

LEFT, RIGHT, TOP, BOTTOM = 34, 74, 10, 26


def score_trend(scores: pd.DataFrame, target: float, mode: Mode, height: int = 243) -> go.Figure:
    """The subdistrict's score by day with the target; days without a score are a gap.

    scores: day, score, coverage (readiness.trends.score_by_day).
    """
    known = scores[scores["score"].notna()]
    if known.empty:
        return empty_figure(mode, height, "资料不足，还没有得分。")
    colours = palette(mode)
    figure = line_figure(mode, height)
    low, high = tens(np.append(known["score"], target))
    across(figure, scores["day"], low, high, np.arange(low, high + 1, 10), mode)
    figure.add_trace(go.Scatter(
        x=scores["day"], y=scores["score"], customdata=scores["coverage"], line={"color": colours.primary, "width": 2},
        connectgaps=False, mode="lines" if len(known) > 1 else "markers",
        hovertemplate="%{x|%-m月%-d日}<br>得分 %{y:.1f}<br>检查覆盖率 %{customdata:.0%}<extra></extra>",
    ))
    add_target(figure, target, mode)
    last = known.iloc[-1]
    words = {"得分": (last["score"], f"<b>{last['score']:.1f}</b> 得分", colours.primary),
             "目标": (target, f"目标 {target:g}", colours.text)}
    return add_ends(figure, words, low, high)


def whole_weeks(weeks: pd.DataFrame, as_of: date) -> pd.DataFrame:
    """The weeks that are over by the end of as_of: one that has just begun looks like a fall and is none."""
    return weeks[weeks["week"] + pd.Timedelta(days=6) <= pd.Timestamp(as_of)]


def opened_closed(weeks: pd.DataFrame, mode: Mode, height: int = 243) -> go.Figure:
    """New issues against verified ones per week.

    weeks: week (its Monday), opened, closed (readiness.trends.opened_closed), without a running one (whole_weeks).
    """
    if weeks.empty or not weeks[["opened", "closed"]].to_numpy().any():
        return empty_figure(mode, height, "这段时间没有新增，也没有销号。")
    colours = palette(mode)
    figure = line_figure(mode, height)
    ticks = counts_axis(weeks[["opened", "closed"]].to_numpy().max())
    across(figure, weeks["week"], 0, ticks[-1], ticks, mode, weekly=True)
    for column, word, colour, symbol in (("opened", "新增", colours.bands[3].fill, "circle"),
                                         ("closed", "销号", colours.primary, "square")):
        figure.add_trace(go.Scatter(
            x=weeks["week"], y=weeks[column], name=word, mode="lines+markers", cliponaxis=False,
            line={"color": colour, "width": 2}, marker={"size": 6, "symbol": symbol, "color": colour},
            hovertemplate="%{x|%-m月%-d日}起一周<br>" + word + " %{y} 条<extra></extra>",
        ))
    last = weeks.iloc[-1]
    words = {"新增": (last["opened"], f"新增 {last['opened']:.0f}", colours.second),
             "销号": (last["closed"], f"销号 {last['closed']:.0f}", colours.primary)}
    return add_ends(figure, words, 0, ticks[-1])


def coverage_trend(scores: pd.DataFrame, minimum: float, mode: Mode, height: int = 260) -> go.Figure:
    """How much of what can be inspected is known, by day, with the share below which there is no score.

    scores: day, score, coverage (readiness.trends.score_by_day). minimum: that share.
    """
    if scores.empty or not scores["coverage"].gt(0).any():
        return empty_figure(mode, height, "还没有检查记录。")
    colours = palette(mode)
    figure = line_figure(mode, height)
    across(figure, scores["day"], 0, 1, np.array([0, 0.5, 1]), mode)
    figure.update_yaxes(tickformat=".0%")
    figure.add_trace(go.Scatter(
        x=scores["day"], y=scores["coverage"], mode="lines", line={"color": colours.primary, "width": 2},
        hovertemplate="%{x|%-m月%-d日}<br>检查覆盖率 %{y:.0%}<extra></extra>",
    ))
    add_target(figure, minimum, mode)
    last = scores["coverage"].iloc[-1]
    words = {"覆盖": (last, f"<b>{last:.0%}</b> 覆盖", colours.primary),
             "下限": (minimum, f"下限 {minimum:.0%}", colours.text)}
    return add_ends(figure, words, 0, 1)


def burn_down(days: pd.DataFrame, first: date, last: date, mode: Mode, height: int = 260) -> go.Figure:
    """Open issues by day up to now, the inspection window, and the pace that clears all of them before it.

    days: day, open (readiness.trends.burn_down). first and last: the window. A window that has begun has no pace.
    """
    if days.empty or not days["open"].any():
        return empty_figure(mode, height, "没有未销号的问题。")
    colours = palette(mode)
    figure = line_figure(mode, height)
    now = days.iloc[-1]
    ticks = counts_axis(days["open"].max())
    end = max(pd.Timestamp(last), now["day"])
    across(figure, pd.Series([days["day"].iloc[0], end]), 0, ticks[-1], ticks, mode)
    figure.add_trace(go.Scatter(
        x=days["day"], y=days["open"], mode="lines", line={"color": colours.primary, "width": 2},
        hovertemplate="%{x|%-m月%-d日}<br>未销号 %{y} 条<extra></extra>",
    ))
    add_window(figure, first, last, mode)
    figure.add_annotation(note(f"<b>{now['open']:.0f}</b> 条", now["day"], now["open"], xanchor="left",
                               yanchor="bottom", xshift=6, yshift=2, font={"color": colours.primary}))
    return add_pace(figure, now, first, mode)


def add_pace(figure: go.Figure, now: pd.Series, first: date, mode: Mode) -> go.Figure:
    """A dashed line from today's open issues to none on the window's first day, with its pace in words."""
    ahead = (pd.Timestamp(first) - now["day"]).days
    if ahead <= 0 or not now["open"]:
        return figure
    colours = palette(mode)
    figure.add_trace(go.Scatter(
        x=[now["day"], pd.Timestamp(first)], y=[now["open"], 0], mode="lines", hoverinfo="skip",
        line={"color": colours.axis, "width": 1.5, "dash": "5px,4px"},
    ))
    middle = now["day"] + (pd.Timestamp(first) - now["day"]) / 2
    return figure.add_annotation(note(f"窗口前清零：<br>每天净销 {np.ceil(now['open'] / ahead):.0f} 条", middle,
                                      now["open"] / 2, xanchor="right", yanchor="top", align="right", xshift=-8,
                                      yshift=-2, font={"color": colours.muted}))


def add_window(figure: go.Figure, first: date, last: date, mode: Mode) -> None:
    """The inspection window as a tinted strip with its name on top."""
    colours = palette(mode)
    x0, x1 = pd.Timestamp(first), pd.Timestamp(last)
    figure.add_shape(type="rect", x0=x0, x1=x1, yref="paper", y0=0, y1=1, line={"width": 0}, layer="below",
                     fillcolor=colours.bands[1].strip)
    figure.add_annotation(note("迎检窗口", x0 + (x1 - x0) / 2, 1, yref="paper", yanchor="top", yshift=-2,
                               font={"color": colours.primary}))


def line_figure(mode: Mode, height: int) -> go.Figure:
    """A bare figure with room for tick labels and for the words at the lines' ends."""
    return bare_figure(mode, height, (LEFT, RIGHT, TOP, BOTTOM))


def across(
    figure: go.Figure, days: pd.Series, low: float, high: float, ticks: np.ndarray, mode: Mode, weekly: bool = False
) -> None:
    """The two axes: digits-only dates, horizontal grid lines alone."""
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
        return marks, [f"{mark.month}月" for mark in marks]
    else:
        marks = list(pd.date_range(last, first, freq=f"-{max(1, (last - first).days // 5)}D"))[::-1]
    return marks, [f"{mark.month}/{mark.day}" for mark in marks]


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


def add_ends(figure: go.Figure, words: dict[str, tuple[float, str, str]], low: float, high: float) -> go.Figure:
    """The lines' names at their ends, pushed apart where they would touch (16 px)."""
    height = figure.layout.height - TOP - BOTTOM
    ordered = sorted(words.values(), key=lambda word: word[0])
    places = [(word[0] - low) / (high - low) * height for word in ordered]
    shift = max(0.0, 16 - (places[1] - places[0])) / 2
    for (value, text, colour), push in zip(ordered, (-shift, shift), strict=True):
        figure.add_annotation(note(text, 1, value, xref="paper", xanchor="left", xshift=8, yshift=push,
                                   font={"color": colour}))
    return figure
