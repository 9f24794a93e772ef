"""Builds data/map/cells.geojson: a schematic of near-equal cells inside the subdistrict's true outline.

python tests/demo/map_cells.py [--draw FILE.png]. Needs shapely, a development dependency; the map is shipped as built.
"""

from __future__ import annotations

import json
import math
from pathlib import Path

import numpy as np
import shapely
from shapely import Polygon

TARGET = Path(__file__).resolve().parents[2] / "data" / "map" / "cells.geojson"
ATTRIBUTION = "轮廓 © OpenStreetMap contributors (ODbL)"
OUTLINE = np.array([
    (121.4730, 31.2915), (121.4721, 31.2964), (121.4719, 31.3023), (121.4673, 31.3028), (121.4598, 31.3022),
    (121.4597, 31.2986), (121.4578, 31.2946), (121.4555, 31.2918), (121.4568, 31.2891), (121.4572, 31.2816),
    (121.4601, 31.2821), (121.4644, 31.2818), (121.4707, 31.2796),
])
ORIGIN = np.array([121.4645, 31.2915])
METRES = np.array([111_195 * math.cos(math.radians(31.29)), 111_195])

# Where each area is guessed to lie, as shares of the outline's box from west and from north; an office corrects it.
SEEDS = {
    "310109016001": (0.31, 0.09),  # 广水
    "310109016002": (0.47, 0.06),  # 水电
    "310109016004": (0.67, 0.06),  # 汶二
    "310109016005": (0.86, 0.10),  # 华苑一
    "310109016003": (0.58, 0.18),  # 汶一
    "310109016010": (0.36, 0.23),  # 复旦
    "310109016012": (0.82, 0.23),  # 文苑二
    "310109016011": (0.52, 0.31),  # 文苑一
    "310109016006": (0.25, 0.33),  # 华苑二
    "310109016013": (0.84, 0.36),  # 文苑三
    "310109016016": (0.63, 0.42),  # 凉二
    "310109016014": (0.15, 0.44),  # 秀苑
    "310109016015": (0.43, 0.45),  # 凉一
    "310109016017": (0.88, 0.49),  # 凉三
    "310109016022": (0.62, 0.56),  # 广粤
    "310109016018": (0.17, 0.57),  # 凉四
    "310109016020": (0.37, 0.60),  # 凉六
    "310109016025": (0.86, 0.61),  # 梦湖苑
    "310109016021": (0.57, 0.71),  # 广凉
    "310109016019": (0.21, 0.71),  # 凉五
    "310109016030": (0.78, 0.74),  # 中虹
    "310109016027": (0.41, 0.82),  # 广灵二
    "310109016026": (0.20, 0.84),  # 馨苑
    "310109016029": (0.60, 0.85),  # 科佳
    "310109016031": (0.78, 0.87),  # 锦苑
}


def cells_inside(outline: Polygon, points: np.ndarray) -> list[Polygon]:
    """The Voronoi cells of points (metres) cut to the outline, in the order of the points."""
    far = outline.buffer(5_000)
    found = shapely.get_parts(shapely.voronoi_polygons(shapely.MultiPoint(points), extend_to=far, ordered=True))
    return [cell.intersection(outline) for cell in found]


def relaxed(outline: Polygon, points: np.ndarray, rounds: int = 60) -> list[Polygon]:
    """Cells after Lloyd relaxation: every point moves to its cell's centre of mass, again and again."""
    for _ in range(rounds):
        points = np.array([(cell.centroid.x, cell.centroid.y) for cell in cells_inside(outline, points)])
    return cells_inside(outline, points)


def ring(cell: Polygon) -> list[list[float]]:
    """A closed ring of longitude and latitude, 6 decimals (a decimetre), counter-clockwise as GeoJSON asks."""
    places = np.array(shapely.geometry.polygon.orient(cell).exterior.coords) / METRES + ORIGIN
    return [[round(float(lon), 6), round(float(lat), 6)] for lon, lat in places]


def feature(cell: Polygon, **properties: object) -> str:
    shape = {"type": "Polygon", "coordinates": [ring(cell)]}
    return json.dumps({"type": "Feature", "properties": properties, "geometry": shape}, ensure_ascii=False)


def geojson() -> str:
    """The file's text, one feature a line so that an office can find a cell by its code."""
    outline = Polygon((OUTLINE - ORIGIN) * METRES)
    west, south, east, north = outline.bounds
    shares = np.array(list(SEEDS.values()))
    seeds = np.column_stack([west + shares[:, 0] * (east - west), north - shares[:, 1] * (north - south)])
    lines = [feature(outline, role="outline", schematic=True, attribution=ATTRIBUTION)]
    lines += [feature(cell, code=code) for code, cell in sorted(zip(SEEDS, relaxed(outline, seeds), strict=True),
                                                                key=lambda pair: pair[0])]
    return '{"type": "FeatureCollection", "features": [\n' + ",\n".join(lines) + "\n]}\n"


if __name__ == "__main__":
    TARGET.write_text(geojson(), encoding="utf-8")
