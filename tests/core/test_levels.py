"""What the index says about stretches of time is what going through all events says."""

from __future__ import annotations

from dataclasses import dataclass
from unittest import mock

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline_app.core import levels
from timeline_app.core.arrays import UInt8Array
from timeline_app.core.buckets import COARSEST, Buckets
from timeline_app.core.calendar import DAY_S
from timeline_app.core.levels import LONG_S, MOST_LASTING, SHARE, TimeIndex, lasting_s
from timeline_app.core.times import Times
from timeline_app.core.urgency import MOST_IMPORTANT, urgencies
from timeline_app.core.when import FUTURE_S, PAST_S

YEAR_S = 31_556_952
BIG_BANG_S = -13_800_000_000 * YEAR_S
# Few distinct starts, so that many are equal; some far from all others.
STARTS = st.one_of(
    st.integers(0, 6).map(lambda day: day * DAY_S),
    st.integers(-3 * DAY_S, 3 * DAY_S),
    st.sampled_from((PAST_S, BIG_BANG_S, -2070 * YEAR_S, 10**9 * YEAR_S)),
)
LENGTHS = st.sampled_from((0, 1, 59, DAY_S - 1, LONG_S - 1, LONG_S, LONG_S + 1, 30 * DAY_S, 10**9 * YEAR_S, FUTURE_S))


@dataclass(frozen=True)
class Indexed:
    """An index and all that it was made of."""

    index: TimeIndex
    starts: list[int]
    ends: list[int]
    importance: UInt8Array
    extent_s: tuple[int, int]
    rows: list[int]

    def under_way(self, time_s: int) -> list[int]:
        return [row for row in self.rows if self.starts[row] < time_s <= self.ends[row]]

    def cells(self, power: int) -> dict[int, list[int]]:
        """Return the rows of a kind of length by the cell of time in which they begin to be drawn."""
        first_s, last_s = self.extent_s
        found: dict[int, list[int]] = {}
        for row in self.rows:
            start, end = self.starts[row], self.ends[row]
            if start == PAST_S or end == FUTURE_S:
                start, end = max(start, first_s), min(end, last_s)
            if power_of(max(end - start, 0)) == power:
                found.setdefault(max(self.starts[row], first_s) >> power, []).append(row)
        return found


@st.composite
def indexes(draw: st.DrawFn, *, largest: int = 40) -> Indexed:
    """Make the index of some of the rows of a table."""
    spans = sorted(draw(st.lists(st.tuples(STARTS, LENGTHS), max_size=largest)))
    starts = [start for start, _ in spans]
    ends = [min(max(start, -(2**61)) + length, FUTURE_S) for start, length in spans]
    importance = np.array([draw(st.integers(1, MOST_IMPORTANT)) for _ in spans], np.uint8)
    chosen = draw(st.lists(st.booleans(), min_size=len(spans), max_size=len(spans)))
    bounds_s = np.array([(start, start, end, end) for start, end in zip(starts, ends, strict=True)], np.int64)
    times = Times.of_bounds(bounds_s.reshape(len(spans), 4))
    extent_s = times.extent_of(slice(None)) or (0, 0)
    index = TimeIndex(np.flatnonzero(chosen).astype(np.int32), times, importance, extent_s)
    return Indexed(index, starts, ends, importance, extent_s, index.rows.tolist())


def instants(made: Indexed) -> st.SearchStrategy[int]:
    """Make instants about the edges of events, and elsewhere."""
    edges = [edge for edge in (*made.starts, *made.ends) if edge not in {PAST_S, FUTURE_S}] or [0]
    near = st.builds(int.__add__, st.sampled_from(edges), st.sampled_from((-1, 0, 1, DAY_S, LONG_S, LONG_S + 1)))
    return near | st.integers(-10 * DAY_S, 10 * DAY_S) | st.sampled_from((BIG_BANG_S - 1, 2**61))


def power_of(lasting: int) -> int:
    """Return the smallest power of two that is no shorter than what lasts to its last second."""
    return lasting.bit_length() if lasting < 2**COARSEST else COARSEST


