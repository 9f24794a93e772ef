"""Dates as clerks write them: serials, 20211015, 10.15, 6月30日前, 9月26-30日; what is ambiguous is a problem."""

from __future__ import annotations

import calendar
import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

_EPOCH = date(1899, 12, 30)
_DIGITS = {"〇": 0, "零": 0, "○": 0, "一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
# With a year the same mark parts year, month and day: "10.11-15" is a range, not the year 10.
_DAY_PATTERN = (
    r"(?:(?P<y{n}>(?:19|20)\d{{2}}|\d{{2}})(?:年|(?P<s{n}>[-/.]))\s*)?(?P<m{n}>\d{{1,2}})"
    r"(?(s{n})(?P=s{n})|(?:月|[-/.]))\s*(?P<d{n}>\d{{1,2}})(?:日|号)?"
)
_WHOLE = re.compile(_DAY_PATTERN.format(n="") + r"$")
_LAST_DAY = r"(?:(?:(?P<y2>(?:19|20)\d{2}|\d{2})(?:年|[-/.]))?(?P<m2>\d{1,2})(?:月|[-/.]))?(?P<d2>\d{1,2})(?:日|号)?$"
_RANGE = re.compile(_DAY_PATTERN.format(n=1) + r"\s*(?:--?|~|至|到|—+|–)\s*" + _LAST_DAY)
_RANGE_IN_TEXT = re.compile(r"(?<![\d./-])" + _RANGE.pattern.removesuffix("$") + r"(?![\d./-])")
_MONTH_END = re.compile(r"(?:(?P<y>(?:19|20)\d{2}|\d{2})年)?(?P<m>\d{1,2})月份?(?:底|末)$")
_WITHIN = re.compile(r"(?P<n>\d{1,3})(?P<unit>个?小时|天|日|个?自然日|h|周|个?星期)(?:之?内|以内)$")
_IN_WORDS = re.compile(r"[一二两三四五六七八九十]{1,3}(?=个?(?:小时|天|日|周|星期)之?以?内)")
_CLOCK = re.compile(
    r"[\sT]*(?:上午|下午|晚上|早上|中午|凌晨|下班|晚间|傍晚)?\s*(?:\d{1,2}[::时点](?:\d{1,2}分?)?(?::\d{1,2}(?:\.\d+)?)?)?\s*(?:Z|许)?"
    r"(?:\s*[-~至到—–]+\s*\d{1,2}[::时点](?:\d{1,2}分?)?(?::\d{1,2})?)?$"
)
_WEEKDAY = re.compile(r"[\s(]*(?:星期|周|礼拜)[一二三四五六日天][\s)]*")
_WRAPPING = re.compile(
    r"^(?:请?于|截至|截止到?|到|至|限|限期|在)|(?:日?之前|以前|前|止|截止|为止)?(?:全部|予以)?(?:完成|整改完成|整改完毕|完成整改|整改到位|整改|办结|已完成|已整改|销号|已销号|复查|复核|完毕)?$"
)
_YEAR_IN_TEXT = re.compile(
    r"(?<!\d)(20\d{2})(?:\s*年|[-/.]\d{1,2}(?!\d)|(?=[01]\d[0-3]\d(?!\d))|(?=[01]\d(?!\d))|(?!\d))"
)
_DAY_IN_TEXT = re.compile(
    r"(?<![\d.])(?:(?P<y>20\d{2}|\d{2})\s*(?:年|(?P<s>[-/.]))\s*)?(?P<m>\d{1,2})\s*(?(s)(?P=s)|(?:月|[-/.]))\s*"
    r"(?P<d>\d{1,2})(?![\d.])\s*(?P<mark>日|号(?![楼门院线路弄室]))?"
)
_EIGHT_IN_TEXT = re.compile(r"(?<!\d)(20\d{2})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?!\d)")


@dataclass(frozen=True)
class Day:
    """A day that was read, or the code of why not; inferred: the year or the day was worked out from elsewhere."""

    iso: str | None = None
    inferred: bool = False
    problem: str | None = None


NO_DAY = Day()


def read_day(value: object, year: int | None, last_of_range: bool = False, start: str | None = None) -> Day:
    """The day a cell means. year completes a date without one; start (ISO) is where "24小时内" counts from.

    >>> read_day("2021年10月15日", None).iso, read_day(20211015.0, None).iso, read_day("45473", None).iso
    ('2021-10-15', '2021-10-15', '2024-06-30')
    >>> read_day("10.15", 2021), read_day("10.15", None).problem
    (Day(iso='2021-10-15', inferred=True, problem=None), 'no_year')
    >>> read_day("9月26-30日", 2021).iso, read_day("9月26-30日", 2021, last_of_range=True).iso
    ('2021-09-26', '2021-09-30')
    >>> read_day(6.3, 2021).problem, read_day("2021-02-30", None).problem, read_day("6月底", 2021).iso
    ('ambiguous_date', 'no_such_day', '2021-06-30')
    """
    if isinstance(value, datetime):
        return Day(value.date().isoformat())
    if isinstance(value, date):
        return Day(value.isoformat())
    if isinstance(value, (bool, time, timedelta)):
        return Day(problem="not_a_date")
    if isinstance(value, (int, float)):
        return _from_number(float(value))
    return _from_text(str(value), year, last_of_range, start)


def year_in(text: str) -> int | None:
    """The one year that a title or a name tells; None when it tells none or several.

    >>> year_in("2021年10月问题清单"), year_in("自查表_20211015"), year_in("2021-2023年创建周期")
    (2021, 2021, None)
    """
    years = {int(year) for year in _YEAR_IN_TEXT.findall(_plain(text))}
    return years.pop() if len(years) == 1 else None


def day_in(text: str, year: int | None, name: bool = False) -> Day:
    """The one day that a title, meta line, sheet or file name tells; a month or a week alone is no day.

    name: in the name of a sheet or a file 10.14 is a day, not a number (凉六10.14).

    >>> day_in("检查日期:2021年10月15日", None).iso, day_in("10月15日", 2021).iso, day_in("2021年10月第3周", None).iso
    ('2021-10-15', '2021-10-15', None)
    """
    text = _plain(text)
    days = {_built(int(found[1]), int(found[2]), int(found[3]), None) for found in _EIGHT_IN_TEXT.finditer(text)}
    text = _EIGHT_IN_TEXT.sub(" ", text)
    if _RANGE_IN_TEXT.search(text):
        return NO_DAY
    for found in _DAY_IN_TEXT.finditer(text):
        plain = name and found["s"] is None and re.fullmatch(r"\d{1,2}\.\d\d", found[0].strip())
        if found["y"] or found["mark"] or "月" in found[0] or plain or _WHOLE.match(text.strip()):
            days.add(_built(found["y"], int(found["m"]), int(found["d"]), year))
    real = {day for day in days if day.iso}
    return real.pop() if len(real) == 1 else NO_DAY


def _from_number(number: float) -> Day:
    if not number.is_integer():
        return Day(problem="ambiguous_date") if number < 30000 or number > 60000 else _serial(number)
    whole = int(number)
    if 30000 <= whole <= 60000:
        return _serial(number)
    if 19000101 <= whole <= 20991231:
        return _built(whole // 10000, whole // 100 % 100, whole % 100, None)
    return Day(problem="not_a_date")


def _serial(number: float) -> Day:
    return Day((_EPOCH + timedelta(days=int(number))).isoformat())


def _from_text(raw: str, year: int | None, last: bool, start: str | None) -> Day:
    text = _plain(raw)
    text = _WEEKDAY.sub(" ", _CLOCK.sub("", text)).strip() if len(text) > 5 else text
    if re.fullmatch(r"年?\s*月?\s*日?", text) or not text:
        return NO_DAY
    if re.fullmatch(r"\d{5}(\.\d+)?|\d{8}", text):
        return _from_number(float(text))
    whole = re.sub(r"\s+", "", text)
    compact = whole.strip("()[]。;,、")
    for form in dict.fromkeys((compact, _unwrapped(compact), _unwrapped(re.sub(r"\([^()]*\)$", "", whole)))):
        if (day := _day_of(form, year, last, start)) is not None:
            return day
    return Day(problem="not_a_date")


def _day_of(text: str, year: int | None, last: bool, start: str | None) -> Day | None:
    if found := _WHOLE.match(text):
        return _built(found["y"], int(found["m"]), int(found["d"]), year)
    if found := _RANGE.match(text):
        first = _built(found["y1"], int(found["m1"]), int(found["d1"]), year)
        final = _built(found["y2"] or found["y1"], int(found["m2"] or found["m1"]), int(found["d2"]), year)
        if first.iso and final.iso and final.iso < first.iso and not found["y2"]:
            final = Day(f"{int(final.iso[:4]) + 1}{final.iso[4:]}", final.inferred)  # from December into January
        return (
            (final if last else first) if not (first.problem or final.problem) else (first if first.problem else final)
        )
    if re.fullmatch("(本|当)?月(底|末)", text):
        return _own_month_end(start)
    if found := _MONTH_END.match(text):
        return _month_end(found["y"], int(found["m"]), year)
    if found := _WITHIN.match(text):
        return _within(int(found["n"]), found["unit"], start)
    return None


def _month_end(written: str | None, month: int, year: int | None) -> Day:
    whole = _whole_year(written, year)
    if whole is None:
        return Day(problem="no_year")
    if not 1 <= month <= 12:
        return Day(problem="no_such_day")
    return Day(date(whole, month, calendar.monthrange(whole, month)[1]).isoformat(), written is None)


def _own_month_end(start: str | None) -> Day:
    """月底 alone: the end of the month in which the problem was found."""
    if start is None:
        return Day(problem="no_start")
    found = date.fromisoformat(start)
    return Day(found.replace(day=calendar.monthrange(found.year, found.month)[1]).isoformat(), True)


def _within(count: int, unit: str, start: str | None) -> Day:
    if start is None:
        return Day(problem="no_start")
    days = -(-count // 24) if "小时" in unit or unit == "h" else count * 7 if "周" in unit or "星期" in unit else count
    return Day((date.fromisoformat(start) + timedelta(days=days)).isoformat(), True)


def _built(written: str | int | None, month: int, day: int, year: int | None) -> Day:
    whole = _whole_year(written, year)
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return Day(problem="no_such_day")
    if whole is None:
        return Day(problem="no_year")
    try:
        return Day(date(whole, month, day).isoformat(), written is None)
    except ValueError:
        return Day(problem="no_such_day")


def _whole_year(written: str | int | None, year: int | None) -> int | None:
    if written is None:
        return year
    return int(written) + (2000 if int(written) < 100 else 0)


def _unwrapped(text: str) -> str:
    previous = None
    while previous != text:
        previous, text = text, _WRAPPING.sub("", text).strip("()[]。;,、")
        text = _CLOCK.sub("", text) if text != previous else text
    return text


def _plain(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).replace("．", ".").replace("。", ".").strip().strip(".")
    plain = re.sub(r"(?<=\d)[—–](?=\d{1,2}[—–]\d)|(?<=\d[—–]\d)[—–](?=\d)|(?<=\d[—–]\d\d)[—–](?=\d)", "-", plain)
    plain = _IN_WORDS.sub(lambda run: str(_small(run.group().replace("两", "二"))), plain).replace("元月", "1月")
    return _chinese_numerals(plain) if re.search("[〇零○一二三四五六七八九十][年月]", plain) else plain


def _chinese_numerals(text: str) -> str:
    text = re.sub(
        r"[〇零○一二三四五六七八九]{4}(?=年)", lambda run: "".join(str(_DIGITS[mark]) for mark in run.group()), text
    )
    return re.sub(r"[一二三四五六七八九十]{1,3}(?=[月日号])", lambda run: str(_small(run.group())), text)


def _small(numeral: str) -> int:
    tens, ten, ones = numeral.partition("十")
    return (_DIGITS.get(tens, 1) * 10 if ten else 0) + (_DIGITS.get(ones if ten else tens, 0))
