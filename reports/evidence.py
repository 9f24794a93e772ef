"""The evidence pack: the pictures of issues as they came, their history, and the hashes by which both can be proved."""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from types import MappingProxyType

import pandas as pd
from openpyxl import Workbook
from PIL import Image

from readiness.issue_history import HISTORY_WORDS, issue_histories
from readiness.model import ZONE, ReadinessError
from readiness.pictures import BEFORE, OF_CHECK, PROOF, all_pictures
from readiness.sources import sources
from readiness.table_words import LEDGER_SHEET, REPORT_MARK, ROUND_WORDS
from reports.cells import printable, saved
from reports.content import Report, place_of
from reports.ledger import WIDTHS, ledger_rows, write_list

ORIGINALS = 200 * 2**20  # bytes of pictures as they came; beyond, small copies stand for them
HASHES, HISTORY, READ_ME = "SHA256SUMS.txt", "经过.xlsx", "说明.txt"
WHOLE, SMALL = "原图", "缩图"
BASES = {True: "推断", False: "表中写明"}  # of a day
LONGEST = 60  # characters of a name
FIELDS = {BEFORE: "整改前", PROOF: "整改后", OF_CHECK: "检查时"}
ENDINGS = {"JPEG": "jpg", "MPO": "jpg", "PNG": "png", "GIF": "gif", "BMP": "bmp", "WEBP": "webp"}
FORBIDDEN = re.compile(r'[\\/:*?"<>|\s\x00-\x1f]+')  # in the names of files, on any system
HISTORY_WIDTHS = MappingProxyType({
    "序号": 6, "当日": 12, "依据": 10, "事项": 10, "说明": 36, "人员": 12, "检查轮次": 10, "暂缓至": 12,
    "登记人": 12, "登记时间": 18, "工作簿": 34, "单元格": 16})
PICTURE_WIDTHS = MappingProxyType({
    "序号": 6, "文件": 46, "是什么": 10, "记录日期": 12, "内容": 10, "原图 SHA-256": 68, "工作簿": 34, "单元格": 16,
    "登记人": 12})
BOOK_WIDTHS = MappingProxyType({"工作簿": 46, "上传编号": 12, "上传时间": 18, "上传人": 12, "SHA-256": 68})


def evidence(report: Report, issues: pd.DataFrame) -> bytes:
    """The pack of these issues as a zip: bytes of the file. issues: some of report.now.issues.

    Raises ReadinessError where there is no issue.
    """
    if issues.empty:
        raise ReadinessError(f"到 {report.as_of} 没有问题，没有可以打包的证据。")
    whose = _whose(report, issues)
    issues = issues.sort_values(["started_on", "upload_id", "sheet", "row"], kind="stable")
    rows = ledger_rows(issues, report.facts, report.uploads, report.reference)
    issues = issues.loc[rows.index]
    number = pd.Series(range(1, len(issues) + 1), index=issues["issue"].to_numpy(), name="序号")
    pictures = all_pictures(report.album, report.facts, issues, report.as_of)
    files, pictures = _kept(pictures, _folders(issues, number, report), report)
    files[HISTORY] = _history(report, rows, issues, number, pictures, whose)
    files[READ_ME] = _read_me(report, issues, pictures, whose).encode("utf-8-sig")
    sums = "".join(f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in files.items())
    return _zipped(f"证据包_{_safe(whose)}_{report.as_of:%Y%m%d}", {**files, HASHES: sums.encode()}, report)


def _whose(report: Report, issues: pd.DataFrame) -> str:
    """What the pack is called by: its only issue, its only area, or the office."""
    areas = issues["area_code"].map(report.reference.area_names())
    if len(issues) == 1:
        return f"{areas.iloc[0]} {place_of(issues.iloc[0])} {issues['description'].iloc[0]}"
    return areas.iloc[0] if (areas == areas.iloc[0]).all() else report.name


def _folders(issues: pd.DataFrame, number: pd.Series, report: Report) -> dict[str, str]:
    """Issue -> the folder of its pictures."""
    areas = report.reference.area_names()
    return {row.issue: _safe(f"{number[row.issue]:03d} {areas[row.area_code]} {place_of(row)} {row.description}")
            for row in issues.itertuples()}


def _kept(pictures: pd.DataFrame, folders: dict[str, str], report: Report) -> tuple[dict[str, bytes], pd.DataFrame]:
    """The pictures' bytes by their names in the pack, and the pictures with file and kept (whole or small)."""
    files: dict[str, bytes] = {}
    kept, left = [], ORIGINALS
    places = pictures.groupby(["issue", "field"]).cumcount() + 1
    for row, place in zip(pictures.itertuples(), places, strict=True):
        content = report.album.original(row.sha256)
        whole = len(content) <= left
        left -= len(content) if whole else 0
        content = content if whole else report.album.small([row.sha256])[row.sha256]
        name = f"{FIELDS[row.field]}{place}_{row.sha256[:8]}{'' if whole else '_缩图'}"
        files[f"照片/{folders[row.issue]}/{name}.{_ending(content)}"] = content
        kept.append(WHOLE if whole else SMALL)
    return files, pictures.assign(file=list(files), kept=kept)


