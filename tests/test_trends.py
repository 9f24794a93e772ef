"""What changed from day to day: score, issues opened and closed, issues still open, and the day of the screens."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest
from snapshots import (
    AREA,
    CHECKLIST,
    LEDGER,
    PATROLS,
    SETTINGS,
    book,
    checklist,
    ledger,
    reference,
    register,
    snapshot,
    step,
)

from readiness.facts import place_facts
from readiness.threads import issues_on
from readiness.trends import area_scores_by_day, as_of_day, burn_down, opened_closed, score_by_day

HOME = register({"name": "甲小区", "site_kind": "小区"})
ITEM = {"A-01": "楼道无堆物", "A-02": "无飞线充电"}


def check(item, result, on):
    return {"site": "甲小区", "indicator": ITEM[item], "result": result, "checked_on": on}


def pile(found=None, status=None, **fields):
    return {"site": "甲小区", "description": "楼道堆物", "found_on": found, "status": status, **fields}


def placed(*books, steps=()):
    return place_facts(snapshot(*books, steps=steps), reference())


def october(day):
    return date(2021, 10, day)


LIFE = (HOME, checklist(check("A-01", "pass", "2021-10-02"), check("A-02", "fail", "2021-10-03"),
                        check("A-02", "na", "2021-10-05"), check("A-02", "pass", "2021-10-08")),
        ledger(pile("2021-10-04", "verified", verified_on="2021-10-07")))


def test_score_by_day_by_hand():
    """A-01: pass 2, fail 4 to 6, pass 7. A-02: fail 3 and 4, out 5 to 7, pass 8. Both weigh the same."""
    found = score_by_day(placed(*LIFE), reference(), october(1), october(8))
    assert found["day"].tolist() == list(pd.date_range("2021-10-01", "2021-10-08"))
    assert found["score"].fillna(-1).tolist() == [-1, 100, 50, 0, 0, 0, 100, 100]
    assert found["coverage"].tolist() == [0, 0.5, 1, 1, 1, 1, 1, 1]


def test_facts_before_the_first_day_count_from_it_on():
    found = score_by_day(placed(*LIFE), reference(), october(7), october(8))
    assert found["score"].tolist() == [100, 100]


def test_below_the_minimum_coverage_a_day_has_no_score():
    strict = reference(settings=replace(SETTINGS, minimum_coverage=0.6))
    found = score_by_day(placed(*LIFE), strict, october(2), october(3))
    assert found["score"].fillna(-1).tolist() == [-1, 50] and found["coverage"].tolist() == [0.5, 1]


def test_scores_of_the_areas_by_day():
    found = area_scores_by_day(placed(*LIFE), reference(), october(3), october(4))
    assert found["area_code"].tolist() == reference().areas["code"].tolist() * 2
    assert found.loc[found["area_code"] == AREA, "score"].tolist() == [50, 0]
    assert found.loc[found["area_code"] != AREA, "coverage"].tolist() == [0] * 4


def test_weights_that_are_no_whole_numbers_leave_no_dust():
    """0.1 + 0.2 + 0.3 - 0.1 - 0.2 - 0.3 is not quite 0; a kind all of whose items are out has no worth at all."""
    third = reference().items.iloc[[0]].assign(item="A-03", text="第三项")
    items = pd.concat([reference().items, third], ignore_index=True)
    here = reference(items=items.assign(weight=items["item"].map({"A-02": 0.2, "A-03": 0.3}).fillna(0.1)))
    out = [{"site": "甲小区", "indicator": text, "result": "na", "checked_on": f"2021-10-0{day}"}
           for day, text in enumerate(("楼道无堆物", "无飞线充电", "第三项"), start=2)]
    good = {"site": "乙小学", "indicator": "校门通畅", "result": "pass", "checked_on": "2021-10-01"}
    found = score_by_day(place_facts(snapshot(HOME, checklist(good, *out)), here), here, october(1), october(4))
    assert found["coverage"].tolist() == [0.25, 0.25, 0.25, 1]


def test_opened_and_closed_by_week():
    """Monday 4: the ledger's issue is found and A-02, failing since Sunday 3, is still open; both end by the 8th."""
    found = opened_closed(placed(*LIFE), october(20), weeks=4)
    assert found["week"].dt.day.tolist() == [27, 4, 11, 18] and found["week"].dt.day_name().unique() == ["Monday"]
    assert found["opened"].tolist() == [1, 1, 0, 0] and found["closed"].tolist() == [0, 2, 0, 0]


