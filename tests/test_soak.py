"""The short form of the wall's endurance: six short minutes of bench.soak with uploads, a view and a kill."""

from __future__ import annotations

import pytest

from bench.soak import Soak, run

pytestmark = pytest.mark.browser
PATIENT = 30.0  # seconds between two turns, on a machine with other work


def test_the_wall_turns_on_through_uploads_views_and_a_kill(tmp_path):
    soak = Soak(tmp_path, minute=12, seconds=4, every={"restart": 4, "upload": 2, "view": 3})
    try:
        run(soak, 6)
    finally:
        soak.server.kill()
    assert [row["event"] for row in soak.rows] == ["", "upload", "view", "restart", "", "upload"]
    assert all(row["server_mb"] > 0 and row["heap_mb"] > 0 for row in soak.rows)
    assert sum(row["turns"] for row in soak.rows) >= 5 and sum(row["turns"] for row in soak.rows[4:]) > 0
    assert soak.longest < PATIENT
