"""The next step on an issue's card, clicked: each move, who may not, photos, exceptions, undo, two people at once."""

from __future__ import annotations

from datetime import date

import pytest
from batches import LI, NOON, WANG, ZHAO, batch, step
from batches import ledger as ledger_table
from picture_books import FIRST
from streamlit.testing.v1 import AppTest
from test_pages import (  # noqa: F401 - fixtures
    DOOR,
    GUANGSHUI,
    MAP,
    OVERVIEW,
    SHUIDIAN,
    fine,
    opened,
    shown,
    small,
    truth,
    url,
)

from readiness.model import FROM_CHECK
from readiness.people import AREA_STAFF, LEADERSHIP, User
from store import load_snapshot, open_store, save_upload, step_pictures

LEDGER = "pages/office/ledger.py"
PILE, POSTER, BUTTS, COVER = "5号楼道堆放杂物", "<b>墙面</b>有小广告", "绿化带有烟头", "窨井盖破损"
STAFF = User("孙八", AREA_STAFF, frozenset({GUANGSHUI}))
NEIGHBOUR = User("钱七", AREA_STAFF, frozenset({SHUIDIAN}))
DIRECTOR = User("周主任", LEADERSHIP)


def name_of(url, description):  # noqa: F811
    issues = truth(url).issues
    return issues.loc[issues["description"] == description, "issue"].iloc[0]


def state_of(url, description):  # noqa: F811
    issues = truth(url).issues
    return issues.loc[issues["description"] == description, "status"].iloc[0]


def card(url, description, who=LI, page=MAP, **query) -> AppTest:  # noqa: F811
    """The issue of that description as this user sees it."""
    app = AppTest.from_file(DOOR, default_timeout=60)
    app.session_state["user"] = who
    for name, value in {**query, "issue": name_of(url, description)}.items():
        app.query_params[name] = value
    return fine(app.switch_page(page).run())


def moves(app) -> list[str]:
    return [button.label for button in app.button if (button.key or "").startswith("move-")]


def clicked(app, key) -> AppTest:
    return app.button(key=key).click().run()


@pytest.mark.parametrize(("page", "description", "before", "move"), [
    (MAP, PILE, ["开始整改", "整改完成", "同意暂缓"], "fixing"),
    (LEDGER, PILE, ["开始整改", "整改完成", "同意暂缓"], "fixed"),
    (MAP, POSTER, ["整改完成", "同意暂缓"], "fixed"),
    (LEDGER, BUTTS, ["开始整改", "销号", "退回", "同意暂缓"], "verified"),
    (MAP, BUTTS, ["开始整改", "销号", "退回", "同意暂缓"], "returned"),
    (LEDGER, COVER, ["退回"], "returned"),
])
def test_each_move_is_a_button_and_is_recorded(small, page, description, before, move):  # noqa: F811
    app = card(small, description, page=page)
    assert moves(app) == before
    app = fine(clicked(app, f"move-{move}"))
    assert state_of(small, description) == move
    assert "李四 在页面登记" in shown(app)
    taken = load_snapshot(open_store(small)).steps
    assert taken[["status", "user"]].to_numpy().tolist() == [[move, "李四"]]
    assert taken["on"].dt.strftime("%Y-%m-%d").tolist() == ["2026-10-26"]


@pytest.mark.parametrize(("who", "description", "sentence"), [
    (User("", LEADERSHIP), PILE, "请先在右上角说明您是谁"),
    (DIRECTOR, PILE, "您以“领导”身份查看，不能登记进展。"),
    (NEIGHBOUR, PILE, "这是其他居民区的问题"),
    (STAFF, COVER, "已经销号；发现没有整改到位时由办公室退回。"),
])
def test_who_may_not_is_told_why_and_sees_no_button(small, who, description, sentence):  # noqa: F811
    app = card(small, description, who)
    assert sentence in shown(app)
    assert moves(app) == []
    assert not app.get("file_uploader")


def test_area_staff_fix_and_do_not_verify_or_accept(small):  # noqa: F811
    assert moves(card(small, BUTTS, STAFF)) == ["开始整改"]
    assert moves(card(small, PILE, STAFF)) == ["开始整改", "整改完成"]


def test_whoever_fixed_it_does_not_verify_it(small):  # noqa: F811
    app = clicked(clicked(card(small, PILE), "move-fixed"), "move-verified")
    assert [error.value for error in app.error] == [f"“{PILE}”是您自己整改的，销号要由别人复核。"]
    assert state_of(small, PILE) == "fixed"
    assert not clicked(card(small, PILE, WANG), "move-verified").error
    assert state_of(small, PILE) == "verified"


def test_a_look_back_and_an_issue_out_of_a_check_take_no_step(small):  # noqa: F811
    assert "正在回看以前的一天" in shown(back := card(small, PILE, day="2026-10-12"))
    issues = truth(small).issues
    found = issues.loc[issues["origin"] == FROM_CHECK, "description"].iloc[0]
    check = card(small, found, page=LEDGER)
    assert "同一项目有更新的合格检查后自动销号" in shown(check)
    assert moves(back) == moves(check) == []


