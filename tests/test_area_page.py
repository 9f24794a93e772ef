"""居民区 from the door: its numbers are those of the area's view, each opens its rows, the address names the area."""

from __future__ import annotations

import pytest
from test_pages import GUANGSHUI, SHUIDIAN, SUBDISTRICT, chart_words, fine, opened, shown, small, truth, url

from readiness.area_view import AreaView, area_view
from readiness.facts import place_facts
from readiness.reference import load_reference
from store import load_snapshot, open_store
from ui.area_page import losing_issues, loss_rows

__all__ = ["small", "url"]
AREA = "pages/meeting/area.py"


def view(address: str, code: str = GUANGSHUI) -> AreaView:
    reference = load_reference()
    facts = place_facts(load_snapshot(open_store(address)), reference)
    return area_view(truth(address), facts, reference, code)


def figures(app) -> dict[str, str]:
    return {metric.label: metric.value for metric in app.metric}


def frames(app) -> dict[str, object]:
    """The tables by the first part of their key, which is their name."""
    return {frame.key.removeprefix("table-").rsplit("-", 1)[0]: frame.value for frame in app.dataframe if frame.key}


def dialog(app):
    """The table of the dialog that is open: the one that names workbooks."""
    (rows,) = [frame.value for frame in app.dataframe if "workbook" in frame.value]
    return rows


def clicked(app, table: str, row: int, column: str):
    """The page after a cell of that table was clicked."""
    key = next(frame.key for frame in app.dataframe if (frame.key or "").startswith(f"table-{table}"))
    app.session_state[key] = {"selection": {"rows": [], "columns": [], "cells": [(row, column)]}}
    return fine(app.run())


def test_the_headline_is_the_area_in_numbers(small):
    app, now = fine(opened(AREA, area=GUANGSHUI)), view(small).figures
    assert (now["open"], now["overdue"], now["verified"], now["total"]) == (4, 2, 1, 4)
    assert figures(app) == {"未销号": "4", "超期": "2", "整改率": "25.0%", "检查覆盖率": f"{now['coverage']:.0%}",
                            "失分": f"{100 - now['score']:.1f}"}
    assert f'<div class="big">{now["score"]:.1f}<i>分</i></div>' in shown(app)
    assert f'<div class="big">{now["rank"]:.0f}<i>名</i></div><div class="foot">共 2 个' in shown(app)


def test_the_address_names_the_area_and_the_field_shows_it(small):
    app = fine(opened(AREA, area=SHUIDIAN))
    assert app.selectbox(key="choose-area").value == SHUIDIAN
    app = fine(app.selectbox(key="choose-area").set_value(GUANGSHUI).run())
    assert app.query_params["area"] in (GUANGSHUI, [GUANGSHUI])
    assert figures(app)["超期"] == "2"
    app.query_params["area"] = SHUIDIAN  # as the browser's back button does
    assert fine(app.run()).selectbox(key="choose-area").value == SHUIDIAN


def test_without_an_area_in_the_address_the_lowest_score_is_shown_and_named_there(small):
    app = fine(opened(AREA))
    assert truth(small).areas.set_index("area_code").loc[GUANGSHUI, "score"] < 100
    assert app.query_params["area"] in (GUANGSHUI, [GUANGSHUI])


def test_an_area_outside_the_ranking_and_one_without_a_score_say_so(small):
    assert "街道直管，只计入街道得分" in shown(fine(opened(AREA, area=SUBDISTRICT)))
    app = fine(opened(AREA, area="310109016022"))
    assert "资料不足" in shown(app)
    assert "检查覆盖率 0%，资料不足，还没有得分；先查下面未检查的 0 项。" in chart_words(app)
    assert "没有未销号的问题。" in shown(app)


