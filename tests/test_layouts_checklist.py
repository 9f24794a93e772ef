"""Checklists and patrols as people lay them out, long and wide, each with what a careful clerk reads from it."""

from __future__ import annotations

import random
from dataclasses import dataclass

import pytest
from literal_books import Expected, Sheet, as_expected, as_found, book, read, rows_in_no_or_several_places

from readiness.model import PATROLS

DAY = {"checked_on": "2021-10-15"}
GUANGSHUI = {"area": "广水"}
HALLWAY, LITTER, POSTERS = "楼道、门厅无堆物，不堵塞", "地面无垃圾烟头，无卫生死角", "无小广告、乱涂写"


@dataclass(frozen=True)
class Case:
    sheets: dict[str, Sheet]
    tables: dict[str, list[Expected]]
    file: str = "检查表.xlsx"


def one(rows: str, records: str = "", *, merges: str = "", sheet: str = "Sheet1", file: str = "检查表.xlsx",
        **expected) -> Case:
    """A book with one sheet and one table."""
    return Case({sheet: Sheet(rows, merges)}, {sheet: [Expected(records, **expected)]}, file)


LONG = {
    "a row an item, with the finding beside the result": one("""
居民区|点位|测评内容|考察情况|结果|检查日期|检查人
广水|广水小区|楼道、门厅无堆物，不堵塞|3号楼门厅堆放纸板箱|不符合|2021-10-15|张三
广水|广水小区|地面无垃圾烟头，无卫生死角||符合|@2021-10-15|李四
""", """
row|indicator|description|result|inspector
2|楼道、门厅无堆物，不堵塞|3号楼门厅堆放纸板箱|fail|张三
3|地面无垃圾烟头，无卫生死角||pass|李四
""", common={**GUANGSHUI, **DAY, "site": "广水小区"}),

    "a tick in one of two columns": one("""
居民区|点位|测评内容|符合|不符合
广水|广水小区|楼道、门厅无堆物，不堵塞|√|
广水|广水小区|地面无垃圾烟头，无卫生死角||√
广水|广水小区|无小广告、乱涂写||
""", """
row|indicator|result
2|楼道、门厅无堆物，不堵塞|pass
3|地面无垃圾烟头，无卫生死角|fail
4|无小广告、乱涂写|
""", common={**GUANGSHUI, "site": "广水小区"}),

    "two tick columns under one merged heading": one("""
序号|居民区|测评内容|检查结果||存在问题
|||符合|不符合|
1|广水|楼道、门厅无堆物，不堵塞||√|3号楼堆物
2|汶一|楼道、门厅无堆物，不堵塞|√||
""", """
row|area|result|description
3|广水|fail|3号楼堆物
4|汶一|pass|
""", merges="A1:A2 B1:B2 C1:C2 D1:E1 F1:F2", heads=(1, 2), common={"indicator": HALLWAY}),

    "a printed choice with a box before each word": one("""
居民区|测评内容|结果
广水|楼道、门厅无堆物，不堵塞|☑符合 □不符合
水电|楼道、门厅无堆物，不堵塞|□符合 ☑不符合
汶一|楼道、门厅无堆物，不堵塞|□符合  ■不符合
汶二|楼道、门厅无堆物，不堵塞|√符合 □不符合
复旦|楼道、门厅无堆物，不堵塞|□符合 □不符合
""", """
row|area|result
2|广水|pass
3|水电|fail
4|汶一|fail
5|汶二|pass
6|复旦|
""", common={"indicator": HALLWAY}),

    "a printed choice with brackets after each word": one("""
居民区|测评内容|结果
广水|楼道、门厅无堆物，不堵塞|符合（√）不符合（ ）
水电|楼道、门厅无堆物，不堵塞|符合（ ）不符合（√）
汶一|楼道、门厅无堆物，不堵塞|符合（ ） 不符合（ ）
""", """
row|area|result
2|广水|pass
3|水电|fail
4|汶一|
""", common={"indicator": HALLWAY}),

    "yes and no by what the item asks": one("""
居民区|点位|检查内容|检查结果
广水|广水小区|是否存在楼道堆物|是
广水|广水小区|是否存在楼道堆物|否
广水|广水小区|是否配备灭火器|是
广水|广水小区|是否配备灭火器|否
广水|广水小区|楼道、门厅无堆物，不堵塞|是
广水|广水小区|楼道、门厅无堆物，不堵塞|否
""", """
row|indicator|result
2|是否存在楼道堆物|fail
3|是否存在楼道堆物|pass
4|是否配备灭火器|pass
5|是否配备灭火器|fail
6|楼道、门厅无堆物，不堵塞|pass
7|楼道、门厅无堆物，不堵塞|fail
""", common={**GUANGSHUI, "site": "广水小区"}),

    "the words for good": one("""
居民区|检查标准|结果
广水|无小广告、乱涂写|√
广水|无小广告、乱涂写|符合
广水|无小广告、乱涂写|合格
广水|无小广告、乱涂写|达标
广水|无小广告、乱涂写|正常
广水|无小广告、乱涂写|1
广水|无小广告、乱涂写|'1
""", "row\n2\n3\n4\n5\n6\n7\n8", common={**GUANGSHUI, "indicator": POSTERS, "result": "pass"}),

    "the words for bad": one("""
居民区|检查标准|结果
广水|无小广告、乱涂写|×
广水|无小广告、乱涂写|不符合
广水|无小广告、乱涂写|不合格
广水|无小广告、乱涂写|异常
""", "row\n2\n3\n4\n5", common={**GUANGSHUI, "indicator": POSTERS, "result": "fail"}),

    "not applicable, closed, empty": one("""
居民区|点位|检查标准|结果
广水|水电路商铺|证照齐全亮证|/
广水|水电路商铺|证照齐全亮证|—
广水|水电路商铺|证照齐全亮证|不适用
广水|水电路商铺|证照齐全亮证|无法检查
广水|水电路商铺|证照齐全亮证|停业
广水|水电路商铺|证照齐全亮证|未营业
广水|水电路商铺|证照齐全亮证|未见点位
广水|水电路商铺|证照齐全亮证|
""", """
row|result
2|na
3|na
4|na
5|uninspectable
6|uninspectable
7|uninspectable
8|uninspectable
9|
""", common={**GUANGSHUI, "site": "水电路商铺", "indicator": "证照齐全亮证"}),

    "marks and no result": one("""
居民区|点位|测评内容|满分|扣分|得分|扣分原因
广水|广水小区|楼道、门厅无堆物，不堵塞|10|2|8|5号楼道堆物
广水|广水小区|地面无垃圾烟头，无卫生死角|5|0|5|
""", """
row|indicator|full_marks|deduction|score|description
2|楼道、门厅无堆物，不堵塞|10|2|8|5号楼道堆物
3|地面无垃圾烟头，无卫生死角|5|0|5|
""", common={**GUANGSHUI, "site": "广水小区"}),

    "marks beside a result": one("""
居民区|测评内容|分值|得分|结果
广水|楼道、门厅无堆物，不堵塞|10|7.5|不符合
""", """
row|indicator|full_marks|score|result
2|楼道、门厅无堆物，不堵塞|10|7.5|fail
""", common=GUANGSHUI),

    "area and day in the title": one("""
2021年10月15日广水居民区实地考察检查表|||
序号|测评内容|结果|存在问题
1|楼道、门厅无堆物，不堵塞|×|3号楼堆物
2|地面无垃圾烟头，无卫生死角|√|
""", """
row|indicator|result|description
3|楼道、门厅无堆物，不堵塞|fail|3号楼堆物
4|地面无垃圾烟头，无卫生死角|pass|
""", merges="A1:D1", heads=(2,), ignored="1 title", common={**GUANGSHUI, **DAY}),

    "area, site, day and inspector in one merged line": one("""
实地考察点位检查表||
居民区：广水　　点位：广水小区　　检查日期：2021年10月15日　　检查人：张 三||
测评内容|考察情况|结果
楼道、门厅无堆物，不堵塞|3号楼堆物|不符合
""", """
row|indicator|description|result
4|楼道、门厅无堆物，不堵塞|3号楼堆物|fail
""", merges="A1:C1 A2:C2", heads=(3,), ignored="1 title, 2 title",
        common={**GUANGSHUI, **DAY, "site": "广水小区", "inspector": "张三"}),

    "labels and values in cells of their own": one("""
实地考察点位检查表|||
居民区：|广水|检查日期：|@2021-10-15
测评地点：|广水小区|测评人员：|张三
测评内容|考察情况|结果|备注
地面无垃圾烟头，无卫生死角||符合|
""", """
row|indicator|result
5|地面无垃圾烟头，无卫生死角|pass
""", heads=(4,), ignored="1 title, 2 title, 3 title",
        common={**GUANGSHUI, **DAY, "site": "广水小区", "inspector": "张三"}),

    "day in the sheet's name": one("""
居民区|测评内容|结果
广水|楼道、门厅无堆物，不堵塞|√
""", "row|result\n2|pass", sheet="2021.10.15", common={**GUANGSHUI, **DAY, "indicator": HALLWAY}),

    "area, day and round in the file's name": one("""
测评内容|结果|存在问题
楼道、门厅无堆物，不堵塞|√|
""", "row|result\n2|pass", file="广水居民区自查表20211015.xlsx",
        common={**GUANGSHUI, **DAY, "indicator": HALLWAY, "round": "self"}),

    "a day of the title fills no empty cell of a column": one("""
2021年10月15日实地考察检查表|||
居民区|测评内容|检查日期|结果
广水|楼道、门厅无堆物，不堵塞||√
广水|地面无垃圾烟头，无卫生死角|2021-10-14|√
广水|无小广告、乱涂写|—|√
""", """
row|indicator|checked_on
3|楼道、门厅无堆物，不堵塞|
4|地面无垃圾烟头，无卫生死角|2021-10-14
5|无小广告、乱涂写|
""", merges="A1:D1", heads=(2,), ignored="1 title", common={**GUANGSHUI, "result": "pass"}),

    "the subdistrict in title and file name is no area": one("""
凉城新村街道实地测评检查表||
测评内容|结果|检查日期
楼道、门厅无堆物，不堵塞|√|2021-10-15
地面无垃圾烟头，无卫生死角|×|2021-10-15
""", merges="A1:C1", heads=(2,), ignored="1 title", rejected="* area_code, * area_code",
        file="凉城新村街道检查表20211015.xlsx"),

    "the subdistrict in an area column is 街道直管": one("""
居民区|点位|测评内容|结果
街道直管|水电路（广粤路-奎照路）|盲道、缘石坡道完好不被占|×
凉城新村街道|水电路（广粤路-奎照路）|路灯装灯率100%、亮灯率99%以上|√
街道|水电路（广粤路-奎照路）|缆线整齐|√
""", """
row|indicator|result
2|盲道、缘石坡道完好不被占|fail
3|路灯装灯率100%、亮灯率99%以上|pass
4|缆线整齐|pass
""", common={"area": "街道直管", "site": "水电路（广粤路-奎照路）"}),

    "the subdistrict in a labelled cell is 街道直管": one("""
主次干道检查表||
居民区：街道直管||检查日期：2021年10月15日
点位|测评内容|结果
水电路|盲道、缘石坡道完好不被占|×
""", """
row|indicator|result
4|盲道、缘石坡道完好不被占|fail
""", merges="A1:C1", heads=(3,), ignored="1 title, 2 title",
        common={"area": "街道直管", "site": "水电路", "site_kind": "*", **DAY}),

    "merged area, site and category cells": one("""
居民区|点位|类别|测评内容|结果
广水|广水小区|公共秩序|楼道、门厅无堆物，不堵塞|√
|||无私搭乱建、乱拉晾晒|×
||公共环境|地面无垃圾烟头，无卫生死角|√
汶一|汶一小区||地面无垃圾烟头，无卫生死角|×
""", """
row|area|site|category|indicator|result
2|广水|广水小区|公共秩序|楼道、门厅无堆物，不堵塞|pass
3|广水|广水小区|公共秩序|无私搭乱建、乱拉晾晒|fail
4|广水|广水小区|公共环境|地面无垃圾烟头，无卫生死角|pass
5|汶一|汶一小区|公共环境|地面无垃圾烟头，无卫生死角|fail
""", merges="A2:A4 B2:B4 C2:C3 C4:C5"),

    "an empty area cell that is not merged is not filled": one("""
居民区|点位|测评内容|结果
广水|广水小区|楼道、门厅无堆物，不堵塞|√
||地面无垃圾烟头，无卫生死角|√
""", """
row|indicator|result
2|楼道、门厅无堆物，不堵塞|pass
""", rejected="A3 area_code", common={**GUANGSHUI, "site": "广水小区"}),

    "group rows give the category": one("""
居民区|测评内容|结果
一、公共秩序||
广水|楼道、门厅无堆物，不堵塞|√
二、公共环境||
广水|地面无垃圾烟头，无卫生死角|×
广水|无小广告、乱涂写|√
""", """
row|category|indicator|result
3|公共秩序|楼道、门厅无堆物，不堵塞|pass
5|公共环境|地面无垃圾烟头，无卫生死角|fail
6|公共环境|无小广告、乱涂写|pass
""", ignored="2 section, 4 section", common=GUANGSHUI),

    "group rows give the area": one("""
序号|点位|测评内容|结果
一、广水居民区|||
1|广水小区|楼道、门厅无堆物，不堵塞|√
二、汶一居民区|||
2|汶一小区|楼道、门厅无堆物，不堵塞|×
（三）凉城新村街道|||
3|水电路|盲道、缘石坡道完好不被占|×
""", """
row|area|site|indicator|result
3|广水|广水小区|楼道、门厅无堆物，不堵塞|pass
5|汶一|汶一小区|楼道、门厅无堆物，不堵塞|fail
7|街道直管|水电路|盲道、缘石坡道完好不被占|fail
""", merges="A2:D2 A4:D4", ignored="2 section, 4 section, 6 section"),

    "totals, a note, signatures and an empty line": one("""
序号|居民区|测评内容|满分|得分
1|广水|楼道、门厅无堆物，不堵塞|10|8
2|广水|地面无垃圾烟头，无卫生死角|5|5
小计|||15|13
3|||||
合计|||15|13
注：得分低于满分的要写明原因||||
检查人（签字）：|||日期：    年  月  日|
""", """
row|indicator|full_marks|score
2|楼道、门厅无堆物，不堵塞|10|8
3|地面无垃圾烟头，无卫生死角|5|5
""", ignored="4 total, 5 empty, 6 total, 7 note, 8 signature", common=GUANGSHUI),

    "kinds of sites in words": one("""
居民区|点位名称|点位类型|测评内容|结果
广水|甲|居民小区|测评一|√
广水|乙|主次干道|测评一|√
广水|丙|背街小巷|测评一|√
广水|丁|学校周边|测评一|√
广水|戊|公园广场|测评一|√
广水|己|农贸市场|测评一|√
广水|庚|菜场周边|测评一|√
广水|辛|沿街商铺|测评一|√
广水|壬|餐饮店|测评一|√
广水|癸|电动自行车门店|测评一|√
广水|子|交通路口|测评一|√
广水|丑|公交站点|测评一|√
广水|寅||测评一|√
""", """
row|site|site_kind
2|甲|residential
3|乙|main_road
4|丙|back_lane
5|丁|school
6|戊|park
7|己|market
8|庚|market
9|辛|shop
10|壬|restaurant
11|癸|ebike_shop
12|子|crossing
13|丑|bus_stop
14|寅|
""", common={**GUANGSHUI, "indicator": "测评一", "result": "pass"}),

    "a word that is no result rejects its row": one("""
居民区|测评内容|结果
广水|楼道、门厅无堆物，不堵塞|还可以
广水|地面无垃圾烟头，无卫生死角|√
""", "row|result\n3|pass", rejected="C2 result", common={**GUANGSHUI, "indicator": LITTER}),

    "an area by exact name or alias, never by resemblance": one("""
居委会|测评内容|结果
文一|楼道、门厅无堆物，不堵塞|√
汶水一|楼道、门厅无堆物，不堵塞|√
华苑第一居委会|楼道、门厅无堆物，不堵塞|√
凉城一村居民区|楼道、门厅无堆物，不堵塞|√
凉 ２|楼道、门厅无堆物，不堵塞|√
广灵二路社区|楼道、门厅无堆物，不堵塞|√
文化|楼道、门厅无堆物，不堵塞|√
广灵|楼道、门厅无堆物，不堵塞|√
""", """
row|area
2|文苑一
3|汶一
4|华苑一
5|凉一
6|凉二
7|广灵二
""", rejected="A8 area_code, A9 area_code", common={"indicator": HALLWAY, "result": "pass"}),

    "days written in many ways": one("""
2021年秋季实地考察检查表||
居民区|检查时间|测评内容|结果
广水|2021年10月15日|楼道、门厅无堆物，不堵塞|√
广水|2021.10.15|楼道、门厅无堆物，不堵塞|√
广水|2021/10/15|楼道、门厅无堆物，不堵塞|√
广水|20211015|楼道、门厅无堆物，不堵塞|√
广水|44484|楼道、门厅无堆物，不堵塞|√
广水|'44484|楼道、门厅无堆物，不堵塞|√
广水|10月15日|楼道、门厅无堆物，不堵塞|√
广水|'10.15|楼道、门厅无堆物，不堵塞|√
广水|10/15|楼道、门厅无堆物，不堵塞|√
广水|2021-10-15 09:30|楼道、门厅无堆物，不堵塞|√
广水|@2021-10-15|楼道、门厅无堆物，不堵塞|√
""", "row\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n13", merges="A1:D1", heads=(2,), ignored="1 title",
        common={**GUANGSHUI, **DAY, "indicator": HALLWAY, "result": "pass"}),

    "days that cannot be or cannot be told": one("""
居民区|检查日期|测评内容|结果
广水|2021-02-30|楼道、门厅无堆物，不堵塞|√
广水|6.3|楼道、门厅无堆物，不堵塞|√
广水|10月15日|楼道、门厅无堆物，不堵塞|√
广水|无|楼道、门厅无堆物，不堵塞|√
广水|/|楼道、门厅无堆物，不堵塞|√
""", "row\n5\n6", rejected="B2 checked_on, B3 checked_on, B4 checked_on",
        common={**GUANGSHUI, "indicator": HALLWAY, "result": "pass"}),

    "all problems of a row at once": one("""
居民区|检查日期|测评内容|结果
文化|2021-13-01|楼道、门厅无堆物，不堵塞|还可以
""", rejected="A2 area_code, B2 checked_on, D2 result"),

    "rounds in a column": one("""
居民区|测评内容|结果|检查轮次
广水|楼道、门厅无堆物，不堵塞|√|自查
广水|楼道、门厅无堆物，不堵塞|√|第二轮模拟测评
广水|楼道、门厅无堆物，不堵塞|√|区级
广水|楼道、门厅无堆物，不堵塞|√|专项
广水|楼道、门厅无堆物，不堵塞|√|国检
广水|楼道、门厅无堆物，不堵塞|√|
""", """
row|round|round_no
2|self|
3|mock|2
4|district|
5|special|
6|official|
7||
""", common={**GUANGSHUI, "indicator": HALLWAY, "result": "pass"}),

    "round in the title": one("""
2021年第二轮模拟测评检查表（2021年10月15日）||
居民区|测评内容|结果
广水|楼道、门厅无堆物，不堵塞|√
""", "row|result\n3|pass", merges="A1:C1", heads=(2,), ignored="1 title",
        common={**GUANGSHUI, **DAY, "indicator": HALLWAY, "round": "mock", "round_no": "2"}),

    "no problem in the column of findings": one("""
居民区|测评内容|结果|存在问题
广水|楼道、门厅无堆物，不堵塞|√|无问题
广水|楼道、门厅无堆物，不堵塞|√|/
广水|楼道、门厅无堆物，不堵塞|√|未发现问题
广水|楼道、门厅无堆物，不堵塞|√|正常
广水|楼道、门厅无堆物，不堵塞||无
""", """
row|result
2|pass
3|pass
4|pass
5|pass
6|
""", common={**GUANGSHUI, "indicator": HALLWAY}),

    "text loses line ends and zero-width characters": one("""
居民区|点位|测评内容|检查人|结果
 广水⏎居民区 |\u200b广水小区\u200b|楼道、门厅⏎无堆物，不堵塞|王　小明|√
""", "row|result\n2|pass", common={**GUANGSHUI, "site": "广水小区", "indicator": HALLWAY, "inspector": "王小明"}),

    # The form calls the column of the answer 考察情况; the answers show that it is the result.
    "answers in a column of findings": one("""
居民区|测评内容|考察情况
广水|楼道、门厅无堆物，不堵塞|符合
广水|地面无垃圾烟头，无卫生死角|不符合
""", """
row|indicator|result
2|楼道、门厅无堆物，不堵塞|pass
3|地面无垃圾烟头，无卫生死角|fail
""", common=GUANGSHUI),

    # Where the remark goes is not laid down; that it is a failing check is.
    "a result with a remark in the same cell": one("""
居民区|测评内容|结果
广水|楼道、门厅无堆物，不堵塞|不符合，3号楼堆物
广水|地面无垃圾烟头，无卫生死角|×（4号楼前有烟头）
""", """
row|indicator|result|description
2|楼道、门厅无堆物，不堵塞|fail|*
3|地面无垃圾烟头，无卫生死角|fail|*
""", common=GUANGSHUI),

    # Which day of a range a check is dated is not laid down; the row is good.
    "a range of days": one("""
居民区|检查日期|测评内容|结果
广水|2021年9月26-30日|楼道、门厅无堆物，不堵塞|√
""", "row|checked_on\n2|*", common={**GUANGSHUI, "indicator": HALLWAY, "result": "pass"}),

    "the nearest day and area win": one("""
2021年10月15日汶一居民区检查表||
居民区|测评内容|结果
广水|楼道、门厅无堆物，不堵塞|√
""", "row|result\n3|pass", merges="A1:C1", heads=(2,), ignored="1 title", sheet="10月14日",
        file="2021年10月13日复旦居民区检查表.xlsx", common={**GUANGSHUI, **DAY, "indicator": HALLWAY}),

    "a month alone is no day": one("""
2021年10月实地考察检查表||
居民区|测评内容|结果
广水|楼道、门厅无堆物，不堵塞|√
""", "row|result\n3|pass", merges="A1:C1", heads=(2,), ignored="1 title",
        common={**GUANGSHUI, "indicator": HALLWAY}),

    # 测评内容 is what is looked at; what stands above it may be its category.
    "project and content": one("""
居民区|测评项目|测评内容|结果
广水|公共秩序|楼道、门厅无堆物，不堵塞|√
广水||无私搭乱建、乱拉晾晒|×
""", """
row|category|indicator|result
2|*|楼道、门厅无堆物，不堵塞|pass
3|*|无私搭乱建、乱拉晾晒|fail
""", merges="B2:B3", common=GUANGSHUI),

    "a heading repeated on a new page": one("""
居民区|测评内容|结果
广水|楼道、门厅无堆物，不堵塞|√
居民区|测评内容|结果
广水|地面无垃圾烟头，无卫生死角|×
""", """
row|indicator|result
2|楼道、门厅无堆物，不堵塞|pass
4|地面无垃圾烟头，无卫生死角|fail
""", either=(3,), common=GUANGSHUI),
}

