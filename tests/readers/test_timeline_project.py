"""Files of The Timeline Project: times as the program means them, categories, containers, eras, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.helpers.streamed import assert_streamed_as_whole, streamed
from tests.readers.timelines import DATA, event_of, in_short, read_text, refusal_of, write
from timeline_app.core.dataset import Dataset
from timeline_app.core.errors import ReadError
from timeline_app.core.event import Link
from timeline_app.readers import choose, read, timeline_project

SAMPLE = DATA / "sample.timeline"
SHARED = Path(__file__).parents[3] / "shared" / "data" / "timelineproject" / "versions.timeline"


@pytest.fixture(scope="module")
def sample() -> Dataset:
    return read(SAMPLE)


def timeline(events: str, head: str = "<timetype>gregoriantime</timetype>") -> str:
    return f"<timeline>\n{head}\n<events>\n{events}\n</events></timeline>"


def test_times_are_as_exact_as_the_program_shows_them(sample: Dataset) -> None:
    assert {event.title: event.when.text for event in sample.events} == {
        "Bronze Age": "-3299-01-01/-1199-01-01",
        "Campaign": "2021-10-31T17:36:49/2021-11-15T00:00",
        "Siege of the town": "2021-11-05~/2021-11-11",
        "Goes on": "2022-02-24T05:00/..",
        "(7)th release": "2013-07-07~",
        "Ends before it starts": "2014-02-03",
    }


def test_categories_are_types_and_what_they_stand_in_tags(sample: Dataset) -> None:
    siege = event_of(sample, "Siege of the town")
    assert (siege.type, siege.tags) == ("Siege", ("War", "Winter", "north", "east"))
    assert event_of(sample, "Bronze Age").type == "era"


def test_an_event_of_a_container_leads_to_it(sample: Dataset) -> None:
    assert event_of(sample, "Siege of the town").links == (Link("campaign", "part-of"),)
    assert event_of(sample, "Campaign").id == "campaign"


def test_a_bracket_of_a_text_itself_is_no_container(tmp_path: Path) -> None:
    # The program writes a blank before such a text; an era is never in a container.
    times = "<start>2021-11-05 00:00:00</start><end>2021-11-05 00:00:00</end>"
    texts = ("[7]Campaign", " (7) days later", " [sic] title")
    events = "".join(f"<event>{times}<text>{text}</text></event>" for text in texts)
    era = f"<timetype>gregoriantime</timetype><eras><era>{times}<name>[1] Old</name></era></eras>"
    path = write(tmp_path, timeline(events, era), "a.timeline")
    dataset = assert_streamed_as_whole(path)
    assert [(event.title, event.links) for event in dataset.events] == [
        *(("[1] Old", ()), ("Campaign", ()), ("(7) days later", ()), ("[sic] title", ())),
    ]


def test_addresses_are_sources_and_markup_is_words(sample: Dataset) -> None:
    siege = event_of(sample, "Siege of the town")
    assert siege.summary == "See the report; 2 < 3"
    assert [(source.url, source.publisher) for source in siege.own_sources] == [
        ("https://www.example.org/a;b", "www.example.org"),
        ("https://example.com/c", "example.com"),
        ("https://example.net/d", "example.net"),
    ]


def test_what_has_no_place_is_kept(sample: Dataset) -> None:
    assert event_of(sample, "Goes on").extra == {
        "end": "2022-03-01 00:00:00",
        "locked": "True",
        "icon": "iVBORw0KGgo=",
    }
    assert event_of(sample, "(7)th release").extra == {"milestone": "True"}
    assert event_of(sample, "Bronze Age").extra == {"color": "238,219,240"}
    view = sample.extra["view"]
    assert view == {
        "displayed_period": {"start": "2009-02-15 14:13:31", "end": "2011-03-15 13:35:08"},
        "hidden_categories": {"name": "Winter"},
    }


def test_each_event_that_is_left_out_is_told_with_its_place(sample: Dataset) -> None:
    assert (sample.report.read, sample.report.loaded, sample.report.rejected) == (10, 6, 4)
    assert [in_short(problem) for problem in sample.problems] == [
        "54:7 6 error: start: 30 is not a day: February 2014 has 28 days; the event is left out",
        "60:7 7 warning: end: ends before it starts: 2014-02-01 lies before 2014-02-03; read as having no end",
        '64:7 8 error: start: expected a time such as 2013-07-07 00:00:00; found "yesterday"; the event is left out',
        "68:5 9 error: text: expected a text; found nothing; the event is left out",
        "71:5 10 error: start: expected a time; found nothing; the event is left out",
    ]
    assert event_of(sample, "Goes on").origin.line == 38
    assert event_of(sample, "Ends before it starts").extra == {"end": "2014-02-01 00:00:00"}


def test_times_may_be_written_short(tmp_path: Path) -> None:
    found = read_text(
        tmp_path,
        "<timeline><timetype>gregoriantime</timetype><events>"
        "<event><start>2022-02-24</start><end>2022-02-25</end><text>Days</text></event>"
        "<event><start>2022-02-24 05:00</start><end>2022-02-24 06:30</end><text>Times</text></event>"
        "</events></timeline>",
        "a.timeline",
    )
    assert [event.when.text for event in found.events] == ["2022-02-24/2022-02-25", "2022-02-24T05:00/2022-02-24T06:30"]


def test_a_member_of_a_container_that_is_left_out_has_no_link(tmp_path: Path) -> None:
    dataset = read_text(
        tmp_path,
        timeline(
            "<event><start>no</start><text>[1]Box</text></event>"
            "<event><start>2020-01-01 00:00:00</start><end>2020-01-01 00:00:00</end><text>(1)Part</text></event>"
        ),
        "a.timeline",
    )
    assert [(event.title, event.links) for event in dataset.events] == [("Part", ())]


@pytest.mark.parametrize(
    ("kind", "reason"),
    [("numtime", "numbers are no dates"), ("bosparaniantime", "dates of another calendar are not understood")],
)
def test_other_kinds_of_time_are_refused(tmp_path: Path, kind: str, reason: str) -> None:
    with pytest.raises(ReadError) as refused:
        read_text(tmp_path, timeline("", f"<timetype>{kind}</timetype>"), "a.timeline")
    assert str(refused.value).endswith(f':2:1: timetype: expected gregoriantime; found "{kind}": {reason}')


UNREADABLE = [
    (
        "<timeline><version>1</version><events>",
        ":1:39: the file ends within <events>: it is cut off; get it again from where it came",
    ),
    ("<timeline><version>é</verion></timeline>", ":1:23: this is not XML: mismatched tag"),
    ("<timeline><version>1</version>" + "<a>" * 100, ":1:220: nested deeper than 64 levels; expected a timeline"),
]


@pytest.mark.parametrize(("content", "message"), UNREADABLE)
def test_what_cannot_be_read_is_refused_at_its_place(tmp_path: Path, content: str, message: str) -> None:
    with pytest.raises(ReadError) as refused:
        read_text(tmp_path, content, "a.timeline")
    assert str(refused.value).endswith(message)


@pytest.mark.timeout(10)
@pytest.mark.parametrize(
    "declared",
    [
        "<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;&a;'>",
        "<!ENTITY a SYSTEM 'file:///etc/passwd'>",
    ],
)
def test_entities_are_refused_before_they_are_defined(tmp_path: Path, declared: str) -> None:
    text = f"<!DOCTYPE timeline [{declared}]><timeline><version>&a;</version></timeline>"
    path = tmp_path / "a.timeline"
    path.write_text(text)
    with pytest.raises(ReadError, match="a document type definition"):
        read(path, reader="timeline-project")


def test_another_encoding_is_read_as_the_file_declares_it(tmp_path: Path) -> None:
    event = "<event><start>2020-01-01 00:00:00</start><end>2020-01-01 00:00:00</end><text>Київ</text></event>"
    text = f'<?xml version="1.0" encoding="windows-1251"?>{timeline(event)}'
    assert read_text(tmp_path, text.encode("cp1251"), "a.timeline").events[0].title == "Київ"


def test_it_is_known_by_what_it_holds_and_not_by_its_name(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_bytes(SAMPLE.read_bytes())
    assert choose(tmp_path / "a.xml").name == "timeline-project"
    (tmp_path / "b.timeline").write_text("<timelines><event>A</event></timelines>")
    with pytest.raises(ReadError, match="the format of the file is not known"):
        choose(tmp_path / "b.timeline")


@pytest.mark.skipif(not SHARED.exists(), reason="the file of The Timeline Project is not here")
def test_the_projects_own_timeline() -> None:
    dataset = read(SHARED)
    assert (dataset.report.read, dataset.report.loaded, dataset.problems) == (59, 59, ())
    assert {event.type for event in dataset.events} == {"Planned Release", "Correction Release", "Future Release"}


_NAMES = ["[1]Siege", "(1)Shelling", "[2]Campaign", "(2)March", "(9)th release", "&#91;3&#93; North", "(3) South", ""]
_TIMES = st.sampled_from(
    ["2020-01-01 00:00:00", "2020-01-02 12:00:00", "-0500-01-01 00:00:00", "soon", "2020-02-30 00:00:00"]
)
_OTHERS = [
    "<category>Siege</category>",
    "<ends_today>True</ends_today>",
    "<fuzzy>True</fuzzy>",
    "<labels>a, b</labels>",
]


def record(name: str, text: str, start: str, end: str, others: list[str]) -> str:
    field = "name" if name == "era" else "text"
    return f"<{name}><start>{start}</start><end>{end}</end><{field}>{text}</{field}>{''.join(others)}</{name}>"


@given(
    records=st.lists(
        st.tuples(
            st.sampled_from(["era", "event", "event"]),
            st.sampled_from(_NAMES),
            _TIMES,
            _TIMES,
            st.lists(st.sampled_from(_OTHERS), max_size=2, unique=True),
        ),
        max_size=6,
    ),
    has_eras_first=st.booleans(),
)
def test_any_events_are_read_one_by_one_as_all_at_once(
    tmp_path_factory: pytest.TempPathFactory,
    records: list[tuple[str, str, str, str, list[str]]],
    *,
    has_eras_first: bool,
) -> None:
    written = {name: "\n".join(record(*one) for one in records if one[0] == name) for name in ("era", "event")}
    parts = [f"<{name}s>{written[name]}</{name}s>" for name in sorted(written, reverse=not has_eras_first)]
    categories = "<categories><category><name>Siege</name><parent>War</parent></category></categories>"
    view = "<view><hidden_categories><name>War</name></hidden_categories></view>"
    content = f"<timeline><timetype>gregoriantime</timetype>{''.join(parts)}{categories}{view}</timeline>"
    assert_streamed_as_whole(write(tmp_path_factory.mktemp("events"), content, "a.timeline"))


def test_records_are_numbered_as_they_stand_in_the_file(tmp_path: Path) -> None:
    times: tuple[str, str, list[str]] = ("2020-01-01 00:00:00", "2020-01-01 00:00:00", [])
    parts = f"<events>{record('event', 'A', *times)}</events>\n<eras>{record('era', 'B', *times)}</eras>"
    dataset = read_text(tmp_path, f"<timeline><timetype>gregoriantime</timetype>{parts}</timeline>", "a.timeline")
    assert [(event.title, event.origin.record) for event in dataset.events] == [("A", 1), ("B", 2)]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (timeline("", "<timetype>numtime</timetype>"), ':2:1: timetype: expected gregoriantime; found "numtime"'),
        ("<lines><timetype/></lines>", ":1:1: expected the element timeline; found lines"),
        (
            timeline("<event><text>[1]A</text></event><event><text>[2]A</text></event>"),
            ":4:33: expected at most 1 containers",
        ),
    ],
)
def test_a_large_file_is_refused_as_a_small_one_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: str, message: str
) -> None:
    monkeypatch.setattr(timeline_project, "_MOST_CONTAINERS", 1)
    assert refusal_of(write(tmp_path, content, "a.timeline"), "timeline-project", streamed).startswith(message)
