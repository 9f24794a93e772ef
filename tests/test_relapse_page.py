"""回潮 from the door: its numbers are those of readiness.relapse, each opens its rows, the list goes out as xlsx."""

from __future__ import annotations

import io
from types import SimpleNamespace

import openpyxl
import pandas as pd
import pytest
from batches import LI
from test_area_page import clicked, dialog, figures, frames
from test_pages import AS_OF, GUANGSHUI, NOON, chart_words, fine, opened, shown, url

from charts.relapse import lasting_curves
from loaders.book import read_book
from loaders.vocabulary import vocabulary_of
from readiness.facts import place_facts
from readiness.model import LEDGER, SITES, Batch, Table
from readiness.recheck import recheck
from readiness.reference import load_reference
from readiness.relapse import ALL, curves, fixes
from readiness.standing import standing
from reports.recheck import WIDTHS, recheck_workbook
from store import load_snapshot, open_store, save_upload
from ui.recheck_list import chances, exported, reasons
from ui.relapse_page import slipped_by

__all__ = ["url"]
RELAPSE = "pages/meeting/relapse.py"


def line(row, verified_on="2026-09-20", **fields):
    return {"row": row, "area_code": GUANGSHUI, "site": "广水小区", "description": f"第{row}处堆物",
            "category": "环境", "found_on": "2026-09-01", "status": "verified", "verified_on": verified_on, **fields}


def again(row, found_on):
    return line(row, None, found_on=found_on, status="open")


# Ten fixes of 环境 stood for 35 days but for three: found again after 5, 10 and 30. One of 消防 stands since the 20th.
FIXED = (*(line(row, "2026-09-20") for row in range(3, 13)), line(13, "2026-10-20", category="消防"))
AGAIN = (again(3, "2026-09-25"), again(4, "2026-09-30"), again(5, "2026-10-20"),
         line(20, None, found_on="2026-10-25", status="open"))


@pytest.fixture
def work(url) -> str:
    """The address of a database with two demonstration ledgers: what was verified, and what was found again."""
    sites = Table("点位", SITES, (1,), ({"row": 2, "area_code": GUANGSHUI, "name": "广水小区",
                                       "site_kind": "residential"},))
    for place, rows in enumerate((FIXED, AGAIN)):
        tables = (sites, Table("台账", LEDGER, (2,), rows))
        save_upload(open_store(url), Batch(f"台账{place}.xlsx", str(place) * 64, b"work%d" % place, None, tables,
                                           demo=True), LI, NOON)
    return url


def fixed(address: str):
    reference = load_reference()
    facts = place_facts(load_snapshot(open_store(address)), reference)
    return fixes(standing(facts, reference, AS_OF).issues, facts, AS_OF), facts


def test_the_headline_and_how_long_fixes_last(work):
    app = fine(opened(RELAPSE))
    # Found again: day 5 one of 11, day 10 one of 9 (消防 was seen for 6 days), day 30 one of 8: 10/11 · 8/9 · 7/8.
    assert figures(app) == {"已销号": "11", "回潮": "3", "回潮率": "27.3%", "回潮未销号": "3", "30 天后仍保持": "71%"}
    table = frames(app)["lasting"]
    assert table["label"].tolist() == ["全部", "环境", "消防"]
    assert table[["fixes", "relapsed"]].to_numpy().tolist() == [[11, 3], [10, 3], [1, 0]]
    assert table["after_30"].round(1).fillna(-1).tolist() == [70.7, 70, -1]
    assert "还没有过半回潮" in shown(app)
    assert any("70%</b> 环境" in word for word in chart_words(app))


def test_each_card_opens_as_many_rows_as_it_says(work):
    for label, count in {"已销号": 11, "回潮": 3, "回潮率": 3, "回潮未销号": 3, "30 天后仍保持": 11}.items():
        app = fine(opened(RELAPSE).button(key=f"open-{label}").click().run())
        assert len(dialog(app)) == count, label


def test_every_number_of_the_tables_opens_its_rows(work):
    for column, count in {"fixes": 10, "relapsed": 3, "after_7": 1, "after_14": 2, "after_30": 3}.items():
        assert len(dialog(clicked(fine(opened(RELAPSE)), "lasting", 1, column))) == count, column
    for by, label in {"category": "环境", "area": "广水", "site": "广水小区　广水", "unit": "未写明"}.items():
        app = fine(opened(RELAPSE, by=by))
        first = frames(app)["relapse-rates"].iloc[0]
        assert first["label"] == label
        for column in ("fixes", "relapsed", "rate"):
            rows = dialog(clicked(fine(opened(RELAPSE, by=by)), "relapse-rates", 0, column))
            assert len(rows) == first["relapsed" if column == "relapsed" else "fixes"], (by, column)


def test_a_point_of_a_curve_opens_what_had_relapsed_by_then(work):
    rows, _facts = fixed(work)
    title, found = slipped_by(rows, "环境", "10.0")
    assert title == "销号后 10 天内回潮的问题" and found["description"].tolist() == ["第3处堆物", "第4处堆物"]
    assert len(slipped_by(rows, ALL, 35)[1]) == 3


