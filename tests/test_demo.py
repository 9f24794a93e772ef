"""The demonstration books: written anew they are the same, read they are the story, and they show what matters."""

from __future__ import annotations

import zipfile
from collections import Counter
from datetime import UTC, date, datetime
from itertools import zip_longest
from pathlib import Path

import pandas as pd
import pytest
from batches import LI
from openpyxl import load_workbook

from loaders import load_workbooks
from readiness.facts import place_facts
from readiness.model import CHECKLIST, LEDGER, PATROLS, SITES, Batch
from readiness.pictures import ALIKE_BITS, placed_pictures, reused_proofs
from readiness.reference import DATA, Reference, load_reference
from readiness.standing import Standing, standing
from readiness.trends import as_of_day, score_by_day
from store import load_snapshot, open_store, picture_uses, save_upload
from tests.demo import FIRST, LAST, MARK
from tests.demo.books import write_books
from tests.demo.facts import told_checks, told_ledgers
from tests.demo.ledgers import WEEKLY
from tests.demo.pairs import RED_LINES
from tests.demo.places import as_registered
from tests.demo.story import Story, tell_story

BOOKS = sorted((DATA / "demo").glob("*.xlsx"))
AS_OF = date(2026, 10, 26)
AFTER_WEEK_9 = pd.Timestamp(2026, 10, 5)
CHECKS, LEDGER_ROWS, THREADS, RELAPSES, OVERDUE = 12_494, 3_159, 696, 87, 110
PHOTOS = {f"凉城新村街道问题整改台账（2026年{day}）.xlsx": storages for day, storages in {
    "10月9日": (20, 0, 0), "10月16日": (0, 20, 0), "10月25日": (0, 0, 20)}.items()}
QUIET, CLEAN, SPARSE = "310109016029", "310109016017", ["310109016013", "310109016026"]


@pytest.fixture(scope="module")
def reference() -> Reference:
    return load_reference()


@pytest.fixture(scope="module")
def story(reference: Reference) -> Story:
    return tell_story(reference.areas, reference.items)


@pytest.fixture(scope="module")
def batches(reference: Reference) -> list[Batch]:
    return list(load_workbooks([(path.name, path.read_bytes()) for path in BOOKS], reference))


@pytest.fixture(scope="module")
def engine(batches: list[Batch], tmp_path_factory: pytest.TempPathFactory):
    engine = open_store(f"sqlite:///{tmp_path_factory.mktemp('demo') / 'demo.db'}")
    for batch in batches:
        save_upload(engine, batch, LI, datetime(2026, 10, 26, tzinfo=UTC))
    return engine


@pytest.fixture(scope="module")
def snapshot(engine):
    return load_snapshot(engine)


@pytest.fixture(scope="module")
def facts(snapshot, reference: Reference):
    return place_facts(snapshot, reference)


@pytest.fixture(scope="module")
def today(facts, reference: Reference) -> Standing:
    return standing(facts, reference, AS_OF)


def records(batches: list[Batch], kind: str) -> pd.DataFrame:
    rows = [record for batch in batches for table in batch.tables if table.kind == kind for record in table.records]
    return pd.DataFrame(rows)


def rows_of(frame: pd.DataFrame, columns: list[str]) -> Counter:
    """How often each row occurs; every missing value is None."""
    table = frame.reindex(columns=columns).astype(object)
    return Counter(map(tuple, table.where(table.notna() & (table != ""), None).to_numpy().tolist()))


def iso(days: pd.Series) -> pd.Series:
    return days.map(lambda day: day.isoformat() if isinstance(day, date) else None)


def test_writing_the_books_anew_gives_the_same_cells(tmp_path: Path, reference: Reference):
    written = sorted(write_books(tmp_path, reference))
    assert [path.name for path in written] == [path.name for path in BOOKS]
    for new, shipped in zip(written, BOOKS, strict=True):
        if new.read_bytes() != shipped.read_bytes():
            assert_same_cells(new, shipped)


def assert_same_cells(one: Path, other: Path) -> None:
    books = load_workbook(one), load_workbook(other)
    assert books[0].sheetnames == books[1].sheetnames, one.name
    for sheets in zip(*books, strict=True):
        for rows in zip_longest(*(sheet.iter_rows(values_only=True) for sheet in sheets)):
            assert rows[0] == rows[1], (one.name, sheets[0].title)


