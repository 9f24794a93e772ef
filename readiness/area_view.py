"""One area by itself: where the points of its own score go, its sites, what it has not checked, its uploads."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from readiness.facts import Facts
from readiness.model import FACT_FRAMES, FAIL, PASS, UNCHECKED, UNVERIFIED, Snapshot
from readiness.reference import Reference
from readiness.rows import looked_up
from readiness.score import item_losses, item_values, scores, shared_losses
from readiness.standing import Standing

LOSS_COLUMNS = ("site_id", "site", "kind", "category", "item", "indicator", "red_line", "loss", "issues", "since",
                "stale", "upload_id", "sheet", "row", "pair")
SITE_COLUMNS = ("site_id", "site", "kind", "registered", "score", "coverage", "checked", "inspectable", "passing",
                "failing", "unchecked", "open", "overdue", "loss", "newest_on", "point_chief")
MISSING_COLUMNS = ("site_id", "site", "kind", "item", "indicator", "category", "red_line", "registered", "gain")
UPLOAD_COLUMNS = ("upload_id", "file", "uploaded_at", "uploaded_by", "ledger", "checks", "sites", "patrols", "facts",
                  "newest_on", "demo")
NEWEST = {"ledger": ("found_on", "fixed_on", "verified_on"), "checks": ("checked_on",), "patrols": ("date",)}


@dataclass(frozen=True)
class AreaView:
    """One area on a day. figures: its row of Standing.areas. items: its rows of Standing.items with v and loss in the
    area's own view. losses: LOSS_COLUMNS, a row a failing (site, item), of the AREA's own score, the greatest first:
    score + their sum = 100; empty where there is no score. issues: its issues of Standing with loss as their equal
    shares of these. sites: SITE_COLUMNS, the most costly first. unchecked: MISSING_COLUMNS, a row an inspectable item
    of which nothing is known; gain is the share of coverage that checking it adds, the greatest first.
    """

    figures: pd.Series
    items: pd.DataFrame
    losses: pd.DataFrame
    issues: pd.DataFrame
    sites: pd.DataFrame
    unchecked: pd.DataFrame


def area_view(now: Standing, facts: Facts, reference: Reference, area_code: str) -> AreaView:
    """The view of that area on the day of the standing. Rule: DESIGN.md 6, with the area's own sites as the view."""
    figures = now.areas.set_index("area_code").loc[area_code]
    items = _own_items(now, reference, area_code, pd.notna(figures["score"]))
    issues = _own_issues(now, items, area_code)
    sites = facts.sites[facts.sites["area_code"] == area_code]
    return AreaView(figures=figures, items=items, losses=_losses(items, issues), sites=_sites(items, issues, sites),
                    issues=issues.drop(columns=["unverified"]), unchecked=_unchecked(items))


def lost_by(losses: pd.DataFrame, *columns: str) -> pd.DataFrame:
    """The losses summed by columns: the columns, loss (points), items and issues (counts); greatest first.

    losses: AreaView.losses or Standing.losses.
    """
    groups = losses.groupby(list(columns), dropna=False)
    summed = groups.agg(loss=("loss", "sum"), items=("loss", "size"), issues=("issues", "sum")).reset_index()
    return summed.sort_values(["loss", *columns], ascending=[False, *(True for _ in columns)], ignore_index=True)


def area_uploads(snapshot: Snapshot, area_code: str) -> pd.DataFrame:
    """The uploads that carry facts of the area: UPLOAD_COLUMNS, the newest first.

    ledger, checks, sites and patrols count its rows in each kind of table, facts all of them; newest_on is the newest
    day that these rows write. Uploads that were undone carry nothing.
    """
    counted = pd.concat([_carried(getattr(snapshot, frame), frame, area_code) for frame in FACT_FRAMES.values()])
    wide = counted.pivot_table(index="upload_id", columns="frame", values="facts", aggfunc="sum")
    wide = wide.reindex(columns=list(FACT_FRAMES.values())).fillna(0).astype(np.int64)
    told = wide.assign(facts=wide.sum(axis=1), newest_on=counted.groupby("upload_id")["newest_on"].max())
    uploads = snapshot.uploads.join(told, on="upload_id", how="inner")
    return uploads.iloc[::-1].sort_values("uploaded_at", ascending=False, kind="stable",
                                          ignore_index=True)[list(UPLOAD_COLUMNS)]


