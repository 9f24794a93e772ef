"""python -m readiness: what scripts rely on, shape by shape, on books with numbers worked out by hand."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
import xlsxwriter

from readiness.__main__ import main
from store import data_version, load_snapshot, open_store

ROOT = Path(__file__).resolve().parent.parent
TODAY = "2026-10-11"

# 广水's own residential site has two items of its own making, one good and one bad.
CHECKLIST = [["检查日期", "居民区", "点位", "测评项目", "检查结果", "问题描述"],
             ["2026-10-01", "广水", "广水小区", "自编项目甲", "符合", ""],
             ["2026-10-02", "广水", "广水小区", "自编项目乙", "不符合", "乙项不好"]]
LEDGER = [["序号", "居民区", "点位", "具体位置", "问题描述", "发现时间", "整改期限", "整改状态"],
          [1, "文一", "文一小区", "", "自编问题丙", "2026-10-03", "2026-10-09", "整改中"],
          [2, "文一", "文一小区", "3号楼道", "自编问题丁", "2026-10-04", "2026-10-20", "已整改"]]
GUANGSHUI, WENYI = "310109016001", "310109016011"
UNRELATED = [["品名", "单价"], ["白菜", 3.5], ["萝卜", 2]]


def book(path: Path, rows: list[list], keywords: str = "") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with xlsxwriter.Workbook(str(path)) as workbook:
        workbook.set_properties({"keywords": keywords})
        sheet = workbook.add_worksheet("表")
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return path


@pytest.fixture
def url(tmp_path) -> str:
    return f"sqlite:///{tmp_path / 'base' / 'readiness.sqlite'}"


@pytest.fixture
def run(url, capsys):
    """Runs one command on the test's database; returns exit code, standard output (JSON) and standard error."""
    def command(*arguments: object) -> tuple[int, object, str]:
        capsys.readouterr()
        code = main(["--database", url, *map(str, arguments), "--json"])
        shown = capsys.readouterr()
        return code, json.loads(shown.out) if shown.out else None, shown.err
    return command


@pytest.fixture
def filled(run, tmp_path):
    assert run("import", book(tmp_path / "检查.xlsx", CHECKLIST), book(tmp_path / "台账.xlsx", LEDGER))[0] == 0
    return run


def test_a_book_is_committed_once_and_can_be_undone(run, tmp_path):
    path = book(tmp_path / "检查.xlsx", CHECKLIST)
    entry = {"id": "u0001", "file": "检查.xlsx", "status": "committed", "records": 2, "rejected": 0, "error": None}
    assert run("import", path) == (0, {"uploads": [entry]}, "")
    assert run("import", path) == (0, {"uploads": [{**entry, "status": "unchanged"}]}, "")
    assert run("undo", "u0001") == (0, {"undone": "u0001"}, "")
    assert run("import", path) == (0, {"uploads": [{**entry, "id": "u0002"}]}, "")


def test_if_new_imports_only_into_a_database_that_has_never_held_an_upload(run, tmp_path):
    first, second = (book(tmp_path / f"{name}.xlsx", CHECKLIST) for name in ("一", "二"))
    assert [upload["status"] for upload in run("import", "--if-new", first)[1]["uploads"]] == ["committed"]
    assert run("import", "--if-new", second)[1] == {"uploads": []}
    run("undo", "u0001")
    assert run("import", "--if-new", second)[1] == {"uploads": []}


def test_an_undo_that_cannot_be_is_refused_in_one_sentence(run):
    code, shown, error = run("undo", "u0007")
    assert (code, shown) == (1, None)
    assert error == "没有编号为“u0007”的上传，请到上传记录里查看编号。\n"


def test_a_row_with_a_problem_is_counted_and_not_loaded(run, tmp_path):
    rows = [*CHECKLIST, ["2026-10-02", "查无此地", "某小区", "自编项目甲", "符合", ""]]
    _, shown, _ = run("import", book(tmp_path / "检查.xlsx", rows))
    assert [(each["status"], each["records"], each["rejected"]) for each in shown["uploads"]] == [("committed", 2, 1)]


def test_a_folder_gives_its_spreadsheets_and_a_zip_its_members(run, tmp_path):
    folder = tmp_path / "上报"
    book(folder / "一" / "检查.xlsx", CHECKLIST)
    (folder / "台账.csv").write_text("\n".join(",".join(map(str, row)) for row in LEDGER), encoding="gb18030")
    (folder / "~$检查.xlsx").write_bytes(b"lock")
    (folder / ".隐藏.xlsx").write_bytes(b"hidden")
    (folder / "说明.docx").write_bytes(b"text")
    with zipfile.ZipFile(tmp_path / "包.zip", "w") as archive:
        archive.write(book(tmp_path / "另一本.xlsx", [*CHECKLIST, CHECKLIST[1]]), "另一本.xlsx")
    code, shown, error = run("import", folder, tmp_path / "包.zip")
    assert (code, error) == (0, "")
    assert [(each["file"], each["status"]) for each in shown["uploads"]] == [
        ("上报/一/检查.xlsx", "committed"), ("上报/台账.csv", "committed"), ("包.zip/另一本.xlsx", "committed")]
    assert run("import", folder / "一" / "检查.xlsx")[1]["uploads"][0]["status"] == "unchanged"


