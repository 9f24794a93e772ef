"""What changed since the day compared with, in sentences; a click on one opens the rows that prove it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape
from typing import Any

import streamlit as st

from readiness.behind import overdue_issues
from readiness.changes import MOVED, Change
from readiness.reference import Reference
from ui.issues import longest_overdue
from ui.reads import Day
from ui.rows import over_button
from ui.words import day_text, percent

SIDES = {"▲": "up", "▼": "down", "!": "down"}
Facts = Mapping[str, Any]


def change_list(changes: list[Change], day: Day) -> None:
    """Shows the sentences; one muted sentence where nothing changed."""
    if not changes:
        st.html('<div class="quiet">与对比日相比没有变化。</div>')
    for change in changes:
        mark, sentence = SENTENCES[change.rule](change.facts, day.reference)
        with st.container(key=f"line-{change.rule}"):
            st.html(f'<div class="line"><i class="{SIDES.get(mark, "")}">{mark}</i><span>{sentence}</span></div>')
            over_button(change.rule, TITLES[change.rule], lambda change=change: change.rows, day)


def overdue_list(day: Day) -> None:
    """The issues that are overdue longest; a click opens all that are overdue."""
    issues = day.standing.issues
    st.html(day.kept("longest overdue", lambda: longest_overdue(issues, day.reference)))
    over_button("overdue-list", TITLES["overdue"], lambda: overdue_issues(issues), day)


def score_sentence(facts: Facts, reference: Reference) -> tuple[str, str]:
    """The score, then and now, and the kinds of site that moved it most."""
    score, earlier, names = facts["score"], facts["earlier"], reference.kind_names()
    kinds = "和".join(f"<b>{escape(names[kind])}</b>（{signed(gained)}）" for kind, gained in facts["kinds"])
    mark = "▲" if score - earlier >= MOVED else "▼" if earlier - score >= MOVED else "＝"
    start = f"街道准备度 {earlier:.1f} → <b>{score:.1f}</b>"
    return mark, f"{start}，主要来自{kinds}。" if kinds else f"{start}。"


def restated_sentence(facts: Facts, reference: Reference) -> tuple[str, str]:
    """The earlier day's score, as seen then and as known now."""
    return "↻", (f"{day_text(facts['on'])}的得分当天看是 {facts['shown']:.1f}，补报后为 <b>{facts['score']:.1f}</b>。")


def fall_sentence(facts: Facts, reference: Reference) -> tuple[str, str]:
    """The area that fell most and what was found there."""
    start = f"<b>{escape(facts['name'])}</b>下降 {-facts['change']:.1f} 分，下降最多"
    found = f"：新增 {facts['count']} 条未销号{most_of(facts, reference)}" if facts["count"] else ""
    return "▼", f"{start}{found}。"


def rise_sentence(facts: Facts, reference: Reference) -> tuple[str, str]:
    """The area that rose most and what was verified there."""
    start = f"<b>{escape(facts['name'])}</b>提高 {facts['change']:.1f} 分，提高最多"
    done = f"：销号 {facts['count']} 条{most_of(facts, reference)}" if facts["count"] else ""
    return "▲", f"{start}{done}。"


def overdue_sentence(facts: Facts, reference: Reference) -> tuple[str, str]:
    """Overdue issues against then, and the two areas that have most of them."""
    count, more = facts["count"], facts["count"] - facts["earlier"]
    step = f"多 {more} 条" if more > 0 else f"少 {-more} 条" if more < 0 else "持平"
    start = f"超期 {count} 条，与 {day_text(facts['on'])}相比{step}"
    names = [f"<b>{escape(name)}</b>" for name in facts["areas"]]
    if len(names) == 2:
        return "!", f"{start}；{names[0]}、{names[1]}合占 {facts['of_areas']} 条。"
    return "!", f"{start}；都在{names[0]}。" if names else f"{start}。"


def red_line_sentence(facts: Facts, reference: Reference) -> tuple[str, str]:
    """Open red lines by name."""
    named = "、".join(f"<b>{escape(str(name))}</b> {escape(str(text))}" for name, text in facts["named"])
    new = f"（其中新增 {facts['new']} 条）" if facts["new"] else ""
    rest = "等" if facts["count"] > len(facts["named"]) else ""
    return "!", f"红线项 {facts['count']} 条未销号{new}：{named}{rest}。"


def relapse_sentence(facts: Facts, reference: Reference) -> tuple[str, str]:
    """Issues found again since then."""
    return "↺", f"{day_text(facts['on'])}以来回潮 {facts['count']} 条{most_of(facts, reference)}。"


def lacking_sentence(facts: Facts, reference: Reference) -> tuple[str, str]:
    """Areas without a score."""
    names, count = "、".join(f"<b>{escape(name)}</b>" for name in facts["areas"][:4]), len(facts["areas"])
    more = f"等 {count} 个居民区" if count > 4 else ""
    return "?", f"{names}{more}检查覆盖率不足 {percent(reference.settings.minimum_coverage)}，暂不评分。"


def most_of(facts: Facts, reference: Reference) -> str:
    """The item that most of the issues are of, where there are two or more of it."""
    if facts["of_item"] < 2:
        return ""
    kind, indicator = reference.kind_names()[facts["kind"]], escape(inner_quotes(facts["indicator"]))
    return f"，其中 {facts['of_item']} 条是{kind}“{indicator}”"


def inner_quotes(text: str) -> str:
    """Text for between quotation marks: its own become single ones.

    >>> inner_quotes("无“僵尸车”")
    '无‘僵尸车’'
    """
    return text.replace("“", "‘").replace("”", "’")


def signed(points: float) -> str:
    """Points with their sign.

    >>> signed(0.79), signed(-1.4)
    ('+0.8', '−1.4')
    """
    return f"{points:+.1f}".replace("-", "−")


SENTENCES: Mapping[str, Callable[[Facts, Reference], tuple[str, str]]] = {
    "score": score_sentence, "restated": restated_sentence, "fall": fall_sentence, "rise": rise_sentence,
    "overdue": overdue_sentence, "red_lines": red_line_sentence, "relapses": relapse_sentence,
    "lacking": lacking_sentence,
}
TITLES: Mapping[str, str] = {
    "score": "得分变化：每项少失的分加起来就是变化", "restated": "补报改变了哪些项目",
    "fall": "下降的居民区：新增的问题", "rise": "提高的居民区：销号的问题", "overdue": "超期的问题",
    "red_lines": "未销号的红线项", "relapses": "回潮的问题", "lacking": "资料不足的居民区：检查过和没检查的项目",
}
