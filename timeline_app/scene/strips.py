"""The density strips at the feet of crowded lanes: how many events begin in each column of pixels."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from timeline_app.core.arrays import Int32Array, Int64Array, read_only, sorted_unique
from timeline_app.core.lanes import NO_ROWS
from timeline_app.core.levels import TimeIndex
from timeline_app.core.times import Times
from timeline_app.core.when import FUTURE_S, PAST_S
from timeline_app.scene.span_words import span_words
from timeline_app.scene.viewport import Viewport

COLUMN_BITS = 2
# A zoom does not come back to a level for what lies beside it; a pan does.
COLUMNS_AT_FIRST = 16
COLUMNS_AROUND = 256
MOST_COLUMNS = 4_096
MOST_LEVELS = 3
MOST_COUNTED = 200_000
NO_COUNTS: Int64Array = read_only(np.zeros(0, np.int64))


@dataclass(frozen=True, slots=True, eq=False)
class Strip:
    """How many events of one crowded lane begin in each column of pixels.

    `lane` numbers the frame's lanes; `top_px` to `bottom_px` is its room. Columns are `column_px` wide, the
    first begins at `left_px`, which may lie before the view. `counts`, shape (columns,), are exact. `highest` is the
    greatest count of any column of the lane, anywhere in time at this zoom level: the scale, the same while panning.
    `span_words` says how much time a column is, such as "6 days". `possible`, of the same shape, counts those of them
    that pass the filter only possibly; it is empty where all surely do.
    """

    lane: int
    top_px: float
    bottom_px: float
    left_px: float
    column_px: float
    counts: Int64Array
    highest: int
    span_words: str = ""
    possible: Int64Array = field(default_factory=lambda: NO_COUNTS)


@dataclass(frozen=True, slots=True, eq=False)
class _Columns:
    """How many events begin in each of some columns of a level, from number `first` on."""

    first: int
    counts: Int64Array

    @property
    def beyond(self) -> int:
        """The number of the first column after them."""
        return self.first + len(self.counts)

    def between(self, first: int, beyond: int) -> _Columns:
        """Return those of them that are among some others, which they touch."""
        first = max(first, self.first)
        return _Columns(first, self.counts[first - self.first : max(beyond, first) - self.first])


class ColumnStarts:
    """Where columns begin among all events: looked up once for all lanes, that have the same columns."""

    def __init__(self, times: Times) -> None:
        self._times = times
        self._asked = (0, 0, 0)
        self._found: Int64Array = np.zeros(0, np.int64)

    def rows(self, level: int, first: int, beyond: int) -> Int64Array:
        """Return how many events begin before each column of a level, the one that is beyond included."""
        asked = (level, first, beyond)
        if asked != self._asked:
            self._asked = asked
            self._found = self._times.start_earliest_s.searchsorted(np.arange(first, beyond + 1) << level)
        return self._found


class Strips:
    """The strips of one crowded lane."""

    def __init__(self, index: TimeIndex, times: Times, starts: ColumnStarts, possible: Int32Array = NO_ROWS) -> None:
        self._index = index
        self._starts = starts
        self._possible_s = times.start_earliest_s[possible]
        self._times = times
        self._greatest: dict[int, int] = {}
        self._unscaled = range(index.finest, -1, -1)
        self._columns: dict[int, _Columns] = {}

    def strip(self, view: Viewport, lane: int, top_px: float, bottom_px: float) -> Strip:
        """Return how many events begin in each column of COLUMN_PX pixels, at the level's coarsest scale, of a view."""
        level = max(view.level + COLUMN_BITS, 0)
        first, beyond = view.left_s >> level, -(-view.right_s >> level)
        return Strip(
            lane,
            top_px,
            bottom_px,
            view.x_of(first << level),
            (1 << level) / view.seconds_per_px,
            self._columns_between(level, first, beyond),
            self._highest(level),
            span_words(1 << level),
            self._possible_between(level, first, beyond),
        )

    def find_scale(self) -> bool:
        """Find the scale of one more level before it comes into view, and tell whether there was one to find."""
        if self._unscaled:
            self._highest(self._unscaled[0])
            self._unscaled = self._unscaled[1:]
        return bool(self._unscaled)

    def _columns_between(self, level: int, first: int, beyond: int) -> Int64Array:
        """Return how many events begin in each column from one to another; those around are counted with them."""
        kept = self._columns.get(level)
        if kept is None or first < kept.first or beyond > kept.beyond:
            while kept is None and len(self._columns) >= MOST_LEVELS:
                del self._columns[next(iter(self._columns))]
            around = COLUMNS_AT_FIRST if kept is None else COLUMNS_AROUND
            begin = max(first - around, min(first, PAST_S >> level))
            end = min(beyond + around, max(beyond, FUTURE_S >> level))
            kept = self._columns[level] = self._with_columns(level, begin, end, kept)
        return kept.counts[first - kept.first : beyond - kept.first]

    def _with_columns(self, level: int, first: int, beyond: int, kept: _Columns | None) -> _Columns:
        """Return columns from one to another, together with those kept that they touch; only new ones are counted."""
        if kept is None or first > kept.beyond or beyond < kept.first:
            return _Columns(first, self._counted(level, first, beyond))
        if max(beyond, kept.beyond) - min(first, kept.first) > MOST_COLUMNS:
            kept = kept.between(first, beyond)
        parts = [kept.counts]
        if first < kept.first:
            parts.insert(0, self._counted(level, first, kept.first))
        if beyond > kept.beyond:
            parts.append(self._counted(level, kept.beyond, beyond))
        return _Columns(min(first, kept.first), read_only(np.concatenate(parts)))

    def _possible_between(self, level: int, first: int, beyond: int) -> Int64Array:
        """Return how many of those that begin in each column pass only possibly, by two searches a column."""
        if not len(self._possible_s):
            return NO_COUNTS
        return np.diff(np.searchsorted(self._possible_s, np.arange(first, beyond + 1) << level))

    def _counted(self, level: int, first: int, beyond: int) -> Int64Array:
        """Count what begins in each of some columns."""
        if level < self._index.finest:
            # Where each column begins is found sooner than its rows are gone through: those may be very many.
            return read_only(np.diff(self._index.places_of_rows(self._starts.rows(level, first, beyond))))
        counts = np.zeros(beyond - first, np.int64)
        buckets = self._index.at(level)
        seen = buckets.between(first << level, beyond << level)
        counts[buckets.numbers[seen] - first] = np.diff(buckets.firsts[seen.start : seen.stop + 1])
        return read_only(counts)

    def _highest(self, level: int) -> int:
        """Return the greatest count of a column anywhere in time.

        Below the finest level that is kept the rows are counted, but of a very full lane that level's greatest count is
        taken, which is no less.
        """
        is_counted = level < self._index.finest and len(self._index) <= MOST_COUNTED
        kept = level if is_counted else max(level, self._index.finest)
        if kept not in self._greatest:
            self._greatest[kept] = self._greatest_at(kept)
        return self._greatest[kept]

    def _greatest_at(self, level: int) -> int:
        """Return the greatest count of a column: below the finest level kept, that of the fullest bucket at first.

        Then rows have to be counted only in buckets with more rows than that.
        """
        buckets = self._index.at(level)
        begin = self._index.place_of(PAST_S + 1)  # What has no known beginning stands in no column.
        first = int(np.searchsorted(buckets.firsts, begin, side="right")) - 1
        firsts = np.maximum(buckets.firsts[first:].astype(np.int64), begin)
        counts = np.diff(firsts)
        if buckets.level == level or not len(counts):
            return int(counts.max(initial=0))
        fullest = np.array([counts.argmax()])
        greatest = self._greatest_in(level, firsts[fullest], counts[fullest])
        others = np.flatnonzero(counts > greatest)
        return max(greatest, self._greatest_in(level, firsts[others], counts[others]))

    def _greatest_in(self, level: int, firsts: Int64Array, counts: Int64Array) -> int:
        """Return the greatest count of a column in some buckets, which begin at places of the index."""
        places = np.arange(counts.sum()) + np.repeat(firsts - (np.cumsum(counts) - counts), counts)
        columns = self._times.start_earliest_s[self._index.rows[places]] >> level
        _, begins = sorted_unique(columns)
        return int(np.diff(np.append(begins, len(columns))).max(initial=0))
