"""The same book in every format, whatever its name says; zips of books; books that LibreOffice saved."""

from __future__ import annotations

import codecs
import json
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from literal_books import Expected, Sheet, as_expected, as_found, book, read

from readiness.model import LEDGER, PATROLS, SITES

ROOT = Path(__file__).resolve().parent.parent
BOOKS = ROOT / "tests" / "books"

ROWS = """
2021年10月15日实地考察检查表||||
居民区|点位|测评内容|结果|存在问题
广水|广水小区|楼道、门厅无堆物，不堵塞|×|3号楼堆物
||地面无垃圾烟头，无卫生死角|√|
汶一|汶一小区|无小广告、乱涂写|/|
"""
RECORDS = """
row|area|site|indicator|result|description
3|广水|广水小区|楼道、门厅无堆物，不堵塞|fail|3号楼堆物
4|广水|广水小区|地面无垃圾烟头，无卫生死角|pass|
5|汶一|汶一小区|无小广告、乱涂写|na|
"""
CHECKED = Expected(RECORDS, heads=(2,), ignored="1 title", common={"checked_on": "2021-10-15"})
# Delimited text has no merged cells, so its second line names area and site again.
LINES = [["2021年10月15日实地考察检查表", "", "", "", ""],
         ["居民区", "点位", "测评内容", "结果", "存在问题"],
         ["广水", "广水小区", "楼道、门厅无堆物，不堵塞", "×", "3号楼堆物"],
         ["广水", "广水小区", "地面无垃圾烟头，无卫生死角", "√", ""],
         ["汶一", "汶一小区", "无小广告、乱涂写", "/", ""]]
HTML = """<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><meta charset="{charset}">
<style>td {{ border: 1px solid }}</style></head><body><table border=1>
<tr><td colspan=5 align=center><b>2021年10月15日实地考察检查表</b></td></tr>
<tr><th>居民区</th><th>点位</th><th>测评内容</th><th>结果</th><th>存在问题</th></tr>
<tr><td rowspan=2>广水</td><td rowspan="2">广水小区</td><td>楼道、门厅无堆物，不堵塞<td>&times;</td><td>3号楼堆物</td>
<tr><td>地面无垃圾烟头，无卫生死角</td><td>√</td><td>&nbsp;</td></tr>
<tr><td>汶一</td><td>汶一小区</td><td>无小广告、乱涂写</td><td>/</td><td></td></tr>
</table></body></html>"""


def delimited(separator: str) -> str:
    quoted = [[f'"{cell}"' if separator in cell else cell for cell in line] for line in LINES]
    return "\r\n".join(separator.join(line) for line in quoted) + "\r\n"


def xlsx() -> bytes:
    return book({"检查": Sheet(ROWS, "A1:E1 A3:A4 B3:B4")})


def tables(file: str, content: bytes, count: int = 1) -> list:
    batch = read(file, content)
    assert batch.error is None
    assert len(batch.tables) == count
    return list(batch.tables)


def check(file: str, content: bytes, sheet: str | None) -> None:
    table, = tables(file, content)
    assert as_found(table, CHECKED) == as_expected(CHECKED)
    assert table.sheet == sheet


# One book, every format

@pytest.mark.parametrize("file", ["检查.xlsx", "检查.xlsm", "检查.xls", "检查.et", "检查.csv", "检查", "检查.XLSX"])
def test_a_workbook_of_today_under_any_name(file: str):
    check(file, xlsx(), "检查")


@pytest.mark.parametrize("saved", ["检查.xlsx", "检查.xls", "检查.ods"])
@pytest.mark.parametrize("file", [None, "检查.xlsx", "检查.xls", "检查.et", "检查.ods", "检查.csv"])
def test_a_book_saved_by_libreoffice_under_any_name(saved: str, file: str | None):
    check(file or saved, (BOOKS / saved).read_bytes(), "检查")


@pytest.mark.parametrize("file", ["加密.xls", "加密.et"])
def test_a_locked_book_of_wps_under_either_ending(file: str):
    assert read(file, (BOOKS / "加密.xls").read_bytes()).error.code == "need_password"


