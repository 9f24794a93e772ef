"""The floor: a plain Streamlit page with three of the dashboard's charts and nothing else."""

import os
from datetime import timedelta

import streamlit as st

from charts.losses import loss_bars
from charts.trends import opened_closed, score_trend
from readiness import trends
from readiness.facts import place_facts
from readiness.reference import load_reference
from readiness.standing import standing
from store import load_snapshot, open_store


@st.cache_resource
def figures(url: str) -> list:
    """The three figures, built once."""
    reference, snapshot = load_reference(), load_snapshot(open_store(url))
    facts, day = place_facts(snapshot, reference), trends.as_of_day(snapshot, None)
    scores = trends.score_by_day(facts, reference, day - timedelta(weeks=12), day)
    losses = standing(facts, reference, day).losses
    return [
        score_trend(scores, reference.settings.target, "light"),
        opened_closed(trends.opened_closed(facts, day, 12), "light"),
        loss_bars(losses, reference.kinds, "light"),
    ]


for number, figure in enumerate(figures(os.environ["READINESS_DATABASE_URL"])):
    st.plotly_chart(figure, key=f"chart-{number}", theme=None)
