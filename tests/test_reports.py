"""What is taken away: the deck, the brief and the summary of the demonstration, opened again; and what is refused."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import openpyxl
import pytest
from docx import Document
from pptx import Presentation

from loaders.book import read_book
from loaders.vocabulary import vocabulary_of
from readiness.__main__ import main
from readiness.model import ReadinessError
from readiness.reference import load_reference
from reports.deck import PAGE, TEMPLATE, layout_named
from store import open_store, picture_uses

ROOT = Path(__file__).resolve().parent.parent
STAMP = f"数据截至 2026年10月26日　检查覆盖率 75%　标准 {load_reference().hash}　示例数据"


@pytest.fixture(scope="module")
def demo(tmp_path_factory) -> str:
    url = f"sqlite:///{(tmp_path_factory.mktemp('reports') / 'demo.sqlite').as_posix()}"
    assert main(["--database", url, "import", str(ROOT / "data/demo")]) == 0
    return url


@pytest.fixture(scope="module")
def files(demo, tmp_path_factory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("files")
    paths = {"deck": folder / "汇报.pptx", "brief": folder / "简报.docx", "summary": folder / "汇总.xlsx"}
    for kind, path in paths.items():
        assert main(["--database", demo, "report", kind, "--out", str(path)]) == 0
    return paths


def texts(slide) -> str:
    return "\n".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)


def table(slide) -> list[list[str]]:
    (found,) = [shape.table for shape in slide.shapes if shape.has_table]
    return [[cell.text for cell in row.cells] for row in found.rows]


def test_the_deck_tells_the_numbers_of_the_command_line(demo, files, capsys):
    capsys.readouterr()
    assert main(["--database", demo, "score", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    slides = list(Presentation(files["deck"]).slides)
    titles = [slide.shapes.title.text for slide in slides]
    assert titles == [
        "凉城新村街道创文迎检准备情况", "要点", "得分走势", "居民区得分", "居民区排名（1/2）", "居民区排名（2/2）",
        "失分最多的测评项目（分）", "超期最久的问题（共 110 条）", "三个周边与专项检查", "在办的督办事项"]
    assert all(STAMP in texts(slide) for slide in slides)
    assert f"街道准备度 {told['subdistrict']['score']:.1f} 分（接近）" in texts(slides[1])
    names = load_reference().area_names()
    scores = {names[row["area_code"]]: row["score"] for row in told["areas"]}
    ranked = [row for slide in slides[4:6] for row in table(slide)[1:]]
    assert len(ranked) == 25
    assert {row[1]: row[2] for row in ranked} == {
        row[1]: "资料不足" if scores[row[1]] is None else f"{scores[row[1]]:.1f}" for row in ranked}
    assert [row[0] for row in table(slides[9])[1:3]] == ["楼道堆物清零，居委会干部包楼到人",
                                                         "菜市场门口违停：设隔离桩，市场安排专人劝导"]


def test_the_charts_of_the_deck_are_native_and_can_be_edited(files):
    charts = [shape.chart for slide in Presentation(files["deck"]).slides for shape in slide.shapes if shape.has_chart]
    assert [str(chart.chart_type).split(" ")[0] for chart in charts] == ["LINE", "COLUMN_CLUSTERED", "BAR_CLUSTERED"]
    assert all(chart.part.chart_workbook.xlsx_part is not None for chart in charts)
    trend, areas, _losses = charts
    assert trend.plots[0].series[0].values[-1] == 85.3 and trend.plots[0].series[1].values[0] == 90
    assert areas.plots[0].categories[0] == "文苑一" and areas.plots[0].series[0].values[0] == 95.4


def test_a_template_without_the_layout_is_refused_by_name():
    made = Presentation(str(TEMPLATE))
    layout_named(made, PAGE).name = "别的"
    with pytest.raises(ReadinessError, match="没有名为“正文”的版式，只有：封面、别的。"):
        layout_named(made, PAGE)


def test_the_brief_is_an_official_document_with_annexes_and_pairs_of_pictures(files):
    document = Document(files["brief"])
    lines = [paragraph.text for paragraph in document.paragraphs if paragraph.text]
    assert lines[:2] == ["凉城新村街道创文迎检准备情况简报", STAMP]
    assert [line for line in lines if line[1:2] == "、"] == ["一、总体情况", "二、问题整改", "三、还不清楚的"]
    assert [line.strip("　") for line in lines if "．" in line and line[-1] != "。"] == [
        "附件：1．各居民区排名", "2．超期问题清单", "3．整改前后对照"]
    assert STAMP in document.sections[0].footer.paragraphs[0].text
    ranking, overdue, pairs = document.tables
    assert len(ranking.rows) == 26 and len(overdue.rows) == 31
    assert [cell.text for cell in overdue.rows[1].cells][-1] == "61"
    assert len(document.inline_shapes) == 24 and len(pairs.rows) == 24
    assert document.sections[0].top_margin.mm == pytest.approx(37, abs=0.1)


def test_the_summary_tells_the_day_the_ranking_the_trend_and_every_issue_with_its_photos(files):
    book = openpyxl.load_workbook(files["summary"])
    assert book.sheetnames == ["汇总", "排名", "趋势", "专项检查", "问题台账"]
    assert [sheet["A2"].value.startswith(STAMP) for sheet in book] == [True] * 5
    figures = {row[0]: row[1:4] for row in book["汇总"].iter_rows(4, 13, values_only=True)}
    assert [cell.value for cell in book["汇总"][3]] == ["数字", "10月26日", "10月19日", "变化"]
    assert (figures["准备度得分"], figures["未销号的问题"], figures["超期的问题"]) == (
        (85.3, 82.5, pytest.approx(2.8)), (515, 591, -76), (110, 102, 8))
    assert book["汇总"]["A16"].value.startswith("截至 10月26日，街道准备度 85.3 分（接近）")
    ranking = list(book["排名"].iter_rows(4, 28, values_only=True))
    assert (ranking[0][:3], ranking[-1][:3]) == ((1, "文苑一", 95.4), (None, "馨苑", "资料不足"))
    assert (book["排名"].max_row, book["问题台账"].max_row) == (3 + 25, 3 + 1057)
    assert len(book["问题台账"]._images) == 60
    assert [len(sheet._charts) for sheet in book] == [0, 1, 1, 0, 0]


def test_the_summary_taken_in_again_changes_nothing_and_two_states_written_into_it_count(
        demo, files, tmp_path, capsys):
    database = f"sqlite:///{(tmp_path / 'again.sqlite').as_posix()}"
    shutil.copy(demo.removeprefix("sqlite:///"), tmp_path / "again.sqlite")

    def told(command: str) -> object:
        capsys.readouterr()
        assert main(["--database", database, command, "--json"]) == 0
        return json.loads(capsys.readouterr().out)

    before = told("score"), told("issues")
    assert main(["--database", database, "import", str(files["summary"])]) == 0
    assert (told("score"), told("issues")) == before
    uses = picture_uses(open_store(database))
    assert len(uses) == len(picture_uses(open_store(demo)))
    book = openpyxl.load_workbook(files["summary"])
    sheet, head = book["问题台账"], [cell.value for cell in book["问题台账"][3]]
    state, origin, place = (head.index(name) for name in ("完成情况", "出自", "问题描述"))
    written = {}
    for source in ("台账", "检查表（以检查为准）"):
        row = next(row for row in sheet.iter_rows(4) if row[origin].value == source and row[state].value == "待整改")
        row[state].value = "整改中"
        written[row[place].value] = "fixing"
    book.save(tmp_path / "改过的汇总.xlsx")
    assert main(["--database", database, "import", str(tmp_path / "改过的汇总.xlsx")]) == 0
    known = {issue["id"]: issue["status"] for issue in before[1]}
    changed = [issue for issue in told("issues") if known.get(issue["id"]) != issue["status"]]
    assert {issue["description"]: issue["status"] for issue in changed} == written
    assert told("score")["subdistrict"] == before[0]["subdistrict"]


@pytest.mark.parametrize("kind", ["deck", "brief", "summary"])
def test_libreoffice_shows_every_page_with_all_its_characters(files, kind, tmp_path):
    profile = f"-env:UserInstallation=file://{tmp_path / 'profile'}"
    subprocess.run(["soffice", "--headless", profile, "--convert-to", "pdf", "--outdir", str(tmp_path),
                    str(files[kind])], check=True, capture_output=True, timeout=180)
    (shown,) = tmp_path.glob("*.pdf")
    pages = subprocess.run(["pdfinfo", shown], check=True, capture_output=True, text=True).stdout
    count = int(pages.split("Pages:")[1].split()[0])
    least = {"brief": 4, "summary": 5}  # the letter and three annexes; a sheet a page at least
    assert count == len(Presentation(files["deck"]).slides) if kind == "deck" else count >= least[kind]
    fonts = subprocess.run(["pdffonts", shown], check=True, capture_output=True, text=True).stdout
    assert "CJK" in fonts and all(line.split()[-5] == "yes" for line in fonts.splitlines()[2:])
    words = subprocess.run(["pdftotext", shown, "-"], check=True, capture_output=True, text=True).stdout
    assert "准备度" in words and "\ufffd" not in words and "□" not in words


def test_nothing_to_report_is_refused_in_one_sentence(tmp_path):
    command = [sys.executable, "-m", "readiness", "--database", f"sqlite:///{tmp_path / 'empty.sqlite'}", "report",
               "deck", "--as-of", "2026-10-26", "--out", str(tmp_path / "deck.pptx")]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr.strip() == "2026-10-26 还没有任何检查和问题，没有可以汇报的内容；请先导入检查表或台账。"
    assert not (tmp_path / "deck.pptx").exists()


def test_a_file_that_cannot_be_written_is_refused(demo, tmp_path, capsys):
    assert main(["--database", demo, "report", "brief", "--out", str(tmp_path / "no" / "folder.docx")]) == 1
    assert "写不到" in capsys.readouterr().err


def test_libreoffice_and_poppler_are_here():
    assert all(shutil.which(name) for name in ("soffice", "pdfinfo", "pdffonts", "pdftotext"))


def test_of_a_summary_that_comes_back_the_ledger_alone_is_read(tmp_path):
    database = ["--database", f"sqlite:///{tmp_path / 'a.sqlite'}"]
    (tmp_path / "台账.csv").write_text("居民区,存在问题,发现时间,整改情况\n广水,堆物,2026-10-01,未整改\n", "utf-8")
    assert main([*database, "import", str(tmp_path / "台账.csv")]) == 0
    assert main([*database, "report", "summary", "--as-of", "2026-10-10", "--out", str(tmp_path / "汇总.xlsx")]) == 0
    book = read_book("汇总.xlsx", (tmp_path / "汇总.xlsx").read_bytes(), vocabulary_of(load_reference()))
    assert [(table.sheet, table.kind, len(table.records), table.rejected) for table in book.tables] == [
        *((name, None, 0, ()) for name in ("汇总", "排名", "趋势", "专项检查")), ("问题台账", "ledger", 1, ())]


DANGEROUS = ("=1+1", "+86 6588", "-3号楼", "@SUM(A1)", "＝HYPERLINK(A1)")


def test_no_text_of_a_book_becomes_a_formula_in_any_file(tmp_path):
    lines = [["居民区", "点位", "存在问题", "发现时间", "整改期限", "责任单位", "责任人", "整改情况", "整改措施"]]
    lines += [["凉一", text, text, "2026-10-01", "2026-10-05", text, text, "未整改", text] for text in DANGEROUS]
    book = openpyxl.Workbook()
    for line in lines:
        book.active.append(line)
    for row in book.active.iter_rows(2):
        for cell in row:
            cell.data_type = "s"
    book.save(tmp_path / "台账.xlsx")
    database = ["--database", f"sqlite:///{tmp_path / 'a.sqlite'}"]
    assert main([*database, "import", str(tmp_path / "台账.xlsx")]) == 0
    out = {kind: tmp_path / f"{kind}.out" for kind in ("deck", "summary", "evidence")}
    for kind, path in out.items():
        assert main([*database, "report", kind, "--as-of", "2026-10-20", "--out", str(path)]) == 0
    with zipfile.ZipFile(out["evidence"]) as pack:
        history = next(pack.read(name) for name in pack.namelist() if name.endswith("经过.xlsx"))
    books = {"summary": out["summary"].read_bytes(), "history": history}
    charts = [shape.chart for slide in Presentation(out["deck"]).slides for shape in slide.shapes if shape.has_chart]
    books |= {str(place): chart.part.chart_workbook.xlsx_part.blob for place, chart in enumerate(charts)}
    told = {}
    for name, content in books.items():
        cells = [cell for sheet in openpyxl.load_workbook(io.BytesIO(content)) for row in sheet for cell in row]
        assert not [cell for cell in cells if cell.data_type == "f"], name
        told[name] = {cell.value for cell in cells if str(cell.value).startswith(DANGEROUS) and cell.quotePrefix}
        assert not [cell for cell in cells if str(cell.value).startswith(DANGEROUS) and not cell.quotePrefix], name
    assert told["summary"] == told["history"] == set(DANGEROUS)
