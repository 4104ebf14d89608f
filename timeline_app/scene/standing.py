"""The events that stand by themselves near a view, of all lanes together, and what about them no pan changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from timeline_app.core.arrays import BoolArray, FloatArray, Int16Array, Int32Array, Int64Array, UInt8Array, are_among
from timeline_app.core.lanes import NO_ROWS
from timeline_app.core.when import FUTURE_S, PAST_S
from timeline_app.scene.cells import touched_s
from timeline_app.scene.placed import Placed, joined
from timeline_app.scene.rows import Extents, TitlePlace
from timeline_app.scene.viewport import Viewport

FARTHEST_DRAWN_S = 2**61
_AFTER_S = np.array([[0], [1], [0], [1]])


@dataclass(frozen=True, slots=True, eq=False)
class Standing:
    """Events on their lines, in order of lane and row, each array of shape (events,) unless told otherwise.

    `lane` numbers the lanes of the set, `line` those of the lane. `left_s` and `right_s` bound mark and title.
    `begin_s` and `end_s` are the earliest start and the latest end. `edges_s`, shape (4, events), are the four bounds
    as they are drawn: a last second to its end, an unbounded one far out. `is_open` says whether there is one of those.
    `is_possible` tells which pass the filter only possibly.
    """

    rows: Int32Array
    lane: Int64Array
    line: Int16Array
    title_place: UInt8Array
    title_width_px: FloatArray
    left_s: Int64Array
    right_s: Int64Array
    begin_s: Int64Array
    end_s: Int64Array
    edges_s: Int64Array
    is_open: bool
    is_possible: BoolArray

    def __len__(self) -> int:
        return len(self.rows)

    def seen(self, view: Viewport) -> BoolArray:
        """Return which have a part in the cells that a view touches, so that panning never changes a cell's count."""
        first_s, beyond_s = touched_s(view)
        within: BoolArray = (self.right_s >= first_s) & (self.left_s <= beyond_s)
        return within


@dataclass(frozen=True, slots=True, eq=False)
class LaneStanding:
    """What stands in some tiles of one lane, each array as of a Standing; the rows ascend, each once."""

    rows: Int32Array
    line: Int16Array
    title_place: UInt8Array
    title_width_px: FloatArray
    left_s: Int64Array
    right_s: Int64Array
    bounds_s: Int64Array
    edges_s: Int64Array

    def __len__(self) -> int:
        return len(self.rows)


def lane_standing(parts: Sequence[Placed], extents: Extents, *, has_titles: bool = True) -> LaneStanding:
    """Return what is placed in parts of one lane; what stands in several of them, as bars do, is taken once.

    It has no titles where it was placed for more room than there is now.
    """
    placed = joined(parts)
    title_place = placed.title_place if has_titles else np.full_like(placed.title_place, TitlePlace.NONE)
    bounds_s = np.stack(extents.times.at(placed.rows))
    return LaneStanding(
        rows=placed.rows,
        line=placed.line,
        title_place=title_place,
        title_width_px=np.where(title_place == TitlePlace.NONE, 0.0, placed.title_px),
        left_s=placed.left_s,
        right_s=placed.right_s,
        bounds_s=bounds_s,
        edges_s=np.clip(bounds_s, -FARTHEST_DRAWN_S, FARTHEST_DRAWN_S) + _AFTER_S,
    )


def standing_of(lanes: Sequence[LaneStanding], possible: Int32Array = NO_ROWS) -> Standing:
    """Return what stands in lanes, which are numbered as they come.

    `possible` are the sorted rows that pass the filter only possibly.
    """
    if not lanes:
        raise ValueError("expected a lane or more")
    bounds_s = np.concatenate([lane.bounds_s for lane in lanes], axis=1)
    rows = np.concatenate([lane.rows for lane in lanes])
    return Standing(
        rows=rows,
        lane=np.repeat(np.arange(len(lanes)), [len(lane) for lane in lanes]),
        line=np.concatenate([lane.line for lane in lanes]),
        title_place=np.concatenate([lane.title_place for lane in lanes]),
        title_width_px=np.concatenate([lane.title_width_px for lane in lanes]),
        left_s=np.concatenate([lane.left_s for lane in lanes]),
        right_s=np.concatenate([lane.right_s for lane in lanes]),
        begin_s=bounds_s[0],
        end_s=bounds_s[3],
        edges_s=np.concatenate([lane.edges_s for lane in lanes], axis=1),
        is_open=bool((bounds_s[:2] == PAST_S).any() or (bounds_s[2:] == FUTURE_S).any()),
        is_possible=are_among(rows, possible),
    )