@pytest.mark.parametrize("by", ["item", "kind", "category", "site_id"])
def test_the_bars_add_up_to_the_points_lost_and_each_opens_issues_that_make_it(small, by):
    seen, reference = view(small), load_reference()
    rows = loss_rows(seen.losses, by, reference)
    assert seen.figures["score"] + rows["value"].sum() == pytest.approx(100)
    for key, value, count in rows[["key", "value", "issues"]].itertuples(index=False):
        behind = losing_issues(seen, by, [key])
        assert (behind["loss"].sum(), len(behind)) == (pytest.approx(value), count)
    assert losing_issues(seen, by, rows["key"].tolist(), rest=True).empty


def test_the_bars_are_drawn_with_their_values(small):
    rows = loss_rows(view(small).losses, "item", load_reference())
    words = chart_words(fine(opened(AREA, area=GUANGSHUI)))
    assert [word for word in words if word.replace(".", "").isdigit()] == [f"{value:.2f}" for value in rows["value"]]
    assert rows["label"].tolist() == words[:len(rows)]


def test_the_address_names_by_what_the_points_lost_are_shown(small):
    rows = loss_rows(view(small).losses, "site_id", load_reference())
    app = fine(opened(AREA, area=GUANGSHUI, by="site"))
    assert rows["label"].tolist() == chart_words(app)[:len(rows)] == ["广水小区"]
    app = fine(app.segmented_control(key="by").set_value("category").run())
    assert app.query_params["by"] in ("category", ["category"])


def test_each_card_opens_as_many_rows_as_it_says(small):
    seen = view(small)
    counts = {"未销号": 4, "超期": 2, "整改率": 4, "检查覆盖率": len(seen.items), "失分": len(seen.losses)}
    for label, count in counts.items():
        app = fine(opened(AREA, area=GUANGSHUI).button(key=f"open-{label}").click().run())
        rows = dialog(app)
        assert len(rows) == count, label
        assert rows["workbook"].eq("示例.xlsx").sum() == rows["workbook"].notna().sum() > 0


def test_the_score_opens_the_items_that_it_is_made_of(small):
    app, seen = fine(opened(AREA, area=GUANGSHUI).button(key="over-area").click().run()), view(small)
    assert len(dialog(app)) == len(seen.items)
    assert any(f"= {seen.figures['score']:.1f}。" in caption.value for caption in app.caption)


def test_a_cell_of_the_sites_opens_what_it_counts(small):
    app = fine(opened(AREA, area=GUANGSHUI))
    site = frames(app)["area-sites"].iloc[0]
    assert site[["site", "open", "overdue"]].tolist() == ["广水小区", 4, 2]
    for column in ("open", "overdue", "failing"):
        opened_rows = clicked(fine(opened(AREA, area=GUANGSHUI)), "area-sites", 0, column)
        assert len(dialog(opened_rows)) == site[column], column


def test_unchecked_items_and_uploads_are_listed(small):
    app, seen = fine(opened(AREA, area=GUANGSHUI)), view(small)
    gain = 100 * seen.unchecked["gain"].sum()
    assert f"未检查 {len(seen.unchecked)} 项<span>全部查完，覆盖率可增 {gain:.0f} 点" in shown(app)
    assert len(frames(app)["area-unchecked"]) == len(seen.unchecked)
    (upload,) = next(frame.value for frame in app.dataframe if "file" in frame.value).to_dict("records")
    assert [upload[name] for name in ("file", "ledger", "checks", "sites")] == ["示例.xlsx", 4, 4, 1]


def test_an_issue_that_is_clicked_stands_on_its_card_and_in_the_address(small):
    app = clicked(fine(opened(AREA, area=GUANGSHUI)), "area-issues", 0, "description")
    assert "5号楼道堆放杂物" in shown(app)
    assert "area-issues" not in frames(app)
    assert app.query_params["issue"]
    assert "area-issues" in frames(fine(app.button(key="close-issue").click().run()))


def test_the_day_of_the_address_is_kept(small):
    app = fine(opened(AREA, area=GUANGSHUI, day="2026-10-05"))
    assert (figures(app)["未销号"], figures(app)["超期"], figures(app)["整改率"]) == ("4", "0", "0.0%")
    assert "数据截至 2026年10月5日" in shown(app)
