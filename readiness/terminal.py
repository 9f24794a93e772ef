"""What the command line prints for people: sentences and aligned tables, a Chinese character two places wide."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from unicodedata import east_asian_width

import pandas as pd

from readiness.standing import Standing

GAP = "  "
SHOWN_LOSSES = 20
STATUSES = {"committed": "已入库", "unchanged": "没有变化", "refused": "未入库"}
STATES = {"open": "未整改", "fixing": "整改中", "fixed": "待复核", "verified": "已销号", "returned": "退回"}


def score_text(found: Standing) -> str:
    """The subdistrict in a line, its areas in a table, and the failing items that cost most."""
    tally = found.subdistrict
    areas = found.areas.assign(score=_points(found.areas["score"]), coverage=_percent(found.areas["coverage"]))
    losses = found.losses.sort_values("loss", ascending=False, kind="stable").head(SHOWN_LOSSES)
    losses = losses.assign(area=_area_names(losses, found), loss=losses["loss"].map("{:.2f}".format),
                           indicator=one_line(losses["indicator"], 30))
    score = "资料不足" if tally.score is None else f"{tally.score:.1f} 分"
    return "\n".join([
        f"截至 {found.as_of}：准备度 {score}，检查覆盖率 {tally.coverage:.0%}，"
        f"未销号 {tally.open} 条，超期 {tally.overdue} 条。",
        "", text_table(areas, {"short_name": "居民区", "score": "得分", "coverage": "覆盖率", "open": "未销号",
                               "overdue": "超期"}),
        "", f"失分最多的 {len(losses)} 项（共 {len(found.losses)} 项）：",
        text_table(losses, {"loss": "失分", "area": "居民区", "site": "点位", "indicator": "测评项目"})])


def issues_text(found: Standing) -> str:
    """The issues in a table, one line each."""
    rows = found.issues.assign(
        area=_area_names(found.issues, found), status=found.issues["status"].map(STATES),
        found_on=found.issues["found_on"].dt.strftime("%Y-%m-%d"),
        due_on=found.issues["due_on"].dt.strftime("%Y-%m-%d"),
        description=one_line(found.issues["description"], 30))
    headings = {"issue": "编号", "area": "居民区", "site": "点位", "status": "状态", "found_on": "发现",
                "due_on": "期限", "overdue_days": "超期天数", "description": "问题"}
    return f"截至 {found.as_of}：{len(rows)} 条问题。\n\n{text_table(rows, headings)}"


def outcomes_text(outcomes: Iterable[Mapping[str, Any]]) -> str:
    """What became of each file, in a table."""
    columns = ["id", "status", "records", "rejected", "file"]
    rows = pd.DataFrame(outcomes, columns=columns)
    rows = rows.assign(status=rows["status"].map(STATUSES))
    return text_table(rows, dict(zip(columns, ["编号", "结果", "记录", "未载入", "文件"], strict=True)))


def width(text: str) -> int:
    """How many places a text takes.

    >>> width("广水 ok")
    7
    """
    return len(text) + sum(east_asian_width(character) in "WF" for character in text)


def text_table(frame: pd.DataFrame, headings: Mapping[str, str]) -> str:
    """The columns named by headings, one line a row under its heading; numbers to the right, unknown as “-”.

    >>> print(text_table(pd.DataFrame({"area": ["广水", "文一里"], "open": [3, 12]}),
    ...                  {"area": "居民区", "open": "问题"}))
    居民区  问题
    广水       3
    文一里    12
    """
    columns = [_column(frame[name], heading) for name, heading in headings.items()]
    return "\n".join(GAP.join(cells).rstrip() for cells in zip(*columns, strict=True))


def one_line(values: pd.Series, places: int) -> pd.Series:
    """Texts on one line each, cut to so many characters with “…” at the end.

    >>> one_line(pd.Series(["楼道\\n堆物", "三号楼道堆放杂物"]), 5).tolist()
    ['楼道 堆物', '三号楼道…']
    """
    texts = values.str.split().str.join(" ")
    return texts.where(~(texts.str.len() > places), texts.str.slice(0, places - 1) + "…")


def _area_names(rows: pd.DataFrame, found: Standing) -> pd.Series:
    return rows["area_code"].map(found.areas.set_index("area_code")["short_name"])


def _points(scores: pd.Series) -> pd.Series:
    return scores.map("{:.1f}".format, na_action="ignore").fillna("资料不足")


def _percent(shares: pd.Series) -> pd.Series:
    return shares.map("{:.0%}".format, na_action="ignore")


def _column(values: pd.Series, heading: str) -> list[str]:
    texts = [heading, *values.astype("str").fillna("-")]
    widest = max(map(width, texts))
    blanks = [" " * (widest - width(text)) for text in texts]
    if pd.api.types.is_numeric_dtype(values):
        return [blank + text for blank, text in zip(blanks, texts, strict=True)]
    return [text + blank for blank, text in zip(blanks, texts, strict=True)]
