"""Pareto: which few categories or items make most of the issues that were opened."""

from __future__ import annotations

import pandas as pd


def pareto(opened: pd.DataFrame, by: tuple[str, ...]) -> pd.DataFrame:
    """The columns `by`, count (issues opened), share and cumulative (shares of all, up to and with the row).

    opened: a row an opening (readiness.moves); what says nothing in `by` counts under "". The most first, then by name.

    >>> pareto(pd.DataFrame({"category": ["消防", "环境", "消防", "消防"]}), ("category",)).to_numpy().tolist()
    [['消防', 3, 0.75, 0.75], ['环境', 1, 0.25, 1.0]]
    """
    keys = opened[list(by)].fillna("")
    counted = keys.groupby(list(by)).size().rename("count").reset_index()
    counted = counted.sort_values(["count", *by], ascending=[False, *[True] * len(by)], ignore_index=True)
    share = counted["count"] / max(len(opened), 1)
    return counted.assign(share=share, cumulative=counted["count"].cumsum() / max(len(opened), 1))


def vital_few(table: pd.DataFrame, most: float = 0.8) -> int:
    """How many of the first rows of a pareto make that share of all.

    >>> vital_few(pareto(pd.DataFrame({"item": list("aaaabbbc")}), ("item",)))
    2
    """
    return int((table["cumulative"].shift(fill_value=0.0) < most - 1e-9).sum())
