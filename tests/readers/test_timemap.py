"""TimeMap: its three lists in one file or in several, the order of its dates, and what is left out."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.helpers.streamed import assert_streamed_as_whole, streamed
from tests.readers.timelines import DATA, in_short, read_text, write
from timeline_app.core.actors import Gazetteer
from timeline_app.core.build import build_table
from timeline_app.core.dataset import Dataset, Level
from timeline_app.core.errors import ReadError
from timeline_app.core.event import Location, Source
from timeline_app.loading import loader_from_resources
from timeline_app.readers import choose, read
from timeline_app.readers.record_reader import STREAMED_FROM_BYTES
from timeline_app.store.cache import FileCache


@pytest.fixture(scope="module")
def sample() -> Dataset:
    return read(DATA / "sample.timemap.json")


def test_events(sample: Dataset) -> None:
    assert sample.report.reader == "timemap"
    assert {event.id: event.when.text for event in sample.events} == {
        "1": "2022-02-24T14:05",
        "2": "2023-06-06",
        "3": "2022-03-01",
        "4": "2022-03-01T07:30:15",
        "2-2": "2022-03-31",
    }
    event = sample.events[0]
    assert (event.title, event.summary) == ("Shelling of a school.", "Shelling of a school.\nSeen here")
    assert (event.type, event.tags, event.place) == ("Shelling", ("Education", "a2"), "Kharkiv")
    assert event.location == Location(49.99, 36.23)
    assert event.extra == {
        "civId": "UA1",
        "time_precision": "1",
        "type": "School",
        "comments": "checked",
        "graphic": "TRUE",
        "narrative___stepStyles": [],
    }


def test_sources(sample: Dataset) -> None:
    first, unknown, linked = sample.events[0].own_sources
    assert (first.key, first.title, first.author, first.published) == ("s1", "A video", "Ann", "2022-02-25")
    assert (first.publisher, first.url) == ("www.example.org", "https://www.example.org/1")
    assert first.extra == {"type": "Video", "paths": ["a.mp4"], "affil_s": ["x"]}
    assert (unknown.key, unknown.title, linked.url) == ("s9", "", "https://example.net/v")
    second = sample.sources["s2"]
    assert (second.title, second.published, second.extra) == ("A post", "", {"date": "lately"})


def test_the_names_of_the_first_version_and_degrees_that_are_none(sample: Dataset) -> None:
    old = sample.events[2]
    assert (old.title, old.tags, old.location) == ("An event of the first version", ("old",), Location(50, 30))
    assert [source.key for source in old.own_sources] == ["s1", "s2"]
    assert sample.events[1].extra == {"latitude": "north"}


def test_a_source_that_no_list_tells_of_may_be_an_address(tmp_path: Path) -> None:
    event = {"desc": "A", "date": "2/14/2014", "lat": "50", "long": "30", "source": "https://example.org/a"}
    (source,) = read(write(tmp_path, json.dumps([event]), "a.json"), reader="timemap").events[0].own_sources
    assert (source.url, source.publisher) == ("https://example.org/a", "example.org")


def test_problems(sample: Dataset) -> None:
    assert (sample.report.read, sample.report.loaded, sample.report.rejected) == (9, 5, 4)
    assert [in_short(problem) for problem in sample.problems] == [
        (
            '7:57 5 error: date: expected the month first, as in the other dates; found "13/13/2022"; '
            "the event is left out"
        ),
        "8:5 6 error: description: expected a text; found nothing; the event is left out",
        (
            "9:5 7 error: date: expected a date such as 2024, 2024-06 or 2024-06-19, but nothing is written; "
            "the event is left out"
        ),
        '10:12 8 error: id: "2" is the id of an earlier event; expected an id of its own; loaded as "2-2"',
        '11:5 9 error: expected an event; found "no event"; it is left out',
        '16:11 0 warning: sources: expected a source with an id; found "none"',
    ]


def events_json(*dates: str) -> str:
    return json.dumps(
        [
            {"id": str(i), "description": "D", "date": date, "sources": ["s1"], "associations": []}
            for i, date in enumerate(dates)
        ]
    )


@pytest.mark.parametrize(
    ("dates", "texts", "problems"),
    [
        (("1/2/2022", "24/2/2022"), ["2022-02-01", "2022-02-24"], 0),
        (("1/2/2022", "2/24/2022"), ["2022-01-02", "2022-02-24"], 0),
        (("1/2/2022", "3/3/2022"), ["2022-01-02", "2022-03-03"], 1),
        (("3/3/2022",), ["2022-03-03"], 0),
        (("1/2/2022", "24/2/2022", "2/24/2022", "25/2/2022"), ["2022-02-01", "2022-02-24", "2022-02-25"], 1),
    ],
)
def test_the_order_of_dates_is_told_from_all(
    tmp_path: Path, dates: tuple[str, ...], texts: list[str], problems: int
) -> None:
    dataset = read_text(tmp_path, events_json(*dates), "events.json")
    assert [event.when.text for event in dataset.events] == texts
    assert len(dataset.problems) == problems


def test_files_that_are_opened_together_are_put_together(tmp_path: Path) -> None:
    events = write(tmp_path, events_json("24/2/2022"), "events.json")
    sources = write(
        tmp_path, '[{"id": "s1", "title": "A video", "url": "https://a.example/", "paths": []}]', "sources.json"
    )
    associations = write(tmp_path, '[{"id": "a1", "mode": "FILTER", "filter_paths": []}]', "associations.json")
    datasets = [read(path) for path in (events, sources, associations)]
    assert datasets[0].report.companions == (str(sources), str(associations))
    assert [dataset.report.reader for dataset in datasets] == ["timemap"] * 3
    assert [dataset.report.read for dataset in datasets] == [1, 0, 0]
    table = build_table(datasets, Gazetteer(()))
    (source,) = table.records.event(0).own_sources
    assert (source.title, source.url) == ("A video", "https://a.example/")
    both = loader_from_resources()([events, sources])
    assert both.table is not None
    assert [file.path for file in both.table.files] == [str(events)]
    assert both.messages == ("events.json is read together with sources.json and associations.json, beside it",)


def test_what_lies_beside_events_is_read_with_them(tmp_path: Path) -> None:
    events = write(
        tmp_path, events_json("24/2/2022").replace('"associations": []', '"associations": ["a1"]'), "events.json"
    )
    # Without them, an event has its sources and associations by their keys.
    alone = read(events)
    assert [(one.key, one.title) for one in alone.events[0].own_sources] == [("s1", "")]
    assert (alone.events[0].tags, alone.report.companions, alone.problems) == (("a1",), (), ())
    sources = write(
        tmp_path, '[{"id": "s1", "title": "A video", "paths": []}, {"title": "no id", "paths": []}]', "sources.json"
    )
    write(tmp_path, '[{"id": "a1", "title": "Shelling", "mode": "FILTER"}]', "associations.json")
    together = read(events)
    assert [(one.key, one.title) for one in together.events[0].own_sources] == [("s1", "A video")]
    assert together.events[0].tags == ("Shelling",)
    assert (together.report.read, together.report.loaded) == (1, 1)
    assert [(problem.file, in_short(problem)) for problem in together.problems] == [
        (str(events), "0:0 0 note: read together with sources.json and associations.json, beside it"),
        (str(sources), "1:0 0 warning: key: expected one of its own; found nothing; the record is left out"),
    ]


def test_a_companion_that_cannot_be_read_costs_its_own_words_alone(tmp_path: Path) -> None:
    events = write(tmp_path, events_json("24/2/2022"), "events.json")
    sources = write(tmp_path, '[{"id": "s1"', "sources.json")
    dataset = read(events)
    assert (dataset.report.loaded, dataset.report.companions) == (1, ())
    (problem,) = dataset.problems
    assert (problem.file, problem.line, problem.level) == (str(sources), 1, Level.WARNING)
    assert problem.message.startswith("this is not JSON")
    assert problem.message.endswith("the file is not read")


def test_a_companion_that_is_a_link_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    write(tmp_path, '[{"id": "s1", "title": "Secret", "paths": []}]', "secret.json")
    (folder / "sources.json").symlink_to(tmp_path / "secret.json")
    dataset = read(write(folder, events_json("24/2/2022"), "events.json"))
    assert (dataset.report.companions, dataset.events[0].own_sources[0].title) == ((), "")
    (problem,) = dataset.problems
    assert problem.message.startswith("this is a link that leads out of the folder")


def test_a_file_of_any_other_name_is_read_alone(tmp_path: Path) -> None:
    write(tmp_path, '[{"id": "s1", "title": "A video", "paths": []}]', "sources.json")
    dataset = read_text(tmp_path, events_json("24/2/2022"), "incidents.json")
    assert (dataset.report.companions, dataset.events[0].own_sources[0].title) == ((), "")


def test_a_large_map_is_read_as_a_small_one(tmp_path: Path) -> None:
    path = write(tmp_path, (DATA / "sample.timemap.json").read_text(encoding="utf-8"), "events.json")
    small = assert_streamed_as_whole(path)
    padded = write(tmp_path, path.read_text(encoding="utf-8") + " " * STREAMED_FROM_BYTES, "padded.json")
    large = read(padded)
    assert [replace(event, origin=small.events[0].origin) for event in large.events] == [
        replace(event, origin=small.events[0].origin) for event in small.events
    ]
    assert (large.extra, len(large.problems)) == (small.extra, len(small.problems))


def read_or_refused(how: Callable[..., Dataset], path: Path) -> Dataset | str:
    try:
        return how(path, reader="timemap")
    except ReadError as error:
        return str(error)


LISTS = [
    events_json("1/2/2022", "3/3/2022"),
    events_json(),
    '[{"id": "s1", "title": "A video", "paths": []}]',
    '[{"id": "a1", "title": "Shelling", "mode": "FILTER"}]',
    '{"s1": {"title": "A video", "paths": []}}',
    """{"events": {"7": {"description": "By id", "date": "2/24/2022", "sources": "s1, s2"}}, "map": {"zoom": [1, 2]},
    "sources": [{"id": "s1", "title": "Twice", "title": "B"}, {"id": "s1", "title": "Later"}, {"id": "s2", "url": []}]}
    """,
    """{"associations": [{"id": "a", "id": "b", "title": "T"}], "events": [{"id": "1", "description": "D",
    "date": "2022", "filters": ["a"], "id": "2"}]}""",
    '{"events": [{"description": "D", "date": "2022", "sources": ["s1"]}], "sources": {"s1": {"title": "Ж"}}}',
    "[1]",
    '{"events": []}',
    '{"events": [{"description": "D", "date": "2022"}]',
]


@pytest.mark.parametrize("text", LISTS)
def test_lists_of_every_kind_are_read_record_by_record_as_they_are_whole(tmp_path: Path, text: str) -> None:
    path = write(tmp_path, text, "a.json")
    whole, found = read_or_refused(read, path), read_or_refused(streamed, path)
    if isinstance(whole, str) or isinstance(found, str):
        assert found == whole
        return
    assert [event.title for event in found.events] == [event.title for event in whole.events]
    assert [source for event in found.events for source in event.own_sources] == [
        source for event in whole.events for source in event.own_sources
    ]
    assert found.extra == whole.extra
    told = [sorted((one.level, one.message) for one in dataset.problems) for dataset in (whole, found)]
    assert told[0] == told[1]


def test_what_lies_beside_a_large_map_is_read_with_it_and_read_anew_with_what_is_kept(tmp_path: Path) -> None:
    text = events_json("24/2/2022", "25/2/2022").replace('"associations": []', '"associations": ["a1"]')
    events = write(tmp_path, text + " " * STREAMED_FROM_BYTES, "events.json")
    sources = write(tmp_path, '[{"id": "s1", "title": "A video", "paths": []}]', "sources.json")
    cache = FileCache(tmp_path / "cache")
    load = replace(loader_from_resources(), cache=lambda: cache)
    for title in ("Shelling", "Fire"):
        write(tmp_path, f'[{{"id": "a1", "title": "{title}", "mode": "FILTER"}}]', "associations.json")
        table = load([events, sources]).table
        assert table is not None
        assert (table.files[0].reader, len(table.files[0].companions), cache.count()) == ("timemap", 2, 1)
        assert [event.tags for event in table] == [(title,)] * 2
        assert table.tags.names == (title,)
        assert [event.own_sources[0].title for event in table] == ["A video"] * 2


def test_other_json_is_not_taken_for_it(tmp_path: Path) -> None:
    path = write(tmp_path, '[{"date": "2024", "description": "A", "sources": []}]', "a.json")
    assert choose(path).name == "json"
    with pytest.raises(ReadError, match=r"expected a list of events, of sources or of associations; found a list$"):
        read(write(tmp_path, "[1]", "b.json"), reader="timemap")


WITHIN = """[{"id": "CIV1", "date": "2022-02-24", "latitude": "49.85", "longitude": "36.65", "location": "Town",
 "description": "A block of flats is hit", "sources": [
  {"id": "UW1", "path": "https://example.org/status/1", "description": "graphic"},
  {"id": "UW2", "path": "kept/on/disk.mp4"}],
 "filters": [{"key": "Type of area affected", "value": "Residential"}, {"key": "Weapon System", "value": "Mortar"}]},
{"id": "CIV2", "date": "2022-02-25", "latitude": "", "longitude": "", "location": "Town",
 "description": "A bridge falls",
 "sources": [{"id": "UW3", "note": "no path"}, "UW4"], "filters": [{"key": "Weapon System"}]}]
