"""Answers are appended and the newest counts; a corrected book is another upload than the same bytes as they came."""

from __future__ import annotations

import dataclasses
import json

import pytest
from batches import GUANGSHUI, LI, NOON, WANG, batch, ledger
from sqlalchemy import func, select

from readiness.answers import AREA, Answers
from store import corrections, data_version, forget, open_store, remember, remembered, save_upload
from store.connection import reading
from store.schema import answers, uploads


@pytest.fixture
def engine(tmp_path):
    return open_store(f"sqlite:///{tmp_path / 'answers.sqlite'}")


def test_the_newest_answer_of_each_word_counts_and_none_is_overwritten(engine):
    remember(engine, Answers().with_area("文院一", "1").with_column("督办", "note"), LI, NOON)
    remember(engine, Answers().with_area("文院一", GUANGSHUI).with_column("其他", ""), WANG, NOON)
    assert remembered(engine) == Answers({"文院一": GUANGSHUI}, {"督办": "note", "其他": ""})
    with reading(engine) as connection:
        assert connection.scalar(select(func.count()).select_from(answers)) == 4


def test_a_forgotten_answer_counts_no_more_until_it_is_given_again(engine):
    remember(engine, Answers().with_area("文院一", GUANGSHUI), LI, NOON)
    forget(engine, AREA, "文院一", LI, NOON)
    assert remembered(engine) == Answers()
    remember(engine, Answers().with_area("文院一", "2"), LI, NOON)
    assert remembered(engine) == Answers({"文院一": "2"})


def test_what_holds_for_one_book_alone_is_not_remembered(engine):
    remember(engine, Answers().with_year("a" * 64, 2026).with_cells("a" * 64, {("表", "A1"): "x"}), LI, NOON)
    assert remembered(engine) == Answers()
    assert data_version(engine) == 0


def test_the_same_bytes_with_other_corrections_are_another_upload(engine):
    plain = batch(b"book", ledger("堆物"))
    said = dataclasses.replace(plain, corrections={"year": 2026, "cells": [["台账", "E9", "2026-09-28"]]})
    outcomes = [save_upload(engine, each, LI, NOON).status for each in (plain, said, said, plain)]
    assert outcomes == ["committed", "committed", "unchanged", "unchanged"]
    with reading(engine) as connection:
        kept = connection.scalars(select(uploads.c.corrections).order_by(uploads.c.id)).all()
    assert [json.loads(text) for text in kept] == [{}, {"cells": [["台账", "E9", "2026-09-28"]], "year": 2026}]


def test_the_same_bytes_of_which_more_rows_can_be_read_since_are_another_upload(engine):
    first, more = batch(b"book", ledger("堆物")), batch(b"book", ledger("堆物", "积水"))
    assert [save_upload(engine, each, LI, NOON).status for each in (first, more)] == ["committed", "committed"]


def test_what_was_corrected_is_kept_with_its_upload(engine):
    said = {"year": 2026, "cells": [["台账", "E9", "2026-09-28"]]}
    books = [dataclasses.replace(batch(content, ledger("堆物")), corrections=more)
             for content, more in ((b"1", said), (b"2", {}))]
    ids = [save_upload(engine, each, LI, NOON).upload_id for each in books]
    assert [corrections(engine, upload_id) for upload_id in (*ids, "u9")] == [said, {}, {}]
