"""督办: which unfinished issues are due or overdue, by how much, and who is to be told."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from readiness.deadlines import FROM_BOOK
from readiness.language import _
from readiness.model import FIXED, VERIFIED
from readiness.workdays import workdays_until


def follow_up(issues: pd.DataFrame, reminders: pd.DataFrame, as_of: date) -> pd.DataFrame:
    """The issues that are neither fixed nor verified nor excepted, with late, stage and tell: the latest first.

    late: days past the deadline, 0 on its day: calendar days of one that the book states, working days of one that the
    standard gives, at least 1 as soon as the day is over; before the deadline minus the working days that are left.
    stage: days of the reminder reached, tell whom it tells; missing before the first, and without a deadline.

    issues: of with_deadlines. reminders: Reference.reminders.
    """
    waiting = ~issues["status"].isin((FIXED, VERIFIED)) & issues["excepted_until"].isna()
    issues = issues[waiting]
    late = days_late(issues, as_of)
    reached = np.searchsorted(reminders["days"], late.fillna(reminders["days"].min() - 1), side="right") - 1
    told = reminders[["days", "tell"]].reindex(reached).set_axis(issues.index)
    issues = issues.assign(late=late, stage=told["days"].astype("Int64"), tell=told["tell"])
    return issues.sort_values(["late", "loss"], ascending=False, kind="stable", na_position="last", ignore_index=True)


def days_late(issues: pd.DataFrame, as_of: date) -> pd.Series:
    """late of follow_up for each of the issues; missing without a deadline."""
    calendar = (pd.Timestamp(as_of) - issues["deadline"]).dt.days
    past, before, working = calendar > 0, calendar < 0, workdays_until(issues["deadline"], as_of)
    least = working.mask(past, working.clip(lower=1)).mask(before, working.clip(upper=-1))
    return least.mask(past & (issues["deadline_from"] == FROM_BOOK), calendar.astype("Int64"))


def stage_counts(told: pd.DataFrame, column: str, reminders: pd.DataFrame) -> pd.DataFrame:
    """How many issues each value of a column has in each stage: the column, the stages' days, overdue and total.

    Most overdue first, then most in all. What has not reached its first reminder is not counted.
    """
    counts = pd.crosstab(told[column], told["stage"]).reindex(columns=reminders["days"], fill_value=0)
    counts = counts.assign(overdue=counts.loc[:, reminders.loc[reminders["days"] > 0, "days"]].sum(axis=1),
                           total=counts.sum(axis=1)).reset_index()
    return counts.sort_values(["overdue", "total", column], ascending=[False, False, True], ignore_index=True)


def stage_words(reminders: pd.DataFrame) -> dict[int, str]:
    """What each stage is called, by its days, in their order.

    >>> list(stage_words(pd.DataFrame({"days": [-3, 0, 1, 3, 7]})).values())
    ['3 个工作日内到期', '今天到期', '超期 1–2 天', '超期 3–6 天', '超期 7 天以上']
    """
    first = reminders["days"].tolist()
    last = [*(following - 1 for following in first[1:]), None]
    return {begins: _stage(begins, ends) for begins, ends in zip(first, last, strict=True)}


def _stage(begins: int, ends: int | None) -> str:
    if begins == 0:
        return _("今天到期")
    if ends is None:
        return _("超期 {first} 天以上").format(first=begins)
    if begins < 0:
        return _("{last} 个工作日内到期").format(last=-begins) if ends == -1 else \
            _("{first}–{last} 个工作日后到期").format(first=-ends, last=-begins)
    return _("超期 {first} 天").format(first=begins) if begins == ends else \
        _("超期 {first}–{last} 天").format(first=begins, last=ends)