def test_nothing_after_the_day_is_counted():
    assert opened_closed(placed(*LIFE), october(7), weeks=1)[["opened", "closed"]].to_numpy().tolist() == [[1, 1]]
    assert opened_closed(placed(*LIFE), october(6), weeks=1)[["opened", "closed"]].to_numpy().tolist() == [[1, 0]]


def test_a_relapse_and_a_return_open_again():
    facts = placed(ledger(pile("2021-10-04", "verified", verified_on="2021-10-05")),
                   ledger(pile("2021-10-06", "verified", verified_on="2021-10-07")))
    assert opened_closed(facts, october(10), weeks=1)[["opened", "closed"]].to_numpy().tolist() == [[2, 2]]
    base = ledger(pile("2021-10-04", "verified", verified_on="2021-10-05"))
    thread = issues_on(placed(base), october(10))["thread"].item()
    back = placed(base, steps=[step(thread, "returned", "2021-10-06")])
    assert opened_closed(back, october(10), weeks=1)[["opened", "closed"]].to_numpy().tolist() == [[2, 1]]


def test_found_and_verified_on_one_day_is_opened_and_closed():
    facts = placed(ledger(pile("2021-10-04", "verified", verified_on="2021-10-04")))
    assert opened_closed(facts, october(10), weeks=1)[["opened", "closed"]].to_numpy().tolist() == [[1, 1]]
    assert burn_down(facts, october(5), october(3))["open"].tolist() == [0, 0, 0]


def test_a_ledger_that_takes_over_a_failing_check_opens_nothing():
    facts = placed(checklist(check("A-01", "fail", "2021-10-04")), ledger(pile("2021-10-06")))
    assert opened_closed(facts, october(10), weeks=1)[["opened", "closed"]].to_numpy().tolist() == [[1, 0]]
    assert burn_down(facts, october(7), october(3))["open"].tolist() == [0, 1, 1, 1, 1]


def test_burn_down_counts_the_open_issues_of_each_day():
    found = burn_down(placed(*LIFE), october(9), october(2))
    assert found["day"].tolist() == list(pd.date_range("2021-10-02", "2021-10-09"))
    assert found["open"].tolist() == [0, 1, 2, 2, 2, 1, 0, 0]


def test_burn_down_from_a_later_day_starts_with_what_is_open_then():
    assert burn_down(placed(*LIFE), october(7), october(6))["open"].tolist() == [2, 1]


@pytest.mark.parametrize(("tables", "newest"), [
    ([(LEDGER, [pile("2021-10-04", "fixed", fixed_on="2021-10-09", due_on="2021-10-30")])], "2021-10-10"),
    ([(LEDGER, [pile("2021-10-04", "verified", verified_on="2021-10-12")])], "2021-10-13"),
    ([(CHECKLIST, [check("A-01", "pass", "2021-10-20")]), (PATROLS, [{"date": "2021-10-02"}])], "2021-10-21"),
    ([(CHECKLIST, [check("A-01", "pass", "2021-10-20")]), (PATROLS, [{"date": "2021-10-25"}])], "2021-10-26"),
    ([(LEDGER, [pile(None)])], "2021-11-11")])
def test_with_demonstration_books_the_day_is_that_after_the_newest_fact(tables, newest):
    today = date(2021, 11, 11)
    assert as_of_day(snapshot(book(*tables, demo=True)), today) == date.fromisoformat(newest)
    assert as_of_day(snapshot(book(*tables)), today) == today


def test_the_newest_fact_is_that_of_all_books():
    books = [book((LEDGER, [pile("2021-10-04")]), demo=True), ledger(pile("2021-10-15"))]
    assert as_of_day(snapshot(*books), date(2021, 11, 11)) == october(16)
