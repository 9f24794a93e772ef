"""Real books broken at random are read with every row accounted for, or refused in a sentence; `make fuzz` goes on."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest
from fuzz import broken, fault, seeds
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from literal_books import words

from loaders.process import ReadingProcess, reading_process

BOOKS = seeds()


@pytest.fixture(scope="module")
def process() -> Iterator[ReadingProcess]:
    with reading_process(words()) as started:
        yield started


@pytest.mark.parametrize("name", BOOKS)
def test_a_whole_book_is_without_fault(name: str, process: ReadingProcess):
    assert fault(name, BOOKS[name], process, words()) is None


@settings(max_examples=150, deadline=None, phases=(Phase.explicit, Phase.reuse, Phase.generate),
          suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(sorted(BOOKS)), st.integers(0, 2**32))
def test_a_book_broken_at_random(process: ReadingProcess, name: str, seed: int):
    assert fault(name, broken(BOOKS[name], random.Random(seed)), process, words()) is None


@pytest.mark.parametrize("tenths", range(1, 10))
@pytest.mark.parametrize("name", ["检查.xlsx", "检查.xls", "检查.ods"])
def test_a_book_cut_off_anywhere_is_refused(process: ReadingProcess, name: str, tenths: int):
    batch = process.read(name, BOOKS[name][: len(BOOKS[name]) * tenths // 10])
    assert batch.error is not None
    assert batch.error.code in ("broken_file", "not_spreadsheet")


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("head", [b"", b"PK\x03\x04", bytes.fromhex("d0cf11e0a1b11ae1")])
def test_noise_is_refused(process: ReadingProcess, head: bytes, seed: int):
    assert process.read("噪声.xlsx", head + random.Random(seed).randbytes(5000)).error is not None
