"""Content: where the cells under a heading decide what its words leave open."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from loaders.grid import Sheet
from loaders.tables.areas import AreaNames
from loaders.tables.columns import TICKED_STATE, Column, Heading, sample
from loaders.tables.concepts import BESIDE_A_PROBLEM, CHECK_ONLY, LEDGER_ONLY, PATROL_ONLY, PLACE
from loaders.tables.context import round_in
from loaders.tables.headings import ANSWERED, STRIPPED, Headings
from loaders.text import as_text, folded, marked
from loaders.values.states import UNKNOWN, is_result, read_state

_CORNER = re.compile(r"[\\/＼／|｜\n]+")
_PLACE_END = re.compile(
    "(小区|新村|[一二三四五六七八九十]村|苑|里|弄|坊|路|街|巷|道|口|站|园|场|校|学|院|店|铺|市|馆|所|号|楼|城|中心)$"
)
_PLACES_TOO = re.compile("[/、和与及或].*(点位|小区|位置|地点|路段|场所)")


@dataclass(frozen=True)
class _About:
    """A heading with what its rules look at: the cells below, the words and the names of areas."""

    block: Heading
    sheet: Sheet
    headings: Headings
    areas: AreaNames

    @cached_property
    def has(self) -> set[str | None]:
        return {column.concept for column in self.block.columns}

    def of(self, concept: str | None) -> list[Column]:
        return [column for column in self.block.columns if column.concept == concept]

    def values(self, column: Column) -> list[object]:
        return sample(self.sheet, self.block, column.index)

    def area_share(self, column: Column) -> float:
        """The share of a column's filled cells that name an area."""
        values = self.values(column)
        return sum(self.areas.code(as_text(value)) is not None for value in values) / max(len(values), 1)


    def all_states(self, column: Column) -> bool:
        """Whether each of a column's cells says a state in words."""
        texts = [as_text(value) for value in self.values(column)]
        words = self.headings.vocabulary
        return bool(texts) and all(len(text) > 1 and read_state(text, words) not in (UNKNOWN, None) for text in texts)

    def place_share(self, texts: Iterable[str]) -> float:
        """The share of texts that name an area or end as places do."""
        said = [bool(self.areas.code(text) or _PLACE_END.search(text)) for text in texts]
        return sum(said) / max(len(said), 1)


def by_content(block: Heading, sheet: Sheet, headings: Headings, areas: AreaNames) -> Iterator[Column]:
    """The columns, where their cells decide what their words leave open: by the first rule that speaks of a column."""
    about = _About(block, sheet, headings, areas)
    meant: dict[Column, Column] = {}
    for rule in _RULES:
        meant = {**rule(about), **meant}
    for column in block.columns:
        yield column if column.sureness == ANSWERED else meant.get(column, column)


def _meaning(column: Column | None, concept: str | None) -> dict[Column, Column]:
    """The column under a concept that its words do not give."""
    return {} if column is None else {column: replace(column, concept=concept, sureness=STRIPPED)}


def _results_without_heading(about: _About) -> dict[Column, Column]:
    return _meaning(_unnamed_result(about.block, about.sheet), "result")


def _descriptions_without_heading(about: _About) -> dict[Column, Column]:
    return _meaning(_unnamed_description(about.block, about.sheet), "description")


def _places_under_areas(about: _About) -> dict[Column, Column]:
    """Places, not areas, under a heading that names both (居民区/点位)."""
    both = [column for column in about.of("area") if _PLACES_TOO.search(column.heading) and about.values(column)]
    return {column: replace(column, concept="site") for column in both if about.area_share(column) < 0.5}


def _places_under_kinds(about: _About) -> dict[Column, Column]:
    return _meaning(_place_under_its_kind(about.block, about.sheet, about.headings), "site")


def _rounds_under_kinds(about: _About) -> dict[Column, Column]:
    kinds = [] if "round" in about.has else about.of("site_kind")
    return {
        column: replace(column, concept="round")
        for column in kinds
        if _names_rounds(column, about.block, about.sheet, about.headings)
    }


def _results_under_reviews(about: _About) -> dict[Column, Column]:
    """复查结果 beside items and nothing of a ledger: the result of the check."""
    if "indicator" not in about.has or about.has & (LEDGER_ONLY - {"review"} | {"result"}):
        return {}
    return {column: replace(column, concept="result") for column in about.of("review")}


