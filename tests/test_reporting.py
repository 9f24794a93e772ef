"""Who reported in which week, by tables worked out by hand."""

from __future__ import annotations

from datetime import date

import pandas as pd
from snapshots import AREA, CHECKLIST, LEDGER, OTHER_AREA, PATROLS, book, checklist, ledger, reference, snapshot

from readiness.facts import place_facts
from readiness.reporting import last_days, not_reported, reports_in, reports_until, weekly_board

BOTH = [AREA, OTHER_AREA]
MONDAY, SUNDAY, NEXT_MONDAY = date(2021, 10, 11), date(2021, 10, 17), date(2021, 10, 18)


def check(on, **fields):
    return {"site": "甲小区", "indicator": "楼道无堆物", "result": "pass", "checked_on": on, **fields}


def problem(on, **fields):
    return {"site": "甲小区", "description": "楼道堆物", "found_on": on, "status": "open", **fields}


def reported(*books, as_of=NEXT_MONDAY):
    return reports_until(place_facts(snapshot(*books), reference()), as_of)


def board(*books, as_of=NEXT_MONDAY, weeks=2):
    rows = weekly_board(reported(*books, as_of=as_of), BOTH, as_of, weeks)
    return [(code, week.date(), said, checks) for code, week, said, checks in rows.itertuples(index=False)]


def test_a_week_runs_from_monday_to_sunday_and_counts_its_checks():
    assert board(checklist(check("2021-10-10"), check("2021-10-11"), check("2021-10-17"), check("2021-10-18"))) == [
        (AREA, MONDAY, True, 2), (AREA, NEXT_MONDAY, True, 1),
        (OTHER_AREA, MONDAY, False, 0), (OTHER_AREA, NEXT_MONDAY, False, 0)]


def test_what_is_dated_after_the_day_is_not_reported_yet():
    books = checklist(check("2021-10-17"), check("2021-10-18"))
    assert board(books, as_of=SUNDAY, weeks=1) == [(AREA, MONDAY, True, 1), (OTHER_AREA, MONDAY, False, 0)]


def test_a_patrol_reports_without_a_check():
    assert board(book((PATROLS, [{"date": "2021-10-13", "activity": "巡查"}])), weeks=2)[0] == (AREA, MONDAY, True, 0)


def test_a_row_of_the_areas_own_ledger_reports_on_the_day_it_was_found():
    assert board(ledger(problem("2021-10-12")))[0] == (AREA, MONDAY, True, 0)


def test_a_ledger_of_several_areas_is_somebody_elses_and_reports_for_none():
    rows = board(ledger(problem("2021-10-12"), problem("2021-10-12", area_code=OTHER_AREA)))
    assert [said for _, _, said, _ in rows] == [False] * 4


def test_a_checklist_of_several_areas_reports_for_each():
    rows = board(checklist(check("2021-10-12"), check("2021-10-12", area_code=OTHER_AREA)), weeks=1, as_of=SUNDAY)
    assert rows == [(AREA, MONDAY, True, 1), (OTHER_AREA, MONDAY, True, 1)]


def test_what_others_inspect_is_no_report_of_the_area():
    others = [checklist(check("2021-10-12", round=round_)) for round_ in ("mock", "district", "special", "official")]
    assert [said for _, _, said, _ in board(*others, ledger(problem("2021-10-12", round="mock")))] == [False] * 4
    assert board(checklist(check("2021-10-12", round="self")))[0] == (AREA, MONDAY, True, 1)


def test_an_upload_of_one_area_reports_on_the_day_it_came_whatever_it_is_about():
    rows = reported(checklist(check("2021-09-01"), day="2021-10-14"))
    assert rows[["what", "on"]].astype(str).to_numpy().tolist() == [["checklist", "2021-09-01"],
                                                                    ["upload", "2021-10-14"]]
    assert board(checklist(check("2021-09-01"), day="2021-10-14"))[0] == (AREA, MONDAY, True, 0)


def test_who_has_not_reported_and_the_last_day():
    rows = reported(checklist(check("2021-10-12"), check("2021-10-14")), as_of=NEXT_MONDAY)
    week = weekly_board(rows, BOTH, NEXT_MONDAY, 2)
    assert not_reported(week, MONDAY) == [OTHER_AREA]
    assert not_reported(week, NEXT_MONDAY) == BOTH
    last = last_days(rows, BOTH)
    assert last[AREA].date() == date(2021, 10, 14)
    assert pd.isna(last[OTHER_AREA])


def test_nothing_reported_is_a_board_of_no_reports():
    assert board(weeks=1) == [(AREA, NEXT_MONDAY, False, 0), (OTHER_AREA, NEXT_MONDAY, False, 0)]
    assert last_days(reported(), BOTH).isna().all()


def test_the_rows_behind_a_cell_are_as_many_as_it_says():
    rows = reported(book((CHECKLIST, [check("2021-10-12"), check("2021-10-13"), check("2021-10-18")]),
                         (LEDGER, [problem("2021-10-12")])))
    assert reports_in(rows, MONDAY, AREA)["what"].tolist() == ["checklist", "ledger", "checklist"]
    assert reports_in(rows, MONDAY, OTHER_AREA).empty
    assert len(reports_in(rows, NEXT_MONDAY)) == 1