WIDE = {
    "items across, sites down": one("""
居民区|点位|楼道、门厅无堆物，不堵塞|地面无垃圾烟头，无卫生死角|无小广告、乱涂写
广水|广水小区|√|×|
汶一|汶一小区|/|√|不符合
""", """
row|area|site|indicator|result
2|广水|广水小区|楼道、门厅无堆物，不堵塞|pass
2|广水|广水小区|地面无垃圾烟头，无卫生死角|fail
3|汶一|汶一小区|楼道、门厅无堆物，不堵塞|na
3|汶一|汶一小区|地面无垃圾烟头，无卫生死角|pass
3|汶一|汶一小区|无小广告、乱涂写|fail
"""),

    "items across, areas down": one("""
2021年10月15日居民区检查情况|||
居民区|楼道堆物|飞线充电|垃圾分类
广水|√|√|×
凉一|×|√|√
""", """
row|area|indicator|result
3|广水|楼道堆物|pass
3|广水|飞线充电|pass
3|广水|垃圾分类|fail
4|凉一|楼道堆物|fail
4|凉一|飞线充电|pass
4|凉一|垃圾分类|pass
""", merges="A1:D1", heads=(2,), ignored="1 title", common=DAY),

    "category over item, merged": one("""
居民区|点位|公共秩序||公共环境|
||楼道、门厅无堆物，不堵塞|无私搭乱建、乱拉晾晒|地面无垃圾烟头，无卫生死角|无小广告、乱涂写
广水|广水小区|√|×|√|√
""", """
row|category|indicator|result
3|公共秩序|楼道、门厅无堆物，不堵塞|pass
3|公共秩序|无私搭乱建、乱拉晾晒|fail
3|公共环境|地面无垃圾烟头，无卫生死角|pass
3|公共环境|无小广告、乱涂写|pass
""", merges="A1:A2 B1:B2 C1:D1 E1:F1", heads=(1, 2), common={**GUANGSHUI, "site": "广水小区"}),

    "category over item, not merged": one("""
居民区|点位|公共秩序||公共环境|
||楼道、门厅无堆物，不堵塞|无私搭乱建、乱拉晾晒|地面无垃圾烟头，无卫生死角|无小广告、乱涂写
广水|广水小区|√|×|√|√
""", """
row|category|indicator|result
3|公共秩序|楼道、门厅无堆物，不堵塞|pass
3|公共秩序|无私搭乱建、乱拉晾晒|fail
3|公共环境|地面无垃圾烟头，无卫生死角|pass
3|公共环境|无小广告、乱涂写|pass
""", heads=(1, 2), common={**GUANGSHUI, "site": "广水小区"}),

    "items down, areas across": one("""
测评内容|广水|水电|汶一
楼道、门厅无堆物，不堵塞|√|×|√
地面无垃圾烟头，无卫生死角||/|×
""", """
row|area|indicator|result
2|广水|楼道、门厅无堆物，不堵塞|pass
2|水电|楼道、门厅无堆物，不堵塞|fail
2|汶一|楼道、门厅无堆物，不堵塞|pass
3|水电|地面无垃圾烟头，无卫生死角|na
3|汶一|地面无垃圾烟头，无卫生死角|fail
"""),

    "items down, sites across": one("""
广水居民区点位检查表|||
序号|测评内容|广水小区|水电路商铺
1|楼道、门厅无堆物，不堵塞|√|/
2|地面无垃圾烟头，无卫生死角|×|√
""", """
row|site|indicator|result
3|广水小区|楼道、门厅无堆物，不堵塞|pass
3|水电路商铺|楼道、门厅无堆物，不堵塞|na
4|广水小区|地面无垃圾烟头，无卫生死角|fail
4|水电路商铺|地面无垃圾烟头，无卫生死角|pass
""", merges="A1:D1", heads=(2,), ignored="1 title", common=GUANGSHUI),

    "items down, area over site": one("""
序号|测评内容|广水||汶一|
||广水小区|水电路商铺|汶一小区|汶一学校
1|楼道、门厅无堆物，不堵塞|√|/|×|
2|地面无垃圾烟头，无卫生死角|×|√|√|√
""", """
row|area|site|indicator|result
3|广水|广水小区|楼道、门厅无堆物，不堵塞|pass
3|广水|水电路商铺|楼道、门厅无堆物，不堵塞|na
3|汶一|汶一小区|楼道、门厅无堆物，不堵塞|fail
4|广水|广水小区|地面无垃圾烟头，无卫生死角|fail
4|广水|水电路商铺|地面无垃圾烟头，无卫生死角|pass
4|汶一|汶一小区|地面无垃圾烟头，无卫生死角|pass
4|汶一|汶一学校|地面无垃圾烟头，无卫生死角|pass
""", merges="A1:A2 B1:B2 C1:D1 E1:F1", heads=(1, 2)),

    "items down with a merged category": one("""
类别|测评内容|广水|水电
公共秩序|楼道、门厅无堆物，不堵塞|√|×
|无私搭乱建、乱拉晾晒|√|√
公共环境|地面无垃圾烟头，无卫生死角|×|√
""", """
row|area|category|indicator|result
2|广水|公共秩序|楼道、门厅无堆物，不堵塞|pass
2|水电|公共秩序|楼道、门厅无堆物，不堵塞|fail
3|广水|公共秩序|无私搭乱建、乱拉晾晒|pass
3|水电|公共秩序|无私搭乱建、乱拉晾晒|pass
4|广水|公共环境|地面无垃圾烟头，无卫生死角|fail
4|水电|公共环境|地面无垃圾烟头，无卫生死角|pass
""", merges="A2:A3"),

    "items down with group rows": one("""
序号|测评内容|广水|水电
一、公共秩序|||
1|楼道、门厅无堆物，不堵塞|√|×
二、公共环境|||
2|地面无垃圾烟头，无卫生死角|×|√
""", """
row|area|category|indicator|result
3|广水|公共秩序|楼道、门厅无堆物，不堵塞|pass
3|水电|公共秩序|楼道、门厅无堆物，不堵塞|fail
5|广水|公共环境|地面无垃圾烟头，无卫生死角|fail
5|水电|公共环境|地面无垃圾烟头，无卫生死角|pass
""", merges="A2:D2 A4:D4", ignored="2 section, 4 section"),

    "an unknown word rejects the whole line": one("""
居民区|点位|楼道、门厅无堆物，不堵塞|地面无垃圾烟头，无卫生死角|无小广告、乱涂写
广水|广水小区|√|还可以|√
汶一|汶一小区|√|√|
""", """
row|indicator|result
3|楼道、门厅无堆物，不堵塞|pass
3|地面无垃圾烟头，无卫生死角|pass
""", rejected="D2 result", common={"area": "汶一", "site": "汶一小区"}),

    "an unknown word rejects the whole line of an item": one("""
测评内容|广水|水电|汶一
楼道、门厅无堆物，不堵塞|√|待定|√
地面无垃圾烟头，无卫生死角|√|√|×
""", """
row|area|result
3|广水|pass
3|水电|pass
3|汶一|fail
""", rejected="C2 result", common={"indicator": LITTER}),

    "an unknown and a missing area": one("""
居民区|点位|楼道、门厅无堆物，不堵塞|地面无垃圾烟头，无卫生死角
文化|文化小区|√|√
|汶一小区|√|×
广水|广水小区|√|
""", "row|result\n4|pass", rejected="A2 area_code, A3 area_code",
        common={**GUANGSHUI, "site": "广水小区", "indicator": HALLWAY}),

    "total columns, total rows, a note and a signature": one("""
居民区|楼道堆物|飞线充电|垃圾分类|符合数|符合率
广水|√|√|×|2|66.7%
凉一|×|√|√|2|66.7%
合计|1|2|1|4|66.7%
符合率|50%|100%|50%||66.7%
说明：√为符合，×为不符合|||||
填表人：|||审核人：||
""", """
row|area|indicator|result
2|广水|楼道堆物|pass
2|广水|飞线充电|pass
2|广水|垃圾分类|fail
3|凉一|楼道堆物|fail
3|凉一|飞线充电|pass
3|凉一|垃圾分类|pass
""", ignored="4 total, 5 total, 6 note, 7 signature"),

    "a total at the end of items down": one("""
测评内容|广水|水电|合计
楼道、门厅无堆物，不堵塞|√|×|1
合计|1|0|1
""", """
row|area|result
2|广水|pass
2|水电|fail
""", ignored="3 total", common={"indicator": HALLWAY}),

    "1 marks what is in order": one("""
居民区|点位|楼道堆物|飞线充电|垃圾分类
广水|广水小区|1|1|
汶一|汶一小区||1|'1
""", """
row|area|site|indicator
2|广水|广水小区|楼道堆物
2|广水|广水小区|飞线充电
3|汶一|汶一小区|飞线充电
3|汶一|汶一小区|垃圾分类
""", common={"result": "pass"}),

    "yes and no by what the heading asks": one("""
居民区|点位|是否存在飞线充电|是否配备灭火器|无小广告、乱涂写
广水|广水小区|是|是|是
汶一|汶一小区|否|否|否
""", """
row|area|site|indicator|result
2|广水|广水小区|是否存在飞线充电|fail
2|广水|广水小区|是否配备灭火器|pass
2|广水|广水小区|无小广告、乱涂写|pass
3|汶一|汶一小区|是否存在飞线充电|pass
3|汶一|汶一小区|是否配备灭火器|fail
3|汶一|汶一小区|无小广告、乱涂写|fail
"""),

    "day, kind, inspector and remark columns are no items": one("""
序号|居民区|点位名称|点位类型|检查日期|检查人|楼道、门厅无堆物，不堵塞|地面无垃圾烟头，无卫生死角|备注
1|广水|广水小区|居民小区|2021-10-15|张三|√|×|
2|汶一|汶一小区|居民小区||李四|√||
""", """
row|area|site|checked_on|inspector|indicator|result
2|广水|广水小区|2021-10-15|张三|楼道、门厅无堆物，不堵塞|pass
2|广水|广水小区|2021-10-15|张三|地面无垃圾烟头，无卫生死角|fail
3|汶一|汶一小区||李四|楼道、门厅无堆物，不堵塞|pass
""", common={"site_kind": "residential"}),

    "a line with nothing filled in": one("""
序号|居民区|点位|楼道、门厅无堆物，不堵塞|地面无垃圾烟头，无卫生死角
1|广水|广水小区|√|√
2|汶一|汶一小区||
3||||
""", """
row|indicator
2|楼道、门厅无堆物，不堵塞
2|地面无垃圾烟头，无卫生死角
""", ignored="3 empty, 4 empty", common={**GUANGSHUI, "site": "广水小区", "result": "pass"}),

    "merged area down, closed shops": one("""
居民区|店铺名称|点位类型|证照齐全亮证|无过期食品
广水|甲便利店|沿街商铺|√|√
|乙烟杂店|沿街商铺|停业|停业
汶一|丙超市|沿街商铺|×|无法检查
""", """
row|area|site|indicator|result
2|广水|甲便利店|证照齐全亮证|pass
2|广水|甲便利店|无过期食品|pass
3|广水|乙烟杂店|证照齐全亮证|uninspectable
3|广水|乙烟杂店|无过期食品|uninspectable
4|汶一|丙超市|证照齐全亮证|fail
4|汶一|丙超市|无过期食品|uninspectable
""", merges="A2:A3", common={"site_kind": "shop"}),

    "all areas across": one("""
2021年第一轮区级测评各居民区检查情况（10月15日）|||||||||||||||||||||||||
测评内容|广水|水电|汶一|汶二|华一|华二|复旦|文一|文二|文三|秀苑|凉一|凉二|凉三|凉四|凉五|凉六|广凉|广粤|梦湖苑|馨苑|广灵二路|科佳|中虹|锦苑
无小广告、乱涂写|√|||||||||||×||||||||||/|||√
""", """
row|area|result
3|广水|pass
3|凉一|fail
3|广灵二|na
3|锦苑|pass
""", merges="A1:Z1", heads=(2,), ignored="1 title",
        common={**DAY, "round": "district", "round_no": "1", "indicator": POSTERS}),

    "a heading over several lines of one cell": one("""
居民区|点位|楼道、门厅⏎无堆物，不堵塞|地面无垃圾烟头，⏎无卫生死角
广水|广水小区|√|×
""", """
row|indicator|result
2|楼道、门厅无堆物，不堵塞|pass
2|地面无垃圾烟头，无卫生死角|fail
""", common={**GUANGSHUI, "site": "广水小区"}),

    # Where the remark goes is not laid down.
    "a remark behind the mark": one("""
居民区|点位|楼道、门厅无堆物，不堵塞|地面无垃圾烟头，无卫生死角
广水|广水小区|×（3号楼）|√
""", """
row|indicator|result|description
2|楼道、门厅无堆物，不堵塞|fail|*
2|地面无垃圾烟头，无卫生死角|pass|*
""", common={**GUANGSHUI, "site": "广水小区"}),

    "sites down in the area of the sheet's name": one("""
点位|楼道、门厅无堆物，不堵塞|地面无垃圾烟头，无卫生死角
广水小区东区|√|×
广水小区西区|√|√
""", """
row|site|indicator|result
2|广水小区东区|楼道、门厅无堆物，不堵塞|pass
2|广水小区东区|地面无垃圾烟头，无卫生死角|fail
3|广水小区西区|楼道、门厅无堆物，不堵塞|pass
3|广水小区西区|地面无垃圾烟头，无卫生死角|pass
""", sheet="广水", common=GUANGSHUI),
}

