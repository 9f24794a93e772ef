"""The problems of the waiting files, one line a cause, each with what settles it; and one row corrected on the spot."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from html import escape

import streamlit as st

from readiness.answers import names_one
from readiness.language import _, n_
from readiness.messages import place
from readiness.model import Batch, Problem, Table
from readiness.reference import Reference
from ui.answering import answered, own_answers
from ui.causes import AREA, FILE, ROW, TEXT, YEAR, Cause, cause_places, cause_text, causes
from ui.frame import card
from ui.passwords import ask_password, is_locked
from ui.reads import Day
from ui.words import FIELD_WORDS

SHOWN, LISTED = 40, "listed-questions"
FIRST_YEAR, LAST_YEAR = 2000, 2100
RowReader = Callable[..., list[tuple[str, str]]]


def problems_card(day: Day, batches: Sequence[Batch], read_row: RowReader) -> tuple[int, str] | None:
    """Every cause with its field; the place of a locked file and the password that was just typed for it."""
    found = causes(batches)
    if not found:
        st.session_state.pop(LISTED, None)
        st.empty()  # at once in the card's place: what a run leaves out Streamlit takes away when it ends
        return None
    rows = sum(len(cause.found) for cause in found)
    several = any(len(cause.found) > 1 for cause in found)
    with card("problems", _("要回答的问题"), _("；").join(
            [n_("{n} 处", rows), *[_("答一次，同样的各行一起改")] * several])):
        typed = [_ask(day, cause, batches, read_row) for cause in found[:SHOWN]]
        if len(found) > SHOWN:
            rest = n_("还有 {n} 种问题没有列出，先改好上面这些。", len(found) - SHOWN)
            st.html(f'<div class="quiet">{rest}</div>')
        _clear_below(len(found))
    return next((each for each in typed if each), None)


def _clear_below(listed: int) -> None:
    """Empties the places of questions that the run before listed further down."""
    places = min(listed, SHOWN + 1)
    for _place in range(places, st.session_state.get(LISTED, 0)):
        st.empty()
    st.session_state[LISTED] = places


def _ask(day: Day, cause: Cause, batches: Sequence[Batch], read_row: RowReader) -> tuple[int, str] | None:
    key, at = _key(cause, batches), cause.found[0][0]
    cells = escape(cause_places(cause, batches))
    words = f"<span>{escape(cause_text(cause, batches))}{f'<small>{cells}</small>' * bool(cells)}</span>"
    with st.container(key=f"cause-{key}"):
        left, right = st.columns([13, 7], gap=12, vertical_alignment="center")
        left.html(f'<ul class="lines"><li><i class="down">!</i>{words}</li></ul>')
        if cause.how == FILE and is_locked(batches[at]):
            with right:
                password = ask_password(at)
            return (at, password) if password else None
        with right, st.container(horizontal=True, horizontal_alignment="right", vertical_alignment="center"):
            {AREA: _ask_area, YEAR: _ask_year, TEXT: _ask_text}.get(cause.how, _ask_nothing)(
                day.reference, cause, batches, key)
            if cause.how in (TEXT, ROW) and st.button(_("整行"), key=f"row-{key}", help=_("看整行，改哪一格都行")):
                st.dialog(_("改这一行"), width="large")(_row_form)(day.reference, cause, batches, read_row)
    return None


def _ask_area(reference: Reference, cause: Cause, batches: Sequence[Batch], key: str) -> None:
    names = reference.area_names()
    near = [code for name in cause.first.suggestions for code, short in names.items() if short == name]
    key = f"area-{key}"
    st.session_state[key] = None
    st.selectbox(_("应是哪个居民区？"), [*near, *(code for code in names if code not in near)], index=None,
                 format_func=names.get, key=key, placeholder=_("应是哪个居民区？"), label_visibility="collapsed",
                 on_change=_take_area, args=(key, cause, batches, names))


def _take_area(key: str, cause: Cause, batches: Sequence[Batch], names: dict[str, str]) -> None:
    code, problem = st.session_state[key], cause.first
    if code is None:
        return
    if problem.value and names_one(problem.value):
        answered(own_answers().with_area(problem.value, code), cause.books(batches))
    else:
        _take_cells(cause.found, batches, names[code])


def _ask_year(reference: Reference, cause: Cause, batches: Sequence[Batch], key: str) -> None:
    key = f"year-{key}"
    st.session_state[key] = None
    st.number_input(_("年份"), FIRST_YEAR, LAST_YEAR, value=None, step=1, key=key, placeholder=_("年份，如 2026"),
                    label_visibility="collapsed", on_change=_take_year, args=(key, cause, batches))


def _take_year(key: str, cause: Cause, batches: Sequence[Batch]) -> None:
    if st.session_state[key]:
        books = cause.books(batches)
        answered(own_answers().with_year(books[0], int(st.session_state[key])), books)


def _ask_text(reference: Reference, cause: Cause, batches: Sequence[Batch], key: str) -> None:
    key = f"text-{key}"
    st.session_state[key] = cause.first.value or ""
    name = FIELD_WORDS.get(cause.first.field or "", "")
    st.text_input(_("{field}应是").format(field=_(name)), key=key, label_visibility="collapsed",
                  on_change=_take_text, args=(key, cause, batches))


def _take_text(key: str, cause: Cause, batches: Sequence[Batch]) -> None:
    _take_cells(cause.found, batches, st.session_state[key])


def _take_cells(found: Sequence[tuple[int, Problem]], batches: Sequence[Batch], text: str) -> None:
    said = own_answers()
    for at, problem in found:
        said = said.with_cells(batches[at].sha256, {(problem.sheet, problem.cell): text})
    answered(said, {batches[at].sha256 for at, _problem in found})


def _ask_nothing(reference: Reference, cause: Cause, batches: Sequence[Batch], key: str) -> None:
    """A cause that no single answer settles."""


def _row_form(reference: Reference, cause: Cause, batches: Sequence[Batch], read_row: RowReader) -> None:
    """All cells of one row under their headings; what is changed is read in place of what the book says."""
    at, problem = cause.found[0]
    if len(cause.found) > 1:
        at, problem = st.selectbox(
            _("哪一行"), cause.found, key="which-row",
            format_func=lambda each: f"{batches[each[0]].file}　{place(each[1])}")
    st.html(f'<div class="quiet">{escape(cause_text(Cause(cause.how, [(at, problem)]), batches))}</div>')
    cells = row_cells(batches[at], problem, read_row, reference)
    with st.form("row-form", border=False):
        columns, keys = st.columns(3, gap=12), {}
        for number, (cell, heading, text) in enumerate(cells):
            label = _("{heading}（{cell}）").format(heading=heading, cell=cell)
            keys[cell] = f"cell-{batches[at].sha256[:8]}-{problem.sheet}-{cell}"
            columns[number % 3].text_input(f":red[{label}]" if cell == problem.cell else label, text, key=keys[cell])
        if st.form_submit_button(_("按这样读"), type="primary", on_click=_take_row,
                                 args=(batches[at].sha256, problem.sheet, cells, keys)):
            st.rerun()


def _take_row(sha256: str, sheet: str | None, cells: Sequence[tuple[str, str, str]], keys: dict[str, str]) -> None:
    texts = {cell: st.session_state[keys[cell]] for cell, _heading, _text in cells}
    changed = {(sheet, cell): texts[cell] for cell, _heading, text in cells if texts[cell] != text}
    if changed:
        answered(own_answers().with_cells(sha256, changed), [sha256])


def row_cells(batch: Batch, problem: Problem, read_row: RowReader, reference: Reference) -> list[tuple[str, str, str]]:
    """Address, heading and text of every cell of a problem's row, as the book has them or as they were corrected."""
    table = _table_of(batch, problem)
    written = dict(_written(batch.sha256, problem.sheet, problem.row, batch.content, read_row, reference))
    written |= {cell: text for (sheet, cell), text in own_answers().corrections.get(batch.sha256, {}).items()
                if sheet == problem.sheet and cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ") == str(problem.row)}
    headings = {f"{letters}{problem.row}": heading for heading, letters in table.letters.items()}
    return [(cell, headings.get(cell, ""), written.get(cell, "")) for cell in {**headings, **written}]


@st.cache_data(show_spinner=False, max_entries=100)
def _written(sha256: str, sheet: str | None, row: int, _content: bytes, _read_row: RowReader, _reference: Reference
             ) -> list[tuple[str, str]]:
    return _read_row(_content, sheet, row, _reference)


def _table_of(batch: Batch, problem: Problem) -> Table:
    return next(table for table in batch.tables if problem in table.rejected)


def _key(cause: Cause, batches: Sequence[Batch]) -> str:
    """A name for the fields of a cause that is the same as long as the cause is."""
    at, problem = cause.found[0]
    words = repr((cause.how, batches[at].sha256, problem.code, problem.field, problem.value, problem.cell, at))
    return hashlib.sha256(words.encode()).hexdigest()[:12]
