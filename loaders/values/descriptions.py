"""Descriptions: several problems in one cell parted at their markers; words that mean that there is no problem."""

from __future__ import annotations

import re
from functools import lru_cache

from loaders.text import kept, marked, without_invisible

_ONE_SIGN = {
    **{0x2474 + number: f"({number + 1})" for number in range(20)},  # ⑴
    **{0x2488 + number: f"{number + 1}." for number in range(20)},  # ⒈
    **{0x2776 + number: chr(0x2460 + number) for number in range(10)},  # ❶
}
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_MARKER = re.compile(
    rf"(?:^|(?<=[;；。，,、:：\n\s]))\s*(?:[(\uff08](\d{{1,2}})[)\uff09][、.．]?|([{_CIRCLED}])[、.．]?|(\d{{1,2}})(?:、|[.．](?!\d))|(\d{{1,2}})[)\uff09])\s*"
)
# A single "1、" before a digit counts houses (1、2号楼), not problems.
_LONE_MARKER = re.compile(_MARKER.pattern.replace("(?:、|[.．](?!\\d))", "[、.．](?!\\d)"))
# No marker without one of these.
_MAY_COUNT = re.compile(rf"[{_CIRCLED}{''.join(map(chr, _ONE_SIGN))}]|\d[)\uff09、.．]")
_LOOKED = (
    r"(?:经|现场|实地|检查|巡查|自查|排查|核查|督查|后|目前|现"
    r"|本周|本月|本次|今日|今天|当日|当天|暂时|各?点位|小区内)*"
)
_NOTHING_FOUND = re.compile(
    _LOOKED + r"暂?(?:无|未见|未发现|未查见|未查到|未存在|没有?|没有?发现|没有?看到|不存在|尚未发现|均?未发现)"
    r"(?:有|任何|明显|其他|其它|新的?|存在|发现|安全|不文明|上述|相关|突出){0,3}"
    r"(?:问题|异常|隐患|异常情况|不符合项|扣分项|不文明现象|不文明行为|情况)$"
)
_ALL_WELL = re.compile(
    _LOOKED + r"(?:情况|状况|环境|秩序|总体|整体|一切|各项|指标|全部|均|都)+(?:为|较|基本)?"
    r"(?:良好|正常|合格|符合(?:要求|标准)?|达标|完好|整洁|到位|无问题|未发现问题)$"
)
_SEPARATORS = " \t\n;；,，、。"
_COLON = re.compile(r"[:：]\s*$")
_INTRODUCTION = re.compile(r"(如下|问题|以下|存在|情况|包括|主要|发现|隐患|不足|有)[^:：]{0,6}[:：]\s*$")


def problems_in(text: str) -> list[str]:
    """The problems a cell describes: parted where markers count up from 1, else the cell as it is.

    >>> problems_in("(1)楼道堆物；(2)飞线充电"), problems_in("1、小广告\\n2、垃圾满溢。")
    (['楼道堆物', '飞线充电'], ['小广告', '垃圾满溢'])
    >>> problems_in("3号楼道堆物；26号门前垃圾"), problems_in("①墙面破损②地面积水")
    (['3号楼道堆物；26号门前垃圾'], ['墙面破损', '地面积水'])
    """
    written = without_invisible(text)
    if not _MAY_COUNT.search(written):
        return [kept(written)]
    text = written.translate(_ONE_SIGN)
    marks = _counting(text)
    if not marks:
        return [kept(written)]
    starts = [(match.start(), match.end()) for match in marks]
    bounds = [(end, following[0]) for (_, end), following in zip(starts, [*starts[1:], (len(text), 0)], strict=True)]
    found = [kept(text[begin:end].strip(_SEPARATORS)) for begin, end in bounds]
    head = text[: starts[0][0]].strip()
    if _COLON.search(head) and not _INTRODUCTION.search(head):
        found = [kept(head + one) for one in found if one]  # 3号楼：1、堆物；2、烟头
    elif not _COLON.search(head):
        found.insert(0, kept(head.strip(_SEPARATORS)))
    return [one for one in found if one]


def means_no_problem(text: str, no_problem: frozenset[str]) -> bool:
    """Whether a problem description says that there is none.

    >>> means_no_problem("经现场检查，没有发现明显问题", frozenset()), means_no_problem("各点位均良好", frozenset())
    (True, True)
    >>> means_no_problem("无障碍设施损坏", frozenset()), means_no_problem("未发现问题整改记录", frozenset())
    (False, False)
    """
    plain = marked(text)
    return plain in no_problem or not plain or _finds_nothing(plain)


@lru_cache(maxsize=16384)
def _finds_nothing(plain: str) -> bool:
    return len(plain) <= 24 and bool(_NOTHING_FOUND.match(plain) or _ALL_WELL.match(plain))


def _counting(text: str) -> list[re.Match[str]]:
    """The markers that count 1, 2, 3 … in one style; circled numerals part anywhere."""
    circled = list(re.finditer(rf"\s*([{_CIRCLED}])[、.．]?\s*", text))
    if circled and circled[0][1] == "①":
        return [match for number, match in enumerate(circled) if _CIRCLED.index(match[1]) == number]
    counted = _counted(_MARKER, text)
    return counted if len(counted) > 1 else _counted(_LONE_MARKER, text)


def _counted(pattern: re.Pattern[str], text: str) -> list[re.Match[str]]:
    marks, expected, style = [], 1, None
    for match in pattern.finditer(text):
        kind = next(index for index in (1, 2, 3, 4) if match[index])
        value = _CIRCLED.index(match[kind]) + 1 if kind == 2 else int(match[kind])
        if value == expected and style in (None, kind):
            marks.append(match)
            expected, style = expected + 1, kind
    return marks