CHECKS = """
居民区|点位|测评内容|结果
广水|广水小区|楼道、门厅无堆物，不堵塞|×
"""
CHECK = Expected("row|site|indicator|result\n2|广水小区|楼道、门厅无堆物，不堵塞|fail", common=GUANGSHUI)
NOTHING = Expected(kind=None)

SHEETS = {
    "a ranking by the numbers of a dashboard": Case({"检查表": Sheet(CHECKS), "通报": Sheet("""
10月模拟测评通报||||||
名次|居民区|得分|较上次|检查覆盖率|超期数|等次
1|文苑一|95.4|2.1|97%|0|优秀
2|凉五|93.9|-1.0|94%|2|达标
""")}, {"检查表": [CHECK], "通报": [NOTHING]}),

    "one sheet a week": Case(
        {"10月15日": Sheet(CHECKS), "10月22日": Sheet(CHECKS), "Sheet3": Sheet("")},
        {"10月15日": [Expected(CHECK.records, common={**GUANGSHUI, "checked_on": "2021-10-15"})],
         "10月22日": [Expected(CHECK.records, common={**GUANGSHUI, "checked_on": "2021-10-22"})],
         "Sheet3": [NOTHING]},
        file="2021年每周检查.xlsx"),

    "one sheet an area": Case(
        {name: Sheet("""
点位|测评内容|结果
一号点位|楼道、门厅无堆物，不堵塞|×
""") for name in ("广水", "汶一居民区", "3.文苑一")},
        {name: [Expected("row|site|indicator|result\n2|一号点位|楼道、门厅无堆物，不堵塞|fail", common={"area": area})]
         for name, area in (("广水", "广水"), ("汶一居民区", "汶一"), ("3.文苑一", "文苑一"))}),

    # Whether a sheet's name gives the kind of its sites is not laid down.
    "one sheet a kind of site": Case(
        {"居民小区": Sheet(CHECKS), "沿街商铺": Sheet("""
居民区|店铺名称|检查内容|结果|存在问题
广水|甲便利店|证照齐全亮证|×|未亮证
""")},
        {"居民小区": [Expected(CHECK.records, common={**GUANGSHUI, "site_kind": "*"})],
         "沿街商铺": [Expected("row|site|indicator|result|description|site_kind\n2|甲便利店|证照齐全亮证|fail|未亮证|*",
                           common=GUANGSHUI)]}),

    "two tables on one sheet": Case({"Sheet1": Sheet("""
居民小区检查情况|||
居民区|点位|测评内容|结果
广水|广水小区|楼道、门厅无堆物，不堵塞|×

沿街商铺检查情况|||
居民区|店铺名称|检查内容|结果
汶一|甲便利店|证照齐全亮证|√
汶一|甲便利店|无过期食品|/
""", merges="A1:D1 A5:D5")}, {"Sheet1": [
        Expected("row|area|site|indicator|result|site_kind\n3|广水|广水小区|楼道、门厅无堆物，不堵塞|fail|*",
                 heads=(2,), ignored="1 title"),
        Expected("""
row|indicator|result|site_kind
7|证照齐全亮证|pass|*
8|无过期食品|na|
""", heads=(6,), ignored="5 title", common={"area": "汶一", "site": "甲便利店"})]}),

    "a checklist above a wide one and patrols": Case({"Sheet1": Sheet("""
居民区|测评内容|结果
广水|楼道、门厅无堆物，不堵塞|×

居民区|楼道堆物|飞线充电|垃圾分类
汶一|√|×|√
汶二|√||√

居民区|巡查日期|活动内容|志愿者人数|服务时长
复旦|2021-10-15|清洁家园|12人|2.5小时
""")}, {"Sheet1": [
        Expected("row|result\n2|fail", common={**GUANGSHUI, "indicator": HALLWAY}),
        Expected("""
row|area|indicator|result
5|汶一|楼道堆物|pass
5|汶一|飞线充电|fail
5|汶一|垃圾分类|pass
6|汶二|楼道堆物|pass
6|汶二|垃圾分类|pass
""", heads=(4,)),
        Expected("row|area|date|activity|volunteers|hours\n9|复旦|2021-10-15|清洁家园|12|2.5", heads=(8,),
                 kind=PATROLS)]}),

    "summary, ranking and instructions are no tables": Case({
        "填表说明": Sheet("""
填表说明
1、请各居民区每周五前填报，检查日期写到日。
2、结果一栏填写“符合”或“不符合”，测评内容不得改动。
3、联系人：王老师，联系电话：65550000
"""),
        "检查表": Sheet(CHECKS),
        "统计汇总": Sheet("""
检查情况统计汇总||||
居民区|检查项数|符合数|不符合数|符合率
广水|20|18|2|90%
汶一|20|15|5|75%
合计|40|33|7|82.5%
"""),
        "问题统计": Sheet("""
居民区|问题总数|已完成|整改中|完成率
广水|12|10|2|83.3%
汶一|8|8|0|100%
"""),
        "排名": Sheet("""
名次|居民区|得分
1|广水|98.5
2|汶一|96
"""),
        "选项": Sheet("""
结果
符合
不符合
不适用
""")}, {"填表说明": [NOTHING], "检查表": [CHECK], "统计汇总": [NOTHING], "问题统计": [NOTHING], "排名": [NOTHING],
          "选项": [NOTHING]}),

    "hidden sheets": Case({
        "检查表": Sheet(CHECKS),
        "上月": Sheet(CHECKS, hidden=True),
        "词表": Sheet("""
居民区|点位类型|结果
广水|居民小区|符合
水电|沿街商铺|不符合
汶一|餐饮店|不适用
""", hidden=True)}, {"检查表": [CHECK], "上月": [CHECK], "词表": [NOTHING]}),

    "hidden registers and patrols are not read": Case({
        "检查表": Sheet(CHECKS),
        "点位": Sheet("""
居民区|点位名称|点位类型|详细地址|点长
广水|广水小区|居民小区|水电路1号|张三
""", hidden=True),
        "巡查": Sheet("""
居民区|巡查日期|活动内容|志愿者人数|服务时长
广水|2021-10-15|清洁家园|12|2小时
""", hidden=True)}, {"检查表": [CHECK], "点位": [NOTHING], "巡查": [NOTHING]}),

    "a readable book without a table of ours": Case({"Sheet1": Sheet("""
品名|单价|数量
白菜|3.5|2
萝卜|2|10
""")}, {"Sheet1": [NOTHING]}),
}


