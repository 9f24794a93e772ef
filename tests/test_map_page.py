"""问题地图 through its door: filters, colours, day and issue stand in the address and say what is shown."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from urllib.parse import parse_qs

import pandas as pd
import pytest
from test_pages import (  # noqa: F401
    AS_OF,
    GUANGSHUI,
    MAP,
    SHUIDIAN,
    chart_words,
    fine,
    opened,
    shown,
    small,
    truth,
    url,
)

from readiness.model import STATES
from ui.filters import FILTERS, filter_words
from ui.issue_card import chips

OVERDUE = "5号楼道堆放杂物"


def marks(app) -> list[list[str]]:
    """Kind, name and words of the marks on the map."""
    traces = json.loads(app.get("plotly_chart")[0].proto.spec)["data"]
    return next(trace["customdata"] for trace in traces if trace.get("name") == "issues")


def named(url, description) -> str:  # noqa: F811
    issues = truth(url).issues
    return issues.loc[issues["description"] == description, "issue"].iloc[0]


def rows(app) -> list[str]:
    return app.dataframe[-1].value["description"].tolist() if app.dataframe else []


def test_without_a_filter_all_unverified_issues_are_marks_the_overdue_ones_first(small):  # noqa: F811
    app = fine(opened(MAP))
    assert len(marks(app)) == 4
    assert [mark[1] for mark in marks(app)][:2] == [named(small, OVERDUE), named(small, "<b>墙面</b>有小广告")]
    assert marks(app)[0][2] == "<b>广水小区</b><br>5号楼道堆放杂物<br>超期 16 天"
    assert "○ 未销号　◆ 超期" in shown(app)


@pytest.mark.parametrize(("query", "expected"), [
    ({"state": "fixed"}, ["绿化带有烟头"]),
    ({"state": ["open", "fixing"], "overdue": "1"}, [OVERDUE, "<b>墙面</b>有小广告"]),
    ({"state": "verified"}, ["窨井盖破损", "晾晒衣物"]),
    ({"state": "verified", "area": SHUIDIAN}, ["晾晒衣物"]),
    ({"q": "楼道 堆放"}, [OVERDUE]),
    ({"origin": "ledger", "state": "open"}, [OVERDUE]),
    ({"kind": "school"}, []),
    ({"surroundings": "market"}, []),
    ({"unit": "没有这家"}, []),
])
def test_the_address_filters_marks_and_list_alike(small, query, expected):  # noqa: F811
    app = fine(opened(MAP, **query))
    assert sorted(rows(app)) == sorted(expected)
    on_map = truth(small).issues.set_index("issue").loc[[mark[1] for mark in marks(app)], "description"]
    assert set(expected) <= set(on_map)
    assert ("没有符合条件的问题。" in shown(app)) is not bool(expected)


def test_a_filter_writes_itself_into_the_address_and_clears_again(small):  # noqa: F811
    app = fine(opened(MAP).pills(key="filter-state").set_value(["fixing", "fixed"]).run())
    assert app.query_params["state"] == ["fixing", "fixed"]
    assert rows(app) == ["<b>墙面</b>有小广告", "绿化带有烟头"]
    app = fine(app.toggle(key="filter-overdue").set_value(True).run())
    assert app.query_params["overdue"] == "1"
    assert rows(app) == ["<b>墙面</b>有小广告"]
    app = fine(app.button(key="clear-filters").click().run())
    assert not app.query_params
    assert len(rows(app)) == 4


def test_an_empty_choice_offers_the_way_out_in_the_panel(small):  # noqa: F811
    app = fine(opened(MAP, kind="school", severity="特急"))
    app = fine(app.button(key="clear-panel").click().run())
    assert len(rows(app)) == 4


def test_counts_of_the_cells_are_those_of_the_choice(small):  # noqa: F811
    assert "<b>广水</b><br>1" in chart_words(fine(opened(MAP, by="open", state="fixed")))
    assert "<b>广水</b><br>4.0" in chart_words(fine(opened(MAP, by="per_site")))  # four at its one site
    assert "<b>广水</b><br>无点位" in chart_words(fine(opened(MAP, by="per_site", kind="school")))
    score = truth(small).areas.set_index("area_code").loc[GUANGSHUI, "score"]
    assert f"<b>广水</b><br>{score:.1f}" in chart_words(fine(opened(MAP, state="fixed", by="nothing")))


def test_the_slider_moves_the_map_through_time(small):  # noqa: F811
    app = fine(opened(MAP, day="2026-10-05", by="open"))
    assert "<b>广水</b><br>4" in chart_words(app)  # one of the four rows found on 2 October was verified later
    slider = app.slider(key="day-slider")
    first, last = (datetime.fromtimestamp(edge / 1e6, UTC).date() for edge in (slider.min, slider.max))
    assert (first, last, slider.value) == (AS_OF - timedelta(weeks=12), AS_OF, date(2026, 10, 5))
    app = fine(slider.set_value(date(2026, 10, 24)).run())
    assert app.query_params["day"] == "2026-10-24"
    assert "<b>广水</b><br>3" in chart_words(app)
    app = fine(app.slider(key="day-slider").set_value(AS_OF).run())
    assert "day" not in app.query_params
    assert "<b>广水</b><br>4" in chart_words(app)  # the check of 25 October fails


def test_an_issue_in_the_address_shows_its_card_with_its_place_persons_and_history(small):  # noqa: F811
    app = fine(opened(MAP, issue=named(small, OVERDUE)))
    page = shown(app)
    assert f"<p>{OVERDUE}</p>" in page
    assert '<b class="down">超期 16 天</b>' in page
    assert "<i>地点</i><span>广水　广水小区</span>" in page
    assert "<i>期限</i><span>10月10日</span>" in page
    assert "<i>责任人</i><span>张三</span>" in page
    assert "示例.xlsx › 台账!A3" in page
    assert "<b>10月2日</b><span><b>发现</b>" in page
    app = fine(app.button(key="close-issue").click().run())
    assert "issue" not in app.query_params
    assert "<b>全街道</b>" in shown(app)


def test_a_failing_check_has_a_card_too(small):  # noqa: F811
    issues = truth(small).issues
    check = issues[issues["origin"] == "check"].iloc[0]
    page = shown(fine(opened(MAP, issue=check["issue"])))
    assert "<b>不符合</b>" in page
    assert "示例.xlsx › 检查!A5" in page


def test_words_of_a_book_are_text_on_the_card(small):  # noqa: F811
    assert "<p>&lt;b&gt;墙面&lt;/b&gt;有小广告</p>" in shown(opened(MAP, issue=named(small, "<b>墙面</b>有小广告")))


def test_an_issue_that_did_not_exist_on_the_day_leaves_the_list(small):  # noqa: F811
    app = fine(opened(MAP, issue=named(small, OVERDUE), day="2026-09-01"))
    assert "<b>全街道</b>" in shown(app)


def test_the_list_leads_to_the_ledger_with_the_same_rows(small):  # noqa: F811
    app = fine(opened(MAP, area=GUANGSHUI, state="open", overdue="1"))
    link = next(each.proto for each in app.get("page_link") if each.proto.label == "在问题台账里看")
    assert parse_qs(link.query_string) == {"state": ["open"], "overdue": ["1"], "area": [GUANGSHUI]}


def test_the_address_alone_says_which_area_is_shown(small):  # noqa: F811
    app = fine(opened(MAP, area=SHUIDIAN))
    del app.query_params["area"]
    assert "<b>全街道</b>" in shown(fine(app.run()))  # as the back button of the browser does


def test_words_to_choose_from_are_those_in_use_and_what_says_nothing_comes_last():
    issues = pd.DataFrame({"responsible_unit": ["乙", None, "乙", "甲"], "kind": ["park", "school", "school", "school"],
                           "round": ["mock", "self", None, None], "status": ["open"] * 4})
    reference = SimpleNamespace(kind_names=lambda: {"school": "学校周边", "park": "公园广场", "market": "农贸市场"})
    words = {name: filter_words(FILTERS[name], issues, reference) for name in ("unit", "kind", "round", "surroundings")}
    assert words["unit"] == {"乙": "乙", "甲": "甲", "": "未填"}
    assert words["kind"] == {"school": "学校周边", "park": "公园广场"}
    assert list(words["round"].items()) == [("self", "自查"), ("mock", "模拟测评"), ("", "未填")]
    assert words["surroundings"] == {"school": "学校周边", "park": "公园广场", "market": "农贸市场"}
    assert tuple(filter_words(FILTERS["state"], issues, reference)) == STATES


def test_chips_name_what_is_special():
    issue = SimpleNamespace(status="returned", overdue_days=0, red_line=True, relapse_of="x-1", duplicate=False,
                            excepted_until=pd.Timestamp("2026-10-31"))
    told = chips(issue)
    assert "退回" in told and "<i>暂缓至 10月31日</i><i>红线项</i><i>回潮</i>" in told
    assert "超期" not in told and "疑似重复" not in told
