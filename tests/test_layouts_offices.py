"""Habits of offices: headings that span columns, corners, marks across areas, strangers among the group rows."""

from __future__ import annotations

import pytest
from literal_books import Expected, Sheet, as_expected, as_found, book, read, rows_in_no_or_several_places, words
from test_layouts_habits import Case

from loaders.tables.areas import area_names
from loaders.tables.headings import Headings
from loaders.values.descriptions import problems_in
from loaders.values.states import read_result, read_review, read_state
from readiness.model import LEDGER, PATROLS, SITES

CASES = {
    "labels that span columns and none that spans rows": Case(Sheet("""
背街小巷现场检查
序号|居委|路段|测评标准|测评结果||失分原因
||||符合|不符合|
1|凉三|站北小巷|停放有序||√|单车占道
2|凉三|站北小巷|无小广告|√||
""", merges="E2:F2 A1:G1"), (Expected("""
row|area|site|indicator|result|description
4|凉三|站北小巷|停放有序|fail|单车占道
5|凉三|站北小巷|无小广告|pass|
""", heads=(2, 3), ignored="1 title"),)),
    "a chief's name and number under one label": Case(Sheet("""
序号|居民区|点位|点长||路长|
|||姓名|电话|姓名|电话
1|广水|广水小区|周一|13800000001|周二|13800000002
2|水电|水电小区|吴一|13800000003|吴二|13800000004
""", merges="D1:E1 F1:G1"), (Expected("""
row|area|name|point_chief|road_chief|phone
3|广水|广水小区|周一|周二|13800000001
4|水电|水电小区|吴一|吴二|13800000003
""", heads=(1, 2), kind=SITES),)),
    "a group row that names no area of ours": Case(Sheet("""
序号|点位|存在问题|整改情况
凉四居民区|||
1|凉城路|堆物|已整改
向阳居民区（1处）|||
2|幸福路|积水|未整改
凉九|||
3|幸福弄|乱停车|未整改
凉五|||
4|车站路|破损|整改中
""", merges="A2:D2 A4:D4 A6:D6 A8:D8"), (Expected("""
row|number|area|site|description|status
3|1|凉四|凉城路|堆物|fixed
9|4|凉五|车站路|破损|fixing
""", rejected="A4 area_code, A6 area_code", ignored="2 section, 4 section, 6 section, 8 section", kind=LEDGER),)),
    "a corner that names rows and columns": Case(Sheet("""
项目＼点位|丰镇小区|文苑小区
楼道整洁|√|×
停车有序|√|√
""", hidden=False), (Expected("""
row|area|site|indicator|result
2|文苑一|丰镇小区|楼道整洁|pass
2|文苑一|文苑小区|楼道整洁|fail
3|文苑一|丰镇小区|停车有序|pass
3|文苑一|文苑小区|停车有序|pass
"""),), file="文苑一检查.xlsx"),
    "the same corner the other way": Case(Sheet("""
点位＼项目|楼道整洁|停车有序
丰镇小区|√|×
""", hidden=False), (Expected("""
row|area|site|indicator|result
2|文苑一|丰镇小区|楼道整洁|pass
2|文苑一|丰镇小区|停车有序|fail
"""),), file="文苑一检查.xlsx"),
    "marks of areas across, items down": Case(Sheet("""
模拟测评得分表（第2轮）
序号|测评内容|满分|广水居委会|秀苑居委会
1|楼道整洁|10|9|7
2|停车有序|15|12.5|
合计得分||25|21.5|7
排名|||1|2
"""), (Expected("""
row|area|indicator|score|full_marks
3|广水|楼道整洁|9|10
3|秀苑|楼道整洁|7|10
4|广水|停车有序|12.5|15
""", heads=(2,), ignored="1 title, 5 total, 6 total", common={"round": "mock", "round_no": "2"}),)),
    "full marks below the items": Case(Sheet("""
考核打分表
序号|居民区|楼道整洁|停车有序
|满分|10|15
1|广水|9|12
2|秀苑|7|15
"""), (Expected("""
row|area|indicator|score
4|广水|楼道整洁|9
4|广水|停车有序|12
5|秀苑|楼道整洁|7
5|秀苑|停车有序|15
""", heads=(2,), ignored="1 title, 3 note"),)),
    "who is looked at, when, by whom and in which round": Case(Sheet("""
被考核单位：梦湖苑居委会   考核日期：2021年9月28日   考核人：秦岚   检查轮次：第2轮
序号|检查标准|分值|扣分|得分
1|楼道整洁|10|2|8
""", merges="A1:E1"), (Expected("""
row|area|indicator|checked_on|inspector|round_no|full_marks|deduction|score
3|梦湖苑|楼道整洁|2021-09-28|秦岚|2|10|2|8
""", heads=(2,), ignored="1 title"),)),
    "problems counted in their unit": Case(Sheet("""
序号|巡查日期|居民区|活动内容|服务时间（小时）|发现问题（个）|解决问题（个）
1|2021-10-08|汶一|小区巡查|2|4|4
2|2021-10-09|汶二|商铺巡查|2.5小时|3处|无
3|2021-10-10|汶二|清理楼道|1|小广告|0
"""), (Expected("""
row|area|date|activity|hours|found|solved
2|汶一|2021-10-08|小区巡查|2|4|4
3|汶二|2021-10-09|商铺巡查|2.5|3|
""", rejected="F4 found", kind=PATROLS),)),
    "headings that end in a colon": Case(Sheet("""
序号|提交答卷时间|1、所属居民区：|2、点位名称：|3、问题描述（请写明具体情况）：|4、整改情况：
1|2021/10/18 9:01:11|凉一|凉城一村|大门口垃圾桶满溢|已整改
"""), (Expected("""
row|number|area|found_on|site|description|status
2|1|凉一|*|凉城一村|大门口垃圾桶满溢|fixed
""", kind=LEDGER),)),
    "the kind of a day below 时间, a state below 情况": Case(Sheet("""
序号|居民区|问题|时间||情况
|||发现|整改时限|
1|汶一|绿化枯死|2021-9-6|2021-9-20|已整改
2|汶一|雨污混接|2021-9-7|2021-9-21|整改中
""", merges="D1:E1"), (Expected("""
row|number|area|description|found_on|due_on|status
3|1|汶一|绿化枯死|2021-09-06|2021-09-20|fixed
4|2|汶一|雨污混接|2021-09-07|2021-09-21|fixing
""", heads=(1, 2), kind=LEDGER),)),
    "a sheet's name that runs area and day together": Case(Sheet("""
序|问题|状态
1|绿化枯死|已整改
"""), (Expected("""
row|number|area|description|status
2|1|汶一|绿化枯死|fixed
""", kind=LEDGER),), name="汶一9.6"),
    "headings that end in a colon here and there": Case(Sheet("""
序号：|居民区|整改措施：|发现日期|整改负责人：|问题描述
1|凉四|清理|2021-10-08|张三|堆物
2|凉五|劝导|2021-10-09|李四|乱停车
"""), (Expected("""
row|number|area|description|measure|found_on|responsible_person
2|1|凉四|堆物|清理|2021-10-08|张三
3|2|凉五|乱停车|劝导|2021-10-09|李四
""", kind=LEDGER),)),
    "two forms below each other, each with its labels": Case(Sheet("""
现场检查表
居民区|秀苑居民区|测评地点|车站北路北侧|点位类型|背街小巷
检查日期：2021-06-17|||检查人：孙晓东
序号|测评内容|检查结果|问题描述
1|无小广告|×|广告未清
检查人签字：    居民区负责人：
现场检查表
居民区|凉四居委会|点位名称|凉城路菜场|测评日期：|2021.6.18|检查人：|张伟
序号|测评内容|检查结果|扣分原因
1|地面无积水|√|
"""), (Expected("""
row|area|site|site_kind|indicator|result|description|checked_on|inspector
5|秀苑|车站北路北侧|back_lane|无小广告|fail|广告未清|2021-06-17|孙晓东
""", heads=(4,), ignored="1 title, 2 title, 3 title, 6 signature"), Expected("""
row|area|site|indicator|result|checked_on|inspector
10|凉四|凉城路菜场|地面无积水|pass|2021-06-18|张伟
""", heads=(9,), ignored="7 title, 8 title"))),
    "hints in brackets below the heading": Case(Sheet("""
序号|居民区|问题|整改时限|完成情况
||（详细描述）|（年/月/日）|（是/否）
1|广水|堆物|2021/10/8|是
2|水电|积水|2021/10/9|否
""", merges="A1:A2 B1:B2"), (Expected("""
row|number|area|description|due_on|status
3|1|广水|堆物|2021-10-08|fixed
4|2|水电|积水|2021-10-09|open
""", heads=(1, 2), kind=LEDGER),)),
    "the heading once more with other marks": Case(Sheet("""
序号|点位|问题|*负责人
凉四居民区|||
1|凉城路|堆物|张三
序 号|点位|问题|负责人（必填）
2|车站路|积水|李四
""", merges="A2:D2"), (Expected("""
row|number|area|site|description|responsible_person
3|1|凉四|凉城路|堆物|张三
5|2|凉四|车站路|积水|李四
""", heads=(1, 4), ignored="2 section", kind=LEDGER),)),
    "items called like places": Case(Sheet("""
检查点位|楼道|车棚|垃圾房
广水小区|√|×|√
水电小区|×|√|√
"""), (Expected("""
row|area|site|indicator|result
2|凉四|广水小区|楼道|pass
2|凉四|广水小区|车棚|fail
2|凉四|广水小区|垃圾房|pass
3|凉四|水电小区|楼道|fail
3|凉四|水电小区|车棚|pass
3|凉四|水电小区|垃圾房|pass
"""),), file="凉四检查表.xlsx"),
    "words of an occasion are no round, a name ends with its clause": Case(Sheet("""
2021年自查问题台账
根据区文明办通知要求；检查人员：市民巡访团第二组；共发现问题2个。
序号|居民区|问题|整改情况
1|凉四|堆物|已整改
||已整改1个，整改中1个|
""", merges="A1:D1 A2:D2"), (Expected("""
row|number|area|description|status|round|inspector
4|1|凉四|堆物|fixed|self|市民巡访团第二组
""", heads=(3,), ignored="1 title, 2 title, 5 total", kind=LEDGER),)),
    "sites of kind 小区 below headings": Case(Sheet("""
序号|居委会|点位|点位类型|检查内容|满分|扣分|检查结果
1|凉四|凉城四村|小区|楼道整洁|10|0|√
2|凉四|凉城四村|小区|停车有序|10|2|×
"""), (Expected("""
row|area|site|site_kind|indicator|full_marks|deduction|result
2|凉四|凉城四村|residential|楼道整洁|10|0|pass
3|凉四|凉城四村|residential|停车有序|10|2|fail
"""),)),
    "marks of items without a word of marks, rows of marks below": Case(Sheet("""
检查汇总表
居民区|楼道整洁|无飞线充电|公益广告规范
广水|9|8|10
水电|10|缺|9
满分|10|10|10
全街道|19|8|19
""", merges="A1:D1"), (Expected("""
row|area|indicator|score
3|广水|楼道整洁|9
3|广水|无飞线充电|8
3|广水|公益广告规范|10
""", heads=(2,), rejected="C4 result", ignored="1 title, 5 total, 6 total"),)),
    "what was seen beside the result, one problem in it": Case(Sheet("""
居民区|点位|测评内容|考察情况|检查结果
凉四|凉城四村|楼道整洁|/|√
凉四|凉城四村|停车有序|南门处路面破损积水|×
"""), (Expected("""
row|area|site|indicator|description|result
2|凉四|凉城四村|楼道整洁||pass
3|凉四|凉城四村|停车有序|南门处路面破损积水|fail
"""),)),
    "group rows that name an area with other words": Case(Sheet("""
序号|点位|问题|整改时限|发现时间
复旦居民区问题清单：||||
1|国权路|堆物|月底|2021-11-12
第三部分 科佳居民区||||
2|科佳小区|积水|月底前|2021-11-13
""", merges="A2:E2 A4:E4"), (Expected("""
row|number|area|site|description|due_on|found_on
3|1|复旦|国权路|堆物|2021-11-30|2021-11-12
5|2|科佳|科佳小区|积水|2021-11-30|2021-11-13
""", ignored="2 section, 4 section", kind=LEDGER),)),
    "the day of a report stands for a day of checking": Case(Sheet("""
检查表
填报单位：凉四居民区||填报日期：2021年10月31日|填报人：王海
序号|测评内容|检查结果|备注
1|楼道整洁|√|
"""), (Expected("""
row|area|indicator|result|checked_on
4|凉四|楼道整洁|pass|2021-10-31
""", heads=(3,), ignored="1 title, 2 title"),)),
    "a group row above each heading": Case(Sheet("""
问题汇总
一、公共环境
序号|居民区|问题|整改情况
1|凉四|堆物|已整改
小计|||1

二、公共秩序
序号|居民区|问题|整改情况
2|凉五|乱停车|未整改
"""), (Expected("""
row|number|area|category|description|status
4|1|凉四|公共环境|堆物|fixed
9|2|凉五|公共秩序|乱停车|open
""", heads=(3, 8), ignored="1 title, 2 section, 5 total, 7 section", kind=LEDGER),)),
    "a second table under a title of its own": Case(Sheet("""
广粤居委会第一轮自查问题清单
督查员：朱玉兰
序号|发现时间|问题
1|2021-09-12|围墙涂鸦

广粤居委会2021年第四季度问题交办单
序号|督导时间|存在问题|要求完成时间
1|2021-10-18|井盖缺失|2021-10-23
"""), (Expected("""
row|number|area|found_on|description|inspector|round|round_no
4|1|广粤|2021-09-12|围墙涂鸦|朱玉兰|self|1
""", heads=(3,), ignored="1 title, 2 title", kind=LEDGER), Expected("""
row|number|area|found_on|description|due_on
8|1|广粤|2021-10-18|井盖缺失|2021-10-23
""", heads=(7,), ignored="6 title", kind=LEDGER))),
    "an unknown area merged over two lines": Case(Sheet("""
序号|居民区|问题描述|整改情况
1|广水|堆物|已整改
2|广天|积水|未整改
3||破损|未整改
""", merges="B3:B4"), (Expected("""
row|number|area|description|status
2|1|广水|堆物|fixed
""", rejected="B3 area_code, B3 area_code", kind=LEDGER),)),
}


