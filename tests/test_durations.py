"""Time to close and to fix: which dates count, what is left out, medians and quartiles."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest
from snapshots import checklist, ledger, reference, snapshot, step

from readiness.durations import TO_CLOSE, TO_FIX, durations, timed_issues
from readiness.facts import place_facts
from readiness.threads import issues_on


def timed(*books, as_of="2021-10-31", steps=()):
    facts = place_facts(snapshot(*books, steps=steps), reference())
    return timed_issues(issues_on(facts, date.fromisoformat(as_of)), facts)


def row(**fields):
    return {"site": "甲小区", "description": "楼道堆物", "found_on": "2021-10-01", "status": "verified",
            "fixed_on": "2021-10-05", "verified_on": "2021-10-08", **fields}


def lasted(*books, **options):
    """(days to fix, days to close) of the only issue, None for a missing one."""
    (issue,) = timed(*books, **options)[[TO_FIX, TO_CLOSE]].itertuples(index=False)
    return tuple(None if pd.isna(value) else value for value in issue)


@pytest.mark.parametrize(("fields", "days"), [
    ({}, (4, 7)),
    ({"inferred": "due_on"}, (4, 7)),
    ({"inferred": "found_on"}, (None, None)),
    ({"inferred": "due_on,fixed_on"}, (None, 7)),
    ({"inferred": "verified_on"}, (4, None)),
    ({"found_on": None}, (None, None)),
    ({"fixed_on": None}, (None, 7)),
    ({"verified_on": None}, (4, None)),  # the state then holds from the table's newest day, which nobody stated
    ({"status": "fixed", "verified_on": None}, (4, None)),
    ({"status": "open", "fixed_on": None, "verified_on": None}, (None, None)),
    ({"fixed_on": "2021-10-01", "verified_on": "2021-10-01"}, (0, 0)),
])
def test_a_time_needs_two_stated_days(fields, days):
    assert lasted(ledger(row(**fields))) == days


def test_the_day_of_the_sheet_is_no_stated_day_of_a_verification():
    assert lasted(ledger(row(verified_on=None), sheet_date="2021-10-09")) == (4, None)


def test_of_two_books_one_that_states_the_day_is_enough():
    assert lasted(ledger(row(inferred="found_on", status="open", fixed_on=None, verified_on=None)),
                  ledger(row(inferred="verified_on")), ledger(row(fixed_on=None))) == (4, 7)


def test_a_step_on_the_screen_states_its_day():
    book = ledger(row(status="open", fixed_on=None, verified_on=None))
    thread = timed(book)["thread"].item()
    assert lasted(book, steps=[step(thread, "verified", "2021-10-11")]) == (None, 10)


def test_what_comes_later_is_not_known_yet():
    assert lasted(ledger(row()), as_of="2021-10-07") == (4, None)


def test_a_relapse_is_timed_from_its_own_finding():
    again = ledger(row(found_on="2021-10-20", fixed_on="2021-10-21", verified_on="2021-10-23"))
    assert timed(ledger(row()), again)[TO_CLOSE].tolist() == [7, 3]


def test_failing_checks_are_no_part_of_it():
    found = timed(checklist({"site": "甲小区", "indicator": "楼道无堆物", "result": "fail",
                             "checked_on": "2021-10-03"}))
    assert found[[TO_FIX, TO_CLOSE]].isna().to_numpy().all() and len(found) == 1
    assert durations(found)[["count", "left_out"]].to_numpy().tolist() == [[0, 0]]


def test_median_quartiles_and_what_is_left_out_by_any_columns():
    found = timed(ledger(*(row(description=f"堆物{end}", verified_on=f"2021-10-{end:02}", responsible_unit=unit,
                               inferred=inferred)
                           for end, unit, inferred in ((6, "甲", None), (8, "甲", None), (16, "甲", None),
                                                       (9, "甲", "verified_on"), (11, None, None)))))
    whole = durations(found)
    assert whole.to_numpy().tolist() == [[4, 1, 8.5, 6.5, 11.25]]
    by_unit = durations(found, ("area_code", "responsible_unit"))
    assert by_unit.drop(columns=["area_code", "responsible_unit"]).to_numpy().tolist() == [
        [3, 1, 7, 6, 11], [1, 0, 10, 10, 10]]
    assert by_unit["responsible_unit"].fillna("-").tolist() == ["甲", "-"]
    assert durations(found, measured=TO_FIX)[["count", "left_out", "median"]].to_numpy().tolist() == [[5, 0, 4]]
