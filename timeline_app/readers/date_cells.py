"""The date of a record from its cells: one, a start with an end, or year, month and day apart."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from timeline_app.core.errors import WhenError
from timeline_app.readers.blank_cells import filled
from timeline_app.readers.civil_text import date_text, year_of_era
from timeline_app.readers.clock_cells import clock_of
from timeline_app.readers.column_names import UTC_TIMES, YEARS, simple_name
from timeline_app.readers.date_numbers import DateNumbers
from timeline_app.readers.day_order import DayOrder
from timeline_app.readers.event_columns import EventColumns
from timeline_app.readers.midnights import without_midnight
from timeline_app.readers.month_words import MONTHS, folded
from timeline_app.readers.written_dates import bare_year, edtf_of, ongoing, says_more
from timeline_app.readers.years_beside import completed_date, year_beside

# The cells of one date: several where it stands in several columns.
Cells = tuple[str, ...]

_YEAR = re.compile(r"(-?\d{1,6})(?:\.0+)?", re.ASCII)
_PART = re.compile(r"(\d{1,2})(?:\.0+|st|nd|rd|th|er|º|°)?", re.ASCII)
_ZONED = re.compile(r"(?:Z|[+-]\d\d:\d\d)$", re.ASCII)
_WHOLE_DAY = re.compile(r"-?\d{4,}-\d\d-\d\d", re.ASCII)

_DATE_LENGTH = 10
_DATE_AND_TIME = re.compile(r"(-?\d{4,}-\d\d-\d\d) (\d\d:\d\d.*)", re.ASCII)


@dataclass(frozen=True, slots=True)
class DateForm:
    """How the dates of one field are written.

    `zone` is that of times of day which do not say it themselves; `is_year` tells that the column is called a year, of
    which 79 and -44 are some too, `has_midnights` that midnight behind a day is no time. `year_place` is which of
    the cells has the year of a date that may lack it, 0 for none.
    """

    order: DayOrder | None
    numbers: DateNumbers | None
    zone: str = ""
    is_year: bool = False
    has_midnights: bool = False
    year_place: int = 0

    def edtf(self, cells: Cells) -> str:
        """Return a date as EDTF, "" for none; raises WhenError for what is no date."""
        if 0 < self.year_place < len(cells):
            return replace(self, year_place=0).edtf(self._in_full(cells))
        if len(cells) == 1:
            cell = filled(cells[0])
            return (self.is_year and bare_year(cell)) or self._single(cell)
        written = [filled(cell).strip() for cell in cells]
        if not any(written):
            return ""
        year = _YEAR.fullmatch(written[0])
        if year is None:
            return self._with_clock(written)
        parts = self._of_parts(year_of_era(int(year[1])), written[1:])
        if parts is None:
            raise WhenError(f"expected a year, a month and a day; found “{' · '.join(cells)}”")
        return parts

    def _in_full(self, cells: Cells) -> Cells:
        """Return the cells with that of the year taken into the first."""
        date = completed_date(filled(cells[0]), filled(cells[self.year_place]))
        return (date, *cells[1 : self.year_place], *cells[self.year_place + 1 :])

    def _single(self, cell: str) -> str:
        date = edtf_of(cell, self.order, self.numbers)
        return without_midnight(date) if self.has_midnights else date

    def _of_parts(self, year: int, others: Sequence[str]) -> str | None:
        """Return the date of a year with what stands in the cells behind it; zeros are parts that are not known."""
        numbers: list[int | None] = []
        for place, text in enumerate(others[:2]):
            match = _PART.fullmatch(text)
            if text and match is None:
                month = MONTHS.get(folded(text).strip(".")) if place == 0 else None
                if month is None:
                    return self._with_text(year, text) if len(others) == 1 else None
                numbers.append(month)
            else:
                numbers.append(int(match[1]) or None if match is not None else None)
        month, day = (*numbers, None, None)[:2]
        found = date_text(year, month, day if month is not None else None)
        clock = next(filter(None, others[2:]), "")
        return self._with_clock([found, clock]) if clock and _WHOLE_DAY.fullmatch(found) else found

    def _with_text(self, year: int, text: str) -> str:
        """Return the date of a year and a cell that has the rest, as in “1863” and “2 July”."""
        return edtf_of(text, self.order, self.numbers, year=year)

    def _with_clock(self, written: Sequence[str]) -> str:
        """Return the date of a day in one cell and a time of day in another."""
        date = self._single(written[0])
        clock = next(filter(None, written[1:]), "")
        if not clock or not _WHOLE_DAY.fullmatch(date):
            return date
        # What is no time of day, such as “at night”, stays with the event.
        time = clock_of(clock, is_called_so=True)
        return f"{date}{time}{self.zone if time and not _ZONED.search(time) else ''}"


class DateCells:
    """Makes the dates of a table's records, whichever columns they stand in."""

    def __init__(self, columns: EventColumns) -> None:
        self._forms = [
            DateForm(
                columns.orders.get(field),
                columns.numbers,
                _zone_of(columns.parts(field)),
                any(simple_name(name) in YEARS for name in columns.parts(field)[:1]),
                field in columns.midnights,
                _year_place(columns.parts(field)),
            )
            for field in ("when", "start", "end")
        ]
        self._is_one_day = columns.parts("start")[:1] == columns.parts("end")[:1]

    def edtf(self, when: Cells, start: Cells, end: Cells) -> str:
        """Return a date in EDTF from the cells of one date, or of a start and an end; raises WhenError."""
        whole = self._forms[0].edtf(when)
        if whole:
            return whole
        first = self._forms[1].edtf(start)
        if self._is_one_day and not any(map(str.strip, end[1:])):
            # The day is that of the start, and no time says when it ended.
            return first
        last = ".." if len(end) == 1 and ongoing(end[0]) else self._forms[2].edtf(end)
        return first if not last or first == last else f"{first}/{last}"


def edtf_text(cell: str) -> str:
    """Return a date as EDTF has it: databases put a space between the day and the time."""
    if len(cell) <= _DATE_LENGTH:
        return cell.strip()
    text = cell.strip()
    match = _DATE_AND_TIME.fullmatch(text)
    return f"{match[1]}T{match[2]}" if match else text


def told_beyond(columns: EventColumns, cells: Mapping[str, str]) -> Iterator[str]:
    """Give the columns of dates in which more stands than the date of the event says."""
    for field in ("when", "start", "end"):
        parts = columns.parts(field)
        if parts and says_more(cells.get(parts[0], "")):
            yield parts[0]
        for name in parts[1:]:
            if name == year_beside(parts):
                continue
            written = filled(cells.get(name, "")).strip()
            if len(parts) == 2 and not _PART.fullmatch(written) and not clock_of(written, is_called_so=True):
                yield name


def _year_place(parts: Sequence[str]) -> int:
    year = year_beside(parts)
    return parts.index(year) if year else 0


def _zone_of(parts: Sequence[str]) -> str:
    return "Z" if any(simple_name(name) in UTC_TIMES for name in parts[1:]) else ""
