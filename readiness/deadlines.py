"""Deadlines: the book's own where it states one, else so many working days after the finding, as the standard says."""

from __future__ import annotations

import numpy as np
import pandas as pd

from readiness.clean import cleaned
from readiness.language import _
from readiness.office_files import LINE, OfficeFile, csv_rows, refuse
from readiness.workdays import after_workdays

DEADLINE_COLUMNS = ("category", "severity", "days", "source")
REMINDER_COLUMNS = ("days", "tell", "source")
NEEDED = (0, 1)
MOST = 366
FROM_BOOK, FROM_STANDARD = "book", "standard"
_MARK = "\x1f"


def with_deadlines(issues: pd.DataFrame, deadlines: pd.DataFrame) -> pd.DataFrame:
    """The issues with deadline and deadline_from: due_on (FROM_BOOK), else found_on and the standard's working days
    (FROM_STANDARD); both missing for an issue that states neither day. due_on itself stays as it is.

    deadlines: Reference.deadlines.
    """
    stated = issues["due_on"].notna()
    deadline = issues["due_on"].where(stated, after_workdays(issues["found_on"], allowed_days(issues, deadlines)))
    source = pd.Series(FROM_STANDARD, index=issues.index).mask(stated, FROM_BOOK)
    return issues.assign(deadline=deadline, deadline_from=source.where(deadline.notna()))


def allowed_days(issues: pd.DataFrame, deadlines: pd.DataFrame) -> pd.Series:
    """How many working days the standard allows each issue, by its category and severity.

    The row that names both counts, else the shorter of those that name one of them, else the one that names neither.
    """
    category, severity = cleaned(issues["category"]), cleaned(issues["severity"])
    days = pd.Series(deadlines["days"].to_numpy(), index=_keys(deadlines["category"], deadlines["severity"]))
    both, of_category, of_severity = ((one + _MARK + other).map(days) for one, other in (
        (category, severity), (category, ""), ("", severity)))
    either = of_category.where(of_severity.isna() | (of_category <= of_severity), of_severity)
    return both.fillna(either).fillna(days[_MARK]).astype(np.int64)


def deadlines_from(file: OfficeFile) -> pd.DataFrame:
    """The rows of standard/deadlines.csv: category, severity ("" for any), days, source. Raises ReadinessError."""
    rows = csv_rows(file, DEADLINE_COLUMNS)
    rows = rows.assign(days=_whole_numbers(file, rows, 1, MOST), key=_keys(rows["category"], rows["severity"]))
    again = rows.duplicated("key")
    if again.any():
        row = rows[again].iloc[0]
        first = rows.loc[rows["key"] == row["key"], LINE].iloc[0]
        raise file.error(int(row[LINE]), _("类别和程度同第 {line} 行一样，应只留一行。").format(line=first))
    if _MARK not in set(rows["key"]):
        raise file.error(None, _("缺少 category 和 severity 都留空的一行，它管其余的问题。"))
    return rows[list(DEADLINE_COLUMNS)]


def reminders_from(file: OfficeFile) -> pd.DataFrame:
    """The rows of standard/reminders.csv in the order of days: days, tell, source. Raises ReadinessError.

    days: from how many days past the deadline on somebody is told; 0 on the day itself, negative before it.
    """
    rows = csv_rows(file, REMINDER_COLUMNS)
    refuse(file, rows, "tell", rows["tell"].eq(""), _("应写告知谁"))
    rows = rows.assign(seen=rows["days"], days=_whole_numbers(file, rows, -MOST, MOST))
    again = rows.duplicated("days")
    if again.any():
        row = rows[again].iloc[0]
        raise file.error(int(row[LINE]), _("days 列的“{seen}”前面已经有一行，应只留一行。").format(seen=row["seen"]))
    if not set(NEEDED) <= set(rows["days"]):
        raise file.error(None, _("应有 days 是 0（今天到期）和 1（刚超期）的两行。"))
    return rows.sort_values("days", ignore_index=True)[list(REMINDER_COLUMNS)]


def _keys(category: pd.Series, severity: pd.Series) -> pd.Series:
    return cleaned(category) + _MARK + cleaned(severity)


def _whole_numbers(file: OfficeFile, rows: pd.DataFrame, least: int, most: int) -> pd.Series:
    """The column days as numbers. Raises ReadinessError for the first that is none from least to most."""
    numbers = pd.to_numeric(rows["days"].where(rows["days"].str.fullmatch(r"-?\d+")), errors="coerce")
    refuse(file, rows, "days", ~numbers.between(least, most),
           _("应写 {least} 到 {most} 之间的整数").format(least=least, most=most))
    return numbers.astype(np.int64)
