"""Events of POLECAT: several names of a side, modes and contexts, when the article appeared, what is not known."""

from __future__ import annotations

from tests.helpers.streams import streamed
from tests.readers.timelines import DATA
from timeline_app.readers import read

FILE = DATA / "sample.polecat.txt"


def test_the_small_file_loads_or_says_why_not() -> None:
    dataset = read(FILE)
    assert (dataset.report.reader, dataset.report.read, dataset.report.loaded) == ("polecat", 3, 2)
    assert [(one.line, one.message) for one in dataset.problems] == [
        (4, "Event Date: expected a day such as 2024-06-19; found nothing; the record is left out")
    ]


def test_who_did_what_to_whom() -> None:
    event = streamed(FILE).events[0]
    assert event.title == "Ada Lovelace → Charles Babbage: consult (visit), Harbour"
    assert [(one.name, one.role) for one in event.actors] == [
        ("Ada Lovelace", "initiator"),
        ("Mary Shelley", "initiator"),
        ("Charles Babbage", "target"),
    ]
    assert (event.when.text, event.type) == ("2023-01-01", "consult")
    assert event.tags == ("visit", "verbal cooperation", "diplomatic", "military")
    source = event.own_sources[0]
    assert (source.publisher, source.published) == ("The Harbour Gazette", "2023-01-03")
    assert event.extra["Actor Name Raw"] == "the minister"


def test_who_is_not_named_goes_by_the_country_or_is_someone() -> None:
    event = streamed(FILE).events[1]
    assert (event.title, event.place, event.location) == ("Someone → Ukraine: assault", "UKR", None)
    assert (event.extra["Publication Date"], "None" in event.extra.values()) == ("last week", False)
