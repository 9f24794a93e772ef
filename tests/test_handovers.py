"""Handovers: from which day who answers, chains, what is taken back, what is refused, and the table in the store."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest
from batches import GUANGSHUI, LI, NOON, WANG
from snapshots import AREA, OTHER_AREA, reference, register, snapshot

from readiness.facts import place_facts
from readiness.handovers import HANDOVER_COLUMNS, chiefs_on, standing_handovers
from readiness.model import ReadinessError
from store import data_version, hand_over, load_handovers, open_store

POST = "point_chief"


@pytest.fixture
def engine(tmp_path):
    return open_store(f"sqlite:///{tmp_path / 'a.sqlite'}")


def said(*rows, post=POST, area_code=AREA) -> pd.DataFrame:
    """Handovers as (leaves, follows, day of October)."""
    frame = pd.DataFrame([
        {"handover_id": number, "post": post, "area_code": area_code, "leaves": leaves, "follows": follows,
         "on": pd.Timestamp(2021, 10, day), "user": "李四"} for number, (leaves, follows, day) in enumerate(rows)],
        columns=list(HANDOVER_COLUMNS))
    return frame.astype({"follows": "str", "on": "datetime64[us]"})


def sites() -> pd.DataFrame:
    rows = [{"name": name, "area_code": code, "site_kind": "residential", "point_chief": chief, "block_chief": "孙八",
             "phone": phone}
            for name, code, chief, phone in (("甲小区", AREA, "赵六", "111"), ("乙小区", AREA, "钱七", "222"),
                                             ("丙小区", OTHER_AREA, "赵六", "333"))]
    return place_facts(snapshot(register(*rows)), reference()).sites


def held(handovers: pd.DataFrame, day: int) -> dict[str, tuple]:
    rows = chiefs_on(sites(), handovers, date(2021, 10, day))
    return {row.site: (None if pd.isna(row.point_chief) else row.point_chief, None if pd.isna(row.phone) else row.phone)
            for row in rows.itertuples()}


def test_all_sites_of_the_area_go_over_on_the_day_and_the_phone_goes_with_who_leaves():
    moved = said(("赵六", "周九", 10))
    before = {"甲小区": ("赵六", "111"), "乙小区": ("钱七", "222"), "丙小区": ("赵六", "333")}
    assert held(moved, 9) == before
    assert held(moved, 10) == {**before, "甲小区": ("周九", None)}
    assert held(said(("赵六", None, 10)), 10) == {**before, "甲小区": (None, None)}


def test_another_post_keeps_the_point_chiefs_phone():
    rows = chiefs_on(sites(), said(("孙八", "周九", 1), post="block_chief"), date(2021, 10, 31))
    assert rows.set_index("site")["block_chief"].to_dict() == {"甲小区": "周九", "乙小区": "周九", "丙小区": "孙八"}
    assert rows["phone"].notna().all()


def test_handovers_follow_each_other_by_their_days_in_whatever_order_they_were_said():
    moved = said(("周九", "吴十", 20), ("赵六", "周九", 10))
    assert [held(moved, day)["甲小区"][0] for day in (9, 15, 20)] == ["赵六", "周九", "吴十"]
    assert held(said(("赵六", "钱七", 10), ("钱七", "吴十", 20)), 25)["乙小区"][0] == "吴十"


def test_following_oneself_takes_it_back():
    moved = said(("赵六", "周九", 10), ("赵六", "赵六", 10))
    assert held(moved, 31)["甲小区"] == ("赵六", "111")
    assert standing_handovers(moved).empty
    assert held(said(("赵六", "周九", 10), ("赵六", "赵六", 10), ("赵六", "吴十", 10)), 31)["甲小区"][0] == "吴十"


def test_the_store_keeps_what_was_said_and_by_whom(engine):
    hand_over(engine, POST, GUANGSHUI, "赵 六", "", date(2026, 10, 5), " 退休 ", LI, NOON)
    rows = load_handovers(engine)
    assert tuple(rows.columns) == HANDOVER_COLUMNS
    told = rows.iloc[0]
    assert (told["post"], told["area_code"], told["leaves"], told["note"], told["user"]) == (
        POST, GUANGSHUI, "赵六", "退休", "李四")
    assert pd.isna(told["follows"]) and told["on"] == pd.Timestamp(2026, 10, 5)
    assert len(load_handovers(engine, NOON.replace(hour=3))) == 0


def test_a_second_person_is_told_who_follows_already(engine):
    hand_over(engine, POST, GUANGSHUI, "赵六", "周九", date(2026, 10, 5), None, LI, NOON)
    before = data_version(engine)
    with pytest.raises(ReadinessError, match="“赵六”的点长已经登记在 2026-10-05 交给“周九”；要改，请先撤回那一次。"):
        hand_over(engine, POST, GUANGSHUI, "赵六", "吴十", date(2026, 10, 6), None, WANG, NOON)
    assert data_version(engine) == before
    hand_over(engine, POST, GUANGSHUI, "赵六", "赵六", date(2026, 10, 5), None, WANG, NOON)
    hand_over(engine, POST, GUANGSHUI, "赵六", "吴十", date(2026, 10, 6), None, WANG, NOON)
    assert standing_handovers(load_handovers(engine))["follows"].tolist() == ["吴十"]


def test_who_came_back_can_leave_again(engine):
    for leaves, follows, day in (("赵六", "周九", 5), ("周九", "赵六", 7), ("赵六", "吴十", 9)):
        hand_over(engine, POST, GUANGSHUI, leaves, follows, date(2026, 10, day), None, LI, NOON)
    assert len(load_handovers(engine)) == 3


@pytest.mark.parametrize(("leaves", "follows", "sentence"), [
    (" ", "周九", "请写明是谁离开。"), ("赵六", "赵六", "“赵六”这一天没有可以撤回的交接。")])
def test_what_says_nothing_is_refused(engine, leaves, follows, sentence):
    with pytest.raises(ReadinessError, match=sentence):
        hand_over(engine, POST, GUANGSHUI, leaves, follows, date(2026, 10, 5), None, LI, NOON)
