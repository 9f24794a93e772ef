"""Broken, foreign and hostile files: one sentence each, in time, and the good files beside them are read."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest
from hostile_files import REFUSED, SURVIVED, good, saved

from loaders.formats.content import NO_SPREADSHEET
from readiness.messages import SEEN

ROOT = Path(__file__).resolve().parent.parent
SECONDS = 30
SMALL = [name for name in REFUSED if "bomb" not in name]


def loaders(*paths: Path, seconds: float = SECONDS) -> tuple[int, list[dict]]:
    """Exit code and the answer for each file, within the time, without a traceback."""
    began = time.monotonic()
    done = subprocess.run([sys.executable, "-m", "loaders", *map(str, paths)], cwd=ROOT, capture_output=True,
                          timeout=4 * seconds, check=False)
    assert time.monotonic() - began < seconds
    assert b"Traceback" not in done.stderr
    assert done.returncode in (0, 1)
    return done.returncode, json.loads(done.stdout)["files"]


def written(folder: Path, file: str, content: bytes) -> Path:
    path = folder / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def is_a_sentence(error: str) -> bool:
    """Whether it is one line in Chinese with an end, and nothing of a program's own."""
    return bool(re.fullmatch(r"[^\n]{6,200}[。！？]", error) and re.search(r"[\u4e00-\u9fff]{4}", error)
                and not re.search(r"Error|Exception|errno|\.py\b|None|0x[0-9a-f]", error))


def record_counts(entry: dict) -> list[int]:
    return [len(sheet["records"]) for sheet in entry["sheets"]]


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_that_cannot_or_may_not_be_read_is_one_sentence(tmp_path, name: str):
    file, make = REFUSED[name]
    before, after = written(tmp_path, "好1.xlsx", good()), written(tmp_path, "好2.xls", saved("检查.xls"))
    code, entries = loaders(before, written(tmp_path, file, make()), after)
    assert code == 1
    first, bad, last = entries
    assert (first["error"], record_counts(first)) == (None, [1])
    assert (last["error"], record_counts(last)) == (None, [3])
    assert bad["error"] is not None
    assert is_a_sentence(bad["error"]), bad["error"]
    assert bad["sheets"] == []


@pytest.mark.parametrize("name", SURVIVED)
def test_an_odd_file_is_read_or_refused_and_never_brings_the_reader_down(tmp_path, name: str):
    file, make = SURVIVED[name]
    code, (odd, last) = loaders(written(tmp_path, f"in/{file}", make()), written(tmp_path, "in/好.xlsx", good()))
    assert (last["error"], record_counts(last)) == (None, [1])
    assert code == (odd["error"] is not None)
    assert odd["error"] is None or is_a_sentence(odd["error"])
    assert all(sheet["kind"] is None for sheet in odd["sheets"])
    assert sorted(path.name for path in tmp_path.rglob("*")) == sorted(["in", file, "好.xlsx"])
    assert not Path("/tmp/climbed.txt").exists()


@pytest.mark.parametrize("name", ["words", "English words"])
def test_words_under_the_name_of_a_workbook_are_a_text_without_a_table(tmp_path, name: str):
    file, make = SURVIVED[name]
    code, (entry,) = loaders(written(tmp_path, file, make()))
    assert (code, entry["error"], [sheet["kind"] for sheet in entry["sheets"]]) == (0, None, [None])


def test_all_of_them_in_one_call(tmp_path):
    paths = [written(tmp_path, f"{number}/{REFUSED[name][0]}", REFUSED[name][1]())
             for number, name in enumerate(SMALL)]
    code, entries = loaders(*paths, written(tmp_path, "好.xlsx", good()), seconds=60)
    assert code == 1
    assert [Path(entry["file"]).name for entry in entries] == [*(REFUSED[name][0] for name in SMALL), "好.xlsx"]
    assert all(is_a_sentence(entry["error"]) for entry in entries[:-1])
    assert record_counts(entries[-1]) == [1]


def test_a_password_is_named(tmp_path):
    for name in ("a package that needs a password", "an old workbook that needs a password"):
        file, make = REFUSED[name]
        _, (entry,) = loaders(written(tmp_path, file, make()))
        assert "密码" in entry["error"]


def test_a_file_from_outside_is_not_read(tmp_path):
    file, make = REFUSED["an entity from outside"]
    path = written(tmp_path, file, make())
    done = subprocess.run([sys.executable, "-m", "loaders", str(path)], cwd=ROOT, capture_output=True, check=False)
    assert b"root:" not in done.stdout + done.stderr


def test_a_path_without_a_file(tmp_path):
    code, (missing, last) = loaders(tmp_path / "没有.xlsx", written(tmp_path, "好.xlsx", good()))
    assert code == 1
    assert is_a_sentence(missing["error"])
    assert record_counts(last) == [1]


def test_a_zip_of_bad_and_good_files(tmp_path):
    path = tmp_path / "一批.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("好.xlsx", good())
        archive.writestr("../../climbed.xlsx", good())
        for name in ("nothing", "half a workbook", "a PDF", "entities that multiply"):
            archive.writestr(f"{name}/{REFUSED[name][0]}", REFUSED[name][1]())
    code, entries = loaders(path)
    assert code == 1
    found = {entry["file"].rpartition(".zip/")[2].rpartition("/")[2]: entry for entry in entries}
    assert record_counts(found["好.xlsx"]) == [1]
    assert all(is_a_sentence(found[file]["error"]) for file in ("空.xlsx", "半.xlsx", "通报.xlsx", "实体.xlsx"))
    assert [each.name for each in tmp_path.rglob("*")] == ["一批.zip"]
    assert not (tmp_path.parent.parent / "climbed.xlsx").exists()


def test_a_zip_with_a_bomb_inside(tmp_path):
    path = tmp_path / "炸弹.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("好.xlsx", good())
        with archive.open("大.csv", "w") as part:
            for _ in range(400):
                part.write(b"," * 1_000_000)
    code, entries = loaders(path)
    assert code == 1
    assert all(is_a_sentence(entry["error"]) for entry in entries if entry["error"] is not None)
    assert not any(record_counts(entry) for entry in entries if entry["error"] is not None)


def test_whatever_the_loaders_say_they_saw_can_be_said_in_english():
    code = "".join(file.read_text("utf-8") for file in (ROOT / "loaders").rglob("*.py"))
    said = re.findall(r'\b(?:actual|what)=f?"(.*?)"', code)
    fixed = {re.sub(r"{.*?}", "{number}", words) for words in said} | set(NO_SPREADSHEET.values())
    assert {words for words in fixed if re.search("[一-龥]", words)} <= set(SEEN)
