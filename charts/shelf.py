"""Where a cell's label stands and how many marks find a seat in the two rows under it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from charts.geometry import box_fits, edge_distance, free_spans, lattice
from charts.theme import NARROW, text_width

STEP, MARK, GAP, PAD = 10.5, 9.0, 4.0, 3.0  # px: between marks, a mark, under the label, to the cell's edge
SEATS, ROWS = 7, 2
FONT_SIZE = 11
USUAL = "88.8"  # every number takes this much room, so that a label stays where it is when its number changes


@dataclass(frozen=True)
class Shelf:
    """Where a cell's label stands and what is free under it, in px of the cell's ring, y upwards.

    centre, width, height: the label's box. lefts, rights: the ends of each row that marks may fill; heights: its y.
    """

    centre: tuple[float, float]
    width: float
    height: float
    lefts: tuple[float, ...]
    rights: tuple[float, ...]
    heights: tuple[float, ...]


def label_box(name: str, word: str, font_size: int) -> tuple[float, float]:
    """Width and height in px of a two-line label."""
    return max(text_width(name, font_size), text_width(word, font_size)) + 2, 2.5 * font_size


def steady(word: str) -> str:
    """The word that a label's place is reckoned with: the usual number for any number.

    >>> steady("100.0"), steady("资料不足")
    ('88.8', '资料不足')
    """
    return word if any(sign.isalpha() for sign in word) else USUAL


def tail_width(hidden: int) -> float:
    """Width in px of the slot that says how many issues are not drawn, 0 for none.

    >>> tail_width(0), round(tail_width(12), 1)
    (0.0, 22.1)
    """
    return NARROW * FONT_SIZE * (1 + len(str(hidden))) + 3 if hidden else 0.0


@lru_cache(maxsize=256)
def shelf_place(corners: tuple[tuple[float, float], ...], width: float, height: float) -> Shelf | None:
    """Where a label box of that size fits into the cell with the most marks under it; None if it fits nowhere.

    corners: of the cell in px, y upwards. The place does not depend on the number of issues, so that nothing moves when
    the day or a filter changes. Of equal places the one with the most room around all of it.
    """
    ring = np.array(corners)
    places = lattice(ring, float(np.ptp(ring, axis=0).min()) / 24)
    roomy, tight = (box_fits(places, ring, width + pad, height) for pad in (2 * PAD, 0))
    places = places[roomy if roomy.any() else tight]
    if not len(places):
        return None
    heights = places[:, 1:] - height / 2 - GAP - STEP * (np.arange(ROWS) + 0.5)
    spans = np.stack([free_spans(places[:, 0], row, ring, MARK + 2) for row in heights.T])
    lefts, rights = spans[..., 0] + PAD, spans[..., 1] - PAD
    seated = crowded_seats(rights - lefts)
    middle = np.column_stack([places[:, 0], (places[:, 1] + height / 2 + heights[:, -1]) / 2])
    best = np.lexsort((edge_distance(middle, ring), seated))[-1]
    rows = (tuple(each) for each in (lefts[:, best], rights[:, best], heights[best]))
    return Shelf(tuple(places[best]), width, height, *rows)


def seats_in(room: np.ndarray) -> np.ndarray:
    """How many marks fit in rows of that many px.

    >>> seats_in(np.array([-5.0, 10.5, 31.4, 500.0])).tolist()
    [0, 1, 2, 7]
    """
    return np.clip(np.floor(room / STEP), 0, SEATS).astype(int)


def crowded_seats(room: np.ndarray) -> np.ndarray:
    """How many marks fit beside the slot of the rest; room: px of the first and the second row."""
    tail = tail_width(10)
    beside = np.where(room >= tail, np.minimum(seats_in(room - tail), SEATS - 2), 0)
    return np.where(room[1] >= tail, seats_in(room[0]) + beside[1], beside[0])


def shelf_rows(room: tuple[float, float], count: int) -> tuple[tuple[int, int], int | None]:
    """How many of count marks stand in each row of that many px, and in which row the slot of the rest (None: no rest).

    >>> shelf_rows((80, 80), 5), shelf_rows((80, 80), 9), shelf_rows((80, 80), 40)
    (((5, 0), None), ((7, 2), None), ((7, 5), 1))
    >>> shelf_rows((44, 0), 5), shelf_rows((44, 24), 9), shelf_rows((5, 5), 5)
    (((2, 0), 0), ((4, 0), 1), ((0, 0), None))
    """
    first, second = (int(seats) for seats in seats_in(np.array(room)))
    if first == 0:
        return (0, 0), None
    if count <= first + second:
        return (min(first, count), max(count - first, 0)), None
    beside = [min(int(seats_in(np.array(left - tail_width(count)))), SEATS - 2) for left in room]
    if room[1] >= tail_width(count):
        return (first, beside[1]), 1
    return ((beside[0], 0), 0) if beside[0] > 0 else ((0, 0), None)


def seated(shelf: Shelf, count: int) -> tuple[np.ndarray, tuple[float, float] | None]:
    """Centres of the marks that are drawn (px, none without room) and that of the slot of the rest (None without).

    A row stands centred under the label as far as the cell lets it.
    """
    room = tuple(right - left for left, right in zip(shelf.lefts, shelf.rights, strict=True))
    rows, slot = shelf_rows(room, count)
    tail = tail_width(count - sum(rows))
    starts = [_row_start(shelf, place, rows[place] * STEP + tail * (slot == place)) for place in range(ROWS)]
    centres = np.concatenate([np.column_stack([
        starts[place] + STEP * (np.arange(rows[place]) + 0.5), np.full(rows[place], shelf.heights[place])])
        for place in range(ROWS)])
    return centres, None if slot is None else (starts[slot] + rows[slot] * STEP + tail / 2, shelf.heights[slot])


def _row_start(shelf: Shelf, place: int, width: float) -> float:
    """The left end of a row of that width: under the label's middle, else as near to it as the cell lets it."""
    left = min(shelf.centre[0] - width / 2, shelf.rights[place] - width)
    return float(max(left, shelf.lefts[place]))
