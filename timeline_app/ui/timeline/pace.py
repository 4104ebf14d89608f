"""The pace of a hand that moves the view, and how long work may take that its next input would have to wait for."""

from __future__ import annotations

import math
import time
from collections import deque
from collections.abc import Callable

SLICE_MS = 2.5  # where nobody knows when the next input comes
LONGEST_SLICE_MS = 5.0
STEP_MS = 1.5  # what one step of work may take: none is begun when less is left before the next input
LEAST_SLICE_MS = 1.0  # of what is behind, so that it comes nearer however fast the hand
JUDGED_BY = 16
SHORTEST_S = 0.004  # closer together, inputs come in one bunch
LONGEST_S = 0.1  # after a longer rest a hand begins anew, as quick as the one before until it shows its own pace
USUAL_SHARE = 0.25  # of how long something took, that makes up how long it is taken to take
SPARE_MS = 1.0  # left before the next input beyond what painting takes on average
AT_ONCE_S = 0.001  # what comes so soon after work has ended had waited for it


class Pace:
    """Judges by the shortest of the last few distances: what waited for a slow frame came later than it was meant."""

    def __init__(self) -> None:
        self._last_s: float | None = None
        self._distances_s: deque[float] = deque(maxlen=JUDGED_BY)
        self._shortest_s: float | None = None

    def note(self, now_s: float, busy_from_s: float = -math.inf, busy_until_s: float = -math.inf) -> None:
        """Take notice of an input at an instant, before which there was work from one instant to another.

        When one came that had to wait for that work nobody knows: when it was due, if that is within the work, else
        it is taken to have come as the work began. Later, and the next would be expected too late, and all that follow.
        """
        distance_s = now_s - self._last_s if self._last_s is not None else LONGEST_S
        if distance_s >= LONGEST_S:
            self._distances_s.clear()
        elif distance_s >= SHORTEST_S:
            self._distances_s.append(distance_s)  # or less, if it waited, so that it shortens what is too long
        if 0 <= now_s - busy_until_s < AT_ONCE_S:
            left_s = self.left_s(now_s)
            due_s = None if left_s is None else now_s + left_s
            now_s = due_s if due_s is not None and busy_from_s <= due_s < busy_until_s else min(busy_from_s, now_s)
        self._shortest_s = min(self._distances_s, default=self._shortest_s)
        self._last_s = now_s

    def left_s(self, now_s: float) -> float | None:
        """Return the seconds that are left until the next input, below 0 when it is overdue, None when unknown."""
        if self._last_s is None or self._shortest_s is None:
            return None
        return self._last_s + self._shortest_s - now_s

    def slice_ms(self, now_s: float, *, is_behind: bool) -> float:
        """Return how long a slice of work may take, so that it ends so long before the next input is due.

        It may take LEAST_SLICE_MS in any case where the picture `is_behind`, that is, lacks what is worked on.
        """
        left_s = self.left_s(now_s)
        if left_s is None:
            return SLICE_MS
        least_ms = LEAST_SLICE_MS if is_behind else 0.0
        return min(LONGEST_SLICE_MS, max(least_ms, left_s * 1e3 - STEP_MS))


def for_ms(budget_ms: float) -> Callable[[], bool]:
    """Return what says yes for some milliseconds."""
    ends_s = time.perf_counter() + budget_ms / 1e3
    return lambda: time.perf_counter() < ends_s
