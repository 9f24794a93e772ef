"""The evidence pack: pictures as they came, the whole history, hashes that hold, copies for too many originals."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from datetime import UTC, date, datetime

import openpyxl
import pytest
from batches import WANG, step
from picture_books import AFTER, BEFORE, FIRST, SECOND, THIRD, book, float_over

from loaders.pictures import look_at
from readiness.__main__ import main
from reports import evidence as room
from store import open_store

AS_OF = ("--as-of", "2026-10-02")


@pytest.fixture
def database(tmp_path) -> str:
    """Three issues of 凉一; the first with photos of before and after, then one added on screen."""
    def photos(sheet) -> None:
        float_over(sheet, 1, BEFORE, FIRST)
        float_over(sheet, 1, AFTER, SECOND)

    path = tmp_path / "凉一台账.xlsx"
    path.write_bytes(book(tmp_path, photos))
    (tmp_path / "凉一台账2026年10月1日.xlsx").write_bytes(path.read_bytes())
    url = f"sqlite:///{(tmp_path / 'a.sqlite').as_posix()}"
    assert main(["--database", url, "import", str(tmp_path / "凉一台账2026年10月1日.xlsx")]) == 0
    step(open_store(url), "1号楼堆物", "returned", WANG, date(2026, 10, 2), datetime(2026, 10, 2, 1, 30, tzinfo=UTC),
         note="又堆了", pictures=(look_at(THIRD),))
    return url


def pack(database, tmp_path, *asked) -> dict[str, bytes]:
    """The files of the pack without their common folder."""
    out = tmp_path / "pack.zip"
    assert main(["--database", database, "report", "evidence", *AS_OF, *asked, "--out", str(out)]) == 0
    with zipfile.ZipFile(out) as made:
        folders = {name.split("/")[0] for name in made.namelist()}
        assert len(folders) == 1
        return {name.split("/", 1)[1]: made.read(name) for name in made.namelist()}


def rows(files, sheet) -> list[tuple]:
    return list(openpyxl.load_workbook(io.BytesIO(files["经过.xlsx"]))[sheet].iter_rows(4, values_only=True))


def issue_of(database, description, capsys) -> str:
    capsys.readouterr()
    assert main(["--database", database, "issues", "--json"]) == 0
    return next(issue["id"] for issue in json.loads(capsys.readouterr().out) if issue["description"] == description)


def test_the_pack_of_an_area_holds_its_pictures_as_they_came_and_every_word(database, tmp_path):
    files = pack(database, tmp_path, "--area", "凉一")
    photos = {name.rsplit("/", 1)[1]: content for name, content in files.items() if name.startswith("照片/")}
    assert photos == {f"整改前1_{digest(FIRST)[:8]}.jpg": FIRST, f"整改后1_{digest(SECOND)[:8]}.jpg": SECOND,
                      f"整改后2_{digest(THIRD)[:8]}.jpg": THIRD}
    assert len(rows(files, "问题台账")) == 3
    first = [row for row in rows(files, "经过") if row[0] == 1]
    assert [(row[3], row[4], row[8]) for row in first] == [("待复核", None, None), ("退回", "又堆了", "王五")]
    assert first[1][9] == "2026-10-02 09:30"
    told = rows(files, "照片")
    assert [(row[2], row[5], row[8]) for row in told] == [
        ("整改前", digest(FIRST), None), ("整改后", digest(SECOND), None), ("整改后", digest(THIRD), "王五")]
    assert {row[1] for row in told} == {name for name in files if name.startswith("照片/")}
    ((file, *_rest, sha256),) = rows(files, "来源")
    assert (file, sha256) == ("凉一台账2026年10月1日.xlsx",
                              digest((tmp_path / "凉一台账2026年10月1日.xlsx").read_bytes()))


def test_every_file_of_the_pack_has_its_hash(database, tmp_path):
    files = pack(database, tmp_path)
    sums = dict(reversed(line.split("  ", 1)) for line in files.pop("SHA256SUMS.txt").decode().splitlines())
    assert sums == {name: digest(content) for name, content in files.items()}
    assert "问题 3 条，照片 3 张。" in files["说明.txt"].decode("utf-8-sig")


def test_the_pack_of_an_issue_holds_that_issue_alone(database, tmp_path, capsys):
    files = pack(database, tmp_path, "--issue", issue_of(database, "2号楼堆物", capsys))
    assert [row[7] for row in rows(files, "问题台账")] == ["2号楼堆物"]
    assert not [name for name in files if name.startswith("照片/")]


def test_small_copies_stand_for_originals_that_are_too_many(database, tmp_path, monkeypatch):
    monkeypatch.setattr(room, "ORIGINALS", len(FIRST))
    files = pack(database, tmp_path, "--area", "凉一")
    assert [row[4] for row in rows(files, "照片")] == ["原图", "缩图", "缩图"]
    small = {content for name, content in files.items() if name.endswith("_缩图.jpg")}
    assert small == {look_at(photo).thumbnail for photo in (SECOND, THIRD)}
    assert "其中 2 张只附缩图" in files["说明.txt"].decode("utf-8-sig")


@pytest.mark.parametrize(("asked", "sentence"), [
    (("--issue", "x-1"), "2026-10-02 没有编号为“x-1”的问题；编号由 issues --json 列出。"),
    (("--area", "凉城"), "没有名为“凉城”的居民区；可以用：街道直管、广水、"),
    (("--area", "广水"), "到 2026-10-02 没有问题，没有可以打包的证据。")])
def test_nothing_to_prove_is_refused_in_one_sentence(database, tmp_path, capsys, asked, sentence):
    out = tmp_path / "pack.zip"
    assert main(["--database", database, "report", "evidence", *AS_OF, *asked, "--out", str(out)]) == 1
    assert sentence in capsys.readouterr().err
    assert not out.exists()


def test_other_reports_are_of_the_whole_office(database, tmp_path, capsys):
    command = ["--database", database, "report", "brief", *AS_OF, "--area", "凉一", "--out", str(tmp_path / "a.docx")]
    assert main(command) == 1
    assert capsys.readouterr().err.strip() == "--issue 和 --area 只用于证据包（evidence），不用于 brief。"


def test_its_history_taken_in_again_changes_nothing(database, tmp_path, capsys):
    (tmp_path / "经过.xlsx").write_bytes(pack(database, tmp_path)["经过.xlsx"])
    capsys.readouterr()
    told = []
    for _time in range(2):
        assert main(["--database", database, "issues", *AS_OF, "--json"]) == 0
        told.append(capsys.readouterr().out)
        assert main(["--database", database, "import", str(tmp_path / "经过.xlsx")]) == 0
        capsys.readouterr()
    assert told[0] == told[1]


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
