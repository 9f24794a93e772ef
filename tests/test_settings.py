"""Bands, target and window: exact boundaries, and the sentence for every bad edit of settings.toml."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from readiness.model import ReadinessError
from readiness.office_files import read_file
from readiness.reference import DATA, load_reference
from readiness.settings import WindowStatus, band_of, bands_of, settings_from, window_status

SHIPPED = load_reference().settings
SHIPPED_TEXT = (DATA / "standard/settings.toml").read_text(encoding="utf-8")


def settings_of(folder: Path, text: str):
    (folder / "settings.toml").write_text(text, encoding="utf-8")
    return settings_from(read_file(folder, "settings.toml"))


def test_the_shipped_settings():
    assert [band.key for band in SHIPPED.bands] == ["excellent", "met", "near", "weak", "urgent"]
    assert [band.name for band in SHIPPED.bands] == ["优秀", "达标", "接近", "薄弱", "告急"]
    assert [band.from_ for band in SHIPPED.bands] == [95, 90, 80, 70, 0]
    assert (SHIPPED.target, SHIPPED.minimum_coverage, SHIPPED.stale_days) == (90, 0.2, 30)
    assert (SHIPPED.round_days, SHIPPED.patrol_days) == (30, 14)
    assert (SHIPPED.most_sites, SHIPPED.screen_days) == (20, 7)
    assert (SHIPPED.comparable_coverage, SHIPPED.comparable_points) == (0.5, 2)
    assert (SHIPPED.window_first, SHIPPED.window_last) == (date(2026, 11, 22), date(2026, 12, 5))


@pytest.mark.parametrize(("score", "key"), [
    (100, "excellent"), (95, "excellent"), (94.999, "met"), (90.0, "met"), (89.96, "near"), (80, "near"),
    (79.999999, "weak"), (70, "weak"), (69.99, "urgent"), (0, "urgent")])
def test_a_band_begins_at_its_point_and_takes_the_unrounded_score(score: float, key: str):
    assert band_of(SHIPPED, score).key == key
    assert bands_of(SHIPPED, pd.Series([score])).tolist() == [key]


def test_no_score_has_no_band():
    assert band_of(SHIPPED, None) is None
    assert band_of(SHIPPED, float("nan")) is None
    keys = bands_of(SHIPPED, pd.Series([90.0, None], index=["a", "b"]))
    assert keys.index.tolist() == ["a", "b"]
    assert keys.tolist() == ["met", None]
    assert bands_of(SHIPPED, pd.Series([], dtype="float64")).tolist() == []


@pytest.mark.parametrize(("day", "status"), [
    (date(2026, 10, 26), WindowStatus("before", 27)),
    (date(2026, 11, 21), WindowStatus("before", 1)),
    (date(2026, 11, 22), WindowStatus("inside", 1)),
    (date(2026, 12, 5), WindowStatus("inside", 14)),
    (date(2026, 12, 6), WindowStatus("past", 0)),
    (date(2027, 12, 6), WindowStatus("past", 0))])
def test_where_a_day_stands_to_the_window(day: date, status: WindowStatus):
    assert window_status(SHIPPED, day) == status


def test_dates_in_quotes_and_inline_tables_are_read(tmp_path: Path):
    settings = settings_of(tmp_path, """
