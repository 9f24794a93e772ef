"""Habits of other offices and tools: survey exports, work orders, two languages, tables side by side, plain speech."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from literal_books import (
    Expected,
    Sheet,
    as_expected,
    as_found,
    book,
    read,
    rows_in_no_or_several_places,
    words,
)

from loaders.tables.headings import Headings
from loaders.values.dates import read_day
from loaders.values.descriptions import means_no_problem
from loaders.values.states import UNKNOWN, read_state
from readiness.model import LEDGER, PATROLS, SITES


@dataclass(frozen=True)
class Case:
    sheet: Sheet
    tables: tuple[Expected, ...]
    file: str = "book.xlsx"
    name: str = "Sheet1"
    beside: bool = False  # tables that share rows: each row has its place in each of them


CASES = {
    "a survey's questions as headings": Case(Sheet("""
序号|提交答卷时间|来源|1、您所在的居民区|2、检查日期|3、问题发生的点位|4、请描述发现的问题|5、责任单位是|6、整改完成时限|7、目前整改状态
1|2021/10/18 9:01:11|微信|凉六|2021-10-17|凉城公园|长椅破损|市容所|2021-10-25|整改中
"""), (Expected("""
row|number|area|found_on|site|description|responsible_unit|due_on|status
2|1|凉六|2021-10-17|凉城公园|长椅破损|市容所|2021-10-25|fixing
""", kind=LEDGER),)),
    "headings in two languages": Case(Sheet("""
No.⏎序号|Neighborhood⏎居民区|Location (地点)|Issue 问题|Owner⏎责任人|Deadline⏎整改时限|Progress/整改进度|备注 Remark
1|广水|3号楼道|堆物|张明|2021-10-20|已整改|限三天
"""), (Expected("""
row|number|area|site|description|responsible_person|due_on|status|note
2|1|广水|3号楼道|堆物|张明|2021-10-20|fixed|限三天
""", kind=LEDGER),)),
    "plain speech as headings": Case(Sheet("""
哪个居民区|在什么地方|发现了什么问题|谁负责|什么时候改好|改了没有
秀苑|3号楼道|堆物|张明|2021-10-20|没改
秀苑|4号楼道|堆物|张明|2021-10-20|正在抓紧整改
"""), (Expected("""
row|area|site|description|responsible_person|due_on|status
2|秀苑|3号楼道|堆物|张明|2021-10-20|open
3|秀苑|4号楼道|堆物|张明|2021-10-20|fixing
""", kind=LEDGER),)),
    "work orders": Case(Sheet("""
工单号|所属居委会|工单内容|派单时间|处置单位|处置时限|工单状态|执行者|优先级
GD01|科佳|堆物|2021-10-01|市容所|2021-10-09|已办结|张明|高
"""), (Expected("""
row|number|area|description|responsible_unit|due_on|status|responsible_person|severity
2|GD01|科佳|堆物|市容所|2021-10-09|fixed|张明|高
""", kind=LEDGER),)),
    "a reminder's own number and date": Case(Sheet("""
督办编号|居民区|督办事项|督办时间|希望完成日期|办理状态
DB1|科佳|堆物|2021-10-01|2021-10-09|已办结
"""), (Expected("""
row|number|area|description|due_on|status
2|DB1|科佳|堆物|2021-10-09|fixed
""", kind=LEDGER),)),
    "two columns of one list": Case(Sheet("""
水电居民区问题清单||||||
序号|地点|问题|整改情况|序号|地点|问题|整改情况
1|3号楼道|堆物|已整改|3|车棚|飞线|未整改
2|围墙外|破损|未整改||||
合计||2|||||
""", "A1:H1"), (Expected("""
row|number|area|site|description|status
3|1|水电|3号楼道|堆物|fixed
4|2|水电|围墙外|破损|open
""", heads=(2,), ignored="1 title, 5 total", kind=LEDGER), Expected("""
row|number|area|site|description|status
3|3|水电|车棚|飞线|open
""", heads=(2,), kind=LEDGER)), beside=True),
    "a ledger and patrols side by side": Case(Sheet("""
序号|居民区|问题描述|整改情况||日期|居民区|活动内容|志愿者人数|服务时长
1|凉一|堆物|未整改||@2021-10-01|凉二|清洁家园|5|2
2|凉二|飞线|已整改||@2021-10-02|广水|文明劝导|3|1.5
"""), (Expected("""
row|number|area|description|status
2|1|凉一|堆物|open
3|2|凉二|飞线|fixed
""", kind=LEDGER), Expected("""
row|area|date|activity|volunteers|hours
2|凉二|2021-10-01|清洁家园|5|2
3|广水|2021-10-02|文明劝导|3|1.5
""", kind=PATROLS)), beside=True),
    "places headed by their kind, rounds by 检查类型": Case(Sheet("""
序号|检查类型|居民区|路口|存在问题|整改情况
1|区级检查|街道直管|汶水东路水电路口|标线磨损|未整改
2|专项检查|广粤|广粤路口|乱停放|未整改
"""), (Expected("""
row|number|round|area|site|description|status
2|1|district|街道直管|汶水东路水电路口|标线磨损|open
3|2|special|广粤|广粤路口|乱停放|open
""", kind=LEDGER),)),
    "days of no problem, a column of letters, a form's end in the third column": Case(Sheet("""
