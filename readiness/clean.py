"""Text as it is compared: NFKC, lower case, without spaces and punctuation."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

import numpy as np
import pandas as pd

_NOT_A_WORD = re.compile(r"[\W_]+")


def cleaned(text: pd.Series | str | None) -> pd.Series | str:
    """The text with which places, descriptions and items are compared; "" for a missing one.

    A Series gives a Series of the same index (each different value is worked on once), a single text a text.

    >>> cleaned("３号楼 道，堆物（Ｂ）！")
    '3号楼道堆物b'
    >>> cleaned(pd.Series(["A-B ", None])).tolist()
    ['ab', '']
    """
    if not isinstance(text, pd.Series):
        return _cleaned_word(text) if isinstance(text, str) else ""
    codes, words = pd.factorize(text)
    distinct = np.array([*map(_cleaned_word, words.astype(object)), ""], dtype=object)
    return pd.Series(distinct[codes], index=text.index, dtype="str", name=text.name)


@lru_cache(maxsize=1 << 16)
def _cleaned_word(word: str) -> str:
    return _NOT_A_WORD.sub("", unicodedata.normalize("NFKC", word).lower())
