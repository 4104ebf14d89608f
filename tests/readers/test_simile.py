"""SIMILE Timeline as XML and as data of a script: four bounds, JavaScript's dates, instants, and what is left out."""

from __future__ import annotations

import json
from pathlib import Path
from xml.sax.saxutils import quoteattr

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.helpers.streamed import assert_streamed_as_whole, streamed
from tests.readers.timelines import DATA, event_of, in_short, read_text, real_file, refusal_of, write
from timeline_app.core.dataset import Dataset
from timeline_app.core.errors import ReadError, WhenError
from timeline_app.core.when import bounds_iso
from timeline_app.readers import choose, read, xml_tree
from timeline_app.readers.script_dates import script_date
from timeline_app.readers.simile_dates import read_bounds

XML = DATA / "sample.simile.xml"
SCRIPT = DATA / "sample.simile.js"


@pytest.fixture(scope="module")
def xml() -> Dataset:
    return read(XML)


@pytest.fixture(scope="module")
def script() -> Dataset:
    return read(SCRIPT)


def test_dates_of_xml(xml: Dataset) -> None:
    assert {event.title: event.when.text for event in xml.events} == {
        "'Bay of Pigs'": "1961-05-20",
        "Of an era": "-0199/-0099",
        "As JavaScript counts": "-0043",
        "Some time between": "[0060..0080]",
        "Four bounds": "[1914-06..1914-08]/[1918-11..1919-06]",
        "Three of four": "[1914..1915]/[1918..]",
        "Until midnight": "1963-11-22T23:00-06:00/1963-11-23T00:00-06:00",
        "Doubtful": "0107?",
        "About": "1200~",
        "Ends early": "2000",
        "Begins late": "2000/2010",
        "Ends in words": "2000",
        "Without a title, but words": "2001",
    }


def test_dates_of_a_script(script: Dataset) -> None:
    assert {event.title: event.when.text for event in script.events} == {
        "Lasted": "1916-02-21/1916-12-18",
        "Instant": "[1916-02-21..1916-02-25]",
        "Duration by its word": "1916-02-21/1916-02-25",
        "Short names": "1909-03-15",
        "With a zone": "1917-11-07T21:40+02:00",
        "As code": "1918-11-11",
        "The month first": "1989-11-09",
        "No such end": "1990",
    }


def test_the_four_bounds_are_those_of_the_event(xml: Dataset) -> None:
    start, end = bounds_iso(event_of(xml, "Four bounds").when)
    assert (start, end) == (["1914-06-01", "1914-08-31"], ["1918-11-01", "1919-06-30"])


def test_an_event_gives_all_that_it_has(xml: Dataset, script: Dataset) -> None:
    event = xml.events[0]
    assert (event.id, event.type, event.summary) == ("pigs", "invasion", "First try. ref\nNext line café & more.")
    assert [(one.url, one.publisher) for one in event.own_sources] == [
        ("http://example.org/pigs", "example.org"),
        ("http://example.org/ref?a=1&b=2", "example.org"),
    ]
    assert event.extra == {"image": "p.png", "color": "red"}
    assert (event.origin.line, event.origin.record) == (4, 1)
    assert event_of(script, "Short names").extra == {"eventID": "x1", "tapeImage": "blue.png"}
    assert event_of(script, "Lasted").summary == "It lasted."


def test_what_could_not_be_read_of_a_date_is_kept(xml: Dataset) -> None:
    assert event_of(xml, "Ends early").extra == {"end": "1990"}
    assert event_of(xml, "Begins late").extra == {"latestStart": "1990"}
    assert event_of(xml, "Ends in words").extra == {"end": "when it ended"}


