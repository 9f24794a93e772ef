"""What 居民区 shows of one area: the field to choose it, its headline, its losses by whatever is asked."""

from __future__ import annotations

from html import escape

import pandas as pd
import streamlit as st

from readiness.area_view import AreaView, area_uploads, area_view, lost_by
from readiness.choice import chosen
from readiness.model import FROM_LEDGER, VERIFIED
from readiness.reference import Reference, Settings
from ui.frame import card
from ui.headline import change, missing_points
from ui.issues import open_issues
from ui.opening import HEIGHT, Measure, choose, chosen_in_title, measure_cards
from ui.reads import Day
from ui.rows import over_button
from ui.session import AREA, chosen_area
from ui.words import count_delta, known, percent, points_delta

BY = {"item": "按项目", "kind": "按类型", "category": "按类别", "site_id": "按点位"}


def pick_area(day: Day) -> str:
    """The area that the address names, else the one looked at last, else the one with the lowest score; with a field
    to choose another."""
    names = day.reference.area_names()
    code = chosen_area(day.reference) or lowest(day.standing.areas)
    st.session_state["last_area"] = code
    if st.query_params.get(AREA) != code:
        choose(AREA, code)
    chosen_in_title(AREA, names, code, "居民区", "")
    return code


def lowest(areas: pd.DataFrame) -> str:
    """Code of the ranked area with the lowest score, of those without any the first."""
    return areas[areas["ranked"].astype(bool)].sort_values("score", kind="stable")["area_code"].iloc[0]


def view_of(day: Day, code: str) -> AreaView:
    """The area's view on that day, computed once a version."""
    return day.kept("area", lambda: area_view(day.standing, day.facts, day.reference, code), code)


def uploads_of(day: Day, code: str) -> pd.DataFrame:
    """The uploads that carry facts of the area, computed once a version."""
    return day.kept("area uploads", lambda: area_uploads(day.snapshot, code), code)


def red_line_note(view: AreaView) -> str:
    """The open red-line issues in words, for the title line."""
    issues = view.issues
    named = issues.loc[(issues["status"] != VERIFIED) & issues["red_line"].astype(bool), "description"]
    more = f"等 {len(named)} 条" if len(named) > 1 else ""
    return f'<span class="over">红线项未销号：{escape(named.iloc[0])}{more}</span>' if len(named) else ""


def area_headline(view: AreaView, before: AreaView, day: Day) -> None:
    """The headline row of one area: rank, score and target; five counts that open their rows."""
    left, right = st.columns([9, 10], gap=12)
    with left, card("headline", "", height=HEIGHT):
        st.html(f'<div class="hero">{rank(view.figures, day.standing.areas)}'
                f"{score(view.figures, before.figures, day.reference.settings)}</div>")
        over_button("area", "应查的项目：得分由这些项目算出", lambda: view.items.drop(columns="loss"), day)
    with right:
        measure_cards(area_measures(view, before), day)


def rank(figures: pd.Series, areas: pd.DataFrame) -> str:
    """The area's rank, which it shares with all areas of its band."""
    if not figures["ranked"]:
        words, foot = '<div class="big word">不参加</div>', "街道直管，只计入街道得分"
    elif not known(figures["rank"]):
        words, foot = '<div class="big word">不排名</div>', "检查覆盖率不到下限"
    else:
        sharing, of = (areas["rank"] == figures["rank"]).sum(), areas["rank"].notna().sum()
        words = f'<div class="big">{figures["rank"]:.0f}<i>名</i></div>'
        foot = f"共 {of} 个，同档 {sharing} 个并列" if sharing > 1 else f"共 {of} 个"
    return f'<div class="count"><div class="name">排名</div>{words}<div class="foot">{foot}</div></div>'


