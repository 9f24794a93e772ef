"""The frame of every page: style, logo, title line, cards, what a failure looks like."""

from __future__ import annotations

import html
import json
import logging
import unicodedata
import uuid
from collections.abc import Callable
from datetime import date
from pathlib import Path
from urllib.parse import quote, urlencode, urlsplit

import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.runtime.pages_manager import PagesManager

from readiness.language import _, n_
from readiness.model import ReadinessError
from ui.figures import mode
from ui.reads import Day
from ui.words import day_text

HERE = Path(__file__).parent
ICON = HERE / "icon.svg"
GAP, ROW, TALL, SHORT = 12, 89, 5, 3
WIDE, NARROW = 15, 8.2  # px of a Chinese and of a Latin character in the logo
INK = {"light": "#17212b", "dark": "#e8edf3"}
log = logging.getLogger("readiness.pages")


def set_up(name: str) -> None:
    """Page set-up before anything else: browser title, icon, style and the logo with the subdistrict's name."""
    st.set_page_config(page_title=name, page_icon=str(ICON), layout="wide")
    st.html(HERE / "style.css")
    st.html(HERE / "print.html", unsafe_allow_javascript=True)
    st.html(f"<style>.stDialog {{ color-scheme: {mode()}; }}</style>")
    svg = (HERE / "logo.svg").read_text(encoding="utf-8")
    st.logo(svg.format(width=40 + name_width(name), ink=INK[mode()], name=html.escape(name)), size="large")


def name_width(name: str) -> int:
    """px of a name in the logo.

    >>> name_width("凉城"), name_width("Town")
    (30, 33)
    """
    return round(sum(WIDE if unicodedata.east_asian_width(letter) in "WF" else NARROW for letter in name))


def heal_first_deep_link() -> None:
    """Loads the page once more for the first visitor of a new server who comes by a deep link; call before the menu.

    Streamlit puts “Page not found” over the right page then: it takes a folder named pages for its older kind of menu
    until st.navigation has run once.
    """
    path = urlsplit(st.context.url or "").path
    if PagesManager.uses_pages_directory and path.strip("/"):
        given = {name: st.query_params.get_all(name) for name in st.query_params}
        address = f"{quote(path)}?{urlencode(given, doseq=True)}"
        st.html(f"<script>window.location.replace({json.dumps(address)})</script>", unsafe_allow_javascript=True)


def title_line(title: str, day: Day, *notes: str) -> None:
    """The page's name, the chip of demonstration data, the day that the numbers speak of, and notes."""
    demo, newest = _("示例数据"), _("回看：最新是 {day}").format(day=day_text(day.newest))
    chip = f'<span class="demo">{demo}</span>' if day.snapshot.demo else ""
    until = "" if day.empty else _("数据截至 {day}").format(day=day_text(day.as_of, year=True))
    past = f'<span class="past">{newest}</span>' if day.as_of < day.newest else ""
    words = "".join(f"<span>{note}</span>" for note in (until, *notes) if note)
    st.html(f'<div class="title-line"><b>{html.escape(title)}</b>{chip}{words}{past}</div>')


def compared(before: date, as_of: date) -> str:
    """The title line's note about the day compared with, and how many days before as_of it is.

    >>> compared(date(2026, 10, 19), date(2026, 10, 26))
    '对比 10月19日（7 天前）'
    """
    return n_("对比 {day}（{n} 天前）", (as_of - before).days, day=day_text(before))


def card(name: str, title: str, note: str = "", height: int | str = "content") -> DeltaGenerator:
    """A card with its title, for use with `with`; name is its stable key."""
    box = st.container(border=True, key=f"card-{name}", height=height)
    if title:
        with box:
            card_title(title, note)
    return box


def card_title(title: str, note: str = "") -> None:
    """The title of a card with a muted note behind it."""
    st.html(f'<div class="card-title">{html.escape(title)}<span>{html.escape(note)}</span></div>')


def quiet(words: str) -> None:
    """A muted sentence where there is nothing to show."""
    st.html(f'<div class="quiet">{words}</div>')


def tiles() -> DeltaGenerator:
    """The grid of a dashboard: as many columns of 410 px as fit, short cards filling what tall ones leave."""
    return st.grid("auto", min_column_width=410, gap=GAP, row_height=ROW, dense=True, key="tiles")


def tile(grid: DeltaGenerator, name: str, title: str, note: str = "", tall: bool = False) -> DeltaGenerator:
    """A card in the grid: a tall one is 493 px (a figure of 445 fits), a short one 291 px (a figure of 243)."""
    rows = TALL if tall else SHORT
    with grid.cell(row_span=rows):
        return card(name, title, note, height=rows * ROW + (rows - 1) * GAP)


def guarded(run: Callable[[], None]) -> None:
    """Runs a page. A refusal is shown as it is; anything else goes to the log under a number to quote."""
    top = st.container()
    try:
        run()
    except ReadinessError as refusal:
        top.error(str(refusal))
    except Exception:
        number = uuid.uuid4().hex[:8]
        log.exception("页面出错，编号 %s", number)
        top.error(_("页面出错，编号 {number}，请告知办公室管理员。").format(number=number))
