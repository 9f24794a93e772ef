"""Every number opens: each figure, card, bar, cell and point is clicked, and its rows' count or sum is the number."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from html import escape
from typing import Any

import numpy as np
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from tests.test_pages import GUANGSHUI, OVERVIEW, TRENDS, fine, opened, shown, small, truth, url  # noqa: F401

SAMPLE = 9  # points of a line that are clicked, evenly over its days, the last one among them
CARDS = {"本周销号": 2, "整改率": 5}


def figures(app: AppTest) -> dict[str, Any]:
    """The figures of the page by their names."""
    charts = {chart.proto.id.rsplit("-figure-", 1)[-1]: chart.proto for chart in app.get("plotly_chart")}
    return {name: json.loads(proto.spec) for name, proto in charts.items()}


def values(axis: Any) -> np.ndarray:
    """The numbers of an axis, whether they came as a list or packed."""
    if isinstance(axis, dict):
        return np.frombuffer(base64.b64decode(axis["bdata"]), axis["dtype"])
    return np.array(axis)


def marks(figure: Any) -> Iterator[tuple[list, float]]:
    """(customdata, y) of the marks of the figure that answer a click; of a line a sample."""
    for trace in figure["data"]:
        if trace.get("customdata") is not None and trace.get("hoverinfo") != "skip":
            found = [(mark, y) for mark, y in zip(trace["customdata"], values(trace["y"]), strict=True)
                     if trace["type"] == "bar" or not pd.isna(y)]
            if trace["type"] == "bar" or "lines" not in trace["mode"]:
                yield from found
            else:
                yield from found[::-max(len(found) // SAMPLE, 1)]


def clicked(app: AppTest, name: str, mark: list) -> AppTest:
    """The page after a click on that mark of the figure."""
    app.session_state[f"figure-{name}"] = {"selection": {"points": [{"customdata": mark}]}}
    return fine(app.run())


def rows(app: AppTest) -> pd.DataFrame | None:
    """The rows of the dialog that is open, None where there are none."""
    return next((table.value for table in app.dataframe if {"workbook", "share", "v"} & set(table.value)), None)


def count(app: AppTest) -> int:
    found = rows(app)
    return 0 if found is None else len(found)


def cell_score(found: pd.DataFrame) -> float:
    worth = found.groupby("state")["v"].sum()
    return 100 * worth.get("符合", 0.0) / worth.sum() if worth.sum() else float("nan")


def proves(name: str, app: AppTest, mark: list, y: float) -> None:
    """Holds the rows of a click against the number of the mark."""
    if name in ("score", "score-large"):
        assert rows(app)["loss"].sum() == pytest.approx(100 - y)
    elif name == "coverage":
        found = rows(app)
        worth = found["v"].sum()
        assert found.loc[found["state"] != "未检查", "v"].sum() / worth == pytest.approx(y)
    elif name == "heat":
        known = rows(app)[rows(app)["state"] != "未检查"]
        told = f"得分 {cell_score(known):.1f}" if len(known) else "未检查"
        assert told == mark[4]
    elif name == "losses":
        assert rows(app)["loss"].sum() == pytest.approx(float(mark[3]))
    elif name in ("flow", "flow-large", "burn-down"):
        assert count(app) == y
    else:
        assert count(app) == int(mark[2]), name


@pytest.mark.parametrize(("page", "names"), [
    (OVERVIEW, {"heat", "score", "flow", "losses"}),
    (TRENDS, {"score-large", "flow-large", "burn-down", "coverage", "categories", "items", "times"})])
def test_every_mark_opens_the_rows_that_are_its_number(small, page, names):  # noqa: F811
    app = fine(opened(page))
    drawn = figures(app)
    assert set(drawn) == names | ({"ranking", "small-map"} if page == OVERVIEW else set())
    for name in sorted(names):
        found = list(marks(drawn[name]))
        assert found or name == "times", name
        for mark, y in found:
            if name != "heat" or mark[4] != "未检查":
                proves(name, clicked(app, name, mark), mark, y)
        app = fine(opened(page))


def test_every_row_of_the_ranking_opens_its_area(small):  # noqa: F811
    found = [mark for mark, _ in marks(figures(opened())["ranking"])]
    assert {mark[0] for mark in found} == set(truth(small).areas.query("ranked")["area_code"])
    app = clicked(opened(day="2026-10-20"), "ranking", found[0])
    assert "<b>居民区</b>" in shown(app)
    assert dict(app.query_params) == {"area": found[0][0], "day": "2026-10-20"}


@pytest.mark.parametrize(("label", "number"), CARDS.items())
def test_every_card_opens_the_rows_that_are_its_number(small, label, number):  # noqa: F811
    app = fine(opened().button(key=f"open-{label}").click().run())
    assert count(app) == number
    assert rows(app)["workbook"].tolist() == ["示例.xlsx"] * number
    assert rows(app)["cell"].str.fullmatch(r"台账!A\d").all()


def test_the_coverage_opens_what_is_unchecked(small):  # noqa: F811
    app = fine(opened().button(key="open-检查覆盖率").click().run())
    assert rows(app)["share"].sum() == pytest.approx(1 - truth(small).subdistrict.coverage)


@pytest.mark.parametrize(("label", "column"), [("未销号", "open"), ("超期", "overdue")])
def test_open_and_overdue_lead_to_the_ledger_that_shows_exactly_those(small, label, column):  # noqa: F811
    app = fine(opened().button(key=f"open-{label}").click().run())
    assert "<b>问题台账</b>" in shown(app)
    assert len(app.dataframe[0].value) == getattr(truth(small).subdistrict, column)


def test_the_score_opens_the_losses_that_it_lacks(small):  # noqa: F811
    app = fine(opened().button(key="over-headline").click().run())
    assert rows(app)["loss"].sum() == pytest.approx(100 - truth(small).subdistrict.score)


def test_every_sentence_opens_its_rows(small):  # noqa: F811
    keys = [button.key for button in opened().button if button.key.startswith("over-")]
    assert set(keys) >= {"over-overdue", "over-headline", "over-overdue-list"}
    for key in set(keys) - {"over-lacking"}:  # the areas that lack data have no items at all here
        assert count(fine(opened().button(key=key).click().run())) > 0, key
    assert count(fine(opened().button(key="over-overdue").click().run())) == truth(small).subdistrict.overdue


AREA, UNIT, MAP = "pages/meeting/area.py", "pages/meeting/unit.py", "pages/meeting/map.py"


def table(app: AppTest, name: str) -> Any:
    return next(frame for frame in app.dataframe if (frame.key or "").startswith(f"table-{name}"))


def cell(app: AppTest, name: str, row: int, column: str) -> AppTest:
    """The page after a click on a cell of that table."""
    app.session_state[table(app, name).key] = {"selection": {"rows": [], "columns": [], "cells": [(row, column)]}}
    return fine(app.run())


@pytest.mark.parametrize("by", ["item", "kind", "category", "site"])
def test_every_bar_of_an_area_opens_the_issues_that_cost_it(small, by):  # noqa: F811
    app = fine(opened(AREA, area=GUANGSHUI, by=by))
    bars = [trace for trace in figures(app)["area-losses"]["data"] if trace["type"] == "bar"]
    found = [(mark, x) for trace in bars for mark, x in zip(trace["customdata"], values(trace["x"]), strict=True)]
    score = truth(small).areas.set_index("area_code")["score"][GUANGSHUI]
    assert sum(x for _, x in found) == pytest.approx(100 - score)
    for mark, x in found:
        assert rows(clicked(app, "area-losses", mark))["loss"].sum() == pytest.approx(x)
        app = fine(opened(AREA, area=GUANGSHUI, by=by))


def test_every_number_of_an_areas_sites_opens_what_it_counts(small):  # noqa: F811
    sites = table(fine(opened(AREA, area=GUANGSHUI)), "area-sites").value
    for place, site in enumerate(sites.to_dict("records")):
        for column in {"open", "overdue", "failing"} & set(sites):
            assert count(cell(opened(AREA, area=GUANGSHUI), "area-sites", place, column)) == site[column], column
        known, of = map(int, site["known"].split(" / "))
        assert count(cell(opened(AREA, area=GUANGSHUI), "area-sites", place, "known")) == known
        assert count(cell(opened(AREA, area=GUANGSHUI), "area-sites", place, "score")) == of
        lost = rows(cell(opened(AREA, area=GUANGSHUI), "area-sites", place, "loss"))
        assert lost["loss"].sum() == pytest.approx(site["loss"])


def test_every_count_of_an_areas_uploads_opens_its_rows(small):  # noqa: F811
    uploads = table(fine(opened(AREA, area=GUANGSHUI)), "area-uploads").value
    for column in {"ledger", "checks", "sites"} & set(uploads):
        app = cell(opened(AREA, area=GUANGSHUI), "area-uploads", 0, column)
        told = next(frame.value for frame in app.dataframe if {"table", "cell"} <= set(frame.value))
        assert len(told) == uploads[column].iloc[0] > 0


@pytest.mark.parametrize("name", ["unit-bars", "unit-days"])
def test_every_bar_and_dot_of_the_units_opens_its_issues(small, name):  # noqa: F811
    app = fine(opened(UNIT))
    for trace in figures(app)[name]["data"]:
        if trace.get("customdata") and trace.get("hoverinfo") != "skip":
            for mark, x in zip(trace["customdata"], values(trace["x"]), strict=True):
                assert count(clicked(app, name, mark)) == (x if name == "unit-bars" else mark[2])
                app = fine(opened(UNIT))


def test_every_number_of_the_units_opens_its_issues(small):  # noqa: F811
    units = table(fine(opened(UNIT)), "units").value
    counts = ["overdue", "open", "fixed", "verified", "total", "relapses"]
    for place, unit in enumerate(units.to_dict("records")):
        for column in set(counts) & set(units):
            assert count(cell(opened(UNIT), "units", place, column)) == unit[column], column
        assert count(cell(opened(UNIT), "units", place, "rate")) == unit["total"]


def test_every_mark_of_the_map_opens_its_issue_and_every_cell_its_area(small):  # noqa: F811
    """A click writes the mark's name into the address (tests/test_browser_map.py); here the address opens it."""
    app, issues = fine(opened(MAP)), truth(small).issues
    still = issues[issues["status"] != "verified"]
    marks_drawn = next(trace for trace in figures(app)["map"]["data"] if trace.get("name") == "issues")["customdata"]
    assert {mark[1] for mark in marks_drawn} == set(still["issue"])
    for issue in still.itertuples():
        app = fine(opened(MAP, issue=issue.issue))
        assert escape(issue.description) in shown(app)
    app = fine(opened(MAP, area=GUANGSHUI))
    here = (still["area_code"] == GUANGSHUI).sum()
    assert f"未销号 <b>{here}</b> 条" in shown(app)
    assert len(next(frame.value for frame in app.dataframe if frame.key == "issues-short")) == here
