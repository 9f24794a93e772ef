"""Pareto and the moves it counts: worked by hand, and equal to the weekly counts and the burn-down."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from readiness import trends
from readiness.facts import place_facts
from readiness.moves import by_week, moved_issues, of_week, remaining
from readiness.pareto import pareto, vital_few
from readiness.threads import issues_on
from tests.snapshots import checklist, ledger, reference, snapshot

LAST = date(2021, 10, 31)
CHECK = {"site": "广水小区", "site_kind": "小区", "indicator": "楼道无堆物"}
ISSUE = {"site": "广水小区", "description": "楼道堆物", "found_on": "2021-10-12", "status": "open"}
FAILS, PASSES = {**CHECK, "result": "fail", "checked_on": "2021-10-05"}, {**CHECK, "result": "pass"}


def facts(*books):
    return place_facts(snapshot(*books), reference())


def moves(*books, as_of: date = LAST) -> pd.DataFrame:
    placed = facts(*books)
    return moved_issues(placed, issues_on(placed, as_of), as_of)


def told(rows: pd.DataFrame) -> list[tuple]:
    return [(f"{on:%m-%d}", origin, opened, closed) for on, origin, opened, closed in
            rows[["on", "origin", "opened", "closed"]].itertuples(index=False)]


def test_a_failing_check_opens_and_a_newer_pass_closes():
    rows = moves(checklist(FAILS, {**PASSES, "checked_on": "2021-10-08"}))
    assert told(rows) == [("10-05", "check", 1, 0), ("10-08", "check", 0, 1)]
    assert rows["issue"][0] == rows["issue"][1]
    assert rows["description"].tolist() == ["楼道无堆物"] * 2
    assert rows["row"].tolist() == [4, 4]


def test_a_ledger_issue_that_takes_over_a_failing_checks_problem_does_not_open_again():
    rows = moves(checklist(FAILS), ledger(ISSUE, {**ISSUE, "description": "楼道又堆物"}))
    assert told(rows) == [("10-05", "check", 1, 0), ("10-12", "ledger", 1, 0)]


def test_found_and_verified_on_one_day_is_one_row_that_opens_and_closes():
    rows = moves(ledger({**ISSUE, "status": "verified", "verified_on": "2021-10-12"}))
    assert told(rows) == [("10-12", "ledger", 1, 1)]


def test_only_what_holds_by_the_day_moves():
    rows = moves(ledger({**ISSUE, "status": "verified", "verified_on": "2021-10-20"}), as_of=date(2021, 10, 19))
    assert told(rows) == [("10-12", "ledger", 1, 0)]


@pytest.mark.parametrize("books", [
    (checklist(FAILS, {**PASSES, "checked_on": "2021-10-20"}), ledger(ISSUE)),
    (checklist(FAILS), ledger(ISSUE, {**ISSUE, "description": "楼道又堆物"})),
    (ledger({**ISSUE, "status": "verified", "verified_on": "2021-10-14"}), ledger({**ISSUE, "found_on": "2021-10-25"})),
    (checklist(FAILS, {**FAILS, "checked_on": "2021-10-26"}),
     ledger({**ISSUE, "status": "verified", "verified_on": "2021-10-22"})),
])
def test_moves_add_up_to_the_weekly_counts_and_the_burn_down(books):
    placed, first = facts(*books), date(2021, 10, 1)
    rows = moved_issues(placed, issues_on(placed, LAST), LAST)
    weeks = trends.opened_closed(placed, LAST, 6)
    pd.testing.assert_frame_equal(by_week(rows, LAST, 6), weeks, check_dtype=False, check_freq=False)
    pd.testing.assert_frame_equal(remaining(rows, first, LAST), trends.burn_down(placed, LAST, first),
                                  check_dtype=False, check_freq=False)
    for week, opened, closed in weeks.itertuples(index=False):
        assert len(of_week(rows, week, "opened")) == opened
        assert len(of_week(rows, week, "closed")) == closed


def test_the_pareto_counts_shares_and_running_shares_and_names_what_says_nothing():
    opened = pd.DataFrame({"category": ["环境", None, "消防", "环境", "环境", "消防", "消防", "秩序"]})
    table = pareto(opened, ("category",))
    assert table["category"].tolist() == ["消防", "环境", "", "秩序"]
    assert table["count"].tolist() == [3, 3, 1, 1]
    assert table["share"].tolist() == [0.375, 0.375, 0.125, 0.125]
    assert table["cumulative"].tolist() == [0.375, 0.75, 0.875, 1.0]
    assert vital_few(table) == 3


def test_the_pareto_of_nothing_is_empty():
    table = pareto(pd.DataFrame({"category": []}), ("category",))
    assert table.empty
    assert vital_few(table) == 0