def test_every_record_is_counted_and_what_is_left_out_is_told(xml: Dataset, script: Dataset) -> None:
    assert (xml.report.read, xml.report.loaded, xml.report.rejected) == (16, 13, 3)
    expected = 'expected a date such as "May 20 1961 00:00:00 GMT-0600"; found'
    assert [in_short(problem) for problem in xml.problems] == [
        "15:3 10 warning: end: ends before it starts: 1990 lies before 2000; left out",
        "16:3 11 warning: latestStart: ends before it starts: 1990 lies before 2000; left out",
        f'17:3 12 warning: end: {expected} "when it ended"; left out',
        f'18:3 13 error: start: {expected} "once"; the event is left out',
        "19:3 14 error: start: expected a start; found nothing; the event is left out",
        "20:3 15 error: title: expected a text; found nothing; the event is left out",
    ]
    assert (script.report.read, script.report.loaded, script.report.rejected) == (9, 8, 1)
    assert [in_short(problem) for problem in script.problems] == [
        f'13:26 8 warning: end: {expected} "1991T"; left out',
        "14:5 9 error: expected an event; found a list; it is left out",
    ]


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("Sat May 20 1961 00:00:00 GMT-0600", "1961-05-20T00:00-06:00"),
        ("May 20, 1961 3:04:05 PM", "1961-05-20T15:04:05"),
        ("Sat, 20 May 1961 12:30 GMT", "1961-05-20T12:30Z"),
        ("20-May-1961", "1961-05-20"),
        ("May 1961", "1961-05"),
        ("Jan 01 0897", "0897-01-01"),
        ("5/20/1961", "1961-05-20"),
        ("Fri Nov 22 1963 12:30:00 GMT-0600 (Central Standard Time)", "1963-11-22T12:30-06:00"),
        ("Nov 22 1963 12:30:00 CST", "1963-11-22T12:30-06:00"),
        ("1930-06-02T00:00:00+0000", "1930-06-02T00:00Z"),
        ("1930-06-02 05:30:10.250 +530", "1930-06-02T05:30:10+05:30"),
        ("19300602", "1930-06-02"),
        ("1930-6-2", "1930-06-02"),
        ("1930/6/02", "1930-06-02"),
        ("1930-06", "1930-06"),
        ("-0043-03-15", "-0043-03-15"),
        ("new Date(1961, 4, 20)", "1961-05-20T00:00"),
        ("Date(1961, 4)", "1961-05"),
        ("new Date(1961, 4, 20, 14, 5)", "1961-05-20T14:05"),
        ("new Date('May 20 1961')", "1961-05-20"),
        ("new Date(61, 4, 20)", "1961-05-20T00:00"),
        ("new Date(Date.UTC(1961, 4, 20, 14))", "1961-05-20T14:00Z"),
        ("new Date(Date.UTC(1961, 4))", "1961-05"),
        ("new Date(-271771200000)", "1961-05-22T12:00Z"),
    ],
)
def test_forms_of_dates(written: str, text: str) -> None:
    date = script_date(written)
    assert date is not None
    assert date.text == text


@pytest.mark.parametrize(
    "written",
    [
        "",
        "soon",
        "May",
        "20 May",
        "May 20",
        "99",
        "new Date()",
        "new Date(5)",
        "new Date(--5, 1)",
        "new Date(9000000000000000)",
        "new Date(Date.UTC(99))",
        "1.5.1961",
        "x" * 1_000_000,
    ],
)
def test_what_is_in_no_form_is_no_date(written: str) -> None:
    assert script_date(written) is None


@pytest.mark.parametrize(
    ("start", "text"),
    [
        ("20240605", "2024-06-05"),
        ("20240605T1430", "2024-06-05T14:30"),
        ("20240605T143005Z", "2024-06-05T14:30:05Z"),
        ("20240605T1430+0200", "2024-06-05T14:30+02:00"),
        ("13800000", "Y13800000"),
        ("20241305", "Y20241305"),
    ],
)
def test_dates_without_signs_between_their_parts(start: str, text: str) -> None:
    assert read_bounds({"start": start}, is_instant=True).when.text == text


@pytest.mark.parametrize(
    ("start", "message"),
    [
        ("0 BC", "expected a date such as"),
        ("Feb 30 1961", "30 is not a day: February 1961 has 28 days"),
        ("", "expected a start; found nothing"),
        (" " * 100_000 + "?", "expected a date such as"),
        ("9" * 100_000, "expected a date such as"),
    ],
)
def test_a_start_that_is_no_date(start: str, message: str) -> None:
    with pytest.raises(WhenError, match=message):
        read_bounds({"start": start}, is_instant=True)


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.xml", "<data><event start='1'></data>", ":1:26: this is not XML: mismatched tag"),
        ("a.xml", "<events/>", ':1:1: expected an element "data" with events; found "events"'),
        ("a.xml", "<!DOCTYPE data [<!ENTITY a 'b'>]><data/>", ":1:16: a document type definition"),
        ("a.js", "var a = {'events': {}}", ":1:20: expected a list of events; found a mapping"),
    ],
)
def test_what_is_no_list_of_events_is_refused(tmp_path: Path, name: str, content: str, message: str) -> None:
    assert refusal_of(write(tmp_path, content, name), "simile").startswith(message)


def test_a_file_is_recognised_by_its_elements_and_not_by_its_ending(tmp_path: Path) -> None:
    for original in (XML, SCRIPT):
        assert choose(write(tmp_path, original.read_bytes(), "renamed.txt")).name == "simile"
    other = write(tmp_path, "<data><event>no start</event></data>", "other.xml")
    with pytest.raises(ReadError, match="the format of the file is not known"):
        choose(other)


def test_a_list_alone_is_read(tmp_path: Path) -> None:
    path = write(tmp_path, "[{'start': '1990', 'title': 'a'}]", "a.js")
    assert [event.title for event in read(path, reader="simile").events] == ["a"]
    text = '{"events": [{"title": "a", "start": "1990", "isDuration": true}]}'
    assert read_text(tmp_path, text, "a.json").report.reader == "simile"


