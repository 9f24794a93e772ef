"""问题台账: which issues are asked for, as a table that opens each of them, and as a workbook to take away."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable
from typing import Any

import pandas as pd
import streamlit as st

from readiness.choice import chosen
from readiness.facts import Facts
from readiness.language import CHINESE, _, n_
from readiness.model import VERIFIED
from readiness.reference import Reference
from ui.filters import FILTERS, OVERDUE, TEXT, chosen_filters, popover_label, words_to_choose
from ui.issues import issue_rows, table_columns
from ui.language import speaking
from ui.mimes import MIMES
from ui.reads import Day, subdistrict_name
from ui.session import AREA, choose_issue, turn_of
from ui.steps import STEPS
from ui.words import MISSING, day_format, day_text, fits, percent

ROW, HEIGHT = 30, 720
TABLE = "ledger-table"
COLUMNS = ("area", "site", "kind", "description", "status", "excepted_until", "found_on", "due_on",
           "overdue_days", "loss", "responsible_unit", "responsible_person", "pictures")
WriteIssues = Callable[[pd.DataFrame, Facts, pd.DataFrame, Reference, str, Iterable[str], bool], bytes]


def asked_issues(day: Day) -> pd.DataFrame:
    """The issues that the address asks for, in the order of a ledger, with pictures; computed once a version.

    Its filters are those of ui.filters and the areas; without any all issues are asked for.
    """
    asked = {"areas": tuple(st.query_params.get_all(AREA)), **chosen_filters()}
    return day.kept("ledger", lambda: in_order(with_pictures(
        chosen(day.standing.issues, **asked), day.facts.ledger)), *asked.items())


def in_order(issues: pd.DataFrame) -> pd.DataFrame:
    """The issues as a ledger lists them: the longest overdue first, then what costs most, then the newest found."""
    cost = issues.assign(cost=issues["loss"].fillna(0))
    ordered = cost.sort_values(["overdue_days", "cost", "found_on"], ascending=False, kind="stable", na_position="last")
    return ordered.drop(columns="cost").reset_index(drop=True)


def with_pictures(issues: pd.DataFrame, ledger: pd.DataFrame) -> pd.DataFrame:
    """The issues with pictures: how many before and after a row of a book has of them; missing where there is none.

    ledger: Facts.ledger.
    """
    counted = ledger["photos_before"].fillna(0) + ledger["photos_after"].fillna(0)
    pictures = issues["thread"].map(counted.groupby(ledger["thread"]).max())
    return issues.assign(pictures=pictures.where(pictures > 0).astype("Int64"))


def ledger_note(issues: pd.DataFrame) -> str:
    """How many issues are shown, and how many of them are open and overdue."""
    still = issues["status"] != VERIFIED
    return n_("共 {n} 条，未销号 {open} 条，超期 {late} 条", len(issues), open=still.sum(),
              late=(issues["overdue_days"] > 0).sum())


def area_popover(day: Day) -> None:
    """A popover to choose areas, any number of them."""
    names, given = day.reference.area_names(), st.query_params.get_all(AREA)
    st.session_state["filter-area"] = [code for code in given if code in names]
    with st.popover(popover_label(_("居民区"), [names.get(code, code) for code in given]), key="choose-area"):
        st.pills(_("居民区"), list(names), format_func=names.get, key="filter-area", selection_mode="multi", width=380,
                 label_visibility="collapsed", on_change=_write, args=(AREA, "filter-area"))


def search_field() -> None:
    """A field for words that the rows must hold."""
    st.session_state["filter-text"] = st.query_params.get(TEXT, "")
    st.text_input(_("查找"), key="filter-text", placeholder=_("查找问题、点位、单位、责任人"), width=230, max_chars=60,
                  label_visibility="collapsed", icon=":material/search:", on_change=_write, args=(TEXT, "filter-text"))


def _write(parameter: str, key: str) -> None:
    if value := st.session_state[key]:
        st.query_params[parameter] = value
    else:
        st.query_params.pop(parameter, None)


def ledger_table(issues: pd.DataFrame, day: Day) -> None:
    """Shows the issues; a click anywhere in a row writes its issue into the address. Empty columns are left out.

    Other rows are another table: a selection never passes from one to the next.
    """
    these = zlib.crc32("".join(issues["issue"]).encode())
    key = f"{TABLE}-{these}"
    _table(issues, day, these, key=key, selection_mode="single-cell",
           on_select=lambda: open_cell(key, issues["issue"]))


def choosing_table(issues: pd.DataFrame, day: Day) -> pd.DataFrame:
    """Shows the issues to choose rows of; returns the chosen ones. A step taken empties the choice."""
    these = zlib.crc32("".join(issues["issue"]).encode())
    event = _table(issues, day, these, key=f"{TABLE}-{these}-choose-{turn_of(STEPS)}", selection_mode="multi-row",
                   on_select="rerun")
    return issues.iloc[event["selection"]["rows"]]


def _table(issues: pd.DataFrame, day: Day, these: int, **options: object) -> Any:
    rows = day.kept("ledger rows", lambda: issue_rows(issues, day.reference)[list(COLUMNS)].dropna(
        axis="columns", how="all"), these)
    config = {column: how for column, how in ledger_columns(largest_loss(day)).items() if column in rows}
    return st.dataframe(rows, hide_index=True, row_height=ROW, height=table_height(len(rows)), placeholder=MISSING,
                        column_config=config, alt=_("问题台账，一行一条"), **options)


def table_height(count: int) -> int:
    """As tall as the rows need, at most HEIGHT."""
    return min(HEIGHT, 34 + ROW * count)


def open_cell(key: str, names: pd.Series) -> None:
    """Opens the issue whose row was clicked in the table of that key; names: the issues of its rows in order."""
    cells = st.session_state[key]["selection"]["cells"]
    choose_issue(names.iloc[cells[0][0]] if cells else None)


def largest_loss(day: Day) -> float:
    """The most points that one issue costs on that day: the end of the scale, whatever is filtered."""
    most = day.standing.issues["loss"].max()
    return float(most) if most > 0 else 1.0


def ledger_columns(most: float) -> dict[str, object]:
    """Headings, widths and formats of the ledger's columns; most: the end of the scale of 影响."""
    config = st.column_config
    return {
        **table_columns(COLUMNS), "area": config.TextColumn(_("居民区"), width=76, pinned=True),
        "site": config.TextColumn(_("点位"), width=170), "kind": config.TextColumn(_("类型"), width=fits(112, 138)),
        "description": config.TextColumn(_("问题"), width=fits(270, 244)),
        "loss": config.ProgressColumn(_("影响（分）"), format="%.2f", min_value=0, max_value=most, width=110),
        "responsible_unit": config.TextColumn(_("责任单位"), width=108),
        "excepted_until": config.DateColumn(_("暂缓至"), format=day_format(), width=fits(76, 92)),
        "pictures": config.NumberColumn(_("照片（张）"), width=84),
    }


