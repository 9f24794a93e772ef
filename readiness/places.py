"""Where the rows of a ledger belong: a known site, the only one that the words suggest, else the area's own."""

from __future__ import annotations

import pandas as pd

from readiness.clean import cleaned
from readiness.model import FROM_CHECK
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


def as_written(issues: pd.DataFrame, ledger: pd.DataFrame) -> pd.DataFrame:
    """The issues with site and location as a ledger can give them back, so that its rows are the same threads: the
    site's name where the written place tells it, else the written place as location, both missing where none was.

    issues: Standing.issues, or some of them; those out of checks stay as they are. ledger: Facts.ledger.
    """
    place = issues["thread"].map(ledger.drop_duplicates("thread").set_index("thread")["place"])
    told = cleaned(issues["site"]) + cleaned(issues["location"]) == cleaned(place)
    told |= issues["origin"] == FROM_CHECK
    return issues.assign(site=issues["site"].where(told), location=issues["location"].where(told, place))


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
