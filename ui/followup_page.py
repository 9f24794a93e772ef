"""What 督办 shows: a card for each stage with who is to be told, the counts by area and by unit, all opening rows."""

from __future__ import annotations

from html import escape

import pandas as pd
import streamlit as st

from readiness.choice import UNKNOWN
from readiness.deadlines import FROM_BOOK, FROM_STANDARD, with_deadlines
from readiness.followup import follow_up, stage_counts, stage_words
from readiness.language import N_, _, n_
from readiness.model import UNVERIFIED
from readiness.units import with_units
from readiness.workdays import LAST_YEAR, published
from ui.frame import card, name_width
from ui.opening import HEIGHT, UNWRITTEN, Found, open_table
from ui.reads import Day
from ui.rows import open_button
from ui.words import fits

SOURCE_WORDS = {FROM_BOOK: N_("台账"), FROM_STANDARD: N_("标准")}
ALL = {"overdue": N_("超期"), "total": N_("全部督办")}


def told_of(day: Day) -> pd.DataFrame:
    """readiness.followup.follow_up of the day with area (short name) and unit, computed once a version and day."""
    reference = day.reference
    return day.kept("follow up", lambda: with_units(follow_up(
        with_deadlines(day.standing.issues, reference.deadlines), reference.reminders, day.as_of)).assign(
            area=lambda told: told["area_code"].map(reference.area_names())))


def counts_of(day: Day, column: str) -> pd.DataFrame:
    """readiness.followup.stage_counts by area_code or unit, with code (as in the address) and label (in words)."""
    names = day.reference.area_names() | {UNKNOWN: _("未写明")}
    return day.kept("stages", lambda: stage_counts(told_of(day), column, day.reference.reminders).rename(
        columns=str).assign(code=lambda table: table[column].replace(UNKNOWN, UNWRITTEN),
                            label=lambda table: table[column].map(names).fillna(table[column])), column)


def followup_notes(day: Day) -> list[str]:
    """What a reader of the counts must know: how days are counted, what has no deadline, where the calendar ends."""
    told, issues = told_of(day), day.standing.issues
    without = told["deadline"].isna().sum()
    excepted = (issues["status"].isin(UNVERIFIED) & issues["excepted_until"].notna()).sum()
    known = published(pd.concat([told["deadline"], pd.Series([pd.Timestamp(day.as_of)])])).all()
    return [
        _overdue_note(told),
        *[n_("{n} 条没有期限也没有发现日期，不在其中", without)] * bool(without),
        *[n_("{n} 条在例外期内，不催办", excepted)] * bool(excepted),
        *[_("{year} 年以后的节假日还没有公布，按周一至周五算").format(year=LAST_YEAR)] * bool(not known),
    ]


def _overdue_note(told: pd.DataFrame) -> str:
    """How many are overdue, and by whose deadline: the other pages' 超期 speaks of stated ones alone."""
    late = told.loc[told["stage"] > 0, "deadline_from"]
    return n_("超期 {n} 条：台账写明期限的 {stated} 条（自然日），按标准推算的 {standard} 条（工作日）", len(late),
              stated=(late == FROM_BOOK).sum(), standard=(late == FROM_STANDARD).sum())


def stage_cards(day: Day) -> None:
    """A card for each stage: how many issues, who is to be told; its name opens the rows."""
    told, words = told_of(day), stage_words(day.reference.reminders)
    reminders = day.reference.reminders.itertuples(index=False)
    for column, reminder in zip(st.columns(len(words), gap=12), reminders, strict=True):
        rows = told[told["stage"] == reminder.days]
        with column, card(f"stage-{reminder.days}", "", height=HEIGHT):
            open_button(words[reminder.days], f"open-stage-{reminder.days}", words[reminder.days],
                        lambda rows=rows: in_dialog(rows), day, icon=":material/chevron_right:", icon_position="right")
            st.metric(words[reminder.days], len(rows), label_visibility="collapsed")
            tell = _("告知：{who}").format(who=reminder.tell)
            st.html(f'<div class="quiet">{escape(tell)}</div>')


def stage_table(day: Day, name: str, column: str, heading: str, height: int) -> None:
    """The counts by area_code or unit, most overdue first; each number opens its rows."""
    table = counts_of(day, column)
    open_table(day, name, lambda: table, _columns(day, heading), height, heading,
               lambda row, stage: rows_behind(day, column, table.iloc[row], stage))


def rows_behind(day: Day, column: str, line: pd.Series, stage: str) -> Found:
    """The dialog's title and rows for a number of counts_of: stage is its column."""
    told = told_of(day)
    rows = told[(told[column] == line[column]) & told["stage"].notna()]
    if stage == "label":
        stage = "total"
    words = {str(days): word for days, word in stage_words(day.reference.reminders).items()} | {
        name: _(word) for name, word in ALL.items()}
    wanted = {"total": rows["late"].notna(), "overdue": rows["late"] > 0}
    rows = rows[wanted[stage] if stage in wanted else rows["stage"] == int(stage)]
    return _("{name}：{stage}").format(name=line["label"], stage=words[stage]), in_dialog(rows)


def in_dialog(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows as a dialog lists them: the deadline that counts as 期限, days past it as 超期, where it comes from."""
    return rows.assign(due_on=rows["deadline"], overdue_days=rows["late"].clip(lower=0),
                       deadline_from=rows["deadline_from"].map({code: _(word) for code, word in SOURCE_WORDS.items()}))


def _columns(day: Day, heading: str) -> dict[str, object]:
    number, words = st.column_config.NumberColumn, stage_words(day.reference.reminders)
    return {"label": st.column_config.TextColumn(heading, width=fits(122, 80)),
            **{str(days): number(word, width=round(fits(80, 75) / 100 * name_width(word)) + 16)
               for days, word in words.items()},
            "overdue": number(_(ALL["overdue"]), width=fits(52, 62))}
