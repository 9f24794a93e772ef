"""Text as people type it: cleaned for keeping, folded for comparing."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060\ufeff\u00ad]")
_LINE_ENDS = re.compile(r"[\r\n\v\f\u0085\u2028\u2029]+|_x000D_")
_WHITE = " \t\n\u3000\xa0"
_BRACKETED = re.compile(r"[(\uff08\[【〔{〈《][^()\uff08\uff09\[\]【】〔〕{}〈〉《》]*[)\uff09\]】〕}〉》]")
_ORDINAL = re.compile(r"^[\s(\uff08]*([一二三四五六七八九十]{1,3}|\d{1,2})[)\uff09]?[、.\uff0e\s:\uff1a]+")
_NOT_WORD = re.compile(r"[\W_]+")
_TOTAL = re.compile(
    r"^(?:以上|本页|本周|本月|本次|本表|全部|全街道|街道|居民区|点位|问题|各项|检查){0,2}"
    r"(?:合计|小计|总计|共计|总分|平均分?|累计)|(?:合计|小计|总计)$"
    r"|^(?:以上|本[页周月次表日]|全部|总)共?(?:发现|查出|上报|检查)"
    r"|^(?:已|未|待|正在)?(?:整改|完成|销号|办结|解决)(?:中|数|率)?[:\uff1a]?\d+[个条处件项]"
    r"|^(?:不?达标|不?合格|不?符合|不?及格|通过|完成|整改|得分)(?:点位|项目?|居民区)?(?:总?数|率)$"
    r"|^(?:全街道|街道|全部)?.{0,3}(?:符合|合格|达标|失分|得分|满意|通过|完成|整改|及格)率$|^(?:总得?分|总?得分|名次|排名|位次)$"
)
_GOES_ON = re.compile(
    r"\s*[(\uff08]?(续上?[表页]?|接上[表页]|上接第?.{0,3}页|第.{1,3}页(\s*共.{1,3}页)?)[)\uff09]?$"
)
_PICTURE_CALL = re.compile(r"=?\s*(?:_xlfn\.)?DISPIMG\([^()]*\)")
_NOT_MARK = re.compile(r"[^\w√✓✔☑×✗✘✕╳☒○/\\—–%□■-]|_")


def as_text(value: object) -> str:
    """A cell's value as the text a person sees: whole numbers without ".0", dates as ISO."""
    if isinstance(value, str):
        return value
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(round(value, 10))
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def without_invisible(text: str) -> str:
    """The text without zero-width and direction marks, line ends kept as one newline, outer white space gone."""
    return (text if _is_plain(text) else _LINE_ENDS.sub("\n", _INVISIBLE.sub("", text))).strip(_WHITE)


def without_picture_calls(text: str, instead: str = "") -> str:
    """The text without the formulas by which WPS shows a picture in a cell, or with other words for each.

    >>> without_picture_calls('=DISPIMG("ID_1",1)', "图片"), without_picture_calls("见DISPIMG")
    ('图片', '见DISPIMG')
    """
    return _PICTURE_CALL.sub(instead, text) if "DISPIMG" in text else text


def kept(text: str) -> str:
    """Text as a record keeps it: as written, less outer white space, line ends and zero-width characters.

    >>> kept(" 楼道\\n堆物\u200b ")
    '楼道堆物'
    """
    return (text if _is_plain(text) else _LINE_ENDS.sub("", _INVISIBLE.sub("", text))).strip(_WHITE)


def _is_plain(text: str) -> bool:
    """Whether a text has no invisible marks and no line ends, as most have."""
    return text.isprintable() and "_x000D_" not in text


@lru_cache(maxsize=65536)
def folded(text: str) -> str:
    """Text for comparing: NFKC, lower case, no white space, no punctuation.

    >>> folded("整改 时限:"), folded("Ｎｏ．")
    ('整改时限', 'no')
    """
    return _NOT_WORD.sub("", unicodedata.normalize("NFKC", _INVISIBLE.sub("", text)).lower())


@lru_cache(maxsize=65536)
def marked(text: str) -> str:
    """Text for comparing where a mark is the message: like folded, but √ × / — stay.

    >>> marked(" √ 。"), marked("／"), marked("不 合格")
    ('√', '/', '不合格')
    """
    return _NOT_MARK.sub("", unicodedata.normalize("NFKC", _INVISIBLE.sub("", text)).lower())


def is_hint(value: object) -> bool:
    """Whether a cell says in brackets how a column is to be filled in.

    >>> is_hint("（年/月/日）"), is_hint("(1)堆物"), is_hint("（是/否）⏎")
    (True, False, False)
    """
    return isinstance(value, str) and bool(re.fullmatch(r"\s*[(\uff08][^()\uff08\uff09]+[)\uff09]\s*", value))


def says_total(plain: str) -> bool:
    """Whether a row that begins with this folded text sums up the rows above it.

    >>> says_total("本页小计"), says_total("以上共计4处"), says_total("达标率"), says_total("总务科")
    (True, True, True, False)
    """
    return len(plain) <= 14 and bool(_TOTAL.search(plain))


def without_brackets(text: str) -> str:
    """The text without what stands in brackets (nested ones too)."""
    previous = None
    while previous != text:
        previous, text = text, _BRACKETED.sub("", text)
    return text


def without_latin(text: str) -> str:
    """A heading in two languages without its Latin words; the text itself where it has no Chinese ones.

    >>> without_latin("问题描述 Description"), without_latin("Due date"), without_latin("X坐标")
    ('问题描述', 'Due date', 'X坐标')
    """
    if not re.search("[\u4e00-\u9fff]", text):
        return text
    return re.sub(r"[A-Za-z][A-Za-z .'’_/-]+", "", text).strip(" /|-_") or text


def without_page(text: str) -> str:
    """A title without what says that it goes on from the page before.

    >>> without_page("问题台账（续）"), without_page("（续表）"), without_page("问题台账")
    ('问题台账', '', '问题台账')
    """
    return _GOES_ON.sub("", text).strip()


def without_ordinal(text: str) -> str:
    """The text without a leading numeral: 一、环境卫生 is 环境卫生.

    >>> without_ordinal("一、环境卫生"), without_ordinal("(二) 消防"), without_ordinal("一村")
    ('环境卫生', '消防', '一村')
    """
    text = text.strip()
    bracketed = re.sub(r"^[(\uff08][一二三四五六七八九十\d]{1,3}[)\uff09]\s*", "", text)
    return (bracketed if bracketed != text else _ORDINAL.sub("", text)) or text
