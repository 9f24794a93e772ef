"""Thread keys: which rows of ledgers, from whatever book, speak of the same problem at the same place."""

from __future__ import annotations

import hashlib

import numpy as np
import pandas as pd

from readiness.clean import cleaned
from readiness.places import place_words
from readiness.rows import combinations

_MARK = "\x1f"


def with_threads(ledger: pd.DataFrame) -> pd.DataFrame:
    """The ledger's rows with thread (12 hex digits) and duplicate (bool). Rule: DESIGN.md 5, "Threads".

    A thread is an area, a written place and a description, both cleaned; the second row of one table with the same and
    the same found_on is a thread of its own and a possible duplicate. It depends on nothing but the row and its table.
    """
    key = ledger["area_code"] + _MARK + place_words(ledger) + _MARK + cleaned(ledger["description"])
    same = combinations(ledger.assign(key=key), ("upload_id", "table_no", "key", "found_on"))
    same = pd.Series(same, index=ledger.index).take(np.argsort(ledger["row"].to_numpy(), kind="stable"))
    again = same.groupby(same).cumcount().reindex(ledger.index)
    key = key.where(again == 0, key + _MARK + (again + 1).astype("str"))
    return ledger.assign(thread=digests(key), duplicate=again > 0)


def digests(keys: pd.Series) -> pd.Series:
    """The first 12 hex digits of each key's SHA-1; missing for a missing key."""
    codes, distinct = pd.factorize(keys)
    digests = np.array([hashlib.sha1(key.encode()).hexdigest()[:12] for key in distinct] + [None], dtype=object)
    return pd.Series(digests[codes], index=keys.index, dtype="str")
