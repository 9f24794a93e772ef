"""Builds data/map/cells.geojson: a schematic of near-equal cells inside the subdistrict's true outline.

python tests/demo/map_cells.py writes the file anew; the product only reads it.
"""

from __future__ import annotations

import json
import math
from pathlib import Path

import numpy as np

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


def half(ring: np.ndarray, normal: np.ndarray, limit: float) -> np.ndarray:
    """The part of an open ring (n × 2) where normal · place <= limit."""
    over = ring @ normal - limit
    ahead, over_ahead = np.roll(ring, -1, axis=0), np.roll(over, -1)
    share = over / np.where(over == over_ahead, 1, over - over_ahead)
    cuts = ring + share[:, None] * (ahead - ring)
    corners = np.stack([ring, cuts], axis=1).reshape(-1, 2)
    return corners[np.stack([over <= 0, (over <= 0) != (over_ahead <= 0)], axis=1).ravel()]


def cell_of(number: int, outline: np.ndarray, points: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """The places of the outline that are nearer to a point than to any other, by squared distance less weight."""
    cell, here = outline, points[number]
    powers = (points**2).sum(axis=1) - weights
    for other in np.delete(np.arange(len(points)), number):
        cell = half(cell, 2 * (points[other] - here), powers[other] - powers[number])
    return cell


def area_and_centre(ring: np.ndarray) -> tuple[float, np.ndarray]:
    """Area (positive when counter-clockwise) and centre of mass of an open ring."""
    ahead = np.roll(ring, -1, axis=0)
    cross = ring[:, 0] * ahead[:, 1] - ring[:, 1] * ahead[:, 0]
    return cross.sum() / 2, ((ring + ahead) * cross[:, None]).sum(axis=0) / (3 * cross.sum())


def relaxed(outline: np.ndarray, points: np.ndarray, moves: int = 6, rounds: int = 60) -> list[np.ndarray]:
    """Cells after Lloyd relaxation (in the first rounds every point moves to its cell's centre), then evened out.

    A small cell gains weight in every round. More moves would make rounder cells and push one out of the northern row.
    """
    weights = np.zeros(len(points))
    fair = area_and_centre(outline)[0] / len(points)
    for done in range(rounds):
        cells = [cell_of(number, outline, points, weights) for number in range(len(points))]
        areas, centres = zip(*map(area_and_centre, cells), strict=True)
        weights = weights + 0.25 * (fair - np.array(areas))
        points = np.array(centres) if done < moves else points
    return [cell_of(number, outline, points, weights) for number in range(len(points))]


def feature(ring: np.ndarray, **properties: object) -> str:
    """One GeoJSON feature: a closed, counter-clockwise ring of longitude and latitude to 7 decimals (a centimetre)."""
    places = np.round(np.concatenate([ring, ring[:1]]) / METRES + ORIGIN, 7).tolist()
    shape = {"type": "Polygon", "coordinates": [places]}
    return json.dumps({"type": "Feature", "properties": properties, "geometry": shape}, ensure_ascii=False)


def geojson() -> str:
    """The file's text, one feature a line so that an office can find a cell by its code."""
    outline = (OUTLINE - ORIGIN) * METRES
    (west, south), (east, north) = outline.min(axis=0), outline.max(axis=0)
    shares = np.array(list(SEEDS.values()))
    seeds = np.column_stack([west + shares[:, 0] * (east - west), north - shares[:, 1] * (north - south)])
    cells = dict(zip(SEEDS, relaxed(outline, seeds), strict=True))
    lines = [feature(outline, role="outline", schematic=True, attribution=ATTRIBUTION)]
    lines += [feature(cells[code], code=code) for code in sorted(cells)]
    return '{"type": "FeatureCollection", "features": [\n' + ",\n".join(lines) + "\n]}\n"


if __name__ == "__main__":
    TARGET.write_text(geojson(), encoding="utf-8")
