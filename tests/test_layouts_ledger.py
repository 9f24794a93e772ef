"""Ledgers and site registers as offices lay them out: small books as plain literals, with what a careful clerk reads.

A row of a sheet is a text with | between its cells (all of them text), or a list where the types matter; a pair
(value, format) in a list sets the number format. Of a record everything that is known is compared, less its nulls;
"inferred" only where a case lists it. Where the contract leaves a choice the case says so in a comment.
"""

from __future__ import annotations

import base64
import csv
import io
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.drawing.image import Image

from loaders.book import read_book
from loaders.vocabulary import vocabulary_of
from readiness.model import Batch, Table
from readiness.reference import load_reference

VOCABULARY = vocabulary_of(load_reference())
AREAS = {
    "310109016000": "街道直管", "310109016001": "广水", "310109016002": "水电", "310109016003": "汶一",
    "310109016004": "汶二", "310109016005": "华苑一", "310109016006": "华苑二", "310109016010": "复旦",
    "310109016011": "文苑一", "310109016012": "文苑二", "310109016013": "文苑三", "310109016014": "秀苑",
    "310109016015": "凉一", "310109016016": "凉二", "310109016017": "凉三", "310109016018": "凉四",
    "310109016019": "凉五", "310109016020": "凉六", "310109016021": "广凉", "310109016022": "广粤",
    "310109016025": "梦湖苑", "310109016026": "馨苑", "310109016027": "广灵二", "310109016029": "科佳",
    "310109016030": "中虹", "310109016031": "锦苑"}
PICTURE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==")
PHOTOS = ("photos", "photos_before", "photos_after")


@dataclass(frozen=True)
class Sheet:
    rows: tuple[Any, ...]
    name: str = "Sheet1"
    merges: str = ""
    hidden: bool = False
    pictures: str = ""


@dataclass(frozen=True)
class Found:
    """What must be found: rejected is (row, cell, field), a cell "*" any; ignored is row: reason, / between choices.

    Rows of skipped may count as heading or as ignored, for whatever reason; fields of unsaid are not compared.
    """

    kind: str | None
    header: tuple[int, ...] = ()
    records: tuple[Mapping[str, Any], ...] = ()
    rejected: tuple[tuple[int, str, str], ...] = ()
    ignored: Mapping[int, str] = field(default_factory=dict)
    skipped: tuple[int, ...] = ()
    unsaid: tuple[str, ...] = ()
    sheet: str | None = "Sheet1"


@dataclass(frozen=True)
class Case:
    what: str
    sheets: tuple[Sheet, ...]
    found: tuple[Found, ...]
    file: str = "book.xlsx"
    delimiter: str = ","
    encoding: str = "utf-8-sig"


def sheet(*rows: Any, name: str = "Sheet1", merges: str = "", hidden: bool = False) -> Sheet:
    return Sheet(rows, name, merges, hidden)


def issue(row: int, area: str, description: str, **fields: Any) -> dict[str, Any]:
    return {"row": row, "area": area, "description": description, **fields}


def site(row: int, area: str, name: str, **fields: Any) -> dict[str, Any]:
    return {"row": row, "area": area, "name": name, **fields}


def ledger(header: tuple[int, ...], *records: dict[str, Any], **rest: Any) -> Found:
    return Found("ledger", header, records, **rest)


def register(header: tuple[int, ...], *records: dict[str, Any], **rest: Any) -> Found:
    return Found("sites", header, records, **rest)


def cells(row: Any) -> list[Any]:
    return [text or None for text in row.split("|")] if isinstance(row, str) else list(row)


def content(case: Case) -> bytes:
    if case.file.endswith(".csv"):
        text = io.StringIO()
        csv.writer(text, delimiter=case.delimiter).writerows(map(cells, case.sheets[0].rows))
        return text.getvalue().encode(case.encoding)
    book = Workbook()
    book.remove(book.active)
    for one in case.sheets:
        page = book.create_sheet(one.name)
        for row, values in enumerate(map(cells, one.rows), 1):
            for column, value in enumerate(values, 1):
                plain, shown = value if isinstance(value, tuple) else (value, None)
                cell = page.cell(row, column, plain)
                if shown:
                    cell.number_format = shown
        for merge in one.merges.split():
            page.merge_cells(merge)
        for place in one.pictures.split():
            page.add_image(Image(io.BytesIO(PICTURE)), place)
        page.sheet_state = "hidden" if one.hidden else "visible"
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def plain(record: Mapping[str, Any], wanted: Mapping[str, Any] | None, unsaid: tuple[str, ...]) -> dict[str, Any]:
    """The record as the cases write it: the area by name, without nulls, counts of no photos and what is left open."""
    found = {key: value for key, value in record.items() if value is not None and key not in unsaid}
    if "area_code" in found:
        found["area"] = AREAS[found.pop("area_code")]
    if not (wanted and "inferred" in wanted):
        found.pop("inferred", None)
    else:
        found["inferred"] = sorted(found.get("inferred", ()))
    return {key: value for key, value in found.items() if not (key in PHOTOS and value == 0)}


def reading(table: Table, wanted: Found) -> dict[str, Any]:
    """A table in the shape of what a case expects."""
    if wanted.kind is None:
        return expected(wanted)
    near = [*wanted.records, *[None] * len(table.records)]
    any_cell = {(row, name) for row, cell, name in wanted.rejected if cell == "*"}
    return {
        "header": [row for row in table.header_rows if row not in wanted.skipped],
        "records": [plain(record, one, wanted.unsaid) for record, one in zip(table.records, near, strict=False)],
        "rejected": sorted((each.row, "*" if (each.row, each.field) in any_cell else each.cell, each.field)
                           for each in table.rejected)}


def expected(found: Found) -> dict[str, Any]:
    return {"header": list(found.header), "records": list(found.records), "rejected": sorted(found.rejected)}


def ignored(batch: Batch, name: str | None) -> dict[int, str]:
    return {row: why for table in batch.tables if table.sheet == name and table.kind for row, why in table.ignored}


def disagreements(batch: Batch, case: Case, name: str | None) -> Iterator[str]:
    """Ignored rows of a sheet other than expected. Several tables of a sheet may share out the rows between them."""
    wanted = {row: why for found in case.found if found.sheet == name for row, why in found.ignored.items()}
    skipped = {row for found in case.found if found.sheet == name for row in found.skipped}
    seen = {row: why for row, why in ignored(batch, name).items() if row not in skipped}
    for row in sorted({*wanted, *seen}):
        if seen.get(row) not in wanted.get(row, "").split("/"):
            yield f"{name} row {row}: expected {wanted.get(row)}, got {seen.get(row)}"


def read(case: Case) -> Batch:
    return read_book(case.file, content(case), VOCABULARY)


# Layout --------------------------------------------------------------------------------------------------------------

