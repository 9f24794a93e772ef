"""Indicators: which item of the standard a check or an issue is about."""

from __future__ import annotations

import numpy as np
import pandas as pd

from readiness.clean import cleaned
from readiness.model import FROM_CHECK, FROM_LEDGER
from readiness.occurrences import Texts
from readiness.rows import looked_up

# How an item was found, the better the smaller.
BY_TEXT, BY_KEYWORD, BY_NONE = 0, 1, 2
OWN = "own:"
OTHER_ENDING = "-00"
OTHER_TEXT = "其他问题"


def other_items(kinds: pd.DataFrame, items: pd.DataFrame) -> pd.DataFrame:
    """Each kind's "other" item (the one whose code ends with -00), as rows of the standard; made up where it is absent.

    Such an item is not inspectable by itself; its weight is 1. Rule: DESIGN.md 5 and 6.
    """
    listed = items[is_other(items["item"])].drop_duplicates("kind")
    absent = kinds.loc[~kinds["kind"].isin(listed["kind"]), ["kind"]]
    made = absent.assign(item=absent["kind"] + OTHER_ENDING, text=OTHER_TEXT, category="", red_line=False)
    return pd.concat([listed, made], ignore_index=True).assign(weight=1.0)


def is_other(codes: pd.Series) -> pd.Series:
    """Whether an item is its kind's "other" item."""
    return codes.str.endswith(OTHER_ENDING)


def matched_items(kinds: pd.Series, texts: pd.Series, items: pd.DataFrame) -> pd.DataFrame:
    """item (missing where none) and by (BY_TEXT, BY_KEYWORD, BY_NONE) for each kind of site and text, same index.

    The kind's item with the same cleaned text, else the one item whose keywords occur in the text; where the keywords
    of several items occur, none. Rule: DESIGN.md 5, "Indicator".
    """
    pairs = pd.DataFrame({"kind": kinds, "text": cleaned(texts)})
    codes, distinct = _distinct_rows(pairs)
    exact = _items_of_text(distinct, items)
    found = exact.fillna(_items_of_keywords(distinct[exact.isna() & (distinct["text"] != "")], items))
    by = np.select([exact.notna(), found.notna()], [BY_TEXT, BY_KEYWORD], BY_NONE)
    return pd.DataFrame({"item": found.to_numpy()[codes], "by": by[codes]}, index=texts.index).astype({"item": "str"})


def items_of_checks(checks: pd.DataFrame, standard: pd.DataFrame, others: pd.DataFrame) -> pd.DataFrame:
    """The checks (with kind) and item: the standard's, else the text itself as an item of its own; by as above.

    A check without any text is about its kind's "other" item.
    """
    found = matched_items(checks["kind"], checks["indicator"], standard)
    text = cleaned(checks["indicator"])
    own = (OWN + text).where(text != "", looked_up(checks["kind"], others.set_index("kind")["item"]))
    return checks.assign(item=found["item"].fillna(own), by=found["by"])


def items_of_ledger(ledger: pd.DataFrame, standard: pd.DataFrame, others: pd.DataFrame) -> pd.DataFrame:
    """The ledger's rows (with kind) and item: by the indicator, then by the description, else the kind's "other" item.

    by is 0 to 3 in the order tried (indicator's text, its keywords, description's text, its keywords), 4 for "other".
    """
    first = matched_items(ledger["kind"], ledger["indicator"], standard)
    second = matched_items(ledger["kind"], ledger["description"].where(first["item"].isna()), standard)
    other = looked_up(ledger["kind"], others.set_index("kind")["item"])
    by = first["by"].where(first["item"].notna(), second["by"] + BY_NONE)
    return ledger.assign(item=first["item"].fillna(second["item"]).fillna(other), by=by)


def _distinct_rows(pairs: pd.DataFrame) -> tuple[np.ndarray, pd.DataFrame]:
    codes = pairs.groupby(["kind", "text"], sort=False, dropna=False).ngroup().to_numpy()
    first = ~pairs.duplicated()
    return codes, pairs[first].reset_index(drop=True)


def _items_of_text(pairs: pd.DataFrame, items: pd.DataFrame) -> pd.Series:
    texts = items.assign(text=cleaned(items["text"])).drop_duplicates(["kind", "text"])
    texts = texts[texts["text"] != ""].set_index(["kind", "text"])["item"]
    found = texts.reindex(pd.MultiIndex.from_frame(pairs))
    return pd.Series(found.to_numpy(), index=pairs.index, dtype="str")


def _items_of_keywords(pairs: pd.DataFrame, items: pd.DataFrame) -> pd.Series:
    """Tries one item of the standard after the other on the different texts of its kind."""
    count, chosen = np.zeros(len(pairs), dtype=int), np.full(len(pairs), -1)
    standard, texts = items[~is_other(items["item"])], pairs["text"].to_numpy(dtype=object)
    of_kind = {kind: (rows, Texts(texts[rows])) for kind, rows in pairs.groupby("kind").indices.items()}
    for number, (kind, keywords) in enumerate(zip(standard["kind"], standard["keywords"], strict=True)):
        words = [word for word in map(cleaned, keywords) if word]
        if kind in of_kind and words:
            rows, said = of_kind[kind]
            hits = rows[np.logical_or.reduce([said.last(word) >= 0 for word in words])]
            count[hits] += 1
            chosen[hits] = number
    codes = np.array([*standard["item"], None], dtype=object)
    return pd.Series(codes[np.where(count == 1, chosen, -1)], index=pairs.index, dtype="str")


def unmapped_texts(checks: pd.DataFrame, ledger: pd.DataFrame) -> pd.DataFrame:
    """What the office may want to map to the standard: origin, kind, text and rows (their number), the most first.

    Texts of checks that became items of their own, and of ledger rows that went to their kind's "other" item.
    """
    own = checks[checks["item"].str.startswith(OWN)].assign(origin=FROM_CHECK, text=checks["indicator"])
    other = ledger[is_other(ledger["item"])].assign(
        origin=FROM_LEDGER, text=ledger["indicator"].fillna(ledger["description"]))
    texts = pd.concat([frame[["origin", "kind", "text"]] for frame in (own, other)])
    counted = texts.groupby(["origin", "kind", "text"]).size().rename("rows").reset_index()
    order = ["rows", "origin", "kind", "text"]
    return counted.sort_values(order, ascending=[False, True, True, True], ignore_index=True)
