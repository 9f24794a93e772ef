"""The map's cells: one ring of longitude and latitude for each ranked area, and the outline around them."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from readiness.language import _
from readiness.office_files import OfficeFile

Ring = list[tuple[float, float]]


@dataclass(frozen=True)
class MapCells:
    """Rings are closed lists of (longitude, latitude) in degrees, WGS-84; schematic: not the areas' real borders."""

    cells: dict[str, Ring]
    outline: Ring
    schematic: bool
    attribution: str


def map_cells_from(file: OfficeFile, areas: Collection[str], ranked: Collection[str]) -> MapCells:
    """The cells of a GeoJSON file, one for each ranked area.

    Raises ReadinessError for text that is no GeoJSON, an unknown or doubled area, a ranked area without a cell, a
    missing outline, and a ring that is open, crosses itself or leaves the globe.
    """
    features = _features(file)
    outlines = [feature for feature in features if feature["properties"].get("role") == "outline"]
    if len(outlines) != 1:
        raise file.error(None, _("看到 {count} 个轮廓，应有一个，properties 里写 \"role\": \"outline\"。").format(
            count=len(outlines)))
    cells: dict[str, Ring] = {}
    for feature in (feature for feature in features if feature not in outlines):
        code = str(feature["properties"].get("code", ""))
        _check_code(file, code, areas, cells)
        cells[code] = _ring(file, feature, code)
    for code in (code for code in ranked if code not in cells):
        raise file.error(None, _(
            "缺少居民区 {code} 的图形，请补上 properties 里写着 \"code\": \"{code}\" 的多边形。").format(code=code))
    about = outlines[0]["properties"]
    if not isinstance(about.get("schematic"), bool):
        raise file.error(None, _("轮廓的 properties 里应写 \"schematic\": true（示意图）或 false（实际边界）。"))
    return MapCells(cells, _ring(file, outlines[0], "outline"), about["schematic"], str(about.get("attribution", "")))


def _features(file: OfficeFile) -> list[Mapping[str, Any]]:
    try:
        content = json.loads(file.text)
    except json.JSONDecodeError as problem:
        raise file.error(problem.lineno, _("这里不是 GeoJSON 的写法，请检查引号、逗号和括号是否成对。")) from problem
    features = content.get("features") if isinstance(content, dict) else None
    if not isinstance(features, list) or not all(_is_feature(feature) for feature in features):
        raise file.error(None, _("应是 GeoJSON 的 FeatureCollection，其中每个 Feature 都有 properties 和 geometry。"))
    return features


def _is_feature(feature: Any) -> bool:
    return isinstance(feature, dict) and all(isinstance(feature.get(key), dict) for key in ("properties", "geometry"))


def _check_code(file: OfficeFile, code: str, areas: Collection[str], cells: Mapping[str, Ring]) -> None:
    line = _line(file, code)
    if code not in areas:
        raise file.error(line, _("code 看到“{code}”，应是 areas.csv 里的一个代码。").format(code=code))
    if code in cells:
        raise file.error(line, _("code 看到“{code}”，前面已有它的图形，应只留一个。").format(code=code))


def _ring(file: OfficeFile, feature: Mapping[str, Any], label: str) -> Ring:
    geometry, line = feature["geometry"], _line(file, label)
    rings = geometry.get("coordinates")
    if geometry.get("type") != "Polygon" or not isinstance(rings, list) or len(rings) != 1:
        raise file.error(line, _("“{code}”的图形应是只有一个外环的 Polygon。").format(code=label))
    try:
        points = np.array([position[:2] for position in rings[0]], dtype="float64").reshape(-1, 2)
    except (TypeError, ValueError) as problem:
        raise file.error(line, _("“{code}”的坐标应写成 [经度, 纬度] 的数字。").format(code=label)) from problem
    if not (np.isfinite(points).all() and (np.abs(points) <= (180, 90)).all()):
        raise file.error(line, _("“{code}”的坐标超出范围，应是 WGS-84 的 [经度, 纬度]。").format(code=label))
    if len(points) < 4 or (points[0] != points[-1]).any():
        raise file.error(line, _(
            "“{code}”的边界没有闭合，最后一点应与第一点相同，且至少有 4 个点。").format(code=label))
    if crosses_itself(points):
        raise file.error(line, _("“{code}”的边界自己相交，请重画，不要交叉。").format(code=label))
    return [(float(lon), float(lat)) for lon, lat in points]


def crosses_itself(ring: np.ndarray) -> bool:
    """Whether two sides of a closed ring (n × 2, last point = first) cross between their ends.

    >>> crosses_itself(np.array([(0, 0), (2, 0), (2, 2), (0, 2), (0, 0)]))
    False
    >>> crosses_itself(np.array([(0, 0), (2, 2), (2, 0), (0, 2), (0, 0)]))
    True
    """
    starts, ends = ring[:-1], ring[1:]
    return any(_crossed(starts[at], ends[at], starts[at + 1:], ends[at + 1:]) for at in range(len(starts) - 1))


def _crossed(start: np.ndarray, end: np.ndarray, starts: np.ndarray, ends: np.ndarray) -> bool:
    apart = _side(start, end, starts) * _side(start, end, ends) < 0
    return bool((apart & (_side(starts, ends, start) * _side(starts, ends, end) < 0)).any())


def _side(start: np.ndarray, end: np.ndarray, point: np.ndarray) -> np.ndarray:
    along, to = end - start, point - start
    return along[..., 0] * to[..., 1] - along[..., 1] * to[..., 0]


def _line(file: OfficeFile, label: str) -> int | None:
    return file.line_of(rf'.*"{label}"') if label else None
