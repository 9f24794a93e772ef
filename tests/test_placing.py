"""Placing is worked out on few rows and snapshots go on from earlier ones: the facts are those of the long way."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

import numpy as np
import pandas as pd
import pytest
from batches import LI

from loaders import load_workbooks
from readiness import facts
from readiness.facts import place_facts
from readiness.model import SITES
from readiness.reference import DATA, load_reference
from store import load_snapshot, open_store, save_upload, undo_upload

NOON = datetime(2026, 11, 1, 4, tzinfo=UTC)


@pytest.fixture(scope="module")
def books():
    files = sorted((DATA / "demo").glob("*.xlsx"))
    return list(load_workbooks([(path.name, path.read_bytes()) for path in files], load_reference()))


def every_row_by_itself(frame, _columns):
    return frame, np.arange(len(frame))


def assert_placed_as_the_long_way(monkeypatch, engine, snapshot):
    reference = load_reference()
    short = vars(place_facts(snapshot, reference))
    with monkeypatch.context() as patched:
        patched.setattr(facts, "first_said", every_row_by_itself)
        long = vars(place_facts(load_snapshot(engine), reference))
    for name, frame in long.items():
        pd.testing.assert_frame_equal(short[name], frame, obj=name)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_books_in_any_order_one_undone_and_brought_again_the_register_last(tmp_path, monkeypatch, books, seed):
    engine, chance = open_store(f"sqlite:///{tmp_path / 'a.sqlite'}"), random.Random(seed)
    registers = [book for book in books if any(table.kind == SITES for table in book.tables)]
    others = [book for book in books if book not in registers]
    came = [*chance.sample(others, len(others)), *registers]
    ids, snapshot = [], None
    for turn, book in enumerate(came):
        ids.append(save_upload(engine, book, LI, NOON + timedelta(minutes=turn)).upload_id)
        if turn in (20, len(came) - 2, len(came) - 1):
            snapshot = load_snapshot(engine, earlier=snapshot)
            assert_placed_as_the_long_way(monkeypatch, engine, snapshot)
    undo_upload(engine, ids[3], LI, NOON)
    snapshot = load_snapshot(engine, earlier=snapshot)
    assert_placed_as_the_long_way(monkeypatch, engine, snapshot)
    save_upload(engine, came[3], LI, NOON + timedelta(days=1))
    assert_placed_as_the_long_way(monkeypatch, engine, load_snapshot(engine, earlier=snapshot))
