"""What changed since the day compared with, in sentences; a click on one opens the rows that prove it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape
from typing import Any

import streamlit as st

from readiness.behind import overdue_issues
from readiness.changes import MOVED, Change
from readiness.language import N_, _, n_
from readiness.reference import Reference
from ui.frame import quiet
from ui.issues import longest_overdue
from ui.reads import Day
from ui.rows import over_button
from ui.words import day_text, percent

SIDES = {"▲": "up", "▼": "down", "!": "down"}
Facts = Mapping[str, Any]


def change_list(changes: list[Change], day: Day) -> None:
    """Shows the sentences; one muted sentence where nothing changed."""
    if not changes:
        quiet(_("与对比日相比没有变化。"))
    for change in changes:
        mark, sentence = SENTENCES[change.rule](change.facts, day.reference)
        with st.container(key=f"line-{change.rule}"):
            st.html(f'<div class="line"><i class="{SIDES.get(mark, "")}">{mark}</i><span>{sentence}</span></div>')
            over_button(change.rule, _(TITLES[change.rule]), lambda change=change: change.rows, day)


def overdue_list(day: Day) -> None:
    """The issues that are overdue longest; a click opens all that are overdue."""
    issues = day.standing.issues
    st.html(day.kept("longest overdue", lambda: longest_overdue(issues, day.reference)))
    over_button("overdue-list", _("超期的问题"), lambda: overdue_issues(issues), day)


def score_sentence(facts: Facts, reference: Reference) -> tuple[str, str]:
    """The score, then and now, and the kinds of site that moved it most."""
    score, earlier, names = facts["score"], facts["earlier"], reference.kind_names()
    kinds = _("和").join(_("<b>{kind}</b>（{points}）").format(kind=escape(_(names[kind])), points=signed(gained))
                        for kind, gained in facts["kinds"])
    mark = "▲" if score - earlier >= MOVED else "▼" if earlier - score >= MOVED else "＝"
    words = _("街道准备度 {earlier:.1f} → <b>{score:.1f}</b>，主要来自{kinds}。") if kinds else \
        _("街道准备度 {earlier:.1f} → <b>{score:.1f}</b>。")
    return mark, words.format(earlier=earlier, score=score, kinds=kinds)


def restated_sentence(facts: Facts, reference: Reference) -> tuple[str, str]:
    """The earlier day's score, as seen then and as known now."""
    return "↻", _("{day}的得分当天看是 {shown:.1f}，补报后为 <b>{score:.1f}</b>。").format(
        day=day_text(facts["on"]), shown=facts["shown"], score=facts["score"])


def fall_sentence(facts: Facts, reference: Reference) -> tuple[str, str]:
    """The area that fell most and what was found there."""
    area = {"area": f"<b>{escape(facts['name'])}</b>", "points": -facts["change"]}
    if not facts["count"]:
        return "▼", _("{area}下降 {points:.1f} 分，下降最多。").format(**area)
    if facts["of_item"] < 2:
        return "▼", n_("{area}下降 {points:.1f} 分，下降最多：新增 {n} 条未销号。", facts["count"], **area)
    return "▼", n_("{area}下降 {points:.1f} 分，下降最多：新增 {n} 条未销号，其中 {of_item} 条是{kind}“{item}”。",
                   facts["count"], **area, **item_of(facts, reference))


def rise_sentence(facts: Facts, reference: Reference) -> tuple[str, str]:
    """The area that rose most and what was verified there."""
    area = {"area": f"<b>{escape(facts['name'])}</b>", "points": facts["change"]}
    if not facts["count"]:
        return "▲", _("{area}提高 {points:.1f} 分，提高最多。").format(**area)
    if facts["of_item"] < 2:
        return "▲", n_("{area}提高 {points:.1f} 分，提高最多：销号 {n} 条。", facts["count"], **area)
    return "▲", n_("{area}提高 {points:.1f} 分，提高最多：销号 {n} 条，其中 {of_item} 条是{kind}“{item}”。",
                   facts["count"], **area, **item_of(facts, reference))


def overdue_sentence(facts: Facts, reference: Reference) -> tuple[str, str]:
    """Overdue issues against then, and the two areas that have most of them."""
    count, more, day = facts["count"], facts["count"] - facts["earlier"], day_text(facts["on"])
    start = n_("超期 {n} 条，与 {day}相比多 {more} 条", count, day=day, more=more) if more > 0 else \
        n_("超期 {n} 条，与 {day}相比少 {fewer} 条", count, day=day, fewer=-more) if more < 0 else \
        n_("超期 {n} 条，与 {day}相比持平", count, day=day)
    names = [f"<b>{escape(name)}</b>" for name in facts["areas"]]
    if not names:
        return "!", _("{start}。").format(start=start)
    if len(names) == 1:
        return "!", _("{start}；都在{area}。").format(start=start, area=names[0])
    return "!", _("{start}；{first}、{second}合占 {count} 条。").format(
        start=start, first=names[0], second=names[1], count=facts["of_areas"])


def red_line_sentence(facts: Facts, reference: Reference) -> tuple[str, str]:
    """Open red lines by name."""
    named = _("、").join(f"<b>{escape(str(name))}</b> {escape(str(text))}" for name, text in facts["named"])
    start = n_("红线项 {n} 条未销号（其中新增 {new} 条）", facts["count"], new=facts["new"]) if facts["new"] else \
        n_("红线项 {n} 条未销号", facts["count"])
    words = _("{start}：{named}等。") if facts["count"] > len(facts["named"]) else _("{start}：{named}。")
    return "!", words.format(start=start, named=named)


def relapse_sentence(facts: Facts, reference: Reference) -> tuple[str, str]:
    """Issues found again since then."""
    day = day_text(facts["on"])
    if facts["of_item"] < 2:
        return "↺", n_("{day}以来回潮 {n} 条。", facts["count"], day=day)
    return "↺", n_("{day}以来回潮 {n} 条，其中 {of_item} 条是{kind}“{item}”。", facts["count"], day=day,
                   **item_of(facts, reference))


def lacking_sentence(facts: Facts, reference: Reference) -> tuple[str, str]:
    """Areas without a score."""
    count, share = len(facts["areas"]), percent(reference.settings.minimum_coverage)
    names = _("、").join(f"<b>{escape(name)}</b>" for name in facts["areas"][:4])
    if count > 4:
        return "?", _("{names}等 {count} 个居民区检查覆盖率不足 {share}，暂不评分。").format(
            names=names, count=count, share=share)
    return "?", n_("{names}检查覆盖率不足 {share}，暂不评分。", count, names=names, share=share)


def item_of(facts: Facts, reference: Reference) -> Facts:
    """The item that most of the issues are of, for a sentence: of_item (how many), kind, item."""
    kind = reference.kind_names()[facts["kind"]]
    return {"of_item": facts["of_item"], "kind": _(kind), "item": escape(inner_quotes(facts["indicator"]))}


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
    "score": N_("得分变化：每项少失的分加起来就是变化"), "restated": N_("补报改变了哪些项目"),
    "fall": N_("下降的居民区：新增的问题"), "rise": N_("提高的居民区：销号的问题"), "overdue": N_("超期的问题"),
    "red_lines": N_("未销号的红线项"), "relapses": N_("回潮的问题"),
    "lacking": N_("资料不足的居民区：检查过和没检查的项目"),
}
