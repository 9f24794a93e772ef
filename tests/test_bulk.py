"""Several issues of 问题台账 at once: chosen, moved, taken back with one button; a conflict is decided row by row."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest
from batches import WANG, step
from test_ledger_page import ledger
from test_pages import fine, shown, small, truth, url  # noqa: F401 - fixtures

from readiness.people import LEADERSHIP, User
from store import load_snapshot, open_store
from ui.bulk import common_moves, steppable

PILE, POSTER, BUTTS = "5号楼道堆放杂物", "<b>墙面</b>有小广告", "绿化带有烟头"


def choosing(*descriptions):
    """The ledger after the switch, with the rows of these descriptions chosen."""
    app = ledger()
    app = fine(app.toggle(key="bulk").set_value(True).run())
    rows = app.dataframe[0].value["description"].tolist()
    app.session_state[app.dataframe[0].key] = {"selection": {
        "rows": [rows.index(each) for each in descriptions], "columns": [], "cells": []}}
    return fine(app.run())


def states(url):  # noqa: F811
    issues = truth(url).issues.set_index("description")["status"]
    return [issues[each] for each in (PILE, POSTER)]


def keys(app) -> list[str]:
    return [button.key for button in app.button if (button.key or "").startswith("bulk-")]


def test_chosen_rows_move_together_and_one_button_takes_it_back(small):  # noqa: F811
    app = choosing(PILE, POSTER)
    assert "已选 2 条" in shown(app)
    assert keys(app) == ["bulk-fixed"]
    app = fine(app.button(key="bulk-fixed").click().run())
    assert states(small) == ["fixed", "fixed"]
    assert len(set(load_snapshot(open_store(small)).steps["change_id"])) == 1
    assert "已登记 2 条：整改完成。" in shown(app)
    app = fine(app.button(key="undo-bulk").click().run())
    assert states(small) == ["open", "fixing"]
    assert "undo-bulk" not in [button.key for button in app.button]


def test_states_without_a_common_step_and_checks_are_told_of(small):  # noqa: F811
    assert "没有可以一起登记的一步" in shown(app := choosing(POSTER, "窨井盖破损"))
    assert keys(app) == []
    issues = truth(small).issues
    check = issues.loc[issues["origin"] == "check", "description"].iloc[0]
    assert "另有 1 条不能登记" in shown(app := choosing(PILE, check))
    assert "已选 1 条" in shown(app)


def test_a_conflict_holds_all_back_until_it_is_decided(small):  # noqa: F811
    app = choosing(PILE, POSTER)
    step(open_store(small), POSTER, "fixed", WANG, on=date(2026, 10, 26))
    app = fine(app.button(key="bulk-fixed").click().run())
    assert states(small) == ["open", "fixed"]
    assert "其余 1 条没有变化，决定后一起登记。" in shown(app)
    assert "待复核（王五，10月26日）" in shown(app)
    fine(app.button(key="decide-now").click().run())
    assert states(small) == ["fixed", "fixed"]
    taken = load_snapshot(open_store(small)).steps
    assert taken["user"].tolist() == ["王五", "李四"]


@pytest.mark.parametrize(("who", "day"), [(User("周主任", LEADERSHIP), None), (WANG, "2026-10-12")])
def test_who_can_take_no_step_cannot_choose(small, who, day):  # noqa: F811
    app = ledger(**({"day": day} if day else {}))
    app.session_state["user"] = who
    assert fine(app.run()).toggle(key="bulk").disabled


def test_what_is_common_by_hand():
    assert common_moves(pd.Series(["open", "fixed"]), "office") == ["fixing"]
    assert common_moves(pd.Series([], dtype="str"), "office") == []
    issues = pd.DataFrame({"issue": ["a-1", "a-2", "b-1"], "relapse_of": [None, "a-1", None],
                           "origin": ["ledger", "ledger", "check"]})
    assert steppable(issues, issues)["issue"].tolist() == ["a-2"]
