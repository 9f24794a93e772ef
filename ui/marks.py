"""What a mark opens: from the customdata of a bar, cell or point to the rows behind it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any, NoReturn

import pandas as pd
import streamlit as st

from readiness.behind import cell_items, failing_items, failing_of_item, failing_within, open_issues
from readiness.language import N_, _
from readiness.moves import of_week
from ui.reads import DAY, VERSUS, Day
from ui.rows import RowsOf
from ui.words import day_text, percent

Found = tuple[str, pd.DataFrame] | None
AREA_PAGE, LEDGER_PAGE = "pages/meeting/area.py", "pages/office/ledger.py"
MOVES = {"opened": N_("{day}起一周新增的问题"), "closed": N_("{day}起一周解决的问题")}


def area_of(mark: Any) -> Found:
    """Opens 居民区 at the area of a row of the ranking, for the same days."""
    st.switch_page(AREA_PAGE, query_params={"area": mark[0], **days_kept()})


def open_ledger(**filters: str | list[str]) -> NoReturn:
    """Opens 问题台账 with these filters, for the same days."""
    st.switch_page(LEDGER_PAGE, query_params={**filters, **days_kept()})


def days_kept() -> dict[str, str]:
    """The days that the address names, for another page's address."""
    return {name: st.query_params[name] for name in (DAY, VERSUS) if name in st.query_params}


def cell_of(day: Day) -> RowsOf:
    """The items of one area's sites of one kind."""
    def found(mark: Any) -> Found:
        rows = cell_items(day.standing, mark[0], mark[1])
        return (_("{area}　{kind}：检查的项目").format(area=mark[2], kind=mark[3]), rows) if len(rows) else None
    return found


def item_of(day: Day) -> RowsOf:
    """The sites at which one item fails; their losses add up to its bar."""
    return lambda mark: (_("{name}：失分的点位").format(name=mark[2]), failing_of_item(day.standing, mark[0], mark[1]))


def day_of(day: Day, mark: Any) -> Day:
    """The day of a mark whose customdata begin with an ISO day."""
    return replace(day, as_of=date.fromisoformat(mark[0]))


def losses_of(day: Day, column: str = "area_code") -> RowsOf:
    """The items that fail on the day of a point; score and losses make 100. column: what the lines of a part are of."""
    weights = day.reference.kinds.set_index("kind")["weight"]

    def found(mark: Any) -> Found:
        now = day_of(day, mark).standing
        rows = failing_within(now, column, mark[1], weights) if mark[1] else failing_items(now)
        return _("{day}失分的项目：失分加得分等于 100").format(day=day_text(now.as_of)), rows
    return found


def coverage_of(day: Day) -> RowsOf:
    """All items that could be inspected on the day of a point, each with its state."""
    def found(mark: Any) -> Found:
        on = day_of(day, mark)
        share = percent(on.standing.subdistrict.coverage)
        title = _("{day}的全部项目：检查覆盖率 {coverage}").format(day=day_text(on.as_of), coverage=share)
        return title, on.standing.items
    return found


def open_of(day: Day, chosen: Any) -> RowsOf:
    """The issues that are open on the day of a point. chosen: from issues and mark to the issues of the mark's line."""
    def found(mark: Any) -> Found:
        on = day_of(day, mark)
        return _("{day}未销号的问题").format(day=day_text(on.as_of)), chosen(open_issues(on.standing.issues), mark)
    return found


def week_of(moves: pd.DataFrame) -> RowsOf:
    """The issues that were opened or closed in the week of a point."""
    def found(mark: Any) -> Found:
        monday = pd.Timestamp(mark[0])
        return _(MOVES[mark[1]]).format(day=day_text(monday)), of_week(moves, monday, mark[1])
    return found
