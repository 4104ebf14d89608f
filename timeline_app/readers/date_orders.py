"""Find out in which order the dates of a table have day and month, by all of its rows, or ask for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType

from timeline_app.core.when import in_words, parse
from timeline_app.readers.blank_cells import filled
from timeline_app.readers.column_kinds import ColumnKind
from timeline_app.readers.day_order import DayOrder, OrdersSeen, orders_seen, shared_order
from timeline_app.readers.event_columns import EventColumns
from timeline_app.readers.question import Choice, Question
from timeline_app.readers.table_settings import DATE_FIELDS
from timeline_app.readers.table_source import TableSource
from timeline_app.readers.tree import shortened
from timeline_app.readers.written_dates import edtf_of
from timeline_app.readers.year_months import YearMonthsSeen, year_months_seen
from timeline_app.readers.years_beside import dates_in_full, year_beside


def with_orders(
    columns: EventColumns, table: TableSource, kinds: Mapping[str, ColumnKind]
) -> tuple[EventColumns, tuple[Question, ...]]:
    """Return the columns with the order of day and month that all dates of each allow, and where only the user can.

    A column of which every date fits both orders has that of the other columns of dates, where these agree.
    """
    wanted = {
        field: name
        for field in DATE_FIELDS
        for name in columns.parts(field)[:1]
        if field not in columns.orders and _tells_orders(table, name, year_beside(columns.parts(field)))
    }
    columns = _with_months(columns, table)
    wanted = {field: name for field, name in wanted.items() if field not in columns.orders}
    if not wanted:
        return columns, ()
    years = {name: year for field, name in wanted.items() if (year := year_beside(columns.parts(field)))}
    seen = _orders_by_column(table, wanted.values(), years)
    orders = {field: order for field, name in wanted.items() if (order := seen[name].decided) is not None}
    unsure = [field for field, name in wanted.items() if seen[name].is_open]
    if unsure:
        others = [name for name, kind in kinds.items() if kind is ColumnKind.DATE and name not in seen]
        seen |= _orders_by_column(table, [name for name in others if _tells_orders(table, name)])
        shared = shared_order(seen.values())
        orders |= dict.fromkeys(unsure, shared) if shared is not None else {}
    questions = tuple(
        order_question(f"date_order.{field}", wanted[field], seen[wanted[field]])
        for field in unsure
        if field not in orders
    )
    return replace(columns, orders={**columns.orders, **orders}), questions


def _with_months(columns: EventColumns, table: TableSource) -> EventColumns:
    """Return the columns with the year first where all rows of one say a year and a month, as in 2022/12."""
    likely = {
        field: columns.fields[field]
        for field in DATE_FIELDS
        if field in columns.fields
        and field not in columns.orders
        and year_months_seen(map(filled, table.cells(columns.fields[field]))).are_months
    }
    seen = dict.fromkeys(likely.values(), YearMonthsSeen())
    for part in table.scan(tuple(seen)) if seen else ():
        for name, cells in zip(seen, part, strict=True):
            seen[name] |= year_months_seen(dict.fromkeys(map(filled, cells)))
    months = {field: DayOrder.YMD for field, name in likely.items() if seen[name].are_months}
    return replace(columns, orders={**columns.orders, **months})


def _tells_orders(table: TableSource, column: str, year: str = "") -> bool:
    """Tell whether the first cells of a column have dates in which day and month have an order.

    `year` is the column of their years, "" where they have these themselves.
    """
    cells = table.cells(column)
    return orders_seen(dates_in_full(cells, table.cells(year)) if year else cells) != OrdersSeen()


def _orders_by_column(
    table: TableSource, names: Iterable[str], years: Mapping[str, str] = MappingProxyType({})
) -> dict[str, OrdersSeen]:
    """Return what all rows of each column tell of its order, those of `years` with the years of another column."""
    seen = dict.fromkeys(names, OrdersSeen())
    plain = [name for name in seen if name not in years]
    for part in table.scan(plain) if plain else ():
        for name, cells in zip(plain, part, strict=True):
            seen[name] |= orders_seen(dict.fromkeys(cells))
    for name, year in years.items():
        for cells, beside in table.scan((name, year)):
            seen[name] |= orders_seen(dates_in_full(cells, beside))
    return seen


def orders_of_column(table: TableSource, column: str) -> OrdersSeen:
    """Return what all rows of a column tell of its order, where the first ones have dates in which there is one."""
    return _orders_by_column(table, [column])[column] if _tells_orders(table, column) else OrdersSeen()


def order_question(key: str, column: str, seen: OrdersSeen) -> Question:
    """Return what is asked of a column of which every date fits both orders of day and month."""
    example = seen.examples[2]
    readings = tuple(
        Choice(str(order), f"{example} is {in_words(parse(edtf_of(example, order)))}")
        for order in (DayOrder.DMY, DayOrder.MDY)
    )
    text = f"every date in “{shortened(column, 40)}”, such as {example}, may have the day or the month first"
    return Question(key, text, readings)
