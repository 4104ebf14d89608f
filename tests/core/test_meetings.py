"""What names share is what going through all events says."""

from __future__ import annotations

from unittest import mock

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from timeline_app.core import meetings
from timeline_app.core.meetings import Meetings
from timeline_app.core.postings import Postings

NAMES = tuple("abcdef")
CASTS = st.lists(st.frozensets(st.sampled_from(NAMES), max_size=4), max_size=40)


def postings_of(casts: list[frozenset[str]]) -> Postings:
    pairs = ((row, name) for row, names in enumerate(casts) for name in sorted(names))
    return Postings.build(len(casts), pairs, first_names=NAMES)


@given(CASTS, st.integers(0, 4), st.integers(1, 4))
def test_counts_and_rows_of_every_two_names(casts: list[frozenset[str]], block_bits: int, frequent: int) -> None:
    postings = postings_of(casts)
    with mock.patch.object(meetings, "_BLOCK_BITS", block_bits), mock.patch.object(meetings, "FREQUENT", frequent):
        met = Meetings.of(postings, len(casts))
    assert met is not None
    for code, one in enumerate(NAMES):
        others = [other for other in range(len(NAMES)) if other != code]
        for other, rows in zip(others, met.shared(code, others), strict=True):
            expected = [row for row, names in enumerate(casts) if one in names and NAMES[other] in names]
            assert rows.tolist() == expected
            assert met.counts[code, other] == len(expected)
        assert met.counts[code, code] == 0


@given(CASTS, st.integers(0, 6))
def test_companions_are_those_who_share_most(casts: list[frozenset[str]], most: int) -> None:
    met = Meetings.of(postings_of(casts), len(casts))
    assert met is not None
    for code in range(len(NAMES)):
        shared = {other: int(count) for other, count in enumerate(met.counts[code].tolist()) if count}
        expected = sorted(shared, key=lambda other: (-shared[other], other))[:most]
        assert met.companions(code, most) == expected


def test_of_too_many_names_or_when_no_longer_wanted_nothing_is_worked_out() -> None:
    postings = postings_of([frozenset("ab")])
    with mock.patch.object(meetings, "MOST_NAMES", 5):
        assert Meetings.of(postings, 1) is None
    assert Meetings.of(postings, 1, lambda: False) is None


def test_without_names_nobody_meets() -> None:
    met = Meetings.of(Postings.build(3, []), 3)
    assert met is not None
    assert met.counts.shape == (0, 0)
    assert np.count_nonzero(met.marks) == 0
