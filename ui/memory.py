"""What was settled by hand and holds for every book: names of areas and headings, each of which can be forgotten."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from readiness.answers import AREA, COLUMN, Answers
from readiness.language import _, n_
from readiness.reference import Reference
from ui.answering import forget_answer, kept_answers
from ui.frame import card
from ui.people import office_alone, user
from ui.reads import Day
from ui.words import FIELD_WORDS

ROW, HEIGHT = 30, 216


def memory_card(day: Day) -> None:
    """The remembered answers, while there are any; a click on one offers to forget it."""
    said = kept_answers(day)
    if not said:
        return
    rows, config = memory_rows(said, day.reference), st.column_config
    with card("memory", _("记住的回答"), n_("{n} 个；点一行可以忘记", len(rows))):
        event = st.dataframe(
            rows.drop(columns="what"), hide_index=True, row_height=ROW, height=min(36 + ROW * len(rows), HEIGHT),
            key=f"memory-{day.snapshot.version}", on_select="rerun", selection_mode="single-row", alt=_("记住的回答"),
            column_config={"where": config.TextColumn(_("何处"), width=120),
                           "seen": config.TextColumn(_("原文"), width=300),
                           "meaning": config.TextColumn(_("读作"), width=200)})
        for at in event["selection"]["rows"]:
            row = rows.iloc[at]
            st.button(_("忘记“{seen}”").format(seen=row["seen"]), key="forget", on_click=_forget,
                      args=(row["what"], row["seen"]), **office_alone())


def memory_rows(said: Answers, reference: Reference) -> pd.DataFrame:
    """One row an answer: what, where (居民区 or 表头), seen, meaning in words."""
    names = reference.area_names()
    areas = [(AREA, _("居民区"), seen, names.get(code, code)) for seen, code in said.areas.items()]
    columns = [(COLUMN, _("表头"), seen, _(FIELD_WORDS.get(name, name)) if name else _("不读"))
               for seen, name in said.columns.items()]
    return pd.DataFrame([*areas, *columns], columns=["what", "where", "seen", "meaning"])


def _forget(what: str, seen: str) -> None:
    forget_answer(what, seen, user())