def score(figures: pd.Series, before: pd.Series, settings: Settings) -> str:
    """The area's score with band and change, then the bar towards the target and the coverage."""
    value, target = figures["score"], settings.target
    big = f'<div class="big">{value:.1f}<i>分</i></div>' if known(value) else '<div class="big word">资料不足</div>'
    band = next((band.name for band in settings.bands if band.key == figures["band"]), "")
    red = f'<span class="down">　红线 {figures["red_lines"]} 条</span>' if figures["red_lines"] else ""
    width = value if known(value) else 0
    return (f'<div><div class="name">准备度得分</div>{big}'
            f'<div class="foot">{change(value, before["score"])}{band}{red}</div></div>'
            f'<div class="goal"><div class="foot"><b>目标 {target:g}</b>　{missing_points(value, target)}</div>'
            f'<div class="bar"><div style="width:{width:.1f}%"></div>'
            f'<div class="mark" style="left:{target:g}%"></div></div>'
            f'<div class="foot">检查覆盖率 <b>{percent(figures["coverage"])}</b></div></div>')


def area_measures(view: AreaView, before: AreaView) -> list[Measure]:
    """The five cards of an area, each with the rows behind it."""
    now, earlier, issues = view.figures, before.figures, view.issues
    held = len(before.issues) or earlier["coverage"] > 0
    then = earlier if held else pd.Series(dtype=float).reindex(earlier.index)
    return [
        ("未销号", f"{now['open']}", count_delta(now["open"], then["open"]), "inverse", "未销号的问题",
         lambda: open_issues(issues)),
        ("超期", f"{now['overdue']}", count_delta(now["overdue"], then["overdue"]), "inverse", "超期的问题",
         lambda: chosen(open_issues(issues), overdue=True)),
        ("整改率", percent(now["rate"], int(now["rate"] < 1)), points_delta(now["rate"], then["rate"]), "normal",
         f"整改率：已销号 {now['verified']} 条，台账共 {now['total']} 条",
         lambda: chosen(issues, origin=FROM_LEDGER).sort_values("status", kind="stable")),
        ("检查覆盖率", percent(now["coverage"]), points_delta(now["coverage"], then["coverage"], 0), "normal",
         "应查的项目", lambda: view.items.drop(columns="loss")),
        ("失分", f"{view.losses['loss'].sum():.1f}" if known(now["score"]) else "—", None, "off", "失分的项目",
         lambda: view.items[view.items["loss"] > 0]),
    ]


def loss_rows(losses: pd.DataFrame, by: str, reference: Reference) -> pd.DataFrame:
    """The losses by kind, category, site_id or item as a chart takes them (label, value, key, issues), sorted."""
    names = ["kind", "indicator"] if by == "item" else ["site"] if by == "site_id" else []
    rows = lost_by(losses, by, *names)
    words = {"kind": rows["kind"].map(reference.kind_names()) if by == "kind" else None,
             "category": rows["category"].where(rows["category"] != "", "未分类") if by == "category" else None,
             "site_id": rows["site"] if by == "site_id" else None,
             "item": short_kinds(rows, reference) + "　" + rows["indicator"] if by == "item" else None}[by]
    return pd.DataFrame({"label": words, "value": rows["loss"], "key": rows[by], "issues": rows["issues"]})


def no_losses(view: AreaView) -> str:
    """Why there is no bar of losses: nothing fails, or too little is known for a score."""
    if known(view.figures["score"]):
        return "没有失分项。"
    covered = percent(view.figures["coverage"])
    return f"检查覆盖率 {covered}，资料不足，还没有得分；先查下面未检查的 {len(view.unchecked)} 项。"


def short_kinds(rows: pd.DataFrame, reference: Reference) -> pd.Series:
    """The two-character name of each row's kind."""
    return rows["kind"].map(reference.kinds.set_index("kind")["short"])


def losing_issues(view: AreaView, by: str, keys: list[str], rest: bool = False) -> pd.DataFrame:
    """The issues that share the losses of these sites, kinds, categories or items; of all others where rest."""
    wanted = view.losses[view.losses[by].isin(keys) != rest]
    issues = view.issues[view.issues["pair"].isin(wanted["pair"]) & (view.issues["status"] != VERIFIED)]
    return issues.sort_values("loss", ascending=False, kind="stable")
