"""督办 from the door: each count opens its rows, and the forms hold them with their pictures."""

from __future__ import annotations

import io
from datetime import date

import openpyxl
import pytest
from batches import LI
from docx import Document
from picture_books import FIRST
from test_area_page import clicked, dialog, figures, frames
from test_pages import GUANGSHUI, NOON, SHUIDIAN, fine, opened, shown, url

from loaders.pictures import look_at
from readiness.facts import place_facts
from readiness.model import CHECKLIST, LEDGER, Batch, Picture, Table
from readiness.pictures import pictures_of_findings
from readiness.reference import load_reference
from readiness.standing import standing
from readiness.workdays import LAST_YEAR
from reports.order_document import order_document
from reports.orders import order_workbook
from store import load_snapshot, open_store, picture_uses, save_upload
from ui.orders import order_of
from ui.reads import read_day

__all__ = ["url"]
FOLLOWUP = "pages/office/followup.py"
DAY = date(2026, 10, 26)  # a Monday; Friday 23 is the working day before


def line(row, unit="城管中队", **fields):
    return {"row": row, "area_code": GUANGSHUI, "site": "广水小区", "description": f"第{row}处堆物",
            "found_on": "2026-10-01", "status": "open", "category": "公共环境", "responsible_unit": unit, **fields}


ROWS = (
    line(3, due_on="2026-10-10"),  # 16 days over
    line(4, due_on="2026-10-24", area_code=SHUIDIAN),  # 2 days over
    line(5, due_on="2026-10-26"), line(6, "市容所", due_on="2026-10-29"), line(7, "市容所", due_on="2026-10-30"),
    line(8, None, found_on="2026-10-16"),  # three working days by the standard: 19, 20, 21; then 22, 23, 26 are over
    line(9, due_on="2026-10-10", status="fixed", fixed_on="2026-10-12"),
)
CHECK = {"row": 3, "area_code": SHUIDIAN, "site": "水电小区", "site_kind": "residential", "indicator": "没有这一项",
         "result": "fail", "checked_on": "2026-10-25", "photos": 1.0}  # found on a Sunday, 5 working days: 30 October


@pytest.fixture
def work(url) -> str:
    """The address of a database with one demonstration book: seven issues of a ledger and a failing check."""
    photos = tuple(Picture(table_no=table, row=3, field=field, **vars(look_at(FIRST)))
                   for table, field in ((0, "photos_before"), (1, "photos")))
    tables = (Table("台账", LEDGER, (2,), ROWS), Table("检查", CHECKLIST, (2,), (CHECK,)))
    save_upload(open_store(url), Batch("台账.xlsx", "a" * 64, b"work", None, tables, demo=True,
                                       pictures=photos), LI, NOON)
    return url


def test_each_stage_is_a_card_with_who_is_told_and_opens_its_rows(work):
    app = fine(opened(FOLLOWUP))
    assert figures(app) == {
        "3 个工作日内到期": "1", "今天到期": "1", "超期 1–2 天": "1", "超期 3–6 天": "1", "超期 7 天以上": "1"}
    assert shown(app).count("告知：责任人、责任单位") == 2
    assert "告知：办公室、分管领导" in shown(app)
    rows = {stage: dialog(fine(opened(FOLLOWUP).button(key=f"open-stage-{stage}").click().run()))
            for stage in (-3, 0, 1, 3, 7)}
    assert [table["description"].tolist() for table in rows.values()] == [
        ["第6处堆物"], ["第5处堆物"], ["第4处堆物"], ["第8处堆物"], ["第3处堆物"]]
    assert (rows[3]["overdue_days"].tolist(), rows[3]["deadline_from"].tolist()) == ([3], ["标准"])
    assert f"{rows[3]['due_on'].iloc[0]:%Y-%m-%d}" == "2026-10-21"
    assert (rows[7]["overdue_days"].tolist(), rows[7]["deadline_from"].tolist()) == ([16], ["台账"])


def test_the_counts_by_area_and_by_unit_open_their_rows(work):
    tables = frames(fine(opened(FOLLOWUP)))
    stages = ["-3", "0", "1", "3", "7", "overdue"]
    areas, units = (tables[name].set_index("label")[stages].T.to_dict("list")
                    for name in ("followup-areas", "followup-units"))
    assert areas == {"广水": [1, 1, 0, 1, 1, 2], "水电": [0, 0, 1, 0, 0, 1]}
    assert units == {"城管中队": [0, 1, 1, 0, 1, 2], "未写明": [0, 0, 0, 1, 0, 1], "市容所": [1, 0, 0, 0, 0, 0]}
    assert dialog(clicked(fine(opened(FOLLOWUP)), "followup-areas", 0, "overdue"))["description"].tolist() == [
        "第3处堆物", "第8处堆物"]
    assert len(dialog(clicked(fine(opened(FOLLOWUP)), "followup-units", 0, "label"))) == 3
    assert len(dialog(clicked(fine(opened(FOLLOWUP)), "followup-units", 2, "-3"))) == 1


