"""Posting lists against plain sets of rows."""

from __future__ import annotations

from unittest import mock

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from timeline_app.core import postings as postings_module
from timeline_app.core.postings import Postings

PAIRS = st.lists(st.tuples(st.integers(0, 7), st.sampled_from("abcde")), max_size=30)


@given(PAIRS)
def test_postings_hold_each_row_of_a_name_once_and_sorted(pairs: list[tuple[int, str]]) -> None:
    postings = Postings.build(8, pairs)
    for name in "abcdef":
        expected = sorted({row for row, owner in pairs if owner == name})
        assert postings.rows_of(name).tolist() == expected
    assert postings.names == tuple(dict.fromkeys(name for _, name in pairs))
    assert postings.counts.tolist() == [len({row for row, owner in pairs if owner == name}) for name in postings.names]
    assert [postings.rows_at(code).tolist() for code in range(len(postings.names))] == [
        postings.rows_of(name).tolist() for name in postings.names
    ]


@given(PAIRS, st.lists(st.sampled_from("abcdef")))
def test_mask_of_names_is_the_union_of_their_rows(pairs: list[tuple[int, str]], names: list[str]) -> None:
    mask = Postings.build(8, pairs).mask(names, 8)
    assert set(np.flatnonzero(mask).tolist()) == {row for row, name in pairs if name in names}


@given(PAIRS, st.lists(st.booleans(), min_size=8, max_size=8), st.integers(1, 9))
def test_names_are_counted_among_some_rows_a_piece_at_a_time(
    pairs: list[tuple[int, str]], chosen: list[bool], piece: int
) -> None:
    postings = Postings.build(8, pairs, first_names=("unused", "a"))
    expected = [len({row for row, owner in pairs if owner == name and chosen[row]}) for name in postings.names]
    for few in (0, 9):
        with mock.patch.multiple(postings_module, _PIECE=piece, _CACHED=piece, _FEW_NAMES=few):
            counts = postings.counts_among(np.array(chosen))
        assert counts.dtype == np.int64
        assert counts.tolist() == expected


def test_no_names_are_counted_as_none() -> None:
    for mask in (np.zeros(3, np.bool_), np.ones(3, np.bool_), np.zeros(0, np.bool_)):
        assert Postings.build(len(mask), ()).counts_among(mask).tolist() == []


def test_first_names_are_numbered_first_even_without_rows() -> None:
    postings = Postings.build(2, [(1, "used")], first_names=("unused", "used"))
    assert postings.names == ("unused", "used")
    assert postings.counts.tolist() == [0, 1]
    assert postings.rows_of("unused").tolist() == []


ROLE_SETS = st.sampled_from([(), ("attacker",), ("target",), ("attacker", "target")])


@st.composite
def postings_with_roles(draw: st.DrawFn) -> Postings:
    """Return lists of up to five names, some of whose rows have roles."""
    pairs = sorted(set(draw(PAIRS)))
    told = {pair: draw(ROLE_SETS) for pair in pairs} if draw(st.booleans()) else {}
    return Postings.build(8, pairs, first_names=("a", "unused")).with_roles(8, told)


@given(postings_with_roles(), st.data())
def test_lists_under_other_names_are_those_of_their_own_put_together(postings: Postings, data: st.DataObject) -> None:
    codes = st.lists(st.integers(0, len(postings.names) - 1), min_size=1, max_size=3)
    groups = data.draw(st.dictionaries(st.text("xyz", max_size=3), codes, max_size=6))
    regrouped = postings.regrouped(groups)
    assert regrouped.names == tuple(groups) == tuple(regrouped.codes)
    assert regrouped.offsets.dtype == np.int64
    assert regrouped.rows.dtype == np.int32
    for name, own in groups.items():
        assert roles_by_row(regrouped, name) == united_roles(postings, own)


def roles_by_row(postings: Postings, name: str) -> dict[int, tuple[str, ...]]:
    """Return the roles of a name in each of its rows, in order."""
    one = postings.list_at(postings.codes[name])
    codes = one.roles.codes.tolist() if one.roles is not None else [0] * len(one.rows)
    sets = one.roles.sets if one.roles is not None else ((),)
    return dict(zip(one.rows.tolist(), (sets[code] for code in codes), strict=True))


def united_roles(postings: Postings, codes: list[int]) -> dict[int, tuple[str, ...]]:
    """Return the same of several lists put together, row by row."""
    found: dict[int, set[str]] = {}
    for code in codes:
        for row, roles in roles_by_row(postings, postings.names[code]).items():
            found.setdefault(row, set()).update(roles)
    return {row: tuple(sorted(found[row])) for row in sorted(found)}
