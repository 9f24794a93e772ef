"""The blank forms: filled in by hand and read back, they give the records that were written."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace

import openpyxl
import pytest
from batches import LI

from loaders.book import read_book
from loaders.explain import explained
from loaders.properties import keywords, standard_of_form
from loaders.vocabulary import vocabulary_of
from readiness.facts import place_facts
from readiness.messages import reason
from readiness.model import CHECKLIST, LEDGER, PATROLS, SITES, TABLE_KINDS
from readiness.open_rows import open_rows
from readiness.reference import load_reference
from readiness.threads import issues_on
from reports.templates import FORMS, file_name, template
from store import load_snapshot, open_store, save_upload
from ui.forms import known as known_of

ROOT = Path(__file__).resolve().parent.parent
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


def lists(sheet):
    """Column -> what its list offers."""
    return {str(one.sqref)[0]: one.formula1 for one in sheet.data_validations.dataValidation}


@pytest.mark.parametrize(("kind", "column"), [(LEDGER, "B"), (CHECKLIST, "B")])
def test_a_form_for_an_area_offers_its_own_sites(kind, column):
    book = openpyxl.load_workbook(io.BytesIO(template(kind, REFERENCE, GUANGSHUI, ["广水小区", "=水电路菜场"])))
    assert lists(book.worksheets[0])[column] == "点位名单!$A$2:$A$3"
    assert [(cell.value, cell.data_type) for cell in book["点位名单"]["A"][1:]] == [
        ("广水小区", "s"), ("=水电路菜场", "s")]
    assert read_book("表.xlsx", template(kind, REFERENCE, GUANGSHUI, ["广水小区"]), VOCABULARY).record_count == 0


def test_other_forms_list_no_sites():
    for kind in (SITES, PATROLS):
        assert "点位名单" not in openpyxl.load_workbook(io.BytesIO(template(kind, REFERENCE, GUANGSHUI, ["广水小区"])))


@pytest.mark.parametrize("kind", TABLE_KINDS)
def test_a_form_says_that_it_is_ours(kind):
    content = filled(kind, 居民区="广水")
    stamp = openpyxl.load_workbook(io.BytesIO(content)).properties.keywords
    assert stamp == f"readiness-template {REFERENCE.hash} {kind}"
    batch = read_book("表.xlsx", content, VOCABULARY)
    assert [table.sources["template"] for table in batch.tables if table.kind] == ["own template"]
    assert (batch.demo, batch.warnings) == (False, ())
    assert "    表样取自本系统的空白模板" in explained(batch, REFERENCE)


def test_a_form_of_an_earlier_standard_is_read_with_a_warning():
    batch = read_book("表.xlsx", filled(LEDGER, GUANGSHUI), replace(VOCABULARY, standard="0" * 12))
    assert [reason(warning) for warning in batch.warnings] == [
        "这份表用的是旧模板，测评标准后来改过。照样计入；下次请下载新的模板。"]
    assert (batch.record_count, batch.rejected_count) == (1, 0)


@pytest.mark.parametrize("words", [
    "readiness-template, 0123456789ab, ledger", "示例数据 readiness-template 0123456789ab ledger"])
def test_the_stamp_is_known_however_a_program_parts_keywords(words):
    assert standard_of_form(words) == "0123456789ab"


def test_keywords_that_cannot_be_read_say_nothing():
    path = ROOT / "tests" / "books" / "检查.xls"
    assert [keywords(content) for content in (path.read_bytes(), path.read_bytes()[:700], b"a,b")] == ["", "", ""]


def test_another_book_is_no_form_of_ours():
    book, content = openpyxl.Workbook(), io.BytesIO()
    book.active.append(["居民区", "存在问题", "整改情况"])
    book.active.append(["广水", "楼道堆物", "整改中"])
    book.properties.keywords = "readiness-template"
    book.save(content)
    batch = read_book("表.xlsx", content.getvalue(), replace(VOCABULARY, standard="0" * 12))
    assert ("template" in batch.tables[0].sources, batch.warnings) == (False, ())


# Two problems in one cell; a place that is the site's name; one written twice; one verified, found again and open.
FIRST = [["居民区", "点位", "具体位置", "存在问题", "发现时间", "整改期限", "整改情况", "整改完成时间", "销号时间",
          "责任人"],
         ["广水", "广水小区", "3号楼道", "(1)堆物；(2)飞线", "2026-10-01", "2026-10-10", "整改中", "", "", "张三"],
         ["广水", "广水", "", "墙面破损", "2026-10-02", "", "待整改", "", "", ""],
         ["广水", "菜场", "门口", "垃圾满溢", "2026-10-02", "", "已整改", "2026-10-04", "", ""],
         ["广水", "菜场", "门口", "垃圾满溢", "2026-10-02", "", "待整改", "", "", ""],
         ["广水", "菜场", "后门", "积水", "2026-09-01", "", "已销号", "2026-09-03", "2026-09-04", ""],
         ["广水", "菜场", "后门", "积水", "2026-10-05", "", "退回", "", "", ""],
         ["广水", "", "", "无人认领", "", "", "待整改", "", "", ""],
         ["水电", "水电小区", "", "楼道堆物", "2026-10-01", "", "待整改", "", "", ""]]
AS_OF, NOON = date(2026, 10, 20), datetime(2026, 10, 8, 4, 0, tzinfo=UTC)


@pytest.fixture
def engine(tmp_path):
    """A store with the ledger FIRST."""
    book, content = openpyxl.Workbook(), io.BytesIO()
    for line in FIRST:
        book.active.append(line)
    book.save(content)
    engine = open_store(f"sqlite:///{(tmp_path / 'forms.sqlite').as_posix()}")
    save_upload(engine, read_book("问题台账.xlsx", content.getvalue(), VOCABULARY), LI, NOON)
    return engine


def issues_of(engine, area=GUANGSHUI, as_of=AS_OF):
    snapshot = load_snapshot(engine)
    facts = place_facts(snapshot, REFERENCE)
    issues = issues_on(facts, as_of)
    return issues[issues["area_code"] == area].set_index("issue").sort_index(), open_rows(facts, snapshot, issues, area)


def followed(engine):
    """The ledger's form of 广水 with its open issues."""
    content = template(LEDGER, REFERENCE, GUANGSHUI, ["广水小区"], issues=issues_of(engine)[1], as_of=AS_OF)
    return openpyxl.load_workbook(io.BytesIO(content))


