"""Write dates with years of two digits in full, where a column of years stands beside them: “01/03/20” of 2020."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from timeline_app.readers.blank_cells import filled
from timeline_app.readers.column_names import YEARS, simple_name
from timeline_app.readers.event_columns import EventColumns
from timeline_app.readers.table_settings import DATE_FIELDS
from timeline_app.readers.table_source import TableSource

# Three parts between the same signs, the last of them or else the first two digits of a year.
_YEAR_LAST = re.compile(r"(\d{1,2}([/.\- ])(?:\d{1,2}|[^\W\d_]{3,12}\.?)\2)['’]?(\d\d)(?=\s|$)")
_YEAR_FIRST = re.compile(r"(\d\d)(?=[/.\-]\d{1,2}[/.\-]\d{1,2}(?:\s|$))", re.ASCII)
_YEAR = re.compile(r"([12]\d(\d\d))(?:\.0+)?", re.ASCII)


def completed_date(cell: str, year: str) -> str:
    """Return a date with its year in full, where that year ends as it does; any other as it is written.

    The year is what stands last, else what stands first: where both could be, both give the same day of the month.
    """
    text, whole = cell.strip(), _YEAR.fullmatch(year.strip())
    if whole is None:
        return cell
    last, first = _YEAR_LAST.match(text), _YEAR_FIRST.match(text)
    if last is not None and last[3] == whole[2]:
        return f"{last[1]}{whole[1]}{text[last.end() :]}"
    return f"{whole[1]}{text[first.end() :]}" if first is not None and first[1] == whole[2] else cell


def year_beside(parts: Sequence[str]) -> str:
    """Return which of the columns of a date, behind its first, has the years of it; "" for none."""
    is_apart = len(parts) > 1 and simple_name(parts[0]) not in YEARS
    return next((name for name in parts[1:] if simple_name(name) in YEARS), "") if is_apart else ""


def with_years(columns: EventColumns, table: TableSource, mapping: Mapping[str, str]) -> EventColumns:
    """Return the columns with the years beside those dates of which first cells need them, unless the user said all."""
    for field in DATE_FIELDS:
        parts = columns.parts(field)
        if not parts or field in mapping or "date" in mapping or year_beside(parts):
            continue
        year = next((name for name in _years(columns, parts) if _completes(table, parts[0], name)), None)
        if year is not None:
            fields = {known: name for known, name in columns.fields.items() if known != field}
            columns = replace(columns, fields=fields, joined={**columns.joined, field: (*parts, year)})
    return columns


def dates_in_full(cells: Sequence[str], years: Sequence[str]) -> Iterator[str]:
    """Give the dates of some records, each with the year that stands beside it, those that are alike once."""
    for cell, year in dict.fromkeys(zip(cells, years, strict=True)):
        yield completed_date(cell, year)


def _years(columns: EventColumns, parts: Sequence[str]) -> Iterator[str]:
    """Give the columns that are called years, unless something else is taken from them."""
    shared = {year_beside(columns.parts(field)) for field in DATE_FIELDS}
    taken = (columns.used - shared).union(parts)
    return (name for name in columns.columns if simple_name(name) in YEARS and name not in taken)


def _completes(table: TableSource, date: str, year: str) -> bool:
    """Tell whether any date of the first records is another with the year beside it."""
    beside = zip(map(filled, table.cells(date)), table.cells(year), strict=True)
    return any(completed_date(cell, of_year) != cell for cell, of_year in beside)
