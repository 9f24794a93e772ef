"""Threads: the same problem at the same place across books; and the issues that they are cut into, as of a day."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from readiness.exceptions import excepted_on
from readiness.history import RANK
from readiness.model import FAIL, FIXED, FROM_CHECK, FROM_LEDGER, OPEN, STATES, VERIFIED
from readiness.rows import LAST_DAY, arranged, dates, days, last_positions, newest_filled, taken
from readiness.thread_keys import digests

if TYPE_CHECKING:
    from readiness.facts import Facts

FROM_ROWS = ("location", "category", "description", "severity", "due_on", "responsible_unit", "responsible_person",
             "measure", "note", "round")
FROM_PAIRS = ("area_code", "site_id", "site", "kind", "item", "indicator", "red_line")
ISSUE_COLUMNS = ("issue", "thread", "origin", "area_code", "site_id", "site", "kind", "location", "item", "indicator",
                 "category", "red_line", "description", "severity", "status", "found_on", "due_on", "fixed_on",
                 "verified_on", "started_on", "state_on", "excepted_until", "responsible_unit", "responsible_person",
                 "measure", "note", "overdue_days", "relapse_of", "round", "duplicate", "inferred", "upload_id",
                 "sheet", "row", "pair")
_MARK = "\x1f"


def issues_on(facts: Facts, as_of: date) -> pd.DataFrame:
    """One row an issue that has started by as_of, verified ones too: ISSUE_COLUMNS, sorted by area, site, item, issue.

    Both origins: the ledgers' issues, and failing checks on whose item no ledger issue is unverified. found_on is
    missing where no row gives one; started_on is the day from which the issue counts, state_on that of its state.
    excepted_until: the last day of an accepted exception that runs on as_of.
    overdue_days: calendar days past due_on for what is neither fixed nor verified, else 0. inferred names the dates of
    the deciding row that were inferred, "" when none. Rule: DESIGN.md 5, "Threads" and "A failing check".
    """
    day = int(np.datetime64(as_of, "D").astype(np.int64))
    issues = _ledger_issues(facts, day)
    checks = _check_issues(facts, day)
    issues = pd.concat([issues, checks.reindex(columns=issues.columns).astype(issues.dtypes)], ignore_index=True)
    issues = issues.join(facts.pairs[list(FROM_PAIRS)], on="pair")
    category = issues["category"].fillna(facts.pairs["category"].reindex(issues["pair"]).reset_index(drop=True))
    issues = issues.assign(category=category, overdue_days=_overdue_days(issues, day))
    return issues.sort_values(["area_code", "site_id", "item", "issue"], ignore_index=True)[list(ISSUE_COLUMNS)]


def _ledger_issues(facts: Facts, day: int) -> pd.DataFrame:
    events = facts.events
    speaks = events["moved"] | (~events["stale"] & (events["rank"] == RANK[VERIFIED]))
    events = events[speaks & (events["on"] <= day)].reset_index(drop=True)
    numbers, number = np.unique(events["issue"].to_numpy(), return_inverse=True)
    source = events["source"].to_numpy()
    fields = {column: newest_filled(facts.rows[column], number, len(numbers), source) for column in FROM_ROWS}
    issue = facts.issues.take(numbers).reset_index(drop=True)
    name = issue["thread"] + "-"
    earlier = (name + (issue["ordinal"] - 1).astype("str")).where(issue["ordinal"] > 1)
    excepted = excepted_on(facts.excepted, day).reindex(numbers).to_numpy()
    return issue[["thread", "pair", "duplicate"]].assign(
        issue=name + issue["ordinal"].astype("str"), origin=FROM_LEDGER, relapse_of=earlier, excepted_until=excepted,
        **fields, **_states(events, number, len(numbers)), **_sources(events, facts.rows, number, len(numbers)))


def _states(events: pd.DataFrame, number: np.ndarray, count: int) -> dict[str, np.ndarray | pd.Series]:
    """status and its dates from the events of each issue up to the day."""
    on, rank = events["on"].to_numpy(), events["rank"].to_numpy()
    last = last_positions(number, count)
    status = np.array(STATES, dtype=object)[rank[last]]
    on_days = pd.Series(dates(on))
    fixed = newest_filled(on_days.where(rank == RANK[FIXED]), number, count)
    found = newest_filled(on_days.where(events["finding"])[::-1], number[::-1], count)
    return {"status": pd.Series(status, dtype="str"), "state_on": dates(on[last]), "found_on": found,
            "started_on": newest_filled(on_days[::-1], number[::-1], count),
            "fixed_on": fixed.where(np.isin(status, (FIXED, VERIFIED))),
            "verified_on": dates(events["ended"].to_numpy()[last])}


def _sources(events: pd.DataFrame, rows: pd.DataFrame, number: np.ndarray, count: int) -> dict[str, pd.Series]:
    """Where the newest row of a book stands, and which dates of the newest event were inferred."""
    source = events["source"].to_numpy()
    of_book = rows["upload_id"].notna().to_numpy()[source]
    row = last_positions(np.where(of_book, number, count), count + 1)[:count]
    at = np.where(row >= 0, source[row], -1)
    where = {column: taken(rows[column], at) for column in ("upload_id", "sheet", "row")}
    last = last_positions(number, count)
    newest = rows[["held_inferred", "held_on", "inferred"]].take(source[last])
    guessed = newest["held_inferred"].to_numpy() & (days(newest["held_on"]) == events["on"].to_numpy()[last])
    return {**where, "inferred": _inferred(newest["inferred"], guessed)}


def _inferred(names: pd.Series, guessed: np.ndarray) -> pd.Series:
    names = names.fillna("").reset_index(drop=True)
    return names.where(~guessed, (names + ",held_on").str.strip(","))


def _check_issues(facts: Facts, day: int) -> pd.DataFrame:
    """The failing checks up to the newest pass or verification, where no ledger issue on the item is unverified."""
    timeline = facts.timeline
    shown = timeline[timeline["shown"] & (timeline["on"] <= day) & (day < timeline["until"])].reset_index(drop=True)
    said, number = _failing_checks(facts, shown, day)
    newest = last_positions(number, len(shown))
    pairs = facts.pairs.take(shown["pair"]).reset_index(drop=True)
    thread = check_threads(pairs)
    deciding = {column: taken(said[column], newest) for column in ("upload_id", "sheet", "row", "round", "held_on")}
    guessed = taken(said["held_inferred"], newest).to_numpy(dtype=bool)
    fields = {column: newest_filled(said[column], number, len(shown)) for column in ("description", "category")}
    started = dates(shown["run_on"].to_numpy())
    return pd.DataFrame({
        "issue": thread + "-" + shown["run"].astype("str"), "thread": thread, "origin": FROM_CHECK,
        "pair": shown["pair"], "status": OPEN, "found_on": started, "started_on": started,
        "state_on": deciding.pop("held_on"), "description": fields["description"].fillna(pairs["indicator"]),
        "category": fields["category"], "duplicate": False, **deciding,
        "inferred": _inferred(taken(said["inferred"], newest), guessed)})


def check_threads(pairs: pd.DataFrame) -> pd.Series:
    """The thread of the problems that checks find on each of these pairs (site_id, item)."""
    return digests(FROM_CHECK + _MARK + pairs["site_id"] + _MARK + pairs["item"])


def _failing_checks(facts: Facts, shown: pd.DataFrame, day: int) -> tuple[pd.DataFrame, np.ndarray]:
    """The failing checks of the shown runs up to the day, oldest first, and the position in shown of each."""
    place = np.full(len(facts.pairs), -1, dtype=np.int64)
    place[shown["pair"]] = np.arange(len(shown))
    checks = facts.checks
    number, held = place[checks["pair"]], days(checks["held_on"])
    begins = np.append(shown["run_on"].to_numpy(), LAST_DAY)[number]
    wanted = (held >= begins) & (held <= day) & (checks["result"] == FAIL).to_numpy()
    said = arranged(checks[wanted].assign(number=number[wanted]), "held_on")
    return said, said["number"].to_numpy()


def _overdue_days(issues: pd.DataFrame, day: int) -> np.ndarray:
    late = day - days(issues["due_on"].fillna(pd.Timestamp.max.floor("D")))
    return np.where(issues["status"].isin((FIXED, VERIFIED)), 0, np.maximum(late, 0))
