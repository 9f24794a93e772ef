"""Relapse on tiny books worked by hand: rates, how long fixes last, and what to look at again first."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest
from snapshots import checklist, ledger, reference, snapshot, step

from readiness.facts import place_facts
from readiness.recheck import horizon, recheck
from readiness.relapse import ALL, curves, fixes, lasting, relapse_rates
from readiness.threads import issues_on

AS_OF, BY = date(2021, 10, 31), date(2021, 11, 5)
SLIPS, LATER, STANDS, YOUNG = "楼道堆物1", "楼道堆物2", "飞线充电3", "楼道堆物4"


def row(description, verified_on="2021-10-01", **fields):
    return {"site": "甲小区", "description": description, "category": "环境", "found_on": "2021-09-20",
            "status": "verified", "verified_on": verified_on, "responsible_unit": "城管", **fields}


def again(description, found_on, **fields):
    return row(description, None, found_on=found_on, **{"status": "open", **fields})


# Found again after 10 and after 20 days; standing since 30 and since 15 days: 3/4, then 3/4 of 1/2 still stand.
BOOKS = (ledger(row(SLIPS), row(LATER), row(STANDS), row(YOUNG, "2021-10-16")),
         ledger(again(SLIPS, "2021-10-11"), again(LATER, "2021-10-21")),
         checklist({"site": "甲小区", "indicator": "楼道无堆物", "result": "pass", "checked_on": "2021-10-26"}))


def placed(*books, as_of=AS_OF, steps=()):
    facts = place_facts(snapshot(*books, steps=steps), reference())
    return fixes(issues_on(facts, as_of), facts, as_of).sort_values("description", ignore_index=True), facts


def test_a_fix_that_was_found_again_lasted_until_then_and_the_others_until_now():
    fixed, _facts = placed(*BOOKS)
    assert fixed[["description", "slipped", "lasted"]].to_numpy().tolist() == [
        [SLIPS, True, 10], [LATER, True, 20], [YOUNG, False, 15], [STANDS, False, 30]]
    assert fixed["again_on"].dropna().dt.strftime("%m-%d").tolist() == ["10-11", "10-21"]
    assert fixed["again_status"].dropna().tolist() == ["open", "open"]


def test_as_of_an_earlier_day_what_came_later_has_not_happened():
    fixed, _facts = placed(*BOOKS, as_of=date(2021, 10, 12))
    assert fixed[["description", "slipped", "lasted"]].to_numpy().tolist() == [
        [SLIPS, True, 10], [LATER, False, 11], [STANDS, False, 11]]


def test_an_inferred_day_measures_nothing_but_counts_as_a_relapse():
    fixed, _facts = placed(ledger(row(SLIPS, inferred="verified_on")), ledger(again(SLIPS, "2021-10-11")))
    assert fixed["slipped"].tolist() == [True] and fixed["lasted"].isna().all()
    assert lasting(fixed).loc[0, ["fixes", "relapsed", "left_out"]].tolist() == [0, 0, 1]


def test_failing_checks_and_open_issues_are_no_fixes():
    fixed, _facts = placed(ledger(again("墙面破损", "2021-10-01")), checklist(
        {"site": "甲小区", "indicator": "楼道无堆物", "result": "fail", "checked_on": "2021-10-26"}))
    assert fixed.empty
    assert relapse_rates(fixed, ("unit",)).empty
    assert lasting(fixed)["fixes"].tolist() == [0] and lasting(fixed)["half"].isna().all()


def test_rates_by_anything_the_highest_first_and_none_of_a_few():
    books = ledger(*(row(f"堆物{n}", responsible_unit="城管" if n < 5 else "物业") for n in range(7)))
    fixed, _facts = placed(books, ledger(again("堆物0", "2021-10-05"), again("堆物1", "2021-10-06"),
                                         again("堆物5", "2021-10-07")))
    table = relapse_rates(fixed, ("unit",))
    assert table[["unit", "fixes", "relapsed"]].to_numpy().tolist() == [["城管", 5, 2], ["物业", 2, 1]]
    assert table["rate"].iloc[0] == 0.4 and np.isnan(table["rate"].iloc[1])
    by_site = relapse_rates(fixed, ("site_id", "site"))
    assert by_site[["fixes", "relapsed"]].to_numpy().tolist() == [[7, 3]]
    assert by_site["rate"].iloc[0] == pytest.approx(3 / 7)


def test_how_long_fixes_last_of_all_together_and_unknown_where_a_category_has_few():
    table = lasting(placed(*BOOKS)[0])
    assert table["category"].tolist() == [ALL, "环境"]
    whole, few = table.iloc[0], table.iloc[1]
    assert whole[["fixes", "relapsed", "left_out", "half"]].tolist() == [4, 2, 0, 20]
    assert whole[["after_7", "after_14", "after_30"]].tolist() == [1, 0.75, 0.375]
    assert np.isnan(whole["after_60"])
    assert few[["fixes", "relapsed"]].tolist() == [4, 2]
    assert few[["half", "after_7", "after_14", "after_30", "after_60"]].isna().all()


def test_the_chance_to_slip_before_the_window_is_conditional_on_standing_now():
    fixed, facts = placed(*BOOKS)
    table = recheck(fixed, facts, AS_OF, BY)
    # After 15 days 3/4 stand and after 20 half of them: 1 - (3/8) / (3/4). None was seen to last longer than 30.
    assert table[["description", "stood", "chance", "at_least", "unseen"]].to_numpy().tolist() == [
        [YOUNG, 15, 0.5, False, 5], [STANDS, 30, 0, True, 30]]
    assert table["pool"].eq(ALL).all() and table["usual"].tolist() == [0.625, 0.625]
    assert not table["before"].any()


def test_a_category_with_enough_has_its_own_curve_and_others_the_pooled_one():
    own = [row(f"堆物{n}", "2021-10-11" if n else "2021-10-30", category="环境") for n in range(10)]
    fixed, facts = placed(ledger(*own, row("飞线", "2021-10-30", category="消防")),
                          ledger(*(again(f"堆物{n}", "2021-10-13") for n in (1, 2, 3))))
    assert list(curves(fixed)) == [ALL, "环境"]
    table = recheck(fixed, facts, AS_OF, date(2021, 11, 3)).set_index("description")
    # One and a half days old: both still stand with 1; after four days 6 of 9 of 环境 stand, the pool has the same 9.
    assert table.loc["堆物0", ["pool", "stood"]].tolist() == ["环境", 1]
    assert table.loc["飞线", ["pool", "stood"]].tolist() == [ALL, 1]
    assert table.loc[["堆物0", "飞线"], "chance"].tolist() == pytest.approx([1 / 3, 1 / 3])


def test_what_relapsed_before_is_told_and_what_was_sent_back_is_no_fix():
    books = ledger(row(SLIPS), row(STANDS)), ledger(row(SLIPS, "2021-10-15", found_on="2021-10-11"))
    fixed, facts = placed(*books)
    table = recheck(fixed, facts, AS_OF, BY).set_index("description")
    assert table["before"].to_dict() == {SLIPS: True, STANDS: False}
    thread = fixed.loc[fixed["description"] == STANDS, "thread"].iloc[0]
    returned, _facts = placed(*books, steps=[step(thread, "returned", "2021-10-30", at=pd.Timestamp(
        "2021-10-30", tz="UTC"))])
    assert STANDS not in set(returned["description"])


def test_without_fixes_there_is_nothing_to_look_at_again():
    fixed, facts = placed(ledger(again("墙面破损", "2021-10-01")))
    assert recheck(fixed, facts, AS_OF, BY).empty


def test_inside_the_window_its_last_day_counts_and_past_it_none():
    settings = reference().settings
    assert [horizon(settings, day) for day in (AS_OF, date(2021, 11, 22), date(2021, 12, 6))] == [
        date(2021, 11, 22), date(2021, 12, 5), None]
