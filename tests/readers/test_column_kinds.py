"""Tests of what the cells of a column are."""

from __future__ import annotations

import pytest

from timeline_app.readers.column_kinds import ColumnKind, kind_of


@pytest.mark.parametrize(
    ("cells", "kind"),
    [
        (("", "NA", "-99"), ColumnKind.NOTHING),
        (("2024-06-19", "June 2024", "c. 44 BC"), ColumnKind.DATE),
        (("03/04/2024", "20240619", "1914-18"), ColumnKind.DATE),
        (("1999", "2024", ""), ColumnKind.YEAR),
        (("14:30", "2:05 pm"), ColumnKind.CLOCK),
        (("1", "-2.5", "3,75"), ColumnKind.NUMBER),
        (("48.1, 37.5", "POINT(37.5 48.1)"), ColumnKind.POINT),
        (("https://example.org/1", "http://example.org/2"), ColumnKind.ADDRESS),
        (("A long text. " * 20, "Another one. " * 20), ColumnKind.TEXT),
        (("Kursk", "Kyiv", "Sumy"), ColumnKind.NAME),
        (("attack",) * 9 + ("battle",), ColumnKind.WORDS),
    ],
)
def test_a_column_is_what_nearly_all_of_its_cells_are(cells: tuple[str, ...], kind: ColumnKind) -> None:
    assert kind_of(cells) is kind
