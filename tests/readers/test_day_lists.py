"""Tests of days that are listed in cells: those that can be read in bulk are what each cell says."""

from __future__ import annotations

from datetime import date

from hypothesis import example, given
from hypothesis import strategies as st

from timeline_app.core.text_column import TextColumn
from timeline_app.readers.day_lists import day_lists
from timeline_app.readers.plain_days import NO_DAY

EPOCH = date(1970, 1, 1).toordinal()
USUAL = st.dates(date(1900, 1, 1), date(2099, 12, 31)).map(date.isoformat)
WORDS = st.sampled_from(["1899-12-31", "2100-01-01", "2023-02-29", "2024-06", "2024-06-1x", " 2024-06-19", ""])
CELLS = st.lists(st.lists(USUAL | WORDS, max_size=4).map(";".join) | st.text(max_size=22), max_size=6)


def listed(cell: str) -> tuple[int, int, int]:
    """Give how many days a cell lists, the earliest and the latest, counted one by one."""
    try:
        days = [date.fromisoformat(part) for part in cell.split(";")]
    except ValueError:
        return 0, NO_DAY, NO_DAY
    if (
        any(not 1900 <= day.year < 2100 or day.isoformat() not in cell for day in days)
        or len(cell) != 11 * len(days) - 1
    ):
        return 0, NO_DAY, NO_DAY
    return len(days), min(days).toordinal() - EPOCH, max(days).toordinal() - EPOCH


@given(CELLS)
@example(["2024-06-19;2024-06-18;2024-06-20", "", "2024-06-19", "2024-06-19,2024-06-20", "2024-06-19;2024-06-99"])
def test_lists_of_days_are_read_as_cell_by_cell(cells: list[str]) -> None:
    column = TextColumn.of(cells)
    found = day_lists(column.content, column.offsets[:-1], column.lengths, ";")
    assert list(zip(*(one.tolist() for one in found), strict=True)) == [listed(cell) for cell in cells]
    days = found.single.tolist()
    assert days == [earliest if count == 1 else NO_DAY for count, earliest, _ in map(listed, cells)]
