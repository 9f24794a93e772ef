"""The only reader of data/: areas, standard and map cells, refused with file and line when an edit went wrong."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from readiness.clean import cleaned
from readiness.deadlines import deadlines_from, reminders_from
from readiness.decisions import demo_rows
from readiness.inspections import inspections_from
from readiness.language import _
from readiness.map_cells import MapCells, Ring, map_cells_from
from readiness.model import OTHER, RESIDENTIAL
from readiness.office_files import (
    LINE,
    OfficeFile,
    csv_rows,
    parts,
    read_file,
    refuse,
    refuse_repeated,
    refuse_shared,
)
from readiness.settings import Band, Settings, WindowStatus, band_of, bands_of, settings_from, window_status
from readiness.words import words_from

__all__ = ["DATA", "Band", "Reference", "Settings", "WindowStatus", "band_of", "bands_of", "demo_decisions",
           "load_reference", "window_status"]

DATA = Path(__file__).resolve().parent.parent / "data"
AREAS = "areas.csv"
KINDS = "standard/kinds.csv"
ITEMS = "standard/items.csv"
INSPECTIONS = "standard/inspections.csv"
SETTINGS = "standard/settings.toml"
DEADLINES = "standard/deadlines.csv"
REMINDERS = "standard/reminders.csv"
CELLS = "map/cells.geojson"
WORDS = "words.toml"
DEMO_DECISIONS = "demo_decisions.csv"
STANDARD = (KINDS, ITEMS, INSPECTIONS, SETTINGS, DEADLINES, REMINDERS)

AREA_COLUMNS = ("code", "official_name", "short_name", "aliases")
KIND_COLUMNS = ("kind", "name", "short", "weight", "keywords")
ITEM_COLUMNS = ("item", "kind", "text", "category", "weight", "keywords", "red_line", "bad_answer", "source")
OTHER_ITEM = "其他问题"
OTHER_ITEM_ENDING = "-00"
YES_NO = ("是", "否", "")
_AREA_ENDINGS = r"(?:居委会|居民区|居委|社区)$"
_YES = ("是", "1", "true", "√")
_NO = ("", "否", "0", "false")


@dataclass(frozen=True)
class Reference:
    """All that an office sets, as of one reading of data/; frames are shared and read-only.

    areas: code, official_name, short_name, aliases (tuple), ranked (False for 街道直管); in the order of the file.
    kinds: kind, name, short (at most two characters), weight, keywords (tuple); in the order of the file.
    items: item, kind, text, category, weight, keywords (tuple), red_line, bad_answer (是, 否 or ""), source. Every kind
    has one item whose code ends in -00: its "other" item, which takes the issues that match no other.
    deadlines, reminders: as readiness.deadlines reads them.
    inspections: the kinds of special inspection, as readiness.inspections.inspections_from gives them.
    cells, outline: closed rings of (longitude, latitude) in degrees, WGS-84. hash: 12 hex digits over the standard's
    files, the same for the same text in another encoding. words: the words of tables, as in data/words.toml.
    """

    areas: pd.DataFrame
    kinds: pd.DataFrame
    items: pd.DataFrame
    inspections: pd.DataFrame
    settings: Settings
    deadlines: pd.DataFrame
    reminders: pd.DataFrame
    cells: dict[str, Ring]
    outline: Ring
    schematic: bool
    attribution: str
    hash: str
    words: Mapping[str, Any]

    def area_names(self) -> dict[str, str]:
        """Short name of each area by its code, in the order of the file."""
        return dict(zip(self.areas["code"], self.areas["short_name"], strict=True))

    def kind_names(self) -> dict[str, str]:
        """Chinese name of each kind of site by its code, in the order of the file."""
        return dict(zip(self.kinds["kind"], self.kinds["name"], strict=True))

    def other_items(self) -> dict[str, str]:
        """Code of each kind's "other" item by the kind's code."""
        others = self.items[self.items["item"].str.endswith(OTHER_ITEM_ENDING)]
        return dict(zip(others["kind"], others["item"], strict=True))


def load_reference(folder: Path = DATA) -> Reference:
    """The reference data of a folder laid out like data/. Raises ReadinessError naming file and line of a bad edit."""
    folder = Path(folder).resolve()
    standard = {path: read_file(folder, path) for path in STANDARD}
    areas = _areas(read_file(folder, AREAS))
    kinds = _kinds(standard[KINDS])
    items = _items(standard[ITEMS], kinds)
    shown: MapCells = map_cells_from(read_file(folder, CELLS), set(areas["code"]), areas.loc[areas["ranked"], "code"])
    return Reference(
        areas=areas,
        kinds=kinds,
        items=items,
        inspections=inspections_from(standard[INSPECTIONS], kinds, items),
        settings=settings_from(standard[SETTINGS]),
        deadlines=deadlines_from(standard[DEADLINES]),
        reminders=reminders_from(standard[REMINDERS]),
        cells={code: shown.cells[code] for code in areas["code"] if code in shown.cells},
        outline=shown.outline,
        schematic=shown.schematic,
        attribution=shown.attribution,
        hash=_hash(standard),
        words=words_from(read_file(folder, WORDS)),
    )


def demo_decisions(reference: Reference, folder: Path = DATA) -> list[dict[str, Any]]:
    """What the demonstration's meetings decided: readiness.decisions.demo_rows. Raises as load_reference."""
    return demo_rows(read_file(Path(folder).resolve(), DEMO_DECISIONS), reference.areas)


