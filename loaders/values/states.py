"""States and results: which of the project's words a cell's words mean."""

from __future__ import annotations

import re
from functools import lru_cache

from loaders.grid import is_blank
from loaders.text import as_text, folded, marked
from loaders.vocabulary import Vocabulary
from readiness.model import FAIL, FIXED, FIXING, NA, OPEN, PASS, RETURNED, UNINSPECTABLE, VERIFIED

UNKNOWN = "?"  # a word that is none of ours: a problem for a person

_TICKED = "☑■√✓✔●▣⊠☒◉"
_UNTICKED = "□☐○◯"
_NEGATED = re.compile(
    r"(未|没有?|尚未|不)(全部|完全|全面|及时|按时|能|予以?|得到|进行|彻底|按期|如期){0,2}(整改|完成|销号|到位|解决|办结|落实|闭环|销项|处理|清理|修复|改(?!善|变|动))"
)
_DONE = re.compile(
    r"已经?(?:全部|全|均|都|及时|按时|按期|按照?要求|立即|当场|当日|当天|现场|完全|彻底|自行|提前|于?[\d月日.-]+){1,3}"
    r"(?:整改|完成|清理|处理|解决|修复|拆除|更换|办结|落实|处置)"
)
_ONGOING = re.compile(
    r"(?:正在?|[尚仍还]在)[^,;\uff0c\uff1b未没不已]{0,6}(整改|整治|处理|处置|办理|推进|落实|施工|清理|修复|维修|协调|改造)中?"
)
_EITHER = re.compile(r"(整改|完成|解决|销号|办结|到位)[/或](未|没|不|否)|未(整改|完成|解决|销号)[/或](已|整改)")
_BOTH_MARKS = re.compile("[√✓✔][/或]?[×✗✘x]")  # how a column is to be filled in, no result
_REFUSED = re.compile("不合格|不通过|不到位|未通过|不符合|退回|驳回")
_ACCEPTED = re.compile("合格|通过|销号|销项|闭环|属实|符合|达标")
_REMAINING = re.compile(r"剩余?\d+[天日]")
_AWAITED = re.compile(
    r"待(整改|完成|处理|解决|落实|办结)(完成|完毕|到位|结束)|待[^已未复验审销核,;\uff0c\uff1b]{1,6}(整改|处理|解决|维修|修复)"
)
_FUTURE = re.compile(r"(计划|预计|拟|争取|力争|将于|准备|打算)|(\d|月|日|底|末)前(完成|整改|办结|落实|到位)")
_PERCENT = re.compile(r"(\d+(?:\.\d+)?)%")
_HEAD = re.compile(
    r"^\s*([^\s:,;。(\uff08\uff1a\uff0c\uff1b、]+)[\s:,;。(\uff08\uff1a\uff0c\uff1b、]+(.*?)[)\uff09。]?\s*$", re.DOTALL
)
_RESULT_MARKS = frozenset("√✓✔☑×✗✘☒✕╳○/—是否")
_RESULT_WORDS = frozenset(
    (
        "符合",
        "不符合",
        "合格",
        "不合格",
        "达标",
        "不达标",
        "正常",
        "异常",
        "不适用",
        "无法检查",
        "停业",
        "未营业",
        "未见点位",
        "通过",
        "不通过",
    )
)


@lru_cache(maxsize=16384)
def is_result(text: str) -> bool:
    """Whether a cell reads like the result of a check: a mark, a word of result, options to tick, a lone 1, 0, 100%."""
    plain = marked(text)
    if not plain or is_choice_of_marks(text):
        return False
    if plain in _RESULT_MARKS or plain in _RESULT_WORDS or plain in ("1", "0", "100%", "x", "v", "--", "-", "n/a"):
        return True
    head = _HEAD.match(text)
    return plain[0] in "√✓✔☑×✗✘□■" or (bool(head) and marked(head[1]) in _RESULT_WORDS)


