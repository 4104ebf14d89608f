"""The pace of a hand that moves the view, and how long work may take that its next input would have to wait for."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable

SLICE_MS = 2.5
STEP_MS = 1.2  # what one step of work may take: when less is left before the next input, no second one is begun
LEAST_SLICE_MS = 0.1  # for one step at least, so that what is behind comes nearer however fast the hand
JUDGED_BY = 16
SHORTEST_S = 0.004  # closer together, inputs come in one bunch
LONGEST_S = 0.1  # after a longer rest a hand begins anew


class Pace:
    """Judges by the shortest of the last few distances: what waited for a slow frame came later than it was meant."""

    def __init__(self) -> None:
        self._last_s: float | None = None
        self._distances_s: deque[float] = deque(maxlen=JUDGED_BY)

    def note(self, now_s: float) -> None:
        """Take notice of an input at an instant."""
        distance_s = now_s - self._last_s if self._last_s is not None else LONGEST_S
        if distance_s >= LONGEST_S:
            self._distances_s.clear()
        elif distance_s >= SHORTEST_S:
            self._distances_s.append(distance_s)
        self._last_s = now_s

    def left_s(self, now_s: float) -> float | None:
        """Return the seconds that are left until the next input, below 0 when it is overdue, None when unknown."""
        if self._last_s is None or not self._distances_s:
            return None
        return self._last_s + min(self._distances_s) - now_s

    def slice_ms(self, now_s: float) -> float:
        """Return how long a slice of work may take, so that it ends before the next input is due."""
        left_s = self.left_s(now_s)
        return SLICE_MS if left_s is None else min(SLICE_MS, max(LEAST_SLICE_MS, left_s * 1e3 - STEP_MS))


def for_ms(budget_ms: float) -> Callable[[], bool]:
    """Return what says yes for some milliseconds."""
    ends_s = time.perf_counter() + budget_ms / 1e3
    return lambda: time.perf_counter() < ends_s
