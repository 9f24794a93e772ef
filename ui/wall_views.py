"""The words of the wall's views as HTML: few and large, no person's name and no phone number."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape

import pandas as pd

from readiness.changes import changes as found_changes
from readiness.language import N_, _, n_
from readiness.model import FIXED, OPEN, RETURNED, VERIFIED
from readiness.patrols import area_patrols, patrols_of, summed, without_patrol
from readiness.phones import masked
from readiness.settings import window_status
from ui.changes import SENTENCES, SIDES
from ui.headline import band_name, big_score, change, countdown_words, missing_points
from ui.reads import Day
from ui.words import count_delta, day_text, known, percent

PHONE = re.compile(r"(?<!\d)(?:1\d{10}|0\d{2,3}[- ]?\d{7,8}|\d{8})(?!\d)")
LINES = {"overdue": 13, "changes": 8, "quiet": 8}
WHAT = {OPEN: ("down", N_("新增")), RETURNED: ("down", N_("退回")), FIXED: ("", N_("待复核")),
        VERIFIED: ("up", N_("销号"))}


def note(day: Day, name: str, area: str | None) -> str:
    """What stands behind a view's title."""
    late = int((_own(day.standing.issues, area)["overdue_days"] > 0).sum())
    words = {"map": _("示意图　○ 未销号　◆ 超期"), "ranking": _("虚线＝目标"), "special": _("全街道符合率"),
             "overdue": n_("共 {n} 条", late)}.get(name, "")
    return f"<i>{escape(words)}</i>" if words else ""


def headline(day: Day, area: str | None) -> str:
    """The countdown, the score with its change and its distance from the target, and what is open and overdue."""
    now, before, settings = day.standing, day.before.standing, day.reference.settings
    name, big = countdown_words(window_status(settings, now.as_of))
    own = now.subdistrict if area is None else _of_area(now.areas, area)
    then = before.subdistrict if area is None else _of_area(before.areas, area)
    whose = _("街道准备度") if area is None else _("{area}准备度").format(area=day.reference.area_names()[area])
    first = day_text(settings.window_first)
    counts = "".join(
        f'<div><span>{label}</span><b class="{side}">{value}</b><em>{_moved(value, earlier)}</em></div>'
        for label, value, earlier, side in ((_("未销号"), int(own.open), int(then.open), ""),
                                            (_("超期"), int(own.overdue), int(then.overdue), "down")))
    covered = _("检查覆盖率 {coverage}").format(coverage=percent(own.coverage))
    aim = _("，").join(filter(None, (_("目标 {target:g}").format(target=settings.target),
                                    missing_points(_score(own), settings.target))))
    since = _("比 {day}").format(day=day_text(day.compared))
    moved = change(_score(own), _score(then))
    return (f'<div class="w-name">{name}　{first}</div><div class="w-hero">{big}</div>'
            f'<div class="w-name">{escape(whose)}</div><div class="w-hero">{big_score(_score(own))}</div>'
            f'<div class="w-text">{moved and moved + since + "　"}{band_name(own.band, settings)}</div>'
            f'<div class="w-text">{aim}　{covered}</div>'
            f'<div class="w-counts">{counts}</div>')


def map_words(day: Day, fresh: pd.DataFrame) -> str:
    """The issues that have just come, marked once; nothing where none has."""
    if fresh.empty:
        return ""
    names = day.reference.area_names()
    told = _("；").join(f"{names[row.area_code]} {_plain(row.description)}" for row in fresh.head(2).itertuples())
    words = n_("刚刚新增 {n} 条", len(fresh))
    return f'<div class="w-new"><b>{words}</b>{escape(told)}</div>'


def overdue(day: Day, area: str | None) -> str:
    """The issues that are overdue longest: area, site, what it is and for how many days."""
    rows = _own(day.standing.issues, area)
    rows = rows[rows["overdue_days"] > 0].sort_values(["overdue_days", "issue"], ascending=[False, True])
    names = day.reference.area_names()
    return _list(((names[row.area_code], _place(row), _plain(row.description),
                   n_("{n} 天", int(row.overdue_days)), "down") for row in rows.head(LINES["overdue"]).itertuples()),
                 _("没有超期的问题。"))


def special(day: Day) -> str:
    """Each special inspection: what passes, the sites that this round has not reached, and the worst item."""
    rows = []
    for row in day.special.itertuples():
        words = n_("{item}：{n} 处不符合", row.worst_failing, item=row.worst) if row.worst_failing else ""
        reach, side = n_("未查 {n} / {all}", row.missed, all=row.sites), "down" if row.missed else ""
        rows.append(f'<li><div><b>{escape(_(row.name))}</b><span class="num">{percent(row.rate)}</span></div>'
                    f'<small><span>{escape(words)}</span><em class="{side}">{reach}</em></small></li>')
    return f'<ul class="w-special">{"".join(rows)}</ul>'


