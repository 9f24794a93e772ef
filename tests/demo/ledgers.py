"""Ledgers as offices keep them: four habits for the weekly ledger, and those of the inspections."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pandas as pd

from tests.demo.checklists import NUMERALS
from tests.demo.layouts import Book
from tests.demo.photos import COLUMNS as PHOTOS
from tests.demo.places import DISTRICT

STATES = {
    "plain": {"open": "未整改", "fixing": "整改中", "fixed": "已整改", "returned": "退回", "verified": "已销号"},
    "office": {"open": "待整改", "fixing": "正在整改", "fixed": "整改完成", "returned": "复查不合格",
               "verified": "复查合格"},
    "loose": {"open": "未完成", "fixing": "推进中", "fixed": "待复核", "returned": "整改不到位", "verified": "闭环"},
    "own": {"open": "否", "fixing": "整改中", "fixed": "是"},
}
ROUNDS = {("mock", 1): "模拟测评第一轮", ("mock", 2): "模拟测评第二轮", ("special", 0): "专项"}
CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱"


def two_rows(book: Book, rows: pd.DataFrame, on: date, title: str) -> None:
    """Title, meta line and two-row headings: problem, duty, before and after; the area in tall cells."""
    heads = ("序号", "居民区", "点位", "具体位置", "测评项目", ("问题", "问题类别"), ("问题", "问题描述"), "发现日期",
             ("责任", "责任单位"), ("责任", "责任人"), "整改时限", "整改措施", ("整改后", "整改情况"),
             ("整改后", "整改完成时间"), "销号时间", "备注")
    sheet = book.sheet("问题台账")
    sheet.title(title, len(heads))
    sheet.meta(f"填报单位：凉城新村街道创文办    统计日期：{on.year}年{on.month}月{on.day}日", len(heads))
    sheet.heading(heads)
    sheet.freeze()
    sheet.rows(_frame(rows, heads, {
        "居民区": rows["area_name"], "测评项目": rows["text"], "问题类别": rows["category"],
        "整改情况": _states(rows, "plain"),
        "整改时限": rows["due_on"], "备注": rows["again"].map({True: "回潮", False: None})}), merged=("居民区",))
    sheet.note("填报人：苏示例        审核：", len(heads))


def grouped(book: Book, rows: pd.DataFrame, on: date, title: str) -> None:
    """Group rows name the areas; a total and a signature close the list."""
    heads = ("序号", "点位名称", "具体位置", "存在问题", "严重程度", "检查日期", "责任单位", "责任人", "整改期限",
             "完成情况", "完成时间", "复查日期", *_photo_heads(rows))
    sheet = book.sheet("整改台账")
    sheet.title(f"{title}（截至{on.month}月{on.day}日）", len(heads))
    sheet.meta(f"日期：{on.year}年{on.month}月{on.day}日", len(heads))
    sheet.heading(heads)
    for number, (area, part) in enumerate(rows.groupby("area_name", sort=False)):
        sheet.group(f"{_numeral(number + 1)}、{area}", len(heads))
        sheet.rows(_frame(part, heads, {"完成情况": _states(part, "office"), "整改期限": part["due_on"].map(_before)}))
    sheet.total(["合计", f"{len(rows)}处", *[None] * (len(heads) - 2)])
    sheet.note("填表人：          审核人：          ", len(heads))


def plain(book: Book, rows: pd.DataFrame, on: date, title: str) -> None:
    """Headings in the first row, dates typed as text (2026.8.18), the round in a column."""
    heads = ("问题编号", "所属居民区", "点位", "具体位置", "测评内容", "存在问题", "检查轮次", "发现时间", "牵头单位",
             "配合单位", "整改责任人", "整改截止时间", "整改进度", "整改完成日期", "销号时间", "说明",
             *_photo_heads(rows))
    sheet = book.sheet(f"{on.year}.{on.month}.{on.day}")
    sheet.heading(heads)
    sheet.freeze()
    frame = _frame(rows, heads, {
        "所属居民区": rows["area_name"], "测评内容": rows["text"],
        "配合单位": (rows["area"] + "居委会").where(rows["area_code"] != DISTRICT, "社区管理办"),
        "检查轮次": [ROUNDS.get(key) for key in zip(rows["round"], rows["round_no"], strict=True)],
        "整改进度": _states(rows, "plain"), "说明": rows["measure"]})
    sheet.rows(frame.map(lambda value: f"{value:%Y}.{value.month}.{value.day}" if isinstance(value, date) else value))


def loose(book: Book, rows: pd.DataFrame, on: date, title: str) -> None:
    """Other words for the same columns, dates without a year under a title that has one, blank lines at the end."""
    heads = ("序号", "属地", "检查点位", "具体位置", "问题说明", "督查时间", "主责单位", "负责人", "计划完成日期",
             "落实情况", "整改时间", "验收时间", "整改要求", *_photo_heads(rows))
    sheet = book.sheet("清单")
    sheet.title(title, len(heads))
    sheet.meta(f"统计日期：{on.year}年{on.month}月{on.day}日", len(heads))
    sheet.heading(heads)
    frame = _frame(rows, heads, {"属地": rows["area_name"], "落实情况": _states(rows, "loose")})
    sheet.rows(frame.map(lambda value: f"{value.month}月{value.day}日" if isinstance(value, date) else value))
    sheet.blank_lines(len(frame) + 1, 3, len(heads))


def own(book: Book, rows: pd.DataFrame, on: date, title: str) -> None:
    """An area's own list of what was found at its places: the area stands in the title alone."""
    heads = ("序号", "点位名称", "具体位置", "问题描述", "发现日期", ("整改前", "责任单位"), ("整改前", "整改时限"),
             ("整改后", "是否整改完成"), ("整改后", "完成时间"), "备注")
    sheet = book.sheet("整改台账")
    sheet.title(f"{title}（截至{on.year}年{on.month}月{on.day}日）", len(heads))
    sheet.heading(heads)
    sheet.rows(_frame(rows, heads, {"是否整改完成": _states(rows, "own"), "备注": rows["measure"]}))