def patrols(rows: str, records: str = "", **expected) -> Case:
    return one(rows, records, kind=PATROLS, **{"file": "巡查记录.xlsx", **expected})


WALKS = {
    "units behind the numbers": patrols("""
居民区|巡查日期|活动内容|党员人数|志愿者人数|服务时长|发现问题数|解决问题数|备注
广水|2021-10-15|清洁家园|3人|12人|2.5小时|4个|3个|雨天
汶一|2021-10-16|文明劝导|2名|8名|90分钟|0个|0个|
汶二|2021-10-17|楼道清理||6|2|1|1|
""", """
row|area|date|activity|party_members|volunteers|hours|found|solved|note
2|广水|2021-10-15|清洁家园|3|12|2.5|4|3|雨天
3|汶一|2021-10-16|文明劝导|2|8|1.5|0|0|
4|汶二|2021-10-17|楼道清理||6|2|1|1|
"""),

    "day in the title": patrols("""
2021年10月15日志愿服务活动记录表||||
序号|居民区|服务内容|党员志愿者人数|志愿者人数
1|广水|交通文明劝导|2|5
2|凉一|清洁家园|1|9
""", """
row|area|activity|party_members|volunteers
3|广水|交通文明劝导|2|5
4|凉一|清洁家园|1|9
""", merges="A1:E1", heads=(2,), ignored="1 title", common={"date": "2021-10-15"}),

    "a day of the title fills no empty cell of a column": patrols("""
2021年10月15日巡查记录表||||
居民区|巡查日期|巡查内容|志愿者人数|发现问题数
广水||主干道巡查|2|1
广水|10月14日|菜场巡查|2|3
""", """
row|date|activity|volunteers|found
3||主干道巡查|2|1
4|2021-10-14|菜场巡查|2|3
""", merges="A1:E1", heads=(2,), ignored="1 title", common=GUANGSHUI),

    "group rows give the area": patrols("""
日期|活动内容|党员人数|志愿者人数|服务时长
广水居民区||||
2021-10-15|清洁家园|3|12|2小时
2021-10-16|文明劝导|2|4|1小时
汶一居民区||||
2021-10-15|清洁家园|1|6|2小时
""", """
row|area|date|activity|party_members|volunteers|hours
3|广水|2021-10-15|清洁家园|3|12|2
4|广水|2021-10-16|文明劝导|2|4|1
6|汶一|2021-10-15|清洁家园|1|6|2
""", merges="A2:E2 A5:E5", ignored="2 section, 5 section"),

    "a word that is no number rejects its row": patrols("""
居民区|巡查日期|活动内容|志愿者人数|服务时长
广水|2021-10-15|清洁家园|若干|2小时
汶一|2021-10-15|清洁家园|5|2小时
""", "row|volunteers|hours\n3|5|2", rejected="D2 volunteers",
                                                common={"area": "汶一", "date": "2021-10-15", "activity": "清洁家园"}),

    "totals and signatures": patrols("""
序号|居民区|活动时间|活动内容|志愿者人数|服务时长
1|广水|2021-10-15|清洁家园|12|2小时
2|汶一|2021-10-15|文明劝导|8|3小时
合计||||20|5小时
填表人：|||||填表日期：
""", """
row|area|activity|volunteers|hours
2|广水|清洁家园|12|2
3|汶一|文明劝导|8|3
""", ignored="4 total, 5 signature", common={"date": "2021-10-15"}),

    "merged area, unknown area": patrols("""
居民区|巡查日期|活动内容|志愿者人数
广水|2021-10-15|清洁家园|12
|2021-10-16|文明劝导|8
文化|2021-10-16|文明劝导|8
""", """
row|date|activity|volunteers
2|2021-10-15|清洁家园|12
3|2021-10-16|文明劝导|8
""", merges="A2:A3", rejected="A4 area_code", common=GUANGSHUI),

    "area and day in the file's name": patrols("""
活动内容|党员人数|志愿者人数|发现问题数|解决问题数
清洁家园|3|12|4|4
""", """
row|activity|party_members|volunteers|found|solved
2|清洁家园|3|12|4|4
""", file="广水居民区志愿服务记录20211015.xlsx", common={**GUANGSHUI, "date": "2021-10-15"}),

    "hours and minutes": patrols("""
居民区|巡查日期|活动内容|志愿者人数|服务时长
广水|2021-10-15|清洁家园|5|1小时30分钟
广水|2021-10-15|清洁家园|5|45分钟
广水|2021-10-15|清洁家园|5|1.5h
广水|2021-10-15|清洁家园|5|2个小时
""", """
row|hours
2|1.5
3|0.75
4|1.5
5|2
""", common={**GUANGSHUI, "date": "2021-10-15", "activity": "清洁家园", "volunteers": "5"}),
}

