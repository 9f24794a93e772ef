"""Which books there are: one of each area, and the subdistrict's registers, inspections, ledgers and patrols."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from readiness.reference import Reference
from tests.demo import LAST, on
from tests.demo.checklists import BOXES, LAYOUTS, NUMERALS, Office
from tests.demo.facts import OWN_LEDGERS, WEEKLY_DAYS, told_checks, told_ledgers
from tests.demo.grids import MARKS
from tests.demo.layouts import Book
from tests.demo.ledgers import WEEKLY, by_shop, own, summary, two_rows
from tests.demo.photos import with_photos
from tests.demo.places import DISTRICT, as_registered, person
from tests.demo.story import Story, tell_story

FONTS = ("宋体", "仿宋", "微软雅黑", "等线")
DATES = ("yyyy-mm-dd", "yyyy/m/d", "yyyy\"年\"m\"月\"d\"日\"")
FILES = {
    "records": "{area}自查记录", "matrix": "{area}创文点位自查表", "across": "{area}每周自查表",
    "weekly": "{area}每周巡查表", "questions": "{short}居委会自查自纠表", "forms": "{area}实地考察自测记录",
    "ticks": "{area}自查打分表", "scores": "附件1：{area}实地测评自评表", "kinds": "{area}自查汇总表",
    "days": "{area}创文迎检自查记录",
}
SPECIALS = {"market": "农贸市场", "ebike_shop": "电动自行车门店", "restaurant": "餐饮单位", "shop": "沿街商铺"}


def write_books(folder: Path, reference: Reference) -> list[Path]:
    """Write every book of the demonstration into the folder; returns their paths."""
    story = tell_story(reference.areas, reference.items)
    checks, ledgers = told_checks(story, reference.kinds), told_ledgers(story)
    names = area_names(reference.areas)
    ledgers = {key: rows.assign(area_name=rows["area_code"].map(names)) for key, rows in ledgers.items()}
    ledgers = with_photos(ledgers)
    paths = [_area_book(folder, code, names[code], story, checks, ledgers) for code in reference.areas["code"]]
    paths += [_register(folder, story, reference, names), _patrols(folder, story, names)]
    paths += [_mock(folder, number, ledgers[f"mock{number}"], checks, names) for number in (1, 2)]
    paths += [_special(folder, kind, ledgers[f"special:{kind}"], checks, names) for kind in SPECIALS]
    paths += [_weekly(folder, number, day, ledgers[f"weekly:{day}"]) for number, day in enumerate(WEEKLY_DAYS)]
    return paths


def area_names(areas: pd.DataFrame) -> dict[str, str]:
    """What the subdistrict calls each area in its columns: the short name with 居民区, its own places 街道直管."""
    return {area.code: area.short_name + "居民区" if area.ranked else area.short_name for area in areas.itertuples()}


def _area_book(folder: Path, code: str, name: str, story: Story, checks: pd.DataFrame,
               ledgers: dict[str, pd.DataFrame]) -> Path:
    number, layout = int(code[-3:]), story.profiles["layout"][code]
    mine = checks[(checks["area_code"] == code) & (checks["round"] == "self")]
    short = name.removesuffix("居民区")
    column = {"records": f"{short}居委会", "weekly": short}.get(layout, name)
    office = Office(name, column, mine["inspector"].iloc[0] if len(mine) else person(number))
    path = folder / f"{FILES[layout].format(area=name, short=short)}.xlsx"
    with Book(path, FONTS[number % len(FONTS)], DATES[number % len(DATES)]) as book:
        LAYOUTS[layout](book, mine, office)
        if code in OWN_LEDGERS:
            own(book, ledgers[f"own:{code}"], LAST, f"{name}问题整改台账")
    return path


def _register(folder: Path, story: Story, reference: Reference, names: dict[str, str]) -> Path:
    path = folder / "凉城新村街道创文点位台账.xlsx"
    sites = as_registered(story.sites)
    sites = sites.assign(kind_name=sites["kind"].map(reference.kind_names()))
    heads = ["序号", "点位名称", "点位类型", "详细地址", "点长", "路长", "片长", "联系电话"]
    with Book(path) as book:
        sheet = book.sheet("居民区点位")
        sheet.title("凉城新村街道创文迎检点位台账（居民区）", len(heads))
        sheet.heading(heads)
        sheet.freeze()
        ranked = sites[sites["area_code"] != DISTRICT]
        for number, (code, part) in enumerate(ranked.groupby("area_code", sort=False)):
            sheet.group(f"{number + 1}、{names[code]}", len(heads))
            sheet.rows(_site_rows(part, heads, len(ranked[ranked["area_code"] < code])))
        sheet = book.sheet("道路路口公园")
        heads = ["序号", "责任区", *heads[1:]]
        sheet.title("凉城新村街道创文迎检点位责任表（道路、路口、公园、公交站）", len(heads))
        sheet.heading(heads)
        roads = sites[sites["area_code"] == DISTRICT].assign(area_name=names[DISTRICT])
        sheet.rows(_site_rows(roads, heads, 0), merged=("责任区",))
        sheet.note("注：道路、路口由路长负责，公园由点长负责。", len(heads))
    return path


def _site_rows(sites: pd.DataFrame, heads: list[str], before: int) -> pd.DataFrame:
    fields = {"责任区": "area_name", "点位名称": "name", "点位类型": "kind_name", "详细地址": "address",
              "点长": "point_chief", "路长": "road_chief", "片长": "block_chief", "联系电话": "phone"}
    frame = sites[[fields[head] for head in heads[1:]]].set_axis(heads[1:], axis=1).reset_index(drop=True)
    frame.insert(0, "序号", frame.index + 1 + before)
    return frame.assign(点长=frame["点长"].where(frame[["点长", "路长", "片长"]].notna().any(axis=1), "待定"))


def _patrols(folder: Path, story: Story, names: dict[str, str]) -> Path:
    path = folder / "凉城新村街道巡查和志愿服务记录.xlsx"
    patrols = story.patrols.assign(on=story.patrols["day"].map(on), area_name=story.patrols["area_code"].map(names))
    fields = {"on": "日期", "area_name": "居民区", "activity": "活动内容", "party_members": "党员人数",
              "volunteers": "志愿者人数", "hours": "服务时长（小时）", "found": "发现问题数", "solved": "解决问题数"}
    with Book(path, dates="m\"月\"d\"日\"") as book:
        for month, part in patrols.groupby(patrols["on"].map(lambda day: day.month)):
            frame = part.sort_values(["on", "area_code"])[list(fields)].rename(columns=fields).reset_index(drop=True)
            sheet = book.sheet(f"{month}月")
            sheet.title("凉城新村街道巡查和志愿服务记录表", len(frame.columns))
            sheet.heading(list(frame.columns))
            sheet.rows(frame, merged=("日期",))
            sheet.total(["合计", None, None, *(float(frame[name].sum()) for name in frame.columns[3:])])
    return path


def _mock(folder: Path, number: int, rows: pd.DataFrame, checks: pd.DataFrame, names: dict[str, str]) -> Path:
    title = f"凉城新村街道创文模拟测评第{NUMERALS[number - 1]}轮"
    path = folder / f"{title.removeprefix('凉城新村街道创文')}问题台账.xlsx"
    seen = checks[(checks["round"] == "mock") & (checks["round_no"] == number)]
    with Book(path) as book:
        two_rows(book, rows.sort_values(["area_code", "site_no", "item"]), rows["found_on"].max(), f"{title}问题台账")
        frame = pd.DataFrame({
            "居民区": seen["area_code"].map(names), "测评地点": seen["site"], "测评内容": seen["text"],
            "考察情况": seen["problem"].mask(seen["problem"] == "", "无问题"), "结果": seen["result"].map(BOXES),
            "测评日期": seen["on"]})
        sheet = book.sheet("考察记录")
        sheet.title(f"{title}实地考察记录表", len(frame.columns))
        sheet.heading(list(frame.columns))
        sheet.freeze()
        sheet.rows(frame, merged=("居民区", "测评地点"))
    return path


def _special(folder: Path, kind: str, rows: pd.DataFrame, checks: pd.DataFrame, names: dict[str, str]) -> Path:
    title = f"{SPECIALS[kind]}专项检查"
    path = folder / f"{title}.xlsx"
    seen = checks[(checks["round"] == "special") & (checks["kind"] == kind)]
    seen = seen.assign(area_name=seen["area_code"].map(names), word=seen["result"].map(MARKS))
    keys = ["area_name", "site", "on"]
    grid = seen.pivot_table(index=keys, columns="item", values="word", aggfunc="first", sort=False)
    items = seen.drop_duplicates("item").set_index("item").sort_values(["category", "text"])
    grid = grid[list(items.index)].reset_index()
    with Book(path, "仿宋") as book:
        sheet = book.sheet("检查情况")
        sheet.title(f"凉城新村街道{title}情况表", len(grid.columns))
        sheet.heading(["居民区", "场所名称", "检查日期", *zip(items["category"], items["text"], strict=True)])
        sheet.rows(grid.astype(object).where(grid.notna(), None), merged=("居民区",))
        sheet.note("注：√ 合格，× 不合格，停业的以后补查。", len(grid.columns))
        by_shop(book, rows, rows["found_on"].max(), f"凉城新村街道{title}问题清单")
    return path


def _weekly(folder: Path, number: int, day: int, rows: pd.DataFrame) -> Path:
    date = on(day)
    path = folder / f"凉城新村街道问题整改台账（{date.year}年{date.month}月{date.day}日）.xlsx"
    with Book(path, FONTS[number % 2]) as book:
        WEEKLY[number % len(WEEKLY)](book, rows.sort_values(["area_code", "site_no", "item"]), date,
                                     "凉城新村街道创文实地测评问题整改台账")
        if day == WEEKLY_DAYS[-1]:
            summary(book, rows, date, counted_wrong="科佳居民区")
    return path
