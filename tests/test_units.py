"""The table by responsible unit: its counts, its order, names cleaned by outer space alone, and rows without a unit."""

from __future__ import annotations

from datetime import date

import pandas as pd
from snapshots import checklist, ledger, reference, snapshot

from readiness.durations import timed_issues
from readiness.facts import place_facts
from readiness.standing import standing
from readiness.units import unit_of_all, units, with_units

AS_OF = date(2021, 10, 31)


def row(number, unit, status="open", **fields):
    return {"site": "甲小区", "description": f"堆物{number}", "found_on": "2021-10-01", "status": status,
            "responsible_unit": unit, **fields}


BOOKS = (
    ledger(row(1, "城管中队", due_on="2021-10-10"), row(2, " 城管中队　", "fixed", fixed_on="2021-10-09"),
           row(3, "城管中队", "verified", verified_on="2021-10-11"),
           row(4, "城管中队", "verified", verified_on="2021-10-21"),
           row(5, "城管中队", "verified", verified_on="2021-10-21", inferred="verified_on"),
           row(6, "市容所"), row(7, "市容所"), row(8, "市容 所", "returned"), row(9, None, due_on="2021-10-30"),
           row(10, "甲物业", "verified", verified_on="2021-10-05")),
    ledger(row(3, "城管中队", found_on="2021-10-20")),
    checklist({"site": "乙小区", "indicator": "无飞线充电", "result": "fail", "checked_on": "2021-10-03"}),
)


def day():
    facts = place_facts(snapshot(*BOOKS), reference())
    now = standing(facts, reference(), AS_OF)
    return now, timed_issues(now.issues, facts)


def test_each_unit_with_its_counts_most_overdue_then_most_open_first():
    table = units(day()[1])
    counts = table.drop(columns=["rate", "median", "lower", "upper"]).to_numpy().tolist()
    # unit, open, overdue, fixed, verified, total, relapses, measured, left_out
    assert counts == [["城管中队", 3, 1, 1, 3, 6, 1, 2, 1], ["", 2, 1, 0, 0, 1, 0, 0, 0],
                      ["市容所", 2, 0, 0, 0, 2, 0, 0, 0], ["市容 所", 1, 0, 0, 0, 1, 0, 0, 0],
                      ["甲物业", 0, 0, 0, 1, 1, 0, 1, 0]]
    assert table["rate"].tolist() == [0.5, 0, 0, 0, 1]
    assert table[["median", "lower", "upper"]].iloc[0].tolist() == [15, 12.5, 17.5]


def test_failing_checks_alone_have_no_rate():
    timed = day()[1]
    table = units(timed[timed["origin"] == "check"])
    assert table[["unit", "open", "total"]].to_numpy().tolist() == [["", 1, 0]]
    assert table["rate"].isna().all() and table["median"].isna().all()


def test_the_units_add_up_to_the_subdistrict():
    now, timed = day()
    sums, whole, told = units(timed).sum(numeric_only=True), now.subdistrict, unit_of_all(timed)
    for name in ("open", "overdue", "verified", "total"):
        assert sums[name] == getattr(whole, name) == told[name]
    assert told["rate"] == whole.rate == 4 / 11
    assert told[["measured", "left_out", "median"]].tolist() == [3, 1, 10]


def test_a_unit_alone_is_its_row_of_the_table():
    timed = day()[1]
    first = units(timed).iloc[0]
    told = unit_of_all(with_units(timed).query("unit == '城管中队'"))
    pd.testing.assert_series_equal(told.astype(float), first[told.index].astype(float), check_names=False)


def test_without_issues_there_are_no_units_and_zeros():
    timed = day()[1].iloc[:0]
    assert units(timed).empty
    assert unit_of_all(timed)[["open", "total", "measured"]].tolist() == [0, 0, 0]
