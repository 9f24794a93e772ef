"""Blank forms to download, one a kind of table, for one area or for any."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from readiness.language import _
from readiness.model import TABLE_KINDS
from readiness.reference import Reference
from ui.frame import card
from ui.reads import Day
from ui.words import TABLE_WORDS

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Template = Callable[[str, Reference, str | None], bytes]
FileName = Callable[[str, str | None], str]


def forms_card(day: Day, template: Template, file_name: FileName) -> None:
    """A button for each form; with an area chosen its name stands in it already."""
    names = day.reference.area_names()
    with card("forms", _("空白模板"), _("表头正好是系统认得的；选了居民区，表里就写好它的名字")), \
            st.container(horizontal=True, vertical_alignment="center"):
        area = st.selectbox(_("居民区"), list(names), index=None, format_func=names.get, key="form-area", width=170,
                            placeholder=_("不限居民区"), label_visibility="collapsed")
        for kind in TABLE_KINDS:
            _form_button(kind, area, day.reference, template, file_name)


def _form_button(kind: str, area: str | None, reference: Reference, template: Template, file_name: FileName) -> None:
    st.download_button(_(TABLE_WORDS[kind]), lambda: template(kind, reference, area), mime=XLSX, on_click="ignore",
                       file_name=file_name(kind, reference.area_names().get(area)), key=f"form-{kind}",
                       icon=":material/download:")
