"""The demonstration books: twelve seeded weeks of invented self checks and inspections, written as offices write them.

`python -m tests.demo` rewrites data/demo/ from the reference data; the same seed gives the same cells. Everything in
the books is invented: compounds, shops, persons (…示例, …示范, …样例) and telephone numbers exist nowhere.

profiles.csv says how each area behaves: begin and end (share of its items that are bad in the first and last week),
fix (share of known problems put right in a week), seen (share of bad items that its own checks admit), visits (sites
that it checks in a week), last_week (of any activity) and the layout of its book. phrases.csv has each item's words.
"""

from datetime import date, timedelta

SEED = 20260803
FIRST = date(2026, 8, 3)
WEEKS = 12
LAST = FIRST + timedelta(days=7 * WEEKS - 1)
MARK = "示例数据"


def on(day: int) -> date:
    """The calendar day that lies so many days after the first Monday."""
    return FIRST + timedelta(days=int(day))