LAYOUTS = (
    Case("a title of the street over a plain table", (sheet(
        "凉城新村街道问题整改台账",
        "序号|居民区|点位|存在问题|责任单位|责任人|整改时限|整改情况",
        "1|凉六|凉城路100弄|楼道堆物|第六居委会|张 三|2021-10-31|未整改",
        "2|广粤|广粤路菜场|地面有积水|菜场管理方|李　四|2021-11-05|已整改",
        "3|街道|凉城公园|宣传栏破损|社区管理办|王五|2021-11-10|整改中", merges="A1:H1"),),
        (ledger((2,),
                issue(3, "凉六", "楼道堆物", number="1", site="凉城路100弄", responsible_unit="第六居委会",
                      responsible_person="张三", due_on="2021-10-31", status="open"),
                issue(4, "广粤", "地面有积水", number="2", site="广粤路菜场", responsible_unit="菜场管理方",
                      responsible_person="李四", due_on="2021-11-05", status="fixed"),
                issue(5, "街道直管", "宣传栏破损", number="3", site="凉城公园", responsible_unit="社区管理办",
                      responsible_person="王五", due_on="2021-11-10", status="fixing"), ignored={1: "title"}),)),

    Case("the area stands in the meta line, who filled it in is no inspector", (sheet(
        "附件1：文明创建问题整改清单",
        "填报单位：广粤居委会    填报人：王五    联系电话：65550000    日期：2021年10月15日",
        "编号|问题描述|整改措施|完成情况|备注",
        "GY-01|非机动车乱停放|加派人员疏导|推进中|",
        "GY-02|绿化带有垃圾|当场清理|已完成|夜间易反复", merges="A1:E1 A2:E2"),),
        (ledger((3,),
                issue(4, "广粤", "非机动车乱停放", number="GY-01", measure="加派人员疏导", status="fixing"),
                issue(5, "广粤", "绿化带有垃圾", number="GY-02", measure="当场清理", status="fixed", note="夜间易反复"),
                ignored={1: "title", 2: "title/note"}),)),

    Case("label cells without a colon; their date is no finding date", (sheet(
        "问题整改台账",
        "居民区|广凉|检查人|李 四|检查日期|2021.10.15",
        "",
        "序号|具体问题|发现时间|整改期限|状态",
        "1|小区围墙乱涂写|2021年10月14日|2021年10月20日|待整改",
        "2|车棚内飞线充电||2021年10月21日|处理中"),),
        (ledger((4,),
                issue(5, "广凉", "小区围墙乱涂写", number="1", found_on="2021-10-14", due_on="2021-10-20",
                      inspector="李四", status="open"),
                issue(6, "广凉", "车棚内飞线充电", number="2", due_on="2021-10-21", inspector="李四", status="fixing"),
                ignored={1: "title", 2: "title/note"}),)),

    Case("a preface with the words of headings", (sheet(
        "关于报送问题整改情况的通知附表",
        "请各居民区对照存在问题逐条填写整改措施、责任单位、责任人、整改时限和整改情况，于每周五下班前报送。",
        "说明：整改情况填写“已整改”“整改中”或“未整改”。",
        "序号|居民区名称|主要问题|整改措施|责任人|整改时限|整改情况",
        "1|馨苑居民区|门岗未佩戴口罩|立即提醒|赵六|2021/10/16|已整改",
        "2|科佳居民区|非机动车库杂乱|清理|孙七|2021/10/18|整改中", merges="A1:G1 A2:G2 A3:G3"),),
        (ledger((4,),
                issue(5, "馨苑", "门岗未佩戴口罩", number="1", measure="立即提醒", responsible_person="赵六",
                      due_on="2021-10-16", status="fixed"),
                issue(6, "科佳", "非机动车库杂乱", number="2", measure="清理", responsible_person="孙七",
                      due_on="2021-10-18", status="fixing"),
                ignored={1: "title", 2: "title/note", 3: "title/note"}),)),

    # The contract names no field for the time of the picture before: found_on is not compared.
    Case("a heading of two rows, merged", (sheet(
        "凉城新村街道创建工作问题整改对照表",
        "序号|居民区|问题||整改前||整改后||责任|",
        "||类别|描述|照片|时间|照片|时间|单位|责任人",
        "1|梦湖苑|环境卫生|垃圾桶满溢||2021-10-08||2021-10-09|物业公司|周八",
        "2|秀苑|公共秩序|占用消防通道||2021-10-08|||物业公司|吴九",
        merges="A1:J1 A2:A3 B2:B3 C2:D2 E2:F2 G2:H2 I2:J2"),),
        (ledger((2, 3),
                issue(4, "梦湖苑", "垃圾桶满溢", number="1", category="环境卫生", fixed_on="2021-10-09",
                      responsible_unit="物业公司", responsible_person="周八"),
                issue(5, "秀苑", "占用消防通道", number="2", category="公共秩序", responsible_unit="物业公司",
                      responsible_person="吴九"), ignored={1: "title"}, unsaid=("found_on",)),)),

    Case("a heading of two rows, not merged", (sheet(
        "序号|社区|存在问题|责任||整改时限|整改情况",
        "|||单位|责任人||",
        "1|水电|墙面小广告|城管中队|郑十|2021-09-30|已办结",
        "2|汶二|路面破损|市政养护|冯一|2021-10-30|正在整改"),),
        (ledger((1, 2),
                issue(3, "水电", "墙面小广告", number="1", responsible_unit="城管中队", responsible_person="郑十",
                      due_on="2021-09-30", status="fixed"),
                issue(4, "汶二", "路面破损", number="2", responsible_unit="市政养护", responsible_person="冯一",
                      due_on="2021-10-30", status="fixing")),)),

    Case("a heading of three rows", (sheet(
        "凉城新村街道实地考察问题交办单",
        "序号|基本情况|||整改落实||||",
        "|居民区|点位名称|问题描述|责任||时间||完成情况",
        "||||责任单位|责任人|整改时限|完成时间|",
        "1|锦苑|锦苑小区|楼道灯不亮|物业|陈二|2021-10-20|2021-10-19|已完成",
        "2|中虹|中虹花园|宣传栏空白|居委|褚三|2021-10-22||未完成",
        merges="A1:I1 A2:A4 B2:D2 E2:I2 B3:B4 C3:C4 D3:D4 E3:F3 G3:H3 I3:I4"),),
        (ledger((2, 3, 4),
                issue(5, "锦苑", "楼道灯不亮", number="1", site="锦苑小区", responsible_unit="物业",
                      responsible_person="陈二", due_on="2021-10-20", fixed_on="2021-10-19", status="fixed"),
                issue(6, "中虹", "宣传栏空白", number="2", site="中虹花园", responsible_unit="居委",
                      responsible_person="褚三", due_on="2021-10-22", status="open"), ignored={1: "title"}),)),

    Case("headings with line breaks, spaces, full-width letters and brackets", (sheet(
        "Ｎｏ．|居民区\n（社区）|问 题 类 别|存 在 问 题|整改时限\n（年月日）|责任人\n（签名）|"
        "是否整改\n（是/否）|备 注",
        "1|文苑1居民区|市容环境|沿街商铺跨门经营|2021年11月1日|卫 四|否|多次劝阻",
        "2|文苑三|市容环境|共享单车堆积|2021年11月2日|蒋五|是|"),),
        (ledger((1,),
                issue(2, "文苑一", "沿街商铺跨门经营", number="1", category="市容环境", due_on="2021-11-01",
                      responsible_person="卫四", status="open", note="多次劝阻"),
                issue(3, "文苑三", "共享单车堆积", number="2", category="市容环境", due_on="2021-11-02",
                      responsible_person="蒋五", status="fixed")),)),

    Case("area, site and category merged downwards", (sheet(
        "所属居民区|检查点位|问题分类|序号|问题说明|发现日期|整改结果",
        "华苑二居委会|华苑小区|小区环境|1|草坪有狗粪|2021-10-11|已整改",
        "|||2|垃圾厢房破损|2021-10-11|整改中",
        "||楼道|3|楼道堆物|2021-10-12|未整改",
        "汶一居委会|汶水路20号|小区环境|4|井盖松动|2021-10-12|已整改",
        "|||5|花坛缺砖|2021-10-12|已整改",
        merges="A2:A4 B2:B4 C2:C3 A5:A6 B5:B6 C5:C6"),),
        (ledger((1,),
                issue(2, "华苑二", "草坪有狗粪", number="1", site="华苑小区", category="小区环境",
                      found_on="2021-10-11", status="fixed"),
                issue(3, "华苑二", "垃圾厢房破损", number="2", site="华苑小区", category="小区环境",
                      found_on="2021-10-11", status="fixing"),
                issue(4, "华苑二", "楼道堆物", number="3", site="华苑小区", category="楼道", found_on="2021-10-12",
                      status="open"),
                issue(5, "汶一", "井盖松动", number="4", site="汶水路20号", category="小区环境",
                      found_on="2021-10-12", status="fixed"),
                issue(6, "汶一", "花坛缺砖", number="5", site="汶水路20号", category="小区环境",
                      found_on="2021-10-12", status="fixed")),)),

    Case("group rows name the area", (sheet(
        "居民区问题清单",
        "序号|点位|存在问题|整改时限",
        "凉城新村第六居委会|||",
        "1|凉城路300弄|楼道堆物|2021-10-20",
        "2|凉城路320弄|毁绿种菜|2021-10-21",
        "二、凉五居民区|||",
        "1|车站南路50弄|违章搭建|2021-10-22",
        "广灵二路居委会|||",
        "1|广灵二路10号|空调滴水|2021-10-23", merges="A1:D1 A3:D3 A6:D6 A8:D8"),),
        (ledger((2,),
                issue(4, "凉六", "楼道堆物", number="1", site="凉城路300弄", due_on="2021-10-20"),
                issue(5, "凉六", "毁绿种菜", number="2", site="凉城路320弄", due_on="2021-10-21"),
                issue(7, "凉五", "违章搭建", number="1", site="车站南路50弄", due_on="2021-10-22"),
                issue(9, "广灵二", "空调滴水", number="1", site="广灵二路10号", due_on="2021-10-23"),
                ignored={1: "title", 3: "section", 6: "section", 8: "section"}),)),

    Case("group rows name the category", (sheet(
        "序号|居委|问题|整改情况",
        "一、环境卫生|||",
        "1|复旦|暴露垃圾|已整改",
        "2|秀苑|河道有漂浮物|未整改",
        "（二）公共秩序|||",
        "3|复旦|机动车乱停放|整改中",
        "复旦小学周边|||",
        "4|复旦|流动设摊|整改中"),),
        (ledger((1,),
                issue(3, "复旦", "暴露垃圾", number="1", category="环境卫生", status="fixed"),
                issue(4, "秀苑", "河道有漂浮物", number="2", category="环境卫生", status="open"),
                issue(6, "复旦", "机动车乱停放", number="3", category="公共秩序", status="fixing"),
                issue(8, "复旦", "流动设摊", number="4", category="复旦小学周边", status="fixing"),
                ignored={2: "section", 5: "section", 7: "section"}),)),

    # A count behind the name of a group is no part of the name.
    Case("group rows with a count, subtotals and a total", (sheet(
        "序号|存在问题|责任人",
        "凉城新村第一居委会（2个）||",
        "1|楼道堆物|沈六",
        "2|飞线充电|沈六",
        "小计|2处|",
        "文苑第二居委会（1个）||",
        "1|墙面脱落|韩七",
        "小计|1处|",
        "合计|3处|", merges="A2:C2 A6:C6"),),
        (ledger((1,),
                issue(3, "凉一", "楼道堆物", number="1", responsible_person="沈六"),
                issue(4, "凉一", "飞线充电", number="2", responsible_person="沈六"),
                issue(7, "文苑二", "墙面脱落", number="1", responsible_person="韩七"),
                ignored={2: "section", 5: "total", 6: "section", 8: "total", 9: "total"}),)),

    Case("total, notes and signatures below the table", (sheet(
        "序号|居民区|问题描述|整改责任人",
        "1|汶二|晾晒不规范|杨八",
        "2|汶一|电动车进楼|朱九",
        "合计：2处|||",
        "注：1.本表每周五报送；2.整改前后照片另附。|||",
        "审核人：秦十|||填表人：尤一",
        "单位负责人（签字）：||日期：    年   月   日|", merges="A4:D4 A5:D5"),),
        (ledger((1,),
                issue(2, "汶二", "晾晒不规范", number="1", responsible_person="杨八"),
                issue(3, "汶一", "电动车进楼", number="2", responsible_person="朱九"),
                ignored={4: "total", 5: "note", 6: "signature", 7: "signature"}),)),

    # Column numbers and examples are no problems of the office; how they are filed is left open.
    Case("column numbers, an example and empty form lines", (sheet(
        "创文问题整改台账（居民区版）",
        "序号|居民区|问题描述|整改时限|状态",
        "1|2|3|4|5",
        "示例|凉一|楼道堆物|2021-10-01|已整改",
        "1|广水|楼道堆物|2021-10-20|已整改",
        "2||||",
        "3||||",
        "4||||"),),
        (ledger((2,), issue(5, "广水", "楼道堆物", number="1", due_on="2021-10-20", status="fixed"),
                ignored={1: "title", 6: "empty", 7: "empty", 8: "empty"}, skipped=(3, 4)),)),

    Case("empty form lines beside a merged area", (sheet(
        "序号|居民区|存在问题|整改情况",
        "1|秀苑|宣传画褪色|未整改",
        "2||座椅损坏|已整改",
        "3|||",
        "4|||", merges="B2:B5"),),
        (ledger((1,),
                issue(2, "秀苑", "宣传画褪色", number="1", status="open"),
                issue(3, "秀苑", "座椅损坏", number="2", status="fixed"), ignored={4: "empty", 5: "empty"}),)),

    Case("the heading again in the middle", (sheet(
        "序号|居民区|存在问题|责任单位",
        "1|广凉|井盖缺失|市政",
        "2|广凉|路灯不亮|电力",
        "序号|居民区|存在问题|责任单位",
        "3|水电|围墙倾斜|房管",
        "4|水电|积水|房管"),),
        (ledger((1,),
                issue(2, "广凉", "井盖缺失", number="1", responsible_unit="市政"),
                issue(3, "广凉", "路灯不亮", number="2", responsible_unit="电力"),
                issue(5, "水电", "围墙倾斜", number="3", responsible_unit="房管"),
                issue(6, "水电", "积水", number="4", responsible_unit="房管"), skipped=(4,)),)),

    Case("a ledger and a register on one sheet", (sheet(
        "一、问题整改台账",
        "序号|居民区|点位|存在问题|整改情况",
        "1|文苑一|文苑小区|楼道堆物|已整改",
        "2|文苑二|文苑菜场|占道经营|未整改",
        "",
        "二、点位责任表",
        "序号|居民区|点位名称|点位类型|点长|联系电话",
        "1|文苑一|文苑小区|居民小区|许二|13800000001",
        "2|文苑二|文苑菜场|农贸市场|何三|13800000002"),),
        (ledger((2,),
                issue(3, "文苑一", "楼道堆物", number="1", site="文苑小区", status="fixed"),
                issue(4, "文苑二", "占道经营", number="2", site="文苑菜场", status="open"),
                ignored={1: "title/section", 6: "title/section"}),
         register((7,),
                  site(8, "文苑一", "文苑小区", site_kind="residential", point_chief="许二", phone="13800000001"),
                  site(9, "文苑二", "文苑菜场", site_kind="market", point_chief="何三", phone="13800000002")))),

    Case("a register above a ledger, parted by a title alone", (sheet(
        "点位台账",
        "居民区|点位名称|地址|路长",
        "凉三|凉三菜场|水电路1号|吕四",
        "问题台账",
        "居民区|点位|问题描述|完成情况",
        "凉三|凉三菜场|公平秤缺失|已整改"),),
        (register((2,), site(3, "凉三", "凉三菜场", address="水电路1号", road_chief="吕四"),
                  ignored={1: "title", 4: "title/section"}),
         ledger((5,), issue(6, "凉三", "公平秤缺失", site="凉三菜场", status="fixed")))),

    Case("a sheet an area, instructions and a blank sheet", (
        sheet("填表说明", "1.存在问题：写清具体位置和现象。", "2.整改情况：已整改、整改中、未整改。", name="填表说明"),
        sheet("序号|存在问题|整改情况", "1|楼道堆物|已整改", "2|飞线充电|整改中", name="汶一"),
        sheet("序号|存在问题|整改情况", "1|毁绿|未整改", name="文一"),
        sheet("序号|存在问题|整改情况", "1|空调滴水|已整改", name="广灵二路居委会"),
        sheet(name="Sheet3")),
        (Found(None, sheet="填表说明"),
         ledger((1,), issue(2, "汶一", "楼道堆物", number="1", status="fixed"),
                issue(3, "汶一", "飞线充电", number="2", status="fixing"), sheet="汶一"),
         ledger((1,), issue(2, "文苑一", "毁绿", number="1", status="open"), sheet="文一"),
         ledger((1,), issue(2, "广灵二", "空调滴水", number="1", status="fixed"), sheet="广灵二路居委会"),
         Found(None, sheet="Sheet3"))),

    Case("a statistics sheet is no table of ours", (
        sheet("序号|所属社区|问题标题|当前状态", "1|梦湖苑|路面坑洼|已销号", "2|馨苑|乱张贴|处理中", name="问题"),
        sheet("问题整改统计汇总", "居民区|问题总数|已完成|整改中|已超期未整改|完成率", "梦湖苑|1|1|0|0|100%",
              "馨苑|1|0|1|0|0%", "合计|2|1|1|0|50%", name="统计汇总")),
        (ledger((1,), issue(2, "梦湖苑", "路面坑洼", number="1", status="verified"),
                issue(3, "馨苑", "乱张贴", number="2", status="fixing"), sheet="问题"),
         Found(None, sheet="统计汇总"))),

    Case("hidden sheets: a ledger is read, lists of words are not", (
        sheet("居民区|问题描述|整改情况", "凉二|楼道堆物|已整改", name="十月"),
        sheet("居民区|问题描述|整改情况", "凉二|乱停车|未整改", name="九月", hidden=True),
        sheet("居民区|问题类别|整改情况", "凉一|环境卫生|已整改", "凉二|公共秩序|整改中", "凉三||未整改", name="选项",
              hidden=True)),
        (ledger((1,), issue(2, "凉二", "楼道堆物", status="fixed"), sheet="十月"),
         ledger((1,), issue(2, "凉二", "乱停车", status="open"), sheet="九月"),
         Found(None, sheet="选项"))),

    Case("a table that begins to the right and below", (sheet(
        "", "", "||凉城新村街道问题台账", "", "||序号|居民区|问题详情|负责人",
        "||1|中虹|车位不足|施五", "||2|锦苑|灯具损坏|张六"),),
        (ledger((5,), issue(6, "中虹", "车位不足", number="1", responsible_person="施五"),
                issue(7, "锦苑", "灯具损坏", number="2", responsible_person="张六"), ignored={3: "title"}),)),

    Case("a text file from an old office", (sheet(
        "问题整改台账", "序号,居民区,存在问题,整改时限,状态".replace(",", "|"), "1|凉四|楼道堆物|2021/10/20|整改完毕",
        "2|凉四|“牛皮癣”小广告，多处|2021/10/21|未整改"),),
        (ledger((2,), issue(3, "凉四", "楼道堆物", number="1", due_on="2021-10-20", status="fixed"),
                issue(4, "凉四", "“牛皮癣”小广告，多处", number="2", due_on="2021-10-21", status="open"),
                ignored={1: "title"}, sheet=None),), "导出.csv", encoding="gb18030"),

    Case("a text file with tabs in UTF-16", (sheet(
        "问题编号|属地|隐患描述|上报时间|上报人", "Q7|复旦居民区|堵塞安全出口|2021-10-08 09:30:00|孔七",
        "Q8|馨苑居民区|灭火器过期|2021-10-08 10:15:00|曹八"),),
        (ledger((1,), issue(2, "复旦", "堵塞安全出口", number="Q7", found_on="2021-10-08", inspector="孔七"),
                issue(3, "馨苑", "灭火器过期", number="Q8", found_on="2021-10-08", inspector="曹八"), sheet=None),),
        "系统导出.csv", "\t", "utf-16"),

    Case("a text file with semicolons, a cell of two lines and a blank line", (sheet(
        "居民区|问题描述|责任人", "广水|(1)楼道堆物；\n(2)飞线充电|严九", "", "华苑一|绿化缺株|华十"),),
        (ledger((1,), issue(2, "广水", "楼道堆物", responsible_person="严九"),
                issue(2, "广水", "飞线充电", responsible_person="严九"),
                # the quoted line end does not count as a row of the sheet
                issue(4, "华苑一", "绿化缺株", responsible_person="华十"), sheet=None),), "清单.csv", ";"),
)

