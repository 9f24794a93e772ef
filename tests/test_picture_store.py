"""Pictures in the database: each once, with every row that shows it, in the transaction of its book, and undone."""

from __future__ import annotations

import dataclasses

import pytest
from batches import LI, NOON, batch, ledger, picture
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from readiness.model import ReadinessError
from store import load_snapshot, open_store, original_picture, picture_uses, save_upload, thumbnails, undo_upload
from store.connection import reading
from store.schema import pictures

ONE, OTHER = picture(b"one"), picture(b"other", phash=None)


@pytest.fixture
def engine(tmp_path):
    return open_store(f"sqlite:///{tmp_path / 'a.sqlite'}")


def kept(engine) -> int:
    with reading(engine) as connection:
        return connection.scalar(select(func.count()).select_from(pictures))


def uses(engine) -> list[tuple]:
    found = picture_uses(engine)[["upload_id", "table_no", "row", "field", "ordinal", "sha256"]]
    return list(found.itertuples(index=False, name=None))


def test_a_picture_is_kept_once_and_stands_wherever_it_is_shown(engine):
    before = picture(b"one", field="photos_before")
    save_upload(engine, batch(b"a", ledger("甲"), pictures=(before, ONE, OTHER)), LI, NOON)
    save_upload(engine, batch(b"b", ledger("乙"), ledger("丙"), pictures=(picture(b"one", table_no=1),)), LI, NOON)
    assert uses(engine) == [
        ("u0001", 0, 3, "photos_before", 0, ONE.sha256), ("u0001", 0, 3, "photos_after", 0, ONE.sha256),
        ("u0001", 0, 3, "photos_after", 1, OTHER.sha256), ("u0002", 1, 3, "photos_after", 0, ONE.sha256)]
    assert kept(engine) == 2


def test_a_use_tells_how_its_picture_looks(engine):
    save_upload(engine, batch(b"a", ledger("甲"), pictures=(ONE, OTHER)), LI, NOON)
    found = picture_uses(engine).astype(object)
    columns = ["sheet", "media_type", "phash"]
    assert found.where(found.notna(), None)[columns].to_numpy().tolist() == [
        ["台账", "image/jpeg", "00000000000000ff"], ["台账", "image/jpeg", None]]


def test_small_ones_and_originals_are_read_by_hash(engine):
    save_upload(engine, batch(b"a", ledger("甲"), pictures=(ONE, OTHER)), LI, NOON)
    assert thumbnails(engine, [ONE.sha256, "unknown"]) == {ONE.sha256: b"small one"}
    assert thumbnails(engine, []) == {}
    assert original_picture(engine, OTHER.sha256) == b"other"
    with pytest.raises(ReadinessError, match="没有这张照片"):
        original_picture(engine, "unknown")


def test_the_pictures_of_an_undone_book_do_not_count_and_come_again_with_it(engine):
    book = batch(b"a", ledger("甲"), pictures=(ONE,))
    save_upload(engine, book, LI, NOON)
    undo_upload(engine, "u0001", LI, NOON)
    assert uses(engine) == []
    save_upload(engine, book, LI, NOON)
    assert [use[0] for use in uses(engine)] == ["u0002"]
    assert kept(engine) == 1


def test_a_picture_that_cannot_be_written_leaves_nothing_of_its_book(engine):
    harmed = dataclasses.replace(OTHER, thumbnail=None)
    with pytest.raises(IntegrityError):
        save_upload(engine, batch(b"a", ledger("甲"), pictures=(ONE, harmed)), LI, NOON)
    assert (kept(engine), len(load_snapshot(engine).uploads), uses(engine)) == (0, 0, [])


def test_without_pictures_there_are_no_uses(engine):
    found = picture_uses(engine)
    assert found.empty
    assert (found["row"].dtype, found["phash"].dtype) == ("int64", "str")
