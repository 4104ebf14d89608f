"""Join the times of day of a table to the days that they belong to, and tell where midnight is none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from timeline_app.core.errors import WhenError
from timeline_app.readers.blank_cells import filled
from timeline_app.readers.clock_cells import clock_of
from timeline_app.readers.column_kinds import ColumnKind
from timeline_app.readers.column_names import END_TIMES, START_TIMES, TIMES, simple_name
from timeline_app.readers.date_numbers import DateNumbers
from timeline_app.readers.day_order import DayOrder
from timeline_app.readers.event_columns import EventColumns
from timeline_app.readers.formula_links import words_shown
from timeline_app.readers.midnights import are_days_at_midnight
from timeline_app.readers.table_settings import DATE_FIELDS
from timeline_app.readers.table_source import TableSource
from timeline_app.readers.written_dates import edtf_of

_NAMES = {"when": TIMES, "start": TIMES | START_TIMES, "end": END_TIMES}


def with_clocks(
    columns: EventColumns, table: TableSource, mapping: Mapping[str, str], kinds: Mapping[str, ColumnKind]
) -> EventColumns:
    """Return the columns with the time of day beside each date that stands alone, unless the user said what it is."""
    columns = _with_one_day(columns, mapping, kinds)
    for field, names in _NAMES.items():
        if field not in columns.fields or field in mapping or (field == "when" and "date" in mapping):
            continue
        clock = next((name for name in _called_so(columns, names) if _holds_clocks(table.cells(name))), None)
        if clock is not None:
            columns = _joined(columns, field, (columns.fields[field], clock))
    return columns


def with_midnights(columns: EventColumns, table: TableSource) -> EventColumns:
    """Return the columns with those dates of which so many first cells are at midnight that it can be no time."""
    found = {
        known
        for known in DATE_FIELDS
        for name in columns.parts(known)[:1]
        if are_days_at_midnight(_dates_of(table.cells(name), columns.orders.get(known), columns.numbers))
    }
    return replace(columns, midnights=frozenset(found))


def _dates_of(cells: Sequence[str], order: DayOrder | None, numbers: DateNumbers | None) -> Iterator[str]:
    """Give the dates of some cells in EDTF; what is none is told when it is read."""
    for cell in dict.fromkeys(map(words_shown, map(filled, cells))):
        try:
            yield edtf_of(cell, order, numbers)
        except WhenError:
            continue


def _with_one_day(columns: EventColumns, mapping: Mapping[str, str], kinds: Mapping[str, ColumnKind]) -> EventColumns:
    """Return the columns where `start_time` and `end_time` are times of one day, which another column has."""
    clocks = {
        field: name
        for field in ("start", "end")
        if (name := columns.fields.get(field)) is not None and field not in mapping and kinds[name] is ColumnKind.CLOCK
    }
    day = columns.fields.get("when") or columns.fields.get("start")
    if not clocks or day is None or day in clocks.values():
        return columns
    for field, name in clocks.items():
        columns = _joined(columns, field, (day, name))
    fields = {field: name for field, name in columns.fields.items() if field != "when"}
    return replace(columns, fields=fields if "start" in clocks else {**fields, "start": day})


def _called_so(columns: EventColumns, names: frozenset[str]) -> Sequence[str]:
    return [name for name in columns.columns if name not in columns.used and simple_name(name) in names]


def _holds_clocks(cells: Sequence[str]) -> bool:
    written = [text for cell in cells if (text := filled(cell).strip())]
    clocks = sum(bool(clock_of(text, is_called_so=True)) for text in written)
    return bool(written) and 2 * clocks >= len(written)


def _joined(columns: EventColumns, field: str, parts: tuple[str, ...]) -> EventColumns:
    fields = {known: name for known, name in columns.fields.items() if known != field}
    return replace(columns, fields=fields, joined={**columns.joined, field: parts})
