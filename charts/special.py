"""The matrix of a special inspection: sites down, items across, each cell's result and how many days old it is."""

from __future__ import annotations

import textwrap
from html import escape

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from charts.cells import cell_grid
from charts.theme import Mode, empty_figure, palette, shortened
from readiness.language import _, n_
from readiness.model import FAIL, NA, PASS, UNCHECKED

STATES = (PASS, FAIL, NA, UNCHECKED)
SIGNS = {PASS: "✓", FAIL: "✗", NA: "—", UNCHECKED: "·"}
LETTERS, LINES, NAME = 58, 5, 150  # letters of all heads that stand beside each other, lines of a head, px of a name
FEWEST = 8


def special_matrix(
    cells: pd.DataFrame, sites: pd.DataFrame, items: pd.DataFrame, mode: Mode, chosen: str | None = None
) -> go.Figure:
    """The matrix in the order of sites and items; a click answers with (site_id, item).

    cells, sites, items: of readiness.special. Where an item is none of the site's kind the cell is empty; chosen: the
    site_id whose name stands bold.
    """
    if cells.empty:
        return empty_figure(mode, 120, _("还没有这类点位的检查记录。"))
    x, y = pd.Index(items["item"]), pd.Index(sites["site_id"])
    drawn = cells.assign(
        x=x.get_indexer(cells["item"]), y=y.get_indexer(cells["site_id"]),
        paint=cells["state"].map({state: place for place, state in enumerate(STATES)}), word=cell_words(cells),
        said=_said(cells), data=cells[["site_id", "item"]].to_numpy().tolist())
    names = [escape(shortened(name, NAME, 11)) for name in sites["site"]]
    names = [f"<b>{name}</b>" if site == chosen else name for name, site in zip(names, sites["site_id"], strict=True)]
    return cell_grid(drawn, head_words(items["indicator"]), names, paints(mode), mode, fewest=FEWEST)


def paints(mode: Mode) -> list[tuple[str, str]]:
    """Fill and ink of each of STATES."""
    colours = palette(mode)
    good, bad = colours.bands[1], colours.bands[4]
    return [(good.tint, good.on_tint), (bad.tint, bad.on_tint), (colours.unknown.fill, colours.unknown.on_fill),
            (colours.unknown.tint, colours.unknown.on_tint)]


def cell_words(cells: pd.DataFrame) -> pd.Series:
    """The sign of each state with the days since its deciding fact.

    >>> cell_words(pd.DataFrame({"state": ["pass", "fail", "unchecked"], "days": [3.0, 0.0, float("nan")]})).tolist()
    ['✓ 3', '✗ 0', '·']
    """
    days = cells["days"].astype("Int64").astype("str")
    return cells["state"].map(SIGNS).str.cat((" " + days).where(cells["days"].notna(), "")).astype("str")


def head_words(texts: pd.Series) -> list[str]:
    """Each text in lines that fit over its column; what has no room ends in ….

    >>> head_words(pd.Series(["无乱扔杂物", "设施无损坏"] * 10))[:2]
    ['无乱<br>扔杂<br>物', '设施<br>无损<br>坏']
    """
    width = max(LETTERS // max(len(texts), FEWEST), 2)
    lines = [textwrap.wrap(text, width, max_lines=LINES, placeholder="…") for text in texts]
    return ["<br>".join(escape(line) for line in each) for each in lines]


def _said(cells: pd.DataFrame) -> np.ndarray:
    """The hover of each cell: site, item, result, and how old it is."""
    words = {PASS: _("符合"), FAIL: _("不符合"), NA: _("不适用"), UNCHECKED: _("未检查")}
    ago = ["" if np.isnan(days) else "<br>" + n_("{n} 天前", int(days)) for days in cells["days"]]
    head = "<b>" + cells["site"].map(escape) + "</b><br>" + cells["indicator"].map(escape) + "<br>"
    return (head + cells["state"].map(words)).to_numpy(dtype=object) + np.array(ago, dtype=object)
