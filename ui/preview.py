"""What was understood of the waiting workbooks: tables, where area, date and round came from, columns, good rows."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from html import escape

import pandas as pd
import streamlit as st

from readiness.language import _, n_
from readiness.messages import place, reason
from readiness.model import Batch, Problem, Table
from readiness.reference import Reference
from ui.columns import show_columns
from ui.frame import card
from ui.mimes import MIMES
from ui.reads import Day
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

SHOWN_RECORDS = 500
Marking = tuple[Callable[..., bytes], Callable[[str, bytes], str]]  # marks a book; names the marked one


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
    if not batch.record_count and not batch.rejected_count:
        return _("没有填写的行")
    if not batch.rejected_count:
        return n_("{n} 条记录，没有问题", batch.record_count)
    return _("，").join((n_("{n} 条记录", batch.record_count), n_("{n} 处问题", batch.rejected_count)))


def pictures_text(batch: Batch) -> str:
    """How many pictures came to rows, by what they show; nothing for a book without.

    >>> pictures_text(Batch("台账.xlsx", "", b""))
    ''
    """
    counts = pd.Series([picture.field for picture in batch.pictures], dtype="str").value_counts()
    told = _("、").join(n_("{what} {n} 张", count, what=_(FIELD_WORDS[name])) for name, count in counts.items())
    return _("{pictures}，已对到各自的行。").format(pictures=told) if told else ""


def origins_text(tables: Sequence[Table]) -> str:
    """Where the tables' area, date, inspector and round came from, each once."""
    told = {(name, where) for table in tables for name, where in table.sources.items()}
    return _("；").join(_("{field}取自{place}").format(field=_(FIELD_WORDS.get(name, name)), place=place_text(where))
                       for name, where in sorted(told))


def show_batch(day: Day, batches: Sequence[Batch], at: int, marking: Marking) -> None:
    """One file's card: what was understood, what a reader should know, columns and good rows folded."""
    batch, reference = batches[at], day.reference
    with card(f"batch-{at}", batch.file, batch_note(batch)):
        tables = [table for table in batch.tables if table.kind]
        if batch.error:
            st.html(f'<div class="quiet">{escape(reason(batch.error))}</div>')
        elif tables:
            st.html(f'<ul class="lines">{_understood(batch, tables)}{_told(batch, day)}</ul>')
        else:
            unknown = _("没有看到问题台账、检查表、点位台账或巡查记录，请检查表头行是否还在。")
            st.html(f'<div class="quiet">{unknown}</div>')
        for number, table in enumerate(tables):
            show_columns(batches, at, table, f"{batch.sha256[:8]}-{at}-{number}")
            _show_table(table, reference, f"{at}-{number}")
        if batch.rejected_count:
            _offer_marked(batch, at, reference, marking)


def _understood(batch: Batch, tables: Sequence[Table]) -> str:
    lines = [*map(table_text, tables), pictures_text(batch)]
    return "".join(f"<li><i>✓</i><span>{escape(line)}</span></li>" for line in lines if line)


def _told(batch: Batch, day: Day) -> str:
    lines = [twin_text(batch, day.snapshot.uploads), *map(problem_text, batch.warnings)]
    return "".join(f'<li><i>i</i><span class="muted">{escape(line)}</span></li>' for line in lines if line)


def twin_text(batch: Batch, uploads: pd.DataFrame) -> str:
    """Which upload that counts brought the same bytes, if one did. uploads: Snapshot.uploads."""
    twins = uploads[(uploads["sha256"] == batch.sha256) & uploads["undone_at"].isna()]
    return "" if twins.empty else _("和已有的上报 {upload}“{file}”内容相同。").format(
        upload=twins["upload_id"].iloc[-1], file=twins["file"].iloc[-1])


def _offer_marked(batch: Batch, at: int, reference: Reference, marking: Marking) -> None:
    mark, name_of = marking
    st.download_button(
        _("带标记的原表"), lambda: mark(batch.content, batch, reference), file_name=name_of(batch.file, batch.content),
        mime=MIMES["xlsx"], key=f"marked-{at}", on_click="ignore", icon=":material/download:",
        help=_("有问题的单元格涂红并加批注，改好后再上传。"))


def problem_text(problem: Problem) -> str:
    """A problem in a sentence that begins with its cell; the file's name stands over it.

    >>> problem_text(Problem("no_such_day", "台账", 9, "E9", "found_on", "2021-02-30"))
    '台账!E9：“2021-02-30”这一天不存在。请写成 2021-02-28 这样的日期。'
    """
    return _("：").join(part for part in (place(problem), reason(problem)) if part)


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
