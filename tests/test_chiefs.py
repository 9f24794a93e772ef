"""The responsibility grid on a tiny register: whose sites, how their issues stand, and the gaps."""

from __future__ import annotations

from datetime import date

import pandas as pd
from snapshots import AREA, OTHER_AREA, checklist, ledger, reference, register, snapshot

from readiness.chiefs import (
    NOBODY,
    answering,
    chiefs,
    issues_of_chiefs,
    phone_posts,
    sites_of,
    unanswered,
    with_too_many,
    with_two_phones,
)
from readiness.durations import timed_issues
from readiness.facts import place_facts
from readiness.standing import standing

AS_OF = date(2021, 10, 31)


def site(name, kind="residential", area_code=AREA, **chiefs):
    return {"name": name, "site_kind": kind, "area_code": area_code, **chiefs}


REGISTER = register(
    site("甲小区", point_chief="赵六", block_chief="孙八", phone="13800001111"),
    site("乙小区", point_chief="赵六", block_chief="孙八", phone="138-0000-1111"),
    site("丙公园", "park", road_chief="钱七", phone="6500"),
    site("丁公园", "park"),
    site("戊小区", area_code=OTHER_AREA, point_chief="赵六", phone="13900002222"))


def row(number, place, status="open", **fields):
    return {"site": place, "description": f"堆物{number}", "found_on": "2021-10-01", "status": status, **fields}


LEDGER = ledger(
    row(1, "甲小区", due_on="2021-10-10"), row(2, "甲小区", "fixed", fixed_on="2021-10-05"),
    row(3, "乙小区", "verified", fixed_on="2021-10-03", verified_on="2021-10-04"),
    row(4, "乙小区", "fixed", fixed_on="2021-10-11"), row(5, "丙公园"), row(6, "己小区"))
AGAIN = ledger(row(3, "乙小区", found_on="2021-10-20"))


def day():
    facts = place_facts(snapshot(REGISTER, LEDGER, AGAIN, checklist(
        {"site": "庚小区", "indicator": "无飞线充电", "result": "fail", "checked_on": "2021-10-03"})), reference())
    return facts, timed_issues(standing(facts, reference(), AS_OF).issues, facts)


def test_each_person_and_post_with_the_work_at_their_sites():
    facts, issues = day()
    table = chiefs(answering(facts.sites), issues)
    told = table.drop(columns=["phone", "loss"]).astype(object).where(table.notna(), None)
    # post, area, person, sites, open, overdue, relapses, median days to fix, measured, left_out
    assert told.to_numpy().tolist() == [
        ["block_chief", AREA, "孙八", 2, 4, 1, 1, 4.0, 3, 0], ["point_chief", AREA, "赵六", 2, 4, 1, 1, 4.0, 3, 0],
        ["road_chief", AREA, "钱七", 1, 1, 0, 0, None, 0, 0],
        ["point_chief", OTHER_AREA, "赵六", 1, 0, 0, 0, None, 0, 0]]
    assert table["phone"].fillna("").tolist() == ["", "138-0000-1111", "6500", "13900002222"]


def test_the_points_lost_are_those_of_the_issues_at_their_sites():
    facts, issues = day()
    table = chiefs(answering(facts.sites), issues).set_index(["person", "area_code"])
    for person, places in {"孙八": ["甲小区", "乙小区"], "钱七": ["丙公园"]}.items():
        lost = issues.loc[issues["site"].isin(places), "loss"].sum()
        assert lost > 0
        assert abs(table.loc[(person, AREA), "loss"] - lost) < 1e-9


def test_the_numbers_of_a_person_are_the_rows_of_their_issues():
    facts, issues = day()
    answers = answering(facts.sites)
    rows = issues_of_chiefs(answers, issues).groupby(["post", "person"]).size()
    assert rows.to_dict() == {("block_chief", "孙八"): 5, ("point_chief", "赵六"): 5, ("road_chief", "钱七"): 1}


def test_the_sites_of_one_person_each_once_with_their_posts():
    facts, issues = day()
    sites = sites_of(answering(facts.sites).query("area_code == @AREA"), issues)
    assert sites[["site", "posts", "open", "overdue", "relapses"]].to_numpy().tolist() == [
        ["甲小区", ["point_chief", "block_chief"], 2, 1, 0], ["乙小区", ["point_chief", "block_chief"], 2, 0, 1],
        ["丙公园", ["road_chief"], 1, 0, 0]]


def test_a_phone_is_the_point_chiefs_else_the_only_chiefs():
    names = pd.DataFrame({"point_chief": ["甲", None, None, None], "road_chief": ["乙", "乙", "乙", None],
                          "block_chief": ["丙", None, "丙", None]})
    assert phone_posts(names).fillna("").tolist() == ["point_chief", "road_chief", "", ""]


def test_gaps_are_posts_that_the_register_fills_at_other_sites_of_the_kind():
    sites = day()[0].sites
    gaps = unanswered(sites, sites)
    assert gaps[["post", "site"]].to_numpy().tolist() == [
        ["road_chief", "丁公园"], ["block_chief", "戊小区"], [NOBODY, "丁公园"]]
    left = sites.assign(road_chief=None)
    assert unanswered(left, sites)[["post", "site"]].to_numpy().tolist() == [
        ["road_chief", "丁公园"], ["road_chief", "丙公园"], ["block_chief", "戊小区"], [NOBODY, "丁公园"],
        [NOBODY, "丙公园"]]


def test_too_many_sites_are_more_than_the_most():
    facts, issues = day()
    table = chiefs(answering(facts.sites), issues)
    assert with_too_many(table, 1)[["post", "person", "sites"]].to_numpy().tolist() == [
        ["block_chief", "孙八", 2], ["point_chief", "赵六", 2]]
    assert with_too_many(table, 2).empty


def test_a_name_with_two_phones_stands_with_each_of_its_areas():
    assert with_two_phones(answering(day()[0].sites)).to_numpy().tolist() == [
        ["赵六", AREA, "138-0000-1111"], ["赵六", OTHER_AREA, "13900002222"]]


def test_a_register_without_persons_has_an_empty_table_and_no_gap_but_nobody():
    facts = place_facts(snapshot(register(site("甲小区")), ledger(row(1, "甲小区"))), reference())
    issues = timed_issues(standing(facts, reference(), AS_OF).issues, facts)
    assert chiefs(answering(facts.sites), issues).empty
    assert unanswered(facts.sites, facts.sites)[["post", "site"]].to_numpy().tolist() == [[NOBODY, "甲小区"]]
