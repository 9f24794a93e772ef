"""回潮: how often a verified fix is found again, how long it lasts, and which to look at again before the window."""

import streamlit as st

from charts.relapse import lasting_curves
from loaders import load_workbooks
from readiness.language import _, n_
from readiness.relapse import ENOUGH, FEWEST, MARKS
from reports.recheck import recheck_workbook
from ui import relapse_page as page
from ui.first import first_steps
from ui.frame import card, card_title, compared, title_line
from ui.opening import measure_cards
from ui.reads import read_day
from ui.recheck_list import recheck_card, recheck_note
from ui.rows import open_figure

TALL = 340

day = read_day()
if day.empty:
    title_line(_("回潮"), day)
    first_steps(day, load_workbooks)
    st.stop()
fixed = page.fixes_of(day)
title_line(_("回潮"), day, compared(day.compared, day.as_of), _("销号后同一处又发现同样的问题"))
measure_cards(page.relapse_measures(day), day)
left, right = st.columns([7, 10], gap=12)
with left, card("lasting-curves", _("销号以后还保持的占比"), _("台阶＝有问题回潮；件数最多的类别"), height=392):
    open_figure(day, "lasting-curves", lambda mode: lasting_curves(
        page.curves_of(day), page.curve_names(day), MARKS, mode, TALL), _("销号以后各天还保持的占比"),
        lambda mark: page.slipped_by(fixed, *mark))
with right, card("lasting", _("一次整改能保持多久"),
                 page.half_words(day) + _("；") + n_("不到 {n} 件的类别看不出；没写明日期的不计", ENOUGH), height=392):
    page.lasting_table(day, TALL)
left, right = st.columns([5, 12], gap=12)
with left, card("rates", _("哪里回潮最多"), n_("不到 {n} 件不算比率", FEWEST), height=496):
    page.rates_table(day, page.choose_by(), 400)
with right, card("recheck", "", height=496):
    with st.container(horizontal=True, vertical_alignment="center"):
        card_title(_("先复查这些"), recheck_note(day))
        st.space("stretch")
        button = st.container(width="content")
    recheck_card(day, fixed, 410, button, recheck_workbook)
