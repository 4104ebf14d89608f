"""Where a bar fades in, is sure and fades out, for all bars of a frame at once, in whole pixels of the device."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from timeline_app.core.arrays import BoolArray, FloatArray, Int32Array, NDArray, UInt8Array
from timeline_app.core.when import WhenFlag
from timeline_app.scene.rows import TitlePlace
from timeline_app.scene.singles import Singles
from timeline_app.ui.timeline.doubt_brush import OPEN_FADE_FROM, SHARP_PX

# As plain integers: NumPy makes an array of each flag otherwise.
_OPEN_START, _OPEN_END, _SPAN = int(WhenFlag.OPEN_START), int(WhenFlag.OPEN_END), int(WhenFlag.SPAN)
_OPEN = _OPEN_START | _OPEN_END
_UNCERTAIN = int(WhenFlag.UNCERTAIN)
_INSIDE = int(TitlePlace.INSIDE)
_DASHED = int(WhenFlag.APPROXIMATE) | _UNCERTAIN


@dataclass(frozen=True, slots=True, eq=False)
class BarPieces:
    """Every bar of a frame, each array of shape (bars,), lengths in whole pixels of the device.

    A bar fades in from `start` to `full_from`, is full to `full_to`, and fades out to `end`. `places` are its numbers
    among the singles. `tick` is where its middle is marked, and `has_tick` whether it is. The edge of a
    bar that `is_dashed` is drawn as dots where it also `is_dotted`.
    """

    places: NDArray[np.intp]
    lane: Int32Array
    top: FloatArray
    start: FloatArray
    full_from: FloatArray
    full_to: FloatArray
    end: FloatArray
    tick: FloatArray
    has_tick: BoolArray
    is_tent: BoolArray
    is_dashed: BoolArray
    is_dotted: BoolArray
    is_possible: BoolArray
    opens_start: BoolArray
    opens_end: BoolArray


def bar_pieces(singles: Singles, ratio: float, height_px: int) -> BarPieces:
    """Cut the bars of a frame into pieces, for a pixel ratio and a height of bars in pixels of the device."""
    places = (~singles.is_mark).nonzero()[0]
    flags = singles.flags[places]
    bounds = np.array((singles.start_px, singles.sure_start_px, singles.sure_end_px, singles.end_px))[:, places]
    never_sure = bounds[1] >= bounds[2]
    has_title_inside = singles.title_place[places] == _INSIDE
    start, full_from, full_to, end = np.rint(_full(bounds, flags) * ratio)
    end = np.maximum(end, start + 1)
    is_even = np.abs(2 * full_from - start - end) <= 1
    return BarPieces(
        places=places,
        lane=singles.lane[places],
        top=np.rint(singles.y_px[places] * ratio - height_px / 2),
        start=start,
        full_from=full_from,
        full_to=full_to,
        end=end,
        tick=singles.middle_px[places] * ratio,
        has_tick=never_sure & ~has_title_inside & (flags & _SPAN == 0),
        is_tent=(full_from == full_to) & is_even & (end - start >= 2),
        is_dashed=flags & _DASHED != 0,
        is_dotted=flags & _UNCERTAIN != 0,
        is_possible=~singles.certain[places],
        opens_start=flags & _OPEN_START != 0,
        opens_end=flags & _OPEN_END != 0,
    )


def _full(bounds: FloatArray, flags: UInt8Array) -> FloatArray:
    """Return where bars begin, are full from, are full to, and end; as their bounds of shape (4, bars).

    They are full all along with sharp ends, in the middle of their doubt where nothing is sure.
    """
    start, sure_start, sure_end, end = bounds
    if bool((flags & _OPEN).any()):
        reach = (end - start) * OPEN_FADE_FROM
        sure_end = np.where(flags & _OPEN_END != 0, start + reach, sure_end)
        sure_start = np.where(flags & _OPEN_START != 0, end - reach, sure_start)
    is_sharp_start, is_sharp_end = sure_start - start < SHARP_PX, end - sure_end < SHARP_PX
    strongest = np.minimum(np.maximum((start + end) / 2, sure_end), sure_start)
    is_nowhere_sure = (sure_start >= sure_end) & ~(is_sharp_start & is_sharp_end)
    full_from = np.where(is_nowhere_sure, strongest, sure_start)
    full_to = np.where(is_nowhere_sure, strongest, sure_end)
    full_from = np.where(is_sharp_start, start, np.minimum(np.maximum(full_from, start), end))
    full_to = np.where(is_sharp_end, end, np.minimum(np.maximum(full_to, start), end))
    return np.array((start, full_from, np.maximum(full_from, full_to), end))
