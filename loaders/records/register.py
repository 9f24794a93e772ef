"""Registers of sites (点位台账, 责任表) and records of patrols (巡查, 志愿服务)."""

from __future__ import annotations

import re
from typing import Any

from loaders.records.areas import area_codes
from loaders.records.fields import days, field_column, places, sheet_days, texts
from loaders.records.lines import Lines, finished
from loaders.tables.rows import EMPTY
from loaders.text import folded
from loaders.values.cells import Cell, Failure, name_and_phone
from readiness.model import FIELDS, PATROLS, SITES

_CHIEFS = ("point_chief", "road_chief", "block_chief")
_DATUMS = (
    ("gcj02", ("gcj02", "火星", "高德", "腾讯")),
    ("bd09", ("bd09", "百度")),
    ("wgs84", ("wgs84", "gps", "天地图", "cgcs2000")),
)


def read_sites(lines: Lines) -> tuple[list[dict[str, Any]], list[tuple[int, str]]]:
    """(records, ignored): a line a site."""
    site, _ = places(lines)
    ignored = _leave_empty(lines)
    reader = lines.reader
    data: dict[str, list[Any]] = {"area_code": area_codes(lines), "name": lines.typed(site, "name", reader.text)}
    for position, name in enumerate(data["name"]):
        if name is None:
            lines.fail(position, site.index, "name", "", Failure("site_missing"))
    data["site_kind"] = lines.typed(lines.heading.column("site_kind", "category"), "site_kind", reader.site_kind)
    address = lines.heading.column("address", "location")
    data["address"] = lines.typed(address if address != site else None, "address", reader.given)
    data |= _coordinates(lines) | _people(lines)
    return list(finished(lines, data, FIELDS[SITES])), ignored


def read_patrols(lines: Lines) -> tuple[list[dict[str, Any]], list[tuple[int, str]]]:
    """(records, ignored): a line a patrol or an hour of voluntary service."""
    ignored = _leave_empty(lines)
    reader = lines.reader
    dates = field_column(lines, "date")
    data: dict[str, list[Any]] = {"area_code": area_codes(lines)}
    data["date"] = days(lines, "date", dates) if dates else sheet_days(lines, "date")
    data |= texts(lines, "activity", "note")
    for name in ("party_members", "volunteers", "found", "solved"):
        data[name] = lines.typed(lines.heading.column(name), name, reader.number)
    data["hours"] = lines.typed(lines.heading.column("hours"), "hours", _hours(lines))
    return list(finished(lines, data, FIELDS[PATROLS])), ignored


def _hours(lines: Lines):
    """How the column of hours is read: its heading may say minutes."""
    column = lines.heading.column("hours")
    if column is None or not re.search("分钟|min", column.label):
        return lines.reader.hours

    def from_minutes(value: object) -> Cell | Failure | None:
        found = lines.reader.number(value)
        return Cell(round(found.value / 60, 4)) if isinstance(found, Cell) else found

    return from_minutes


def datum_in(text: str) -> str | None:
    """The datum of coordinates that a register or its note names.

    >>> datum_in("坐标系：高德（GCJ-02）"), datum_in("经度")
    ('gcj02', None)
    """
    plain = folded(text)
    return next((datum for datum, words in _DATUMS if any(word in plain for word in words)), None)


def _coordinates(lines: Lines) -> dict[str, list[Any]]:
    heading, reader = lines.heading, lines.reader
    columns = {name: heading.column(name) for name in ("lon", "lat", "datum", "coordinates")}
    data = {name: lines.typed(columns[name], name, reader.number) for name in ("lon", "lat")}
    if columns["coordinates"] and not columns["lon"]:
        pairs = [re.findall(r"\d+\.\d+", reader.text(value) or "") for value in lines.values(columns["coordinates"])]
        two = [sorted(map(float, pair), reverse=True) if len(pair) == 2 else (None, None) for pair in pairs]
        data = {"lon": [pair[0] for pair in two], "lat": [pair[1] for pair in two]}
    for name, (low, high) in {"lon": (73, 136), "lat": (3, 54)}.items():
        for position, value in enumerate(data[name]):
            if value is not None and not low <= value <= high:
                column = columns[name] or columns["coordinates"]
                lines.fail(position, column.index, name, value, Failure("not_in_china"))
    around = next((datum for text in _notes(lines) if (datum := datum_in(text))), None)
    own = lines.typed(columns["datum"], "datum", lambda value: Cell(datum_in(reader.text(value) or "")))
    located = [lon is not None or lat is not None for lon, lat in zip(data["lon"], data["lat"], strict=True)]
    data["datum"] = [one or (around if some else None) for one, some in zip(own, located, strict=True)]
    return data


def _notes(lines: Lines) -> list[str]:
    """The texts that may name the datum: headings and lines that are no sites, the nearest first."""
    rows, top = set(lines.rows), lines.heading.top
    around = sorted((row for row in range(len(lines.sheet.rows)) if row not in rows), key=lambda row: abs(row - top))
    return [value for row in around for value in lines.sheet.rows[row] if isinstance(value, str) and value]


def _people(lines: Lines) -> dict[str, list[Any]]:
    heading, reader = lines.heading, lines.reader
    data: dict[str, list[Any]] = {}
    point = heading.column("point_chief") or heading.column("responsible_person", "responsible_leader")
    names = {
        "point_chief": point,
        "road_chief": heading.column("road_chief"),
        "block_chief": heading.column("block_chief"),
    }
    written: list[str | None] = [None] * len(lines.rows)
    for name, column in names.items():
        pairs = [
            name_and_phone(text) if (text := reader.person(value)) else (None, None) for value in lines.values(column)
        ]
        data[name] = [pair[0] for pair in pairs]
        if name == "point_chief":
            written = [pair[1] for pair in pairs]
    phones = lines.typed(_phone_column(lines), "phone", reader.phone)
    ranked = (phones, written) if heading.column("point_phone") else (written, phones)
    data["phone"] = [first or second for first, second in zip(*ranked, strict=True)]
    return data


def _phone_column(lines: Lines):
    """The point chief's number, else the only column of numbers."""
    if own := lines.heading.column("point_phone"):
        return own
    columns = [column for column in lines.heading.columns if column.concept in ("phone", "other_phone")]
    if len(columns) == 1:
        return columns[0]
    point = lines.heading.column("point_chief")
    following = [
        column for column in columns if column.concept == "phone" and point and column.index == point.index + 1
    ]
    return following[0] if following else None


def _leave_empty(lines: Lines) -> list[tuple[int, str]]:
    number = lines.heading.column("number")
    gone = {row for row in lines.rows if number and lines.sheet.filled(row) == [number.index]}
    lines.leave_out(gone)
    return [(row + 1, EMPTY) for row in sorted(gone)]
