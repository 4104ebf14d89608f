"""The pace of a hand that moves the view: when its next input may be expected."""

from __future__ import annotations

from collections import deque

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
