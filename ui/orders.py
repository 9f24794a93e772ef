"""督办单: the choice for whom, and the buttons that make the form as a workbook and as a document."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pandas as pd
import streamlit as st

from readiness.choice import UNKNOWN
from readiness.language import _
from readiness.orders import Order, order_file, order_number
from readiness.pictures import pictures_of_findings
from store import picture_uses, thumbnails
from ui.followup_page import counts_of, told_of
from ui.mimes import MIMES
from ui.opening import chosen_in_title
from ui.reads import Day, database_url, engine, subdistrict_name

PARAMETERS = {"area_code": "order-area", "unit": "order-unit"}
WriteOrder = Callable[[Order], bytes]


def order_buttons(day: Day, column: str, label: str, writers: Mapping[str, WriteOrder]) -> None:
    """A field to choose an area (column area_code) or a unit, and a button for each kind of file.

    The most overdue one is chosen at first. The file is made when its button is clicked.
    """
    table = counts_of(day, column)
    table = table[table[column] != UNKNOWN]
    names, parameter = dict(zip(table["code"], table["label"], strict=True)), PARAMETERS[column]
    named = st.query_params.get(parameter)
    shown = named if named in names else next(iter(names), None)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        chosen_in_title(parameter, names, shown, label, "")
        for kind, write in writers.items():
            st.download_button(
                _("督办单 {kind}").format(kind=kind), lambda write=write: write(order_of(day, column, shown)),
                file_name=order_file(names.get(shown), day.as_of, kind), mime=MIMES[kind],
                key=f"{parameter}-{kind}", on_click="ignore", icon=":material/download:", disabled=shown is None)


def order_of(day: Day, column: str, code: str) -> Order:
    """The order to an area or a unit: its issues that have reached a stage, the latest first, with their pictures."""
    table, told = counts_of(day, column), told_of(day)
    place = table["code"].tolist().index(code)
    issues = told[(told[column] == table[column].iloc[place]) & told["stage"].notna()]
    found = pictures_of_findings(picture_uses(engine(database_url())), day.facts, issues, day.as_of)
    small = thumbnails(engine(database_url()), found["sha256"])
    to_area = column == "area_code"
    return Order(
        office=subdistrict_name(), number=order_number(day.as_of, to_area, place + 1),
        to=_addressee(day, table.iloc[place], to_area), to_area=to_area, as_of=day.as_of,
        issues=issues.assign(pictures=issues["issue"].map(found["count"]).fillna(0).astype("int64")),
        photos={issue: small[sha256] for issue, sha256 in found["sha256"].items()}, standard=day.reference.hash,
        demo=day.snapshot.demo)


def _addressee(day: Day, line: pd.Series, to_area: bool) -> str:
    """The official name of an area, the name of a unit as written."""
    if not to_area:
        return line["unit"]
    return day.reference.areas.set_index("code")["official_name"][line["area_code"]]
