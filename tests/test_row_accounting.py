"""Whatever stands on a sheet: no exception, and every non-blank row of a sheet with a table is accounted for once."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders.grid import Sheet
from loaders.sheets import read_sheet
from loaders.tables.areas import area_names
from loaders.vocabulary import vocabulary_of
from readiness.reference import load_reference

VOCABULARY = vocabulary_of(load_reference())
AREAS = area_names(VOCABULARY)
HEADINGS = [
    "序号",
    "居民区",
    "点位名称",
    "具体位置",
    "存在问题",
    "整改情况",
    "整改时限",
    "检查项目",
    "检查结果",
    "符合",
    "不符合",
    "点长",
    "联系电话",
    "检查日期",
    "责任单位",
    "责任",
    "整改后",
    "照片",
    "时间",
    "党员",
    "志愿者",
    "时长",
    "备注",
    "楼道堆物",
    "飞线充电",
    "问题总数",
]
VALUES = [
    "",
    "",
    "",
    "√",
    "×",
    "/",
    "是",
    "否",
    "文苑一",
    "复旦居委会",
    "一、环境卫生",
    "合计",
    "注：以上",
    "填表人：",
    "填报单位：汶一居委会",
    "检查日期：2021年10月15日",
    "3号楼道堆物",
    "(1)堆物；(2)飞线",
    "无",
    "已整改",
    "10.15",
    "24小时内",
    "2021-02-30",
    "2021年10月",
    "100%",
    "？",
    " ",
    "\n",
    1.0,
    6.3,
    45473.0,
    20211015.0,
    True,
]
cells = st.sampled_from(HEADINGS) | st.sampled_from(VALUES) | st.text(max_size=6)


@st.composite
def sheets(draw: st.DrawFn) -> Sheet:
    width = draw(st.integers(1, 7))
    rows = draw(st.lists(st.lists(cells, min_size=width, max_size=width), min_size=1, max_size=12))
    if draw(st.booleans()):
        rows.insert(draw(st.integers(0, 2)), draw(st.permutations(HEADINGS))[:width])
    corners = st.tuples(st.integers(0, len(rows) - 1), st.integers(0, width - 1), st.integers(0, 3), st.integers(0, 3))
    merges = [(top, left, top + down, left + right) for top, left, down, right in draw(st.lists(corners, max_size=3))]
    return Sheet(draw(st.sampled_from(["Sheet1", "文苑一", "10月15日"])), rows, tuple(merges))


@settings(max_examples=300, deadline=None)
@given(sheets())
def test_every_row_is_accounted_for_once(sheet: Sheet) -> None:
    tables = list(read_sheet(sheet, "2021年台账", AREAS, VOCABULARY))
    places = Counter()
    for table in tables:
        places.update(table.header_rows)
        places.update({record["row"] for record in table.records})
        places.update({problem.row for problem in table.rejected})
        places.update(row for row, _ in table.ignored)
    if any(table.kind for table in tables):
        assert places == Counter(row + 1 for row in range(len(sheet.rows)) if sheet.filled(row))


@pytest.mark.parametrize("rows", [[], [[]], [[""] * 5], [["序号"]], [[None, None]]])
def test_a_sheet_without_anything_has_no_table(rows: list) -> None:
    (table,) = read_sheet(Sheet("Sheet1", rows), "台账", AREAS, VOCABULARY)
    assert (table.kind, table.records) == (None, ())
