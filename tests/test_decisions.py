"""Decisions: kept as they were said, how each stands on a day, what the next meeting opens with."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest
from batches import GUANGSHUI, LI, NOON, WANG, batch, ledger

from readiness.decisions import (
    CLOSED,
    DECISION_COLUMNS,
    DONE,
    DROPPED,
    EARLIER,
    LAST,
    TODAY,
    Decision,
    agenda,
    decisions_on,
)
from readiness.model import OPEN, ReadinessError
from readiness.people import AREA_STAFF, User
from readiness.reference import demo_decisions, load_reference
from readiness.thread_keys import with_threads
from store import (
    data_version,
    decide,
    load_decisions,
    load_snapshot,
    move_due,
    open_store,
    remove_demo,
    save_upload,
    settle,
    tell_demo,
)

FIRST, SECOND, THIRD = (date(2026, 10, day) for day in (5, 12, 19))


@pytest.fixture
def engine(tmp_path):
    return open_store(f"sqlite:///{tmp_path / 'a.sqlite'}")


def made(engine, text: str, on: date = FIRST, **said) -> str:
    return decide(engine, Decision(text, "张三", on, **said), LI, NOON)


def stand(engine, as_of: date, *columns: str) -> list[list]:
    rows = decisions_on(load_decisions(engine), as_of)[list(columns)].astype(object)
    return rows.where(rows.notna(), None).to_numpy().tolist()


def test_a_decision_is_kept_as_it_was_said(engine):
    name = made(engine, " 清理楼道 ", due_on=SECOND, area_code=GUANGSHUI, thread="t1")
    assert name == "d0001" and data_version(engine) == 1
    rows = decisions_on(load_decisions(engine), FIRST)
    assert list(rows) == list(DECISION_COLUMNS)
    assert rows.iloc[0].dropna().to_dict() == {
        "decision": "d0001", "text": "清理楼道", "owner": "张三", "due_on": pd.Timestamp(SECOND),
        "area_code": GUANGSHUI, "thread": "t1", "decided_on": pd.Timestamp(FIRST), "decided_by": "李四", "state": OPEN,
        "late_days": 0}


def test_nothing_decided_is_a_table_without_rows(engine):
    rows = decisions_on(load_decisions(engine), FIRST)
    assert rows.empty and list(rows) == list(DECISION_COLUMNS)
    assert all(part.empty for part in agenda(rows, FIRST).values())


@pytest.mark.parametrize(("as_of", "state", "late"), [
    (SECOND, OPEN, 0), (date(2026, 10, 13), "overdue", 1), (THIRD, "overdue", 7)])
def test_it_is_overdue_from_the_day_after_its_due_day(engine, as_of, state, late):
    made(engine, "清理楼道", due_on=SECOND)
    assert stand(engine, as_of, "state", "late_days") == [[state, late]]


def test_without_a_due_day_it_is_never_overdue_and_before_its_day_there_is_none(engine):
    made(engine, "清理楼道", SECOND)
    assert stand(engine, date(2030, 1, 1), "state", "late_days") == [[OPEN, 0]]
    assert stand(engine, FIRST, "state") == []


def test_the_newest_row_counts_from_its_own_day(engine):
    name = made(engine, "清理楼道", due_on=date(2026, 10, 8))
    settle(engine, name, DONE, SECOND, "已清", WANG, NOON)
    columns = ("state", "late_days", "settled_on", "settled_by", "note", "decided_on", "decided_by")
    assert stand(engine, SECOND, *columns) == [
        [DONE, 0, pd.Timestamp(SECOND), "王五", "已清", pd.Timestamp(FIRST), "李四"]]
    assert stand(engine, date(2026, 10, 11), *columns[:4]) == [["overdue", 3, None, None]]
    settle(engine, name, OPEN, THIRD, "又堆了", LI, NOON)
    assert stand(engine, THIRD, *columns[:5]) == [["overdue", 11, None, None, "又堆了"]]
    assert len(load_decisions(engine)) == 3


def test_the_most_overdue_first_then_open_by_due_day_then_the_settled(engine):
    for text, due in (("无期限", None), ("下月", date(2026, 11, 1)), ("晚两天", date(2026, 10, 17)),
                      ("办完", date(2026, 10, 6)), ("晚九天", date(2026, 10, 10)), ("明天", date(2026, 10, 20))):
        made(engine, text, due_on=due)
    settle(engine, "d0004", DONE, SECOND, None, LI, NOON)
    assert stand(engine, THIRD, "text") == [["晚九天"], ["晚两天"], ["明天"], ["下月"], ["无期限"], ["办完"]]


def test_a_meeting_opens_with_what_the_last_one_decided(engine):
    for text, on in (("早的", FIRST), ("早的办完", FIRST), ("上次", SECOND), ("上次办完", SECOND), ("今天", THIRD)):
        made(engine, text, on)
    for name in ("d0002", "d0004"):
        settle(engine, name, DONE, SECOND, None, LI, NOON)
    parts = agenda(decisions_on(load_decisions(engine), THIRD), THIRD)
    assert {name: part["text"].tolist() for name, part in parts.items()} == {
        LAST: ["上次", "上次办完"], EARLIER: ["早的"], TODAY: ["今天"], CLOSED: ["早的办完"]}
    first = agenda(decisions_on(load_decisions(engine), FIRST), FIRST)
    assert [len(first[name]) for name in (LAST, EARLIER, TODAY, CLOSED)] == [0, 0, 2, 0]


@pytest.mark.parametrize(("decision", "sentence"), [
    (Decision(" ", "张三", FIRST), "请写明定了什么事、由谁负责。"),
    (Decision("清理", "", FIRST), "请写明定了什么事、由谁负责。"),
    (Decision("清理", "张三", SECOND, FIRST), "完成期限 2026-10-05 早于议定日期 2026-10-12，请改期限。")])
def test_a_decision_that_says_too_little_is_refused(engine, decision, sentence):
    with pytest.raises(ReadinessError, match=sentence):
        decide(engine, decision, LI, NOON)
    assert data_version(engine) == 0


@pytest.mark.parametrize(("name", "status", "on", "note", "sentence"), [
    ("d0009", DONE, THIRD, None, "没有这一项督办"), ("d0001", OPEN, THIRD, None, "“李四”已经把它记为“在办”"),
    ("d0002", DROPPED, THIRD, "不办", "“王五”已经把它记为“已办结”"), ("d0001", DROPPED, THIRD, " ", "不再办要写明理由"),
    ("d0001", DONE, date(2026, 10, 4), None, "这一项在 2026-10-05 已有记录")])
def test_a_settling_that_cannot_be_is_refused(engine, name, status, on, note, sentence):
    made(engine, "在办")
    settle(engine, made(engine, "办完"), DONE, SECOND, None, WANG, NOON)
    before = data_version(engine)
    with pytest.raises(ReadinessError, match=sentence):
        settle(engine, name, status, on, note, LI, NOON)
    assert data_version(engine) == before


def test_what_is_the_whole_offices_is_not_an_areas_to_settle(engine):
    staff = User("赵六", AREA_STAFF, frozenset({GUANGSHUI}))
    made(engine, "全街道")
    made(engine, "广水", area_code=GUANGSHUI)
    with pytest.raises(ReadinessError, match="只有办公室可以改动"):
        settle(engine, "d0001", DONE, SECOND, None, staff, NOON)
    settle(engine, "d0002", DONE, SECOND, None, staff, NOON)
    assert stand(engine, SECOND, "text", "state") == [["全街道", OPEN], ["广水", DONE]]


def test_a_last_day_is_moved_for_a_reason_and_the_first_one_stays_to_be_seen(engine):
    name = made(engine, "划线", due_on=date(2026, 10, 9))
    move_due(engine, name, THIRD, SECOND, "施工排在后面", WANG, NOON)
    columns = ("due_on", "first_due_on", "state", "late_days", "note")
    assert stand(engine, SECOND, *columns) == [
        [pd.Timestamp(THIRD), pd.Timestamp("2026-10-09"), OPEN, 0, "施工排在后面"]]
    assert stand(engine, date(2026, 10, 11), *columns[:4]) == [[pd.Timestamp("2026-10-09"), None, "overdue", 2]]
    settle(engine, name, DONE, THIRD, None, LI, NOON)
    assert stand(engine, THIRD, *columns[:3]) == [[pd.Timestamp(THIRD), pd.Timestamp("2026-10-09"), DONE]]


@pytest.mark.parametrize(("name", "due_on", "on", "note", "sentence"), [
    ("d0009", THIRD, SECOND, "等", "没有这一项督办"), ("d0002", THIRD, SECOND, "等", "“王五”已经把它记为“已办结”"),
    ("d0001", SECOND, SECOND, "等", "期限已经是 2026-10-12"), ("d0001", FIRST, SECOND, "等", "早于今天（2026-10-12）"),
    ("d0001", THIRD, SECOND, " ", "改期要写明理由")])
def test_a_last_day_that_cannot_be_moved_is_refused(engine, name, due_on, on, note, sentence):
    made(engine, "在办", due_on=SECOND)
    settle(engine, made(engine, "办完"), DONE, SECOND, None, WANG, NOON)
    before = data_version(engine)
    with pytest.raises(ReadinessError, match=sentence):
        move_due(engine, name, due_on, on, note, LI, NOON)
    assert data_version(engine) == before


def test_the_demonstrations_decisions_count_while_a_book_of_it_does(engine):
    reference = load_reference()
    rows = demo_decisions(reference)
    tell_demo(engine, rows, LI, NOON)
    assert load_decisions(engine).empty
    market = ledger("门口车辆违停", area_code="310109016029", site="示例菜市场（科佳店）")
    save_upload(engine, batch(b"demo", market, demo=True), LI, NOON)
    for _again in range(2):
        tell_demo(engine, rows, LI, NOON)
    as_of = date(2026, 10, 26)
    found = decisions_on(load_decisions(engine), as_of)
    assert found["state"].tolist() == ["overdue"] * 2 + [OPEN] * 3 + [DONE] * 2 + [DROPPED]
    assert found["late_days"].tolist() == [6, 3, 0, 0, 0, 0, 0, 0]
    assert found["first_due_on"].dropna().tolist() == [pd.Timestamp("2026-10-23")]
    about = found.loc[found["decision"] == "demo-5", "thread"].item()
    assert about == with_threads(load_snapshot(engine).ledger)["thread"].item()
    made(engine, "自己定的")
    remove_demo(engine, LI, NOON)
    assert load_decisions(engine)["text"].tolist() == ["自己定的"]
