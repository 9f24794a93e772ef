"""Who reported in which week: weeks down, the newest on top, areas across, the number of checks in each cell."""

from __future__ import annotations

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from charts.axes import short_day
from charts.theme import Mode, bare_figure, hover, note, palette, text_width
from readiness.language import _, n_

LEFT, TOP, ROW = 82, 24, 25
REPORTED, NOT_YET, MISSED = "reported", "not yet", "missed"


def reporting_grid(board: pd.DataFrame) -> pd.DataFrame:
    """board (readiness.reporting.weekly_board) with x and y of each cell, what it says and how it stands.

    word: how many checks, ✓ for a report without any, 未报 for none. standing: REPORTED, NOT_YET in the newest week,
    which is not over, else MISSED. x counts areas, y weeks from the newest, both from 0 in the board's order.
    """
    weeks = board["week"].drop_duplicates()[::-1].reset_index(drop=True)
    y = board["week"].map({week: place for place, week in enumerate(weeks)})
    x = pd.factorize(board["area_code"])[0]
    counted = board["checks"].astype("str").where(board["checks"] > 0, "✓")
    missed = np.where(y == 0, NOT_YET, MISSED)
    return board.assign(x=x, y=y, word=counted.where(board["reported"], _("未报")),
                        standing=np.where(board["reported"], REPORTED, missed))


def reporting_figure(board: pd.DataFrame, last: pd.Series, names: dict[str, str], mode: Mode) -> go.Figure:
    """The board as a figure; a click on a cell answers with customdata (area_code, ISO day of the week's Monday).

    last: readiness.reporting.last_days, in the order of the board; it stands in a row of its own at the foot.
    """
    grid = reporting_grid(board)
    weeks, areas = int(grid["y"].max()) + 1, len(last)
    left = max([LEFT, *(round(text_width(week_words(week), 11)) + 8 for week in grid["week"].unique())])
    figure = bare_figure(mode, TOP + ROW * (weeks + 1), (left, 2, TOP, 0), font_size=11)
    figure.update_xaxes(range=[-0.5, areas - 0.5])
    figure.update_yaxes(range=[weeks + 0.5, -0.5])
    figure.add_trace(_cells(grid, names, mode)).add_trace(_marks(grid))
    return figure.update_layout(clickmode="event+select", annotations=[
        *_words(grid, mode), *_heads(grid, names, mode), *_last(last, weeks, mode)])


def _cells(grid: pd.DataFrame, names: dict[str, str], mode: Mode) -> go.Heatmap:
    colours = palette(mode)
    values = grid.pivot(index="y", columns="x", values="reported").to_numpy(dtype=float)  # noqa: PD010
    scale = [[0, colours.unknown.tint], [0.5, colours.unknown.tint], [0.5, colours.bands[1].tint],
             [1, colours.bands[1].tint]]
    return go.Heatmap(z=values, zmin=0, zmax=1, colorscale=scale, showscale=False, xgap=2, ygap=2, hoverinfo="skip")


def _marks(grid: pd.DataFrame) -> go.Scatter:
    """Invisible marks over the cells: what a click and a hover find."""
    says = np.select([grid["checks"] > 0, grid["reported"]], [
        grid["checks"].map(lambda count: n_("检查 {n} 条", count)), _("有巡查或台账，没有检查")], _("没有上报"))
    data = np.stack([grid["area_code"], grid["week"].dt.strftime("%Y-%m-%d"), says], axis=1)
    hidden = {"marker": {"opacity": 0}}
    return go.Scatter(x=grid["x"], y=grid["y"], mode="markers", customdata=data, selected=hidden, unselected=hidden,
                      marker={"size": 24, "opacity": 0, "symbol": "square"},
                      hovertemplate=hover(_("{day} 起的一周").format(day="%{customdata[1]}"), "%{customdata[2]}"))


def _words(grid: pd.DataFrame, mode: Mode) -> list[dict]:
    colours = palette(mode)
    inks = {REPORTED: colours.bands[1].on_tint, NOT_YET: colours.muted, MISSED: colours.worse}
    return [note(word, x, y, font={"size": 11, "color": inks[standing]})
            for word, x, y, standing in grid[["word", "x", "y", "standing"]].itertuples(index=False)]


def _heads(grid: pd.DataFrame, names: dict[str, str], mode: Mode) -> list[dict]:
    """Areas over the columns, weeks before the rows."""
    colours = palette(mode)
    areas, weeks = grid.drop_duplicates("x"), grid.drop_duplicates("y")
    above = [note(names[code], x, 1, yref="paper", yanchor="bottom", yshift=4, font={"size": 11, "color": colours.text})
             for code, x in areas[["area_code", "x"]].itertuples(index=False)]
    before = [note(week_words(week), 0, y, xref="paper", xanchor="right", xshift=-8,
                   font={"size": 11, "color": colours.text if y == 0 else colours.muted})
              for week, y in weeks[["week", "y"]].itertuples(index=False)]
    return above + before


def _last(last: pd.Series, row: int, mode: Mode) -> list[dict]:
    colours = palette(mode)
    days = [note("—" if pd.isna(day) else short_day(day), x, row,
                 font={"size": 11, "color": colours.muted}) for x, day in enumerate(last)]
    return [note(_("最近上报"), 0, row, xref="paper", xanchor="right", xshift=-8,
                 font={"size": 11, "color": colours.muted}), *days]


def week_words(monday: pd.Timestamp) -> str:
    """A week as its first and last day.

    >>> week_words(pd.Timestamp("2026-10-26"))
    '10/26–11/1'
    """
    sunday = monday + pd.Timedelta(days=6)
    return _("{first.month}/{first.day}–{last.month}/{last.day}").format(first=monday, last=sunday)
