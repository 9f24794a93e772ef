"""巡查志愿: who went out in which area and week, for how long, and what they found and solved on the spot."""

import streamlit as st

from charts.patrols import patrol_grid
from loaders import load_workbooks
from readiness.language import _, n_
from readiness.patrols import WEEKS, weekly
from ui import patrols_page as page
from ui.filters import choice_in_address
from ui.first import first_steps
from ui.frame import card, card_title, title_line
from ui.reads import read_day
from ui.rows import open_figure
from ui.words import in_words

day = read_day()
if day.empty:
    title_line(_("巡查志愿"), day)
    first_steps(day, load_workbooks)
    st.stop()
title_line(_("巡查志愿"), day, n_("近 {n} 周", WEEKS), page.gaps_note(day))

page.patrol_cards(day)
with card("patrol-grid", ""):
    with st.container(horizontal=True, vertical_alignment="center"):
        card_title(_("各居民区每周"), _("· 没有巡查　? 没有写；点一格看是哪些"))
        show = choice_in_address("show", _("看什么"), in_words(page.SHOW))
    names = day.reference.area_names()
    open_figure(day, "patrol-grid", lambda mode: patrol_grid(
        weekly(page.rows_of(day), list(names), day.as_of), show, names, mode),
        _("各居民区每周的巡查和志愿服务"), lambda mark: page.mark_behind(day, mark), show)
days, waiting = day.reference.settings.patrol_days, page.quiet_of(day)
left, right = st.columns([4, 13], gap=12)
with left, card("patrol-quiet", n_("近 {n} 天没有巡查：{areas} 个", days, areas=len(waiting))):
    page.quiet_table(day)
with right, card("patrol-areas", _("各居民区"), _("近 {n} 周；点数字看巡查记录").format(n=WEEKS)):
    page.areas_table(day)
