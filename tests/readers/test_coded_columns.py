"""Columns of coded datasets are known however they are written, in a header of any width."""

from __future__ import annotations

from timeline_app.readers.coded_columns import known_columns
from timeline_app.readers.ucdp_ged_layout import header_columns, is_header

# Which every reader looks through, as the first line of any file may be a header: not once for each of them.
MANY = 200_000


def test_names_are_known_whatever_their_case_and_blanks() -> None:
    found = known_columns(("Event_Date", "EVENT DATE", "iso"), ("event_date", "iso3"), {"iso": "iso3"})
    assert found == ("event_date", "EVENT DATE", "iso3")


def test_a_first_line_of_very_many_cells_is_looked_through() -> None:
    cells = [f"{number / 500}" for number in range(MANY)]
    assert len(known_columns(cells, ("event_date",))) == MANY
    assert len(header_columns(cells)) == MANY
    assert not is_header(cells)
