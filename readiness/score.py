"""The readiness score: what each item is worth, the share that passes, and what each failing one costs."""

from __future__ import annotations

import numpy as np
import pandas as pd

from readiness.model import FAIL, PASS
from readiness.rows import looked_up
from readiness.settings import Settings, bands_of


def item_values(items: pd.DataFrame, weights: pd.Series, view: tuple[str, ...] = ()) -> pd.Series:
    """v of each inspectable item: its kind's weight W_k spread over all items of the kind in its view. DESIGN.md 6.

    items: kind, weight and the columns of `view`, by which the views are told apart (none: one view of all);
    weights: W_k by kind.

    >>> items = pd.DataFrame({"kind": ["park", "park", "school"], "weight": [1.0, 3.0, 1.0]})
    >>> item_values(items, pd.Series({"park": 2.0, "school": 5.0})).tolist()
    [0.5, 1.5, 5.0]
    """
    total = items.groupby([*view, "kind"])["weight"].transform("sum")
    return looked_up(items["kind"], weights) * items["weight"] / total


def scores(items: pd.DataFrame, by: tuple[str, ...] = ()) -> pd.DataFrame:
    """score (0 to 100, NaN where nothing is known), coverage (0 to 1), checked and inspectable (counts) by `by`.

    items: state and v. Score = 100 * sum(v * pass) / sum(v * known); coverage = sum(v * known) / sum(v). DESIGN.md 6.
    Without `by` one row of all.

    Residential weighs 3 and passes 1 of 2, school weighs 1 and passes: 62.5, and the one loss is the rest.

    >>> items = pd.DataFrame({"kind": ["residential", "residential", "school"], "weight": 1.0,
    ...                       "state": ["pass", "fail", "pass"]})
    >>> items["v"] = item_values(items, pd.Series({"residential": 3.0, "school": 1.0}))
    >>> scores(items)["score"].tolist(), item_losses(items).tolist()
    ([62.5], [0.0, 37.5, 0.0])

    Residential weighs 3 and passes 20 of 20; of a school's 20 items (weight 2) 1, 4, 13 fail and the rest is unchecked.

    >>> def with_failing(count):
    ...     states = ["pass"] * 20 + ["fail"] * count + ["unchecked"] * (20 - count)
    ...     items = pd.DataFrame({"kind": ["residential"] * 20 + ["school"] * 20, "weight": 1.0, "state": states})
    ...     v = item_values(items, pd.Series({"residential": 3.0, "school": 2.0}))
    ...     return round(scores(items.assign(v=v))["score"].item(), 1)
    >>> [with_failing(count) for count in (1, 4, 13)]
    [96.8, 88.2, 69.8]
    """
    known = items["state"].isin((PASS, FAIL))
    sums = pd.DataFrame({"v": items["v"], "known": items["v"].where(known, 0.0),
                         "passing": items["v"].where(items["state"] == PASS, 0.0), "checked": known.astype(np.int64),
                         "inspectable": 1, **{column: items[column] for column in by}})
    sums = sums.groupby(list(by)).sum() if by else sums.sum().to_frame().T
    return pd.DataFrame({"score": 100 * sums["passing"] / sums["known"].where(sums["known"] > 0),
                         "coverage": (sums["known"] / sums["v"].where(sums["v"] > 0)).fillna(0.0),
                         **sums[["checked", "inspectable"]].astype(np.int64)})


def item_losses(items: pd.DataFrame) -> pd.Series:
    """The points that each item costs the score of all: 100 * v / sum(v * known) of a failing one, else 0."""
    known = items["v"].where(items["state"].isin((PASS, FAIL)), 0.0).sum()
    return (100 * items["v"] / known).where(items["state"] == FAIL, 0.0)


def shared_losses(issues: pd.DataFrame, losses: pd.Series) -> pd.Series:
    """Each unverified issue's equal share of the loss of its item; 0 for the others.

    issues: pair, unverified and excepted (bool); losses: by pair. An excepted issue bears nothing while another stands
    on its item; an item that fails by its checks though all its issues are excepted is theirs all the same.

    >>> issues = pd.DataFrame({"pair": [7, 7, 7, 8, 9], "unverified": [True, True, True, False, True],
    ...                        "excepted": [False, False, True, False, True]})
    >>> shared_losses(issues, pd.Series({7: 5.0, 9: 1.0})).tolist()
    [2.5, 2.5, 0.0, 0.0, 1.0]
    """
    stands = issues["unverified"] & ~issues["excepted"]
    bears = stands | (issues["unverified"] & ~stands.groupby(issues["pair"]).transform("any"))
    sharing = bears.groupby(issues["pair"]).transform("sum")
    loss = looked_up(issues["pair"], losses).fillna(0.0)
    return (loss / sharing.where(sharing > 0)).where(bears, 0.0)


def capped_bands(score: pd.Series, red_lines: pd.Series, settings: Settings) -> pd.Series:
    """The key of the band of each score, None without a score.

    An open red line (red_lines: their number) caps it at the best band that starts below the target (接近 as shipped):
    nothing with one counts as having reached the target, however high its score. Rule: DESIGN.md 6, "Bands and target".
    """
    below = [number for number, band in enumerate(settings.bands) if band.from_ < settings.target]
    cap = settings.bands[below[0]] if below else settings.bands[-1]
    return bands_of(settings, score.where(~((red_lines > 0) & (score > cap.from_)), cap.from_))


def enough(scored: pd.DataFrame, settings: Settings) -> pd.Series:
    """The score where the coverage reaches the standard's minimum, else missing ("资料不足"). Rule: DESIGN.md 6."""
    return scored["score"].where(scored["coverage"] >= settings.minimum_coverage - 1e-9)