序号|居民区|发现问题|处理结果
甲|乙|丙|丁
1|凉一|没有发现问题|
2|凉二|各点位均良好|
3|凉三|⑴堆物；⑵飞线|未整改
本周共发现问题||2个|
||填表：王芳|审核：张明
居委会负责人（签章）：|||
"""), (Expected("""
row|number|area|description|status
5|3|凉三|堆物|open
5|3|凉三|飞线|open
""", heads=(1, 2), ignored="3 no problem, 4 no problem, 6 total, 7 signature, 8 signature", kind=LEDGER),)),
    "counts under a title of their own": Case(Sheet("""
序号|居民区|问题|整改期限|整改情况
1|凉一|堆物|2021-10-11|已整改

统计表
居民区|问题数|已整改|整改率
凉一|1|1|100%
"""), (Expected("""
row|number|area|description|due_on|status
2|1|凉一|堆物|2021-10-11|fixed
""", ignored="4 total, 5 total, 6 total", kind=LEDGER),)),
    "yes and no to tick, one question left open": Case(Sheet("""
检查内容|是|否|备注
是否存在电动车楼道充电|√||
消防通道是否畅通|||
有无乱张贴||√|
"""), (Expected("""
row|area|indicator|result
2|秀苑|是否存在电动车楼道充电|fail
3|秀苑|消防通道是否畅通|
4|秀苑|有无乱张贴|pass
"""),), name="秀苑"),
    "numbers and shares under a matrix": Case(Sheet("""
测评内容|凉一|凉二
楼道整洁|√|×
公益广告|√|√
达标数|2|1
达标率|100%|50%
"""), (Expected("""
row|area|indicator|result
2|凉一|楼道整洁|pass
2|凉二|楼道整洁|fail
3|凉一|公益广告|pass
3|凉二|公益广告|pass
""", ignored="4 total, 5 total"),)),
    "sites across, each with its result and finding": Case(Sheet("""
检查内容|复旦小区||凉城公园|
|结果|问题|结果|问题
楼道整洁|√||×|堆物
""", "A1:A2 B1:C1 D1:E1"), (Expected("""
row|area|site|indicator|result|description
3|复旦|复旦小区|楼道整洁|pass|
3|复旦|凉城公园|楼道整洁|fail|堆物
""", heads=(1, 2)),), name="复旦10.14"),
    "marks to be set as a heading under each item": Case(Sheet("""
居民区|点位|楼道整洁||垃圾分类|
||√/×|问题|√/×|问题
凉一|3号楼|√||×|满溢
""", "A1:A2 B1:B2 C1:D1 E1:F1"), (Expected("""
row|area|site|indicator|result|description
3|凉一|3号楼|楼道整洁|pass|
3|凉一|3号楼|垃圾分类|fail|满溢
""", heads=(1, 2)),)),
    "places under a heading that names areas too": Case(Sheet("""
居民区/点位|存在问题|整改情况
凉城新村第五居委会||
凉城公园|堆物|未整改
凉城新村第六居委会||
水电小区|飞线|已全部整改
"""), (Expected("""
row|area|site|description|status
3|凉五|凉城公园|堆物|open
5|凉六|水电小区|飞线|fixed
""", ignored="2 section, 4 section", kind=LEDGER),)),
    "a title and its heading again on the next page": Case(Sheet("""
2021年问题整改台账||
居民区|问题|状态
凉一|堆物|待物业整改
2021年问题整改台账（续）||
居民区|问题|状态
凉二|飞线|□未整改 □已整改
（续表）||
居民区|问题|状态
凉三|破损|尚在整改
""", "A1:C1 A4:C4 A7:C7"), (Expected("""
row|area|description|status
3|凉一|堆物|open
6|凉二|飞线|open
9|凉三|破损|fixing
""", heads=(2, 5, 8), ignored="1 title, 4 title, 7 note", kind=LEDGER),)),
    "a heading merged over a row that is empty otherwise, a row that explains": Case(Sheet("""
序号|归属居民区|问题|整改完成时间节点|整改状况
||||
填写说明|从下拉框选|简要描述|如2021-10-01|下拉选择
1|凉一|堆物|2021-10-09|整改中（预计10月底完成）
""", "A1:A2 B1:B2 C1:C2 D1:D2 E1:E2"), (Expected("""
row|number|area|description|due_on|status
4|1|凉一|堆物|2021-10-09|fixing
""", ignored="3 note", kind=LEDGER),)),
    "three rows of heading, one label over a single column": Case(Sheet("""
一、问题发现||||二、问题整改||三、销号
居委|问题||发现日期|时间||销号日期
|地点|描述||期限|完成日期|
凉一|围墙|破损|2021-10-01|2021-10-09|2021-10-05|2021-10-07
""", "A1:D1 E1:F1 A2:A3 B2:C2 D2:D3 E2:F2 G2:G3"), (Expected("""
row|area|site|description|found_on|due_on|fixed_on|verified_on
4|凉一|围墙|破损|2021-10-01|2021-10-09|2021-10-05|2021-10-07
""", heads=(1, 2, 3), kind=LEDGER),)),
    "a form's choices stand in the heading": Case(Sheet("""
