"""复查清单 as a workbook: the fixes to look at again first, to be taken along and filled in on the spot."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

import pandas as pd

from reports.ledger import listed_workbook

WIDTHS: Mapping[str, float] = MappingProxyType({
    "序号": 6, "居民区": 9, "点位": 20, "具体位置": 16, "问题类别": 11, "问题描述": 36, "完成情况": 9, "发现时间": 11,
    "销号时间": 11, "保持天数": 9, "窗口前回潮可能": 12, "理由": 40, "责任单位": 16, "责任人": 9, "现场情况": 24,
    "工作簿": 28, "单元格": 14})
SHEET = "复查清单"


def recheck_workbook(rows: pd.DataFrame, title: str, notes: Iterable[str], demo: bool = False) -> bytes:
    """The rows as .xlsx, as reports.ledger.ledger_workbook writes a ledger; 现场情况 is left to be filled in."""
    return listed_workbook(rows.assign(现场情况=None), WIDTHS, SHEET, title, notes, demo)
