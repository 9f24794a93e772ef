"""Sheets of many rows that are no table of ours: looked through soon, and a table far down is found all the same."""

from __future__ import annotations

import pytest

from loaders.grid import Sheet
from loaders.tables import finding
from loaders.tables.areas import area_names
from loaders.tables.headings import Headings
from tests.literal_books import words

FOREIGN_ROWS = [[f"合同{number}", "甲方", "乙方", f"条款{number % 7}"] for number in range(3000)]
LEDGER = [["居民区", "存在问题", "整改情况", "整改时限"], ["广水", "楼道堆物", "未整改", "2021-10-20"]]


@pytest.mark.parametrize(("rows", "tops"), [(FOREIGN_ROWS, []), ([*FOREIGN_ROWS, *LEDGER], [3000])])
def test_few_rows_of_a_long_sheet_are_looked_at_closely(rows, tops, monkeypatch):
    looked = []
    closely = finding._best
    monkeypatch.setattr(finding, "_best", lambda sheet, row, *rest: looked.append(row) or closely(sheet, row, *rest))
    found = finding.find_headings(Sheet("合同", rows), Headings(words()), area_names(words()))
    assert [block.top for block in found] == tops
    assert looked == [*range(finding.PATIENCE), *tops]
