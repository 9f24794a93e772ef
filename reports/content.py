"""What a deck, a brief and a summary are made of: one day's numbers against those of the day compared with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import pandas as pd

from readiness.decisions import OVERDUE
from readiness.facts import Facts
from readiness.model import OPEN, ReadinessError, Snapshot
from readiness.pictures import Album, before_and_after, placed_pictures
from readiness.reference import Reference
from readiness.sentences import Sentence, sentences
from readiness.special import MISSED, special_view
from readiness.standing import Standing, standing
from readiness.trends import score_by_day

COMPARED_DAYS, TREND_WEEKS, PAIRS = 7, 12, 12
SPECIAL_COLUMNS = ("name", "sites", "missed", "passing", "failing", "rate", "worst")


@dataclass(frozen=True)
class Pair:
    """A problem that was put right: its words, and the pictures before and after."""

    words: str
    before: bytes
    after: bytes


@dataclass(frozen=True)
class Report:
    """name: whose report; now, before: the standings of the day and of the day compared with; found: the sentences.

    scores: day, score, coverage of the last weeks; special: a row an inspection (SPECIAL_COLUMNS); decisions: those of
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
        special=_special(now, facts, reference), pairs=_pairs(now, facts, reference, album), album=album,
        uploads=snapshot.uploads, demo=snapshot.demo,
        decisions=decisions[decisions["state"].isin((OPEN, OVERDUE))].reset_index(drop=True))


def _pairs(now: Standing, facts: Facts, reference: Reference, album: Album) -> tuple[Pair, ...]:
    """The newest verified fixes that have pictures of before and after."""
    found = before_and_after(placed_pictures(album.uses, facts, now.as_of), now.issues).head(PAIRS)
    pictures, names = album.small([*found["before"], *found["after"]]), reference.area_names()
    return tuple(Pair(f"{names[row.area_code]} {place_of(row)}：{row.description}，{row.verified_on:%m-%d} 销号",
                      pictures[row.before], pictures[row.after]) for row in found.itertuples())


def place_of(row: object) -> str:
    """The site and the place at it, as far as they are known."""
    return " ".join(text for text in (row.site, row.location) if isinstance(text, str))


def _special(now: Standing, facts: Facts, reference: Reference) -> pd.DataFrame:
    """Each special inspection: its sites, those this round has not reached, what passes, and the worst item."""
    rows = []
    for inspection in (reference.inspections.iloc[at] for at in range(len(reference.inspections))):
        view = special_view(now, facts, inspection, reference.settings.round_days)
        passing, failing = int(view.items["passing"].sum()), int(view.items["failing"].sum())
        worst = view.items.iloc[0]["indicator"] if failing else None
        rate = passing / (passing + failing) if passing + failing else None
        missed = int((view.sites["reached"] == MISSED).sum())
        rows.append((inspection["name"], len(view.sites), missed, passing, failing, rate, worst))
    return pd.DataFrame(rows, columns=list(SPECIAL_COLUMNS))
