"""Which rows of which ledgers carry photos, a pair a row: before and after, two of them the proof of another fix."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import pandas as pd

from tests.demo.chance import draws, keys
from tests.demo.scenes import again, photo

FLOATING, FORMULA, PLACED = "floating", "formula", "placed"  # over the cells, as WPS keeps it, as Microsoft 365 does
STORAGES = {67: FLOATING, 74: FORMULA, 83: PLACED}  # day of a weekly ledger -> how it holds its photos
ROWS = 10  # of each of these ledgers
COLUMNS = {"photos_before": "整改前照片", "photos_after": "整改后照片"}


@dataclass(frozen=True)
class Photo:
    """A photo on a cell and how the book holds it there."""

    content: bytes = field(repr=False)
    storage: str


def with_photos(ledgers: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """The ledgers, those of STORAGES with the columns photos_before and photos_after: a Photo or None.

    The second ledger's first two proofs are those of the first one: the first to the byte, the other saved anew.
    """
    shown = dict(ledgers)
    proofs: list[bytes] = []
    used: set[str] = set()
    for day, storage in STORAGES.items():
        rows = shown[f"weekly:{day}"]
        name = rows["pair"].astype(str) + "/" + rows["found"].astype(str)
        places = list(_chosen(rows, name, used))
        pictures = [(photo(name.iloc[place], True), photo(name.iloc[place], False)) for place in places]
        if len(proofs) == ROWS:
            pictures[:2] = [(pictures[0][0], proofs[0]), (pictures[1][0], again(proofs[1]))]
        proofs += [after for _before, after in pictures]
        columns = {column: [None] * len(rows) for column in COLUMNS}
        for place, pair in zip(places, pictures, strict=True):
            for column, content in zip(COLUMNS, pair, strict=True):
                columns[column][place] = Photo(content, storage)
        shown[f"weekly:{day}"] = rows.assign(**columns)
    return shown


def _chosen(rows: pd.DataFrame, name: pd.Series, used: set[str]) -> Iterator[int]:
    """The places of ROWS rows about fixes that no ledger before has photos of; their names are added to used."""
    order = pd.Series(draws(keys(name), "photo")).sort_values().index
    fixed = rows["state"].isin(("fixed", "verified")).to_numpy() & ~name.isin(used).to_numpy()
    places = [place for place in order if fixed[place]][:ROWS]
    used.update(name.iloc[places])
    yield from places
