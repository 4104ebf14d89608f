"""What is written in another program's format reads back with the dates and words that it had, whatever they were."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.helpers.examples import examples
from tests.helpers.streamed import assert_streamed_as_whole
from tests.helpers.tables import make_event, make_table
from timeline_app.core.dataset import Level
from timeline_app.core.event import ActorRef, Claim, Event, Excerpt, Link, Location, Origin, Source
from timeline_app.core.filter import Filter
from timeline_app.core.when import parse
from timeline_app.loading import load_table
from timeline_app.readers import read
from timeline_app.writers import export

OTHERS = {
    "csv": "csv",
    "jsonl": "jsonl",
    "parquet": "parquet",
    "geojson": "geojson",
    "timelinejs": "json",
    "icalendar": "ics",
    "markwhen": "mw",
}
# Every kind of date that the native format has, those that calendars cannot say last.
USUAL = (
    *(
        "2024",
        "2024-06",
        "2024-06-19",
        "2024-06-19T14",
        "2024-06-19T14:30",
        "2024-06-19T14:30:15",
        "2024-06-19T14:30:15.25Z",
    ),
    *("2024-06-19T14:30Z", "2024-06-19T01:30+03:00", "2024-06-19T23:30:15-05:30", "0001-01-01", "9999-12-30"),
    *("2024~", "2024-06?", "2024-06-19%", "2024-21", "2024-24", "2024-33", "202X", "2024-1X", "2024-10-XX", "20XX"),
    *("[2024-10-08,2024-10-10]", "[2024-06..2024-08]", "[..2024-06]", "[2024-06..]", "[2023,2025-01-03]"),
    *("2024/2025", "2024-02/2024-03", "2024-02-10/2024-03-01", "2024-06-19T14:30/2024-06-20T01:00", "2023/2024-06-19"),
    *("2024-06-19T14:30Z/2024-06-20T01:00Z", "2024-06-19/2024-06-19T14:30", "2024-06-19T10:00/2024-06-20"),
    *("2024/..", "2024-06~/..", "2024-06-19/", "../2024", "/2024-06", "2024-21/2024-23", "2024~/2025?"),
    *("[1914-06..1914-08]/[1918-11..1919-06]", "2024-06-19T14:30/..", "2024-02-29", "2024-12-31", "2024-12"),
)
FAR = ("-0043", "-0043-03-15", "0000", "-0099/-0043", "Y-13000", "Y-13800000000", "Y12000", "-0043/..", "Y-300000/2024")
WORDS = st.text(
    st.sampled_from("abz AZ 09 .,:;#!/\\'\"[](){}*_`-–?äйع한\n=@+🕊\u202e\u200f")
    | st.characters(categories=["L", "N", "P", "Zs"]),
    max_size=30,
)
TITLES = WORDS.map(lambda text: " ".join(text.split())).filter(bool)


def back(folder: Path, events: list[Event], name: str) -> list[Event]:
    """Return events as they are after they were written in a format and read again, in order of time."""
    path = folder / f"again.{OTHERS[name]}"
    exported = export(make_table(events), Filter(), path, name=name, force=True)
    dataset = read(path)
    assert exported.written == dataset.report.read == len(dataset.events)
    assert [problem.message for problem in dataset.problems if problem.level is not Level.NOTE] == []
    return list(make_table(dataset.events))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("written")


@pytest.mark.parametrize("name", OTHERS)
def test_dates_of_every_kind_come_back(folder: Path, name: str) -> None:
    events = [make_event(f"Event {number}", written) for number, written in enumerate(USUAL)]
    found = back(folder, events, name)
    assert {event.id: event.when for event in found} == {event.id: event.when for event in events}
    assert [event for event in found if {"X-EDTF", "edtf", "display_date"} & event.extra.keys()] == []


@pytest.mark.parametrize("name", ["timelinejs", "geojson", "parquet", "csv", "jsonl"])
def test_dates_far_away_come_back(folder: Path, name: str) -> None:
    events = [make_event(f"Event {number}", written) for number, written in enumerate(FAR)]
    assert {event.id: event.when for event in back(folder, events, name)} == {event.id: event.when for event in events}


@pytest.mark.parametrize("name", ["geojson", "timelinejs", "icalendar", "markwhen", "csv", "jsonl"])
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(titles=st.lists(TITLES, min_size=1, max_size=3), summary=WORDS, tag=TITLES)
@example(titles=["2024: #7 !x // a (b)[c](d) ;,\\n"], summary="2024-06-19: x\n# y\nid: z\nBEGIN:VEVENT", tag="a,b")
@example(
    titles=["=cmd|' /C calc'!A0", "@SUM(1)", "very long " * 3_000 + "end"], summary="+1\n" + "x" * 70_000, tag="-1"
)
def test_words_never_break_a_file(folder: Path, name: str, titles: list[str], summary: str, tag: str) -> None:
    events = [
        make_event(f"{number} {title}", f"2024-06-{number + 10}", summary=summary, tags=[tag], type_="type")
        for number, title in enumerate(titles)
    ]
    found = back(folder, events, name)
    assert [event.when.text for event in found] == [event.when.text for event in events]
    assert [event.type for event in found] == ["type"] * len(events)
    if name in {"geojson", "icalendar", "csv", "jsonl"}:
        assert [event.title for event in found] == [event.title for event in events]


def full_event(number: int, title: str, text: str, written: str) -> Event:
    """Make an event that says something in every field."""
    own = Source("source 1", title=text, author="A", publisher="P", url="https://example.org/a?b=c", published="2024~")
    return Event(
        id=f"event {number}",
        title=title,
        when=parse(written),
        basis_note=text.strip(),
        type="attack",
        actors=(ActorRef("Russia", "signatory", "Russia"), ActorRef("North Korea", "", "North Korea")),
        place="Pyongyang",
        location=Location(39.03, -125.75),
        importance=5,
        summary=text.strip(),
        tags=("a; b", "c|d"),
        links=(Link("other", "leads-to"), Link("third")),
        excerpts=(Excerpt(f"[{text}]", "source 1", locator="par. 4", language="en", translation="die Worte"),),
        claims=(
            Claim("troops", ("NATO", "Kyiv"), value="10000", unit="people", source="source 1", reported="2024"),
            Claim("troops", low="1,5", high="2.50", excerpt=text.strip()),
            Claim("date", when=parse("2024-10-08")),
        ),
        own_sources=(own,),
        extra={"colour": "red", "nested": {"deep": ["1", {"two": "three"}]}},
    )


@pytest.mark.parametrize("name", ["parquet", "geojson", "jsonl", "timelinejs", "icalendar", "markwhen"])
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=examples(25))
@given(title=TITLES, text=WORDS, data=st.data())
def test_nothing_of_an_event_is_lost(folder: Path, name: str, title: str, text: str, data: st.DataObject) -> None:
    has_all_years = name not in {"icalendar", "markwhen"}
    event = full_event(1, title, text, data.draw(st.sampled_from((*USUAL, *FAR) if has_all_years else USUAL)))
    (found,) = back(folder, [event], name)
    for field in Event.__slots__:
        if field != "origin":
            assert getattr(found, field) == getattr(event, field), field


@pytest.mark.parametrize("name", ["parquet", "geojson", "jsonl"])
def test_what_an_event_does_not_have_is_not_made_up(folder: Path, name: str) -> None:
    events = [make_event(f"Event {number}", "2024-06-19") for number in range(3)]
    found = back(folder, [*events, full_event(4, "Pact", "the words", "2024-06-20")], name)
    assert [replace(event, origin=Origin()) for event in found[:3]] == [
        replace(event, origin=Origin()) for event in events
    ]


# What spreadsheets are given: one row an event, in which nested values have no room.
KEPT = (
    *("title", "when", "basis", "basis_note", "type", "place", "location", "importance", "summary", "tags", "links"),
    "extra",
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=examples(25))
@given(title=TITLES, text=WORDS, written=st.sampled_from((*USUAL, *FAR)))
def test_what_a_row_has_room_for_comes_back(folder: Path, title: str, text: str, written: str) -> None:
    event = full_event(1, title, text, written)
    (found,) = back(folder, [event], "csv")
    assert [getattr(found, field) for field in KEPT] == [getattr(event, field) for field in KEPT]
    assert [(actor.name, actor.role) for actor in found.actors] == [(actor.name, actor.role) for actor in event.actors]
    assert [excerpt.text.strip() for excerpt in found.excerpts] == [excerpt.text.strip() for excerpt in event.excerpts]


def test_what_only_a_late_record_tells_comes_back(folder: Path) -> None:
    events = [make_event(f"Event {number:04}", "2024-06-19", summary="plain") for number in range(1500)]
    events.append(replace(full_event(1, "Pact", "the words", "2024-06-20"), phrase="last week"))
    *_, found = back(folder, events, "jsonl")
    assert replace(found, origin=Origin()) == events[-1]
    lines = (folder / "again.jsonl").read_text(encoding="utf-8").splitlines()
    path = folder / "list.json"
    path.write_text(f"[{','.join(lines)}]", encoding="utf-8")
    *_, found = make_table(read(path).events)
    assert replace(found, origin=Origin()) == events[-1]


@pytest.mark.parametrize("name", OTHERS)
def test_the_bundled_timeline_keeps_titles_and_dates(tmp_path: Path, name: str) -> None:
    table = load_table([])
    path = tmp_path / f"again.{OTHERS[name]}"
    assert export(table, Filter(), path, name=name).notice == ""
    again = make_table(read(path).events)
    assert [(event.title, event.when, event.type) for event in again] == [
        (event.title, event.when, event.type) for event in table
    ]


@pytest.mark.parametrize("name", ["icalendar", "markwhen"])
def test_what_a_format_has_no_years_for_is_counted_and_told(tmp_path: Path, name: str) -> None:
    path = tmp_path / f"some.{OTHERS[name]}"
    dates = {"Caesar": "-0043-03-15", "Pact": "2024-06", "Far": "Y12000"}
    table = make_table([make_event(title, date) for title, date in dates.items()])
    exported = export(table, Filter(), path)
    assert (exported.written, exported.left_out) == (1, 2)
    assert exported.notice.startswith("2 events were left out: ")
    assert [event.title for event in read(path).events] == ["Pact"]


MARKS = {
    "icalendar": ("STATUS:TENTATIVE", "COMMENT:only possibly within", "X-MATCH:possible"),
    "timelinejs": ('"display_date": "2024 (only possibly within', '"match": "possible"'),
    "markwhen": (" #possible", "match: possible"),
}


def marked(folder: Path, name: str, wanted: Filter, *, tag: str = "aid") -> tuple[str, list[Event]]:
    """Write two events, one of them some time in a year; return the file, and what is read of it again."""
    whens = {"Sure": "2024-06-19", "Maybe": "2024"}
    table = make_table([make_event(title, when, type_="supply", tags=[tag]) for title, when in whens.items()])
    path = folder / f"marked.{OTHERS[name]}"
    export(table, wanted, path, name=name, force=True)
    found = [replace(event, origin=Origin()) for event in make_table(read(path).events)]
    return path.read_bytes().decode(), found


@pytest.mark.parametrize("name", MARKS)
def test_what_only_possibly_lies_within_is_marked_and_comes_back_without_the_mark(folder: Path, name: str) -> None:
    plain, expected = marked(folder, name, Filter())
    text, found = marked(folder, name, Filter(since="2024-06", until="2024-06"))
    assert not any(mark in plain for mark in MARKS[name])
    assert [text.count(mark) for mark in MARKS[name]] == [1] * len(MARKS[name])
    assert found == expected


def test_a_tag_of_its_own_is_not_taken_for_the_mark(folder: Path) -> None:
    text, found = marked(folder, "markwhen", Filter(since="2024-06", until="2024-06"), tag="possible")
    assert text.count("match: possible") == 1
    assert [event.tags for event in found] == [("possible",), ("possible",)]


def test_what_was_confirmed_in_a_calendar_stays_so(folder: Path) -> None:
    text, _ = marked(folder, "icalendar", Filter(since="2024-06", until="2024-06"))
    path = folder / "confirmed.ics"
    path.write_bytes(text.replace("STATUS:TENTATIVE", "STATUS:CONFIRMED").encode())
    assert [event.extra.get("STATUS") for event in make_table(read(path).events)] == ["CONFIRMED", None]


@pytest.mark.parametrize("name", ["timelinejs", "icalendar", "markwhen"])
def test_every_address_of_a_source_comes_back(folder: Path, name: str) -> None:
    addresses = ("https://example.org/a", "https://example.com/b?c=1", "https://example.net/d")
    sources = tuple(Source(f"s{number}", title="T", url=url) for number, url in enumerate(addresses))
    event = replace(make_event("Pact", "2024-06-19"), own_sources=sources, excerpts=(Excerpt("words", "s1"),))
    (found,) = back(folder, [event], name)
    assert sorted(source.url for source in found.own_sources) == sorted(addresses)


def test_markwhen_keeps_who_and_where(folder: Path) -> None:
    actors = tuple(ActorRef(name, "", name) for name in ("Russia", "Washington, D.C.", "#7 Brigade"))
    event = replace(make_event("Pact", "2024-06-19"), actors=actors, location=Location(39.03, -125.75))
    (found,) = back(folder, [event], "markwhen")
    assert [actor.name for actor in found.actors] == ["Russia", "Washington, D.C.", "#7 Brigade"]
    assert (found.location, found.extra) == (event.location, {})


SHOWN_IN_PART = ("timelinejs", "icalendar", "markwhen")


def written(folder: Path, event: Event, name: str) -> tuple[Path, str]:
    """Write an event in a format; return the file and its text, lines that go on behind a break as one."""
    path = folder / f"edited.{OTHERS[name]}"
    export(make_table([event]), Filter(), path, name=name, force=True)
    return path, path.read_bytes().decode().replace("\r\n ", "")


def edited(path: Path, text: str) -> Event:
    path.write_bytes(text.encode())
    dataset = read(path)
    assert [problem.message for problem in dataset.problems] == []
    return replace(dataset.events[0], origin=Origin())


@pytest.mark.parametrize("name", SHOWN_IN_PART)
def test_what_a_summary_says_already_is_not_said_again(folder: Path, name: str) -> None:
    """Written and read over and over, the words that tell of actors, claims and sources do not pile up."""
    event = full_event(1, "Pact", "the words", "2024-06-19")
    lengths = []
    for _ in range(4):
        path, text = written(folder, event, name)
        event = replace(edited(path, text.replace('"shown"', '"seen"')), extra={})
        lengths.append(len(event.summary))
    assert lengths[1] == lengths[2] == lengths[3]


# What stands for the title, the date and a word of the summary, by format, and what somebody makes of it.
TITLES_SHOWN = {
    "timelinejs": ('"headline": "Pact"', '"headline": "Treaty"'),
    "icalendar": ("SUMMARY:Pact", "SUMMARY:Treaty"),
    "markwhen": (": Pact", ": Treaty"),
}
DATES_SHOWN = {
    "timelinejs": ('"day": 19', '"day": 20'),
    "icalendar": ("DTSTART;VALUE=DATE:20240619\r\nDTEND;VALUE=DATE:20240620", "DTSTART;VALUE=DATE:20240620"),
    "markwhen": ("2024-06-19:", "2024-06-20:"),
}
TEXTS_SHOWN = {
    "timelinejs": ("<p>the plan<", "<p>the new plan<"),
    "icalendar": ("DESCRIPTION:the plan", "DESCRIPTION:the new plan"),
    "markwhen": ("\nthe plan", "\nthe new plan"),
}


@pytest.mark.parametrize("name", SHOWN_IN_PART)
def test_what_another_program_changed_is_taken_and_all_else_is_kept(folder: Path, name: str) -> None:
    event = full_event(1, "Pact", "the plan", "2024-06-19")
    path, text = written(folder, event, name)
    for (old, new), expected in (
        (TITLES_SHOWN[name], replace(event, title="Treaty")),
        (DATES_SHOWN[name], replace(event, when=parse("2024-06-20"))),
    ):
        assert text.count(old) == 1
        found = edited(path, text.replace(old, new))
        # Tags stand on the line of the title there.
        is_line = name == "markwhen" and expected.title != event.title
        assert replace(found, tags=event.tags) == expected
        assert found.tags == (("a-b", "c-d") if is_line else event.tags)
    old, new = TEXTS_SHOWN[name]
    found = edited(path, text.replace(old, new, 1))
    assert found.summary.startswith("the new plan")
    assert "Actors: Russia (signatory), North Korea" in found.summary
    assert replace(found, summary=event.summary) == event


@pytest.mark.parametrize("name", SHOWN_IN_PART)
def test_a_source_that_another_program_added_stands_beside_the_others(folder: Path, name: str) -> None:
    added = {
        "timelinejs": ('"url": "https://example.org/a?b=c"', '"url": "https://example.org/new"'),
        "icalendar": ("URL:", "ATTACH:https://example.org/new\r\nURL:"),
        "markwhen": ("source: ", "source: https://example.org/new "),
    }
    event = full_event(1, "Pact", "the plan", "2024-06-19")
    path, text = written(folder, event, name)
    assert text.count(added[name][0]) >= 1
    found = edited(path, text.replace(*added[name], 1))
    assert found.own_sources[0] == event.own_sources[0]
    assert [source.url for source in found.own_sources[1:]] == ["https://example.org/new"]


@pytest.mark.parametrize("name", SHOWN_IN_PART)
def test_what_stands_beside_and_is_not_from_here_is_kept_as_it_is(folder: Path, name: str) -> None:
    path, text = written(folder, full_event(1, "Pact", "the plan", "2024-06-19"), name)
    found = edited(path, text.replace('"shown"', '"seen"'))
    key = "X-CONFLICT-TIMELINE" if name == "icalendar" else "conflict-timeline"
    assert "seen" in str(found.extra[key])
    assert (found.claims, found.excerpts) == ((), ())


@pytest.mark.parametrize("name", SHOWN_IN_PART)
def test_an_event_of_which_all_is_shown_has_nothing_beside_it(folder: Path, name: str) -> None:
    event = make_event("Pact", "2024-06-19", type_="summit", summary="the plan")
    path, text = written(folder, event, name)
    assert not any(mark in text for mark in ('"shown"', "X-CONFLICT-TIMELINE"))
    assert edited(path, text) == event


@pytest.mark.parametrize("name", SHOWN_IN_PART)
def test_what_stands_beside_is_read_record_by_record_too(folder: Path, name: str) -> None:
    events = [full_event(number, f"Pact {number}", "the words", f"2024-06-{number + 10}") for number in range(3)]
    path = folder / f"streamed.{OTHERS[name]}"
    export(make_table(events), Filter(), path, name=name, force=True)
    found = [replace(event, origin=Origin()) for event in assert_streamed_as_whole(path).events]
    assert found == events
