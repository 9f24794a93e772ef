"""The facts of a snapshot, placed once: every row with its site, item, thread and the day from which it holds."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from readiness.exceptions import excepted_spans, exceptions_of, excused_days
from readiness.history import contradicting, day_ends, fold, thread_events
from readiness.indicators import is_other, items_of_checks, items_of_ledger, other_items
from readiness.ladder import with_days_of_checks, with_days_of_ledger
from readiness.model import CHECKLIST, LEDGER, PATROLS, SITES, Snapshot
from readiness.places import placed_ledger
from readiness.reference import Reference
from readiness.rows import arranged, first_said, looked_up, starts_group
from readiness.sites import known_sites, own_sites, site_ids, with_implied_sites
from readiness.steps import with_steps
from readiness.thread_keys import with_threads
from readiness.timeline import day_results, item_timeline
from readiness.typed import typed

# What is said decides where a row belongs: these columns decide those.
CHECK_WORDS = ("area_code", "site", "site_kind", "indicator")
LEDGER_WORDS = ("thread", "area_code", "site", "location", "indicator", "description")
CHECK_PLACES = ("site_id", "kind", "item", "by", "pair")
LEDGER_PLACES = ("location", "place", *CHECK_PLACES)
PAIR_COLUMNS = ("area_code", "site_id", "site", "kind", "item", "indicator", "category", "red_line", "registered",
                "weight", "counts")


@dataclass(frozen=True)
class Facts:
    """All facts of one data version, independent of the day; frames are shared and read-only.

    sites: SITE_COLUMNS. checks, ledger: the snapshot's columns, held_on, held_inferred, site_id, kind, item, by, pair;
    ledger also thread, duplicate (bool) and place (as it is written). pairs: one row a (site, item), PAIR_COLUMNS;
    counts: it is inspectable whether checked or not. rows: the ledger's rows, then the steps as such rows. issues:
    thread, ordinal, pair, duplicate. events, ledger_days, contradictions (history), excepted (exceptions) and timeline
    name days by whole numbers and issues by their position in issues.
    """

    sites: pd.DataFrame
    checks: pd.DataFrame
    ledger: pd.DataFrame
    steps: pd.DataFrame
    patrols: pd.DataFrame
    pairs: pd.DataFrame
    rows: pd.DataFrame
    issues: pd.DataFrame
    events: pd.DataFrame
    ledger_days: pd.DataFrame
    contradictions: pd.DataFrame
    excepted: pd.DataFrame
    timeline: pd.DataFrame


def place_facts(snapshot: Snapshot, reference: Reference) -> Facts:
    """The snapshot's facts with their sites, items, threads and days. Rule: DESIGN.md 5, "From rows to facts".

    Done once a data version; what is true on a day is read from it by issues_on, standing and the trends.
    """
    checks = with_days_of_checks(typed(snapshot.checks, CHECKLIST))
    ledger = with_threads(with_days_of_ledger(typed(snapshot.ledger, LEDGER)))
    said, where = first_said(checks, CHECK_WORDS)
    told, told_where = first_said(ledger, LEDGER_WORDS)
    sites, said, told = _with_sites(_register(snapshot), said, told, reference)
    others = other_items(reference.kinds, reference.items)
    said = items_of_checks(said, reference.items, others)
    told = _one_item_a_thread(items_of_ledger(told, reference.items, others))
    pairs = item_pairs(sites, said, told, reference.items, others)
    checks = _spread(_with_pair(said, pairs)[list(CHECK_PLACES)], where, checks)
    ledger = _spread(_with_pair(told, pairs)[list(LEDGER_PLACES)], told_where, ledger)
    patrols = typed(snapshot.patrols, PATROLS)
    return _folded(sites, checks, ledger, snapshot.steps, patrols, pairs)


def item_pairs(sites: pd.DataFrame, checks: pd.DataFrame, ledger: pd.DataFrame, items: pd.DataFrame,
               others: pd.DataFrame) -> pd.DataFrame:
    """One row a (site, item) that can be inspected or was recorded: PAIR_COLUMNS, sorted by site and item.

    The standard's items of a registered site count whether checked or not; "other" items, own items and those of an
    unregistered site only when recorded. Rule: DESIGN.md 6, "Weights".
    """
    standard = items[~is_other(items["item"])]
    catalogue = sites.loc[sites["registered"], ["site_id", "kind"]].merge(standard[["kind", "item"]], on="kind")
    recorded = pd.concat([checks[["site_id", "item"]], ledger[["site_id", "item"]]])
    pairs = pd.concat([catalogue[["site_id", "item"]].assign(counts=True), recorded.assign(counts=False)])
    pairs = pairs.drop_duplicates(["site_id", "item"]).sort_values(["site_id", "item"], ignore_index=True)
    pairs = pairs.merge(sites[["site_id", "area_code", "site", "kind", "registered"]], on="site_id", how="left")
    words = _item_words(checks, standard, others)
    return pairs.merge(words, on="item", how="left")[list(PAIR_COLUMNS)]


def _item_words(checks: pd.DataFrame, standard: pd.DataFrame, others: pd.DataFrame) -> pd.DataFrame:
    columns = ["item", "text", "category", "weight", "red_line"]
    own = arranged(checks[~checks["item"].isin(standard["item"]) & ~checks["item"].isin(others["item"])], "held_on")
    own = own.assign(text=own["indicator"], weight=1.0, red_line=False)
    words = pd.concat([frame[columns] for frame in (standard, others, own)], ignore_index=True)
    words = words.drop_duplicates("item").rename(columns={"text": "indicator"})
    return words.assign(weight=words["weight"].astype(float), red_line=words["red_line"].astype(bool),
                        category=words["category"].astype("str").fillna(""))


def _register(snapshot: Snapshot) -> pd.DataFrame:
    uploaded = snapshot.uploads.drop_duplicates("upload_id").set_index("upload_id")["uploaded_at"]
    register = typed(snapshot.sites, SITES)
    return register.assign(uploaded_at=pd.to_datetime(looked_up(register["upload_id"], uploaded), utc=True))


def _with_sites(register, checks, ledger, reference) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """The sites, and checks and ledger with site_id and the site's kind."""
    sites = known_sites(register, checks, reference.kinds, reference.areas)
    own = own_sites(checks["area_code"], reference.areas)
    checks = checks.assign(site_id=site_ids(checks["area_code"], checks["site"]).fillna(own))
    ledger = placed_ledger(ledger, sites, reference.kinds, reference.areas)
    used = pd.concat([frame[["area_code", "site_id"]] for frame in (checks, ledger)])
    sites = with_implied_sites(sites, used, reference.areas)
    kinds = sites.set_index("site_id")["kind"]
    checks, ledger = (frame.assign(kind=looked_up(frame["site_id"], kinds)) for frame in (checks, ledger))
    return sites, checks, ledger


