"""Facts that contradict each other: listed for a person to settle, never counted."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from readiness.facts import Facts
from readiness.model import FROM_LEDGER, NA, PASS, STATES, UNVERIFIED
from readiness.rows import dates
from readiness.timeline import CODE, timeline_on

PASS_OVER_ISSUE = "pass_over_issue"
NA_AFTER_FAIL = "na_after_fail"
STATE_AFTER_END = "state_after_end"
CONTRADICTION_COLUMNS = ("reason", "on", "area_code", "site_id", "site", "kind", "item", "indicator", "issue", "status",
                         "description", "upload_id", "sheet", "row")


def contradictions_on(facts: Facts, issues: pd.DataFrame, as_of: date) -> pd.DataFrame:
    """CONTRADICTION_COLUMNS, the newest first. reason is one of

    PASS_OVER_ISSUE: the item's newest check passes while a ledger issue on it, found by then, is not verified;
    NA_AFTER_FAIL: the newest check says 不适用 of an item that was failing; STATE_AFTER_END: a ledger says of an issue
    that had been verified that it is not done. description: the issue's, else the check's; issues: issues_on of that
    day. Rule: DESIGN.md 5, "Threads"; 6, "The state".
    """
    found = pd.concat([_of_checks(facts, issues, as_of), _of_threads(facts, as_of)], ignore_index=True)
    found = found.join(facts.pairs[["area_code", "site_id", "site", "kind", "item", "indicator"]], on="pair")
    return found.sort_values(["on", "site_id", "item", "issue", "reason"], ascending=[False, *[True] * 4],
                             ignore_index=True)[list(CONTRADICTION_COLUMNS)]


def _of_checks(facts: Facts, issues: pd.DataFrame, as_of: date) -> pd.DataFrame:
    now = timeline_on(facts.timeline, as_of)
    now = now[now["source"] >= 0].assign(on=lambda rows: dates(rows["said_on"].to_numpy()))
    open_ = issues[(issues["origin"] == FROM_LEDGER) & issues["status"].isin(UNVERIFIED)]
    over = now[now["said"] == CODE[PASS]].merge(open_[["pair", "issue", "started_on", "description"]], on="pair")
    over = over[over["on"] >= over["started_on"]].assign(reason=PASS_OVER_ISSUE, status=PASS)
    after = now[(now["said"] == CODE[NA]) & (now["failing"] | (now["unverified"] > 0))]
    found = pd.concat([over, after.assign(reason=NA_AFTER_FAIL, status=NA)], ignore_index=True)
    said = facts.checks[["description", "upload_id", "sheet", "row"]].take(found["source"]).reset_index(drop=True)
    found = found.reindex(columns=["reason", "on", "pair", "issue", "status", "description"])
    return found.join(said.drop(columns="description")).assign(
        description=found["description"].astype("str").fillna(said["description"]))


def _of_threads(facts: Facts, as_of: date) -> pd.DataFrame:
    events = facts.contradictions[facts.contradictions["on"] <= int(np.datetime64(as_of, "D").astype(np.int64))]
    rows = facts.rows[["description", "upload_id", "sheet", "row"]].take(events["source"]).reset_index(drop=True)
    ordinal = events["ordinal"] - events["stale"]
    return rows.assign(
        reason=STATE_AFTER_END, on=dates(events["on"].to_numpy()),
        pair=facts.issues["pair"].take(events["issue"]).to_numpy(),
        issue=(events["thread"] + "-" + ordinal.astype("str")).to_numpy(),
        status=np.array(STATES, dtype=object)[events["rank"].to_numpy()])
