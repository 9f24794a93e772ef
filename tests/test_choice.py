"""Which issues are asked for: each filter alone, several together, and the choice of what is not known."""

from __future__ import annotations

import pandas as pd
import pytest

from readiness.choice import SEARCHED, UNKNOWN, chosen, chosen_sites, counted

ISSUES = pd.DataFrame({
    "issue": ["a", "b", "c", "d"],
    "origin": ["ledger", "ledger", "check", "ledger"],
    "area_code": ["1", "2", "1", "2"],
    "kind": ["school", "market", "park", "residential"],
    "category": ["公共环境", "公共秩序", "公共环境", None],
    "status": ["open", "verified", "open", "fixing"],
    "severity": ["一般", None, None, "严重"],
    "round": ["self", "mock", "self", None],
    "responsible_unit": ["市容所", None, None, "ABC物业"],
    "responsible_person": ["李样例", None, None, None],
    "description": ["杂物堆放", "占道经营", "草坪破损", "充电线 Cable"],
    "site": ["学校", "市场", "公园", "小区"],
    "location": [None, "东门", None, None],
    "indicator": ["通道畅通", "无占道", "绿化完好", "无飞线"],
    "overdue_days": [3, 0, 0, 1],
})


def names(**filters) -> str:
    return "".join(chosen(ISSUES, **filters)["issue"])


@pytest.mark.parametrize(("filters", "expected"), [
    ({}, "abcd"),
    ({"areas": ["1"]}, "ac"),
    ({"units": ["市容所", "ABC物业"]}, "ad"),
    ({"units": [UNKNOWN]}, "bc"),
    ({"kinds": ["market"]}, "b"),
    ({"categories": ["公共环境"]}, "ac"),
    ({"categories": [UNKNOWN, "公共秩序"]}, "bd"),
    ({"states": ["open", "fixing"]}, "acd"),
    ({"severities": ["严重"]}, "d"),
    ({"rounds": ["self"]}, "ac"),
    ({"surroundings": ["school", "park"]}, "ac"),
    ({"surroundings": ["school", "park"], "kinds": ["park", "residential"]}, "c"),
    ({"origin": "check"}, "c"),
    ({"overdue": True}, "ad"),
    ({"text": "东门"}, "b"),
    ({"text": "abc CABLE"}, "d"),
    ({"text": "占道 草坪"}, ""),
    ({"text": "(.*"}, ""),
    ({"text": "  "}, "abcd"),
    ({"areas": ["1"], "states": ["open"], "overdue": True}, "a"),
    ({"areas": ["9"]}, ""),
])
def test_issues_meet_every_filter(filters, expected):
    assert names(**filters) == expected


def test_no_word_is_found_across_two_columns():
    assert names(text="堆放学校") == ""
    assert set(SEARCHED) <= set(ISSUES.columns)


def test_the_order_and_the_frame_given_stay_as_they_were():
    turned = ISSUES.iloc[::-1]
    before = turned.copy()
    assert list(chosen(turned, states=["open"])["issue"]) == ["c", "a"]
    pd.testing.assert_frame_equal(turned, before)


def test_no_issues_give_no_issues():
    none = ISSUES.iloc[:0]
    assert chosen(none, text="a", overdue=True, kinds=["park"]).empty


def test_areas_are_counted_by_the_issues_asked_for_and_by_their_sites():
    areas = pd.DataFrame({"area_code": ["0", "1", "2"], "open": [9, 9, 9], "overdue": [9, 9, 9]})
    sites = pd.DataFrame({"area_code": ["1", "1", "2", "2"], "kind": ["school", "park", "market", "residential"]})
    all_of_them = counted(areas, ISSUES, sites)
    assert all_of_them[["open", "overdue"]].to_numpy().tolist() == [[0, 0], [2, 1], [1, 1]]
    assert all_of_them["per_site"].fillna(-1).tolist() == [-1, 1.0, 0.5]  # no site at all in the first
    schools = counted(areas, chosen(ISSUES, kinds=["school"]), chosen_sites(sites, ["school"]))
    assert schools["open"].tolist() == [0, 1, 0]
    assert schools["per_site"].fillna(-1).tolist() == [-1, 1.0, -1]
    assert areas["open"].tolist() == [9, 9, 9]
    assert chosen_sites(sites, ["school", "residential"], ["school", "park"])["kind"].tolist() == ["school"]
