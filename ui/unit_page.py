"""What 责任单位 shows: the field to choose a unit, its headline, the table of all units, its open issues."""

from __future__ import annotations

from html import escape

import pandas as pd
import streamlit as st

from readiness.choice import UNKNOWN, chosen
from readiness.durations import COUNTED, TO_CLOSE, durations, timed_issues
from readiness.language import N_, _
from readiness.model import FIXED, FROM_LEDGER, VERIFIED
from readiness.units import unit_of_all, units, with_units
from ui.frame import card
from ui.headline import count_html, figure_html
from ui.issues import open_issues
from ui.opening import HEIGHT, UNWRITTEN, Found, Measure, choose, chosen_in_title, measure_cards, open_table
from ui.reads import Day
from ui.rows import over_button
from ui.session import turned
from ui.words import MISSING, count_delta, fits, known

UNIT = "unit"
FEWEST = 4  # verified issues with stated days from which quartiles say something
ISSUES = ("area", "site", "description", "status", "overdue_days", "loss")
BEHIND = {
    "open": N_("{unit}：未销号的问题"), "value": N_("{unit}：未销号的问题"), "overdue": N_("{unit}：超期的问题"),
    "fixed": N_("{unit}：待复核的问题"), "verified": N_("{unit}：已销号的问题"), "total": N_("{unit}：台账里的问题"),
    "rate": N_("{unit}：台账里的问题"), "relapses": N_("{unit}：销号后又发现的问题"),
    "median": N_("{unit}：写明了发现和销号日期的问题"), "left_out": N_("{unit}：已销号、但没有写明两个日期的问题"),
}


def timed_of(day: Day) -> pd.DataFrame:
    """The day's issues with their unit and how long they took, computed once a version and day."""
    return day.kept("timed issues", lambda: with_units(timed_issues(day.standing.issues, day.facts)))


def unit_table(day: Day) -> pd.DataFrame:
    """readiness.units.units of the day, with code, which is the unit's in the address, and label, its name in words."""
    return day.kept("units", lambda: units(timed_of(day)).assign(
        code=lambda table: table["unit"].replace(UNKNOWN, UNWRITTEN),
        label=lambda table: table["unit"].replace(UNKNOWN, _("未写明"))))


def pick_unit(table: pd.DataFrame) -> str | None:
    """The unit that the address names, None for all; with a field to choose another."""
    named = st.query_params.get(UNIT)
    names = dict(zip(table["code"], table["label"], strict=True))
    code = chosen_in_title(UNIT, names, named if named in names else None, _("责任单位"), _("全部责任单位"))
    return UNKNOWN if code == UNWRITTEN else code


def tally_of(day: Day, unit: str | None) -> pd.Series:
    """readiness.units.unit_of_all of the issues of a unit, or of all."""
    return day.kept("unit", lambda: unit_of_all(issues_of(timed_of(day), unit)), unit)


def issues_of(timed: pd.DataFrame, unit: str | None) -> pd.DataFrame:
    """The issues of a unit, of all of them for None."""
    return timed if unit is None else timed[timed["unit"] == unit]


def issues_title(unit: str | None) -> str:
    """The title over the open issues of a unit, or of all."""
    if unit is None:
        return _("全部责任单位的未销号问题")
    return _("{unit}的未销号问题").format(unit=unit) if unit else _("未写明单位的未销号问题")


def unit_headline(day: Day, unit: str | None, table: pd.DataFrame) -> None:
    """The headline row of a unit or of all: 整改率 with what it is made of; five counts that open their rows."""
    issues, earlier = (issues_of(timed_of(each), unit) for each in (day, day.before))
    now, before = tally_of(day, unit), tally_of(day.before, unit)
    left, right = st.columns([9, 10], gap=12)
    with left, card("headline", "", height=HEIGHT):
        st.html(f'<div class="hero">{who(unit, table)}{rate(now, before)}</div>')
        over_button("unit", _("台账里的问题：已销号的占比是整改率"), lambda: chosen(issues, origin=FROM_LEDGER), day)
    with right:
        measure_cards(unit_measures(issues, now, before, len(earlier) > 0), day)


