"""Self checks as areas write them: each function is one habit, from a plain list to a matrix a week."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

import pandas as pd

from tests.demo.grids import MARKS, down, numbered, wide
from tests.demo.layouts import Book

NUMERALS = "一二三四五六七八九十"
PLAIN = {"pass": "符合", "fail": "不符合", "na": "不适用", "uninspectable": "停业"}
GRADES = {"pass": "合格", "fail": "不合格", "na": "—", "uninspectable": "未营业"}
BOXES = {"pass": "☑符合 □不符合", "fail": "□符合 ☑不符合", "na": "不适用", "uninspectable": "未营业"}
FULL = 5


@dataclass(frozen=True)
class Office:
    """Who fills in a book: the area's name as the titles write it, as its columns write it, and the person."""

    name: str
    column: str
    person: str


def records(book: Book, checks: pd.DataFrame, office: Office) -> None:
    """One long list of all weeks, headings in the first row, the area in a column."""
    sheet = book.sheet("自查记录")
    frame = numbered(pd.DataFrame({
        "居民区": office.column, "点位名称": checks["site"], "点位类型": checks["kind_name"],
        "检查项目": checks["text"], "检查结果": checks["result"].map(PLAIN), "存在问题": checks["problem"],
        "检查日期": checks["on"], "检查人": checks["inspector"]}))
    sheet.heading(frame.columns)
    sheet.freeze()
    sheet.rows(frame)


def matrix(book: Book, checks: pd.DataFrame, office: Office) -> None:
    """A sheet a week: meta line with the date, two-row heading (category over item), sites down and √ or × across."""
    for number, (on, week) in enumerate(checks.groupby("on"), start=1):
        sheet, width = book.sheet(f"第{number}周"), int(week.groupby("kind")["item"].nunique().max()) + 2
        sheet.title(f"{office.name}创文迎检点位自查表", width)
        day = f"{on.year}年{on.month}月{on.day}日"
        sheet.meta(f"填报单位：{office.name}    填报人：{office.person}    检查日期：{day}", width)
        for block, (kind, part) in enumerate(week.groupby("kind_name", sort=False)):
            sheet.group(f"{NUMERALS[block]}、{kind}", width)
            wide(sheet, part, ["site"], ["点位名称"])
            sheet.skip()
        sheet.note("注：“√”为符合，“×”为不符合，“/”为不适用。", width)
        sheet.note("检查人签字：            负责人签字：", width)


def across(book: Book, checks: pd.DataFrame, office: Office) -> None:
    """A sheet a week: items down with tall category cells, the sites of a kind across, the date in its own cell."""
    for on, week in checks.groupby("on"):
        sheet = book.sheet(week_name(on), landscape=False)
        sheet.title(f"{office.name}每周自查表", 5)
        sheet.pair("检查日期", on)
        sheet.pair("检查人", office.person)
        for _, part in week.groupby("kind", sort=False):
            sheet.skip()
            down(sheet, part)
        sheet.note("备注：发现问题即知即改，不能立即整改的报居委会。", 5)


def weekly(book: Book, checks: pd.DataFrame, office: Office) -> None:
    """A sheet a week, named by month and week: a list with tall cells for area and site, and empty lines below."""
    for on, week in checks.groupby("on"):
        sheet = book.sheet(week_name(on))
        frame = numbered(pd.DataFrame({
            "居委": office.column, "检查点位": week["site"], "场所类型": week["kind_name"], "检查内容": week["text"],
            "结果": week["result"].map(GRADES), "问题描述": week["problem"].mask(week["problem"] == "", "无问题"),
            "检查时间": week["on"], "巡查人": week["inspector"]}))
        sheet.title("创文迎检每周巡查表", len(frame.columns))
        sheet.heading(frame.columns)
        sheet.rows(frame, merged=("居委", "检查点位", "场所类型"))
        sheet.blank_lines(len(frame) + 1, 3, len(frame.columns))


def questions(book: Book, checks: pd.DataFrame, office: Office) -> None:
    """One long list of questions (是否…) answered by 是 or 否."""
    sheet = book.sheet("居委自查")
    bad_if_yes = checks["question"].str.contains("是否存在")
    answer = (checks["result"] == "fail").eq(bad_if_yes).map({True: "是", False: "否"})
    answer = answer.where(checks["result"].isin(("pass", "fail")), checks["result"].map(MARKS))
    frame = pd.DataFrame({
        "检查时间": checks["on"], "场所名称": checks["site"], "检查内容": checks["question"], "检查结果": answer,
        "具体问题": checks["problem"].mask(checks["problem"] == "", "/"), "检查人": checks["inspector"]})
    sheet.title(f"{office.name}居委会自查自纠表", len(frame.columns))
    sheet.heading(frame.columns)
    sheet.freeze()
    sheet.rows(frame, merged=("场所名称",))
    sheet.note(f"填表人：{office.person}", len(frame.columns))


