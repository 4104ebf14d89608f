"""Items made ahead are the same, in their order, with what goes wrong in its place."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline_app.readers.read_ahead import read_ahead


@given(st.lists(st.integers()))
def test_all_items_come_in_their_order(items: list[int]) -> None:
    assert list(read_ahead(iter(items))) == items


def test_one_item_is_made_while_another_is_worked_on_and_no_more() -> None:
    made, is_second_made = list[int](), threading.Event()

    def items() -> Iterator[int]:
        for number in range(5):
            made.append(number)
            if number == 1:
                is_second_made.set()
            yield number

    given_items = read_ahead(items())
    assert next(given_items) == 0
    assert is_second_made.wait(10), "made without being asked for"
    assert next(given_items) == 1
    assert max(made) <= 2


def test_an_error_comes_after_the_items_before_it() -> None:
    def items() -> Iterator[int]:
        yield 1
        raise ValueError("broken")

    given_items = read_ahead(items())
    assert next(given_items) == 1
    with pytest.raises(ValueError, match="broken"):
        next(given_items)


def test_nothing_goes_on_once_nobody_asks() -> None:
    is_closed = threading.Event()

    def items() -> Iterator[int]:
        try:
            yield from range(1_000_000)
        finally:
            is_closed.set()

    given_items = read_ahead(items())
    assert next(given_items) == 0
    assert isinstance(given_items, Iterator)
    del given_items
    assert is_closed.wait(10)
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("read-ahead")]
