"""Where the stars of the user's own stand, in pixels."""

from __future__ import annotations

import numpy as np

from timeline_app.core.arrays import FloatArray, Int32Array
from timeline_app.scene.frame import Frame
from timeline_app.scene.rows import MARK_PX

_ABOVE_SHARE = 0.36
_INSET_PX = 1.0


def star_places(frame: Frame, starred: Int32Array) -> FloatArray:
    """Return the centre of a star for each starred event that stands by itself, shape (stars, 2).

    It stands at the upper left corner of its mark or bar; of a bar that begins before the view, at the view's edge.
    """
    singles = frame.singles
    places = np.flatnonzero(np.isin(singles.rows, starred))
    left = np.where(singles.is_mark, singles.middle_px - MARK_PX / 2, singles.start_px)[places]
    above_px = frame.measures.bar_px * _ABOVE_SHARE
    return np.stack((np.maximum(left, _INSET_PX), singles.y_px[places] - above_px), axis=1)
