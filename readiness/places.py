"""Where the rows of a ledger belong: a known site, the only one that the words suggest, else the area's own."""

from __future__ import annotations

import pandas as pd

from readiness.clean import cleaned
from readiness.rows import among, arranged, looked_up
from readiness.sites import only_kinds, only_sites, own_sites, site_ids, suggested_kinds


def place_words(ledger: pd.DataFrame) -> pd.Series:
    """The written place of each row, cleaned: site and location together, so that their columns may differ by book."""
    return cleaned(ledger["site"]) + cleaned(ledger["location"])


def placed_ledger(ledger: pd.DataFrame, sites: pd.DataFrame, kinds: pd.DataFrame, areas: pd.DataFrame) -> pd.DataFrame:
    """The ledger's rows (with thread and held_on), site_id and place (the place as it is written); location becomes the
    words that are not that site.

    A place that is a known site of the area (exact name after cleaning) is that site, for all rows of its thread.
    Otherwise the place's words, else the description's, suggest a kind, and the area's only known site of it is
    taken; else, and for a row without any place, the area's own residential site. Rule: DESIGN.md 5, "Sites".
    """
    named = _named_sites(ledger, sites)
    suggested = _suggested_sites(ledger[named.isna()], sites, kinds)
    site_id = named.fillna(suggested).fillna(own_sites(ledger["area_code"], areas))
    return ledger.assign(site_id=site_id, place=_joined(ledger["site"].fillna(""), ledger["location"].fillna("")),
                         location=_words_left(ledger, site_id))


def _named_sites(ledger: pd.DataFrame, sites: pd.DataFrame) -> pd.Series:
    by_site = site_ids(ledger["area_code"], ledger["site"])
    by_location = site_ids(ledger["area_code"], ledger["location"])
    named = by_site.where(among(by_site, sites["site_id"]), by_location.where(among(by_location, sites["site_id"])))
    rows = arranged(ledger.assign(named=named)[named.notna()], "thread", "held_on")
    return looked_up(ledger["thread"], rows.groupby("thread")["named"].first())


def _suggested_sites(ledger: pd.DataFrame, sites: pd.DataFrame, kinds: pd.DataFrame) -> pd.Series:
    words = place_words(ledger)
    suggested = suggested_kinds(words, kinds).fillna(only_kinds(cleaned(ledger["description"]), kinds))
    return only_sites(ledger["area_code"], suggested, sites).where(words != "")


def _words_left(ledger: pd.DataFrame, site_id: pd.Series) -> pd.Series:
    left = [ledger[column].where(site_ids(ledger["area_code"], ledger[column]) != site_id).fillna("")
            for column in ("site", "location")]
    return _joined(*left)


def _joined(site: pd.Series, location: pd.Series) -> pd.Series:
    words = (site + " " + location).str.strip()
    return words.where(words != "")
