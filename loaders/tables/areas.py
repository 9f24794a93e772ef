"""Which area a text names: exactly, through the alias table, never by resemblance."""

from __future__ import annotations

import difflib
import re
import unicodedata
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from loaders.text import folded, without_brackets
from loaders.vocabulary import Vocabulary

_TAILS = ("居民委员会", "居民区居委会", "社区居委会", "居委会", "居民区", "居委", "社区")
_NUMERALS = str.maketrans("0123456789", "〇一二三四五六七八九")
_CALLED_AREA = re.compile("居民委员会|居委会|居民区|居委|社区(?!路|卫生|文化|学校|医院)")
_SINGLE = re.compile(r"(?<![\d./-])\d(?![\d./-])(?![月日年周轮次])")  # 1 of 文苑1, not of a day (9.6)
_AFTER = re.compile(
    r"^(居民委员会|居委会|居民区|居委|社区|党总支|党委|创|自查|检查|巡查|巡访|问题|整改|台账|点位|责任|志愿|测评|清单|汇总|统计"
    r"|每周|每日|每月|周|日报|月报|第.{1,2}[周轮次]|十?[一二三四五六七八九十]月|上报|填报|报送|情况|模拟|专项|实地|表|迎检|文明|全国|登记|记录|[^\u4e00-\u9fff]|$)"
)
_BEFORE = re.compile(
    r"(街道|办事处|居委会|居民区|单位|附件[一二三四五六七八九十]?|表[一二三四五六七八九十]?|台账|清单|检查|自查|巡查|记录|情况|登记|汇总|社区|[^\u4e00-\u9fff]|^)$"
)


@dataclass(frozen=True)
class AreaNames:
    """The alias table: every normalised name with its code, and the codes' short names."""

    codes: dict[str, str]
    short_names: dict[str, str]
    subdistrict: frozenset[str]
    _seen: dict[str, str | None] = field(default_factory=dict)

    def code(self, text: str) -> str | None:
        """The area whose name, short name or alias the whole text is; None when it is none of them."""
        if text not in self._seen:
            readings = _readings(text, self.subdistrict_names) if len(text) <= 40 else ()
            self._seen[text] = next((self.codes[name] for name in readings if name in self.codes), None)
        return self._seen[text]

    @cached_property
    def subdistrict_names(self) -> tuple[str, ...]:
        names = (name for name, code in self.codes.items() if code in self.subdistrict)
        return tuple(sorted(names, key=len, reverse=True))

    @cached_property
    def _longest_first(self) -> tuple[str, ...]:
        return tuple(sorted(self.codes, key=len, reverse=True))

    def suggestions(self, text: str) -> tuple[str, ...]:
        """Short names that look alike, for a person to choose from."""
        near = difflib.get_close_matches(_bare(folded_numerals(text)), self.codes, n=6, cutoff=0.4)
        return tuple(dict.fromkeys(self.short_names[self.codes[name]] for name in near))[:3]

    def nearly(self, text: str) -> bool:
        """Whether a short text is no area but looks like one: 凉七 among 凉四 and 凉六."""
        name = _bare(folded_numerals(text))
        return (
            self.code(text) is None
            and len(name) <= 5
            and bool(difflib.get_close_matches(name, self.codes, n=1, cutoff=0.5))
        )

    def named_in(self, text: str) -> frozenset[str]:
        """The residential areas that a title, sheet or file name names; never the subdistrict itself."""
        text = folded_numerals(text, keep_breaks=True)
        found, taken = set(), [False] * len(text)
        for name in (name for name in self._longest_first if name in text):
            for match in re.finditer(re.escape(name), text):
                start, end = match.span()
                if any(taken[start:end]) or not self._stands_alone(text, start, end):
                    continue
                taken[start:end] = [True] * (end - start)
                if self.codes[name] not in self.subdistrict:
                    found.add(self.codes[name])
        return frozenset(found)

    def _stands_alone(self, text: str, start: int, end: int) -> bool:
        if _CALLED_AREA.match(text[end:]):
            return True
        return bool(_AFTER.match(text[end:])) and bool(_BEFORE.search(text[:start]))


def area_names(vocabulary: Vocabulary) -> AreaNames:
    """The alias table of a vocabulary; codes ending in 000 are the subdistrict's own row."""
    return _area_names(vocabulary.areas)


@lru_cache(maxsize=1)
def _area_names(areas: tuple[tuple[str, str, str, tuple[str, ...]], ...]) -> AreaNames:
    codes: dict[str, str] = {}
    for code, official, short, aliases in areas:
        for name in (official, short, *aliases):
            codes.setdefault(folded_numerals(name), code)
            codes.setdefault(_bare(folded_numerals(name)), code)
    own = frozenset(code for code, *_ in areas if code.endswith("000"))
    return AreaNames(codes, {code: short for code, _, short, _ in areas}, own)


def folded_numerals(text: str, keep_breaks: bool = False) -> str:
    """A name for comparing: folded, without 第, 1 written 一. keep_breaks: separators become one space."""
    plain = unicodedata.normalize("NFKC", text).lower() if keep_breaks else folded(text)
    single = _SINGLE.sub(lambda digit: digit.group().translate(_NUMERALS), plain)
    single = re.sub(r"[\W_]+", " ", single).strip() if keep_breaks else single
    return re.sub(r"第([一二三四五六七八九](?![周轮次期]))", r"\1", single)


def _bare(name: str) -> str:
    for tail in _TAILS:
        if name.endswith(tail) and len(name) > len(tail):
            return name[: -len(tail)]
    return name


def _readings(text: str, prefixes: tuple[str, ...]):
    for form in dict.fromkeys((text, without_brackets(text))):
        name = folded_numerals(form)
        yield name
        yield _bare(name)
        for prefix in prefixes:
            if name.startswith(prefix) and len(name) > len(prefix):
                yield name[len(prefix) :]
                yield _bare(name[len(prefix) :])
