"""任务督办 from the door: what the last meeting decided comes first; a decision is recorded, settled and refused."""

from __future__ import annotations

from datetime import date

import pytest
from batches import GUANGSHUI, LI, NOON
from streamlit.testing.v1 import AppTest
from test_pages import AS_OF, DOOR, SHUIDIAN, fine, opened, shown, small, truth, url

from readiness.decisions import DONE, Decision, decisions_on
from readiness.people import AREA_STAFF, LEADERSHIP, User
from store import decide, load_decisions, open_store, settle

__all__ = ["small", "url"]
PAGE, LEDGER_PAGE = "pages/meeting/decisions.py", "pages/office/ledger.py"
LAST_MEETING = date(2026, 10, 19)


@pytest.fixture
def decided(small) -> str:
    """Of the last meeting one overdue and one done decision, one still open of the meeting before, one closed."""
    engine = open_store(small)
    for text, on, due in (("早先的", date(2026, 10, 12), date(2026, 10, 30)), ("早先办结的", date(2026, 10, 12), None),
                          ("<b>清理</b>", LAST_MEETING, date(2026, 10, 23)), ("培训", LAST_MEETING, None)):
        decide(engine, Decision(text, "张三", on, due, GUANGSHUI), LI, NOON)
    rows = load_decisions(engine).set_index("text")["decision"]
    for text in ("早先办结的", "培训"):
        settle(engine, rows[text], DONE, date(2026, 10, 22), "办了", LI, NOON)
    return small


def states(address: str) -> dict[str, str]:
    rows = decisions_on(load_decisions(open_store(address)), AS_OF)
    return dict(zip(rows["text"], rows["state"], strict=True))


def named(address: str, text: str) -> str:
    return load_decisions(open_store(address)).set_index("text")["decision"][text]


def opened_by(user: User) -> AppTest:
    app = AppTest.from_file(DOOR, default_timeout=60)
    app.session_state["user"] = user
    return fine(app.switch_page(PAGE).run())


def field(app: AppTest, kind: str, name: str):
    (found,) = [each for each in app.get(kind) if (each.key or "").startswith(f"decide-{name}-")]
    return found


def test_an_empty_list_says_what_the_page_is_for(small):
    app = fine(opened(PAGE))
    assert "还没有督办事项" in shown(app) and "在办" not in shown(app)


def test_an_empty_database_shows_the_page_too(url):
    assert "还没有督办事项" in shown(fine(opened(PAGE)))


def test_the_meeting_opens_with_what_the_last_one_decided(decided):
    page = shown(fine(opened(PAGE)))
    words = ["上次会上定的", "10月19日；2 项；超期 1 项", "&lt;b&gt;清理&lt;/b&gt;", "超期 3 天", "培训",
             "10月22日 了结", "更早定的、还没办完", "早先的", "早先办结的"]
    places = [page.index(word) for word in words]
    assert places == sorted(places)
    assert "在办 2 项　<span class=\"over\">超期 1 项</span>" in page


def test_a_decision_is_recorded_and_stands_under_today(small):
    app = fine(opened(PAGE))
    field(app, "text_area", "text").set_value("补公益广告")
    field(app, "text_input", "owner").set_value("宣传科")
    field(app, "date_input", "due").set_value(date(2026, 11, 2))
    app = fine(app.button(key="decide-save").click().run())
    assert "今天定的" in shown(app) and "补公益广告" in shown(app)
    assert field(app, "text_area", "text").value == ""
    row = load_decisions(open_store(small)).iloc[0]
    assert (row["owner"], row["due_on"].date(), row["decided_on"].date(), row["user"]) == (
        "宣传科", date(2026, 11, 2), AS_OF, "李四")


def test_what_says_too_little_is_refused_and_stays_in_the_form(small):
    app = fine(opened(PAGE))
    field(app, "text_area", "text").set_value("补公益广告")
    app = app.button(key="decide-save").click().run()
    assert [error.value for error in app.error] == ["请写明定了什么事、由谁负责。"]
    assert field(app, "text_area", "text").value == "补公益广告"
    assert load_decisions(open_store(small)).empty


