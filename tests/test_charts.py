"""Charts: what stands in the frame stands in the figure, and a chart without data says so."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest

from charts.geometry import box_fits, inside, lattice, plane_rings
from charts.heat import heat_grid, heat_table
from charts.losses import loss_bars, top_losses
from charts.map import OPEN, OVERDUE, SCORE, area_map, cell_labels, label_box, map_cells
from charts.ranking import change_text, in_ranking_order, ranking, ranking_rows
from charts.theme import DARK, FONT, LIGHT, band_paints, enlarged
from charts.trends import burn_down, coverage_trend, opened_closed, score_trend, whole_weeks
from readiness.reference import Band, Settings, load_reference

BANDS = (Band("excellent", "优秀", 95), Band("met", "达标", 90), Band("near", "接近", 80), Band("weak", "薄弱", 70),
         Band("urgent", "告急", 0))
SETTINGS = Settings(BANDS, 90, 0.2, 30, date(2026, 11, 22), date(2026, 12, 5))
NAN = float("nan")
# 甲 leads, 乙 has 91 points held down by a red line, 丙 lacks data, 丁 is behind, 街道直管 stands outside the ranking.
AREAS = pd.DataFrame({
    "area_code": ["000", "001", "002", "003", "004"], "short_name": ["街道直管", "甲", "乙", "丙", "丁"],
    "ranked": [False, True, True, True, True], "score": [99.0, 96.0, 91.0, NAN, 66.6],
    "coverage": [0.5, 0.8, 0.75, 0.14, 0.9], "band": ["excellent", "excellent", "near", None, "urgent"],
    "rank": [NAN, 1.0, 2.0, NAN, 3.0], "open": [7, 0, 4, 2, 14], "overdue": [1, 0, 1, 0, 2],
    "verified": [1, 2, 3, 4, 5], "total": [8, 2, 7, 6, 19],
    "rate": [0.1, 1.0, 0.4, 0.7, 0.3], "red_lines": [0, 0, 1, 0, 0]})
BEFORE = AREAS.assign(score=[99.0, 95.4, 91.02, 50.0, 70.0])
KINDS = pd.DataFrame({"kind": ["residential", "school", "park"], "name": ["居民小区", "学校周边", "公园广场"],
                      "short": ["小区", "学校", "公园"]})
SQUARES = {code: [(x, 0.0), (x + 1, 0.0), (x + 1, 1.0), (x, 1.0), (x, 0.0)] for code, x in
           (("001", 0.0), ("002", 1.0), ("003", 2.0), ("004", 3.0))}
OUTLINE = [(0.0, 0.0), (4.0, 0.0), (4.0, 1.0), (0.0, 1.0), (0.0, 0.0)]


def words(figure) -> list[str]:
    return [note.text for note in figure.layout.annotations]


def test_a_chart_without_data_says_so_and_draws_no_axis():
    nothing = pd.DataFrame({"day": pd.to_datetime([]), "score": [], "coverage": [], "open": []})
    weeks = pd.DataFrame({"week": pd.to_datetime([]), "opened": [], "closed": []})
    losses = pd.DataFrame({"kind": [], "item": [], "indicator": [], "loss": [], "issues": []})
    heat = pd.DataFrame({"area_code": [], "kind": [], "score": []})
    empty = {
        "还没有居民区。": ranking(AREAS.iloc[:0], None, SETTINGS, "light"),
        "没有地图数据。": area_map(AREAS, {}, [], SCORE, BANDS, "light"),
        "还没有检查记录。": heat_table(heat, AREAS.iloc[:0], KINDS, SETTINGS, "light"),
        "资料不足，还没有得分。": score_trend(nothing, 90, "light"),
        "这段时间没有新增，也没有解决。": opened_closed(weeks, "light"),
        "没有未销号的问题。": burn_down(nothing, SETTINGS.window_first, SETTINGS.window_last, "light"),
        "没有失分项。": loss_bars(losses, KINDS, "light"),
    }
    for sentence, figure in empty.items():
        assert words(figure) == [sentence]
        assert len(figure.data) == 0
        assert not figure.layout.xaxis.visible


def test_the_ranking_goes_by_rank_then_score_and_ends_with_what_lacks_data():
    rows = ranking_rows(AREAS, BEFORE, SETTINGS)
    assert rows["short_name"].tolist() == ["甲", "乙", "丁", "丙"]
    assert rows["first"].tolist() == [True, True, True, False]
    assert rows["capped"].tolist() == [False, True, False, False]
    assert rows["change"].round(2).tolist()[:3] == [0.6, -0.02, -3.4]
    assert change_text(rows["change"]).tolist() == ["▲0.6", "", "▼3.4", ""]
    assert in_ranking_order(AREAS, SETTINGS)["short_name"].tolist() == ["甲", "乙", "丁", "丙", "街道直管"]


def test_one_rank_stands_once_for_all_areas_of_a_band():
    same = AREAS.assign(band="met", rank=[NAN, 1.0, 1.0, NAN, 1.0], score=[99.0, 94.0, 93.0, NAN, 90.0])
    assert ranking_rows(same, None, SETTINGS)["first"].tolist() == [True, False, False, False]


def test_the_ranking_draws_a_dot_for_each_score_in_its_bands_colour_and_words_for_the_rest():
    figure = ranking(AREAS, BEFORE, SETTINGS, "light")
    rows, dots = figure.data
    assert [code for code, _ in rows.customdata] == [*(each[0] for each in dots.customdata), "003"]
    paints = band_paints(BANDS, "light")
    assert list(dots.x) == [96.0, 91.0, 66.6]
    assert list(dots.y) == [0, 1, 2]
    assert list(dots.marker.color) == [paints["excellent"].fill, paints["near"].fill, paints["urgent"].fill]
    assert {"<b>96.0</b>", "▲0.6", "▼3.4", "资料不足", "14%", "<b>!</b>"} <= set(words(figure))
    assert figure.layout.height == round(21 + 16.8 * 4) + 4
    assert figure.layout.xaxis.range == (60, 100)


def test_a_dot_under_the_axis_is_a_triangle_at_its_edge():
    _, dots = ranking(AREAS.assign(score=[99.0, 96.0, 91.0, NAN, 31.0]), None, SETTINGS, "light").data
    assert (dots.x[2], dots.marker.symbol[2], dots.customdata[2][3]) == (60.0, "triangle-left", 31.0)


def test_the_heat_table_keeps_the_order_drops_kinds_nobody_has_and_paints_each_cell_by_its_band():
    heat = pd.DataFrame({"area_code": ["001", "001", "002", "004"], "score": [95.0, 89.96, 66.0, NAN],
                         "kind": ["residential", "school", "residential", "park"]})
    order = AREAS.iloc[[2, 1]]
    grid = heat_grid(heat, order, KINDS)
    assert grid.index.tolist() == ["乙", "甲"]
    assert grid.columns.tolist() == ["小区", "学校"]
    figure = heat_table(heat, order, KINDS, SETTINGS, "light")
    assert figure.data[0].z.tolist() == [[4.5, 5.5], [0.5, 2.5]]
    assert words(figure)[:4] == ["66", "·", "95", "90"]
    colours = [note.font.color for note in figure.layout.annotations[:4]]
    assert colours == ["#ffffff", LIGHT.unknown.on_tint, "#083d52", "#6b5000"]


def test_map_cells_carry_the_score_or_the_count_and_its_colour():
    scores = map_cells(AREAS, SCORE, BANDS, "light").set_index("short_name")
    assert scores["word"].to_dict() == {"街道直管": "99.0", "甲": "96.0", "乙": "91.0", "丙": "资料不足", "丁": "66.6"}
    assert scores.loc["丙", "fill"] == LIGHT.unknown.fill
    counts = map_cells(AREAS, OPEN, BANDS, "light").set_index("short_name")
    assert counts["word"].tolist() == ["7", "0", "4", "2", "14"]
    assert counts["fill"].tolist() == [LIGHT.counts[step] for step in (4, 0, 2, 1, 7)]
    assert set(map_cells(AREAS.assign(overdue=0), OVERDUE, BANDS, "dark")["fill"]) == {DARK.card}


def test_the_map_answers_clicks_everywhere_in_a_cell_with_the_areas_code():
    figure = area_map(AREAS, SQUARES, OUTLINE, SCORE, BANDS, "light", height=200)
    marks = figure.data[-1]
    rings = plane_rings(SQUARES)
    place = np.stack([marks.x, marks.y], axis=-1)
    for code, ring in rings.items():
        own = np.array([data[0] == code for data in marks.customdata])
        assert own.sum() > 20
        assert inside(place[own], ring).all()
    assert marks.selected.marker.opacity == marks.unselected.marker.opacity == 0
    assert "街道直管" not in "".join(words(figure))
    assert all(trace.hoverinfo == "skip" for trace in figure.data[:-1])


def test_the_map_keeps_true_proportions_and_marks_the_chosen_area_by_an_outline():
    plain = area_map(AREAS, SQUARES, OUTLINE, SCORE, BANDS, "light")
    chosen = area_map(AREAS, SQUARES, OUTLINE, SCORE, BANDS, "light", selected="002")
    assert plain.layout.yaxis.scaleanchor == "x"
    assert plain.layout.xaxis.constrain == plain.layout.yaxis.constrain == "domain"
    under, over = chosen.data[-3:-1]
    assert (under.line.width, under.line.color, over.line.width, over.line.color) == (7, LIGHT.card, 3, LIGHT.text)
    assert len(chosen.data) == len(plain.data) + 2


@pytest.mark.parametrize(("height", "font_size"), [(548, 13), (445, 11)])
def test_every_label_of_the_shipped_map_lies_inside_its_cell(height, font_size):
    reference = load_reference()
    areas = reference.areas.rename(columns={"code": "area_code"})
    areas = areas[areas["area_code"].isin(list(reference.cells))].assign(score=NAN, band=None)
    rings = plane_rings({**reference.cells, "outline": reference.outline})
    km_per_px = float(np.ptp(rings["outline"][:, 1])) / (height - 12)
    drawn = map_cells(areas, SCORE, BANDS, "light")
    labels = cell_labels(drawn, rings, km_per_px, font_size)
    assert len(labels) == 25
    for label, code, name in zip(labels, drawn["area_code"], drawn["short_name"], strict=True):
        assert label["text"] == f"<b>{name}</b><br>资料不足"
        width, tall = label_box(name, "资料不足", font_size)
        centre = np.array([[label["x"], label["y"]]])
        assert box_fits(centre, rings[code], width * km_per_px, tall * km_per_px).all(), name


def test_a_longitude_is_drawn_shorter_than_a_latitude():
    ring = plane_rings({"one": [(121.0, 31.0), (121.1, 31.0), (121.1, 31.1), (121.0, 31.1)]})["one"]
    width, height = np.ptp(ring, axis=0)
    assert width / height == pytest.approx(np.cos(np.radians(31.05)))


def test_a_lattice_keeps_its_margin():
    square = np.array([[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 1.0]])
    assert len(lattice(square, 0.25)) == 16
    assert len(lattice(square, 0.25, margin=0.2)) == 4


def test_the_score_trend_is_the_frame_with_its_gap_and_says_the_last_score():
    scores = pd.DataFrame({"day": pd.date_range("2026-10-01", periods=3), "score": [NAN, 81.04, 82.64],
                           "coverage": [0.1, 0.5, 0.6]})
    figure = score_trend(scores, 90, "light")
    (line,) = figure.data
    np.testing.assert_array_equal(line.y, [NAN, 81.04, 82.64])
    assert not line.connectgaps
    assert words(figure) == ["<b>82.6</b> 得分", "目标 90"]
    assert figure.layout.yaxis.range[0] == 80


def test_chosen_areas_stand_beside_the_subdistrict_and_all_others_are_thin_and_grey():
    days = pd.to_datetime(["2026-10-01", "2026-10-02"])
    scores = pd.DataFrame({"day": days, "score": [80.0, 82.0], "coverage": 0.5})
    areas = pd.DataFrame({"day": days.repeat(3), "area_code": ["a", "b", "c"] * 2,
                          "score": [60.0, 71.0, NAN, 65.0, 73.0, 91.0]})
    figure = score_trend(scores, 90, "light", areas=areas, chosen=[("b", "乙"), ("c", "丙")])
    others, second, third, own = figure.data
    np.testing.assert_array_equal(others.y, [60.0, 65.0, NAN])
    assert (others.line.color, others.line.width) == (LIGHT.faint, 1)
    assert list(second.y) == [71.0, 73.0]
    np.testing.assert_array_equal(third.y, [NAN, 91.0])
    assert (second.line.color, second.line.dash, third.line.dash) == ("#00558a", "solid", "dash")
    assert own.line.color == LIGHT.text
    assert words(figure) == ["<b>73.0</b> 乙", "<b>82.0</b> 街道", "目标 90", "<b>91.0</b> 丙"]
    assert figure.layout.yaxis.range[0] == 70


def test_ticks_are_digits_and_months_never_english():
    scores = pd.DataFrame({"day": pd.date_range("2026-08-03", "2026-10-26"), "score": 80.0, "coverage": 0.5})
    assert score_trend(scores, 90, "light").layout.xaxis.ticktext == ("9月", "10月")
    weeks = pd.DataFrame({"week": pd.date_range("2026-08-03", periods=12, freq="7D"), "opened": range(12), "closed": 1})
    assert opened_closed(weeks, "light").layout.xaxis.ticktext == ("8/10", "8/24", "9/7", "9/21", "10/5", "10/19")


def test_opened_against_closed_shows_both_and_leaves_out_the_running_week():
    weeks = pd.DataFrame({"week": pd.to_datetime(["2026-10-12", "2026-10-19", "2026-10-26"]), "opened": [64, 56, 0],
                          "closed": [31, 97, 0]})
    whole = whole_weeks(weeks, date(2026, 10, 26))
    assert whole["week"].tolist() == weeks["week"].tolist()[:2]
    assert len(whole_weeks(weeks, date(2026, 11, 1))) == 3
    figure = opened_closed(whole, "light")
    assert [(trace.name, list(trace.y)) for trace in figure.data] == [("新增", [64, 56]), ("解决", [31, 97])]
    assert words(figure) == ["新增 56", "解决 97"]


def test_labels_at_the_lines_ends_are_pushed_apart_when_they_would_touch():
    weeks = pd.DataFrame({"week": pd.to_datetime(["2026-10-12", "2026-10-19"]), "opened": [40, 50], "closed": [10, 50]})
    first, second = opened_closed(weeks, "light").layout.annotations
    assert second.yshift - first.yshift == 16


def test_the_burn_down_names_the_window_and_the_pace_it_takes():
    days = pd.DataFrame({"day": pd.date_range("2026-10-20", periods=7), "open": [120, 118, 118, 110, 111, 109, 108]})
    figure = burn_down(days, SETTINGS.window_first, SETTINGS.window_last, "light")
    line, pace = figure.data
    assert list(line.y) == days["open"].tolist()
    assert list(pace.y) == [108, 0]
    assert words(figure) == ["迎检窗口", "<b>108</b> 条", "窗口前清零：<br>每天净销 4 条"]  # 108 in 27 days


def test_a_window_that_has_begun_has_no_pace():
    days = pd.DataFrame({"day": pd.date_range("2026-11-20", periods=3), "open": [9, 8, 8]})
    figure = burn_down(days, SETTINGS.window_first, SETTINGS.window_last, "light")
    assert len(figure.data) == 1


def test_the_coverage_trend_shows_the_share_below_which_there_is_no_score():
    days = pd.date_range("2026-10-01", periods=2)
    scores = pd.DataFrame({"day": days, "score": [NAN, 80.0], "coverage": [0.1, 0.75]})
    figure = coverage_trend(scores, 0.2, "light")
    assert list(figure.data[0].y) == [0.1, 0.75]
    assert words(figure) == ["下限 20%", "<b>75%</b> 覆盖"]


def test_losses_are_summed_by_item_and_only_the_first_three_are_coloured():
    losses = pd.DataFrame({
        "kind": ["residential"] * 5 + ["school"], "item": ["A", "B", "A", "C", "D", "A"],
        "indicator": ["堆物", "飞线", "堆物", "广告", "路面", "堆物"], "loss": [0.5, 0.75, 0.5, 0.25, 0.0, 0.125],
        "issues": [1, 2, 1, 1, 1, 1]})
    assert top_losses(losses)["loss"].tolist() == [1.0, 0.75, 0.25, 0.125, 0.0]
    figure = loss_bars(losses, KINDS, "light")
    bars, rows = figure.data
    assert list(bars.x) == [1.0, 0.75, 0.25, 0.125]
    assert [list(each[:2]) for each in rows.customdata] == [
        ["residential", "A"], ["residential", "B"], ["residential", "C"], ["school", "A"]]
    assert words(figure) == ["1.00", "0.75", "0.25", "0.12", "小区　堆物", "小区　飞线", "小区　广告", "学校　堆物"]
    assert [colour == LIGHT.bands[3].fill for colour in bars.marker.color] == [True, True, True, False]


def test_every_figure_has_our_font_no_tool_bar_room_and_neither_zoom_nor_pan():
    figure = score_trend(pd.DataFrame({"day": pd.date_range("2026-10-01", periods=2), "score": [80.0, 81.0],
                                       "coverage": 0.5}), 90, "dark")
    assert figure.layout.font.family == FONT
    assert figure.layout.dragmode is False
    assert figure.layout.xaxis.fixedrange
    assert figure.layout.yaxis.fixedrange
    assert figure.layout.font.color == DARK.text
    assert not figure.layout.margin.autoexpand


def test_an_enlarged_figure_has_all_its_pixels_larger_and_its_numbers_as_they_were():
    scores = pd.DataFrame({"day": pd.date_range("2026-10-01", periods=3), "score": [80.0, 81.5, 83.0], "coverage": 0.5})
    small = score_trend(scores, 90, "light", 200)
    large = enlarged(small, 1.5)
    assert (large.layout.height, large.layout.margin.l) == (300, round(1.5 * small.layout.margin.l))
    assert large.layout.font.size == 1.5 * small.layout.font.size
    assert [each.font.size for each in large.layout.annotations if each.font.size] == [
        1.5 * each.font.size for each in small.layout.annotations if each.font.size]
    (line,) = [trace for trace in large.data if trace.line.width and trace.customdata is not None]
    assert line.line.width == 3 and line.marker.size == 21
    assert line.y.tolist() == scores["score"].tolist()
    assert (large.layout.xaxis.range, large.layout.yaxis.range) == (small.layout.xaxis.range, small.layout.yaxis.range)
    assert small.layout.height == 200
