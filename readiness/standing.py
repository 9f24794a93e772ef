"""Everything that is true on a day: items, issues, losses, score, areas, heat. Pages and command line read this."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from readiness.contradictions import contradictions_on
from readiness.facts import Facts
from readiness.items import items_on
from readiness.model import FROM_LEDGER, UNVERIFIED
from readiness.reference import Reference, Settings
from readiness.rows import looked_up
from readiness.score import capped_bands, enough, item_losses, item_values, scores, shared_losses
from readiness.threads import issues_on

LOSS_COLUMNS = ("area_code", "site_id", "site", "kind", "item", "indicator", "loss", "issues")
AREA_COLUMNS = ("area_code", "short_name", "ranked", "score", "coverage", "band", "rank", "open", "overdue", "verified",
                "total", "rate", "red_lines")


@dataclass(frozen=True)
class Tally:
    """The subdistrict on a day. score (0 to 100) is None below the minimum coverage; rate = verified / total, the share
    of the ledgers' issues that are verified (None without any); open counts unverified issues of both origins, excepted
    those of them that are accepted as they are for a time; stale: known items whose deciding fact is older than the
    standard allows; red_lines: descriptions of open red-line issues.
    """

    score: float | None
    coverage: float
    band: str | None
    open: int
    overdue: int
    excepted: int
    verified: int
    total: int
    rate: float | None
    stale: int
    red_lines: tuple[str, ...]
    checked_items: int
    inspectable_items: int


@dataclass(frozen=True)
class Standing:
    """What is true on as_of. items: one row an inspectable (site, item) with state, since (day of the deciding fact),
    stale, v (its worth in the subdistrict's view) and the deciding row. issues: issues_on and loss. losses:
    LOSS_COLUMNS, of the subdistrict's score, the greatest first. areas: AREA_COLUMNS, all areas of the reference in
    their order; heat: area_code, kind, score, coverage; contradictions: CONTRADICTION_COLUMNS.
    """

    as_of: date
    items: pd.DataFrame
    issues: pd.DataFrame
    losses: pd.DataFrame
    subdistrict: Tally
    areas: pd.DataFrame
    heat: pd.DataFrame
    contradictions: pd.DataFrame


def standing(facts: Facts, reference: Reference, as_of: date) -> Standing:
    """Everything that is true on as_of by the facts that hold by then. Rule: DESIGN.md 6."""
    weights = reference.kinds.set_index("kind")["weight"]
    issues = issues_on(facts, as_of)
    items = items_on(facts, issues, as_of, reference.settings.stale_days)
    items = items.assign(v=item_values(items, weights))
    total = scores(items).assign(score=lambda scored: enough(scored, reference.settings)).iloc[0]
    lost = item_losses(items) if pd.notna(total["score"]) else items["v"] * 0.0
    issues = issues.assign(unverified=issues["status"].isin(UNVERIFIED), excepted=issues["excepted_until"].notna())
    issues = issues.assign(loss=shared_losses(issues, lost.set_axis(items["pair"])))
    areas = _areas(items, issues, weights, reference)
    return Standing(
        as_of=as_of, items=items, issues=issues.drop(columns=["unverified", "excepted"]),
        losses=_losses(items, issues, lost), subdistrict=_tally(total, items, issues, reference.settings),
        areas=areas, heat=_heat(items, weights), contradictions=contradictions_on(facts, issues, as_of))


def _losses(items: pd.DataFrame, issues: pd.DataFrame, lost: pd.Series) -> pd.DataFrame:
    sharing = issues[issues["unverified"]].groupby("pair").size()
    losses = items.assign(loss=lost, issues=looked_up(items["pair"], sharing).fillna(0).astype(np.int64))
    losses = losses[losses["loss"] > 0].sort_values(["loss", "site_id", "item"], ascending=[False, True, True])
    return losses[list(LOSS_COLUMNS)].reset_index(drop=True)


def _counts(issues: pd.DataFrame) -> pd.DataFrame:
    """What is counted of each issue, as 0 or 1."""
    ledger = issues["origin"] == FROM_LEDGER
    flags = {"open": issues["unverified"], "overdue": issues["overdue_days"] > 0, "excepted": issues["excepted"],
             "total": ledger,
             "verified": ledger & ~issues["unverified"], "red_lines": issues["unverified"] & issues["red_line"]}
    return pd.DataFrame(flags).astype(np.int64)


def _tally(total: pd.Series, items: pd.DataFrame, issues: pd.DataFrame, settings: Settings) -> Tally:
    counts = _counts(issues).sum()
    band = capped_bands(pd.Series([total["score"]]), pd.Series([counts["red_lines"]]), settings).iloc[0]
    named = issues.loc[issues["unverified"] & issues["red_line"], "description"]
    return Tally(
        score=None if pd.isna(total["score"]) else float(total["score"]), coverage=float(total["coverage"]),
        band=None if pd.isna(band) else band, open=int(counts["open"]), overdue=int(counts["overdue"]),
        excepted=int(counts["excepted"]),
        verified=int(counts["verified"]), total=int(counts["total"]),
        rate=float(counts["verified"] / counts["total"]) if counts["total"] else None,
        stale=int(items["stale"].sum()), red_lines=tuple(named), checked_items=int(total["checked"]),
        inspectable_items=int(total["inspectable"]))


def _areas(items: pd.DataFrame, issues: pd.DataFrame, weights: pd.Series, reference: Reference) -> pd.DataFrame:
    scored = scores(items.assign(v=item_values(items, weights, ("area_code",))), ("area_code",))
    counts = _counts(issues).groupby(issues["area_code"]).sum()
    areas = reference.areas.rename(columns={"code": "area_code"})[["area_code", "short_name", "ranked"]]
    areas = areas.join(scored, on="area_code").join(counts, on="area_code").reset_index(drop=True)
    areas = areas.assign(coverage=areas["coverage"].fillna(0.0),
                         **{column: areas[column].fillna(0).astype(np.int64) for column in counts.columns})
    rate = areas["verified"] / areas["total"].where(areas["total"] > 0)
    areas = areas.assign(score=enough(areas, reference.settings), rate=rate)
    areas = areas.assign(band=capped_bands(areas["score"], areas["red_lines"], reference.settings))
    return areas.assign(rank=_shared_ranks(areas, reference.settings))[list(AREA_COLUMNS)]


def _shared_ranks(areas: pd.DataFrame, settings: Settings) -> pd.Series:
    """One rank a band: 1 + the number of areas in better bands; missing without a score or outside the ranking."""
    number = areas["band"].map({band.key: place for place, band in enumerate(settings.bands)})
    return number.where(areas["ranked"].astype(bool)).rank(method="min")


def _heat(items: pd.DataFrame, weights: pd.Series) -> pd.DataFrame:
    """The score of each area's sites of each kind; missing where nothing is known of them."""
    by = ("area_code", "kind")
    return scores(items.assign(v=item_values(items, weights, ("area_code",))), by)[["score", "coverage"]].reset_index()
