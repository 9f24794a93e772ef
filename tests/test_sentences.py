"""The sentences of briefs, each against an example worked out by hand on the fewest rows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest
from snapshots import AREA, OTHER_AREA, SETTINGS, checklist, ledger, reference, snapshot

from readiness.facts import place_facts
from readiness.sentences import comparison, sentences
from readiness.standing import standing

REFERENCE = reference()
DAY, WEEK_BEFORE = date(2021, 10, 31), date(2021, 10, 24)


def told(*books, as_of=DAY) -> dict[str, str]:
    facts = place_facts(snapshot(*books), REFERENCE)
    now, before = (standing(facts, REFERENCE, day) for day in (as_of, WEEK_BEFORE))
    return {sentence.rule: sentence.text for sentence in sentences(now, before, REFERENCE)}


def check(indicator: str, result: str, on: str, **fields) -> dict:
    return {"site": "小区", "indicator": indicator, "result": result, "checked_on": on, **fields}


def areas(*rows: tuple) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["short_name", "score", "coverage"]).assign(ranked=True)


def test_a_day_in_words():
    """One of two items passes on the 20th (50.0), both on the 30th (100.0); the coverage is whole."""
    first = checklist(check("楼道无堆物", "pass", "2021-10-20"), check("无飞线充电", "fail", "2021-10-20"), name="a")
    later = checklist(check("无飞线充电", "pass", "2021-10-30"), name="b")
    words = told(first, later)
    assert words["state"] == (
        "截至 10月31日，街道准备度 100.0 分（优秀），检查覆盖率 100%，比 10月24日上升 50.0 分，已达目标 90 分。")
    assert words["window"] == "离迎检窗口（11月22日起）还有 22 天。"
    assert words["compared"] == "可比的居民区不到两个，不作比较；水电检查覆盖率不足 50%，不作比较。"
    assert words["open"] == "未销号问题 0 条，比 10月24日少 1 条。"
    assert words["overdue"] == "没有超期的问题。" and "red_lines" not in words and "relapse" not in words
    assert words["unknown"] == "水电检查覆盖率不足 20%，没有得分。"


def test_problems_in_words():
    rows = ({"description": "楼道堆物", "site": "小区", "found_on": "2021-10-01", "due_on": "2021-10-21",
             "status": "open"},
            {"description": "飞线充电", "site": "小区", "found_on": "2021-10-26", "due_on": "2021-10-28",
             "status": "open", "area_code": OTHER_AREA},
            {"description": "墙面破损", "site": "小区", "found_on": "2021-10-01", "status": "verified",
             "verified_on": "2021-10-05"})
    words = told(ledger(*rows))
    assert words["open"] == "未销号问题 2 条，比 10月24日多 1 条，整改率（已销号 / 全部）33.3%。"
    assert words["overdue"] == "超期 2 条，最长的超期 10 天；最多的是广水 1 条、水电 1 条。"
    assert words["red_lines"].startswith("红线项（街道自定）1 条未销号：水电 ")
    assert words["red_lines"].endswith("：飞线充电。")


def test_without_enough_data_nothing_is_scored():
    words = told(checklist(check("楼道无堆物", "pass", "2021-10-30", area_code=AREA)), as_of=date(2021, 10, 1))
    assert words["state"].endswith("不到 20%，资料不足，暂不评分。")


@pytest.mark.parametrize(("rows", "words"), [
    ((("甲", 92.0, 0.5), ("乙", 90.0, 0.9)), "甲（92.0）领先，乙（90.0）落后。"),
    ((("甲", 91.9, 0.5), ("乙", 90.0, 0.9)), "可比的 2 个居民区得分相差不到 2 分，分不出先后。"),
    ((("甲", 99.0, 0.49), ("乙", 90.0, 0.9), ("丙", 80.0, 0.6)),
     "乙（90.0）领先，丙（80.0）落后；甲检查覆盖率不足 50%，不作比较。"),
    ((("甲", 95.0, 0.9), ("乙", 93.5, 0.9), ("丙", 80.0, 0.6), ("丁", 78.5, 0.7)),
     "甲（95.0）、乙（93.5）领先，丁（78.5）、丙（80.0）落后。"),
], ids=["two apart", "too near", "too little seen", "groups"])
def test_who_leads_is_said_only_where_it_can_be(rows, words):
    assert comparison(areas(*rows), SETTINGS) == words


def test_both_limits_are_the_offices():
    rows = areas(("甲", 92.0, 0.3), ("乙", 91.0, 0.9))
    said = replace(SETTINGS, comparable_coverage=0.3, comparable_points=1.0)
    assert comparison(rows, said) == "甲（92.0）领先，乙（91.0）落后。"