def who(unit: str | None, table: pd.DataFrame) -> str:
    """How many units there are, or which place the chosen one has among them by overdue issues."""
    if unit is None:
        count, without = (table["unit"] != UNKNOWN).sum(), table.loc[table["unit"] == UNKNOWN, "open"].sum()
        foot = _("未写明单位的未销号 {count} 条").format(count=without) if without else _("每条问题都写明了单位")
        kind, words = "big", _("{count}<i>个</i>").format(count=count)
    else:
        late = table.set_index("unit")["overdue"]
        place = (late > late[unit]).sum() + 1
        foot = _("超期数第 {place} 多").format(place=place) if late[unit] else _("没有超期")
        kind, words = "big word", escape(unit or _("未写明"))
    return count_html(_("责任单位"), f'<div class="{kind}">{words}</div>', foot)


def rate(now: pd.Series, before: pd.Series) -> str:
    """整改率, its change, and the bar of what is verified, waits for its re-check and is not put right."""
    value, earlier = now["rate"], before["rate"]
    big = f'<div class="big">{100 * value:.1f}<i>%</i></div>' if known(value) else \
        f'<div class="big word">{MISSING}</div>'
    moved = 100 * (value - earlier) if known(value) and known(earlier) else 0
    side, arrow = ("up", "▲") if moved > 0 else ("down", "▼")
    points = _("{points} 点").format(points=f"{abs(moved):.1f}")
    change = f'<span class="{side}">{arrow} {points}</span>' if abs(moved) >= 0.05 else ""
    width = 100 * value if known(value) else 0
    done = _("<b>已销号 {verified:.0f}</b>　台账共 {total:.0f} 条").format(verified=now["verified"], total=now["total"])
    waiting = _("待复核 <b>{count:.0f}</b> 条，复核后才算销号").format(count=now["fixed"])
    return (figure_html(_("整改率"), big, change) + f'<div class="goal"><div class="foot">{done}</div>'
            f'<div class="bar"><div style="width:{width:.1f}%"></div></div>'
            f'<div class="foot">{waiting}</div></div>')


def unit_measures(issues: pd.DataFrame, now: pd.Series, before: pd.Series, held: bool) -> list[Measure]:
    """The five cards, each with the rows behind it."""
    moved = {name: count_delta(now[name], before[name]) if held else None
             for name in ("open", "overdue", "fixed", "relapses")}
    middle = _("{days:g} 天").format(days=now["median"]) if known(now["median"]) else MISSING
    timed = _("从发现到销号：{measured:.0f} 件写明了两个日期，{left_out:.0f} 件没有写明，不计")
    return [
        (N_("未销号"), f"{now['open']:.0f}", moved["open"], "inverse", _("未销号的问题"), lambda: open_issues(issues)),
        (N_("超期"), f"{now['overdue']:.0f}", moved["overdue"], "inverse", _("超期的问题"),
         lambda: chosen(open_issues(issues), overdue=True)),
        (N_("待复核"), f"{now['fixed']:.0f}", moved["fixed"], "off", _("待复核的问题"),
         lambda: chosen(issues, states=(FIXED,))),
        (N_("办结中位"), middle, None, "off", timed.format(measured=now["measured"], left_out=now["left_out"]),
         lambda: issues[issues[TO_CLOSE].notna()].sort_values(TO_CLOSE, ascending=False)),
        (N_("回潮"), f"{now['relapses']:.0f}", moved["relapses"], "inverse", _("销号后又发现的问题"),
         lambda: issues[issues["relapse_of"].notna()]),
    ]


def bar_rows(table: pd.DataFrame) -> pd.DataFrame:
    """The units with open issues as a chart takes them (label, value, overdue, key); rows without a unit left out."""
    rows = table[(table["unit"] != UNKNOWN) & (table["open"] > 0)]
    return rows.assign(value=rows["open"], key=rows["unit"])[["label", "value", "overdue", "key"]]


