"""Content: where the cells under a heading decide what its words leave open."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from loaders.grid import Sheet
from loaders.tables.areas import AreaNames
from loaders.tables.below import Below, counts, numbers
from loaders.tables.columns import TICKED_STATE, Column, Heading
from loaders.tables.concepts import BESIDE_A_PROBLEM, CHECK_ONLY, LEDGER_ONLY, PATROL_ONLY, PLACE
from loaders.tables.context import round_in
from loaders.tables.headings import ANSWERED, STRIPPED, Headings
from loaders.text import folded, marked
from loaders.values.states import is_result

_CORNER = re.compile(r"[\\/＼／|｜\n]+")
_PLACES_TOO = re.compile("[/、和与及或].*(点位|小区|位置|地点|路段|场所)")
_LEVEL = re.compile("[一二三四1-4]级指标")
Meant = dict[Column, Column]  # a column -> the column as its cells show it


def by_content(block: Heading, sheet: Sheet, headings: Headings, areas: AreaNames) -> Iterator[Column]:
    """The columns, where their cells decide what their words leave open: by the first rule that speaks of a column."""
    below = Below(block, sheet, headings, areas)
    meant: Meant = {}
    for rule in _RULES:
        meant = {**rule(below), **meant}
    for column in block.columns:
        yield column if column.sureness == ANSWERED else meant.get(column, column)


def with_ticked_states(block: Heading, sheet: Sheet, headings: Headings, areas: AreaNames) -> Heading:
    """The heading, where two or more columns headed by states (已整改 | 整改中) are ticked: they say the state."""
    if block.column("description") is None:
        return block
    below, words = Below(block, sheet, headings, areas), headings.vocabulary.states
    headed = {column: words[marked(column.heading)] for column in block.columns if marked(column.heading) in words}
    states = {column: state for column, state in headed.items()
              if len(column.heading) > 1 and all(map(is_result, below.texts(column)))}
    if len(states) < 2:
        return block
    columns = (replace(column, concept=TICKED_STATE + states[column]) if column in states else column
               for column in block.columns)
    return replace(block, columns=tuple(columns))


def _as(columns: list[Column], concept: str | None) -> Meant:
    """The columns under a concept that their words give in part."""
    return {column: replace(column, concept=concept) for column in columns}


def _only(columns: list[Column], concept: str) -> Meant:
    """The one column under a concept that its words do not give; nothing where there are several."""
    return {columns[0]: replace(columns[0], concept=concept, sureness=STRIPPED)} if len(columns) == 1 else {}


def _areas_as_headings(below: Below) -> Meant:
    """A heading that is itself an area (广水居委会) heads what is said of that area."""
    own = below.areas.subdistrict | {None}
    named = (column for column in below.block.columns if column.concept and below.areas.code(column.heading) not in own)
    return {column: replace(column, concept=None, sureness=0.0) for column in named}


def _corners(below: Below) -> Meant:
    """A corner that names what stands below and across (项目＼点位): what is below, by what it looks like."""
    found = {}
    for column in below.block.columns:
        named = [below.headings.concept(part)[0] for part in _CORNER.split(column.heading) if part.strip()]
        if len(named) == 2 and "indicator" in named and set(named) & PLACE:
            place = next(concept for concept in named if concept != "indicator")
            down = below.place_share(below.texts(column))
            across = below.place_share(one.heading for one in below.of(None) if one.index > column.index)
            concept = named[0] if down == across else place if down > across else "indicator"
            found[column] = replace(column, concept=concept, sureness=STRIPPED)
    return found


def _results_without_heading(below: Below) -> Meant:
    """Results under a heading on no list, where items stand but no result."""
    if "indicator" not in below.has or below.has & (LEDGER_ONLY | CHECK_ONLY - {"deduction", "score", "full_marks"}):
        return {}
    return _only([column for column in below.unnamed() if (below.result_share(column) or 0) >= 0.7], "result")


def _descriptions_without_heading(below: Below) -> Meant:
    """Sentences under a heading on no list, in a table that follows problems up but names none."""
    followed = below.has & LEDGER_ONLY and len(below.has & (LEDGER_ONLY | BESIDE_A_PROBLEM)) > 2
    if "description" in below.has or below.has & CHECK_ONLY or not followed:
        return {}
    return _only([column for column in below.unnamed() if below.sentences(column)], "description")


def _places_under_areas(below: Below) -> Meant:
    """Places, not areas, under a heading that names both (居民区/点位)."""
    both = [column for column in below.of("area") if _PLACES_TOO.search(column.heading) and below.texts(column)]
    return _as([column for column in both if below.area_share(column) < 0.5], "site")


def _places_under_kinds(below: Below) -> Meant:
    """Names headed by a kind of site (路口, 公园) in a table without another column of sites."""
    kinds = below.headings.vocabulary.kind_words
    named = [column for column in below.of(None) if folded(column.heading) in kinds]
    if below.has & {"site", "location"} or len(named) != 1:
        return {}
    texts = below.texts(named[0])
    return _only(named, "site") if texts and not any(map(is_result, texts)) and not numbers(texts) else {}


def _rounds_under_kinds(below: Below) -> Meant:
    """Rounds of inspection, not kinds of site, under a heading like 检查类型."""
    words, kinds = below.headings.vocabulary, [] if "round" in below.has else below.of("site_kind")
    return _as([column for column in kinds if (texts := below.texts(column))
                and all(round_in(text, words)[0] for text in texts)], "round")


def _results_under_reviews(below: Below) -> Meant:
    """复查结果 beside items and nothing of a ledger: the result of the check."""
    ledger = below.has & (LEDGER_ONLY - {"review"} | {"result"})
    return _as(below.of("review"), "result") if "indicator" in below.has and not ledger else {}


def _sentences_under_results(below: Below) -> Meant:
    """Sentences under a heading like a result's (考察情况): the result itself stands in another column."""
    results = below.of("result")
    told = results if len(results) > 1 else [column for column in results if folded(column.heading).endswith("情况")]
    shares = {column: 0.5 if (share := below.result_share(column)) is None else share for column in told}
    best = max(shares.values(), default=0.0)
    found = [column for column, share in shares.items() if share < best or (len(told) == 1 and share < 0.3)]
    return _as(found, None if "description" in below.has else "description")


def _coarser_items(below: Below) -> Meant:
    """Of several columns headed like items all but the finest: categories where they stand before it."""
    items = below.of("indicator")
    if len(items) < 2:
        return {}
    finest = max(items, key=lambda column: (len(set(below.texts(column))), not _LEVEL.search(column.heading),
                                            column.sureness, -column.index))
    before = [column for column in items if column.index < finest.index]
    after = [column for column in items if column.index > finest.index]
    return _as(before, None if "category" in below.has else "category") | _as(after, None)


def _areas_without_heading(below: Below) -> Meant:
    if below.has & {"area", "area_community", "area_grid"}:
        return {}
    named = [column for column in below.of(None) if len(below.texts(column)) > 1 and below.area_share(column) >= 0.8]
    return {column: replace(column, concept="area", sureness=STRIPPED) for column in named}


def _states_without_heading(below: Below) -> Meant:
    """States under a heading on no list (情况), in a table of problems without a state."""
    if "description" not in below.has or below.has & {"status", "review", "result"}:
        return {}
    return _only([column for column in below.unnamed() if below.all_states(column)], "status")


def _counts_under_problems(below: Below) -> Meant:
    """发现问题 in a table of patrols with numbers below: how many were found."""
    told = below.of("description") if below.has & PATROL_ONLY else []
    return _as([column for column in told if counts(below.texts(column))], "found")


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
