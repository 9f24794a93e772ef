"""巡查志愿 from the door: its sums, its grid and its areas, each number opening the patrols that it adds up."""

from __future__ import annotations

import hashlib

import pytest
from batches import LI
from test_area_page import clicked, dialog, figures, frames
from test_numbers_open import clicked as struck
from test_numbers_open import figures as drawn
from test_pages import GUANGSHUI, NOON, SHUIDIAN, chart_words, fine, opened, shown, url

from readiness.model import PATROLS, Batch, Table
from readiness.reference import load_reference
from store import open_store, save_upload

__all__ = ["url"]
PAGE = "pages/meeting/patrols.py"
ROWS = (
    {"row": 3, "area_code": GUANGSHUI, "date": "2026-10-25", "activity": "清洁家园", "party_members": 3,
     "volunteers": 10, "hours": 2, "found": 4, "solved": 3},
    {"row": 4, "area_code": GUANGSHUI, "date": "2026-10-23", "party_members": 2, "volunteers": 5},
    {"row": 5, "area_code": SHUIDIAN, "date": "2026-10-05", "volunteers": 7, "hours": 1.5},
    {"row": 6, "area_code": SHUIDIAN, "volunteers": 7, "hours": 1.5},
)


@pytest.fixture
def rounds(url) -> str:
    """One demonstration book of four patrols, one without hours and one without a day."""
    save_upload(open_store(url), Batch("巡查.xlsx", hashlib.sha256(b"p").hexdigest(), b"p", None, (
        Table("巡查", PATROLS, (2,), ROWS),), demo=True), LI, NOON)
    return url


def test_the_cards_add_up_what_is_written_and_open_it(rounds):
    app = fine(opened(PAGE))
    assert figures(app) == {"巡查次数": "3", "时长（小时）": "3.5", "党员人次": "5", "志愿者人次": "22",
                            "发现": "4", "当场解决": "3"}
    assert "1 次没有写时长，不计入时长；1 次没有写日期，不在各周里" in shown(app)
    for label, rows in {"巡查次数": ["A3", "A4", "A5"], "时长（小时）": ["A3", "A5"], "发现": ["A3"]}.items():
        found = dialog(fine(opened(PAGE).button(key=f"open-{label}").click().run()))
        assert found["cell"].tolist() == [f"巡查!{cell}" for cell in rows], label


def test_the_areas_open_their_patrols_and_what_is_unknown_stands_apart(rounds):
    table = frames(fine(opened(PAGE)))["patrol-areas"].set_index("area")
    assert table.loc["广水", ["patrols", "hours", "unknown_hours", "party_members", "volunteers", "found", "solved",
                            "share"]].tolist() == [2, 2, 1, 5, 15, 4, 3, 75]
    assert table.loc["水电", ["patrols", "unknown_party_members", "days"]].tolist() == [1, 1, 21]
    place = table.index.tolist().index("广水")
    assert dialog(clicked(opened(PAGE), "patrol-areas", place, "unknown_hours"))["cell"].tolist() == ["巡查!A4"]
    assert len(dialog(clicked(opened(PAGE), "patrol-areas", place, "patrols"))) == 2


def test_areas_without_a_patrol_are_listed_those_that_never_had_one_first(rounds):
    app = fine(opened(PAGE))
    ranked = load_reference().areas["ranked"].sum()
    assert f"近 14 天没有巡查：{ranked - 1} 个" in shown(app)
    quiet = frames(app)["patrol-quiet"]
    assert quiet["area"].tolist()[-1] == "水电" and "广水" not in quiet["area"].tolist()
    assert dialog(clicked(app, "patrol-quiet", len(quiet) - 1, "days"))["cell"].tolist() == ["巡查!A5"]


def test_the_address_names_what_the_grid_shows_and_a_cell_opens_its_patrols(rounds):
    app = fine(opened(PAGE, show="hours"))
    assert {"2+?", "1.5"} <= set(chart_words(app))
    mark = [GUANGSHUI, "2026-10-19"]
    assert mark in drawn(app)["patrol-grid"]["data"][1]["customdata"]
    assert dialog(struck(app, "patrol-grid", mark))["cell"].tolist() == ["巡查!A3", "巡查!A4"]
    app = fine(opened(PAGE).segmented_control(key="show").set_value("volunteers").run())
    assert app.query_params["show"] in ("volunteers", ["volunteers"])
    assert {"15", "7"} <= set(chart_words(app))


def test_an_empty_database_shows_the_first_steps(url):
    assert "巡查志愿" in shown(fine(opened(PAGE)))
