"""The map's plane geometry: rings in kilometres, where a label fits, which points lie inside a cell."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

KM_PER_DEGREE = 111.32


def plane_rings(cells: dict[str, Iterable[tuple[float, float]]]) -> dict[str, np.ndarray]:
    """Rings of (lon, lat) as arrays of (x, y) in kilometres: longitude shrinks by the cosine of the middle latitude."""
    corners = np.concatenate([np.asarray(ring, dtype=float) for ring in cells.values()])
    west, south = corners.min(axis=0)
    shrink = np.cos(np.radians((south + corners[:, 1].max()) / 2))
    scale = np.array([KM_PER_DEGREE * shrink, KM_PER_DEGREE])
    return {code: (open_ring(ring) - (west, south)) * scale for code, ring in cells.items()}


def open_ring(ring: Iterable[tuple[float, float]]) -> np.ndarray:
    """The corners of a ring, each once: without a last corner that repeats the first.

    >>> open_ring([(0, 0), (1, 0), (0, 1), (0, 0)]).tolist()
    [[0.0, 0.0], [1.0, 0.0], [0.0, 1.0]]
    """
    corners = np.asarray(ring, dtype=float)
    return corners[:-1] if (corners[0] == corners[-1]).all() else corners


def inside(points: np.ndarray, ring: np.ndarray) -> np.ndarray:
    """Whether each point lies in the ring (crossings of a ray to the right).

    >>> square = np.array([[0, 0], [2, 0], [2, 2], [0, 2]])
    >>> inside(np.array([[1, 1], [3, 1]]), square).tolist()
    [True, False]
    """
    start, end = ring, np.roll(ring, -1, axis=0)
    x, y = points[:, :1], points[:, 1:]
    spans = (start[:, 1] > y) != (end[:, 1] > y)
    rise = np.where(end[:, 1] == start[:, 1], 1.0, end[:, 1] - start[:, 1])
    crossing = start[:, 0] + (y - start[:, 1]) * (end[:, 0] - start[:, 0]) / rise
    return (spans & (x < crossing)).sum(axis=1) % 2 == 1


def edge_distance(points: np.ndarray, ring: np.ndarray) -> np.ndarray:
    """Distance of each point to the nearest edge of the ring.

    >>> edge_distance(np.array([[1.0, 0.5]]), np.array([[0, 0], [2, 0], [2, 2], [0, 2]])).tolist()
    [0.5]
    """
    start = ring[None]
    edge = np.roll(ring, -1, axis=0)[None] - start
    length = np.maximum((edge**2).sum(axis=-1), 1e-12)
    share = (((points[:, None] - start) * edge).sum(axis=-1) / length).clip(0, 1)
    return np.linalg.norm(points[:, None] - start - share[..., None] * edge, axis=-1).min(axis=1)


def lattice(ring: np.ndarray, step: float, margin: float = 0.0) -> np.ndarray:
    """Points of a square lattice inside the ring that keep the margin from its edges."""
    low, high = ring.min(axis=0), ring.max(axis=0)
    x, y = (np.arange(low[axis] + step / 2, high[axis], step) for axis in (0, 1))
    points = np.stack(np.meshgrid(x, y), axis=-1).reshape(-1, 2)
    points = points[inside(points, ring)]
    return points[edge_distance(points, ring) >= margin] if len(points) else points


def box_fits(centres: np.ndarray, ring: np.ndarray, width: float, height: float) -> np.ndarray:
    """Whether a box of that size around each centre lies in the ring: 12 points of its border are inside."""
    side = np.linspace(-0.5, 0.5, 4)
    border = np.array([(x, y) for x in side for y in side if max(abs(x), abs(y)) == 0.5]) * (width, height)
    points = (centres[:, None] + border).reshape(-1, 2)
    return inside(points, ring).reshape(len(centres), -1).all(axis=1)


def label_place(ring: np.ndarray, width: float, height: float) -> tuple[np.ndarray, bool]:
    """Centre of the roomiest place for a label box, and whether the box fits there.

    The place is the pole of inaccessibility among the places where the box fits, of all places if it fits nowhere.
    """
    points = lattice(ring, float(np.ptp(ring, axis=0).min()) / 24)
    room = edge_distance(points, ring)
    fits = box_fits(points, ring, width, height)
    best = np.where(fits, room, -1.0).argmax() if fits.any() else room.argmax()
    return points[best], bool(fits.any())


def free_spans(x: np.ndarray, y: np.ndarray, ring: np.ndarray, tall: float) -> np.ndarray:
    """For each place (x, y) the left and right end of the longest row of that height through it inside the ring.

    n × 2; both ends are x where the row leaves the ring above or below x itself.

    >>> square = np.array([[0, 0], [4, 0], [4, 2], [0, 2]])
    >>> free_spans(np.array([1.0, 1.0]), np.array([1.0, 1.9]), square, 1.0).tolist()
    [[0.0, 4.0], [1.0, 1.0]]
    """
    levels = y[:, None] + np.linspace(-0.5, 0.5, 5) * tall
    start, end = ring, np.roll(ring, -1, axis=0)
    spans = (start[:, 1] > levels[..., None]) != (end[:, 1] > levels[..., None])
    rise = np.where(end[:, 1] == start[:, 1], 1.0, end[:, 1] - start[:, 1])
    crossing = start[:, 0] + (levels[..., None] - start[:, 1]) * (end[:, 0] - start[:, 0]) / rise
    right_of = spans & (crossing > x[:, None, None])
    left = np.where(spans & ~right_of, crossing, -np.inf).max(axis=(1, 2))
    right = np.where(right_of, crossing, np.inf).min(axis=(1, 2))
    within = (right_of.sum(axis=2) % 2 == 1).all(axis=1)
    return np.column_stack([np.where(within, left, x), np.where(within, right, x)])
