"""What an integrity check looks at, and the one shape of what it finds."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from readiness.facts import Facts
from readiness.model import Snapshot
from readiness.reference import Reference
from readiness.standing import Standing

FINDING_COLUMNS = ("finding", "area_code", "site", "kind", "text", "word", "person", "on", "count", "upload_id",
                   "sheet", "row")


@dataclass(frozen=True)
class Evidence:
    """What a check may look at; now is the standing of the day for which it is asked."""

    snapshot: Snapshot
    facts: Facts
    reference: Reference
    now: Standing

    @property
    def as_of(self) -> pd.Timestamp:
        """The day for which the checks are asked."""
        return pd.Timestamp(self.now.as_of)

    @property
    def checks(self) -> pd.DataFrame:
        """Facts.checks that hold by the day."""
        return self.facts.checks[self.facts.checks["held_on"] <= self.as_of]

    @property
    def ledger(self) -> pd.DataFrame:
        """Facts.ledger rows that hold by the day."""
        return self.facts.ledger[self.facts.ledger["held_on"] <= self.as_of]

    @property
    def steps(self) -> pd.DataFrame:
        """Facts.steps up to the day with the area, place and description of their threads' first rows."""
        words = self.facts.ledger.drop_duplicates("thread").set_index("thread")[["area_code", "site", "description"]]
        steps = self.facts.steps
        return steps[steps["on"] <= self.as_of].join(words, on="thread", how="inner")


def findings_of(rows: pd.DataFrame, by: tuple[str, ...]) -> pd.DataFrame:
    """FINDING_COLUMNS of the rows behind what was found; rows that agree in `by` are one finding, numbered from 0.

    A column that the rows lack is missing. text: what a row says; word: a state, result or round as its code; count: a
    number of which the check's own heading tells.
    """
    number = rows.groupby(list(by), sort=False, dropna=False).ngroup()
    found = rows.assign(finding=number.to_numpy()).reindex(columns=list(FINDING_COLUMNS))
    found = found.astype({"count": "Float64", "row": "Int64", "on": "datetime64[us]"})
    return found.sort_values("finding", kind="stable", ignore_index=True)
