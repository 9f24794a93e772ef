"""How long each file to take away takes to make, with one and with ten times the history, beside the day's numbers."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date
from typing import TypeVar

import pandas as pd

from readiness.decisions import decisions_on
from readiness.facts import place_facts
from readiness.reference import load_reference
from readiness.standing import standing
from readiness.trends import as_of_day
from reports.brief import brief
from reports.content import Report, report_of
from reports.deck import deck
from reports.evidence import evidence
from reports.summary import summary
from store import album, load_decisions, load_snapshot, open_store

LIMIT = 10.0  # seconds
Made = TypeVar("Made")
FILES: dict[str, Callable[[Report], bytes]] = {
    "deck": deck, "brief": brief, "summary": summary,
    "evidence of all": lambda report: evidence(report, report.now.issues),
    "evidence of an area": lambda report: evidence(report, _of_one_area(report))}


def table(once: str, tenfold: str) -> list[str]:
    """The printed lines: a row a file, what is shared by all of them first. Databases as addresses."""
    lines = [f"{'':20}{'once s':>9}{'of limit':>10}{'tenfold s':>11}{'of limit':>10}{'x numbers':>11}"]
    times = {name: _times(url) for name, url in (("once", once), ("tenfold", tenfold))}
    for name, first in times["once"].items():
        ten = times["tenfold"][name]
        lines.append(f"{name:20}{first:9.2f}{first / LIMIT:10.0%}{ten:11.2f}{ten / LIMIT:10.0%}"
                     f"{ten / times['tenfold']['numbers']:11.1f}")
    return lines


def _times(url: str) -> dict[str, float]:
    engine, reference = open_store(url), load_reference()
    snapshot = load_snapshot(engine)
    as_of = as_of_day(snapshot, date.max)
    facts, placing = _timed(lambda: place_facts(snapshot, reference))
    _now, numbers = _timed(lambda: standing(facts, reference, as_of))
    report, content = _timed(lambda: report_of(
        facts, reference, as_of, decisions_on(load_decisions(engine), as_of), album(engine), snapshot))
    made = {name: placing + content + _timed(lambda write=write: write(report))[1] for name, write in FILES.items()}
    return {"numbers": numbers, "facts and content": placing + content, **made}


def _timed(make: Callable[[], Made]) -> tuple[Made, float]:
    begin = time.perf_counter()
    made = make()
    return made, time.perf_counter() - begin


def _of_one_area(report: Report) -> pd.DataFrame:
    """The issues of the area that has the most of them."""
    issues = report.now.issues
    return issues[issues["area_code"] == issues["area_code"].mode()[0]]
