"""Snapshots and a small reference out of a few words, for the tests of the numbers."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pandas as pd

from readiness.model import CHECKLIST, DATE_FIELDS, FIELDS, LEDGER, NUMBER_FIELDS, PATROLS, SITES, Snapshot
from readiness.reference import Reference
from readiness.settings import Band, Settings

AREA, OTHER_AREA, DIRECT = "310109016001", "310109016002", "310109016000"
BANDS = (Band("excellent", "优秀", 95), Band("met", "达标", 90), Band("near", "接近", 80), Band("weak", "薄弱", 70),
         Band("urgent", "告急", 0))
SETTINGS = Settings(BANDS, 90, 0.2, 30, date(2021, 11, 22), date(2021, 12, 5))
AREAS = pd.DataFrame({"code": [DIRECT, AREA, OTHER_AREA], "official_name": ["凉城新村街道", "广水居委会", "水电居委会"],
                      "short_name": ["街道直管", "广水", "水电"], "aliases": [("街道",), (), ()],
                      "ranked": [False, True, True]})
KINDS = pd.DataFrame({"kind": ["residential", "school", "park", "other"], "short": ["小区", "学校", "公园", "其他"],
                      "name": ["居民小区", "学校周边", "公园广场", "其他"], "weight": [3.0, 1.0, 1.0, 0.5],
                      "keywords": [("小区", "楼道"), ("小学", "学校"), ("公园",), ("医院",)]})
_ITEMS = [("A-01", "residential", "楼道无堆物", 1, "楼道堆"), ("A-02", "residential", "无飞线充电", 1, "飞线"),
          ("A-00", "residential", "其他问题", 1, ""), ("E-01", "school", "校门通畅", 1, "校门|门口"),
          ("E-00", "school", "其他问题", 1, ""), ("F-01", "park", "无乱扔杂物", 1, "乱扔|纸屑"),
          ("F-02", "park", "设施无损坏", 3, "损坏|破损"), ("F-00", "park", "其他问题", 1, ""),
          ("K-00", "other", "其他问题", 1, "")]
ITEMS = pd.DataFrame([{"item": item, "kind": kind, "text": text, "category": "类", "weight": float(weight),
                       "keywords": tuple(filter(None, words.split("|"))), "red_line": item == "A-02", "bad_answer": "",
                       "source": ""} for item, kind, text, weight, words in _ITEMS])
DEADLINES = pd.DataFrame({"category": ["", "消防", ""], "severity": ["", "", "严重"], "days": [5, 2, 1],
                          "source": ""})
REMINDERS = pd.DataFrame({"days": [-3, 0, 1, 3, 7], "source": "",
                          "tell": ["责任人", "责任人、责任单位", "责任人、责任单位", "片长", "办公室"]})
INSPECTIONS = pd.DataFrame({"inspection": ["parks", "fire"], "name": ["公园广场", "充电安全"],
                            "kinds": [("park",), ("residential", "school")], "categories": [(), ()],
                            "items": [(), ("A-02", "E-01")]})
FRAMES = {LEDGER: "ledger", CHECKLIST: "checks", SITES: "sites", PATROLS: "patrols"}


def reference(**changed: Any) -> Reference:
    """A reference of three areas, four kinds and five items (A-02 is a red line), without a map."""
    parts = {"areas": AREAS, "kinds": KINDS, "items": ITEMS, "inspections": INSPECTIONS, "settings": SETTINGS,
             "deadlines": DEADLINES, "reminders": REMINDERS}
    return Reference(**{**parts, "cells": {}, "outline": [], "schematic": True, "attribution": "", "hash": "0" * 12,
                        "words": {}, **changed})


def book(*tables: tuple[str, list[Mapping[str, Any]]], name: str | None = None, day: str = "2021-12-31",
         sheet_date: str | None = None, demo: bool = False) -> dict[str, Any]:
    """One upload: its tables as (kind, rows). A row without area_code gets AREA; dates are ISO text."""
    content = name or repr((tables, sheet_date))
    return {"sha256": hashlib.sha256(content.encode()).hexdigest(), "tables": tables, "day": day,
            "sheet_date": sheet_date, "demo": demo}


def ledger(*rows: Mapping[str, Any], **options: Any) -> dict[str, Any]:
    """One upload of one ledger."""
    return book((LEDGER, list(rows)), **options)


def checklist(*rows: Mapping[str, Any], **options: Any) -> dict[str, Any]:
    """One upload of one checklist."""
    return book((CHECKLIST, list(rows)), **options)


def register(*rows: Mapping[str, Any], **options: Any) -> dict[str, Any]:
    """One upload of one register of sites."""
    return book((SITES, list(rows)), **options)


def step(thread: str, status: str, on: str, note: str | None = None, **said: Any) -> dict[str, Any]:
    """One step taken on screen; said: user, until."""
    return {"thread": thread, "status": status, "on": on, "note": note, **said}


def snapshot(*books: Mapping[str, Any], steps: Iterable[Mapping[str, Any]] = (),
             tallies: Iterable[Mapping[str, Any]] = ()) -> Snapshot:
    """The snapshot of these uploads, which came in this order, a minute apart; tallies: of the first one."""
    rows: dict[str, list[dict[str, Any]]] = {frame: [] for frame in FRAMES.values()}
    uploads = []
    for number, one in enumerate(books):
        uploads.append(_upload(number, one))
        for table_no, (kind, records) in enumerate(one["tables"]):
            rows[FRAMES[kind]] += [_row(uploads[-1], one, table_no, place, record)
                                   for place, record in enumerate(records)]
    frames = {frame: _frame(rows[frame], kind) for kind, frame in FRAMES.items()}
    return Snapshot(version=1, uploads=_uploads(uploads), steps=_steps(list(steps)),
                    tallies=_tallies(list(tallies)), **frames)


def _tallies(rows: list[Mapping[str, Any]]) -> pd.DataFrame:
    columns = {"upload_id": "str", "sheet": "str", "table_no": "int64", "kind": "str", "row": "int64", "cell": "str",
               "area_code": "str", "measure": "str", "value": "float64"}
    known = [{"upload_id": "u0000", "sheet": "表", "table_no": 0, "kind": None, "row": 30, "area_code": None, **row}
             for row in rows]
    return pd.DataFrame(known, columns=list(columns)).astype(columns)


def _upload(number: int, one: Mapping[str, Any]) -> dict[str, Any]:
    at = datetime.fromisoformat(one["day"]).replace(tzinfo=UTC) + timedelta(minutes=number)
    return {"upload_id": f"u{number:04}", "file": "book.xlsx", "sha256": one["sha256"], "uploaded_at": at,
            "uploaded_by": "test", "demo": one["demo"], "records": 1, "rejected": 0, "undone_at": None}


def _row(upload, one, table_no, place, record) -> dict[str, Any]:
    return {"upload_id": upload["upload_id"], "sha256": upload["sha256"], "sheet": "表", "table_no": table_no,
            "row": place + 4, "area_code": AREA, "inferred": None, "sheet_date": one["sheet_date"],
            "uploaded_on": one["day"], **record}


def _frame(rows: list[dict[str, Any]], kind: str) -> pd.DataFrame:
    columns = ["upload_id", "sha256", "sheet", "table_no", "row", *FIELDS[kind], "inferred", "sheet_date",
               "uploaded_on"]
    frame = pd.DataFrame(rows, columns=columns)
    types = {column: "datetime64[us]" if column in {*DATE_FIELDS, "sheet_date", "uploaded_on"} else
             "float64" if column in NUMBER_FIELDS else "int64" if column in {"table_no", "row"} else "str"
             for column in columns}
    frame = frame.astype(types)
    return frame.drop(columns=["inferred", "sheet_date", "uploaded_on"]) if kind == SITES else frame


def _uploads(uploads: list[dict[str, Any]]) -> pd.DataFrame:
    columns = ["upload_id", "file", "sha256", "uploaded_at", "uploaded_by", "demo", "records", "rejected", "undone_at"]
    frame = pd.DataFrame(uploads, columns=columns)
    return frame.astype({"demo": "bool", "uploaded_at": "datetime64[us, UTC]", "undone_at": "datetime64[us, UTC]"})


def _steps(steps: list[Mapping[str, Any]]) -> pd.DataFrame:
    columns = ["step_id", "change_id", "thread", "status", "on", "user", "at", "note", "until"]
    rows = [{"step_id": number, "change_id": number, "user": "test", **one} for number, one in enumerate(steps)]
    types = {"step_id": "int64", "change_id": "int64", "thread": "str", "status": "str", "on": "datetime64[us]",
             "until": "datetime64[us]",
             "at": "datetime64[us, UTC]", "note": "str"}
    return pd.DataFrame(rows, columns=columns).astype(types)
