"""Accepted exceptions: the item is not failing for them, they lapse by themselves and stand apart."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest
from snapshots import checklist, ledger, reference, register, snapshot, step

from readiness.facts import place_facts
from readiness.standing import standing
from readiness.thread_keys import with_threads
from readiness.trends import score_by_day

SITE = register({"name": "甲小区", "site_kind": "residential"})
PASSES = checklist({"site": "甲小区", "indicator": "无飞线充电", "result": "pass", "checked_on": "2021-10-01"})
PILE = {"site": "甲小区", "indicator": "楼道无堆物", "description": "楼道堆物", "found_on": "2021-10-02"}
THREAD = with_threads(snapshot(ledger(PILE)).ledger)["thread"].iloc[0]


def excepted(on: str, until: str) -> dict:
    return step(THREAD, "excepted", on, "等待施工", until=until)


def on(day: str, *steps, books=()):
    facts = place_facts(snapshot(SITE, PASSES, *(books or [ledger(PILE)]), steps=steps), reference())
    return standing(facts, reference(), date.fromisoformat(day))


def test_while_it_runs_the_item_is_not_failing_and_the_issue_stands_apart():
    before, during = on("2021-10-04"), on("2021-10-05", excepted("2021-10-05", "2021-10-10"))
    assert (before.subdistrict.score, before.subdistrict.excepted) == (50.0, 0)
    assert (during.subdistrict.score, during.subdistrict.excepted, during.subdistrict.open) == (100.0, 1, 1)
    issue = during.issues.iloc[0]
    assert (issue["status"], issue["excepted_until"], issue["loss"]) == ("open", pd.Timestamp("2021-10-10"), 0.0)


@pytest.mark.parametrize(("day", "score"), [("2021-10-04", 50.0), ("2021-10-05", 100.0), ("2021-10-10", 100.0),
                                            ("2021-10-11", 50.0)])
def test_it_begins_on_its_day_and_lapses_after_its_last(day, score):
    assert on(day, excepted("2021-10-05", "2021-10-10")).subdistrict.score == score


def test_the_next_exception_takes_the_place_of_the_one_before():
    steps = excepted("2021-10-05", "2021-10-20"), excepted("2021-10-08", "2021-10-09")
    assert [on(f"2021-10-{day:02}", *steps).subdistrict.score for day in (7, 9, 10, 20)] == [100.0, 100.0, 50.0, 50.0]


def test_verified_within_it_the_item_passes_and_a_relapse_fails_again():
    verified = ledger({**PILE, "status": "verified", "verified_on": "2021-10-07"})
    again = ledger({**PILE, "found_on": "2021-10-09"})
    steps = (excepted("2021-10-05", "2021-10-20"),)
    found = [on(f"2021-10-{day:02}", *steps, books=(verified, again)).subdistrict for day in (6, 7, 8, 9)]
    assert [one.score for one in found] == [100.0, 100.0, 100.0, 50.0]
    assert [one.excepted for one in found] == [1, 0, 0, 0]


def test_another_issue_on_the_item_still_fails_it_and_bears_the_loss_alone():
    other = ledger(PILE, {**PILE, "description": "堆放家具"})
    found = on("2021-10-06", excepted("2021-10-05", "2021-10-10"), books=(other,))
    assert found.subdistrict.score == 50.0
    assert found.issues.set_index("description")["loss"].to_dict() == {"楼道堆物": 0.0, "堆放家具": 50.0}


def test_a_failing_check_fails_the_item_in_spite_of_it():
    fails = checklist({"site": "甲小区", "indicator": "楼道无堆物", "result": "fail", "checked_on": "2021-10-03"})
    found = on("2021-10-06", excepted("2021-10-05", "2021-10-10"), books=(ledger(PILE), fails))
    assert (found.subdistrict.score, found.issues["loss"].tolist()) == (50.0, [50.0])


def test_the_trend_knows_it():
    facts = place_facts(snapshot(SITE, PASSES, ledger(PILE), steps=[excepted("2021-10-05", "2021-10-06")]), reference())
    days = score_by_day(facts, reference(), date(2021, 10, 4), date(2021, 10, 7))
    assert days["score"].tolist() == [50.0, 100.0, 100.0, 50.0]
