"""Issues on the map: which mark each has, where it sits, and that no mark ever lies on a label or leaves its cell."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from charts.geometry import box_fits, inside, plane_rings
from charts.map import OPEN, PER_SITE, SCORE, area_map, map_cells
from charts.marks import CLOSED, ISSUE, OVERDUE, cell_words, issue_marks
from charts.shelf import MARK, SEATS, STEP, label_box, seated, shelf_place, steady, tail_width
from charts.theme import LIGHT
from readiness.reference import load_reference
from readiness.settings import Band

BANDS = (Band("good", "好", 90), Band("poor", "差", 0))
WIDE = ((0.0, 0.0), (200.0, 0.0), (200.0, 100.0), (0.0, 100.0))
NAN = float("nan")
ISSUES = pd.DataFrame({
    "issue": ["a", "b", "c", "d", "e"], "area_code": ["1", "1", "2", "1", "1"],
    "status": ["open", "fixing", "open", "verified", "fixed"], "overdue_days": [0, 3, 9, 0, 0],
    "loss": [0.1, 0.0, 0.0, 0.0, 0.4], "site": ["甲小区", None, "乙", "丙", "丁"],
    "location": ["3号楼", None, None, None, None], "description": ["<b>堆物</b>", "飞线", "积水", "破损", "乱停"]})


def test_of_each_area_the_overdue_ones_come_first_then_those_that_cost_most_and_verified_ones_last():
    marks = issue_marks(ISSUES)
    assert marks[marks["area_code"] == "1"][["issue", "mark"]].to_numpy().tolist() == [
        ["b", OVERDUE], ["e", "open"], ["a", "open"], ["d", CLOSED]]
    words = marks.set_index("issue")["words"]
    assert words["c"] == "<b>乙</b><br>积水<br>超期 9 天"
    assert words["a"] == "<b>甲小区 3号楼</b><br>&lt;b>堆物&lt;/b>"  # never markup


def test_no_issues_give_no_marks():
    assert issue_marks(ISSUES.iloc[:0]).empty


def test_a_wide_cell_seats_fourteen_and_says_how_many_more_there_are():
    shelf = shelf_place(WIDE, 40, 30)
    for count, rows, more in ((3, [3], False), (9, [7, 2], False), (14, [7, 7], False), (40, [7, 5], True)):
        centres, slot = seated(shelf, count)
        heights, sizes = np.unique(-centres[:, 1], return_counts=True)
        assert sizes.tolist() == rows
        assert (slot is not None) is more
        assert np.allclose(np.diff(centres[:rows[0], 0]), STEP)
        assert np.allclose(np.diff(heights), STEP)
    first = centres[:7, 0]
    assert first.mean() == pytest.approx(shelf.centre[0])  # under the label's middle
    assert slot[0] == pytest.approx(centres[-1, 0] + STEP / 2 + tail_width(28) / 2)


def test_the_place_is_the_same_for_any_number_of_issues_and_any_number_as_its_word():
    few, many = (shelf_place(WIDE, *label_box("广水", steady(word), 13)) for word in ("7", "93.1"))
    assert few == many


@pytest.mark.parametrize(("cell", "text"), [
    (((0.0, 0.0), (64.0, 0.0), (64.0, 60.0), (0.0, 60.0)), "<b>凉三</b><br>80.0<br>◆1 ●22"),  # a line, but no shelf
    (((0.0, 0.0), (64.0, 0.0), (64.0, 36.0), (0.0, 36.0)), "<b>凉三</b><br>80.0"),
    (((0.0, 0.0), (30.0, 0.0), (30.0, 20.0), (0.0, 20.0)), "<b>凉三</b>"),
])
def test_a_cell_without_room_counts_in_words_or_says_its_name(cell, text):
    ring = np.array(cell)
    shelf = shelf_place(cell, *label_box("凉三", "80.0", 13))
    if shelf is not None:
        shelf = SimpleNamespace(**{**vars(shelf), "lefts": (0.0, 0.0), "rights": (5.0, 5.0)})
    marks = pd.Series([OVERDUE] + ["open"] * 22)
    texts, centres = cell_words(SimpleNamespace(short_name="凉三", word="80.0", ink="#000000"), marks, shelf, ring, 13)
    assert [each["text"] for each in texts] == [text]
    assert centres.shape == (0, 2)


@pytest.fixture(scope="module", params=[80.0, NAN], ids=["score", "lacking"])
def shipped(request):
    """The shipped map at the size of the page with 23 issues in every cell: figure, rings and km a px."""
    reference = load_reference()
    areas = reference.areas.rename(columns={"code": "area_code"}).assign(
        score=request.param, band="poor", coverage=0.5, open=23, overdue=1)
    codes = [code for code in areas["area_code"] if code in reference.cells]
    marks = pd.DataFrame([{"area_code": code, "issue": f"{code}-{place}", "mark": "open" if place else OVERDUE,
                           "words": ""} for code in codes for place in range(23)])
    figure = area_map(areas, reference.cells, reference.outline, SCORE, BANDS, "light", height=548, marks=marks)
    rings = plane_rings({**reference.cells, "outline": reference.outline})
    return figure, rings, float(np.ptp(rings.pop("outline")[:, 1])) / 536


def boxes(figure, px: float) -> list[tuple[str, tuple[float, float], tuple[float, float]]]:
    """Text, centre and size (km) of everything written in the cells."""
    told = []
    for note in figure.layout.annotations:
        if note.xref != "paper":
            name, *words = note.text.replace("<b>", "").replace("</b>", "").split("<br>")
            wide, tall = label_box(name, max(words, key=len), 13) if words else (0.58 * 11 * len(name), 11)
            tall += 1.3 * 13 * max(len(words) - 1, 0)
            told.append((note.text, (note.x, note.y), (wide * px, tall * px)))
    return told


def test_no_mark_of_the_shipped_map_lies_on_a_label_and_all_lie_in_their_cell(shipped):
    figure, rings, px = shipped
    marks = figure.data[-1]
    centres = np.column_stack([marks.x, marks.y])
    codes = np.array([data[1].split("-")[0] for data in marks.customdata])
    for code in set(codes):
        own = centres[codes == code]
        assert 3 <= len(own) <= 2 * SEATS, code
        assert box_fits(own, rings[code], MARK * px, MARK * px).all(), code
        apart = np.linalg.norm(own[:, None] - own, axis=-1) + np.eye(len(own))
        assert apart.min() >= (STEP - 0.01) * px, code
    for text, centre, size in boxes(figure, px):
        away = np.abs(centres - centre) - np.array(size) / 2 - MARK / 2 * px
        assert (away.max(axis=1) > -1e-9).all(), text


def test_every_text_of_the_shipped_map_lies_in_one_cell_and_touches_no_other(shipped):
    figure, rings, px = shipped
    told = boxes(figure, px)
    for text, centre, size in told:
        assert sum(box_fits(np.array([centre]), ring, *size)[0] for ring in rings.values()) == 1, text
    for text, centre, size in told:
        for other, place, extent in told:
            gap = np.abs(np.subtract(centre, place)) - np.add(size, extent) / 2
            assert (text == other and centre == place) or gap.max() > 0, (text, other)
    # 23 issues are more than any cell seats: each has a slot for the rest, or a line that counts them all
    assert sum(text.startswith("+") or text.endswith("◆1 ●22") for text, _, _ in told) == 25


def test_what_is_not_drawn_is_counted(shipped):
    figure, _, _ = shipped
    texts = [note.text for note in figure.layout.annotations]
    more = sum(int(text) for text in texts if text.startswith("+"))
    in_words = 23 * sum(text.endswith("<br>◆1 ●22") for text in texts)
    assert len(figure.data[-1].x) + more + in_words == 25 * 23
    assert in_words <= 3 * 23


def test_a_mark_answers_with_its_issue_and_no_unseen_mark_of_a_cell_lies_under_it(shipped):
    figure, rings, px = shipped
    marks, areas = figure.data[-1], figure.data[-2]
    assert set(marks.customdata[:, 0]) == {ISSUE}
    assert marks.customdata[0][1].endswith("-0")  # the overdue one first
    assert (marks.marker.symbol[0], marks.marker.color[0], marks.marker.size[0]) == ("diamond", "#17212b", 9)
    assert (marks.marker.symbol[1], marks.marker.color[1], marks.marker.size[1]) == ("circle", "#ffffff", 7)
    unseen, seen = np.column_stack([areas.x, areas.y]), np.column_stack([marks.x, marks.y])
    assert np.linalg.norm(unseen[:, None] - seen, axis=-1).min() > 8 * px
    for code, ring in rings.items():
        assert inside(unseen[areas.customdata[:, 0] == code], ring).sum() > 5


def test_the_issue_that_is_looked_at_has_a_ring():
    areas = pd.DataFrame({"area_code": ["1"], "short_name": ["甲"], "score": [95.0], "band": ["good"],
                          "coverage": [1.0], "open": [4], "overdue": [1]})
    square = {"1": [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)]}
    marks = issue_marks(ISSUES[ISSUES["area_code"] == "1"])
    plain, ringed = (area_map(areas, square, [], SCORE, BANDS, "light", marks=marks, issue=issue)
                     for issue in (None, "a"))
    assert len(ringed.data) == len(plain.data) + 1
    place = list(ringed.data[-1].customdata[:, 1]).index("a")
    assert (ringed.data[-2].x[0], ringed.data[-2].y[0]) == (ringed.data[-1].x[place], ringed.data[-1].y[place])
    assert ringed.data[-2].marker.symbol == "circle-open"


def test_issues_a_site_are_a_colour_and_an_area_without_sites_has_none():
    areas = pd.DataFrame({"area_code": ["1", "2", "3"], "short_name": ["甲", "乙", "丙"], "per_site": [3.5, 0.0, NAN],
                          "open": [7, 0, 0]})
    cells = map_cells(areas, PER_SITE, BANDS, "light").set_index("short_name")
    assert cells["word"].to_dict() == {"甲": "3.5", "乙": "0", "丙": "无点位"}
    assert cells["fill"].tolist() == [LIGHT.counts[-1], LIGHT.card, LIGHT.unknown.fill]


def test_the_key_says_what_the_colours_mean():
    areas = pd.DataFrame({"area_code": ["1"], "short_name": ["甲"], "score": [95.0], "band": ["good"],
                          "coverage": [1.0], "open": [14], "overdue": [0]})
    square = {"1": [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)]}
    marks = issue_marks(ISSUES.iloc[:0])
    keys = [area_map(areas, square, [], value, BANDS, "light", marks=marks).layout.annotations[-1].text
            for value in (SCORE, OPEN)]
    assert [word in keys[0] for word in ("好 90 起", "差", "资料不足")] == [True] * 3
    assert [word in keys[1] for word in ("至 14", "至 8", "至 4", "> 0")] == [True] * 4
