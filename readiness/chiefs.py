"""The responsibility grid: who answers for which sites of the register, how their work stands, where nobody does."""

from __future__ import annotations

import numpy as np
import pandas as pd

from readiness.durations import TO_FIX, durations
from readiness.language import N_
from readiness.model import UNVERIFIED

POST_WORDS = {"point_chief": N_("点长"), "road_chief": N_("路长"), "block_chief": N_("片长")}
POSTS = tuple(POST_WORDS)
NOBODY = "nobody"  # in place of a post: nobody answers for the site in any post
PERSON = ("post", "area_code", "person")
COUNTS = ("open", "overdue", "relapses")
CHIEF_COLUMNS = (*PERSON, "phone", "sites", *COUNTS, "loss", "median", "measured", "left_out")
ANSWERING_COLUMNS = (*PERSON, "phone", "site_id", "site", "kind")
GAP_COLUMNS = ("post", "area_code", "site_id", "site", "kind")


def answering(sites: pd.DataFrame) -> pd.DataFrame:
    """One row a post of a registered site that somebody holds: ANSWERING_COLUMNS; phone where it is that person's.

    sites: of readiness.handovers.chiefs_on.
    """
    register = sites[sites["registered"]]
    own = register.assign(phone_post=phone_posts(register))
    rows = own.melt(id_vars=["area_code", "site_id", "site", "kind", "phone", "phone_post"], value_vars=list(POSTS),
                    var_name="post", value_name="person")
    rows = rows.assign(phone=rows["phone"].where(rows["phone_post"] == rows["post"]))
    return rows.loc[rows["person"].notna(), list(ANSWERING_COLUMNS)].reset_index(drop=True)


def phone_posts(sites: pd.DataFrame) -> pd.Series:
    """The post whose holder a site's phone belongs to: the point chief, else the only chief, else missing.

    Rule: DESIGN.md 5, "Fields".
    """
    named = sites[list(POSTS)].notna()
    first = named.idxmax(axis=1).astype("str")
    return first.where(named["point_chief"] | (named.sum(axis=1) == 1))


def chiefs(answers: pd.DataFrame, timed: pd.DataFrame) -> pd.DataFrame:
    """One row a person and post (CHIEF_COLUMNS): most overdue first, then most open, then most points lost.

    answers: of answering; timed: of timed_issues. A person is a name in an area. sites are those of the post; the
    rest is of the issues at these sites, of both origins: unverified, overdue, found again after a verification
    (relapses), points of the subdistrict's score that they cost (loss). median: days from finding to fix of the
    measured ones; left_out: fixed without two stated days. phone: every phone of the person, parted by
    、; phones with the same digits are one.
    """
    theirs = issues_of_chiefs(answers, timed)
    counted = _counts(theirs).groupby([theirs[column] for column in PERSON]).sum()
    fixed = durations(theirs, PERSON, TO_FIX).set_index(list(PERSON)).rename(columns={"count": "measured"})
    held = answers.groupby(list(PERSON)).agg(sites=("site_id", "size"), phone=("phone", _together))
    table = held.join(counted).join(fixed[["median", "measured", "left_out"]])
    whole = ["sites", *COUNTS, "measured", "left_out"]
    table = table.fillna({**dict.fromkeys(whole, 0), "loss": 0.0}).astype(dict.fromkeys(whole, np.int64)).reset_index()
    order = ["overdue", "open", "loss", *PERSON]
    return table.sort_values(order, ascending=[False] * 3 + [True] * 3, ignore_index=True)[list(CHIEF_COLUMNS)]


def issues_of_chiefs(answers: pd.DataFrame, issues: pd.DataFrame) -> pd.DataFrame:
    """The issues with post and person, one row for each person who answers for the issue's site in a post."""
    return answers[["post", "person", "site_id"]].merge(issues, on="site_id")


def sites_of(answers: pd.DataFrame, issues: pd.DataFrame) -> pd.DataFrame:
    """The sites of these answers, each once: area_code, site_id, site, kind, posts (a list), open, overdue, loss."""
    sites = answers.groupby(["area_code", "site_id", "site", "kind"])["post"].agg(list).rename("posts").reset_index()
    counts = _counts(issues).groupby(issues["site_id"]).sum()
    sites = sites.join(counts, on="site_id").fillna({"open": 0, "overdue": 0, "relapses": 0, "loss": 0.0})
    sites = sites.astype(dict.fromkeys(COUNTS, np.int64))
    return sites.sort_values(["overdue", "open", "site_id"], ascending=[False, False, True], ignore_index=True)


def unanswered(sites: pd.DataFrame, register: pd.DataFrame) -> pd.DataFrame:
    """The registered sites that lack a chief: GAP_COLUMNS, a row a site and lacking post, by post, area and site.

    A post counts at the kinds of site at which the register names anybody in it; a site without anybody in any post is
    listed under NOBODY too. sites: of chiefs_on; register: the sites before handovers, with the same index.
    """
    rows = sites[sites["registered"]]
    named, before = (frame.loc[rows.index, list(POSTS)].notna() for frame in (rows, register))
    usual = before.groupby(rows["kind"]).transform("any")
    lacking = (~named & usual).assign(**{NOBODY: ~named.any(axis=1)})
    known = list(GAP_COLUMNS[1:])
    gaps = rows[known].join(lacking).melt(id_vars=known, var_name="post", value_name="lacking")
    return gaps.loc[gaps["lacking"], list(GAP_COLUMNS)].reset_index(drop=True)


def with_too_many(table: pd.DataFrame, most: int) -> pd.DataFrame:
    """The rows of `chiefs` with more than `most` sites in their post, the most first."""
    return table[table["sites"] > most].sort_values(["sites", *PERSON], ascending=[False, True, True, True])


def with_two_phones(answers: pd.DataFrame) -> pd.DataFrame:
    """person, area_code, phone: every phone of a name that stands with several ones, whichever areas they are of.

    It may be two persons of one name or a slip of the pen.
    """
    rows = answers[answers["phone"].notna()]
    rows = rows.assign(digits=_digits(rows["phone"]))
    rows = rows.drop_duplicates(["person", "area_code", "digits"])
    several = rows.groupby("person")["digits"].transform("nunique") > 1
    return rows[several].sort_values(["person", "area_code", "digits"], ignore_index=True)[
        ["person", "area_code", "phone"]]


def _counts(issues: pd.DataFrame) -> pd.DataFrame:
    unverified = issues["status"].isin(UNVERIFIED)
    flags = {"open": unverified, "overdue": issues["overdue_days"] > 0, "relapses": issues["relapse_of"].notna()}
    return pd.DataFrame(flags).astype(np.int64).assign(loss=issues["loss"].fillna(0.0))


def _together(phones: pd.Series) -> str | None:
    known = phones.dropna()
    return "、".join(known[~_digits(known).duplicated()]) or None


def _digits(phones: pd.Series) -> pd.Series:
    return phones.str.replace(r"\D", "", regex=True)
