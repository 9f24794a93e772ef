"""What 专项检查 shows: the field to choose an inspection, its numbers and tables, the history of a site."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from readiness.language import N_, _, n_
from readiness.model import FAIL, LEDGER, NA, PASS, UNCHECKED
from readiness.special import CLOSED, MISSED, REACHED, Round, SpecialView, history_of, special_view
from ui.area_tables import table_height
from ui.frame import card, quiet
from ui.issues import open_issues
from ui.opening import Found, Measure, choose, chosen_in_title, measure_cards, open_table
from ui.reads import Day
from ui.rows import rows_table
from ui.session import turned
from ui.words import ROUND_WORDS, day_format, day_text, fits, in_words, percent, points_delta

SPECIAL, SITE = "special", "site"
HEIGHT = 330
STATES = {"passing": (PASS,), "failing": (FAIL,), "unchecked": (UNCHECKED,), "na": (NA,), "rate": (PASS, FAIL)}
BEHIND = {
    "passing": N_("{name}：符合的项目"), "failing": N_("{name}：不符合的项目"), "unchecked": N_("{name}：未检查的项目"),
    "na": N_("{name}：不适用的项目"), "rate": N_("{name}：已查的项目"),
}
REACHED_WORDS = {REACHED: N_("已查"), CLOSED: N_("无法检查"), MISSED: N_("未查")}


def pick_inspection(day: Day) -> pd.Series:
    """The inspection that the address names, else the first of the file; with a field to choose another."""
    inspections = day.reference.inspections.set_index("inspection", drop=False)
    code = st.query_params.get(SPECIAL)
    if code not in inspections.index:
        code = inspections.index[0]
        choose(SPECIAL, code)
    chosen_in_title(SPECIAL, in_words(inspections["name"].to_dict()), code, _("专项检查"), "")
    return inspections.loc[code]


def view_of(day: Day, inspection: pd.Series) -> SpecialView:
    """The inspection on that day, computed once a version."""
    return day.kept("special", lambda: special_view(
        day.standing, day.facts, inspection, day.reference.settings.round_days), inspection["inspection"])


def round_text(round_: Round, days: int) -> str:
    """Which round counts as this one."""
    if round_.round is None:
        return n_("本轮：近 {n} 天的全部检查（其间没有专项检查或模拟测评）", days)
    first, last = day_text(round_.first), day_text(round_.last)
    when = first if first == last else f"{first}–{last}"
    number = "" if round_.number is None else _("第 {number:.0f} 轮").format(number=round_.number)
    return _("本轮：{round}{number}，{when}").format(round=_(ROUND_WORDS[round_.round]), number=number, when=when)


def special_cards(day: Day, view: SpecialView, before: SpecialView) -> None:
    """Four numbers of the inspection, each opening its rows."""
    measure_cards(special_measures(view, before), day)


def special_measures(view: SpecialView, before: SpecialView) -> list[Measure]:
    """The four cards, each with the rows behind it."""
    now, then = (share_passing(each.cells) for each in (view, before))
    counts = view.cells["state"].value_counts()
    return [
        (N_("符合率"), percent(now, 1), points_delta(now, then), "normal", _("已查的项目"),
         lambda: in_states(view.cells, "rate")),
        (N_("不符合"), f"{counts.get(FAIL, 0)}", None, "off", _("不符合的项目"),
         lambda: in_states(view.cells, "failing")),
        (N_("未检查"), f"{counts.get(UNCHECKED, 0)}", None, "off", _("未检查的项目"),
         lambda: in_states(view.cells, "unchecked")),
        (N_("未销号"), f"{len(view.issues)}", None, "off", _("未销号的问题"), lambda: open_issues(view.issues)),
    ]


def share_passing(cells: pd.DataFrame) -> float | None:
    """The share of the known cells that pass, None where nothing is known."""
    known = in_states(cells, "rate")
    return float((known["state"] == PASS).mean()) if len(known) else None


def in_states(cells: pd.DataFrame, column: str) -> pd.DataFrame:
    """The cells that a column of the tables counts."""
    return cells[cells["state"].isin(STATES[column])]


def lists_height(view: SpecialView) -> int:
    """px of the tables of items and of sites that the round has not reached, which stand beside each other."""
    return table_height(max(len(view.items), (view.sites["reached"] != REACHED).sum(), 2), HEIGHT)


def items_table(day: Day, view: SpecialView, code: str) -> None:
    """The items, the worst first; a number opens the sites that it counts."""
    open_table(day, "special-items", lambda: view.items.assign(
        rate=100 * view.items["rate"], red_line=view.items["red_line"].astype(bool).map({True: _("红线"), False: ""})),
        item_columns(), lists_height(view), _("测评项目"), lambda row, column: cells_behind(
            view.cells[view.cells["item"] == view.items.loc[row, "item"]], view.items.loc[row, "indicator"], column),
        code)


def cells_behind(cells: pd.DataFrame, name: str, column: str) -> Found:
    """The rows behind a count of a site or an item, named in the title."""
    if column not in STATES:
        return _("{name}：所有项目").format(name=name), cells
    return _(BEHIND[column]).format(name=name), in_states(cells, column)


def missed_table(day: Day, view: SpecialView, code: str) -> None:
    """The sites that the round has not reached; a cell chooses the site and so shows its history."""
    missed = view.sites[view.sites["reached"] != REACHED].reset_index(drop=True)
    if missed.empty:
        quiet(_("本轮各点位都查过了。"))
        return
    columns = {name: site_columns()[name] for name in ("site", "area", "reached", "last_on")}
    open_table(day, "special-missed", lambda: site_words(missed, day), columns, lists_height(view), _("本轮未查的点位"),
               lambda row, column: choose_site("special-missed", missed.loc[row, "site_id"]), code)


def sites_table(day: Day, view: SpecialView, code: str) -> None:
    """All sites, those with most failing items first; the name chooses a site, a number opens its rows."""
    open_table(day, "special-sites", lambda: site_words(view.sites, day), site_columns(),
               table_height(len(view.sites), HEIGHT), _("点位"),
               lambda row, column: site_behind(day, view, view.sites.loc[row], column), code)


def site_behind(day: Day, view: SpecialView, site: pd.Series, column: str) -> Found:
    """The rows behind a cell of the table of sites; a click on the name chooses the site."""
    if column in ("site", "area"):
        return choose_site("special-sites", site["site_id"])
    if column == "open":
        issues = view.issues[view.issues["site_id"] == site["site_id"]]
        return _("{name}：未销号的问题").format(name=site["site"]), open_issues(issues)
    if column in ("reached", "last_on"):
        return site["site"], history(day, view, view.pairs["site_id"] == site["site_id"])
    return cells_behind(view.cells[view.cells["site_id"] == site["site_id"]], site["site"], column)


def choose_site(table: str, site_id: str) -> None:
    """Writes a site into the address and runs the page again, which then shows its history."""
    choose(SITE, site_id)
    turned(table)
    st.rerun()


def chosen_site(view: SpecialView) -> pd.Series | None:
    """The site that the address names, None where it names none of the inspection."""
    found = view.sites[view.sites["site_id"] == st.query_params.get(SITE)]
    return None if found.empty else found.iloc[0]


def history(day: Day, view: SpecialView, wanted: pd.Series) -> pd.DataFrame:
    """The checks and the ledgers' issues of these pairs up to the day, the newest first."""
    return history_of(day.facts, day.standing.issues, view.pairs[wanted], day.as_of)


