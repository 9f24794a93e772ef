"""The tables of 居民区 under its main row: sites, what is not checked, uploads; their numbers open."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from readiness.area_view import AreaView
from readiness.choice import chosen
from readiness.language import _, n_
from readiness.model import FACT_FRAMES, FAIL, PASS, TABLE_KINDS, UNCHECKED
from readiness.reference import Reference
from ui.area_page import short_kinds
from ui.frame import card, quiet
from ui.issues import open_issues
from ui.opening import Found, open_table
from ui.reads import Day
from ui.records import open_records
from ui.session import turn_of, turned
from ui.words import MISSING, day_format, fits, in_words

AREA_ISSUES = ("site", "description", "status", "overdue_days", "loss", "due_on", "responsible_unit")
KINDS = {frame: kind for kind, frame in FACT_FRAMES.items()}
UPLOADS = "area-uploads"
ROW, LOW = 30, 300


def lower_cards(day: Day, view: AreaView, uploads: pd.DataFrame, name: str) -> None:
    """The cards under the main row: sites, what is not checked, uploads."""
    with card("area-sites", n_("{n} 个点位", len(view.sites)), _("先失分多的；点一格看项目和问题")):
        sites_table(day, view)
    left, right = st.columns([7, 10], gap=12)
    gain = 100 * view.unchecked["gain"].sum()
    with left, card("area-unchecked", n_("未检查 {n} 项", len(view.unchecked)),
                    _("全部查完，覆盖率可增 {points:.0f} 点").format(points=gain), height=LOW + 50):
        unchecked_table(day, view, LOW)
    with right, card("area-uploads", n_("{n} 次上报带有{area}的数据", len(uploads), area=name), _("各表的行数"),
                     height=LOW + 50):
        uploads_table(day, uploads, view.figures.name, LOW)


def sites_table(day: Day, view: AreaView) -> None:
    """The area's sites; a cell opens the items or the issues that it counts."""
    open_table(day, "area-sites", lambda: site_words(view, day.reference), site_columns(),
               table_height(len(view.sites), 360), _("点位"),
               lambda row, column: site_rows(view, view.sites.iloc[row], column), view.figures.name)


def site_rows(view: AreaView, site: pd.Series, column: str) -> Found:
    """The rows behind a cell of the table of sites."""
    issues = open_issues(view.issues[view.issues["site_id"] == site["site_id"]])
    items = view.items[view.items["site_id"] == site["site_id"]]
    name = site["site"]
    if column in ("open", "overdue"):
        late = column == "overdue"
        title = _("{name}：超期的问题") if late else _("{name}：未销号的问题")
        return title.format(name=name), chosen(issues, overdue=late)
    if column in ("failing", "loss"):
        return _("{name}：不符合的项目").format(name=name), items[items["state"] == FAIL]
    items = items.drop(columns="loss")
    if column == "known":
        return _("{name}：已查的项目").format(name=name), items[items["state"].isin((PASS, FAIL))]
    return _("{name}：应查的项目").format(name=name), items


def unchecked_table(day: Day, view: AreaView, height: int) -> None:
    """What the area has not checked, what adds most to its coverage first; a cell opens all such items of its site."""
    if view.unchecked.empty:
        quiet(_("应查的项目都查过了。"))
        return
    open_table(day, "area-unchecked", lambda: unchecked_words(view, day.reference), unchecked_columns(), height,
               _("未检查的项目"), lambda row, column: unchecked_of(view, view.unchecked.iloc[row]), view.figures.name)


def unchecked_of(view: AreaView, item: pd.Series) -> Found:
    """All items that are not checked at the site of one of them."""
    items = view.items[(view.items["state"] == UNCHECKED) & (view.items["site_id"] == item["site_id"])]
    return _("{name}：未检查的项目").format(name=item["site"]), items.drop(columns="loss")