def test_what_is_refused_has_a_sentence_each_and_the_rest_goes_in(run, tmp_path):
    (tmp_path / "坏.xlsx").write_text("不是表格", encoding="utf-8")
    (tmp_path / "空").mkdir()
    code, shown, error = run(
        "import", tmp_path / "坏.xlsx", book(tmp_path / "菜价.xlsx", UNRELATED), tmp_path / "没有.xlsx",
        tmp_path / "空", book(tmp_path / "检查.xlsx", CHECKLIST))
    assert code == 1
    by_file = {Path(each["file"]).name: each for each in shown["uploads"]}
    assert {name: each["status"] for name, each in by_file.items()} == {
        "坏.xlsx": "refused", "菜价.xlsx": "refused", "没有.xlsx": "refused", "空": "refused", "检查.xlsx": "committed"}
    assert by_file["菜价.xlsx"] == {"id": None, "file": "菜价.xlsx", "status": "refused", "records": 0, "rejected": 0,
                                  "error": by_file["菜价.xlsx"]["error"]}
    sentences = [each["error"] for each in shown["uploads"] if each["error"]]
    assert error.splitlines() == sentences
    assert all(sentence.endswith("。") and "\n" not in sentence for sentence in sentences)
    assert all(name in each["error"] for name, each in by_file.items() if each["error"])


def test_score_by_hand(filled):
    code, shown, error = filled("score", "--as-of", TODAY)
    assert (code, error, list(shown)) == (0, "", ["as_of", "subdistrict", "areas", "losses"])
    assert shown["as_of"] == TODAY
    # One kind of site, three items of one weight: 甲 passes, 乙 fails, and 文一's "other" item fails for 丙 and 丁.
    assert list(shown["subdistrict"]) == ["score", "coverage", "low", "high", "open", "overdue"]
    assert shown["subdistrict"] == {"score": pytest.approx(100 / 3), "coverage": 1.0, "low": None, "high": None,
                                    "open": 3, "overdue": 1}
    losses = sorted(shown["losses"], key=lambda each: each["area_code"])
    assert losses[0] == {"area_code": GUANGSHUI, "site": "广水小区", "indicator": "自编项目乙",
                         "loss": pytest.approx(100 / 3)}
    assert losses[1] == {"area_code": WENYI, "site": "文苑一", "indicator": "其他问题", "loss": pytest.approx(100 / 3)}
    assert len(losses) == 2


def test_the_areas_are_all_rows_of_the_file_in_its_order(filled):
    _, shown, _ = filled("score", "--as-of", TODAY)
    with (ROOT / "data" / "areas.csv").open(encoding="utf-8-sig") as file:
        codes = [row["code"] for row in csv.DictReader(file)]
    assert [each["area_code"] for each in shown["areas"]] == codes
    assert list(shown["areas"][0]) == ["area_code", "score", "coverage", "low", "high", "open", "overdue"]
    areas = {each["area_code"]: each for each in shown["areas"]}
    assert areas[GUANGSHUI]["score"] == 50
    assert (areas[GUANGSHUI]["open"], areas[GUANGSHUI]["overdue"]) == (1, 0)
    assert [each["score"] for code, each in areas.items() if each["open"] == 0] == [None] * (len(codes) - 2)


def test_issues_of_both_origins_with_exactly_their_fields(filled):
    code, shown, _ = filled("issues", "--as-of", TODAY)
    assert code == 0
    assert all(list(each) == ["id", "origin", "area_code", "site", "location", "description", "status", "found_on",
                              "due_on", "overdue_days", "relapse_of"] for each in shown)
    found = {each["description"]: each for each in shown}
    assert set(found) == {"乙项不好", "自编问题丙", "自编问题丁"}
    check, third, fourth = found["乙项不好"], found["自编问题丙"], found["自编问题丁"]
    assert (check["origin"], check["status"], check["found_on"], check["due_on"], check["overdue_days"]) == (
        "check", "open", "2026-10-02", None, 0)
    assert (check["area_code"], check["site"], check["location"]) == (GUANGSHUI, "广水小区", None)
    assert (third["origin"], third["status"], third["due_on"], third["overdue_days"]) == (
        "ledger", "fixing", "2026-10-09", 2)
    assert (third["area_code"], third["site"], third["location"]) == (WENYI, "文苑一", "文一小区")
    assert (fourth["status"], fourth["overdue_days"]) == ("fixed", 0)
    assert third["relapse_of"] is None
    assert len({each["id"] for each in shown}) == 3


