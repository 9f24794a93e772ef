"""The schematic map: one coloured cell an area with its name, its number and its issues; unseen marks answer clicks."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from charts.geometry import label_place, lattice, plane_rings
from charts.marks import mark_traces, shelved
from charts.shelf import label_box
from charts.theme import Mode, Paint, band_paints, bare_figure, empty_figure, hover, note, palette
from readiness.language import N_, _
from readiness.reference import Band

SCORE, OPEN, OVERDUE, PER_SITE = "score", "open", "overdue", "per_site"
FORMATS = {SCORE: "{:.1f}", PER_SITE: "{:.1f}"}
LACKING = {SCORE: N_("地图|资料不足"), PER_SITE: N_("地图|无点位")}  # the map has room for a short word alone
PAD = 6
LATTICE_STEP, CLEAR = 16, 8


def map_cells(areas: pd.DataFrame, value: str, bands: tuple[Band, ...], mode: Mode) -> pd.DataFrame:
    """What each cell says and in which colour: area_code, short_name, word (its number), fill, ink.

    areas: Standing.areas, with per_site where that is asked for. value: score, open, overdue or per_site. A count's
    colour is its share of the greatest count in seven steps, and nothing has the card's colour.
    """
    paints = count_paints(areas[value], mode) if value != SCORE else score_paints(areas, bands, mode)
    words = count_words(areas[value], value)
    return pd.DataFrame({
        "area_code": areas["area_code"], "short_name": areas["short_name"],
        "word": words.where(areas[value].notna(), lacking_word(value)),
        "fill": [paint.fill for paint in paints], "ink": [paint.on_fill for paint in paints],
    })


def count_words(values: pd.Series, value: str) -> pd.Series:
    """The numbers as they are written; nothing is 0."""
    return values.map(FORMATS.get(value, "{:.0f}").format).where(values != 0, "0")


def lacking_word(value: str) -> str:
    """What a cell says that has no number; the catalogue has it with the place where it stands.

    >>> lacking_word(SCORE), lacking_word(OPEN)
    ('资料不足', '')
    """
    return _(LACKING.get(value, "")).rpartition("|")[2]


def score_paints(areas: pd.DataFrame, bands: tuple[Band, ...], mode: Mode) -> list[Paint]:
    """Colours by band, the unknown's where there is no band."""
    paints = band_paints(bands, mode)
    return [paints.get(band, palette(mode).unknown) for band in areas["band"]]


def count_paints(counts: pd.Series, mode: Mode) -> list[Paint]:
    """Colours by count: zero is the card, the greatest count the last of seven steps; the unknown's where none is."""
    colours = palette(mode)
    greatest = counts.max()
    steps = np.ceil(counts / (greatest if greatest > 0 else 1) * (len(colours.counts) - 1))
    return [colours.unknown if step != step else Paint(colours.counts[int(step)], colours.on_counts[int(step)],
                                                       "", "", "", "") for step in steps]


def area_map(
    areas: pd.DataFrame, cells: Mapping[str, list], outline: list, value: str, bands: tuple[Band, ...], mode: Mode,
    height: int = 590, selected: str | None = None, font_size: int = 13, marks: pd.DataFrame | None = None,
    issue: str | None = None, key: str = "bottom",
) -> go.Figure:
    """The map of that height. areas: Standing.areas; those without a cell are not drawn. selected: an area's code.

    marks: charts.marks.issue_marks of the issues to draw, None for a map without marks and key; issue: the one that
    is looked at; key: in which corner on the left the colours are explained, top or bottom. The customdata of what can
    be clicked begins with the area's code, or with "issue" and its name.
    """
    shown = areas[areas["area_code"].isin(list(cells))]
    if shown.empty:
        return empty_figure(mode, height, _("没有地图数据。"))
    rings = plane_rings({**cells, "outline": outline or next(iter(cells.values()))})
    edge = rings.pop("outline")
    corners = np.concatenate([edge, *rings.values()])
    low, high = corners.min(axis=0), corners.max(axis=0)
    km_per_px = (high[1] - low[1]) / (height - 2 * PAD)
    figure = bare_figure(mode, height, (0, 0, PAD, PAD), font_size=font_size, clickmode="event+select")
    figure.update_xaxes(range=[low[0], high[0]], constrain="domain")
    figure.update_yaxes(range=[low[1], high[1]], scaleanchor="x", scaleratio=1, constrain="domain")
    drawn = map_cells(shown, value, bands, mode)
    figure.add_traces(cell_shapes(drawn, rings, mode))
    figure.add_trace(line(edge, palette(mode).axis, 1.5))
    if selected in rings:
        figure.add_traces([line(rings[selected], palette(mode).card, 7), line(rings[selected], palette(mode).text, 3)])
    if marks is None:
        figure.add_trace(click_marks(shown, rings, km_per_px))
        return figure.update_layout(annotations=cell_labels(drawn, rings, km_per_px, font_size))
    labels, placed = shelved(drawn, rings, km_per_px, font_size, marks)
    figure.add_trace(click_marks(shown, rings, km_per_px, placed[["x", "y"]].to_numpy()))
    figure.add_traces(mark_traces(placed, issue))
    return figure.update_layout(annotations=labels + key_notes(value, shown[value], bands, mode, key))


