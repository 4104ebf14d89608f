"""Which of day and month stands first in dates that fit both orders, told by what else their records say."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from timeline_app.core.calendar import days_from_civil, days_in_month
from timeline_app.core.errors import WhenError
from timeline_app.readers.day_order import NUMERIC, DayOrder, OrdersSeen, numeric_parts, orders_seen
from timeline_app.readers.table_source import TableSource
from timeline_app.readers.ucdp_ged_when import plain_day

# Tells from a day, counted from 1970, and the other cells of a record whether the date can be meant so.
IsPossible = Callable[[int, Sequence[str]], bool]


def orders_beside(table: TableSource, date: str, others: Sequence[str], is_possible: IsPossible) -> OrdersSeen:
    """Return what all dates of a column tell that fit both orders and of which only one can be meant.

    A record of which neither can, or both, tells nothing. Columns that the table does not have are empty.
    """
    there = [name for name in others if name in table.columns]
    if date not in table.columns or not there:
        return OrdersSeen()
    found = OrdersSeen()
    for columns in table.scan([date, *there]):
        for cell, *cells in zip(*columns, strict=True):
            orders = list(_possible(cell.strip(), _in_order(cells, there, others), is_possible))
            if len(orders) == 1:
                is_day_first = orders[0] is DayOrder.DMY
                found |= OrdersSeen(
                    is_day_first, not is_day_first, 0, (cell, "", "") if is_day_first else ("", cell, "")
                )
    return found


def _in_order(cells: Sequence[str], there: Sequence[str], wanted: Sequence[str]) -> list[str]:
    by_name = dict(zip(there, cells, strict=True))
    return [by_name.get(name, "") for name in wanted]


def _possible(date: str, others: Sequence[str], is_possible: IsPossible) -> Iterator[DayOrder]:
    """Give the orders in which a date can be meant that fits both; those of no other date."""
    match = NUMERIC.fullmatch(plain_day(date))
    if match is None or not orders_seen((date,)).either:
        return
    for order in (DayOrder.DMY, DayOrder.MDY):
        try:
            year, month, day = numeric_parts(match, order)
        except WhenError:
            continue
        if day <= days_in_month(year, month) and is_possible(days_from_civil(year, month, day), others):
            yield order