def uploads_table(day: Day, uploads: pd.DataFrame, code: str, height: int) -> None:
    """The uploads that carry facts of the area, the newest first, with their rows of each kind of table; a count opens
    its rows, any other cell all of the area's in that upload."""
    if uploads.empty:
        quiet(_("还没有带这个居民区数据的上报。"))
        return
    config = {name: column for name, column in upload_columns().items() if name not in KINDS or uploads[name].any()}
    event = st.dataframe(
        uploads[list(config)], hide_index=True, row_height=ROW, height=height, column_config=config,
        placeholder=MISSING, key=f"table-{UPLOADS}-{turn_of(UPLOADS)}", alt=_("带这个居民区数据的上报"),
        on_select="rerun", selection_mode="single-cell")
    for row, column in event["selection"]["cells"]:
        upload = uploads.iloc[row]
        open_records(day, upload["upload_id"], upload["file"], lambda: turned(UPLOADS),
                     (KINDS[column],) if column in KINDS else TABLE_KINDS, code)


def table_height(rows: int, most: int) -> int:
    """px of a table of so many rows, at most `most`."""
    return min(most, ROW * (rows + 1) + 2)


def site_words(view: AreaView, reference: Reference) -> pd.DataFrame:
    """The area's sites in the words of the screen."""
    sites = view.sites
    return sites.assign(
        kind=sites["kind"].map(in_words(reference.kind_names())), coverage=100 * sites["coverage"],
        known=sites["checked"].astype("str") + " / " + sites["inspectable"].astype("str"),
        loss=sites["loss"].where(sites["loss"] > 0))


def site_columns() -> dict[str, object]:
    """Headings and widths of the sites."""
    config = st.column_config
    return {
        "site": config.TextColumn(_("点位"), width=200), "kind": config.TextColumn(_("类型"), width=fits(96, 130)),
        "score": config.NumberColumn(_("得分"), format="%.1f", width=64),
        "coverage": config.ProgressColumn(_("检查覆盖率"), format="%.0f%%", min_value=0, max_value=100, width=130),
        "known": config.TextColumn(_("已查 / 应查"), width=fits(88, 108), alignment="right"),
        "failing": config.NumberColumn(_("不符合"), width=68), "open": config.NumberColumn(_("未销号"), width=68),
        "overdue": config.NumberColumn(_("超期"), width=fits(60, 76)),
        "loss": config.NumberColumn(_("失分"), format="%.2f", width=fits(68, 92)),
        "newest_on": config.DateColumn(_("最近事实"), format=day_format(), width=fits(84, 92)),
        "point_chief": config.TextColumn(_("点长"), width=fits(80, 88)),
    }


def unchecked_words(view: AreaView, reference: Reference) -> pd.DataFrame:
    """What the area has not checked, in the words of the screen; gain in percentage points of coverage."""
    missing = view.unchecked
    red_line = missing["red_line"].astype(bool).map({True: _("红线"), False: ""})
    return missing.assign(kind=short_kinds(missing, reference), gain=100 * missing["gain"], red_line=red_line)


def unchecked_columns() -> dict[str, object]:
    """Headings and widths of what is not checked."""
    config = st.column_config
    return {"site": config.TextColumn(_("点位"), width=118),
            "indicator": config.TextColumn(_("测评项目"), width=fits(240, 216)),
            "red_line": config.TextColumn(_("红线"), width=fits(46, 70)),
            "gain": config.NumberColumn(_("可增（点）"), format="%.1f", width=80)}


def upload_columns() -> dict[str, object]:
    """Headings and widths of the area's uploads."""
    config = st.column_config
    return {
        "uploaded_at": config.DatetimeColumn(_("上报时间"), format=f"{day_format()} HH:mm", timezone="Asia/Shanghai",
                                             width=104),
        "file": config.TextColumn(_("文件"), width=fits(310, 260)),
        "uploaded_by": config.TextColumn(_("上报人"), width=58),
        "ledger": config.NumberColumn(_("问题"), width=fits(46, 60)),
        "checks": config.NumberColumn(_("检查"), width=fits(46, 64)),
        "sites": config.NumberColumn(_("点位"), width=fits(46, 50)),
        "patrols": config.NumberColumn(_("巡查"), width=fits(46, 66)),
        "newest_on": config.DateColumn(_("最近一天"), format=day_format(), width=fits(72, 84)),
    }
