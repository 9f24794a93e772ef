"""Patrols as a grid: weeks down, the newest on top, areas across, a measure in each cell, tinted by how much it is."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from charts.cells import cell_grid
from charts.reporting import week_words
from charts.theme import Mode, palette
from readiness.language import _, n_
from readiness.patrols import UNKNOWN


def patrol_grid(board: pd.DataFrame, measure: str, names: Mapping[str, str], mode: Mode) -> go.Figure:
    """The board as a figure; a click answers with (area_code, ISO day of the week's Monday).

    board: readiness.patrols.weekly; measure: patrols or one of its NUMBERS.
    """
    colours = palette(mode)
    weeks = board["week"].drop_duplicates()[::-1].reset_index(drop=True)
    areas = board["area_code"].drop_duplicates().tolist()
    y = board["week"].map({week: place for place, week in enumerate(weeks)})
    cells = board.assign(
        x=pd.factorize(board["area_code"])[0], y=y, paint=tints(board[measure], len(colours.counts) - 2),
        word=measure_words(board, measure), said=_said(board, names),
        data=np.stack([board["area_code"], board["week"].dt.strftime("%Y-%m-%d")], axis=1).tolist())
    paints = list(zip(colours.counts, colours.on_counts, strict=True))
    return cell_grid(cells, [names[code] for code in areas], [week_words(week) for week in weeks], paints, mode)


def tints(values: pd.Series, steps: int) -> pd.Series:
    """The position of each value between nothing (0) and the greatest (steps - 1), for 0 and unknown the first.

    >>> tints(pd.Series([0.0, 1.0, 7.0, float("nan")]), 8).tolist()
    [0, 1, 7, 0]
    """
    share = values.fillna(0) / (values.max() or 1)
    return np.ceil(share * (steps - 1)).fillna(0).astype(np.int64)


def measure_words(board: pd.DataFrame, measure: str) -> pd.Series:
    """The measure of each cell: · without a patrol, ? where none of its patrols writes it, 3+? where some do not.

    >>> board = pd.DataFrame({"patrols": [0, 1, 2, 1], "hours": [None, None, 3.0, 1.5], "unknown_hours": [0, 1, 1, 0]})
    >>> measure_words(board, "hours").tolist()
    ['·', '?', '3+?', '1.5']
    """
    known = board[measure].notna()
    words = board[measure].map("{:g}".format).where(known, "?")
    if UNKNOWN + measure in board:
        words = words.where(~known | (board[UNKNOWN + measure] == 0), words + "+?")
    return words.where(board["patrols"] > 0, "·")


def _said(board: pd.DataFrame, names: Mapping[str, str]) -> list[str]:
    parts = {"patrols": _("巡查 {count} 次"), "hours": _("时长 {count} 小时"), "party_members": _("党员 {count} 人次"),
             "volunteers": _("志愿者 {count} 人次"), "found": _("发现 {count} 个"), "solved": _("当场解决 {count} 个")}
    words = {measure: measure_words(board, measure) for measure in parts}
    lines = pd.DataFrame({measure: [said.format(count=word) for word in words[measure]]
                          for measure, said in parts.items()})
    head = "<b>" + board["area_code"].map(names) + "</b>　" + board["week"].map(week_words)
    told = (head + "<br>" + lines.agg("<br>".join, axis=1)).where(board["patrols"] > 0, head + "<br>" + n_(
        "巡查 {n} 次", 0))
    return told.tolist()