def test_every_book_is_marked_as_an_example_and_all_are_small():
    assert {load_workbook(path, read_only=True).properties.keywords for path in BOOKS} == {MARK}
    assert len(BOOKS) == 42
    assert sum(path.stat().st_size for path in BOOKS) < 5_000_000


def test_every_row_of_every_book_is_read(batches: list[Batch]):
    assert [batch.file for batch in batches if batch.error] == []
    assert [problem for batch in batches for table in batch.tables for problem in table.rejected] == []
    assert [table.sheet for batch in batches for table in batch.tables if table.kind is None] == ["各居民区汇总"]
    assert all(batch.demo for batch in batches)


def test_checks_are_read_as_told(batches: list[Batch], story: Story, reference: Reference):
    told = told_checks(story, reference.kinds)
    told = told.assign(checked_on=iso(told["on"]), description=told["problem"])
    columns = ["area_code", "site", "indicator", "result", "checked_on"]
    assert rows_of(records(batches, CHECKLIST), columns) == rows_of(told, columns)
    assert len(told) == CHECKS >= 10_000


def test_descriptions_of_failing_checks_are_read_as_told(batches: list[Batch], story: Story, reference: Reference):
    told = told_checks(story, reference.kinds)
    told = told[~told["layout"].isin(["matrix", "across", "kinds", "special"]) & (told["problem"] != "")]
    told = told.assign(description=told["problem"])
    columns = ["area_code", "site", "indicator", "description"]
    read = records(batches, CHECKLIST)
    assert rows_of(read[read["description"].notna()], columns) == rows_of(told, columns)


def test_ledgers_are_read_as_told(batches: list[Batch], story: Story):
    told = pd.concat(told_ledgers(story).values())
    dates = ["found_on", "due_on", "fixed_on", "verified_on"]
    told = told.assign(description=told["problem"], status=told["state"], **{name: iso(told[name]) for name in dates})
    columns = ["area_code", "site", "location", "description", "status", *dates]
    assert rows_of(records(batches, LEDGER), columns) == rows_of(told, columns)
    assert len(told) == LEDGER_ROWS >= 600


def test_registers_and_patrols_are_read_as_told(batches: list[Batch], story: Story):
    sites = ["area_code", "name", "address", "point_chief", "road_chief", "block_chief", "phone"]
    assert rows_of(records(batches, SITES), sites) == rows_of(as_registered(story.sites), sites)
    patrols = ["area_code", "date", "activity", "party_members", "volunteers", "hours", "found", "solved"]
    told = story.patrols.assign(date=iso(story.patrols["day"].map(lambda day: FIRST + pd.Timedelta(days=day))))
    assert rows_of(records(batches, PATROLS), patrols) == rows_of(told, patrols)


def test_threads_relapses_and_overdue_issues_are_those_of_the_story(today: Standing, story: Story):
    issues, ledger = story.issues, today.issues[today.issues["origin"] == "ledger"]
    assert ledger["thread"].nunique() == issues["pair"].nunique() == THREADS >= 350
    relapses = len(issues) - issues["pair"].nunique()
    assert ledger["relapse_of"].notna().sum() == relapses == RELAPSES >= 30
    assert len(ledger) == THREADS + RELAPSES
    fixed = issues["refixed"].where(issues["returned"].notna(), issues["fixed"])
    done = issues["verified"].notna() | fixed.notna()
    overdue = int((~done & (issues["due"] < (AS_OF - FIRST).days)).sum())
    assert today.subdistrict.overdue == overdue == OVERDUE >= 40


def test_the_day_is_the_one_after_the_newest_fact(snapshot):
    assert as_of_day(snapshot, date(2027, 1, 1)) == AS_OF == LAST + pd.Timedelta(days=1)


def test_the_score_climbs_to_where_most_areas_are(facts, today: Standing, reference: Reference):
    days = score_by_day(facts, reference, FIRST, AS_OF).set_index("day")["score"]
    after_first_mock = days[pd.Timestamp(2026, 8, 24)]
    assert 70 < after_first_mock < 76 < 80 < today.subdistrict.score < 86
    assert 0.6 < today.subdistrict.coverage < 0.8


