"""Forms to fill in: one a kind of table, with the headings that the intake reads and what is known of an area."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType

import pandas as pd
from openpyxl import Workbook
from openpyxl.styles import Alignment
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from readiness.model import CHECKLIST, FIXED, FIXING, LEDGER, OPEN, PATROLS, RETURNED, SITES, VERIFIED
from readiness.reference import Reference
from reports.cells import GRID, MUTED, TEXT, print_on_pages, saved, write, write_headings, write_title

AREA = "居民区"
LINES = 60  # ruled lines of a blank form; more can be written below
ITEMS_SHEET, SITES_SHEET = "测评项目", "点位名单"
SITE_HEADINGS = {LEDGER: "点位", CHECKLIST: "点位名称"}
STAMP = "readiness-template"
STATE_OF = {OPEN: "待整改", FIXING: "整改中", FIXED: "待复核", VERIFIED: "已销号", RETURNED: "退回"}
STATES = tuple(STATE_OF.values())
RESULTS = ("符合", "不符合", "不适用", "无法检查")
ROUNDS = ("自查", "模拟测评", "区级", "专项", "正式测评")


@dataclass(frozen=True)
class Form:
    """A form: its title, the note under it, its headings with their widths, and which of them take dates.

    The note names no day, area or round: the intake reads what stands above a heading.
    """

    title: str
    note: str
    widths: Mapping[str, float]
    days: tuple[str, ...] = ()


FORMS: Mapping[str, Form] = MappingProxyType({
    LEDGER: Form("问题整改台账", "一行写一个问题；日期按年-月-日写；没有的留空，不要删改表头。", {
        "序号": 6, "点位": 20, "具体位置": 18, "问题类别": 12, "问题描述": 40, "严重程度": 9, "发现时间": 12,
        "整改期限": 12, "责任单位": 16, "责任人": 10, "整改措施": 26, "完成情况": 10, "整改完成时间": 13,
        "销号时间": 12, "备注": 18}, ("发现时间", "整改期限", "整改完成时间", "销号时间")),
    CHECKLIST: Form("检查表", "一行写一个点位的一个项目；项目照抄“测评项目”表；没有查的项目不写。", {
        "序号": 6, "点位名称": 22, "点位类型": 12, "测评项目": 44, "检查结果": 10, "检查日期": 12, "检查人": 10,
        "检查轮次": 10, "问题描述": 40}, ("检查日期",)),
    SITES: Form("点位责任表", "一行写一个点位；经纬度没有就留空，有就写明坐标系。", {
        "序号": 6, "点位名称": 24, "点位类型": 12, "地址": 30, "经度": 11, "纬度": 11, "坐标系": 10, "点长": 10,
        "路长": 10, "片长": 10, "点长电话": 15}),
    PATROLS: Form("巡查和志愿服务记录", "一行写一次活动；人数、时长、处数只写数字。", {
        "序号": 6, "日期": 12, "活动内容": 36, "党员人数": 10, "志愿者人数": 11, "服务时长": 10, "发现问题数": 11,
        "解决问题数": 11, "备注": 24}, ("日期",)),
})


FOLLOWED_NOTE = "没销号的问题已经列出，只改完成情况和日期，别的照抄；新问题接着往下写。"
FIELD_OF: Mapping[str, str] = MappingProxyType({
    "序号": "number", "点位": "site", "具体位置": "location", "问题类别": "category", "问题描述": "description",
    "严重程度": "severity", "发现时间": "found_on", "整改期限": "due_on", "责任单位": "responsible_unit",
    "责任人": "responsible_person", "整改措施": "measure", "完成情况": "status", "整改完成时间": "fixed_on",
    "备注": "note"})


def template(kind: str, reference: Reference, area_code: str | None = None, sites: Sequence[str] = (),
             issues: pd.DataFrame | None = None, as_of: date | None = None, demo: bool = False) -> bytes:
    """The form of a kind of table (LEDGER, CHECKLIST, SITES or PATROLS) as .xlsx.

    With an area its name stands above the table once; without one there is a column 居民区 to fill in. Columns with a
    fixed choice offer it as a list, columns of sites the area's own. issues (readiness.open_rows, for a LEDGER alone)
    stand in the form already; they are as of a day, which the title names, and demo where they are demonstration data.
    The form carries the mark of the standard by which it was made.
    """
    form, book = FORMS[kind], Workbook()
    sheet, names = book.active, reference.area_names()
    widths = dict(form.widths) if area_code else _with_area(form.widths)
    sheet.title = form.title
    write_title(sheet, 1, form.title if issues is None else f"{form.title}（截至{_day(as_of)}）", len(widths))
    write_title(sheet, 2, form.note if issues is None else FOLLOWED_NOTE, len(widths), MUTED, 18)
    if area_code:
        write_title(sheet, 3, f"{AREA}：{names[area_code]}", len(widths), TEXT, 20)
    heading, filled = 4 if area_code else 3, 0 if issues is None else len(issues)
    write_headings(sheet, heading, list(widths), list(widths.values()))
    _rule(sheet, heading, list(widths), form, filled)
    if filled:
        _fill(sheet, heading, list(widths), issues)
    choices = _choices(reference) | _listed(book, kind, reference, sites)
    _offer(sheet, heading, list(widths), choices)
    sheet.freeze_panes = sheet.cell(heading + 1, 1)
    print_on_pages(sheet, heading)
    return saved(book, form.title, demo and bool(filled), f"{STAMP} {reference.hash} {kind}")


def file_name(kind: str, area: str | None = None) -> str:
    """What the form's file is called; area: the short name of the area it is for."""
    return f"{FORMS[kind].title}（{area}）.xlsx" if area else f"{FORMS[kind].title}（空白）.xlsx"