def test_a_note_and_a_photo_stand_in_the_history(small):  # noqa: F811
    app = card(small, PILE)
    field = next(each for each in app.text_input if each.key.startswith("note-"))
    field.input("已清<运>")
    app.get("file_uploader")[0].set_value([("现场.jpg", FIRST, "image/jpeg")])
    app = fine(clicked(app, "move-fixed"))
    assert "已清&lt;运&gt;" in shown(app)
    assert shown(app).count('src="data:image/jpeg;base64,') == 1
    assert len(step_pictures(open_store(small))) == 1


def test_what_is_no_photo_is_refused_and_nothing_is_recorded(small):  # noqa: F811
    app = card(small, PILE)
    app.get("file_uploader")[0].set_value([("现场.jpg", b"no photo", "image/jpeg")])
    app = clicked(app, "move-fixed")
    assert [error.value for error in app.error] == [
        "“现场.jpg”不能作为照片登记：请用不超过 20 MB 的 JPG、PNG 或 WebP。"]
    assert state_of(small, PILE) == "open"


def test_an_exception_needs_its_reason_and_shows_as_chip_and_in_the_headline(small):  # noqa: F811
    app = clicked(card(small, PILE), "move-excepted")
    assert [error.value for error in app.error] == ["暂缓要写明理由和截止日期，截止日期不能早于今天。"]
    next(each for each in app.text_input if each.key.startswith("reason-")).input("等物业换柜")
    next(iter(app.date_input)).set_value(date(2026, 10, 31))
    app = fine(clicked(app, "move-excepted"))
    page = shown(app)
    assert "<i>暂缓至 10月31日</i>" in page
    assert "<b>同意暂缓</b> 至 10月31日，等物业换柜" in page
    assert "未销号 · 暂缓 1" in [button.label for button in fine(opened(OVERVIEW)).button]
    rows = fine(opened(LEDGER)).dataframe[0].value
    assert rows["excepted_until"].dropna().dt.strftime("%m-%d").tolist() == ["10-31"]


def test_the_newest_step_is_taken_back_by_who_took_it_or_the_office(small):  # noqa: F811
    app = fine(clicked(card(small, PILE, STAFF), "move-fixed"))
    assert "最近一步：孙八，10月26日，整改完成。" in shown(app)
    app = fine(clicked(app, "undo-step"))
    assert state_of(small, PILE) == "open"
    assert "undo-step" not in [button.key for button in app.button]
    step(open_store(small), PILE, "fixed", ZHAO, on=date(2026, 10, 26))
    assert "undo-step" not in [button.key for button in card(small, PILE, STAFF).button]
    fine(clicked(card(small, PILE), "undo-step"))
    assert state_of(small, PILE) == "open"


@pytest.mark.parametrize(("page", "choice", "after"), [(MAP, "theirs", "fixed"), (LEDGER, "mine", "fixing")])
def test_who_comes_second_sees_both_values_and_decides(small, page, choice, after):  # noqa: F811
    app = card(small, PILE, page=page)
    step(open_store(small), PILE, "fixed", WANG, on=date(2026, 10, 26))
    app = fine(clicked(app, "move-fixing"))
    told = shown(app)
    assert "<i>您看到的</i><span>待整改</span>" in told
    assert "<i>现在</i><span>待复核（王五，10月26日）</span>" in told
    assert "<i>您要登记</i><span>开始整改</span>" in told
    assert state_of(small, PILE) == "fixed"
    (radio,) = [each for each in app.radio if each.key.startswith("decide-")]
    radio.set_value(choice)
    fine(clicked(app, "decide-now"))
    assert state_of(small, PILE) == after


def test_what_no_longer_may_follow_can_only_be_left(small):  # noqa: F811
    app = card(small, PILE)
    step(open_store(small), PILE, "fixed", WANG, on=date(2026, 10, 26))
    app = fine(clicked(app, "move-fixed"))
    (radio,) = [each for each in app.radio if each.key.startswith("decide-")]
    assert radio.options == ["保留现在的"]
    assert "已经不能接在现在的状态之后" in shown(app)


def test_a_relapse_leaves_the_earlier_issue_as_it_was(url):  # noqa: F811
    old = ledger_table("积水", found_on="2026-09-01", status="verified", verified_on="2026-09-05")
    save_upload(open_store(url), batch(b"a", old, ledger_table("积水", found_on="2026-09-20")), LI, NOON)
    earlier, newer = sorted(truth(url).issues["issue"])
    assert "这个问题后来回潮了" in shown(fine(opened(MAP, issue=earlier)))
    assert moves(fine(opened(MAP, issue=newer))) == ["开始整改", "整改完成", "同意暂缓"]
