"""The events that stand by themselves near a view, of all lanes together, and what about them no pan changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from timeline_app.core.arrays import BoolArray, FloatArray, Int16Array, Int32Array, Int64Array, UInt8Array, are_among
from timeline_app.core.lanes import NO_ROWS
from timeline_app.core.when import FUTURE_S, PAST_S
from timeline_app.scene.cells import touched_s
from timeline_app.scene.placed import Placed, end_to_end
from timeline_app.scene.rows import Extents, TitlePlace
from timeline_app.scene.viewport import Viewport

LANE_BITS = 32
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


@dataclass(frozen=True, slots=True)
class Part:
    """What is placed in a part of one lane; without titles where they were placed for more room than there is now."""

    lane: int
    placed: Placed
    has_titles: bool


def standing_of(parts: Sequence[Part], extents: Extents, possible: Int32Array = NO_ROWS) -> Standing:
    """Return what stands in parts of lanes; what stands in several parts of a lane, as bars do, is taken once.

    `possible` are the sorted rows that pass the filter only possibly.
    """
    placed = end_to_end([part.placed for part in parts])
    sizes = [len(part.placed) for part in parts]
    lane = np.repeat(np.array([part.lane for part in parts], np.int64), sizes)
    has_titles = np.repeat(np.array([part.has_titles for part in parts], np.bool_), sizes)
    order = _first_of_each((lane << LANE_BITS) | placed.rows)
    placed = placed.chosen(order)
    title_place = np.where(has_titles[order], placed.title_place, np.uint8(TitlePlace.NONE))
    bounds_s = np.stack(extents.times.at(placed.rows))
    return Standing(
        rows=placed.rows,
        lane=lane[order],
        line=placed.line,
        title_place=title_place,
        title_width_px=np.where(title_place == TitlePlace.NONE, 0.0, placed.title_px),
        left_s=placed.left_s,
        right_s=placed.right_s,
        begin_s=bounds_s[0],
        end_s=bounds_s[3],
        edges_s=np.clip(bounds_s, -FARTHEST_DRAWN_S, FARTHEST_DRAWN_S) + _AFTER_S,
        is_open=bool((bounds_s[:2] == PAST_S).any() or (bounds_s[2:] == FUTURE_S).any()),
        is_possible=are_among(placed.rows, possible),
    )


def _first_of_each(keys: Int64Array) -> Int64Array:
    """Return the places of keys in ascending order, of equal ones the first."""
    order = np.argsort(keys, kind="stable")
    ordered = keys[order]
    return order[np.concatenate(([True], ordered[1:] != ordered[:-1]))[: len(order)]]
