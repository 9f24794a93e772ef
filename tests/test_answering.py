"""What an answer costs: only the books that it touches are read again, and what a click cuts off is read afterwards."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

import pytest
from streamlit.runtime.scriptrunner_utils.exceptions import StopException
from streamlit.testing.v1 import AppTest
from test_pages import GUANGSHUI, INTAKE, dropped, fine, opened, shown, small, url, workbook  # noqa: F401
from test_preview_page import ROW, field

import loaders


class Reads:
    """load_workbooks with the names of what it was asked for; cut: after so many books a click ends the run."""

    def __init__(self) -> None:
        self.asked: list[list[str]] = []
        self.cut: int | None = None
        self._load = loaders.load_workbooks

    def __call__(self, files, *said, **more) -> Iterator:
        files = list(files)
        self.asked.append([name for name, _content in files])
        for count, batch in enumerate(self._load(files, *said, **more)):
            if count == self.cut:
                self.cut = None
                raise StopException
            yield batch


@pytest.fixture
def reads(monkeypatch) -> Reads:
    counted = Reads()
    monkeypatch.setattr(loaders, "load_workbooks", counted)
    return counted


def three(*unknown: int) -> AppTest:
    """The preview of 0.xlsx, 1.xlsx and 2.xlsx, those of these numbers with an area that nobody knows."""
    files = [(f"{number}.xlsx", workbook((1, "广water" if number in unknown else "广水", "广水小区", f"{number}号积水",
                                          *ROW[2:]))) for number in range(3)]
    return dropped(opened(INTAKE), *files)


def answer(app: AppTest) -> AppTest:
    return fine(field(app, "selectbox", "area-").set_value(GUANGSHUI).run())


def test_an_answer_reads_the_books_that_it_touches_and_taking_it_back_the_same_ones(small, reads):  # noqa: F811
    app = answer(three(0, 2))
    assert "3 个文件，3 条记录，0 处问题" in shown(app)
    app = fine(app.button(key="take-back").click().run())
    assert "3 个文件，1 条记录，2 处问题" in shown(app)
    assert reads.asked == [["0.xlsx", "1.xlsx", "2.xlsx"], ["0.xlsx", "2.xlsx"], ["0.xlsx", "2.xlsx"]]


def test_what_a_click_cuts_off_is_read_in_the_next_run(small, reads):  # noqa: F811
    app = three(0, 2)
    reads.cut = 1
    app = answer(app)
    app = fine(app.run())
    assert "3 个文件，3 条记录，0 处问题" in shown(app)
    assert reads.asked[1:] == [["0.xlsx", "2.xlsx"], ["2.xlsx"]]


def test_files_whose_reading_a_click_cut_off_are_read_whole_afterwards(small, reads):  # noqa: F811
    reads.cut = 2
    app = fine(three(0, 2).run())
    assert "3 个文件，1 条记录，2 处问题" in shown(app)
    assert [batch.file for batch in app.session_state["batches"]] == ["0.xlsx", "1.xlsx", "2.xlsx"]


def test_the_same_bytes_under_two_names_take_one_answer(small, reads):  # noqa: F811
    same = workbook((1, "广水", "广水小区", "门口积水", "2026-02-30", *ROW[3:]))
    app = dropped(opened(INTAKE), ("甲.xlsx", same), ("乙.xlsx", same))
    app = fine(field(app, "text_input", "text-").set_value("2026-03-01").run())
    assert "2 个文件，2 条记录，0 处问题" in shown(app)


def test_a_zip_that_was_refused_in_part_stays_so_when_answers_are_taken_back(small):  # noqa: F811
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:  # stored, so that the second one can be spoiled in its place
        archive.writestr("甲.xlsx", workbook((1, "广water", *ROW)))
        archive.writestr("乙.xlsx", b"PK-spoiled")
    spoiled = content.getvalue().replace(b"PK-spoiled", b"PK-SPOILED")
    app = answer(dropped(opened(INTAKE), ("多.zip", spoiled)))
    assert "2 个文件，1 个还读不了，1 条记录，0 处问题" in shown(app)
    app = fine(app.button(key="take-back").click().run())
    assert "2 个文件，1 个还读不了，0 条记录，1 处问题" in shown(app)


def test_the_same_file_put_in_twice_waits_once_and_keeps_its_answers(small):  # noqa: F811
    content = workbook((1, "广水", "广水小区", "门口积水", "2026-02-30", *ROW[3:]))
    app = dropped(opened(INTAKE), ("甲.xlsx", content))
    app = fine(field(app, "text_input", "text-").set_value("2026-03-01").run())
    app = dropped(app, ("甲.xlsx", content))
    assert "1 个文件，1 条记录，0 处问题" in shown(app)
    assert app.button(key="take-back").label == "撤回 1 个回答"