def test_areas_spread_over_the_bands(today: Standing):
    ranked = today.areas[today.areas["ranked"]].set_index("area_code")
    bands = ranked["band"].value_counts(dropna=False)
    assert bands.drop(index=[band for band in bands.index if pd.isna(band)]).max() <= 0.6 * 25
    assert 1 <= bands["excellent"] <= 2
    assert bands["met"] >= 2
    assert bands["weak"] >= 3
    assert bands["urgent"] == 1
    assert sorted(ranked.index[ranked["score"].isna()]) == SPARSE
    assert (ranked.loc[SPARSE, "coverage"] < 0.2).all()
    assert ranked.index[ranked["red_lines"] > 0].tolist() == sorted(RED_LINES)


def self_checks(facts) -> pd.DataFrame:
    return facts.checks[~facts.checks["round"].isin(["mock", "special"])]


def test_one_area_is_quiet_for_three_weeks(facts):
    newest = self_checks(facts).groupby("area_code")["checked_on"].max()
    assert newest[QUIET] < AFTER_WEEK_9
    assert newest.drop([QUIET, *SPARSE]).min() > pd.Timestamp(2026, 10, 18)
    patrols = facts.patrols
    assert patrols.loc[patrols["area_code"] == QUIET, "date"].max() < AFTER_WEEK_9


def test_one_area_reports_clean_sheets_that_the_mock_inspection_contradicts(facts, today: Standing):
    checks = self_checks(facts)
    assert "fail" not in set(checks.loc[checks["area_code"] == CLEAN, "result"])
    found = today.issues[(today.issues["area_code"] == CLEAN) & (today.issues["round"] == "mock")]
    assert len(found) >= 40
    assert today.contradictions["area_code"].value_counts().idxmax() == CLEAN


def test_sixty_photos_lie_in_three_storages_in_pairs(batches: list[Batch]):
    shown = {batch.file: batch.pictures for batch in batches if batch.pictures}
    assert {file: len(pictures) for file, pictures in shown.items()} == dict.fromkeys(PHOTOS, 20)
    for batch in batches:
        places = [(table_no, row, field) for table_no, table in enumerate(batch.tables)
                  for row, field, _cell, _name in table.pictures]
        assert places == [(picture.table_no, picture.row, picture.field) for picture in batch.pictures]
        fields = [field for _table_no, _row, field in places]
        assert fields == ["photos_before", "photos_after"] * (len(places) // 2)
        assert not batch.warnings
    assert {file: storages(DATA / "demo" / file) for file in shown} == PHOTOS
    assert all(len(picture.content) < 8192 for pictures in shown.values() for picture in pictures)


def storages(path: Path) -> tuple[int, int, int]:
    """How many pictures float, are called by formulas, and are placed in cells."""
    with zipfile.ZipFile(path) as book:
        parts = {name: book.read(name).decode() for name in book.namelist() if name.endswith((".xml", ".rels"))}
    sheets = "".join(text for name, text in parts.items() if name.startswith("xl/worksheets/sheet"))
    drawn = "".join(text for name, text in parts.items() if name.startswith("xl/drawings/drawing"))
    return drawn.count("<xdr:pic>"), sheets.count("<f>_xlfn.DISPIMG("), sheets.count(" vm=")


def test_two_proofs_serve_another_fix_as_well(batches: list[Batch], facts, engine):
    reused = reused_proofs(placed_pictures(picture_uses(engine), facts, AS_OF))
    assert len(reused) == 2
    assert (reused["distance"] <= ALIKE_BITS).all()
    assert (reused["sha256"] == reused["other_sha256"]).tolist().count(True) == 1  # the other was saved anew
    files = {batch.sha256: batch.file for batch in batches}
    uploaded = load_snapshot(engine).uploads.set_index("upload_id")["sha256"].map(files)
    earlier, later, _last = PHOTOS
    assert {*reused["upload_id"].map(uploaded)} == {later}
    assert {*reused["other_upload_id"].map(uploaded)} == {earlier}


def test_books_look_different():
    layouts = pd.read_csv(Path(__file__).parent / "demo" / "profiles.csv")["layout"].nunique()
    assert (layouts, len(WEEKLY)) == (10, 4)
