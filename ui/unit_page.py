"""What 责任单位 shows: the field to choose a unit, its headline, the table of all units, its open issues."""

from __future__ import annotations

from html import escape

import pandas as pd
import streamlit as st

from readiness.choice import UNKNOWN, chosen
from readiness.durations import COUNTED, TO_CLOSE, durations, timed_issues
from readiness.model import FIXED, FROM_LEDGER, VERIFIED
from readiness.units import unit_of_all, units, with_units
from ui.frame import card
from ui.issues import open_issues
from ui.opening import HEIGHT, Found, Measure, choose, chosen_in_title, measure_cards, open_table
from ui.reads import Day
from ui.rows import over_button
from ui.words import MISSING, count_delta, known

UNIT, UNWRITTEN = "unit", "未写明"
FEWEST = 4  # verified issues with stated days from which quartiles say something
ISSUES = ("area", "site", "description", "status", "overdue_days", "loss")


def timed_of(day: Day) -> pd.DataFrame:
    """The day's issues with their unit and how long they took, computed once a version and day."""
    return day.kept("timed issues", lambda: with_units(timed_issues(day.standing.issues, day.facts)))


def unit_table(day: Day) -> pd.DataFrame:
    """readiness.units.units of the day, with label: the unit's name, 未写明 for those without one."""
    return day.kept("units", lambda: units(timed_of(day)).assign(
        label=lambda table: table["unit"].where(table["unit"] != UNKNOWN, UNWRITTEN)))


def pick_unit(table: pd.DataFrame) -> str | None:
    """The unit that the address names (未写明 for rows without one), None for all; with a field to choose another."""
    named = st.query_params.get(UNIT)
    names = {label: label for label in table["label"]}
    label = chosen_in_title(UNIT, names, named if named in names else None, "责任单位", "全部责任单位")
    return None if label is None else UNKNOWN if label == UNWRITTEN else label


def tally_of(day: Day, unit: str | None) -> pd.Series:
    """readiness.units.unit_of_all of the issues of a unit, or of all."""
    return day.kept("unit", lambda: unit_of_all(issues_of(timed_of(day), unit)), unit)


def issues_of(timed: pd.DataFrame, unit: str | None) -> pd.DataFrame:
    """The issues of a unit, of all of them for None."""
    return timed if unit is None else timed[timed["unit"] == unit]


def unit_headline(day: Day, unit: str | None, table: pd.DataFrame) -> None:
    """The headline row of a unit or of all: 整改率 with what it is made of; five counts that open their rows."""
    issues, earlier = (issues_of(timed_of(each), unit) for each in (day, day.before))
    now, before = tally_of(day, unit), tally_of(day.before, unit)
    left, right = st.columns([9, 10], gap=12)
    with left, card("headline", "", height=HEIGHT):
        st.html(f'<div class="hero">{who(unit, table)}{rate(now, before)}</div>')
        over_button("unit", "台账里的问题：已销号的占比是整改率", lambda: chosen(issues, origin=FROM_LEDGER), day)
    with right:
        measure_cards(unit_measures(issues, now, before, len(earlier) > 0), day)


def who(unit: str | None, table: pd.DataFrame) -> str:
    """How many units there are, or which place the chosen one has among them by overdue issues."""
    if unit is None:
        count, without = (table["unit"] != UNKNOWN).sum(), table.loc[table["unit"] == UNKNOWN, "open"].sum()
        foot = f"未写明单位的未销号 {without} 条" if without else "每条问题都写明了单位"
        return f'<div class="count"><div class="name">责任单位</div><div class="big">{count}<i>个</i></div>' \
               f'<div class="foot">{foot}</div></div>'
    late = table.set_index("unit")["overdue"]
    foot = f"超期数第 {(late > late[unit]).sum() + 1} 多" if late[unit] else "没有超期"
    name = escape(unit or UNWRITTEN)
    return f'<div class="count"><div class="name">责任单位</div><div class="big word">{name}</div>' \
           f'<div class="foot">{foot}</div></div>'


def rate(now: pd.Series, before: pd.Series) -> str:
    """整改率, its change, and the bar of what is verified, waits for its re-check and is not put right."""
    value, earlier = now["rate"], before["rate"]
    big = f'<div class="big">{100 * value:.1f}<i>%</i></div>' if known(value) else '<div class="big word">—</div>'
    moved = 100 * (value - earlier) if known(value) and known(earlier) else 0
    side, arrow = ("up", "▲") if moved > 0 else ("down", "▼")
    change = f'<span class="{side}">{arrow} {abs(moved):.1f} 点</span>' if abs(moved) >= 0.05 else ""
    width = 100 * value if known(value) else 0
    done = f'<b>已销号 {now["verified"]:.0f}</b>　台账共 {now["total"]:.0f} 条'
    return (f'<div><div class="name">整改率</div>{big}<div class="foot">{change}</div></div>'
            f'<div class="goal"><div class="foot">{done}</div>'
            f'<div class="bar"><div style="width:{width:.1f}%"></div></div>'
            f'<div class="foot">待复核 <b>{now["fixed"]:.0f}</b> 条，复核后才算销号</div></div>')


