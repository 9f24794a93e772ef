"""A snapshot that goes on from an earlier one is, in every frame, the one that is read whole."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import timedelta

import pandas as pd
import pytest
from batches import LI, NOON, all_kinds, batch, ledger, next_step

from readiness.model import Snapshot
from store import load_snapshot, open_store, save_upload, undo_upload

FRAMES = ("uploads", "ledger", "checks", "sites", "patrols", "steps")
TABLES = {"register": (all_kinds()[3],), "checklist": (all_kinds()[2],), "ledger": (ledger("堆物", "积水"),),
          "patrols": (all_kinds()[4],), "all": all_kinds()}


def assert_same(continued: Snapshot, whole: Snapshot) -> None:
    assert continued.version == whole.version
    for name in FRAMES:
        pd.testing.assert_frame_equal(getattr(continued, name), getattr(whole, name))


def change(engine, chance: random.Random, turn: int) -> None:
    """One of the things that people do: a book comes, comes again or is undone, or a step is taken."""
    counting = load_snapshot(engine).uploads.query("undone_at.isna()")["upload_id"].tolist()
    at = NOON + timedelta(hours=turn)
    if counting[1:] and chance.random() < 0.3:
        undo_upload(engine, chance.choice(counting[1:]), LI, at)
    elif chance.random() < 0.2:
        next_step(engine, "常在", at)
    else:
        book = chance.choice([*TABLES])
        save_upload(engine, batch(book.encode() + bytes([chance.randrange(3)]), *TABLES[book]), LI, at)


@pytest.mark.parametrize("seed", range(6))
def test_going_on_gives_the_snapshot_that_is_read_whole(tmp_path, seed):
    engine, chance = open_store(f"sqlite:///{tmp_path / 'a.sqlite'}"), random.Random(seed)
    save_upload(engine, batch(b"first", ledger("常在")), LI, NOON)
    earlier = [load_snapshot(engine)]
    for turn in range(20):
        change(engine, chance, turn)
        whole = load_snapshot(engine)
        assert_same(load_snapshot(engine, earlier=chance.choice(earlier)), whole)
        earlier.append(load_snapshot(engine, earlier=earlier[-1]))
        assert_same(earlier[-1], whole)
        night = NOON + timedelta(hours=chance.randrange(turn + 1))
        assert_same(load_snapshot(engine, night, earlier[-1]), load_snapshot(engine, night))


def test_the_facts_of_the_earlier_snapshot_are_not_read_again(tmp_path):
    engine = open_store(f"sqlite:///{tmp_path / 'a.sqlite'}")
    save_upload(engine, batch(b"1", ledger("堆物")), LI, NOON)
    earlier = load_snapshot(engine)
    save_upload(engine, batch(b"2", ledger("积水")), LI, NOON)
    told = replace(earlier, ledger=earlier.ledger.assign(note="取自前一份"))
    assert load_snapshot(engine, earlier=told).ledger["note"].fillna("新读").tolist() == ["取自前一份", "新读"]


@pytest.mark.parametrize("undone", [False, True])
def test_the_snapshot_of_another_database_is_not_gone_on_from(tmp_path, undone):
    """As when a backup takes the place of the file: versions and ids of uploads are the same, the books are not."""
    mine, other = (open_store(f"sqlite:///{tmp_path / name}.sqlite") for name in "ab")
    for engine, first in ((mine, b"1"), (other, b"1" if undone else b"other")):
        save_upload(engine, batch(first, ledger("堆物")), LI, NOON)
    if undone:
        undo_upload(other, "u0001", LI, NOON)
    save_upload(mine, batch(b"2", ledger("积水")), LI, NOON)
    assert_same(load_snapshot(mine, earlier=load_snapshot(other)), load_snapshot(mine))
