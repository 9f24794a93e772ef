"""What was understood of a workbook: tables and where their area, date and round came from, problems, rows left out."""

from __future__ import annotations

import re
from html import escape

import pandas as pd
import streamlit as st

from readiness.language import _, n_
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
    in_words,
)

SHOWN_PROBLEMS, SHOWN_RECORDS, SCROLLED = 200, 500, 8


def place_text(where: str) -> str:
    """Where a value came from, in words.

    >>> place_text("title A1"), place_text("column B"), place_text("file name")
    ('标题 A1', '第 B 列', '文件名')
    """
    if where.startswith("column "):
        return _("第 {column} 列").format(column=where.removeprefix("column "))
    word, cell = re.fullmatch(r"(.*?)(?:\s+([A-Z]{1,3}\d+))?", where).groups()
    return f"{_(PLACE_WORDS.get(word, word))} {cell or ''}".strip()


def table_text(table: Table) -> str:
    """One table in a sentence: sheet, kind, heading, records, where area, date, inspector and round came from."""
    kind = _(TABLE_WORDS[table.kind])
    what = _("“{sheet}”{kind}").format(sheet=table.sheet, kind=kind) if table.sheet else kind
    heads = n_("表头第 {rows} 行", len(table.header_rows), rows=_("、").join(map(str, table.header_rows)))
    counts = _("，").join([*[heads] * bool(table.header_rows), n_("{n} 条", len(table.records)),
                          *[n_("{n} 行有问题", len(table.rejected))] * bool(table.rejected)])
    origins = _("；").join(_("{field}取自{place}").format(field=_(FIELD_WORDS.get(name, name)), place=place_text(where))
                          for name, where in table.sources.items())
    told = _("{what}：{counts}。{origins}。") if origins else _("{what}：{counts}。")
    return told.format(what=what, counts=counts, origins=origins)


def ignored_text(table: Table) -> str:
    """How many rows of a table were left out, by reason; nothing where none was."""
    counts = pd.Series([why for row, why in table.ignored], dtype="str").map(REASON_WORDS).value_counts()
    return _("、").join(n_("{reason} {n} 行", count, reason=_(why)) for why, count in counts.items())


def batch_note(batch: Batch) -> str:
    """Records and rejected rows of a file in a few words."""
    if batch.error:
        return _("读不了")
    if not any(table.kind for table in batch.tables):
        return _("没有认得的表格")
    if not batch.rejected_count:
        return n_("{n} 条记录，没有问题", batch.record_count)
    return _("，").join((n_("{n} 条记录", batch.record_count), n_("{n} 处问题", batch.rejected_count)))


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
            unknown = _("没有看到问题台账、检查表、点位台账或巡查记录，请检查表头行是否还在。")
            st.html(f'<div class="quiet">{unknown}</div>')
        for number, table in enumerate(tables):
            _show_table(table, reference, f"{position}-{number}")


def problem_text(problem: Problem) -> str:
    """A problem in a sentence that begins with its cell; the file's name stands over it.

    >>> problem_text(Problem("no_such_day", "台账", 9, "E9", "found_on", "2021-02-30"))
    '台账!E9：“2021-02-30”这一天不存在。请写成 2021-02-28 这样的日期。'
    """
    return _("：").join(part for part in (place(problem), reason(problem)) if part)


def _show_problems(problems: list[Problem]) -> None:
    if not problems:
        return
    items = "".join(f'<li><i class="down">!</i><span>{escape(problem_text(problem))}</span></li>'
                    for problem in problems[:SHOWN_PROBLEMS])
    more = len(problems) - SHOWN_PROBLEMS
    with st.container(height=300 if len(problems) > SCROLLED else "content", border=False):
        st.html(f'<ul class="lines">{items}</ul>')
    if more > 0:
        rest = n_("还有 {n} 处问题没有列出，先改好上面这些。", more)
        st.html(f'<div class="quiet">{rest}</div>')


def _show_table(table: Table, reference: Reference, key: str) -> None:
    left, what, count = ignored_text(table), table.sheet or _(TABLE_WORDS[table.kind]), len(table.records)
    label = n_("{what}：看 {n} 条；略过 {left}", count, what=what, left=left) if left else \
        n_("{what}：看 {n} 条", count, what=what)
    with st.expander(label, key=f"records-{key}"):
        st.dataframe(record_rows(table, reference), hide_index=True, row_height=30, placeholder=MISSING,
                     height=34 + 30 * min(len(table.records), 10), alt=_("读懂的记录"))
        if len(table.records) > SHOWN_RECORDS:
            st.caption(n_("只列前 {n} 条。", SHOWN_RECORDS))


def record_rows(table: Table, reference: Reference) -> pd.DataFrame:
    """The records as the screen lists them: headings in words, words for codes, empty columns left out."""
    rows = pd.DataFrame([dict(record) for record in table.records[:SHOWN_RECORDS]])
    words = {"area_code": reference.area_names(), "status": in_words(STATE_WORDS),
             "result": in_words(RESULT_WORDS), "round": in_words(ROUND_WORDS),
             "site_kind": in_words(reference.kind_names())}
    said = {name: rows[name].map(lambda code, known=known: known.get(code, code)) for name, known in words.items()
            if name in rows}
    if "inferred" in rows:
        said["inferred"] = rows["inferred"].map(
            lambda names: _("、").join(_(FIELD_WORDS.get(name, name)) for name in names), na_action="ignore")
    return rows.assign(**said).dropna(axis="columns", how="all").rename(columns=in_words(FIELD_WORDS))
