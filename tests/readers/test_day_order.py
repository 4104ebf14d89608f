"""Tests of what the dates of a column tell of their order."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline_app.readers.day_order import DayOrder, MixedOrders, OrdersSeen, orders_seen

CELLS = st.lists(st.sampled_from(("13/02/2024", "02/13/2024", "03/04/2024", "05.05.2024", "2024-02-13", "x", "1/2/99")))


@pytest.mark.parametrize(
    ("cells", "decided", "is_open"),
    [
        (("13/02/2024", "03/04/2024"), DayOrder.DMY, False),
        (("03-04-2024", "02-13-2024"), DayOrder.MDY, False),
        (("03/04/2024", "05/06/2024"), None, True),
        (("13.02.2024", "02.13.2024"), None, False),
        (("05/05/2024", "2024/03/04", "2024-03-04", "31/31/2024", "1/2/99", "10.1.2.2024", ""), None, False),
        (("01/02/2024 - 14/02/2024",), DayOrder.DMY, False),
    ],
)
def test_a_column_tells_its_order_by_all_rows(cells: tuple[str, ...], decided: DayOrder | None, is_open: bool) -> None:
    seen = orders_seen(cells)
    assert (seen.decided, seen.is_open) == (decided, is_open)


@given(CELLS, CELLS)
def test_what_is_seen_of_two_parts_adds_up(first: list[str], second: list[str]) -> None:
    assert orders_seen(first) | orders_seen(second) == orders_seen(first + second)
    assert orders_seen(first) | OrdersSeen() == orders_seen(first)


def test_a_date_in_the_other_order_than_most_before_it_is_odd() -> None:
    orders = MixedOrders()
    cells = ("13/02/2024", "2024-02-13", "05/06/2024", "14/02/2024", "02/13/2024", "15/02/2024", "12/31/2024")
    odd = {cell: orders.remark(cell) for cell in cells}
    assert {cell for cell, remark in odd.items() if remark} == {"02/13/2024", "12/31/2024"}
    assert (
        odd["02/13/2024"]
        == "“02/13/2024” can only have the month first, and “13/02/2024” of the same column only the day"
    )
