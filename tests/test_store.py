"""The store keeps what came, whole and in order; what does not count is as if it had never come."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

import pandas as pd
import pytest
from batches import BAD_DATE, GUANGSHUI, LI, NOON, ZHAO, all_kinds, batch, ledger, step
from sqlalchemy import event, func, insert, select
from sqlalchemy.dialects import postgresql
from sqlalchemy.exc import IntegrityError, StatementError
from sqlalchemy.schema import CreateTable

from readiness.model import FIELDS, Batch, Problem, ReadinessError, Table
from store import (
    Saved,
    data_version,
    load_snapshot,
    open_store,
    original,
    rejected_rows,
    remove_demo,
    save_upload,
    undo_upload,
)
from store.connection import writing
from store.schema import changes, metadata, originals, withdrawals

LATER = NOON + timedelta(days=1)
FACTS = ("ledger", "checks", "sites", "patrols")


@pytest.fixture
def engine(tmp_path):
    return open_store(f"sqlite:///{tmp_path / 'readiness.sqlite'}")


def save(engine, *tables, content=b"a", at=NOON, **options) -> Saved:
    return save_upload(engine, batch(content, *tables, **options), LI, at)


def test_an_empty_database_has_frames_with_their_columns_and_types(engine):
    snapshot = load_snapshot(engine)
    assert (snapshot.version, snapshot.demo, data_version(engine)) == (0, False, 0)
    shared = ["upload_id", "sha256", "sheet", "table_no", "row"]
    dated = ["inferred", "sheet_date", "uploaded_on"]
    assert list(snapshot.ledger) == [*shared, *FIELDS["ledger"], *dated]
    assert list(snapshot.checks) == [*shared, *FIELDS["checklist"], *dated]
    assert list(snapshot.sites) == [*shared, *FIELDS["sites"]]
    assert list(snapshot.patrols) == [*shared, *FIELDS["patrols"], *dated]
    assert all(getattr(snapshot, name).empty for name in (*FACTS, "uploads", "steps"))


@pytest.mark.parametrize("name", [*FACTS, "uploads", "steps"])
def test_types_do_not_depend_on_what_is_in_the_database(engine, name):
    empty = getattr(load_snapshot(engine), name).dtypes
    save(engine, *all_kinds())
    step(engine, "楼道堆物", "fixed", note="已清理")
    pd.testing.assert_series_equal(getattr(load_snapshot(engine), name).dtypes, empty)
    assert {str(dtype) for dtype in empty} <= {"str", "int64", "float64", "bool", "datetime64[us]",
                                              "datetime64[us, UTC]"}


def test_a_fact_comes_back_as_it_came(engine):
    saved = save(engine, *all_kinds())
    assert saved == Saved("committed", "u0001", records=4, rejected=1)
    snapshot = load_snapshot(engine)
    check = snapshot.checks.iloc[0]
    assert check[["upload_id", "sheet", "table_no", "row", "site", "result", "score", "inferred"]].tolist() == [
        "u0001", "检查", 2, 4, "广水小区", "fail", 1.5, "checked_on,round"]
    assert check["checked_on"] == pd.Timestamp("2026-09-29")
    assert check[["category", "description", "photos", "sheet_date"]].isna().all()
    assert snapshot.ledger.loc[0, "sheet_date"] == pd.Timestamp("2026-09-30")
    assert snapshot.sites.loc[0, ["lon", "lat", "phone"]].tolist() == [121.47, 31.29, "13800000000"]
    assert snapshot.patrols.loc[0, ["activity", "volunteers", "area_code"]].tolist() == ["清洁家园", 12.0, GUANGSHUI]
    assert len(snapshot.ledger) == len(snapshot.checks) == len(snapshot.sites) == len(snapshot.patrols) == 1


def test_the_day_of_an_upload_is_the_local_one(engine):
    save(engine, ledger("堆物"), at=datetime.fromisoformat("2026-10-01T16:30:00+00:00"))
    snapshot = load_snapshot(engine)
    assert snapshot.ledger.loc[0, "uploaded_on"] == pd.Timestamp("2026-10-02")
    assert snapshot.uploads.loc[0, "uploaded_at"] == pd.Timestamp("2026-10-01T16:30:00Z")


def test_facts_are_in_the_order_of_uploads_tables_and_rows(engine):
    save(engine, ledger("甲", "乙"), ledger("丙"), content=b"1")
    save(engine, ledger("丁"), content=b"2")
    frame = load_snapshot(engine).ledger
    assert frame["description"].tolist() == ["甲", "乙", "丙", "丁"]
    assert frame["table_no"].tolist() == [0, 0, 1, 0]
    assert frame["upload_id"].tolist() == ["u0001", "u0001", "u0001", "u0002"]


def test_the_same_book_again_changes_nothing(engine):
    first = save(engine, ledger("堆物"))
    version = data_version(engine)
    assert save(engine, ledger("堆物"), at=LATER) == Saved("unchanged", first.upload_id, 1, 1)
    assert data_version(engine) == version
    assert len(load_snapshot(engine).uploads) == 1


def test_the_same_bytes_under_another_name_context_are_another_upload(engine):
    save(engine, ledger("堆物"), context=(GUANGSHUI, None, None))
    assert save(engine, ledger("堆物"), context=(GUANGSHUI, None, "mock")).status == "committed"
    assert save(engine, ledger("堆物"), context=(GUANGSHUI, None, None)).status == "unchanged"
    with engine.connect() as connection:
        assert connection.scalar(select(func.count()).select_from(originals)) == 1


def test_an_undone_book_may_come_again(engine):
    first = save(engine, ledger("堆物"))
    undo_upload(engine, first.upload_id, LI, NOON)
    assert save(engine, ledger("堆物"), at=LATER) == Saved("committed", "u0002", 1, 1)
    assert load_snapshot(engine).ledger["upload_id"].tolist() == ["u0002"]


def test_undo_equals_never_having_come(engine, tmp_path):
    save(engine, *all_kinds(), content=b"wrong")
    save(engine, ledger("堆物"), content=b"right")
    undo_upload(engine, "u0001", LI, LATER)
    other = open_store(f"sqlite:///{tmp_path / 'other.sqlite'}")
    save(other, ledger("堆物"), content=b"right")
    for name in FACTS:
        left, right = getattr(load_snapshot(engine), name), getattr(load_snapshot(other), name)
        pd.testing.assert_frame_equal(left.drop(columns="upload_id"), right.drop(columns="upload_id"))


def test_history_keeps_the_undone_upload(engine):
    save(engine, ledger("堆物"), content=b"1", demo=True)
    save(engine, ledger("堆物"), content=b"2")
    undo_upload(engine, "u0001", LI, LATER)
    snapshot = load_snapshot(engine)
    assert snapshot.uploads["upload_id"].tolist() == ["u0001", "u0002"]
    assert snapshot.uploads["undone_at"].tolist()[0] == pd.Timestamp(LATER)
    assert snapshot.uploads["undone_at"].isna().tolist() == [False, True]
    assert snapshot.demo is False


def test_known_at_limits_to_what_had_come_by_then(engine):
    save(engine, ledger("早"), content=b"1", at=NOON)
    save(engine, ledger("晚"), content=b"2", at=LATER)
    step(engine, "早", "fixed", note="拍照", at=LATER)
    then, now = load_snapshot(engine, NOON), load_snapshot(engine, LATER)
    assert then.ledger["description"].tolist() == ["早"]
    assert (len(then.uploads), len(then.steps)) == (1, 0)
    assert now.ledger["description"].tolist() == ["早", "晚"]
    assert now.steps[["step_id", "change_id", "status", "user", "note"]].to_numpy().tolist() == [
        [1, 3, "fixed", "王五", "拍照"]]
    assert then.version == now.version == 3


def test_an_undone_upload_is_out_even_as_known_before_its_undo(engine):
    save(engine, ledger("堆物"), at=NOON)
    undo_upload(engine, "u0001", LI, LATER)
    assert load_snapshot(engine, NOON).ledger.empty


def test_every_write_leaves_who_when_and_what(engine):
    save(engine, ledger("堆物"), at=NOON)
    save(engine, ledger("堆物"), at=NOON, content=b"b")
    undo_upload(engine, "u0001", ZHAO, LATER)
    step(engine, "堆物", "fixed", at=LATER)
    with engine.connect() as connection:
        rows = connection.execute(select(changes).order_by(changes.c.id)).all()
    noon, later = "2026-10-01T04:00:00.000000+00:00", "2026-10-02T04:00:00.000000+00:00"
    assert [tuple(row) for row in rows] == [
        (1, noon, "李四", "upload", "u0001", "office"), (2, noon, "李四", "upload", "u0002", "office"),
        (3, later, "赵六", "undo", "u0001", "office"), (4, later, "王五", "step", None, "office")]
    assert data_version(engine) == 4


def test_nothing_is_ever_updated_or_deleted(engine):
    statements = []
    event.listen(engine, "before_cursor_execute", lambda *args: statements.append(args[2].split()[0].upper()))
    save(engine, *all_kinds(), demo=True)
    step(engine, "楼道堆物", "fixed")
    remove_demo(engine, LI, LATER)
    assert set(statements) <= {"BEGIN", "SELECT", "INSERT"}
    assert statements.count("INSERT") > 8


def test_the_original_is_kept_byte_for_byte(engine):
    content = bytes(range(256)) * 100
    saved = save(engine, ledger("堆物"), content=content, file="广水 10月.xlsx")
    assert original(engine, saved.upload_id) == ("广水 10月.xlsx", content)
    with pytest.raises(ReadinessError, match="没有编号为“u9”的上传"):
        original(engine, "u9")


def test_what_was_not_loaded_can_be_shown_later(engine):
    save(engine, ledger("堆物"), content=b"other")
    saved = save(engine, *all_kinds())
    assert rejected_rows(engine, saved.upload_id) == [BAD_DATE]


def test_a_book_without_a_table_of_ours_is_refused(engine):
    with pytest.raises(ReadinessError, match=r"广水.xlsx：没有找到可读的表格。"):
        save(engine, Table("Sheet1", None, ignored=((1, "note"),)))
    with pytest.raises(ReadinessError, match="没有找到可读的表格"):
        save(engine)
    assert data_version(engine) == 0


def test_a_file_that_cannot_be_read_is_refused(engine):
    broken = Batch("坏.xlsx", "0" * 64, b"x", Problem("empty_file"))
    with pytest.raises(ReadinessError, match=r"坏\.xlsx"):
        save_upload(engine, broken, LI, NOON)
    assert data_version(engine) == 0


def test_a_save_that_breaks_halfway_leaves_nothing_and_shows_no_telephone(engine):
    register = all_kinds()[3]
    broken = Table("点位", "sites", records=({**register.records[0], "address": object()},))
    with pytest.raises(StatementError) as caught:
        save(engine, *all_kinds(), broken)
    assert "13800000000" not in str(caught.value)
    with engine.connect() as connection:
        counts = {table.name: connection.scalar(select(func.count()).select_from(table))
                  for table in metadata.sorted_tables}
    assert {name for name, count in counts.items() if count} == {"schema_versions"}


def test_a_time_without_its_zone_is_a_mistake(engine):
    with pytest.raises(ValueError, match="zone"):
        save(engine, ledger("堆物"), at=NOON.replace(tzinfo=None))


def test_foreign_keys_hold(engine):
    with pytest.raises(IntegrityError), writing(engine) as connection:
        connection.execute(insert(withdrawals).values(step_id=7, change_id=7))


def test_undo_is_refused_for_an_unknown_or_undone_upload(engine):
    save(engine, ledger("堆物"))
    with pytest.raises(ReadinessError, match="没有编号为“u0002”的上传"):
        undo_upload(engine, "u0002", LI, NOON)
    undo_upload(engine, "u0001", LI, NOON)
    with pytest.raises(ReadinessError, match="“u0001”的上传已经撤销过了"):
        undo_upload(engine, "u0001", LI, NOON)
    assert data_version(engine) == 2


def test_undo_is_refused_while_steps_hang_on_threads_that_it_alone_knows(engine):
    save(engine, ledger("楼道堆物", "飞线充电", "乱张贴"))
    step(engine, "楼道堆物", "fixed")
    step(engine, "楼道堆物", "returned")
    step(engine, "乱张贴", "fixed")
    with pytest.raises(ReadinessError) as caught:
        undo_upload(engine, "u0001", LI, LATER)
    assert re.fullmatch(r"不能撤销：.* 2 个问题.*：楼道堆物；乱张贴。", str(caught.value))
    assert len(load_snapshot(engine).ledger) == 3


def test_undo_is_allowed_while_another_upload_knows_the_thread(engine):
    save(engine, ledger("楼道堆物"), content=b"1")
    save(engine, ledger("楼道堆物", note="第二次"), content=b"2")
    step(engine, "楼道堆物", "fixed")
    undo_upload(engine, "u0001", LI, LATER)
    assert load_snapshot(engine).ledger["upload_id"].tolist() == ["u0002"]
    with pytest.raises(ReadinessError, match="不能撤销"):
        undo_upload(engine, "u0002", LI, LATER)


def test_removing_the_demonstration_takes_its_books_and_the_steps_on_their_threads(engine):
    save(engine, ledger("示例问题", "共同问题"), content=b"1", demo=True)
    save(engine, ledger("示例二"), content=b"2", demo=True)
    save(engine, ledger("共同问题", "真实问题"), content=b"3")
    for description in ("示例问题", "共同问题", "真实问题"):
        step(engine, description, "fixed")
    assert load_snapshot(engine).demo is True
    assert remove_demo(engine, LI, LATER) == ["u0001", "u0002"]
    snapshot = load_snapshot(engine)
    assert snapshot.demo is False
    assert snapshot.ledger["description"].tolist() == ["共同问题", "真实问题"]
    assert snapshot.steps["step_id"].tolist() == [2, 3]
    assert remove_demo(engine, LI, LATER) == []
    assert data_version(engine) == snapshot.version


def test_the_tables_can_be_made_in_postgresql():
    made = [str(CreateTable(table).compile(dialect=postgresql.dialect())) for table in metadata.sorted_tables]
    assert len(made) == 22
    assert any("BYTEA" in statement for statement in made)
