"""TimelineJS in both versions: dates of parts and of text, media as sources, eras, and what is left out."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.helpers.streamed import assert_streamed_as_whole, streamed
from tests.readers.timelines import DATA, event_of, in_short, read_text, real_file, refusal_of, write
from timeline_app.core.dataset import Dataset
from timeline_app.core.event import Event, Excerpt, Location
from timeline_app.readers import choose, read

NEW = DATA / "sample.timelinejs.json"
OLD = DATA / "sample.timelinejs2.jsonp"


@pytest.fixture(scope="module")
def new() -> Dataset:
    return read(NEW)


@pytest.fixture(scope="module")
def old() -> Dataset:
    return read(OLD)


def slide(date: str) -> str:
    return '{"events": [{"start_date": ' + date + ', "text": {"headline": "a"}}]}'


def one_slide(folder: Path, **fields: object) -> Event:
    told = {"start_date": {"year": 2024}, "text": {"headline": "A"}, **fields}
    (event,) = read_text(folder, json.dumps({"events": [told]}), "a.json").events
    return event


def test_dates_are_as_exact_as_their_parts(new: Dataset) -> None:
    assert {event.title: event.when.text for event in new.events} == {
        "War": "2020/2024-06",
        "Landing & advance north": "2021-08-09T14:05/2021-08-23",
        "Ides": "-0043-03-15",
        "Beginning": "Y-13800000000",
        "No such month": "2022",
        "Ends early": "2022",
        "No headline, but words.": "2022-01-02T03:04:05.060",
        "A speech": "2023",
    }


def test_dates_of_version_2_are_one_text(old: Dataset) -> None:
    assert {event.title: event.when.text for event in old.events} == {
        "Commas": "1869-09-10/1869-10",
        "Slashes: the month first": "1869-05-10T14:30",
        "Month and year": "1869-05",
        "Ides": "-0043-03-15",
        "Noughts for no month": "1870",
        "ISO": "1871-05-04",
        "Goes on": "1990/..",
        "Time": "1869/1872",
    }


def test_a_slide_gives_all_that_it_has(new: Dataset) -> None:
    event = event_of(new, "Landing & advance north")
    assert (event.id, event.type, event.place) == ("landing", "Landings", "Beach")
    assert event.location == Location(49.3, -0.5)
    assert event.summary == "They came. See here."
    photo, about, link = event.own_sources
    assert (photo.title, photo.author, photo.url) == ("On the beach", "Photo: P", "https://example.org/landing.jpg")
    assert photo.extra == {"thumbnail": "https://example.org/t.jpg"}
    assert (about.url, link.url) == ("https://example.org/x?a=1&b=2", "https://example.net/p")
    assert event.extra == {
        "display_date": "One August",
        "location-2": {"lat": "49.3", "lon": "-0.5", "name": "Beach", "zoom": "8"},
        "background": {"color": "#333"},
        "autolink": "false",
    }
    assert (event.origin.line, event.origin.record) == (11, 2)


def test_the_title_slide_is_the_timeline_and_no_event(new: Dataset, old: Dataset) -> None:
    assert (new.title, new.summary) == ("A small war", "From the first day.")
    assert new.extra == {"scale": "human"}
    assert {"https://example.org/map.png", "https://example.org/about"} <= {one.url for one in new.sources.values()}
    assert (old.title, old.summary) == ("Old form", 'It\'s "old"')
    assert old.extra == {"type": "default", "startDate": "1869"}


def test_eras_are_events_of_their_own_type(new: Dataset, old: Dataset) -> None:
    assert (event_of(new, "War").type, event_of(new, "War").tags) == ("era", ("Phases",))
    assert (event_of(old, "Time").type, event_of(old, "Commas").type) == ("era", "Rail")


def test_a_quotation_that_is_shown_is_an_excerpt(new: Dataset) -> None:
    speech = event_of(new, "A speech")
    assert speech.excerpts == (Excerpt("We shall go.", "b-speaker"),)
    assert speech.own_sources[0].extra == {"url-2": "<blockquote>We shall <b>go</b>.</blockquote>"}


def test_who_is_quoted_in_markup_is_the_author_of_its_source(tmp_path: Path) -> None:
    event = one_slide(tmp_path, media={"url": "<blockquote>The words<cite>A. Writer</cite></blockquote>"})
    (source,) = event.own_sources
    assert (source.author, event.excerpts) == ("A. Writer", (Excerpt("The words", source.key),))


def test_a_quotation_of_nobody_is_an_excerpt_too(tmp_path: Path) -> None:
    event = one_slide(tmp_path, media={"url": "<blockquote>The words</blockquote>", "caption": "", "credit": ""})
    assert (event.own_sources, event.excerpts) == ((), (Excerpt("The words"),))


def test_a_medium_may_be_its_address_alone(tmp_path: Path) -> None:
    event = one_slide(tmp_path, media="https://example.org/a")
    assert [source.url for source in event.own_sources] == ["https://example.org/a"]
    assert event.extra == {}
    assert one_slide(tmp_path, media="a picture").extra == {"media": "a picture"}


def test_every_record_is_counted_and_what_is_left_out_is_told(new: Dataset, old: Dataset) -> None:
    assert (new.report.read, new.report.loaded, new.report.rejected) == (13, 8, 5)
    nothing = "date: expected a date such as 2024, 2024-06 or 2024-06-19, but nothing is written; the event is left out"
    assert [in_short(problem) for problem in new.problems] == [
        '27:20 5 warning: start_date: expected a month from 1 to 12; found "13"; left out',
        '27:20 5 warning: start_date: expected a day from 1 to 31 after the month; found "4"; left out',
        "28:74 6 warning: end: ends before it starts: 2021 lies before 2022; read as having no end",
        "31:5 9 error: headline: expected a text; found nothing; the event is left out",
        "32:20 10 error: date: expected a year of four digits, as in 2024 or -0043; the event is left out",
        f"33:20 11 error: {nothing}",
        f"34:5 12 error: {nothing}",
        '35:5 13 error: expected an event; found "not an event"; it is left out',
    ]
    assert (old.report.read, old.report.loaded, old.report.rejected) == (9, 8, 1)
    assert [problem.level for problem in old.problems] == ["warning", "warning", "error"]
    assert "20.5.1871" not in {event.when.text for event in old.events}


def test_what_could_not_be_read_of_a_date_is_kept(new: Dataset) -> None:
    assert event_of(new, "No such month").extra == {"start_date": {"year": "2022", "month": "13", "day": "4"}}
    assert event_of(new, "Ends early").extra == {"end_date": {"year": "2021"}}


@pytest.mark.parametrize(
    ("date", "when"),
    [
        ('{"year": "0"}', "0000"),
        ('{"year": "-1"}', "0000"),
        ('{"year": "−500"}', "-0499"),
        ('{"year": "-12345"}', "Y-12344"),
        ('{"year": "1 066", "month": "10.0"}', "1066-10"),
        ('{"year": "12000"}', "Y12000"),
        ('{"year": "2020", "month": 2, "day": 3, "hour": 24}', "2020-02-03T24"),
        ('{"year": "2020", "hour": 4}', "2020"),
        ('{"year": "2020", "month": 2, "day": 30, "hour": 4}', "2020-02"),
        ('"2/30/2020"', "2020-02"),
        ('"1869,9,10"', "1869-09-10"),
        ('"12/31/1999"', "1999-12-31"),
        ('"12/31/1999 12:05:06 AM"', "1999-12-31T00:05:06"),
    ],
)
def test_forms_of_dates(tmp_path: Path, date: str, when: str) -> None:
    assert read_text(tmp_path, slide(date), "a.json").events[0].when.text == when


@pytest.mark.parametrize(
    "date", ['{"year": "9e9"}', '{"year": "' + "9" * 400 + '"}', '"31/12/1999"', "[]", '"' + " ," * 4000 + '"']
)
def test_what_is_no_date_leaves_the_event_out(tmp_path: Path, date: str) -> None:
    dataset = read_text(tmp_path, slide(date), "a.json")
    assert (dataset.report.read, dataset.report.rejected) in {(1, 1), (1, 0)}
    assert not dataset.events or dataset.events[0].when.text == "1999"
    assert dataset.problems


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (
            '{"events": [{"start_date": {"year": 1}}',
            ":1:40: this is no data in JSON: expected “,” or “]”; found the end",
        ),
        ('{"events": {}, "start_date": {}}', ""),
        ('[{"events": [], "start_date": {}}]', ":1:1: expected a timeline with events or eras; found a list"),
        ('{"timeline": {"startDate": "1"}}', ":1:1: expected a timeline with events or eras; found neither"),
    ],
)
def test_what_is_no_timeline_is_refused(tmp_path: Path, content: str, message: str) -> None:
    path = tmp_path / "a.json"
    path.write_text(content, encoding="utf-8")
    if message:
        assert refusal_of(path, "timelinejs").startswith(message)
    else:
        assert read(path, reader="timelinejs").problems[0].message.startswith("events: expected a list")


def test_a_file_is_recognised_by_its_fields_and_not_by_its_ending(tmp_path: Path) -> None:
    for original in (NEW, OLD):
        path = tmp_path / "renamed.txt"
        path.write_bytes(original.read_bytes())
        assert choose(path).name == "timelinejs"


@pytest.mark.parametrize(
    ("name", "events", "first"),
    [
        ("houston_timeline2.json", 18, "1963-08-09"),
        ("houston_timeline3.json", 18, "1963-08-09"),
        ("eras.json", 23, "0650/0700"),
        ("cosmo.json", 7, "Y-13800000000"),
        ("cosmo-mixed.json", 11, "Y-13800000000"),
    ],
)
def test_real_files(name: str, events: int, first: str) -> None:
    dataset = read(real_file("timelinejs", name))
    assert (dataset.report.reader, dataset.report.loaded, dataset.report.rejected) == ("timelinejs", events, 0)
    assert dataset.events[0].when.text == first
    assert dataset.problems == ()


def test_both_versions_of_one_timeline_say_the_same() -> None:
    files = [real_file("timelinejs", f"houston_timeline{version}.json") for version in (2, 3)]
    told = [[(event.title, event.when, event.summary) for event in read(file).events] for file in files]
    assert told[0] == told[1]


_WORDS = st.sampled_from(["", "Landing", "a <b>small</b> war", "<a href='https://example.org/x'>here</a>", "1 < 2"])
_PARTS = st.fixed_dictionaries(
    {"year": st.sampled_from(["2021", 2022, "-44", "soon", "", None])},
    optional={"month": st.sampled_from(["3", 13, ""]), "day": st.integers(0, 32), "display_date": _WORDS},
)
_NEW_SLIDES = st.fixed_dictionaries(
    {"start_date": st.one_of(_PARTS, _PARTS, st.none(), st.just("2020"))},
    optional={
        "end_date": _PARTS,
        "unique_id": st.sampled_from(["a", "b", "c"]),
        "text": st.one_of(st.fixed_dictionaries({"headline": _WORDS, "text": _WORDS}), st.just(5)),
        "media": st.one_of(st.fixed_dictionaries({"url": _WORDS, "caption": _WORDS, "credit": _WORDS}), _WORDS),
        "group": _WORDS,
        "location": st.fixed_dictionaries({"name": _WORDS}, optional={"lat": st.just("49"), "lon": st.just(-0.5)}),
        "edtf": st.sampled_from(["2021-03~", "x"]),
        "autolink": st.booleans(),
    },
)
_OLD_SLIDES = st.fixed_dictionaries(
    {"startDate": st.sampled_from(["1869,9,10", "9/10/1869", "-44", "now", "", "x"])},
    optional={"endDate": st.sampled_from(["1870", "x"]), "headline": _WORDS, "text": _WORDS, "tag": _WORDS},
)


def _slides(slides: st.SearchStrategy[Any]) -> st.SearchStrategy[list[object]]:
    return st.lists(st.one_of(slides, slides, st.sampled_from([None, "x", []])), max_size=5)


@given(
    events=_slides(_NEW_SLIDES),
    eras=st.one_of(_slides(_NEW_SLIDES), st.none()),
    beside=st.fixed_dictionaries({}, optional={"scale": _WORDS, "title": st.just({"text": {"headline": "A war"}})}),
    has_eras_first=st.booleans(),
)
def test_any_slides_are_read_one_by_one_as_all_at_once(
    tmp_path_factory: pytest.TempPathFactory,
    events: list[object],
    eras: list[object] | None,
    beside: dict[str, object],
    *,
    has_eras_first: bool,
) -> None:
    first = {"start_date": {"year": 2020}, "text": {"headline": "First"}}
    lists = {"events": [first, *events]} | ({} if eras is None else {"eras": eras})
    ordered = dict(sorted(lists.items(), reverse=not has_eras_first))
    path = write(tmp_path_factory.mktemp("slides"), json.dumps({**ordered, **beside}, indent=1), "a.json")
    assert_streamed_as_whole(path)


@given(dates=_slides(_OLD_SLIDES), eras=_slides(_OLD_SLIDES))
def test_any_slides_of_version_2_are_read_one_by_one_as_all_at_once(
    tmp_path_factory: pytest.TempPathFactory, dates: list[object], eras: list[object]
) -> None:
    first = {"startDate": "2020", "headline": "First"}
    timeline = {"headline": "A war", "type": "default", "text": "All", "date": [first, *dates], "era": eras}
    path = write(tmp_path_factory.mktemp("slides"), json.dumps({"timeline": timeline, "events": []}), "a.json")
    assert_streamed_as_whole(path)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ('{"title": {}}', ": expected a timeline with events or eras; found neither"),
        ('{"timeline": {"headline": "a"}}', ": expected a timeline with events or eras; found neither"),
        ("[1]", ": expected a timeline with events or eras; found a list"),
        ('{"events": [], "eras": [], "events": [1]}', ":1:38: “events” stands here a second time"),
        ('{"events": [{"start_date"', ":1:26: this is no data in JSON: expected “:”"),
        ('storyjs_jsonp_data = {"timeline": {}}', ": expected a timeline with events or eras; found neither"),
        ('storyjs_jsonp_data({"events": []}', ":1:34: this is no data in JSON: expected “)”"),
    ],
)
def test_a_large_file_must_be_data_with_slides(tmp_path: Path, content: str, message: str) -> None:
    assert refusal_of(write(tmp_path, content, "a.json"), "timelinejs", streamed).startswith(message)


def test_lists_of_a_large_file_that_are_none_are_told(tmp_path: Path) -> None:
    dataset = streamed(write(tmp_path, '{"events": {"a": 1}, "eras": 5}', "a.json"), reader="timelinejs")
    assert [(problem.line, problem.message) for problem in dataset.problems] == [
        (0, "events: expected a list; found a mapping"),
        (0, 'eras: expected a list; found "5"'),
    ]


def test_an_era_without_a_headline_is_one(tmp_path: Path) -> None:
    era = {"start_date": {"year": 1960}, "end_date": {"year": 1969}}
    slides = {"events": [{"start_date": {"year": 2024}, "text": {"headline": "A"}}], "eras": [era]}
    dataset = assert_streamed_as_whole(write(tmp_path, json.dumps(slides), "a.json"))
    assert [(event.title, event.when.text) for event in dataset.events] == [("A", "2024"), ("era", "1960/1969")]


@pytest.mark.parametrize("month", ["Feb", "february", "2"])
def test_months_may_be_named(tmp_path: Path, month: str) -> None:
    event = one_slide(tmp_path, start_date={"year": "2024", "month": month, "day": "29"})
    assert event.when.text == "2024-02-29"