"""


def test_sources_and_filters_may_stand_within_an_event(tmp_path: Path) -> None:
    path = write(tmp_path, WITHIN, "civilian-harm.json")
    assert choose(path).name == "timemap"
    first, second = read(path).events
    assert first.tags == ("Type of area affected: Residential", "Weapon System: Mortar")
    assert first.own_sources == (
        Source("UW1", publisher="example.org", url="https://example.org/status/1", extra={"description": "graphic"}),
        Source("UW2", extra={"path": "kept/on/disk.mp4"}),
    )
    assert not first.extra.keys() & {"sources", "filters"}
    assert [source.key for source in second.own_sources] == ["UW4"]
    assert second.extra["sources-2"] == [{"id": "UW3", "note": "no path"}, "UW4"]
    assert second.extra["filters"] == [{"key": "Weapon System"}]


@pytest.mark.parametrize("text", ['[{"id": "s1", "title": "A", "paths": []}]', '[{"id": "a1", "mode": "FILTER"}]'])
def test_sources_and_associations_alone_say_with_what_they_are_read(tmp_path: Path, text: str) -> None:
    (problem,) = read(write(tmp_path, text, "alone.json"), reader="timemap").problems
    assert (problem.line, problem.level) == (1, Level.NOTE)
    assert problem.message.endswith("read with an events.json that they lie beside")


@pytest.mark.parametrize(
    ("time", "when", "kept"),
    [
        ("5:00 AM", "2022-02-24T05:00", {}),
        ("12:30 p.m.", "2022-02-24T12:30", {}),
        ("at night", "2022-02-24", {"time": "at night"}),
        ("25:00", "2022-02-24", {"time": "25:00"}),
    ],
)
def test_a_time_that_is_none_is_kept(tmp_path: Path, time: str, when: str, kept: dict[str, object]) -> None:
    told = {"id": "1", "description": "d", "date": "2/24/2022", "time": time, "associations": [], "sources": []}
    path = write(tmp_path, json.dumps({"events": [told], "sources": [], "associations": []}), "a.json")
    (event,) = assert_streamed_as_whole(path).events
    assert (event.when.text, event.extra) == (when, kept)


def test_sources_and_associations_may_stand_within_an_event(tmp_path: Path) -> None:
    told = {
        "id": "1",
        "description": "d",
        "date": "2/24/2022",
        "associations": [{"id": "a", "title": "Aid"}, {"id": "b"}],
        "sources": [{"id": "s", "title": "Report", "url": "https://example.org/a", "type": "Text"}],
    }
    path = write(tmp_path, json.dumps({"events": [told], "sources": [], "associations": []}), "a.json")
    (event,) = assert_streamed_as_whole(path).events
    (source,) = event.own_sources
    assert event.tags == ("Aid", "b")
    assert (source.key, source.title, source.url, source.extra) == (
        "s",
        "Report",
        "https://example.org/a",
        {"type": "Text"},
    )