def test_a_decision_is_done_dropped_with_a_reason_and_open_again(decided):
    overdue, early = named(decided, "<b>清理</b>"), named(decided, "早先的")
    app = fine(fine(opened(PAGE)).button(key=f"done-{overdue}").click().run())
    assert states(decided)["<b>清理</b>"] == "done"
    refused = app.button(key=f"dropped-{early}").click().run()
    assert [error.value for error in refused.error] == ["不再办要写明理由。"]
    refused.text_input(key=f"note-{early}").set_value("并入另一项")
    app = fine(refused.button(key=f"dropped-{early}").click().run())
    assert states(decided)["早先的"] == "dropped" and "并入另一项" in shown(app)
    app = fine(app.button(key=f"open-{overdue}").click().run())
    assert states(decided)["<b>清理</b>"] == "overdue"


def test_what_another_settled_meanwhile_is_told(decided):
    overdue = named(decided, "<b>清理</b>")
    app = fine(opened(PAGE))
    app.button(key=f"done-{overdue}").click()
    settle(open_store(decided), overdue, DONE, AS_OF, None, User("王五", "office"), NOON)
    app.run()
    assert states(decided)["<b>清理</b>"] == "done"
    assert len(load_decisions(open_store(decided))) == 7


def test_leadership_looks_and_changes_nothing(decided):
    app = opened_by(User("赵六", LEADERSHIP))
    assert "督办事项由办公室记录" in shown(app) and "上次会上定的" in shown(app)
    assert not [each.key for each in app.button if (each.key or "").startswith(("done-", "decide-"))]


def test_area_staff_record_and_settle_their_own_alone(decided):
    app = opened_by(User("钱七", AREA_STAFF, frozenset({SHUIDIAN})))
    assert not [each.key for each in app.button if (each.key or "").startswith("done-")]
    assert field(app, "selectbox", "area").options == ["水电"]
    field(app, "text_area", "text").set_value("扫地")
    field(app, "text_input", "owner").set_value("钱七")
    app = fine(app.button(key="decide-save").click().run())
    assert load_decisions(open_store(decided))["area_code"].iloc[-1] == SHUIDIAN
    assert [each.key for each in app.button if (each.key or "").startswith("done-")] == [
        f"done-{named(decided, '扫地')}"]


def test_an_issue_becomes_a_decision_and_leads_back_to_itself(small):
    issue = truth(small).issues.set_index("description").loc["5号楼道堆放杂物"]
    app = fine(opened(LEDGER_PAGE, issue=issue["issue"]))
    app = fine(app.button(key="to-decisions").click().run())
    assert "<b>任务督办</b>" in shown(app) and app.query_params["issue"] in (issue["issue"], [issue["issue"]])
    app = fine(opened(PAGE, issue=issue["issue"]))
    assert "5号楼道堆放杂物" in shown(app) and field(app, "text_input", "owner").value == "张三"
    field(app, "text_area", "text").set_value("三天内清走")
    app = fine(app.button(key="decide-save").click().run())
    row = load_decisions(open_store(small)).iloc[0]
    assert (row["thread"], row["area_code"]) == (issue["thread"], GUANGSHUI)
    assert "issue" not in app.query_params
    app = fine(app.button(key=f"issue-{row['decision']}").click().run())
    assert "<b>问题台账</b>" in shown(app)
    assert app.query_params["issue"] in (issue["issue"], [issue["issue"]])


def test_a_last_day_is_moved_on_the_page_for_a_reason(decided):
    app, name = fine(opened(PAGE)), named(decided, "<b>清理</b>")
    app = app.button(key=f"move-{name}").click().run()
    assert [error.value for error in app.error] == ["改期要写明理由。"]
    app.text_input(key=f"note-{name}").set_value("材料未到")
    app = app.date_input(key=f"due-{name}").set_value(date(2026, 10, 30)).run()
    page = shown(fine(app.button(key=f"move-{name}").click().run()))
    assert "期限 10月30日　原定 10月23日" in page and "材料未到" in page
    assert states(decided)["<b>清理</b>"] == "open"
