"""Tables both ways round: a line a visit with a column an item, or a line an item with a column a site."""

from __future__ import annotations

import pandas as pd

from tests.demo.layouts import Sheet

MARKS = {"pass": "√", "fail": "×", "na": "/", "uninspectable": "停业"}


def numbered(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with a first column 序号 that runs from 1."""
    frame = frame.reset_index(drop=True)
    frame.insert(0, "序号", frame.index + 1)
    return frame


def wide(sheet: Sheet, checks: pd.DataFrame, keys: list[str], heads: list[str], two_rows: bool = True) -> None:
    """A line a visit and a column an item, under the items' short words (with their category) or their whole texts."""
    words = checks.assign(word=checks["result"].map(MARKS))
    grid = words.pivot_table(index=keys, columns="item", values="word", aggfunc="first", sort=False)
    grid = grid[sorted(grid.columns)].reset_index()
    items = checks.drop_duplicates("item").set_index("item")
    first = {category: place for place, category in enumerate(items["category"].unique())}
    order = sorted(items.index, key=lambda item: (first[items["category"][item]], item))
    grid = grid[[*keys, *order]]
    sheet.heading([*heads, *((items["category"][item], items["short"][item]) for item in order)] if two_rows
                  else [*heads, *items["text"][order]])
    sheet.rows(grid.astype(object).where(grid.notna(), None))


def down(sheet: Sheet, checks: pd.DataFrame) -> None:
    """A line an item: its sites across when there are several, a plain list when there is one."""
    checks = checks.assign(word=checks["result"].map(MARKS)).sort_values(["category", "item"])
    grid = checks.pivot_table(index=["category", "short"], columns="site", values="word", aggfunc="first", sort=False)
    if len(grid.columns) > 1:
        frame = grid.reset_index().rename(columns={"category": "类别", "short": "测评内容"})
        frame = frame.astype(object).where(frame.notna(), None)
        merged = ("类别",)
    else:
        frame = pd.DataFrame({"类别": checks["category"], "点位": checks["site"], "测评内容": checks["short"],
                              "结果": checks["word"]})
        merged = ("类别", "点位")
    frame = numbered(frame)
    sheet.heading(list(frame.columns))
    sheet.rows(frame, merged=merged)
