"""Occurrences: the last place of a word in each text is that text's own, whatever stands in its neighbours."""

from __future__ import annotations

import pytest

from readiness.occurrences import Texts

TEXTS = ["门口积水", "", "积水未清积水", "路灯不亮", "水"]


@pytest.mark.parametrize(("word", "places"), [
    ("积水", [2, -1, 4, -1, -1]), ("水", [3, -1, 5, -1, 0]), ("亮", [-1, -1, -1, 3, -1]), ("水路", [-1] * 5)])
def test_the_last_place_in_each_text(word, places):
    assert Texts(TEXTS).last(word).tolist() == places


def test_a_word_that_overlaps_itself_ends_where_it_can_last():
    assert Texts(["哈哈哈"]).last("哈哈").tolist() == [1]


def test_no_texts():
    assert Texts([]).last("水").tolist() == []
