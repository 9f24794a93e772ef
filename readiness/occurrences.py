"""Occurrences: where words stand in many texts, each looked for once in all of them joined and not text by text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

_BETWEEN = "\n"  # in no cleaned text


class Texts:
    """Cleaned texts in which words are looked for."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._joined = _BETWEEN.join(texts)
        lengths = np.fromiter(map(len, texts), np.int64, len(texts))
        self._starts = np.cumsum(lengths + 1) - lengths - 1

    def last(self, word: str) -> np.ndarray:
        """Where in each text the word stands last; -1 where it does not.

        >>> Texts(["门口积水", "积水未清积水", "路灯不亮"]).last("积水").tolist()
        [2, 4, -1]
        """
        places = np.fromiter(self._places(word), np.int64)
        number = np.searchsorted(self._starts, places, "right") - 1
        last = np.full(len(self._starts), -1, dtype=np.int64)
        last[number] = places - self._starts[number]
        return last

    def _places(self, word: str) -> Iterator[int]:
        place = self._joined.find(word)
        while place >= 0:
            yield place
            place = self._joined.find(word, place + 1)