def test_the_choice_of_an_area_and_a_unit_stands_in_the_address(work):
    app = fine(opened(FOLLOWUP))
    assert app.selectbox(key="choose-order-area").value == GUANGSHUI
    assert app.selectbox(key="choose-order-unit").options == ["城管中队", "市容所"]
    app = fine(app.selectbox(key="choose-order-unit").set_value("市容所").run())
    assert app.query_params["order-unit"] in ("市容所", ["市容所"])


def test_pictures_of_findings_are_those_before_the_fix_and_of_the_failing_checks(work):
    engine, reference = open_store(work), load_reference()
    facts = place_facts(load_snapshot(engine), reference)
    issues = standing(facts, reference, DAY).issues
    found = pictures_of_findings(picture_uses(engine), facts, issues, DAY)
    told = issues.set_index("issue").loc[found.index, "description"].tolist()
    assert sorted(told) == sorted(["第3处堆物", "没有这一项"])
    assert found["count"].tolist() == [1, 1]
    assert set(found["sha256"]) == {look_at(FIRST).sha256}
    assert pictures_of_findings(picture_uses(engine), facts, issues[:0], DAY).empty


@pytest.mark.parametrize(("kind", "write"), [("xlsx", order_workbook), ("docx", order_document)])
def test_the_form_of_an_area_holds_what_is_due_and_overdue_the_latest_first(work, kind, write):
    order = order_of(read_day(), "area_code", GUANGSHUI)
    texts = cells_of(write(order), kind)
    assert "致：广水居委会" in texts and "编号：20261026-居01" in texts
    assert [text for text in texts if text.endswith("处堆物")] == ["第3处堆物", "第8处堆物", "第5处堆物", "第6处堆物"]
    assert [text for text in texts if text.startswith(("超期 ", "今天", "还剩"))] == [
        "超期 16 天", "超期 3 个工作日", "今天到期", "还剩 3 个工作日"]
    assert (order.office, order.demo, list(order.photos)) == ("凉城新村街道", True, order.issues["issue"].tolist()[:1])


def test_the_form_of_a_unit_is_addressed_as_the_ledger_writes_it(work):
    order = order_of(read_day(), "unit", "城管中队")
    assert (order.to, order.number, order.to_area) == ("城管中队", "20261026-单01", False)
    assert order.issues["description"].tolist() == ["第3处堆物", "第4处堆物", "第5处堆物"]


def test_both_files_are_offered_for_both_and_nothing_without_issues(url):
    save_upload(open_store(url), Batch("空.xlsx", "b" * 64, b"none", None, (Table("台账", LEDGER, (2,), (
        line(3, status="verified", verified_on="2026-10-20"),)),), demo=True), LI, NOON)
    buttons = [each.proto for each in fine(opened(FOLLOWUP)).get("download_button")]
    assert [(button.label, button.disabled) for button in buttons] == [
        ("督办单 xlsx", True), ("督办单 docx", True)] * 2


def test_what_is_undated_and_beyond_the_calendar_is_said(work):
    assert "超期 3 条：台账写明期限的 2 条（自然日），按标准推算的 1 条（工作日）" in shown(fine(opened(FOLLOWUP)))
    assert "还没有公布" not in shown(fine(opened(FOLLOWUP)))
    later = line(13, due_on="2033-01-10"), line(14, found_on=None)
    save_upload(open_store(work), Batch("新.xlsx", "c" * 64, b"later", None, (Table("台账", LEDGER, (2,), later),),
                                        demo=True), LI, NOON)
    words = shown(fine(opened(FOLLOWUP)))
    assert f"{LAST_YEAR} 年以后的节假日还没有公布，按周一至周五算" in words
    assert "1 条没有期限也没有发现日期，不在其中" in words


def cells_of(content, kind):
    if kind == "xlsx":
        rows = openpyxl.load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True)
        return [str(value) for row in rows for value in row if value]
    document = Document(io.BytesIO(content))
    return [*(each.text for each in document.paragraphs),
            *(cell.text for row in document.tables[0].rows for cell in row.cells)]
