"""Photos that lie beside their cells: to which line and column they belong, and what is told of those left out."""

from __future__ import annotations

import io
from pathlib import Path

import xlsxwriter
from picture_books import FIRST, HEADS

from loaders import load_workbooks
from readiness.model import Batch
from readiness.reference import load_reference


def floating(folder: Path, *cells: str, merges: str = "", heads: tuple[str, ...] = HEADS, describe: int = 3) -> Batch:
    """A ledger of three rows, of which the first so many say what is wrong, with a photo on each of the cells."""
    path = folder / "book.xlsx"
    with xlsxwriter.Workbook(path) as file:
        sheet = file.add_worksheet("台账")
        for merge in merges.split():
            sheet.merge_range(merge, "")
        sheet.write_row(0, 0, heads)
        for row in range(1, 4):
            sheet.set_row(row, 60)
            sheet.write_row(row, 0, [row, *(["凉一", f"{row}号楼堆物", "已整改"] if row <= describe else [])])
        for cell in cells:
            sheet.insert_image(cell, "示例.jpg", {"image_data": io.BytesIO(FIRST), "x_scale": 0.25, "y_scale": 0.25})
    (batch,) = load_workbooks([("凉一台账.xlsx", path.read_bytes())], load_reference())
    return batch


def lies(batch: Batch) -> tuple[list[tuple[int, str]], list[tuple[str | None, int]]]:
    """Row and field of each picture, and of those left out the first cell with their count."""
    left = [(one.cell, one.facts["count"]) for one in batch.warnings if one.code == "pictures_unplaced"]
    return [(picture.row, picture.field) for picture in batch.pictures], left


def test_a_photo_beside_the_last_column_belongs_to_it(tmp_path):
    assert lies(floating(tmp_path, "G2", "F3")) == ([(2, "photos_after"), (3, "photos_after")], [])


def test_a_photo_between_two_columns_of_photos_or_on_another_is_left_out_and_told(tmp_path):
    heads = (*HEADS[:5], "", HEADS[5])
    assert lies(floating(tmp_path, "F2", "D3", "C3", "E4", heads=heads)) == ([(4, "photos_before")], [("F2", 3)])


def test_a_photo_on_a_merged_cell_belongs_to_all_of_its_lines(tmp_path):
    assert lies(floating(tmp_path, "E3", merges="E2:E3")) == ([(2, "photos_before"), (3, "photos_before")], [])


def test_a_photo_below_a_line_that_is_merged_over_it_belongs_to_the_line(tmp_path):
    batch = floating(tmp_path, "E3", "E4", merges="C3:C4", describe=2)
    assert lies(batch) == ([(3, "photos_before")] * 2, [])
    assert [record.get("photos_before") for record in batch.tables[0].records] == [None, 2]


def test_photos_on_empty_lines_are_told_and_those_above_the_heading_are_not(tmp_path):
    assert lies(floating(tmp_path, "E1", "E4", "B9", describe=2)) == ([], [("E4", 2)])