def by_shop(book: Book, rows: pd.DataFrame, on: date, title: str) -> None:
    """A line a shop: all of its problems numbered in one cell."""
    heads = ("序号", "居民区", "单位名称", "存在问题", "整改要求", "责任单位", "责任人", "整改时限", "检查日期", "状态")
    sheet = book.sheet("问题清单")
    sheet.title(title, len(heads))
    sheet.heading(heads)
    shops = rows.groupby(["area_name", "site"], sort=False).agg(
        {"problem": _listed, "unit": "first", "person": "first", "due_on": "first", "found_on": "first"}).reset_index()
    shops = shops.assign(number=range(1, len(shops) + 1), measure="限期整改，按时反馈", state="未整改")
    columns = ["number", "area_name", "site", "problem", "measure", "unit", "person", "due_on", "found_on", "state"]
    sheet.rows(shops[columns].set_axis(heads, axis=1), merged=("居民区",))


def summary(book: Book, rows: pd.DataFrame, on: date, counted_wrong: str) -> None:
    """What the office reads out: the counts of each area; of one of them three more are put right than its rows say."""
    heads = ("序号", "居民区", "发现问题数", "已整改", "未整改", "整改率")
    states = rows.assign(right=rows["state"].isin(["fixed", "verified"])).groupby("area_name", sort=False)["right"]
    counts = pd.DataFrame({"found": states.size(), "right": states.sum()}).reset_index()
    counts["right"] += 3 * (counts["area_name"] == counted_wrong)
    counts = pd.concat([counts, pd.DataFrame([{"area_name": "合计", **counts[["found", "right"]].sum()}])])
    sheet = book.sheet("各居民区汇总")
    sheet.title("各居民区问题整改情况汇总", len(heads))
    sheet.meta(f"截至{on.year}年{on.month}月{on.day}日", len(heads))
    sheet.heading(heads)
    sheet.rows(pd.DataFrame({
        "序号": range(1, len(counts) + 1), "居民区": counts["area_name"], "发现问题数": counts["found"],
        "已整改": counts["right"], "未整改": counts["found"] - counts["right"],
        "整改率": (counts["right"] / counts["found"]).map("{:.1%}".format)}))


WEEKLY: tuple[Callable[[Book, pd.DataFrame, date, str], None], ...] = (two_rows, grouped, plain, loose)

_SAME = {
    "site": ("点位", "点位名称", "检查点位"), "location": ("具体位置",),
    "problem": ("问题描述", "存在问题", "问题说明"),
    "severity": ("严重程度",), "found_on": ("发现日期", "检查日期", "发现时间", "督查时间"),
    "unit": ("责任单位", "牵头单位", "主责单位"), "person": ("责任人", "整改责任人", "负责人"),
    "due_on": ("整改时限", "整改截止时间", "计划完成日期"),
    "fixed_on": ("整改完成时间", "完成时间", "整改完成日期", "整改时间"),
    **{field: (head,) for field, head in PHOTOS.items()},
    "verified_on": ("销号时间", "复查日期", "验收时间"), "measure": ("整改措施", "整改要求"),
}
_FIELD = {head: field for field, heads in _SAME.items() for head in heads}


def _frame(rows: pd.DataFrame, heads: tuple[str | tuple[str, str], ...], own_words: dict[str, object]) -> pd.DataFrame:
    """The rows under the lower words of the headings, numbered from 1."""
    names = [head[1] if isinstance(head, tuple) else head for head in heads]
    columns = {name: own_words[name] if name in own_words else rows[_FIELD[name]] for name in names[1:]}
    frame = pd.DataFrame(columns, index=rows.index).reset_index(drop=True)
    frame.insert(0, names[0], frame.index + 1)
    return frame.astype(object).where(frame.notna(), None)


def _photo_heads(rows: pd.DataFrame) -> list[str]:
    return [head for field, head in PHOTOS.items() if field in rows]


def _states(rows: pd.DataFrame, words: str) -> pd.Series:
    return rows["state"].map(STATES[words])


def _before(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日前"


def _listed(problems: pd.Series) -> str:
    if len(problems) == 1:
        return problems.iloc[0]
    return "；".join(f"{CIRCLED[number]}{problem}" for number, problem in enumerate(problems))


def _numeral(number: int) -> str:
    tens, ones = divmod(number, 10)
    return ("", "十", "二十", "三十")[tens] + (NUMERALS[ones - 1] if ones else "")
