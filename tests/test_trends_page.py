"""趋势 split by area, kind and unit; the days of the address on every page that honours them."""

from __future__ import annotations

from datetime import date

import pytest

from readiness.facts import place_facts
from readiness.reference import load_reference
from readiness.standing import standing
from store import load_snapshot, open_store
from tests.test_pages import OVERVIEW, TRENDS, chart_words, fine, opened, shown, small, truth, url  # noqa: F401


def before(url: str, day: date):  # noqa: F811
    reference = load_reference()
    return standing(place_facts(load_snapshot(open_store(url)), reference), reference, day)


def test_the_split_by_kind_draws_the_score_of_the_kinds_chosen(small):  # noqa: F811
    app = fine(opened(TRENDS).segmented_control(key="split").set_value("kind").run())
    app = fine(app.multiselect(key="compare_kind").set_value(["residential"]).run())
    score = truth(small).subdistrict.score  # all sites are residential
    assert f"<b>{score:.1f}</b> 居民小区" in chart_words(app)
    assert f"<b>{score:.1f}</b> 街道" in chart_words(app)


def test_the_line_of_a_chosen_area_opens_what_its_own_score_lacks(small):  # noqa: F811
    app = fine(opened(TRENDS).multiselect(key="compare").set_value(["310109016001"]).run())
    mark = ["2026-10-26", "310109016001"]
    app.session_state["figure-score-large"] = {"selection": {"points": [{"customdata": mark}]}}
    rows = next(table.value for table in fine(app.run()).dataframe if "workbook" in table.value)
    score = truth(small).areas.set_index("area_code").loc["310109016001", "score"]
    assert rows["loss"].sum() == pytest.approx(100 - score)


def test_the_split_by_unit_draws_open_issues_in_place_of_the_score(small):  # noqa: F811
    app = fine(opened(TRENDS).segmented_control(key="split").set_value("unit").run())
    assert "<b>4</b> 全部" in chart_words(app)
    app = fine(app.multiselect(key="compare_unit").set_value([""]).run())
    assert app.query_params["split"] in ("unit", ["unit"])
    assert app.query_params["compare_unit"] in ("-", ["-"])
    assert "<b>4</b> 未写明" in chart_words(app)


def test_the_address_names_the_split_and_what_is_chosen_by_codes(small):  # noqa: F811
    score = truth(small).subdistrict.score
    app = fine(opened(TRENDS, split="kind", compare_kind="residential"))
    assert f"<b>{score:.1f}</b> 居民小区" in chart_words(app)
    app = fine(app.multiselect(key="compare_kind").set_value([]).run())
    assert "compare_kind" not in app.query_params
    assert "<b>4</b> 未写明" in chart_words(fine(opened(TRENDS, split="unit", compare_unit="-")))
    app = fine(opened(TRENDS, split="nothing", compare=["310109016002", "nowhere"]))
    assert app.multiselect(key="compare").value == ["310109016002"]


def test_what_is_chosen_narrows_the_weeks_the_burn_down_and_the_pareto(small):  # noqa: F811
    app = fine(opened(TRENDS).multiselect(key="compare").set_value(["310109016002"]).run())
    assert "<b>0</b> 条" in chart_words(app)
    assert "水电；条；1 项里 1 项占八成" in shown(app)


def test_the_time_to_close_says_how_many_are_left_out(small):  # noqa: F811
    assert "天；共 2 条中位 22 天；未写明日期 0 条不计" in shown(opened(TRENDS))


def test_the_address_names_the_day_and_the_day_compared_with(small):  # noqa: F811
    app = fine(opened(OVERVIEW, day="2026-10-20", vs="2026-10-12"))
    now, then = before(small, date(2026, 10, 20)).subdistrict, before(small, date(2026, 10, 12)).subdistrict
    cards = {metric.label: (metric.value, metric.delta) for metric in app.metric}
    assert cards["未销号"] == (f"{now.open}", f"{now.open - then.open}" if now.open != then.open else "")
    assert "数据截至 2026年10月20日" in shown(app)
    assert "对比 10月12日（8 天前）" in shown(app)
    assert "回看：最新是 10月26日" in shown(app)
    app = fine(app.button(key="to-newest").click().run())
    assert "数据截至 2026年10月26日" in shown(app)
    assert not set(app.query_params) & {"day", "vs"}


@pytest.mark.parametrize("day", ["2026-10-27", "1999-01-01", "昨天", "2026-13-01"])
def test_a_day_that_cannot_be_shown_is_passed_over(small, day):  # noqa: F811
    app = fine(opened(OVERVIEW, day=day, vs=day))
    assert "数据截至 2026年10月26日" in shown(app)
    assert "对比 10月19日（7 天前）" in shown(app)


def test_the_day_compared_with_is_chosen_in_the_title_line_and_written_into_the_address(small):  # noqa: F811
    app = fine(opened().segmented_control(key="vs-ago").set_value(14).run())
    assert app.query_params["vs"] in ("2026-10-12", ["2026-10-12"])
    assert "对比 10月12日（14 天前）" in shown(app)
    app = fine(app.date_input(key="vs-day").set_value(date(2026, 10, 1)).run())
    assert "对比 10月1日（25 天前）" in shown(app)
    app = fine(app.segmented_control(key="vs-ago").set_value(7).run())
    assert "vs" not in app.query_params


def test_the_trends_end_on_the_day_of_the_address(small):  # noqa: F811
    app = fine(opened(TRENDS, day="2026-10-22"))
    assert f"<b>{before(small, date(2026, 10, 22)).subdistrict.score:.1f}</b> 得分" in chart_words(app)
