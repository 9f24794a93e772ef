"""Working days of the Chinese calendar: public holidays are off, the Saturdays and Sundays made up for them are on."""

from __future__ import annotations

from datetime import date
from functools import cache

import chinese_calendar
import numpy as np
import pandas as pd

FIRST_YEAR, LAST_YEAR = (edge(chinese_calendar.constants.holidays).year for edge in (min, max))
_DAYS = np.arange("1900-01-01", "2200-01-01", dtype="datetime64[D]")


def after_workdays(days: pd.Series, counts: pd.Series) -> pd.Series:
    """The day that lies so many working days after each of days; missing where the day is.

    Outside FIRST_YEAR to LAST_YEAR, whose holidays are published, Monday to Friday are the working days.
    National Day 2021 was off from 1 to 7 October, Sunday 26 September and Saturday 9 October were worked:

    >>> after_workdays(pd.Series(pd.to_datetime(["2021-09-30", "2021-10-08"])), pd.Series([1, 2])).dt.date.tolist()
    [datetime.date(2021, 10, 8), datetime.date(2021, 10, 11)]
    """
    begins = days.to_numpy().astype("datetime64[D]")
    # from a day off the count begins at the last working day before it, so that one day later is the next working day
    ends = np.busday_offset(begins, counts.to_numpy(), roll="backward", busdaycal=_calendar())
    return pd.Series(ends.astype("datetime64[s]"), index=days.index)


def workdays_until(days: pd.Series, as_of: date) -> pd.Series:
    """How many working days lie after each of days up to as_of; negative for days after as_of; missing where it is.

    >>> workdays_until(pd.Series(pd.to_datetime(["2021-09-30", "2021-10-11", None])), date(2021, 10, 9)).tolist()
    [2, -1, <NA>]
    """
    known, day = days.notna().to_numpy(), np.datetime64(as_of, "D")
    begins = np.where(known, days.to_numpy().astype("datetime64[D]"), day)
    one = np.timedelta64(1, "D")
    counts = np.where(begins <= day, np.busday_count(begins + one, day + one, busdaycal=_calendar()),
                      -np.busday_count(day + one, begins + one, busdaycal=_calendar()))
    return pd.Series(counts, index=days.index, dtype="Int64").where(known)


def published(days: pd.Series) -> pd.Series:
    """Whether the holidays of each day's year are published; a missing day needs none."""
    return days.isna() | days.dt.year.between(FIRST_YEAR, LAST_YEAR)


@cache
def _calendar() -> np.busdaycalendar:
    """Seven-day weeks in which every day off is a holiday: NumPy's own calendars know no Saturday that is worked."""
    official = chinese_calendar.get_holidays(date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31))
    years = _DAYS.astype("datetime64[Y]").astype(np.int64) + 1970
    weekends = ~np.is_busday(_DAYS) & ((years < FIRST_YEAR) | (years > LAST_YEAR))
    return np.busdaycalendar("1111111", np.concatenate([_DAYS[weekends], np.array(official, dtype="datetime64[D]")]))
