"""What a commit would change: one line, and under it the rows of the count that is chosen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from readiness.facts import place_facts
from readiness.language import N_, _, n_
from readiness.model import Batch
from readiness.preview import (
    CHANGED,
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
from ui.ahead_rows import AREAS, CHECKS, MISSED, rows_of
from ui.reads import ZONE, Day
from ui.words import MISSING, score_text

AHEAD, CHOSEN, STEPS = "ahead", "ahead-rows", 5
HEIGHT, ROW, SHOWN = 332, 30, 1000
ISSUES = {NEW: N_("新问题 {n}"), RELAPSED: N_("回潮 {n}"), CHANGED: N_("有变化 {n}"), UNCHANGED: N_("没有变化 {n}")}


def foresee(day: Day, batches: Sequence[Batch], saying: DeltaGenerator) -> tuple[Difference, pd.DataFrame]:
    """The difference that the batches make and the new rows that are nearly known ones; computed once for them.

    It takes longest of all on the page. saying is told each step, and with each word Streamlit turns to a click that
    came meanwhile.
    """
    kept = st.session_state.get(AHEAD)
    if kept is None or kept[0] != day.key or not _same(kept[1], batches):
        found = _computed(day, batches, lambda step: saying.html(_working(step)))
        kept = st.session_state[AHEAD] = (day.key, tuple(batches), found)
    saying.empty()
    return kept[2]


def _working(step: int) -> str:
    words = _("正在计算提交后的变化（{step}/{steps}）…").format(step=step, steps=STEPS)
    return f'<div class="quiet">{words}</div>'


def _same(first: Sequence[Batch], second: Sequence[Batch]) -> bool:
    return len(first) == len(second) and all(one is other for one, other in zip(first, second, strict=True))


def _computed(day: Day, batches: Sequence[Batch], told: Callable[[int], object]) -> tuple[Difference, pd.DataFrame]:
    told(1)
    now = datetime.now(ZONE)
    later, ids = with_batches(day.snapshot, batches, now), new_ids(day.snapshot, len(batches))
    as_of = min(as_of_day(later, now.date()), max(now.date(), day.newest))
    before = day.standing if as_of == day.as_of else standing(day.facts, day.reference, as_of)
    told(2)
    facts = place_facts(later, day.reference)
    told(3)
    after = standing(facts, day.reference, as_of)
    told(4)
    found = difference((day.facts, facts), (before, after), ids)
    told(5)
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
        rows, config = rows_of(found, chosen, reference, SHOWN)
        if chosen == MISSED:
            st.caption(_("已知未销号、同一居民区同一轮次而这次没有列出的问题；只供核对，提交不会改动它们。"))
        st.dataframe(rows, hide_index=True, row_height=ROW, height=min(HEIGHT, 36 + ROW * len(rows)),
                     column_config=config, placeholder=MISSING, key=f"ahead-{chosen}", alt=counts[chosen])
        if len(rows) == SHOWN:
            st.caption(n_("只列前 {n} 条。", SHOWN))


def counts_of(found: Difference) -> dict[str, str]:
    """The counts that open rows, in words; a count of none is left out."""
    counts = found.issues["what"].value_counts()
    told = {what: _(words).format(n=counts[what]) for what, words in ISSUES.items() if what in counts}
    new, changed = ((found.checks["what"] == what).sum() for what in (NEW, CHANGED))
    if new or changed:
        told[CHECKS] = _("检查：新 {new}，变 {changed}").format(new=new, changed=changed)
    if len(found.missing):
        told[MISSED] = n_("没有列出 {n}", len(found.missing))
    if (found.areas["before"].fillna(-1) != found.areas["after"].fillna(-1)).any():
        told[AREAS] = n_("{n} 个居民区的得分", len(found.areas))
    return told
