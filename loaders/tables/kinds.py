"""Kinds: which of the four kinds of table a heading opens."""

from __future__ import annotations

from dataclasses import replace

from loaders.grid import Sheet
from loaders.tables.areas import AreaNames
from loaders.tables.below import Below
from loaders.tables.columns import Heading
from loaders.tables.concepts import BESIDE_A_PROBLEM, CHECK_ONLY, LEDGER_ONLY, PATROL_ONLY, SITES_ONLY
from loaders.tables.content import by_content, with_ticked_states
from loaders.tables.headings import Headings
from loaders.tables.wide import mark_columns, results_under_items, tick_columns, wide_table
from readiness.model import CHECKLIST, LEDGER, PATROLS, SITES


def kind_of(block: Heading, sheet: Sheet, headings: Headings, areas: AreaNames) -> Heading | None:
    """The heading with its kind and layout; None when it opens no table of ours."""
    block = replace(block, columns=tuple(by_content(block, sheet, headings, areas)))
    block = with_ticked_states(block, sheet, headings, areas)
    if paired := results_under_items(block):
        return paired
    has = {column.concept for column in block.columns if column.concept}
    ticks = tick_columns(block, sheet, headings)
    if len(ticks) >= 2 and (wide := wide_table(block, ticks, sheet, areas)):
        return wide
    marks = mark_columns(block, sheet, headings)
    if len(marks) >= 2 and (wide := wide_table(block, marks, sheet, areas)):
        return replace(wide, marks=True)
    if sum(areas.code(column.heading) is not None for column in block.columns if column.concept is None) > 1:
        return None  # numbers of each area, no table of ours
    kind = _long_kind(has, Below(block, sheet, headings, areas))
    return replace(block, kind=kind) if kind else None


def _long_kind(has: set[str | None], below: Below) -> str | None:
    if _is_patrols(has):
        return PATROLS
    if "indicator" in has and has & CHECK_ONLY and not _marks_beside_a_ledger(has):
        return CHECKLIST
    if "description" in has and (has & LEDGER_ONLY or has & BESIDE_A_PROBLEM):
        return LEDGER
    if (
        "site" in has
        and not has & {"description", "result", "indicator", "found"}
        and below.all_kinds(below.block.column("category"))
    ):
        return SITES
    if "site" in has and has & SITES_ONLY and not has & {"result", "status", "due_on", "fixed_on"}:
        return SITES
    if "location" in has and has & {"point_chief", "road_chief", "block_chief"}:
        return SITES
    return None


def _is_patrols(has: set[str | None]) -> bool:
    told = len(has & PATROL_ONLY)
    beside = has & {"inspected_on", "found", "solved"} and not has & {"indicator", "status", "result", "due_on"}
    return told >= 2 or (told == 1 and bool(beside))


def _marks_beside_a_ledger(has: set[str | None]) -> bool:
    """Marks (扣分, 得分) in a table that follows problems up: a ledger, unless a result stands there too."""
    followed = has & {"status", "review", "due_on", "fixed_on", "verified_on"}
    return "description" in has and bool(followed) and not has & {"result", "result_pass", "result_yes"}
