"""The screens of 会议汇报: one thought each, against the last meeting, and the rows behind it at a click."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from html import escape
from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st

from readiness.behind import failing_items, open_issues, overdue_issues, relapsed_since, unchecked_items
from readiness.decisions import DECISION_WORDS, EARLIER, LAST, TODAY, agenda
from readiness.language import N_, _, n_
from readiness.meetings import last_meeting, meeting_of, moved_areas, moved_numbers
from readiness.model import ReadinessError
from readiness.sentences import sentences
from store import freeze_meeting, load_meetings
from ui.deciding import deciding_card
from ui.decisions import decisions_of_day, recorded_on
from ui.figures import show_figure
from ui.frame import quiet
from ui.headline import big_score
from ui.issues import longest_overdue
from ui.people import office_alone, user
from ui.reads import Day, engine
from ui.rows import open_button
from ui.words import day_text, known, percent

SCORE, PLACES = "score", "places"  # the screens that have a figure
MOST, ENDS, LONGEST, ROWS = 12, 6, 8, ":material/table_rows:"
Draw = Callable[[Day, str], Any]


def told(day: Day) -> dict[str, str]:
    """The sentences of the day by their rules."""
    found = day.kept("sentences", lambda: sentences(day.standing, day.before.standing, day.reference), day.compared)
    return {sentence.rule: sentence.text for sentence in found}


def last_of(day: Day) -> Mapping[str, Any] | None:
    """The last meeting that was kept before the day."""
    return day.kept("last meeting", lambda: last_meeting(load_meetings(engine(day.key[0])), day.as_of))


def decided(day: Day, figures: Mapping[str, Draw]) -> None:
    """What the last meeting decided and what is still open of before, each with its state."""
    parts = agenda(decisions_of_day(day), day.as_of)
    rows = pd.concat([parts[LAST], parts[EARLIER]]).head(MOST)
    if rows.empty:
        _say(_("还没有会上定的事。"))
    _lines((_(DECISION_WORDS[row.state]), row.text, row.owner, "" if pd.isna(row.due_on) else day_text(
        row.due_on.date()), row.state == "overdue") for row in rows.itertuples())
    _to("pages/meeting/decisions.py", _("任务督办：每一项的经过"))


def score(day: Day, figures: Mapping[str, Draw]) -> None:
    """The score, how it stands against the last meeting's, and how it got there."""
    own, last = day.standing.subdistrict, last_of(day)
    left, right = st.columns([5, 8], gap="large")
    with left:
        st.html(f'<div class="m-big">{big_score(own.score)}</div>')
        _say(_since(day, last))
        open_button(_("失分的项目"), "meeting-losses", _("失分的项目：失分加得分等于 100"),
                    lambda: failing_items(day.standing), day, icon=ROWS)
    with right:
        show_figure(day, "meeting-score", lambda mode: figures[SCORE](day, mode), _("街道准备度得分走势"))
    _say(told(day).get("state", ""))


def _since(day: Day, last: Mapping[str, Any] | None) -> str:
    """How the numbers stand against the last meeting's, as that one kept them."""
    if last is None:
        return _("还没有冻结过会议；下面与 {day}比较。").format(day=day_text(day.compared))
    moved = moved_numbers(meeting_of(day.standing, day.reference, day.as_of).numbers, last["numbers"])
    words = [_("比上次会议（{day}，{score}）").format(
        day=day_text(last["as_of"].date()), score=_score(last["numbers"]))]
    words += [_(name).format(change=f"{moved[key]:+.1f}" if key == "score" else f"{moved[key]:+d}") for key, name in (
        ("score", N_("得分 {change}")), ("open", N_("未销号 {change}")), ("overdue", N_("超期 {change}")))
              if moved[key] is not None]
    return _("，").join(words) + _("。")


def _score(numbers: Mapping[str, Any]) -> str:
    return _("{score:.1f} 分").format(score=numbers["score"]) if known(numbers["score"]) else _("没有得分")


def order(day: Day, figures: Mapping[str, Draw]) -> None:
    """Who leads and who lags, as far as it can be said; the first and the last of the ranking."""
    _say(told(day)["compared"])
    last = last_of(day)
    then = meeting_of(day.before.standing, day.reference, day.compared).numbers if last is None else last["numbers"]
    moved = moved_areas(meeting_of(day.standing, day.reference, day.as_of).numbers, then)
    rows = day.standing.areas[day.standing.areas["ranked"] & day.standing.areas["score"].notna()].sort_values(
        "score", ascending=False, kind="stable").assign(change=lambda rows: rows["area_code"].map(
            moved.set_index("area_code")["change"]))
    ends = {"best": (_("得分最高的"), rows.head(ENDS)), "worst": (_("得分最低的"), rows.tail(ENDS))}
    for column, (end, (head, part)) in zip(st.columns(2, gap="large"), ends.items(), strict=True):
        with column:
            st.html(f'<div class="m-sub">{head}</div>')
            _lines((f"{row.score:.1f}", row.short_name, f"{row.change:+.1f}" if abs(row.change) >= 0.05 else "",
                    _("覆盖 {coverage}").format(coverage=percent(row.coverage)), False) for row in part.itertuples())
            title = _("{names}：失分的项目").format(names=_("、").join(part["short_name"]))
            open_button(_("失分的项目"), f"meeting-{end}", title, lambda part=part: failing_items(
                day.standing).loc[lambda items: items["area_code"].isin(part["area_code"])], day, icon=ROWS)


