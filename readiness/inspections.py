"""The kinds of special inspection as an office sets them: which kinds of site, and which of their items."""

from __future__ import annotations

import pandas as pd

from readiness.language import _
from readiness.office_files import OfficeFile, csv_rows, parts, refuse, refuse_repeated

INSPECTION_COLUMNS = ("inspection", "name", "kinds", "categories", "items")


def inspections_from(file: OfficeFile, kinds: pd.DataFrame, items: pd.DataFrame) -> pd.DataFrame:
    """The rows of inspections.csv: inspection (code), name, kinds, categories, items (tuples), in the file's order.

    categories and items narrow the items of these kinds to those that one of them names; both empty: all items.
    Raises ReadinessError naming file and line of a code that is taken, and of a kind, category or item that is none.
    """
    rows = csv_rows(file, INSPECTION_COLUMNS)
    refuse(file, rows, "inspection", ~rows["inspection"].str.fullmatch(r"[^\s&?#=]+"),
           _("应写不带空格的代号，如 hospitals"))
    refuse(file, rows, "name", rows["name"].eq(""), _("应填写"))
    for column in ("inspection", "name"):
        refuse_repeated(file, rows, column)
    refuse(file, rows, "kinds", parts(rows["kinds"]).map(len).eq(0), _("应写点位类型的代号，如 shop|restaurant"))
    _refuse_strangers(file, rows, "kinds", set(kinds["kind"]), _("“{word}”不是 kinds.csv 里的代号"))
    own = parts(rows["kinds"]).map(lambda codes: items[items["kind"].isin(codes)])
    _refuse_strangers(file, rows, "categories", own.map(lambda found: set(found["category"])),
                      _("“{word}”不是这些点位类型的测评项目的类别"))
    _refuse_strangers(file, rows, "items", own.map(lambda found: set(found["item"])),
                      _("“{word}”不是这些点位类型的测评项目的代号"))
    lists = {column: parts(rows[column]) for column in ("kinds", "categories", "items")}
    return rows[["inspection", "name"]].assign(**lists)


def _refuse_strangers(file: OfficeFile, rows: pd.DataFrame, column: str, known: set | pd.Series, wanted: str) -> None:
    """Raises ReadinessError for the first word of a column that is not among those known (of all rows, or of each)."""
    known = known if isinstance(known, pd.Series) else pd.Series([known] * len(rows), index=rows.index, dtype=object)
    words = pd.DataFrame({"word": parts(rows[column]), "known": known}).explode("word").dropna(subset="word")
    strange = [word not in among for word, among in zip(words["word"], words["known"], strict=True)]
    first = words[strange].head(1)
    if len(first):
        refuse(file, rows, column, rows.index.to_series().eq(first.index[0]), wanted.format(word=first["word"].iloc[0]))
