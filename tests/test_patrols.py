"""Patrols on tiny frames: what is written adds up, what is not stays unknown, and who has not gone out."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest
from snapshots import AREA, DIRECT, OTHER_AREA, book, reference, snapshot

from charts.patrols import patrol_grid
from readiness.facts import place_facts
from readiness.model import PATROLS
from readiness.patrols import area_patrols, patrols_of, undated, weekly, without_patrol

AS_OF = date(2021, 10, 31)  # a Sunday
AREAS = (DIRECT, AREA, OTHER_AREA)
ROWS = (
    {"date": "2021-10-25", "party_members": 3, "volunteers": 10, "hours": 2, "found": 4, "solved": 3},
    {"date": "2021-10-31", "party_members": 2, "volunteers": 5, "found": 1, "solved": 0},
    {"date": "2021-10-24", "volunteers": 7, "hours": 1.5},
    {"date": "2021-09-05", "hours": 8},
    {"date": "2021-11-01", "hours": 9},
    {"hours": 5, "found": 2},
    {"date": "2021-10-17", "area_code": OTHER_AREA, "party_members": 1},
)


@pytest.fixture(scope="module")
def facts():
    return place_facts(snapshot(book((PATROLS, list(ROWS)))), reference())


def plain(table: pd.DataFrame) -> list[list]:
    return table.astype(object).where(table.notna(), None).to_numpy().tolist()


def test_patrols_are_those_of_the_last_eight_weeks_the_newest_first(facts):
    rows = patrols_of(facts, AS_OF)
    assert rows["date"].dt.strftime("%m-%d").tolist() == ["10-31", "10-25", "10-24", "10-17"]
    assert rows["week"].dt.strftime("%m-%d").tolist() == ["10-25", "10-25", "10-18", "10-11"]
    assert undated(facts)["row"].tolist() == [9]
    assert len(patrols_of(facts, AS_OF, weeks=9)) == 5


def test_areas_add_up_what_is_written_and_count_what_is_not(facts):
    table = area_patrols(patrols_of(facts, AS_OF), facts, AREAS, AS_OF)
    # hours, party members, volunteers, found, solved; patrols and how many of them do not write each of these
    assert plain(table.drop(columns=["area_code", "last_on", "days"])) == [
        [None, None, None, None, None, 0, 0, 0, 0, 0, 0], [3.5, 5, 22, 5, 3, 3, 1, 1, 0, 1, 1],
        [None, 1, None, None, None, 1, 1, 0, 1, 1, 1]]
    assert table["last_on"].dt.strftime("%m-%d").fillna("").tolist() == ["", "10-31", "10-17"]
    assert plain(table[["days"]]) == [[None], [0], [14]]


def test_areas_without_a_patrol_are_named_after_the_days_of_the_standard(facts):
    table = area_patrols(patrols_of(facts, AS_OF), facts, AREAS, AS_OF)
    assert without_patrol(table, 14)["area_code"].tolist() == [DIRECT, OTHER_AREA]
    assert without_patrol(table, 15)["area_code"].tolist() == [DIRECT]


def test_each_week_of_each_area_has_its_sums(facts):
    board = weekly(patrols_of(facts, AS_OF), AREAS, AS_OF, 3)
    columns = ["patrols", "hours", "party_members", "volunteers", "unknown_hours", "unknown_party_members"]
    assert plain(board[columns])[3:6] == [
        [0, None, None, None, 0, 0], [1, 1.5, None, 7, 0, 1], [2, 2, 5, 15, 1, 0]]
    assert board["week"].dt.strftime("%m-%d").tolist()[:3] == ["10-11", "10-18", "10-25"]


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_the_grid_says_what_is_unknown(facts, mode):
    board = weekly(patrols_of(facts, AS_OF), AREAS, AS_OF, 3)
    names = {DIRECT: "街道直管", AREA: "广水", OTHER_AREA: "水电"}
    figure = patrol_grid(board, "hours", names, mode)
    words = [each.text for each in figure.layout.annotations]
    assert words == ["·", "·", "·", "·", "1.5", "2+?", "?", "·", "·", "街道直管", "广水", "水电", "10/25–10/31",
                     "10/18–10/24", "10/11–10/17"]
    marks = figure.data[1]
    assert list(marks.customdata[5]) == [AREA, "2021-10-25"]
    assert marks.hovertext[5].split("<br>") == [
        "<b>广水</b>　10/25–10/31", "巡查 2 次", "时长 2+? 小时", "党员 5 人次", "志愿者 15 人次", "发现 5 个",
        "当场解决 3 个"]
    assert marks.hovertext[0] == "<b>街道直管</b>　10/11–10/17<br>巡查 0 次"


def test_without_any_patrol_every_area_is_named():
    facts = place_facts(snapshot(), reference())
    rows = patrols_of(facts, AS_OF)
    assert without_patrol(area_patrols(rows, facts, AREAS, AS_OF), 14)["area_code"].tolist() == list(AREAS)
    assert weekly(rows, AREAS, AS_OF)["patrols"].sum() == 0
    assert patrol_grid(weekly(rows, AREAS, AS_OF), "hours", dict.fromkeys(AREAS, "区"), "light").data