# Areas ---------------------------------------------------------------------------------------------------------------

AREA_CASES = (
    Case("names that look alike are different places", (sheet(
        "居民区|存在问题", "汶一|甲", "文一|乙", "广水|丙", "广凉|丁", "广粤|戊", "广灵二|己", "广灵|庚", "文苑|辛",
        "复旦小学周边|壬", "幸福社区|癸", "凉七|子", "凉五、凉六|丑", "虹口区|寅"),),
        (ledger((1,), issue(2, "汶一", "甲"), issue(3, "文苑一", "乙"), issue(4, "广水", "丙"), issue(5, "广凉", "丁"),
                issue(6, "广粤", "戊"), issue(7, "广灵二", "己"),
                rejected=tuple((row, f"A{row}", "area_code") for row in range(8, 15))),)),

    Case("the spellings of one name", (sheet(
        "居委会名称|存在问题", "凉城新村第六居委会|甲", "凉城六村居民区|乙", "凉 六|丙", "凉６居委|丁",
        "凉城新村第6居委会|戊",
        "凉六社区|己", "华苑１居民区|庚", "华苑第一|辛", "锦苑第二居委会|壬", "汶水一居委|癸", "广灵二路社区|子",
        "凉城新村六居委|丑"),),
        (ledger((1,), issue(2, "凉六", "甲"), issue(3, "凉六", "乙"), issue(4, "凉六", "丙"), issue(5, "凉六", "丁"),
                issue(6, "凉六", "戊"), issue(7, "凉六", "己"), issue(8, "华苑一", "庚"), issue(9, "华苑一", "辛"),
                issue(10, "锦苑", "壬"), issue(11, "汶一", "癸"), issue(12, "广灵二", "子"), issue(13, "凉六", "丑")),
                )),

    Case("the file's name gives the area", (sheet("序号|存在问题", "1|楼道堆物", "2|飞线充电"),),
         (ledger((1,), issue(2, "文苑二", "楼道堆物", number="1"), issue(3, "文苑二", "飞线充电", number="2")),),
         "文苑第二居委会问题整改台账(1)(最终版).xlsx"),

    Case("the title gives the area before the sheet's and the file's name", (sheet(
        "凉城新村第六居委会问题整改台账", "序号|存在问题", "1|楼道堆物", "2|飞线充电", name="凉五", merges="A1:B1"),),
        (ledger((2,), issue(3, "凉六", "楼道堆物", number="1"), issue(4, "凉六", "飞线充电", number="2"),
                ignored={1: "title"}, sheet="凉五"),), "凉四居民区.xlsx"),

    Case("the sheet's name gives the area before the file's name", (sheet(
        "问题整改台账", "序号|存在问题", "1|楼道堆物", name="广凉居民区"),),
        (ledger((2,), issue(3, "广凉", "楼道堆物", number="1"), ignored={1: "title"}, sheet="广凉居民区"),),
        "凉四居民区.xlsx"),

    Case("a title that only contains a name's characters gives no area", (sheet(
        "复旦小学周边环境整治问题台账", "序号|存在问题", "1|流动设摊", "2|乱停车"),),
        (ledger((2,), rejected=((3, "*", "area_code"), (4, "*", "area_code")), ignored={1: "title"}),)),

    Case("an empty area cell is filled neither from above nor from the title", (sheet(
        "凉六居民区问题整改台账", "居民区|存在问题|整改情况", "凉五|楼道堆物|已整改", "|飞线充电|已整改",
        "凉六|毁绿|未整改"),),
        (ledger((2,), issue(3, "凉五", "楼道堆物", status="fixed"), issue(5, "凉六", "毁绿", status="open"),
                rejected=((4, "A4", "area_code"),), ignored={1: "title"}),)),

    Case("the street itself in the area column", (sheet(
        "所属居民区|问题描述", "街道|甲", "街道本级|乙", "凉城街道|丙", "凉城新村街道办事处|丁", "街道直管|戊",
        "凉城新村街道|己"),),
        (ledger((1,), issue(2, "街道直管", "甲"), issue(3, "街道直管", "乙"), issue(4, "街道直管", "丙"),
                issue(5, "街道直管", "丁"), issue(6, "街道直管", "戊"), issue(7, "街道直管", "己")),)),

    Case("the street in title, sheet and file name gives no area", (sheet(
        "凉城新村街道问题整改台账", "序号|问题描述", "1|公园长椅损坏", name="街道直管"),),
        (ledger((2,), rejected=((3, "*", "area_code"),), ignored={1: "title"}, sheet="街道直管"),),
        "街道本级问题.xlsx"),

    Case("the street itself in a group row", (sheet(
        "序号|问题描述|责任单位", "凉城新村街道||", "1|公园长椅损坏|绿化所", "中虹居委会||", "1|楼道堆物|居委",
        merges="A2:C2 A4:C4"),),
        (ledger((1,), issue(3, "街道直管", "公园长椅损坏", number="1", responsible_unit="绿化所"),
                issue(5, "中虹", "楼道堆物", number="1", responsible_unit="居委"),
                ignored={2: "section", 4: "section"}),)),

    Case("the street itself in a label cell", (sheet(
        "问题整改台账", "居民区：街道直管|", "序号|问题描述", "1|公园长椅损坏"),),
        (ledger((3,), issue(4, "街道直管", "公园长椅损坏", number="1"), ignored={1: "title", 2: "title/note"}),)),

    Case("a residential area's column goes before the street's", (sheet(
        "街道|居民区|存在问题", "凉城新村街道|凉一|楼道堆物", "凉城新村街道|凉二|飞线充电", "凉城新村街道||毁绿"),),
        (ledger((1,), issue(2, "凉一", "楼道堆物"), issue(3, "凉二", "飞线充电"), rejected=((4, "B4", "area_code"),)),
         )),

    Case("only a column of the subdistrict",
         (sheet("属地街道|点位|存在问题", "凉城新村街道|凉城公园|长椅损坏", "江湾镇街道|某广场|积水"),),
         (ledger((1,), issue(2, "街道直管", "长椅损坏", site="凉城公园"), rejected=((3, "A3", "area_code"),)),)),

    Case("an area cell with an unknown name under a group row", (sheet(
        "居民区|存在问题", "凉三居民区|", "|楼道堆物", "凉四|飞线充电", "丰镇|毁绿", merges="A2:B2"),),
        (ledger((1,), issue(3, "凉三", "楼道堆物"), issue(4, "凉四", "飞线充电"), rejected=((5, "A5", "area_code"),),
                ignored={2: "section"}),)),
)

# Dates ---------------------------------------------------------------------------------------------------------------

