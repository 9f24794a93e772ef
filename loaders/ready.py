"""Ready: one reading process started ahead of need, so that nobody who hands in a book waits for its start."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

_ROOT = Path(__file__).resolve().parent.parent


class Ready:
    """Holds at most one started process; whoever takes it has it alone."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None

    def prepare(self) -> None:
        """Starts a process where none that lives is held."""
        with self._lock:
            if self._process is None or self._process.poll() is not None:
                self._process = _started()

    def take(self) -> subprocess.Popen[bytes]:
        """The held process, or a new one where none that lives is held."""
        with self._lock:
            process, self._process = self._process, None
        return process if process and process.poll() is None else _started()


READY = Ready()


def _started() -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "loaders.worker"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=_ROOT,
    )
