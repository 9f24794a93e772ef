"""Pictures as proof: which issue each picture of a book belongs to, and which proof is used for another fix as well."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from readiness.facts import Facts
from readiness.model import FROM_CHECK
from readiness.rows import NO_DAY, days

ALIKE_BITS = 6  # of 64: up to so many may differ between two pictures that are nearly the same
PROOF, BEFORE, OF_CHECK = "photos_after", "photos_before", "photos"
PLACE = ("upload_id", "sheet", "row")
_ROW = ["upload_id", "table_no", "row"]
_AT_ONCE = 2_000_000


@dataclass(frozen=True)
class Album:
    """The pictures of the store. uses: store.picture_uses; steps: store.step_pictures; small: hashes -> small JPEGs;
    original: hash -> the bytes as they came."""

    uses: pd.DataFrame
    steps: pd.DataFrame
    small: Callable[[Iterable[str]], Mapping[str, bytes]]
    original: Callable[[str], bytes]


def placed_pictures(uses: pd.DataFrame, facts: Facts, as_of: date) -> pd.DataFrame:
    """The pictures of the ledgers' rows that hold by the day: the columns of uses, issue and on, in order.

    uses: store.picture_uses. issue: thread and number as in Standing.issues; a row that tells of several issues gives
    its pictures to each. on: the day from which the row holds. The order is that of days, then of books and rows.
    """
    rows = facts.rows[[*_ROW, "held_on"]].rename(columns={"held_on": "on"}).assign(issue=_issue_of_rows(facts))
    return _until(uses.merge(rows[rows["upload_id"].notna()], on=_ROW), as_of)


def pictures_of_issue(placed: pd.DataFrame, issue: Any) -> pd.DataFrame:
    """The pictures of one issue of the ledgers in the order of its history, each once a field.

    placed: placed_pictures of the day. issue: a row of Standing.issues.
    """
    return _once(placed[placed["issue"] == issue.issue])


def pictures_of_checks(uses: pd.DataFrame, facts: Facts, issue: Any, as_of: date) -> pd.DataFrame:
    """The pictures of one issue out of checks: those of its item's checks since it began to fail, as above."""
    checks = facts.checks[(facts.checks["pair"] == issue.pair) & (facts.checks["held_on"] >= issue.started_on)]
    return _once(_until(uses.merge(checks[[*_ROW, "held_on"]].rename(columns={"held_on": "on"}), on=_ROW), as_of))


def pictures_of_findings(uses: pd.DataFrame, facts: Facts, issues: pd.DataFrame, as_of: date) -> pd.DataFrame:
    """What shows the issues as they were found: by issue sha256 of the first picture and count of all of them.

    Of a ledger's issue those before its fix, of one out of checks those of the checks since its item began to fail.
    issues: Standing.issues, or some of them; those without a picture are left out.
    """
    placed = placed_pictures(uses[uses["field"] == BEFORE], facts, as_of)
    seen = _until(uses.merge(_checks_of(facts), on=_ROW), as_of).merge(_failing(issues), on="pair")
    shown = pd.concat([placed[["issue", "sha256"]], seen.loc[seen["on"] >= seen["started_on"], ["issue", "sha256"]]])
    shown = shown[shown["issue"].isin(issues["issue"])].drop_duplicates()
    return shown.groupby("issue")["sha256"].agg(sha256="first", count="size")


def before_and_after(placed: pd.DataFrame, issues: pd.DataFrame) -> pd.DataFrame:
    """The verified issues that have a picture of before and one of after, the newest verification first: the columns of
    issues, before and after (sha256 of the first of before and of the last of after, in the order of their history).

    placed: placed_pictures.
    """
    before = placed[placed["field"] == BEFORE].drop_duplicates("issue").set_index("issue")["sha256"]
    after = placed[placed["field"] == PROOF].drop_duplicates("issue", keep="last").set_index("issue")["sha256"]
    both = issues.assign(before=issues["issue"].map(before), after=issues["issue"].map(after))
    both = both.dropna(subset=["before", "after", "verified_on"])
    return both.sort_values(["verified_on", "issue"], ascending=[False, True], ignore_index=True)


def all_pictures(album: Album, facts: Facts, issues: pd.DataFrame, as_of: date) -> pd.DataFrame:
    """Every picture of these issues, of ledgers, checks and steps on screen, each once an issue and field, in the order
    of the issues and then of their days: issue, on, field (BEFORE, PROOF or OF_CHECK; a step's is a proof), sha256,
    upload_id, sheet, row (missing for a step) and step_id (missing for a book).

    issues: Standing.issues, or some of them.
    """
    uses = album.uses
    placed = placed_pictures(uses, facts, as_of)
    seen = _until(uses.merge(_checks_of(facts), on=_ROW), as_of).merge(_failing(issues), on="pair")
    steps = facts.rows.loc[facts.rows["upload_id"].isna(), ["sheet", "held_on"]].rename(columns={"held_on": "on"})
    steps = steps.assign(issue=_issue_of_rows(facts)[steps.index], step_id=pd.to_numeric(steps["sheet"]))
    taken = _until(album.steps.merge(steps.drop(columns="sheet"), on="step_id"), as_of).assign(field=PROOF)
    columns = ["issue", "on", "field", "sha256", *PLACE, "step_id"]
    found = pd.concat([part.reindex(columns=columns).astype({"step_id": "Int64"}) for part in (
        placed, seen[seen["on"] >= seen["started_on"]], taken)])
    order = pd.Series(range(len(issues)), index=issues["issue"].to_numpy())
    found = found[found["issue"].isin(order.index)]
    found = found.assign(place=found["issue"].map(order)).sort_values(["place", "on"], kind="stable")
    return found.drop(columns="place").drop_duplicates(["issue", "field", "sha256"]).reset_index(drop=True)


