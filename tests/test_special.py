"""Special inspections on tiny frames: cells, rates, the round and what it has not reached, and a site's history."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest
from snapshots import AREA, OTHER_AREA, checklist, ledger, reference, register, snapshot

from charts.special import head_words, special_matrix
from readiness.facts import place_facts
from readiness.special import Round, cells_of, history_of, in_blocks, pairs_of, special_view, this_round
from readiness.standing import standing

AS_OF = date(2021, 10, 31)
SPECIAL = {"round": "special", "inspector": "专班"}


def check(site: str, indicator: str, result: str, on: str, area: str = AREA, **said) -> dict:
    return {"area_code": area, "site": site, "site_kind": "park", "indicator": indicator, "result": result,
            "checked_on": on, **said}


BOOKS = (
    register({"name": "甲公园", "site_kind": "park"}, {"name": "乙公园", "site_kind": "park", "area_code": OTHER_AREA},
             {"name": "丙公园", "site_kind": "park"}, {"name": "甲小区", "site_kind": "residential"}),
    checklist(check("甲公园", "无乱扔杂物", "fail", "2021-10-20", description="有纸屑", **SPECIAL),
              check("甲公园", "设施无损坏", "pass", "2021-10-20", **SPECIAL),
              check("丙公园", "无乱扔杂物", "uninspectable", "2021-10-21", **SPECIAL),
              check("甲公园", "无乱扔杂物", "pass", "2021-09-02"),
              check("乙公园", "无乱扔杂物", "pass", "2021-09-01", OTHER_AREA),
              check("乙公园", "设施无损坏", "na", "2021-09-01", OTHER_AREA)),
    ledger({"site": "甲公园", "description": "座椅损坏", "found_on": "2021-09-10", "status": "verified",
            "verified_on": "2021-09-12", "responsible_unit": "绿化所"}),
)


def day(*books, inspection: int = 0, as_of: date = AS_OF, days: int = 30):
    facts = place_facts(snapshot(*(books or BOOKS)), reference())
    chosen = reference().inspections.iloc[inspection]
    now = standing(facts, reference(), as_of)
    return facts, now, special_view(now, facts, chosen, days)


def test_each_cell_has_its_state_and_how_many_days_old_it_is():
    cells = day()[2].cells
    told = cells[["site", "item", "state", "days", "row"]].astype(object).where(cells.notna(), None)
    assert told.to_numpy().tolist() == [
        ["丙公园", "F-01", "unchecked", None, None], ["丙公园", "F-02", "unchecked", None, None],
        ["甲公园", "F-01", "fail", 11, 4], ["甲公园", "F-02", "pass", 11, 5],
        ["乙公园", "F-01", "pass", 60, 8], ["乙公园", "F-02", "na", 60, 9]]


def test_items_come_worst_first_with_the_share_of_the_known_that_pass():
    items = day()[2].items
    assert items[["item", "passing", "failing", "unchecked", "na", "rate"]].to_numpy().tolist() == [
        ["F-01", 1, 1, 1, 0, 0.5], ["F-02", 1, 0, 1, 1, 1.0]]


def test_sites_say_what_fails_and_whether_the_round_reached_them():
    sites = day()[2].sites
    assert sites[["site", "passing", "failing", "unchecked", "na", "open", "reached"]].to_numpy().tolist() == [
        ["甲公园", 1, 1, 0, 0, 1, "reached"], ["丙公园", 0, 0, 2, 0, 0, "closed"], ["乙公园", 1, 0, 0, 1, 0, "missed"]]
    assert sites["rate"].tolist() == [0.5, pytest.approx(float("nan"), nan_ok=True), 1.0]
    assert sites["last_on"].dt.strftime("%m-%d").fillna("").tolist() == ["10-20", "", "09-01"]


def test_the_round_is_the_newest_special_or_mock_one_else_the_last_days():
    assert day()[2].round == Round("special", None, date(2021, 10, 20), date(2021, 10, 21))
    view = day(as_of=date(2021, 10, 10), days=40)[2]
    assert (view.round, len(view.checks)) == (Round(None, None, date(2021, 9, 1), date(2021, 10, 10)), 3)
    assert day(days=10)[2].round == Round(None, None, date(2021, 10, 22), AS_OF)
    assert day(days=11)[2].round == Round("special", None, date(2021, 10, 20), date(2021, 10, 21))


def test_a_round_keeps_its_number_and_its_checks_before_the_period():
    rows = [check("甲公园", "无乱扔杂物", "pass", on, round="mock", round_no=number)
            for on, number in (("2021-09-28", 2), ("2021-10-05", 2), ("2021-10-04", 1), ("2021-08-01", 2))]
    facts, _now, view = day(BOOKS[0], checklist(*rows))
    assert view.round == Round("mock", 2.0, date(2021, 9, 28), date(2021, 10, 5))
    assert view.checks["row"].tolist() == [4, 5]
    assert this_round(facts, view.pairs, date(2021, 10, 4), 30)[0].number == 1


def test_items_and_categories_narrow_what_is_inspected():
    facts, _now, view = day(*BOOKS, checklist({"site": "甲小区", "indicator": "无飞线充电", "result": "fail",
                                               "checked_on": "2021-10-02"}), inspection=1)
    assert view.cells[["site", "item", "state"]].to_numpy().tolist() == [["甲小区", "A-02", "fail"]]
    chosen = pd.Series({"kinds": ("residential", "park"), "categories": ("类",), "items": ("A-02",)})
    assert set(pairs_of(facts, chosen)["item"]) == {"A-01", "A-02", "F-01", "F-02"}
    assert pairs_of(facts, pd.Series({"kinds": ("park",), "categories": ("别类",), "items": ()})).empty


def test_nothing_of_later_days_is_seen():
    facts, now, view = day(as_of=date(2021, 8, 1))
    assert view.cells["state"].unique().tolist() == ["unchecked"]
    assert (len(view.checks), len(view.issues)) == (0, 0)
    assert history_of(facts, now.issues, view.pairs, now.as_of).empty
    assert len(cells_of(now, facts, view.pairs)) == 6


def test_the_history_of_a_site_has_its_checks_and_issues_the_newest_first():
    facts, now, view = day()
    events = history_of(facts, now.issues, view.pairs[view.pairs["site"] == "甲公园"], AS_OF)
    told = events[["what", "indicator", "word", "text", "who"]].astype(object).where(events.notna(), None)
    assert told.to_numpy().tolist() == [
        ["checklist", "无乱扔杂物", "fail", "有纸屑", "专班"], ["checklist", "设施无损坏", "pass", None, "专班"],
        ["ledger", "设施无损坏", "verified", "座椅损坏", "绿化所"], ["checklist", "无乱扔杂物", "pass", None, None]]
    assert events["on"].astype("str").tolist() == ["2021-10-20", "2021-10-20", "2021-09-10", "2021-09-02"]


def test_rows_of_one_kind_stand_together_in_the_order_of_the_inspection():
    table = pd.DataFrame({"kind": ["shop", "market", "shop", "market"], "n": [1, 2, 3, 4]})
    assert in_blocks(table, ("market", "shop"))["n"].tolist() == [2, 4, 1, 3]


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_the_matrix_draws_each_cell_with_what_a_click_answers(mode):
    view = day()[2]
    figure = special_matrix(view.cells, view.sites, view.items, mode, view.sites["site_id"].iloc[0])
    marks = figure.data[1]
    assert [list(mark) for mark in marks.customdata] == view.cells[["site_id", "item"]].to_numpy().tolist()
    places = list(zip(marks.x, (base + 0.5 for base in marks.base), strict=True))
    assert places == [(0, 1), (1, 1), (0, 0), (1, 0), (0, 2), (1, 2)]
    words = [each.text for each in figure.layout.annotations]
    assert words == ["·", "·", "✗ 11", "✓ 11", "✓ 60", "— 60", "无乱扔杂物", "设施无损坏",
                     "<b>甲公园</b>", "丙公园", "乙公园"]
    assert figure.data[0].z.tolist() == [[1.5, 0.5], [3.5, 3.5], [0.5, 2.5]]


def test_markup_in_names_is_shown_as_written():
    assert head_words(pd.Series(["<b>"] * 2)) == ["&lt;b&gt;"] * 2
