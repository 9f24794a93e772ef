"""Issues on a page: which to show, in which order, as a table with status chips or as a short list."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from html import escape

import pandas as pd
import streamlit as st

from readiness.language import _, n_
from readiness.model import VERIFIED
from readiness.reference import Reference
from ui.figures import mode
from ui.reads import Day
from ui.words import MISSING, STATE_TINTS, STATE_WORDS, day_format, fits, in_words

ROW = 30
SHORT = ("description", "status", "overdue_days")
LONG = ("site", "kind", "description", "status", "found_on", "due_on", "overdue_days", "loss", "responsible_unit",
        "responsible_person")


def open_issues(issues: pd.DataFrame, area_code: str | None = None) -> pd.DataFrame:
    """The issues that are not verified, of one area or of all: overdue days first, then loss.

    issues: Standing.issues.
    """
    wanted = issues["status"] != VERIFIED
    if area_code is not None:
        wanted &= issues["area_code"] == area_code
    found = issues[wanted]
    return found.assign(loss=found["loss"].fillna(0)).sort_values(
        ["overdue_days", "loss", "found_on"], ascending=[False, False, True], kind="stable")


def short_columns(area_code: str | None) -> tuple[str, ...]:
    """The columns of the table beside a map; the area's name only where it is not the same in all rows."""
    return SHORT if area_code else ("area", *SHORT)


def long_columns(area_code: str | None) -> tuple[str, ...]:
    """The columns of the full table; the area's name only where it is not the same in all rows."""
    return LONG if area_code else ("area", *LONG)


def issue_rows(issues: pd.DataFrame, reference: Reference) -> pd.DataFrame:
    """The issues in the words of the screen, one row each: area, site, kind, description, status (a list of one word),
    days as dates, overdue_days (missing where there are none), loss in points."""
    place = issues["location"].fillna("")
    site, states = issues["site"].fillna(""), in_words(STATE_WORDS)
    return issues.assign(
        area=issues["area_code"].map(reference.area_names()),
        site=site.where(place == "", site + "　" + place).str.strip("　"),
        kind=issues["kind"].map(in_words(reference.kind_names())),
        status=issues["status"].map(lambda state: [states[state]]),
        overdue_days=issues["overdue_days"].where(issues["overdue_days"] > 0).astype("Int64"),
        loss=issues["loss"].where(issues["loss"] > 0),
    )


def issue_table(
    day: Day, issues: pd.DataFrame, columns: Sequence[str], height: int, key: str, *parameters: Hashable,
    **options: object,
) -> None:
    """Shows the issues as a table of that height; a column that is empty in all rows is left out.

    parameters: what the issues are of, for which their words are made once. options go to st.dataframe.
    """
    rows = day.kept(f"table {key}", lambda: issue_rows(issues, day.reference)[list(columns)].dropna(
        axis="columns", how="all"), *parameters)
    st.dataframe(rows, hide_index=True, row_height=ROW, height=height, placeholder=MISSING, key=key,
                 column_config={name: column for name, column in table_columns(columns).items() if name in rows},
                 alt=_("未销号的问题，按超期天数排列"), **options)


def table_columns(columns: Sequence[str]) -> dict[str, object]:
    """Headings, widths and formats of the table's columns."""
    config = st.column_config
    words, tints = list(in_words(STATE_WORDS).values()), list(STATE_TINTS[mode()])
    chip = config.MultiselectColumn(_("状态"), width=fits(88, 116), options=words, color=tints)
    short = fits(370, 342) - 76 * ("area" in columns)
    return {
        "area": config.TextColumn(_("居民区"), width=76), "site": config.TextColumn(_("点位"), width=fits(190, 170)),
        "kind": config.TextColumn(_("类型"), width=fits(90, 132)),
        "description": config.TextColumn(_("问题"), width=fits(330, 262) if len(columns) > 5 else short),
        "status": chip, "found_on": config.DateColumn(_("发现"), format=day_format(), width=fits(76, 66)),
        "due_on": config.DateColumn(_("期限"), format=day_format(), width=fits(76, 66)),
        "overdue_days": config.NumberColumn(_("超期（天）"), width=88),
        "loss": config.NumberColumn(_("影响（分）"), format="%.2f", width=88),
        "responsible_unit": config.TextColumn(_("责任单位"), width=fits(120, 110)),
        "responsible_person": config.TextColumn(_("责任人"), width=fits(80, 72)),
    }


def longest_overdue(issues: pd.DataFrame, reference: Reference, count: int = 5) -> str:
    """The issues that are overdue longest as an HTML list: area, words, days; a quiet sentence where there are none."""
    rows = open_issues(issues)
    rows = rows[rows["overdue_days"] > 0].head(count)
    if rows.empty:
        words = _("没有超期的问题。")
        return f'<div class="quiet">{words}</div>'
    names = rows["area_code"].map(reference.area_names())
    told = zip(names, rows["description"], (n_("{n} 天", int(days)) for days in rows["overdue_days"]), strict=True)
    items = "".join(
        f"<li><i>{place}</i><b>{escape(str(name))}</b><span>{escape(str(text))}</span>"
        f'<b class="down">{days}</b></li>'
        for place, (name, text, days) in enumerate(told, 1))
    return f'<ul class="lines short">{items}</ul>'


