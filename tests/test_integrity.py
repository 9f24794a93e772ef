"""Every integrity check on the fewest rows that it finds something in, and on those in which it finds nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest
from snapshots import AREA, OTHER_AREA, checklist, ledger, reference, register, snapshot, step

from readiness.facts import place_facts
from readiness.integrity.finding import FINDING_COLUMNS, Evidence
from readiness.integrity.places import metres_outside
from readiness.integrity.table import CHECKS, all_findings
from readiness.standing import standing

AS_OF = date(2021, 10, 31)
SQUARE = [(121.0, 31.0), (121.01, 31.0), (121.01, 31.01), (121.0, 31.01), (121.0, 31.0)]
RECENT = [{"area_code": code, "site": "小区", "indicator": "楼道无堆物", "result": "pass", "checked_on": "2021-10-30"}
          for code in (AREA, OTHER_AREA)]


def evidence(*books, steps=(), as_of=AS_OF, **changed) -> Evidence:
    told = reference(**changed)
    known = snapshot(*books, steps=steps)
    facts = place_facts(known, told)
    return Evidence(known, facts, told, standing(facts, told, as_of))


def found(code: str, *books, columns=("finding", "count"), **said) -> list[list]:
    """What one check finds, these columns of it, a missing value as None."""
    rows = next(check for check in CHECKS if check.code == code).find(evidence(*books, **said))
    assert list(rows) == list(FINDING_COLUMNS)
    return rows[list(columns)].astype(object).where(rows[list(columns)].notna(), None).to_numpy().tolist()


def week(day: str, results: str = "ppppf", round_="self", **fields) -> list[dict]:
    words = {"p": "pass", "f": "fail"}
    return [{"site": f"{number}号小区", "indicator": "楼道无堆物", "result": words[letter], "checked_on": day,
             "round": round_, **fields} for number, letter in enumerate(results)]


def test_the_same_sheet_of_another_day_is_found_whatever_the_order_of_its_rows():
    books = (checklist(*week("2021-10-01")), checklist(*week("2021-10-08")[::-1]))
    assert found("same_sheets", *books, columns=("finding", "on", "count", "word")) == [
        [0, pd.Timestamp("2021-10-01"), 5, "self"], [0, pd.Timestamp("2021-10-08"), 5, "self"]]
    assert len(found("same_sheets", checklist(*week("2021-10-01")), checklist(*week("2021-10-01", round_="mock")))) == 2


@pytest.mark.parametrize("other", [
    week("2021-10-08", "pppff"), week("2021-10-01"), week("2021-10-08", area_code=OTHER_AREA),
    week("2021-11-08")], ids=["other results", "same day and round", "other area", "after the day"])
def test_sheets_that_differ_or_are_one_are_not_found(other):
    assert found("same_sheets", checklist(*week("2021-10-01"), name="a"), checklist(*other, name="b")) == []


def test_few_rows_may_be_the_same():
    assert found("same_sheets", checklist(*week("2021-10-01", "pppp")), checklist(*week("2021-10-08", "pppp"))) == []


@pytest.mark.parametrize("proof", [
    checklist(*week("2021-10-12", "f", "mock")),
    ledger({"site": "0号小区", "description": "楼道堆物", "found_on": "2021-10-12", "round": "district"})])
def test_an_item_that_passes_everywhere_and_is_found_failing_by_others(proof):
    rows = found("all_pass_but_others_failed", checklist(*week("2021-10-01", "ppp")), proof,
                 columns=("finding", "site", "on", "word"))
    assert rows == [[0, "0号小区", pd.Timestamp("2021-10-01"), "pass"],
                    [0, "0号小区", pd.Timestamp("2021-10-12"), "fail"]]


@pytest.mark.parametrize(("own", "others"), [
    (week("2021-10-01", "ppf"), week("2021-10-12", "f", "mock")),
    (week("2021-10-01", "pp"), week("2021-10-12", "f", "mock")),
    (week("2021-10-01", "ppp"), week("2021-10-12", "f", "self")),
    (week("2021-10-01", "ppp"), week("2021-10-16", "f", "mock")),
    (week("2021-10-13", "ppp"), week("2021-10-12", "f", "mock")),
], ids=["not all pass", "two sites", "own check", "15 days later", "fixed in between"])
def test_no_contradiction_by_others(own, others):
    assert found("all_pass_but_others_failed", checklist(*own), checklist(*others)) == []


def test_an_area_is_quiet_from_the_twenty_first_day():
    rows = [{**RECENT[0], "checked_on": "2021-10-10"}, {**RECENT[1], "checked_on": "2021-10-11"}]
    assert found("quiet_areas", checklist(*rows), columns=("area_code", "on", "count")) == [
        [AREA, pd.Timestamp("2021-10-10"), 21]]


def test_an_area_never_heard_of_comes_first_and_later_words_do_not_count():
    rows = [{**RECENT[0], "checked_on": "2021-10-01"}, {**RECENT[1], "checked_on": "2021-11-11"}]
    assert found("quiet_areas", checklist(*rows), columns=("area_code", "count")) == [[OTHER_AREA, None], [AREA, 30]]


def fixed(count: int, **said) -> dict:
    return ledger(*({"site": "小区", "description": f"堆物{number}", "found_on": "2021-10-01", "fixed_on": "2021-10-09",
                     "status": "fixed"} for number in range(count)), **said)


def test_ten_fixes_of_an_area_on_one_day():
    assert found("fixes_on_one_day", fixed(10)) == [[0, 10]] * 10
    assert found("fixes_on_one_day", fixed(9)) == []
    assert found("fixes_on_one_day", fixed(9), fixed(9, name="again")) == []


def bulk(count: int, **said) -> tuple[dict, list[dict]]:
    book = ledger(*({"site": "小区", "description": f"堆物{number}", "found_on": "2021-10-01", "status": "open"}
                    for number in range(count)))
    threads = place_facts(snapshot(book), reference()).ledger["thread"]
    return book, [step(thread, "fixed", "2021-10-09", at=f"2021-10-09T08:30:{number:02}Z", **said)
                  for number, thread in enumerate(threads)]


def test_five_fixes_of_one_person_in_one_minute():
    book, steps = bulk(5)
    assert found("fixes_in_one_minute", book, steps=steps, columns=("finding", "person", "count", "text")) == [
        [0, "test", 5, f"堆物{number}"] for number in range(5)]
    assert found("fixes_in_one_minute", book, steps=[*steps[1:], {**steps[0], "user": "另一人"}]) == []
    assert found("fixes_in_one_minute", book, steps=[*steps[1:], {**steps[0], "at": "2021-10-09T08:31:00Z"}]) == []
    assert found("fixes_in_one_minute", book, steps=steps, as_of=date(2021, 10, 8)) == []


def test_contradictions_are_listed_by_their_reason():
    check = {"site": "小区", "indicator": "楼道无堆物"}
    books = (checklist({**check, "result": "fail", "checked_on": "2021-10-01"}),
             checklist({**check, "result": "na", "checked_on": "2021-10-05"}))
    assert found("na_after_fail", *books, columns=("finding", "text", "word")) == [[0, "楼道无堆物", "na"]]
    entry = ledger({"site": "小区", "description": "楼道堆物", "found_on": "2021-10-01", "status": "open"})
    claim = checklist({**check, "result": "pass", "checked_on": "2021-10-05"})
    assert found("pass_over_issue", entry, claim, columns=("finding", "text", "word")) == [[0, "楼道堆物", "pass"]]
    row = {"site": "小区", "description": "楼道堆物", "found_on": "2021-10-01"}
    ended = ledger({**row, "status": "verified", "verified_on": "2021-10-05"})
    late = ledger({**row, "status": "open"}, sheet_date="2021-10-20")
    assert found("state_after_end", ended, late, columns=("finding", "text", "word")) == [[0, "楼道堆物", "open"]]


SITE = {"name": "阳光小区", "site_kind": "residential"}


def test_the_same_name_in_two_areas():
    rows = found("site_in_two_areas", register(SITE, {**SITE, "name": "阳光 小区", "area_code": OTHER_AREA},
                                               {**SITE, "name": "别处"}), columns=("finding", "area_code", "site"))
    assert rows == [[0, AREA, "阳光小区"], [0, OTHER_AREA, "阳光 小区"]]


@pytest.mark.parametrize(("lon", "datum", "metres"), [
    (121.005, "wgs84", None), (121.013, "wgs84", None), (121.02, "wgs84", 954), (121.02, None, None),
    (121.03, "gcj02", 1908)])
def test_a_site_far_from_its_cell(lon, datum, metres):
    home = register({**SITE, "lon": lon, "lat": 31.005, "datum": datum})
    rows = found("site_outside_its_area", home, columns=("count",), cells={AREA: SQUARE}, schematic=False)
    assert rows == ([] if metres is None else [[metres]])


def test_on_a_schematic_map_the_outline_alone_tells():
    home, far = (register({**SITE, "lon": lon, "lat": 31.005, "datum": "wgs84"}) for lon in (121.005, 121.02))
    away = [(lon + 1, lat) for lon, lat in SQUARE]
    assert found("site_outside_its_area", home, cells={AREA: away}, outline=SQUARE) == []
    assert found("site_outside_its_area", far, cells={AREA: SQUARE}, outline=SQUARE, columns=("count",)) == [[954]]


def test_metres_outside_an_l_shaped_ring():
    ring = [(0.0, 0.0), (0.02, 0.0), (0.02, 0.01), (0.01, 0.01), (0.01, 0.02), (0.0, 0.02), (0.0, 0.0)]
    points = np.array([[0.015, 0.005], [0.005, 0.015], [0.015, 0.02], [-0.01, 0.01]])
    assert metres_outside(points, ring).round(1).tolist() == [0, 0, 556.6, 1113.2]


def test_two_sites_at_one_point():
    place = {"lon": 121.005, "lat": 31.005}
    rows = found("sites_at_one_point", register({**SITE, **place}, {**SITE, "name": "阳光苑", **place},
                                                {**SITE, "name": "别处", "lon": 121.005, "lat": 31.006},
                                                {**SITE, "name": "无坐标"}, {**SITE, "name": "也无坐标"}),
                 columns=("finding", "site"))
    assert rows == [[0, "阳光小区"], [0, "阳光苑"]]


def test_a_site_twice_in_one_register_and_once_in_two():
    again = {**SITE, "name": "阳光小区 "}
    assert found("site_twice_in_a_register", register(SITE, again), columns=("finding", "site", "row")) == [
        [0, "阳光小区", 4], [0, "阳光小区 ", 5]]
    assert found("site_twice_in_a_register", register(SITE), register(again, name="new")) == []


def test_stale_facts_a_finding_a_site():
    old = [{"site": "小区", "indicator": item, "result": "pass", "checked_on": "2021-09-01"}
           for item in ("楼道无堆物", "无飞线充电")]
    assert found("stale_facts", checklist(*old, RECENT[1]), columns=("finding", "text", "count")) == [
        [0, "楼道无堆物", 60], [0, "无飞线充电", 60]]


def test_texts_that_are_no_item_of_the_standard():
    said = [{"site": f"{number}号小区", "indicator": "墙面干净", "result": "pass", "checked_on": "2021-10-30"}
            for number in range(2)]
    assert found("texts_outside_the_standard", checklist(*said), columns=("finding", "text", "count")) == [
        [0, "墙面干净", 2]]


def test_a_database_without_facts_has_quiet_areas_alone():
    findings = all_findings(evidence())
    assert {code: len(rows) for code, rows in findings.items() if len(rows)} == {"quiet_areas": 2}


def test_the_checks_change_no_frame_that_they_look_at():
    book, steps = bulk(5)
    seen = evidence(book, fixed(10), checklist(*week("2021-10-01")), register(SITE), steps=steps)
    before = {name: frame.copy() for name, frame in vars(seen.facts).items()}
    score = seen.now.subdistrict
    all_findings(seen)
    assert all(frame.equals(before[name]) for name, frame in vars(seen.facts).items())
    assert replace(seen, now=standing(seen.facts, seen.reference, AS_OF)).now.subdistrict == score


def test_each_check_says_why_and_what_to_do_once():
    assert len({check.code for check in CHECKS}) == len({check.name for check in CHECKS}) == len(CHECKS)
    assert all(check.why.endswith("。") and check.todo.endswith("。") for check in CHECKS)
