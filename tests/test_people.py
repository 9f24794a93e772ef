"""Who may change what: every write of the store, tried in every role."""

from __future__ import annotations

from datetime import date

import pytest
from batches import GUANGSHUI, NOON, batch, ledger, step

import store
from readiness.answers import AREA, Answers
from readiness.decisions import DONE, Decision
from readiness.meetings import Meeting
from readiness.model import ReadinessError
from readiness.people import AREA_STAFF, LEADERSHIP, OFFICE, ROLES, WALL, User
from store import (
    data_version,
    decide,
    forget,
    freeze_meeting,
    hand_over,
    make_screen,
    move_due,
    open_store,
    remember,
    remove_demo,
    save_upload,
    settle,
    tell_demo,
    undo_steps,
    undo_upload,
    withdraw_screen,
)

OTHER, TODAY, TOMORROW = "310109016002", date(2026, 10, 1), date(2026, 10, 2)
HELD = Meeting(TODAY, TODAY, "0" * 12, {"score": 85.3})
CLEAR = Decision("清理楼道", "张三", TODAY, area_code=GUANGSHUI)
OWN = {OFFICE: User("李四", OFFICE), AREA_STAFF: User("王五", AREA_STAFF, frozenset({GUANGSHUI})),
       LEADERSHIP: User("赵六", LEADERSHIP), WALL: User("大屏", WALL)}
STRANGER = User("钱七", AREA_STAFF, frozenset({OTHER}))

# Name of the store's function -> the write, and who else than the office may do it.
WRITES = {
    "save_upload": (lambda engine, user: save_upload(engine, batch(b"new", ledger("新")), user, NOON), {AREA_STAFF}),
    "undo_upload": (lambda engine, user: undo_upload(engine, "u0002", user, NOON), {AREA_STAFF}),
    "remove_demo": (lambda engine, user: remove_demo(engine, user, NOON), set()),
    "remember": (lambda engine, user: remember(engine, Answers().with_area("文院一", GUANGSHUI), user, NOON), set()),
    "forget": (lambda engine, user: forget(engine, AREA, "文院一", user, NOON), set()),
    "hand_over": (lambda engine, user: hand_over(
        engine, "point_chief", GUANGSHUI, "赵六", "孙八", date(2026, 10, 1), None, user, NOON), {AREA_STAFF}),
    "take_steps": (lambda engine, user: step(engine, "堆物", "fixing", user), {AREA_STAFF}),
    "undo_steps": (lambda engine, user: undo_steps(engine, 3, user, NOON), set()),
    "freeze_meeting": (lambda engine, user: freeze_meeting(engine, HELD, user, NOON), set()),
    "make_screen": (lambda engine, user: make_screen(engine, "指挥室", user, NOON), set()),
    "withdraw_screen": (lambda engine, user: withdraw_screen(engine, 1, user, NOON), set()),
    "decide": (lambda engine, user: decide(engine, CLEAR, user, NOON), {AREA_STAFF}),
    "move_due": (lambda engine, user: move_due(engine, "d0006", TOMORROW, TODAY, "等材料", user, NOON), {AREA_STAFF}),
    "tell_demo": (lambda engine, user: tell_demo(engine, [], user, NOON), set()),
    "settle": (lambda engine, user: settle(engine, "d0006", DONE, TODAY, None, user, NOON), {AREA_STAFF}),
}
READS = {"corrections", "data_version", "load_decisions", "load_handovers", "load_meetings", "load_screens",
         "album", "load_snapshot", "open_store", "original", "original_picture", "picture_uses", "rejected_rows",
         "remembered", "step_pictures", "thumbnails", "default_database_url", "screen_opens"}
VALUES = {"COMMITTED", "UNCHANGED", "Engine", "Saved"}


@pytest.fixture
def engine(tmp_path):
    """Two uploads of 广水, a step of the office's on the first, and a decision about the area."""
    engine = open_store(f"sqlite:///{tmp_path / 'a.sqlite'}")
    save_upload(engine, batch(b"a", ledger("堆物")), OWN[OFFICE], NOON)
    save_upload(engine, batch(b"b", ledger("积水")), OWN[OFFICE], NOON)
    step(engine, "堆物", "fixing", OWN[OFFICE])
    step(engine, "堆物", "fixed", OWN[OFFICE])
    undo_steps(engine, 4, OWN[OFFICE], NOON)
    decide(engine, CLEAR, OWN[OFFICE], NOON)
    make_screen(engine, "会议室", OWN[OFFICE], NOON)
    return engine


def test_every_write_of_the_store_is_tried():
    assert set(store.__all__) - READS - VALUES == set(WRITES)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("name", WRITES)
def test_a_write_is_the_offices_the_areas_own_or_nobodys(engine, name, role):
    write, others = WRITES[name]
    if name == "take_steps":
        undo_steps(engine, 3, OWN[OFFICE], NOON)
    before = data_version(engine)
    if role == OFFICE or role in others:
        write(engine, OWN[role])
        assert data_version(engine) > before or name in ("remove_demo", "tell_demo")  # there is no demonstration here
    else:
        with pytest.raises(ReadinessError):
            write(engine, OWN[role])
        assert data_version(engine) == before


@pytest.mark.parametrize("name", WRITES)
def test_area_staff_change_nothing_of_another_area(engine, name):
    before = data_version(engine)
    with pytest.raises(ReadinessError):
        WRITES[name][0](engine, STRANGER)
    assert data_version(engine) == before


def test_a_book_of_several_areas_is_the_offices(engine):
    mixed = batch(b"mixed", ledger("堆物"), ledger("积水", area_code=OTHER))
    with pytest.raises(ReadinessError, match="“王五”只能改动本居民区的数据，这里还涉及另外 1 个居民区，请交给办公室。"):
        save_upload(engine, mixed, OWN[AREA_STAFF], NOON)
    assert save_upload(engine, mixed, OWN[OFFICE], NOON).records == 2


def test_nobody_writes_without_a_name(engine):
    with pytest.raises(ReadinessError, match="请先说明您是谁"):
        step(engine, "积水", "fixing", User(" ", OFFICE), on=date(2026, 10, 1))


@pytest.mark.parametrize("role", [LEADERSHIP, WALL])
def test_who_only_looks_is_told_so(engine, role):
    with pytest.raises(ReadinessError, match="身份查看，不能改动数据"):
        save_upload(engine, batch(b"new", ledger("新")), OWN[role], NOON)
