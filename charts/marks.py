"""The issues as marks inside their cell: on a shelf under the label, overdue first, each mark clickable."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from charts.geometry import label_place
from charts.shelf import FONT_SIZE, Shelf, label_box, seated, shelf_place, steady
from charts.theme import hover, note
from readiness.language import n_
from readiness.model import VERIFIED

OPEN, OVERDUE, CLOSED = "open", "overdue", "closed"
ISSUE = "issue"
INK, WHITE, FAINT = "#17212b", "#ffffff", "rgba(255,255,255,0.3)"
HOVER_LINE, HOVER_LINES = 22, 3


def issue_marks(issues: pd.DataFrame) -> pd.DataFrame:
    """One mark an issue: area_code, issue, mark (overdue, open, closed), words; of each area the overdue ones first.

    issues: rows of Standing.issues. Overdue ones stand by days, the open ones by loss; verified ones come last.
    """
    late, closed = issues["overdue_days"] > 0, issues["status"] == VERIFIED
    order = issues.assign(closed=closed, mark=np.select([closed, late], [CLOSED, OVERDUE], OPEN),
                          loss=issues["loss"].fillna(0))
    order = order.sort_values(["closed", "overdue_days", "loss", "issue"], ascending=[True, False, False, True])
    return order.assign(words=_hover_words(order))[["area_code", "issue", "mark", "words"]].reset_index(drop=True)


def _hover_words(issues: pd.DataFrame) -> pd.Series:
    late = issues["overdue_days"].map(lambda days: "<br>" + n_("超期 {n} 天", days) if days > 0 else "").astype("str")
    place = (issues["site"].fillna("") + " " + issues["location"].fillna("")).str.strip()
    return "<b>" + place.map(_plain) + "</b><br>" + issues["description"].fillna("").map(_plain) + late


def _plain(text: str) -> str:
    """The text in lines that fit a hover, never markup."""
    lines = textwrap.wrap(text, HOVER_LINE, max_lines=HOVER_LINES, placeholder="…")
    return "<br>".join(line.replace("&", "&amp;").replace("<", "&lt;") for line in lines)


def counted_words(marks: pd.Series) -> str:
    """The marks in words, for a cell without room for a shelf.

    >>> counted_words(pd.Series(["overdue", "open", "open"])), counted_words(pd.Series(["open"]))
    ('◆1 ●2', '●1')
    """
    late = int((marks == OVERDUE).sum())
    return " ".join(f"{sign}{count}" for sign, count in (("◆", late), ("●", len(marks) - late)) if count)


def shelved(
    drawn: pd.DataFrame, rings: Mapping[str, np.ndarray], km_per_px: float, font_size: int, marks: pd.DataFrame,
) -> tuple[list[dict], pd.DataFrame]:
    """The labels with the counts of what found no room, and the marks that are drawn with x, y (km) and ink."""
    labels, placed = [], [marks.iloc[:0].assign(x=0.0, y=0.0, ink="")]
    by_area = dict(list(marks.groupby("area_code", sort=False)))
    for cell in drawn.itertuples(index=False):
        own = by_area.get(cell.area_code, marks.iloc[:0])
        ring = rings[cell.area_code] / km_per_px
        shelf = shelf_place(tuple(map(tuple, ring)), *label_box(cell.short_name, steady(cell.word), font_size))
        texts, centres = cell_words(cell, own["mark"], shelf, ring, font_size)
        labels += [{**text, "x": text["x"] * km_per_px, "y": text["y"] * km_per_px} for text in texts]
        centres = centres * km_per_px
        placed.append(own.head(len(centres)).assign(x=centres[:, 0], y=centres[:, 1], ink=cell.ink))
    return labels, pd.concat(placed, ignore_index=True)


def cell_words(
    cell: object, marks: pd.Series, shelf: Shelf | None, ring: np.ndarray, font_size: int,
) -> tuple[list[dict], np.ndarray]:
    """The texts of one cell and the centres of its marks, in px.

    Without room for marks a line counts them, in place of words for a missing number where three lines do not fit.
    """
    name, number = f"<b>{cell.short_name}</b>", f"<b>{cell.short_name}</b><br>{cell.word}"
    centres, slot = seated(shelf, len(marks)) if shelf else (np.empty((0, 2)), None)
    if len(centres) or (shelf and marks.empty):
        texts = [_label(number, shelf.centre, cell.ink, font_size)]
        more = [_label(f"+{len(marks) - len(centres)}", slot, cell.ink, FONT_SIZE)] if slot else []
        return texts + more, centres
    counts = counted_words(marks)
    width, height = label_box(cell.short_name, max(cell.word, counts, key=len) if counts else cell.word, font_size)
    place, fits = label_place(ring, width, height + 1.3 * font_size)
    if counts and fits:
        return [_label(f"{number}<br>{counts}", place, cell.ink, font_size)], centres
    if counts and steady(cell.word) == cell.word:  # the colour says it too
        number, width = f"{name}<br>{counts}", label_box(cell.short_name, counts, font_size)[0]
    else:
        width = label_box(cell.short_name, cell.word, font_size)[0]
    place, fits = label_place(ring, width, height)
    return [_label(number if fits else name, place, cell.ink, font_size)], centres


def _label(text: str, place: tuple[float, float], ink: str, size: int) -> dict:
    return note(text, place[0], place[1], font={"color": ink, "size": size})


def mark_traces(placed: pd.DataFrame, issue: str | None) -> list[go.Scatter]:
    """The marks: overdue a dark diamond, open a white circle, closed a faint one; a ring around the one looked at."""
    late = placed["mark"] == OVERDUE
    own = placed[placed["issue"] == issue]
    done = placed["mark"] == CLOSED
    same = {"marker": {"opacity": 1}}
    marks = go.Scatter(
        x=placed["x"], y=placed["y"], mode="markers", name="issues", selected=same, unselected=same,
        customdata=np.stack([np.full(len(placed), ISSUE), placed["issue"], placed["words"]], axis=-1),
        hovertemplate=hover("%{customdata[2]}"), cliponaxis=False,
        marker={"symbol": np.where(late, "diamond", "circle"), "size": np.select([late, done], [9, 6], 7), "opacity": 1,
                "color": np.select([late, done], [INK, FAINT], WHITE),
                "line": {"width": np.where(late, 1.0, 1.2), "color": np.where(late, WHITE, INK)}})
    ring = go.Scatter(x=own["x"], y=own["y"], mode="markers", hoverinfo="skip", cliponaxis=False, marker={
        "symbol": "circle-open", "size": 17, "color": own["ink"], "line": {"width": 2.5}})
    return [ring, marks] if len(own) else [marks]
