"""What unsaved books would change, worked out by hand on a few rows."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pandas as pd
import pytest
from snapshots import AREA, OTHER_AREA, book, checklist, ledger, reference, register, snapshot

from readiness.facts import place_facts
from readiness.model import CHECKLIST, LEDGER, SITES, Batch, Snapshot, Table
from readiness.preview import Difference, alike, difference, new_ids, with_batches
from readiness.standing import standing

AS_OF = date(2021, 10, 20)
AT = datetime(2021, 10, 20, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
REFERENCE = reference()
KNOWN = ledger(
    {"site": "3号楼", "description": "楼道堆物", "found_on": "2021-10-01", "status": "open"},
    {"site": "3号楼", "description": "飞线充电", "found_on": "2021-10-01", "status": "open"},
    {"site": "3号楼", "description": "墙面破损", "found_on": "2021-09-01", "status": "verified",
     "verified_on": "2021-09-20"},
    {"site": "5号楼", "description": "路灯不亮", "found_on": "2021-10-02", "status": "open"},
    {"site": "5号楼", "description": "垃圾满溢", "found_on": "2021-10-02", "status": "open", "round": "mock"},
    {"site": "1号楼", "description": "积水", "found_on": "2021-10-02", "status": "open", "area_code": OTHER_AREA},
)


def batch(*tables: tuple[str, list[dict]]) -> Batch:
    """A book that was read but not saved; rows from 4, in AREA unless they say otherwise."""
    read = tuple(Table("表", kind, (3,), tuple({"row": row, "area_code": AREA, **record}
                                              for row, record in enumerate(rows, 4))) for kind, rows in tables)
    return Batch("新.xlsx", "f" * 64, b"new", None, read)


def compared(known: Snapshot, *batches: Batch) -> Difference:
    later = with_batches(known, batches, AT)
    facts = place_facts(known, REFERENCE), place_facts(later, REFERENCE)
    standings = tuple(standing(each, REFERENCE, AS_OF) for each in facts)
    return difference(facts, standings, new_ids(known, len(batches)))


def whats(issues: pd.DataFrame) -> dict[str, tuple[str, str]]:
    return {row.description: (row.what, row.moved) for row in issues.itertuples()}


def test_new_changed_relapsed_and_unchanged_issues():
    found = compared(snapshot(KNOWN), batch((LEDGER, [
        {"site": "3号楼", "description": "楼道堆物", "found_on": "2021-10-01", "status": "open"},
        {"site": "3号楼", "description": "飞线充电", "found_on": "2021-10-01", "status": "verified",
         "verified_on": "2021-10-18", "responsible_person": "张三"},
        {"site": "3号楼", "description": "墙面破损", "found_on": "2021-10-15", "status": "open"},
        {"site": "6号楼", "description": "窨井盖松动", "found_on": "2021-10-15", "status": "open"}])))
    assert whats(found.issues) == {
        "楼道堆物": ("unchanged", ""), "飞线充电": ("changed", "status,verified_on,responsible_person"),
        "墙面破损": ("relapsed", ""), "窨井盖松动": ("new", "")}
    assert (found.before.subdistrict.open, found.after.subdistrict.open) == (5, 6)


def test_missing_are_open_issues_of_the_same_area_and_round_that_the_book_lacks():
    found = compared(snapshot(KNOWN), batch((LEDGER, [
        {"site": "3号楼", "description": "楼道堆物", "found_on": "2021-10-01", "status": "open"}])))
    assert sorted(found.missing["description"]) == ["路灯不亮", "飞线充电"]
    other = compared(snapshot(KNOWN), batch((LEDGER, [
        {"site": "3号楼", "description": "新的", "found_on": "2021-10-01", "status": "open", "round": "mock"}])))
    assert other.missing["description"].tolist() == ["垃圾满溢"]


def test_a_book_without_a_ledger_lacks_nothing():
    found = compared(snapshot(KNOWN), batch((SITES, [{"name": "3号楼", "site_kind": "residential"}])))
    assert found.missing.empty
    assert found.issues.empty
    assert found.checks.empty


def test_new_and_changed_results_of_checks():
    known = snapshot(register({"name": "广水小区", "site_kind": "residential"}), checklist(
        {"site": "广水小区", "site_kind": "residential", "indicator": "楼道无堆物", "result": "pass",
         "checked_on": "2021-10-10"}))
    row = {"site": "广水小区", "site_kind": "residential", "checked_on": "2021-10-19"}
    found = compared(known, batch((CHECKLIST, [
        {**row, "indicator": "楼道无堆物", "result": "fail"}, {**row, "indicator": "无飞线充电", "result": "pass"}])))
    assert found.checks[["indicator", "before", "after", "what"]].fillna("").to_numpy().tolist() == [
        ["楼道无堆物", "pass", "fail", "changed"], ["无飞线充电", "", "pass", "new"]]
    (area,) = found.areas.itertuples()
    assert (area.short_name, area.before, area.after) == ("广水", 100.0, 50.0)
    assert (found.before.subdistrict.score, found.after.subdistrict.score) == (100.0, 50.0)
    again = compared(known, batch((CHECKLIST, [
        {**row, "checked_on": "2021-10-09", "indicator": "楼道无堆物", "result": "fail"}])))
    assert again.checks["what"].tolist() == ["unchanged"]  # the newer result holds


def test_nothing_is_written_and_frames_keep_their_types():
    known = snapshot(KNOWN)
    later = with_batches(known, [batch((LEDGER, [{"description": "新的", "found_on": "2021-10-01"}]))] * 2, AT)
    assert (len(known.ledger), len(later.ledger)) == (6, 8)
    assert later.ledger.dtypes.equals(known.ledger.dtypes)
    assert later.uploads.dtypes.equals(known.uploads.dtypes)
    assert later.uploads["upload_id"].tolist()[1:] == new_ids(known, 2)
    assert later.ledger["uploaded_on"].iloc[-1] == pd.Timestamp(2021, 10, 20)


@pytest.mark.parametrize(("site", "description", "expected"), [
    ("3号楼", "3号楼楼道口堆放纸箱和自行车", ["3号楼楼道口堆放纸箱、旧自行车"]),
    ("三号楼", "3号楼楼道口堆放纸箱和自行车", []),
    ("3号楼", "门口路灯不亮", []),
    ("3号楼", "3号楼楼道口堆放纸箱，旧自行车。", []),  # the same words: known, not nearly so
])
def test_nearly_the_same_descriptions_at_one_place_are_found(site, description, expected):
    known = snapshot(ledger({"site": "3号楼", "description": "3号楼楼道口堆放纸箱、旧自行车",
                             "found_on": "2021-10-01", "status": "open"}))
    found = compared(known, one := batch((LEDGER, [
        {"site": site, "description": description, "found_on": "2021-10-12", "status": "open"}])))
    ids = new_ids(known, 1)
    near = alike(with_batches(known, [one], AT), found.before.issues, found.issues, ids)
    assert near["known"].tolist() == expected
    assert near["row"].tolist() == [4] * len(expected)


def test_verified_issues_and_those_that_the_book_names_itself_are_not_offered():
    rows = [{"site": "3号楼", "description": "楼道口堆放纸箱旧自行车", "found_on": "2021-10-01", "status": "open"},
            {"site": "3号楼", "description": "楼道口堆放纸箱和自行车", "found_on": "2021-10-01", "status": "open"}]
    known = snapshot(ledger(rows[0]))
    both = batch((LEDGER, rows))
    later = with_batches(known, [both], AT)
    found = compared(known, both)
    assert alike(later, found.before.issues, found.issues, new_ids(known, 1)).empty
    closed = snapshot(ledger({**rows[0], "status": "verified", "verified_on": "2021-10-05"}))
    found = compared(closed, one := batch((LEDGER, rows[1:])))
    assert alike(with_batches(closed, [one], AT), found.before.issues, found.issues, new_ids(closed, 1)).empty


def test_an_empty_database_has_nothing_to_compare_with():
    found = compared(snapshot(), batch((LEDGER, [{"description": "新的", "found_on": "2021-10-01"}])))
    assert whats(found.issues) == {"新的": ("new", "")}
    assert found.missing.empty
    assert compared(snapshot(book())).issues.empty
