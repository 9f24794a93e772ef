"""督办单 as data: a form that asks one area, or one responsible unit, to put its issues right."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd


@dataclass(frozen=True)
class Order:
    """What a 督办单 says. office: who sends it; to: an area's or a unit's name; to_area: which of the two.

    issues: rows of readiness.followup.follow_up with area (short name) and pictures (how many show the finding, 0 for
    none). photos: the small JPEG of the first of them by issue. standard: hash of the standard.
    """

    office: str
    number: str
    to: str
    to_area: bool
    as_of: date
    issues: pd.DataFrame
    photos: Mapping[str, bytes]
    standard: str
    demo: bool


def order_number(as_of: date, to_area: bool, place: int) -> str:
    """The number of an order: the day, 居 or 单 for whom it is meant, and the place in the list of that day.

    >>> order_number(date(2026, 10, 26), True, 4)
    '20261026-居04'
    """
    return f"{as_of:%Y%m%d}-{'居' if to_area else '单'}{place:02}"


def order_file(to: str | None, as_of: date, kind: str) -> str:
    """What the file of an order is called; kind: its ending.

    >>> order_file("广水", date(2026, 10, 26), "docx")
    '督办单_广水_20261026.docx'
    """
    return f"督办单_{to}_{as_of:%Y%m%d}.{kind}"