def is_choice_of_marks(text: str) -> bool:
    """Whether a text names both marks (√/×), as a heading does that says how its cells are filled in."""
    return bool(_BOTH_MARKS.fullmatch(marked(text)))


def is_tick(value: object) -> bool:
    """Whether a cell of a column to tick is ticked: anything but blank, an empty box, a dash, a cross or a no."""
    return not is_blank(value) and marked(as_text(value)) not in (
        "",
        "□",
        "☐",
        "○",
        "/",
        "—",
        "-",
        "0",
        "×",
        "否",
        "无",
    )


def read_state(text: str, vocabulary: Vocabulary) -> str:
    """The state of a ledger cell's words, or UNKNOWN.

    The whole cell is a listed word, else the listed words that it contains mean one state; negatives go first.
    """
    plain = marked(text).replace("已经", "已")
    if (state := vocabulary.states.get(plain)) is not None:
        return state
    if _EITHER.search(plain) or len(_listed_parts(text, vocabulary)) > 1:
        return UNKNOWN
    if _REMAINING.search(plain):
        return OPEN
    percent = _PERCENT.search(plain)
    if percent and float(percent[1]) < 100:
        return UNKNOWN
    if _FUTURE.search(plain):
        return _without_plans(text, vocabulary)
    states = set()
    for word in vocabulary.returning:
        if word in plain:
            plain = plain.replace(word, "\0")
            states.add(RETURNED)
    settled = _AWAITED.sub("\0", _NEGATED.sub("\0", plain))
    under_way = _ONGOING.sub("\0", settled)
    rest = _DONE.sub("\0", under_way)
    seen = ((OPEN, plain, settled), (FIXING, settled, under_way), (FIXED, under_way, rest))
    states |= {state for state, before, after in seen if before != after}
    for word in sorted(
        (word for word in vocabulary.states if len(word) > 1 or word in "√×✓✔☑✗✘"), key=len, reverse=True
    ):
        if word in rest:
            rest = rest.replace(word, "\0")
            states.add(vocabulary.states[word])
    return states.pop() if len(states) == 1 else UNKNOWN


def _listed_parts(text: str, vocabulary: Vocabulary) -> set[str]:
    """The states of a cell's parts, where each of them is a listed word (已完成 整改中)."""
    parts = [marked(part) for part in re.split(r"[\s,;，；、。/]+", text) if marked(part)]
    states = [vocabulary.states.get(part) for part in parts]
    return set(states) if len(parts) > 1 and all(states) else set()


def _without_plans(text: str, vocabulary: Vocabulary) -> str:
    """The state of a cell that also says what is planned (正在整改，预计下周完工): of its other clauses."""
    parts = re.split(r"[,;。\uff0c\uff1b、()\uff08\uff09]", text)
    clauses = [clause for clause in parts if clause and not _FUTURE.search(marked(clause))]
    return read_state("，".join(clauses), vocabulary) if clauses else UNKNOWN


def read_review(text: str, vocabulary: Vocabulary) -> str | None:
    """The state a re-check's words mean: a listed one, verified, returned, None, or UNKNOWN."""
    plain = marked(text)
    listed = vocabulary.states.get(plain)
    if listed and len(plain) > 1:
        return listed
    if plain in vocabulary.nothing or re.match(r"^(待|未复|未验|未销|尚未)", plain):
        return None
    if _REFUSED.search(plain) or plain in ("×", "否", "✗", "x"):
        return RETURNED
    if _ACCEPTED.search(plain) or plain in ("√", "是", "✓", "✔", "☑"):
        return VERIFIED
    return read_state(text, vocabulary)


