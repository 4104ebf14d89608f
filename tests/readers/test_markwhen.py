"""Markwhen: its many dates, those that hang on others, tags, groups, properties, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.helpers.streamed import assert_mutants_streamed_as_whole, assert_streamed_as_whole, streamed
from tests.readers.timelines import DATA, event_of, in_short, read_text, refusal_of, write
from timeline_app.core.dataset import Dataset
from timeline_app.core.event import Basis, Link, Location
from timeline_app.readers import choose, line_file, markwhen, markwhen_records, read
from timeline_app.readers.markwhen import score

SHARED = Path(__file__).parents[3] / "shared" / "data" / "markwhen" / "tom-sawyer.mw"


@pytest.fixture(scope="module")
def sample() -> Dataset:
    return read(DATA / "sample.mw")


DATES = [
    ("12/2012", "2012-12"),
    ("1961", "1961"),
    ("12/7/1941", "1941-12-07"),
    ("11/11/2024-12/12/2024", "2024-11-11/2024-12-12"),
    ("2012-2013", "2012/2013"),
    ("1998-06/01/2000", "1998/2000-06-01"),
    ("2004-06 / 2006-08", "2004-06/2006-08"),
    ("2031-11-19T01:35:10Z-2099-08-04T18:22:48Z", "2031-11-19T01:35:10Z/2099-08-04T18:22:48Z"),
    ("2022-02-22T16:27:08.369Z", "2022-02-22T16:27:08.369Z"),
    ("2024-06-19T14:30+0300", "2024-06-19T14:30+03:00"),
    ("2005/now", "2005/.."),
    ("Jan 3 2024 - Apr 6202", "2024-01-03/6202-04"),
    ("9 March 1999 to 12 March, 1999", "1999-03-09/1999-03-12"),
    ("August 3rd, 2025 at 12:15 am", "2025-08-03T00:15"),
    ("2025-08-03 10am", "2025-08-03T10:00"),
    ("2025-08-03 10:30 – 2025-08-03 11:30pm", "2025-08-03T10:30/2025-08-03T23:30"),
    ("2024-W01", "2024-01-01/2024-01-07"),
    ("2021-W01-1", "2021-01-04"),
    ("4500 BCE", "-4499"),
    ("1 B.C. - 1 AD", "0000/0001"),
    ("2024-06~", "2024-06~"),
    ("202X", "202X"),
    ("2018/6 months", "2018-01/2018-06"),
    ("01/01/2023 - 2 weeks", "2023-01-01/2023-01-14"),
    ("2018 - 3 years", "2018/2020"),
    ("2025-08-03 10am - 90 minutes", "2025-08-03T10:00/2025-08-03T11:30"),
    ("Aug 6 2024 10am - 11:30am", "2024-08-06T10:00/2024-08-06T11:30"),
    ("08/06/2024 23:30 - 1am", "2024-08-06T23:30/2024-08-07T01:00"),
    ("2024-08-06T05:30:00Z - 7am", "2024-08-06T05:30:00Z/2024-08-06T07:00Z"),
    ("300 - 10500", "0300/Y10500"),
]


@pytest.mark.parametrize(("written", "edtf"), DATES)
def test_a_date(tmp_path: Path, written: str, edtf: str) -> None:
    (event,) = read_text(tmp_path, f"title: T\n{written}: What: happened\n", "a.mw").events
    assert (event.title, event.when.text, event.basis) == ("What: happened", edtf, Basis.STATED)


# The example of the format's documentation: one date, and others that hang on it.
HANGING = [
    ("1 year", "2024"),
    ("2 months", "2024-01/2024-02"),
    ("1 week - 3 days", "2024-01-08/2024-01-10"),
    ("after !first 2 weeks", "2021-01-15/2021-01-28"),
    ("!first 1 month", "2021-01-15/2021-02-14"),
    ("after !first 1 week - 1 day", "2021-01-22"),
    ("before !first 5 days", "2020-12-27/2020-12-31"),
    ("after !first", "2021-01-15"),
    ("!first.start 36 hours", "2021-01-01T00:00/2021-01-02T12:00"),
    ("10am", "2024-01-01T10:00"),
    ("12:30 - 14:00", "2024-01-01T12:30/2024-01-01T14:00"),
    ("10pm - 3 hours", "2024-01-01T22:00/2024-01-02T01:00"),
]


@pytest.mark.parametrize(("written", "edtf"), HANGING)
def test_a_date_that_hangs_on_another(tmp_path: Path, written: str, edtf: str) -> None:
    text = f"1/1/2021 - 2 weeks: First !first\n2022 - 2023: Second\n{written}: Third\n"
    third = read_text(tmp_path, text, "a.mw").events[2]
    assert (third.when.text, third.basis, third.basis_note) == (edtf, Basis.INFERRED, written)


def test_times_of_day_follow_one_another_into_the_next_day(tmp_path: Path) -> None:
    lines = ("Aug 6 2024 6am: A", "10am - 11pm: B", "9am: C", "1990s: D")
    dataset = read_text(tmp_path, "\n".join(lines), "a.mw")
    assert [event.when.text for event in dataset.events][:3] == [
        "2024-08-06T06:00",
        "2024-08-06T10:00/2024-08-06T23:00",
        "2024-08-07T09:00",
    ]
    assert [in_short(problem) for problem in dataset.problems] == [
        '4:1 4 note: "1990s" is 1,990 seconds, as Markwhen reads it; a decade is written 1990/1999'
    ]


def test_a_log_of_times_is_not_taken_for_it() -> None:
    assert score(b"10:30: up\n10:31: down\n10:32: up\n", "a.txt") == 0


def test_lines_that_only_look_like_dates_are_words(tmp_path: Path) -> None:
    text = "2024: Said\n3 things: a, b\nratio 1:2\n25:12 they said\nMarch: on\n2025: Said more\n"
    dataset = read_text(tmp_path, text, "a.mw")
    assert [event.title for event in dataset.events] == ["Said", "Said more"]
    assert dataset.events[0].summary == "3 things: a, b\nratio 1:2\n25:12 they said\nMarch: on"


def test_groups_tags_and_properties(sample: Dataset) -> None:
    answers = event_of(sample, "Answers come in")
    assert (answers.type, answers.tags) == ("First days", ("mail", "state", "cold", "Winter"))
    assert answers.extra == {"courier": "by rail"}
    assert answers.links == (Link("letters", "dated-from"),)
    assert event_of(sample, "Weekly report").type == "Winter"
    assert event_of(sample, "Weekly report").extra == {"repeats": "every week"}
    assert (event_of(sample, "Long before").type, event_of(sample, "Long before").tags) == ("Abroad", ("Later",))


def test_words_places_and_links(sample: Dataset) -> None:
    letters = event_of(sample, "Letters are sent")
    assert letters.id == "letters"
    assert letters.summary == "the archive has all of them\nThey went by Vienna and Kyiv."
    assert [source.url for source in letters.own_sources] == ["https://www.example.org/letters"]
    assert (letters.place, letters.extra, letters.tags) == ("Vienna", {"places": ["Kyiv"]}, ("war", "post"))
    assert event_of(sample, "Reply").when.text == "2022-03-07T00:00/2022-03-08T12:00"
    assert event_of(sample, "Words below").when.text == "2024"


@pytest.mark.parametrize(
    ("words", "title", "addresses"),
    [
        ("Talks begin https://example.org/a__b__c#x #war", "Talks begin", ["https://example.org/a__b__c#x"]),
        ("See (https://example.org/x_(y)) for more.", "See for more.", ["https://example.org/x_(y)"]),
        ("Read: https://example.org/x/.", "Read", ["https://example.org/x/"]),
        ("https://example.org/only", "https://example.org/only", ["https://example.org/only"]),
        ("Words\n\nhttps://example.org/x\n", "Words", ["https://example.org/x"]),
    ],
)
def test_addresses_by_themselves_lead_to_sources_and_stand_in_no_title(
    tmp_path: Path, words: str, title: str, addresses: list[str]
) -> None:
    (event,) = read_text(tmp_path, f"2024-05-01: {words}", "a.mw").events
    assert (event.title, [source.url for source in event.own_sources]) == (title, addresses)


def test_boxes_to_be_ticked(tmp_path: Path) -> None:
    text = "2024: - [ ] Buy\n- [x] first\n- []\n- [ ] second\n2025:\n- [X] Below\nmore\n2026: [x] Sold\n2027: - []\n"
    dataset = read_text(tmp_path, text, "a.mw")
    assert [(event.title, event.summary, event.extra) for event in dataset.events] == [
        ("Buy", "☑ first\n☐ second", {"done": "no"}),
        ("Below", "more", {"done": "yes"}),
        ("Sold", "", {"done": "yes"}),
    ]
    assert [in_short(problem) for problem in dataset.problems] == [
        "9:1 4 error: expected words behind the date; found nothing; the event is left out"
    ]


def test_the_header(sample: Dataset) -> None:
    assert (sample.title, sample.summary) == ("Two sides", "How it came about")
    assert "#war: red" in str(sample.extra["header"])
    assert event_of(sample, "Letters are sent").when.text == "2021-12-01"


def test_problems(sample: Dataset) -> None:
    assert (sample.report.read, sample.report.loaded) == (15, 11)
    assert [in_short(problem) for problem in sample.problems] == [
        "22:1 5 note: the zone of 2022-02-25T12:00:00Z is left out, since the other end has none",
        "34:1 10 error: 30 is not a day: February 2023 has 28 days; the event is left out",
        (
            '35:1 11 error: "after !nobody 3 days" hangs on another event, but !nobody is the id of no event before '
            "this one; the event is left out"
        ),
        '36:1 12 error: "now" begins today, whenever that is; expected a date; the event is left out',
        "37:1 13 error: names no year; nothing is filled in from today; the event is left out",
    ]


def test_a_table_of_instants_is_not_taken_for_it() -> None:
    rows = "2024-10-18T09:00:00Z,Troops,Yonhap\n2024-10-23T10:30:00+02:00,More troops,AP\n2024-10-24T10:30:00,Yes,AP\n"
    assert score(f"Published At,Headline,Outlet\n{rows}".encode(), "press.csv") == 0.0


def test_a_page_begins_anew(tmp_path: Path) -> None:
    text = "section A\n2024: One\n_-_-_break_-_-_\ntitle: Other\n2025: Two\n"
    assert [(event.title, event.type) for event in read_text(tmp_path, text, "a.mw").events] == [
        ("One", "A"),
        ("Two", ""),
    ]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.mw", "Dear diary,\n"),
        ("a.mw", "title: no events\n"),
        ("a.txt", "In 2024: something\nAnd more words\nand more\nand more\nand more\n2025: x\n" + "words\n" * 20),
    ],
)
def test_what_has_no_dated_lines_is_not_taken_for_it(tmp_path: Path, name: str, content: str) -> None:
    assert score(content.encode(), name) == 0


@pytest.mark.skipif(not SHARED.exists(), reason="the files of others are not here")
def test_tom_sawyer() -> None:
    assert choose(SHARED).name == "markwhen"
    dataset = read(SHARED)
    assert (dataset.report.read, dataset.report.loaded, dataset.problems) == (14, 14, ())
    assert dataset.events[0].tags == ("tom",)
    assert dataset.title == "The Adventures of Tom Sawyer"


RELATIVE = """title: All
dateFormat: d/M/y
// a comment
# Front #east
12/7/1941: Begin !a #x
  More of it
  id: no property, for words came before