def asked_words(day: Day) -> list[str]:
    """What the address asks for, in the words of the workbook: a part for each filter."""
    asked = {AREA: ("居民区", day.reference.area_names())} if AREA in st.query_params else {}
    asked |= {each.name: (each.label, words_to_choose(each, day)) for each in FILTERS.values()
              if each.name in st.query_params}
    told = [f"{label}：{'、'.join(words.get(code, code) for code in st.query_params.get_all(name))}"
            for name, (label, words) in asked.items()]
    late = ["只看超期"] if st.query_params.get(OVERDUE) == "1" else []
    return [*told, *late, *([f"查找：{st.query_params[TEXT]}"] if st.query_params.get(TEXT) else [])]


def export_button(issues: pd.DataFrame, day: Day, write: WriteIssues) -> None:
    """导出 xlsx of what is shown; the workbook is made when the button is clicked, in Chinese whatever is spoken."""
    with speaking(CHINESE):
        title, notes = f"{subdistrict_name()}问题台账", export_notes(len(issues), day, asked_words(day))
    st.download_button(
        _("导出 xlsx"), lambda: write(
            issues, day.facts, day.snapshot.uploads, day.reference, title, notes, day.snapshot.demo),
        mime=MIMES["xlsx"], key="export", file_name=f"问题台账_{day.as_of:%Y%m%d}.xlsx", on_click="ignore",
        icon=":material/download:", disabled=issues.empty)


def export_notes(count: int, day: Day, asked: Iterable[str]) -> list[str]:
    """What a reader of the workbook must know: day, coverage, how many, what was asked for, by which standard."""
    coverage = percent(day.standing.subdistrict.coverage)
    return [f"数据截至 {day_text(day.as_of, year=True)}", f"检查覆盖率 {coverage}", f"共 {count} 条", *asked,
            f"标准 {day.reference.hash}"]
