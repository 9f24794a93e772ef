"""Who answers for what on the day shown, and phones as the person in the session may see them."""

from __future__ import annotations

import pandas as pd

from readiness.handovers import chiefs_on
from readiness.phones import masked
from store import load_handovers
from ui.people import user
from ui.reads import Day, engine


def sites_on(day: Day) -> pd.DataFrame:
    """The sites with those who answer for them on the day: the register's, and the handovers up to it."""
    return day.kept("sites with chiefs", lambda: chiefs_on(day.facts.sites, handed_over(day), day.as_of))


def handed_over(day: Day) -> pd.DataFrame:
    """All handovers (readiness.handovers.HANDOVER_COLUMNS) at the day's data version."""
    return day.kept("handovers", lambda: load_handovers(engine(day.key[0])))


def phone_said(phone: str) -> str:
    """The phone whole for the office, masked for everybody else."""
    return phone if user().sees_phones else masked(phone)
