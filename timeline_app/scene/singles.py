"""The events of a picture that stand by themselves, in pixels, each with the tail that it may have."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from timeline_app.core.arrays import BoolArray, FloatArray, Int32Array, UInt8Array


@dataclass(frozen=True, slots=True, eq=False)
class Singles:
    """The events that stand by themselves and are in view, a row each, every array of shape (singles,).

    `lane` numbers the frame's lanes. `start_px` to `end_px` is where the event may lie at all; between `sure_start_px`
    and `sure_end_px` it surely goes on (empty where the first is not less than the second). A narrow event is a mark
    at `middle_px` (`is_mark`). `left_px` and `right_px` bound mark and title. Titles: place, left end and room.
    """

    rows: Int32Array
    lane: Int32Array
    y_px: FloatArray
    start_px: FloatArray
    sure_start_px: FloatArray
    sure_end_px: FloatArray
    end_px: FloatArray
    middle_px: FloatArray
    is_mark: BoolArray
    left_px: FloatArray
    right_px: FloatArray
    title_place: UInt8Array
    title_px: FloatArray
    title_width_px: FloatArray
    flags: UInt8Array
    certain: BoolArray

    def __len__(self) -> int:
        return len(self.rows)


@dataclass(frozen=True, slots=True, eq=False)
class Tails:
    """Lines from where events began to their first reports, every array of shape (tails,), cut a little outside.

    Of what was reported before it began, `to_px` is the lesser.
    """

    y_px: FloatArray
    from_px: FloatArray
    to_px: FloatArray

    def __len__(self) -> int:
        return len(self.y_px)


NO_TAILS = Tails(np.zeros(0), np.zeros(0), np.zeros(0))


NO_TAILS = Tails(np.zeros(0), np.zeros(0), np.zeros(0))