def test_as_of_looks_at_an_earlier_day(filled):
    _, shown, _ = filled("score", "--as-of", "2026-10-01")
    assert shown["subdistrict"]["open"] == 0
    _, shown, _ = filled("issues", "--as-of", "2026-10-03")
    assert sorted(each["description"] for each in shown) == ["乙项不好", "自编问题丙"]


def test_known_at_limits_to_what_had_been_uploaded(filled):
    assert len(filled("issues", "--as-of", TODAY, "--known-at", "2000-01-01T08:00")[1]) == 0
    assert len(filled("issues", "--as-of", TODAY, "--known-at", "2999-01-01")[1]) == 3


def test_a_known_at_without_a_zone_is_beijing_time(run, url, tmp_path, monkeypatch):
    class Clock(datetime):
        @classmethod
        def now(cls, tz=None):
            return datetime(2026, 10, 5, 10, 0, tzinfo=UTC).astimezone(tz)

    monkeypatch.setattr("readiness.__main__.datetime", Clock)
    run("import", book(tmp_path / "台账.xlsx", LEDGER))
    assert len(run("issues", "--known-at", "2026-10-05T17:59", "--as-of", TODAY)[1]) == 0
    assert len(run("issues", "--known-at", "2026-10-05T18:00", "--as-of", TODAY)[1]) == 2
    assert len(run("issues", "--known-at", "2026-10-05T10:00Z", "--as-of", TODAY)[1]) == 2
    assert run("score")[1]["as_of"] == "2026-10-05"
    assert load_snapshot(open_store(url)).uploads.loc[0, "uploaded_at"].isoformat() == "2026-10-05T10:00:00+00:00"


def test_with_demonstration_books_the_day_is_the_one_after_their_newest_fact(run, tmp_path):
    run("import", book(tmp_path / "检查.xlsx", CHECKLIST, keywords="示例数据"))
    assert run("score")[1]["as_of"] == "2026-10-03"


def test_an_empty_database_has_no_score_and_stays_empty(run, url):
    code, shown, _ = run("score", "--as-of", TODAY)
    assert (code, shown["losses"]) == (0, [])
    assert shown["subdistrict"]["score"] is None
    assert {each["score"] for each in shown["areas"]} == {None}
    assert run("issues")[1] == []
    assert data_version(open_store(url)) == 0


def test_text_for_people(url, tmp_path, capsys):
    book(tmp_path / "检查.xlsx", CHECKLIST)
    assert main(["import", str(tmp_path / "检查.xlsx"), "--database", url]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "编号   结果    记录  未载入  文件", "u0001  已入库     2       0  检查.xlsx"]
    assert main(["score", "--as-of", TODAY, "--database", url]) == 0
    shown = capsys.readouterr().out
    assert shown.startswith("截至 2026-10-11：准备度 50.0 分，检查覆盖率 100%，未销号 1 条，超期 0 条。\n")
    assert "\n50.00  广水    广水小区  自编项目乙\n" in shown
    assert main(["issues", "--as-of", TODAY, "--database", url]) == 0
    shown = capsys.readouterr().out
    assert shown.startswith("截至 2026-10-11：1 条问题。\n")
    assert "乙项不好" in shown
    assert main(["undo", "u0001", "--database", url]) == 0
    assert capsys.readouterr().out == "已撤销 u0001。\n"


@pytest.mark.parametrize("arguments", [
    [], ["simulate"], ["import"], ["undo"], ["score", "--as-of", "10月1日"], ["issues", "--known-at", "昨天"],
    ["score", "--as-of", "2026-02-30"], ["undo", "u1", "u2"]])
def test_wrong_usage(arguments, capsys):
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    assert caught.value.code == 2
    assert "usage: python -m readiness" in capsys.readouterr().err


def test_a_database_that_is_none_is_refused_in_one_sentence(tmp_path, capsys):
    (tmp_path / "a.sqlite").write_text("不是数据库" * 1000, encoding="utf-8")
    assert main(["score", "--database", f"sqlite:///{tmp_path / 'a.sqlite'}"]) == 1
    shown = capsys.readouterr()
    assert (shown.out, shown.err.count("\n"), shown.err[-2:]) == ("", 1, "。\n")


def test_as_a_program_with_the_database_of_the_environment(url, tmp_path):
    path = book(tmp_path / "检查.xlsx", CHECKLIST)
    environment = {**os.environ, "READINESS_DATABASE_URL": url, "PYTHONIOENCODING": "gbk"}
    done = subprocess.run([sys.executable, "-m", "readiness", "--json", "import", path], cwd=ROOT, env=environment,
                          capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(done.stdout.decode("utf-8"))["uploads"][0]["file"] == "检查.xlsx"
    assert data_version(open_store(url)) == 1


def test_a_reader_that_has_seen_enough_is_no_error(url):
    command = [sys.executable, "-m", "readiness", "score", "--database", url]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as program:
        program.stdout.close()
        assert (program.stderr.read(), program.wait(60)) == (b"", 0)
