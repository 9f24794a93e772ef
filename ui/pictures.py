"""The pictures of an issue: before beside after, small, the original at a click, and which other fixes they prove."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from readiness.issue_history import pictures_of
from readiness.language import N_, _, n_
from readiness.model import FROM_CHECK
from readiness.pictures import (
    pictures_of_checks,
    pictures_of_issue,
    placed_pictures,
    proved_elsewhere,
    reused_proofs,
)
from store import original_picture, picture_uses, thumbnails
from ui.reads import Day, database_url, engine
from ui.session import choose_issue
from ui.words import day_text

WORDS = {"photos_before": N_("整改前"), "photos_after": N_("整改后"), "photos": N_("检查照片")}
WIDTH = 148
ENDINGS = {"image/jpeg": "jpg", "image/png": "png", "image/gif": "gif", "image/bmp": "bmp", "image/webp": "webp"}


def show_pictures(issue: Any, day: Day) -> None:
    """Shows the pictures of an issue, a row of Standing.issues; nothing for one whose rows have none."""
    told = dict(zip(WORDS, pictures_of(day.facts, issue), strict=False))
    if issue.origin == FROM_CHECK:
        _beside(pictures_of_checks(_uses(day), day.facts, issue, day.as_of), told, day)
    elif any(told.values()):
        _beside(pictures_of_issue(_placed(day), issue), told, day)
        _other_fixes(issue, day)


def _beside(shown: pd.DataFrame, told: dict[str, int], day: Day) -> None:
    """The pictures beside each other by their fields; told: how many of a field the books tell of."""
    fields = [field for field in WORDS if told.get(field) or (shown["field"] == field).any()]
    if not fields:
        return
    small = day.kept("thumbnails", lambda: thumbnails(engine(database_url()), shown["sha256"]), *shown["sha256"])
    for column, field in zip(st.columns(len(fields)), fields, strict=True):
        with column:
            _field(field, shown[shown["field"] == field], told.get(field, 0), small)


def _field(field: str, shown: pd.DataFrame, told: int, small: dict[str, bytes]) -> None:
    """The pictures of one field in their order, and how many of those that the books tell of cannot be shown."""
    st.html(f'<div class="card-title">{_(WORDS[field])}<span>{len(shown) or ""}</span></div>')
    with st.container(horizontal=True, gap="small"):
        for picture in shown.itertuples():
            with st.container(width=WIDTH, gap=None):
                _picture(picture, small[picture.sha256])
    if told > len(shown):
        st.caption(n_("{n} 张照片没有载入", told - len(shown)))


def _picture(picture: Any, small: bytes) -> None:
    """One picture, a row of pictures_of_issue, with its original to take away."""
    word, day, sha256 = _(WORDS[picture.field]), day_text(picture.on.date()), picture.sha256
    st.image(small, width=WIDTH, alt=_("{field}照片，{day}").format(field=word, day=day))
    st.download_button(
        _("{day}原图").format(day=day), lambda: original_picture(engine(database_url()), sha256),
        file_name=f"{word}-{day}.{ENDINGS[picture.media_type]}", mime=picture.media_type, type="tertiary",
        key=f"original-{picture.field}-{picture.Index}", on_click="ignore", icon=":material/download:")


def _other_fixes(issue: Any, day: Day) -> None:
    """A line for each other issue that a proof of this one proves too; a click opens that issue."""
    found = proved_elsewhere(day.kept("reused proofs", lambda: reused_proofs(_placed(day))), issue.issue)
    for other in found.merge(day.standing.issues, left_on="other", right_on="issue").itertuples(index=False):
        said = " ".join(word for word in (other.site, other.location, other.description) if isinstance(word, str))
        line = _("这张照片也用作“{issue}”的整改证明") if other.same else _("几乎相同的照片也用作“{issue}”的整改证明")
        if st.button(line.format(issue=said), type="tertiary", key=f"proof-{other.issue}", icon=":material/file_copy:"):
            choose_issue(other.issue)
            st.rerun()


def _uses(day: Day) -> pd.DataFrame:
    return day.kept("picture uses", lambda: picture_uses(engine(database_url())))


def _placed(day: Day) -> pd.DataFrame:
    return day.kept("placed pictures", lambda: placed_pictures(_uses(day), day.facts, day.as_of))