def mark_behind(day: Day, view: SpecialView, mark: list) -> Found:
    """What was said of the item at the site of a cell of the matrix."""
    pair = (view.pairs["site_id"] == mark[0]) & (view.pairs["item"] == mark[1])
    cell = view.pairs[pair].iloc[0]
    return _("{site}：{item}").format(site=cell["site"], item=cell["indicator"]), history(day, view, pair)


def site_card(day: Day, view: SpecialView) -> None:
    """The history of the chosen site, where one is chosen: its checks and issues over time."""
    site = chosen_site(view)
    if site is None:
        return
    events = history(day, view, view.pairs["site_id"] == site["site_id"])
    note = _("检查 {checks} 条，问题 {issues} 条，新的在前").format(
        checks=(events["what"] != LEDGER).sum(), issues=(events["what"] == LEDGER).sum())
    with card("special-site", _("{name}：历次检查和问题").format(name=site["site"]), note):
        st.button(_("关闭"), key="close-site", type="tertiary", icon=":material/close:", on_click=choose,
                  args=(SITE, None))
        rows_table(events.drop(columns="site"), day, "special-history", HEIGHT)


def site_words(sites: pd.DataFrame, day: Day) -> pd.DataFrame:
    """The sites in the words of the screen."""
    return sites.assign(area=sites["area_code"].map(day.reference.area_names()), rate=100 * sites["rate"],
                        kind=sites["kind"].map(in_words(day.reference.kind_names())),
                        reached=sites["reached"].map(in_words(REACHED_WORDS)))


def count_columns() -> dict[str, object]:
    """Headings and widths of the counts of an item or a site."""
    number = st.column_config.NumberColumn
    return {"failing": number(_("不符合"), width=fits(64, 60)), "passing": number(_("符合"), width=fits(56, 60)),
            "unchecked": number(_("未检查"), width=fits(64, 90)), "na": number(_("不适用"), width=fits(64, 104)),
            "rate": number(_("符合率"), format="%.1f%%", width=fits(70, 80))}


def item_columns() -> dict[str, object]:
    """Headings and widths of the items."""
    text = st.column_config.TextColumn
    return {"indicator": text(_("测评项目"), width=250), "red_line": text(_("红线"), width=fits(46, 70)),
            **count_columns()}


def site_columns() -> dict[str, object]:
    """Headings and widths of the sites."""
    config = st.column_config
    return {
        "site": config.TextColumn(_("点位"), width=200), "area": config.TextColumn(_("居民区"), width=76),
        "kind": config.TextColumn(_("类型"), width=fits(96, 130)), **count_columns(),
        "open": config.NumberColumn(_("未销号"), width=fits(64, 60)),
        "reached": config.TextColumn(_("本轮"), width=fits(70, 110)),
        "last_on": config.DateColumn(_("最近事实"), format=day_format(), width=fits(84, 92)),
    }
