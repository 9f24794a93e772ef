"""Messages: the sentence of every problem: where, what was seen, what is allowed or what to do."""

from __future__ import annotations

import re

from readiness.language import N_, _
from readiness.model import Problem

FILE_SENTENCES = {
    "cannot_open": N_("打不开这个文件。请检查路径和权限。"),
    "empty_file": N_("文件是空的，可能还没下载或同步完成。请重新下载后再上传。"),
    "not_spreadsheet": N_("这不是表格文件（实际是{actual}）。请上传 .xlsx、.xls、.et、.ods 或 .csv。"),
    "need_password": N_("文件加了打开密码。请在 WPS 或 Excel 里取消密码、另存后再上传。"),
    "wrong_password": N_("密码不对。请再试一次，注意大小写和全角字符。"),
    "unknown_lock": N_("文件加了密码，这种加密方式打不开。请在 WPS 或 Excel 里取消密码、另存后再上传。"),
    "locked_opendocument": N_("这份 .ods 加了密码，这里打不开。请用 LibreOffice 或 WPS 打开，去掉密码另存后再上传。"),
    "locked_zip": N_("压缩包加了密码。请解压后上传里面的表格。"),
    "broken_file": N_("文件不完整或已损坏。请重新下载；能在 WPS 或 Excel 里打开时，请另存为 .xlsx 再上传。"),
    "too_big": N_("文件太大（{actual}，上限 {limit}）。请拆分后上传。"),
    "too_many_cells": N_("单元格太多（上限 {limit}）。请删掉多余的空白格式或拆分后上传。"),
    "too_many_sheets": N_("工作表太多（上限 {limit} 张）。请拆分后上传。"),
    "too_many_parts": N_("文件内部部件太多（{actual} 个，上限 {limit} 个），为安全起见没有读取。"),
    "too_many_members": N_("压缩包里的表格太多（{actual} 个，上限 {limit} 个）。请分批上传。"),
    "suspicious": N_("文件内容异常（{what}），为安全起见没有读取。"),
    "zip_without_spreadsheet": N_("压缩包里没有表格文件。请放入 .xlsx、.xls、.et、.ods 或 .csv。"),
    "timeout": N_("读取超时，已停止。请另存为 .xlsx，或删掉多余的空白格式后再试。"),
    "reader_died": N_("读取时占用内存过多或文件异常，已停止。请另存为 .xlsx，或删掉多余的空白格式后再试。"),
    "reader_failed": N_("读取时程序出错，编号 {reference}。请把编号和文件交给管理员。"),
    "own_order": N_("这是看板生成的督办单，里面的问题看板里都有，不用上传。请上传办理后的台账或检查表。"),
    "no_table": N_("没有找到可读的表格。请确认表头里有“{0}”“{1}”“{2}”等列名。"),
}
CELL_SENTENCES = {
    "area_unknown": N_("{seen}不是本街道的居民区。{suggested}请写成居民区的名称或简称。"),
    "area_missing": N_("这一行看不出属于哪个居民区。请补上居民区一列，或在标题、工作表名里写明。"),
    "description_missing": N_("没有写问题描述。请补上存在的问题；没有问题请写“{0}”。"),
    "site_missing": N_("没有写点位名称。请补上。"),
    "not_a_date": N_("{seen}不是日期。请写成 2021-10-15 这样的日期。"),
    "no_such_day": N_("{seen}这一天不存在。请写成 2021-02-28 这样的日期。"),
    "no_year": N_("{seen}没有写年份，标题、工作表名和文件名里也没有。请补上年份。"),
    "ambiguous_date": N_("{seen}是数字，分不清是几月几日。请写成 2021-06-30 这样的日期。"),
    "no_start": N_("{seen}要从发现日期算起，但这一行没有发现日期。请补上发现日期或写明具体日期。"),
    "fixed_before_found": N_("整改完成日期{seen}早于发现日期 {found_on}。请核对。"),
    "verified_before": N_("复查日期{seen}早于发现或整改日期 {earlier}。请核对。"),
    "unknown_state": N_("{seen}看不出整改状态。请写成 {0}、{1}、{2}、{3} 或 {4}。"),
    "unknown_result": N_("{seen}看不出检查结果。请写成 {0}、{1}、{2} 或 {3}。"),
    "two_results": N_("同一行勾了两个结果。请只留一个。"),
    "not_a_number": N_("{seen}不是数字。请只写数字。"),
    "not_in_china": N_("坐标{seen}不在中国范围内。请核对经度和纬度。"),
}
# What a reader should know though all rows were read.
WARNING_SENTENCES = {
    "errors_in_cells": N_("公式错误{seen}，共 {count} 个单元格，按空值读取。请在原表里改正。"),
    "uncached_formula": N_("公式没有保存结果，共 {count} 个单元格，按空值读取。请在 Excel/WPS 中打开并保存一次。"),
    "long_number": N_("{seen}是超过 15 位的编号，按数字存储，共 {count} 个，末位可能已丢失。请把这一列改为文本。"),
    "hidden_sheet": N_("这张工作表是隐藏的，照样计入。"),
    "hidden_rows": N_("隐藏的行共 {count} 行（第一个是第 {first} 行），照样计入。"),
    "hidden_columns": N_("隐藏的列共 {count} 列（第一个是 {first} 列），照样计入。"),
    "binary_workbook": N_("这是 .xlsb，只读得到单元格，读不到合并、公式错误和照片。请另存为 .xlsx 再上传。"),
    "trailing_format": N_("数据之后有 {count} 行空白格式，已略过。"),
    "pictures_unseen": N_("照片打不开或不在文件里，共 {count} 张，这些照片没有载入。请用 JPG 或 PNG 重新插入。"),
    "pictures_unplaced": N_("照片不在数据行的照片列上，共 {count} 张，没有载入。请移到各自那一行的照片列里。"),
    "outdated_template": N_("这份表用的是旧模板，测评标准后来改过。照样计入；下次请下载新的模板。"),
    "encoding": N_("文件编码不规范，{count} 个字符无法识别。请核对显示为“�”的地方。"),
}
# What is to be written in a workbook stays Chinese in every language.
TO_WRITE = {
    "no_table": ("存在问题", "检查结果", "点位名称"),
    "description_missing": ("无",),
    "unknown_state": ("未整改", "整改中", "已整改", "已销号", "退回"),
    "unknown_result": ("√", "×", "不适用", "无法检查"),
}
# What the loaders say that they saw; they speak no language but Chinese.
SEEN = (
    N_("图片"), N_("RAR 压缩包"), N_("7z 压缩包"), N_("压缩包"), N_("程序"), N_("文档"), N_("XML 文本"),
    N_("Word 或其他 Office 文件"), N_("Word 或 PPT 文档"), N_("OpenDocument 文档"), N_("无法识别的内容"),
    N_("没有表格的网页"), N_("超过 {number} MB"), N_("解压后有 {number} MB"), N_("压缩比异常"), N_("有重名的部件"),
    N_("单元格地址超出范围"), N_("合并区域过多"),
)


