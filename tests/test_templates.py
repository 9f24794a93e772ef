"""The blank forms: filled in by hand and read back, they give the records that were written."""

from __future__ import annotations

import io

import openpyxl
import pytest

from loaders.book import read_book
from loaders.vocabulary import vocabulary_of
from readiness.model import CHECKLIST, LEDGER, PATROLS, SITES, TABLE_KINDS
from readiness.reference import load_reference
from reports.templates import FORMS, file_name, template

REFERENCE = load_reference()
VOCABULARY = vocabulary_of(REFERENCE)
GUANGSHUI, DIRECT = "310109016001", "310109016000"
ITEM = REFERENCE.items["text"].iloc[0]

# What a clerk types under the headings, and what must be read.
TYPED = {
    LEDGER: ({"序号": 1, "点位": "广水小区", "具体位置": "3号楼道", "问题类别": "环境卫生", "问题描述": "楼道堆物",
              "严重程度": "一般", "发现时间": "2026-10-20", "整改期限": "2026-10-25", "责任单位": "城管中队",
              "责任人": "张三", "整改措施": "立即清理", "完成情况": "已销号", "整改完成时间": "2026-10-22",
              "销号时间": "2026-10-23", "备注": "已回访"},
             {"number": "1", "site": "广水小区", "location": "3号楼道", "category": "环境卫生",
              "description": "楼道堆物", "severity": "一般", "found_on": "2026-10-20", "due_on": "2026-10-25",
              "responsible_unit": "城管中队", "responsible_person": "张三", "measure": "立即清理",
              "status": "verified", "fixed_on": "2026-10-22", "verified_on": "2026-10-23", "note": "已回访"}),
    CHECKLIST: ({"序号": 1, "点位名称": "广水小区", "点位类型": "居民小区", "测评项目": ITEM, "检查结果": "不符合",
                 "检查日期": "2026-10-20", "检查人": "李四", "检查轮次": "自查", "问题描述": "楼道堆物"},
                {"site": "广水小区", "site_kind": "residential", "indicator": ITEM, "result": "fail",
                 "checked_on": "2026-10-20", "inspector": "李四", "round": "self", "description": "楼道堆物"}),
    SITES: ({"序号": 1, "点位名称": "广水小区", "点位类型": "居民小区", "地址": "水电路1号", "经度": 121.47,
             "纬度": 31.29, "坐标系": "GCJ-02", "点长": "张三", "路长": "李四", "片长": "王五",
             "点长电话": "13800000000"},
            {"name": "广水小区", "site_kind": "residential", "address": "水电路1号", "lon": 121.47, "lat": 31.29,
             "datum": "gcj02", "point_chief": "张三", "road_chief": "李四", "block_chief": "王五",
             "phone": "13800000000"}),
    PATROLS: ({"序号": 1, "日期": "2026-10-20", "活动内容": "清洁家园", "党员人数": 3, "志愿者人数": 12, "服务时长": 2,
               "发现问题数": 4, "解决问题数": 3, "备注": "小雨"},
              {"date": "2026-10-20", "activity": "清洁家园", "party_members": 3, "volunteers": 12, "hours": 2,
               "found": 4, "solved": 3, "note": "小雨"}),
}


def opened(kind, area=None):
    return openpyxl.load_workbook(io.BytesIO(template(kind, REFERENCE, area)))


def heading_row(sheet):
    return next(row for row in sheet.iter_rows() if row[0].value == "序号")


def filled(kind, area=None, **more):
    book = opened(kind, area)
    sheet = book.worksheets[0]
    row = heading_row(sheet)
    values = {**TYPED[kind][0], **more}
    for cell in row:
        sheet.cell(row[0].row + 1, cell.column).value = values.pop(cell.value, None)
    assert not values, values
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def tables(content, name="表.xlsx"):
    batch = read_book(name, content, VOCABULARY)
    assert batch.error is None
    return [table for table in batch.tables if table.kind]


def known(record):
    return {name: value for name, value in record.items() if value is not None and name not in ("row", "inferred")}


@pytest.mark.parametrize("kind", TABLE_KINDS)
@pytest.mark.parametrize("area", [None, GUANGSHUI, DIRECT])
def test_a_filled_form_is_read_as_it_was_written(kind, area):
    content = filled(kind, area) if area else filled(kind, 居民区="广水")
    (table,) = tables(content)
    assert (table.kind, table.rejected) == (kind, ())
    (record,) = table.records
    assert known(record) == {"area_code": area or GUANGSHUI, **TYPED[kind][1]}
    assert record["row"] == (5 if area else 4)


@pytest.mark.parametrize("kind", TABLE_KINDS)
@pytest.mark.parametrize("area", [None, GUANGSHUI])
def test_a_blank_form_says_nothing(kind, area):
    batch = read_book(file_name(kind), template(kind, REFERENCE, area), VOCABULARY)
    assert (batch.error, batch.record_count, batch.rejected_count) == (None, 0, 0)
    assert batch.name_context == (None, None, None)
    assert [table.sheet_date for table in batch.tables] == [None] * len(batch.tables)


@pytest.mark.parametrize("kind", TABLE_KINDS)
def test_every_heading_is_read_into_a_field(kind):
    (table,) = tables(filled(kind, 居民区="广水"))
    assert list(table.columns) == [cell.value for cell in heading_row(opened(kind).worksheets[0])]
    assert all(table.columns.values())


@pytest.mark.parametrize("kind", TABLE_KINDS)
def test_a_form_for_an_area_has_its_name_once_and_no_column_for_it(kind):
    sheet = opened(kind, GUANGSHUI).worksheets[0]
    assert sheet["A1"].value == FORMS[kind].title
    assert sheet["A3"].value == "居民区：广水"
    assert "居民区" not in [cell.value for cell in heading_row(sheet)]
    assert sheet.freeze_panes == "A5"


def test_lists_offer_the_areas_kinds_results_and_items():
    sheet = opened(CHECKLIST).worksheets[0]
    offered = {str(one.sqref).split("1004")[0][0]: one.formula1 for one in sheet.data_validations.dataValidation}
    assert offered["B"].startswith('"街道直管,广水,水电')
    assert offered["D"].startswith('"居民小区')
    assert offered["E"] == f"测评项目!$B$2:$B${opened(CHECKLIST)['测评项目'].max_row}"
    assert opened(CHECKLIST)["测评项目"]["B2"].value == ITEM
    assert all(len(formula) <= 255 for formula in offered.values())  # a longer list would make the book unreadable


def test_the_files_name_says_for_whom_the_form_is():
    assert file_name(LEDGER) == "问题整改台账（空白）.xlsx"
    assert file_name(PATROLS, "广水") == "巡查和志愿服务记录（广水）.xlsx"
