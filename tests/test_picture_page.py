"""An issue's photos on its card and in its dialog: before beside after, the original to take away, proof used twice."""

from __future__ import annotations

import pytest
from batches import GUANGSHUI, LI, batch, ledger
from picture_books import FIRST, SECOND
from test_ledger_page import ledger as ledger_page
from test_pages import MAP, NOON, fine, opened, shown, truth, url  # noqa: F401 - fixtures

from loaders.pictures import look_at
from readiness.model import CHECKLIST, Picture, Table
from store import open_store, original_picture, save_upload, undo_upload


def picture(row: int, field: str, content: bytes) -> Picture:
    return Picture(table_no=0, row=row, field=field, **vars(look_at(content)))


@pytest.fixture
def issues(url) -> dict[str, str]:  # noqa: F811
    """Description -> name of three fixed issues; the first two have the same proof, the second tells of two photos."""
    table = ledger("楼道堆物", "门厅堆物", "飞线充电", status="fixed", fixed_on="2026-10-05", photos_after=1.0)
    table.records[1]["photos_before"] = 2.0
    photos = (picture(3, "photos_before", FIRST), picture(3, "photos_after", SECOND),
              picture(4, "photos_before", FIRST), picture(4, "photos_after", SECOND))
    save_upload(open_store(url), batch(b"book", table, pictures=photos), LI, NOON)
    found = truth(url).issues
    return dict(zip(found["description"], found["issue"], strict=True))


def originals(app) -> list[str]:
    return [button.label for button in app.get("download_button") if button.label.endswith("原图")]


def captions(app) -> list[str]:
    return [caption.value for caption in app.caption if caption.value.endswith("没有载入")]


def lines(app) -> list[str]:
    return [button.label for button in app.button if button.key.startswith("proof-")]


@pytest.mark.parametrize("page", ["card", "dialog"])
def test_before_stands_beside_after_with_the_originals(issues, page):
    app = ledger_page(issue=issues["楼道堆物"]) if page == "dialog" else fine(opened(MAP, issue=issues["楼道堆物"]))
    text = shown(app)
    assert text.index("整改前<span>1") < text.index("整改后<span>1") < text.index("经过")
    assert len(app.get("image")) == 2
    assert originals(app) == ["10月5日原图", "10月5日原图"]
    assert captions(app) == []


def test_what_the_books_tell_of_and_cannot_be_shown_is_a_quiet_word(issues):
    assert captions(ledger_page(issue=issues["门厅堆物"])) == ["1 张照片没有载入"]
    alone = ledger_page(issue=issues["飞线充电"])
    assert captions(alone) == ["1 张照片没有载入"]
    assert "整改前<span>" not in shown(alone)
    assert (originals(alone), lines(alone)) == ([], [])


def test_a_proof_that_serves_another_fix_is_said_and_opens_it(issues):
    app = ledger_page(issue=issues["楼道堆物"])
    assert lines(app) == ["这张照片也用作“广水 3号楼 门厅堆物”的整改证明"]
    app = fine(app.button(key=f"proof-{issues['门厅堆物']}").click().run())
    assert app.query_params["issue"] in (issues["门厅堆物"], [issues["门厅堆物"]])
    assert lines(app) == ["这张照片也用作“广水 3号楼 楼道堆物”的整改证明"]


def test_a_book_that_came_before_pictures_were_kept_has_a_word_for_them(url):  # noqa: F811
    table = ledger("楼道堆物", photos_before=3.0)
    save_upload(open_store(url), batch(b"book", table), LI, NOON)
    (issue,) = truth(url).issues["issue"]
    assert captions(ledger_page(issue=issue)) == ["3 张照片没有载入"]


def test_a_failing_check_shows_its_photo(url):  # noqa: F811
    check = {"row": 3, "area_code": GUANGSHUI, "site": "广水小区", "site_kind": "residential", "result": "fail",
             "indicator": "楼道无杂物", "checked_on": "2026-10-09", "photos": 1.0}
    table = Table("检查", CHECKLIST, records=(check,))
    save_upload(open_store(url), batch(b"book", table, pictures=(picture(3, "photos", FIRST),)), LI, NOON)
    (issue,) = truth(url).issues["issue"]
    app = ledger_page(issue=issue)
    assert "检查照片<span>1" in shown(app)
    assert originals(app) == ["10月9日原图"]


def test_the_original_is_the_one_of_the_book(url, issues):  # noqa: F811
    assert original_picture(open_store(url), look_at(SECOND).sha256) == SECOND


def test_an_undone_book_takes_its_photos_along(url, issues):  # noqa: F811
    table = ledger("楼道堆物", status="fixed", fixed_on="2026-10-06")
    save_upload(open_store(url), batch(b"later", table), LI, NOON)
    undo_upload(open_store(url), "u0001", LI, NOON)
    app = ledger_page(issue=issues["楼道堆物"])
    assert (originals(app), lines(app), len(app.get("image"))) == ([], [], 0)
