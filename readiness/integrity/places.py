"""Sites that are in two places, or two sites in one."""

from __future__ import annotations

import numpy as np
import pandas as pd

from readiness.clean import cleaned
from readiness.integrity.finding import Evidence, findings_of
from readiness.map_cells import Ring
from readiness.sites import site_ids

METRES_A_DEGREE = 111_320.0
# The outline is generalised; GCJ-02 and BD-09 lie up to 1.1 km off, and an unnamed datum may be either.
SURE, UNSURE = 300.0, 1_500.0
WGS84 = "wgs84"


def site_in_two_areas(seen: Evidence) -> pd.DataFrame:
    """Sites of the same cleaned name in different areas; a row a site."""
    sites = seen.facts.sites
    sites = sites.assign(name=cleaned(sites["site"]), text=sites["address"])
    return findings_of(sites[sites.duplicated("name", keep=False)].sort_values(["name", "area_code"]), ("name",))


def site_outside_its_area(seen: Evidence) -> pd.DataFrame:
    """Sites whose coordinates lie outside their area by more than SURE metres (UNSURE where they are not WGS-84).

    While the map is schematic, or has no cell of the area, outside the subdistrict. count: metres.
    """
    sites = seen.facts.sites.dropna(subset=["lon", "lat"]).reset_index(drop=True)
    away = np.zeros(len(sites))
    for code, places in sites.groupby("area_code").indices.items():
        ring = seen.reference.outline if seen.reference.schematic else seen.reference.cells.get(
            code, seen.reference.outline)
        away[places] = metres_outside(sites.loc[places, ["lon", "lat"]].to_numpy(), ring)
    far = away > np.where(sites["datum"] == WGS84, SURE, UNSURE)
    rows = sites.assign(count=away.round(), text=sites["address"])[far]
    return findings_of(rows.sort_values("count", ascending=False, kind="stable"), ("site_id",))


def sites_at_one_point(seen: Evidence) -> pd.DataFrame:
    """Sites of different names at exactly the same coordinates; a row a site."""
    sites = seen.facts.sites.dropna(subset=["lon", "lat"])
    sites = sites[sites.duplicated(["lon", "lat"], keep=False)].assign(text=lambda rows: rows["address"])
    return findings_of(sites.sort_values(["lon", "lat", "area_code", "site"]), ("lon", "lat"))


def site_twice_in_a_register(seen: Evidence) -> pd.DataFrame:
    """Rows of one register that name the same site, of which only one is kept; a row of the register."""
    rows = seen.snapshot.sites
    rows = rows.assign(site_id=site_ids(rows["area_code"], rows["name"]), site=rows["name"], text=rows["address"])
    by = ("upload_id", "table_no", "site_id")
    return findings_of(rows[rows.duplicated(list(by), keep=False)].sort_values([*by, "row"]), by)


def metres_outside(points: np.ndarray, ring: Ring) -> np.ndarray:
    """How far each point (n × 2, degrees) lies outside a closed ring, in metres; 0 inside.

    >>> ring = [(0.0, 0.0), (0.01, 0.0), (0.01, 0.01), (0.0, 0.01), (0.0, 0.0)]
    >>> metres_outside(np.array([[0.005, 0.005], [0.02, 0.005]]), ring).round().tolist()
    [0.0, 1113.0]
    """
    scale = METRES_A_DEGREE * np.array([np.cos(np.radians(ring[0][1])), 1.0])
    corner = np.asarray(ring) * scale
    start, side, point = corner[:-1], np.diff(corner, axis=0), (points * scale)[:, None, :]
    along = np.clip(((point - start) * side).sum(axis=2) / (side ** 2).sum(axis=1), 0, 1)
    distance = np.linalg.norm(point - start - along[..., None] * side, axis=2).min(axis=1)
    return np.where(_inside(point, start, side), 0.0, distance)


def _inside(point: np.ndarray, start: np.ndarray, side: np.ndarray) -> np.ndarray:
    """Whether a ray to the east from each point crosses the ring an odd number of times."""
    above = point[..., 1] < start[:, 1]
    spans = above != (point[..., 1] < start[:, 1] + side[:, 1])
    share = (point[..., 1] - start[:, 1]) / np.where(side[:, 1] == 0, 1.0, side[:, 1])
    return (spans & (point[..., 0] < start[:, 0] + share * side[:, 0])).sum(axis=1) % 2 == 1
