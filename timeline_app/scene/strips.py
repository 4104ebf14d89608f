"""The density strip at the foot of a crowded lane, as it crosses from the scene to the painter."""

from __future__ import annotations

from dataclasses import dataclass

from timeline_app.core.arrays import Int64Array


@dataclass(frozen=True, slots=True, eq=False)
class Strip:
    """How many events of one crowded lane begin in each column of pixels.

    `lane` numbers the frame's lanes; `top_px` to `bottom_px` is its room. Columns are `column_px` wide, the
    first begins at `left_px`, which may lie before the view. `counts`, shape (columns,), are exact. `highest` is the
    greatest count of any column of the lane, anywhere in time at this zoom level: the scale, the same while panning.
    `span_words` says how much time a column is, such as "6 days".
    """

    lane: int
    top_px: float
    bottom_px: float
    left_px: float
    column_px: float
    counts: Int64Array
    highest: int
    span_words: str = ""
