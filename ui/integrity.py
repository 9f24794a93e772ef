"""What 数据体检 shows: the checks with what they found, why it matters, what to do, and the rows behind each."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from readiness.integrity.finding import Evidence
from readiness.integrity.table import CHECKS, Check, all_findings
from readiness.language import _, n_
from readiness.sources import sources
from ui.frame import card
from ui.reads import Day
from ui.rows import STATES
from ui.words import MISSING, ROUND_WORDS, STATE_WORDS, day_format, fits, in_words

ROW, HEIGHT = 30, 520
WIDTHS = [5, 8, 8, 2]
WORDS = {**STATE_WORDS, **STATES, **ROUND_WORDS}
TOLD = ("number", "area", "site", "kind", "text", "word", "person", "on", "count", "workbook", "cell")


def findings_of_day(day: Day) -> dict[str, pd.DataFrame]:
    """readiness.integrity.table.all_findings of the day, computed once a version and day."""
    return day.kept("integrity", lambda: all_findings(
        Evidence(day.snapshot, day.facts, day.reference, day.standing)))


def integrity_note(findings: dict[str, pd.DataFrame]) -> str:
    """How many checks found something; that none of them touches the score."""
    return n_("{n} 项检查，{some} 项有发现；只作提示，不改得分", len(findings),
              some=sum(len(rows) > 0 for rows in findings.values()))


def checks_card(day: Day, findings: dict[str, pd.DataFrame]) -> None:
    """All checks in the order of their table, those that found something first."""
    with card("integrity", _("检查项目"), _("点右边的数字看每一行，逐行写明工作簿、工作表和单元格")):
        for check in sorted(CHECKS, key=lambda each: findings[each.code].empty):
            with st.container(key=f"check-{check.code}"):
                _check_row(day, check, findings[check.code])


def _check_row(day: Day, check: Check, found: pd.DataFrame) -> None:
    name, why, todo, number = st.columns(WIDTHS, gap="medium", vertical_alignment="center")
    clean = " clean" if found.empty else ""
    for column, words in ((name, f"<b>{_(check.name)}</b>"), (why, _(check.why)), (todo, _(check.todo))):
        column.html(f'<div class="check{clean}">{words}</div>')
    with number:
        if found.empty:
            none = _("没有发现")
            st.html(f'<div class="quiet">{none}</div>')
        elif st.button(n_("{n} 处", found["finding"].nunique()), key=f"open-{check.code}", type="tertiary",
                       icon=":material/chevron_right:", icon_position="right"):
            st.dialog(_(check.name), width="large")(_findings)(day, check, found)


def _findings(day: Day, check: Check, found: pd.DataFrame) -> None:
    st.caption(n_("{n} 处", found["finding"].nunique()) + _("，") + n_("共 {n} 条。", len(found)) + _(check.todo))
    shown = told_findings(day, found).dropna(axis="columns", how="all")
    st.dataframe(shown, hide_index=True, row_height=ROW, height=min(HEIGHT, ROW * (len(shown) + 1) + 6),
                 placeholder=MISSING, key=f"findings-{check.code}", alt=_(check.name),
                 column_config={name: column for name, column in _columns(check).items() if name in shown})


def told_findings(day: Day, found: pd.DataFrame) -> pd.DataFrame:
    """The findings in the words of the screen (TOLD); number, from 1, where a finding has several rows."""
    rows, several = sources(found, day.snapshot.uploads), found["finding"].duplicated().any()
    return rows.assign(
        number=rows["finding"] + 1 if several else None, area=rows["area_code"].map(day.reference.area_names()),
        kind=rows["kind"].map(in_words(day.reference.kind_names())), word=rows["word"].map(in_words(WORDS)),
    )[list(TOLD)]


def _columns(check: Check) -> dict[str, object]:
    config = st.column_config
    return {
        "number": config.NumberColumn(_("第几处"), width=fits(60, 72)),
        "area": config.TextColumn(_("居民区"), width=76), "site": config.TextColumn(_("点位"), width=150),
        "kind": config.TextColumn(_("类型"), width=fits(84, 130)), "text": config.TextColumn(_("内容"), width=200),
        "word": config.TextColumn(_("状态"), width=fits(72, 92)), "person": config.TextColumn(_("人员"), width=72),
        "on": config.DateColumn(_("日期"), format=day_format(), width=fits(76, 66)),
        "count": config.NumberColumn(_(check.counted), width=fits(80, 100)),
        "workbook": config.TextColumn(_("工作簿"), width=fits(190, 164)),
        "cell": config.TextColumn(_("单元格"), width=130),
    }
