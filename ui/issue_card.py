"""One issue on one card: what, where, since when, whose, and everything that was ever written of it."""

from __future__ import annotations

from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from readiness.issue_history import chiefs_of
from readiness.language import N_, _, n_
from readiness.model import STATES
from ui.chiefs import phone_said, sites_on
from ui.decisions import to_decisions
from ui.issue_life import life_of
from ui.issue_steps import ReadPhotos, next_steps
from ui.pictures import show_pictures
from ui.reads import Day
from ui.session import AREA, ISSUE, address_becomes, choose_issue
from ui.words import ROUND_WORDS, STATE_TINTS, STATE_WORDS, date_said, said

DATES = {"found_on": N_("发现"), "due_on": N_("期限"), "fixed_on": N_("整改完成"), "verified_on": N_("销号")}
CHIEFS = {"point_chief": N_("点长"), "road_chief": N_("路长"), "block_chief": N_("片长"), "phone": N_("电话")}


def chosen_issue(issues: pd.DataFrame) -> Any | None:
    """The issue that the address names, as a row of Standing.issues; None where it names none that there is."""
    found = issues[issues["issue"] == st.query_params.get(ISSUE)]
    return None if found.empty else next(found.itertuples(index=False))


def open_clicked(key: str) -> None:
    """Opens what was clicked on the map of that key: an issue's mark its card, a cell its area."""
    points = st.session_state[key]["selection"]["points"]
    if points:
        what, name = points[0]["customdata"][:2]
        address_becomes({ISSUE: name} if what == ISSUE else {ISSUE: None, AREA: what})


def open_row(key: str, names: pd.Series) -> None:
    """Opens the issue whose row was chosen in the table of that key; names: the issues of its rows in order."""
    rows = st.session_state[key]["selection"]["rows"]
    choose_issue(names.iloc[rows[0]] if rows else None)


def issue_card(issue: Any, day: Day, read_photos: ReadPhotos) -> None:
    """Shows the card of the issue, a row of Standing.issues, with the steps that may follow."""
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.html(f'<div class="chips">{chips(issue)}</div>', width="content")
        to_decisions(issue)
        st.button(_("回到列表"), type="tertiary", key="close-issue", on_click=choose_issue, args=(None,))
    st.html(f'<div class="issue"><p>{escape(issue.description)}</p>{facts_of(issue, day)}</div>')
    show_pictures(issue, day)
    if isinstance(issue.relapse_of, str):
        st.button(_("这是回潮：看上一次"), type="tertiary", key="earlier-issue", on_click=choose_issue,
                  args=(issue.relapse_of,))
    next_steps(issue, day, read_photos)
    st.html(life_of(issue, day))


def chips(issue: Any) -> str:
    """State, days overdue, accepted exception, red line and relapse as HTML."""
    place = STATES.index(issue.status)
    tint = f"light-dark({STATE_TINTS['light'][place]}, {STATE_TINTS['dark'][place]})"
    days = n_("超期 {n} 天", issue.overdue_days)
    late = f'<b class="down">{days}</b>' if issue.overdue_days else ""
    holds = {N_("红线项"): issue.red_line, N_("回潮"): isinstance(issue.relapse_of, str),
             N_("疑似重复"): issue.duplicate}
    flags = "".join(f"<i>{_(word)}</i>" for word, true in holds.items() if true)
    if pd.notna(issue.excepted_until):
        flags = f"<i>{_('暂缓至 {day}').format(day=date_said(issue.excepted_until))}</i>{flags}"
    return f'<b style="background: {tint}">{_(STATE_WORDS[issue.status])}</b>{late}{flags}'


def facts_of(issue: Any, day: Day) -> str:
    """Place, item, dates and persons as HTML, name and value; what is not known is left out."""
    reference, chiefs = day.reference, chiefs_of(sites_on(day), issue)
    chiefs |= {"phone": phone_said(chiefs["phone"])} if "phone" in chiefs else {}
    place = "　".join(filter(None, (reference.area_names()[issue.area_code], said(issue.site), said(issue.location))))
    loss = _("{points:.2f} 分").format(points=issue.loss) if issue.loss > 0 else None
    pairs = {
        N_("地点"): place, N_("测评项目"): said(issue.indicator),
        N_("类型"): _(reference.kind_names().get(issue.kind)),
        N_("类别"): _(said(issue.category)), N_("程度"): _(said(issue.severity)),
        N_("轮次"): _(ROUND_WORDS.get(issue.round)),
        **{word: date_said(getattr(issue, column)) for column, word in DATES.items()},
        N_("责任单位"): said(issue.responsible_unit), N_("责任人"): said(issue.responsible_person),
        N_("影响"): loss, **{word: chiefs.get(column) for column, word in CHIEFS.items()},
        N_("整改措施"): said(issue.measure), N_("备注"): said(issue.note) if issue.note != issue.measure else None}
    wide = ("地点", "测评项目", "整改措施", "备注")
    told = "".join(f'<div{" class=wide" if name in wide else ""}><i>{_(name)}</i><span>{escape(value)}</span></div>'
                   for name, value in pairs.items() if value)
    return f'<div class="pairs">{told}</div>'
