"""Who has reported in which week: the question that the office asks every day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import pandas as pd

from readiness.facts import Facts
from readiness.model import CHECKLIST, LEDGER, PATROLS

WEEKS = 8
BY_OTHERS = ("mock", "district", "special", "official")  # rounds in which somebody else inspects an area
UPLOAD = "upload"
REPORT_COLUMNS = ("area_code", "on", "what", "upload_id", "sheet", "row")


def monday(day: date) -> date:
    """The Monday of a day's week.

    >>> monday(date(2026, 10, 25)), monday(date(2026, 10, 26))
    (datetime.date(2026, 10, 19), datetime.date(2026, 10, 26))
    """
    return day - timedelta(days=day.weekday())


def reports_until(facts: Facts, as_of: date) -> pd.DataFrame:
    """What the areas themselves reported up to as_of, one row a fact or an upload: REPORT_COLUMNS, sorted by day.

    what: checklist (a check), ledger (a row, on the day it was found, else the day its state holds), patrols, or upload
    (a book that speaks of this area alone, on the day it came; it has no sheet and no row). What others inspect (a
    mock, district, special or official round) is no report of the area; nor is a row of a ledger that speaks of several
    areas, which somebody else keeps.
    """
    alone = _of_one_area(facts)
    checks = facts.checks[~facts.checks["round"].isin(BY_OTHERS)]
    ledger = facts.ledger[~facts.ledger["round"].isin(BY_OTHERS) & facts.ledger["upload_id"].isin(alone["upload_id"])]
    found = [checks.assign(on=checks["held_on"], what=CHECKLIST),
             ledger.assign(on=ledger["found_on"].fillna(ledger["held_on"]), what=LEDGER),
             facts.patrols.assign(on=facts.patrols["date"], what=PATROLS),
             alone.assign(on=alone["uploaded_on"], what=UPLOAD)]
    reports = pd.concat([frame.reindex(columns=list(REPORT_COLUMNS)) for frame in found], ignore_index=True)
    reports = reports[reports["on"] <= pd.Timestamp(as_of)]
    return reports.sort_values(["on", "area_code", "upload_id", "row"], kind="stable", ignore_index=True)


def _of_one_area(facts: Facts) -> pd.DataFrame:
    """upload_id, area_code and uploaded_on of the books whose checks, ledgers and patrols are of one area."""
    columns = ["upload_id", "area_code", "uploaded_on"]
    books = pd.concat([frame[columns] for frame in (facts.checks, facts.ledger, facts.patrols)]).drop_duplicates()
    return books[~books["upload_id"].duplicated(keep=False)]


def weekly_board(reports: pd.DataFrame, areas: Sequence[str], as_of: date, weeks: int = WEEKS) -> pd.DataFrame:
    """One row an area and week: area_code, week (its Monday), reported, checks (how many), in the order of areas and
    days; the last week is that of as_of, which may not be over.

    reports: reports_until. areas: the codes of those who are to report.
    """
    mondays = pd.date_range(end=monday(as_of), periods=weeks, freq="7D").astype("datetime64[s]")
    every = pd.MultiIndex.from_product([areas, mondays], names=["area_code", "week"])
    week = reports["on"] - pd.to_timedelta(reports["on"].dt.day_of_week, unit="D")
    said = reports.assign(week=week, check=reports["what"] == CHECKLIST).groupby(["area_code", "week"])["check"]
    board = pd.DataFrame({"reported": said.size() > 0, "checks": said.sum()}).reindex(every)
    reported = board["reported"].notna()
    return board.assign(reported=reported, checks=board["checks"].fillna(0).astype("int64")).reset_index()


def not_reported(board: pd.DataFrame, week: date) -> list[str]:
    """The codes of those that have not reported in the week of that Monday. board: weekly_board."""
    return board.loc[(board["week"] == pd.Timestamp(week)) & ~board["reported"], "area_code"].tolist()


def last_days(reports: pd.DataFrame, areas: Sequence[str]) -> pd.Series:
    """The last day on which each area reported, by its code, in the order given; missing where it never did."""
    return reports.groupby("area_code")["on"].max().reindex(list(areas))


def reports_in(reports: pd.DataFrame, week: date, area_code: str | None = None) -> pd.DataFrame:
    """The reports of a week, of one area or of all: the rows behind a cell of the board."""
    end = pd.Timestamp(week) + pd.Timedelta(days=7)
    wanted = (reports["on"] >= pd.Timestamp(week)) & (reports["on"] < end)
    return reports[wanted & (reports["area_code"] == area_code)] if area_code else reports[wanted]
