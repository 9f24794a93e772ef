"""The rows under what a commit would change: issues, checks, and the areas' scores before and after."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from readiness.language import _
from readiness.preview import CHANGED, COMPARED, UNCHANGED, Difference
from readiness.reference import Reference
from ui.issues import issue_rows, open_issues
from ui.words import FIELD_WORDS, MISSING, RESULT_WORDS, STATE_WORDS, day_format, in_words

MISSED, CHECKS, AREAS = "missing", "checks", "areas"


def rows_of(found: Difference, chosen: str, reference: Reference, most: int
            ) -> tuple[pd.DataFrame, dict[str, object]]:
    """The first rows of a count as the screen lists them, at most so many, and their columns."""
    if chosen == AREAS:
        return _areas(found)
    if chosen == CHECKS:
        return _checks(found, reference, most)
    if chosen == MISSED:
        return _issues(issue_rows(open_issues(found.missing).head(most), reference), ())
    own = found.issues[found.issues["what"] == chosen].head(most)
    moved = own.assign(change=[change_text(now, found.before.issues) for now in own.itertuples()])
    return _issues(issue_rows(moved, reference), ("change",) if chosen == CHANGED else ())


def change_text(now: object, before: pd.DataFrame) -> str:
    """What changed of an issue: 状态 待整改→已销号；整改期限 —→10月8日. before: the issues without the books."""
    if not now.moved:
        return ""
    old = before[before["issue"] == now.issue].iloc[0]
    told = [_("{field} {before}→{after}").format(
        field=_(FIELD_WORDS[name]), before=_said(name, old[name]), after=_said(name, getattr(now, name)))
        for name in COMPARED if name in now.moved.split(",")]
    return _("；").join(told)


def _said(name: str, value: object) -> str:
    if pd.isna(value):
        return MISSING
    if name == "status":
        return _(STATE_WORDS[value])
    return value.strftime("%Y-%m-%d") if isinstance(value, pd.Timestamp) else str(value)


def _issues(rows: pd.DataFrame, more: Sequence[str]) -> tuple[pd.DataFrame, dict[str, object]]:
    config = st.column_config
    columns = {
        "area": config.TextColumn(_("居民区"), width=72), "site": config.TextColumn(_("点位"), width=150),
        "description": config.TextColumn(_("问题"), width=300), "change": config.TextColumn(_("变化"), width=300),
        "status": config.ListColumn(_("状态"), width=84),
        "found_on": config.DateColumn(_("发现"), format=day_format(), width=76),
        "due_on": config.DateColumn(_("期限"), format=day_format(), width=76),
        "responsible_unit": config.TextColumn(_("责任单位"), width=120)}
    shown = [name for name in columns if name != "change" or name in more]
    rows = rows[shown].dropna(axis="columns", how="all")
    return rows, {name: columns[name] for name in rows}


def _checks(found: Difference, reference: Reference, most: int) -> tuple[pd.DataFrame, dict[str, object]]:
    config, words = st.column_config, in_words(RESULT_WORDS)
    rows = found.checks[found.checks["what"] != UNCHANGED].sort_values("what", kind="stable").head(most)
    rows = rows.assign(area=rows["area_code"].map(reference.area_names()), before=rows["before"].map(words),
                       after=rows["after"].map(words))[["area", "site", "indicator", "before", "after"]]
    return rows, {
        "area": config.TextColumn(_("居民区"), width=72), "site": config.TextColumn(_("点位"), width=150),
        "indicator": config.TextColumn(_("测评项目"), width=420), "before": config.TextColumn(_("原来"), width=84),
        "after": config.TextColumn(_("提交后"), width=84)}


def _areas(found: Difference) -> tuple[pd.DataFrame, dict[str, object]]:
    config = st.column_config
    rows = found.areas.assign(change=found.areas["after"] - found.areas["before"])
    rows = rows.sort_values("change", key=abs, ascending=False, kind="stable")
    return rows[["short_name", "before", "after", "change"]], {
        "short_name": config.TextColumn(_("居民区"), width=120),
        **{name: config.NumberColumn(words, format="%.1f", width=110)
           for name, words in (("before", _("现在")), ("after", _("提交后")))},
        "change": config.NumberColumn(_("变化（分）"), format="%+.1f", width=110)}
