"""What is taken away: the deck, the brief and the summary of the day, and evidence, made when a button is clicked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from readiness.language import CHINESE, _
from store import album
from ui.decisions import decisions_of_day
from ui.frame import card, quiet
from ui.language import speaking
from ui.mimes import MIMES
from ui.reads import Day, engine


def takeaway_card(day: Day, report_of: Callable[..., Any], writers: Mapping[str, Callable[[Any], bytes]]) -> None:
    """A button a kind of file. report_of: of reports.content; writers: the ending of a file -> what writes it."""
    name = _("创文迎检准备情况")
    words = {"pptx": _("幻灯片"), "docx": _("简报"), "xlsx": _("汇总表")}
    with card("takeaway", _("带走"), _("汇报材料，可以再改")):
        if day.empty:
            quiet(_("还没有可以汇报的内容。"))
            return
        with st.container(horizontal=True, gap="small"):
            for kind, write in writers.items():
                st.download_button(
                    f"{words[kind]} {kind}", lambda write=write: write(_report(day, report_of)), mime=MIMES[kind],
                    file_name=f"{name}_{day.as_of:%Y%m%d}.{kind}", key=f"take-{kind}", on_click="ignore",
                    icon=":material/download:")


def evidence_button(day: Day, report_of: Callable[..., Any], write: Callable[..., bytes], area_code: str,
                    issue: str | None = None, kind: str = "secondary") -> None:
    """A button that takes along what proves an area's issues, or one of them: pictures, history and hashes as a zip.

    write: of reports.evidence; kind: the button's type.
    """
    issues, label, name = day.standing.issues, _("证据包"), day.reference.area_names()[area_code]
    wanted = issues[issues["area_code"] == area_code if issue is None else issues["issue"] == issue]
    st.download_button(
        label, lambda: write(_report(day, report_of), wanted), mime=MIMES["zip"], key="evidence",
        file_name=f"{label}_{name}_{day.as_of:%Y%m%d}.zip", on_click="ignore", icon=":material/folder_zip:",
        help=_("照片原图、经过和哈希值，一个压缩包"), disabled=wanted.empty, type=kind)


def _report(day: Day, report_of: Callable[..., Any]) -> Any:
    """The report of the day, kept for its version; in Chinese whatever is spoken."""
    with speaking(CHINESE):
        return day.kept("report", lambda: report_of(
            day.facts, day.reference, day.as_of, decisions_of_day(day), album(engine(day.key[0])), day.snapshot))
