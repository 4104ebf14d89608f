"""Something on its way that a person waits for in a window: how far it is, and whether it is still wanted."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from timeline_app.core.progress import Progress

LEAST_BETWEEN_S = 0.1


class Wish:
    """Passes on what a worker reports, and tells it whether anyone still waits for it."""

    def __init__(self, tell: Callable[[Progress], None]) -> None:
        self.dropped = threading.Event()
        self._tell = tell
        self._told_at_s = float("-inf")

    def report(self, progress: Progress) -> None:
        """Pass on how far it is, unless that was done a moment ago; called on the worker's thread."""
        now_s = time.monotonic()
        if now_s - self._told_at_s >= LEAST_BETWEEN_S and not self.dropped.is_set():
            self._told_at_s = now_s
            self._tell(progress)
