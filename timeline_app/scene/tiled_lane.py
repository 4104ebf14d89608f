"""Lanes with many events, laid out in tiles of time: which tile comes next, and what stands in those there are."""

from __future__ import annotations

from collections.abc import Sequence

from timeline_app.scene.lane_lines import CROWDED_FOOT_LINES
from timeline_app.scene.placed import Placed
from timeline_app.scene.rows_by_time import RowsByTime, possible_by_time
from timeline_app.scene.standing import LaneStanding, lane_standing
from timeline_app.scene.tiles import CrowdedLane

MOST_STANDING = 6  # of a lane: tiles of the levels that are near, as they become ready


class TiledLane:
    """A crowded lane, laid out in tiles."""

    def __init__(self, crowd: CrowdedLane) -> None:
        self.lane = crowd.lane
        self.index: RowsByTime = crowd.index
        self.possible = possible_by_time(crowd.lane, crowd.index.times)
        self.crowd: CrowdedLane | None = crowd
        self._crowd = crowd
        self._extents = crowd.extents
        self._shown: tuple[int, tuple[int, ...], Sequence[Placed]] = (0, (), ())
        self._standing: dict[tuple[int, tuple[int, ...], bool], LaneStanding] = {}

    def line_count(self, level: int) -> int:  # noqa: ARG002 — the same at every zoom
        """Return how many lines the lane has, those of the counts and the strip included."""
        return self._crowd.lines + CROWDED_FOOT_LINES

    def work(self, level: int, tiles: range) -> int:
        """Return how much work the next step is, in events, at most; 0 when nothing is missing."""
        return 0 if all(self._crowd.is_ready(level, tile) for tile in tiles) else len(self.lane.rows)

    def advance(self, level: int, tiles: range) -> bool:
        """Lay out the next thing that a stretch of tiles needs, and tell whether something was missing."""
        lacking = self._lacking(level, tiles)
        if not lacking:
            return False
        # What is there already comes before what is on its way.
        there = (tile for tile in lacking if not self._crowd.is_awaited(level, tile))
        self._crowd.advance(level, next(there, lacking[0]))
        return True

    def is_awaited(self, level: int, tiles: range) -> bool:
        """Return whether the next step would have to wait for titles that are on their way."""
        lacking = self._lacking(level, tiles)
        return bool(lacking) and all(self._crowd.is_awaited(level, tile) for tile in lacking)

    def _lacking(self, level: int, tiles: range) -> list[int]:
        return [tile for tile in tiles if not self._crowd.is_ready(level, tile)]

    def standing(self, level: int, tiles: range) -> LaneStanding:
        """Return what stands by itself in a stretch of tiles, or for now instead of it: the same while that stays."""
        ready = tuple([tile for tile in tiles if self._crowd.is_ready(level, tile)])
        shown = self._shown
        if ready:
            shown = (level, ready, [self._crowd.in_tile(level, tile) for tile in ready])
        if len(ready) == len(tiles):
            self._shown = shown
        of_level, numbers, parts = shown
        key = (of_level, numbers, of_level >= level)
        made = self._standing.get(key)
        if made is None:
            while len(self._standing) >= MOST_STANDING:
                del self._standing[next(iter(self._standing))]
            made = self._standing[key] = lane_standing(parts, self._extents, has_titles=of_level >= level)
        return made
