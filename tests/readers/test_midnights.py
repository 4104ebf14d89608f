"""Midnight behind the days of a column, which is a time only where few dates have it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.helpers.streams import streamed
from tests.readers.timelines import write
from timeline_app.readers import read
from timeline_app.readers.midnights import without_midnight

DAYS = ["2024-05-01", "2024-05-02", "2024-05-03T14:30"]


def dates_of(path: Path) -> list[str]:
    found = [event.when.text for event in streamed(path).events]
    assert [event.when.text for event in read(path).events] == found
    return found


@pytest.mark.parametrize(
    ("cells", "dates"),
    [
        (("2024-05-01 00:00:00", "2024-05-02 00:00:00", "2024-05-03 14:30"), DAYS),
        (("2024-05-01T00:00:00.000Z", "2024-05-02T00:00+02:00", "2024-05-03T14:30"), DAYS),
        (("05/01/2024 12:00:00 AM", "05/02/2024 12:00 AM", "05/13/2024 2:30 PM"), [*DAYS[:2], "2024-05-13T14:30"]),
        (("1714521600000", "1714608000", "2024-05-03"), [*DAYS[:2], "2024-05-03"]),
        (
            ("2024-05-01 06:00", "2024-05-02 18:15", "2024-05-03 00:00"),
            ["2024-05-01T06:00", "2024-05-02T18:15", "2024-05-03T00:00"],
        ),
        (
            ("2024-05-01/2024-05-02T00:00", "2024-05-02 to 2024-05-03", "2024-05-04"),
            ["2024-05-01/2024-05-02", "2024-05-02/2024-05-03", "2024-05-04"],
        ),
    ],
)
def test_most_dates_tell_whether_midnight_is_a_time(tmp_path: Path, cells: tuple[str, ...], dates: list[str]) -> None:
    text = "date,title\n" + "".join(f"{cell},Event\n" for cell in cells)
    assert dates_of(write(tmp_path, text, "table.csv")) == dates
    records = [{"date": cell, "title": "Event"} for cell in cells]
    assert dates_of(write(tmp_path, json.dumps(records), "some.json")) == dates


def test_a_time_in_another_column_belongs_to_a_day_at_midnight(tmp_path: Path) -> None:
    text = "date,time,title\n2024-05-01 00:00:00,14:30,A\n2024-05-02 00:00:00,,B\n2024-05-03 00:00:00,16:00,C\n"
    assert dates_of(write(tmp_path, text, "table.csv")) == ["2024-05-01T14:30", "2024-05-02", "2024-05-03T16:00"]


def test_starts_and_ends_are_told_apart(tmp_path: Path) -> None:
    text = "start,end,title\n2024-05-01 00:00,2024-05-02 16:00,A\n2024-05-03 00:00,2024-05-04 00:10,B\n"
    assert dates_of(write(tmp_path, text, "table.csv")) == [
        "2024-05-01/2024-05-02T16:00",
        "2024-05-03/2024-05-04T00:10",
    ]


@pytest.mark.parametrize("date", ["2024-05-01T10:00", "2024-05-01T00:00:30", "2024-05-01"])
def test_other_times_stay(date: str) -> None:
    assert without_midnight(date) == date