DATES = (
    Case("every way to write a whole date", (sheet(
        "居民区|问题描述|发现时间",
        ["凉一", "甲", datetime(2021, 10, 15, 9, 30)], ["凉一", "乙", date(2021, 10, 15)], ["凉一", "丙", 44484],
        ["凉一", "丁", "44484"], ["凉一", "戊", 20211015], "凉一|己|20211015", "凉一|庚|2021年10月15日",
        "凉一|辛|2021．10．15",
        "凉一|壬|2021/10/15 8:05", "凉一|癸|2021-10-15 09:30:00", "凉一|子|20211015 00:00:00",
        "凉一|丑|2021年 10月 15日",
        "凉一|寅|2021.10.15（周五）", "凉一|卯|2021年10月15日上午"),),
        (ledger((1,), *(issue(row, "凉一", text, found_on="2021-10-15") for row,
                        text in enumerate("甲乙丙丁戊己庚辛壬癸子丑寅卯", 2))),)),

    Case("the year comes from the title", (sheet(
        "凉城新村街道问题整改台账（2021年第3期）", "居民区|问题描述|发现时间|整改时限|完成时间|复查时间",
        "凉二|甲|10.15|10月20日|10/18|10-21", "凉二|乙|9/6|9.30|9.8|", "凉二|丙|2020.12.30|1月5日||"),),
        (ledger((2,),
                issue(3, "凉二", "甲", found_on="2021-10-15", due_on="2021-10-20", fixed_on="2021-10-18",
                      verified_on="2021-10-21", inferred=["due_on", "fixed_on", "found_on", "verified_on"]),
                issue(4, "凉二", "乙", found_on="2021-09-06", due_on="2021-09-30", fixed_on="2021-09-08",
                      inferred=["due_on", "fixed_on", "found_on"]),
                issue(5, "凉二", "丙", found_on="2020-12-30", due_on="2021-01-05", inferred=["due_on"]),
                ignored={1: "title"}),)),

    Case("the year comes from the sheet's name", (sheet(
        "居民区|问题描述|发现日期", "凉二|甲|9/6", "凉二|乙|2021-09-07", name="2021年9月"),),
        (ledger((1,), issue(2, "凉二", "甲", found_on="2021-09-06", inferred=["found_on"]),
                issue(3, "凉二", "乙", found_on="2021-09-07"), sheet="2021年9月"),), "2020年台账.xlsx"),

    Case("the year comes from the file's name", (sheet("居民区|问题描述|整改截止时间", "凉二|甲|6月30日前"),),
         (ledger((1,), issue(2, "凉二", "甲", due_on="2021-06-30", inferred=["due_on"])),),
         "问题台账_20210625_101530.xlsx"),

    Case("the year comes from the meta line; the line's day fills no cell", (sheet(
        "问题台账", "填报日期：2021年10月15日", "居民区|问题描述|发现日期|整改期限", "凉二|甲||10.20",
        "凉二|乙|10.12|"),),
        (ledger((3,), issue(4, "凉二", "甲", due_on="2021-10-20", inferred=["due_on"]),
                issue(5, "凉二", "乙", found_on="2021-10-12", inferred=["found_on"]),
                ignored={1: "title", 2: "title/note"}),)),

    Case("no year anywhere", (sheet("居民区|问题描述|发现日期|整改期限", "凉二|甲|10.15|", "凉二|乙||6月30日前",
                                    "凉二|丙|2021.10.1|"),),
         (ledger((1,), issue(4, "凉二", "丙", found_on="2021-10-01"),
                 rejected=((2, "C2", "found_on"), (3, "D3", "due_on"))),)),

    Case("days that do not exist", (sheet(
        "2021年问题台账", "居民区|问题描述|发现日期|整改期限|完成日期",
        "凉二|甲|2021-02-30||", ["凉二", "乙", 20210230], "凉二|丙|2020-02-29||", "凉二|丁||6月31日|",
        "凉二|戊|||2021.13.1",
        "凉二|己|2021-02-29|2021-02-29|", "凉二|庚|2021年0月5日||"),),
        (ledger((2,), issue(5, "凉二", "丙", found_on="2020-02-29"),
                rejected=((3, "C3", "found_on"), (4, "C4", "found_on"), (6, "D6", "due_on"), (7, "E7", "fixed_on"),
                          (8, "C8", "found_on"), (8, "D8", "due_on"), (9, "C9", "found_on")),
                ignored={1: "title"}),)),

    Case("a number that may be two days", (sheet(
        "2021年上半年问题台账", "居民区|问题描述|发现日期|整改期限", ["凉二", "甲", 6.3, None],
        ["凉二", "乙", None, 6.1],
        ["凉二", "丙", "6.3", "6.30"], ["凉二", "丁", 3, None]),),
        (ledger((2,), issue(5, "凉二", "丙", found_on="2021-06-03", due_on="2021-06-30"),
                rejected=((3, "C3", "found_on"), (4, "D4", "due_on"), (6, "C6", "found_on")), ignored={1: "title"}),)),

    Case("ranges: the first day of finding, the last day allowed", (sheet(
        "2021年9月问题台账", "居民区|问题描述|督查时间|整改时限",
        "凉三|甲|9月26-30日|10月8日-12日", "凉三|乙|2021.9.26-9.30|2021.10.8—10.12",
        "凉三|丙|2021年9月26日至30日|2021年9月28日至10月5日",
        "凉三|丁|9.26-9.27|10.8～10.12", "凉三|戊|2021-09-26至2021-09-30|2021-10-01~2021-10-07"),),
        (ledger((2,), issue(3, "凉三", "甲", found_on="2021-09-26", due_on="2021-10-12"),
                issue(4, "凉三", "乙", found_on="2021-09-26", due_on="2021-10-12"),
                issue(5, "凉三", "丙", found_on="2021-09-26", due_on="2021-10-05"),
                issue(6, "凉三", "丁", found_on="2021-09-26", due_on="2021-10-12"),
                issue(7, "凉三", "戊", found_on="2021-09-26", due_on="2021-10-07"), ignored={1: "title"}),)),

    Case("words of a time limit", (sheet(
        "2021年问题台账", "居民区|问题描述|发现日期|整改时限",
        "凉三|甲|2021-09-30|24小时内", "凉三|乙|2021-09-30|立行立改", "凉三|丙|2021-09-30|即知即改",
        "凉三|丁|2021-09-30|长期",
        "凉三|戊|2021-09-30|10月底", "凉三|己|2021-02-01|2021年2月底", "凉三|庚|2021-09-30|10月15日前",
        "凉三|辛|2021-09-30|截至10月10日",
        "凉三|壬|2021-09-30|2021年11月底前", "凉三|癸|2021-09-30|10月20日前完成", "凉三|子|2021-09-30|等街道通知",
        "凉三|丑|2021-09-30|截止到10.12"),),
        (ledger((2,), issue(3, "凉三", "甲", found_on="2021-09-30", due_on="2021-10-01"),
                issue(4, "凉三", "乙", found_on="2021-09-30"), issue(5, "凉三", "丙", found_on="2021-09-30"),
                issue(6, "凉三", "丁", found_on="2021-09-30"),
                issue(7, "凉三", "戊", found_on="2021-09-30", due_on="2021-10-31"),
                issue(8, "凉三", "己", found_on="2021-02-01", due_on="2021-02-28"),
                issue(9, "凉三", "庚", found_on="2021-09-30", due_on="2021-10-15"),
                issue(10, "凉三", "辛", found_on="2021-09-30", due_on="2021-10-10"),
                issue(11, "凉三", "壬", found_on="2021-09-30", due_on="2021-11-30"),
                issue(12, "凉三", "癸", found_on="2021-09-30", due_on="2021-10-20"),
                issue(14, "凉三", "丑", found_on="2021-09-30", due_on="2021-10-12"),
                rejected=((13, "D13", "due_on"),), ignored={1: "title"}),)),

    Case("nothing in a date or person cell", (sheet(
        "居民区|问题描述|发现人|发现时间|责任人|整改完成时间", "凉三|甲|/|/|—|/", "凉三|乙|无|无|无|无",
        "凉三|丙|丁一|2021年10月5日|—| 年   月   日",
        "凉三|丁|－|-|——|／"),),
        (ledger((1,), issue(2, "凉三", "甲"), issue(3, "凉三", "乙"),
                issue(4, "凉三", "丙", inspector="丁一", found_on="2021-10-05"), issue(5, "凉三", "丁")),)),

    Case("a fix before its finding, a re-check before its finding or fix", (sheet(
        "居民区|问题描述|发现日期|整改完成日期|复查日期",
        "凉三|甲|2021-10-10|2021-10-09|", "凉三|乙|2021-10-10||2021-10-08", "凉三|丙|2021-10-10|2021-10-12|2021-10-11",
        "凉三|丁|2021-10-10|2021-10-10|2021-10-10", "凉三|戊||2021-10-12|2021-10-11"),),
        (ledger((1,), issue(5, "凉三", "丁", found_on="2021-10-10", fixed_on="2021-10-10", verified_on="2021-10-10"),
                rejected=((2, "D2", "fixed_on"), (3, "E3", "verified_on"), (4, "E4", "verified_on"),
                          (6, "E6", "verified_on"))),)),

    Case("a limit before the finding is no contradiction", (sheet(
        "居民区|问题描述|发现日期|计划完成日期", "凉三|甲|2021-10-10|2021-10-01", "凉三|乙|2021-10-10|2021-10-10"),),
        (ledger((1,), issue(2, "凉三", "甲", found_on="2021-10-10", due_on="2021-10-01"),
                issue(3, "凉三", "乙", found_on="2021-10-10", due_on="2021-10-10")),)),

    Case("which heading is which date", (sheet(
        "居民区|问题描述|排查时间|下发时间|整改时限|完成时间|销号时间",
        "凉三|甲|2021-10-01|2021-10-02|2021-10-10|2021-10-08|2021-10-09",
        "凉三|乙|2021-10-01|2021-10-02|2021-10-10||2021-10-09"),),
        (ledger((1,), issue(2, "凉三", "甲", found_on="2021-10-01", due_on="2021-10-10", fixed_on="2021-10-08",
                            verified_on="2021-10-09"),
                issue(3, "凉三", "乙", found_on="2021-10-01", due_on="2021-10-10", verified_on="2021-10-09")),)),

    Case("dates merged downwards", (sheet(
        "居民区|检查日期|检查人|问题描述", ["凉五", date(2021, 10, 11), "邹 一", "甲"], [None, None, None, "乙"],
        "凉五|||丙",
        merges="A2:A3 B2:B3 C2:C3"),),
        (ledger((1,), issue(2, "凉五", "甲", found_on="2021-10-11", inspector="邹一"),
                issue(3, "凉五", "乙", found_on="2021-10-11", inspector="邹一"), issue(4, "凉五", "丙")),)),
)

# States --------------------------------------------------------------------------------------------------------------


def states(heading: str, *told: tuple[Any, str | None]) -> tuple[tuple[Sheet, ...], tuple[Found, ...]]:
    """A sheet with a row a word; None is a word that a person must settle."""
    rows = [["广水", f"问题{number}处", word] for number, (word, _) in enumerate(told, 1)]
    records = [issue(number + 1, "广水", f"问题{number}处", status=state)
               for number, (_, state) in enumerate(told, 1) if state]
    rejected = tuple((number + 1, f"C{number + 1}", "status") for number, (_, state) in enumerate(told, 1) if not state)
    return (sheet(f"居民区|问题描述|{heading}", *rows),), (ledger((1,), *records, rejected=rejected),)


STATES = (
    Case("words of open", *states("整改情况", *((word, "open") for word in (
        "未整改", "待整改", "未完成", "否", "×", "待解决", "未销号", "未落实", "逾期", "已超期未整改", "已超过整改时限",
        "剩余10天时限", "回潮")))),
    Case("words of fixing", *states("进展情况", *((word, "fixing") for word in (
        "整改中", "正在整改", "处理中", "推进中", "限期整改", "基本完成", "部分完成", "正在办理中", "进行中",
        "持续整改", "长期坚持", "已上报")))),
    Case("words of fixed", *states("完成情况", *((word, "fixed") for word in (
        "已整改", "整改完成", "整改完毕", "已完成", "已办结", "整改到位", "待复核", "待验收", "是", "√", "100%",
        "待审核", "待销号", "已解决")))),
    Case("words of verified", *states("当前状态", *((word, "verified") for word in (
        "已销号", "已销项", "闭环", "复查合格", "验收通过", "已验收", "验收合格", "已闭环", "销项完成")))),
    Case("words of returned", *states("复查结果", *((word, "returned") for word in (
        "退回", "驳回", "复查不合格", "整改不到位", "被驳回", "已退回", "不通过", "退回重办")))),
    Case("a listed word inside other words", *states(
        "整改情况", ("10月15日已整改", "fixed"), ("尚未整改", "open"), ("未整改到位", "open"), ("退回整改", "returned"),
        ("复查不合格，退回", "returned"), ("物业已完成清理", "fixed"), ("经复查合格，予以通过", "verified"),
        ("目前处理中", "fixing"),
        (" 已 整 改 ", "fixed"), ("已整改\n", "fixed"), ("至今未完成。", "open"), ("仍在推进中（需施工）", "fixing"))),
    # 已终止 is an end without a fix: a person settles it.
    Case("two states or no state's word", *states(
        "整改情况", ("已整改、整改中", None), ("已终止", None), ("研究方案", None), ("50%", None),
        ("物业说没空", None), ("？", None), ("已整改", "fixed"))),
    Case("percentages typed as numbers",
         *states("整改进度", ((1, "0%"), "fixed"), ((0.5, "0%"), None), ((1.0, "0.00%"), "fixed"))),
    Case("yes and no, ticks and crosses", *states(
        "是否整改到位", ("是", "fixed"), ("否", "open"), ("√", "fixed"), ("×", "open"), ("Ｘ", "open"), (None, "open"),
        ("  ", "open"))),

    Case("an empty state follows the dates of its row", (sheet(
        "居民区|问题描述|整改情况|完成时间|验收时间", "馨苑|甲||2021-10-10|", "馨苑|乙||2021-10-10|2021-10-12",
        "馨苑|丙|||2021-10-12",
        "馨苑|丁|||", "馨苑|戊|整改中|2021-10-10|", "馨苑|己|已整改|2021-10-10|2021-10-12"),),
        (ledger((1,), issue(2, "馨苑", "甲", status="fixed", fixed_on="2021-10-10"),
                issue(3, "馨苑", "乙", status="verified", fixed_on="2021-10-10", verified_on="2021-10-12"),
                issue(4, "馨苑", "丙", status="verified", verified_on="2021-10-12"),
                issue(5, "馨苑", "丁", status="open"),
                issue(6, "馨苑", "戊", status="fixing", fixed_on="2021-10-10"),
                issue(7, "馨苑", "己", status="fixed", fixed_on="2021-10-10", verified_on="2021-10-12")),)),

    Case("a table without a state column says no state", (sheet(
        "居民区|问题描述|完成时间", "馨苑|甲|2021-10-10", "馨苑|乙|"),),
        (ledger((1,), issue(2, "馨苑", "甲", fixed_on="2021-10-10"), issue(3, "馨苑", "乙")),)),

    # The contract does not rank two state columns; the re-check is the later word on the matter where it is filled.
    Case("the result of the re-check beside the state", (sheet(
        "居民区|问题描述|整改情况|复查日期|复查人|复查结果", "科佳|甲|已整改|2021-10-12|金七|复查合格",
        "科佳|乙|已整改|2021-10-12|金七|复查不合格",
        "科佳|丙|整改中|||", "科佳|丁|已整改|||"),),
        (ledger((1,), issue(2, "科佳", "甲", status="verified", verified_on="2021-10-12"),
                issue(3, "科佳", "乙", status="returned", verified_on="2021-10-12"),
                issue(4, "科佳", "丙", status="fixing"),
                issue(5, "科佳", "丁", status="fixed")),)),

    # With both columns, the one asked with yes or no is the state and the other tells what was done, in whatever field.
    Case("what was done beside whether it was done", (sheet(
        "居民区|问题描述|是否整改完成|整改情况", "科佳|甲|是|10月12日已组织物业清运垃圾三车",
        "科佳|乙|否|物业报价待审批", "科佳|丙|是|已清理"),),
        (ledger((1,), issue(2, "科佳", "甲", status="fixed"), issue(3, "科佳", "乙", status="open"),
                issue(4, "科佳", "丙", status="fixed"), unsaid=("measure", "note")),)),

    Case("whether it is overdue is no state", (sheet(
        "居民区|问题描述|整改期限|是否超期|整改次数|状态", "科佳|甲|2021-10-12|是|2|整改中",
        "科佳|乙|2021-10-12|否|1|已销号"),),
        (ledger((1,), issue(2, "科佳", "甲", due_on="2021-10-12", status="fixing"),
                issue(3, "科佳", "乙", due_on="2021-10-12", status="verified")),)),

    Case("no state, but re-check results alone", (sheet(
        "居民区|存在问题|验收情况|验收时间", "科佳|甲|验收合格|2021-10-12", "科佳|乙|待验收|", "科佳|丙||"),),
        (ledger((1,), issue(2, "科佳", "甲", status="verified", verified_on="2021-10-12"),
                issue(3, "科佳", "乙", status="fixed"),
                issue(4, "科佳", "丙", status="open")),)),
)

