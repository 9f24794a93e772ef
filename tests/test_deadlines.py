"""Deadlines in working days and who is told when, on days counted by hand around National Day and make-up days.

2026: off 25-27 September and 1-7 October; Sunday 20 September and Saturday 10 October are worked.
2021: off 1-7 October; Sunday 26 September and Saturday 9 October are worked.
"""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest
from snapshots import DEADLINES, REMINDERS, ledger, reference, snapshot

from readiness.deadlines import allowed_days, with_deadlines
from readiness.facts import place_facts
from readiness.followup import follow_up, stage_words
from readiness.standing import standing
from readiness.workdays import LAST_YEAR, after_workdays, published, workdays_until

MONDAY = date(2026, 10, 12)


def series(*days):
    return pd.Series(pd.to_datetime(list(days)))


def iso(days):
    return [None if pd.isna(day) else f"{day:%Y-%m-%d}" for day in days]


def frame(*rows):
    """Issues of (issue, deadline, deadline_from), all open."""
    issues = pd.DataFrame(rows, columns=["issue", "deadline", "deadline_from"])
    return issues.assign(deadline=pd.to_datetime(issues["deadline"]), status="open", excepted_until=pd.NaT, loss=0.0)


@pytest.mark.parametrize(("found", "count", "deadline"), [
    ("2026-09-30", 1, "2026-10-08"),  # over the holiday
    ("2026-09-30", 5, "2026-10-13"),  # 8, 9, Saturday 10, 12, 13
    ("2026-10-09", 2, "2026-10-12"),  # the made-up Saturday is the first of two
    ("2026-09-18", 1, "2026-09-20"),  # a worked Sunday
    ("2026-10-03", 1, "2026-10-08"),  # found on a day off
    ("2026-09-24", 2, "2026-09-29"),  # over the Mid-autumn days
    ("2021-09-24", 2, "2021-09-27"),  # a worked Sunday between
    ("2021-09-30", 3, "2021-10-11"),  # 8, Saturday 9, Monday 11
    ("2027-12-31", 1, "2028-01-03"),  # not published: Monday to Friday, New Year's Day on a Saturday
    ("2026-12-30", 5, "2027-01-06"),  # 31, then 1, 4, 5, 6 as plain weekdays
])
def test_working_days_after_a_day(found, count, deadline):
    assert iso(after_workdays(series(found), pd.Series([count]))) == [deadline]


def test_a_missing_day_gives_none_and_the_index_stays():
    days = series("2026-09-30", None).set_axis([7, 3])
    ends = after_workdays(days, pd.Series([1, 1], index=[7, 3]))
    assert (iso(ends), ends.index.tolist()) == (["2026-10-08", None], [7, 3])


def test_working_days_up_to_a_day_both_ways():
    days = series("2026-09-30", "2026-10-10", "2026-10-11", "2026-10-12", "2026-10-15", None)
    assert workdays_until(days, MONDAY).astype(object).where(days.notna(), None).tolist() == [4, 1, 1, 0, -3, None]


def test_the_calendar_says_where_it_ends():
    assert LAST_YEAR >= 2026
    days = series("2026-12-31", f"{LAST_YEAR + 1}-01-01", "2003-12-31", "2004-01-01", None)
    assert published(days).tolist() == [True, False, False, True, True]


def test_the_row_that_names_most_counts_and_of_two_the_shorter():
    deadlines = pd.DataFrame({"category": ["", "消防", "", "设施", "设施"], "severity": ["", "", "严重", "", "轻微"],
                              "days": [5, 2, 1, 10, 20], "source": ""})
    issues = pd.DataFrame({"category": ["环境", "消防", "消 防", "设施", "设施", None, None],
                           "severity": ["一般", None, "严重", "轻微", "一般", "严重", None]})
    assert allowed_days(issues, deadlines).tolist() == [5, 2, 1, 20, 10, 1, 5]


