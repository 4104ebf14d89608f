"""The stretch of time that is on screen, and the arithmetic between time and pixels."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from timeline_app.core.arrays import FloatArray, Int64Array

FINEST_SECONDS_PER_PX = 0.02
COARSEST_SECONDS_PER_PX = 2.0**52
FARTHEST_S = 2**60
BEYOND_ALL_S = 2**62
FIT_MARGIN = 0.04
SAME_PX = 1e-3


@dataclass(frozen=True)
class Viewport:
    """`width_px` pixels from the instant `left_s` + `left_part` on, `seconds_per_px` apiece.

    The left edge is a whole second and a part of one (0 ≤ left_part < 1): a float alone would be 64 seconds coarse
    13.8 billion years ago, and a minute there could not be shown.
    """

    left_s: int
    left_part: float
    seconds_per_px: float
    width_px: int

    @classmethod
    def fit(cls, first_s: int, last_s: int, width_px: int, *, margin: float = FIT_MARGIN) -> Viewport:
        """Return the view that shows first to last with a margin, as a share of the width, on either side."""
        span_s = max(last_s - first_s, 60)
        seconds_per_px = _clamp_scale(span_s * (1 + 2 * margin) / max(width_px, 1))
        middle_s = first_s + (last_s - first_s) // 2
        return cls(middle_s, 0.0, seconds_per_px, width_px).panned(-width_px / 2)

    @property
    def span_s(self) -> float:
        """Seconds from the left edge to the right."""
        return self.seconds_per_px * self.width_px

    @cached_property
    def right_s(self) -> int:
        """First whole second at or beyond the right edge, cut where it would leave int64."""
        return min(self.left_s + math.ceil(self.left_part + self.span_s), BEYOND_ALL_S)

    @property
    def middle_s(self) -> int:
        """Whole second in the middle."""
        return self.time_at(self.width_px / 2)

    @cached_property
    def level(self) -> int:
        """The smallest k with seconds_per_px ≤ 2**k: what is laid out or cached is so for 2**k seconds a pixel."""
        return math.ceil(math.log2(self.seconds_per_px))

    def x_of(self, time_s: int) -> float:
        """Return the pixel of an instant, unclipped."""
        return (time_s - self.left_s - self.left_part) / self.seconds_per_px

    def xs_of(self, times_s: Int64Array) -> FloatArray:
        """Return the pixels of instants, any shape, unclipped; the subtraction is exact, in int64."""
        seconds = (times_s - self.left_s).astype(np.float64) - self.left_part
        return np.divide(seconds, self.seconds_per_px)

    def time_at(self, x_px: float) -> int:
        """Return the whole second that a pixel lies in."""
        return self.left_s + math.floor(self.left_part + x_px * self.seconds_per_px)

    def times_at(self, xs_px: FloatArray) -> Int64Array:
        """Return the whole seconds that pixels lie in, any shape."""
        return self.left_s + np.floor(self.left_part + xs_px * self.seconds_per_px).astype(np.int64)

    def panned(self, by_px: float) -> Viewport:
        """Return the view moved by so many pixels; positive shows what comes later."""
        return _moved(self, self.left_s, self.left_part + by_px * self.seconds_per_px)

    def zoomed(self, factor: float, at_px: float) -> Viewport:
        """Return the view with `factor` times the pixels a second; what is under `at_px` stays there."""
        seconds_per_px = _clamp_scale(self.seconds_per_px / factor)
        moved = self.left_part + at_px * (self.seconds_per_px - seconds_per_px)
        return _moved(replace(self, seconds_per_px=seconds_per_px), self.left_s, moved)

    def zoomed_on(self, before: Viewport) -> Viewport | None:
        """Return the view that follows if it is zoomed again as from `before` to here, None where it was not zoomed."""
        if self.seconds_per_px == before.seconds_per_px or self.width_px != before.width_px:
            return None
        factor = before.seconds_per_px / self.seconds_per_px
        offset_s = (self.left_s - before.left_s) + (self.left_part - before.left_part)
        wanted = replace(self, seconds_per_px=_clamp_scale(self.seconds_per_px / factor))
        return _moved(wanted, self.left_s, self.left_part + offset_s / factor)

    def is_as(self, other: Viewport) -> bool:
        """Return whether nothing has another place in the other view but for the rounding of numbers."""
        if (self.width_px, self.level) != (other.width_px, other.level):
            return False
        moved_px = ((self.left_s - other.left_s) + (self.left_part - other.left_part)) / self.seconds_per_px
        return abs(moved_px) < SAME_PX and abs(other.span_s - self.span_s) / self.seconds_per_px < SAME_PX

    def resized(self, width_px: int) -> Viewport:
        """Return the view with another width and the same left edge and scale."""
        return replace(self, width_px=max(width_px, 1))

    def centred(self, time_s: int) -> Viewport:
        """Return the view of the same scale with an instant in its middle."""
        return _moved(self, time_s, -self.span_s / 2)

    def between(self, other: Viewport, share: float) -> Viewport:
        """Return the view a share (0 to 1) of the way to another; scales change by equal factors, for animations."""
        seconds_per_px = self.seconds_per_px * (other.seconds_per_px / self.seconds_per_px) ** share
        travelled = share
        if not math.isclose(other.seconds_per_px, self.seconds_per_px, rel_tol=1e-9):
            travelled = (seconds_per_px - self.seconds_per_px) / (other.seconds_per_px - self.seconds_per_px)
        distance_s = (other.left_s - self.left_s) + (other.left_part - self.left_part)
        view = replace(self, seconds_per_px=seconds_per_px, width_px=other.width_px)
        return _moved(view, self.left_s, self.left_part + distance_s * travelled)


def _moved(view: Viewport, left_s: int, offset_s: float) -> Viewport:
    """Return the view with its left edge so many seconds after a whole one."""
    whole = math.floor(offset_s)
    left = left_s + whole
    part = min(offset_s - whole, math.nextafter(1, 0))
    if abs(left) > FARTHEST_S:
        left, part = int(math.copysign(FARTHEST_S, left)), 0.0
    return replace(view, left_s=left, left_part=part)


def _clamp_scale(seconds_per_px: float) -> float:
    return min(max(seconds_per_px, FINEST_SECONDS_PER_PX), COARSEST_SECONDS_PER_PX)