def reason(problem: Problem) -> str:
    """What was seen and what to do, without the place.

    >>> reason(Problem("no_such_day", value="2021-02-30"))
    '“2021-02-30”这一天不存在。请写成 2021-02-28 这样的日期。'
    """
    template = {**FILE_SENTENCES, **CELL_SENTENCES, **WARNING_SENTENCES}[problem.code]
    seen = _("“{words}”").format(words=problem.value) if problem.value else ""
    suggested = _("是不是 {names}？").format(names=_("、").join(problem.suggestions)) if problem.suggestions else ""
    facts = {name: said(value) for name, value in problem.facts.items()}
    return _(template).format(*TO_WRITE.get(problem.code, ()), seen=seen, suggested=suggested, **facts)


def said(fact: object) -> object:
    """A fact of a problem in the language spoken: words with a number are looked up without it.

    >>> said("解压后有 900 MB"), said("2026-10-05"), said(7)
    ('解压后有 900 MB', '2026-10-05', 7)
    """
    number = re.search(r"\d+(?= MB)", str(fact))
    if not isinstance(fact, str) or not number:
        return _(fact) if fact in SEEN else fact
    return _(fact.replace(number[0], "{number}")).format(number=number[0])


def place(problem: Problem) -> str:
    """Where it is, as a spreadsheet says it: 台账!E9."""
    return "!".join(part for part in (problem.sheet, problem.cell) if part)


def sentence(problem: Problem, file: str) -> str:
    """The whole message: file, sheet and cell, what was seen, what to do.

    >>> sentence(Problem("no_such_day", "台账", 9, "E9", "found_on", "2021-02-30"), "文苑一.xlsx")
    '文苑一.xlsx 台账!E9：“2021-02-30”这一天不存在。请写成 2021-02-28 这样的日期。'
    """
    where = place(problem)
    return _("{place}：{sentence}").format(place=f"{file} {where}" if where else file, sentence=reason(problem))
