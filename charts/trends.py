"""Lines over time: the score by day, opened against closed by week, the burn-down to the inspection window."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from charts.axes import LEFT, across, add_ends, add_target, counts_axis, hover_day, line_figure, tens
from charts.theme import Mode, empty_figure, hover, note, palette
from readiness.language import _

DASHES = ("solid", "dash", "dot", "dashdot")
UNSEEN = {"marker": {"size": 14, "opacity": 0}, "selected": {"marker": {"opacity": 0}},
          "unselected": {"marker": {"opacity": 0}}}


def score_trend(
    scores: pd.DataFrame, target: float, mode: Mode, height: int = 243, areas: pd.DataFrame | None = None,
    chosen: Sequence[tuple[str, str]] = (),
) -> go.Figure:
    """The subdistrict's score by day with the target; days without a score are a gap.

    scores: day, score, coverage (readiness.trends.score_by_day). With chosen areas, (code, name) of at most four, their
    lines stand beside it and all others of areas (day, area_code, score) are thin grey.
    """
    known = scores[scores["score"].notna()]
    if known.empty:
        return empty_figure(mode, height, _("资料不足，还没有得分。"))
    colours, own = palette(mode), _("街道") if chosen else _("得分")
    figure = line_figure(mode, height, [own, *(name for code, name in chosen)])
    lines = area_lines(areas, chosen) if chosen else []
    low, high = tens(np.concatenate([known["score"], [target], *(line["score"].dropna() for line in lines)]))
    across(figure, scores["day"], low, high, np.arange(low, high + 1, 10), mode)
    words = [(target, _("目标 {target:g}").format(target=target), colours.text)]
    ink = colours.text if chosen else colours.primary
    if chosen:
        figure.add_trace(other_areas(areas, chosen, mode))
        words += add_areas(figure, lines, chosen, mode)
    single = {"marker": {"size": 8, "color": ink}}
    figure.add_trace(go.Scatter(
        x=scores["day"], y=scores["score"],
        customdata=np.stack([iso(scores["day"]), np.full(len(scores), "", dtype=object), scores["coverage"]], axis=-1),
        line={"color": ink, "width": 2}, connectgaps=False, mode="lines+markers", name=own,
        hovertemplate=hover(hover_day(), _("得分 {score}").format(score="%{y:.1f}"),
                            _("检查覆盖率 {coverage}").format(coverage="%{customdata[2]:.0%}")),
        **(UNSEEN if len(known) > 1 else single),
    ))
    add_target(figure, target, mode)
    last = known["score"].iloc[-1]
    words.append((last, f"<b>{last:.1f}</b> {own}", ink))
    return add_ends(figure, words, low, high)


def iso(days: pd.Series) -> np.ndarray:
    """The days as ISO text, for what a click answers with."""
    return days.dt.strftime("%Y-%m-%d").to_numpy(dtype=object)


def area_lines(areas: pd.DataFrame, chosen: Sequence[tuple[str, str]]) -> list[pd.DataFrame]:
    """The days of each chosen area."""
    return [areas[areas["area_code"] == code] for code, name in chosen]


def other_areas(areas: pd.DataFrame, chosen: Sequence[tuple[str, str]], mode: Mode) -> go.Scatter:
    """All areas that were not chosen as one trace of thin grey lines, a gap between any two."""
    rest = areas[~areas["area_code"].isin([code for code, name in chosen])]
    wide = rest.pivot_table(index="day", columns="area_code", values="score", dropna=False)
    gap = wide.iloc[:1] * np.nan
    drawn = pd.concat([wide, gap])
    return go.Scatter(x=np.tile(drawn.index, drawn.shape[1]), y=drawn.to_numpy().ravel(order="F"), mode="lines",
                      line={"color": palette(mode).faint, "width": 1}, hoverinfo="skip", connectgaps=False)


def open_trend(
    days: Sequence[pd.DataFrame], chosen: Sequence[tuple[str, str]], mode: Mode, height: int = 314
) -> go.Figure:
    """Open issues by day: of all, and of the units that were chosen, (code, name) of at most four.

    days: day and open of all, then of each chosen unit (readiness.moves.remaining).
    """
    if not days[0]["open"].any():
        return empty_figure(mode, height, _("没有未销号的问题。"))
    named = [(None, _("全部")), *chosen]
    colours, figure = palette(mode), line_figure(mode, height, [name for code, name in named])
    ticks = counts_axis(max(line["open"].max() for line in days))
    across(figure, days[0]["day"], 0, ticks[-1], ticks, mode)
    inks = [colours.text if chosen else colours.primary, *colours.categories]
    words = []
    for line, (code, name), ink, dash in zip(days, named, inks, ("solid", *DASHES), strict=False):
        marks = iso(line["day"])[:, None]
        figure.add_trace(go.Scatter(
            x=line["day"], y=line["open"], name=name, mode="lines+markers",
            line={"color": ink, "width": 2, "dash": dash},
            customdata=marks if code is None else np.column_stack([marks, np.full(len(line), code, dtype=object)]),
            hovertemplate=hover(f"<b>{name}</b>", hover_day(), _("未销号 {count} 条").format(count="%{y}")), **UNSEEN))
        words.append((line["open"].iloc[-1], f"<b>{line['open'].iloc[-1]:.0f}</b> {name}", ink))
    return add_ends(figure, words, 0, ticks[-1])


def add_areas(
    figure: go.Figure, lines: list[pd.DataFrame], chosen: Sequence[tuple[str, str]], mode: Mode
) -> list[tuple[float, str, str]]:
    """Draws the chosen areas, each in a colour and a dash of its own; returns the words at their ends."""
    words = []
    for (code, name), line, colour, dash in zip(chosen, lines, palette(mode).categories, DASHES, strict=False):
        figure.add_trace(go.Scatter(
            x=line["day"], y=line["score"], name=name, mode="lines+markers", connectgaps=False, **UNSEEN,
            line={"color": colour, "width": 2, "dash": dash},
            customdata=np.column_stack([iso(line["day"]), np.full(len(line), code, dtype=object)]),
            hovertemplate=hover(f"<b>{name}</b>", hover_day(), _("得分 {score}").format(score="%{y:.1f}")),
        ))
        last = line["score"].dropna().iloc[-1:]
        words += [(score, f"<b>{score:.1f}</b> {name}", colour) for score in last]
    return words


def whole_weeks(weeks: pd.DataFrame, as_of: date) -> pd.DataFrame:
    """The weeks that are over by the end of as_of: one that has just begun looks like a fall and is none."""
    return weeks[weeks["week"] + pd.Timedelta(days=6) <= pd.Timestamp(as_of)]


def opened_closed(weeks: pd.DataFrame, mode: Mode, height: int = 243) -> go.Figure:
    """New issues against verified ones per week.

    weeks: week (its Monday), opened, closed (readiness.trends.opened_closed), without a running one (whole_weeks).
    """
    if weeks.empty or not weeks[["opened", "closed"]].to_numpy().any():
        return empty_figure(mode, height, _("这段时间没有新增，也没有解决。"))
    colours = palette(mode)
    opened, closed = _("新增"), _("解决")
    figure = line_figure(mode, height, [opened, closed])
    ticks = counts_axis(weeks[["opened", "closed"]].to_numpy().max())
    across(figure, weeks["week"], 0, ticks[-1], ticks, mode, weekly=True)
    for column, word, colour, symbol in (("opened", opened, colours.bands[3].fill, "circle"),
                                         ("closed", closed, colours.primary, "square")):
        figure.add_trace(go.Scatter(
            x=weeks["week"], y=weeks[column], name=word, mode="lines+markers", cliponaxis=False,
            line={"color": colour, "width": 2}, marker={"size": 6, "symbol": symbol, "color": colour},
            unselected={"marker": {"opacity": 1}},
            customdata=np.stack([iso(weeks["week"]), np.full(len(weeks), column, dtype=object)], axis=-1),
            hovertemplate=hover(_("{day}起一周").format(day=hover_day()),
                                _("{word} {count} 条").format(word=word, count="%{y}")),
        ))
    last = weeks.iloc[-1]
    words = [(last["opened"], f"{opened} {last['opened']:.0f}", colours.second),
             (last["closed"], f"{closed} {last['closed']:.0f}", colours.primary)]
    return add_ends(figure, words, 0, ticks[-1])


def coverage_trend(scores: pd.DataFrame, minimum: float, mode: Mode, height: int = 260) -> go.Figure:
    """How much of what can be inspected is known, by day, with the share below which there is no score.

    scores: day, score, coverage (readiness.trends.score_by_day). minimum: that share.
    """
    if scores.empty or not scores["coverage"].gt(0).any():
        return empty_figure(mode, height, _("还没有检查记录。"))
    colours = palette(mode)
    known = _("{share} 覆盖")
    figure = line_figure(mode, height, [known.format(share="").strip()])
    across(figure, scores["day"], 0, 1, np.array([0, 0.5, 1]), mode)
    figure.update_yaxes(tickformat=".0%")
    figure.update_layout(margin_l=LEFT + 8)
    figure.add_trace(go.Scatter(
        x=scores["day"], y=scores["coverage"], mode="lines+markers", line={"color": colours.primary, "width": 2},
        customdata=iso(scores["day"])[:, None], **UNSEEN,
        hovertemplate=hover(hover_day(), _("检查覆盖率 {coverage}").format(coverage="%{y:.0%}")),
    ))
    add_target(figure, minimum, mode)
    last = scores["coverage"].iloc[-1]
    words = [(last, known.format(share=f"<b>{last:.0%}</b>"), colours.primary),
             (minimum, _("下限 {share:.0%}").format(share=minimum), colours.text)]
    return add_ends(figure, words, 0, 1)


def burn_down(days: pd.DataFrame, first: date, last: date, mode: Mode, height: int = 260) -> go.Figure:
    """Open issues by day up to now, the inspection window, and the pace that clears all of them before it.

    days: day, open (readiness.trends.burn_down). first and last: the window. A window that has begun has no pace.
    """
    if days.empty or not days["open"].any():
        return empty_figure(mode, height, _("没有未销号的问题。"))
    colours = palette(mode)
    figure = line_figure(mode, height)
    now = days.iloc[-1]
    ticks = counts_axis(days["open"].max())
    end = max(pd.Timestamp(last), now["day"])
    across(figure, pd.Series([days["day"].iloc[0], end]), 0, ticks[-1], ticks, mode)
    figure.add_trace(go.Scatter(
        x=days["day"], y=days["open"], mode="lines+markers", line={"color": colours.primary, "width": 2},
        customdata=iso(days["day"])[:, None], **UNSEEN,
        hovertemplate=hover(hover_day(), _("未销号 {count} 条").format(count="%{y}")),
    ))
    add_window(figure, first, last, mode)
    left = _("<b>{count:.0f}</b> 条").format(count=now["open"])
    figure.add_annotation(note(left, now["day"], now["open"], xanchor="left", yanchor="bottom", xshift=6, yshift=2,
                               font={"color": colours.primary}))
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
    pace = _("窗口前清零：<br>每天净销 {count:.0f} 条").format(count=np.ceil(now["open"] / ahead))
    return figure.add_annotation(note(pace, middle, now["open"] / 2, xanchor="right", yanchor="top", align="right",
                                      xshift=-8, yshift=-2, font={"color": colours.muted}))


def add_window(figure: go.Figure, first: date, last: date, mode: Mode) -> None:
    """The inspection window as a tinted strip with its name on top."""
    colours = palette(mode)
    x0, x1 = pd.Timestamp(first), pd.Timestamp(last)
    figure.add_shape(type="rect", x0=x0, x1=x1, yref="paper", y0=0, y1=1, line={"width": 0}, layer="below",
                     fillcolor=colours.bands[1].strip)
    figure.add_annotation(note(_("迎检窗口"), x0 + (x1 - x0) / 2, 1, yref="paper", yanchor="top", yshift=-2,
                               font={"color": colours.primary}))