def unit_measures(issues: pd.DataFrame, now: pd.Series, before: pd.Series, held: bool) -> list[Measure]:
    """The five cards, each with the rows behind it."""
    moved = {name: count_delta(now[name], before[name]) if held else None
             for name in ("open", "overdue", "fixed", "relapses")}
    middle = f"{now['median']:g} 天" if known(now["median"]) else MISSING
    return [
        ("未销号", f"{now['open']:.0f}", moved["open"], "inverse", "未销号的问题", lambda: open_issues(issues)),
        ("超期", f"{now['overdue']:.0f}", moved["overdue"], "inverse", "超期的问题",
         lambda: chosen(open_issues(issues), overdue=True)),
        ("待复核", f"{now['fixed']:.0f}", moved["fixed"], "off", "待复核的问题",
         lambda: chosen(issues, states=(FIXED,))),
        ("办结中位", middle, None, "off",
         f"从发现到销号：{now['measured']:.0f} 件写明了两个日期，{now['left_out']:.0f} 件没有写明，不计",
         lambda: issues[issues[TO_CLOSE].notna()].sort_values(TO_CLOSE, ascending=False)),
        ("回潮", f"{now['relapses']:.0f}", moved["relapses"], "inverse", "销号后又发现的问题",
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
    whole = durations(timed).assign(label="全部", unit=None)
    rows = pd.concat([whole[whole["count"] > 0], rows], ignore_index=True)
    return rows.assign(key=rows["unit"])[["label", "median", "lower", "upper", "count", "key"]]


def rows_behind(timed: pd.DataFrame, label: str, unit: str | None, column: str) -> Found:
    """The rows behind a number of a unit (a column of readiness.units, or value, which is open)."""
    issues = issues_of(timed, unit)
    words = {"open": "未销号的问题", "value": "未销号的问题", "overdue": "超期的问题", "fixed": "待复核的问题",
             "verified": "已销号的问题", "total": "台账里的问题", "rate": "台账里的问题",
             "relapses": "销号后又发现的问题", "median": "写明了发现和销号日期的问题",
             "left_out": "已销号、但没有写明两个日期的问题"}
    ended = issues["status"].isin(COUNTED[TO_CLOSE])
    wanted = {"open": issues["status"] != VERIFIED, "value": issues["status"] != VERIFIED,
              "overdue": issues["overdue_days"] > 0, "fixed": issues["status"] == FIXED,
              "verified": ended & (issues["origin"] == FROM_LEDGER), "total": issues["origin"] == FROM_LEDGER,
              "rate": issues["origin"] == FROM_LEDGER, "relapses": issues["relapse_of"].notna(),
              "median": issues[TO_CLOSE].notna(), "left_out": ended & issues[TO_CLOSE].isna()}
    if column not in words:
        return None
    rows = issues[wanted[column]].sort_values(["overdue_days", TO_CLOSE], ascending=False, kind="stable")
    return f"{label}：{words[column]}", rows


def rest_behind(timed: pd.DataFrame, bars: pd.DataFrame, shown: list[str], column: str) -> Found:
    """The rows behind the last bar, which stands for the units without a bar of their own."""
    others = bars.loc[~bars["key"].isin(shown), "key"]
    return rows_behind(timed[timed["unit"].isin(others)], f"其余 {len(others)} 个单位", None, column)


def units_table(day: Day, table: pd.DataFrame, height: int) -> None:
    """All units, most overdue first; the name of one chooses it, a number opens its rows."""
    open_table(day, "units", lambda: table.assign(rate=100 * table["rate"]), unit_columns(), height, "各责任单位",
               lambda row, column: _cell(day, table.iloc[row], column))


def _cell(day: Day, unit: pd.Series, column: str) -> Found:
    if column != "label":
        return rows_behind(timed_of(day), unit["label"], unit["unit"], column)
    choose(UNIT, unit["label"])
    st.session_state["turn-units"] = st.session_state.get("turn-units", 0) + 1
    st.rerun()
    return None


def issue_columns(unit: str | None) -> tuple[str, ...]:
    """The columns of the issues of a unit, or of all units."""
    return (*ISSUES, "responsible_unit" if unit is None else "due_on")


def unit_columns() -> dict[str, object]:
    """Headings and widths of the table of units."""
    config = st.column_config
    return {
        "label": config.TextColumn("责任单位", width=140), "overdue": config.NumberColumn("超期", width=56),
        "open": config.NumberColumn("未销号", width=66), "fixed": config.NumberColumn("待复核", width=66),
        "verified": config.NumberColumn("已销号", width=66), "total": config.NumberColumn("台账", width=56),
        "rate": config.NumberColumn("整改率", format="%.1f%%", width=72),
        "median": config.NumberColumn("办结中位（天）", format="%g", width=104),
        "relapses": config.NumberColumn("回潮", width=56),
    }
