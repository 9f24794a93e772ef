"""Threads and the issues they are cut into (DESIGN.md 5, "Threads", "When a fact holds", "A failing check")."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest
from snapshots import LEDGER, book, checklist, ledger, reference, register, snapshot, step

from readiness.facts import place_facts
from readiness.model import FROM_CHECK, FROM_LEDGER
from readiness.threads import issues_on

PILE = {"site": "甲小区", "description": "楼道堆物"}


def issues(*books, as_of="2021-10-31", steps=()):
    return issues_on(place_facts(snapshot(*books, steps=steps), reference()), date.fromisoformat(as_of))


def only(*books, **options):
    found = issues(*books, **options)
    assert len(found) == 1, found[["issue", "status"]]
    return found.iloc[0]


def day(value):
    return None if pd.isna(value) else value.date().isoformat()


def row(found=None, status=None, **fields):
    return {**PILE, "found_on": found, "status": status, **fields}


def test_an_issue_starts_with_its_finding_and_ends_when_it_is_verified():
    life = ledger(row("2021-10-01", "verified", fixed_on="2021-10-05", verified_on="2021-10-08"))
    assert issues(life, as_of="2021-09-30").empty
    seen = [only(life, as_of=f"2021-10-{day:02}")["status"] for day in (1, 4, 5, 7, 8, 20)]
    assert seen == ["open", "open", "fixed", "fixed", "verified", "verified"]
    end = only(life)
    assert [day(end[name]) for name in ("found_on", "fixed_on", "verified_on")] == [
        "2021-10-01", "2021-10-05", "2021-10-08"]
    assert day(only(life, as_of="2021-10-07")["verified_on"]) is None
    assert day(only(life, as_of="2021-10-04")["fixed_on"]) is None


def test_found_again_after_the_verification_is_a_relapse():
    first = ledger(row("2021-10-01", "verified", verified_on="2021-10-08"))
    again = ledger(row("2021-10-15", "open"))
    before, after = issues(first, again).to_dict("records")
    assert (before["status"], after["status"]) == ("verified", "open")
    assert after["relapse_of"] == before["issue"] and pd.isna(before["relapse_of"])
    assert after["issue"] == before["thread"] + "-2" and after["thread"] == before["thread"]
    assert day(after["found_on"]) == "2021-10-15"


def test_found_on_the_day_of_the_verification_is_no_relapse():
    assert only(ledger(row("2021-10-01", "verified", verified_on="2021-10-08")),
                ledger(row("2021-10-08", "open")))["status"] == "verified"


def test_found_again_before_the_verification_is_the_same_issue_and_open_again():
    found = only(ledger(row("2021-10-01", "fixed", fixed_on="2021-10-05")), ledger(row("2021-10-12", "open")))
    assert (found["status"], day(found["found_on"]), found["issue"][-2:]) == ("open", "2021-10-01", "-1")


@pytest.mark.parametrize("state", ["open", "fixing", "fixed"])
def test_after_the_end_a_state_without_a_later_finding_changes_nothing_and_is_listed(state):
    facts = place_facts(snapshot(ledger(row("2021-10-01", "verified", verified_on="2021-10-08")),
                                 ledger(row("2021-10-01", state), sheet_date="2021-10-15")), reference())
    found = issues_on(facts, date(2021, 10, 31)).iloc[0]
    assert (found["status"], day(found["verified_on"])) == ("verified", "2021-10-08")
    assert len(facts.contradictions) == 1


def test_a_state_of_the_day_of_a_return_gives_way_and_is_not_listed():
    books = [ledger(row("2021-10-01", "verified", verified_on="2021-10-08")),
             *(ledger(row("2021-10-01", state), sheet_date="2021-10-15") for state in ("open", "returned"))]
    facts = place_facts(snapshot(*books), reference())
    assert issues_on(facts, date(2021, 10, 31))["status"].tolist() == ["returned"] and facts.contradictions.empty


def test_a_repeated_verification_changes_nothing_and_is_not_listed():
    facts = place_facts(snapshot(ledger(row("2021-10-01", "verified", verified_on="2021-10-08")),
                                 ledger(row("2021-10-01", "verified"), sheet_date="2021-10-15")), reference())
    assert day(issues_on(facts, date(2021, 10, 31)).iloc[0]["verified_on"]) == "2021-10-08"
    assert facts.contradictions.empty


def test_returned_reopens_what_was_verified():
    verified = ledger(row("2021-10-01", "verified", verified_on="2021-10-08"))
    returned = ledger(row("2021-10-01", "returned"), sheet_date="2021-10-15")
    assert only(verified, returned, as_of="2021-10-14")["status"] == "verified"
    found = only(verified, returned)
    assert (found["status"], day(found["verified_on"]), found["issue"][-2:]) == ("returned", None, "-1")
    again = ledger(row("2021-10-01", "verified", verified_on="2021-10-20"))
    assert day(only(verified, returned, again)["verified_on"]) == "2021-10-20"


def test_an_old_row_says_nothing_of_the_relapse():
    """The old row still stands in the new ledger as verified, without a date: it does not close the relapse."""
    first = ledger(row("2021-10-01", "verified", verified_on="2021-10-08"))
    both = ledger(row("2021-10-01", "verified"), row("2021-10-12", "fixing"), sheet_date="2021-10-15")
    assert issues(first, both)["status"].tolist() == ["verified", "fixing"]
    same_day = ledger(row("2021-10-08", "verified"), row("2021-10-12", "fixing"), sheet_date="2021-10-15")
    assert issues(first, same_day)["status"].tolist() == ["verified", "fixing"]


def test_an_old_row_that_is_returned_returns_the_relapse():
    first = ledger(row("2021-10-01", "verified", verified_on="2021-10-08"), row("2021-10-12", "fixed"),
                   sheet_date="2021-10-13")
    assert issues(first, ledger(row("2021-10-01", "returned"), sheet_date="2021-10-15"))["status"].tolist() == [
        "verified", "returned"]


@pytest.mark.parametrize(("states", "wins"), [
    (("open", "fixing"), "fixing"), (("fixed", "fixing"), "fixed"), (("verified", "fixed"), "verified"),
    (("returned", "verified"), "returned"), (("open", "returned", "fixed"), "returned")])
def test_of_two_states_of_one_day_the_further_one_wins(states, wins):
    books = [ledger(row("2021-10-01", state, verified_on="2021-10-09" if state == "verified" else None,
                        fixed_on="2021-10-09" if state == "fixed" else None), sheet_date="2021-10-09")
             for state in states]
    assert only(*books)["status"] == wins == only(*books[::-1])["status"]


def test_a_newer_ledger_updates_and_a_missing_row_is_left_alone():
    week1 = ledger(row("2021-10-01", "open"), {**row("2021-10-02", "open"), "description": "小广告"},
                   sheet_date="2021-10-03")
    week2 = ledger(row("2021-10-01", "fixing"), sheet_date="2021-10-10")
    found = issues(week1, week2).set_index("description")["status"]
    assert found.to_dict() == {"楼道堆物": "fixing", "小广告": "open"}


def test_a_thread_is_the_same_in_other_columns_and_other_writing():
    found = {"found_on": "2021-10-01"}
    two_columns = ledger({"site": "甲小区", "location": "3号楼", "description": "楼道 堆物。", **found})
    one_column = ledger({"location": "甲小区３号楼", "description": "楼道堆物", **found})
    assert len(issues(two_columns, one_column)) == 1


@pytest.mark.parametrize("other", [{"area_code": "310109016002"}, {"site": "乙小区"}, {"description": "小广告"}])
def test_another_area_place_or_description_is_another_thread(other):
    assert len(issues(ledger(row("2021-10-01")), ledger({**row("2021-10-01"), **other}))) == 2


def test_the_second_row_of_one_table_is_a_possible_duplicate_with_a_thread_of_its_own():
    twice = ledger(row("2021-10-01", "open"), row("2021-10-01", "fixing"))
    found = issues(twice).sort_values("row")
    assert found["duplicate"].tolist() == [False, True] and found["status"].tolist() == ["open", "fixing"]
    again = ledger(row("2021-10-01", "fixed", fixed_on="2021-10-08"), row("2021-10-01", "open"),
                   sheet_date="2021-10-09")
    updated = issues(twice, again).sort_values("row")
    assert updated["issue"].tolist() == found["issue"].tolist()
    assert updated["status"].tolist() == ["fixed", "open"]


def test_rows_of_two_tables_of_one_book_are_no_duplicates():
    assert len(issues(book((LEDGER, [row("2021-10-01")]), (LEDGER, [row("2021-10-01")])))) == 1


def test_rows_found_on_different_days_are_no_duplicates():
    found = issues(ledger(row("2021-10-01", "verified", verified_on="2021-10-05"), row("2021-10-09", "open")))
    assert found["duplicate"].tolist() == [False, False] and found["status"].tolist() == ["verified", "open"]


# When a fact holds: each rung of the ladder.
def state_day(*books):
    found = only(*books)
    return day(found["state_on"]), found["inferred"]


def test_a_state_holds_from_its_own_date():
    assert state_day(ledger(row("2021-10-01", "fixed", fixed_on="2021-10-05"), sheet_date="2021-10-20")) == (
        "2021-10-05", "")
    assert state_day(ledger(row("2021-10-01", "verified", verified_on="2021-10-06"), sheet_date="2021-10-20")) == (
        "2021-10-06", "")


@pytest.mark.parametrize("status", ["open", "fixing", "fixed", "verified", "returned", None])
def test_else_from_the_date_of_its_sheet(status):
    assert state_day(ledger(row("2021-10-01", status), sheet_date="2021-10-20")) == ("2021-10-20", "")


def test_the_date_of_another_state_is_not_its_own():
    assert state_day(ledger(row("2021-10-01", "fixing", fixed_on="2021-10-05", verified_on="2021-10-06"),
                            sheet_date="2021-10-20"))[0] == "2021-10-20"


@pytest.mark.parametrize("field", ["found_on", "fixed_on", "verified_on"])
def test_else_from_the_newest_date_of_its_own_table_marked_as_inferred(field):
    newest = {"description": "别的", "status": "open", field: "2021-10-18"}
    books = book((LEDGER, [row("2021-10-01", "fixing"), newest]), (LEDGER, [{"description": "x",
                                                                           "found_on": "2021-10-25"}]))
    found = issues(books).set_index("description").loc["楼道堆物"]
    assert (day(found["state_on"]), found["inferred"]) == ("2021-10-18", "held_on")


def test_never_from_a_due_date_nor_from_a_date_after_the_upload():
    late = [row("2021-10-01", "fixing", due_on="2021-10-15"), {"description": "别的", "found_on": "2021-10-20"}]
    found = issues(ledger(*late, day="2021-10-12")).set_index("description").loc["楼道堆物"]
    assert (day(found["state_on"]), found["inferred"]) == ("2021-10-01", "held_on")


def test_a_table_without_any_date_uses_the_day_of_the_upload():
    found = only(ledger(row(None, "fixing", due_on="2021-10-15"), day="2021-10-12"))
    assert (day(found["state_on"]), found["inferred"], day(found["found_on"])) == ("2021-10-12", "held_on", None)
    assert issues(ledger(row(None, "fixing"), day="2021-10-12"), as_of="2021-10-11").empty


def test_a_verified_row_without_its_day_was_fixed_from_its_fix():
    life = ledger(row("2021-10-01", "verified", fixed_on="2021-10-05"), sheet_date="2021-10-20")
    assert [only(life, as_of=f"2021-10-{day:02}")["status"] for day in (4, 5, 19, 20)] == [
        "open", "fixed", "fixed", "verified"]


def test_no_state_holds_before_the_finding_of_its_own_row():
    assert state_day(ledger(row("2021-10-10", "fixing"), sheet_date="2021-10-01")) == ("2021-10-10", "held_on")


def test_without_a_finding_an_issue_starts_when_its_first_state_holds():
    books = [ledger(row(None, "fixed", fixed_on="2021-10-05")), ledger(row(None, "open"), sheet_date="2021-10-03")]
    assert issues(*books, as_of="2021-10-02").empty
    found = only(*books)
    assert (found["status"], day(found["started_on"]), day(found["found_on"])) == ("fixed", "2021-10-03", None)


def test_a_missing_state_counts_as_open():
    assert only(ledger(row("2021-10-01", None)))["status"] == "open"


def test_the_inferred_fields_of_the_row_are_named():
    found = only(ledger(row("2021-10-01", "fixing", inferred="found_on")))
    assert found["inferred"] == "found_on,held_on"


# Which row the other words come from.
def test_words_come_from_the_newest_state_that_fills_them():
    found = only(ledger(row("2021-10-01", "open", due_on="2021-10-10", responsible_unit="物业"),
                        sheet_date="2021-10-02"),
                 ledger(row("2021-10-01", "fixing", due_on="2021-10-20", responsible_person="王某"),
                        sheet_date="2021-10-09"))
    assert (day(found["due_on"]), found["responsible_unit"], found["responsible_person"]) == (
        "2021-10-20", "物业", "王某")


def test_of_one_day_the_further_state_has_the_word_then_the_greater_hash():
    early = ledger(row("2021-10-01", "fixing", note="甲"), sheet_date="2021-10-09")
    further = ledger(row("2021-10-01", "fixed", note="乙"), sheet_date="2021-10-09")
    assert only(early, further)["note"] == only(further, early)["note"] == "乙"
    one, two = (ledger(row("2021-10-01", "open", note=name), sheet_date="2021-10-09", name=name) for name in "甲乙")
    wins = max((one, two), key=lambda made: made["sha256"])["tables"][0][1][0]["note"]
    assert only(one, two)["note"] == only(two, one)["note"] == wins


def test_a_relapse_has_its_own_words():
    found = issues(ledger(row("2021-10-01", "verified", verified_on="2021-10-08", due_on="2021-10-05",
                              responsible_unit="物业")), ledger(row("2021-10-15", "open")))
    assert [day(value) for value in found["due_on"]] == ["2021-10-05", None]
    assert found["responsible_unit"].isna().tolist() == [False, True]


def test_before_its_state_holds_a_found_issue_has_the_words_of_its_row():
    week = ledger(row("2021-10-01", "fixing", due_on="2021-10-04"), sheet_date="2021-10-09")
    found = only(week, as_of="2021-10-06")
    assert (found["status"], day(found["due_on"]), found["overdue_days"]) == ("open", "2021-10-04", 2)


@pytest.mark.parametrize(("status", "days"), [("open", 10), ("fixing", 10), ("returned", 10), ("fixed", 0),
                                              ("verified", 0)])
def test_overdue_days_are_calendar_days_for_what_is_neither_fixed_nor_verified(status, days):
    due = ledger(row("2021-10-01", status, due_on="2021-10-10"), sheet_date="2021-10-12")
    assert only(due, as_of="2021-10-20")["overdue_days"] == days


def test_on_its_due_day_nothing_is_overdue():
    due = ledger(row("2021-10-01", "open", due_on="2021-10-10"))
    assert [only(due, as_of=f"2021-10-{day}")["overdue_days"] for day in ("09", "10", "11")] == [0, 0, 1]


# Steps.
def test_a_step_is_a_fact_on_the_thread_like_any_other():
    base = ledger(row("2021-10-01", "open"), sheet_date="2021-10-02")
    thread = only(base)["thread"]
    taken = [step(thread, "fixed", "2021-10-05", "已清理"), step(thread, "verified", "2021-10-07")]
    seen = [only(base, steps=taken, as_of=f"2021-10-{day:02}")["status"] for day in (4, 5, 7)]
    assert seen == ["open", "fixed", "verified"]
    end = only(base, steps=taken)
    assert (end["note"], day(end["verified_on"]), end["upload_id"]) == ("已清理", "2021-10-07", "u0000")
    assert only(base, steps=[*taken, step(thread, "returned", "2021-10-09")])["status"] == "returned"


def test_a_step_on_an_unknown_thread_is_no_issue():
    assert issues(steps=[step("0" * 12, "open", "2021-10-01")]).empty


# Failing checks.
CHECK = {"site": "甲小区", "indicator": "楼道无堆物"}


def test_a_failing_check_is_an_open_problem_until_a_newer_pass():
    checks = checklist({**CHECK, "result": "fail", "checked_on": "2021-10-03", "description": "三楼堆物"},
                       {**CHECK, "result": "fail", "checked_on": "2021-10-05"},
                       {**CHECK, "result": "pass", "checked_on": "2021-10-09"})
    assert issues(checks, as_of="2021-10-02").empty and issues(checks, as_of="2021-10-09").empty
    found = only(checks, as_of="2021-10-08")
    assert (found["origin"], found["status"], day(found["found_on"]), found["description"], found["item"]) == (
        FROM_CHECK, "open", "2021-10-03", "三楼堆物", "A-01")
    assert pd.isna(found["due_on"]) and pd.isna(found["location"]) and found["overdue_days"] == 0


def test_a_failing_check_without_words_is_described_by_its_indicator():
    assert only(checklist({**CHECK, "result": "fail", "checked_on": "2021-10-03"}))["description"] == "楼道无堆物"
    own = checklist({"site": "甲小区", "indicator": "自己的项目", "result": "fail", "checked_on": "2021-10-03"})
    assert only(own)["description"] == "自己的项目"


def test_failing_again_after_a_pass_is_a_new_problem():
    days = zip(("2021-10-03", "2021-10-05", "2021-10-09"), ("fail", "pass", "fail"), strict=True)
    found = only(checklist(*({**CHECK, "result": result, "checked_on": on} for on, result in days)))
    assert (day(found["found_on"]), found["issue"][-2:]) == ("2021-10-09", "-2")


@pytest.mark.parametrize("result", ["na", "uninspectable", None])
def test_what_is_no_pass_does_not_close_it(result):
    found = only(checklist({**CHECK, "result": "fail", "checked_on": "2021-10-03"},
                           {**CHECK, "result": result, "checked_on": "2021-10-09"}))
    assert day(found["found_on"]) == "2021-10-03"


def test_an_unverified_ledger_issue_on_the_same_item_stands_for_both():
    fail = checklist({**CHECK, "result": "fail", "checked_on": "2021-10-03"})
    entry = ledger(row("2021-10-05", "verified", verified_on="2021-10-12"))
    assert issues(fail, entry, as_of="2021-10-04")["origin"].tolist() == [FROM_CHECK]
    assert issues(fail, entry, as_of="2021-10-05")["origin"].tolist() == [FROM_LEDGER]
    assert issues(fail, entry, as_of="2021-10-12")["status"].tolist() == ["verified"]
    later = checklist({**CHECK, "result": "fail", "checked_on": "2021-10-13"})
    assert sorted(issues(fail, entry, later)["origin"]) == [FROM_CHECK, FROM_LEDGER]


def test_another_item_or_site_has_its_own_problem():
    fail = checklist({**CHECK, "indicator": "无飞线充电", "result": "fail", "checked_on": "2021-10-03"},
                     {**CHECK, "site": "乙小区", "result": "fail", "checked_on": "2021-10-03"})
    assert len(issues(fail, ledger(row("2021-10-05", "open")))) == 3


def test_a_verification_counts_after_the_checks_of_its_day():
    same_day = checklist({**CHECK, "result": "fail", "checked_on": "2021-10-12"})
    entry = ledger(row("2021-10-05", "verified", verified_on="2021-10-12"))
    assert issues(same_day, entry)["status"].tolist() == ["verified"]


def test_an_id_does_not_depend_on_the_upload_nor_on_a_later_register():
    entry = ledger(row("2021-10-05", "open"))
    alone = only(entry)["issue"]
    assert only(checklist(), register({"name": "甲小区", "site_kind": "小区"}), entry)["issue"] == alone
