"""Handovers: somebody leaves a post, and another answers for all their sites of an area from a day on, or nobody."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd

from readiness.chiefs import POST_WORDS, phone_posts
from readiness.language import _
from readiness.model import ReadinessError

HANDOVER_COLUMNS = ("handover_id", "post", "area_code", "leaves", "follows", "on", "note", "user", "at")
_SAME = ["post", "area_code", "leaves", "on"]


def standing_handovers(handovers: pd.DataFrame) -> pd.DataFrame:
    """The handovers that hold, by their days: of several of one person, post, area and day the one said last.

    One in which the person follows themselves takes the one before back. handovers: HANDOVER_COLUMNS.
    """
    last = handovers.sort_values("handover_id").drop_duplicates(_SAME, keep="last")
    return last[last["follows"] != last["leaves"]].sort_values(["on", "handover_id"], ignore_index=True)


def chiefs_on(sites: pd.DataFrame, handovers: pd.DataFrame, as_of: date) -> pd.DataFrame:
    """The sites with those who answer for them on as_of: the register's chiefs, and all handovers up to that day.

    The phone of somebody who left goes with them. sites: Facts.sites; handovers: HANDOVER_COLUMNS, in any order.
    """
    due = standing_handovers(handovers)
    for handover in due[due["on"] <= pd.Timestamp(as_of)].itertuples(index=False):
        sites = _handed(sites, handover)  # each starts from what the one before left
    return sites


def refuse_handover(
    handovers: pd.DataFrame, post: str, area_code: str, leaves: str, follows: str | None, on: date,
) -> None:
    """Raises ReadinessError, in one sentence, for a handover without a name or of somebody who has left already."""
    if not leaves:
        raise ReadinessError(_("请写明是谁离开。"))
    theirs = standing_handovers(handovers)
    theirs = theirs[(theirs["post"] == post) & (theirs["area_code"] == area_code)]
    if leaves == follows:
        if not ((theirs["leaves"] == leaves) & (theirs["on"] == pd.Timestamp(on))).any():
            raise ReadinessError(_("“{name}”这一天没有可以撤回的交接。").format(name=leaves))
        return
    last = theirs[(theirs["leaves"] == leaves) | (theirs["follows"] == leaves)].tail(1)
    if len(last) and last["leaves"].iloc[0] == leaves:
        after = last["follows"].fillna(_("无人")).iloc[0]
        raise ReadinessError(_("“{name}”的{post}已经登记在 {day} 交给“{after}”；要改，请先撤回那一次。").format(
            name=leaves, post=_(POST_WORDS[post]), day=last["on"].iloc[0].date(), after=after))


def _handed(sites: pd.DataFrame, handover: Any) -> pd.DataFrame:
    theirs = (sites["area_code"] == handover.area_code) & (sites[handover.post] == handover.leaves)
    phone = sites["phone"].mask(theirs & (phone_posts(sites) == handover.post))
    return sites.assign(**{handover.post: sites[handover.post].mask(theirs, handover.follows), "phone": phone})
