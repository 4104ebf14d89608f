"""Columns that are called like a field, and hold what that never is."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.readers.timelines import write
from timeline_app.readers.column_fitness import is_fit
from timeline_app.readers.propose import propose


@pytest.mark.parametrize(
    ("field", "cells", "fits"),
    [
        ("end", ["y", "", "y"], False),
        ("end", ["", "NA"], True),
        ("end", ["1999-06-10", "not known", "ongoing", "1999-06-12"], True),
        ("start", ["Utopia", "Ruritania"], False),
        ("start", ["14:30", ""], True),
        ("importance", ["It ended the war", "The first of its kind"], False),
        ("importance", ["High", "C", "2"], True),
        ("title", ["12", "13"], False),
        ("actors", ["1200", "300"], False),
        ("actors", ["Army of Utopia", "300"], True),
        ("place", ["48.1, 37.5", "48.2, 37.6"], False),
        ("summary", ["1", "2"], True),
    ],
)
def test_what_stands_in_a_column_tells_whether_it_can_be_the_field(field: str, cells: list[str], fits: bool) -> None:
    assert is_fit(field, cells) is fits


def test_the_next_column_of_that_name_is_taken_and_what_is_asked_for_stays(tmp_path: Path) -> None:
    text = "event,name,date,from,to,people,location,significance,source,source.page,final\n"
    text += "1,Arms shipped,2024-06-01,Utopia,Ruritania,1200,POINT(27.5 53.9),It began so,Daily News,7,\n"
    text += "2,Arms landed,2024-06-02,Utopia,Ruritania,300,POINT(27.6 53.8),It went on,Daily News,8,y\n"
    path = write(tmp_path, text, "table.csv")
    found = propose(path)
    assert {field.field: field.columns for field in found.fields} == {
        "title": "name",
        "when": "date",
        "lat": "location",
        "lon": "location",
        "source": "source",
    }
    asked = propose(path, mapping={"actors": "people"})
    assert asked.mapping["actors"] == "people"