def forms(book: Book, checks: pd.DataFrame, office: Office) -> None:
    """A sheet for each kind of site, in the words of field forms: a box to tick before 符合 or 不符合."""
    for kind, part in checks.groupby("kind_name", sort=False):
        sheet = book.sheet(kind, landscape=False)
        frame = pd.DataFrame({
            "测评日期": part["on"], "测评地点": part["site"], "测评内容": part["text"],
            "考察情况": part["problem"].mask(part["problem"] == "", "未见异常"), "结果": part["result"].map(BOXES)})
        sheet.title(f"实地考察点位自测记录（{kind}）", len(frame.columns))
        sheet.meta(f"测评人员：{office.person}", len(frame.columns))
        sheet.heading(frame.columns)
        sheet.rows(frame, merged=("测评日期", "测评地点"))


def ticks(book: Book, checks: pd.DataFrame, office: Office) -> None:
    """A sheet a week with group rows for the categories and a tick in one of two columns, 符合 or 不符合."""
    heads = ("序号", "点位名称", "检查标准", ("检查结果", "符合"), ("检查结果", "不符合"), "存在问题", "检查日期")
    for on, week in checks.groupby("on"):
        sheet = book.sheet(f"{on.month}.{on.day}")
        sheet.title(f"{office.name}自查打分表", len(heads))
        sheet.heading(heads)
        for number, (category, part) in enumerate(week.groupby("category")):
            sheet.group(f"{NUMERALS[number]}、{category}", len(heads))
            passed = part["result"] == "pass"
            sheet.rows(numbered(pd.DataFrame({
                "点位名称": part["site"], "检查标准": part["text"], "符合": passed.map({True: "√", False: None}),
                "不符合": passed.map({True: None, False: "√"}), "存在问题": part["problem"], "检查日期": part["on"]})))
        passes = int((week["result"] == "pass").sum())
        sheet.total(["合计", None, None, passes, len(week) - passes, None, None])
        sheet.note(f"自查人：{office.person}        居民区负责人：", len(heads))


def scores(book: Book, checks: pd.DataFrame, office: Office) -> None:
    """A sheet a month with marks beside the result, a total below, and who signed."""
    months = checks["on"].map(lambda on: on.month)
    for month, part in checks.groupby(months):
        sheet = book.sheet(f"{month}月")
        minus = part["result"].map({"fail": 2}).fillna(0).astype(int)
        frame = numbered(pd.DataFrame({
            "点位": part["site"], "检查内容": part["text"], "满分": FULL, "得分": FULL - minus, "扣分": minus,
            "检查结果": part["result"].map(PLAIN), "扣分原因": part["problem"], "检查日期": part["on"]}))
        sheet.title(f"{office.name}实地测评自评表", len(frame.columns))
        sheet.heading(frame.columns)
        sheet.freeze()
        sheet.rows(frame, merged=("点位",))
        lost = int(minus.sum())
        sheet.total(["合计", None, None, FULL * len(frame), FULL * len(frame) - lost, lost, None, None, None])
        sheet.note(f"自评人签字：{office.person}        审核人签字：", len(frame.columns))


def kinds(book: Book, checks: pd.DataFrame, office: Office) -> None:
    """A sheet for each kind of site with all weeks: a row a visit, a column an item, its whole text as the heading."""
    for kind, part in checks.groupby("kind_name", sort=False):
        sheet, columns = book.sheet(kind), part["item"].nunique() + 4
        sheet.title(f"{office.name}{kind}自查汇总表", columns)
        keys = {"on": "检查日期", "area_column": "责任区", "site": "点位名称", "inspector": "检查人"}
        wide(sheet, part.assign(area_column=office.column), list(keys), list(keys.values()), two_rows=False)


def days(book: Book, checks: pd.DataFrame, office: Office) -> None:
    """A sheet for each day, named by it; the list inside has no date of its own."""
    for on, part in checks.groupby("on"):
        sheet = book.sheet(f"{on.month}月{on.day}日" if office.name.startswith("广") else on.isoformat())
        frame = numbered(pd.DataFrame({
            "点位名称": part["site"], "点位类别": part["kind_name"], "检查标准": part["text"],
            "检查结果": part["result"].map(GRADES), "主要问题": part["problem"]}))
        sheet.title(f"{office.name}2026年创文迎检自查记录", len(frame.columns))
        sheet.meta(f"检查人：{office.person}", len(frame.columns))
        sheet.heading(frame.columns)
        sheet.rows(frame, merged=("点位名称", "点位类别"))


def week_name(on: date) -> str:
    """A week as people call it: the month of its Monday and the how manieth Monday of the month that is."""
    monday = on - timedelta(days=on.weekday())
    return f"{monday.month}月第{(monday.day - 1) // 7 + 1}周"


LAYOUTS: dict[str, Callable[[Book, pd.DataFrame, Office], None]] = {
    layout.__name__: layout
    for layout in (records, matrix, across, weekly, questions, forms, ticks, scores, kinds, days)}
