"""The life of an issue: every row and step about it in order, each with its place in a book, up to the day."""

from __future__ import annotations

from datetime import date

import pandas as pd
from snapshots import AREA, checklist, ledger, reference, register, snapshot, step

from readiness.facts import place_facts
from readiness.issue_history import FOUND, chiefs_of, issue_history, pictures_of
from readiness.threads import issues_on

PILE = {"site": "甲小区", "description": "楼道堆物", "found_on": "2021-10-01"}
FIRST = ledger({**PILE, "status": "open", "responsible_person": "张三", "inspector": "李四", "note": "已派单"},
               sheet_date="2021-10-03")
SECOND = ledger({**PILE, "status": "verified", "fixed_on": "2021-10-05", "verified_on": "2021-10-08",
                 "measure": "清理", "photos_before": 2.0, "photos_after": 1.0})
AGAIN = ledger({**PILE, "found_on": "2021-10-15", "status": "fixing"})


def told(*books, as_of="2021-10-31", place=0, steps=()):
    """The history of one of the issues of that day, as lists of on, word, inferred, said, person, upload and row."""
    day = date.fromisoformat(as_of)
    facts = place_facts(snapshot(*books, steps=steps), reference())
    issue = next(issues_on(facts, day).iloc[[place]].itertuples(index=False))
    history = issue_history(facts, issue, day)
    columns = ["on", "word", "inferred", "said", "person", "upload_id", "row"]
    rows = history.assign(on=history["on"].dt.strftime("%m-%d"))[columns].astype(object)
    return rows.where(rows.notna(), None).to_numpy().tolist()


def test_every_row_tells_when_what_and_who_the_oldest_first():
    assert told(SECOND, FIRST) == [
        ["10-01", FOUND, False, None, "李四", "u0001", 4], ["10-03", "open", False, "已派单", "张三", "u0001", 4],
        ["10-05", "fixed", False, "清理", None, "u0000", 4], ["10-08", "verified", False, "清理", None, "u0000", 4]]


def test_of_a_day_later_than_asked_for_nothing_is_told():
    assert [word for _, word, *_ in told(FIRST, SECOND, as_of="2021-10-05")] == [FOUND, "open", "fixed"]


def test_a_relapse_has_a_life_of_its_own():
    assert [row[:2] for row in told(FIRST, SECOND, AGAIN, place=1)] == [["10-15", FOUND], ["10-15", "fixing"]]
    assert [row[2] for row in told(FIRST, SECOND, AGAIN, place=1)] == [False, True]  # no day of its own is written
    assert [row[:2] for row in told(FIRST, SECOND, AGAIN)][-1] == ["10-08", "verified"]


def test_a_step_on_screen_is_told_without_a_book():
    thread = issues_on(place_facts(snapshot(FIRST), reference()), date(2021, 10, 31))["thread"].iloc[0]
    last = told(FIRST, steps=[step(thread, "fixed", "2021-10-06", "看过")])[-1]
    assert last[:6] == ["10-06", "fixed", False, "看过", None, None]


def test_steps_tell_who_and_when_and_an_exception_until_when():
    thread = issues_on(place_facts(snapshot(FIRST), reference()), date(2021, 10, 31))["thread"].iloc[0]
    steps = [step(thread, "excepted", "2021-10-06", "等换柜", user="李四", until="2021-10-20", at="2021-10-06T01:30Z"),
             step(thread, "fixing", "2021-10-06", user="王五", at="2021-10-06T02:00Z"),
             step(thread, "excepted", "2021-11-06", "还没换", until="2021-11-20")]
    day = date(2021, 10, 31)
    facts = place_facts(snapshot(FIRST, steps=steps), reference())
    history = issue_history(facts, next(issues_on(facts, day).itertuples(index=False)), day)
    assert history["word"].tolist() == [FOUND, "open", "excepted", "fixing"]
    assert history["user"].tolist()[2:] == ["李四", "王五"]
    assert history["at"].dt.strftime("%H:%M").tolist()[2:] == ["01:30", "02:00"]
    assert history["until"].dt.strftime("%m-%d").dropna().tolist() == ["10-20"]
    assert history["step_id"].tolist() == [-1, -1, 0, 1]
    assert history[["user", "at", "until"]].iloc[:2].isna().all(axis=None)


def test_a_failing_check_tells_its_results_since_it_began_to_fail():
    site = {"site": "甲小区", "site_kind": "residential", "indicator": "楼道无堆物"}
    books = [checklist({**site, "result": result, "checked_on": f"2021-10-{day:02}", "inspector": "王五"})
             for day, result in ((1, "fail"), (4, "pass"), (8, "fail"), (12, "fail"))]
    rows = told(*books)
    assert [row[:2] for row in rows] == [["10-08", "fail"], ["10-12", "fail"]]
    assert [row[4:] for row in rows] == [["王五", "u0002", 4], ["王五", "u0003", 4]]


def test_persons_come_from_the_register_and_pictures_from_the_fullest_row():
    chief = {"area_code": AREA, "name": "甲小区", "site_kind": "residential", "point_chief": "赵六", "phone": "6500"}
    facts = place_facts(snapshot(register(chief), FIRST, SECOND), reference())
    issue = next(issues_on(facts, date(2021, 10, 31)).itertuples(index=False))
    assert chiefs_of(facts.sites, issue) == {"point_chief": "赵六", "phone": "6500"}
    assert pictures_of(facts, issue) == (2, 1)
    unknown = issue._replace(site_id="?", thread="?")
    assert (chiefs_of(facts.sites, unknown), pictures_of(facts, unknown)) == ({}, (0, 0))
    assert isinstance(issue_history(facts, unknown, date(2021, 10, 31)), pd.DataFrame)