MORE_WIDE = {
    "two wide tables on one sheet": Case({"Sheet1": Sheet("""
10月15日检查情况|||
居民区|楼道堆物|飞线充电|垃圾分类
广水|√|×|√

10月22日检查情况|||
居民区|楼道堆物|飞线充电|垃圾分类
广水|√|√|√
""", merges="A1:D1 A5:D5")}, {"Sheet1": [
        Expected("row|indicator|result\n3|楼道堆物|pass\n3|飞线充电|fail\n3|垃圾分类|pass", heads=(2,),
                 ignored="1 title", common={**GUANGSHUI, "checked_on": "2021-10-15"}),
        Expected("row|indicator|result\n7|楼道堆物|pass\n7|飞线充电|pass\n7|垃圾分类|pass", heads=(6,),
                 ignored="5 title", common={**GUANGSHUI, "checked_on": "2021-10-22"})]}, file="2021年检查情况.xlsx"),

    "three catalogue items, one line, one unknown word": one("""
居民区|点位|楼道、门厅无堆物，不堵塞|地面无垃圾烟头，无卫生死角|无小广告、乱涂写
广水|广水小区|√|还可以|×
""", rejected="D2 result"),

    "an item column that nobody filled in": one("""
居民区|点位|楼道、门厅无堆物，不堵塞|地面无垃圾烟头，无卫生死角|无小广告、乱涂写
广水|广水小区|√||×
汶一|汶一小区|√||√
""", """
row|area|site|indicator|result
2|广水|广水小区|楼道、门厅无堆物，不堵塞|pass
2|广水|广水小区|无小广告、乱涂写|fail
3|汶一|汶一小区|楼道、门厅无堆物，不堵塞|pass
3|汶一|汶一小区|无小广告、乱涂写|pass
"""),

    "a printed choice in every cell": one("""
居民区|点位|楼道、门厅无堆物，不堵塞|地面无垃圾烟头，无卫生死角
广水|广水小区|☑符合 □不符合|□符合 ☑不符合
汶一|汶一小区|符合（ ）不符合（√）|√符合 □不符合
""", """
row|area|site|indicator|result
2|广水|广水小区|楼道、门厅无堆物，不堵塞|pass
2|广水|广水小区|地面无垃圾烟头，无卫生死角|fail
3|汶一|汶一小区|楼道、门厅无堆物，不堵塞|fail
3|汶一|汶一小区|地面无垃圾烟头，无卫生死角|pass
"""),

    "items down, sites across, with area and day in a line above": one("""
实地考察检查表|||
居民区：广水|||检查日期：2021.10.15
类别|测评内容|广水小区|水电路菜场
公共秩序|楼道、门厅无堆物，不堵塞|√|/
公共环境|地面无垃圾烟头，无卫生死角|×|√
""", """
row|site|category|indicator|result
4|广水小区|公共秩序|楼道、门厅无堆物，不堵塞|pass
4|水电路菜场|公共秩序|楼道、门厅无堆物，不堵塞|na
5|广水小区|公共环境|地面无垃圾烟头，无卫生死角|fail
5|水电路菜场|公共环境|地面无垃圾烟头，无卫生死角|pass
""", merges="A1:D1", heads=(3,), ignored="1 title, 2 title", common={**GUANGSHUI, **DAY}),

    "street itself among the areas": one("""
居民区|缆线整齐|无小广告、乱涂写|路灯亮灯
街道直管|√|×|√
广粤|√|√|×
广水|√|√|√
""", """
row|area|indicator|result
2|街道直管|缆线整齐|pass
2|街道直管|无小广告、乱涂写|fail
2|街道直管|路灯亮灯|pass
3|广粤|缆线整齐|pass
3|广粤|无小广告、乱涂写|pass
3|广粤|路灯亮灯|fail
4|广水|缆线整齐|pass
4|广水|无小广告、乱涂写|pass
4|广水|路灯亮灯|pass
"""),

    "not inspected at all, with numbered headings below a long title": one("""
附件1：|||||
凉城新村街道创全实地测评居民区检查汇总（2021年10月15日）|||||
序号|居民区|楼道堆物|飞线充电|垃圾分类|毁绿种菜
1|广凉|符合|不符合|符合|无法检查
2|梦湖苑|符合|符合|不适用|符合
""", """
row|area|indicator|result
4|广凉|楼道堆物|pass
4|广凉|飞线充电|fail
4|广凉|垃圾分类|pass
4|广凉|毁绿种菜|uninspectable
5|梦湖苑|楼道堆物|pass
5|梦湖苑|飞线充电|pass
5|梦湖苑|垃圾分类|na
5|梦湖苑|毁绿种菜|pass
""", merges="A2:F2", heads=(3,), ignored="1 title, 2 title", common=DAY),
}

