"""The reading process that waits for the next book: taken by one alone, replaced where it died, its death no fault."""

from __future__ import annotations

import pytest
from test_preview_answers import FIRST, book

from loaders import load_workbooks
from loaders.ready import READY, Ready
from readiness.reference import load_reference


@pytest.fixture
def ready():
    held = Ready()
    yield held
    end(held.take())


def end(process) -> None:
    process.kill()
    process.wait()
    process.stdin.close()
    process.stdout.close()


def test_what_was_prepared_is_taken_once(ready):
    ready.prepare()
    waiting = ready._process
    ready.prepare()
    first, second = ready.take(), ready.take()
    assert first is waiting and second is not first
    assert first.poll() is None and second.poll() is None
    end(first)
    end(second)


def test_a_process_that_died_while_it_waited_is_replaced(ready):
    ready.prepare()
    dead = ready._process
    end(dead)
    taken = ready.take()
    assert taken is not dead and taken.poll() is None
    end(taken)


def test_a_book_is_read_though_the_waiting_process_was_killed():
    READY.prepare()
    READY._process.kill()
    READY._process.wait()
    (batch,) = load_workbooks([("台账.xlsx", book((1, "广水", *FIRST[2:])))], load_reference())
    assert (batch.error, batch.record_count) == (None, 1)