def patrols(day: Day, area: str | None) -> str:
    """The patrols of the day, of none the last day's; and the areas that nobody has walked for days."""
    rows = _own(patrols_of(day.facts, day.as_of), area)
    today = rows[rows["date"] == pd.Timestamp(day.as_of)]
    shown = today if len(today) else rows[rows["date"] == rows["date"].max()]
    head = "" if len(today) else _("今天还没有巡查记录") + ("" if rows.empty else _("；最近一次 {day}").format(
        day=day_text(rows["date"].max().date())))
    sums = summed(shown, "week").sum() if len(shown) else pd.Series(dtype=float)
    cells = "".join(f"<div><span>{label}</span><b>{_count(sums.get(name))}</b></div>" for label, name in (
        (_("巡查（次）"), "patrols"), (_("时长（小时）"), "hours"), (_("党员（人次）"), "party_members"),
        (_("志愿者（人次）"), "volunteers"), (_("发现（处）"), "found"), (_("当场解决（处）"), "solved")))
    names = {code: name for code, name in day.reference.area_names().items() if not code.endswith("000")}
    table = area_patrols(rows, day.facts, [area] if area else list(names), day.as_of)
    quiet = without_patrol(table, day.reference.settings.patrol_days)
    told = _list(((names.get(row.area_code, ""), "", "", n_("{n} 天", int(row.days)) if known(row.days) else _("从未"),
                   "down") for row in quiet.head(LINES["quiet"]).itertuples()), _("都有巡查。"))
    title = n_("近 {n} 天没有巡查", day.reference.settings.patrol_days)
    head = f'<div class="w-text muted">{head}</div>' if head else ""
    return f'{head}<div class="w-grid">{cells}</div><div class="w-sub">{title}</div>{told}'


def changes(day: Day, told: pd.DataFrame, area: str | None) -> str:
    """What is new since this morning: how many of each kind, and the newest of them."""
    told, names = _own(told, area), day.reference.area_names()
    counts = told["what"].value_counts()
    cells = "".join(
        f'<div><span>{_(word)}</span><b class="{side if what in counts else ""}">{counts.get(what, 0)}</b></div>'
        for what, (side, word) in WHAT.items())
    lines = _list(((names[row.area_code], _place(row), _plain(row.description), _(WHAT[row.what][1]),
                    WHAT[row.what][0]) for row in told.head(LINES["changes"]).itertuples()),
                  _("今天还没有新的变化。"))
    week = "" if area else _week(day)
    return f'<div class="w-grid">{cells}</div>{lines}{week}'


def _week(day: Day) -> str:
    """What changed since the day compared with, in the sentences of 总览."""
    moved = day.kept("changes", lambda: found_changes(day.standing, day.before.standing, day.then), day.compared)
    told = (SENTENCES[one.rule](one.facts, day.reference) for one in moved)
    items = "".join(f'<li><i class="{SIDES.get(mark, "")}">{mark}</i><span>{masked_text(words)}</span></li>'
                    for mark, words in told)
    since = _("比 {day}").format(day=day_text(day.compared))
    return f'<div class="w-sub">{since}</div><ul class="w-said">{items}</ul>' if items else ""


def _own(rows: pd.DataFrame, area: str | None) -> pd.DataFrame:
    return rows if area is None else rows[rows["area_code"] == area]


def _of_area(areas: pd.DataFrame, code: str) -> pd.Series:
    return areas.set_index("area_code").loc[code]


def _score(tally: object) -> float | None:
    return tally.score if known(tally.score) else None


def _moved(now: int, before: int) -> str:
    more = count_delta(now, before)
    return "" if not more else f'{"▲" if more > 0 else "▼"} {abs(more)}'


def _count(value: float | None) -> str:
    return f"{value:g}" if value is not None and known(value) else "—"


def _place(row: object) -> str:
    words = (text for text in (row.site, row.location) if isinstance(text, str))
    return masked_text(" ".join(words))


def _plain(text: object) -> str:
    return masked_text(text if isinstance(text, str) else "")


def masked_text(text: str) -> str:
    """The text with what may be a telephone number masked; short numbers (3号楼) stay.

    >>> masked_text("3号楼王阿姨13812345678堆物")
    '3号楼王阿姨138****5678堆物'
    """
    return PHONE.sub(lambda found: masked(found.group()), text)


def _list(rows: Iterable[tuple[str, str, str, str, str]], nothing: str) -> str:
    items = "".join(
        f'<li><b>{escape(name)}</b><span>{escape(place)}<i>{escape(words)}</i></span><em class="{side}">{end}</em></li>'
        for name, place, words, end, side in rows)
    return f'<ul class="w-list">{items}</ul>' if items else f'<div class="w-text muted">{nothing}</div>'