CLERKS = {
    "headings with spaces, line ends, brackets and stars": one("""
序 号|居民区*|点位⏎名称|测评内容（标准）|检查结果⏎（√/×）|存 在 问 题|检查日期：
1|广水|广水小区|楼道、门厅无堆物，不堵塞|×|3号楼堆物|2021-10-15
2|广水|广水小区|地面无垃圾烟头，无卫生死角|√||2021-10-15
""", """
row|indicator|result|description
2|楼道、门厅无堆物，不堵塞|fail|3号楼堆物
3|地面无垃圾烟头，无卫生死角|pass|
""", common={**GUANGSHUI, **DAY, "site": "广水小区"}),

    "a street column beside the area column": one("""
街道|居民区|测评内容|结果
凉城新村街道|广水|楼道、门厅无堆物，不堵塞|√
凉城新村街道|汶一|楼道、门厅无堆物，不堵塞|×
""", "row|area|result\n2|广水|pass\n3|汶一|fail", common={"indicator": HALLWAY}),

    "a grid column whose values are areas": one("""
片区|点位|测评内容|结果
凉一|凉城一村|楼道、门厅无堆物，不堵塞|√
凉二|凉城二村|楼道、门厅无堆物，不堵塞|×
""", """
row|area|site|result
2|凉一|凉城一村|pass
3|凉二|凉城二村|fail
""", common={"indicator": HALLWAY}),

    "a grid column whose values are no areas": one("""
广水居民区检查表|||
网格|点位|测评内容|结果
第一网格|广水小区|楼道、门厅无堆物，不堵塞|√
第二网格|广水小区|地面无垃圾烟头，无卫生死角|×
""", """
row|indicator|result
3|楼道、门厅无堆物，不堵塞|pass
4|地面无垃圾烟头，无卫生死角|fail
""", merges="A1:D1", heads=(2,), ignored="1 title", common={**GUANGSHUI, "site": "广水小区"}),

    "group rows of areas with group rows of categories below": one("""
序号|测评内容|结果
广水居民区||
一、公共秩序||
1|楼道、门厅无堆物，不堵塞|√
二、公共环境||
2|地面无垃圾烟头，无卫生死角|×
汶一居民区||
一、公共秩序||
1|楼道、门厅无堆物，不堵塞|×
""", """
row|area|category|indicator|result
4|广水|公共秩序|楼道、门厅无堆物，不堵塞|pass
6|广水|公共环境|地面无垃圾烟头，无卫生死角|fail
9|汶一|公共秩序|楼道、门厅无堆物，不堵塞|fail
""", merges="A2:C2 A3:C3 A5:C5 A7:C7 A8:C8",
        ignored="2 section, 3 section, 5 section, 7 section, 8 section"),

    "a line above with nothing filled in": one("""
实地考察检查表||
居民区：广水|检查日期：    年   月   日|检查人：
测评内容|结果|存在问题
楼道、门厅无堆物，不堵塞|√|
""", "row|result\n4|pass", merges="A1:C1", heads=(3,), ignored="1 title, 2 title",
        common={**GUANGSHUI, "indicator": HALLWAY}),

    "days with a weekday or a time of day": one("""
居民区|检查日期|测评内容|结果
广水|2021年10月15日（星期五）|楼道、门厅无堆物，不堵塞|√
广水|2021年10月15日上午|楼道、门厅无堆物，不堵塞|√
广水|2021-10-15 09:30:00|楼道、门厅无堆物，不堵塞|√
广水|２０２１年１０月１５日|楼道、门厅无堆物，不堵塞|√
""", "row\n2\n3\n4\n5", common={**GUANGSHUI, **DAY, "indicator": HALLWAY, "result": "pass"}),

    "totals in other words and places": one("""
序号|居民区|测评内容|满分|得分
1|广水|楼道、门厅无堆物，不堵塞|10|8
||小计|10|8
2|汶一|地面无垃圾烟头，无卫生死角|5|5
总计|||15|13
平均分||||6.5
备注：满分为加权后的分值||||
""", """
row|area|indicator|full_marks|score
2|广水|楼道、门厅无堆物，不堵塞|10|8
4|汶一|地面无垃圾烟头，无卫生死角|5|5
""", ignored="3 total, 5 total, 6 total, 7 note"),

    "round by its word in the title": one("""
区级督查测评检查表（2021年10月15日）||
居民区|测评内容|结果
广水|楼道、门厅无堆物，不堵塞|√
""", "row|result\n3|pass", merges="A1:C1", heads=(2,), ignored="1 title",
        common={**GUANGSHUI, **DAY, "indicator": HALLWAY, "round": "district"}),

    "the area of the sheet, the day of the file": one("""
测评内容|结果
楼道、门厅无堆物，不堵塞|√
""", "row|result\n2|pass", sheet="凉城三村", file="专项检查（2021.10.15）最终版(2).xlsx",
        common={"area": "凉三", **DAY, "indicator": HALLWAY, "round": "special"}),

    "merged day and inspector": one("""
检查日期|检查人|居民区|测评内容|结果
2021-10-15|张三|广水|楼道、门厅无堆物，不堵塞|√
||水电|楼道、门厅无堆物，不堵塞|×
2021-10-16|李四|汶一|楼道、门厅无堆物，不堵塞|√
||汶二|楼道、门厅无堆物，不堵塞|√
""", """
row|checked_on|inspector|area|result
2|2021-10-15|张三|广水|pass
3|2021-10-15|张三|水电|fail
4|2021-10-16|李四|汶一|pass
5|||汶二|pass
""", merges="A2:A3 B2:B3", common={"indicator": HALLWAY}),

    "a printed choice with more than two words": one("""
居民区|测评内容|结果
广水|楼道、门厅无堆物，不堵塞|□符合 □不符合 ☑不适用
水电|楼道、门厅无堆物，不堵塞|□符合 ☑不符合 □不适用
汶一|楼道、门厅无堆物，不堵塞|□合格 □不合格 □无法检查
""", """
row|area|result
2|广水|na
3|水电|fail
4|汶一|
""", common={"indicator": HALLWAY}),

    "tick columns 是 and 否": one("""
居民区|检查内容|是|否
广水|是否存在楼道堆物|√|
广水|是否配备灭火器|√|
广水|是否配备灭火器||√
""", """
row|indicator|result
2|是否存在楼道堆物|fail
3|是否配备灭火器|pass
4|是否配备灭火器|fail
""", common=GUANGSHUI),

    "three tick columns": one("""
居民区|测评内容|合格|不合格|不适用|备注
广水|楼道、门厅无堆物，不堵塞|√|||
汶一|楼道、门厅无堆物，不堵塞||√||
汶二|楼道、门厅无堆物，不堵塞|||√|
""", """
row|area|result
2|广水|pass
3|汶一|fail
4|汶二|na
""", common={"indicator": HALLWAY}),

    # Two ticks contradict each other; nothing is guessed.
    "both columns ticked": one("""
居民区|测评内容|符合|不符合
广水|楼道、门厅无堆物，不堵塞|√|√
汶一|楼道、门厅无堆物，不堵塞|√|
""", "row|result\n3|pass", rejected="* result", common={"area": "汶一", "indicator": HALLWAY}),

    # ✓ and ✗ are the listed marks in another hand.
    "other hands' marks": one("""
居民区|测评内容|结果
广水|楼道、门厅无堆物，不堵塞|✓
广水|楼道、门厅无堆物，不堵塞|✔
汶一|楼道、门厅无堆物，不堵塞|✗
汶一|楼道、门厅无堆物，不堵塞|X
汶一|楼道、门厅无堆物，不堵塞|✘
""", """
row|area|result
2|广水|pass
3|广水|pass
4|汶一|fail
5|汶一|fail
6|汶一|fail
""", common={"indicator": HALLWAY}),

    "counts of problems by item are a statistic": Case({"问题分类统计": Sheet("""
10月问题分类统计表||||
居民区|楼道堆物|飞线充电|垃圾分类|合计
广水|3|1|0|4
汶一|1|2|5|8
合计|4|3|5|12
""", merges="A1:E1")}, {"问题分类统计": [NOTHING]}),

    "kinds over sites, items down": one("""
测评内容|居民小区||沿街商铺
|东苑小区|西苑小区|甲超市
无小广告、乱涂写|√|×|√
公益广告|√|√|/
""", """
row|site|indicator|result|site_kind
3|东苑小区|无小广告、乱涂写|pass|*
3|西苑小区|无小广告、乱涂写|fail|
3|甲超市|无小广告、乱涂写|pass|
4|东苑小区|公益广告|pass|
4|西苑小区|公益广告|pass|
4|甲超市|公益广告|na|
""", merges="A1:A2 B1:C1", heads=(1, 2), sheet="凉一", common={"area": "凉一"}),

    # Every line has a cell of the unknown area, so no line is loaded; what must not happen is that the cells vanish.
    "an unknown area across rejects the lines": one("""
测评内容|广水|文化|汶一
无小广告、乱涂写|√|×|√
公益广告|√|√|/
""", rejected="* area_code, * area_code"),

    "a remark column beside areas across": one("""
序号|测评内容|广水|汶一|备注
1|无小广告、乱涂写|√|×|汶一已通知
2|公益广告|√|√|
""", """
row|area|indicator|result|description
2|广水|无小广告、乱涂写|pass|*
2|汶一|无小广告、乱涂写|fail|
3|广水|公益广告|pass|
3|汶一|公益广告|pass|
"""),

    "a number that is no mark rejects its line": one("""
居民区|点位|楼道堆物|飞线充电|垃圾分类
广水|东区|8|√|×
汶一|西区|√|×|√
水电|北区|√|√|√
""", """
row|area|site|indicator|result
3|汶一|西区|楼道堆物|pass
3|汶一|西区|飞线充电|fail
3|汶一|西区|垃圾分类|pass
4|水电|北区|楼道堆物|pass
4|水电|北区|飞线充电|pass
4|水电|北区|垃圾分类|pass
""", rejected="C2 result"),

    # The words for how marks are taken off are no category.
    "how to mark, beside the item": one("""
序号|测评内容|评分标准|分值|自评分|扣分|扣分原因
1|楼道堆物|每处扣1分|10|9|1|3号楼堆物
2|飞线充电|发现即扣完|5|5|0|无
""", """
row|indicator|full_marks|score|deduction|description
2|楼道堆物|10|9|1|3号楼堆物
3|飞线充电|5|5|0|
""", file="广水居民区自查表.xlsx", common={**GUANGSHUI, "round": "self"}),

    # Here the upper text is the item: what stands below it only says what the cells hold.
    "result and finding under every item": one("""
序号|点位|楼道堆物||垃圾分类|
||结果|存在问题|结果|存在问题
1|东区|×|3号楼堆物|√|
2|西区|√||×|桶满溢
""", """
row|site|indicator|result|description
3|东区|楼道堆物|fail|3号楼堆物
3|东区|垃圾分类|pass|
4|西区|楼道堆物|pass|
4|西区|垃圾分类|fail|桶满溢
""", merges="A1:A2 B1:B2 C1:D1 E1:F1", heads=(1, 2), sheet="广水", common=GUANGSHUI),

    # A formula that failed says nothing about the place: it is no 不适用.
    "a failed formula is no answer": one("""
居民区|测评内容|结果
广水|楼道、门厅无堆物，不堵塞|#N/A
汶一|楼道、门厅无堆物，不堵塞|#REF!
汶二|楼道、门厅无堆物，不堵塞|√
""", "row|result\n4|pass", rejected="C2 result, C3 result", common={"area": "汶二", "indicator": HALLWAY}),

    "a title, a line, a wide table of categories with a numbered column": one("""
凉城新村街道创全实地测评结果汇总|||||||
填报单位：街道创文办||||日期：2021年10月15日|||
序号|居民区|公共秩序||公共环境||合计得分|排名
||楼道堆物|飞线充电|垃圾分类|小广告||
1|广粤|√|√|×|√|3|2
2|馨苑|√|√|√|√|4|1
""", """
row|area|category|indicator|result
5|广粤|公共秩序|楼道堆物|pass
5|广粤|公共秩序|飞线充电|pass
5|广粤|公共环境|垃圾分类|fail
5|广粤|公共环境|小广告|pass
6|馨苑|公共秩序|楼道堆物|pass
6|馨苑|公共秩序|飞线充电|pass
6|馨苑|公共环境|垃圾分类|pass
6|馨苑|公共环境|小广告|pass
""", merges="A1:H1 A3:A4 B3:B4 C3:D3 E3:F3 G3:G4 H3:H4", heads=(3, 4), ignored="1 title, 2 title", common=DAY),

    "three rows of headings": one("""
居民区|点位|检查项目||
||公共秩序|公共环境|
||楼道堆物|垃圾分类|小广告
广水|广水小区|√|×|√
汶一|汶一小区|√|√|√
""", """
row|area|site|category|indicator|result
4|广水|广水小区|公共秩序|楼道堆物|pass
4|广水|广水小区|公共环境|垃圾分类|fail
4|广水|广水小区|公共环境|小广告|pass
5|汶一|汶一小区|公共秩序|楼道堆物|pass
5|汶一|汶一小区|公共环境|垃圾分类|pass
5|汶一|汶一小区|公共环境|小广告|pass
""", merges="A1:A3 B1:B3 C1:E1 D2:E2", heads=(1, 2, 3)),

    "a wide line in which the area is merged over empty lines": one("""
居民区|点位|楼道堆物|飞线充电|垃圾分类
广水|东区|√|√|×
|西区|||
|南区|√||
""", """
row|site|indicator|result
2|东区|楼道堆物|pass
2|东区|飞线充电|pass
2|东区|垃圾分类|fail
4|南区|楼道堆物|pass
""", merges="A2:A4", ignored="3 empty", common=GUANGSHUI),

    "group rows in a wide table give the area": one("""
序号|点位|楼道堆物|飞线充电|垃圾分类
一、广水居民区||||
1|东区|√|√|×
二、汶一居民区||||
1|西区|×|√|√
""", """
row|area|site|indicator|result
3|广水|东区|楼道堆物|pass
3|广水|东区|飞线充电|pass
3|广水|东区|垃圾分类|fail
5|汶一|西区|楼道堆物|fail
5|汶一|西区|飞线充电|pass
5|汶一|西区|垃圾分类|pass
""", merges="A2:E2 A4:E4", ignored="2 section, 4 section"),
}

