"""Lanes with few events, laid out as a whole for each level of zoom."""

from __future__ import annotations

from collections.abc import Generator

import numpy as np

from timeline_app.core.lanes import Lane
from timeline_app.core.records import AreThere
from timeline_app.scene.placed import Placed
from timeline_app.scene.rows import Extents, LaneRows, laying_out
from timeline_app.scene.rows_by_time import FewRows, RowsByTime, possible_by_time
from timeline_app.scene.standing import LaneStanding, lane_standing
from timeline_app.scene.tiles import CrowdedLane

MOST_KEPT = 24
MEASURED_AT_ONCE = 24


class WholeLane:
    """A lane with few events, laid out as a whole for each level; before that all of them are counted."""

    crowd: CrowdedLane | None = None

    def __init__(self, lane: Lane, extents: Extents, max_lines: int, lines_before: int) -> None:
        """`lines_before` is how many lines the lane has until it is laid out."""
        self.lane = lane
        self.index: RowsByTime = FewRows.of(lane.rows, extents.times)
        self.possible = possible_by_time(lane, extents.times)
        self._extents = extents
        self._max_lines = max_lines
        self._lines_before = lines_before
        self._begun: dict[int, Generator[None, None, LaneRows]] = {}
        self._kept: dict[int, LaneRows] = {}
        self._standing: dict[tuple[int, bool], LaneStanding] = {}
        self._measured = 0
        self._titles: AreThere | None = None

    def line_count(self, level: int) -> int:
        """Return how many lines the lane has, that of the counts included."""
        laid = self._nearest(level)
        return laid.line_count if laid else self._lines_before

    def work(self, level: int, tiles: range) -> int:  # noqa: ARG002 — the lane is laid out for all of time
        """Return how much work the next step is, in events; 0 when nothing is missing."""
        return 0 if level in self._kept else len(self.lane.rows)

    def is_awaited(self, level: int, tiles: range) -> bool:
        """Return whether the next step would have to wait for titles that are on their way."""
        if not self.work(level, tiles) or self._measured >= len(self.lane.rows):
            return False
        if self._titles is None:
            self._titles = self._extents.titles_soon(self.lane.rows)
        return not self._titles()

    def advance(self, level: int, tiles: range) -> bool:
        """Lay out the next thing that a stretch of tiles needs, and tell whether something was missing."""
        if not self.work(level, tiles):
            return False
        if self._measured < len(self.lane.rows):
            if self._titles is None:
                self._titles = self._extents.titles_soon(self.lane.rows)
            # To read and measure titles for the first time takes longer than to lay them out.
            self._extents.title_px(self.lane.rows[self._measured : self._measured + MEASURED_AT_ONCE])
            self._measured += MEASURED_AT_ONCE
            return True
        if level not in self._begun:
            self._begun[level] = laying_out(self.lane, self._extents, level, self._max_lines)
        try:
            next(self._begun[level])
        except StopIteration as end:
            self._keep(level, end.value)
        return True

    def standing(self, level: int, tiles: range) -> LaneStanding:  # noqa: ARG002
        """Return what stands by itself in a stretch of tiles, or for now instead of it: the same while that stays."""
        laid = self._nearest(level)
        key = (laid.level, laid.level >= level) if laid else (level, False)
        if key not in self._standing:
            parts = (_by_rows(laid),) if laid else ()
            self._standing[key] = lane_standing(parts, self._extents, has_titles=key[1])
        return self._standing[key]

    def _keep(self, level: int, laid: LaneRows) -> None:
        while len(self._kept) >= MOST_KEPT:
            oldest = next(iter(self._kept))
            del self._kept[oldest]
            self._standing = {key: made for key, made in self._standing.items() if key[0] != oldest}
        self._kept[level] = laid
        self._standing = {key: made for key, made in self._standing.items() if key[0] != level}
        del self._begun[level]

    def _nearest(self, level: int) -> LaneRows | None:
        if not self._kept:
            return None
        return self._kept[min(self._kept, key=lambda other: abs(other - level))]


def _by_rows(laid: LaneRows) -> Placed:
    """Return what stands by itself in a lane in order of its rows."""
    placed = Placed(laid.rows, laid.line, laid.title_place, laid.title_px, laid.left_s, laid.right_s)
    return placed.chosen(np.argsort(laid.rows))
