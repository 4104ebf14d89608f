"""Sources that stand on single events get keys of their own, of which each means one thing in the whole file."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

from hypothesis import given
from hypothesis import strategies as st

from tests.helpers.tables import make_event
from timeline_app.core.event import Claim, Event, Excerpt, Source
from timeline_app.writers.source_list import SourceList

KEYS = st.sampled_from(("source 1", "source 2", "paper", "Agency 2024", "source 1 (2)", " a\nb ", "é" * 100))
SOURCES = st.builds(
    Source,
    key=KEYS,
    title=st.sampled_from(("", "", "A title")),
    publisher=st.sampled_from(("", "Agency", "Daily")),
    published=st.sampled_from(("", "2024")),
    extra=st.sampled_from(({}, {"page": "3"})).map(MappingProxyType),
)
EVENTS = st.lists(
    st.builds(
        make_event,
        own_sources=st.lists(SOURCES, max_size=3, unique_by=lambda source: source.key),
        excerpts=st.lists(st.builds(Excerpt, st.just("words"), KEYS), max_size=2),
        claims=st.lists(st.builds(Claim, st.just("troops"), source=KEYS), max_size=1),
    ),
    max_size=6,
)
TABLE_SOURCES = st.lists(SOURCES, max_size=3, unique_by=lambda source: source.key).map(
    lambda sources: {source.key: source for source in sources}
)


def listed(*events: Event, of_table: dict[str, Source] | None = None) -> SourceList:
    sources = SourceList(of_table or {})
    for event in events:
        sources.add(event)
    return sources


def said(source: Source) -> object:
    """Return what a source says, by which it is the same as another; what says nothing is told by its key."""
    silent = Source(source.key, extra=source.extra)
    return source if source == silent and not source.extra else replace(source, key="")


@given(EVENTS, TABLE_SOURCES, st.booleans())
def test_every_key_of_every_event_means_what_it_meant(
    events: list[Event], of_table: dict[str, Source], complete: bool
) -> None:
    sources = listed(*events, of_table=of_table)
    by_key = sources.by_key(complete=complete)
    for event in events:
        new_keys = sources.new_keys(event)
        assert set(new_keys) == {source.key for source in event.own_sources}
        for own in event.own_sources:
            assert said(by_key[new_keys[own.key]]) == said(own)
        for cited in [excerpt.source for excerpt in event.excerpts] + [claim.source for claim in event.claims]:
            if cited not in new_keys:
                assert by_key.get(cited) == of_table.get(cited)


@given(EVENTS, TABLE_SOURCES)
def test_what_says_the_same_is_listed_once(events: list[Event], of_table: dict[str, Source]) -> None:
    by_key = listed(*events, of_table=of_table).by_key(complete=True)
    added = [repr(said(source)) for key, source in by_key.items() if key not in of_table]
    assert len(added) == len(set(added))
    assert {key: by_key[key] for key in of_table} == of_table
    assert set(added).isdisjoint(repr(said(source)) for source in of_table.values())


def test_a_key_that_means_one_thing_stays() -> None:
    one = make_event(own_sources=[Source("Reuters", url="https://example.org")])
    assert list(listed(one, one).by_key(complete=False)) == ["Reuters"]


def test_a_key_that_means_many_things_gives_way_to_publisher_and_date() -> None:
    events = [
        make_event(own_sources=[Source("source 1", title=title, publisher=publisher, published=published)])
        for title, publisher, published in (
            ("First", "Reuters", "2024-06-20"),
            ("Second", "Reuters", "2024-06-20"),
            ("Third", "AFP", ""),
            ("Fourth", "", ""),
        )
    ]
    by_key = listed(*events).by_key(complete=False)
    assert {key: source.title for key, source in by_key.items()} == {
        "Reuters 2024-06-20": "First",
        "Reuters 2024-06-20 (2)": "Second",
        "AFP": "Third",
        "source 1": "Fourth",
    }


def test_a_key_that_others_cite_and_nothing_defines_is_left_to_them() -> None:
    stray = make_event(excerpts=[Excerpt("words", "paper")])
    own = make_event(own_sources=[Source("paper", title="Own")])
    assert list(listed(stray, own).by_key(complete=True)) == ["paper (2)"]


def test_of_a_part_only_what_it_cites_is_listed() -> None:
    of_table = {"cited": Source("cited"), "unused": Source("unused"), "same": Source("same", title="Same")}
    event = make_event(excerpts=[Excerpt("words", "cited")], own_sources=[Source("x", title="Same")])
    sources = listed(event, of_table=of_table)
    assert list(sources.by_key(complete=False)) == ["cited", "same"]
    assert sources.new_keys(event) == {"x": "same"}


def test_a_record_of_a_dataset_is_called_by_the_dataset_and_the_day() -> None:
    times = ("2024-05-20T16:33:51Z", "2024-05-20T17:00:00Z", "2024-05-21T09:00:00Z", "")
    sources = listed(*(make_event("Event", own_sources=[Source("ACLED", published=time)]) for time in times))
    assert list(sources.by_key(complete=True)) == [
        "ACLED 2024-05-20",
        "ACLED 2024-05-20 (2)",
        "ACLED 2024-05-21",
        "ACLED",
    ]