def _ending(content: bytes) -> str:
    with Image.open(io.BytesIO(content)) as opened:
        return ENDINGS.get(opened.format, "bin")


def _history(report: Report, rows: pd.DataFrame, issues: pd.DataFrame, number: pd.Series, pictures: pd.DataFrame,
             whose: str) -> bytes:
    """经过.xlsx: the issues as a ledger, every word about them, every picture and its source, the books behind."""
    words = issue_histories(report.facts, issues, report.as_of)
    words, pictures = sources(words, report.uploads), _with_steps(sources(pictures, report.uploads), report)
    used = {*words["upload_id"].dropna(), *pictures["upload_id"].dropna()}
    books = report.uploads[report.uploads["upload_id"].isin(used)]
    sheets = {
        LEDGER_SHEET: (rows, WIDTHS),
        "经过": (pd.DataFrame({
            "序号": words["issue"].map(number), "当日": words["on"],
            "依据": words["inferred"].map(BASES).where(words["upload_id"].notna(), "页面登记"),
            "事项": words["word"].map(HISTORY_WORDS), "说明": words["said"], "人员": words["person"],
            "检查轮次": words["round"].map(ROUND_WORDS), "暂缓至": words["until"], "登记人": words["user"],
            "登记时间": _minutes(words["at"]), "工作簿": words["workbook"], "单元格": words["cell"]}), HISTORY_WIDTHS),
        "照片": (pd.DataFrame({
            "序号": pictures["issue"].map(number), "文件": pictures["file"], "是什么": pictures["field"].map(FIELDS),
            "记录日期": pictures["on"], "内容": pictures["kept"], "原图 SHA-256": pictures["sha256"],
            "工作簿": pictures["workbook"], "单元格": pictures["cell"], "登记人": pictures["user"]}), PICTURE_WIDTHS),
        "来源": (pd.DataFrame({
            "工作簿": books["file"], "上传编号": books["upload_id"], "上传时间": _minutes(books["uploaded_at"]),
            "上传人": books["uploaded_by"], "SHA-256": books["sha256"]}), BOOK_WIDTHS)}
    book = Workbook()
    book.remove(book.active)
    for name, (rows, widths) in sheets.items():
        title = f"{report.name}证据包：{whose}（{name}）"
        write_list(book.create_sheet(name), rows, widths, title, [report.stamp, f"共 {len(rows)} 行"])
    return saved(book, f"证据包 {whose}", report.demo, REPORT_MARK)


def _with_steps(pictures: pd.DataFrame, report: Report) -> pd.DataFrame:
    """The pictures with user: who added it on screen, missing where a book holds it."""
    users = report.facts.steps.set_index("step_id")["user"]
    return pictures.assign(user=pictures["step_id"].map(users))


def _minutes(times: pd.Series) -> pd.Series:
    return pd.to_datetime(times, utc=True).dt.tz_convert(ZONE).dt.strftime("%Y-%m-%d %H:%M")


def _read_me(report: Report, issues: pd.DataFrame, pictures: pd.DataFrame, whose: str) -> str:
    small = int((pictures["kept"] == SMALL).sum())
    words = f"（其中 {small} 张只附缩图，原图合计过大）" if small else ""
    lines = [
        f"{report.name}证据包：{whose}", report.stamp, "",
        f"问题 {len(issues)} 条，照片 {len(pictures)} 张{words}。",
        f"{HISTORY}：“问题台账”一行一条；“经过”是每条问题的每次记录；“照片”写明每张照片的出处；“来源”是原工作簿及其哈希值。",
        "照片/：原图，与上报时的字节相同；文件夹以问题的序号开头，文件名末尾是原图 SHA-256 的前 8 位。",
        f"{HASHES}：包内每个文件的 SHA-256。核对：Linux、macOS 用 sha256sum -c {HASHES}，"
        "Windows 用 certutil -hashfile 文件名 SHA256。",
        "包内有责任人姓名，原图可能带有拍摄的时间和位置：请按个人信息保管，只交给需要的人。"]
    return "\r\n".join(printable(line) for line in lines) + "\r\n"


def _safe(text: str) -> str:
    """A name that every system takes for a file or a folder.

    >>> _safe("001 广水 26号/门前: 堆物？"), _safe("..")
    ('001_广水_26号_门前_堆物？', '_')
    """
    return FORBIDDEN.sub("_", printable(text)).strip("._ ")[:LONGEST].rstrip("._ ") or "_"


def _zipped(folder: str, files: dict[str, bytes], report: Report) -> bytes:
    content = io.BytesIO()
    day = (report.as_of.year, report.as_of.month, report.as_of.day, 0, 0, 0)
    with zipfile.ZipFile(content, "w") as made:
        for name, data in files.items():
            how = zipfile.ZIP_STORED if name.startswith("照片/") else zipfile.ZIP_DEFLATED
            made.writestr(zipfile.ZipInfo(f"{folder}/{name}", day), data, how)
    return content.getvalue()
