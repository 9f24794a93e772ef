"""python -m loaders --explain: why each row was read as it was, in words, out of what the reader decided."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

from loaders.__main__ import main
from loaders.book import read_book
from loaders.explain import explained
from loaders.vocabulary import vocabulary_of
from readiness.reference import load_reference

ROOT = Path(__file__).resolve().parent.parent
REFERENCE = load_reference()
VOCABULARY = vocabulary_of(REFERENCE)
LEDGER = [
    ["文苑一居民区2026年问题整改台账"],
    ["序号", "点位（必填）", "具体问题情况", "发现时间", "最晚整改好的日期", "是否整改", "天数"],
    ["一、环境卫生"],
    [1, "文一小区", "楼道堆物", "10.15", "2026-10-20", "整改中", 5],
    [2, "文一小区", "飞线充电", "2026-02-30", "2026-10-20", "说不清", 5],
    [3, "文一小区", "无", "", "", "", ""],
    ["合计", "", "", "", "", "", 10],
]


def book(*sheets: tuple[str, list]) -> bytes:
    made, content = openpyxl.Workbook(), io.BytesIO()
    made.remove(made.active)
    for name, lines in sheets:
        sheet = made.create_sheet(name)
        for line in lines:
            sheet.append(line)
    made.save(content)
    return content.getvalue()


def lines(*sheets: tuple[str, list], name: str = "报送.xlsx") -> list[str]:
    return list(explained(read_book(name, book(*sheets), VOCABULARY), REFERENCE))


def test_a_ledger_is_explained_row_by_row():
    assert lines(("台账", LEDGER)) == [
        "报送.xlsx",
        "  工作表“台账”：问题台账，因为表头里有“具体问题情况”、“最晚整改好的日期”、“是否整改”",
        "    表头：第 2 行",
        "      A 列“序号” → 编号（词表里的写法）",
        "      B 列“点位（必填）” → 点位（去掉括号后是词表里的写法）",
        "      C 列“具体问题情况” → 问题描述（去掉修饰词后是词表里的写法）",
        "      D 列“发现时间” → 发现日期（词表里的写法）",
        "      E 列“最晚整改好的日期” → 整改期限（按词语构成推断）",
        "      F 列“是否整改” → 状态（词表里的写法）",
        "      G 列“天数” → 不读",
        "    居民区取自标题 A1",
        "    年份取自标题 A1",
        "    第 1 行  略过：标题",
        "    第 2 行  表头",
        "    第 3 行  略过：分组",
        "    第 4 行  记录：编号 1 ← A4；居民区 文苑一 ← 标题 A1；点位 文一小区 ← B4；类别 环境卫生；"
        "问题描述 楼道堆物 ← C4；发现日期 2026-10-15 ← D4，年份推断自标题 A1；整改期限 2026-10-20 ← E4；"
        "状态 整改中 ← F4",
        "    第 5 行  不计入：D5 发现日期，“2026-02-30”这一天不存在。请写成 2021-02-28 这样的日期。",
        "    第 5 行  不计入：F5 状态，“说不清”看不出整改状态。请写成 未整改、整改中、已整改、已销号 或 退回。",
        "    第 6 行  略过：没有问题",
        "    第 7 行  略过：合计",
    ]


def test_a_wide_table_names_the_cell_of_each_result_and_the_columns_known_by_their_cells():
    told = lines(("10月15日", [["点位", "楼道堆物", "飞线充电"], ["文一小区", "√", "×"], ["文二小区", "√", ""]]),
                 name="文苑一2026年检查表.xlsx")
    assert told[1] == "  工作表“10月15日”：检查表，因为表头里有“楼道堆物”、“飞线充电”"
    assert "      C 列“飞线充电” → 测评项目的结果（按列里的内容推断）" in told
    assert [line for line in told if "第 2 行  " in line] == [
        f"    第 2 行  记录：居民区 文苑一 ← 文件名；点位 文一小区 ← A2；测评项目 {item} ← {cell}；"
        f"结果 {result} ← {cell}；检查日期 2026-10-15 ← 工作表名，年份推断自文件名"
        for item, cell, result in (("楼道堆物", "B2", "符合"), ("飞线充电", "C2", "不符合"))]


def test_a_heading_of_two_rows_and_one_known_by_its_cells():
    told = lines(("表", [["居委", "存在问题", "整改", None], [None, None, "日期", "照片"],
                        ["文苑一", "楼道堆物", "2026-10-02", ""], ["文苑二", "飞线充电", "2026-10-03", ""]]))
    assert "      C 列“整改/日期” → 整改完成（上下两行表头合起来看）" in told
    told = lines(("表", [["所报", "存在问题", "完成情况"], ["文苑一", "楼道堆物", "整改中"],
                        ["文苑二", "飞线充电", "整改中"]]))
    assert "      A 列“所报” → 居民区（按列里的内容推断）" in told
    assert "    居民区取自第 A 列" in told


def test_a_sheet_without_a_table_and_a_file_that_cannot_be_read():
    assert lines(("说明", [["请按时报送"]])) == ["报送.xlsx", "  工作表“说明”：没有认得的表格"]
    batch = read_book("空.xlsx", b"", VOCABULARY)
    assert list(explained(batch, REFERENCE)) == [
        "空.xlsx", "  读不了：文件是空的，可能还没下载或同步完成。请重新下载后再上传。"]


def test_every_row_of_every_real_book_is_explained_once_or_by_all_it_says():
    for path in sorted((ROOT / "tests" / "books").iterdir()):
        batch = read_book(path.name, path.read_bytes(), VOCABULARY)
        told = list(explained(batch, REFERENCE))
        rows = sum(len(table.header_rows) + len(table.records) + len(table.rejected) + len(table.ignored)
                   for table in batch.tables)
        assert sum(line.startswith("    第 ") for line in told) == rows


@pytest.mark.parametrize(("content", "code"), [(book(("台账", LEDGER)), 0), (b"", 1)])
def test_the_exit_code_is_that_of_the_command_without_it(tmp_path, content, code):
    path = tmp_path / "台账.xlsx"
    path.write_bytes(content)
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8"}
    plain, told = (subprocess.run([sys.executable, "-m", "loaders", *more, str(path)], cwd=ROOT, env=environment,
                                  capture_output=True, encoding="utf-8") for more in ([], ["--explain"]))
    assert (plain.returncode, told.returncode) == (code, code)
    assert told.stdout.startswith(f"{path}\n")
    assert plain.stdout.startswith('{"files"')


def test_without_a_file_the_usage_is_shown(capsys):
    with pytest.raises(SystemExit) as ended:
        main(["--explain"])
    assert ended.value.code == 2
    assert "--explain" in capsys.readouterr().err
