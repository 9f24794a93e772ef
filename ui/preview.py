"""What was understood of a workbook: tables and where their area, date and round came from, problems, rows left out."""

from __future__ import annotations

import re
from html import escape

import pandas as pd
import streamlit as st

from readiness.messages import place, reason
from readiness.model import Batch, Problem, Table
from readiness.reference import Reference
from ui.frame import card
from ui.words import (
    FIELD_WORDS,
    MISSING,
    PLACE_WORDS,
    REASON_WORDS,
    RESULT_WORDS,
    ROUND_WORDS,
    STATE_WORDS,
    TABLE_WORDS,
)

SHOWN_PROBLEMS, SHOWN_RECORDS, SCROLLED = 200, 500, 8


def place_text(where: str) -> str:
    """Where a value came from, in words.

    >>> place_text("title A1"), place_text("column B"), place_text("file name")
    ('标题 A1', '第 B 列', '文件名')
    """
    if where.startswith("column "):
        return f"第 {where.removeprefix('column ')} 列"
    word, cell = re.fullmatch(r"(.*?)(?:\s+([A-Z]{1,3}\d+))?", where).groups()
    return f"{PLACE_WORDS.get(word, word)} {cell or ''}".strip()


def table_text(table: Table) -> str:
    """One table in a sentence: sheet, kind, heading, records, where area, date, inspector and round came from."""
    head = f"表头第 {'、'.join(map(str, table.header_rows))} 行，" if table.header_rows else ""
    origins = "；".join(f"{FIELD_WORDS.get(name, name)}取自{place_text(where)}"
                       for name, where in table.sources.items())
    sheet = f"“{table.sheet}”" if table.sheet else ""
    return (f"{sheet}{TABLE_WORDS[table.kind]}：{head}{len(table.records)} 条"
            + (f"，{len(table.rejected)} 行有问题" if table.rejected else "") + (f"。{origins}。" if origins else "。"))


def ignored_text(table: Table) -> str:
    """How many rows of a table were left out, by reason; nothing where none was."""
    counts = pd.Series([REASON_WORDS.get(reason, reason) for _, reason in table.ignored], dtype="str").value_counts()
    return "、".join(f"{reason} {count} 行" for reason, count in counts.items())


def batch_note(batch: Batch) -> str:
    """Records and rejected rows of a file in a few words."""
    if batch.error:
        return "读不了"
    if not any(table.kind for table in batch.tables):
        return "没有认得的表格"
    problems = f"{batch.rejected_count} 处问题" if batch.rejected_count else "没有问题"
    return f"{batch.record_count} 条记录，{problems}"


def problems_of(batch: Batch) -> list[Problem]:
    """The file's own error, or the problems of all of its tables in order."""
    return [batch.error] if batch.error else [problem for table in batch.tables for problem in table.rejected]


def show_batch(batch: Batch, reference: Reference, position: int) -> None:
    """One file's card: problems first, then what was understood, the good rows folded."""
    with card(f"batch-{position}", batch.file, batch_note(batch)):
        _show_problems(problems_of(batch))
        tables = [table for table in batch.tables if table.kind]
        understood = "".join(f"<li><i>✓</i><span>{escape(table_text(table))}</span></li>" for table in tables)
        if understood:
            st.html(f'<ul class="lines">{understood}</ul>')
        elif not batch.error:
            st.html('<div class="quiet">没有看到问题台账、检查表、点位台账或巡查记录，请检查表头行是否还在。</div>')
        for number, table in enumerate(tables):
            _show_table(table, reference, f"{position}-{number}")


def problem_text(problem: Problem) -> str:
    """A problem in a sentence that begins with its cell; the file's name stands over it.

    >>> problem_text(Problem("no_such_day", "台账", 9, "E9", "found_on", "2021-02-30"))
    '台账!E9：“2021-02-30”这一天不存在。请写成 2021-02-28 这样的日期。'
    """
    return "：".join(part for part in (place(problem), reason(problem)) if part)


def _show_problems(problems: list[Problem]) -> None:
    if not problems:
        return
    items = "".join(f'<li><i class="down">!</i><span>{escape(problem_text(problem))}</span></li>'
                    for problem in problems[:SHOWN_PROBLEMS])
    more = len(problems) - SHOWN_PROBLEMS
    with st.container(height=300 if len(problems) > SCROLLED else "content", border=False):
        st.html(f'<ul class="lines">{items}</ul>')
    if more > 0:
        st.html(f'<div class="quiet">还有 {more} 处问题没有列出，先改好上面这些。</div>')


def _show_table(table: Table, reference: Reference, key: str) -> None:
    left = ignored_text(table)
    label = f"{table.sheet or TABLE_WORDS[table.kind]}：看 {len(table.records)} 条" + (f"；略过 {left}" if left else "")
    with st.expander(label, key=f"records-{key}"):
        st.dataframe(record_rows(table, reference), hide_index=True, row_height=30, placeholder=MISSING,
                     height=34 + 30 * min(len(table.records), 10),
                     alt="读懂的记录")
        if len(table.records) > SHOWN_RECORDS:
            st.caption(f"只列前 {SHOWN_RECORDS} 条。")


def record_rows(table: Table, reference: Reference) -> pd.DataFrame:
    """The records as the screen lists them: Chinese headings, words for codes, empty columns left out."""
    rows = pd.DataFrame([dict(record) for record in table.records[:SHOWN_RECORDS]])
    words = {"area_code": reference.area_names(), "status": STATE_WORDS, "result": RESULT_WORDS, "round": ROUND_WORDS,
             "site_kind": reference.kind_names()}
    said = {name: rows[name].map(lambda code, known=known: known.get(code, code)) for name, known in words.items()
            if name in rows}
    if "inferred" in rows:
        said["inferred"] = rows["inferred"].map(
            lambda names: "、".join(FIELD_WORDS.get(name, name) for name in names), na_action="ignore")
    return rows.assign(**said).dropna(axis="columns", how="all").rename(columns=dict(FIELD_WORDS))
