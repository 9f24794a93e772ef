"""The score of a day and all that stands beside it (DESIGN.md 6)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest
from snapshots import AREA, DIRECT, KINDS, OTHER_AREA, SETTINGS, checklist, ledger, reference, register, snapshot

from readiness.facts import place_facts
from readiness.score import capped_bands
from readiness.standing import standing

HOME = {"name": "甲小区", "site_kind": "小区"}
PARK = {"name": "乙公园", "site_kind": "公园"}
PILE = {"site": "甲小区", "description": "楼道堆物"}
ITEM_TEXT = {"A-01": "楼道无堆物", "A-02": "无飞线充电", "E-01": "校门通畅", "F-01": "无乱扔杂物", "F-02": "设施无损坏"}


def stand(*books, as_of="2021-10-31", **settings):
    here = reference(settings=replace(SETTINGS, **settings))
    return standing(place_facts(snapshot(*books), here), here, date.fromisoformat(as_of))


def check(item, result, on="2021-10-01", site="甲小区", **fields):
    return {"site": site, "indicator": ITEM_TEXT.get(item, item), "result": result, "checked_on": on, **fields}


def state(*books, item="A-01", **options):
    """The state of an item of 甲小区, None when it is not inspectable."""
    items = stand(register(HOME), *books, **options).items.set_index(["site", "item"])["state"]
    return items.get(("甲小区", item))


# The state of an item on a day.
def test_without_a_fact_an_item_is_unchecked():
    assert state() == "unchecked"
    assert state(checklist(check("A-01", "pass", "2021-10-09")), as_of="2021-10-08") == "unchecked"


def test_the_newest_check_decides():
    checks = checklist(check("A-01", "fail", "2021-10-03"), check("A-01", "pass", "2021-10-05"),
                       check("A-01", "fail", "2021-10-09"))
    assert [state(checks, as_of=f"2021-10-{day:02}") for day in (2, 3, 4, 5, 8, 9)] == [
        "unchecked", "fail", "fail", "pass", "pass", "fail"]


@pytest.mark.parametrize(("results", "worst"), [
    (("pass", "fail"), "fail"), (("fail", "na", "pass"), "fail"), (("na", "pass"), "pass"), (("na",), None),
    (("uninspectable", "pass"), "pass"), (("uninspectable",), "unchecked"), ((None,), "unchecked")])
def test_of_several_checks_of_a_day_the_worst_wins(results, worst):
    rows = [check("A-01", result) for result in results]
    assert state(checklist(*rows)) == state(checklist(*rows[::-1])) == worst
    assert state(*(checklist(row) for row in rows)) == worst


@pytest.mark.parametrize(("result", "after"), [("uninspectable", "fail"), (None, "fail"), ("na", None)])
def test_na_takes_the_item_out_and_uninspectable_changes_nothing(result, after):
    assert state(checklist(check("A-01", "fail", "2021-10-01"), check("A-01", result, "2021-10-02"))) == after


def test_a_check_after_na_brings_the_item_back():
    assert state(checklist(check("A-01", "na", "2021-10-01"), check("A-01", "pass", "2021-10-02"))) == "pass"


@pytest.mark.parametrize("status", ["open", "fixing", "fixed", "returned"])
def test_an_item_fails_while_a_ledger_issue_on_it_is_not_verified_whatever_a_newer_check_claims(status):
    entry = ledger({**PILE, "found_on": "2021-10-03", "status": status}, sheet_date="2021-10-04")
    claim = checklist(check("A-01", "pass", "2021-10-02"), check("A-01", "pass", "2021-10-09"))
    assert [state(entry, claim, as_of=f"2021-10-{day:02}") for day in (2, 3, 9, 20)] == [
        "pass", "fail", "fail", "fail"]
    listed = stand(register(HOME), entry, claim).contradictions
    assert listed[["reason", "site", "item", "status"]].to_numpy().tolist() == [
        ["pass_over_issue", "甲小区", "A-01", "pass"]]
    assert listed[["on", "description", "upload_id"]].to_numpy().tolist() == [
        [pd.Timestamp("2021-10-09"), "楼道堆物", "u0002"]]
    assert listed["issue"].notna().all()
    assert stand(register(HOME), entry, claim, as_of="2021-10-08").contradictions.empty


def test_the_verification_of_an_issue_is_a_pass_after_the_checks_of_its_day():
    entry = ledger({**PILE, "found_on": "2021-10-03", "status": "verified", "verified_on": "2021-10-08"})
    assert state(entry, checklist(check("A-01", "fail", "2021-10-08"))) == "pass"
    assert state(entry, checklist(check("A-01", "na", "2021-10-08"))) == "pass"
    assert state(entry, checklist(check("A-01", "fail", "2021-10-09"))) == "fail"
    assert state(entry, as_of="2021-10-07") == "fail"


def test_of_two_issues_on_an_item_both_must_be_verified():
    entry = ledger({**PILE, "found_on": "2021-10-03", "status": "verified", "verified_on": "2021-10-08"},
                   {**PILE, "location": "3号楼", "found_on": "2021-10-03", "status": "open"})
    assert state(entry) == "fail"


def test_returned_after_the_verification_fails_again():
    entry = ledger({**PILE, "found_on": "2021-10-03", "status": "verified", "verified_on": "2021-10-08"})
    back = ledger({**PILE, "found_on": "2021-10-03", "status": "returned"}, sheet_date="2021-10-12")
    assert [state(entry, back, as_of=f"2021-10-{day:02}") for day in (8, 11, 12)] == ["pass", "pass", "fail"]


def test_na_after_a_fail_is_listed():
    found = stand(register(HOME), checklist(check("A-01", "fail", "2021-10-01"), check("A-01", "na", "2021-10-05")))
    assert found.contradictions[["reason", "item", "status"]].to_numpy().tolist() == [["na_after_fail", "A-01", "na"]]
    fine = stand(register(HOME), checklist(check("A-01", "pass", "2021-10-01"), check("A-01", "na", "2021-10-05")))
    assert fine.contradictions.empty


def test_a_state_after_the_end_is_listed():
    entry = ledger({**PILE, "found_on": "2021-10-01", "status": "verified", "verified_on": "2021-10-08"})
    late = ledger({**PILE, "found_on": "2021-10-01", "status": "fixing"}, sheet_date="2021-10-15")
    found = stand(entry, late)
    assert found.contradictions[["reason", "status", "upload_id"]].to_numpy().tolist() == [
        ["state_after_end", "fixing", "u0001"]]
    assert found.contradictions["issue"].tolist() == found.issues["issue"].tolist()
    assert stand(entry, late, as_of="2021-10-14").contradictions.empty


# Weights, score, coverage, losses.
def test_the_worth_of_a_kind_is_spread_over_its_inspectable_items_by_their_weights():
    items = stand(register(HOME, PARK)).items.set_index("item")["v"]
    assert items.to_dict() == {"A-01": 1.5, "A-02": 1.5, "F-01": 0.25, "F-02": 0.75}


def test_score_coverage_and_losses_by_hand():
    """Known: A-01 passes (1.5), F-02 fails (0.75); 1.5 of 2.25 known; 2.25 of 4 covered."""
    found = stand(register(HOME, PARK), checklist(check("A-01", "pass"), check("F-02", "fail", site="乙公园")))
    tally = found.subdistrict
    assert (tally.score, tally.coverage) == (pytest.approx(200 / 3), 2.25 / 4)
    assert (tally.checked_items, tally.inspectable_items) == (2, 4)
    assert found.losses[["area_code", "site", "item", "indicator", "issues"]].to_numpy().tolist() == [
        [AREA, "乙公园", "F-02", "设施无损坏", 1]]
    assert found.losses["loss"].tolist() == [pytest.approx(100 / 3)]


def test_na_leaves_its_worth_to_the_other_items_of_the_kind():
    found = stand(register(HOME), checklist(check("A-01", "na"), check("A-02", "pass")))
    assert found.items[["item", "v"]].to_numpy().tolist() == [["A-02", 3.0]]
    assert found.subdistrict.coverage == 1.0


def test_at_an_unregistered_site_only_what_is_recorded_counts():
    found = stand(checklist(check("A-01", "pass"), check("A-02", "uninspectable")))
    assert found.items[["site", "item", "state"]].to_numpy().tolist() == [["甲小区", "A-01", "pass"]]
    assert found.subdistrict.coverage == 1.0


def test_own_items_and_other_items_count_only_when_recorded_with_weight_one():
    found = stand(register(PARK), checklist(check("自己的", "pass", site="乙公园")),
                  ledger({"site": "乙公园", "description": "说不清", "found_on": "2021-10-02"}))
    worth = found.items.set_index("item")[["weight", "state"]].to_dict("index")
    assert worth == {"F-00": {"weight": 1, "state": "fail"}, "F-01": {"weight": 1, "state": "unchecked"},
                     "F-02": {"weight": 3, "state": "unchecked"}, "own:自己的": {"weight": 1, "state": "pass"}}
    assert stand(register(PARK), checklist(check("自己的", "pass", site="乙公园")), as_of="2021-09-30").items[
        "item"].tolist() == ["F-01", "F-02"]


def test_a_loss_is_shared_equally_by_the_issues_on_its_item():
    entry = ledger({**PILE, "found_on": "2021-10-03"}, {**PILE, "location": "3号楼", "found_on": "2021-10-03"},
                   {**PILE, "location": "4号楼", "found_on": "2021-10-01", "status": "verified",
                    "verified_on": "2021-10-02"})
    found = stand(register(HOME), entry, checklist(check("A-02", "pass")))
    assert found.subdistrict.score == 50
    assert found.issues.set_index("status")["loss"].to_dict() == {"open": 25.0, "verified": 0.0}
    assert found.issues["loss"].tolist().count(25.0) == 2
    assert found.losses[["loss", "issues"]].to_numpy().tolist() == [[50.0, 2]]


def test_a_failing_check_bears_its_loss():
    found = stand(register(HOME), checklist(check("A-01", "fail"), check("A-02", "pass")))
    assert found.issues[["origin", "loss"]].to_numpy().tolist() == [["check", 50.0]]


def test_na_over_a_failing_check_leaves_an_open_problem_without_a_loss():
    found = stand(register(HOME), checklist(check("A-01", "fail"), check("A-01", "na", "2021-10-05"),
                                            check("A-02", "pass")))
    assert found.issues[["status", "loss"]].to_numpy().tolist() == [["open", 0.0]]
    assert found.subdistrict.score == 100 and found.losses.empty


def test_below_the_minimum_coverage_there_is_no_score_and_no_loss():
    """One of two items of one kind of two: 1.5 of 4 is known, 0.375."""
    books = [register(HOME, PARK), checklist(check("A-01", "fail"))]
    under, at = stand(*books, minimum_coverage=0.38), stand(*books, minimum_coverage=0.375)
    assert (under.subdistrict.score, under.subdistrict.band, under.subdistrict.coverage) == (None, None, 0.375)
    assert under.losses.empty and under.issues["loss"].tolist() == [0.0]
    assert at.subdistrict.score == 0 and at.losses["loss"].tolist() == [100.0]


def test_the_register_holds_for_all_days_and_whenever_it_came():
    check_first = [checklist(check("A-01", "pass"), day="2021-10-02"), register(HOME, day="2021-12-01")]
    found = stand(*check_first, as_of="2021-10-01")
    assert found.subdistrict.coverage == 0.5 and found.items["registered"].tolist() == [True, True]


# Areas, bands, red lines.
def test_the_score_of_the_subdistrict_pools_all_sites_and_is_not_the_mean_of_the_areas():
    here, there = {"area_code": AREA}, {"area_code": OTHER_AREA}
    found = stand(checklist(check("A-01", "pass", **here), check("A-02", "pass", **here),
                            check("自己的", "pass", **here), check("A-01", "fail", **there)))
    assert found.subdistrict.score == 75
    assert found.areas.set_index("area_code")["score"].dropna().to_dict() == {AREA: 100, OTHER_AREA: 0}


def test_all_areas_are_listed_and_the_direct_one_counts_but_stands_outside_the_ranking():
    found = stand(checklist(check("A-01", "pass", area_code=DIRECT), check("A-01", "fail")))
    assert found.areas["area_code"].tolist() == [DIRECT, AREA, OTHER_AREA]
    assert found.subdistrict.score == 50
    assert found.areas["score"].fillna(-1).tolist() == [100, 0, -1]
    assert found.areas["rank"].fillna(-1).tolist() == [-1, 1, -1]
    assert found.areas["coverage"].tolist() == [1, 1, 0]


def test_areas_of_one_band_share_a_rank():
    areas = pd.DataFrame({"code": list("abcd"), "official_name": list("abcd"), "short_name": list("abcd"),
                          "aliases": [()] * 4, "ranked": True})
    here = reference(areas=areas)
    rows = [check(f"项目{number}", "fail" if number < fails else "pass", area_code=code)
            for code, fails in zip("abcd", (0, 1, 5, 0), strict=True) for number in range(25)]
    found = standing(place_facts(snapshot(checklist(*rows)), here), here, date(2021, 10, 31)).areas
    assert found["score"].tolist() == [100, 96, 80, 100]
    assert found["band"].tolist() == ["excellent", "excellent", "near", "excellent"]
    assert found["rank"].tolist() == [1, 1, 4, 1]


def test_the_bands_and_the_cap_of_a_red_line():
    score = pd.Series([95.0, 94.99, 90.0, 85.0, 75.0, 10.0, float("nan")])
    free = capped_bands(score, pd.Series([0] * 7), SETTINGS).tolist()
    capped = capped_bands(score, pd.Series([1] * 7), SETTINGS).tolist()
    assert free == ["excellent", "met", "met", "near", "weak", "urgent", None]
    assert capped == ["near", "near", "near", "near", "weak", "urgent", None]


def test_an_open_red_line_caps_the_band_and_is_named():
    """A-02 is a red line; 20 items pass, it alone fails: 95.2 and yet only 接近."""
    rows = [check(f"项目{number}", "pass") for number in range(20)]
    issue = {"site": "甲小区", "description": "飞线", "found_on": "2021-10-02"}
    found = stand(checklist(*rows), ledger(issue))
    assert found.subdistrict.score == pytest.approx(100 * 20 / 21)
    assert (found.subdistrict.band, found.subdistrict.red_lines) == ("near", ("飞线",))
    assert found.areas.set_index("area_code").loc[AREA, ["band", "red_lines"]].tolist() == ["near", 1]
    done = stand(checklist(*rows), ledger({**issue, "status": "verified", "verified_on": "2021-10-03"}))
    assert (done.subdistrict.band, done.subdistrict.red_lines) == ("excellent", ())
    failing = stand(checklist(*rows, check("A-02", "fail")))
    assert (failing.subdistrict.band, failing.subdistrict.red_lines) == ("near", ("无飞线充电",))


def test_what_is_counted():
    entry = ledger({**PILE, "found_on": "2021-10-01", "status": "verified", "verified_on": "2021-10-02"},
                   {**PILE, "location": "1", "found_on": "2021-10-01", "due_on": "2021-10-05"},
                   {**PILE, "location": "2", "found_on": "2021-10-01", "status": "fixed", "due_on": "2021-10-05"})
    tally = stand(register(HOME), entry, checklist(check("A-02", "fail"))).subdistrict
    assert (tally.open, tally.overdue, tally.verified, tally.total, tally.rate) == (3, 1, 1, 3, pytest.approx(1 / 3))
    assert stand().subdistrict.rate is None


def test_a_fact_older_than_the_standards_age_is_stale():
    books = [register(HOME), checklist(check("A-01", "pass", "2021-10-01"), check("A-02", "pass", "2021-10-02"))]
    found = stand(*books, as_of="2021-11-01")
    assert found.items.set_index("item")["stale"].to_dict() == {"A-01": True, "A-02": False}
    assert found.subdistrict.stale == 1


def test_the_deciding_row_of_an_item():
    checks = checklist(check("A-01", "fail", "2021-10-01"), check("A-01", "pass", "2021-10-03"),
                       check("A-02", "pass", "2021-10-01"))
    entry = ledger({**PILE, "found_on": "2021-10-05", "status": "verified", "verified_on": "2021-10-08"})
    def deciding(as_of):
        found = stand(checks, entry, as_of=as_of).items.set_index("item").loc["A-01"]
        return found["since"].date().isoformat(), found["upload_id"], found["row"]
    assert deciding("2021-10-02") == ("2021-10-01", "u0000", 4)
    assert deciding("2021-10-04") == ("2021-10-03", "u0000", 5)
    assert deciding("2021-10-06") == ("2021-10-05", "u0001", 4)
    assert deciding("2021-10-09") == ("2021-10-08", "u0001", 4)


def test_heat_is_the_score_of_each_areas_sites_of_each_kind():
    found = stand(register(HOME, PARK), checklist(check("A-01", "pass"), check("A-02", "fail")))
    assert found.heat[["area_code", "kind", "coverage"]].to_numpy().tolist() == [
        [AREA, "park", 0.0], [AREA, "residential", 1.0]]
    assert found.heat["score"].fillna(-1).tolist() == [-1, 50]


def test_without_any_fact_there_is_no_score():
    found = stand()
    assert (found.subdistrict.score, found.subdistrict.coverage, found.subdistrict.open) == (None, 0.0, 0)
    assert len(found.areas) == 3 and found.items.empty and found.issues.empty and found.heat.empty
    assert KINDS["weight"].sum() == 5.5