def _hash(standard: dict[str, OfficeFile]) -> str:
    content = "\0".join(f"{path}\0{file.text}" for path, file in standard.items())
    return hashlib.sha256(content.encode()).hexdigest()[:12]


def _areas(file: OfficeFile) -> pd.DataFrame:
    rows = csv_rows(file, AREA_COLUMNS)
    if rows.empty:
        raise file.error(None, _("没有一个居民区，应每行写一个。"))
    refuse(file, rows, "code", ~rows["code"].str.fullmatch(r"\d{12}"),
           _("应写 12 位数字的统计代码（用 Excel 编辑时请先把这一列设为文本）"))
    refuse_repeated(file, rows, "code")
    for column in ("official_name", "short_name"):
        refuse(file, rows, column, rows[column].eq(""), _("应写居民区的名称"))
    _refuse_shared_names(file, rows)
    return pd.DataFrame({
        **{column: rows[column] for column in ("code", "official_name", "short_name")},
        "aliases": parts(rows["aliases"]),
        "ranked": ~rows["code"].str.endswith("000"),
    })


def _refuse_shared_names(file: OfficeFile, rows: pd.DataFrame) -> None:
    columns = ["official_name", "short_name", "aliases"]
    names = rows.melt(["code", LINE], columns, "column", "seen").sort_values(LINE, kind="stable")
    names = names.assign(seen=parts(names["seen"])).explode("seen").dropna(subset="seen")
    names = names.assign(same=cleaned(names["seen"]).str.replace(_AREA_ENDINGS, "", regex=True))
    refuse_shared(file, names, by=["same"], owner="code")


def _kinds(file: OfficeFile) -> pd.DataFrame:
    rows = csv_rows(file, KIND_COLUMNS)
    refuse(file, rows, "kind", ~rows["kind"].str.fullmatch(r"\S+"), _("应写不带空格的代号，如 hospital"))
    for column in ("kind", "name"):
        refuse(file, rows, column, rows[column].eq(""), _("应填写"))
        refuse_repeated(file, rows, column)
    refuse(file, rows, "short", rows["short"].str.len() > 2, _("应写不超过两个字的简称"))
    for kind in (kind for kind in (RESIDENTIAL, OTHER) if kind not in set(rows["kind"])):
        raise file.error(None, _("缺少 {kind} 这一类，它有固定的用处，不能删去或改代号。").format(kind=kind))
    _refuse_shared_keywords(file, rows, within=[], owner="kind")
    kinds = rows[["kind", "name"]].assign(
        short=rows["short"].where(rows["short"].ne(""), rows["name"].str[:2]),
        weight=_weights(file, rows),
        keywords=parts(rows["keywords"]),
    )
    if not kinds["weight"].sum() > 0:
        raise file.error(None, _("各类的 weight 都是 0，应至少有一类大于 0。"))
    return kinds


def _items(file: OfficeFile, kinds: pd.DataFrame) -> pd.DataFrame:
    rows = csv_rows(file, ITEM_COLUMNS)
    for column in ("item", "text"):
        refuse(file, rows, column, rows[column].eq(""), _("应填写"))
    refuse(file, rows, "kind", ~rows["kind"].isin(kinds["kind"]), _("应是 {file} 里的一个代号").format(file=KINDS))
    refuse_repeated(file, rows, "item")
    refuse_repeated(file, rows, "text", within=("kind",))
    refuse(file, rows, "red_line", ~rows["red_line"].str.lower().isin(_YES + _NO),
           _("应写“{yes}”或留空").format(yes=YES_NO[0]))
    refuse(file, rows, "bad_answer", ~rows["bad_answer"].isin(YES_NO),
           _("应写“{yes}”或“{no}”，或留空").format(yes=YES_NO[0], no=YES_NO[1]))
    _refuse_shared_keywords(file, rows, within=["kind"], owner="item")
    items = rows[["item", "kind", "text", "category"]].assign(
        weight=_weights(file, rows),
        keywords=parts(rows["keywords"]),
        red_line=rows["red_line"].str.lower().isin(_YES),
        bad_answer=rows["bad_answer"],
        source=rows["source"],
    )
    return _with_other_items(items, kinds)


def _with_other_items(items: pd.DataFrame, kinds: pd.DataFrame) -> pd.DataFrame:
    others = items.loc[items["item"].str.endswith(OTHER_ITEM_ENDING), "kind"]
    missing = kinds.loc[~kinds["kind"].isin(others), "kind"]
    added = pd.DataFrame({"item": missing + OTHER_ITEM_ENDING, "kind": missing}).assign(
        text=OTHER_ITEM, category="其他", weight=1.0, keywords=[()] * len(missing), red_line=False, bad_answer="",
        source="")
    return pd.concat([items, added], ignore_index=True) if len(added) else items


def _weights(file: OfficeFile, rows: pd.DataFrame) -> pd.Series:
    weights = pd.to_numeric(rows["weight"], errors="coerce")
    refuse(file, rows, "weight", ~np.isfinite(weights) | (weights < 0), _("应写一个不小于 0 的数"))
    return weights.astype("float64")


def _refuse_shared_keywords(file: OfficeFile, rows: pd.DataFrame, within: list[str], owner: str) -> None:
    words = rows.assign(seen=parts(rows["keywords"]), column="keywords").explode("seen").dropna(subset="seen")
    refuse_shared(file, words.assign(same=cleaned(words["seen"])), by=[*within, "same"], owner=owner)
