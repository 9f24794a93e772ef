"""The shipped map: cells inside the outline, near equal, with room for a label; and the sentence for every bad edit."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from readiness.map_cells import map_cells_from
from readiness.model import ReadinessError
from readiness.office_files import OfficeFile
from readiness.reference import DATA, load_reference

SHIPPED = load_reference()
CODES = list(SHIPPED.areas["code"])
RANKED = list(SHIPPED.areas.loc[SHIPPED.areas["ranked"], "code"])
METRES = np.array([111_195 * math.cos(math.radians(31.29)), 111_195])
ORIGIN = np.array(SHIPPED.outline[0])


def metres(ring: list[tuple[float, float]]) -> np.ndarray:
    return (np.array(ring) - ORIGIN) * METRES


OUTLINE = metres(SHIPPED.outline)
CELLS = {code: metres(ring) for code, ring in SHIPPED.cells.items()}


def area(ring: np.ndarray) -> float:
    x, y = ring.T
    return float(np.sum(x[:-1] * y[1:] - x[1:] * y[:-1])) / 2


def inside(ring: np.ndarray, points: np.ndarray) -> np.ndarray:
    """Whether points lie in a ring: a ray to the east crosses it an odd number of times."""
    (x1, y1), (x2, y2) = ring[:-1].T, ring[1:].T
    x, y = points[:, :1], points[:, 1:]
    level = y2 - y1
    spans = (y1 > y) != (y2 > y)
    meets = x1 + (y - y1) / np.where(level == 0, 1, level) * (x2 - x1)
    return (spans & (x < meets)).sum(axis=1) % 2 == 1


def distance(ring: np.ndarray, points: np.ndarray) -> np.ndarray:
    """Metres from each point to the nearest side of a ring."""
    start, along = ring[:-1], np.diff(ring, axis=0)
    to = points[:, None, :] - start
    share = np.clip((to * along).sum(axis=2) / (along**2).sum(axis=1), 0, 1)
    return np.linalg.norm(to - share[..., None] * along, axis=2).min(axis=1)


def grid(step: float) -> np.ndarray:
    low, high = OUTLINE.min(axis=0), OUTLINE.max(axis=0)
    x, y = np.meshgrid(np.arange(low[0], high[0], step), np.arange(low[1], high[1], step))
    return np.column_stack([x.ravel(), y.ravel()])


def test_every_ranked_area_has_a_cell_and_the_subdistrict_itself_none():
    assert list(SHIPPED.cells) == RANKED
    assert len(RANKED) == 25
    assert "310109016000" not in SHIPPED.cells


def test_the_map_says_that_it_is_schematic_and_whose_outline_it_is():
    assert SHIPPED.schematic is True
    assert SHIPPED.attribution == "轮廓 © OpenStreetMap contributors (ODbL)"
    assert area(OUTLINE) / 1e6 == pytest.approx(3.24, abs=0.01)


def test_cells_lie_inside_the_outline_to_a_decimetre():
    corners = np.concatenate(list(CELLS.values()))
    stray = ~inside(OUTLINE, corners) & (distance(OUTLINE, corners) > 0.1)
    assert not stray.any()


def test_cells_do_not_overlap_and_together_cover_the_outline():
    points = grid(12)
    points = points[inside(OUTLINE, points) & (distance(OUTLINE, points) > 0.2)]
    times = np.sum([inside(ring, points) for ring in CELLS.values()], axis=0)
    assert len(points) > 20_000
    assert (times <= 1).all()
    assert (times == 1).mean() >= 0.9995
    assert sum(map(area, CELLS.values())) == pytest.approx(area(OUTLINE), rel=1e-4)


def test_cells_are_near_equal_in_area():
    sizes = np.array([*map(area, CELLS.values())])
    assert sizes / area(OUTLINE) * len(CELLS) == pytest.approx(1, abs=0.01)


@pytest.mark.parametrize(("height", "font"), [(580, 13), (400, 11)])
def test_a_label_of_three_characters_and_two_lines_fits_in_every_cell(height: int, font: int):
    """The box is three full-width characters wide and two lines of 1.3 high; the map leaves 10 px above and below."""
    pixel = np.ptp(OUTLINE[:, 1]) / (height - 20)
    half = np.array([3 * font, 2 * 1.3 * font]) * pixel / 2
    corners = np.array([(-1, -1), (-1, 1), (1, -1), (1, 1)]) * half
    for code, ring in CELLS.items():
        places = grid(15)
        places = places[inside(ring, places)]
        fits = np.all([inside(ring, places + corner) for corner in corners], axis=0)
        assert fits.any(), SHIPPED.area_names()[code]


@pytest.mark.parametrize(("nearer", "farther"), [
    ("广水", "馨苑"), ("水电", "广灵二"), ("汶二", "科佳"), ("华苑一", "锦苑"), ("汶一", "广凉"), ("文苑一", "凉六")])
def test_neighbourhoods_lie_from_north_to_south(nearer: str, farther: str):
    codes = {name: code for code, name in SHIPPED.area_names().items()}
    assert CELLS[codes[nearer]][:, 1].min() > CELLS[codes[farther]][:, 1].max()


# Bad edits

def edited(change: Callable[[dict], object]) -> OfficeFile:
    content = json.loads((DATA / "map/cells.geojson").read_text(encoding="utf-8"))
    change(content)
    lines = ",\n".join(json.dumps(feature, ensure_ascii=False) for feature in content["features"])
    return OfficeFile("data/map/cells.geojson", '{"type": "FeatureCollection", "features": [\n' + lines + "\n]}\n")


def rings(content: dict, number: int) -> list:
    return content["features"][number]["geometry"]["coordinates"]


BOW_TIE = [[[121.46, 31.29], [121.47, 31.30], [121.47, 31.29], [121.46, 31.30], [121.46, 31.29]]]
BAD_EDITS = [
    (lambda content: content["features"][1]["properties"].update(code="310109016099"),
     "第 3 行：code 看到“310109016099”，应是 areas.csv 里的一个代码。"),
    (lambda content: content["features"][2]["properties"].update(code="310109016001"),
     "第 3 行：code 看到“310109016001”，前面已有它的图形，应只留一个。"),
    (lambda content: content["features"].pop(2),
     "：缺少居民区 310109016002 的图形，请补上 properties 里写着 \"code\": \"310109016002\" 的多边形。"),
    (lambda content: content["features"].pop(0), "：看到 0 个轮廓，应有一个，properties 里写 \"role\": \"outline\"。"),
    (lambda content: content["features"][0]["properties"].pop("schematic"),
     "：轮廓的 properties 里应写 \"schematic\": true（示意图）或 false（实际边界）。"),
    (lambda content: rings(content, 2)[0].pop(), "第 4 行：“310109016002”的边界没有闭合，最后一点应与第一点相同，"
                                                 "且至少有 4 个点。"),
    (lambda content: content["features"][2]["geometry"].update(coordinates=BOW_TIE),
     "第 4 行：“310109016002”的边界自己相交，请重画，不要交叉。"),
    (lambda content: content["features"][2]["geometry"].update(type="LineString"),
     "第 4 行：“310109016002”的图形应是只有一个外环的 Polygon。"),
    (lambda content: rings(content, 2)[0].__setitem__(1, ["东经", "北纬"]),
     "第 4 行：“310109016002”的坐标应写成 [经度, 纬度] 的数字。"),
    (lambda content: rings(content, 2)[0].__setitem__(1, [31.29, 121.46]),
     "第 4 行：“310109016002”的坐标超出范围，应是 WGS-84 的 [经度, 纬度]。"),
]


@pytest.mark.parametrize(("change", "said"), BAD_EDITS)
def test_a_bad_edit_is_named_with_file_and_line(change: Callable[[dict], object], said: str):
    with pytest.raises(ReadinessError) as refused:
        map_cells_from(edited(change), CODES, RANKED)
    assert str(refused.value).replace("geojson ", "geojson") == f"data/map/cells.geojson{said}"


def test_a_mistake_of_notation_is_named_with_its_line():
    file = edited(lambda content: None)
    broken = OfficeFile(file.name, file.text.replace('"310109016002"', "310109016002", 1).replace("},\n", "}\n", 1))
    with pytest.raises(ReadinessError, match=r"cells.geojson 第 3 行：这里不是 GeoJSON 的写法"):
        map_cells_from(broken, CODES, RANKED)


def test_real_borders_with_heights_are_read(tmp_path: Path):
    def with_height(content: dict) -> None:
        content["features"][0]["properties"]["schematic"] = False
        for feature in content["features"]:
            feature["geometry"]["coordinates"][0] = [[*place, 4.5] for place in feature["geometry"]["coordinates"][0]]
    shown = map_cells_from(edited(with_height), CODES, RANKED)
    assert shown.schematic is False
    assert shown.cells == SHIPPED.cells
