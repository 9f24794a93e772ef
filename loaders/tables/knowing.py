"""Knowing: how each column of a heading came to its meaning, for whoever asks why a book was read as it was."""

from __future__ import annotations

from loaders.grid import Sheet
from loaders.tables.columns import Column, Heading, columns_of
from loaders.tables.headings import ANSWERED, BARE, COMPOSED, EXACT, STRIPPED, Headings

HOW_WORDS = {
    "answered": "按人工指定",
    "exact": "词表里的写法",
    "bare": "去掉括号后是词表里的写法",
    "parts": "去掉修饰词后是词表里的写法",
    "composed": "按词语构成推断",
    "rows": "上下两行表头合起来看",
    "content": "按列里的内容推断",
    "item": "按列里的内容推断",
}
_BY_WORDS = {ANSWERED: "answered", EXACT: "exact", BARE: "bare", STRIPPED: "parts", COMPOSED: "composed"}


def how_known(sheet: Sheet, heading: Heading, headings: Headings) -> dict[str, str]:
    """Heading -> how its column is known: answered, exact, bare, parts, composed, rows, content or item.

    rows: by the words of two rows together; content: by the cells below; "" for a column that is not read.
    """
    items = {column.index for column in heading.items}
    words = {column.index: column for column in columns_of(sheet, heading.top, heading.bottom, headings)}
    return {
        column.label: "item" if column.index in items else _how(column, words.get(column.index), headings)
        for column in heading.columns
        if column.parts
    }


def _how(column: Column, by_words: Column | None, headings: Headings) -> str:
    if column.concept in (None, "unread"):
        return ""
    if by_words is None or by_words.concept != column.concept:
        return "content"
    together = len(column.parts) > 1 and headings.concept(column.heading)[0] != column.concept
    return "rows" if together else _BY_WORDS.get(column.sureness, "content")
