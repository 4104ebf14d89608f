"""Dates with years of two digits, and the column of years beside them that tells which century."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.helpers.streams import streamed
from tests.readers.timelines import write
from timeline_app.core.errors import ReadError
from timeline_app.readers import read
from timeline_app.readers.propose import propose
from timeline_app.readers.years_beside import completed_date


def dates(tmp_path: Path, text: str, **mapping: str) -> list[str]:
    return [event.when.text for event in streamed(write(tmp_path, text, "table.csv"), mapping=mapping).events]


def test_the_year_beside_a_date_tells_the_century_and_the_order(tmp_path: Path) -> None:
    text = "year,date,title\n2020,01/01/20,A\n1920,03/04/20,B\n2020,13/05/20,C\n2021,5.6.2021,D\n"
    assert dates(tmp_path, text) == ["2020-01-01", "1920-04-03", "2020-05-13", "2021-06-05"]
    path = tmp_path / "table.csv"
    assert propose(path).mapping["when"] == "date+year"
    assert read(path, mapping=propose(path).mapping).events == read(path).events


def test_the_year_may_stand_first_and_months_may_be_words(tmp_path: Path) -> None:
    assert dates(tmp_path, "year,date,title\n2020,20/01/05,A\n2020,20/12/31,B\n") == ["2020-01-05", "2020-12-31"]
    text = "Year,Date,Time,Title\n2020,01-Jan-20,14:30,A\n1999,3 Feb 99,,B\n"
    assert dates(tmp_path, text) == ["2020-01-01T14:30", "1999-02-03"]


def test_a_start_and_an_end_have_the_year_of_the_one_column(tmp_path: Path) -> None:
    text = "year,start,end,title\n2020,13/05/20,15/05/20,A\n2021,16/05/21,,B\n"
    assert dates(tmp_path, text) == ["2020-05-13/2020-05-15", "2021-05-16"]


def test_what_the_year_does_not_tell_stays_open(tmp_path: Path) -> None:
    """Every date fits both orders, and a year that ends otherwise is that of something else."""
    path = write(tmp_path, "year,date,title\n2020,03/04/20,A\n", "open.csv")
    with pytest.raises(ReadError, match="03/04/2020, may have the day or the month first"):
        read(path)
    found = streamed(write(tmp_path, "year,date,title\n2020,13/05/20,A\n2021,14/05/20,B\n,15/05/20,C\n", "odd.csv"))
    assert [event.title for event in found.events] == ["A"]
    assert [problem.partition(";")[0] for problem in found.problems] == [
        f"{line} {line - 1} error: when: “{date}” has no year of four digits"
        for line, date in ((3, "14/05/20"), (4, "15/05/20"))
    ]


@pytest.mark.parametrize(
    ("cell", "year", "whole"),
    [
        ("01/01/20", "2020", "01/01/2020"),
        ("01/01/20 14:30", "2020.0", "01/01/2020 14:30"),
        ("1-Jan-20", "1920", "1-Jan-1920"),
        ("20-01-05", "2020", "2020-01-05"),
        ("01/01/20", "2021", "01/01/20"),
        ("01/01/2020", "2020", "01/01/2020"),
        ("Jan-20", "2020", "Jan-20"),
        ("01/01/20", "", "01/01/20"),
    ],
)
def test_a_date_is_completed_only_by_a_year_that_ends_alike(cell: str, year: str, whole: str) -> None:
    assert completed_date(cell, year) == whole