def shown_pictures(pictures: pd.DataFrame, issues: pd.DataFrame) -> pd.DataFrame:
    """What a list of issues shows, by issue in their order: before (sha256 of the first picture of the finding) and
    after (of the last proof), missing where there is none, and how many of each, befores and afters.

    pictures: all_pictures of the issues.
    """
    proof = pictures["field"] == PROOF
    before = pictures[~proof].groupby("issue")["sha256"].agg(sha256="first", count="size")
    after = pictures[proof].groupby("issue")["sha256"].agg(sha256="last", count="size")
    shown = pd.DataFrame({"before": before["sha256"], "befores": before["count"], "after": after["sha256"],
                          "afters": after["count"]}).reindex(issues["issue"])
    return shown.fillna({"befores": 0, "afters": 0}).astype({"befores": "int64", "afters": "int64"})


def reused_proofs(placed: pd.DataFrame) -> pd.DataFrame:
    """Every two issues that share a proof, the same picture or nearly the same: one row a pair of pictures.

    issue, sha256 and PLACE of the proof that holds later, other, other_sha256 and other_… of the earlier one, distance
    (bits of 64 in which they differ, 0 for the same bytes); the nearest first. placed: placed_pictures.
    """
    proofs = placed[placed["field"] == PROOF].drop_duplicates(["issue", "sha256"])
    proofs = proofs[["issue", "sha256", "phash", *PLACE, "table_no"]].assign(order=np.arange(len(proofs)))
    earlier = proofs.drop(columns="phash").add_prefix("other_")
    near = _near(proofs[["sha256", "phash"]].drop_duplicates("sha256"))
    pairs = near.merge(proofs, on="sha256").merge(earlier, on="other_sha256")
    one_row = (pairs[_ROW].to_numpy() == pairs[[f"other_{name}" for name in _ROW]].to_numpy()).all(axis=1)
    pairs = pairs[(pairs["order"] > pairs["other_order"]) & (pairs["issue"] != pairs["other_issue"]) & ~one_row]
    pairs = pairs.rename(columns={"other_issue": "other"}).sort_values(["distance", "order", "other_order"])
    columns = ["issue", "sha256", *PLACE, "other", "other_sha256", *(f"other_{name}" for name in PLACE), "distance"]
    return pairs[columns].reset_index(drop=True)


def proved_elsewhere(reused: pd.DataFrame, issue: str) -> pd.DataFrame:
    """The issues that share a proof with this one: other, same (to the byte, not only to the eye); each once."""
    mine, theirs = reused["issue"] == issue, reused["other"] == issue
    pairs = reused[mine | theirs]
    found = pd.DataFrame({"other": pairs["other"].where(mine, pairs["issue"]),
                          "same": pairs["sha256"] == pairs["other_sha256"]})
    return found.groupby("other", as_index=False, sort=False)["same"].any()


def bits_apart(one: Sequence[str], other: Sequence[str]) -> np.ndarray:
    """In how many bits each phash of one differs from each of the other.

    >>> bits_apart(["ff00000000000000", "0000000000000000"], ["0f00000000000001"]).tolist()
    [[5], [5]]
    """
    return np.bitwise_count(_numbers(one)[:, None] ^ _numbers(other)[None, :]).astype(np.int64)


def _numbers(hashes: Sequence[str]) -> np.ndarray:
    return np.array([int(phash, 16) for phash in hashes], dtype=np.uint64)


def _near(pictures: pd.DataFrame) -> pd.DataFrame:
    """sha256, other_sha256, distance of every two pictures that are nearly the same, both ways and each with itself."""
    known = pictures.dropna(subset="phash")
    names, hashes = known["sha256"].to_numpy(), known["phash"].tolist()
    step = max(_AT_ONCE // max(len(hashes), 1), 1)
    found = [pd.DataFrame({"sha256": pictures["sha256"], "other_sha256": pictures["sha256"], "distance": 0})]
    for start in range(0, len(hashes), step):
        apart = bits_apart(hashes[start:start + step], hashes)
        one, other = np.nonzero(apart <= ALIKE_BITS)
        found.append(pd.DataFrame({"sha256": names[one + start], "other_sha256": names[other],
                                   "distance": apart[one, other]}))
    return pd.concat(found).drop_duplicates(["sha256", "other_sha256"])


def _checks_of(facts: Facts) -> pd.DataFrame:
    return facts.checks[[*_ROW, "pair", "held_on"]].rename(columns={"held_on": "on"})


def _failing(issues: pd.DataFrame) -> pd.DataFrame:
    """The issues out of checks: issue, pair, started_on."""
    return issues.loc[issues["origin"] == FROM_CHECK, ["issue", "pair", "started_on"]]


def _issue_of_rows(facts: Facts) -> np.ndarray:
    """The issue that each of facts.rows speaks of: that of its finding, else that in which its state falls."""
    events = facts.events[~facts.events["derived"]].sort_values("finding", ascending=False, kind="stable")
    first = events.drop_duplicates("source")
    names = facts.issues["thread"] + "-" + facts.issues["ordinal"].astype("str")
    found = np.empty(len(facts.rows), dtype=object)
    found[first["source"].to_numpy()] = names.to_numpy()[first["issue"].to_numpy()]
    return found


def _once(pictures: pd.DataFrame) -> pd.DataFrame:
    return pictures.drop_duplicates(["field", "sha256"]).reset_index(drop=True)


def _until(pictures: pd.DataFrame, as_of: date) -> pd.DataFrame:
    held = days(pictures["on"])
    known = pictures[(held <= int(np.datetime64(as_of, "D").astype(np.int64))) & (held != NO_DAY)]
    return known.sort_values("on", kind="stable").reset_index(drop=True)
