"""What 回潮 shows: the headline, how long fixes last by category, the rates by area, category, site and unit."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from readiness.choice import UNKNOWN
from readiness.language import N_, _, n_
from readiness.model import UNVERIFIED
from readiness.relapse import ALL, FEWEST, MARKS, curves, fixes, lasting, relapse_rates
from ui.filters import choice_in_address
from ui.opening import Found, Measure, open_table
from ui.reads import Day
from ui.words import count_delta, fits, in_words, known, percent, points_delta

BY = {"category": N_("类别"), "area": N_("居民区"), "site": N_("点位"), "unit": N_("责任单位")}
KEYS = {"category": "category", "area": "area_code", "site": "site_id", "unit": "unit"}
NAMES = {"site": ("area_code", "site")}  # what the label of a key needs beside it
USUAL = 30  # days of the headline's share


def fixes_of(day: Day) -> pd.DataFrame:
    """readiness.relapse.fixes of the day."""
    return day.kept("fixes", lambda: fixes(day.standing.issues, day.facts, day.as_of))


def curves_of(day: Day) -> dict[str, pd.DataFrame]:
    """readiness.relapse.curves of the day."""
    return day.kept("lasting curves", lambda: curves(fixes_of(day)))


def lasting_of(day: Day) -> pd.DataFrame:
    """readiness.relapse.lasting of the day, with label, the category in words."""
    return day.kept("lasting", lambda: lasting(fixes_of(day)).assign(
        label=lambda table: table["category"].replace({ALL: _("全部"), UNKNOWN: _("未写明")})))


def curve_names(day: Day) -> dict[str, str]:
    """The categories of the curves in words; rows that say no category have none."""
    names = lasting_of(day).set_index("category")["label"]
    return {category: names[category] for category in curves_of(day) if category != UNKNOWN}


def half_words(day: Day) -> str:
    """When half of all fixes had been found again, or that they were not."""
    half = lasting_of(day)["half"].iloc[0]
    return _("{days:.0f} 天过半回潮").format(days=half) if known(half) else _("还没有过半回潮")


def relapse_measures(day: Day) -> list[Measure]:
    """The five cards, each with the rows behind it."""
    now, before = fixes_of(day), fixes_of(day.before)
    slipped, still = now[now["slipped"]], now[now["again_status"].isin(UNVERIFIED)]
    rates, whole = [_rate(each) for each in (now, before)], lasting_of(day).iloc[0]
    dated = _("写明了日期的 {fixes} 件销号，没有写明的 {left_out} 件不计").format(**whole[["fixes", "left_out"]])
    return [
        (N_("已销号"), str(len(now)), count_delta(len(now), len(before)), "normal", _("销号过的问题"), lambda: now),
        (N_("回潮"), str(len(slipped)), count_delta(len(slipped), before["slipped"].sum()), "inverse",
         _("销号后又发现的问题"), lambda: slipped),
        (N_("回潮率"), percent(rates[0], 1), points_delta(*rates), "inverse", _("销号后又发现的问题"), lambda: slipped),
        (N_("回潮未销号"), str(len(still)), count_delta(len(still), before["again_status"].isin(UNVERIFIED).sum()),
         "inverse", _("又发现、还没有再销号的问题"), lambda: still),
        (N_("30 天后仍保持"), percent(whole[f"after_{USUAL}"]), None, "off", dated,
         lambda: now[now["lasted"].notna()]),
    ]


def _rate(fixed: pd.DataFrame) -> float | None:
    return float(fixed["slipped"].mean()) if len(fixed) >= FEWEST else None


def slipped_by(fixed: pd.DataFrame, category: str, days: float) -> Found:
    """The rows behind a point of a curve: what of the category was found again within so many days."""
    rows = _of_category(fixed, category)
    rows = rows[rows["slipped"] & (rows["lasted"] <= float(days))]
    return n_("销号后 {n} 天内回潮的问题", int(float(days))), rows.sort_values("lasted")


def _of_category(fixed: pd.DataFrame, category: str) -> pd.DataFrame:
    return fixed if category == ALL else fixed[fixed["category"] == category]


def lasting_table(day: Day, height: int) -> None:
    """How long fixes last, a row a category; a number opens the fixes that it is made of."""
    config, shares = st.column_config, [f"after_{days}" for days in MARKS]
    columns = {
        "label": config.TextColumn(_("类别"), width=fits(96, 150)),
        "fixes": config.NumberColumn(_("销号（件）"), width=fits(80, 74)),
        "relapsed": config.NumberColumn(_("回潮（件）"), width=fits(80, 84)),
        **{share: config.NumberColumn(n_("{n} 天", days), format="%.0f%%", width=fits(64, 70))
           for share, days in zip(shares, MARKS, strict=True)},
        "half": config.NumberColumn(_("过半回潮（天）"), format="%d", width=fits(104, 96)),
        "left_out": config.NumberColumn(_("没写明日期"), width=fits(84, 84)),
    }
    table = lasting_of(day)
    open_table(day, "lasting", lambda: table.assign(**100 * table[shares]), columns, height, _("各类别整改保持多久"),
               lambda row, column: _lasting_behind(day, table.iloc[row], column))


def _lasting_behind(day: Day, line: pd.Series, column: str) -> Found:
    fixed = _of_category(fixes_of(day), line["category"])
    dated = fixed["lasted"].notna()
    if column.startswith("after_"):
        days = int(column.removeprefix("after_"))
        return slipped_by(fixed, ALL, days)
    wanted = {"relapsed": dated & fixed["slipped"], "left_out": ~dated}.get(column, dated)
    words = {"relapsed": _("{name}：销号后又发现的问题"), "left_out": _("{name}：没有写明日期的销号问题")}
    return words.get(column, _("{name}：写明日期的销号问题")).format(name=line["label"]), fixed[wanted]


def choose_by() -> str:
    """By what the rates are shown; it stands in the address."""
    return choice_in_address("by", _("按什么看"), in_words(BY))


def rates_of(day: Day, by: str) -> pd.DataFrame:
    """readiness.relapse.relapse_rates of the day by one of BY, with label in words."""
    return day.kept("relapse rates", lambda: relapse_rates(
        fixes_of(day), (KEYS[by], *NAMES.get(by, ()))).assign(
        label=lambda table: _labels(table, by, day)), by)


def _labels(table: pd.DataFrame, by: str, day: Day) -> pd.Series:
    if by in ("category", "unit"):
        return table[by].replace(UNKNOWN, _("未写明"))
    areas = table["area_code"].map(day.reference.area_names())
    return areas if by == "area" else table["site"] + "　" + areas


def rates_table(day: Day, by: str, height: int) -> None:
    """The rates, the highest first; a number opens its rows."""
    config, table = st.column_config, rates_of(day, by)
    columns = {
        "label": config.TextColumn(_(BY[by]), width=fits(172, 146)),
        "fixes": config.NumberColumn(_("已销号"), width=fits(64, 66)),
        "relapsed": config.NumberColumn(_("回潮"), width=fits(52, 68)),
        "rate": config.NumberColumn(_("回潮率"), format="%.1f%%", width=fits(64, 60)),
    }
    open_table(day, "relapse-rates", lambda: table.assign(rate=100 * table["rate"]), columns, height,
               _("回潮率，由高到低"), lambda row, column: _rate_behind(fixes_of(day), table.iloc[row], by, column), by)


def _rate_behind(fixed: pd.DataFrame, line: pd.Series, by: str, column: str) -> Found:
    rows = fixed[fixed[KEYS[by]] == line[KEYS[by]]]
    if column == "relapsed":
        return _("{name}：销号后又发现的问题").format(name=line["label"]), rows[rows["slipped"]]
    return _("{name}：销号过的问题").format(name=line["label"]), rows.sort_values("slipped", ascending=False)