# Rows ----------------------------------------------------------------------------------------------------------------

ROWS = (
    Case("a row needs a description and its area", (sheet(
        "序号|居民区|点位|存在问题|整改情况", "1|凉一|凉一小区||未整改", "2||凉一小区|楼道堆物|未整改",
        "3||凉一小区||未整改", "4|凉一|凉一小区|毁绿|未整改"),),
        (ledger((1,), issue(5, "凉一", "毁绿", number="4", site="凉一小区", status="open"),
                rejected=((2, "D2", "description"), (3, "B3", "area_code"), (4, "B4", "area_code"),
                          (4, "D4", "description"))),)),

    Case("words that say there is no problem", (sheet(
        "居民区|点位|存在问题", "凉一|甲|无", "凉一|乙|无问题", "凉一|丙|/", ["凉一", "丁", 0], "凉一|戊|未发现问题",
        "凉一|己|暂无问题",
        "凉一|庚|—", "凉一|辛|正常", "凉一|壬|整体良好", "凉一|癸|无障碍设施损坏", "凉一|子|无人值守", "凉一|丑|无。"),
        ),
        (ledger((1,), issue(11, "凉一", "无障碍设施损坏", site="癸"), issue(12, "凉一", "无人值守", site="子"),
                ignored={**dict.fromkeys(range(2, 11), "no problem"), 13: "no problem"}),)),

    Case("several problems in one cell", (sheet(
        "序号|居民区|存在问题|整改时限",
        "1|凉二|(1)楼道堆物；(2)飞线充电|2021-10-20", "2|凉二|（1）墙面脱落;（2）门禁损坏；|2021-10-20",
        "3|凉二|①垃圾外溢；②桶身破损；③标识缺失|2021-10-20",
        "4|凉二|1、乱停车\n2、占用绿地|2021-10-20", "5|凉二|(1) 灯不亮\n(2) 井盖响|2021-10-20",
        "6|凉二|①只有一处|2021-10-20"),),
        (ledger((1,),
                *(issue(row, "凉二", text, number=str(row - 1), due_on="2021-10-20") for row, text in (
                    (2, "楼道堆物"), (2, "飞线充电"), (3, "墙面脱落"), (3, "门禁损坏"), (4, "垃圾外溢"),
                    (4, "桶身破损"),
                    (4, "标识缺失"), (5, "乱停车"), (5, "占用绿地"), (6, "灯不亮"), (6, "井盖响"), (7, "只有一处")))),
                    )),

    Case("digits that are no markers", (sheet(
        "居民区|存在问题", "凉二|12号楼(2)单元堆物", "凉二|3.5米高围墙倾斜", "凉二|楼道堆物；飞线充电",
        "凉二|30号、32号墙面脱落", "凉二|参照标准（1）未公示",
        "凉二|2021年新装栏杆松动"),),
        (ledger((1,), issue(2, "凉二", "12号楼(2)单元堆物"), issue(3, "凉二", "3.5米高围墙倾斜"),
                issue(4, "凉二", "楼道堆物；飞线充电"),
                issue(5, "凉二", "30号、32号墙面脱落"), issue(6, "凉二", "参照标准（1）未公示"),
                issue(7, "凉二", "2021年新装栏杆松动")),)),

    # A number with 、 before another number lists the two; it is no marker.
    Case("house numbers parted by 、", (sheet("居民区|存在问题", "凉二|1、2号楼楼道堆物", "凉二|甲"),),
         (ledger((1,), issue(2, "凉二", "1、2号楼楼道堆物"), issue(3, "凉二", "甲")),)),

    Case("one problem of a marked cell is none", (sheet("居民区|存在问题", "凉二|(1)楼道堆物；(2)无", "凉二|甲"),),
         (ledger((1,), issue(2, "凉二", "楼道堆物"), issue(3, "凉二", "甲")),)),

    Case("site and location", (sheet(
        "居民区|点位名称|具体位置|问题描述", "凉三|凉三小区|3号楼北侧|堆物", "凉三||水电路公交站|乱涂写",
        "凉三|凉三菜场||积水"),),
        (ledger((1,), issue(2, "凉三", "堆物", site="凉三小区", location="3号楼北侧"),
                issue(3, "凉三", "乱涂写", location="水电路公交站"),
                issue(4, "凉三", "积水", site="凉三菜场")),)),

    Case("the unit that leads and the one that helps", (sheet(
        "居民区|问题描述|牵头单位|配合单位|责任人|联系电话", "凉三|占道经营|城管中队|市场所|华 五|13800000003",
        ["凉三", "积水", "管理办", "物业", "魏六", 13800000004]),),
        (ledger((1,), issue(2, "凉三", "占道经营", responsible_unit="城管中队", responsible_person="华五"),
                issue(3, "凉三", "积水", responsible_unit="管理办", responsible_person="魏六")),)),

    Case("lead and help under one heading", (sheet(
        "居民区|问题描述|责任部门||整改要求", "||主责|协办|", "广粤|占道经营|城管中队|市场所|取缔",
        "广粤|积水|管理办||疏通", merges="A1:A2 B1:B2 C1:D1 E1:E2"),),
        (ledger((1, 2), issue(3, "广粤", "占道经营", responsible_unit="城管中队", measure="取缔"),
                issue(4, "广粤", "积水", responsible_unit="管理办", measure="疏通")),)),

    Case("severity, indicator and note", (sheet(
        "居民区|测评内容|存在问题|严重程度|整改意见|备注", "水电|垃圾分类|混投|一般|加强宣传|",
        "水电|消防安全|堵塞通道|严重|立即清理|已约谈"),),
        (ledger((1,), issue(2, "水电", "混投", indicator="垃圾分类", severity="一般", measure="加强宣传"),
                issue(3, "水电", "堵塞通道", indicator="消防安全", severity="严重", measure="立即清理", note="已约谈")),
                )),

    Case("names of several persons",
         (sheet("居民区|问题描述|责任人|检查人", "水电|甲|张 三、李　四|王 五 赵六", "水电|乙|欧阳 修|"),),
         (ledger((1,), issue(2, "水电", "甲", responsible_person="张三、李四"),
                 issue(3, "水电", "乙", responsible_person="欧阳修"), unsaid=("inspector",)),)),

    Case("numbers of problems typed as numbers", (sheet(
        ["序号", "居民区", "问题描述"], [1, "水电", "甲"], [2.0, "水电", "乙"], ["03", "水电", "丙"],
        ["2-1", "水电", "丁"]),),
        (ledger((1,), issue(2, "水电", "甲", number="1"), issue(3, "水电", "乙", number="2"),
                issue(4, "水电", "丙", number="03"),
                issue(5, "水电", "丁", number="2-1")),)),

    Case("zero-width characters and white space at the edges", (sheet(
        "居民区\u200b|问题描述|责任单位", "\u200b水电 |\ufeff 楼道堆物\u3000|物业\u200b公司", " 汶二\t| 甲|乙\n"),),
        (ledger((1,), issue(2, "水电", "楼道堆物", responsible_unit="物业公司"),
                issue(3, "汶二", "甲", responsible_unit="乙")),)),
)

# Rounds and inspectors -----------------------------------------------------------------------------------------------

ROUNDS = (
    Case("the title tells the round", (sheet("第二轮模拟测评问题清单", "居民区|问题", "凉四|甲", "凉四|乙"),),
         (ledger((2,), issue(3, "凉四", "甲", round="mock", round_no=2),
                 issue(4, "凉四", "乙", round="mock", round_no=2),
                 ignored={1: "title"}),)),
    Case("a column tells the round, an empty cell is not filled from the title", (sheet(
        "模拟测评问题清单", "居民区|测评轮次|问题", "凉四|区级第1轮|甲", "凉四|自查|乙", "凉四|专项检查|丙",
        "凉四|国检|丁", "凉四||戊", "凉四|第3轮模拟测评|己"),),
        (ledger((2,), issue(3, "凉四", "甲", round="district", round_no=1), issue(4, "凉四", "乙", round="self"),
                issue(5, "凉四", "丙", round="special"), issue(6, "凉四", "丁", round="official"),
                issue(7, "凉四", "戊"),
                issue(8, "凉四", "己", round="mock", round_no=3), ignored={1: "title"}),)),
    Case("the file's name tells the round", (sheet("居民区|问题", "凉四|甲"),),
         (ledger((1,), issue(2, "凉四", "甲", round="district")),), "区级问题清单.xlsx"),
    Case("the sheet's name tells the round before the file's", (sheet("居民区|问题", "凉四|甲", name="自查"),),
         (ledger((1,), issue(2, "凉四", "甲", round="self"), sheet="自查"),), "区级问题清单.xlsx"),
    Case("the meta line tells the inspector", (sheet(
        "问题台账", "检查人：戚 一    检查日期：2021年10月15日", "居民区|问题|整改时限", "凉四|甲|10月20日",
        "凉四|乙|"),),
        (ledger((3,), issue(4, "凉四", "甲", inspector="戚一", due_on="2021-10-20"),
                issue(5, "凉四", "乙", inspector="戚一"),
                ignored={1: "title", 2: "title/note"}),)),
    Case("an empty cell of the inspectors' column stays empty", (sheet(
        "检查人：戚一||", "居民区|问题|检查人", "凉四|甲|谢二", "凉四|乙|"),),
        (ledger((2,), issue(3, "凉四", "甲", inspector="谢二"), issue(4, "凉四", "乙"), ignored={1: "title/note"}),)),
    Case("label cells of a form head", (sheet(
        "实地考察问题记录表", "测评轮次：|第1轮模拟测评|测评人员：|邹三",
        "所属居民区：|广凉居委会|测评日期：|2021-10-15", "序号|问题|备注|", "1|甲||", "2|乙|丙|"),),
        (ledger((4,), issue(5, "广凉", "甲", number="1", round="mock", round_no=1, inspector="邹三"),
                issue(6, "广凉", "乙", number="2", note="丙", round="mock", round_no=1, inspector="邹三"),
                ignored={1: "title", 2: "title/note", 3: "title/note"}),)),
)