@pytest.mark.parametrize("name", CASES)
def test_a_book_of_an_offices_habits_is_read(name: str):
    case = CASES[name]
    batch = read(case.file, book({case.name: case.sheet}))
    assert batch.error is None
    assert [as_found(*pair) for pair in zip(batch.tables, case.tables, strict=True)] == [
        as_expected(one) for one in case.tables]
    assert rows_in_no_or_several_places(list(batch.tables), case.sheet.rows) == {}


@pytest.mark.parametrize(("heading", "concept"), [
    ("志愿时长", "hours"), ("已解决数", "solved"), ("已整改问题数", "solved"), ("排查隐患数", "found"),
    ("打卡日期", "inspected_on"), ("不文明现象", "description"), ("问题（处）", "found"), ("整改次数", "unread"),
    ("符合项数", "unread"), ("未整改数", None), ("打分人", "inspector")])
def test_headings_on_no_list(heading: str, concept: str | None):
    assert Headings(words()).concept(heading)[0] == concept


@pytest.mark.parametrize(("text", "state"), [
    ("整改不到位，需重新清理", "returned"), ("整改不到位，重新上报", "returned"), ("未整改到位", "open"),
    ("复查不合格，限期整改", "?"), ("已完成 整改中", "?"), ("已经整改", "fixed"), ("立即整改", "?")])
