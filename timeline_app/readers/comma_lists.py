"""Tell whether commas separate the actors of a table's cells, from what all of its first cells say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from timeline_app.readers.blank_cells import filled
from timeline_app.readers.event_columns import EventColumns
from timeline_app.readers.table_source import TableSource

_SEPARATOR_SETTING, _COMMA = "separator", ","
_OTHER_SEPARATORS = (";", "|", "[", "{")
_LISTS = ("actors", "tags")
_FEWEST_ALONE = 2
_MOSTLY = 0.5


def with_comma_lists(columns: EventColumns, table: TableSource, mapping: Mapping[str, str]) -> EventColumns:
    """Return the columns with the comma as separator, where actors that it parts stand alone in other cells too.

    Names may hold commas themselves, so the same columns where that is not to be seen, where anything else separates
    values in lists of this table, and where the user has said what does.
    """
    actors = columns.fields.get("actors")
    if actors is None or columns.is_own or _SEPARATOR_SETTING in mapping or columns.joined.keys() & set(_LISTS):
        return columns
    lists = [filled(cell) for field in _LISTS if field in columns.fields for cell in table.cells(columns.fields[field])]
    if any(sign in cell for cell in lists for sign in _OTHER_SEPARATORS):
        return columns
    cells = {text for cell in table.cells(actors) if (text := filled(cell).strip())}
    together = [[part.strip() for part in cell.split(_COMMA)] for cell in cells if _COMMA in cell]
    alone = {part for parts in together for part in parts if part in cells}
    parted = sum(bool(alone.intersection(parts)) for parts in together)
    is_list = len(alone) >= _FEWEST_ALONE and parted >= _MOSTLY * len(together)
    return replace(columns, separator=_COMMA) if is_list else columns
