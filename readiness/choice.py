"""Which issues are asked for: the filters of every screen as one rule on Standing.issues."""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd

from readiness.model import UNVERIFIED

UNKNOWN = ""  # the choice of rows that say nothing in a column
SURROUNDINGS = ("school", "park", "market")  # 三个周边, as kinds of site
SEARCHED = ("description", "site", "location", "indicator", "responsible_unit", "responsible_person")


def chosen(
    issues: pd.DataFrame, areas: Collection[str] = (), units: Collection[str] = (), kinds: Collection[str] = (),
    categories: Collection[str] = (), states: Collection[str] = (), severities: Collection[str] = (),
    rounds: Collection[str] = (), surroundings: Collection[str] = (), origin: str | None = None,
    overdue: bool = False, text: str = "",
) -> pd.DataFrame:
    """The issues that meet every filter, in their order. issues: Standing.issues.

    A filter without a choice lets all pass, one with several lets each of them pass, and UNKNOWN lets those pass that
    say nothing there. surroundings: kinds of site, beside kinds. overdue: those past due_on alone. text: words parted
    by spaces, each of which stands somewhere in SEARCHED, in whatever case.
    """
    wanted = {"area_code": areas, "responsible_unit": units, "category": categories, "status": states,
              "severity": severities, "round": rounds}
    meets = pd.Series(True, index=issues.index)
    for column, words in wanted.items():
        meets &= says_one_of(issues[column], words)
    meets &= says_one_of(issues["kind"], kinds) & says_one_of(issues["kind"], surroundings)
    meets &= says_one_of(issues["origin"], (origin,) if origin else ())
    if overdue:
        meets &= issues["overdue_days"] > 0
    return issues[meets & holds_words(issues, text)]


def says_one_of(column: pd.Series, words: Collection[str]) -> pd.Series:
    """Whether each row says one of the words; all rows do when none is chosen.

    >>> says_one_of(pd.Series(["一般", None]), ["", "严重"]).tolist()
    [False, True]
    """
    return column.fillna(UNKNOWN).isin(list(words)) if words else pd.Series(True, index=column.index)


def holds_words(issues: pd.DataFrame, text: str) -> pd.Series:
    """Whether each issue holds every word of the text somewhere in SEARCHED."""
    words = text.casefold().split()
    held = pd.Series(True, index=issues.index)
    if words:
        said = issues[SEARCHED[0]].fillna("").str.cat([issues[column].fillna("") for column in SEARCHED[1:]], sep="\n")
        said = said.str.casefold()
        for word in words:
            held &= said.str.contains(word, regex=False)
    return held


def chosen_sites(sites: pd.DataFrame, kinds: Collection[str] = (), surroundings: Collection[str] = ()) -> pd.DataFrame:
    """The sites at which the chosen issues can be. sites: Facts.sites."""
    return sites[says_one_of(sites["kind"], kinds) & says_one_of(sites["kind"], surroundings)]


def counted(areas: pd.DataFrame, issues: pd.DataFrame, sites: pd.DataFrame) -> pd.DataFrame:
    """The areas with the counts of these issues in place of their own: open, overdue, and per_site.

    areas: Standing.areas; issues: rows of Standing.issues; sites: rows of Facts.sites. per_site: open issues a site,
    missing where the area has none of the sites.
    """
    unverified = issues["status"].isin(UNVERIFIED)
    flags = pd.DataFrame({"open": unverified, "overdue": unverified & (issues["overdue_days"] > 0)}).astype("int64")
    counts = flags.groupby(issues["area_code"]).sum().reindex(areas["area_code"]).fillna(0).astype("int64")
    places = sites.groupby("area_code").size().reindex(areas["area_code"])
    return areas.assign(open=counts["open"].to_numpy(), overdue=counts["overdue"].to_numpy(),
                        per_site=counts["open"].to_numpy() / places.to_numpy(dtype=float))