def closed(ring: np.ndarray) -> np.ndarray:
    """The ring with its first corner again at its end, and its second, so that the last joint is mitred too."""
    return np.concatenate([ring, ring[:2]])


def cell_shapes(drawn: pd.DataFrame, rings: Mapping[str, np.ndarray], mode: Mode) -> list[go.Scatter]:
    """The filled cells; the empty ones first, so that the gaps of the others lie over their edges."""
    empty_first = drawn.sort_values("fill", key=lambda fill: fill != palette(mode).card, kind="stable")
    fills = zip(empty_first["area_code"], empty_first["fill"], strict=True)
    return [cell_shape(rings[code], fill, mode) for code, fill in fills]


def cell_shape(ring: np.ndarray, fill: str, mode: Mode) -> go.Scatter:
    """One filled cell with a gap in the card's colour around it; an empty one has an edge that can be seen."""
    corners, colours = closed(ring), palette(mode)
    edge = colours.border if fill == colours.card else colours.card
    return go.Scatter(x=corners[:, 0], y=corners[:, 1], mode="lines", fill="toself", fillcolor=fill, hoverinfo="skip",
                      line={"color": edge, "width": 1.6, "simplify": False}, cliponaxis=False)


def line(ring: np.ndarray, colour: str, width: float) -> go.Scatter:
    """The ring as a line."""
    corners = closed(ring)
    return go.Scatter(x=corners[:, 0], y=corners[:, 1], mode="lines", hoverinfo="skip", cliponaxis=False,
                      line={"color": colour, "width": width, "simplify": False})


def click_marks(areas: pd.DataFrame, rings: Mapping[str, np.ndarray], km_per_px: float,
                marks: np.ndarray | None = None) -> go.Scatter:
    """Unseen marks all over the cells: they carry the hover and the area's code, since fills answer no click.

    They keep away from the marks of issues (n × 2), so that a click on one of those is never the cell's.
    """
    step = LATTICE_STEP * km_per_px
    points = [lattice(rings[code], step, margin=2 * km_per_px) for code in areas["area_code"]]
    owner = np.repeat(np.arange(len(areas)), [len(each) for each in points])
    place = np.concatenate(points)
    if marks is not None and len(marks):
        apart = np.linalg.norm(place[:, None] - marks, axis=-1).min(axis=1) > CLEAR * km_per_px
        owner, place = owner[apart], place[apart]
    said = areas[["area_code", "short_name", "score", "coverage", "open", "overdue"]].iloc[owner]
    score = said["score"].map("{:.1f}".format).map(lambda number: _("得分 {score}").format(score=number))
    score = score.where(said["score"].notna(), _("资料不足"))
    unseen = {"marker": {"opacity": 0}}
    return go.Scatter(
        x=place[:, 0], y=place[:, 1], mode="markers", selected=unseen, unselected=unseen, name="areas",
        marker={"size": 18 if marks is None else 6, "opacity": 0, "color": "#000000"},
        customdata=np.stack([said["area_code"], said["short_name"], score, said["coverage"], said["open"],
                             said["overdue"]], axis=-1),
        hovertemplate=hover(
            "<b>%{customdata[1]}</b>", "%{customdata[2]}",
            _("检查覆盖率 {coverage}").format(coverage="%{customdata[3]:.0%}"),
            _("未销号 {open} 条，超期 {overdue} 条").format(open="%{customdata[4]}", overdue="%{customdata[5]}")),
    )


def cell_labels(drawn: pd.DataFrame, rings: Mapping[str, np.ndarray], km_per_px: float, font_size: int) -> list[dict]:
    """Name in bold over the number at the roomiest place of each cell; the name alone where two lines do not fit."""
    labels = []
    for code, name, word, ink in zip(drawn["area_code"], drawn["short_name"], drawn["word"], drawn["ink"], strict=True):
        width, height = label_box(name, word, font_size)
        place, fits = label_place(rings[code], width * km_per_px, height * km_per_px)
        text = f"<b>{name}</b><br>{word}" if fits else f"<b>{name}</b>"
        labels.append(note(text, place[0], place[1], font={"color": ink, "size": font_size}))
    return labels


def key_notes(value: str, values: pd.Series, bands: tuple[Band, ...], mode: Mode, corner: str) -> list[dict]:
    """What the colours mean, in the paper beside the map: the bands with their lowest score, or up to how many."""
    colours, paints = palette(mode), band_paints(bands, mode)
    words = [(paints[band.key].fill, band_range(band)) for band in bands]
    words.append((colours.unknown.fill, _("资料不足")))
    if value != SCORE:
        last = len(colours.counts) - 1
        most = pd.Series([values.max() * step / last for step in (last, 4, 2)]).fillna(0)
        words = [(colours.counts[step], _("至 {count}").format(count=word)) for step, word in
                 zip((last, 4, 2), count_words(most if value == PER_SITE else np.floor(most), value), strict=True)]
        words.append((colours.border, "0"))
    text = "<br>".join(f'<span style="color:{fill}">■</span> {word}' for fill, word in words)
    return [note(text, 0, float(corner == "top"), xref="paper", yref="paper", xanchor="left", yanchor=corner,
                 align="left", font={"size": 12, "color": colours.muted})]


def band_range(band: Band) -> str:
    """A band's name with its lowest score; that of the last, which has none, alone."""
    return _("{band} {score:.0f} 起").format(band=_(band.name), score=band.from_) if band.from_ else _(band.name)
