"""The life of an issue as a list: every row of a book and every step on screen, who, when, why, and its photos."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

import pandas as pd

from readiness.issue_history import HISTORY_WORDS, issue_history
from readiness.language import _, n_
from readiness.sources import sources
from store import step_pictures, thumbnails
from ui.reads import ZONE, Day, database_url, engine
from ui.words import MISSING, date_said, said


def life_of(issue: Any, day: Day) -> str:
    """Every row and step about the issue as an HTML list, the oldest first, each with its workbook and cell or with
    who took it and when."""
    rows = sources(issue_history(day.facts, issue, day.as_of), day.snapshot.uploads)
    photos = _photos(day, rows["step_id"])
    items = "".join(_word(row, photos.get(row.step_id, ())) for row in rows.itertuples(index=False))
    title, count = _("经过"), n_("{n} 条记录", len(rows))
    return f'<div class="card-title">{title}<span>{count}</span></div><ol class="life">{items}</ol>'


def _photos(day: Day, step_ids: pd.Series) -> Mapping[int, Sequence[bytes]]:
    """The small pictures of each of these steps that has any."""
    uses = day.kept("step pictures", lambda: step_pictures(engine(database_url())))
    uses = uses[uses["step_id"].isin(step_ids)]
    if uses.empty:
        return {}
    small = day.kept("thumbnails", lambda: thumbnails(engine(database_url()), uses["sha256"]), *uses["sha256"])
    return uses["sha256"].map(small).groupby(uses["step_id"]).agg(list).to_dict()


def _word(row: Any, photos: Sequence[bytes]) -> str:
    day = date_said(row.on) or MISSING
    day = _("{day}（推断）").format(day=day) if row.inferred else day
    until = _("至 {day}").format(day=date_said(row.until)) if pd.notna(row.until) else None
    notes = _("，").join(filter(None, (until, said(row.person), said(row.said))))
    return (f"<li><b>{day}</b><span><b>{_(HISTORY_WORDS[row.word])}</b> {escape(notes)}"
            f"<small>{escape(_source(row))}</small>{''.join(map(picture_html, photos))}</span></li>")


def _source(row: Any) -> str:
    if isinstance(row.workbook, str):
        return f"{row.workbook} › {row.cell}"
    minute = row.at.tz_convert(ZONE).strftime("%Y-%m-%d %H:%M")
    return _("{who} 在页面登记，{minute}").format(who=row.user, minute=minute)


def picture_html(small: bytes) -> str:
    """A small picture within our own HTML."""
    words = escape(_("登记时附的照片"))
    return f'<img alt="{words}" src="data:image/jpeg;base64,{b64encode(small).decode()}">'
