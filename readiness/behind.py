"""The rows behind a number: pure choices from a Standing whose count or sum is the number on the screen."""

from __future__ import annotations

from datetime import date

import pandas as pd

from readiness.model import FAIL, FROM_LEDGER, UNCHECKED, UNVERIFIED
from readiness.score import item_losses, item_values
from readiness.standing import Standing

ITEM = ("kind", "item")


def open_issues(issues: pd.DataFrame) -> pd.DataFrame:
    """The issues of both origins that are not verified: overdue days first, then loss, then the oldest."""
    found = issues[issues["status"].isin(UNVERIFIED)]
    return found.sort_values(["overdue_days", "loss", "started_on"], ascending=[False, False, True], kind="stable")


def overdue_issues(issues: pd.DataFrame) -> pd.DataFrame:
    """The issues past their due_on that are neither fixed nor verified, the longest first."""
    return open_issues(issues[issues["overdue_days"] > 0])


def verified_between(issues: pd.DataFrame, after: date, upto: date) -> pd.DataFrame:
    """The issues that were verified after one day and up to another, the newest first."""
    day = issues["verified_on"]
    found = issues[(day > pd.Timestamp(after)) & (day <= pd.Timestamp(upto))]
    return found.sort_values("verified_on", ascending=False, kind="stable")


def ledger_issues(issues: pd.DataFrame) -> pd.DataFrame:
    """The issues that 整改率 is of: those of the ledgers, the unverified first."""
    found = issues[issues["origin"] == FROM_LEDGER]
    return found.assign(done=~found["status"].isin(UNVERIFIED)).sort_values(
        ["done", "overdue_days"], ascending=[True, False], kind="stable").drop(columns="done")


def unchecked_items(now: Standing) -> pd.DataFrame:
    """The items that nobody has checked, with share: their part of all worth. The shares' sum is 1 - coverage."""
    share = now.items["v"] / now.items["v"].sum()
    found = now.items.assign(share=share)[now.items["state"] == UNCHECKED]
    return found.sort_values("share", ascending=False, kind="stable")


def failing_items(now: Standing) -> pd.DataFrame:
    """The items that fail, with loss: the points that each costs the subdistrict. The losses' sum is 100 - score."""
    found = now.items.assign(loss=item_losses(now.items))[now.items["state"] == FAIL]
    return found.sort_values("loss", ascending=False, kind="stable")


def failing_within(now: Standing, column: str, code: str, weights: pd.Series) -> pd.DataFrame:
    """The items that fail within one area or kind (column: area_code or kind), with loss: points of its own score.

    weights: W_k by kind. The losses' sum is 100 - its score.
    """
    items = now.items[now.items[column] == code]
    items = items.assign(v=item_values(items, weights))
    found = items.assign(loss=item_losses(items))[items["state"] == FAIL]
    return found.sort_values("loss", ascending=False, kind="stable")


def failing_of_item(now: Standing, kind: str, item: str) -> pd.DataFrame:
    """The sites at which one item fails, with loss; the sum is the item's bar."""
    found = failing_items(now)
    return found[(found["kind"] == kind) & (found["item"] == item)]


def cell_items(now: Standing, area_code: str, kind: str) -> pd.DataFrame:
    """The items of one area's sites of one kind: 100 * sum(v of pass) / sum(v of pass and fail) is the cell's score."""
    return now.items[(now.items["area_code"] == area_code) & (now.items["kind"] == kind)]


def moved_losses(now: Standing, before: Standing) -> pd.DataFrame:
    """The items that cost points on either day, with loss, earlier and gained = earlier - loss, greatest moves first.

    The sum of gained is the change of the score, where both days have one.
    """
    keys = ["site_id", "item"]
    losses = now.losses.set_index(keys)["loss"], before.losses.set_index(keys)["loss"]
    both = pd.concat(losses, axis=1, keys=["loss", "earlier"]).fillna(0.0)
    rows = pd.concat([now.items, before.items], ignore_index=True).drop_duplicates(keys).set_index(keys)
    rows = rows.join(both, how="inner").reset_index()
    rows = rows.assign(gained=rows["earlier"] - rows["loss"])
    rows = rows[rows["gained"].abs() >= 5e-7]
    return rows.sort_values("gained", key=abs, ascending=False, kind="stable", ignore_index=True)


def started_since(issues: pd.DataFrame, before: date) -> pd.DataFrame:
    """The issues that count from a day after that one, the newest first."""
    found = issues[issues["started_on"] > pd.Timestamp(before)]
    return found.sort_values("started_on", ascending=False, kind="stable")


def relapsed_since(issues: pd.DataFrame, before: date) -> pd.DataFrame:
    """The issues of a day after that one that are a problem found again, the newest first."""
    return started_since(issues[issues["relapse_of"].notna()], before)