def test_the_list_says_why_and_a_row_opens_every_time_it_was_found(work):
    app = fine(opened(RELAPSE))
    table = frames(app)["recheck"]
    assert len(table) == 8
    # The one of 消防 has too few of its kind: of all, 1 - S(33) / S(6) = 1 - 8/9 · 7/8.
    assert table.iloc[0][["description", "chance"]].tolist() == ["第13处堆物", "22%"]
    assert table.iloc[0]["reasons"] == "同类太少；全部问题 30 天内有 29% 回潮；已 6 天没人复查"
    assert table.iloc[1]["chance"] == "≥0%"
    assert table.iloc[1]["reasons"] == "同类问题 30 天内有 30% 回潮；已 36 天没人复查"
    assert dialog(clicked(app, "recheck", 0, "reasons"))["description"].tolist() == ["第13处堆物"]


def test_what_relapsed_before_and_what_is_unknown_are_said():
    rows = pd.DataFrame({"usual": [0.4, float("nan")], "pool": ["环境", ALL], "unseen": [21.0, 0.0],
                         "before": [True, False], "chance": [0.25, float("nan")], "at_least": [False, False]})
    assert reasons(rows).tolist() == ["同类问题 30 天内有 40% 回潮；已 21 天没人复查；上次就在这里回潮过",
                                      "30 天内有多少回潮还看不出"]
    assert chances(rows).tolist() == ["25%", "—"]


def test_past_the_window_nothing_is_estimated(work, monkeypatch):
    monkeypatch.setattr("ui.recheck_list.horizon", lambda settings, as_of: None)
    app = fine(opened(RELAPSE))
    assert "迎检窗口已过，不再估计。" in shown(app) and "recheck" not in frames(app)


def test_before_any_fix_nothing_is_drawn(work):
    app = fine(opened(RELAPSE, day="2026-09-10"))
    assert figures(app) == {"已销号": "0", "回潮": "0", "回潮率": "—", "回潮未销号": "0", "30 天后仍保持": "—"}
    assert "还没有写明日期的销号问题。" in chart_words(app)
    assert "没有仍保持的销号问题。" in shown(app)


def test_the_curves_are_drawn_as_steps_all_together_first(work):
    figure = lasting_curves(curves(fixed(work)[0]), {ALL: "全部", "环境": "环境"}, (7, 30), "light", 340)
    assert [trace.name for trace in figure.data] == ["全部", "环境"]
    assert {trace.line.shape for trace in figure.data} == {"hv"}
    own = figure.data[1]
    assert list(own.x) == [0, 5, 10, 30, 36] and [round(share, 1) for share in own.y] == [1, 0.9, 0.8, 0.7, 0.7]
    assert own.customdata[1].tolist() == ["环境", 5.0]


def listed(address: str) -> tuple[pd.DataFrame, bytes]:
    """The list as the page exports it, and its workbook."""
    rows = recheck(*fixed(address), AS_OF, load_reference().settings.window_first)
    snapshot, reference = load_snapshot(open_store(address)), load_reference()
    told = exported(rows, SimpleNamespace(
        snapshot=snapshot, facts=place_facts(snapshot, reference), reference=reference))
    return told, recheck_workbook(told, "复查清单", ["甲", "乙"], True)


def test_the_list_goes_out_as_a_workbook_with_room_to_fill_in(work):
    told, content = listed(work)
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    assert sheet["A1"].value == "复查清单（示例数据）" and sheet["A2"].value == "甲　乙"
    assert [cell.value for cell in sheet[3]] == list(WIDTHS) and set(WIDTHS) == {*told, "现场情况"}
    first = dict(zip(WIDTHS, (cell.value for cell in sheet[4]), strict=True))
    expected = {"序号": 1, "居民区": "广水", "点位": "广水小区", "问题描述": "第13处堆物", "完成情况": "已销号",
                "保持天数": 6, "窗口前回潮可能": "22%", "现场情况": None, "工作簿": "台账0.xlsx", "单元格": "台账!A13",
                "理由": "同类太少；全部问题 30 天内有 29% 回潮；已 6 天没人复查"}
    assert {name: first[name] for name in expected} == expected


def test_taken_back_as_a_ledger_the_list_changes_nothing(work):
    reference, store = load_reference(), open_store(work)
    before = standing(place_facts(load_snapshot(store), reference), reference, AS_OF)
    save_upload(store, read_book("复查清单.xlsx", listed(work)[1], vocabulary_of(reference)), LI, NOON)
    after = standing(place_facts(load_snapshot(store), reference), reference, AS_OF)
    columns = ["issue", "status", "found_on", "verified_on", "relapse_of"]
    assert after.issues["upload_id"].nunique() > before.issues["upload_id"].nunique()
    pd.testing.assert_frame_equal(after.issues[columns], before.issues[columns])
    assert after.contradictions.empty