# Registers -----------------------------------------------------------------------------------------------------------

REGISTERS = (
    Case("a plain register", (sheet(
        "凉城新村街道创全点位台账", "序号|居民区|点位名称|点位类型|详细地址|点长|联系电话",
        "1|凉六|凉城六村|居民小区|凉城路300弄|喻 四|13800000005", "2|广粤|广粤菜场|农贸市场|广粤路1号|柏五|65550000",
        "3|街道|凉城公园|公园|车站南路|水六|"),),
        (register((2,), site(3, "凉六", "凉城六村", site_kind="residential", address="凉城路300弄", point_chief="喻四",
                             phone="13800000005"),
                  site(4, "广粤", "广粤菜场", site_kind="market", address="广粤路1号", point_chief="柏五",
                       phone="65550000"),
                  site(5, "街道直管", "凉城公园", site_kind="park", address="车站南路", point_chief="水六"),
                  ignored={1: "title"}),)),

    Case("chiefs with name and telephone below them", (sheet(
        "“三长制”责任表", "居民区|点位名称|点长||路长||块长|", "||姓名|电话|姓名|电话|姓名|电话",
        "中虹|中虹小区|窦七|13800000006|章八|13800000007|云九|13800000008", "中虹|中虹菜场|||苏十|13800000009||",
        merges="A1:H1 A2:A3 B2:B3 C2:D2 E2:F2 G2:H2"),),
        (register((2, 3), site(4, "中虹", "中虹小区", point_chief="窦七", road_chief="章八", block_chief="云九",
                               phone="13800000006"),
                  # the table knows point chiefs' telephones, this one has none
                  site(5, "中虹", "中虹菜场", road_chief="苏十"), ignored={1: "title"}),)),

    Case("a telephone behind each chief", (sheet(
        "居民区|点位|点位类别|点长|联系电话|路长|联系电话", "锦苑|锦苑小区|小区|潘一|13800000010|葛二|13800000011",
        "锦苑|锦苑路|背街小巷|奚三|13800000012|范四|"),),
        (register((1,), site(2, "锦苑", "锦苑小区", site_kind="residential", point_chief="潘一", road_chief="葛二",
                             phone="13800000010"),
                  site(3, "锦苑", "锦苑路", site_kind="back_lane", point_chief="奚三", road_chief="范四",
                       phone="13800000012")),)),

    Case("telephones named after their chiefs, the point chief's last", (sheet(
        "居民区|点位名称|路长|路长电话|块长|块长电话|点长|点长电话",
        "锦苑|锦苑小区|彭五|13800000013|郎六|13800000014|鲁七|13800000015"),),
        (register((1,), site(2, "锦苑", "锦苑小区", road_chief="彭五", block_chief="郎六", point_chief="鲁七",
                             phone="13800000015")),)),

    Case("one telephone for all", (sheet(
        "居民区|点位名称|路长|块长|联系方式", ["秀苑", "秀苑小区", "韦八", "昌九", 13800000016],
        ["秀苑", "秀苑路", "马十", None, 65550001.0]),),
        (register((1,), site(2, "秀苑", "秀苑小区", road_chief="韦八", block_chief="昌九", phone="13800000016"),
                  site(3, "秀苑", "秀苑路", road_chief="马十", phone="65550001")),)),

    Case("two telephones, none of the point chief", (sheet(
        "居民区|点位名称|点长|路长|路长电话|块长|块长电话", "秀苑|秀苑小区|苗一|凤二|13800000017|花三|13800000018"),),
        (register((1,), site(2, "秀苑", "秀苑小区", point_chief="苗一", road_chief="凤二", block_chief="花三")),)),

    Case("coordinates with a note below", (sheet(
        "居民区|点位名称|经度|纬度", ["汶一", "汶水小区", 121.4701, 31.2911], ["汶一", "汶水路站", 121.4722, 31.2933],
        ["注：坐标系为高德坐标。"]),),
        (register((1,), site(2, "汶一", "汶水小区", lon=121.4701, lat=31.2911, datum="gcj02"),
                  site(3, "汶一", "汶水路站", lon=121.4722, lat=31.2933, datum="gcj02"), ignored={4: "note"}),)),

    Case("coordinates with a note above", (sheet(
        "点位坐标登记表", "坐标系：百度地图（BD-09）", "所属社区|点位|点位性质|纬度|经度",
        "汶二|汶二小区|居民小区|31.2955|121.4755", "汶二|汶水路站|公交站点|31.2956|121.4756"),),
        (register((3,), site(4, "汶二", "汶二小区", site_kind="residential", lon=121.4755, lat=31.2955, datum="bd09"),
                  site(5, "汶二", "汶水路站", site_kind="bus_stop", lon=121.4756, lat=31.2956, datum="bd09"),
                  ignored={1: "title", 2: "title/note"}),)),

    Case("coordinates named in their headings", (sheet(
        "居民区|点位名称|经度（WGS84）|纬度（WGS84）", ["汶二", "汶二小区", 121.4755, 31.2955],
        ["汶二", "汶二公厕", None, None]),),
        (register((1,), site(2, "汶二", "汶二小区", lon=121.4755, lat=31.2955, datum="wgs84"),
                  site(3, "汶二", "汶二公厕")),)),

    Case("coordinates of an unknown kind, under one heading", (sheet(
        "居民区|点位名称|坐标|", "||经度|纬度", ["广水", "广水小区", 121.46, 31.29],
        ["广水", "广水路", 121.461, 31.291], merges="A1:A2 B1:B2 C1:D1"),),
        (register((1, 2), site(3, "广水", "广水小区", lon=121.46, lat=31.29),
                  site(4, "广水", "广水路", lon=121.461, lat=31.291)),)),

    Case("a column for the kind of coordinates", (sheet(
        "居民区|点位名称|经度|纬度|坐标系", "广水|广水小区|121.46|31.29|GCJ-02", "广水|广水路|121.461|31.291|WGS-84"),),
        (register((1,), site(2, "广水", "广水小区", lon=121.46, lat=31.29, datum="gcj02"),
                  site(3, "广水", "广水路", lon=121.461, lat=31.291, datum="wgs84")),)),

    Case("a register grouped by area, with a count", (sheet(
        "点位台账", "序号|点位名称|类别|地址|点长", "凉城新村第四居委会|||", "1|凉城四村|居民小区|凉城路1弄|俞四",
        "2|四村菜场|农贸市场|凉城路2号|任五",
        "小计|2个|||", "凉城新村街道||||", "1|凉城公园|公园广场|车站南路|袁六", "合计|3个|||", "填表人：柳七||||",
        merges="A1:E1 A3:E3 A7:E7"),),
        (register((2,), site(4, "凉四", "凉城四村", site_kind="residential", address="凉城路1弄", point_chief="俞四"),
                  site(5, "凉四", "四村菜场", site_kind="market", address="凉城路2号", point_chief="任五"),
                  site(8, "街道直管", "凉城公园", site_kind="park", address="车站南路", point_chief="袁六"),
                  ignored={1: "title", 3: "section", 6: "total", 7: "section", 9: "total", 10: "signature"}),)),

    Case("registers, a sheet an area", (
        sheet("点位名称|点长|电话", "文苑小区|酆八|13800000019", name="文苑第一居委会"),
        sheet("点位名称|点长|电话", "馨苑小区|鲍九|13800000020", name="馨苑"),
        sheet("点位名称|点长|电话", "凉城公园|史十|13800000021", name="街道")),
        (register((1,), site(2, "文苑一", "文苑小区", point_chief="酆八", phone="13800000019"), sheet="文苑第一居委会"),
         register((1,), site(2, "馨苑", "馨苑小区", point_chief="鲍九", phone="13800000020"), sheet="馨苑"),
         register((1,), rejected=((2, "*", "area_code"),), sheet="街道"))),

    Case("areas and kinds merged downwards in a register", (sheet(
        "居民区|点位类别|点位名称|包保责任人|地址", "华苑一|居民小区|华苑小区东区||华苑路1弄",
        "||华苑小区西区||华苑路2弄", "|沿街商铺|华苑路商铺||华苑路",
        "梦湖苑|居民小区|梦湖苑||梦湖路1弄", merges="A2:A4 B2:B3"),),
        (register((1,), site(2, "华苑一", "华苑小区东区", site_kind="residential", address="华苑路1弄"),
                  site(3, "华苑一", "华苑小区西区", site_kind="residential", address="华苑路2弄"),
                  site(4, "华苑一", "华苑路商铺", site_kind="shop", address="华苑路"),
                  site(5, "梦湖苑", "梦湖苑", site_kind="residential", address="梦湖路1弄")),)),

    # Without a name there is no site.
    Case("sites without a name or of an unknown area", (sheet(
        "序号|居民区|点位名称|点长", "1|凉七|某小区|甲一", "2|凉五||乙二", "3||某菜场|丙三", "4|凉五|五村菜场|/",
        "5|||"),),
        (register((1,), site(5, "凉五", "五村菜场"),
                  rejected=((2, "B2", "area_code"), (3, "C3", "name"), (4, "B4", "area_code")), ignored={6: "empty"}),
                  )),

    Case("a register from a text file", (sheet(
        "社区|场所名称|场所类型|具体地址|负责人", "复旦居委会|复旦小区|小区|国权路1弄|唐 一",
        "复旦居委会|新菜场|菜场|国权路2号|费二"),),
        (register((1,), site(2, "复旦", "复旦小区", site_kind="residential", address="国权路1弄"),
                  site(3, "复旦", "新菜场", site_kind="market", address="国权路2号"), unsaid=("point_chief",),
                  sheet=None),),
        "点位.csv", "，", "gb18030"),
)

# Stranger offices ----------------------------------------------------------------------------------------------------

