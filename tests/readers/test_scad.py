"""Social conflict of SCAD: who did what to whom, escalation, counts that are not known, days in parts."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.helpers.streams import streamed
from tests.readers.timelines import DATA, write
from timeline_app.core.event import Claim, Event
from timeline_app.readers import read

FILE = DATA / "sample.scad.csv"


@pytest.fixture(scope="module")
def events() -> dict[str, Event]:
    return {event.id: event for event in streamed(FILE).events}


def test_the_small_file_loads_or_says_why_not() -> None:
    dataset = read(FILE)
    assert (dataset.report.reader, dataset.report.read, dataset.report.loaded) == ("scad", 4, 3)
    assert [(one.line, one.message) for one in dataset.problems] == [
        (5, 'stmo: expected a number from 0 to 12; found "14"; the record is left out')
    ]


def test_who_did_what_to_whom(events: dict[str, Event]) -> None:
    event = events["99900011"]
    assert event.title == "Teachers: spontaneous demonstration, Capital City"
    assert (event.when.text, event.type) == ("1991-01-05/1991-01-09", "spontaneous demonstration")
    assert [(one.name, one.role) for one in event.actors] == [("Teachers", "initiator"), ("Government", "target")]
    assert event.tags == ("escalated to spontaneous violent riot", "economy and jobs", "education", "Utopia")
    assert event.claims == (
        Claim("deaths", ("SCAD",), "0", unit="people", source="SCAD"),
        Claim("participants", ("SCAD",), "", "10001", "100000", "people", source="SCAD"),
    )
    assert event.excerpts[0].text == "Teachers marched for days, asking for their salaries."
    assert (event.location is not None, event.importance, event.extra["issuenote"]) == (True, 1, "Salaries, late")


def test_several_actors_of_whom_one_is_also_the_target(events: dict[str, Event]) -> None:
    event = events["99900021"]
    assert event.title == "Hill people, Students: extra-government violence, 2 deaths, Old Town"
    assert [(one.name, one.role) for one in event.actors] == [
        ("Hill people", "initiator"),
        ("Students", "initiator"),
        ("Valley people", "target"),
    ]
    assert ("repressed with deaths" in event.tags, event.excerpts) == (True, ())


def test_what_is_not_known_is_left_open(events: dict[str, Event]) -> None:
    event = events["99900031"]
    assert (event.title, event.when.text) == ("Social conflict, Utopia", "1993-06")
    assert (event.place, event.claims, event.type, event.extra["etype"]) == ("Utopia", (), "", "99")
    # An end before the start is none, and kept as it is.
    assert (event.extra["eyr"], event.extra["emo"]) == ("1992", "6")
    assert not {"-99", "-88"} & set(event.extra.values())


def test_names_of_columns_in_capitals_say_the_same(tmp_path: Path) -> None:
    head, *rows = FILE.read_text(encoding="utf-8").splitlines()
    path = write(tmp_path, "\n".join([head.upper(), *rows]) + "\n", "scad.csv")
    assert [event.title for event in streamed(path).events] == [event.title for event in streamed(FILE).events]