def _sentences_under_results(about: _About) -> dict[Column, Column]:
    concept = None if "description" in about.has else "description"
    return {column: replace(column, concept=concept) for column in _described_results(about.block, about.sheet)}


def _coarser_items(about: _About) -> dict[Column, Column]:
    broader = _broader_indicators(about.block, about.sheet)
    return {
        column: replace(column, concept=None if "category" in about.has else concept)
        for column, concept in broader.items()
    }


def _areas_without_heading(about: _About) -> dict[Column, Column]:
    if about.has & {"area", "area_community", "area_grid"}:
        return {}
    named = (column for column in about.of(None) if len(about.values(column)) > 1)
    found = (_meaning(column, "area") for column in named if about.area_share(column) >= 0.8)
    return {column: meant for each in found for column, meant in each.items()}


def _areas_as_headings(about: _About) -> dict[Column, Column]:
    """A heading that is itself an area (广水居委会) heads what is said of that area."""
    own = about.areas.subdistrict | {None}
    named = (column for column in about.block.columns if column.concept and about.areas.code(column.heading) not in own)
    return {column: replace(column, concept=None, sureness=0.0) for column in named}


def _states_without_heading(about: _About) -> dict[Column, Column]:
    """The one column of states under a heading on no list (情况), in a table of problems without a state."""
    if "description" not in about.has or about.has & {"status", "review", "result"}:
        return {}
    free = [column for column in about.of(None) if column.parts and about.all_states(column)]
    return _meaning(free[0], "status") if len(free) == 1 else {}


def _corners(about: _About) -> dict[Column, Column]:
    """A corner that names what stands below and across (项目＼点位): what is below, by what it looks like."""
    found = {}
    for column in about.block.columns:
        named = [about.headings.concept(part)[0] for part in _CORNER.split(column.heading) if part.strip()]
        if len(named) == 2 and "indicator" in named and set(named) & PLACE:
            place = next(concept for concept in named if concept != "indicator")
            below = about.place_share(map(as_text, about.values(column)))
            across = about.place_share(one.heading for one in about.of(None) if one.index > column.index)
            concept = named[0] if below == across else place if below > across else "indicator"
            found[column] = replace(column, concept=concept, sureness=STRIPPED)
    return found


def _counts_under_problems(about: _About) -> dict[Column, Column]:
    """发现问题 in a table of patrols with numbers below: how many were found."""
    told = about.of("description") if about.has & PATROL_ONLY else []
    return {column: replace(column, concept="found") for column in told if _counts_any(about.values(column))}


_RULES = (
    _areas_as_headings,
    _corners,
    _results_without_heading,
    _descriptions_without_heading,
    _places_under_areas,
    _places_under_kinds,
    _rounds_under_kinds,
    _results_under_reviews,
    _sentences_under_results,
    _coarser_items,
    _areas_without_heading,
    _states_without_heading,
    _counts_under_problems,
)


def _place_under_its_kind(block: Heading, sheet: Sheet, headings: Headings) -> Column | None:
    """The one column of names headed by a kind of site (路口, 公园) in a table without another column of sites."""
    if {"site", "location"} & {column.concept for column in block.columns}:
        return None
    kinds = headings.vocabulary.kind_words
    named = [column for column in block.columns if column.concept is None and folded(column.heading) in kinds]
    values = sample(sheet, block, named[0].index) if len(named) == 1 else []
    words = [text for value in values if (text := as_text(value)) and not is_result(text)]
    return named[0] if words and len(words) == len(values) and not _mostly_numbers(values) else None


def _names_rounds(column: Column, block: Heading, sheet: Sheet, headings: Headings) -> bool:
    """Whether the words under a heading like 检查类型 are rounds of inspection, not kinds of site."""
    words = {as_text(value) for value in sample(sheet, block, column.index)}
    return bool(words) and all(round_in(word, headings.vocabulary)[0] for word in words)