STRANGER = (
    Case("one area below the other, each with its title and heading", (sheet(
        "凉五居民区问题整改台账", "序号|存在问题|整改情况", "1|楼道堆物|已整改", "2|飞线充电|整改中", "",
        "凉六居民区问题整改台账",
        "序号|存在问题|整改情况", "1|毁绿种菜|未整改", merges="A1:C1 A6:C6"),),
        (ledger((2,), issue(3, "凉五", "楼道堆物", number="1", status="fixed"),
                issue(4, "凉五", "飞线充电", number="2", status="fixing"), ignored={1: "title", 6: "title/section"}),
         ledger((7,), issue(8, "凉六", "毁绿种菜", number="1", status="open")))),

    Case("areas in group rows, categories in group rows below them", (sheet(
        "序号|点位|问题描述|责任人", "凉六居民区|||", "一、环境卫生|||", "1|六村|堆物|甲一", "二、公共秩序|||",
        "2|六村|乱停车|甲一",
        "凉五居民区|||", "一、环境卫生|||", "1|五村|积水|乙二", merges="A2:D2 A3:D3 A5:D5 A7:D7 A8:D8"),),
        (ledger((1,), issue(4, "凉六", "堆物", number="1", site="六村", category="环境卫生", responsible_person="甲一"),
                issue(6, "凉六", "乱停车", number="2", site="六村", category="公共秩序", responsible_person="甲一"),
                issue(9, "凉五", "积水", number="1", site="五村", category="环境卫生", responsible_person="乙二"),
                ignored=dict.fromkeys((2, 3, 5, 7, 8), "section")),)),

    Case("a group row with a label", (sheet(
        "序号|问题描述|整改期限", "居民区：馨苑居民区||", "1|堆物|2021-10-20", "居民区：科佳居委会||",
        "1|积水|2021-10-21",
        merges="A2:C2 A4:C4"),),
        (ledger((1,), issue(3, "馨苑", "堆物", number="1", due_on="2021-10-20"),
                issue(5, "科佳", "积水", number="1", due_on="2021-10-21"), ignored={2: "section", 4: "section"}),)),

    Case("a group row with its text in the second column", (sheet(
        "序号|居民区|问题描述|整改情况", "|市容环境||", "1|凉一|堆物|已整改", "|公共秩序||", "2|凉一|乱停车|未整改",
        merges="B2:D2 B4:D4"),),
        (ledger((1,), issue(3, "凉一", "堆物", number="1", category="市容环境", status="fixed"),
                issue(5, "凉一", "乱停车", number="2", category="公共秩序", status="open"),
                ignored={2: "section", 4: "section"}),)),

    Case("descriptions that begin like notes, totals and signatures", (sheet(
        "存在问题|居民区|整改情况", "说明牌缺失|凉一|已整改", "注水口堵塞|凉一|未整改", "总计量表损坏|凉一|已整改",
        "审核人名单未公示|凉一|已整改",
        "备注栏被涂改|凉一|未整改", "示例展板破损|凉一|已整改", "小计算机店占道|凉一|已整改",
        "一、二号楼间堆物|凉一|未整改"),),
        (ledger((1,), issue(2, "凉一", "说明牌缺失", status="fixed"), issue(3, "凉一", "注水口堵塞", status="open"),
                issue(4, "凉一", "总计量表损坏", status="fixed"), issue(5, "凉一", "审核人名单未公示", status="fixed"),
                issue(6, "凉一", "备注栏被涂改", status="open"), issue(7, "凉一", "示例展板破损", status="fixed"),
                issue(8, "凉一", "小计算机店占道", status="fixed"),
                issue(9, "凉一", "一、二号楼间堆物", status="open")),)),

    Case("totals in many shapes", (sheet(
        "居民区|序号|问题描述|扣分", "凉一|1|堆物|1", "小 计||1|1", "凉二|1|积水|2", "凉二|2|毁绿|1", "小　计||2|3",
        "合  计||3|4", "|总计：3处||", "||共计|4"),),
        (ledger((1,), issue(2, "凉一", "堆物", number="1"), issue(4, "凉二", "积水", number="1"),
                issue(5, "凉二", "毁绿", number="2"), ignored=dict.fromkeys((3, 6, 7, 8, 9), "total")),)),

    Case("a total above the rows", (sheet(
        "问题台账", "序号|居民区|问题描述|完成情况", "合计|2处||已完成1处", "1|广凉|堆物|已完成", "2|广凉|积水|未完成"),
        ),
        (ledger((2,), issue(4, "广凉", "堆物", number="1", status="fixed"),
                issue(5, "广凉", "积水", number="2", status="open"),
                ignored={1: "title", 3: "total"}),)),

    # Whether the lines below the table are notes or signatures is a matter of taste.
    Case("the many lines below a table", (sheet(
        "序号|居民区|问题描述|完成情况", "1|广凉|堆物|已完成", "以下空白|||", "填表说明：|||",
        "1、完成情况请填写已完成或未完成。|||",
        "2、每周五下班前报送。|||", "居民区（盖章）：|||", "居委会主任签名：||填报日期：|2021年10月15日",
        "|||2021年10月15日",
        merges="A4:D4 A5:D5 A6:D6"),),
        (ledger((1,), issue(2, "广凉", "堆物", number="1", status="fixed"), skipped=(3, 4, 5, 6, 7, 8, 9)),)),

    Case("a label row between the title and the heading", (sheet(
        "问题整改台账", "检查点位|凉城六村|检查内容|环境卫生", "所属居民区|凉六|检查人员|陶一",
        "序号|问题描述|责任人|整改期限", "1|堆物|姜二|2021-10-20",
        "2|积水|姜二|2021-10-21"),),
        (ledger((4,), issue(5, "凉六", "堆物", number="1", responsible_person="姜二", due_on="2021-10-20",
                            inspector="陶一"),
                issue(6, "凉六", "积水", number="2", responsible_person="姜二", due_on="2021-10-21", inspector="陶一"),
                ignored={1: "title", 2: "title/note", 3: "title/note"}, unsaid=("site", "indicator", "category")),)),

    Case("a title with the words of headings", (sheet(
        "存在问题及整改情况汇总表", "居民区|存在问题|整改情况", "文苑三居民区|堆物|已整改"),),
        (ledger((2,), issue(3, "文苑三", "堆物", status="fixed"), ignored={1: "title"}),)),

    Case("the area before a stamp", (sheet(
        "问题清单", "居民区名称：广凉居民区（盖章）||", "序号|问题|责任人", "1|堆物|戚三"),),
        (ledger((3,), issue(4, "广凉", "堆物", number="1", responsible_person="戚三"),
                ignored={1: "title", 2: "title/note"}),)),

    Case("grids that are no areas beside a column that is", (sheet(
        "网格|社区|网格员|问题描述|完成情况", "第三网格|凉三社区|甲一|堆物|已完成",
        "第四网格|凉四社区|乙二|积水|未完成"),),
        (ledger((1,), issue(2, "凉三", "堆物", status="fixed"), issue(3, "凉四", "积水", status="open"),
                unsaid=("responsible_person",)),)),

    Case("blocks that are areas", (sheet("片区|问题描述", "凉三居民区|堆物", "文一|积水", "广粤|毁绿"),),
         (ledger((1,), issue(2, "凉三", "堆物"), issue(3, "文苑一", "积水"), issue(4, "广粤", "毁绿")),)),

    Case("grids that are no areas under a title that names one", (sheet(
        "凉三居民区问题台账", "网格|问题描述", "第一网格|堆物", "第二网格|积水"),),
        (ledger((2,), issue(3, "凉三", "堆物"), issue(4, "凉三", "积水"), ignored={1: "title"}),)),

    Case("roads, estates and schools in the area column", (sheet(
        "所属居民区|问题描述", "水电路|甲", "汶水路|乙", "广粤路|丙", "广灵四路|丁", "文苑小区|戊", "锦苑小学|己",
        "华苑|庚", "凉城|辛",
        "水电居民区|壬"),),
        (ledger((1,), issue(10, "水电", "壬"), rejected=tuple((row, f"A{row}", "area_code") for row in range(2, 10))),
         )),

    Case("roads, schools and two areas at once in titles and sheet names", (
        sheet("水电路沿线问题台账", "序号|问题描述", "1|甲", name="1"),
        sheet("锦苑小学周边问题清单", "序号|问题描述", "1|乙", name="2"),
        sheet("凉一、凉二居民区联合检查问题清单", "序号|问题描述", "1|丙", name="3"),
        sheet("问题清单", "序号|问题描述", "1|丁", name="广粤路"),
        sheet("中虹花园一期问题清单", "序号|问题描述", "1|戊", name="4"),
        sheet("汶水路路段问题清单", "序号|问题描述", "1|己", name="文苑")),
        tuple(ledger((2,), rejected=((3, "*", "area_code"),), ignored={1: "title"}, sheet=name)
              for name in ("1", "2", "3", "广粤路", "4", "文苑"))),

    Case("an area inside longer titles and names", (
        sheet("附件2：广凉居委会问题清单", "序号|问题描述", "1|甲", name="1"),
        sheet("关于凉五居民区存在问题的整改台账", "序号|问题描述", "1|乙", name="2"),
        sheet("凉城新村街道文苑三居民区2021年10月问题整改台账", "序号|问题描述", "1|丙", name="3"),
        sheet("问题整改台账（华苑第二居民区）", "序号|问题描述", "1|丁", name="4"),
        sheet("问题清单", "序号|问题描述", "1|戊", name="03汶二居民区")),
        (ledger((2,), issue(3, "广凉", "甲", number="1"), ignored={1: "title"}, sheet="1"),
         ledger((2,), issue(3, "凉五", "乙", number="1"), ignored={1: "title"}, sheet="2"),
         ledger((2,), issue(3, "文苑三", "丙", number="1"), ignored={1: "title"}, sheet="3"),
         ledger((2,), issue(3, "华苑二", "丁", number="1"), ignored={1: "title"}, sheet="4"),
         ledger((2,), issue(3, "汶二", "戊", number="1"), ignored={1: "title"}, sheet="03汶二居民区"))),

    Case("a number over several rows", (sheet(
        "序号|居民区|具体问题|责任单位", "1|凉一|堆物|物业", "||积水|物业", "2|凉一|毁绿|物业", merges="A2:A3 B2:B3"),),
        (ledger((1,), issue(2, "凉一", "堆物", responsible_unit="物业"),
                issue(3, "凉一", "积水", responsible_unit="物业"),
                issue(4, "凉一", "毁绿", responsible_unit="物业"), unsaid=("number",)),)),

    # The contract knows no two columns of one field; the one that is filled is what the office means.
    Case("two columns for the measure, one of them filled", (sheet(
        "居民区|问题描述|整改措施|处理建议", "凉一|堆物||约谈", "凉一|积水|疏通|"),),
        (ledger((1,), issue(2, "凉一", "堆物", measure="约谈"), issue(3, "凉一", "积水", measure="疏通")),)),

    # The contract gives the rule for ticks in columns of results; a state ticked the same way reads the same way.
    Case("a state ticked in one of three columns", (sheet(
        "居民区|问题描述|整改情况||", "||已整改|整改中|未整改", "凉一|甲|√||", "凉一|乙||√|", "凉一|丙|||√",
        merges="A1:A2 B1:B2 C1:E1"),),
        (ledger((1, 2), issue(3, "凉一", "甲", status="fixed"), issue(4, "凉一", "乙", status="fixing"),
                issue(5, "凉一", "丙", status="open")),)),

    Case("words that sound like done", *states(
        "整改情况", ("预计10月底完成", None), ("未全部完成", "open"), ("待整改完成", "open"), ("整改未完成", "open"),
        ("已整改，待复查", "fixed"), ("无需整改", None), ("已完成（10月12日）", "fixed"), ("完成80%", None),
        ("已闭环，无反弹", None))),

    Case("the date typed into the head of a form", (sheet(
        "问题整改台账", ["填报日期", datetime(2021, 10, 15), None, None], "居民区|问题描述|发现日期|整改时限",
        "凉一|甲|10月12日|10.20"),),
        (ledger((3,), issue(4, "凉一", "甲", found_on="2021-10-12", due_on="2021-10-20",
                            inferred=["due_on", "found_on"]),
                ignored={1: "title", 2: "title/note"}),)),

    # A title that names two years names none.
    Case("a cycle of years in the title", (sheet(
        "创建全国文明城区（2021—2023年）问题台账", "居民区|问题描述|发现日期", "凉一|甲|10.15", "凉一|乙|2022.10.15"),),
        (ledger((2,), issue(4, "凉一", "乙", found_on="2022-10-15"), rejected=((3, "C3", "found_on"),),
                ignored={1: "title"}),)),

    Case("the nearer of two years", (sheet(
        "2021年第四季度问题台账", "居民区|问题描述|发现日期", "凉一|甲|10.15", name="2020年"),),
        (ledger((2,), issue(3, "凉一", "甲", found_on="2021-10-15", inferred=["found_on"]), ignored={1: "title"},
                sheet="2020年"),), "2019年台账.xlsx"),

    # From December into January the last day is in the next year.
    Case("a range over the turn of the year", (sheet(
        "2021年12月问题台账", "居民区|问题描述|发现日期|整改时限", "凉一|甲|12.20|12月28日-1月5日",
        "凉一|乙|2021.12.20|2021.12.28-2022.1.5"),),
        (ledger((2,), issue(3, "凉一", "甲", found_on="2021-12-20", due_on="2022-01-05"),
                issue(4, "凉一", "乙", found_on="2021-12-20", due_on="2022-01-05"), ignored={1: "title"}),)),

    Case("texts that are no day", (sheet(
        "2021年问题台账", ["居民区", "问题描述", "发现日期"], "凉一|甲|2021年10月", ["凉一", "乙", 2021105],
        ["凉一", "丙", 202110],
        "凉一|丁|10月上旬", "凉一|戊|上周五", ["凉一", "己", 20211315], ["凉一", "辛", 70000],
        "凉一|壬|2021-10-15"),),
        (ledger((2,), issue(10, "凉一", "壬", found_on="2021-10-15"),
                rejected=tuple((row, f"C{row}", "found_on") for row in range(3, 10)), ignored={1: "title"}),)),

    Case("a day of February in two years, and an end of month that does not exist", (sheet(
        "居民区|问题描述|整改时限", "凉一|甲|2020年2月底", "凉一|乙|2021年2月底", "凉一|丙|2021年9月31日前"),),
        (ledger((1,), issue(2, "凉一", "甲", due_on="2020-02-29"), issue(3, "凉一", "乙", due_on="2021-02-28"),
                rejected=((4, "C4", "due_on"),)),)),

    Case("a fix inside the days of finding", (sheet(
        "居民区|问题描述|检查时间|完成时间", "凉一|甲|2021年9月26-30日|2021-09-28",
        "凉一|乙|2021年9月26-30日|2021-09-25"),),
        (ledger((1,), issue(2, "凉一", "甲", found_on="2021-09-26", fixed_on="2021-09-28"),
                rejected=((3, "D3", "fixed_on"),)),)),

    Case("all problems of a row at once", (sheet(
        "居民区|问题描述|发现日期|整改时限|完成时间|整改情况", "凉七||2021-02-30|6月31日|10.15|研究中", "凉一|甲||||"),
        ),
        (ledger((1,), issue(3, "凉一", "甲", status="open"),
                rejected=((2, "A2", "area_code"), (2, "B2", "description"), (2, "C2", "found_on"), (2, "D2", "due_on"),
                          (2, "E2", "fixed_on"), (2, "F2", "status"))),)),

    Case("a small table without a title, one row", (sheet("居委|问题", "馨苑|堆物"),),
         (ledger((1,), issue(2, "馨苑", "堆物")),)),

    Case("columns that nobody knows", (sheet(
        "序号|居民区|工单来源|问题描述|群众满意度|抄送|责任领导|整改情况",
        "1|凉一|12345|堆物|满意|分管主任|石 四|已整改", "2|凉一|巡查|积水|一般||石四|整改中"),),
        (ledger((1,), issue(2, "凉一", "堆物", number="1", responsible_person="石四", status="fixed"),
                issue(3, "凉一", "积水", number="2", responsible_person="石四", status="fixing"), unsaid=("round",)),)),

    Case("the responsible person before the one who leads", (sheet(
        "居民区|问题描述|责任单位|责任领导|责任人", "凉一|堆物|物业|石四|崔五", "凉一|积水|物业|石四|崔六"),),
        (ledger((1,), issue(2, "凉一", "堆物", responsible_unit="物业", responsible_person="崔五"),
                issue(3, "凉一", "积水", responsible_unit="物业", responsible_person="崔六")),)),

    Case("a text file in plain UTF-8 with a title and quoted quotes", (sheet(
        "凉六居民区问题清单||", "序号|问题描述|整改时限", '1|"门前三包"未落实, 有垃圾|20211020',
        "2|乱晾晒|2021年10月21日前", "合计|2|"),),
        (ledger((2,), issue(3, "凉六", '"门前三包"未落实, 有垃圾', number="1", due_on="2021-10-20"),
                issue(4, "凉六", "乱晾晒", number="2", due_on="2021-10-21"), ignored={1: "title", 5: "total"},
                sheet=None),),
        "a.csv", encoding="utf-8"),

    Case("a register of roads", (sheet(
        "背街小巷路长责任表", "路段|所属居民区|路长|手机|块长", "凉城路（车站南路—汶水路）|凉六|石 一|13800000022|龙二",
        "广灵二路|广灵二|叶三|13800000023|"),),
        (register((2,), site(3, "凉六", "凉城路（车站南路—汶水路）", road_chief="石一", block_chief="龙二",
                             phone="13800000022"),
                  site(4, "广灵二", "广灵二路", road_chief="叶三", phone="13800000023"), ignored={1: "title"},
                  unsaid=("site_kind",)),)),

    Case("a register whose coordinates are named above them", (sheet(
        "居民区|点位名称|坐标（高德）|", "||经度|纬度", ["广水", "广水小区", 121.46, 31.29],
        merges="A1:A2 B1:B2 C1:D1"),),
        (register((1, 2), site(3, "广水", "广水小区", lon=121.46, lat=31.29, datum="gcj02")),)),

    Case("a register with chiefs' names and mobiles spelled out", (sheet(
        "序号|居民区名称|小区名称|点长姓名|点长手机|路长姓名|路长手机|片长姓名|片长手机",
        "1|华苑一|华苑东|幸 一|13800000024|司二|13800000025|韶三|13800000026",
        "2|华苑二|华苑西|郜四|/|||无|"),),
        (register((1,), site(2, "华苑一", "华苑东", point_chief="幸一", phone="13800000024", road_chief="司二",
                             block_chief="韶三"),
                  site(3, "华苑二", "华苑西", point_chief="郜四"), unsaid=("site_kind",)),)),

    Case("a register with an example, a total and empty lines", (sheet(
        "点位责任表", "序号|居民区|点位名称|点位类型|点长|联系电话", "例|凉一|某某小区|居民小区|张某|138********",
        "1|凉二|二村|居民小区|黎五|65550002", "2|||||",
        "合计|1||||", "注：点位类型按标准填写。|||||"),),
        (register((2,), site(4, "凉二", "二村", site_kind="residential", point_chief="黎五", phone="65550002"),
                  ignored={1: "title", 5: "empty", 6: "total", 7: "note"}, skipped=(3,)),)),

    Case("a ledger, a register and a list of words in one book", (
        sheet("居民区|问题描述|状态", "凉二|堆物|已销号", name="台账"),
        sheet("居民区|点位名称|点长", "凉二|二村|黎五", name="点位"),
        sheet("居民区|状态", "凉一|已整改", "凉二|未整改", name="下拉选项")),
        (ledger((1,), issue(2, "凉二", "堆物", status="verified"), sheet="台账"),
         register((1,), site(2, "凉二", "二村", point_chief="黎五"), sheet="点位"), Found(None, sheet="下拉选项"))),

    Case("an area's name above each heading", (sheet(
        "凉城新村第五居委会||", "序号|存在问题|整改情况", "1|堆物|已整改", "凉城新村第六居委会||",
        "序号|存在问题|整改情况", "1|积水|未整改",
        merges="A1:C1 A4:C4"),),
        (ledger((2,), issue(3, "凉五", "堆物", number="1", status="fixed"), ignored={1: "title/section"}, skipped=(4,)),
         ledger((5,), issue(6, "凉六", "积水", number="1", status="open")))),

    Case("a list of the choices beside the table", (sheet(
        "居民区|存在问题|整改情况|||可选项", "凉一|堆物|已整改|||已整改", "凉二|积水|未整改|||整改中", "|||||未整改",
        "|||||已销号"),),
        (ledger((1,), issue(2, "凉一", "堆物", status="fixed"), issue(3, "凉二", "积水", status="open"),
                skipped=(4, 5)),)),

    # The counts below are no table of ours; they are neither problems nor in need of correction.
    Case("counts of each area below the ledger", (sheet(
        "居民区|存在问题|责任人|整改措施", "凉一|堆物|甲一|清理", "凉二|积水|乙二|疏通", "",
        "居民区|问题总数|已整改|未整改", "凉一|5|3|2",
        "凉二|4|3|1", "合计|9|6|3"),),
        (ledger((1,), issue(2, "凉一", "堆物", responsible_person="甲一", measure="清理"),
                issue(3, "凉二", "积水", responsible_person="乙二", measure="疏通"), skipped=(5, 6, 7, 8)),)),

    Case("two rows an issue, the lower one for the second picture", (sheet(
        "序号|居民区|存在问题|整改情况|照片", "1|凉一|堆物|已整改|整改前", "||||整改后", "2|凉一|积水|未整改|整改前",
        "||||整改后",
        merges="A2:A3 B2:B3 C2:C3 D2:D3 A4:A5 B4:B5 C4:C5 D4:D5"),),
        (ledger((1,), issue(2, "凉一", "堆物", number="1", status="fixed"),
                issue(4, "凉一", "积水", number="2", status="open"),
                skipped=(3, 5)),)),

    Case("pictures before and after", (Sheet((
        "序号|居民区|存在问题|整改前|整改后|整改情况", "1|凉一|堆物|||已整改", "2|凉一|积水|||未整改",
        "3|凉一|毁绿|||未整改"),
        pictures="D2 E2 D3 D3"),),
        (ledger((1,), issue(2, "凉一", "堆物", number="1", status="fixed", photos_before=1, photos_after=1),
                issue(3, "凉一", "积水", number="2", status="open", photos_before=2),
                issue(4, "凉一", "毁绿", number="3", status="open")),)),

    Case("a short register", (sheet(
        "创全点位清单", "序号|居民区|点位名称|类别|备注", "1|凉六|凉城六村|居民小区|",
        "2|凉五|五村菜场|农贸市场|已改造"),),
        (register((2,), site(3, "凉六", "凉城六村", site_kind="residential"),
                  site(4, "凉五", "五村菜场", site_kind="market"), ignored={1: "title"}),)),

    Case("a shorter register",
         (sheet("序号|居委|小区名称|地址", "1|凉六|凉城六村|凉城路300弄", "2|凉五|凉城五村|车站南路50弄"),),
         (register((1,), site(2, "凉六", "凉城六村", address="凉城路300弄"),
                   site(3, "凉五", "凉城五村", address="车站南路50弄"),
                   unsaid=("site_kind",)),)),

    # Whether the row that tells the round is a category too is left open.
    Case("rounds in group rows", (sheet(
        "序号|居民区|问题描述", "第一轮模拟测评||", "1|凉一|堆物", "区级第二轮检查||", "1|凉一|积水",
        merges="A2:C2 A4:C4"),),
        (ledger((1,), issue(3, "凉一", "堆物", number="1", round="mock", round_no=1),
                issue(5, "凉一", "积水", number="1", round="district", round_no=2),
                ignored={2: "section", 4: "section"}, unsaid=("category",)),)),

    Case("inspectors in group rows", (sheet(
        "序号|居民区|问题描述", "检查人：张 三||", "1|凉一|堆物", "检查人：李四||", "1|凉二|积水",
        merges="A2:C2 A4:C4"),),
        (ledger((1,), issue(3, "凉一", "堆物", number="1", inspector="张三"),
                issue(5, "凉二", "积水", number="1", inspector="李四"), skipped=(2, 4)),)),

    Case("brackets in group rows that are no count", (sheet(
        "序号|居民区|问题描述", "一、环境卫生（含垃圾分类）||", "1|凉一|堆物", "二、公共秩序（3处）||", "2|凉一|乱停车",
        merges="A2:C2 A4:C4"),),
        (ledger((1,), issue(3, "凉一", "堆物", number="1", category="环境卫生（含垃圾分类）"),
                issue(5, "凉一", "乱停车", number="2", category="公共秩序"), ignored={2: "section", 4: "section"}),)),
)

