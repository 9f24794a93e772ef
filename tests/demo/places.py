"""Where the story happens: the sites of every area with the persons who answer for them."""

from __future__ import annotations

from itertools import count, cycle

import pandas as pd

DISTRICT = "310109016000"
SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任沈"
ESTATES = ("春晖", "瑞景", "安和", "嘉禾", "晨光", "丽景", "金桂", "康宁", "明珠", "和顺", "怡和", "碧云", "佳兴",
           "福源", "祥和", "翠竹", "银杏", "梧桐", "朝阳", "永乐")
ESTATE_FORMS = ("苑", "公寓", "小区", "花园")
ROADS = ("水电路", "奎照路", "广中路", "汶水东路", "凉城路", "广粤路", "广灵二路", "丰镇路", "车站北路")
SHOPS = ("便利店", "水果店", "五金店", "理发店", "药房", "文具店")
RESTAURANTS = ("面馆", "小吃店", "饭店", "饺子馆", "早餐店")
SCHOOLS = ("小学", "中学", "幼儿园")
ROAD_KINDS = ("main_road", "crossing", "bus_stop", "back_lane")
COLUMNS = ("area_code", "kind", "name", "address")
UNSETTLED = 41


def places(areas: pd.DataFrame) -> pd.DataFrame:
    """The register: area_code, area (short name), kind, name, address, point_chief, road_chief, block_chief, phone."""
    ranked = areas[areas["code"] != DISTRICT].reset_index(drop=True)
    names = _Names()
    rows = [row for index, area in enumerate(ranked.itertuples()) for row in _area_sites(index, area, names)]
    sites = pd.DataFrame(rows + _district_sites(), columns=list(COLUMNS))
    sites = sites.merge(areas[["code", "short_name"]], left_on="area_code", right_on="code").drop(columns="code")
    return _with_chiefs(sites.rename(columns={"short_name": "area"}))


class _Names:
    """Running numbers and estate names, so that no two sites share a name."""

    def __init__(self) -> None:
        self.estates = (stem + form for form in ESTATE_FORMS for stem in ESTATES)
        self.lanes = count(108, 12)
        self.schools = count(1)
        self.forms = cycle(SCHOOLS)
        self.shops = cycle(SHOPS)
        self.restaurants = cycle(RESTAURANTS)


def _area_sites(index: int, area: object, names: _Names) -> list[tuple[str, str, str, str]]:
    code, short = area.code, area.short_name
    lanes = [f"示例路{next(names.lanes)}弄" for _ in range(1 + index % 2)]
    sites = [(code, "residential", next(names.estates), f"示例路{next(names.lanes)}号") for _ in range(2 + index % 3)]
    sites += [(code, "back_lane", lane, lane) for lane in lanes]
    sites += [(code, "shop", f"示例{next(names.shops)}（{short}店）", f"{lanes[0]}口") for _ in range(1 + index % 2)]
    sites += [(code, "restaurant", f"示例{next(names.restaurants)}（{short}店）", f"{lanes[0]}1号")]
    if index % 2 == 0:
        sites += [(code, "school", f"示例第{next(names.schools)}{next(names.forms)}", f"{lanes[0]}20号")]
    if index % 3 == 1:
        sites += [(code, "market", f"示例菜市场（{short}店）", f"{lanes[0]}30号")]
    if index % 2 == 1:
        sites += [(code, "ebike_shop", f"示例电动车行（{short}店）", f"{lanes[0]}8号")]
    if index % 4 == 0:
        sites += [(code, "bus_stop", f"示例路{short}公交站", f"{lanes[0]}口")]
    return sites


def _district_sites() -> list[tuple[str, str, str, str]]:
    sites = [(DISTRICT, "main_road", f"{road}（示例段）", f"{road}全段") for road in ROADS]
    pairs = zip(ROADS, ROADS[1:] + ROADS[:1], strict=True)
    sites += [(DISTRICT, "crossing", f"{one}、{two}路口（示例）", f"{one}近{two}") for one, two in pairs]
    sites += [(DISTRICT, "park", f"示例{name}", "示例路1号") for name in ("中心公园", "滨河绿地", "文体广场")]
    sites += [(DISTRICT, "bus_stop", f"{road}公交站（示例）", f"{road}") for road in ROADS[:4]]
    return sites


def _with_chiefs(sites: pd.DataFrame) -> pd.DataFrame:
    group = sites.groupby("area_code", sort=False).ngroup()
    point = group * 4 + sites.groupby("area_code").cumcount() % 3
    road = sites["kind"].isin(ROAD_KINDS)
    return sites.assign(point_chief=point.map(person), road_chief=(group * 4 + 1).map(person).where(road, ""),
                        block_chief=(group * 4 + 3).map(person), phone=point.map(phone))


def as_registered(sites: pd.DataFrame) -> pd.DataFrame:
    """The sites as the register has them: every UNSETTLED-th is new, and nobody answers for it yet."""
    known = pd.Series(range(1, len(sites) + 1), sites.index) % UNSETTLED != 0
    chiefs = ["point_chief", "road_chief", "block_chief", "phone"]
    return sites.assign(**{name: sites[name].where(known, None) for name in chiefs})


def person(number: int) -> str:
    """A name that nobody bears: a surname with 示例 or 示范."""
    return SURNAMES[number % len(SURNAMES)] + ("示例", "示范", "样例")[number // len(SURNAMES) % 3]


def phone(number: int) -> str:
    """A telephone number that is nobody's, the same for the same person."""
    return f"021-5500{1000 + number:04d}" if number % 3 else f"1380000{2000 + number:04d}"