def with_ticked_states(block: Heading, sheet: Sheet, headings: Headings) -> Heading:
    """The heading, where two or more columns headed by states (已整改 | 整改中) are ticked: they say the state."""
    if block.column("description") is None:
        return block
    states = {
        column: state
        for column in block.columns
        if (state := headings.vocabulary.states.get(marked(column.heading)))
        and len(column.heading) > 1
        and all(is_result(as_text(value)) for value in sample(sheet, block, column.index))
    }
    if len(states) < 2:
        return block
    columns = (
        replace(column, concept=TICKED_STATE + states[column]) if column in states else column
        for column in block.columns
    )
    return replace(block, columns=tuple(columns))


def _described_results(block: Heading, sheet: Sheet) -> list[Column]:
    """Columns headed like results (考察情况) in which sentences stand: the result itself stands in another column."""
    results = [
        column for column in block.columns if column.concept == "result" and folded(column.heading).endswith("情况")
    ]
    if len([column for column in block.columns if column.concept == "result"]) > 1:
        results = [column for column in block.columns if column.concept == "result"]
    shares = {column: _result_share(_said(sample(sheet, block, column.index))) for column in results}
    best = max(shares.values(), default=None)
    return [
        column
        for column, share in shares.items()
        if share is not None and (share < best or (len(results) == 1 and share < 0.3))
    ]


def _said(values: list[object]) -> list[object]:
    """The cells that say more than that there is nothing to say."""
    return [value for value in values if marked(as_text(value)) not in ("/", "—", "-", "--", "——", "无")]


def _unnamed_result(block: Heading, sheet: Sheet) -> Column | None:
    """The one column without a heading of ours that holds results, where items stand but no result."""
    has = {column.concept for column in block.columns}
    if "indicator" not in has or has & (LEDGER_ONLY | CHECK_ONLY - {"deduction", "score", "full_marks"}):
        return None
    free = [
        column
        for column in block.columns
        if column.parts
        and column.concept is None
        and _result_share(sample(sheet, block, column.index) or ["-?"]) >= 0.7
    ]
    return free[0] if len(free) == 1 else None


def _unnamed_description(block: Heading, sheet: Sheet) -> Column | None:
    """The one column of sentences without a heading of ours, in a table that follows problems up but names none."""
    has = {column.concept for column in block.columns}
    if (
        "description" in has
        or has & CHECK_ONLY
        or len(has & LEDGER_ONLY) < 1
        or len(has & (LEDGER_ONLY | BESIDE_A_PROBLEM)) < 3
    ):
        return None
    free = [
        column
        for column in block.columns
        if column.parts and column.concept is None and _sentences(sample(sheet, block, column.index))
    ]
    return free[0] if len(free) == 1 else None


def _sentences(values: list[object]) -> bool:
    texts = [as_text(value) for value in values]
    return bool(texts) and sum(map(len, texts)) >= 4 * len(texts) and not _mostly_numbers(values)


def _broader_indicators(block: Heading, sheet: Sheet) -> dict[Column, str | None]:
    """Of several columns headed like items all but the finest: categories where they stand before it."""
    columns = [column for column in block.columns if column.concept == "indicator"]
    if len(columns) < 2:
        return {}
    distinct = {column: len(set(map(as_text, sample(sheet, block, column.index)))) for column in columns}
    finest = max(columns, key=lambda column: (distinct[column], column.sureness, -column.index))
    return {column: "category" if column.index < finest.index else None for column in columns if column != finest}


def names_kinds(block: Heading, sheet: Sheet, headings: Headings) -> bool:
    """Whether a column headed 类别 names kinds of site."""
    column = block.column("category")
    values = sample(sheet, block, column.index) if column else []
    return bool(values) and all(folded(as_text(value)) in headings.vocabulary.kind_words for value in values)


def _result_share(values: list[object]) -> float:
    return sum(is_result(as_text(value)) for value in values) / len(values) if values else 0.5


def _counts_any(values: list[object]) -> bool:
    """Whether a number stands in the cells, and no sentence."""
    texts = [as_text(value).strip() for value in values]
    return any(re.fullmatch(r"\d+\s*[个处件项条起次]?", text) for text in texts) and max(map(len, texts)) < 8


def _mostly_numbers(values: list[object]) -> bool:
    return bool(values) and sum(
        isinstance(value, (int, float)) or bool(re.match(r"\s*\d+", str(value))) for value in values
    ) >= 0.7 * len(values)
