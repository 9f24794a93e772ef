"""One area by itself: its own losses, sites, unchecked items and uploads, by numbers worked out by hand."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest
from snapshots import AREA, DIRECT, OTHER_AREA, book, checklist, ledger, reference, register, snapshot

from readiness.area_view import area_uploads, area_view, lost_by
from readiness.facts import place_facts
from readiness.model import CHECKLIST, LEDGER, PATROLS, SITES
from readiness.standing import standing

AS_OF = date(2021, 10, 31)


def check(site, indicator, result, **fields):
    return {"site": site, "indicator": indicator, "result": result, "checked_on": "2021-10-03", **fields}


# Residential (weight 3) holds A-01 (fails by two issues) and A-02 (passes); school (1) holds E-01 (fails by a check);
# park (1) holds F-01 and F-02 (items' weights 1 and 3), unchecked. v: 1.5, 1.5, 1, 0.25, 0.75; known 4 of 5.
BOOKS = (
    register({"name": "甲小区", "site_kind": "小区", "point_chief": "张三"}, {"name": "乙学校", "site_kind": "学校"},
             {"name": "丙公园", "site_kind": "公园"}),
    checklist(check("甲小区", "无飞线充电", "pass"), check("乙学校", "校门通畅", "fail", checked_on="2021-10-20"),
              check("丁小区", "楼道无堆物", "fail", area_code=OTHER_AREA)),
    ledger({"site": "甲小区", "description": "3号楼道堆物", "found_on": "2021-10-01", "due_on": "2021-10-10"},
           {"site": "甲小区", "description": "5号楼道堆物", "found_on": "2021-10-02", "status": "fixed",
            "fixed_on": "2021-10-05"},
           {"site": "甲小区", "description": "9号楼道堆物", "found_on": "2021-10-02", "status": "verified",
            "verified_on": "2021-10-05"}),
)


def seen(*books, area=AREA):
    facts = place_facts(snapshot(*(books or BOOKS)), reference())
    now = standing(facts, reference(), AS_OF)
    return area_view(now, facts, reference(), area)


def test_the_losses_are_those_of_the_areas_own_score_down_to_the_row():
    view = seen()
    assert view.figures[["score", "coverage", "open", "overdue"]].tolist() == [37.5, 0.8, 3, 1]
    assert view.losses[["site", "item", "loss", "issues", "sheet", "row"]].to_numpy().tolist() == [
        ["甲小区", "A-01", 37.5, 2, "表", 5], ["乙学校", "E-01", 25, 1, "表", 5]]
    assert view.figures["score"] + view.losses["loss"].sum() == 100
    shares = view.issues[["description", "loss"]].sort_values("description").to_numpy().tolist()
    assert shares == [["3号楼道堆物", 18.75], ["5号楼道堆物", 18.75], ["9号楼道堆物", 0], ["校门通畅", 25]]


def test_losses_summed_by_anything_keep_their_sum():
    losses = seen().losses
    assert lost_by(losses, "kind").to_numpy().tolist() == [["residential", 37.5, 1, 2], ["school", 25, 1, 1]]
    for columns in (("kind",), ("category",), ("site_id", "site"), ("item", "indicator")):
        assert lost_by(losses, *columns)["loss"].sum() == 62.5


def test_sites_with_their_state_the_most_costly_first():
    sites = seen().sites.set_index("site")
    counts = ["checked", "inspectable", "passing", "failing", "unchecked", "open", "overdue"]
    assert sites[counts].to_dict("split")["data"] == [[2, 2, 1, 1, 0, 2, 1], [1, 1, 0, 1, 0, 1, 0],
                                                      [0, 2, 0, 0, 2, 0, 0]]
    assert sites.index.tolist() == ["甲小区", "乙学校", "丙公园"]
    assert sites["score"].fillna(-1).tolist() == [50, 0, -1]
    assert sites[["loss", "coverage"]].to_numpy().tolist() == [[37.5, 1], [25, 1], [0, 0]]
    assert sites["newest_on"].dt.strftime("%m-%d").fillna("-").tolist() == ["10-05", "10-20", "-"]
    assert sites.loc["甲小区", "point_chief"] == "张三"


def test_what_was_not_checked_is_worth_its_share_of_the_coverage():
    view = seen()
    assert view.unchecked[["site", "item", "gain"]].to_numpy().tolist() == [
        ["丙公园", "F-02", pytest.approx(0.15)], ["丙公园", "F-01", pytest.approx(0.05)]]
    assert view.figures["coverage"] + view.unchecked["gain"].sum() == pytest.approx(1)


def test_an_area_below_the_minimum_coverage_has_no_score_and_no_losses():
    park = {"name": "丙公园", "site_kind": "公园"}
    home = {"name": "甲小区", "site_kind": "小区"}
    view = seen(register(home, park), checklist(check("丙公园", "无乱扔杂物", "fail")))
    assert pd.isna(view.figures["score"]) and view.figures["coverage"] == 0.0625
    assert view.losses.empty and view.sites["loss"].sum() == view.issues["loss"].sum() == 0
    assert len(view.issues) == 1 and len(view.unchecked) == 3


def test_an_area_of_which_nothing_is_known_is_empty():
    view = seen(area=DIRECT)
    assert [len(frame) for frame in (view.losses, view.issues, view.sites, view.unchecked, view.items)] == [0] * 5
    assert view.figures["open"] == 0


def test_the_uploads_that_carry_facts_of_the_area_the_newest_first():
    found = {"site": "甲小区", "description": "堆物", "found_on": "2021-10-04"}
    both = book((LEDGER, [found, {**found, "found_on": "2021-10-09", "area_code": OTHER_AREA}]),
                (CHECKLIST, [check("甲小区", "无飞线充电", "pass"), check("甲小区", "楼道无堆物", "pass")]))
    other = checklist(check("丁小区", "无飞线充电", "pass", area_code=OTHER_AREA))
    last = book((SITES, [{"name": "甲小区"}]), (PATROLS, [{"date": "2021-10-02"}]), day="2022-01-01")
    uploads = area_uploads(snapshot(both, other, last), AREA)
    assert uploads[["upload_id", "ledger", "checks", "sites", "patrols", "facts"]].to_numpy().tolist() == [
        ["u0002", 0, 0, 1, 1, 2], ["u0000", 1, 2, 0, 0, 3]]
    assert uploads["newest_on"].dt.strftime("%m-%d").tolist() == ["10-02", "10-04"]
    assert area_uploads(snapshot(other), AREA).empty
