"""Phoenix event data: codes of actors and acts in words, the day in parts, what is not known."""

from __future__ import annotations

from tests.helpers.streams import streamed
from tests.readers.timelines import DATA
from timeline_app.readers import read

FILE = DATA / "sample.phoenix.csv"


def test_the_small_file_loads_or_says_why_not() -> None:
    dataset = read(FILE)
    assert (dataset.report.reader, dataset.report.read, dataset.report.loaded) == ("phoenix", 3, 2)
    assert [one.line for one in dataset.problems] == [4]
    assert dataset.problems[0].message.startswith("year, month, day: ")


def test_who_did_what_to_whom() -> None:
    event = streamed(FILE).events[0]
    assert event.title == "United States → Russia: makes a visit, Washington"
    assert [(one.name, one.role) for one in event.actors] == [("United States", "initiator"), ("Russia", "target")]
    assert (event.when.text, event.type, event.tags) == ("1945-12-31", "consultation", ("verbal cooperation",))
    assert (event.place, event.location is not None) == ("Washington", True)
    assert event.summary == "Initiator: United States, government. Target: Russia."
    assert (event.extra["source_agent"], event.extra["goldstein"], "story_date" in event.extra) == ("GOV", "1.9", False)


def test_who_is_not_known_is_nobody() -> None:
    event = streamed(FILE).events[1]
    assert [(one.name, one.role) for one in event.actors] == [("Japan", "target")]
    assert (event.place, event.location, event.type) == ("Japan", None, "fighting")
    assert event.extra["joined_issues"] == "DEMOCRACY,1"