def _one_item_a_thread(ledger: pd.DataFrame) -> pd.DataFrame:
    """All rows of a thread get the item of the row that names it best (then of the earliest)."""
    best = arranged(ledger, "thread", "by", "held_on").drop_duplicates("thread").set_index("thread")
    return ledger.assign(**{column: looked_up(ledger["thread"], best[column]) for column in ("item", "by")})


def _with_pair(rows: pd.DataFrame, pairs: pd.DataFrame) -> pd.DataFrame:
    keys = pd.MultiIndex.from_frame(pairs[["site_id", "item"]])
    return rows.assign(pair=keys.get_indexer(pd.MultiIndex.from_frame(rows[["site_id", "item"]])))


def _spread(places: pd.DataFrame, where: np.ndarray, rows: pd.DataFrame) -> pd.DataFrame:
    """The rows with the columns of the places, each those at its own position in them (rows.first_said)."""
    found = places.take(where)
    return rows.assign(**{column: found[column].array for column in found})


def _folded(sites, checks, ledger, steps, patrols, pairs) -> Facts:
    rows = with_steps(ledger, steps)
    events = fold(thread_events(rows))
    starts = starts_group(pd.factorize(events["thread"])[0], events["ordinal"].to_numpy())
    events = events.assign(issue=np.cumsum(starts) - 1)
    threads = ledger[["thread", "pair", "duplicate"]].drop_duplicates("thread").set_index("thread")
    issues = events.drop_duplicates("issue")[["thread", "ordinal"]].reset_index(drop=True)
    issues = issues.join(threads, on="thread")
    pair_of = issues["pair"].to_numpy(dtype=np.int64)
    ledger_days = day_ends(events)
    ledger_days = ledger_days.assign(pair=pair_of[ledger_days["issue"].to_numpy()])
    excepted = excepted_spans(exceptions_of(steps), issues, ledger_days)
    return Facts(sites=sites, checks=checks, ledger=ledger, steps=steps, patrols=patrols, pairs=pairs, rows=rows,
                 issues=issues, events=events, ledger_days=ledger_days, contradictions=contradicting(events),
                 excepted=excepted,
                 timeline=item_timeline(day_results(checks), ledger_days, excused_days(excepted)))
