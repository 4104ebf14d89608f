"""Tell whether commas and the like separate the actors of a table's cells, from what all of its first cells say."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from timeline_app.readers.blank_cells import filled
from timeline_app.readers.event_columns import EventColumns
from timeline_app.readers.table_source import TableSource

_SEPARATOR_SETTING = "separator"
# Of what may part names, or stand within one; the first comma of East Asia and other semicolons never do.
_ALWAYS, _PERHAPS = ("؛", "；", "、"), (",", "،", "，", "/")
_OTHER_SEPARATORS = (";", "|", "[", "{")
_LISTS = ("actors", "tags")
_FEWEST_ALONE = 2
_MOSTLY = 0.5


def with_comma_lists(columns: EventColumns, table: TableSource, mapping: Mapping[str, str]) -> EventColumns:
    """Return the columns with a comma or slash as separator, where actors that it parts stand alone in other cells too.

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
    always = next((sign for sign in _ALWAYS if any(sign in cell for cell in cells)), "")
    if always:
        return replace(columns, separator=always)
    sign = next((sign for sign in _PERHAPS if _parts(cells, sign)), "")
    return replace(columns, separator=sign) if sign else columns


def _parts(cells: Collection[str], sign: str) -> bool:
    """Tell whether a sign parts names in most cells that have it, as names that stand alone in others show."""
    together = [[part.strip() for part in cell.split(sign)] for cell in cells if sign in cell]
    alone = {part for parts in together for part in parts if part in cells}
    parted = sum(bool(alone.intersection(parts)) for parts in together)
    return len(alone) >= _FEWEST_ALONE and parted >= _MOSTLY * len(together)