def sent_back(engine, book):
    content = io.BytesIO()
    book.save(content)
    batch = read_book("问题整改台账（广水）.xlsx", content.getvalue(), VOCABULARY)
    assert batch.rejected_count == 0
    save_upload(engine, batch, LI, datetime(2026, 10, 21, 4, 0, tzinfo=UTC))
    return batch


def test_the_ledgers_form_holds_the_open_issues_of_the_area(engine):
    sheet = followed(engine).worksheets[0]
    assert sheet["A1"].value == "问题整改台账（截至2026年10月20日）"
    rows = [[cell.value for cell in row][1:] for row in sheet.iter_rows(min_row=5, max_row=12, max_col=12)]
    day = datetime
    assert [[row[0], row[1], row[3], row[5], row[6], row[8], row[10]] for row in rows] == [
        ["广水小区", "3号楼道", "飞线", day(2026, 10, 1), day(2026, 10, 10), "张三", "整改中"],
        ["广水小区", "3号楼道", "堆物", day(2026, 10, 1), day(2026, 10, 10), "张三", "整改中"],
        ["广水", None, "墙面破损", day(2026, 10, 2), None, None, "待整改"],
        ["菜场", "门口", "垃圾满溢", day(2026, 10, 2), None, None, "待复核"],
        ["菜场", "门口", "垃圾满溢", day(2026, 10, 2), None, None, "待整改"],
        ["菜场", "后门", "积水", day(2026, 10, 5), None, None, "退回"],
        [None, None, "无人认领", None, None, None, "待整改"],
        [None] * 7]


def test_sent_back_as_it_is_it_changes_nothing(engine):
    before, _ = issues_of(engine)
    batch = sent_back(engine, followed(engine))
    after, _ = issues_of(engine)
    assert batch.record_count == 7
    same = ["thread", "status", "found_on", "due_on", "fixed_on", "verified_on", "site", "location", "description",
            "relapse_of", "responsible_person", "duplicate", "item"]
    assert after[same].equals(before[same])
    assert len(before) == 8


def test_states_and_dates_written_into_it_move_the_same_issues(engine):
    before, _ = issues_of(engine)
    book = followed(engine)
    sheet = book.worksheets[0]
    columns = {cell.value: cell.column for cell in sheet[4]}
    for row, name, value in [(6, "完成情况", "已销号"), (6, "整改完成时间", "2026-10-19"),
                             (6, "销号时间", "2026-10-20"), (7, "完成情况", "整改中"), (10, "完成情况", "待复核")]:
        sheet.cell(row, columns[name]).value = value
    sent_back(engine, book)
    after, rows = issues_of(engine)
    assert list(after.index) == list(before.index)
    moved = after[after["status"] != before["status"]]
    assert dict(zip(moved["description"], moved["status"], strict=True)) == {
        "堆物": "verified", "墙面破损": "fixing", "积水": "fixed"}
    assert moved.set_index("description").loc["堆物", "verified_on"].date() == date(2026, 10, 20)
    assert "堆物" not in set(rows["description"]) and len(rows) == 6


def test_a_possible_duplicate_whose_first_is_done_is_left_out(engine):
    book = followed(engine)
    sheet = book.worksheets[0]
    for column, value in ((12, "已销号"), (14, "2026-10-20")):
        sheet.cell(8, column).value = value
    sent_back(engine, book)
    issues, rows = issues_of(engine)
    assert sorted(issues.loc[issues["description"] == "垃圾满溢", "status"]) == ["open", "verified"]
    assert "垃圾满溢" not in set(rows["description"])


def test_a_form_with_issues_of_demonstration_data_is_marked_so(engine):
    issues = issues_of(engine)[1]
    content = template(LEDGER, REFERENCE, GUANGSHUI, issues=issues, as_of=AS_OF, demo=True)
    assert read_book("表.xlsx", content, VOCABULARY).demo
    assert not read_book("表.xlsx", template(LEDGER, REFERENCE, GUANGSHUI, demo=True), VOCABULARY).demo


def test_what_the_page_knows_of_an_area_is_what_its_forms_take(engine):
    snapshot = load_snapshot(engine)
    facts = place_facts(snapshot, REFERENCE)
    day = SimpleNamespace(facts=facts, snapshot=snapshot, as_of=AS_OF,
                          standing=SimpleNamespace(issues=issues_on(facts, AS_OF)))
    assert known_of(day, LEDGER, None) == {}
    assert known_of(day, SITES, GUANGSHUI) == {"sites": ["广水"]}  # the area's own, to which its ledger's places belong
    told = known_of(day, LEDGER, GUANGSHUI)
    assert (len(told.pop("issues")), told) == (7, {"sites": ["广水"], "as_of": AS_OF, "demo": False})
    assert list(known_of(day, LEDGER, "310109016003")) == ["sites"]
    content = template(LEDGER, REFERENCE, GUANGSHUI, **known_of(day, LEDGER, GUANGSHUI))
    assert read_book("表.xlsx", content, VOCABULARY).record_count == 7