def test_a_state_that_returns_a_problem_goes_before_its_negation(text: str, state: str):
    assert read_state(text, words()) == state


def test_a_recheck_may_find_the_fixing_under_way():
    said = {"整改中": "fixing", "合格": "verified", "未整改": "open", "不合格": "returned", "已整改": "fixed"}
    assert {text: read_review(text, words()) for text in said} == said


@pytest.mark.parametrize("text", ["√×", "√/×", "？", "…"])
def test_two_marks_or_none_are_no_result(text: str):
    assert read_result(text, "楼道整洁", "检查结果", words())[0] == "?"


def test_the_place_before_counted_problems_stays_with_each():
    assert problems_in("3号楼：1、堆物；2、烟头") == ["3号楼：堆物", "3号楼：烟头"]
    assert problems_in("存在以下问题：1、堆物；2、烟头") == ["堆物", "烟头"]


@pytest.mark.parametrize(("text", "kind"), [
    ("主要交通路口", "crossing"), ("中小学校周边", "school"), ("住宅小区", "residential"), ("学校食堂", None)])
def test_a_word_for_sites_that_ends_in_a_kinds_word_is_that_kind(text: str, kind: str | None):
    assert words().kind_of(text) == kind


def test_a_digit_beside_a_day_is_no_numeral_of_an_area():
    names = area_names(words())
    assert [names.short_names[code] for text in ("汶一9.6", "9.6汶一", "文苑1", "1.汶一")
            for code in names.named_in(text)] == ["汶一", "汶一", "文苑一", "汶一"]
