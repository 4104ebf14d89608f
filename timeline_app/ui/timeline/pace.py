"""The pace of a hand that moves the view: when its next input may be expected."""

from __future__ import annotations

import statistics
from collections import deque

JUDGED_BY = 5
LONGEST_STEP_S = 0.1


class Pace:
    """Judges by the last few inputs: the median of their distances, as one that came late is soon made up for."""

    def __init__(self) -> None:
        self._last_s: float | None = None
        self._distances_s: deque[float] = deque(maxlen=JUDGED_BY)

    def note(self, now_s: float) -> None:
        """Take notice of an input at an instant; after a longer rest a hand begins anew."""
        if self._last_s is not None and now_s - self._last_s < LONGEST_STEP_S:
            self._distances_s.append(now_s - self._last_s)
        else:
            self._distances_s.clear()
        self._last_s = now_s

    def left_s(self, now_s: float) -> float | None:
        """Return the seconds that are left until the next input, below 0 when it is overdue, None when unknown."""
        if self._last_s is None or not self._distances_s:
            return None
        return self._last_s + statistics.median(self._distances_s) - now_s
