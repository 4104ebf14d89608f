"""Columns of years with months behind a slash, and of years up to later ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.helpers.streams import streamed
from tests.readers.timelines import write
from timeline_app.readers import read
from timeline_app.readers.propose import propose


def dates_of(path: Path) -> list[str]:
    return [event.when.text for event in streamed(path).events]


def table(tmp_path: Path, *cells: str) -> Path:
    return write(tmp_path, "date,title\n" + "".join(f"{cell},Event {cell}\n" for cell in cells), "table.csv")


@pytest.mark.parametrize(
    ("cells", "dates"),
    [
        (("2022/12", "2005/06", "2023/1"), ["2022-12", "2005-06", "2023-01"]),
        (("2022.12", "2005.06", "2004"), ["2022-12", "2005-06", "2004"]),
        (("2022/12", "2022/12/03"), ["2022-12", "2022-12-03"]),
        (("2005/06", "2006/07"), ["2005/2006", "2006/2007"]),
        (("1914/18", "1905/06"), ["1914/1918", "1905/1906"]),
    ],
)
def test_all_rows_tell_what_is_meant(tmp_path: Path, cells: tuple[str, ...], dates: list[str]) -> None:
    path = table(tmp_path, *cells)
    assert dates_of(path) == dates
    assert read(path, mapping=propose(path).mapping).events == read(path).events


def test_a_year_up_to_a_later_one_leaves_the_others_undecided(tmp_path: Path) -> None:
    path = table(tmp_path, "2022/12", "2022/23")
    assert (dates_of(path), streamed(path).rejected) == (["2022/2023"], 1)
