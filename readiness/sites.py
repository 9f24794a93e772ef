"""Sites: from the register and the checklists' site columns; where a place that is none of them belongs."""

from __future__ import annotations

import numpy as np
import pandas as pd

from readiness.clean import cleaned
from readiness.model import OTHER, RESIDENTIAL
from readiness.occurrences import Texts
from readiness.rows import arranged, ends_group, looked_up

CHIEFS = ("point_chief", "road_chief", "block_chief", "phone")
POSITION = ("lon", "lat", "datum")
SITE_COLUMNS = ("area_code", "site_id", "site", "kind", "registered", "address", *POSITION, *CHIEFS, "first_on")


def site_ids(area_codes: pd.Series, names: pd.Series) -> pd.Series:
    """The identity of a site: its area and its cleaned name; missing without a name."""
    keys = cleaned(names)
    return (area_codes + ":" + keys).where(keys != "")


def known_sites(register: pd.DataFrame, checks: pd.DataFrame, kinds: pd.DataFrame, areas: pd.DataFrame) -> pd.DataFrame:
    """One row a site (SITE_COLUMNS) of the register or of a checklist's site column, sorted by site_id.

    register: the snapshot's sites with uploaded_at; checks: with held_on. Kind: the register's, then the book's
    (the earliest check that gives one), then the name's keywords, then other; a site that has the area's short name
    is its own residential site. A site is a place and no fact of a day: a row belongs to it whatever day it was first
    named. Rule: DESIGN.md 5, "Sites".
    """
    registered = _registered_sites(register, kinds)
    checked = _checked_sites(checks, kinds)
    sites = registered.join(checked.add_suffix("_checked"), how="outer").sort_index()
    name = sites["site"].fillna(sites["site_checked"])
    area_code = sites["area_code"].fillna(sites["area_code_checked"])
    kind = sites["kind"].fillna(sites["kind_checked"])
    kind = kind.fillna(suggested_kinds(cleaned(name.where(kind.isna())), kinds))
    kind = kind.where(kind.notna() | (sites.index != own_sites(area_code, areas)), RESIDENTIAL).fillna(OTHER)
    sites = sites.assign(site=name, kind=kind, area_code=area_code, registered=sites.index.isin(registered.index))
    sites = sites.rename(columns={"first_on_checked": "first_on"})
    return sites.rename_axis("site_id").reset_index()[list(SITE_COLUMNS)]


def own_sites(area_codes: pd.Series, areas: pd.DataFrame) -> pd.Series:
    """The site_id of each area's own residential site: the one named by the area's short name."""
    names = looked_up(area_codes, areas.set_index("code")["short_name"]).fillna(area_codes)
    return site_ids(area_codes, names)


def with_implied_sites(sites: pd.DataFrame, used: pd.DataFrame, areas: pd.DataFrame) -> pd.DataFrame:
    """The sites and, for each area and site_id of `used` that is none of them, the area's own residential site."""
    missing = used[~used["site_id"].isin(sites["site_id"])].drop_duplicates("site_id")
    names = looked_up(missing["area_code"], areas.set_index("code")["short_name"]).fillna(missing["area_code"])
    implied = missing[["area_code", "site_id"]].assign(site=names, kind=RESIDENTIAL, registered=False)
    implied = implied.reindex(columns=list(SITE_COLUMNS)).astype(sites.dtypes)
    return pd.concat([sites, implied], ignore_index=True).sort_values("site_id", ignore_index=True)


def only_sites(area_codes: pd.Series, kinds: pd.Series, sites: pd.DataFrame) -> pd.Series:
    """The site_id of the area's only known site of that kind; missing where there are none or several."""
    single = sites[~sites.duplicated(["area_code", "kind"], keep=False)]
    wanted = pd.MultiIndex.from_arrays([area_codes, kinds])
    found = single.set_index(["area_code", "kind"])["site_id"].reindex(wanted)
    return pd.Series(found.to_numpy(), index=area_codes.index, dtype="str")


