"""Events in memory are found by row, by id, by what links to them and by their words."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.helpers.tables import make_event
from timeline_app.core.event import ActorRef, Event, Excerpt, Link, Source, source_names
from timeline_app.core.records import RecordList, Records, searchable

WORDS = st.sampled_from(("Kursk", "KURSK", "kurs", "Straße", "STRASSE", "", "İ"))
EVENTS = st.lists(
    st.builds(
        make_event,
        title=WORDS,
        event_id=st.uuids().map(str),
        summary=WORDS,
        place=WORDS,
        type_=WORDS,
        tags=st.lists(WORDS, max_size=2),
        actors=st.lists(WORDS.map(ActorRef), max_size=2),
        excerpts=st.lists(st.builds(Excerpt, WORDS, translation=WORDS), max_size=2),
    ),
    max_size=6,
)


def records_of(*events: Event) -> Records:
    return RecordList(events)


@given(EVENTS)
def test_each_event_is_found_by_its_row_and_its_id(events: list[Event]) -> None:
    records = records_of(*events)
    rows = range(len(events))
    assert len(records) == len(events)
    assert [records.event(row) for row in rows] == events
    assert [records.row_of(event.id) for event in events] == list(rows)
    assert records.row_of("no such id") is None
    assert records.titles(reversed(rows)) == [event.title for event in reversed(events)]


@given(st.lists(st.lists(st.integers(0, 5), max_size=4), max_size=6))
def test_what_links_to_an_event_is_known_by_its_id(targets: list[list[int]]) -> None:
    events = [make_event(str(row), links=[Link(str(to)) for to in aims]) for row, aims in enumerate(targets)]
    records = records_of(*events)
    for to in range(7):
        expected = [row for row, aims in enumerate(targets) if to in aims]
        assert list(records.linking_rows(str(to))) == expected


@given(EVENTS, st.lists(WORDS.map(str.casefold), max_size=3), st.data())
def test_words_are_found_in_whatever_case_among_the_candidates_alone(
    events: list[Event], words: list[str], data: st.DataObject
) -> None:
    candidates = [row for row in range(len(events)) if data.draw(st.booleans())]
    found = list(records_of(*events).rows_with(words, candidates))
    assert found == [row for row in candidates if all(word in searchable(events[row]).casefold() for word in words)]


def test_all_that_is_read_of_an_event_is_searched() -> None:
    event = make_event(
        "title",
        summary="summary",
        place="place",
        type_="type",
        tags=["tag"],
        actors=["actor"],
        excerpts=[Excerpt("excerpt", translation="translation")],
    )
    assert set(searchable(event).split("\n")) == {
        *("title", "summary", "place", "type", "tag", "actor", "excerpt", "translation")
    }


def test_own_sources_are_filtered_by_their_publishers_and_others_by_their_keys() -> None:
    event = make_event(
        own_sources=[Source("source 1", publisher="Reuters"), Source("source 2", title="A title"), Source("source 3")],
        excerpts=[Excerpt("x", "source 1"), Excerpt("y", "paper"), Excerpt("z")],
    )
    assert source_names(event) == ("Reuters", "source 2", "source 3", "paper")
