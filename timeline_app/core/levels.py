"""Rows of events by time: what a stretch of time holds, without going through its events.

The finest level of buckets that is kept has at most a SHARE of the rows; below it the sorted rows themselves are few
enough in any stretch that a picture of that scale shows.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from timeline_app.core.arrays import Int32Array, Int64Array, IntegerArray, NDArray, Scalar, UInt8Array, read_only
from timeline_app.core.buckets import COARSEST, Buckets, buckets_of
from timeline_app.core.calendar import DAY_S, FUTURE_S, PAST_S
from timeline_app.core.times import Times
from timeline_app.core.urgency import most_urgent_of_cells, urgencies

SHARE = 32
LONG_S = 3 * DAY_S
MOST_LASTING = 16
MOST_KEPT = 1_024
_MOST_UINT32 = (1 << 32) - 1
_SAMPLES, _SAMPLE = 16, 1024
_WHOLE_BITS = 8  # a picture of the whole extent is wider than 2**8 pixels, and so takes no coarser buckets
_SURELY_BOUNDED_S = 1 << 60  # what lasts longer may be without a beginning or an end
_POWERS = 1 << np.arange(COARSEST, dtype=np.int64)


@dataclass(frozen=True, slots=True, eq=False)
class _Sorted:
    """Sorted instants, as seconds after the first where four bytes hold that; their greatest number is FUTURE_S."""

    first_s: int
    values: Int64Array | NDArray[np.uint32]

    @classmethod
    def of(cls, times_s: Int64Array) -> _Sorted:
        ordered = np.sort(times_s)
        bounded = ordered[: np.searchsorted(ordered, FUTURE_S)]
        if not len(bounded) or int(bounded[-1]) - int(bounded[0]) >= _MOST_UINT32:
            return cls(0, read_only(ordered))
        values = np.full(len(ordered), _MOST_UINT32, np.uint32)
        values[: len(bounded)] = bounded - bounded[0]
        return cls(int(bounded[0]), read_only(values))

    @property
    def last_s(self) -> int:
        """The last that is bounded, PAST_S where there is none."""
        place = self.before(FUTURE_S) - 1
        return self.first_s + int(self.values[place]) if place >= 0 else PAST_S

    def before(self, time_s: int) -> int:
        """Return how many lie before an instant."""
        value = time_s - self.first_s
        if self.values.dtype == np.uint32:
            value = min(max(value, 0), _MOST_UINT32)
        # A key of another type than the array's would have all of the array copied.
        return int(self.values.searchsorted(self.values.dtype.type(value)))


class TimeIndex:
    """Sorted rows of a table, and what can be asked about stretches of time of them.

    What an answer needs is made when it is first asked for, and kept; `warm` makes all of it, on any thread. What has
    no end is taken to last to the end of `extent_s`, and what has no beginning from the beginning of it.
    """

    def __init__(
        self, rows: Int32Array | None, times: Times, importance: UInt8Array, extent_s: tuple[int, int]
    ) -> None:
        """Index some rows, or with None all of them, whose numbers are then written out only if they are asked for."""
        self.times = times
        self.importance = importance
        self._rows = rows
        self._extent_s = extent_s
        self._levels: dict[int, Buckets] = {}
        self._reached = 0
        self._lasting: dict[int, Int32Array] = {}
        self._under_way: dict[int, int] = {}

    @cached_property
    def rows(self) -> Int32Array:
        """The sorted rows."""
        return read_only(np.arange(len(self), dtype=np.int32)) if self._rows is None else self._rows

    @property
    def is_ready(self) -> bool:
        """Whether counting and the finest buckets are made already."""
        return "_long_ends" in self.__dict__ and bool(self._levels)

    def warm_counts(self) -> None:
        """Make what counting needs."""
        self._long_ends  # noqa: B018 — made and kept

    def warm_buckets(self) -> None:
        """Make the buckets of the levels that a picture of the whole extent, and finer ones, are made of."""
        first_s, last_s = self._extent_s
        self.at((last_s - first_s).bit_length() - _WHOLE_BITS)

    def warm(self) -> None:
        """Make everything that may be asked for."""
        self.at(COARSEST)
        self.warm_counts()
        for power in range(COARSEST):
            self._lasting_rows(power)

    @cached_property
    def finest(self) -> int:
        """The finest level that is kept: the first with at most a SHARE of the rows for buckets, judged by samples."""
        step = max(1, len(self) // _SAMPLES)
        length = min(_SAMPLE, step + 1)
        places = np.arange(0, max(len(self) - length + 1, 0), step)[:, None] + np.arange(length)
        starts = self.times.start_earliest_s[self._rows_at(places)]
        # From before 1970 to after it is the greatest step, as it is without a sign.
        changes = (starts[:, 1:] ^ starts[:, :-1]).reshape(-1).view(np.uint64)
        # One step in SHARE may lead to another bucket; the greatest of all others tells the level.
        others = len(changes) - len(changes) // SHARE
        return min(int(np.partition(changes, others - 1)[others - 1]).bit_length(), COARSEST) if others else 0

    @cached_property
    def _long_places(self) -> Int32Array:
        """The places in `rows` of events that last more than LONG_S, in order."""
        is_long = lasting_s(self.times) > LONG_S
        return read_only(np.flatnonzero(is_long.take(self._all_of(self.times.shape_codes))).astype(np.int32))

    @cached_property
    def _long_ends(self) -> _Sorted:
        """The latest ends of the long events, sorted by themselves."""
        return _Sorted.of(self.times.ends_of(self._rows_at(self._long_places)))

    @cached_property
    def first_s(self) -> int:
        """The first bounded beginning of the rows, that of the extent where there is none."""
        place = self.place_of(PAST_S + 1)
        return (
            int(self.times.start_earliest_s[self._between(place, place + 1)[0]])
            if place < len(self)
            else self._extent_s[0]
        )

    @cached_property
    def last_s(self) -> int:
        """The last bounded beginning or end of the rows, the end of the extent where there is none."""
        if not len(self):
            return self._extent_s[1]
        begun_s = int(self.times.start_earliest_s[self._between(len(self) - 1, len(self))[0]])
        # Whatever began earlier than these and ends later is a long one.
        recent = self._between(self.place_of(begun_s - LONG_S), len(self))
        ends = self.times.ends_of(recent)
        last_s = max(begun_s, self._long_ends.last_s, int(ends[ends < FUTURE_S].max(initial=PAST_S)))
        return self._extent_s[1] if last_s == PAST_S else last_s

    def __len__(self) -> int:
        return len(self.times) if self._rows is None else len(self._rows)

    def place_of(self, time_s: int) -> int:
        """Return how many of the rows begin before an instant."""
        return int(self.places_of(np.array([time_s], np.int64))[0])

    def places_of(self, times_s: Int64Array) -> Int64Array:
        """Return how many of the rows begin before each instant, the same shape."""
        return self.places_of_rows(self.times.start_earliest_s.searchsorted(times_s))

    def places_of_rows(self, rows: Int64Array) -> Int64Array:
        """Return how many of the rows have a lower number than each of some, the same shape."""
        return rows if self._rows is None else self._rows.searchsorted(rows.astype(self._rows.dtype))

    def under_way(self, time_s: int) -> int:
        """Return how many of the rows begin before an instant and last until it or longer; what was asked is kept."""
        known = self._under_way.get(time_s)
        if known is None:
            if len(self._under_way) >= MOST_KEPT:
                self._under_way.clear()
            known = self._under_way[time_s] = self._counted_under_way(time_s)
        return known

    def _counted_under_way(self, time_s: int) -> int:
        begins = self.places_of(np.array([time_s, time_s - LONG_S - 1], np.int64))
        place, recent = int(begins[0]), int(begins[1])
        long_begun = self._long_begun(place)
        still_long = long_begun - self._long_ends.before(time_s)
        if recent == place:
            return still_long
        young = self._between(recent, place)
        lasting = lasting_s(self.times)[self.times.shape_codes[young]]
        until = time_s - self.times.start_earliest_s[young]
        return still_long + int(np.count_nonzero((lasting <= LONG_S) & (lasting >= until)))

    def is_touched(self, first_s: int, beyond_s: int) -> bool:
        """Return whether any of the rows has a part of a stretch of time, its last second excluded."""
        begins = self.places_of(np.array([first_s, beyond_s], np.int64))
        return bool(begins[0] != begins[1]) or self.under_way(first_s) > 0

    def touching(self, first_s: int, beyond_s: int) -> int:
        """Return how many of the rows have a part of a stretch of time, its last second excluded."""
        begins = self.places_of(np.array([first_s, beyond_s], np.int64))
        return int(begins[1] - begins[0]) + self.under_way(first_s)

    def rows_under_way(self, time_s: int) -> Int32Array:
        """Return the rows that begin before an instant and last until it or longer, in order."""
        begins = self.places_of(np.array([time_s, time_s - LONG_S - 1], np.int64))
        place, recent = int(begins[0]), int(begins[1])
        lasting = lasting_s(self.times)
        young = self._between(recent, place)
        young = young[lasting[self.times.shape_codes[young]] <= LONG_S]
        long = self._rows_at(self._long_places[: self._long_begun(place)])
        rows = np.concatenate((long[self.times.ends_of(long) >= time_s], young[self.times.ends_of(young) >= time_s]))
        return np.sort(rows)

    def at(self, level: int) -> Buckets:
        """Return the buckets of a level; of those finer than are kept, the finest that is.

        A level that joins no two buckets of the one below it is that one with other numbers, and not kept.
        """
        wanted = min(max(level, self.finest), COARSEST)
        if not self._levels:
            self._reached = self.finest
            starts_s, importance = self._all_of(self.times.start_earliest_s), self._all_of(self.importance)
            self._levels[self.finest] = buckets_of(starts_s, importance, self.finest)
        while wanted > self._reached:
            finer = self._levels[max(tuple(self._levels))]
            beyond = finer.level + finer.levels_apart
            if beyond <= wanted:
                self._levels[beyond] = finer.coarser(beyond, self.importance[self._rows_at(finer.tops)])
            self._reached = min(beyond, wanted)
        return self._renumbered(wanted)

    def _renumbered(self, level: int) -> Buckets:
        kept = self._levels[max(one for one in tuple(self._levels) if one <= level)]
        if kept.level == level:
            return kept
        return replace(kept, level=level, numbers=kept.numbers >> (level - kept.level))

    def lasting_between(self, power: int, first: int, beyond: int) -> Int32Array:
        """Return rows at some places of the index that last more than 2**(power - 1) and at most 2**power seconds.

        Of each 2**power seconds it has the MOST_LASTING most urgent ones that begin in them.
        """
        if first >= beyond:
            return self._between(0, 0)
        rows = self._lasting_rows(power)
        kind = rows.dtype.type
        first_row, last_row = self._rows_at(np.array([first, beyond - 1])).tolist()
        return rows[np.searchsorted(rows, kind(first_row)) : np.searchsorted(rows, kind(last_row), side="right")]

    def _long_begun(self, place: int) -> int:
        # A key of another type than the array's would have all of the array copied.
        return int(self._long_places.searchsorted(self._long_places.dtype.type(place)))

    def _lasting_rows(self, power: int) -> Int32Array:
        if power not in self._lasting:
            self._lasting[power] = self._most_urgent(power)
        return self._lasting[power]

    def _most_urgent(self, power: int) -> Int32Array:
        """Return the most urgent rows of each cell of time among those that last so long."""
        lasting = lasting_s(self.times)
        is_bounded = lasting < _SURELY_BOUNDED_S
        has_power = (_powers(lasting) == power) & is_bounded
        if is_bounded.all() and not has_power.any():
            return self._between(0, 0)
        shapes = self._all_of(self.times.shape_codes)
        chosen = has_power.take(shapes)
        if not is_bounded.all():
            unbounded = np.flatnonzero(~is_bounded.take(shapes))
            chosen[unbounded] = _powers(self._drawn_lasting_s(self._rows_at(unbounded))) == power
        rows = self._rows_at(np.flatnonzero(chosen))
        cells = np.maximum(self.times.start_earliest_s.take(rows), self._extent_s[0]) >> power
        if len(rows) and len(rows) > MOST_LASTING * (int(cells[-1]) - int(cells[0]) + 1):
            return read_only(rows[most_urgent_of_cells(cells, urgencies(rows, self.importance), MOST_LASTING)])
        return read_only(rows)

    def _drawn_lasting_s(self, rows: Int32Array) -> Int64Array:
        starts = np.maximum(self.times.start_earliest_s[rows], self._extent_s[0])
        lasting: Int64Array = np.maximum(np.minimum(self.times.ends_of(rows), self._extent_s[1]) - starts, 0)
        return lasting

    def _all_of(self, column: NDArray[Scalar]) -> NDArray[Scalar]:
        """Return a column of the table at all rows, shape (len(self),)."""
        return column if self._rows is None else column.take(self._rows)

    def _between(self, first: int, beyond: int) -> Int32Array:
        """Return the rows from one place to before another."""
        if self._rows is not None:
            return self._rows[first:beyond]
        return np.arange(first, min(beyond, len(self)), dtype=np.int32)

    def _rows_at(self, places: IntegerArray) -> Int32Array:
        """Return the rows at some places."""
        return places.astype(np.int32) if self._rows is None else self._rows.take(places)


def lasting_s(times: Times) -> Int64Array:
    """Return how long the events of each shape last, from the earliest start to the latest end, shape (shapes,)."""
    lasting: Int64Array = times.shapes[:, -1]
    return lasting


def _powers(lasting: Int64Array) -> Int64Array:
    """Return the smallest k with 2**k seconds at least as long as an event of which the last second counts."""
    return np.searchsorted(_POWERS, lasting, side="right")
