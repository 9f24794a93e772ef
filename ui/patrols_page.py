"""What 巡查志愿 shows: its numbers, the areas, the areas without a patrol; each number opens its patrols."""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd
import streamlit as st

from readiness.language import N_, _
from readiness.patrols import NUMBERS, PATROLS, UNKNOWN, area_patrols, patrols_of, undated, without_patrol
from ui.area_tables import table_height
from ui.areas import area_name
from ui.frame import quiet
from ui.opening import Found, Measure, measure_cards, open_table
from ui.reads import Day
from ui.reporting import week_text
from ui.words import MISSING, day_format, fits, known

HEIGHT = 480
SHOW = {"hours": N_("时长"), PATROLS: N_("次数"), "party_members": N_("党员"), "volunteers": N_("志愿者"),
        "found": N_("发现"), "solved": N_("当场解决")}
CARDS = {PATROLS: N_("巡查次数"), "hours": N_("时长（小时）"), "party_members": N_("党员人次"),
         "volunteers": N_("志愿者人次"), "found": N_("发现"), "solved": N_("当场解决")}


def rows_of(day: Day) -> pd.DataFrame:
    """The patrols of the last weeks, computed once a version and day."""
    return day.kept("patrols", lambda: patrols_of(day.facts, day.as_of))


def table_of(day: Day) -> pd.DataFrame:
    """readiness.patrols.area_patrols of all areas, computed once a version and day."""
    return day.kept("area patrols", lambda: area_patrols(rows_of(day), day.facts, day.reference.areas["code"],
                                                         day.as_of))


def quiet_of(day: Day) -> pd.DataFrame:
    """The ranked areas without a patrol in the standard's last days."""
    areas = day.reference.areas
    ranked = areas.loc[areas["ranked"].astype(bool), "code"]
    table = table_of(day)
    return without_patrol(table[table["area_code"].isin(ranked)], day.reference.settings.patrol_days)


def patrol_cards(day: Day) -> None:
    """The sums of the last weeks, each opening the patrols that it adds up."""
    measure_cards(patrol_measures(rows_of(day)), day)


def patrol_measures(rows: pd.DataFrame) -> list[Measure]:
    """The cards: how many patrols, then the sum of what is written of each measure."""
    sums = rows[list(NUMBERS)].sum(min_count=1)
    values = {PATROLS: f"{len(rows)}", **{name: f"{sums[name]:g}" if known(sums[name]) else MISSING
                                          for name in NUMBERS}}
    return [(label, values[name], None, "off", _("{what}：巡查记录").format(what=_(label)),
             lambda name=name: saying(rows, name)) for name, label in CARDS.items()]


def saying(rows: pd.DataFrame, name: str) -> pd.DataFrame:
    """The patrols behind a number: all, those that write the measure, or those that do not write what is unknown."""
    if name.startswith(UNKNOWN):
        return rows[rows[name.removeprefix(UNKNOWN)].isna()]
    return rows[rows[name].notna()] if name in NUMBERS else rows


def gaps_note(day: Day) -> str:
    """How many patrols of the last weeks write no hours, and how many of all have no day."""
    counts = {_("{count} 次没有写时长，不计入时长"): rows_of(day)["hours"].isna().sum(),
              _("{count} 次没有写日期，不在各周里"): len(undated(day.facts))}
    return _("；").join(words.format(count=count) for words, count in counts.items() if count)


def areas_table(day: Day) -> None:
    """All areas; a number opens its patrols."""
    table = table_of(day)
    open_table(day, "patrol-areas", lambda: area_words(table, day), area_columns(),
               table_height(len(table), HEIGHT), _("各居民区的巡查和志愿服务"),
               lambda row, column: area_behind(day, table.loc[row, "area_code"], column))


def area_behind(day: Day, code: str, column: str) -> Found:
    """The patrols behind a number of an area."""
    rows = rows_of(day)
    rows = rows[rows["area_code"] == code]
    name = area_name(code, day.reference)
    return _("{area}：巡查记录").format(area=name), saying(rows, column)


def quiet_table(day: Day) -> None:
    """The areas without a patrol; a cell opens all patrols of the area up to the day."""
    table = quiet_of(day)
    if table.empty:
        quiet(_("各居民区都有巡查。"))
        return
    columns = {name: area_columns()[name] for name in ("area", "last_on", "days")}
    open_table(day, "patrol-quiet", lambda: area_words(table, day), columns, table_height(len(table), HEIGHT),
               _("没有巡查的居民区"), lambda row, column: ever(day, table.loc[row, "area_code"]))


def ever(day: Day, code: str) -> Found:
    """All patrols of an area up to the day, the newest first."""
    rows = day.facts.patrols
    rows = rows[(rows["area_code"] == code) & (rows["date"] <= pd.Timestamp(day.as_of))]
    return (_("{area}：巡查记录").format(area=area_name(code, day.reference)),
            rows.sort_values("date", ascending=False, kind="stable"))


def mark_behind(day: Day, mark: list) -> Found:
    """The patrols of an area in the week of a cell of the grid."""
    rows, start = rows_of(day), date.fromisoformat(mark[1])
    title = _("{area}：{week}的巡查").format(area=area_name(mark[0], day.reference), week=week_text(start))
    end = pd.Timestamp(start + timedelta(days=7))
    return title, rows[(rows["area_code"] == mark[0]) & (rows["date"] >= pd.Timestamp(start)) & (rows["date"] < end)]


def area_words(table: pd.DataFrame, day: Day) -> pd.DataFrame:
    """The areas in the words of the screen; share: of the problems found those solved on the spot, in percent."""
    share = 100 * table["solved"] / table["found"].where(table["found"] > 0)
    unwritten = {UNKNOWN + name: table[UNKNOWN + name].where(table[UNKNOWN + name] > 0) for name in NUMBERS}
    return table.assign(area=table["area_code"].map(day.reference.area_names()), share=share, **unwritten)


def area_columns() -> dict[str, object]:
    """Headings and widths of the areas."""
    config = st.column_config
    number = config.NumberColumn
    return {
        "area": config.TextColumn(_("居民区"), width=84), PATROLS: number(_("巡查次数"), width=fits(74, 70)),
        "hours": number(_("时长（小时）"), format="%g", width=fits(90, 64)),
        "unknown_hours": number(_("时长未写（次）"), width=fits(100, 110)),
        "party_members": number(_("党员人次"), width=fits(74, 110)),
        "unknown_party_members": number(_("党员未写（次）"), width=fits(100, 150)),
        "volunteers": number(_("志愿者人次"), width=fits(88, 84)),
        "unknown_volunteers": number(_("志愿者未写（次）"), width=fits(112, 130)),
        "found": number(_("发现"), width=60), "solved": number(_("当场解决"), width=fits(76, 120)),
        "share": number(_("当场解决率"), format="%.0f%%", width=fits(88, 90)),
        "last_on": config.DateColumn(_("最近一次"), format=day_format(), width=fits(76, 76)),
        "days": number(_("距今（天）"), width=fits(80, 80)),
    }