def read_result(text: str, indicator: str, heading: str, vocabulary: Vocabulary) -> tuple[str | None, str | None]:
    """(result, remark) of a checklist cell: a code of readiness.model, None for nothing ticked, or UNKNOWN.

    是 and 否 mean pass or fail by the item, unless the column itself asks whether it complies (是否符合).
    """
    options = ticked(text)
    if options is not None:
        if len(options) != 1:
            return (None if not options else UNKNOWN), None
        return _single(options[0], indicator, heading, vocabulary), None
    whole = _single(text, indicator, heading, vocabulary)
    if whole != UNKNOWN:
        return whole, None
    if (found := _HEAD.match(text)) and (head := _single(found[1], indicator, heading, vocabulary)) != UNKNOWN:
        return head, found[2].strip() or None
    if (mark := text.strip()[:1]) in "√✓✔×✗✘" and mark and not re.search("[√✓✔×✗✘☑☒]", text.strip()[1:]):
        return _single(mark, indicator, heading, vocabulary), text.strip()[1:].strip(
            " ,;:\uff0c\uff1b\uff1a()\uff08\uff09"
        ) or None
    return UNKNOWN, None


def ticked(text: str) -> list[str] | None:
    """The words that a form's ticks choose ("☑符合 □不符合" -> ["符合"]); None where the cell is no such form.

    >>> ticked("☑符合 □不符合"), ticked("□符合□不符合"), ticked("符合(√) 不符合( )"), ticked("符合")
    (['符合'], [], ['符合'], None)
    """
    found = re.findall(f"([{_TICKED}{_UNTICKED}])\\s*([^\\s{_TICKED}{_UNTICKED}]+)", text)
    if found and (len(found) > 1 or found[0][0] in _UNTICKED or text.strip()[0] in "☑■"):
        return [re.sub(r"[\s/;,。、]+$", "", word) for mark, word in found if mark in _TICKED]
    after = re.findall(r"([^\s()\uff08\uff09]+?)\s*[(\uff08]\s*([√✓✔]?)\s*[)\uff09]", text)
    if len(after) > 1:
        return [word for word, mark in after if mark]
    return None


def polarity(indicator: str, vocabulary: Vocabulary) -> str | None:
    """The bad answer (是 or 否) to a yes/no item: the catalogue's, else by its words; None when they do not tell."""
    if (bad := vocabulary.item_answers.get(folded(indicator))) is not None:
        return bad
    if re.search(r"是否存在|有无存在|存在", indicator):
        return "是"
    plain = re.sub(r"是否|有无|有没有", "", indicator)
    bad_words, good_words = vocabulary.words["polarity"]["yes_is_bad"], vocabulary.words["polarity"]["no_is_bad"]
    negated = re.sub(
        "(无|不|未|没有|禁止|杜绝)[^,,、;;。]{0,6}?(" + "|".join(map(re.escape, bad_words)) + ")", "完好", plain
    )
    bad = any(word in negated for word in bad_words)
    unspoilt = re.sub(f"({'|'.join(map(re.escape, bad_words))})({'|'.join(map(re.escape, good_words))})", "", negated)
    good = any(word in unspoilt for word in good_words)  # 乱张贴 is no 张贴
    if bad and good:
        return None
    if bad:
        return "是"
    if re.search("是否(有|设|具备|配|建|装)|有无|有没有", indicator):
        return "否"
    return "否" if good or "是否" not in indicator else None


def _single(text: str, indicator: str, heading: str, vocabulary: Vocabulary) -> str | None:
    plain = marked(text)
    if not plain:
        return UNKNOWN if text.strip() else None
    meaning = vocabulary.results.get(plain, UNKNOWN)
    if meaning in (PASS, FAIL, NA, UNINSPECTABLE, UNKNOWN):
        return meaning
    if plain in ("无", "有", "没有", "未") and not re.search(r"有无|是否有|是否存在|有没有", indicator):
        return UNKNOWN
    if re.search(r"是否(符合|达标|合格)", heading):
        return PASS if meaning == "yes" else FAIL
    bad = polarity(indicator, vocabulary)
    if bad is None:
        return UNKNOWN
    return FAIL if (meaning == "yes") == (bad == "是") else PASS