@given(st.data())
def test_places_and_what_is_under_way_or_touches_a_stretch(data: st.DataObject) -> None:
    made = data.draw(indexes())
    index = made.index
    time_s, other_s = data.draw(instants(made)), data.draw(instants(made))
    before = [row for row in made.rows if made.starts[row] < time_s]
    assert len(index) == len(made.rows)
    assert index.place_of(time_s) == len(before)
    assert index.places_of(np.array([time_s, other_s], np.int64)).tolist() == list(
        map(index.place_of, (time_s, other_s))
    )
    assert index.rows_under_way(time_s).tolist() == made.under_way(time_s)
    assert index.under_way(time_s) == len(made.under_way(time_s))
    first_s, beyond_s = sorted((time_s, other_s))
    touching = [row for row in made.rows if made.starts[row] < beyond_s and made.ends[row] >= first_s]
    if first_s < beyond_s:
        assert index.touching(first_s, beyond_s) == len(touching)
        assert index.is_touched(first_s, beyond_s) == bool(touching)
        assert index.under_way(time_s) == len(made.under_way(time_s))


def check_buckets(made: Indexed, level: int) -> None:
    """Check one level against all rows sorted into its buckets."""
    expected: dict[int, list[int]] = {}
    for place, row in enumerate(made.rows):
        expected.setdefault(made.starts[row] >> level, []).append(place)
    buckets, grades = made.index.at(level), made.importance[made.rows].tolist()
    assert buckets.level == level
    assert buckets.numbers.tolist() == list(expected)
    assert buckets.counts.tolist() == [len(places) for places in expected.values()]
    assert buckets.firsts.tolist() == [*(places[0] for places in expected.values()), len(made.rows)]
    assert buckets.tops.tolist() == [
        max(places, key=lambda place: (grades[place], -place)) for places in expected.values()
    ]


@given(indexes())
def test_the_last_second_is_that_of_the_last_bounded_date(made: Indexed) -> None:
    dates = [date for row in made.rows for date in (made.starts[row], made.ends[row])]
    assert made.index.last_s == max((date for date in dates if PAST_S < date < FUTURE_S), default=made.extent_s[1])


@given(indexes(), st.integers(0, 70), st.integers(0, 70))
def test_buckets_are_those_of_all_rows_in_whatever_order_levels_are_asked_for(
    made: Indexed, first: int, second: int
) -> None:
    for level in (first, second):
        check_buckets(made, made.index.at(level).level)
        assert made.index.at(level).level == min(max(level, made.index.finest), COARSEST)


@given(st.data())
def test_the_buckets_between_two_instants_are_those_with_a_part_of_the_stretch(data: st.DataObject) -> None:
    made = data.draw(indexes())
    level = data.draw(st.integers(0, COARSEST - 1))
    buckets = made.index.at(level)
    first_s, beyond_s = sorted((data.draw(instants(made)), data.draw(instants(made)) + 1))
    found = buckets.numbers[buckets.between(first_s, beyond_s)].tolist()
    begins = {number: number << buckets.level for number in buckets.numbers.tolist()}
    length_s = 1 << buckets.level
    expected = [number for number, begin_s in begins.items() if begin_s < beyond_s and begin_s + length_s > first_s]
    assert found == (expected if first_s < beyond_s else [])


@given(indexes())
def test_the_finest_level_is_the_first_whose_buckets_are_few(made: Indexed) -> None:
    def buckets_of(level: int) -> int:
        return len({made.starts[row] >> level for row in made.rows})

    finest = made.index.finest
    steps = max(len(made.rows) - 1, 0)
    assert finest == COARSEST or (buckets_of(finest) - 1) * SHARE <= steps
    assert finest == 0 or (buckets_of(finest - 1) - 1) * SHARE > steps


@given(made=indexes(), power=st.integers(0, COARSEST), most=st.integers(1, 4))
def test_the_most_urgent_of_each_length_and_cell_are_kept(made: Indexed, power: int, most: int) -> None:
    with mock.patch.object(levels, "MOST_LASTING", most):
        found = made.index.lasting_between(power, 0, len(made.rows)).tolist()
    cells = made.cells(power)
    in_all = [row for rows in cells.values() for row in rows]
    first, last = min(cells, default=0), max(cells, default=0)
    if len(in_all) <= most * (last - first + 1):
        assert found == in_all
        return
    ranks = urgencies(made.index.rows, made.importance)
    rank_of = dict(zip(made.rows, ranks.tolist(), strict=True))
    assert found == sorted(row for rows in cells.values() for row in sorted(rows, key=rank_of.__getitem__)[:most])