def _own_items(now: Standing, reference: Reference, area_code: str, scored: bool) -> pd.DataFrame:
    """The area's inspectable items with v and loss in the area's own view."""
    items = now.items[now.items["area_code"] == area_code].reset_index(drop=True)
    items = items.assign(v=item_values(items, reference.kinds.set_index("kind")["weight"]))
    return items.assign(loss=item_losses(items) if scored else 0.0)


def _own_issues(now: Standing, items: pd.DataFrame, area_code: str) -> pd.DataFrame:
    issues = now.issues[now.issues["area_code"] == area_code].reset_index(drop=True)
    issues = issues.assign(unverified=issues["status"].isin(UNVERIFIED), excepted=issues["excepted_until"].notna())
    return issues.assign(loss=shared_losses(issues, items.set_index("pair")["loss"]))


def _losses(items: pd.DataFrame, issues: pd.DataFrame) -> pd.DataFrame:
    sharing = issues[issues["unverified"]].groupby("pair").size()
    lost = items[items["loss"] > 0]
    lost = lost.assign(issues=looked_up(lost["pair"], sharing).fillna(0).astype(np.int64))
    return lost.sort_values(["loss", "site_id", "item"], ascending=[False, True, True],
                            ignore_index=True)[list(LOSS_COLUMNS)]


def _sites(items: pd.DataFrame, issues: pd.DataFrame, sites: pd.DataFrame) -> pd.DataFrame:
    """The area's sites with what is known of each; a site that nothing was ever said of and that has no item too."""
    states = pd.crosstab(items["site_id"], items["state"]).reindex(columns=[PASS, FAIL, UNCHECKED], fill_value=0)
    states = states.set_axis(["passing", "failing", "unchecked"], axis=1)
    counts = issues.assign(open=issues["unverified"].astype(np.int64), overdue=(issues["overdue_days"] > 0).astype(int))
    told = [scores(items, ("site_id",)), states, counts.groupby("site_id")[["open", "overdue"]].sum(),
            items.groupby("site_id")["loss"].sum(), items.groupby("site_id")["since"].max().rename("newest_on")]
    table = sites.set_index("site_id").join(told)
    whole = ["checked", "inspectable", "passing", "failing", "unchecked", "open", "overdue"]
    table = table.fillna({**dict.fromkeys(whole, 0), "coverage": 0.0, "loss": 0.0}).astype(dict.fromkeys(whole, int))
    table = table.reset_index().sort_values(["loss", "open", "site_id"], ascending=[False, False, True])
    return table[list(SITE_COLUMNS)].reset_index(drop=True)


def _unchecked(items: pd.DataFrame) -> pd.DataFrame:
    missing = items[items["state"] == UNCHECKED]
    missing = missing.assign(gain=missing["v"] / items["v"].sum())
    return missing.sort_values(["gain", "site_id", "item"], ascending=[False, True, True],
                               ignore_index=True)[list(MISSING_COLUMNS)]


def _carried(facts: pd.DataFrame, frame: str, area_code: str) -> pd.DataFrame:
    """upload_id, frame, facts and newest_on of each upload's rows of the area in one kind of table."""
    rows = facts[facts["area_code"] == area_code]
    days = rows[list(NEWEST.get(frame, ()))]
    newest = days.max(axis=1) if len(days.columns) else pd.Series(pd.NaT, index=rows.index)
    rows = pd.DataFrame({"upload_id": rows["upload_id"], "newest_on": newest.astype("datetime64[s]"), "frame": frame})
    groups = rows.groupby(["upload_id", "frame"])["newest_on"]
    return pd.DataFrame({"newest_on": groups.max(), "facts": groups.size()}).reset_index()