考评内容|自查结果 □符合 □不符合|不合格说明
楼道整洁|□符合☑不符合|堆物
垃圾分类|☑符合□不符合|
"""), (Expected("""
row|area|indicator|result|description
2|锦苑|楼道整洁|fail|堆物
3|锦苑|垃圾分类|pass|
"""),), name="锦苑"),
    "party members and volunteers in brackets or with 数": Case(Sheet("""
居民区|活动时间|活动名称|参加人员（党员）|群众志愿者数|服务时长（h）
凉一|2021年10月1日9:00-11:00|清洁家园|3名|5 人|2h
"""), (Expected("""
row|area|date|activity|party_members|volunteers|hours
2|凉一|2021-10-01|清洁家园|3|5|2
""", kind=PATROLS),)),
    "questions of 有无 across, the titles' labels in brackets": Case(Sheet("""
中虹居民区楼道检查情况表（检查日期：2021年10月14日 检查人：王芳）||||
序号|检查点位|有无堆物|有无小广告|灯具是否完好
1|1号楼|有|无|是
2|2号楼|无|无|否
""", "A1:E1"), (Expected("""
row|area|site|indicator|result
3|中虹|1号楼|有无堆物|fail
3|中虹|1号楼|有无小广告|pass
3|中虹|1号楼|灯具是否完好|pass
4|中虹|2号楼|有无堆物|pass
4|中虹|2号楼|有无小广告|pass
4|中虹|2号楼|灯具是否完好|fail
""", heads=(2,), ignored="1 title", common={"checked_on": "2021-10-14", "inspector": "王芳"}),)),
    "areas known by what stands under an unknown heading": Case(Sheet("""
范围|暗访点|发现主要问题|整改回复
凉一|凉城公园|堆物|已整改
水电|围墙|破损|未整改
"""), (Expected("""
row|area|site|description|status
2|凉一|凉城公园|堆物|fixed
3|水电|围墙|破损|open
""", kind=LEDGER),)),
    "lanes with their chief": Case(Sheet("""
所属居委|背街小巷名称|起止点|巷长|手机
凉一|丰镇弄|凉城路-水电路|张明|13800000000
"""), (Expected("""
row|area|name|address|road_chief|phone
2|凉一|丰镇弄|凉城路-水电路|张明|13800000000
""", kind=SITES),)),
}


@pytest.mark.parametrize("name", CASES)
def test_a_book_of_other_habits_is_read(name: str):
    case = CASES[name]
    batch = read(case.file, book({case.name: case.sheet}))
    assert batch.error is None
    assert [as_found(*pair) for pair in zip(batch.tables, case.tables, strict=True)] == [
        as_expected(one) for one in case.tables]
    if not case.beside:
        assert rows_in_no_or_several_places(list(batch.tables), case.sheet.rows) == {}


@pytest.mark.parametrize(("written", "day"), [
    ("10月31日24时前", "2021-10-31"), ("10月15日下班前", "2021-10-15"), ("2021年元月5日", "2021-01-05"),
    ("一周内", "2021-10-08"), ("两天内", "2021-10-03"), ("10月15日（已延期）", "2021-10-15"),
    ("2021—10—12", "2021-10-12"), ("10月1日-5日", "2021-10-05")])
def test_days_as_they_are_spoken(written: str, day: str):
    assert read_day(written, 2021, True, "2021-10-01").iso == day


@pytest.mark.parametrize(("text", "nothing"), [
    ("没有发现问题", True), ("经现场检查，未发现明显问题", True), ("环境秩序均良好", True), ("无障碍设施损坏", False),
    ("未发现问题整改记录", False), ("没有灭火器", False), ("卫生状况不良", False)])
def test_nothing_found_is_no_problem(text: str, nothing: bool):
    assert means_no_problem(text, frozenset()) is nothing


@pytest.mark.parametrize(("text", "state"), [
    ("正在抓紧整改", "fixing"), ("正在协调物业处理", "fixing"), ("还没改", "open"), ("未修复", "open"),
    ("正在整改，未完成", UNKNOWN), ("50%", UNKNOWN), ("已按要求整改", "fixed"), ("已通知物业整改", UNKNOWN),
    ("整改/未整改", UNKNOWN)])
def test_states_by_their_parts(text: str, state: str):
    assert read_state(text, words()) == state


@pytest.mark.parametrize(("heading", "concept"), [
    ("您所在的居民区", "area"), ("请描述发现的问题", "description"), ("问题描述 Description", "description"),
    ("希望完成日期", "due_on"), ("督办时间", "unread"), ("完成时限要求", "due_on"), ("什么时候改好的", "fixed_on"),
    ("参加人员（党员）", "party_members"), ("点位长手机", "point_phone"),
    ("一级类别", "category"), ("不合格说明", "description"), ("测评细项", "indicator")])
def test_headings_by_their_parts(heading: str, concept: str):
    assert Headings(words()).concept(heading)[0] == concept
