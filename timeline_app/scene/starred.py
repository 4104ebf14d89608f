"""Where the stars of the user's own stand, in pixels."""

from __future__ import annotations

import numpy as np

from timeline_app.core.arrays import FloatArray, Int32Array
from timeline_app.scene.frame import Frame, FramePart
from timeline_app.scene.rows import TitlePlace

_ABOVE_SHARE = 0.36
_INSET_PX = 1.0
# As a plain integer: NumPy makes an array of the member otherwise.
_INSIDE = int(TitlePlace.INSIDE)


def star_places(frame: Frame, starred: Int32Array) -> FloatArray:
    """Return the centre of a star for each starred event that stands by itself, shape (stars, 2).

    It stands at the upper left corner of its mark or bar; of a bar that begins before the view, at the view's edge.
    What is moved knows no edges, and leaves out the bars that are held, as their titles are.
    """
    singles, is_moved = frame.singles, frame.part is FramePart.MOVED
    is_drawn = np.isin(singles.rows, starred)
    if is_moved:
        is_drawn &= singles.title_place != _INSIDE
    places = np.flatnonzero(is_drawn)
    left = np.where(singles.is_mark, singles.middle_px - frame.measures.mark_px / 2, singles.start_px)
    if not is_moved:
        is_cut = ~singles.is_mark & (singles.end_px > _INSET_PX)
        left = np.where(is_cut, np.maximum(left, _INSET_PX), left)
    above_px = frame.measures.bar_px * _ABOVE_SHARE
    return np.stack((left[places], singles.y_px[places] - above_px), axis=1)
