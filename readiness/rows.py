"""How the rows of books are put in order and how the newest filled value is taken; never by when a book came."""

from __future__ import annotations

import numpy as np
import pandas as pd

TIES = ("sha256", "sheet", "row")
NO_DAY = np.iinfo(np.int64).min
LAST_DAY = np.iinfo(np.int64).max


def arranged(frame: pd.DataFrame, *first: str) -> pd.DataFrame:
    """The rows sorted by the columns `first`, then by the book's content hash, sheet and row, else as given."""
    return frame.take(arrangement(frame, *first))


def arrangement(frame: pd.DataFrame, *first: str) -> np.ndarray:
    """The positions of the rows in that order."""
    return np.lexsort([sort_key(frame[column]) for column in reversed((*first, *TIES))])


def sort_key(values: pd.Series) -> np.ndarray:
    """Numbers in the order of the values, missing ones first."""
    return values.to_numpy() if values.dtype.kind in "iub" else pd.factorize(values, sort=True)[0]


def combinations(frame: pd.DataFrame, columns: tuple[str, ...]) -> np.ndarray:
    """The number of each row's combination of values in these columns, from 0 in the order of their appearance.

    >>> combinations(pd.DataFrame({"a": ["x", None, "x", None], "b": [1, 1, 2, 1]}), ("a", "b")).tolist()
    [0, 1, 2, 1]
    """
    number = np.zeros(len(frame), dtype=np.int64)
    for column in columns:
        code, values = pd.factorize(frame[column])
        number = pd.factorize(number * (len(values) + 1) + code + 1)[0]
    return number


def first_said(frame: pd.DataFrame, columns: tuple[str, ...]) -> tuple[pd.DataFrame, np.ndarray]:
    """The rows that hold first of all that say the same in these columns, and where in them each row's own words stand.

    What depends on these words, or on who says them first, is worked out on these few rows: history repeats itself.
    frame: with held_on. Several rows of that first day are all kept.

    >>> days_held = pd.to_datetime(["2021-10-02", "2021-10-03", "2021-10-01"])
    >>> frame = pd.DataFrame({"word": list("aba"), "held_on": days_held})
    >>> few, where = first_said(frame, ("word",))
    >>> few["word"].tolist(), where.tolist()
    (['b', 'a'], [1, 0, 1])
    """
    number, held = combinations(frame, columns), days(frame["held_on"])
    first = np.full(number.max(initial=-1) + 1, LAST_DAY)
    np.minimum.at(first, number, held)
    early = np.flatnonzero(held == first[number])
    return frame.take(early).reset_index(drop=True), last_positions(number[early], len(first))[number]


def days(dates: pd.Series) -> np.ndarray:
    """Whole days since 1970 as int64; NO_DAY, which is before every day, where the date is missing."""
    return dates.to_numpy("datetime64[D]").astype("int64")


def dates(numbers: np.ndarray) -> np.ndarray:
    """The datetime64 of whole days since 1970; NaT for NO_DAY and LAST_DAY."""
    known = np.where(numbers == LAST_DAY, NO_DAY, numbers)
    return known.astype("datetime64[D]").astype("datetime64[s]")


def last_positions(groups: np.ndarray, count: int) -> np.ndarray:
    """For each group 0..count-1 the position of its last row, -1 for a group without rows."""
    last = np.full(count, -1, dtype=np.int64)
    last[groups] = np.arange(len(groups))
    return last


def newest_filled(values: pd.Series, groups: np.ndarray, count: int, source: np.ndarray | None = None) -> pd.Series:
    """For each group 0..count-1 the value of its last row that has one; missing where none has.

    source: where in the values each row's stands, for rows that are not in their order.
    """
    source = np.arange(len(values)) if source is None else source
    filled = values.notna().to_numpy()[source]
    last = np.full(count, -1, dtype=np.int64)
    last[groups[filled]] = source[filled]
    return taken(values, last)


def taken(values: pd.Series, positions: np.ndarray) -> pd.Series:
    """The values at these positions; missing at position -1."""
    return values.reset_index(drop=True).reindex(positions).reset_index(drop=True)


def looked_up(keys: pd.Series, table: pd.Series) -> pd.Series:
    """The table's value for each key, with the keys' index; missing where the table has none. Its index is unique."""
    codes, distinct = pd.factorize(keys)
    return table.reindex(distinct).reset_index(drop=True).reindex(codes).set_axis(keys.index)


def among(keys: pd.Series, words: pd.Series) -> pd.Series:
    """Whether each text is one of these words; Series.isin reads words one by one, which many of them make slow.

    >>> among(pd.Series(["a", None, "c"], dtype="str"), pd.Series(["c", "b"], dtype="str")).tolist()
    [False, False, True]
    """
    known = pd.Index(words.dropna().unique()).get_indexer(keys) >= 0
    return pd.Series(known, index=keys.index)


def carried(known: np.ndarray, groups: np.ndarray) -> np.ndarray:
    """For each row the position of the last row up to it, in its own group, that is known; -1 where none is.

    groups are sorted.

    >>> carried(np.array([True, False, False, True]), np.array([0, 0, 1, 1])).tolist()
    [0, 0, -1, 3]
    """
    positions = np.maximum.accumulate(np.where(known, np.arange(len(known)), -1))
    same = (positions >= 0) & (groups[np.maximum(positions, 0)] == groups) if len(groups) else known
    return np.where(same, positions, -1)


def ends_group(*groups: np.ndarray) -> np.ndarray:
    """Whether each row is the last of its run of equal groups."""
    size = len(groups[0])
    last = np.ones(size, dtype=bool)
    if size:
        last[:-1] = np.logical_or.reduce([group[1:] != group[:-1] for group in groups])
    return last


def starts_group(*groups: np.ndarray) -> np.ndarray:
    """Whether each row is the first of its run of equal groups."""
    return np.roll(ends_group(*groups), 1)
