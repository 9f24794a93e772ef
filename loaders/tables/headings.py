"""Headings: which concept of data/words.toml the words of a heading mean, and how sure that is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from loaders.tables.composition import composed
from loaders.text import folded, without_brackets, without_latin, without_ordinal
from loaders.values.states import is_choice_of_marks
from loaders.vocabulary import Vocabulary
from readiness.model import CHECKLIST, LEDGER, PATROLS, SITES

ANSWERED, EXACT, BARE, STRIPPED, COMPOSED = 2.0, 1.0, 0.95, 0.85, 0.8  # the first by a person's own word
# Words around a heading that do not change what it means; the head of a Chinese compound stands last.
_BEFORE = (
    "请填写",
    "请选择",
    "请输入",
    "请描述",
    "请简述",
    "请上传",
    "请注明",
    "请",
    "您的",
    "您",
    "你的",
    "你",
    "所在的",
    "所属的",
    "发现的",
    "存在的",
    "填写",
    "本次",
    "现场",
    "目前",
    "相关",
    "具体",
    "主要",
    "本周",
    "本月",
    "涉及",
    "所属",
    "所在",
    "该",
    "其中",
    "各",
    "实际",
    "被",
    "创文",
    "创全",
    "实地",
    "问题",
    "整改",
    "检查",
    "测评",
    "点位",
    "巡查",
    "活动",
    "服务",
    "工作",
    "街道",
    "志愿服务",
    "参与",
    "参加",
    "出动",
    "自查",
    "隐患",
    "责任",
    "任务",
    "事项",
)
_AFTER = (
    "名称",
    "姓名",
    "情况",
    "说明",
    "描述",
    "一栏",
    "栏",
    "人数",
    "数量",
    "个数",
    "件数",
    "打勾",
    "打钩",
    "如有",
    "必填",
    "选填",
    "要求",
    "是",
    "为",
)
_JOINED = re.compile(r"[、/和与及或&+]|以及")
_IN_BRACKETS = re.compile(r"[(\uff08]([^()\uff08\uff09]+)[)\uff09]\s*$")
_OPTIONS = re.compile(r"\s*[□☐☑○].*$", re.DOTALL)
_NOT_A_HEADING = re.compile(r"[：:]\s*\S")
_UNIT = re.compile(r"[(\uff08]\s*(?:单位[:：])?(个|处|件|项|条|起|次|小时|h|时)\s*[)\uff09]\s*$")
_HOURS = ("小时", "h", "时")
_COUNTED_AS = {  # (in hours, concept of the words) -> concept
    (True, "inspected_on"): "hours",
    (False, "description"): "found",
    (False, "status"): "solved",
}
_BLOCKED = ("配合", "协办", "协同", "协助", "抄送")

# Concept -> field, for each kind of table; place words and the area's columns are settled in columns.py.
FIELD_OF = {
    LEDGER: {
        "inspected_on": "found_on",
        "photos": "photos_before",
        "review": "status",
        "responsible_leader": "responsible_person",
        "point_chief": "responsible_person",
        "road_chief": "responsible_person",
        "block_chief": "responsible_person",
    },
    CHECKLIST: {"inspected_on": "checked_on", "photos_before": "photos"},
    SITES: {"site": "name", "location": "address", "point_phone": "phone"},
    PATROLS: {"inspected_on": "date", "indicator": "activity"},
}


# Concept -> field in every kind of table: what several columns tell of one field.
_TELLS = {
    **dict.fromkeys(("area", "area_community", "area_street", "area_grid"), "area_code"),
    **dict.fromkeys(("result_pass", "result_fail", "result_yes", "result_no", "result_na"), "result"),
    "result_uninspectable": "result", "point_phone": "phone", "coordinates": "lon", "unread": "",
}


def field_of(kind: str, concept: str | None) -> str:
    """The field of that kind of table that a column of the concept fills, "" for a column that is not read.

    >>> field_of("ledger", "inspected_on"), field_of("sites", "area_grid"), field_of("ledger", "state fixed")
    ('found_on', 'area_code', 'status')
    """
    if concept and concept.startswith("state "):
        return "status"
    return FIELD_OF[kind].get(concept, _TELLS.get(concept, concept or ""))


@dataclass
class Headings:
    """Looks headings up in a vocabulary, which remembers the answers."""

    vocabulary: Vocabulary
    file_stem: str = ""

    def concept(self, text: str) -> tuple[str | None, float]:
        """The concept that a heading's words mean and a sureness from 0 to 1; (None, 0) when no word is known."""
        seen = self.vocabulary.concepts
        if text not in seen:
            seen[text] = self._looked_up(text)
        return seen[text]

    def _looked_up(self, text: str) -> tuple[str | None, float]:
        if is_choice_of_marks(text):
            return "result", STRIPPED
        text = _OPTIONS.sub("", text) or text
        plain = without_ordinal(text)
        inside = self._words.get(folded("".join(_IN_BRACKETS.findall(text))))
        for form, sureness in (
            (text, EXACT),
            (plain, EXACT),
            (without_brackets(text), BARE),
            (without_brackets(plain), BARE),
            (without_latin(plain), BARE),
        ):
            if (concept := self._words.get(folded(form))) is not None:
                return (inside, BARE) if concept == "unread" and inside else (_in_unit(text, concept), sureness)
        plain = without_latin(plain)
        bare = folded(without_brackets(plain))
        if any(bare.startswith(word) for word in _BLOCKED):
            return "unread", STRIPPED
        found = self._by_parts(without_brackets(plain)) or self._stripped(bare) or self._name_of_a_kind(bare)
        if found is None and (concept := composed(bare)):
            found = concept, COMPOSED
        return (_in_unit(text, found[0]), found[1]) if found else (None, 0.0)

    @cached_property
    def _words(self) -> dict[str, str]:
        return self.vocabulary.headings

    def _by_parts(self, text: str) -> tuple[str, float] | None:
        first = folded(_JOINED.split(text)[0])
        return (
            (self._words[first], STRIPPED)
            if len(first) > 1 and first != folded(text) and first in self._words
            else None
        )

    def _name_of_a_kind(self, bare: str) -> tuple[str, float] | None:
        """A heading like 背街小巷名称: the names of sites of one kind."""
        kind = re.sub("(名称|名)$", "", bare)
        return ("site", STRIPPED) if kind != bare and kind in self._kinds else None

    def _means_a_field(self, form: str) -> bool:
        """Whether a shortened heading is known; 不合格说明 is no column of ticks like 不合格."""
        return not self._words.get(form, "result_").startswith("result_")

    @cached_property
    def _kinds(self) -> frozenset[str]:
        return frozenset(self.vocabulary.kind_words) - frozenset(self._words)

    def _stripped(self, bare: str) -> tuple[str, float] | None:
        forms, new = {bare}, {bare}
        while new:
            new = {form for text in new for form in _shorter(text)} - forms
            forms |= new
        known = sorted(filter(self._means_a_field, forms), key=len, reverse=True)
        return (self._words[known[0]], STRIPPED) if known else None


def looks_like_heading(text: str) -> bool:
    """Whether a text could be a heading at all: short, and no "label: value"; 居民区： alone may be one."""
    return len(text) <= 60 and not _NOT_A_HEADING.search(text)


def _in_unit(text: str, concept: str) -> str:
    """The concept of a heading that names a unit: 服务时间（小时） are hours, 发现问题（个） is how many."""
    unit = _UNIT.search(text)
    return _COUNTED_AS.get((unit[1] in _HOURS, concept), concept) if unit else concept


def _shorter(text: str):
    for word in _BEFORE:
        if text.startswith(word) and len(text) > len(word) + 1:
            yield text[len(word) :]
    for word in _AFTER:
        if text.endswith(word) and len(text) > len(word) + 1:
            yield text[: -len(word)]
