"""The life of one issue: every row of a book and every step that spoke of it up to a day, the oldest first."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

import numpy as np
import pandas as pd

from readiness.facts import Facts
from readiness.language import N_
from readiness.model import FROM_CHECK, STATES
from readiness.rows import NO_DAY, arranged, dates, days
from readiness.steps import EXCEPTED
from readiness.table_words import RESULT_WORDS, STATE_WORDS

FOUND = "found"
HISTORY_WORDS: Mapping[str, str] = MappingProxyType(
    {FOUND: N_("发现"), EXCEPTED: N_("同意暂缓"), **STATE_WORDS, **RESULT_WORDS})
BOOK = -1  # in place of a step's number
HISTORY_COLUMNS = ("on", "word", "inferred", "said", "person", "until", "round", "upload_id", "sheet", "row",
                   "step_id", "user", "at")


def issue_history(facts: Facts, issue: Any, as_of: date) -> pd.DataFrame:
    """HISTORY_COLUMNS, one row a word about the issue, in order; issue: a row of Standing.issues.

    word: found, a state of an issue, EXCEPTED (until that day) or a result of a check. inferred: the day is not written
    in the row. step_id, user and at (UTC): of a step on screen, its number, who took it and when. said: what
    the row says of it beside the state (its note, else its measure). person: who found or was to put it right. The
    finding is listed once a day, with the first row that names it. upload_id is missing for a step.
    """
    return issue_histories(facts, pd.DataFrame([issue._asdict()]), as_of).drop(columns="issue")


def issue_histories(facts: Facts, issues: pd.DataFrame, as_of: date) -> pd.DataFrame:
    """The histories of these issues one after the other: issue, and HISTORY_COLUMNS as above. issues: Standing.issues,
    or some of them."""
    told = pd.concat([_events(facts, issues, as_of), _exceptions(facts, issues, as_of), _checks(facts, issues, as_of)])
    taken = facts.steps.set_index("step_id")[["user", "at"]].reindex(told["step_id"]).reset_index(drop=True)
    told = told.reset_index(drop=True).assign(user=taken["user"], at=taken["at"])
    place = told["issue"].map(pd.Series(range(len(issues)), index=issues["issue"].to_numpy()))
    order = np.lexsort([told["step_id"].fillna(BOOK), told["on"], place])
    return told.iloc[order].reset_index(drop=True).reindex(columns=["issue", *HISTORY_COLUMNS])


def _exceptions(facts: Facts, issues: pd.DataFrame, as_of: date) -> pd.DataFrame:
    """The exceptions on each issue's thread that were accepted between its first day and its verification."""
    steps = facts.steps[(facts.steps["status"] == EXCEPTED) & (facts.steps["on"] <= pd.Timestamp(as_of))]
    lives = issues[["issue", "thread", "started_on", "verified_on"]]
    steps = steps.merge(lives[issues["origin"] != FROM_CHECK], on="thread")
    until = steps["verified_on"].fillna(pd.Timestamp(as_of))
    steps = steps[(steps["on"] >= steps["started_on"]) & (steps["on"] <= until)]
    return steps[["issue", "on", "until", "step_id"]].assign(word=EXCEPTED, inferred=False, said=steps["note"])


def _events(facts: Facts, issues: pd.DataFrame, as_of: date) -> pd.DataFrame:
    events = facts.events[facts.events["thread"].isin(issues["thread"]) & (facts.events["on"] <= _number(as_of))]
    events = events.assign(issue=events["thread"] + "-" + events["ordinal"].astype("str"))
    events = events[events["issue"].isin(issues["issue"])]
    rows = facts.rows.take(events["source"])
    word = np.where(events["finding"], FOUND, np.array(STATES, dtype=object)[events["rank"]])
    inferred = ~events["finding"] & ~events["derived"] & rows["held_inferred"].fillna(False).to_numpy(dtype=bool)
    told = pd.DataFrame({
        "issue": events["issue"].to_numpy(), "on": dates(events["on"].to_numpy()), "word": word,
        "inferred": inferred.to_numpy(),
        "said": rows["note"].fillna(rows["measure"]).where(~events["finding"].to_numpy()).to_numpy(),
        "person": rows["inspector"].where(events["finding"].to_numpy(), rows["responsible_person"]).to_numpy(),
        "step_id": pd.to_numeric(rows["sheet"].where(rows["upload_id"].isna())).fillna(BOOK).astype("int64").to_numpy(),
        **{column: rows[column].to_numpy() for column in ("round", "upload_id", "sheet", "row")}})
    again = told.duplicated(["issue", "on", "word"]) & (told["word"] == FOUND)
    return told[~again]


def _checks(facts: Facts, issues: pd.DataFrame, as_of: date) -> pd.DataFrame:
    """The results of each issue out of checks: those of its item at its site from the day on which it began to fail."""
    failing = issues.loc[issues["origin"] == FROM_CHECK, ["issue", "pair", "started_on"]]
    rows = facts.checks[facts.checks["pair"].isin(failing["pair"]) & facts.checks["result"].notna()]
    held = days(rows["held_on"])
    rows = arranged(rows[(held <= _number(as_of)) & (held != NO_DAY)], "held_on").merge(failing, on="pair")
    rows = rows[rows["held_on"] >= rows["started_on"]]
    return rows.assign(on=rows["held_on"], word=rows["result"], inferred=rows["held_inferred"].astype(bool),
                       said=rows["description"], person=rows["inspector"])


def pictures_of(facts: Facts, issue: Any) -> tuple[int, int]:
    """How many pictures before and after the ledgers' row of the issue counts that counts most."""
    events = facts.events[facts.events["thread"] == issue.thread]
    events = events[events["ordinal"] == int(issue.issue.rsplit("-", 1)[1])]
    most = facts.rows.take(events["source"])[["photos_before", "photos_after"]].max().fillna(0)
    return int(most["photos_before"]), int(most["photos_after"])


def chiefs_of(sites: pd.DataFrame, issue: Any) -> dict[str, str]:
    """The persons answerable for the issue's site, by their post, and the phone. sites: of chiefs_on."""
    site = sites[sites["site_id"] == issue.site_id].iloc[:1]
    columns = ["point_chief", "road_chief", "block_chief", "phone"]
    return {name: words[0] for name, words in site[columns].dropna(axis="columns").to_dict("list").items() if words}


def _number(day: Any) -> int:
    return int(np.datetime64(pd.Timestamp(day), "D").astype(np.int64))
