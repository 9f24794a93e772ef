"""The re-check list on 回潮: the fixes most likely to slip before the window, why, and the list to take along."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from readiness.choice import UNKNOWN
from readiness.language import CHINESE, _, n_
from readiness.places import as_written
from readiness.recheck import USUAL, horizon, recheck
from readiness.relapse import ALL
from readiness.sources import sources
from ui.frame import quiet
from ui.issues import issue_rows
from ui.language import speaking
from ui.ledger import export_notes
from ui.mimes import MIMES
from ui.opening import Found, open_table
from ui.reads import Day, subdistrict_name
from ui.words import MISSING, STATE_WORDS, day_format, day_text, fits, percent

TOP = 40
EXPORTED = {  # with state and days as the intake reads them: taken back as a ledger, the list changes nothing
    "area": "居民区", "site": "点位", "location": "具体位置", "category": "问题类别", "description": "问题描述",
    "state": "完成情况", "found_on": "发现时间", "verified_on": "销号时间", "stood": "保持天数",
    "chance": "窗口前回潮可能", "reasons": "理由", "responsible_unit": "责任单位", "responsible_person": "责任人",
    "workbook": "工作簿", "cell": "单元格"}
Write = Callable[[pd.DataFrame, str, Iterable[str], bool], bytes]


def recheck_note(day: Day) -> str:
    """By which day the chances are meant."""
    by = horizon(day.reference.settings, day.as_of)
    return "" if by is None else _("到{day}前最可能回潮的 {top} 件").format(day=day_text(by), top=TOP)


def recheck_card(day: Day, fixed: pd.DataFrame, height: int, button: DeltaGenerator, write: Write) -> None:
    """The list with its download button; a sentence where nothing stands or the window is past."""
    by = horizon(day.reference.settings, day.as_of)
    if by is None:
        return quiet(_("迎检窗口已过，不再估计。"))
    rows = day.kept("recheck", lambda: recheck(fixed, day.facts, day.as_of, by).head(TOP))
    if rows.empty:
        return quiet(_("没有仍保持的销号问题。"))
    with button:
        export_button(rows, day, write)
    return open_table(day, "recheck", lambda: told(rows, day), recheck_columns(), height, _("先复查的销号问题"),
                      lambda row, column: thread_of(day, rows.iloc[row]))


def thread_of(day: Day, fix: pd.Series) -> Found:
    """All issues of the same problem at the same place."""
    issues = day.standing.issues
    return _("这处问题的每一次"), issues[issues["thread"] == fix["thread"]].sort_values("found_on")


def told(rows: pd.DataFrame, day: Day) -> pd.DataFrame:
    """The list in the words of the screen: area, site, description, stood, chance, reasons and the issue's columns."""
    return issue_rows(rows, day.reference).assign(chance=chances(rows), reasons=reasons(rows))


def chances(rows: pd.DataFrame) -> pd.Series:
    """The chance as words: — where nothing is known, ≥ where the curve ends before the day."""
    shown = rows["chance"].map(percent)
    return shown.where(~rows["at_least"], "≥" + shown)


def reasons(rows: pd.DataFrame) -> pd.Series:
    """Why a fix is on the list: how its like did, how long nobody looked, whether it relapsed before."""
    usual = rows["usual"].map(percent)
    like = usual.map(lambda share: _("同类问题 {days} 天内有 {share} 回潮").format(days=USUAL, share=share))
    pooled = usual.map(lambda share: _("同类太少；全部问题 {days} 天内有 {share} 回潮").format(days=USUAL, share=share))
    first = like.where(rows["pool"] != ALL, pooled).where(usual != MISSING, _("{days} 天内有多少回潮还看不出").format(
        days=USUAL))
    unseen = rows["unseen"].map(lambda days: _("；") + n_("已 {n} 天没人复查", int(days)))
    again = pd.Series(_("；") + _("上次就在这里回潮过"), index=rows.index)
    return first + unseen.where(rows["unseen"] > 0, "") + again.where(rows["before"], "")


def recheck_columns() -> dict[str, object]:
    """Headings and widths of the list."""
    config = st.column_config
    return {
        "area": config.TextColumn(_("居民区"), width=66), "site": config.TextColumn(_("点位"), width=fits(134, 100)),
        "description": config.TextColumn(_("问题"), width=fits(140, 110)),
        "verified_on": config.DateColumn(_("销号"), format=day_format(), width=66),
        "chance": config.TextColumn(_("可能回潮"), width=fits(72, 70)),
        "reasons": config.TextColumn(_("理由"), width=fits(410, 450)),
    }


def exported(rows: pd.DataFrame, day: Day) -> pd.DataFrame:
    """The list as the workbook lists it: 序号 and the headings of EXPORTED, in Chinese."""
    with speaking(CHINESE):
        rows = sources(as_written(rows, day.facts.ledger), day.snapshot.uploads).assign(
            area=rows["area_code"].map(day.reference.area_names()), chance=chances(rows), reasons=reasons(rows),
            state=rows["status"].map(STATE_WORDS), category=rows["category"].where(rows["category"] != UNKNOWN))
    return rows[list(EXPORTED)].rename(columns=EXPORTED).assign(序号=range(1, len(rows) + 1))


def export_button(rows: pd.DataFrame, day: Day, write: Write) -> None:
    """导出 xlsx of the list; the workbook is made when the button is clicked, in Chinese whatever is spoken."""
    with speaking(CHINESE):
        title, notes = f"{subdistrict_name()}复查清单", export_notes(len(rows), day, [recheck_note(day)])
    st.download_button(
        _("导出 xlsx"), lambda: write(exported(rows, day), title, notes, day.snapshot.demo), mime=MIMES["xlsx"],
        key="export", file_name=f"复查清单_{day.as_of:%Y%m%d}.xlsx", on_click="ignore", icon=":material/download:")
