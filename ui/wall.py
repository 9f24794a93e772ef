"""大屏: all views at once or page by page, drawn anew by itself; JavaScript turns the pages and tells the time."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st

from readiness.facts import place_facts
from readiness.language import N_, _
from readiness.model import VERIFIED
from readiness.standing import Standing, standing
from readiness.today import news
from store import load_snapshot, screen_opens
from ui import wall_views as views
from ui.figures import CONFIG, Drawn
from ui.reads import ZONE, Day, engine, read_day, subdistrict_name
from ui.session import AREA
from ui.words import day_text

ROOT = Path(__file__).parent.parent
LOOK = Path(__file__).with_name("wall.html")
SCREEN, VIEWS, SECONDS, TOKEN = "screen", "views", "seconds", "token"
BEAT = 5  # seconds between two looks at the database
TURN, TURNS = 25, (5, 600)
TITLES = {"headline": "", "map": N_("问题地图"), "ranking": N_("居民区排名"), "overdue": N_("超期最久"),
          "special": N_("专项检查"), "patrols": N_("今日巡查"), "changes": N_("今天的变化")}
SEEN = "wall-seen"


@dataclass(frozen=True)
class Drawing:
    """A figure of the wall: what draws it, its width in px of the desk, and of which view it is."""

    draw: Callable[[Day, str | None], Any]
    width: int


def asked() -> bool:
    """Whether the address asks for the wall."""
    return st.query_params.get(SCREEN) == "1"


def wall(figures: Mapping[str, Drawing]) -> None:
    """Shows the wall until nobody looks any more; figures: of headline, map and ranking."""
    st.html(LOOK.read_text(encoding="utf-8"), unsafe_allow_javascript=True)
    _beat(figures)


@st.fragment(run_every=BEAT)
def _beat(figures: Mapping[str, Drawing]) -> None:
    day = read_day()
    area = _area(day)
    with st.container(key="wall"):
        st.html(day.kept("wall bar", lambda: _bar(day), *_named()))
        _pulse(day)
        closed = None if _opens(day) else _("这个大屏链接无效或已停用，请向办公室要新的链接（数据上报 → 大屏链接）。")
        if sentence := closed or (_("还没有数据。办公室上报以后，这里会自己出现。") if day.empty else None):
            st.html(f'<div class="w-alone">{sentence}</div>')
            return
        told = [name for name in _views() if name in TITLES]
        with st.container(key="wall-views"):
            for name in ("headline", *told):
                with st.container(key=f"view-{name}"):
                    _view(day, name, area, figures)
        _keys(day)


def _opens(day: Day) -> bool:
    """Whether the address may open the wall: by the token of a link, or as long as all data is demonstration."""
    uploads, token = day.snapshot.uploads, st.query_params.get(TOKEN, "")
    own = uploads["undone_at"].isna() & ~uploads["demo"]
    return not own.any() or day.kept("wall opens", lambda: screen_opens(engine(day.key[0]), token), token)


def _view(day: Day, name: str, area: str | None, figures: Mapping[str, Drawing]) -> None:
    """One view: its title, its figure where it has one, and its words."""
    new = _new(day)
    html = {
        "headline": lambda: views.headline(day, area), "map": lambda: views.map_words(day, new),
        "ranking": lambda: "", "overdue": lambda: views.overdue(day, area), "special": lambda: views.special(day),
        "patrols": lambda: views.patrols(day, area), "changes": lambda: views.changes(day, news_of(day), area)}[name]
    marked = area or (new["area_code"].mode().iloc[0] if name == "map" and len(new) else None)
    title = f'<div class="w-title">{escape(_(TITLES[name]))}{views.note(day, name, area)}</div>' if TITLES[name] else ""
    st.html(title + day.kept(f"wall {name}", html, area, _today(), tuple(new["issue"]) if name == "map" else ()))
    if name in figures:
        figure = day.kept(f"wall figure {name}", lambda: _drawn(figures[name], day, marked), marked)
        st.plotly_chart(figure, theme=None, key=f"wall-{name}", config={**CONFIG, "staticPlot": True},
                        width=figures[name].width)


def _drawn(drawing: Drawing, day: Day, area: str | None) -> Drawn:
    return Drawn(drawing.draw(day, area).update_layout(width=drawing.width))


def _views() -> list[str]:
    """The views that the address names in their order, all of them where it names none of ours."""
    named = [name for name in _named() if name in TITLES and name != "headline"]
    return list(dict.fromkeys(named)) or [name for name in TITLES if name != "headline"]


def seconds() -> int:
    """How long a page of views stands: what the address says, within TURNS."""
    said = st.query_params.get(SECONDS, "")
    return min(max(int(said), TURNS[0]), TURNS[1]) if said.isdecimal() else TURN


def _area(day: Day) -> str | None:
    code = st.query_params.get(AREA)
    return code if code in set(day.reference.areas["code"]) else None


def _bar(day: Day) -> str:
    demo = f'<i class="demo">{_("示例数据")}</i>' if day.snapshot.demo else ""
    name = _("{subdistrict} 创文迎检").format(subdistrict=subdistrict_name())
    until = "" if day.empty else _("数据截至 {day}").format(day=day_text(day.as_of))
    return f'<div class="w-bar"><b>{escape(name)}</b>{demo}<span>{until}</span>{_unknown_views()}</div>'


def _unknown_views() -> str:
    """For whoever sets up a screen: which names in its address are no views, and which there are."""
    unknown = [name for name in _named() if name not in TITLES]
    words = _("地址里的 {names} 不是画面，可用：{known}").format(
        names=_("、").join(unknown)[:60], known=", ".join(list(TITLES)[1:]))
    return f'<span class="down">{escape(words)}</span>' if unknown else ""


def _named() -> list[str]:
    return [name for name in st.query_params.get(VIEWS, "").split(",") if name]


def _pulse(day: Day) -> None:
    """What JavaScript must know, once a beat: the time, when the data changed last, which code runs, how to turn."""
    told = {"beat": datetime.now(UTC).isoformat(), "changed": _changed(day), "build": build(), "seconds": seconds(),
            "old": day.reference.settings.screen_days, "version": day.key[1]}
    st.html(f'<div class="w-pulse" title="{escape(json.dumps(told))}"></div>')


def _changed(day: Day) -> str | None:
    """The instant of the newest upload or step on screen that counts."""
    came = day.snapshot.uploads.loc[day.snapshot.uploads["undone_at"].isna(), "uploaded_at"]
    newest = pd.concat([came, day.snapshot.steps["at"]]).max()
    return None if pd.isna(newest) else newest.isoformat()


@cache
def build() -> str:
    """A mark of the code that runs: another after each update, which makes the walls load themselves anew."""
    files = sorted(path for pattern in ("*.py", "*/*.py", "*/*/*.py", "ui/*.html", "ui/*.css")
                   for path in ROOT.glob(pattern) if ".venv" not in path.parts)
    return hashlib.sha256(repr([(path.name, path.stat().st_size, path.stat().st_mtime_ns) for path in files]).encode(
    )).hexdigest()[:12]


def _today() -> str:
    return datetime.now(ZONE).date().isoformat()


def news_of(day: Day) -> pd.DataFrame:
    """readiness.today.news since this morning; without a morning, where nothing had come before it."""
    return day.kept("wall news", lambda: news(day.standing, _morning(day)), _today())


def _morning(day: Day) -> Standing | None:
    midnight = datetime.combine(datetime.now(ZONE).date(), time.min, ZONE)
    came = day.snapshot.uploads.loc[day.snapshot.uploads["undone_at"].isna(), "uploaded_at"]
    if not (came < midnight).any():
        return None
    known = load_snapshot(engine(day.key[0]), midnight, day.snapshot)
    return standing(place_facts(known, day.reference), day.reference, day.as_of)


def _new(day: Day) -> pd.DataFrame:
    """The open issues that came with the data's last version, while this screen was looking; the newest first."""
    issues = day.standing.issues
    version, seen, fresh = st.session_state.get(SEEN, (None, set(issues["issue"]), issues.head(0)))
    if version != day.key[1]:
        fresh = issues[~issues["issue"].isin(seen) & (issues["status"] != VERIFIED)]
        fresh = fresh.sort_values("started_on", ascending=False, kind="stable")
        st.session_state[SEEN] = (day.key[1], set(issues["issue"]), fresh)
    return fresh


def _keys(day: Day) -> None:
    """Buttons that nobody sees, for the keys that ask for another area."""
    with st.container(key="wall-keys"):
        codes = [None, *day.reference.areas["code"]]
        for shortcut, step in (("ArrowDown", 1), ("ArrowUp", -1)):
            st.button(shortcut, key=f"wall-{shortcut}", shortcut=shortcut, on_click=_turn_area, args=(codes, step))
        st.button("Escape", key="wall-Escape", shortcut="Escape", on_click=_turn_area, args=(codes, 0))


def _turn_area(codes: list[str | None], step: int) -> None:
    held = st.query_params.get(AREA)
    at = codes.index(held) if held in codes else 0
    code = codes[(at + step) % len(codes)] if step else None
    if code:
        st.query_params[AREA] = code
    else:
        st.query_params.pop(AREA, None)
