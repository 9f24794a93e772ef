"""The gaps of the responsibility grid: sites without anybody, persons with too many, names with two phones."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from readiness.chiefs import NOBODY, POST_WORDS, POSTS, unanswered, with_too_many, with_two_phones
from readiness.language import _, n_
from ui.chiefs import phone_said, sites_on
from ui.chiefs_page import answers_of, chief_table
from ui.frame import quiet
from ui.reads import Day
from ui.words import MISSING, in_words

ROW, HEIGHT = 30, 520


def gap_lines(day: Day) -> None:
    """A line a kind of gap that there is; a click opens its rows."""
    lines = [(words, rows) for words, rows in gaps(day) if len(rows)]
    if not lines:
        quiet(_("每个点位都有人负责，没有人负责得太多，也没有一个姓名两个电话。"))
    for number, (words, rows) in enumerate(lines):
        if st.button(words, key=f"gap-{number}", type="tertiary", icon=":material/chevron_right:",
                     icon_position="right"):
            st.dialog(words, width="large")(_rows)(rows, day)


def gaps(day: Day) -> list[tuple[str, pd.DataFrame]]:
    """Every kind of gap in words with its count, and its rows."""
    lacking, most = unanswered(sites_on(day), day.facts.sites), day.reference.settings.most_sites
    without = {post: lacking[lacking["post"] == post].drop(columns="post") for post in (NOBODY, *POSTS)}
    many, phones = with_too_many(chief_table(day), most), with_two_phones(answers_of(day))
    return [
        (n_("{n} 个点位无人负责", len(without[NOBODY])), without[NOBODY]),
        *((n_("{n} 个点位没有{post}，而同类点位有", len(without[post]), post=_(POST_WORDS[post])), without[post])
          for post in POSTS),
        (n_("{n} 人负责的点位超过 {most} 个", len(many), most=most), many[["person", "area_code", "post", "sites"]]),
        (n_("{n} 个姓名有不止一个电话", phones["person"].nunique()), phones),
    ]


def _rows(rows: pd.DataFrame, day: Day) -> None:
    config = st.column_config
    words = {"area": config.TextColumn(_("居民区"), width=90), "person": config.TextColumn(_("姓名"), width=100),
             "post": config.TextColumn(_("岗位"), width=90), "site": config.TextColumn(_("点位"), width=260),
             "kind": config.TextColumn(_("类型"), width=140), "phone": config.TextColumn(_("电话"), width=140),
             "sites": config.NumberColumn(_("点位"), width=80)}
    told = told_gaps(rows, day)
    told = told[[name for name in words if name in told]]
    st.caption(n_("共 {n} 条。", len(told)))
    st.dataframe(told, hide_index=True, row_height=ROW, height=min(HEIGHT, ROW * (len(told) + 1) + 6),
                 placeholder=MISSING, column_config={name: words[name] for name in told},
                 alt=_("这个数字背后的每一行"))


def told_gaps(rows: pd.DataFrame, day: Day) -> pd.DataFrame:
    """The rows of a gap in the words of the screen, phones as the person in the session may see them."""
    words = {"post": in_words(POST_WORDS).get, "kind": in_words(day.reference.kind_names()).get, "phone": phone_said}
    told = {name: rows[name].map(word) for name, word in words.items() if name in rows}
    return rows.assign(area=rows["area_code"].map(day.reference.area_names()), **told)
