"""Telephone numbers as those see them who need not call: personal data, whole for the office alone."""

from __future__ import annotations

import re

_NUMBER = re.compile(r"\d(?:[\d\s-]*\d)?")


def masked(phone: str) -> str:
    """The text with its numbers masked: the last four digits stay of seven or more, the first three of eleven or more.

    >>> masked("13812345678"), masked("021-55001234"), masked("55001234转803"), masked("6500")
    ('138****5678', '021-****1234', '****1234转***', '****')
    """
    return _NUMBER.sub(lambda number: _masked(number.group()), phone)


def _masked(number: str) -> str:
    places = [at for at, sign in enumerate(number) if sign.isdigit()]
    first, last = (3 if len(places) >= 11 else 0), (4 if len(places) >= 7 else 0)
    hidden = set(places[first:len(places) - last])
    return "".join("*" if at in hidden else sign for at, sign in enumerate(number))
