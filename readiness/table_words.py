"""Words for what a table holds: its kind, fields, states, results, rounds, and where a value came from."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from readiness.language import N_
from readiness.model import (
    CHECKLIST,
    FIXED,
    FIXING,
    FROM_CHECK,
    FROM_LEDGER,
    LEDGER,
    OPEN,
    PATROLS,
    RETURNED,
    SITES,
    VERIFIED,
)

STATE_WORDS: Mapping[str, str] = MappingProxyType(
    {OPEN: N_("待整改"), FIXING: N_("整改中"), FIXED: N_("待复核"), VERIFIED: N_("已销号"), RETURNED: N_("退回")}
)
TABLE_WORDS: Mapping[str, str] = MappingProxyType(
    {LEDGER: N_("问题台账"), CHECKLIST: N_("检查表"), SITES: N_("点位台账"), PATROLS: N_("巡查记录")}
)
FIELD_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "row": N_("行号"),
        "number": N_("编号"),
        "area_code": N_("居民区"),
        "site": N_("点位"),
        "name": N_("点位"),
        "location": N_("具体位置"),
        "site_kind": N_("点位类型"),
        "category": N_("类别"),
        "indicator": N_("测评项目"),
        "result": N_("结果"),
        "description": N_("问题描述"),
        "severity": N_("程度"),
        "round": N_("检查轮次"),
        "round_no": N_("第几轮"),
        "inspector": N_("检查人"),
        "checked_on": N_("检查日期"),
        "found_on": N_("发现日期"),
        "due_on": N_("整改期限"),
        "fixed_on": N_("整改完成"),
        "verified_on": N_("销号日期"),
        "status": N_("状态"),
        "responsible_unit": N_("责任单位"),
        "responsible_person": N_("责任人"),
        "measure": N_("整改措施"),
        "note": N_("备注"),
        "deduction": N_("扣分"),
        "score": N_("得分"),
        "full_marks": N_("满分"),
        "photos": N_("照片"),
        "photos_before": N_("整改前照片"),
        "photos_after": N_("整改后照片"),
        "address": N_("地址"),
        "lon": N_("经度"),
        "lat": N_("纬度"),
        "datum": N_("坐标系"),
        "point_chief": N_("点长"),
        "road_chief": N_("路长"),
        "block_chief": N_("片长"),
        "phone": N_("电话"),
        "date": N_("日期"),
        "activity": N_("活动"),
        "party_members": N_("党员"),
        "volunteers": N_("志愿者"),
        "hours": N_("小时"),
        "found": N_("发现问题"),
        "solved": N_("解决问题"),
        "template": N_("表样"),
        "year": N_("年份"),
        "inferred": N_("推断的栏"),
    }
)
RESULT_WORDS = {"pass": N_("符合"), "fail": N_("不符合"), "na": N_("不适用"), "uninspectable": N_("无法检查")}
ROUND_WORDS = {
    "self": N_("自查"),
    "mock": N_("模拟测评"),
    "district": N_("区级"),
    "special": N_("专项"),
    "official": N_("正式测评"),
}
# What our own ledgers say of where an issue comes from. One out of checks is theirs to tell of: its row is no record of
# a ledger that comes back, unless somebody has written another state.
REPORT_MARK, LEDGER_SHEET = "readiness-report", "问题台账"  # a keyword of our own workbooks; what of them is read
ORIGIN_HEADING = "出自"
KEPT_PHOTOS = ("存档照片（前）", "存档照片（后）")  # small copies of photos that are here already: no photos of the row
ORIGIN_WORDS: Mapping[str, str] = MappingProxyType({FROM_LEDGER: "台账", FROM_CHECK: "检查表（以检查为准）"})
REASON_WORDS = {
    "title": N_("标题"),
    "total": N_("合计"),
    "section": N_("分组"),
    "note": N_("说明"),
    "signature": N_("签字"),
    "empty": N_("空白表格行"),
    "no problem": N_("没有问题"),
    "from checks": N_("来自检查表，以检查为准"),
}
PLACE_WORDS = {
    "title": N_("标题"),
    "label": N_("标注"),
    "sheet name": N_("工作表名"),
    "file name": N_("文件名"),
    "group row": N_("分组行"),
    "answer": N_("人工填写"),
    "own template": N_("本系统的空白模板"),
}