MORE_WALKS = {
    "two rows of headings": patrols("""
居民区|巡查日期|活动内容|参加人数||问题情况|
|||党员|志愿者|发现数|解决数
广水|2021-10-15|清洁家园|3|12|4|4
""", """
row|date|activity|party_members|volunteers|found|solved
3|2021-10-15|清洁家园|3|12|4|4
""", merges="A1:A2 B1:B2 C1:C2 D1:E1 F1:G1", heads=(1, 2), common=GUANGSHUI),

    "the unit in the heading": patrols("""
居民区|活动日期|活动内容|志愿者人数（人）|服务时长（分钟）
广水|2021-10-15|清洁家园|12|90
汶一|2021-10-15|清洁家园|8|60
""", """
row|area|volunteers|hours
2|广水|12|1.5
3|汶一|8|1
""", common={"date": "2021-10-15", "activity": "清洁家园"}),

    "group rows give the day": patrols("""
居民区|活动内容|党员人数|志愿者人数|服务时长
2021年10月15日||||
广水|清洁家园|3|12|2小时
汶一|清洁家园|1|6|2小时
2021年10月16日||||
广水|文明劝导|2|4|1小时
""", """
row|area|date|activity|party_members|volunteers|hours
3|广水|2021-10-15|清洁家园|3|12|2
4|汶一|2021-10-15|清洁家园|1|6|2
6|广水|2021-10-16|文明劝导|2|4|1
""", merges="A2:E2 A5:E5", ignored="2 section, 5 section"),

    "area and day in a line above": patrols("""
志愿服务活动签到表||||
居民区：凉城五村|||日期：2021年10月15日|
序号|活动内容|党员人数|志愿者人数|服务时长
1|清洁家园|3|12|2小时
""", """
row|activity|party_members|volunteers|hours
4|清洁家园|3|12|2
""", merges="A1:E1", heads=(3,), ignored="1 title, 2 title", common={"area": "凉五", "date": "2021-10-15"}),

    "one sheet a week": Case({name: Sheet("""
居民区|活动内容|志愿者人数|服务时长
广水|清洁家园|12|2小时
""") for name in ("10月4日", "10月11日")}, {name: [Expected("row|activity|volunteers|hours\n2|清洁家园|12|2",
                                                   kind=PATROLS, common={**GUANGSHUI, "date": day})]
                                     for name, day in (("10月4日", "2021-10-04"), ("10月11日", "2021-10-11"))},
        file="2021年志愿服务记录.xlsx"),

    "empty and dashed numbers": patrols("""
居民区|巡查日期|巡查内容|志愿者人数|发现问题数|解决问题数|备注
广水|2021-10-15|主干道巡查|2|/|—|
汶一|2021-10-15|菜场巡查||||无
汶二|无|小区巡查|1|0|0|雨
""", """
row|area|date|activity|volunteers|found|solved|note
2|广水|2021-10-15|主干道巡查|2|||*
3|汶一|2021-10-15|菜场巡查||||
4|汶二||小区巡查|1|0|0|
"""),
}

