"""A special inspection: its items at its sites, what passes, what this round has not reached, the history of a site."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from readiness.facts import Facts
from readiness.model import CHECKLIST, FAIL, FROM_LEDGER, LEDGER, NA, PASS, UNCHECKED, UNINSPECTABLE, UNVERIFIED
from readiness.reference import Reference
from readiness.rows import dates
from readiness.standing import Standing
from readiness.timeline import CODE, timeline_on

STATES = {PASS: "passing", FAIL: "failing", UNCHECKED: "unchecked", NA: "na"}
CELL_COLUMNS = ("area_code", "site_id", "site", "kind", "item", "indicator", "category", "red_line", "state", "since",
                "days", "upload_id", "sheet", "row", "pair")
SITE_COLUMNS = ("area_code", "site_id", "site", "kind", *STATES.values(), "rate", "open", "last_on", "reached")
EVENT_COLUMNS = ("on", "what", "site", "indicator", "word", "text", "who", "round", "upload_id", "sheet", "row")
SPECIAL_COLUMNS = ("name", "sites", "missed", "passing", "failing", "rate", "worst", "worst_failing")
BY_OTHERS = ("special", "mock")  # the rounds in which somebody goes round all sites of a kind
REACHED, CLOSED, MISSED = "reached", "closed", "missed"


@dataclass(frozen=True)
class Round:
    """The round that counts as this one: special or mock with its number, or None for all checks of the last days."""

    round: str | None
    number: float | None
    first: date
    last: date


@dataclass(frozen=True)
class SpecialView:
    """A special inspection on a day. pairs: pairs_of; cells: cells_of; items: item_rates; sites: site_rates; round and
    checks: this_round; issues: the unverified ones on its items."""

    pairs: pd.DataFrame
    cells: pd.DataFrame
    items: pd.DataFrame
    sites: pd.DataFrame
    round: Round
    checks: pd.DataFrame
    issues: pd.DataFrame


def special_view(now: Standing, facts: Facts, inspection: pd.Series, round_days: int) -> SpecialView:
    """The inspection on the day of the standing. inspection: a row of Reference.inspections."""
    pairs = pairs_of(facts, inspection)
    cells = cells_of(now, facts, pairs)
    round_, checks = this_round(facts, pairs, now.as_of, round_days)
    issues = now.issues[now.issues["pair"].isin(cells["pair"]) & now.issues["status"].isin(UNVERIFIED)]
    return SpecialView(pairs=pairs, cells=cells, items=item_rates(cells), round=round_, checks=checks, issues=issues,
                       sites=site_rates(cells, checks, issues))


def special_rows(now: Standing, facts: Facts, reference: Reference) -> pd.DataFrame:
    """One row an inspection of the reference: SPECIAL_COLUMNS, in their order.

    sites, and how many of them this round has missed; passing and failing (items at sites); rate = passing / (passing +
    failing), missing where nothing is known; worst, the item that fails at most sites, and at how many, else missing.
    """
    rows = []
    for place in range(len(reference.inspections)):
        inspection = reference.inspections.iloc[place]
        view = special_view(now, facts, inspection, reference.settings.round_days)
        passing, failing = (int(view.items[name].sum()) for name in ("passing", "failing"))
        worst = view.items.iloc[0] if failing else {"indicator": None, "failing": 0}
        rows.append((inspection["name"], len(view.sites), int((view.sites["reached"] == MISSED).sum()), passing,
                     failing, passing / (passing + failing) if passing + failing else np.nan, worst["indicator"],
                     int(worst["failing"])))
    return pd.DataFrame(rows, columns=list(SPECIAL_COLUMNS))


def pairs_of(facts: Facts, inspection: pd.Series) -> pd.DataFrame:
    """The (site, item) pairs of an inspection: PAIR_COLUMNS and pair.

    inspection: a row of Reference.inspections; its categories and items narrow the items of its kinds, where given.
    """
    pairs = facts.pairs.assign(pair=np.arange(len(facts.pairs)))
    wanted = pairs["kind"].isin(inspection["kinds"])
    if inspection["categories"] or inspection["items"]:
        wanted &= pairs["category"].isin(inspection["categories"]) | pairs["item"].isin(inspection["items"])
    return pairs[wanted]


def cells_of(now: Standing, facts: Facts, pairs: pd.DataFrame) -> pd.DataFrame:
    """One row a site and item of the inspection: CELL_COLUMNS; state is pass, fail, unchecked or na, as the score takes
    it; days since the deciding fact; sheet and row are that fact's. What was only recorded later is left out.
    """
    known = now.items[now.items["pair"].isin(pairs["pair"])]
    cells = pd.concat([known, _not_applicable(facts, pairs, now.as_of)], ignore_index=True)
    cells = cells.assign(days=(pd.Timestamp(now.as_of) - cells["since"]).dt.days)
    return cells.sort_values("pair", ignore_index=True)[list(CELL_COLUMNS)]


def _not_applicable(facts: Facts, pairs: pd.DataFrame, as_of: date) -> pd.DataFrame:
    """The pairs whose newest fact is na, which Standing.items leaves out, with that fact."""
    said = timeline_on(facts.timeline, as_of)
    said = said[(said["code"] == CODE[NA]) & said["pair"].isin(pairs["pair"])]
    where = facts.checks[["upload_id", "sheet", "row"]].take(said["source"]).assign(
        pair=said["pair"].to_numpy(), since=dates(said["said_on"].to_numpy()), state=NA)
    return pairs.drop(columns="counts").merge(where, on="pair")


def counted(cells: pd.DataFrame, *by: str) -> pd.DataFrame:
    """How many cells pass, fail, are unchecked and na, by columns (the index): and rate = passing / (passing +
    failing), missing where neither is known."""
    counts = pd.DataFrame({name: cells["state"] == state for state, name in STATES.items()}).astype(np.int64)
    counts = counts.groupby([cells[column] for column in by]).sum()
    known = counts["passing"] + counts["failing"]
    return counts.assign(rate=counts["passing"] / known.where(known > 0))


def item_rates(cells: pd.DataFrame) -> pd.DataFrame:
    """One row an item: item, kind, indicator, category, red_line, the counts and rate; the worst first (most sites
    failing, then the lowest rate)."""
    named = cells.drop_duplicates("item")[["item", "kind", "indicator", "category", "red_line"]]
    table = named.join(counted(cells, "item"), on="item")
    return table.sort_values(["failing", "rate", "item"], ascending=[False, True, True], ignore_index=True)


def this_round(facts: Facts, pairs: pd.DataFrame, as_of: date, days: int) -> tuple[Round, pd.DataFrame]:
    """The round of an inspection on as_of, and its checks.

    It is the newest special or mock round of which a check fell in the last `days` days: its checks of the same number
    that are at most `days` days older than its newest; without one, all checks of the last `days` days.
    """
    checks = facts.checks[facts.checks["pair"].isin(pairs["pair"]) & (facts.checks["held_on"] <= pd.Timestamp(as_of))]
    span = pd.Timedelta(days=days - 1)
    recent = checks[checks["held_on"] >= pd.Timestamp(as_of) - span]
    rounds = recent[recent["round"].isin(BY_OTHERS)]
    if rounds.empty:
        return Round(None, None, as_of - span.to_pytimedelta(), as_of), recent
    newest = rounds.sort_values(["held_on", "round", "round_no"]).iloc[-1]
    same = (checks["round"] == newest["round"]) & (checks["round_no"].fillna(0) == np.nan_to_num(newest["round_no"]))
    own = checks[same & (checks["held_on"] >= newest["held_on"] - span)]
    number = None if pd.isna(newest["round_no"]) else float(newest["round_no"])
    return Round(newest["round"], number, own["held_on"].min().date(), own["held_on"].max().date()), own


def site_rates(cells: pd.DataFrame, checks: pd.DataFrame, issues: pd.DataFrame) -> pd.DataFrame:
    """One row a site: SITE_COLUMNS, the one with most failing items first.

    checks: those of the round. reached: REACHED by a check that says something, CLOSED where the round's checks say no
    more than that it could not be inspected, MISSED without any. issues: the unverified ones on the inspection's items,
    which open counts. last_on: day of the newest fact.
    """
    sites = cells.drop_duplicates("site_id")[["area_code", "site_id", "site", "kind"]]
    told = counted(cells, "site_id").assign(open=issues.groupby("site_id").size(),
                                            last_on=cells.groupby("site_id")["since"].max())
    table = sites.join(told, on="site_id")
    table = table.assign(open=table["open"].fillna(0).astype(np.int64), reached=reached(table["site_id"], checks))
    return table.sort_values(["failing", "open", "site_id"], ascending=[False, False, True],
                             ignore_index=True)[list(SITE_COLUMNS)]


def in_blocks(table: pd.DataFrame, kinds: tuple[str, ...]) -> pd.DataFrame:
    """The rows of one kind after the other, within a kind in their order."""
    place = table["kind"].map({kind: place for place, kind in enumerate(kinds)})
    return table.take(place.argsort(kind="stable").to_numpy()).reset_index(drop=True)


def reached(site_ids: pd.Series, checks: pd.DataFrame) -> np.ndarray:
    """Whether the checks of a round reached each site: REACHED, CLOSED or MISSED."""
    said = checks.loc[checks["result"].isin((PASS, FAIL, NA)), "site_id"]
    closed = checks.loc[checks["result"] == UNINSPECTABLE, "site_id"]
    return np.select([site_ids.isin(said), site_ids.isin(closed)], [REACHED, CLOSED], MISSED)


def history_of(facts: Facts, issues: pd.DataFrame, pairs: pd.DataFrame, as_of: date) -> pd.DataFrame:
    """The checks of these pairs up to as_of and the ledgers' issues on them, the newest first: EVENT_COLUMNS.

    A check stands on its day with its result and inspector; an issue on the day on which it was found (else its first
    state held) with the state that it is in now and its responsible unit.
    """
    checks = facts.checks[facts.checks["pair"].isin(pairs["pair"]) & (facts.checks["held_on"] <= pd.Timestamp(as_of))]
    checks = checks.assign(on=checks["held_on"], what=CHECKLIST, word=checks["result"], text=checks["description"],
                           who=checks["inspector"])
    told = issues[issues["pair"].isin(pairs["pair"]) & (issues["origin"] == FROM_LEDGER)]
    told = told.assign(on=told["found_on"].fillna(told["started_on"]), what=LEDGER, word=told["status"],
                       text=told["description"], who=told["responsible_unit"])
    named = pairs.set_index("pair")[["site", "indicator"]]
    columns = [name for name in EVENT_COLUMNS if name not in named]
    events = pd.concat([frame[["pair", *columns]] for frame in (checks, told)], ignore_index=True)
    events = events.join(named, on="pair").sort_values(["on", "what", "sheet", "row"], ascending=[
        False, False, True, True], kind="stable", ignore_index=True)
    return events[list(EVENT_COLUMNS)]
