"""How numbers and days are written on the screen."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

import pandas as pd

from readiness.model import CHECKLIST, FIXED, FIXING, LEDGER, OPEN, PATROLS, RETURNED, SITES, VERIFIED

LACKING = "资料不足"
MISSING = "—"
STATE_WORDS: Mapping[str, str] = MappingProxyType(
    {OPEN: "待整改", FIXING: "整改中", FIXED: "待复核", VERIFIED: "已销号", RETURNED: "退回"})
TABLE_WORDS: Mapping[str, str] = MappingProxyType(
    {LEDGER: "问题台账", CHECKLIST: "检查表", SITES: "点位台账", PATROLS: "巡查记录"})
FIELD_WORDS: Mapping[str, str] = MappingProxyType({
    "row": "行号", "number": "编号", "area_code": "居民区", "site": "点位", "name": "点位", "location": "具体位置",
    "site_kind": "点位类型", "category": "类别", "indicator": "测评项目", "result": "结果", "description": "问题描述",
    "severity": "程度", "round": "检查轮次", "round_no": "第几轮", "inspector": "检查人", "checked_on": "检查日期",
    "found_on": "发现日期", "due_on": "整改期限", "fixed_on": "整改完成", "verified_on": "销号日期", "status": "状态",
    "responsible_unit": "责任单位", "responsible_person": "责任人", "measure": "整改措施", "note": "备注",
    "deduction": "扣分", "score": "得分", "full_marks": "满分", "photos": "照片", "photos_before": "整改前照片",
    "photos_after": "整改后照片", "address": "地址", "lon": "经度", "lat": "纬度", "datum": "坐标系",
    "point_chief": "点长", "road_chief": "路长", "block_chief": "片长", "phone": "电话", "date": "日期",
    "activity": "活动", "party_members": "党员", "volunteers": "志愿者", "hours": "小时", "found": "发现问题",
    "solved": "解决问题", "inferred": "推断的栏",
})
RESULT_WORDS = {"pass": "符合", "fail": "不符合", "na": "不适用", "uninspectable": "无法检查"}
ROUND_WORDS = {"self": "自查", "mock": "模拟测评", "district": "区级", "special": "专项", "official": "正式测评"}
REASON_WORDS = {
    "title": "标题", "total": "合计", "section": "分组", "note": "说明", "signature": "签字", "empty": "空白表格行",
    "no problem": "没有问题",
}
PLACE_WORDS = {"title": "标题", "label": "标注", "sheet name": "工作表名", "file name": "文件名", "group row": "分组行"}
STATE_TINTS: Mapping[str, tuple[str, ...]] = MappingProxyType({
    "light": ("#f8dcdd", "#fde6d0", "#fbf0cf", "#e9ecf0", "#ece4f7"),
    "dark": ("#7a2436", "#6b3f12", "#5a4d1c", "#37465a", "#4d3a75"),
})


def known(value: float | None) -> bool:
    """Whether there is a number.

    >>> known(None), known(float("nan")), known(0)
    (False, False, True)
    """
    return value is not None and not math.isnan(value)


def score_text(score: float | None) -> str:
    """A score with one decimal, or the words for too little data.

    >>> score_text(82.64), score_text(None)
    ('82.6', '资料不足')
    """
    return f"{score:.1f}" if known(score) else LACKING


def percent(share: float | None, decimals: int = 0) -> str:
    """A share as a percentage, — where there is none.

    >>> percent(0.714), percent(0.7636, 1), percent(None)
    ('71%', '76.4%', '—')
    """
    return f"{share:.{decimals}%}" if known(share) else MISSING


def day_text(day: date, year: bool = False) -> str:
    """A day in Chinese.

    >>> day_text(date(2026, 10, 5)), day_text(date(2026, 10, 5), year=True)
    ('10月5日', '2026年10月5日')
    """
    return f"{day.year}年{day.month}月{day.day}日" if year else f"{day.month}月{day.day}日"


def weekday(day: date) -> str:
    """The day of the week in Chinese.

    >>> weekday(date(2026, 11, 22))
    '周日'
    """
    return "周" + "一二三四五六日"[day.weekday()]


def count_delta(now: float, before: float | None) -> int | None:
    """Difference of two counts, None where nothing changed or nothing is known.

    >>> count_delta(5, 7), count_delta(5, 5), count_delta(5, None)
    (-2, None, None)
    """
    return int(now - before) or None if known(before) else None


def points_delta(now: float | None, before: float | None, decimals: int = 1) -> str | None:
    """Difference of two shares in percentage points, None under half of the last digit.

    >>> points_delta(0.764, 0.723), points_delta(0.66, 0.71, 0), points_delta(0.5, 0.5), points_delta(None, 0.5)
    ('4.1 点', '-5 点', None, None)
    """
    if not (known(now) and known(before)):
        return None
    text = f"{100 * (now - before):.{decimals}f}"
    return f"{text} 点" if float(text) else None


def local_minute(times: pd.Series, zone: str) -> pd.Series:
    """UTC times as 10月5日 18:00 in a time zone, — where there is none."""
    local = times.dt.tz_convert(zone)
    text = local.dt.month.astype("Int64").astype("str") + "月" + local.dt.day.astype("Int64").astype("str") + "日 "
    return (text + local.dt.strftime("%H:%M")).where(times.notna(), MISSING)