CASES = (*LAYOUTS, *AREA_CASES, *DATES, *STATES, *ROWS, *ROUNDS, *REGISTERS, *STRANGER)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.what)
def test_a_book_is_read_as_a_careful_clerk_would(case: Case) -> None:
    batch = read(case)
    assert batch.error is None
    assert [(table.sheet, table.kind) for table in batch.tables] == [(found.sheet, found.kind) for found in case.found]
    assert [reading(table, found) for table, found in zip(batch.tables, case.found, strict=True)] == [
        expected(found) for found in case.found]
    assert [line for name in dict.fromkeys(found.sheet for found in case.found)
            for line in disagreements(batch, case, name)] == []


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.what)
def test_every_row_is_in_exactly_one_list(case: Case) -> None:
    tables = read(case).tables
    for number, one in enumerate(case.sheets):
        name = None if case.file.endswith(".csv") else one.name
        mine = [table for table in tables if table.sheet == name and table.kind]
        if not mine:
            continue
        filled = {row for row, values in enumerate(map(cells, one.rows), 1)
                  if any(str(value).strip() for value in values if value is not None)}
        listed = Counter(row for table in mine for rows in (
            set(table.header_rows), {record["row"] for record in table.records}, {each.row for each in table.rejected},
            {row for row, _ in table.ignored}) for row in rows)
        assert {row: listed[row] for row in filled} == dict.fromkeys(filled, 1), f"sheet {number + 1}"
