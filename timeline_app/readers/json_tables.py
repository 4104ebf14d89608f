"""A table whose records are objects in JSON: its columns, the fields of its records, and the events of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from timeline_app.core.batches import Decoder
from timeline_app.readers.cell_decoder import CellDecoder
from timeline_app.readers.coded_records import coded_records_of
from timeline_app.readers.columns import EventFields
from timeline_app.readers.event_cells import decode_event, title_of
from timeline_app.readers.event_columns import EventColumns, own_columns
from timeline_app.readers.field_reader import FieldColumns
from timeline_app.readers.json_lines import Cells, FieldsOf, keys_of, record_cells
from timeline_app.readers.nested_cells import NestedCells, nested_paths
from timeline_app.readers.table_source import ColumnScan, TableSource

_MOST_KEYS = 10_000


def decoder(layout: Mapping[str, object]) -> Decoder:
    """Return what makes whole events of the records of a file with this layout."""
    coded = coded_records_of(layout)
    if coded is not None:
        return coded.decoder(record_cells)
    columns = EventColumns.of_layout(layout)
    return CellDecoder(_nested_cells, partial(decode_event, columns), partial(title_of, columns), columns.is_literal)


def table_of(first: Sequence[Cells], scan: ColumnScan, names: Sequence[str] = ()) -> TableSource:
    """Return the table of some first records; `names` are columns that it has whatever they hold."""
    records = list(map(NestedCells, first))
    keys = [*names, *keys_of(records)]
    columns = tuple(dict.fromkeys([*keys, *own_columns(keys), *nested_paths(records)]))[:_MOST_KEYS]
    rows = [[record.get(column) for column in columns] for record in records]
    return TableSource(columns, rows, scan)


def cells_by_column(records: Sequence[Cells], names: Sequence[str]) -> list[list[str]]:
    """Return the cells of some columns."""
    cells = list(map(NestedCells, records))
    return [[record.get(name) for record in cells] for name in names]


def fields_by(fields_of: Callable[[FieldColumns, Sequence[int]], EventFields]) -> FieldsOf:
    """Return what makes the fields of a batch."""
    return lambda records, numbers: fields_of(
        lambda column: [record.get(column) or NestedCells(record).get(column) for record in records], numbers.tolist()
    )


def _nested_cells(record: bytes) -> NestedCells:
    return NestedCells(record_cells(record))
