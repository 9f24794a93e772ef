"""责任网格 from the door: its numbers open their rows, phones are masked but for the office, a handover moves sites."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest
from batches import LI
from test_area_page import clicked, dialog, figures, frames
from test_pages import DOOR, GUANGSHUI, NOON, SHUIDIAN, fine, opened, shown, url

from readiness.chiefs import answering, chiefs, issues_of_chiefs
from readiness.durations import timed_issues
from readiness.facts import place_facts
from readiness.model import LEDGER, SITES, Batch, Table
from readiness.people import AREA_STAFF, LEADERSHIP, OFFICE, WALL, User
from readiness.reference import load_reference
from readiness.standing import standing
from store import load_handovers, load_snapshot, open_store, save_upload
from ui.chiefs_page import BEHIND, rows_behind

__all__ = ["url"]
CHIEFS = "pages/meeting/chiefs.py"
STAFF = User("王五", AREA_STAFF, frozenset({GUANGSHUI}))
LOOKERS = [User("", LEADERSHIP), User("赵总", LEADERSHIP), User("大屏", WALL)]


def line(row, site, status="open", **fields):
    return {"row": row, "area_code": GUANGSHUI, "site": site, "description": f"第{row}处堆物",
            "found_on": "2026-10-01", "status": status, **fields}


REGISTER = [{"row": row, "area_code": code, "name": name, "site_kind": "residential", **chiefs}
            for row, (code, name, chiefs) in enumerate([
                (GUANGSHUI, "广水小区", {"point_chief": "赵六", "block_chief": "孙八", "phone": "13800001111"}),
                (GUANGSHUI, "广水二村", {"point_chief": "赵六", "phone": "13900002222"}),
                (GUANGSHUI, "广水三村", {}),
                (SHUIDIAN, "水电小区", {"point_chief": "钱七", "block_chief": "钱七", "phone": "021-55001234"})], 2)]
ROWS = (line(3, "广水小区", due_on="2026-10-06"), line(4, "广水小区", "fixed", fixed_on="2026-10-05"),
        line(5, "广水二村", "fixed", fixed_on="2026-10-07"), line(6, "广水三村"))


@pytest.fixture
def grid(url) -> str:
    """The address of a database with a register of four sites and a ledger; the day shown is 8 October 2026."""
    tables = (Table("点位", SITES, (1,), tuple(REGISTER)), Table("台账", LEDGER, (2,), ROWS))
    save_upload(open_store(url), Batch("网格.xlsx", "a" * 64, b"grid", None, tables, demo=True), LI, NOON)
    return url


def seen_by(user: User, **query: str):
    app = opened(CHIEFS, **query)
    app.session_state["user"] = user
    return fine(app.run())


def hand(app, follows: str):
    app.text_input(key="follows-0").set_value(follows)
    return app.button(key="hand-over").click().run()


def test_the_headline_the_table_and_the_gaps(grid):
    app = fine(opened(CHIEFS))
    assert figures(app) | {"失分": ""} == {"未销号": "3", "超期": "1", "整改中位": "5 天", "回潮": "0", "失分": ""}
    assert '<div class="big">3<i>人</i></div>' in shown(app)
    assert "登记的点位 4 个，<b>1</b> 个无人负责" in shown(app)
    assert "点长 <b>2</b> 人，管 <b>3</b> 个点位" in shown(app)
    table = frames(app)["chiefs"]
    assert table[["person", "area", "post", "sites", "overdue", "open"]].to_numpy().tolist() == [
        ["赵六", "广水", "点长", 2, 1, 3], ["孙八", "广水", "片长", 1, 1, 2], ["钱七", "水电", "片长", 1, 0, 0],
        ["钱七", "水电", "点长", 1, 0, 0]]
    assert [button.label for button in app.button if button.key and button.key.startswith("gap-")] == [
        "1 个点位无人负责", "1 个点位没有点长，而同类点位有", "2 个点位没有片长，而同类点位有",
        "1 个姓名有不止一个电话"]


def test_every_number_opens_as_many_rows_as_it_says(grid):
    reference, day = load_reference(), date(2026, 10, 8)
    facts = place_facts(load_snapshot(open_store(grid)), reference)
    issues = timed_issues(standing(facts, reference, day).issues, facts)
    answers = answering(facts.sites)
    theirs = issues_of_chiefs(answers, issues)
    for row in chiefs(answers, issues).to_dict("records"):
        own = theirs[(theirs["person"] == row["person"]) & (theirs["post"] == row["post"])]
        counted = {**{name: row[name] for name in ("open", "overdue", "relapses")}, "median": row["measured"]}
        assert {name: len(rows_behind(own, "", name)[1]) for name in counted} == counted
        assert rows_behind(own, "", "loss")[1]["loss"].sum() == pytest.approx(row["loss"])
    assert set(BEHIND) == {"open", "overdue", "median", "relapses", "loss"}
    app = clicked(fine(opened(CHIEFS)), "chiefs", 0, "overdue")
    assert dialog(app)["description"].tolist() == ["第3处堆物"]


@pytest.mark.parametrize(("label", "count"), [("未销号", 3), ("超期", 1), ("整改中位", 2)])
def test_each_card_opens_its_rows(grid, label, count):
    assert len(dialog(fine(opened(CHIEFS).button(key=f"open-{label}").click().run()))) == count


def test_a_gap_opens_its_sites_and_its_phones(grid):
    app = fine(opened(CHIEFS).button(key="gap-0").click().run())
    assert gap_rows(app)[["area", "site"]].to_numpy().tolist() == [["广水", "广水三村"]]
    app = fine(opened(CHIEFS).button(key="gap-3").click().run())
    assert gap_rows(app)["phone"].tolist() == ["13800001111", "13900002222"]
    app = fine(seen_by(LOOKERS[1]).button(key="gap-3").click().run())
    assert gap_rows(app)["phone"].tolist() == ["138****1111", "139****2222"]


def test_one_person_with_their_sites_and_issues(grid):
    app = clicked(fine(opened(CHIEFS)), "chiefs", 0, "person")
    assert app.query_params["person"] in (f"{GUANGSHUI}:赵六", [f"{GUANGSHUI}:赵六"])
    assert app.selectbox(key="choose-person").value == f"{GUANGSHUI}:赵六"
    assert figures(app)["未销号"] == "3"
    assert frames(app)["chief-sites"][["site", "posts", "open"]].to_numpy().tolist() == [
        ["广水小区", "点长", 2], ["广水二村", "点长", 1]]
    assert frames(app)["chief-issues"]["description"].tolist() == ["第3处堆物", "第5处堆物", "第4处堆物"]
    assert dialog(clicked(app, "chief-sites", 1, "open"))["description"].tolist() == ["第5处堆物"]
    assert '<div class="big">3<i>人</i></div>' in shown(fine(opened(CHIEFS, person="没有这个人")))


@pytest.mark.parametrize("user", [*LOOKERS, STAFF])
def test_phones_are_masked_for_all_but_the_office(grid, user):
    assert "13800001111" in words_of(seen_by(LI))
    for query in ({}, {"person": f"{GUANGSHUI}:赵六"}):
        told = words_of(seen_by(user, **query))
        assert "138****1111" in told
        assert "13800001111" not in told and "55001234" not in told


@pytest.mark.parametrize("user", [LI, *LOOKERS, STAFF])
def test_the_card_of_an_issue_masks_the_phone_too(grid, user):
    issue = standing_issue(grid, "第3处堆物")
    told = shown(seen_by(user, person=f"{GUANGSHUI}:赵六", issue=issue))
    assert ("13800001111" in told, "138****1111" in told) == (user.role == OFFICE, user.role != OFFICE)


def test_a_handover_moves_the_sites_and_can_be_taken_back(grid):
    app = seen_by(LI, person=f"{GUANGSHUI}:赵六")
    app = fine(hand(app, "周 九"))
    rows = load_handovers(open_store(grid))
    assert rows[["post", "area_code", "leaves", "follows", "user"]].to_numpy().tolist() == [
        ["point_chief", GUANGSHUI, "赵六", "周九", "李四"]]
    app = seen_by(LI)
    people = frames(app)["chiefs"]
    assert "赵六" not in people["person"].tolist()
    assert people.loc[people["person"] == "周九", "sites"].tolist() == [2]
    assert "13800001111" not in words_of(app)
    key = next(each.key for each in app.dataframe if (each.key or "").startswith("table-handovers"))
    app.session_state[key] = {"selection": {"rows": [0], "columns": [], "cells": []}}
    app = fine(fine(app.run()).button(key="take-back").click().run())
    assert "赵六" in frames(app)["chiefs"]["person"].tolist()
    assert "还没有登记过交接。" in shown(app)


def test_to_nobody_from_a_later_day_changes_nothing_yet(grid):
    app = seen_by(LI, person=f"{GUANGSHUI}:孙八")
    app.date_input(key="on-0").set_value(date(2026, 11, 1))
    fine(hand(app, ""))
    rows = load_handovers(open_store(grid))
    assert rows["follows"].isna().all() and rows["on"].tolist() == [pd.Timestamp(2026, 11, 1)]
    app = seen_by(LI)
    assert "孙八" in frames(app)["chiefs"]["person"].tolist()
    assert frames(app)["handovers"][["leaves", "follows"]].to_numpy().tolist() == [["孙八", "无人"]]
    again = hand(seen_by(LI, person=f"{GUANGSHUI}:孙八"), "吴十")
    assert [error.value for error in again.error] == [
        "“孙八”的片长已经登记在 2026-11-01 交给“无人”；要改，请先撤回那一次。"]


def test_area_staff_hand_over_in_their_own_area_alone(grid):
    app = seen_by(STAFF)
    assert [word.split("　")[:2] for word in app.selectbox(key="leaves-0").options] == [
        ["孙八", "广水"], ["赵六", "广水"]]
    assert "这里没有您可以交接的负责人。" in shown(seen_by(STAFF, person=f"{SHUIDIAN}:钱七"))
    fine(hand(app, "吴十"))
    assert load_handovers(open_store(grid))["leaves"].tolist() == ["孙八"]


@pytest.mark.parametrize("user", LOOKERS)
def test_who_only_looks_has_no_form(grid, user):
    app = seen_by(user)
    assert not [button for button in app.button if button.key == "hand-over"]


def test_an_empty_database_shows_the_first_steps(url):
    assert DOOR.exists()
    assert "还没有数据" in shown(fine(opened(CHIEFS)))


def standing_issue(address: str, description: str) -> str:
    reference = load_reference()
    facts = place_facts(load_snapshot(open_store(address)), reference)
    issues = standing(facts, reference, date(2026, 10, 8)).issues
    return issues.loc[issues["description"] == description, "issue"].iloc[0]


def gap_rows(app) -> pd.DataFrame:
    """The table of the dialog: the one without a key, as nothing in it can be chosen."""
    (rows,) = [each.value for each in app.dataframe if not each.key]
    return rows


def words_of(app) -> str:
    """Everything that the page shows in its tables and in HTML."""
    return shown(app) + "".join(each.value.to_csv() for each in app.dataframe)
