"""What a deck, a brief and a summary are made of: one day's numbers against those of the day compared with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import pandas as pd

from charts.ranking import ranking_rows
from readiness.decisions import OVERDUE
from readiness.facts import Facts
from readiness.model import OPEN, ReadinessError, Snapshot
from readiness.pictures import Album, before_and_after, placed_pictures
from readiness.reference import Reference
from readiness.sentences import Sentence, sentences
from readiness.special import special_rows
from readiness.standing import Standing, standing
from readiness.trends import score_by_day

RANKING_HEADS = ("名次", "居民区", "得分", "变化", "检查覆盖率", "未销号", "超期", "分档")
COMPARED_DAYS, TREND_WEEKS, PAIRS = 7, 12, 12


@dataclass(frozen=True)
class Pair:
    """A problem that was put right: its words, and the pictures before and after."""

    words: str
    before: bytes
    after: bytes


@dataclass(frozen=True)
class Report:
    """name: whose report; now, before: the standings of the day and of the day compared with; found: the sentences.

    scores: day, score, coverage of the last weeks; special: readiness.special.special_rows; decisions: those of
    readiness.decisions.decisions_on that are open or overdue; pairs: of fixes that were verified lately; uploads:
    Snapshot.uploads.
    """

    name: str
    reference: Reference
    facts: Facts
    now: Standing
    before: Standing
    found: tuple[Sentence, ...]
    scores: pd.DataFrame
    special: pd.DataFrame
    decisions: pd.DataFrame
    pairs: tuple[Pair, ...]
    album: Album
    uploads: pd.DataFrame
    demo: bool

    @property
    def as_of(self) -> date:
        """The day that the numbers speak of."""
        return self.now.as_of

    @property
    def stamp(self) -> str:
        """What stands on each page: the data's day, the coverage, the standard's hash, the demonstration's mark."""
        day = self.as_of
        words = [f"数据截至 {day.year}年{day.month}月{day.day}日", f"检查覆盖率 {self.now.subdistrict.coverage:.0%}",
                 f"标准 {self.reference.hash}", *(["示例数据"] if self.demo else [])]
        return "　".join(words)


def report_of(facts: Facts, reference: Reference, as_of: date, decisions: pd.DataFrame, album: Album,
              snapshot: Snapshot) -> Report:
    """The report of a day. decisions: decisions_on of the day; album: store.album; snapshot: what facts were placed of.

    Raises ReadinessError where nothing has been checked and no problem is known: there is nothing to report.
    """
    now = standing(facts, reference, as_of)
    if not now.subdistrict.checked_items and now.issues.empty:
        raise ReadinessError(f"{as_of} 还没有任何检查和问题，没有可以汇报的内容；请先导入检查表或台账。")
    before = standing(facts, reference, as_of - timedelta(days=COMPARED_DAYS))
    areas = reference.areas.sort_values("ranked", kind="stable")
    return Report(
        name=areas["official_name"].iloc[0], reference=reference, facts=facts, now=now, before=before,
        found=tuple(sentences(now, before, reference)),
        scores=score_by_day(facts, reference, as_of - timedelta(weeks=TREND_WEEKS), as_of),
        special=special_rows(now, facts, reference), pairs=_pairs(now, facts, reference, album), album=album,
        uploads=snapshot.uploads, demo=snapshot.demo,
        decisions=decisions[decisions["state"].isin((OPEN, OVERDUE))].reset_index(drop=True))


def _pairs(now: Standing, facts: Facts, reference: Reference, album: Album) -> tuple[Pair, ...]:
    """The newest verified fixes that have pictures of before and after."""
    found = before_and_after(placed_pictures(album.uses, facts, now.as_of), now.issues).head(PAIRS)
    pictures, names = album.small([*found["before"], *found["after"]]), reference.area_names()
    return tuple(Pair(f"{names[row.area_code]} {place_of(row)}：{row.description}，{row.verified_on:%m-%d} 销号",
                      pictures[row.before], pictures[row.after]) for row in found.itertuples())


def ranked(report: Report) -> pd.DataFrame:
    """The ranked areas as charts.ranking.ranking_rows gives them, against the day compared with."""
    return ranking_rows(report.now.areas, report.before.areas, report.reference.settings)


def ranking_lines(report: Report) -> list[tuple[object, ...]]:
    """What a table of the ranking says, a line an area in the columns of RANKING_HEADS."""
    bands = {band.key: band.name for band in report.reference.settings.bands}
    return [(number_words(row.rank, "{:.0f}"), row.short_name, number_words(row.score, "{:.1f}", "资料不足"),
             number_words(row.change, "{:+.1f}"), f"{row.coverage:.0%}", row.open, row.overdue,
             bands.get(row.band, "—")) for row in ranked(report).itertuples()]


def number_words(value: float | None, words: str, missing: str = "—") -> str:
    """The value in words, or what stands for a missing one.

    >>> number_words(2.34, "{:+.1f}"), number_words(None, "{:.0f}"), number_words(float("nan"), "{:.1f}", "资料不足")
    ('+2.3', '—', '资料不足')
    """
    return missing if value is None or pd.isna(value) else words.format(value)


def place_of(row: object) -> str:
    """The site and the place at it, as far as they are known."""
    return " ".join(text for text in (row.site, row.location) if isinstance(text, str))
