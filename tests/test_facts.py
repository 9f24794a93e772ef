"""From rows to facts: sites, where rows belong, and their items (DESIGN.md 5, "Sites", "Indicator", "A check")."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest
from snapshots import (
    AREA,
    AREAS,
    ITEMS,
    KINDS,
    OTHER_AREA,
    checklist,
    ledger,
    reference,
    register,
    snapshot,
)

from readiness.clean import cleaned
from readiness.facts import place_facts
from readiness.indicators import matched_items, unmapped_texts
from readiness.places import as_written
from readiness.sites import named_kinds, suggested_kinds
from readiness.threads import issues_on


def placed(*books, **changed):
    return place_facts(snapshot(*books), reference(**changed))


def sites(*books):
    return placed(*books).sites.set_index("site").sort_index()


def check(site=None, indicator="楼道无堆物", result="pass", on="2021-10-01", **fields):
    return {"site": site, "indicator": indicator, "result": result, "checked_on": on, **fields}


def test_cleaned_text_is_nfkc_lower_case_without_spaces_and_punctuation():
    texts = pd.Series(["３号 楼", "(A)－b。", None, "——"], index=[5, 6, 7, 8])
    assert cleaned(texts).to_dict() == {5: "3号楼", 6: "ab", 7: "", 8: ""}


# Sites.
def test_sites_come_from_the_register_and_a_checklists_site_column_alone():
    found = sites(register({"name": "甲小区", "site_kind": "小区"}), checklist(check("乙小学")),
                  ledger({"site": "丙公园", "description": "x", "found_on": "2021-10-01"}))
    assert found["registered"].to_dict() == {"广水": False, "甲小区": True, "乙小学": False}
    assert found.loc["乙小学", "first_on"] == pd.Timestamp("2021-10-01")


def test_a_site_is_its_area_and_its_cleaned_name():
    checks = checklist(check("甲 小区"), check("甲小区", area_code=OTHER_AREA))
    found = placed(register({"name": "甲小区"}), checks).sites
    assert found[["area_code", "registered"]].to_numpy().tolist() == [[AREA, True], [OTHER_AREA, False]]


def test_of_two_registers_the_later_upload_wins_field_by_field():
    one = register({"name": "甲小区", "site_kind": "小区", "address": "旧址", "point_chief": "王某", "phone": "1"})
    two = register({"name": "甲小区", "address": "新址"}, {"name": "乙园", "site_kind": "公园"})
    assert sites(one, two).loc["甲小区", ["kind", "address", "point_chief", "phone"]].tolist() == [
        "residential", "新址", "王某", "1"]
    assert sites(two, one).loc["甲小区", "address"] == "旧址"
    assert sites(one, two).index.tolist() == ["乙园", "甲小区"]


def test_a_position_is_one_field():
    one = register({"name": "甲", "lon": 121.1, "lat": 31.1, "datum": "gcj02"})
    two = register({"name": "甲", "lon": 121.2, "lat": 31.2})
    found = sites(one, two).loc["甲"]
    assert (found["lon"], found["lat"]) == (121.2, 31.2) and pd.isna(found["datum"])


@pytest.mark.parametrize(("words", "kind"), [
    ("小区", "residential"), ("residential", "residential"), ("居民小区", "residential"), ("学校周边", "school"),
    ("小学周边", "school"), ("公园周边", "park"), ("医院", "other"), ("广场", ""), (None, "")])
def test_a_books_word_for_a_kind(words, kind):
    assert named_kinds(pd.Series([words]), KINDS).fillna("").tolist() == [kind]


@pytest.mark.parametrize(("words", "kind"), [
    ("公园小学", "school"), ("小学旁的公园", "park"), ("甲小区", "residential"), ("26号门前", ""), ("", "")])
def test_the_kind_that_words_suggest_is_the_one_named_last(words, kind):
    assert suggested_kinds(pd.Series([words]), KINDS).fillna("").tolist() == [kind]


def test_of_keywords_that_end_at_the_same_place_the_longest_counts():
    kinds = pd.DataFrame({"kind": ["shop", "ebike_shop", "food"], "keywords": [("店",), ("电动车店",), ("饭店",)]})
    assert suggested_kinds(pd.Series(["红星电动车店", "小店"]), kinds).tolist() == ["ebike_shop", "shop"]


def test_the_kind_of_a_site_is_the_registers_then_the_books_then_the_names_then_other():
    found = sites(register({"name": "甲小区", "site_kind": "公园"}, {"name": "丁小学"}, {"name": "戊小区"}),
                  checklist(check("甲小区", site_kind="学校"), check("乙小区", site_kind="学校"), check("丙处"),
                            check("戊小区", site_kind="公园")))
    assert found["kind"].to_dict() == {"甲小区": "park", "乙小区": "school", "丁小学": "school", "丙处": "other",
                                       "戊小区": "park"}


def test_of_two_books_the_earliest_check_gives_the_kind():
    books = [checklist(check("甲", site_kind="公园", on="2021-10-02")), checklist(check("甲", site_kind="学校"))]
    assert sites(*books).loc["甲", "kind"] == sites(*books[::-1]).loc["甲", "kind"] == "school"


def test_a_kind_of_an_offices_own_needs_no_code():
    kinds = pd.concat([KINDS, pd.DataFrame([{"kind": "library", "name": "图书馆", "short": "图书", "weight": 1.0,
                                             "keywords": ("书屋",)}])], ignore_index=True)
    items = pd.concat([ITEMS, ITEMS.iloc[[0]].assign(item="T-01", kind="library", text="免费开放")], ignore_index=True)
    found = placed(register({"name": "甲书屋", "site_kind": "图书馆"}), kinds=kinds, items=items)
    assert found.pairs[["kind", "item", "counts"]].to_numpy().tolist() == [["library", "T-01", True]]


# Where a ledger's row belongs.
REGISTER = register({"name": "甲小区", "site_kind": "小区"}, {"name": "乙小学", "site_kind": "学校"},
                    {"name": "东公园", "site_kind": "公园"}, {"name": "西公园", "site_kind": "公园"})


def belongs(*more, **row):
    found = placed(REGISTER, *more, ledger({"description": "问题", "found_on": "2021-10-01", **row}))
    entry = found.ledger.iloc[0]
    names = found.sites.set_index("site_id")["site"]
    return names[entry["site_id"]], None if pd.isna(entry["location"]) else entry["location"]


@pytest.mark.parametrize(("row", "site", "location"), [
    ({"site": "甲小区"}, "甲小区", None), ({"location": "甲 小区"}, "甲小区", None),
    ({"site": "甲小区", "location": "3号楼"}, "甲小区", "3号楼"),
    ({"site": "甲小区", "location": "甲小区"}, "甲小区", None),
    ({"site": "门口", "location": "乙小学"}, "乙小学", "门口")])
def test_a_place_that_is_a_known_site_is_that_site(row, site, location):
    assert belongs(**row) == (site, location)


def test_a_site_that_a_checklist_knows_is_known_too():
    assert belongs(checklist(check("丙处")), site="丙处") == ("丙处", None)


def test_a_location_belongs_to_the_areas_only_site_of_the_kind_that_its_words_suggest():
    assert belongs(location="小学门口") == ("乙小学", "小学门口")
    assert belongs(site="3号楼道") == ("甲小区", "3号楼道")
    assert belongs(location="26号", description="楼道堆物") == ("甲小区", "26号")


def test_the_words_of_the_place_come_before_those_of_the_description():
    assert belongs(location="小学门口", description="楼道堆物")[0] == "乙小学"


@pytest.mark.parametrize("row", [{"location": "公园东门"}, {"location": "26号门前"}, {"location": "医院门口"}])
def test_else_to_the_areas_own_residential_site(row):
    assert belongs(**row) == ("广水", row["location"])


@pytest.mark.parametrize("row", [{}, {"description": "小学门口拥堵"}, {"site": "——"}])
def test_a_row_without_a_place_belongs_to_the_areas_own_residential_site(row):
    assert belongs(**row)[0] == "广水"


def test_the_own_site_is_implied_unregistered_residential_and_named_by_the_short_name():
    found = placed(ledger({"description": "问题", "found_on": "2021-10-01", "area_code": OTHER_AREA}),
                   checklist(check(area_code=OTHER_AREA))).sites
    assert found[["site", "kind", "registered", "area_code"]].to_numpy().tolist() == [
        ["水电", "residential", False, OTHER_AREA]]


def test_a_site_of_that_very_name_is_the_areas_own():
    found = placed(register({"name": "广水", "site_kind": "公园"}), ledger({"description": "x"}), checklist(check()))
    assert found.sites[["site", "kind", "registered"]].to_numpy().tolist() == [["广水", "park", True]]
    assert sites(checklist(check("广水"))).loc["广水", "kind"] == "residential"


def test_a_site_of_another_area_is_no_site_of_this_one():
    assert belongs(register({"name": "丁小区", "area_code": OTHER_AREA}), site="丁处") == ("广水", "丁处")


def test_all_rows_of_a_thread_have_one_site():
    one = ledger({"site": "甲小区", "location": "3号", "description": "x", "found_on": "2021-10-01"})
    two = ledger({"location": "甲小区3号", "description": "x", "found_on": "2021-10-01"})
    found = placed(REGISTER, one, two)
    assert len(found.ledger[["site_id", "thread"]].drop_duplicates()) == 1


# Items.
@pytest.mark.parametrize(("kind", "text", "item", "by"), [
    ("residential", "楼道，无堆物！", "A-01", 0), ("residential", "三楼楼道堆放纸箱", "A-01", 1),
    ("residential", "校门通畅", None, 2), ("park", "纸屑", "F-01", 1), ("park", "设施破损，纸屑乱扔", None, 2),
    ("park", "损坏破损", "F-02", 1), ("residential", "其他问题", "A-00", 0), ("residential", None, None, 2)])
def test_an_item_is_the_one_with_the_text_else_the_only_one_whose_keywords_match(kind, text, item, by):
    found = matched_items(pd.Series([kind]), pd.Series([text]), ITEMS).iloc[0]
    assert (None if pd.isna(found["item"]) else found["item"], found["by"]) == (item, by)


def test_a_checks_own_text_is_an_item_of_its_own_with_weight_one():
    found = placed(checklist(check("甲小区", "自己的 项目"), check("甲小区", "自己的项目", on="2021-10-02")))
    assert found.pairs[["item", "indicator", "weight", "counts", "red_line"]].to_numpy().tolist() == [
        ["own:自己的项目", "自己的 项目", 1.0, False, False]]


def test_an_issue_that_matches_nothing_is_about_the_kinds_other_item():
    found = placed(REGISTER, ledger({"site": "甲小区", "description": "说不清", "found_on": "2021-10-01"}))
    assert found.ledger["item"].tolist() == ["A-00"]


@pytest.mark.parametrize(("indicator", "description", "item"), [
    ("无飞线充电", "楼道堆物", "A-02"), ("飞线", "楼道堆物", "A-02"), ("别的", "楼道堆物", "A-01"),
    (None, "楼道堆物", "A-01"), (None, "无飞线充电", "A-02"), ("别的", "别的", "A-00")])
def test_an_issues_item_is_found_by_its_indicator_then_by_its_description(indicator, description, item):
    row = {"site": "甲小区", "indicator": indicator, "description": description, "found_on": "2021-10-01"}
    assert placed(REGISTER, ledger(row)).ledger["item"].tolist() == [item]


def test_a_threads_item_is_that_of_the_row_which_names_it_best():
    plain = ledger({"site": "甲小区", "description": "线", "found_on": "2021-10-01"})
    named = ledger({"site": "甲小区", "description": "线", "indicator": "无飞线充电", "found_on": "2021-10-08"})
    assert placed(REGISTER, plain, named).ledger["item"].tolist() == ["A-02", "A-02"]


def test_what_matches_nothing_is_listed_for_the_office():
    found = placed(REGISTER, checklist(check("甲小区", "自己的"), check("甲小区")),
                   ledger({"site": "甲小区", "description": "说不清", "found_on": "2021-10-01"}))
    assert unmapped_texts(found.checks, found.ledger)[["origin", "text", "rows"]].to_numpy().tolist() == [
        ["check", "自己的", 1], ["ledger", "说不清", 1]]


def test_the_items_of_a_registered_site_count_whether_checked_or_not_but_not_its_other_item():
    found = placed(REGISTER, checklist(check("丙处小区")), ledger({"site": "甲小区", "description": "说不清"})).pairs
    rows = found[["site", "item", "counts"]].to_numpy().tolist()
    assert rows == [["丙处小区", "A-01", False], ["东公园", "F-01", True], ["东公园", "F-02", True],
                    ["乙小学", "E-01", True], ["甲小区", "A-00", False], ["甲小区", "A-01", True],
                    ["甲小区", "A-02", True], ["西公园", "F-01", True], ["西公园", "F-02", True]]


# The ladder of a check.
@pytest.mark.parametrize(("on", "sheet_date", "others", "held", "inferred"), [
    ("2021-10-03", "2021-10-09", [], "2021-10-03", False), (None, "2021-10-09", ["2021-10-05"], "2021-10-09", False),
    (None, None, ["2021-10-05", "2021-10-04"], "2021-10-05", True),
    (None, None, ["2021-10-05", "2021-10-30"], "2021-10-05", True), (None, None, [], "2021-10-20", True)])
def test_a_check_holds_from_its_day_by_the_same_ladder(on, sheet_date, others, held, inferred):
    rows = [check("甲", on=on), *(check("乙", on=other) for other in others)]
    found = placed(checklist(*rows, sheet_date=sheet_date, day="2021-10-20")).checks.iloc[0]
    assert (found["held_on"].date().isoformat(), found["held_inferred"]) == (held, inferred)


def test_no_facts_are_no_facts():
    found = placed()
    assert [len(frame) for frame in (found.sites, found.checks, found.ledger, found.pairs, found.timeline)] == [0] * 5


def test_arguments_stay_as_they_were():
    given = snapshot(REGISTER, checklist(check("甲小区")), ledger({"description": "x", "found_on": "2021-10-01"}))
    kept = {name: getattr(given, name).copy() for name in ("ledger", "checks", "sites", "uploads")}
    place_facts(given, reference())
    for name, frame in kept.items():
        pd.testing.assert_frame_equal(getattr(given, name), frame)
    assert AREAS["ranked"].tolist() == [False, True, True]


def test_a_place_is_given_back_as_it_was_written():
    written = {"甲": (None, None), "乙": (None, "3号楼"), "丙": ("甲小区", None), "丁": (None, "甲小区"),
               "戊": ("甲小区", "东门")}
    facts = placed(register({"name": "甲小区", "site_kind": "residential"}), ledger(*(
        {"description": name, "site": site, "location": location, "found_on": "2021-10-01"}
        for name, (site, location) in written.items())))
    told = as_written(issues_on(facts, date(2021, 10, 31)), facts.ledger).set_index("description")
    assert {name: [words if isinstance(words, str) else None for words in told.loc[name, ["site", "location"]]]
            for name in written} == {"甲": [None, None], "乙": [None, "3号楼"], "丙": ["甲小区", None],
                                     "丁": ["甲小区", None], "戊": ["甲小区", "东门"]}