def _with_area(widths: Mapping[str, float]) -> dict[str, float]:
    first, *others = widths.items()
    return dict([first, (AREA, 10), *others])


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _rule(sheet: Worksheet, heading: int, names: list[str], form: Form, filled: int) -> None:
    """Lines with a grid, the filled ones and as many more; columns of days are days, so that what is typed is one."""
    for line in range(heading + 1, heading + 1 + filled + LINES):
        for column, name in enumerate(names, 1):
            cell = sheet.cell(line, column)
            cell.border, cell.font, cell.alignment = GRID, TEXT, Alignment(vertical="center", wrap_text=True)
            if name in form.days:
                cell.number_format = "yyyy-mm-dd"


def _fill(sheet: Worksheet, heading: int, names: list[str], issues: pd.DataFrame) -> None:
    """The open issues, a line each; their states in the words of the list."""
    rows = issues.assign(status=issues["status"].map(STATE_OF)).astype(object)
    for line, row in enumerate(rows.where(rows.notna(), None).to_dict("records"), heading + 1):
        for name, field in FIELD_OF.items():
            value = row[field]
            write(sheet.cell(line, names.index(name) + 1), value.date() if isinstance(value, datetime) else value)


def _listed(book: Workbook, kind: str, reference: Reference, sites: Sequence[str]) -> dict[str, str]:
    """Heading -> the range that its list is taken from: items of the standard and sites of the area, a sheet each."""
    listed = {}
    if kind == CHECKLIST:
        listed[ITEMS_SHEET] = f"{ITEMS_SHEET}!$B$2:$B${_items(book, reference)}"
    if sites and kind in SITE_HEADINGS:
        listed[SITE_HEADINGS[kind]] = f"{SITES_SHEET}!$A$2:$A${_sites(book, sites)}"
    return listed


def _sites(book: Workbook, sites: Sequence[str]) -> int:
    """A sheet with the area's sites; returns its last row."""
    sheet = book.create_sheet(SITES_SHEET)
    write_headings(sheet, 1, ["本居民区的点位"], [36])
    for number, site in enumerate(sites, 2):
        write(sheet.cell(number, 1), site).font = TEXT
    sheet.freeze_panes = "A2"
    return len(sites) + 1


def _items(book: Workbook, reference: Reference) -> int:
    """A second sheet with the standard's items to copy from; returns its last row."""
    names = reference.kind_names()
    items = reference.items[~reference.items["item"].isin(list(reference.other_items().values()))]
    rows = pd.DataFrame({"kind": items["kind"].map(names), "text": items["text"]})
    sheet = book.create_sheet(ITEMS_SHEET)
    write_headings(sheet, 1, ["用于", "标准里的写法"], [14, 60])
    for number, (kind, text) in enumerate(rows.itertuples(index=False), 2):
        write(sheet.cell(number, 1), kind).font = TEXT
        write(sheet.cell(number, 2), text).font = TEXT
    sheet.freeze_panes = "A2"
    return len(rows) + 1


def _choices(reference: Reference) -> dict[str, str]:
    """Heading -> what its list offers, as a workbook writes it."""
    words = {AREA: reference.area_names().values(), "点位类型": reference.kind_names().values(), "完成情况": STATES,
             "检查结果": RESULTS, "检查轮次": ROUNDS}
    return {name: '"' + ",".join(values) + '"' for name, values in words.items()}


def _offer(sheet: Worksheet, heading: int, names: list[str], choices: Mapping[str, str]) -> None:
    for column, name in enumerate(names, 1):
        if name in choices:
            letter = get_column_letter(column)
            offered = DataValidation("list", formula1=choices[name], allow_blank=True, showErrorMessage=False)
            offered.add(f"{letter}{heading + 1}:{letter}{heading + 1000}")
            sheet.add_data_validation(offered)
