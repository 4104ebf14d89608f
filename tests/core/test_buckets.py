"""Buckets of time hold what going through all events finds, at whatever level."""

from __future__ import annotations

from itertools import groupby

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from timeline_app.core.buckets import Buckets, buckets_of
from timeline_app.core.urgency import MOST_IMPORTANT

EVENTS = st.lists(st.tuples(st.integers(-(10**12), 10**12), st.integers(1, MOST_IMPORTANT)), min_size=1, max_size=40)


def told(buckets: Buckets) -> list[list[int]]:
    return [array.tolist() for array in (buckets.numbers, buckets.firsts, buckets.tops)]


@given(EVENTS, st.integers(0, 45), st.integers(0, 10))
def test_a_level_made_from_a_finer_one_is_that_of_the_events(
    events: list[tuple[int, int]], level: int, steps: int
) -> None:
    starts_s = np.array(sorted(start_s for start_s, _ in events), np.int64)
    importance = np.array([one for _, one in events], np.uint8)
    finer = buckets_of(starts_s, importance, level)
    coarser = finer.coarser(level + steps, importance[finer.tops])
    assert told(coarser) == told(buckets_of(starts_s, importance, level + steps))
    assert len(coarser.numbers) == len(finer.numbers) or steps >= finer.levels_apart


@given(EVENTS, st.integers(0, 45))
def test_a_bucket_has_its_events_and_the_first_of_the_most_important(events: list[tuple[int, int]], level: int) -> None:
    starts = sorted(start_s for start_s, _ in events)
    grades = [one for _, one in events]
    buckets = buckets_of(np.array(starts, np.int64), np.array(grades, np.uint8), level)
    runs = {number: list(run) for number, run in groupby(range(len(starts)), key=lambda place: starts[place] >> level)}
    assert buckets.numbers.tolist() == list(runs)
    assert buckets.counts.tolist() == list(map(len, runs.values()))
    assert buckets.tops.tolist() == [max(run, key=lambda place: (grades[place], -place)) for run in runs.values()]


def test_of_no_events_there_are_no_buckets() -> None:
    none = buckets_of(np.zeros(0, np.int64), np.zeros(0, np.uint8), 3)
    assert told(none) == [[], [0], []]
