"""Problems of all waiting files by cause: what is asked once for all rows that say the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from readiness.language import _, n_
from readiness.messages import place, reason
from readiness.model import Batch, Problem
from ui.passwords import is_locked, lock_text
from ui.preview import problem_text

YEAR, AREA, TEXT, ROW, FILE = "year", "area", "text", "row", "file"
SHOWN_PLACES = 4
# What is wrong with each row by itself: one text for all of them would say something untrue.
OF_ITS_OWN = ("description_missing", "site_missing", "two_results", "no_start", "fixed_before_found", "verified_before")


@dataclass
class Cause:
    """Problems that one answer settles. how: a year for the file, an area, a text in place of the cells', or the row
    itself must be looked at; FILE: the whole file cannot be read. found: place of the file among the waiting ones and
    the problem, for each row."""

    how: str
    found: list[tuple[int, Problem]] = field(default_factory=list)

    @property
    def first(self) -> Problem:
        return self.found[0][1]

    @property
    def files(self) -> list[int]:
        """The places of the files, each once."""
        return list(dict.fromkeys(at for at, _problem in self.found))

    def books(self, batches: Sequence[Batch]) -> list[str]:
        """The sha256 of those files."""
        return [batches[at].sha256 for at in self.files]


def causes(batches: Sequence[Batch]) -> list[Cause]:
    """The problems of the files by cause: files that cannot be read first, then by how many rows one answer settles."""
    groups: dict[object, Cause] = {}
    for at, problem in _problems(batches):
        how = _how(problem)
        key = (how, at) if how == YEAR else (how, at, id(problem)) if how == FILE else \
            (problem.code, problem.field, problem.value, repr(dict(problem.facts)))
        groups.setdefault(key, Cause(how)).found.append((at, problem))
    return sorted(groups.values(), key=lambda cause: (cause.how != FILE, -len(cause.found)))


def cause_text(cause: Cause, batches: Sequence[Batch]) -> str:
    """The sentence of a cause: the cell where it is one row's, else how many rows say it; and which file, where that is
    asked: of several files, or of a whole file."""
    words = _words(cause, batches)
    if len(batches) == 1 and cause.how != FILE:
        return words
    files = len(cause.files)
    named = n_("{n} 个文件", files) if files > 1 else batches[cause.files[0]].file
    counted = len(cause.found) > 1 and cause.how not in (YEAR, AREA)  # these words have a colon of their own
    return (_("{place}，{sentence}") if counted else _("{place}：{sentence}")).format(place=named, sentence=words)


def _words(cause: Cause, batches: Sequence[Batch]) -> str:
    problem, count = cause.first, len(cause.found)
    if cause.how == FILE and is_locked(batches[cause.files[0]]):
        return lock_text(batches[cause.files[0]])
    if cause.how == YEAR:
        return n_("{n} 处日期没有写年份，标题、工作表名和文件名里也没有：是哪一年？", count)
    if count == 1:
        return problem_text(problem)
    if problem.code == "area_unknown":
        return n_("{n} 行的居民区写成“{seen}”：应是哪个居民区？", count, seen=problem.value)
    if problem.code == "area_missing":
        return n_("{n} 行看不出属于哪个居民区：应是哪个居民区？", count)
    return n_("{n} 行：{reason}", count, reason=reason(problem))


def cause_places(cause: Cause, batches: Sequence[Batch]) -> str:
    """The cells of a cause of several rows, the first few of them; nothing for one row's, whose sentence names it."""
    several = len(cause.files) > 1
    cells = [f"{batches[at].file} {place(problem)}" if several else place(problem) for at, problem in cause.found]
    if len(cells) == 1 or cause.how == FILE:
        return ""
    shown = _("、").join(cells[:SHOWN_PLACES])
    return _("{cells} 等").format(cells=shown) if len(cells) > SHOWN_PLACES else shown


def _problems(batches: Sequence[Batch]) -> Iterator[tuple[int, Problem]]:
    for at, batch in enumerate(batches):
        yield from ((at, problem) for problem in ([batch.error] if batch.error else [
            problem for table in batch.tables for problem in table.rejected]))


def _how(problem: Problem) -> str:
    if problem.cell is None:
        return FILE if problem.row is None else ROW
    if problem.code == "no_year":
        return YEAR
    if problem.code in ("area_unknown", "area_missing"):
        return AREA
    return ROW if problem.code in OF_ITS_OWN else TEXT
