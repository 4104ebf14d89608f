"""Tell which of day and month stands first in tables of programs that always write their dates alike, by their header.

The tables of log2timeline, the forerunner of Plaso, and of Plaso as `l2tcsv`, have the month first: MM/DD/YYYY.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from timeline_app.readers.day_order import DayOrder

_ORDERS: Mapping[frozenset[str], DayOrder] = MappingProxyType(
    {frozenset({"date", "time", "timezone", "macb", "sourcetype", "short", "desc", "inode"}): DayOrder.MDY}
)


def order_by_header(columns: Sequence[str]) -> DayOrder | None:
    """Return the order that all dates of a table have whose columns are called so, None for any other table."""
    names = {column.strip().casefold() for column in columns}
    return next((order for header, order in _ORDERS.items() if header <= names), None)