def spread_rows(table: pd.DataFrame, timed: pd.DataFrame) -> pd.DataFrame:
    """All units together, then those with at least FEWEST measured issues, the slowest first, as a chart takes them."""
    rows = table[(table["measured"] >= FEWEST) & (table["unit"] != UNKNOWN)]
    rows = rows.sort_values(["median", "unit"], ascending=[False, True]).rename(columns={"measured": "count"})
    whole = durations(timed).assign(label=_("全部"), unit=None)
    rows = pd.concat([whole[whole["count"] > 0], rows], ignore_index=True)
    return rows.assign(key=rows["unit"])[["label", "median", "lower", "upper", "count", "key"]]


def rows_behind(timed: pd.DataFrame, label: str, unit: str | None, column: str) -> Found:
    """The rows behind a number of a unit (a column of readiness.units, or value, which is open)."""
    issues = issues_of(timed, unit)
    ended = issues["status"].isin(COUNTED[TO_CLOSE])
    wanted = {"open": issues["status"] != VERIFIED, "value": issues["status"] != VERIFIED,
              "overdue": issues["overdue_days"] > 0, "fixed": issues["status"] == FIXED,
              "verified": ended & (issues["origin"] == FROM_LEDGER), "total": issues["origin"] == FROM_LEDGER,
              "rate": issues["origin"] == FROM_LEDGER, "relapses": issues["relapse_of"].notna(),
              "median": issues[TO_CLOSE].notna(), "left_out": ended & issues[TO_CLOSE].isna()}
    if column not in BEHIND:
        return None
    rows = issues[wanted[column]].sort_values(["overdue_days", TO_CLOSE], ascending=False, kind="stable")
    return _(BEHIND[column]).format(unit=label), rows


def rest_behind(timed: pd.DataFrame, bars: pd.DataFrame, shown: list[str], column: str) -> Found:
    """The rows behind the last bar, which stands for the units without a bar of their own."""
    others = bars.loc[~bars["key"].isin(shown), "key"]
    return rows_behind(timed[timed["unit"].isin(others)], _("其余 {n} 个单位").format(n=len(others)), None, column)


def units_table(day: Day, table: pd.DataFrame, height: int) -> None:
    """All units, most overdue first; the name of one chooses it, a number opens its rows."""
    open_table(day, "units", lambda: table.assign(rate=100 * table["rate"]), unit_columns(), height, _("各责任单位"),
               lambda row, column: _cell(day, table.iloc[row], column))


def _cell(day: Day, unit: pd.Series, column: str) -> Found:
    if column != "label":
        return rows_behind(timed_of(day), unit["label"], unit["unit"], column)
    choose(UNIT, unit["code"])
    turned("units")
    st.rerun()
    return None


def issue_columns(unit: str | None) -> tuple[str, ...]:
    """The columns of the issues of a unit, or of all units."""
    return (*ISSUES, "responsible_unit" if unit is None else "due_on")


def unit_columns() -> dict[str, object]:
    """Headings and widths of the table of units."""
    config = st.column_config
    return {
        "label": config.TextColumn(_("责任单位"), width=fits(140, 124)),
        "overdue": config.NumberColumn(_("超期"), width=fits(56, 72)),
        "open": config.NumberColumn(_("未销号"), width=fits(66, 56)),
        "fixed": config.NumberColumn(_("待复核"), width=fits(66, 106)),
        "verified": config.NumberColumn(_("已销号"), width=fits(66, 68)),
        "total": config.NumberColumn(_("台账"), width=fits(56, 62)),
        "rate": config.NumberColumn(_("整改率"), format="%.1f%%", width=fits(72, 92)),
        "median": config.NumberColumn(_("办结中位（天）"), format="%g", width=fits(104, 84)),
        "relapses": config.NumberColumn(_("回潮"), width=fits(56, 70)),
    }
