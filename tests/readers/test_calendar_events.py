"""Calendars: whole days, zones, durations, what repeats, people, and broken lines."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.helpers.streamed import assert_streamed_as_whole, streamed
from tests.readers.timelines import DATA, in_short, read_text
from timeline_app.core.dataset import Dataset
from timeline_app.core.errors import ReadError
from timeline_app.core.event import ActorRef, Event, Link, Location
from timeline_app.readers import calendar_parts, calendar_stream, choose, read, record_reader

SHARED = Path(__file__).parents[3] / "shared" / "data" / "ics"
# Of each file of others: how many events there are, and how many of them say neither what nor when.
SHARED_COUNTS = {
    "america_new_york.ics": (1, 0),
    "big_bad_calendar.ics": (20, 20),
    "blank_line_mid.ics": (0, 0),
    "broken_dtstart.ics": (1, 1),
    "broken_ical.ics": (1, 0),
    "calendar_with_unicode.ics": (0, 0),
    "daily_recur.ics": (1, 0),
    "day_long_recur_yearly.ics": (1, 0),
    "duration_instead_of_dtend.ics": (1, 0),
    "empty.ics": (0, 0),
    "example.ics": (3, 0),
    "forced_types.ics": (1, 0),
    "invalid_duration.ics": (1, 0),
    "issue_104_broken_calendar.ics": (1, 0),
    "issue_1231_recurrence.ics": (1, 0),
    "issue_127_categories_with_commas.ics": (1, 0),
    "issue_218_bad_tzid.ics": (1, 0),
    "minimal.ics": (1, 0),
    "multiple_timezones.ics": (3, 0),
    "only_dtstart_date.ics": (1, 0),
    "recur_instances_finite.ics": (1, 0),
    "rfc_7986_properties.ics": (0, 0),
    "small_bad_calendar.ics": (1, 1),
    "time.ics": (0, 0),
    "timezoned.ics": (1, 0),
}


@pytest.fixture(scope="module")
def sample() -> Dataset:
    return read(DATA / "sample.ics")


def calendar(event: str) -> str:
    return f"BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:A\n{event}\nEND:VEVENT\nEND:VCALENDAR\n"


def only_event(folder: Path, event: str) -> Event:
    (found,) = read_text(folder, calendar(event), "a.ics").events
    return found


def test_times(sample: Dataset) -> None:
    assert {event.id: event.when.text for event in sample.events} == {
        "one": "2024-06-19/2024-06-21",
        "two": "2024-07-01",
        "two 20240702": "2024-07-03T10:00+03:30/2024-07-04T12:00+03:30",
        "three": "2024-01-03T10:00+02:30/2024-01-03T11:30+02:30",
        "zones-that-nobody-knows": "2024-01-03T10:00/2024-01-03T11:30:15",
        "todo": "2024-01-05T12:00Z",
        "note": "2024-01-06",
        "backwards": "2024-03-02T10:00",
        "mixed": "2024-03-02",
        "endless": "2024-03-02T10:00",
    }


@pytest.mark.parametrize(
    ("lines", "edtf"),
    [
        (
            "DTSTART;TZID=Europe/Vienna:20240324T120000\nDTEND;TZID=Europe/Vienna:20240410T120000",
            "+01:00/2024-04-10T12:00+02:00",
        ),
        ("DTSTART;TZID=/example.org/2005_1/Europe/Vienna:20240324T120000", "+01:00"),
        ("DTSTART:20240324T120000\nDURATION:PT90M", "/2024-03-24T13:30"),
        ("DTSTART:20240324T120000\nDTEND:20240324T120000", ""),
        ("DTSTART:2024-03-24T12:00:00.000Z\nDTEND:2024-03-24T13:30:00Z", "Z/2024-03-24T13:30Z"),
        ("DTSTART:2024-03-24T12:00+0530", "+05:30"),
        ("DTSTART;TZID=(UTC+01:00) Amsterdam\\, Berlin:20240324T120000", ""),
        ("DTSTART;TZID=America/New_York:18500324T120000", None),
    ],
)
def test_times_of_one_event(tmp_path: Path, lines: str, edtf: str | None) -> None:
    when = only_event(tmp_path, lines).when.text
    # Before there were zones, New York was 4:56:02 behind, which is no whole number of minutes.
    assert when == ("1850-03-24T16:56:02Z" if edtf is None else f"2024-03-24T12:00{edtf}")


@pytest.mark.parametrize(
    ("lines", "edtf"),
    [
        ("DTSTART:1954-07-12", "1954-07-12"),
        ("DTSTART:20240601T000000\nDTEND:20240603T000000", "2024-06-01T00:00/2024-06-03T00:00"),
        ("DTSTART:20240601T000000\nDTEND:20240603T000000\n{}:TRUE", "2024-06-01/2024-06-02"),
        ("DTSTART;TZID=Europe/Vienna:20240601T000000\n{}:TRUE", "2024-06-01"),
        ("DTSTART:20240601T100000\nDTEND:20240603T000000\n{}:TRUE", "2024-06-01T10:00/2024-06-03T00:00"),
    ],
)
def test_days_that_programs_write_as_times(tmp_path: Path, lines: str, edtf: str) -> None:
    assert only_event(tmp_path, lines.format("X-MICROSOFT-CDO-ALLDAYEVENT")).when.text == edtf


def test_a_zone_with_a_colon_in_its_name_is_found(tmp_path: Path) -> None:
    zone = "BEGIN:STANDARD\nDTSTART:19700101T000000\nTZOFFSETFROM:+0100\nTZOFFSETTO:+0100\nEND:STANDARD"
    around = f"BEGIN:VTIMEZONE\nTZID:(UTC+01:00) Amsterdam\\, Berlin\n{zone}\nEND:VTIMEZONE\nBEGIN:VEVENT"
    event = calendar("DTSTART;TZID=(UTC+01:00) Amsterdam\\, Berlin:20240324T120000").replace("BEGIN:VEVENT", around)
    dataset = read_text(tmp_path, event, "a.ics")
    assert [event.when.text for event in dataset.events] == ["2024-03-24T12:00+01:00"]
    assert dataset.problems == ()


def test_quoted_printable_of_old_calendars_is_decoded(tmp_path: Path) -> None:
    encoded = "ENCODING=QUOTED-PRINTABLE;CHARSET"
    lines = (
        f"DTSTART:19540712\nDESCRIPTION;{encoded}=UTF-8:Caf=C3=A9 in =\ntown=0D=0A\\north\nLOCATION;{encoded}=none:a=b"
    )
    event = only_event(tmp_path, lines)
    assert (event.summary, event.place) == ("Café in town\n\\north", "a=b")


@pytest.mark.parametrize(
    ("rule", "edtf"),
    [
        ("BYMINUTE=0;BYHOUR=2;BYDAY=-1SU;BYMONTH=", "2024-03-24T12:00+01:00"),
        ("BYMINUTE=0;BYHOUR=3;BYDAY=-1SU;BYMONTH=", "2024-03-24T12:00"),
        (f"BYMONTHDAY={'9' * 5000};BYMONTH=", "2024-03-24T12:00"),
        (f"BYDAY=-1SU;BYMONTH={'9' * 5000}", "2024-03-24T12:00"),
    ],
)
def test_rules_of_a_zone_may_repeat_its_time_of_day_and_no_more_is_understood(
    tmp_path: Path, rule: str, edtf: str
) -> None:
    rule = f"RRULE:FREQ=YEARLY;{rule}"
    standard = f"BEGIN:STANDARD\nDTSTART:19501029T020000\n{rule}10\nTZOFFSETFROM:+0200\nTZOFFSETTO:+0100\nEND:STANDARD"
    daylight = f"BEGIN:DAYLIGHT\nDTSTART:19500326T020000\n{rule}3\nTZOFFSETFROM:+0100\nTZOFFSETTO:+0200\nEND:DAYLIGHT"
    zone = f"BEGIN:VTIMEZONE\nTZID:Western/Central Somewhere\n{standard}\n{daylight}\nEND:VTIMEZONE"
    event = 'BEGIN:VEVENT\nSUMMARY:A\nDTSTART;TZID="Western/Central Somewhere":20240324T120000\nEND:VEVENT'
    text = f"BEGIN:VCALENDAR\n{zone}\n{event}\nEND:VCALENDAR\n"
    assert [event.when.text for event in read_text(tmp_path, text, "a.ics").events] == [edtf]


def test_days_with_a_duration(tmp_path: Path) -> None:
    assert only_event(tmp_path, "DTSTART;VALUE=DATE:20240101\nDURATION:P3D").when.text == "2024-01-01/2024-01-03"
    assert only_event(tmp_path, "DTSTART;VALUE=DATE:20240101\nDURATION:P1D").when.text == "2024-01-01"


def test_people_places_and_texts(sample: Dataset) -> None:
    event = sample.events[0]
    assert event.title == "First, and folded"
    assert (event.type, event.tags) == ("Summit, state", ("Visit", "Public"))
    assert event.actors == (
        ActorRef("Office, of state", "organiser", "Office, of state"),
        ActorRef("Chair", "chair", "Chair"),
        ActorRef("guest@example.org", "attendee", "guest@example.org"),
    )
    assert (event.place, event.location, event.importance) == ("Pyongyang", Location(39.03, 125.75), 5)
    assert event.summary == "Two sides\nmeet here"
    assert [source.url for source in event.own_sources] == ["https://www.example.org/one", "https://example.net/two"]
    assert event.extra == {
        "PRIORITY": "1",
        "STATUS": "CONFIRMED",
        "VALARM": [{"TRIGGER": "-PT30M"}],
        "addresses": ["mailto:office@example.org", "mailto:chair@example.org"],
    }


def test_a_day_may_end_at_24_hours(tmp_path: Path) -> None:
    event = only_event(tmp_path, "DTSTART:20240101T220000Z\nDTEND:20240101T240000Z")
    assert event.when.text == "2024-01-01T22:00Z/2024-01-02T00:00Z"


def test_who_declined_and_which_room_was_called(tmp_path: Path) -> None:
    lines = (
        "DTSTART:20240101T100000Z",
        "ATTENDEE;CN=Bob;PARTSTAT=DECLINED:mailto:bob@example.org",
        "ATTENDEE;CUTYPE=ROOM;CN=Room 1:mailto:room@example.org",
    )
    event = only_event(tmp_path, "\n".join(lines))
    assert event.actors == (ActorRef("Bob", "declined", "Bob"),)
    assert event.extra == {"addresses": ["mailto:bob@example.org"], "resources": ["Room 1"]}


def test_every_text_of_a_record_is_kept(tmp_path: Path) -> None:
    lines = (
        "DTSTART:20240101",
        "DESCRIPTION:first",
        "DESCRIPTION:second",
        "LOCATION:Kyiv",
        "LOCATION:Lviv",
        "SUMMARY;LANGUAGE=de:B",
        "CATEGORIES:MEETING;TALK",
        "ATTACH:https://example.org/a",
        "ATTACH:cid:part1",
    )
    event = only_event(tmp_path, "\n".join(lines))
    assert (event.title, event.summary, event.place) == ("A", "first\n\nsecond", "Kyiv")
    assert (event.type, event.tags) == ("MEETING", ("TALK",))
    assert [source.url for source in event.own_sources] == ["https://example.org/a"]
    assert event.extra == {"ATTACH": "cid:part1", "LOCATION": ["Lviv"], "SUMMARY": ["B"]}


def test_a_text_in_html_alone_is_the_summary(tmp_path: Path) -> None:
    event = only_event(tmp_path, "DTSTART:20240101\nX-ALT-DESC;FMTTYPE=text/html:<html><body><p>told</p></body></html>")
    assert event.summary == "told"


def test_what_is_no_record_is_told(tmp_path: Path) -> None:
    free = "BEGIN:VFREEBUSY\nDTSTART:20240101T000000Z\nEND:VFREEBUSY\n"
    path = tmp_path / "a.ics"
    path.write_text(calendar("DTSTART:20240101").replace("END:VCALENDAR", f"{free}{free}END:VCALENDAR"))
    found = read(path)
    assert (found.report.read, found.report.loaded) == (1, 1)
    assert [(one.line, one.message) for one in found.problems] == [
        (6, "VFREEBUSY: no event, to-do or journal; passed over (2)")
    ]
    assert_streamed_as_whole(path)


def test_kinds_and_links(sample: Dataset) -> None:
    by_id = {event.id: event for event in sample.events}
    assert (by_id["todo"].type, by_id["todo"].tags, by_id["note"].type) == ("to-do", ("Post",), "journal")
    assert by_id["two 20240702"].links == (Link("two", "instance-of"),)
    assert by_id["three"].links == (Link("one", "child"),)


def test_what_repeats_is_kept_and_not_spelt_out(sample: Dataset) -> None:
    by_id = {event.id: event for event in sample.events}
    assert by_id["two"].extra == {"repeats": "FREQ=SECONDLY;COUNT=999999999"}
    assert by_id["endless"].extra == {"DURATION": "P999999999999999999999W"}
    assert by_id["zones-that-nobody-knows"].extra == {"TZID": "Odd"}


EACH = {"repeats": "each"}


def each_time(folder: Path, *events: str) -> Dataset:
    """Return the calendar of some events, each time of what repeats spelt out."""
    lines = "\n".join(f"BEGIN:VEVENT\nSUMMARY:A\n{event}\nEND:VEVENT" for event in events)
    path = folder / "repeating.ics"
    path.write_text(f"BEGIN:VCALENDAR\n{lines}\nEND:VCALENDAR\n")
    return read(path, mapping=EACH)


def whens(found: Dataset) -> list[str]:
    return [event.when.text for event in found.events]


def test_each_time_of_what_repeats_is_an_event_on_request(tmp_path: Path) -> None:
    found = each_time(
        tmp_path, "UID:x\nDTSTART;VALUE=DATE:20240229\nDTEND;VALUE=DATE:20240302\nRRULE:FREQ=YEARLY;COUNT=3"
    )
    assert whens(found) == ["2024-02-29/2024-03-01", "2028-02-29/2028-03-01", "2032-02-29/2032-03-01"]
    assert [event.id for event in found.events] == ["x", "x 20280229", "x 20320229"]
    assert found.events[1].links == (Link("x", "instance-of"),)
    assert {str(event.extra["repeats"]) for event in found.events} == {"FREQ=YEARLY;COUNT=3"}
    assert (found.report.read, found.report.loaded, found.report.rejected) == (3, 3, 0)


def test_times_keep_to_the_clock_of_their_zone(tmp_path: Path) -> None:
    written = "DTSTART;TZID=Europe/Vienna:20240330T120000\nDURATION:PT1H\nRRULE:FREQ=DAILY;UNTIL=20240331T100000Z"
    assert whens(each_time(tmp_path, written)) == [
        "2024-03-30T12:00+01:00/2024-03-30T13:00+01:00",
        "2024-03-31T12:00+02:00/2024-03-31T13:00+02:00",
    ]


def test_times_are_added_left_out_and_moved(tmp_path: Path) -> None:
    zone = "TZID=Europe/Vienna"
    found = each_time(
        tmp_path,
        f"UID:x\nDTSTART;{zone}:20240101T120000\nRRULE:FREQ=DAILY;COUNT=4\nRDATE;{zone}:20240201T120000,20240202T130000\n"
        f"EXDATE:20240102T110000Z\nEXDATE;{zone}:20240103T120000,nonsense",
        f"UID:x\nRECURRENCE-ID;{zone}:20240104T120000\nDTSTART;{zone}:20240105T090000",
    )
    times = ["2024-01-01T12:00", "2024-02-01T12:00", "2024-02-02T13:00", "2024-01-05T09:00"]
    assert whens(found) == [f"{time}+01:00" for time in times]
    (told,) = (in_short(problem) for problem in found.problems)
    assert told.endswith('EXDATE: expected a date or a time such as 20240619T143000; found "nonsense"; it is left out')


def test_a_further_time_may_have_an_end_of_its_own(tmp_path: Path) -> None:
    lines = (
        "UID:1",
        "SUMMARY:A",
        "DTSTART:20220224T050000Z",
        "DTEND:20220224T060000Z",
        "RDATE;VALUE=PERIOD:20220301T050000Z/PT3H,20220302T050000Z/20220302T090000Z,20220303T050000Z/nothing",
        "RDATE:20220304T050000Z",
    )
    assert whens(each_time(tmp_path, "\n".join(lines))) == [
        "2022-02-24T05:00Z/2022-02-24T06:00Z",
        "2022-03-01T05:00Z/2022-03-01T08:00Z",
        "2022-03-02T05:00Z/2022-03-02T09:00Z",
        "2022-03-03T05:00Z/2022-03-03T06:00Z",
        "2022-03-04T05:00Z/2022-03-04T06:00Z",
    ]


@pytest.mark.parametrize(
    ("rule", "count", "told"),
    [
        ("FREQ=DAILY", 1_000, "note: RRULE: what repeats is shown 1,000 times, and there would be more"),
        ("FREQ=YEARLY", 101, "note: RRULE: what repeats is shown 101 times, and there would be more"),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", 1, ""),
        ("FREQ=SECONDLY;COUNT=999999999", 1, "daily, weekly, monthly or yearly"),
        ("FREQ=DAILY;INTERVAL=0", 1, "an INTERVAL of 1 or more"),
        ("FREQ=DAILY;BYHOUR=1,2", 1, "expected a rule such as FREQ=WEEKLY;COUNT=10"),
        ("FREQ=YEARLY;BYDAY=XX", 1, "RRULE: invalid 'BYDAY': XX; shown once, at its first time"),
        ("FREQ=DAILY;UNTIL=20240230", 1, 'UNTIL: "20240230" is no date'),
        ("FREQ=DAILY;INTERVAL=999999", 1, "and there would be more"),
    ],
)
def test_rules_are_spelt_out_within_limits(tmp_path: Path, rule: str, count: int, told: str) -> None:
    found = each_time(tmp_path, f"DTSTART;VALUE=DATE:20240105\nRRULE:{rule}")
    assert len(found.events) == found.report.read == count
    assert told in " ".join(in_short(problem) for problem in found.problems)
    assert bool(told) == bool(found.problems)


def test_rules_of_a_file_are_not_walked_for_ever(tmp_path: Path) -> None:
    rule = "DTSTART;VALUE=DATE:20240105\nRRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30"
    found = each_time(tmp_path, *[rule] * 6)
    assert found.report.read == found.report.loaded == 6
    assert ["took too long" in problem.message for problem in found.problems] == [True, True]


def test_what_has_no_time_left_is_rejected_with_a_reason(tmp_path: Path) -> None:
    found = each_time(tmp_path, "DTSTART;VALUE=DATE:20240105\nEXDATE;VALUE=DATE:20240105")
    assert (found.report.read, found.report.rejected) == (1, 1)
    assert "no time is left" in found.problems[0].message


def test_nothing_else_can_be_asked_of_a_calendar(tmp_path: Path) -> None:
    path = tmp_path / "a.ics"
    path.write_text(calendar("DTSTART:20240105"))
    assert len(read(path, mapping={"repeats": "once"}).events) == 1
    with pytest.raises(ReadError, match="expected repeats=each or repeats=once for a calendar; found title=Name"):
        read(path, mapping={"title": "Name"})


def test_the_calendar_itself(sample: Dataset) -> None:
    assert (sample.title, sample.summary) == ("Talks", "Meetings of two sides")
    assert sample.extra == {"VERSION": "2.0", "PRODID": "-//hand-written//EN"}


def test_problems(sample: Dataset) -> None:
    assert (sample.report.read, sample.report.loaded, sample.report.rejected) == (12, 10, 2)
    assert [in_short(problem) for problem in sample.problems] == [
        "56:1 2 note: RRULE, RDATE: what repeats is shown once, at its first time",
        '75:1 5 warning: TZID: expected a zone that is known; found "Odd"; taken as a local time',
        '76:1 5 warning: TZID: expected a zone that is known; found "../../etc/passwd"; taken as a local time',
        '84:1 7 note: SUMMARY: expected a text; found nothing; shown as "Said in passing"',
        '92:1 8 error: DTSTART: "20240230" is no date: day is out of range for month; the event is left out',
        (
            "98:1 9 warning: DTEND: ends before it starts: 2024-03-01T10:00 lies before 2024-03-02T10:00;"
            " read as having no end"
        ),
        '104:1 10 warning: DTEND: expected a date, as the beginning is; found "20240303T100000Z"; the end is left out',
        (
            "110:1 11 warning: DURATION: expected a duration of fewer than 10,000 years; "
            'found "P999999999999999999999W"; the end is left out'
        ),
        '112:1 11 warning: expected NAME:value; found "This line is none"; the line is left out',
        "113:1 12 warning: expected END:VEVENT; found END:VCALENDAR",
        "113:1 12 error: SUMMARY: expected a text; found nothing; the event is left out",
    ]


def test_an_end_of_nothing_and_a_missing_end_are_told(tmp_path: Path) -> None:
    dataset = read_text(tmp_path, "BEGIN:VCALENDAR\nEND:VEVENT\n", "a.ics")
    assert [in_short(problem) for problem in dataset.problems] == [
        "1:1 0 warning: expected END:VCALENDAR; found the end of the file",
        "2:1 0 warning: END:VEVENT ends nothing that begins before it",
    ]


def test_components_without_end_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match=r":64:1: nested deeper than 64 levels; expected a calendar$"):
        read_text(tmp_path, "BEGIN:VCALENDAR\n" * 20_000, "a.ics")


def test_what_is_no_calendar_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.ics").write_text("SUMMARY:A\n")
    with pytest.raises(ReadError, match=r":1:1: expected a calendar, beginning with BEGIN:VCALENDAR; found none$"):
        read(tmp_path / "a.ics", reader="icalendar")


@pytest.mark.skipif(not SHARED.exists(), reason="the calendars of others are not here")
@pytest.mark.parametrize("name", SHARED_COUNTS)
def test_calendars_of_others(name: str) -> None:
    assert choose(SHARED / name).name == "icalendar"
    report = read(SHARED / name).report
    assert (report.read, report.rejected) == SHARED_COUNTS[name]


_MOVED = "RECURRENCE-ID:20240102"
_LINES = st.sampled_from(
    [
        *("SUMMARY:Talks", "summary:Other\\, words", "SUMMARY:", "DESCRIPTION:See https://example.org/a", "GEO:1;2"),
        *("DTSTART:20240102T100000", "DTSTART;VALUE=DATE:20240102", "DTSTART;TZID=Own/Zone:20240703T100000"),
        *("DTEND:20240103T100000", "DURATION:P1D", "RRULE:FREQ=DAILY", "CATEGORIES:a,b", "ATTENDEE;CN=A:mailto:a@b.c"),
        *("RELATED-TO:1", "RELATED-TO;RELTYPE=CHILD:2", "DTSTART:x", "folded:on\n  and on", "no line", "X-EDTF:2024"),
        *("BEGIN:VALARM\nUID:2\nEND:VALARM", _MOVED),
    ]
)
_RECORDS = st.tuples(st.sampled_from(["VEVENT", "VTODO", "VJOURNAL"]), st.lists(_LINES, max_size=7))
_BETWEEN = st.sampled_from(["", "", "X-WR-CALNAME:A name", "END:VCALENDAR\nBEGIN:VCALENDAR", "END:VALARM"])


@given(parts=st.lists(st.tuples(_RECORDS, _BETWEEN), max_size=5))
def test_any_calendar_is_read_record_by_record_as_it_is_whole(
    tmp_path_factory: pytest.TempPathFactory, parts: list[tuple[tuple[str, list[str]], str]]
) -> None:
    lines = ["BEGIN:VCALENDAR", *(DATA / "sample.ics").read_text().splitlines()[5:19]]
    for number, ((kind, own), after) in enumerate(parts):
        # One time of what repeats has the UID of the record before it.
        lines += [f"BEGIN:{kind}", *own, f"UID:{number - (_MOVED in own)}", f"END:{kind}", after]
    path = tmp_path_factory.mktemp("calendar") / "a.ics"
    path.write_text("\n".join([*lines, "END:VCALENDAR"]))
    assert_streamed_as_whole(path)


def test_no_record_is_lost_that_stands_in_another_or_whose_beginning_is_folded(tmp_path: Path) -> None:
    path = tmp_path / "a.ics"
    event = "SUMMARY:{}\nDTSTART:2024010{}"
    inner = f"BEGIN:VEVENT\n{event.format('B', 2)}\nEND:VEVENT"
    last = f"BEGIN\n :VEVENT\n{event.format('C', 3)}\n"
    path.write_text(f"BEGIN:VCALENDAR\nBEGIN:VTODO\n{event.format('A', 1)}\n{inner}\nEND:VTODO\n{last}")
    for found in (read(path), streamed(path)):
        assert [(one.title, one.when.text) for one in found.events] == [
            *(("A", "2024-01-01"), ("B", "2024-01-02"), ("C", "2024-01-03")),
        ]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (
            "BEGIN:VEVENT\nSUMMARY:A\nEND:VEVENT\n",
            ":1:1: expected a calendar, beginning with BEGIN:VCALENDAR; found none",
        ),
        ("BEGIN:VCALENDAR\nBEGIN:X\n" * 70, ":1: nested deeper than 64 levels; expected a calendar"),
    ],
)
def test_what_is_no_calendar_is_refused_record_by_record_too(tmp_path: Path, content: str, message: str) -> None:
    path = tmp_path / "a.ics"
    path.write_text(content)
    with pytest.raises(ReadError) as refused:
        streamed(path, reader="icalendar")
    assert str(refused.value) == f"{path}{message}"


def test_each_time_of_what_repeats_is_asked_of_calendars_that_are_read_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.ics"
    path.write_text(calendar("DTSTART:20240102\nRRULE:FREQ=DAILY;COUNT=3"))
    reader = choose(path)
    assert reader.streaming_of(path, EACH) is None
    with pytest.raises(ReadError, match="repeats=each is for calendars that are read whole"):
        streamed(path, EACH)
    assert len(read(path, mapping=EACH).events) == 3
    monkeypatch.setattr(record_reader, "LARGEST_WHOLE_BYTES", 10)
    with pytest.raises(ReadError, match="too large; expected at most 10 bytes"):
        read(path, mapping=EACH)


@pytest.mark.parametrize(
    ("module", "limit", "message"),
    [
        (calendar_parts, "LONGEST_RECORD", ":2: expected an event of at most 60 characters; found more before it ends"),
        (calendar_stream, "_MOST_AROUND", ":102: expected at most 60 characters outside of events; found more"),
    ],
)
def test_what_no_calendar_needs_is_not_held_in_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, module: ModuleType, limit: str, message: str
) -> None:
    monkeypatch.setattr(module, limit, 60)
    path = tmp_path / "a.ics"
    lines = "\n".join(["X-NOTE:more"] * 96)
    path.write_text(calendar(f"DTSTART:20240102\n{lines}").replace("END:VCALENDAR", f"{lines}\nEND:VCALENDAR"))
    with pytest.raises(ReadError) as refused:
        streamed(path)
    assert str(refused.value) == f"{path}{message}"


def test_further_dates_without_a_rule_are_told(tmp_path: Path) -> None:
    path = tmp_path / "a.ics"
    path.write_text(calendar("DTSTART;VALUE=DATE:20240105\nRDATE;VALUE=DATE:20240107,20240109"))
    dataset = read(path)
    assert (len(dataset.events), dataset.events[0].extra["RDATE"]) == (1, "20240107,20240109")
    assert [problem.message for problem in dataset.problems] == [
        "RRULE, RDATE: what repeats is shown once, at its first time"
    ]
    assert len(read(path, mapping={"repeats": "each"}).events) == 3
