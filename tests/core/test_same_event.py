"""What several files tell of is one event, in memory and on disk alike, with nothing lost and nothing said silently."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.helpers.tables import NO_ACTORS, make_dataset, make_event
from timeline_app.core.build import build_table
from timeline_app.core.dataset import Dataset, Level
from timeline_app.core.event import ActorRef, Claim, Event, Excerpt, Link, Location, Origin, Source, source_names
from timeline_app.core.join import join_tables
from timeline_app.core.records import RecordList
from timeline_app.core.same_event import Told, is_same_event, merged_event
from timeline_app.core.same_rows import SharedIds, same_rows
from timeline_app.core.table import EventTable
from timeline_app.core.when import parse

Join = Callable[..., EventTable]

NEWS = Source("news", title="News")


def told_in(file: str, events: Sequence[Event], reader: str = "csv") -> Dataset:
    """Return what a reader of this name gives for a file with these events."""
    placed = [replace(event, origin=Origin(file, number + 1, number)) for number, event in enumerate(events, start=1)]
    dataset = make_dataset(placed, path=file)
    return replace(dataset, report=replace(dataset.report, reader=reader))


def in_memory(*datasets: Dataset) -> EventTable:
    """Join files that are read whole."""
    return build_table(datasets, NO_ACTORS, joins=True)


def on_disk(*datasets: Dataset) -> EventTable:
    """Join tables, as those of large files are."""
    return join_tables([build_table([dataset], NO_ACTORS) for dataset in datasets], joins=True)


BOTH = pytest.mark.parametrize("join", [in_memory, on_disk])


@BOTH
def test_an_event_with_the_same_id_and_source_is_one_event_with_both_origins(join: Join) -> None:
    first = make_event("Pact", "2024-06", event_id="7", own_sources=[NEWS], tags=["a"], links=[Link("x")])
    second = make_event("Pact signed", "2024-06-19", event_id="7", own_sources=[NEWS], place="Pyongyang", tags=["b"])
    table = join(told_in("one.csv", [first]), told_in("two.csv", [second]))
    (event,) = table
    assert (event.id, event.title, event.when.text, event.place) == ("7", "Pact", "2024-06", "Pyongyang")
    assert (event.tags, event.links) == (("a", "b"), (Link("x"),))
    assert (event.origin, event.other_origins) == (Origin("one.csv", 2, 1), (Origin("two.csv", 2, 1),))
    assert event.claims == (
        Claim("title", ("one.csv",), "Pact"),
        Claim("title", ("two.csv",), "Pact signed"),
        Claim("date", ("one.csv",), when=parse("2024-06")),
        Claim("date", ("two.csv",), when=parse("2024-06-19")),
    )
    assert [(problem.message, problem.file, problem.level) for problem in table.problems] == [
        ("1 event is told of by an earlier file too, and shown once, with both origins", "two.csv", Level.NOTE)
    ]


@BOTH
def test_an_event_that_says_the_same_is_one_event_whatever_its_id(join: Join) -> None:
    told = make_event("Pact", "2024-06", event_id="pact", actors=["Russia"], summary="Signed.", place="Pyongyang")
    again = replace(told, id="event-1", excerpts=(Excerpt("words", "news"),), title=" PACT ")
    link = make_event("After", "2024-07", links=[Link("event-1", "follows")])
    table = join(told_in("one.yaml", [told], "native"), told_in("two.csv", [again, link]))
    assert [event.id for event in table] == ["pact", "after"]
    assert table.event(0).excerpts == again.excerpts
    assert (table.row_of("pact"), table.linking_rows("pact")) == (0, (1,))


@pytest.mark.parametrize(
    "other",
    [
        make_event("Pact", "2024-06", event_id="8"),
        make_event("Other", "2024-07", event_id="7", own_sources=[NEWS]),
        make_event("Other", "2024-06", event_id="7"),
        make_event("Pact", "2025", event_id="7"),
    ],
    ids=["another id of the format", "only the source agrees", "only the date agrees", "only the title agrees"],
)
@BOTH
def test_what_may_be_another_event_is_kept_apart(join: Join, other: Event) -> None:
    event = make_event("Pact", "2024-06", event_id="7", own_sources=[NEWS])
    table = join(told_in("one.csv", [event]), told_in("two.csv", [other]))
    assert len(table) == 2
    assert all(not one.other_origins for one in table)


@BOTH
def test_files_of_one_title_make_a_timeline_of_that_title(join: Join) -> None:
    named = [replace(told_in(file, []), title=title) for file, title in (("a", "GED"), ("b", "GED"), ("c", "Other"))]
    assert join(*named).title == "GED + Other"


def test_an_id_made_from_the_number_of_a_record_says_nothing() -> None:
    first = make_event("Shelling", "2024-06", event_id="event-1", own_sources=[NEWS])
    second = make_event("Truce", "2024-06", event_id="event-1", own_sources=[NEWS])
    told = [Told.of(replace(event, origin=Origin("a.csv", 2, 1)), "csv") for event in (first, second)]
    assert not is_same_event(*told)
    assert is_same_event(told[0], told[0])


@pytest.mark.parametrize(
    ("ids", "readers", "titles", "days", "is_same"),
    [
        # The same id of their own: two of source, title and date have to agree.
        (("a", "a"), ("csv", "csv"), ("Pact", " PACT "), ("2024-06-19", "2024-06-19"), True),
        (("a", "a"), ("csv", "csv"), ("Pact", "pact"), ("2024-06-19", "2024-07-19"), False),
        (("a", "a"), ("csv", "csv"), ("Pact", "Treaty"), ("2024-06-19", "2024-06-19"), False),
        # Where one id merely counts records nothing can be told by it: all that is said has to be the same.
        (("a", "event-1"), ("csv", "csv"), ("Pact", "Pact"), ("2024-06-19", "2024-06-19"), True),
        (("event-1", "a"), ("csv", "csv"), ("Pact", "Pact"), ("2024-06-19", "2024-06-19"), True),
        (("event-1", "event-1"), ("csv", "csv"), ("Pact", "Pact"), ("2024-06-19", "2024-06"), False),
        # Different ids tell events of one format apart, but not of two.
        (("a", "b"), ("csv", "csv"), ("Pact", "Pact"), ("2024-06-19", "2024-06-19"), False),
        (("a", "b"), ("csv", "native"), ("Pact", "Pact"), ("2024-06-19", "2024-06-19"), True),
    ],
)
def test_ids_tell_events_apart_where_files_give_them(
    ids: tuple[str, str], readers: tuple[str, str], titles: tuple[str, str], days: tuple[str, str], is_same: bool
) -> None:
    events = [
        replace(make_event(title, day, event_id=own), origin=Origin("a.csv", 2, 1))
        for own, title, day in zip(ids, titles, days, strict=True)
    ]
    first, second = (Told.of(event, reader) for event, reader in zip(events, readers, strict=True))
    assert (is_same_event(first, second), is_same_event(second, first)) == (is_same, is_same)


@BOTH
def test_events_of_one_file_are_never_joined_and_each_is_met_once(join: Join) -> None:
    twice = [make_event("Shelling", event_id=name) for name in ("event-1", "event-2")]
    thrice = [*twice, make_event("Shelling", event_id="event-3")]
    table = join(told_in("one.csv", twice), told_in("two.csv", thrice))
    assert len(table) == 3
    assert sorted(len(event.other_origins) for event in table) == [0, 1, 1]


def test_what_only_one_says_is_taken_and_field_bags_are_told_apart() -> None:
    first = replace(make_event("a"), extra={"x": "1", "y": "2"}, own_sources=(NEWS,))
    second = replace(
        make_event("a", importance=5, type_="attack", excerpts=[Excerpt("w", "news")], actors=[ActorRef("R", "r")]),
        location=Location(1.0, 2.0),
        extra={"x": "1", "y": "3"},
        own_sources=(Source("news", title="Another"),),
        origin=Origin("/f/b.csv", 3, 2),
    )
    event = merged_event(first, second)
    assert (event.importance, event.type, event.location, event.actors) == (
        5,
        "attack",
        Location(1.0, 2.0),
        (ActorRef("R", "r"),),
    )
    assert event.extra == {"x": "1", "y": "2", "y (b.csv)": "3"}
    assert [source.key for source in event.own_sources] == ["news", "news-2"]
    assert event.excerpts[0].source == "news-2"
    assert event.claims == ()


def test_what_is_joined_again_says_nothing_twice() -> None:
    event = make_event("a", claims=[Claim("deaths", value="3")], excerpts=[Excerpt("w")], summary="Words.")
    again = merged_event(event, event)
    assert replace(again, other_origins=()) == event


@pytest.mark.parametrize(("sources", "limit"), [((NEWS,), "MOST_LIKELY"), ((), "MOST_DOUBTFUL")])
def test_pairs_beyond_the_limits_are_told(
    monkeypatch: pytest.MonkeyPatch, sources: tuple[Source, ...], limit: str
) -> None:
    for name in ("MOST_ALIKE", limit):
        monkeypatch.setattr(f"timeline_app.core.same_rows.{name}", 2)
    events = [
        make_event(f"e{number}", f"20{number:02}", event_id=f"{number}", own_sources=sources) for number in range(5)
    ]
    datasets = [told_in(file, events) for file in ("one.csv", "two.csv")]
    found = same_rows([build_table([dataset], NO_ACTORS) for dataset in datasets])
    assert (found.kept.tolist(), found.others.tolist()) == ([0, 1], [5, 6])
    assert found.uncompared == 3 + 3
    told = [problem.message for problem in on_disk(*datasets).problems]
    assert told[-1] == "6 pairs of events that may be the same are not compared; expected fewer"


def numbered_tables(first: Sequence[str], second: Sequence[str]) -> list[EventTable]:
    """Make two tables of events with these ids, which have nothing else in common."""
    return [
        build_table(
            [told_in(f"{year}.csv", [make_event(f"{year} {own}", year, event_id=own) for own in ids])], NO_ACTORS
        )
        for year, ids in (("2023", first), ("2024", second))
    ]


@pytest.mark.parametrize(
    ("most", "shared", "more"),
    [
        (500, SharedIds(1, "6", 2), "1 more is"),
        (2, SharedIds(1, "6", 2), "1 more is"),
        (1, SharedIds(1, "6", 2, is_exact=False), "about 1 more is"),
    ],
)
def test_ids_of_something_else_are_told_and_few_events_read(
    most: int, shared: SharedIds, more: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("timeline_app.core.same_rows.MOST_IDS_READ", most)
    tables = numbered_tables(("6", "7"), ("6", "7"))
    read: list[int] = []
    event_of = EventTable.event

    def counted(table: EventTable, row: int) -> Event:
        read.append(row)
        return event_of(table, row)

    monkeypatch.setattr(EventTable, "event", counted)
    found = same_rows(tables)
    assert (len(found.others), found.shared_ids, read) == (0, (shared,), list(range(min(most, 2))))
    message = f"event id “6” stands in another file too; here it is called “6-2”; {more} numbered likewise"
    assert [(one.file, one.message) for one in join_tables(tables, joins=True).problems] == [("2024.csv", message)]


def test_only_files_with_events_that_an_earlier_one_tells_of_are_named() -> None:
    pact, truce = make_event("Pact", "2024-06", own_sources=[NEWS]), make_event("Truce", "2025")
    files = [told_in("one.csv", [pact]), told_in("two.csv", [truce]), told_in("three.csv", [pact])]
    assert [problem.file for problem in on_disk(*files).problems] == ["three.csv"]
    assert on_disk(files[0]).problems == ()


def test_ids_whose_hashes_are_alike_by_chance_are_not_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    tables = numbered_tables(("6", "7"), ("6", "8"))
    monkeypatch.setattr(RecordList, "id_prefixes", lambda records: np.zeros(len(records), np.uint64))
    assert same_rows(tables).shared_ids == (SharedIds(1, "6", 1),)
    assert same_rows(numbered_tables(("6", "7"), ("8", "9"))).shared_ids == ()


def test_ids_that_only_count_records_are_not_told() -> None:
    tables = [
        build_table([told_in(file, [make_event(file, year, event_id="event-1")])], NO_ACTORS)
        for file, year in (("one.csv", "2023"), ("two.csv", "2024"))
    ]
    assert same_rows(tables).shared_ids == ()


TITLES = st.sampled_from(["Pact", "Summit", "Shelling"])
DATES = st.sampled_from(["2024-06", "2024-06-19", "2024-07", "2023"])
NAMES = st.sets(st.sampled_from(["Russia", "Ukraine", "NATO"]), max_size=2)
SOURCES = st.sampled_from([(), (NEWS,), (Source("a", publisher="Paper"),), (NEWS, Source("b", publisher="Paper"))])
EVENT = st.builds(
    lambda title, when, actors, sources, place, importance: make_event(
        title,
        when,
        actors=sorted(actors),
        own_sources=sources,
        place=place,
        importance=importance,
        tags=[title],
    ),
    TITLES,
    DATES,
    NAMES,
    SOURCES,
    st.sampled_from(["", "Kyiv"]),
    st.sampled_from([3, 5]),
)


@st.composite
def files(draw: st.DrawFn) -> list[Dataset]:
    """Draw some files; ids are unique in each."""
    found = []
    for number in range(draw(st.integers(1, 3))):
        events = draw(st.lists(EVENT, max_size=6))
        ids = draw(st.lists(st.sampled_from("abcdefgh"), min_size=len(events), max_size=len(events), unique=True))
        named = [replace(event, id=event_id) for event, event_id in zip(events, ids, strict=True)]
        found.append(told_in(f"{number}.csv", named, draw(st.sampled_from(["csv", "jsonl"]))))
    return found


@given(files())
def test_counts_add_up_and_columns_say_what_events_say(datasets: list[Dataset]) -> None:
    for table in (in_memory(*datasets), on_disk(*datasets)):
        events = list(table)
        joined = sum(len(event.other_origins) for event in events)
        assert sum(file.loaded for file in table.files) == len(table) + joined
        assert all(file.read == file.loaded + file.rejected for file in table.files)
        origins = [origin for event in events for origin in (event.origin, *event.other_origins)]
        assert sorted(origins, key=str) == sorted(
            (event.origin for dataset in datasets for event in dataset.events), key=str
        )
        assert len({event.id for event in events}) == len(events)
        assert [table.row_of(event.id) for event in events] == list(range(len(events)))
        for row, event in enumerate(events):
            assert table.times.bounds_of(row)[0] == event.when.start_earliest_s
            assert table.importance[row] == event.importance
            assert (table.places[table.place_codes[row]] if table.place_codes[row] >= 0 else "") == event.place
            for postings, names in (
                (table.actors, {actor.name for actor in event.actors}),
                (table.tags, set(event.tags)),
                (table.sources, set(source_names(event, table.source_by_key))),
            ):
                found = {name for name in postings.names if row in postings.rows_of(name).tolist()}
                assert found == names
        assert table.titles_of(range(len(table))) == [event.title for event in events]


@given(files())
def test_without_joining_every_event_stands_by_itself(datasets: list[Dataset]) -> None:
    tables = [build_table(datasets, NO_ACTORS), join_tables([build_table([one], NO_ACTORS) for one in datasets])]
    for table in tables:
        assert len(table) == sum(len(dataset.events) for dataset in datasets)
        assert all(not event.other_origins for event in table)


@given(files())
def test_words_are_found_in_what_any_file_tells(datasets: list[Dataset]) -> None:
    table = on_disk(*datasets)
    rows = np.arange(len(table))
    for word in ("pact", "kyiv", "russia"):
        found = sorted(table.records.rows_with([word], rows))
        assert found == [row for row in rows.tolist() if word in _words_of(table.event(row))]


def _words_of(event: Event) -> str:
    return " ".join((event.title, event.place, *event.tags, *(actor.name for actor in event.actors))).casefold()
