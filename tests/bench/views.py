"""Where a measured window is taken: every zoom level from the whole range to an hour, at the fullest places in time."""

from __future__ import annotations

import numpy as np

from timeline_app.core.arrays import Int64Array
from timeline_app.core.when import PAST_S
from timeline_app.scene.viewport import Viewport

FINEST_S_PER_PX = 3_600 / 1_600
MOST_PLACES_TRIED = 200_000


def zoom_levels(whole: Viewport) -> list[Viewport]:
    """Return views of the middle of `whole`, each of half the span of the one before, down to an hour across."""
    levels = [whole]
    while levels[-1].seconds_per_px > FINEST_S_PER_PX:
        levels.append(levels[-1].zoomed(2, whole.width_px / 2))
    return levels


def fullest_places(starts_s: Int64Array, span_s: float, count: int = 1) -> list[int]:
    """Return the middles of the spans in which most events begin, one in each of `count` parts of the events.

    `starts_s`, shape (events,), is ascending.
    """
    bounded = starts_s[int(np.searchsorted(starts_s, PAST_S, side="right")) :]
    step = max(1, len(bounded) // MOST_PLACES_TRIED)
    tried = bounded[::step]
    begun = np.searchsorted(bounded, tried + int(span_s)) - np.arange(0, len(bounded), step)
    parts = np.array_split(np.arange(len(tried)), count)
    return [int(tried[part[np.argmax(begun[part])]] + span_s / 2) for part in parts if len(part)]
