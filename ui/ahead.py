"""What a commit would change: one line, and under it the rows of the count that is chosen."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import pandas as pd
import streamlit as st

from readiness.facts import place_facts
from readiness.language import N_, _, n_
from readiness.model import Batch
from readiness.preview import (
    CHANGED,
    COMPARED,
    NEW,
    RELAPSED,
    UNCHANGED,
    Difference,
    alike,
    difference,
    new_ids,
    with_batches,
)
from readiness.reference import Reference
from readiness.standing import standing
from readiness.trends import as_of_day
from ui.issues import issue_rows, open_issues
from ui.reads import ZONE, Day
from ui.words import FIELD_WORDS, MISSING, RESULT_WORDS, STATE_WORDS, day_format, in_words, score_text

AHEAD, CHOSEN = "ahead", "ahead-rows"
HEIGHT, ROW = 332, 30
ISSUES = {NEW: N_("新问题 {n}"), RELAPSED: N_("回潮 {n}"), CHANGED: N_("有变化 {n}"), UNCHANGED: N_("没有变化 {n}")}
MISSED, CHECKS, AREAS = "missing", "checks", "areas"


def ahead(day: Day, batches: Sequence[Batch]) -> tuple[Difference, pd.DataFrame]:
    """The difference that the batches make and the new rows that are nearly known ones; computed once for them."""
    kept = st.session_state.get(AHEAD)
    if kept is None or kept[0] != day.key or not _same(kept[1], batches):
        kept = st.session_state[AHEAD] = (day.key, tuple(batches), _computed(day, batches))
    return kept[2]


def _same(first: Sequence[Batch], second: Sequence[Batch]) -> bool:
    return len(first) == len(second) and all(one is other for one, other in zip(first, second, strict=True))


def _computed(day: Day, batches: Sequence[Batch]) -> tuple[Difference, pd.DataFrame]:
    now = datetime.now(ZONE)
    later, ids = with_batches(day.snapshot, batches, now), new_ids(day.snapshot, len(batches))
    as_of = min(as_of_day(later, now.date()), max(now.date(), day.newest))
    before = day.standing if as_of == day.as_of else standing(day.facts, day.reference, as_of)
    facts = place_facts(later, day.reference)
    found = difference((day.facts, facts), (before, standing(facts, day.reference, as_of)), ids)
    near = alike(later, before.issues, found.issues, ids)
    return found, near.assign(batch=near["upload_id"].map({upload_id: at for at, upload_id in enumerate(ids)}))


def show_ahead(found: Difference, reference: Reference) -> None:
    """The score before and after, and the counts, each of which opens its rows."""
    before, after = found.before.subdistrict.score, found.after.subdistrict.score
    told, now = score_text(before), score_text(after)
    words = _("提交后得分不变：<b>{score}</b>").format(score=now) if told == now else \
        _("提交后得分：<b>{before} → {after}</b>").format(before=told, after=now)
    st.html(f'<div class="ahead">{words}</div>')
    counts = counts_of(found)
    chosen = st.segmented_control(
        _("提交后的变化"), list(counts), key=CHOSEN, format_func=counts.get, label_visibility="collapsed")
    if chosen in counts:
        rows, config = rows_of(found, chosen, reference)
        if chosen == MISSED:
            st.caption(_("已知未销号、同一居民区同一轮次而这次没有列出的问题；只供核对，提交不会改动它们。"))
        st.dataframe(rows, hide_index=True, row_height=ROW, height=min(HEIGHT, 36 + ROW * len(rows)),
                     column_config=config, placeholder=MISSING, key=f"ahead-{chosen}", alt=counts[chosen])


def counts_of(found: Difference) -> dict[str, str]:
    """The counts that open rows, in words; a count of none is left out."""
    counts = found.issues["what"].value_counts()
    told = {what: _(words).format(n=counts[what]) for what, words in ISSUES.items() if what in counts}
    new, changed = ((found.checks["what"] == what).sum() for what in (NEW, CHANGED))
    if new or changed:
        told[CHECKS] = _("检查：新 {new}，变 {changed}").format(new=new, changed=changed)
    if len(found.missing):
        told[MISSED] = n_("没有列出 {n}", len(found.missing))
    if len(found.areas):
        told[AREAS] = n_("{n} 个居民区的得分", len(found.areas))
    return told


def rows_of(found: Difference, chosen: str, reference: Reference) -> tuple[pd.DataFrame, dict[str, object]]:
    """The rows of a count as the screen lists them, and their columns."""
    if chosen == AREAS:
        return _areas(found)
    if chosen == CHECKS:
        return _checks(found, reference)
    if chosen == MISSED:
        return _issues(issue_rows(open_issues(found.missing), reference), ())
    own = found.issues[found.issues["what"] == chosen]
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


def _checks(found: Difference, reference: Reference) -> tuple[pd.DataFrame, dict[str, object]]:
    config, words = st.column_config, in_words(RESULT_WORDS)
    rows = found.checks[found.checks["what"] != UNCHANGED].sort_values("what", kind="stable")
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