@pytest.mark.parametrize(
    ("name", "events", "first"), [("jfk.xml", 130, "1961-05-20"), ("christianity.xml", 560, "0001")]
)
def test_real_files(name: str, events: int, first: str) -> None:
    dataset = read(real_file("simile", name))
    assert (dataset.report.reader, dataset.report.loaded, dataset.report.rejected) == ("simile", events, 0)
    assert dataset.events[0].when.text == first
    assert dataset.problems == ()


_DATES = st.sampled_from(
    ["1914", "1914-06-28", "200 BC", "Sat May 20 1961 00:00:00 GMT-0600", "once", "", "1918-11-11"]
)
_WORDS = st.sampled_from(["A", " ", "<i>Bay</i> & more", "<a href='https://example.org/x'>here</a>", "two\nlines"])
_ATTRIBUTES = st.dictionaries(
    st.sampled_from(["latestStart", "earliestEnd", "end", "link", "classname", "id", "color", "isDuration"]),
    st.one_of(_DATES, st.sampled_from(["true", "false", "a", "https://example.org/l"])),
    max_size=4,
)


@given(
    events=st.lists(
        st.tuples(_DATES, _WORDS, _ATTRIBUTES, st.sampled_from(["", "text", "<b>mixed</b> up", "&amp;"])), max_size=4
    ),
    between=st.sampled_from(
        ["", "\n", "<!-- <event start='1999'/> -->", "<other><event start='1999' title='b'/></other>"]
    ),
)
def test_any_elements_are_read_one_by_one_as_all_at_once(
    tmp_path_factory: pytest.TempPathFactory,
    events: list[tuple[str, str, dict[str, str], str]],
    between: str,
) -> None:
    elements = ["<event start='2020' title='First'/>"]
    for start, title, others, text in events:
        told = {"start": start, "title": title, **others}
        attributes = "".join(f" {name}={quoteattr(value)}" for name, value in told.items())
        elements.append(f"<event{attributes}>{text}</event>" if text else f"<event{attributes}/>")
    content = f"<data wiki-url='https://example.org'>{between.join(elements)}{between}</data>"
    assert_streamed_as_whole(write(tmp_path_factory.mktemp("elements"), content, "a.xml"))


@given(
    events=st.lists(
        st.one_of(
            st.fixed_dictionaries({"start": _DATES, "title": _WORDS, "description": _WORDS}, optional={"end": _DATES}),
            st.fixed_dictionaries(
                {"s": _DATES, "t": _WORDS}, optional={"eid": st.just("x"), "durationEvent": st.booleans()}
            ),
            st.just(5),
        ),
        max_size=5,
    )
)
def test_any_events_in_json_are_read_one_by_one_as_all_at_once(
    tmp_path_factory: pytest.TempPathFactory, events: list[object]
) -> None:
    first = {"start": "2020", "title": "First"}
    content = json.dumps({"dateTimeFormat": "iso8601", "events": [first, *events], "more": {"a": [1, {}]}})
    assert_streamed_as_whole(write(tmp_path_factory.mktemp("events"), content, "a.json"))


def test_a_file_of_too_many_elements_for_the_memory_is_read_one_by_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(xml_tree, "MOST_ELEMENTS", 10)
    events = "<event start='1914' title='A'/>" * 9
    path = write(tmp_path, f"<data>{events}</data>", "a.xml")
    assert [event.id for event in read(path).events] == [f"event-{number}" for number in range(1, 10)]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("<date><event start='1914'/></date>", ':1:1: expected an element "data" with events; found "date"'),
        ("<data><event start='1914'>", ":1:27: the file ends within <event>: it is cut off"),
        ("<data><event start='1914'></data>", ":1:29: this is not XML: mismatched tag"),
        ("<!DOCTYPE data><data/>", ":1:15: a document type definition"),
        ('{"events": 5}', ': expected a list of events; found "5"'),
        ('{"more": []}', ": expected a list of events; found a mapping"),
        ("var a = {'events': [}", ":1:21: this is no data in JSON: expected a value"),
    ],
)
def test_a_large_file_must_be_xml_or_data_with_events(tmp_path: Path, content: str, message: str) -> None:
    assert refusal_of(write(tmp_path, content, "a.xml"), "simile", streamed).startswith(message)


def test_a_list_of_events_of_any_program_is_not_taken_for_it(tmp_path: Path) -> None:
    event: dict[str, object] = {"title": "Pact", "start": "2024-06", "actors": ["Ada"], "location": "Harbour"}
    path = write(tmp_path, json.dumps({"events": [event]}), "events.json")
    assert (choose(path).name, [actor.name for actor in read(path).events[0].actors]) == ("json", ["Ada"])
    event["isDuration"] = "true"
    assert choose(write(tmp_path, json.dumps({"events": [event]}), "simile.json")).name == "simile"
