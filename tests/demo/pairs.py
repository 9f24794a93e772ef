"""One row a site and item: what kind of problem it has when it is bad, who looks at it and when."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from tests.demo.chance import draws, keys, numbers

HERE = Path(__file__).parent
RED_LINES = {"310109016017": "A-03", "310109016022": "A-04", "310109016027": "A-03"}  # open at the end
MAY_CLOSE = ("shop", "restaurant", "ebike_shop")
SPOTS = {
    "residential": ("{n}号门前", "{n}号北侧", "{n}号东侧", "北门", "南门", "中心绿地旁", "{n}号与{m}号之间"),
    "main_road": ("{n}号门前", "近{n}号", "北侧", "南侧", "公交站旁"),
    "back_lane": ("{n}号门前", "弄口", "近{n}号", "中段"),
    "school": ("校门口", "校门东侧", "校门西侧", "对面"), "park": ("东门", "西门", "湖边", "健身步道"),
    "market": ("{n}号摊位", "东门", "出入口", "西侧"), "shop": ("门前", "店内", "门口东侧"),
    "restaurant": ("门前", "店内", "后门"), "ebike_shop": ("门前", "店内", "维修区"),
    "crossing": ("东北角", "西北角", "东南角", "西南角"), "bus_stop": ("站台", "候车亭"),
}
UNITS = {
    "residential": ("示例物业公司", "社区管理办", "平安办", "{area}居委会"),
    "main_road": ("城管中队", "市容所", "社区管理办"), "back_lane": ("城管中队", "市容所"),
    "school": ("社区服务办", "城管中队", "市场所"), "park": ("市容所", "示例绿化公司"),
    "market": ("市场所", "示例市场管理公司"), "shop": ("市场所", "城管中队"), "restaurant": ("市场所", "城管中队"),
    "ebike_shop": ("市场所", "平安办"), "crossing": ("示例交警中队", "社区管理办"),
    "bus_stop": ("市容所", "示例公交公司"),
}


def phrases() -> pd.DataFrame:
    """phrases.csv: item, short (a heading of few words), question (是否…), descriptions (tuple)."""
    table = pd.read_csv(HERE / "phrases.csv", dtype=str, keep_default_na=False)
    return table.assign(descriptions=table["descriptions"].str.split("|").map(tuple))


def pairs_of(sites: pd.DataFrame, items: pd.DataFrame, profiles: pd.DataFrame) -> pd.DataFrame:
    """One row a site and item of its kind, in the order of the sites.

    site (row of sites), group (running number of the area), area_code, area, kind, name, item, text, category,
    red_line, bad_answer, short, question; spot, problem, unit (the words of its problem); hard, sight, absent,
    may_close (its nature); on_form, sampled, in_specials, weekday, turn, turns, visits (who looks when); red_end (bad
    at the end on purpose).
    """
    pairs = _joined(sites, items)
    pairs = pairs.assign(key=pairs["area_code"] + pairs["name"] + pairs["item"])
    key = keys(pairs["key"])
    return pairs.assign(**_words(pairs, key), **_nature(pairs, key), **_rota(pairs, sites, profiles, key))


def _joined(sites: pd.DataFrame, items: pd.DataFrame) -> pd.DataFrame:
    sites = sites.assign(site=range(len(sites)), group=sites.groupby("area_code", sort=False).ngroup())
    columns = ["item", "kind", "text", "category", "red_line", "bad_answer"]
    known = items[columns].merge(phrases(), on="item", validate="1:1")
    return sites[["site", "group", "area_code", "area", "kind", "name"]].merge(known, on="kind")


def _pick(options: pd.Series, share: np.ndarray) -> list[str]:
    return [choices[int(part * len(choices))] for choices, part in zip(options, share, strict=True)]


def _words(pairs: pd.DataFrame, key: np.ndarray) -> dict[str, list[str] | pd.Series]:
    problem = pd.Series(_pick(pairs["descriptions"], draws(key, "problem")), index=pairs.index)
    spot = pd.Series(_pick(pairs["kind"].map(SPOTS), draws(key, "spot")), index=pairs.index)
    spot = spot.mask(problem.str.contains("楼道|门厅"), "{n}号")
    spot = spot.mask((pairs["kind"] == "residential") & problem.str.contains("志愿服务站|家长学校|公约"), "居委会")
    spot = [text.format(n=number, m=number + 2) for text, number in zip(spot, numbers(key, "n", 1, 47), strict=True)]
    unit = _pick(pairs["kind"].map(UNITS), draws(key, "unit"))
    unit = [text.format(area=area) for text, area in zip(unit, pairs["area"], strict=True)]
    return {"problem": problem, "spot": spot, "unit": unit}


def _nature(pairs: pd.DataFrame, key: np.ndarray) -> dict[str, np.ndarray | pd.Series]:
    red = pairs["red_line"].to_numpy(dtype=bool)
    hard = 0.45 + 1.15 * draws(keys(pairs["item"]), "hard")
    return {"hard": hard * np.where(red, 0.3, 1), "sight": draws(key, "sight"),
            "absent": (draws(key, "absent") < 0.03) & ~red, "may_close": pairs["kind"].isin(MAY_CLOSE)}


def _rota(pairs: pd.DataFrame, sites: pd.DataFrame, profiles: pd.DataFrame,
          key: np.ndarray) -> dict[str, np.ndarray | pd.Series]:
    visits, site = pairs["area_code"].map(profiles["visits"]), pairs["site"].to_numpy()
    place = keys(sites["name"])
    listed = sites["kind"].isin(("residential", "back_lane", "main_road")) | (draws(place, "listed") < 0.45)
    order = (~listed).astype(int).groupby(sites["area_code"]).rank(method="first") - 1  # sites of a kind stand together
    turns = listed.groupby(sites["area_code"]).transform("sum")
    lazy = (visits == 0).to_numpy()
    first = (pairs.groupby("area_code")["site"].transform("min") == pairs["site"]).to_numpy()
    form = _form(pairs) & listed.to_numpy()[site] & (~lazy | (first & (draws(key, "lazy") < 0.5)))
    sampled = np.where(lazy, first & (draws(key, "few") < 0.3), (draws(place, "sampled") < 0.55)[site])
    return {"on_form": form, "sampled": sampled & (draws(key, "absent") >= 0.03), "in_specials": ~lazy,
            "red_end": _red_end(pairs, first), "weekday": pairs["group"] % 4, "turn": order.to_numpy()[site],
            "turns": turns.to_numpy()[site], "visits": visits}


def _form(pairs: pd.DataFrame) -> np.ndarray:
    """An area's form for a kind of site has most of the items, the same at each of its sites, and every red line."""
    return (draws(keys(pairs["area_code"] + pairs["item"]), "form") < 0.8) | pairs["red_line"].to_numpy(dtype=bool)


def _red_end(pairs: pd.DataFrame, first: np.ndarray) -> np.ndarray:
    return first & (pairs["area_code"].map(RED_LINES) == pairs["item"]).to_numpy()