BOOKS = {**LONG, **WIDE, **MORE_WIDE, **SHEETS, **CLERKS, **WALKS, **MORE_WALKS}


@pytest.mark.parametrize("name", BOOKS)
def test_a_book_is_read_as_a_clerk_reads_it(name: str):
    case = BOOKS[name]
    batch = read(case.file, book(case.sheets))
    assert batch.error is None
    for sheet, tables in case.tables.items():
        found = [table for table in batch.tables if table.sheet == sheet]
        assert len(found) == len(tables)
        for table, expected in zip(found, tables, strict=True):
            assert as_found(table, expected) == as_expected(expected)
        if any(table.kind for table in found):
            assert rows_in_no_or_several_places(found, case.sheets[sheet].rows) == {}


def test_a_record_names_what_was_inferred():
    batch = read("检查表.xlsx", book({"Sheet1": Sheet("""
2021年秋季实地考察检查表|||
居民区|检查日期|测评内容|结果
广水|2021-10-15|楼道、门厅无堆物，不堵塞|√
广水|10月15日|楼道、门厅无堆物，不堵塞|√
""", "A1:D1")}))
    whole, without_year = batch.tables[0].records
    assert whole["checked_on"] == without_year["checked_on"] == "2021-10-15"
    assert "checked_on" not in (whole.get("inferred") or ())
    assert "checked_on" in without_year["inferred"]


SLIPS = ("", "无", "合计", "备注", "/", "一、", "广水", "2021", "（1）甲；（2）乙", "5", "@2021-10-15", "√", "是",
         "注：乙")
LINES = ("", "合计|||5", "|乙", "注：乙", "一、环境", "居民区")


@pytest.mark.parametrize("seed", range(40))
def test_no_row_is_lost_whatever_was_typed(seed: int):
    """One cell of a book typed over, sometimes a line put in between: every row still has exactly one place."""
    dice = random.Random(seed)
    for name, case in dice.sample(sorted(BOOKS.items(), key=lambda each: each[0]), 10):
        sheet, layout = dice.choice(list(case.sheets.items()))
        lines = [line.split("|") for line in layout.rows.removeprefix("\n").removesuffix("\n").split("\n")]
        line = dice.choice(lines)
        line[dice.randrange(len(line))] = dice.choice(SLIPS)
        if dice.random() < 0.3:
            lines.insert(dice.randrange(len(lines)), dice.choice(LINES).split("|"))
        rows = "\n" + "\n".join("|".join(line) for line in lines) + "\n"
        batch = read(case.file, book({sheet: Sheet(rows, layout.merges)}))
        assert batch.error is None
        if any(table.kind for table in batch.tables):
            assert rows_in_no_or_several_places(list(batch.tables), rows) == {}, (name, rows)
