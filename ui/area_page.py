"""What 居民区 shows of one area: the field to choose it, its headline, its losses by whatever is asked."""

from __future__ import annotations

from html import escape

import pandas as pd
import streamlit as st

from readiness.area_view import AreaView, area_uploads, area_view, lost_by
from readiness.choice import chosen
from readiness.language import N_, _, n_
from readiness.model import FROM_LEDGER, VERIFIED
from readiness.reference import Reference, Settings
from ui.frame import card
from ui.headline import band_name, big_score, change, count_html, figure_html, goal
from ui.issues import open_issues
from ui.opening import HEIGHT, Measure, choose, chosen_in_title, measure_cards
from ui.reads import Day
from ui.rows import over_button
from ui.session import AREA, chosen_area
from ui.words import MISSING, count_delta, in_words, known, percent, points_delta

BY = {"item": N_("按项目"), "kind": N_("按类型"), "category": N_("按类别"), "site": N_("按点位")}


def pick_area(day: Day) -> str:
    """The area that the address names, else the one looked at last, else the one with the lowest score; with a field
    to choose another."""
    names = day.reference.area_names()
    code = chosen_area(day.reference) or lowest(day.standing.areas)
    st.session_state["last_area"] = code
    if st.query_params.get(AREA) != code:
        choose(AREA, code)
    chosen_in_title(AREA, names, code, _("居民区"), "")
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
    if named.empty:
        return ""
    words = _("红线项未销号：{issue}等 {count} 条") if len(named) > 1 else _("红线项未销号：{issue}")
    return f'<span class="over">{words.format(issue=escape(named.iloc[0]), count=len(named))}</span>'


def area_headline(view: AreaView, before: AreaView, day: Day) -> None:
    """The headline row of one area: rank, score and target; five counts that open their rows."""
    left, right = st.columns([9, 10], gap=12)
    with left, card("headline", "", height=HEIGHT):
        st.html(f'<div class="hero">{rank(view.figures, day.standing.areas)}'
                f"{score(view.figures, before.figures, day.reference.settings)}</div>")
        over_button("area", _("应查的项目：得分由这些项目算出"), lambda: view.items.drop(columns="loss"), day)
    with right:
        measure_cards(area_measures(view, before), day)


def rank(figures: pd.Series, areas: pd.DataFrame) -> str:
    """The area's rank, which it shares with all areas of its band."""
    if not figures["ranked"]:
        kind, words, foot = "big word", _("不参加"), _("街道直管，只计入街道得分")
    elif not known(figures["rank"]):
        kind, words, foot = "big word", _("不排名"), _("检查覆盖率不到下限")
    else:
        sharing, of = (areas["rank"] == figures["rank"]).sum(), areas["rank"].notna().sum()
        kind, words = "big", _("{rank:.0f}<i>名</i>").format(rank=figures["rank"])
        foot = _("共 {of} 个，同档 {sharing} 个并列") if sharing > 1 else _("共 {of} 个")
        foot = foot.format(of=of, sharing=sharing)
    return count_html(_("排名"), f'<div class="{kind}">{words}</div>', foot)


def score(figures: pd.Series, before: pd.Series, settings: Settings) -> str:
    """The area's score with band and change, then the bar towards the target and the coverage."""
    value, band = figures["score"], band_name(figures["band"], settings)
    count = n_("红线 {n} 条", figures["red_lines"])
    red = f'<span class="down">　{count}</span>' if figures["red_lines"] else ""
    head = figure_html(_("准备度得分"), big_score(value), change(value, before["score"]) + band + red)
    return head + goal(value, figures["coverage"], settings)


def area_measures(view: AreaView, before: AreaView) -> list[Measure]:
    """The five cards of an area, each with the rows behind it."""
    now, earlier, issues = view.figures, before.figures, view.issues
    held = len(before.issues) or earlier["coverage"] > 0
    then = earlier if held else pd.Series(dtype=float).reindex(earlier.index)
    return [
        (N_("未销号"), f"{now['open']}", count_delta(now["open"], then["open"]), "inverse", _("未销号的问题"),
         lambda: open_issues(issues)),
        (N_("超期"), f"{now['overdue']}", count_delta(now["overdue"], then["overdue"]), "inverse", _("超期的问题"),
         lambda: chosen(open_issues(issues), overdue=True)),
        (N_("整改率"), percent(now["rate"], int(now["rate"] < 1)), points_delta(now["rate"], then["rate"]), "normal",
         _("整改率：已销号 {verified} 条，台账共 {total} 条").format(verified=now["verified"], total=now["total"]),
         lambda: chosen(issues, origin=FROM_LEDGER).sort_values("status", kind="stable")),
        (N_("检查覆盖率"), percent(now["coverage"]), points_delta(now["coverage"], then["coverage"], 0), "normal",
         _("应查的项目"), lambda: view.items.drop(columns="loss")),
        (N_("失分"), f"{view.losses['loss'].sum():.1f}" if known(now["score"]) else MISSING, None, "off",
         _("失分的项目"), lambda: view.items[view.items["loss"] > 0]),
    ]


def loss_rows(losses: pd.DataFrame, by: str, reference: Reference) -> pd.DataFrame:
    """The losses by kind, category, site_id or item as a chart takes them (label, value, key, issues), sorted."""
    names = ["kind", "indicator"] if by == "item" else ["site"] if by == "site_id" else []
    rows = lost_by(losses, by, *names)
    words = {"kind": rows["kind"].map(in_words(reference.kind_names())) if by == "kind" else None,
             "category": rows["category"].replace("", N_("未分类")).map(_) if by == "category" else None,
             "site_id": rows["site"] if by == "site_id" else None,
             "item": short_kinds(rows, reference) + "　" + rows["indicator"] if by == "item" else None}[by]
    return pd.DataFrame({"label": words, "value": rows["loss"], "key": rows[by], "issues": rows["issues"]})


def no_losses(view: AreaView) -> str:
    """Why there is no bar of losses: nothing fails, or too little is known for a score."""
    if known(view.figures["score"]):
        return _("没有失分项。")
    return n_("检查覆盖率 {coverage}，资料不足，还没有得分；先查下面未检查的 {n} 项。", len(view.unchecked),
              coverage=percent(view.figures["coverage"]))


def short_kinds(rows: pd.DataFrame, reference: Reference) -> pd.Series:
    """The short name of each row's kind."""
    return rows["kind"].map(in_words(reference.kinds.set_index("kind")["short"].to_dict()))


def losing_issues(view: AreaView, by: str, keys: list[str], rest: bool = False) -> pd.DataFrame:
    """The issues that share the losses of these sites, kinds, categories or items; of all others where rest."""
    wanted = view.losses[view.losses[by].isin(keys) != rest]
    issues = view.issues[view.issues["pair"].isin(wanted["pair"]) & (view.issues["status"] != VERIFIED)]
    return issues.sort_values("loss", ascending=False, kind="stable")
