"""Tell which rows of a text table stand above the one that names its columns, as titles and sources of tables do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from timeline_app.readers.event_columns import known_fields
from timeline_app.readers.hxl_tags import are_hxl_tags

_MOST_ABOVE = 20
_MOST_CELLS_ABOVE = 2
_FEWEST_KNOWN = 2


def usual_width(rows: Sequence[Sequence[str]]) -> int:
    """Return how many cells most rows have, of equally many the first."""
    return Counter(map(len, rows)).most_common(1)[0][0] if rows else 0


def rows_above(rows: Sequence[Sequence[str]]) -> int:
    """Return how many of the first rows stand above the header: those with a cell or two, where a header follows.

    That has names which are known, or tags of HXL below it. Spreadsheets are told by a first row `sep=;` what separates
    fields.
    """
    if rows and _names_separator(rows[0]):
        return 1 + rows_above(rows[1:])
    width = usual_width(rows)
    for place, row in enumerate(rows[: _MOST_ABOVE + 1]):
        filled = [cell.strip() for cell in row if cell.strip()]
        if len(row) == width and len(filled) > _MOST_CELLS_ABOVE:
            # What has a known name at most may be a record as well.
            is_below = place and (
                len(known_fields(filled)) >= _FEWEST_KNOWN or any(map(are_hxl_tags, rows[place + 1 : place + 2]))
            )
            return place if is_below else 0
        if len(filled) > _MOST_CELLS_ABOVE:
            return 0
    return 0


def _names_separator(row: Sequence[str]) -> bool:
    """Tell whether a row is `sep=;`, taken apart at that sign."""
    return row[0].strip().casefold() == "sep=" and not any(map(str.strip, row[1:]))