target = 88.5
minimum_coverage = 0
stale_days = 14
round_days = 20
patrol_days = 7
most_sites = 5
screen_days = 3
comparable_coverage = 0.6
comparable_points = 1.5
window = {first = "2026-11-01", last = 2026-11-01}
bands = [{key = "all", name = "全部", from = 0}]
""")
    assert (settings.window_first, settings.window_last) == (date(2026, 11, 1), date(2026, 11, 1))
    assert (settings.target, settings.minimum_coverage, settings.stale_days) == (88.5, 0, 14)
    assert (settings.round_days, settings.patrol_days) == (20, 7)
    assert (settings.most_sites, settings.screen_days) == (5, 3)
    assert (settings.comparable_coverage, settings.comparable_points) == (0.6, 1.5)
    assert band_of(settings, 12).name == "全部"


@pytest.mark.parametrize(("old", "new", "place", "said"), [
    ("target = 90", "target = 190", "target = 190", "target 看到“190”，应写大于 0、不超过 100 的数。"),
    ("target = 90", "target = 0", "target = 0", "target 看到“0”，应写大于 0、不超过 100 的数。"),
    ("target = 90", 'target = "90"', 'target = "90"', "target 看到“90”，应写大于 0、不超过 100 的数。"),
    ("target = 90", "target = nan", "target = nan", "target 看到“nan”，应写大于 0、不超过 100 的数。"),
    ("minimum_coverage = 0.2", "minimum_coverage = 20", "minimum_coverage = 20",
     "minimum_coverage 看到“20”，应写介于 0 和 1 的小数，如 0.2 表示 20%。"),
    ("most_sites = 20", "most_sites = 0", "most_sites = 0", "most_sites 看到“0”，应写大于 0 的整数。"),
    ("screen_days = 7", "screen_days = 0", "screen_days = 0", "screen_days 看到“0”，应写大于 0 的整数。"),
    ("comparable_coverage = 0.5", "comparable_coverage = 50", "comparable_coverage = 50",
     "comparable_coverage 看到“50”，应写介于 0 和 1 的小数，如 0.2 表示 20%。"),
    ("comparable_points = 2", "comparable_points = 0", "comparable_points = 0",
     "comparable_points 看到“0”，应写大于 0 的数。"),
    ("stale_days = 30", "stale_days = 1.5", "stale_days = 1.5", "stale_days 看到“1.5”，应写大于 0 的整数。"),
    ("round_days = 30", "round_days = 0", "round_days = 0", "round_days 看到“0”，应写大于 0 的整数。"),
    ("patrol_days = 14", "patrol_days = 二", "patrol_days = 二", "看到“patrol_days = 二”，读不懂"),
    ("last = 2026-12-05", "last = 2026-11-21", "last = 2026-11-21",
     "last 看到“2026-11-21”，比 first 的“2026-11-22”还早，应写同一天或更晚的日期。"),
    ("first = 2026-11-22", 'first = "11月22日"', "first = ", "first 看到“11月22日”，应写 2026-11-22 这样的日期。"),
    ("last = 2026-12-05", "", "[window]", "[window] 里缺少 last，应写一行 last = 2026-11-22 这样的日期。"),
    ("from = 80", "from = 96", "from = 96", "“接近”的 from 看到“96”，应小于上一档“达标”的 90。"),
    ("from = 95", "from = 950", "[[bands]]", "这一组 [[bands]] 的 from 看到“950”，应写 0 到 100 之间的数。"),
    ("from = 0", "from = 10", "from = 10", "最后一档“告急”的 from 看到“10”，应写 0，让每个得分都有一档。"),
    ('key = "weak"', 'key = "met"', None, "key 看到“met”，前面已经用过，应换一个不同的。"),
    ('name = "优秀"\n', "", "[[bands]]", '这一组 [[bands]] 缺少 name，应写一行 name = "文字"。'),
    ("target = 90", "target ＝ 90", "target ＝ 90", "看到“target ＝ 90”，读不懂，应写成 名称 = 数值"),
    ("first = 2026-11-22", "first = 2026-02-30", "first = 2026-02-30", "看到“first = 2026-02-30”，读不懂"),
])
def test_a_bad_edit_is_named_with_its_line(tmp_path: Path, old: str, new: str, place: str | None, said: str):
    assert old in SHIPPED_TEXT
    text = SHIPPED_TEXT.replace(old, new, 1)
    with pytest.raises(ReadinessError) as refused:
        settings_of(tmp_path, text)
    lines = text.split("\n")
    marks = [number for number, line in enumerate(lines, start=1)
             if (line.startswith(place) if place else line == 'key = "met"')]
    line = marks[0] if place else marks[1]
    assert str(refused.value).startswith(f"{tmp_path.name}/settings.toml 第 {line} 行：{said}")


def test_a_missing_key_is_named(tmp_path: Path):
    with pytest.raises(ReadinessError, match=r"settings\.toml：缺少 target，应在第一个方括号之前写一行 target = "):
        settings_of(tmp_path, SHIPPED_TEXT.replace("target = 90", "# target = 90", 1))
