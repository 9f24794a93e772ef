"""What books that are not saved yet would change: the facts with them against the facts without, on one day."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
import pandas as pd
from rapidfuzz.fuzz import ratio

from readiness.clean import cleaned
from readiness.facts import Facts
from readiness.model import FACT_FRAMES, FROM_LEDGER, UNVERIFIED, Batch, Snapshot, Table
from readiness.places import place_words
from readiness.rows import among, days
from readiness.standing import Standing
from readiness.thread_keys import with_threads
from readiness.timeline import NAMES, day_results

NEW, CHANGED, RELAPSED, UNCHANGED = "new", "changed", "relapsed", "unchanged"
ALIKE = 85  # of 100: from here on two descriptions at one place may be the same problem
COMPARED = ("status", "found_on", "due_on", "fixed_on", "verified_on", "severity", "responsible_unit",
            "responsible_person", "measure", "note")
_PLACE = ("site_id", "item")


@dataclass(frozen=True)
class Difference:
    """What the books change on the standings' day.

    issues: the issues of ledgers that the books speak of, as after them, each once, with what (new, changed, relapsed,
    unchanged) and moved, the names of the fields that changed. missing: known open issues of ledgers in the areas and
    rounds that the books list, and of which no row of them speaks. checks: area_code, site, kind, indicator, before
    (missing for a new one), after, and what. areas: area_code, short_name, before, after (scores), of all areas that
    the books name or whose score moves.
    """

    before: Standing
    after: Standing
    issues: pd.DataFrame
    missing: pd.DataFrame
    checks: pd.DataFrame
    areas: pd.DataFrame


def with_batches(snapshot: Snapshot, batches: Sequence[Batch], at: datetime) -> Snapshot:
    """The snapshot as it would be if these books had been saved at that time; nothing is written.

    at: with the zone whose day is the day of the upload.
    """
    ids = new_ids(snapshot, len(batches))
    told = [(upload_id, batch, number, table) for upload_id, batch in zip(ids, batches, strict=True)
            for number, table in enumerate(batch.tables)]
    frames = {name: _appended(getattr(snapshot, name), [
        row for one in told if one[3].kind == kind for row in _rows(*one, at)]) for kind, name in FACT_FRAMES.items()}
    came = [{"upload_id": upload_id, "file": batch.file, "sha256": batch.sha256, "uploaded_at": at, "uploaded_by": "",
             "demo": batch.demo, "records": batch.record_count, "rejected": batch.rejected_count, "undone_at": None}
            for upload_id, batch in zip(ids, batches, strict=True)]
    return dataclasses.replace(snapshot, uploads=_appended(snapshot.uploads, came), **frames)


def new_ids(snapshot: Snapshot, count: int) -> list[str]:
    """The ids that the next uploads would get."""
    return [f"u{len(snapshot.uploads) + number:04d}" for number in range(1, count + 1)]


def difference(facts: tuple[Facts, Facts], standings: tuple[Standing, Standing], uploads: Sequence[str]) -> Difference:
    """What the uploads of these ids change; each pair is without and with them, both standings of one day."""
    before, after = standings
    rows = facts[1].ledger[facts[1].ledger["upload_id"].isin(uploads)]
    named = {*rows["area_code"], *facts[1].checks.loc[facts[1].checks["upload_id"].isin(uploads), "area_code"]}
    return Difference(before, after, _issues(before, after, rows), _missing(before.issues, rows),
                      _checks(facts, before.as_of, uploads), _areas(before.areas, after.areas, named))


def alike(snapshot: Snapshot, known: pd.DataFrame, issues: pd.DataFrame, uploads: Sequence[str]) -> pd.DataFrame:
    """New rows whose description is nearly that of a known open issue at the same place, each with the nearest.

    snapshot: with the books. known: Standing.issues without them; issues: Difference.issues. Columns: upload_id,
    table_no, sheet, row, area_code, description; issue, known (its description), found_on, status.
    """
    rows = with_threads(snapshot.ledger[["upload_id", "table_no", "sheet", "row", "area_code", "site", "location",
                                         "description", "found_on"]])
    rows = rows.assign(place=rows["area_code"] + "\x1f" + place_words(rows), words=cleaned(rows["description"]))
    new = rows[rows["upload_id"].isin(uploads) & among(rows["thread"], issues.loc[issues["what"] == NEW, "thread"])]
    still = known[known["status"].isin(UNVERIFIED) & (known["origin"] == FROM_LEDGER)
                  & ~among(known["thread"], issues["thread"])]
    places = rows[~rows["upload_id"].isin(uploads)].drop_duplicates("thread").set_index("thread")[["place", "words"]]
    still = still.join(places, on="thread", how="inner").rename(columns={"description": "known"})
    still = still[["issue", "known", "found_on", "status", "place", "words"]]
    pairs = new.drop(columns="found_on").merge(still, on="place", suffixes=("", "_known"))
    close = np.array([ratio(*words) for words in zip(pairs["words"], pairs["words_known"], strict=True)], dtype=float)
    found = pairs.assign(close=close)[close >= ALIKE].sort_values("close", ascending=False, kind="stable")
    found = found.drop_duplicates(["upload_id", "table_no", "row"]).sort_values(["upload_id", "table_no", "row"])
    return found.drop(columns=["thread", "duplicate", "site", "location", "place", "words", "words_known", "close"]
                      ).reset_index(drop=True)


def _rows(upload_id: str, batch: Batch, number: int, table: Table, at: datetime) -> list[dict[str, Any]]:
    shared = {"upload_id": upload_id, "sha256": batch.sha256, "sheet": table.sheet, "table_no": number,
              "sheet_date": table.sheet_date, "uploaded_on": at.date()}
    return [{**record, "inferred": ",".join(record.get("inferred", ())) or None, **shared} for record in table.records]


def _appended(frame: pd.DataFrame, rows: list[Mapping[str, Any]]) -> pd.DataFrame:
    """The frame with the rows after its own, of its columns and types."""
    if not rows:
        return frame
    new = pd.DataFrame(rows, columns=list(frame.columns)).astype(frame.dtypes.to_dict())
    return pd.concat([frame, new], ignore_index=True)


def _issues(before: Standing, after: Standing, rows: pd.DataFrame) -> pd.DataFrame:
    """The newest issue of each thread of the rows."""
    now = after.issues[among(after.issues["thread"], rows["thread"]) & (after.issues["origin"] == FROM_LEDGER)]
    number = now["issue"].str.extract(r"-(\d+)$")[0].astype(np.int64)
    now = now.assign(number=number).sort_values("number", kind="stable").drop_duplicates("thread", keep="last")
    now = now.drop(columns="number").sort_index()
    known, moved = among(now["issue"], before.issues["issue"]), _moved(before.issues, now)
    what = np.select([~known & now["relapse_of"].notna(), ~known, moved != ""], [RELAPSED, NEW, CHANGED], UNCHANGED)
    return now.assign(what=what, moved=moved.where(known, "")).reset_index(drop=True)


def _moved(before: pd.DataFrame, now: pd.DataFrame) -> pd.Series:
    """The names of the fields that differ, comma separated, "" where none does."""
    old = before.set_index("issue").reindex(now["issue"]).set_axis(now.index)
    differs = {name: (old[name] != now[name]) & ~(old[name].isna() & now[name].isna()) for name in COMPARED}
    names = [np.where(flags, name + ",", "") for name, flags in differs.items()]
    return pd.Series(np.sum(np.array(names, dtype=object), axis=0), index=now.index, dtype="str").str.rstrip(",")


def _missing(known: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    listed = pd.MultiIndex.from_arrays([rows["area_code"], rows["round"].fillna("")])
    still = known[known["status"].isin(UNVERIFIED) & (known["origin"] == FROM_LEDGER)]
    asked = pd.MultiIndex.from_arrays([still["area_code"], still["round"].fillna("")]).isin(listed)
    return still[asked & ~among(still["thread"], rows["thread"])].reset_index(drop=True)


def _checks(facts: tuple[Facts, Facts], as_of: Any, uploads: Sequence[str]) -> pd.DataFrame:
    """The newest result by as_of of every (site, item) that the uploads checked, without and with them."""
    own = facts[1].checks.loc[facts[1].checks["upload_id"].isin(uploads), "pair"].unique()
    keys = pd.MultiIndex.from_frame(facts[1].pairs.loc[own, list(_PLACE)])
    before, after = (_newest_results(each, keys, as_of) for each in facts)
    both = after.merge(before[[*_PLACE, "result"]], on=list(_PLACE), how="left", suffixes=("", "_before"))
    both = both.rename(columns={"result": "after", "result_before": "before"})
    what = np.select([both["before"].isna(), both["before"] != both["after"]], [NEW, CHANGED], UNCHANGED)
    return both.assign(what=what)[["area_code", "site", "kind", "indicator", "before", "after", "what"]]


def _newest_results(facts: Facts, keys: pd.MultiIndex, as_of: Any) -> pd.DataFrame:
    """The newest result by as_of of each (site, item) of the keys that has one, with the columns of its pair."""
    near = facts.pairs.loc[facts.pairs["site_id"].isin(keys.get_level_values(0)), list(_PLACE)]
    pairs = near.index[pd.MultiIndex.from_frame(near).isin(keys)]
    results = day_results(facts.checks[facts.checks["pair"].isin(pairs)].reset_index(drop=True))
    results = results[results["on"] <= days(pd.Series([pd.Timestamp(as_of)]))[0]].drop_duplicates("pair", keep="last")
    words = pd.Series(NAMES[results["code"]], index=results.index, dtype="str")
    return results[["pair"]].assign(result=words).join(facts.pairs, on="pair").reset_index(drop=True)


def _areas(before: pd.DataFrame, after: pd.DataFrame, named: set[str]) -> pd.DataFrame:
    scores = after[["area_code", "short_name"]].assign(before=before["score"], after=after["score"])
    same = (scores["before"] == scores["after"]) | (scores["before"].isna() & scores["after"].isna())
    return scores[~same | scores["area_code"].isin(named)].reset_index(drop=True)
