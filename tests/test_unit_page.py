"""责任单位 from the door: its numbers are those of the units, each opens its rows, the address names the unit."""

from __future__ import annotations

import pytest
from batches import LI
from test_area_page import clicked, dialog, figures, frames
from test_pages import AS_OF, GUANGSHUI, NOON, SHUIDIAN, chart_words, fine, opened, shown, url

from readiness.durations import timed_issues
from readiness.facts import place_facts
from readiness.model import LEDGER, Batch, Table
from readiness.reference import load_reference
from readiness.standing import standing
from readiness.units import units, with_units
from store import load_snapshot, open_store, save_upload
from ui.unit_page import bar_rows, rows_behind, spread_rows

__all__ = ["url"]
UNIT = "pages/meeting/unit.py"


def line(row, unit, status="open", **fields):
    return {"row": row, "area_code": GUANGSHUI, "site": "广水小区", "description": f"第{row}处堆物",
            "found_on": "2026-10-01", "status": status, "responsible_unit": unit, **fields}


ROWS = (
    line(3, "城管中队", due_on="2026-10-10"), line(4, "城管中队", due_on="2026-10-12", area_code=SHUIDIAN),
    line(5, "城管中队", "fixed", fixed_on="2026-10-20"),
    *(line(row, "城管中队", "verified", verified_on=f"2026-10-{day:02}")
      for row, day in ((6, 5), (7, 9), (8, 11), (9, 13))),
    line(10, "城管中队", "verified"), line(11, "市容所"), line(12, None, due_on="2026-10-14"),
)


@pytest.fixture
def work(url) -> str:
    """The address of a database with one demonstration ledger of two units and one row without a unit."""
    table = Table("台账", LEDGER, (2,), ROWS)
    save_upload(open_store(url), Batch("台账.xlsx", "a" * 64, b"work", None, (table,), demo=True), LI, NOON)
    return url


def timed(address: str):
    reference = load_reference()
    facts = place_facts(load_snapshot(open_store(address)), reference)
    return with_units(timed_issues(standing(facts, reference, AS_OF).issues, facts))


def test_all_units_in_the_headline_and_the_table(work):
    app = fine(opened(UNIT))
    assert figures(app) == {"未销号": "5", "超期": "3", "待复核": "1", "办结中位": "9 天", "回潮": "0"}
    assert '<div class="big">2<i>个</i></div>' in shown(app)
    assert "未写明单位的未销号 1 条" in shown(app)
    assert '<div class="big">50.0<i>%</i></div>' in shown(app)
    table = frames(app)["units"]
    assert table["label"].tolist() == ["城管中队", "未写明", "市容所"]
    assert table[["overdue", "open", "fixed", "verified", "total"]].to_numpy().tolist() == [
        [2, 3, 1, 5, 8], [1, 1, 0, 0, 1], [0, 1, 0, 0, 1]]


def test_the_address_names_the_unit(work):
    app = fine(opened(UNIT, unit="城管中队"))
    assert app.selectbox(key="choose-unit").value == "城管中队"
    assert figures(app)["未销号"] == "3"
    assert "城管中队的未销号问题" in shown(app)
    assert len(frames(app)["unit-issues"]) == 3
    app = fine(app.selectbox(key="choose-unit").set_value("-").run())
    assert app.query_params["unit"] in ("-", ["-"])
    assert "未写明单位的未销号问题" in shown(app)
    assert figures(app)["超期"] == "1"
    app = fine(app.selectbox(key="choose-unit").set_value(None).run())
    assert "unit" not in app.query_params
    assert figures(app)["未销号"] == "5"
    assert figures(fine(opened(UNIT, unit="没有的单位")))["未销号"] == "5"


def test_a_units_name_in_the_table_chooses_it(work):
    app = clicked(fine(opened(UNIT)), "units", 2, "label")
    assert app.query_params["unit"] in ("市容所", ["市容所"])
    assert figures(app)["未销号"] == "1"


def test_every_number_of_the_table_opens_its_rows(work):
    issues = timed(work)
    for unit in units(issues).to_dict("records"):
        for column in ("open", "overdue", "fixed", "verified", "total", "relapses", "left_out"):
            title, rows = rows_behind(issues, "单位", unit["unit"], column)
            assert title.startswith("单位：") and len(rows) == unit[column], (unit["unit"], column)
        assert len(rows_behind(issues, "单位", unit["unit"], "median")[1]) == unit["measured"]
    app = clicked(fine(opened(UNIT)), "units", 0, "overdue")
    assert dialog(app)["description"].tolist() == ["第3处堆物", "第4处堆物"]


def test_each_card_opens_as_many_rows_as_it_says(work):
    for label, count in {"未销号": 5, "超期": 3, "待复核": 1, "办结中位": 4}.items():
        app = fine(opened(UNIT).button(key=f"open-{label}").click().run())
        assert len(dialog(app)) == count, label


def test_the_rate_opens_the_issues_of_the_ledgers(work):
    app = fine(opened(UNIT, unit="城管中队").button(key="over-unit").click().run())
    assert len(dialog(app)) == 8


def test_bars_and_spread_draw_the_units_that_have_what_they_show(work):
    issues = timed(work)
    table = units(issues).assign(label=lambda found: found["unit"])
    assert bar_rows(table).to_numpy().tolist() == [["城管中队", 3, 2, "城管中队"], ["市容所", 1, 0, "市容所"]]
    rows = spread_rows(table, issues)
    assert rows[["label", "median", "lower", "upper", "count"]].to_numpy().tolist() == [
        ["全部", 9, 7, 10.5, 4], ["城管中队", 9, 7, 10.5, 4]]
    words = chart_words(fine(opened(UNIT)))
    assert "<b>1</b>" in words and any("超期 2" in word for word in words)
    assert sum(word.startswith("<b>9</b> 天") for word in words) == 2


def test_a_day_before_anything_was_verified_has_no_times(work):
    app = fine(opened(UNIT, day="2026-10-02"))
    assert figures(app)["办结中位"] == "—"
    assert "还没有写明发现和销号日期的问题。" in chart_words(app)