3 days: Lasts
after !a 2 days: Named
10am: At a clock
1 week - 3 days: Waits
between

group #only
after !a.end 1 month - 2 days: At its end
id: b

text of its own
before !b 1 day: Before
after !none 3 days: Nobody
2024: !c
after !c 1 day: After one without words
2023/now: Goes on
5 days: After what is open
_-_-_break_-_-_
second header
2024-W05 // noted
2024-W05:
The words below
by !b 1 week: By
"""


@pytest.mark.parametrize("block_bytes", [line_file._BLOCK_BYTES, 61])
def test_dates_that_hang_on_others_are_read_one_by_one_as_all_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, block_bytes: int
) -> None:
    monkeypatch.setattr(line_file, "_BLOCK_BYTES", block_bytes)
    dataset = assert_streamed_as_whole(write(tmp_path, RELATIVE, "a.mw"))
    by_title = {event.title: event for event in dataset.events}
    assert by_title["Named"].links == (Link("a", "dated-from"),)
    assert by_title["By"].links == (Link("b", "dated-from"),)
    assert (len(dataset.events), dataset.report.rejected) == (11, 3)
    assert_streamed_as_whole(write(tmp_path, RELATIVE.replace("\n", "\r\n"), "b.mw"))


def test_a_damaged_file_is_read_one_by_one_as_all_at_once(tmp_path: Path) -> None:
    assert_mutants_streamed_as_whole(RELATIVE.encode(), tmp_path, "a.mw", reader="markwhen")


def test_a_file_of_many_lines_is_read_one_by_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(markwhen, "_MOST_LINES", 3)
    path = write(tmp_path, "2020: a\n2021: b\n1 year: c\n1 year: d\n", "a.mw")
    assert [event.id for event in read(path).events] == ["event-1", "event-2", "event-3", "event-4"]


def test_too_many_named_events_and_too_long_texts_of_a_large_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(markwhen_records, "_MOST_IDS", 1)
    path = write(tmp_path, "2020: a !a\n2021: b !b\nafter !a 1 day: c\nafter !b 1 day: d\n", "a.mw")
    assert refusal_of(path, "markwhen", streamed).startswith(":4: expected at most 1 events on which")
    monkeypatch.setattr(markwhen_records, "_MOST_CHARACTERS_BESIDE", 5)
    dataset = streamed(write(tmp_path, "title: All of it\n2020: a\n", "b.mw"), reader="markwhen")
    assert (dataset.title, dataset.extra, len(dataset.events)) == ("b", {}, 1)
    assert [problem.message.partition(" have")[0] for problem in dataset.problems] == [
        "the header and the texts of groups"
    ]


def test_properties_say_who_and_where_and_what_says_nothing_of_it_is_kept(tmp_path: Path) -> None:
    text = (
        "2024-01-01: One\nactors: [Red Cross, 'UN']\ncoordinates: 50.4, 30.5\nsource: https://example.org/a\nwords\n"
        "2024-01-02: Two\nactors: \ncoordinates: somewhere\nsource: a diary\n"
    )
    dataset = assert_streamed_as_whole(write(tmp_path, text, "a.mw"))
    one, two = dataset.events
    assert ([actor.name for actor in one.actors], one.location) == (["Red Cross", "UN"], Location(50.4, 30.5))
    assert ([source.url for source in one.own_sources], one.extra) == (["https://example.org/a"], {})
    assert (two.actors, two.location, two.own_sources) == ((), None, ())
    assert {key: two.extra[key] for key in ("coordinates", "source")} == {
        "coordinates": "somewhere",
        "source": "a diary",
    }
