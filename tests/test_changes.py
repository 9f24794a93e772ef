"""What changed since the day compared with: each rule by a worked example, then its sentence."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import pytest

from readiness.behind import (
    cell_items,
    failing_items,
    failing_of_item,
    ledger_issues,
    moved_losses,
    open_issues,
    overdue_issues,
    unchecked_items,
    verified_between,
)
from readiness.changes import changes, score_change
from readiness.facts import place_facts
from readiness.standing import standing
from tests.snapshots import AREA, OTHER_AREA, checklist, ledger, reference, register, snapshot
from ui.changes import SENTENCES

BEFORE, NOW = date(2021, 10, 10), date(2021, 10, 17)
SITES = register({"name": "广水小区", "site_kind": "小区"}, {"name": "水电小区", "site_kind": "小区",
                                                      "area_code": OTHER_AREA})
CHECK = {"site": "广水小区", "site_kind": "小区", "checked_on": "2021-10-01", "result": "pass"}
OTHER = {**CHECK, "area_code": OTHER_AREA, "site": "水电小区"}
PILES, WIRES = {"indicator": "楼道无堆物"}, {"indicator": "无飞线充电"}
ALL_PASS = checklist({**CHECK, **PILES}, {**CHECK, **WIRES}, {**OTHER, **PILES}, {**OTHER, **WIRES})
ISSUE = {"site": "广水小区", "description": "楼道堆物", "found_on": "2021-10-12", "status": "open"}


def on(day: date, *books):
    return standing(place_facts(snapshot(SITES, *books), reference()), reference(), day)


def told(*books) -> dict[str, dict]:
    now, before = on(NOW, *books), on(BEFORE, *books)
    return {change.rule: dict(change.facts) for change in changes(now, before)}


def sentence(rule: str, facts: dict) -> str:
    return SENTENCES[rule](facts, reference())[1]


def test_nothing_changed_says_so_in_the_score_alone():
    assert told(ALL_PASS) == {"score": {"score": 100.0, "earlier": 100.0, "kinds": ()}}
    assert sentence("score", {"score": 100.0, "earlier": 100.0, "kinds": ()}) == "街道准备度 100.0 → <b>100.0</b>。"


def test_a_fall_names_the_area_its_new_issues_and_what_they_are():
    found = told(ALL_PASS, ledger(ISSUE, {**ISSUE, "description": "3号楼道堆物"}))
    assert found["score"] == {"score": 75.0, "earlier": 100.0, "kinds": (("residential", -25.0),)}
    assert found["fall"] == {"area": AREA, "name": "广水", "change": -50.0, "count": 2, "kind": "residential",
                             "indicator": "楼道无堆物", "of_item": 2}
    assert sentence("score", found["score"]) == "街道准备度 100.0 → <b>75.0</b>，主要来自<b>居民小区</b>（−25.0）。"
    assert sentence("fall", found["fall"]) == \
        "<b>广水</b>下降 50.0 分，下降最多：新增 2 条未销号，其中 2 条是居民小区“楼道无堆物”。"


def test_a_rise_names_what_was_verified_since():
    found = told(ALL_PASS, ledger({**ISSUE, "found_on": "2021-10-05", "status": "verified", "fixed_on": "2021-10-12",
                                   "verified_on": "2021-10-14"}))
    assert found["rise"]["name"] == "广水"
    assert (found["rise"]["change"], found["rise"]["count"]) == (50.0, 1)
    assert sentence("rise", found["rise"]) == "<b>广水</b>提高 50.0 分，提高最多：销号 1 条。"


def test_overdue_red_lines_and_relapses_since_then():
    late = {**ISSUE, "found_on": "2021-10-02", "due_on": "2021-10-11"}
    wires = {**ISSUE, "description": "飞线充电", "area_code": OTHER_AREA, "site": "水电小区"}
    again = {**ISSUE, "description": "楼道堆杂物"}
    found = told(ALL_PASS, ledger(late, wires, {**again, "found_on": "2021-10-01", "status": "verified",
                                                "verified_on": "2021-10-03"}), ledger(again))
    assert found["overdue"] == {"count": 1, "earlier": 0, "on": BEFORE, "areas": ("广水",), "of_areas": 1}
    assert found["red_lines"] == {"count": 1, "new": 1, "named": (("水电", "飞线充电"),)}
    assert found["relapses"] == {"count": 1, "on": BEFORE, "kind": "residential", "indicator": "楼道无堆物",
                                 "of_item": 1}
    assert sentence("overdue", found["overdue"]) == "超期 1 条，与 10月10日相比多 1 条；都在<b>广水</b>。"
    assert sentence("red_lines", found["red_lines"]) == "红线项 1 条未销号（其中新增 1 条）：<b>水电</b> 飞线充电。"
    assert sentence("relapses", found["relapses"]) == "10月10日以来回潮 1 条。"


def test_an_area_without_enough_checks_is_named():
    found = told(checklist({**CHECK, **PILES}, {**CHECK, **WIRES}))
    assert found["lacking"] == {"areas": ("水电",), "new": ()}
    assert sentence("lacking", found["lacking"]) == "<b>水电</b>检查覆盖率不足 20%，暂不评分。"


def test_what_came_later_restates_the_day_compared_with():
    late = ledger({**ISSUE, "found_on": "2021-10-09"}, day="2021-10-16")
    now, before, then = on(NOW, ALL_PASS, late), on(BEFORE, ALL_PASS, late), on(BEFORE, ALL_PASS)
    found = {change.rule: change for change in changes(now, before, then)}
    assert dict(found["restated"].facts) == {"on": BEFORE, "score": 75.0, "shown": 100.0}
    assert found["restated"].rows["gained"].sum() == pytest.approx(-25.0)
    assert sentence("restated", found["restated"].facts) == "10月10日的得分当天看是 100.0，补报后为 <b>75.0</b>。"
    assert "restated" not in {change.rule for change in changes(now, before, before)}


def test_at_most_six_are_told_and_words_of_a_book_are_no_markup():
    facts = {"count": 1, "new": 0, "named": (("广水", "<b>x</b>"),)}
    assert "&lt;b&gt;x&lt;/b&gt;" in sentence("red_lines", facts)
    assert len(told(ALL_PASS, ledger(ISSUE))) <= 6


def test_the_rows_behind_the_score_and_its_change_add_up():
    books = (ALL_PASS, ledger(ISSUE, {**ISSUE, "description": "飞线充电", "found_on": "2021-10-05",
                                      "status": "verified", "verified_on": "2021-10-15"}))
    now, before = on(NOW, *books), on(BEFORE, *books)
    assert failing_items(now)["loss"].sum() == pytest.approx(100 - now.subdistrict.score)
    assert moved_losses(now, before)["gained"].sum() == pytest.approx(now.subdistrict.score - before.subdistrict.score)
    assert score_change(now, before).rows["gained"].tolist() == pytest.approx([-25.0, 25.0])


def test_the_rows_behind_each_count():
    books = (ALL_PASS, ledger(
        {**ISSUE, "due_on": "2021-10-13"}, {**ISSUE, "description": "绿化带有烟头", "found_on": "2021-10-05",
                                            "status": "verified", "verified_on": "2021-10-15"}))
    now = on(NOW, *books)
    tally = now.subdistrict
    assert len(open_issues(now.issues)) == tally.open == 1
    assert overdue_issues(now.issues)["overdue_days"].tolist() == [4]
    assert len(verified_between(now.issues, BEFORE, NOW)) == 1
    assert len(ledger_issues(now.issues)) == tally.total == 2
    assert unchecked_items(now)["share"].sum() == pytest.approx(1 - tally.coverage)
    assert failing_of_item(now, "residential", "A-01")["loss"].sum() == pytest.approx(now.losses["loss"].sum())


def test_a_cells_items_give_its_score():
    now = on(NOW, ALL_PASS, ledger(ISSUE))
    for code, kind, score in now.heat[["area_code", "kind", "score"]].itertuples(index=False):
        rows = cell_items(now, code, kind)
        worth = rows.groupby("state")["v"].sum()
        known = worth.get("pass", 0.0) + worth.get("fail", 0.0)
        assert (100 * worth.get("pass", 0.0) / known if known else float("nan")) == pytest.approx(score, nan_ok=True)


def test_no_rows_at_all_change_nothing():
    empty = SimpleNamespace(subdistrict=SimpleNamespace(score=None))
    assert score_change(empty, empty) is None