@given(indexes(), st.integers(0, COARSEST), st.integers(0, 40), st.integers(0, 40))
def test_what_lasts_is_found_by_places(made: Indexed, power: int, first: int, beyond: int) -> None:
    beyond = min(beyond, len(made.rows))
    everything = made.index.lasting_between(power, 0, len(made.rows)).tolist()
    within = set(made.rows[first:beyond])
    assert made.index.lasting_between(power, first, beyond).tolist() == [row for row in everything if row in within]


@given(indexes())
def test_every_row_has_one_length(made: Indexed) -> None:
    found = [
        row for power in range(COARSEST + 1) for row in made.index.lasting_between(power, 0, len(made.rows)).tolist()
    ]
    assert len(found) == len(set(found))
    assert set(found) <= set(made.rows)
    if len(made.rows) <= MOST_LASTING:
        assert sorted(found) == made.rows


@given(indexes(), st.integers(0, COARSEST), st.integers(0, COARSEST))
def test_warming_changes_no_answer(made: Indexed, level: int, power: int) -> None:
    warm = TimeIndex(made.index.rows, made.index.times, made.importance, made.extent_s)
    warm.warm()
    everything = len(made.rows)
    assert arrays_of(warm.at(level)) == arrays_of(made.index.at(level))
    assert (
        warm.lasting_between(power, 0, everything).tolist() == made.index.lasting_between(power, 0, everything).tolist()
    )


def arrays_of(buckets: Buckets) -> list[list[int]]:
    return [array.tolist() for array in (buckets.numbers, buckets.firsts, buckets.tops)]


def many(count: int, *, seed: int = 3) -> Indexed:
    """Make the index of all rows of a table of many events of a day or longer."""
    random = np.random.default_rng(seed)
    starts = np.sort(random.integers(0, 400, count)) * DAY_S
    ends = starts + random.choice([DAY_S - 1, 10 * DAY_S, 100 * DAY_S], count)
    importance = random.integers(1, MOST_IMPORTANT + 1, count).astype(np.uint8)
    times = Times.of_bounds(np.stack((starts, starts, ends, ends), axis=1))
    extent_s = times.extent_of(slice(None))
    assert extent_s is not None
    index = TimeIndex(np.arange(count, dtype=np.int32), times, importance, extent_s)
    return Indexed(index, starts.tolist(), ends.tolist(), importance, extent_s, list(range(count)))


def test_many_events_have_few_buckets_and_the_right_ones() -> None:
    made = many(20_000)
    assert len(made.index.at(0).numbers) * SHARE <= len(made.rows)
    for level in (made.index.finest, 20, 30, COARSEST):
        check_buckets(made, level)


@pytest.mark.parametrize("time_s", [0, 200 * DAY_S + 1, 410 * DAY_S, 600 * DAY_S])
def test_many_events_under_way(time_s: int) -> None:
    made = many(20_000)
    assert made.index.rows_under_way(time_s).tolist() == made.under_way(time_s)
    assert made.index.under_way(time_s) == len(made.under_way(time_s))


def test_lengths_are_from_the_earliest_start_to_the_latest_end() -> None:
    times = Times.of_bounds(np.array([(0, 10, 20, 30), (5, 5, 7, 7), (0, 0, 0, FUTURE_S)], np.int64))
    lasting = lasting_s(times)[times.shape_codes]
    assert lasting.tolist()[:2] == [30, 2]
    assert lasting[2] > 2**COARSEST


def test_nothing_has_no_buckets() -> None:
    none = np.zeros(0, np.uint8)
    index = TimeIndex(np.zeros(0, np.int32), Times.of_bounds(np.zeros((0, 4), np.int64)), none, (0, 0))
    made = Indexed(index, [], [], none, (0, 0), [])
    check_buckets(made, made.index.finest)
    check_buckets(made, COARSEST)
    assert made.index.touching(-DAY_S, DAY_S) == 0
    assert made.index.lasting_between(3, 0, 0).tolist() == []
