"""Descriptions: several problems in one cell parted at their markers; words that mean that there is no problem."""

from __future__ import annotations

import re

from loaders.text import kept, marked, without_invisible

_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_MARKER = re.compile(
    rf"(?:^|(?<=[;；。，,、:：\n\s]))\s*(?:[(\uff08](\d{{1,2}})[)\uff09][、.．]?|([{_CIRCLED}])[、.．]?|(\d{{1,2}})(?:、|[.．](?!\d))|(\d{{1,2}})[)\uff09])\s*"
)
# A single "1、" before a digit counts houses (1、2号楼), not problems.
_LONE_MARKER = re.compile(_MARKER.pattern.replace("(?:、|[.．](?!\\d))", "[、.．](?!\\d)"))
_SEPARATORS = " \t\n;；,，、。"
_INTRODUCTION = re.compile(r"(如下|问题|以下|存在|情况|包括|主要)?[:：]\s*$")


def problems_in(text: str) -> list[str]:
    """The problems a cell describes: parted where markers count up from 1, else the cell as it is.

    >>> problems_in("(1)楼道堆物；(2)飞线充电"), problems_in("1、小广告\\n2、垃圾满溢。")
    (['楼道堆物', '飞线充电'], ['小广告', '垃圾满溢'])
    >>> problems_in("3号楼道堆物；26号门前垃圾"), problems_in("①墙面破损②地面积水")
    (['3号楼道堆物；26号门前垃圾'], ['墙面破损', '地面积水'])
    """
    text = without_invisible(text)
    marks = _counting(text)
    if not marks:
        return [kept(text)]
    starts = [(match.start(), match.end()) for match in marks]
    bounds = [(end, following[0]) for (_, end), following in zip(starts, [*starts[1:], (len(text), 0)], strict=True)]
    found = [kept(text[begin:end].strip(_SEPARATORS)) for begin, end in bounds]
    head = text[: starts[0][0]].strip()
    if head and not _INTRODUCTION.search(head):
        found.insert(0, kept(head.strip(_SEPARATORS)))
    return [one for one in found if one]


def means_no_problem(text: str, no_problem: frozenset[str]) -> bool:
    """Whether a problem description says that there is none."""
    plain = marked(text)
    return plain in no_problem or not plain


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
