"""With CI=true nothing may be skipped or expected to fail."""

from __future__ import annotations

import os

import pytest


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, exitstatus: int, config: pytest.Config) -> None:
    left_out = [report for kind in ("skipped", "xfailed", "xpassed") for report in terminalreporter.stats.get(kind, [])]
    if left_out and os.environ.get("CI") == "true":
        message = f"{len(left_out)} tests were skipped or expected to fail; with CI=true none may be"
        terminalreporter.write_line(message, red=True)


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    stats = reporter.stats if reporter else {}  # one of several processes reports to the first
    left_out = [report for kind in ("skipped", "xfailed", "xpassed") for report in stats.get(kind, [])]
    if left_out and os.environ.get("CI") == "true" and exitstatus == 0:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
