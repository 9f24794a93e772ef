"""专项检查 from the door: its numbers, what each opens, the site in the address, and a kind added by files alone."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

import pytest
from batches import LI
from test_area_page import clicked, dialog, figures, frames
from test_numbers_open import clicked as struck
from test_numbers_open import figures as drawn
from test_pages import GUANGSHUI, NOON, SHUIDIAN, chart_words, fine, opened, shown, url

from readiness import reference
from readiness.model import CHECKLIST, LEDGER, SITES, Batch, Table
from readiness.reference import DATA, load_reference
from store import open_store, save_upload
from ui import reads

__all__ = ["url"]
SPECIAL = "pages/meeting/special.py"
ITEMS = load_reference().items.query("kind == 'park'")["text"].tolist()[:2]
SITE = f"{GUANGSHUI}:广水公园"


def check(row: int, site: str, item: int, result: str, on: str, area: str = GUANGSHUI, **said) -> dict:
    return {"row": row, "area_code": area, "site": site, "site_kind": "park", "indicator": ITEMS[item],
            "result": result, "checked_on": on, **said}


@pytest.fixture
def parks(url) -> str:
    """Two parks: one inspected by a special round with a failing item, one checked by itself before."""
    sites = [{"row": 2, "area_code": GUANGSHUI, "name": "广水公园", "site_kind": "park"},
             {"row": 3, "area_code": SHUIDIAN, "name": "水电公园", "site_kind": "park"}]
    checks = [check(4, "广水公园", 0, "fail", "2026-10-20", round="special", description="杂物"),
              check(5, "广水公园", 1, "pass", "2026-10-20", round="special"),
              check(6, "水电公园", 0, "pass", "2026-10-01", SHUIDIAN)]
    issue = {"row": 3, "area_code": GUANGSHUI, "site": "广水公园", "indicator": ITEMS[1], "description": "破了",
             "found_on": "2026-10-25", "status": "open"}
    tables = (Table("点位", SITES, (1,), tuple(sites)), Table("检查", CHECKLIST, (3,), tuple(checks)),
              Table("台账", LEDGER, (2,), (issue,)))
    save_upload(open_store(url), Batch("公园.xlsx", hashlib.sha256(b"parks").hexdigest(), b"parks", None, tables,
                                       demo=True), LI, NOON)
    return url


def parks_page(**query: str):
    return fine(opened(SPECIAL, special="parks", **query))


def test_the_cards_count_the_cells_and_open_them(parks):
    waiting = 2 * len(load_reference().items.query("kind == 'park' and item != 'F-00'")) - 3
    assert figures(parks_page()) == {"符合率": "33.3%", "不符合": "2", "未检查": f"{waiting}", "未销号": "2"}
    for label, count in {"符合率": 3, "不符合": 2, "未检查": waiting, "未销号": 2}.items():
        app = fine(parks_page().button(key=f"open-{label}").click().run())
        rows = next(frame.value for frame in app.dataframe if "state" in frame.value or "status" in frame.value)
        assert len(rows) == count, label
        if label == "符合率":
            assert any("符合率 = 1 ÷ 3 = 33.3%。" in caption.value for caption in app.caption)


def test_the_round_is_named_and_what_it_has_not_reached_listed(parks):
    app = parks_page()
    assert "本轮：专项，10月20日" in shown(app)
    assert "本轮未查 1 / 2 个点位" in shown(app)
    assert frames(app)["special-missed"]["site"].tolist() == ["水电公园"]
    early = parks_page(day="2026-10-15")
    assert "本轮：近 30 天的全部检查（其间没有专项检查或模拟测评）" in shown(early)
    assert frames(early)["special-missed"]["site"].tolist() == ["广水公园"]


def test_the_counts_of_items_and_sites_open_their_rows(parks):
    table = frames(parks_page())["special-items"]
    assert table["indicator"].head(2).tolist() == ITEMS[::-1]
    assert table[["failing", "passing"]].head(2).to_numpy().tolist() == [[1, 0], [1, 1]]
    rows = dialog(clicked(parks_page(), "special-items", 1, "failing"))
    assert rows[["site", "state", "cell"]].to_numpy().tolist() == [["广水公园", "不符合", "检查!A4"]]
    assert len(dialog(clicked(parks_page(), "special-items", 1, "rate"))) == 2
    assert frames(parks_page())["special-sites"]["site"].tolist() == ["广水公园", "水电公园"]
    assert len(dialog(clicked(parks_page(), "special-sites", 0, "failing"))) == 2
    assert dialog(clicked(parks_page(), "special-sites", 0, "open"))["description"].tolist() == ["杂物", "破了"]
    assert len(dialog(clicked(parks_page(), "special-sites", 0, "reached"))) == 3


def test_a_sites_name_shows_its_history_until_it_is_closed(parks):
    app = clicked(parks_page(), "special-sites", 0, "site")
    assert app.query_params["site"] in (SITE, [SITE])
    assert "广水公园：历次检查和问题" in shown(app) and "检查 2 条，问题 1 条" in shown(app)
    history = dialog(app)
    assert history[["what", "word", "cell"]].to_numpy().tolist() == [
        ["问题", "待整改", "台账!A3"], ["检查", "不符合", "检查!A4"], ["检查", "符合", "检查!A5"]]
    app = fine(app.button(key="close-site").click().run())
    assert "site" not in app.query_params and "历次检查和问题" not in shown(app)
    missed = clicked(parks_page(), "special-missed", 0, "site")
    assert "水电公园：历次检查和问题" in shown(missed)
    assert "历次检查和问题" not in shown(parks_page(site="没有的点位"))


def test_a_cell_of_the_matrix_opens_what_was_said_of_it(parks):
    app = parks_page()
    assert {"✗ 6", "✗ 1", "✓ 25", "·"} <= set(chart_words(app))
    mark = drawn(app)["special-matrix"]["data"][1]["customdata"][1]
    rows = dialog(struck(parks_page(), "special-matrix", mark))
    assert mark == [SITE, "F-02"]
    assert rows["cell"].tolist() == ["台账!A3", "检查!A5"]


def test_the_address_names_the_inspection(parks):
    app = fine(opened(SPECIAL, special="没有的"))
    assert app.query_params["special"] in ("schools", ["schools"])
    assert "还没有这类点位的检查记录。" in chart_words(app)
    app = fine(app.selectbox(key="choose-special").set_value("parks").run())
    assert app.query_params["special"] in ("parks", ["parks"]) and figures(app)["不符合"] == "2"


@pytest.fixture
def office(tmp_path, monkeypatch) -> Path:
    """A copy of data/ that the dashboard reads in place of the shipped one."""
    folder = tmp_path / "data"
    shutil.copytree(DATA, folder, ignore=shutil.ignore_patterns("demo"))
    monkeypatch.setattr(reads, "DATA", folder)
    monkeypatch.setattr(reads, "load_reference", lambda: reference.load_reference(folder))
    return folder


def append(path: Path, line: str) -> None:
    path.write_text(path.read_text("utf-8") + line, "utf-8")


def test_a_new_kind_of_inspection_is_lines_in_files(parks, office):
    append(office / "standard/kinds.csv", "nursery,托育点,托育,1,托育点\n")
    append(office / "standard/items.csv", "N-01,nursery,门口有围栏,未成年人保护,1,围栏,,否,本街道\n")
    append(office / "standard/inspections.csv", "nurseries,托育点安全,nursery|park,未成年人保护,F-01\n")
    tables = (Table("检查", CHECKLIST, (3,), ({
        "row": 4, "area_code": GUANGSHUI, "site": "小树托育点", "site_kind": "nursery", "indicator": "门口有围栏",
        "result": "fail", "checked_on": "2026-10-25"},)),)
    save_upload(open_store(parks), Batch("托育.xlsx", hashlib.sha256(b"n").hexdigest(), b"n", None, tables, demo=True),
                LI, NOON)
    app = fine(opened(SPECIAL, special="nurseries"))
    assert app.selectbox(key="choose-special").options[-1] == "托育点安全"
    assert frames(app)["special-items"]["indicator"].tolist() == ["门口有围栏", ITEMS[0]]
    assert figures(app)["不符合"] == "2"
    assert set(frames(app)["special-sites"]["site"]) == {"小树托育点", "广水公园", "水电公园"}


def test_without_any_inspection_the_page_says_where_to_write_one(parks, office):
    (office / "standard/inspections.csv").write_text("inspection,name,kinds,categories,items\n", "utf-8")
    assert "inspections.csv 里还没有专项检查，每行写一种。" in shown(fine(opened(SPECIAL)))


def test_an_empty_database_shows_the_first_steps(url):
    assert "专项检查" in shown(fine(opened(SPECIAL)))