def test_the_book_s_day_stays_and_the_standard_gives_the_others():
    issues = pd.DataFrame({"category": ["消防", "消防", None, None], "severity": [None, None, "严重", None],
                           "found_on": series("2026-09-30", "2026-09-30", "2026-09-30", None),
                           "due_on": series("2026-10-03", None, None, None)})
    dated = with_deadlines(issues, DEADLINES)
    assert iso(dated["deadline"]) == ["2026-10-03", "2026-10-09", "2026-10-08", None]
    assert dated["deadline_from"].astype(object).where(dated["deadline_from"].notna(), None).tolist() == [
        "book", "standard", "standard", None]
    assert iso(dated["due_on"]) == ["2026-10-03", None, None, None]


def test_days_late_are_calendar_days_of_the_book_and_working_days_of_the_standard():
    issues = frame(("a", "2026-09-30", "book"), ("b", "2026-09-30", "standard"), ("c", "2026-10-10", "book"),
                   ("d", "2026-10-10", "standard"), ("e", "2026-10-12", "standard"), ("f", "2026-10-15", "book"),
                   ("g", "2026-10-16", "standard"), ("h", None, None))
    told = follow_up(issues, REMINDERS, MONDAY).set_index("issue")
    assert told["late"].drop("h").to_dict() == {"a": 12, "b": 4, "c": 2, "d": 1, "e": 0, "f": -3, "g": -4}
    assert told["stage"].drop(["g", "h"]).to_dict() == {"a": 7, "b": 3, "c": 1, "d": 1, "e": 0, "f": -3}
    assert told["tell"].drop(["g", "h"]).to_dict() == {
        "a": "办公室", "b": "片长", "c": "责任人、责任单位", "d": "责任人、责任单位", "e": "责任人、责任单位",
        "f": "责任人"}
    assert told.loc[["g", "h"], ["stage", "tell"]].isna().all().all()
    assert told.index.tolist() == ["a", "b", "c", "d", "e", "f", "g", "h"]


def test_a_day_off_after_or_before_the_deadline_is_a_day_all_the_same():
    sunday = follow_up(frame(("a", "2026-10-10", "standard")), REMINDERS, date(2026, 10, 11))
    assert sunday[["late", "stage"]].to_numpy().tolist() == [[1, 1]]
    friday = follow_up(frame(("a", "2026-10-18", "book")), REMINDERS, date(2026, 10, 16))
    assert friday[["late", "stage"]].to_numpy().tolist() == [[-1, -3]]


def test_what_is_fixed_verified_or_excepted_is_not_followed_up():
    issues = frame(*[(name, "2026-10-01", "book") for name in "abcdef"]).assign(
        status=["open", "fixing", "returned", "fixed", "verified", "open"],
        excepted_until=series(None, None, None, None, None, "2026-12-31"))
    assert follow_up(issues, REMINDERS, MONDAY)["issue"].tolist() == ["a", "b", "c"]


def test_stages_are_named_by_their_days():
    assert stage_words(REMINDERS) == {-3: "3 个工作日内到期", 0: "今天到期", 1: "超期 1–2 天", 3: "超期 3–6 天",
                                      7: "超期 7 天以上"}
    assert list(stage_words(pd.DataFrame({"days": [-7, -3, 0, 1, 2]})).values()) == [
        "4–7 个工作日后到期", "3 个工作日内到期", "今天到期", "超期 1 天", "超期 2 天以上"]


def test_the_day_s_overdue_count_speaks_of_stated_days_alone():
    facts = place_facts(snapshot(ledger(
        {"site": "甲小区", "description": "堆物", "found_on": "2021-09-30", "due_on": "2021-10-05"},
        {"site": "甲小区", "description": "破损", "found_on": "2021-09-30"})), reference())
    now = standing(facts, reference(), date(2021, 10, 31))
    assert now.subdistrict.overdue == 1
    dated = with_deadlines(now.issues, DEADLINES).set_index("description")
    assert iso(dated.loc[["堆物", "破损"], "deadline"]) == ["2021-10-05", "2021-10-13"]  # 8, 9, 11, 12, 13
    assert iso(dated.loc[["堆物", "破损"], "due_on"]) == ["2021-10-05", None]
