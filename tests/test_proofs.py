"""Proof used twice: which issue each picture belongs to, and which issues share one, exactly or nearly."""

from __future__ import annotations

from datetime import date

import pandas as pd
from snapshots import checklist, ledger, reference, snapshot

from readiness.facts import Facts, place_facts
from readiness.pictures import (
    pictures_of_checks,
    pictures_of_issue,
    placed_pictures,
    proved_elsewhere,
    reused_proofs,
)
from readiness.threads import issues_on

DAY = date(2021, 10, 31)
ZERO, SIX, SEVEN = "0000000000000000", "000000000000003f", "000000000000007f"  # none, six and seven bits


def fixed(description: str, on: str, **more) -> dict:
    return {"site": "甲小区", "description": description, "found_on": "2021-10-01", "fixed_on": on, "status": "fixed",
            **more}


def use(book: int, row: int, sha256: str, phash: str | None = None, field: str = "photos_after") -> dict:
    return {"upload_id": f"u{book:04}", "sheet": "Sheet1", "table_no": 0, "row": row, "field": field, "ordinal": 0,
            "sha256": sha256, "media_type": "image/jpeg", "phash": phash}


def frame(*uses: dict) -> pd.DataFrame:
    return pd.DataFrame(list(uses)).astype({"phash": "str"})


def facts_of(*books) -> Facts:
    return place_facts(snapshot(*books), reference())


def words(facts: Facts, as_of: date = DAY) -> dict[str, str]:
    """Name of each issue -> its description."""
    issues = issues_on(facts, as_of)
    return dict(zip(issues["issue"], issues["description"], strict=True))


def reused(facts: Facts, *uses: dict, as_of: date = DAY) -> list[tuple]:
    """Description, row and picture of the later proof, those of the earlier one, distance."""
    found, named = reused_proofs(placed_pictures(frame(*uses), facts, as_of)), words(facts, as_of)
    return [(named[one.issue], one.row, one.sha256, named[one.other], one.other_row, one.other_sha256, one.distance)
            for one in found.itertuples()]


TWO = ledger(fixed("楼道堆物", "2021-10-05"), fixed("门厅堆物", "2021-10-08"), fixed("飞线充电", "2021-10-09"))


def test_the_same_picture_proves_another_fix():
    assert reused(facts_of(TWO), use(0, 4, "a"), use(0, 5, "a")) == [("门厅堆物", 5, "a", "楼道堆物", 4, "a", 0)]


def test_nearly_the_same_is_up_to_six_bits_the_nearest_first():
    facts = facts_of(TWO)
    uses = use(0, 4, "a", ZERO), use(0, 5, "b", SIX), use(0, 6, "c", SEVEN)
    assert reused(facts, *uses) == [
        ("飞线充电", 6, "c", "门厅堆物", 5, "b", 1), ("门厅堆物", 5, "b", "楼道堆物", 4, "a", 6)]


def test_a_picture_without_a_phash_is_like_itself_alone():
    facts = facts_of(TWO)
    assert reused(facts, use(0, 4, "a"), use(0, 5, "b"), use(0, 6, "c", ZERO)) == []
    assert len(reused(facts, use(0, 4, "a"), use(0, 5, "a"))) == 1


def test_before_is_no_proof_and_a_proof_of_the_same_issue_is_none_of_another():
    facts = facts_of(TWO, ledger(fixed("楼道堆物", "2021-10-05"), sheet_date="2021-10-20"))
    assert reused(facts, use(0, 4, "a", field="photos_before"), use(0, 5, "a")) == []
    assert reused(facts, use(0, 4, "a"), use(1, 4, "a"), use(0, 4, "b", ZERO)) == []


def test_two_problems_in_one_row_share_its_proof():
    twice = ledger({**fixed("楼道堆物", "2021-10-05"), "row": 4}, {**fixed("飞线充电", "2021-10-05"), "row": 4})
    facts = facts_of(twice)
    placed = placed_pictures(frame(use(0, 4, "a", ZERO)), facts, DAY)
    assert sorted(words(facts)[issue] for issue in placed["issue"]) == ["楼道堆物", "飞线充电"]
    assert reused_proofs(placed).empty


def test_the_proof_of_a_relapse_may_not_be_the_old_one():
    again = ledger({**fixed("楼道堆物", "2021-10-25"), "found_on": "2021-10-20"})
    closed = ledger({**fixed("楼道堆物", "2021-10-05"), "status": "verified", "verified_on": "2021-10-06"})
    facts = facts_of(closed, again)
    found = reused_proofs(placed_pictures(frame(use(0, 4, "a"), use(1, 4, "a")), facts, DAY))
    assert [name.rsplit("-", 1)[1] for name in (*found["issue"], *found["other"])] == ["2", "1"]


def test_what_holds_later_than_the_day_is_not_known_yet():
    assert reused(facts_of(TWO), use(0, 4, "a"), use(0, 5, "a"), as_of=date(2021, 10, 7)) == []


def test_both_issues_name_each_other_once():
    facts = facts_of(TWO)
    uses = frame(use(0, 4, "a", ZERO), use(0, 4, "b", SIX), use(0, 5, "a", ZERO), use(0, 6, "c", ZERO))
    found, named = reused_proofs(placed_pictures(uses, facts, DAY)), words(facts)
    told = {named[issue]: sorted((named[other.other], bool(other.same)) for other in
                                 proved_elsewhere(found, issue).itertuples()) for issue in named}
    assert told == {"楼道堆物": [("门厅堆物", True), ("飞线充电", False)],
                    "门厅堆物": [("楼道堆物", True), ("飞线充电", False)],
                    "飞线充电": [("楼道堆物", False), ("门厅堆物", False)]}


def test_an_issue_shows_its_pictures_once_in_the_order_of_its_history():
    facts = facts_of(ledger(fixed("楼道堆物", "2021-10-08"), sheet_date="2021-10-20"),
                     ledger({"site": "甲小区", "description": "楼道堆物", "found_on": "2021-10-01", "status": "open"},
                            sheet_date="2021-10-02"))
    uses = frame(use(0, 4, "old", field="photos_before"), use(0, 4, "new"), use(1, 4, "old", field="photos_before"),
                 use(1, 4, "first", field="photos_before"))
    (issue,) = issues_on(facts, DAY).itertuples(index=False)
    found = pictures_of_issue(placed_pictures(uses, facts, DAY), issue)
    assert list(zip(found["field"], found["sha256"], found["on"].dt.day, strict=True)) == [
        ("photos_before", "old", 2), ("photos_before", "first", 2), ("photos_after", "new", 8)]


def test_an_issue_out_of_checks_shows_the_photos_of_its_item_since_it_fails():
    site = {"site": "甲小区", "site_kind": "residential"}
    books = [checklist({**site, "indicator": item, "result": result, "checked_on": f"2021-10-{day:02}"})
             for item, result, day in (("楼道无堆物", "fail", 1), ("楼道无堆物", "pass", 4), ("楼道无堆物", "fail", 8),
                                       ("无飞线充电", "pass", 9), ("楼道无堆物", "fail", 12))]
    facts = facts_of(*books)
    uses = frame(*(use(book, 4, f"{book}", field="photos") for book in range(5)))
    (issue,) = issues_on(facts, DAY).itertuples(index=False)
    found = pictures_of_checks(uses, facts, issue, DAY)
    assert found["sha256"].tolist() == ["2", "4"]
