"""The first start: three steps, and one click that loads the demonstration data."""

from __future__ import annotations

import streamlit as st

from readiness.language import N_, _
from readiness.people import OFFICE, ROLE_WORDS, User
from ui.frame import card
from ui.reads import Day
from ui.uploads import Reader, load_demonstration

STEPS = (
    N_("打开<b>数据上报</b>，放入各居民区的检查表、问题台账和点位台账（Excel、WPS 或 CSV，一次可放多个）。"),
    N_("核对读懂了什么；有问题的行会指出是哪个单元格、怎么改，改好后再放一次。"),
    N_("按<b>提交</b>，总览、地图和趋势随即更新；提错了可以随时撤销。"),
)


def first_steps(day: Day, load_workbooks: Reader) -> None:
    """Shows what to do with an empty database, with the button 载入示例数据."""
    with st.container(width=720), card("first", _("还没有数据，从这里开始")):
        st.html(f'<ol class="steps">{"".join(f"<li><span>{_(step)}</span></li>" for step in STEPS)}</ol>')
        st.space("small")
        with st.container(horizontal=True, vertical_alignment="center"):
            pressed = st.button(_("载入示例数据"), type="primary", key="load-demo")
            st.caption(_("先看一看：25 个居民区、12 周的示例工作簿，随时可以一键移除。"))
        if pressed:
            load_demonstration(day.reference, load_workbooks, User(_(ROLE_WORDS[OFFICE]), OFFICE))
            st.rerun()