def named_kinds(texts: pd.Series, kinds: pd.DataFrame) -> pd.Series:
    """The kind that a book's word for a kind of site means (its code, name or keyword; X周边 is X), else missing."""
    words = cleaned(texts).str.removesuffix("周边")
    exact = looked_up(words, _exact_kind_words(kinds))
    return exact.fillna(suggested_kinds(words.where(exact.isna(), ""), kinds))


def suggested_kinds(words: pd.Series, kinds: pd.DataFrame) -> pd.Series:
    """The kind whose keyword stands last in the cleaned words (a Chinese name ends with what it is), else missing.

    Of keywords that end at the same place the longest counts.
    """
    return _kinds_in(words, kinds)[0]


def only_kinds(words: pd.Series, kinds: pd.DataFrame) -> pd.Series:
    """The kind whose keywords occur in the cleaned words, where it is the only such kind; else missing."""
    kind, count = _kinds_in(words, kinds)
    return kind.where(count == 1)


def _kinds_in(words: pd.Series, kinds: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    codes, distinct = pd.factorize(words)
    best, chosen, count = np.zeros(len(distinct)), np.full(len(distinct), -1), np.zeros(len(distinct), dtype=int)
    texts = Texts(list(distinct))
    for number, keywords in enumerate(kinds["keywords"]):
        ends = _last_ends(texts, keywords)
        count += ends > 0
        chosen = np.where(ends > best, number, chosen)
        best = np.maximum(best, ends)
    names = np.array([*kinds["kind"], None], dtype=object)
    return (pd.Series(names[chosen][codes], index=words.index, dtype="str"),
            pd.Series(count[codes], index=words.index))


def _last_ends(texts: Texts, keywords: tuple[str, ...]) -> np.ndarray | float:
    """Where in each text the last of these keywords ends, plus a little for a longer one; 0 where none occurs."""
    best = 0.0
    for keyword in filter(None, map(cleaned, keywords)):
        start, size = texts.last(keyword), len(keyword)
        best = np.maximum(best, np.where(start >= 0, start + size + size / 1000, 0))
    return best


def _exact_kind_words(kinds: pd.DataFrame) -> pd.Series:
    words = kinds[["kind", "short", "name", "keywords"]].copy()
    words["name"] = words["name"].str.split(r"[/、|]")
    columns = [words.explode(column).set_index("kind")[column] for column in ("keywords", "short", "name")]
    pairs = pd.concat([*columns, words.set_index("kind", drop=False)["kind"]])
    table = pd.Series(pairs.index, index=cleaned(pairs.astype("str")).str.removesuffix("周边"), dtype="str")
    return table[~table.index.duplicated(keep="last")]


def _registered_sites(register: pd.DataFrame, kinds: pd.DataFrame) -> pd.DataFrame:
    """The register's union by area and name: of each field the value of the latest upload that gives one."""
    rows = register.assign(site_id=site_ids(register["area_code"], register["name"]), site=register["name"],
                           kind=named_kinds(register["site_kind"], kinds))
    rows = arranged(rows[rows["site_id"].notna()], "site_id", "uploaded_at")
    fields = rows.groupby("site_id")[["area_code", "site", "kind", "address", *CHIEFS]].last()
    placed = rows[rows["lon"].notna() & rows["lat"].notna()]
    position = placed[ends_group(placed["site_id"].to_numpy())].set_index("site_id")[list(POSITION)]
    return fields.join(position)


def _checked_sites(checks: pd.DataFrame, kinds: pd.DataFrame) -> pd.DataFrame:
    """The sites of the checklists' site columns; name and kind of the earliest check that gives one."""
    rows = checks.assign(site_id=site_ids(checks["area_code"], checks["site"]),
                         kind=named_kinds(checks["site_kind"], kinds))
    rows = arranged(rows[rows["site_id"].notna()], "site_id", "held_on")
    fields = rows.groupby("site_id")[["area_code", "site", "kind", "held_on"]].first()
    return fields.rename(columns={"held_on": "first_on"})