def places(day: Day, figures: Mapping[str, Draw]) -> None:
    """How many are open, and where."""
    left, right = st.columns([5, 8], gap="large")
    with left:
        st.html(f'<div class="m-big"><div class="big">{day.standing.subdistrict.open}<i>{_("条")}</i></div></div>')
        direct = int(day.standing.areas.loc[~day.standing.areas["ranked"], "open"].sum())
        _say(told(day)["open"])
        _say(n_("其中街道直管 {n} 条，不在图上。", direct) if direct else "")
        open_button(_("未销号的问题"), "meeting-open", _("未销号的问题"), lambda: open_issues(day.standing.issues), day,
                    icon=ROWS)
    with right:
        show_figure(day, "meeting-places", lambda mode: figures[PLACES](day, mode), _("各居民区的问题"))


def late(day: Day, figures: Mapping[str, Draw]) -> None:
    """How many are overdue, and the longest."""
    left, right = st.columns([5, 8], gap="large")
    with left:
        st.html(f'<div class="m-big"><div class="big">{day.standing.subdistrict.overdue}<i>{_("条")}</i></div></div>')
        _say(told(day)["overdue"])
        open_button(_("超期的问题"), "meeting-late", _("超期的问题"), lambda: overdue_issues(day.standing.issues), day,
                    icon=ROWS)
    with right:
        st.html('<div class="m-list">' + longest_overdue(day.standing.issues, day.reference, LONGEST) + "</div>")
    _say(told(day).get("red_lines", ""))


def relapsed(day: Day, figures: Mapping[str, Draw]) -> None:
    """How many problems came back since the day compared with, and the newest of them."""
    rows = relapsed_since(day.standing.issues, day.compared)
    left, right = st.columns([5, 8], gap="large")
    with left:
        st.html(f'<div class="m-big"><div class="big">{len(rows)}<i>{_("条")}</i></div></div>')
        _say(told(day).get("relapse", _("{day}以来没有回潮。").format(day=day_text(day.compared))))
        if len(rows):
            open_button(_("回潮的问题"), "meeting-relapse", _("回潮的问题"), lambda: rows, day, icon=ROWS)
    names = day.reference.area_names()
    with right:
        _lines((day_text(row.started_on.date()), row.description, names[row.area_code], "", False)
               for row in rows.head(LONGEST).itertuples())
    _to("pages/meeting/relapse.py", _("回潮：哪里容易反复"))


def special(day: Day, figures: Mapping[str, Draw]) -> None:
    """Each special inspection: what passes, and what this round has not reached."""
    _lines((percent(row.rate), _(row.name), n_("{n} 处不符合", row.failing),
            n_("未查 {n} / {all}", row.missed, all=row.sites), row.missed > 0)
           for row in day.special.head(MOST).itertuples())
    _to("pages/meeting/special.py", _("专项检查：每一处、每一项"))


def unknown(day: Day, figures: Mapping[str, Draw]) -> None:
    """What the numbers do not know."""
    found = [told(day)[rule] for rule in ("unknown", "stale") if rule in told(day)]
    for sentence in found or [_("应查的都查过，依据都没有过期。")]:
        _say(sentence)
    title = _("没有检查的项目")
    open_button(title, "meeting-unchecked", title, lambda: unchecked_items(day.standing), day, icon=ROWS)


def deciding(day: Day, figures: Mapping[str, Draw]) -> None:
    """The form for a decision, what was decided today, and the button that keeps the meeting's numbers."""
    left, right = st.columns(2, gap="large")
    with left:
        deciding_card(day)
    with right:
        rows = agenda(decisions_of_day(day), day.as_of)[TODAY].head(MOST)
        _lines((_(DECISION_WORDS[row.state]), row.text, row.owner, "" if pd.isna(row.due_on) else day_text(
            row.due_on.date()), False) for row in rows.itertuples())
        _say(_("冻结以后，这次会议的数字不再变；下次会议与它比较。"))
        if st.button(_("冻结本次会议"), key="freeze", type="primary", **office_alone()):
            _freeze(day, recorded_on(day))
        kept = load_meetings(engine(day.key[0])).iloc[::-1].head(5)
        for row in kept.itertuples():
            quiet(_("{day}：{score}，未销号 {open}，超期 {overdue}；{user} 冻结").format(
                day=day_text(row.as_of.date()), score=_score(row.numbers), open=row.numbers["open"],
                overdue=row.numbers["overdue"], user=escape(row.user)))


def _freeze(day: Day, held_on: date) -> None:
    try:
        freeze_meeting(engine(day.key[0]), meeting_of(day.standing, day.reference, held_on), user(), datetime.now(UTC))
    except ReadinessError as refusal:
        st.error(str(refusal))
    else:
        st.rerun()


def _to(page: str, words: str) -> None:
    with st.container(key=f"meeting-to-{Path(page).stem}"):
        st.page_link(page, label=words, icon=":material/arrow_forward:")


def _say(words: str) -> None:
    if words:
        st.html(f'<div class="m-say">{escape(words)}</div>')


def _lines(rows: Any) -> None:
    """Large rows: a mark, what, two notes, and whether it is bad."""
    items = "".join(f'<li><b class="{"down" if bad else ""}">{escape(mark)}</b><span>{escape(what)}</span>'
                    f"<i>{escape(one)}</i><i>{escape(two)}</i></li>" for mark, what, one, two, bad in rows)
    if items:
        st.html(f'<ul class="m-lines">{items}</ul>')
