"""Sorted bars: which have room, the rest in one row, values that add up; medians with their quartiles."""

from __future__ import annotations

import pandas as pd
import pytest

from charts.bars import ABOVE, BESIDE, REST, fitting, loss_bars_by, shown_keys, spread, unit_bars

LOSSES = pd.DataFrame({"label": ["小区", "学校", "公园", "商铺"], "value": [5.0, 3.0, 2.0, 1.5],
                       "key": ["residential", "school", "park", "shop"], "issues": [4, 3, 2, 1]})
UNITS = pd.DataFrame({"label": ["城管中队", "市容所", "平安办"], "value": [7, 3, 1], "overdue": [2, 0, 1],
                      "key": ["城管中队", "市容所", "平安办"]})
TIMES = pd.DataFrame({"label": ["全部", "城管中队"], "median": [9.0, 12.5], "lower": [7.0, 8.0],
                      "upper": [10.5, 20.0], "count": [40, 12], "key": [None, "城管中队"]})


def words(figure):
    return [note.text for note in figure.layout.annotations]


def test_rows_without_room_are_summed_up_in_the_last_one():
    rows = fitting(LOSSES, 3 * BESIDE)
    assert rows[["label", "value", "issues"]].to_numpy().tolist() == [
        ["小区", 5, 4], ["学校", 3, 3], ["其余 2 项", 3.5, 3]]
    assert shown_keys(LOSSES, 3 * BESIDE) == ["residential", "school"]
    assert shown_keys(LOSSES, 4 * BESIDE) == LOSSES["key"].tolist()


def test_long_names_stand_over_their_bars_and_take_more_room():
    long = LOSSES.assign(label="显著位置有固定形式公益广告，无褪色")
    assert len(fitting(long, 4 * ABOVE)) == 4 and len(fitting(long, 4 * BESIDE)) == 2


def test_the_numbers_at_the_bars_add_up_to_all_that_is_lost():
    figure = loss_bars_by(LOSSES, "light", 3 * BESIDE, "没有失分项。")
    assert words(figure) == ["小区", "学校", "其余 2 项", "5.00", "3.00", "3.50"]
    bars, ring = figure.data
    assert list(bars.x) == [5, 3, 0] and [data[0] for data in bars.customdata] == ["residential", "school", REST]
    assert [data[0] for data in ring.customdata] == [REST]
    assert figure.layout.xaxis.range == (0, 5)


def test_the_three_that_matter_are_in_colour():
    bars = loss_bars_by(LOSSES, "light", 400, "").data[0]
    assert list(bars.marker.color) == ["#d6761a"] * 3 + ["#8894a3"]


def test_units_show_the_overdue_part_of_their_bar():
    figure = unit_bars(UNITS, "light", 400, "市容所")
    whole, late = figure.data[:2]
    assert (list(whole.x), list(late.x), figure.layout.barmode) == ([7, 3, 1], [2, 0, 1], "overlay")
    assert late.marker.color == "#9c1c28"
    assert [data[2] for data in late.customdata] == ["overdue"] * 3
    assert "<b>市容所</b>" in words(figure) and "城管中队" in words(figure)
    assert [("超期" in word) for word in words(figure)[3:]] == [True, False, True]


def test_the_spread_is_a_dot_on_a_line_from_quartile_to_quartile():
    line, dots = spread(TIMES, "dark", 300, "").data
    assert [value for value in line.x if value == value] == [7, 10.5, 8, 20]
    assert list(dots.x) == [9, 12.5]


@pytest.mark.parametrize("draw", [
    lambda: loss_bars_by(LOSSES.iloc[:0], "light", 400, "没有。"),
    lambda: spread(TIMES.iloc[:0], "light", 400, "没有。")])
def test_without_rows_there_is_a_sentence_and_no_axis(draw):
    assert words(draw()) == ["没有。"]
    assert words(unit_bars(UNITS.iloc[:0], "light", 400)) == ["没有未销号的问题。"]
