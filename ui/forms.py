"""Forms to download, one a kind of table, for one area or for any; an area's own know its sites and open issues."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from readiness.language import _
from readiness.model import LEDGER, TABLE_KINDS
from readiness.open_rows import open_rows
from ui.frame import card
from ui.mimes import MIMES
from ui.reads import Day
from ui.words import TABLE_WORDS

Template = Callable[..., bytes]
FileName = Callable[[str, str | None], str]


def forms_card(day: Day, template: Template, file_name: FileName) -> None:
    """A button for each form; with an area chosen its name, sites and open issues stand in it already."""
    names = day.reference.area_names()
    with card("forms", _("空白模板"), _("表头正好是系统认得的；选了居民区，表里就写好它的名字、点位和没销号的问题")), \
            st.container(horizontal=True, vertical_alignment="center"):
        area = st.selectbox(_("居民区"), list(names), index=None, format_func=names.get, key="form-area", width=170,
                            placeholder=_("不限居民区"), label_visibility="collapsed")
        for kind in TABLE_KINDS:
            _form_button(kind, area, day, template, file_name)


def _form_button(kind: str, area: str | None, day: Day, template: Template, file_name: FileName) -> None:
    names = day.reference.area_names()
    st.download_button(_(TABLE_WORDS[kind]), lambda: template(kind, day.reference, area, **known(day, kind, area)),
                       mime=MIMES["xlsx"], on_click="ignore", file_name=file_name(kind, names.get(area)),
                       key=f"form-{kind}", icon=":material/download:")


def known(day: Day, kind: str, area: str | None) -> dict[str, Any]:
    """What a form says of an area beforehand: its sites; in the ledger's form its open issues, as of the day."""
    if area is None:
        return {}
    sites = day.facts.sites
    own = {"sites": sites.loc[sites["area_code"] == area, "site"].tolist()}
    if kind != LEDGER:
        return own
    issues = open_rows(day.facts, day.snapshot, day.standing.issues, area)
    return own if issues.empty else {**own, "issues": issues, "as_of": day.as_of, "demo": day.snapshot.demo}
