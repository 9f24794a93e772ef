"""Numbers that a book states of its own rows, and which the rows contradict."""

from __future__ import annotations

import numpy as np
import pandas as pd

from readiness.integrity.finding import Evidence, findings_of
from readiness.language import N_, _
from readiness.model import CHECKLIST, FIXED, FIXING, LEDGER, PATROLS, VERIFIED
from readiness.table_words import FIELD_WORDS

FOUND, PUT_RIGHT, LEFT, RATE = "found", "fixed", "unfixed", "rate"  # what is counted of problems
MEASURES = {FOUND: N_("问题数"), PUT_RIGHT: N_("已整改"), LEFT: N_("未整改"), RATE: N_("整改率（%）")}
SUMS = {CHECKLIST: ("score", "deduction"), PATROLS: ("party_members", "volunteers", "hours", "found", "solved")}
ROUNDED = 0.5  # points by which a rate may be rounded
NEAR = 0.005
TABLE = ["upload_id", "table_no"]
PLACE = ["least", "most", "counted"]


def totals_against_rows(seen: Evidence) -> pd.DataFrame:
    """Totals and counts that a book's own rows contradict, a row a number, whatever the day of which the book speaks.

    text: what is counted, the number stated and the number counted; count: by how much they differ. What rows that
    were not loaded can explain is no finding, nor is a number of which the rows say nothing.
    """
    stated = seen.snapshot.tallies.merge(seen.snapshot.uploads[["upload_id", "rejected"]], on="upload_id")
    summed = stated["kind"].isin(list(SUMS))
    rows = pd.concat([_problems(stated[~summed], seen.snapshot.ledger), _sums(stated[summed], seen)])
    wrong = rows[(rows["value"] < rows["least"] - NEAR) | (rows["value"] > rows["most"] + NEAR)]
    wrong = wrong.sort_values([*TABLE, "row", "cell"], kind="stable", ignore_index=True)
    return findings_of(wrong.assign(text=_sentences(wrong), count=(wrong["value"] - wrong["counted"]).round(2)),
                       ("upload_id", "sheet", "cell"))


def _sentences(wrong: pd.DataFrame) -> pd.Series:
    """The number that is stated and the number that the rows give, in words."""
    words, sentence = {**FIELD_WORDS, **MEASURES}, _("{what}：写的是 {stated}，明细是 {counted}")
    said = [sentence.format(what=_(words[measure]), stated=f"{value:.4g}", counted=f"{counted:.4g}")
            for measure, value, counted in zip(wrong["measure"], wrong["value"], wrong["counted"], strict=True)]
    return pd.Series(said, wrong.index, dtype="str")


def _problems(stated: pd.DataFrame, ledger: pd.DataFrame) -> pd.DataFrame:
    """The stated numbers of problems with what the rows allow (least, most) and count (counted), missing if unknown.

    At a ledger its own rows count, elsewhere all ledger rows of the book; of one area where the number names one.
    Problems that share a row may have been counted as one, and what is in work as not put right or not at all.
    """
    stated = stated.reset_index(drop=True)
    pairs = stated.reset_index(names="tally").merge(
        ledger[[*TABLE, "row", "area_code", "status"]], on="upload_id", suffixes=("", "_of"))
    pairs = pairs[(pairs["kind"] != LEDGER) | (pairs["table_no"] == pairs["table_no_of"])]
    counted = pd.DataFrame(0, sorted(pairs["tally"].unique()), ["all", "right", "verified", "work", "unsaid"])
    pairs = pairs[pairs["area_code"].isna() | (pairs["area_code"] == pairs["area_code_of"])]
    states = pd.DataFrame({
        "all": True, "right": pairs["status"].isin((FIXED, VERIFIED)), "verified": pairs["status"] == VERIFIED,
        "work": pairs["status"] == FIXING, "unsaid": pairs["status"].isna()})
    problems = states.groupby(pairs["tally"]).sum().reindex(counted.index, fill_value=0)
    apart = ~pairs.duplicated(["tally", "table_no_of", "row_of", "status"])
    lines = states[apart].groupby(pairs["tally"]).sum().reindex(counted.index, fill_value=0)
    rows = stated.loc[counted.index]
    return rows.assign(**_allowed(rows, problems.astype(float), lines.astype(float)))


def _allowed(stated: pd.DataFrame, problems: pd.DataFrame, lines: pd.DataFrame) -> dict[str, np.ndarray]:
    """least, most and counted of each number by its measure; rows that were not loaded may be of any state."""
    left = problems["all"] - problems["right"]
    shares = 100 * problems[["verified", "right"]].div(problems["all"].where(problems["all"] > 0), axis=0)
    ranges = {
        FOUND: (lines["all"], problems["all"], problems["all"]),
        PUT_RIGHT: (lines["right"], problems["right"], problems["right"]),
        LEFT: (lines["all"] - lines["right"] - lines["work"], left, left),
        RATE: (shares["verified"] - ROUNDED, (shares["right"] + ROUNDED).where(stated["rejected"] == 0),
               shares["right"]),
    }
    unsaid = (problems["unsaid"] > 0) & (stated["measure"] != FOUND)
    chosen = [np.select([stated["measure"] == measure for measure in ranges], [each[at] for each in ranges.values()],
                        np.nan) for at in range(3)]
    chosen[1] = chosen[1] + np.where(stated["measure"] == RATE, 0, stated["rejected"])
    return {name: np.where(unsaid, np.nan, values) for name, values in zip(PLACE, chosen, strict=True)}


def _sums(stated: pd.DataFrame, seen: Evidence) -> pd.DataFrame:
    """The stated sums of a table's column with what its rows sum up to; unknown where rows were not loaded."""
    sums = pd.concat([_column_sums(getattr(seen.snapshot, frame), fields)
                      for frame, fields in (("checks", SUMS[CHECKLIST]), ("patrols", SUMS[PATROLS]))])
    found = stated.merge(sums, on=[*TABLE, "measure"])
    known = found["counted"].where(found["rejected"] == 0)
    return found.assign(least=known, most=known)


def _column_sums(rows: pd.DataFrame, fields: tuple[str, ...]) -> pd.DataFrame:
    """upload_id, table_no, measure, counted: the sum of each field over a table's lines, missing where none has it."""
    lines = rows.drop_duplicates([*TABLE, "row"]).groupby(TABLE)[list(fields)].sum(min_count=1)
    return lines.melt(ignore_index=False, var_name="measure", value_name="counted").reset_index()