@pytest.mark.parametrize("separator", [",", ";", "\t", "，"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("file", ["检查.csv", "检查.xlsx"])
def test_delimited_text_in_every_encoding(separator: str, encoding: str, file: str):
    mark = {"utf-16-le": codecs.BOM_UTF16_LE, "utf-16-be": codecs.BOM_UTF16_BE}.get(encoding, b"")
    check(file, mark + delimited(separator).encode(encoding), None)


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_without_a_mark(separator: str, encoding: str):
    check("检查.csv", delimited(separator).encode(encoding), None)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_without_a_mark_though_characters_hold_the_byte_of_separators(encoding: str):
    text = "一,开,居民区,测评内容,结果\n" + "一一一,开,广水,无小广告、乱涂写,√\n" * 3  # 一 is 4E00, 开 is 5F00
    table, = tables("检查.csv", text.encode(encoding))
    assert [(record["row"], record["result"]) for record in table.records] == [(2, "pass"), (3, "pass"), (4, "pass")]


def test_delimited_text_with_quotes_line_ends_and_blank_lines():
    text = ('居民区,点位,测评内容,结果,检查日期,存在问题\n'
            '\n'
            '广水,广水小区,无小广告、乱涂写,×,2021-10-15,"3号楼, 有""办证""广告\n南侧外墙"\n'
            '汶一,="汶一小区",无小广告、乱涂写,√,2021-10-15,\n')
    table, = tables("检查.csv", text.encode())
    expected = Expected("""
row|area|site|result|description
3|广水|广水小区|fail|3号楼, 有"办证"广告南侧外墙
4|汶一|汶一小区|pass|
""", common={"checked_on": "2021-10-15", "indicator": "无小广告、乱涂写"})
    assert as_found(table, expected) == as_expected(expected)


def test_rare_characters_of_gb18030():
    text = "居民区,点位,测评内容,结果\n广水,㐂䶮小区𠮷楼,无小广告、乱涂写,√\n"
    table, = tables("检查.csv", text.encode("gb18030"))
    assert [record["site"] for record in table.records] == ["㐂䶮小区𠮷楼"]


@pytest.mark.parametrize(("charset", "encoding"), [("utf-8", "utf-8"), ("gb2312", "gb18030"), ("utf-8", "utf-8-sig"),
                                                 ("utf-16", "utf-16"), ("unicode", "utf-16-be")])
@pytest.mark.parametrize("file", ["检查.xls", "检查.html", "检查.xlsx"])
def test_a_web_page_named_as_a_workbook(charset: str, encoding: str, file: str):
    table, = tables(file, HTML.format(charset=charset).encode(encoding))
    assert as_found(table, CHECKED) == as_expected(CHECKED)


# Several books at once, and zips

def loaders(*arguments: object) -> tuple[int, dict]:
    done = subprocess.run([sys.executable, "-m", "loaders", *map(str, arguments)], cwd=ROOT, capture_output=True,
                          timeout=60, check=False)
    assert b"Traceback" not in done.stderr
    return done.returncode, {entry["file"]: entry for entry in json.loads(done.stdout)["files"]}


class OldName(zipfile.ZipInfo):
    """A member whose name is written in GBK without the UTF-8 flag, as old Windows tools do."""

    def _encodeFilenameFlags(self):
        return self.filename.encode("gbk"), self.flag_bits & ~0x800


def zipped(path: Path, members: dict[str, bytes], info: type[zipfile.ZipInfo] = zipfile.ZipInfo) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in members.items():
            archive.writestr(info(name), content)
    return path


def count(entry: dict) -> int:
    return sum(len(sheet["records"]) for sheet in entry["sheets"])


def test_several_files_at_once(tmp_path):
    (tmp_path / "检查.csv").write_bytes(delimited(",").encode("gb18030"))
    code, files = loaders(tmp_path / "检查.csv", BOOKS / "检查.xls", BOOKS / "检查.ods")
    assert code == 0
    assert [(Path(name).name, entry["error"], count(entry)) for name, entry in files.items()] == [
        ("检查.csv", None, 3), ("检查.xls", None, 3), ("检查.ods", None, 3)]


@pytest.mark.parametrize("info", [zipfile.ZipInfo, OldName])
def test_members_of_a_zip_are_files_of_their_own(tmp_path, info):
    path = zipped(tmp_path / "10月检查.zip", {
        "10月检查/广水.xlsx": xlsx(), "10月检查/汶一.csv": delimited(";").encode("gb18030"),
        "10月检查/复旦.xls": (BOOKS / "检查.xls").read_bytes()}, info)
    code, files = loaders(path)
    assert code == 0
    assert {name.partition(".zip/")[2]: (entry["error"], count(entry)) for name, entry in files.items()} == {
        "10月检查/广水.xlsx": (None, 3), "10月检查/汶一.csv": (None, 3), "10月检查/复旦.xls": (None, 3)}
    assert all(Path(name.partition("/10月检查/")[0]).name == "10月检查.zip" for name in files)


def test_a_zip_named_as_a_workbook(tmp_path):
    code, files = loaders(zipped(tmp_path / "检查.xlsx", {"广水.xlsx": xlsx()}))
    assert code == 0
    assert [(name.endswith("检查.xlsx/广水.xlsx"), count(entry)) for name, entry in files.items()] == [(True, 3)]


def test_a_broken_member_is_the_only_error_of_its_zip(tmp_path):
    code, files = loaders(zipped(tmp_path / "检查.zip", {"坏.xlsx": xlsx()[:2000], "好.xlsx": xlsx()}))
    found = {name.rpartition("/")[2]: entry for name, entry in files.items()}
    assert code == 1
    assert count(found["好.xlsx"]) == 3
    assert found["坏.xlsx"]["error"]


@pytest.mark.parametrize("members", [{}, {"说明.txt": "照片".encode(), "照片/1.jpg": b"\xff\xd8\xff\xe0"}])
def test_a_zip_without_a_spreadsheet_is_one_error(tmp_path, members):
    code, files = loaders(zipped(tmp_path / "照片.zip", members))
    assert code == 1
    (name, entry), = files.items()
    assert name.endswith("照片.zip")
    assert entry["error"]
    assert entry["sheets"] == []


def test_the_answer_has_the_agreed_shape(tmp_path):
    path = tmp_path / "检查.xlsx"
    path.write_bytes(book({"检查": Sheet("""
居民区|测评内容|结果
广水|无小广告、乱涂写|√
文化|无小广告、乱涂写|√
合计||1
"""), "说明": Sheet("填表说明")}))
    code, files = loaders(path)
    entry, = files.values()
    assert code == 0
    assert set(entry) == {"file", "sha256", "error", "sheets"}
    assert (len(entry["sha256"]), entry["error"]) == (64, None)
    checks, note = entry["sheets"]
    assert set(checks) == {"sheet", "kind", "header_rows", "records", "rejected", "ignored"}
    assert (checks["sheet"], checks["kind"], checks["header_rows"]) == ("检查", "checklist", [1])
    assert checks["ignored"] == [{"row": 4, "reason": "total"}]
    rejected, = checks["rejected"]
    assert set(rejected) == {"row", "cell", "field", "value", "reason", "suggestions"}
    assert (rejected["row"], rejected["cell"], rejected["field"], rejected["value"]) == (3, "A3", "area_code", "文化")
    assert (note["sheet"], note["kind"]) == ("说明", None)


# Books that LibreOffice saved

HAND_MADE = {
    "居民区自查打分表.xlsx": {"自查打分": [Expected("""
row|category|indicator|full_marks|deduction|score|result|description
4|公共秩序|楼道、门厅无堆物，不堵塞|10|2|8|fail|12号201室门口堆放纸箱
5|公共秩序|机动车、非机动车停放有序，不占绿化和通道|10|0|10|pass|
6|消防安全|消防通道、消防车道畅通，不占用不堵塞|10|0|10|pass|
7|消防安全|是否存在飞线充电|10|5|5|fail|7号楼二楼飞线
8|公共环境|地面无垃圾烟头，无卫生死角|5||5||
""", heads=(3,), ignored="1 title, 2 title, 9 total, 10 note, 11 signature",
        common={"area": "广灵二", "checked_on": "2021-10-12", "round": "self"})]},

    "实地测评检查结果.ods": {"10月检查": [Expected("""
row|area|site|site_kind|category|indicator|result|description
5|凉一|凉城一村|residential|公共秩序|楼道堆物|pass|*
5|凉一|凉城一村|residential|公共秩序|停车秩序|fail|
5|凉一|凉城一村|residential|公共环境|垃圾分类|pass|
5|凉一|凉城一村|residential|公共环境|小广告|pass|
6|凉一|车站南路|back_lane|公共秩序|楼道堆物|na|
6|凉一|车站南路|back_lane|公共秩序|停车秩序|pass|
6|凉一|车站南路|back_lane|公共环境|垃圾分类|fail|
6|凉一|车站南路|back_lane|公共环境|小广告|fail|
7|凉二|凉城二村|residential|公共秩序|楼道堆物|fail|
7|凉二|凉城二村|residential|公共秩序|停车秩序|pass|
7|凉二|凉城二村|residential|公共环境|小广告|pass|
8|凉三|甲超市|shop|公共秩序|楼道堆物|uninspectable|
8|凉三|甲超市|shop|公共秩序|停车秩序|uninspectable|
8|凉三|甲超市|shop|公共环境|垃圾分类|uninspectable|
8|凉三|甲超市|shop|公共环境|小广告|uninspectable|
9|街道直管|水电路|main_road|公共秩序|楼道堆物|na|
9|街道直管|水电路|main_road|公共秩序|停车秩序|fail|
9|街道直管|水电路|main_road|公共环境|垃圾分类|pass|
9|街道直管|水电路|main_road|公共环境|小广告|pass|
""", heads=(3, 4), ignored="1 title, 2 title, 10 total, 11 signature",
        common={"checked_on": "2021-10-19", "round": "mock", "round_no": "2"})],
        "Sheet2": [Expected(kind=None)]},

    "志愿服务记录.xls": {"10月第1周": [Expected("""
row|area|date|activity|party_members|volunteers|hours|found|solved
3|馨苑|2021-10-04|清洁家园，清理楼道杂物|5|16|2|7|7
4|馨苑|2021-10-06|主要路口文明劝导|2|8|1.5|3|1
5|科佳|2021-10-05|小区巡查|3|5|1.5|0|0
""", heads=(2,), ignored="1 title, 6 total", kind=PATROLS)],
        "10月第2周": [Expected("""
row|area|date|activity|party_members|volunteers|hours
3|馨苑|2021-10-11|公益广告更新|1|4|1
""", heads=(2,), rejected="B4 area_code", ignored="1 title, 5 empty, 6 signature", kind=PATROLS)]},

    "点位测评记录表.xlsx": {"广粤小区": [Expected("""
row|category|indicator|result|description
6|公共秩序|楼道、门厅无堆物，不堵塞|fail|2号楼楼道堆有旧家具
7|公共秩序|无私搭乱建、乱拉晾晒|pass|
9|公共环境|地面无垃圾烟头，无卫生死角||
10|公共环境|无小广告、乱涂写|pass|
""", heads=(4,), ignored="1 title, 2 title, 3 title, 5 section, 8 section, 11 signature",
        common={"area": "广粤", "site": "广粤小区", "checked_on": "2021-10-20", "inspector": "周海、吴平"})],
        "广粤路菜场": [Expected("""
row|indicator|result|description
5|出入口设公平秤|pass|
6|地面无积水，下水通畅|fail|水产区地面积水
""", heads=(4,), ignored="1 title, 2 title, 3 title, 7 signature",
        common={"area": "广粤", "site": "广粤路菜场", "checked_on": "2021-10-21", "inspector": "周海"})]},

    "中虹责任点位与检查.ods": {"说明": [Expected(kind=None)], "点位责任表": [Expected("""
row|name|site_kind|address|point_chief|phone
3|中虹花苑|residential|汶水东路100号|林芳|13800000001
4|中虹小学|school|汶水东路120号|何伟|65550002
""", heads=(2,), ignored="1 title", kind=SITES, common={"area": "中虹"})],
        "检查": [Expected("""
row|site|indicator|result
3|中虹花苑|无小广告、乱涂写|pass
3|中虹小学|无小广告、乱涂写|fail
4|中虹花苑|地面无垃圾烟头，无卫生死角|fail
4|中虹小学|地面无垃圾烟头，无卫生死角|pass
5|中虹花苑|公益广告|na
5|中虹小学|公益广告|pass
""", heads=(2,), ignored="1 title", common={"area": "中虹", "checked_on": "2021-10-22"})],
        "统计": [Expected(kind=None)]},

    "问题与检查.xls": {"台账": [Expected("""
row|number|location|description|found_on|responsible_person|due_on|status|fixed_on|verified_on
3|1|5号楼|楼道堆放杂物|2021-10-08|孙莉|2021-10-15|fixed|2021-10-12|
4|2|南门|非机动车乱停放|2021-10-08|孙莉|2021-10-18|fixing||
5|3|9号楼|墙面小广告|2021-10-09|钱进||verified|2021-10-09|2021-10-11
""", heads=(2,), ignored="1 title", kind=LEDGER, common={"area": "梦湖苑", "site": "梦湖苑小区"}), Expected("""
row|indicator|result
9|楼道、门厅无堆物，不堵塞|pass
10|无小广告、乱涂写|fail
""", heads=(8,), ignored="7 title",
        common={"area": "梦湖苑", "site": "梦湖苑小区", "checked_on": "2021-10-13", "inspector": "李明"})],
        "旧数据": [Expected("row|indicator|result\n2|无小广告、乱涂写|fail", common={"area": "梦湖苑"})]},
}


@pytest.mark.parametrize("file", HAND_MADE)
def test_a_book_made_by_hand(file: str):
    expected = [(sheet, table) for sheet, of_sheet in HAND_MADE[file].items() for table in of_sheet]
    found = tables(file, (BOOKS / file).read_bytes(), len(expected))
    assert [table.sheet for table in found] == [sheet for sheet, _ in expected]
    for table, (_, wanted) in zip(found, expected, strict=True):
        assert as_found(table, wanted) == as_expected(wanted)


def test_the_bytes_decide_and_not_the_name_of_the_book():
    content = (BOOKS / "点位测评记录表.xlsx").read_bytes()
    one, other = read("点位测评记录表.xlsx", content), read("点位测评记录表.csv", content)
    assert replace(one, file=other.file) == other
