"""大屏: the command centre's screen, opened by its own link; dashboard.py runs it for /?screen=1."""

from charts.map import SCORE, area_map
from charts.marks import issue_marks
from charts.ranking import ranking
from charts.trends import score_trend
from readiness.model import UNVERIFIED
from ui.reads import Day
from ui.wall import Drawing, wall

DARK = "dark"


def _map(day: Day, area: str | None):
    now, reference = day.standing, day.reference
    return area_map(now.areas, reference.cells, reference.outline, SCORE, reference.settings.bands, DARK, height=415,
                    font_size=11, selected=area, key="top",
                    marks=issue_marks(now.issues[now.issues["status"].isin(UNVERIFIED)]))


def _ranking(day: Day, area: str | None):
    return ranking(day.standing.areas, day.before.standing.areas, day.reference.settings, DARK)


def _trend(day: Day, area: str | None):
    scores = day.scores if area is None else day.area_scores[day.area_scores["area_code"] == area]
    return score_trend(scores, day.reference.settings.target, DARK, height=128)


wall({"headline": Drawing(_trend, 245), "map": Drawing(_map, 336), "ranking": Drawing(_ranking, 339)})
