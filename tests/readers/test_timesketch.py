"""Forensic timelines of Timesketch: both forms, times in every writing, what is told of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.helpers.streams import SHARED, streamed
from tests.readers.timelines import DATA, write
from timeline_app.core.errors import ReadError
from timeline_app.core.event import Source
from timeline_app.readers import choose, read

EXPECTED = "expected a time in ISO 8601, or a number of microseconds since 1970"
REAL = SHARED / "timesketch"


def test_a_table_loads_or_says_why_not() -> None:
    found = streamed(DATA / "sample.timesketch.csv")
    assert [(event.id, event.when.text) for event in found.events] == [
        ("event-1", "2024-05-20T16:33:51+00:00"),
        ("event-2", "2024-05-20T16:34:00.250+02:00"),
        ("event-3", "2024-05-20T16:35:00"),
        ("event-4", "2024-05-20T16:36Z"),
        ("event-5", "2024-05-20T16:36:40Z"),
        ("event-6", "2024-05-20T16:36:00Z"),
        ("event-7", "1601-01-01T00:00:00Z"),
    ]
    assert found.problems == [
        "4 3 warning: datetime has no zone; read as a local time, where Timesketch takes it for UTC",
        "7 6 warning: timestamp and datetime say different times; datetime counts",
        "8 7 warning: the time is the zero of the clock of Windows: likely it is not known",
        f'9 8 error: datetime: {EXPECTED}; found "yesterday"; the record is left out',
        "10 9 error: message: expected a text; found nothing; the record is left out",
        f"11 10 error: datetime: {EXPECTED}; found nothing; the record is left out",
    ]


@pytest.mark.parametrize("name", ["sample.timesketch.csv", "sample.timesketch.jsonl"])
def test_an_event_has_all_that_its_record_says(name: str) -> None:
    event = streamed(DATA / name).events[0]
    assert (event.title, event.type, event.tags) == ("Logon of a user", "logon time", ("suspicious", "logon"))
    assert event.own_sources == (Source("OS:/Security.evtx", title="OS:/Security.evtx", publisher="WinEVTX"),)
    assert event.extra["user"] == "anna"
    assert event.extra["timestamp"] == "1716222831000000"
    assert event.extra.get("details", '{"port": "22"}') == '{"port": "22"}'


def test_broken_lines_are_told() -> None:
    dataset = read(DATA / "sample.timesketch.jsonl")
    assert (dataset.report.reader, dataset.report.read, dataset.report.loaded) == ("timesketch", 4, 2)
    assert [(one.line, one.record, one.level) for one in dataset.problems] == [(3, 3, "error"), (4, 4, "error")]


def test_a_long_message_is_whole_in_the_summary(tmp_path: Path) -> None:
    message = "word " * 200
    text = f"message,datetime,timestamp_desc\n{message},2024-05-20T16:36:00Z,x\n"
    (event,) = streamed(write(tmp_path, text, "x.csv")).events
    assert len(event.title) == 200
    assert event.title.endswith("…")
    assert event.summary == message.strip()


def test_numbers_may_stand_as_datetime(tmp_path: Path) -> None:
    text = "datetime,message,timestamp_desc\n1723474994349345,a,b\n1716223000,a,b\n1716223000123,a,b\n"
    found = streamed(write(tmp_path, text, "x.csv"))
    assert [event.when.text for event in found.events] == [
        "2024-08-12T15:03:14.349Z",
        "2024-05-20T16:36:40Z",
        "2024-05-20T16:36:40.123Z",
    ]


def test_a_table_without_its_columns_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path, "message,DT,timestampDesc\na,2024-05-20,b\n", "x.csv")
    assert choose(path).name != "timesketch"
    with pytest.raises(ReadError, match="expected the columns message, timestamp_desc and datetime or timestamp"):
        read(path, reader="timesketch")


@pytest.mark.parametrize("name", ["empty", "[]", "{"])
def test_what_is_no_timeline_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(ReadError):
        read(write(tmp_path, "" if name == "empty" else name, "x.jsonl"), reader="timesketch")


@pytest.mark.parametrize(
    ("name", "loaded", "rejected"),
    [
        ("csv_datetime_last_column.csv", 4, 0),
        ("csv_timestamp_as_datetime.csv", 4, 0),
        ("csv_timestamp_no_datetime.csv", 3, 0),
        ("evtx_part.csv", 13, 0),
        ("invalid_datetime.csv", 3, 1),
        ("large_field_event.jsonl", 3, 0),
        ("mapping_limit_exceed.csv", 1, 0),
        ("sigma_events.jsonl", 4, 0),
        ("validate_no_datetime_timestamps.csv", 5, 0),
        ("validate_time_out_of_range.csv", 2, 0),
    ],
)
def test_the_real_files_load(name: str, loaded: int, rejected: int) -> None:
    path = REAL / name
    if not path.exists():
        pytest.skip("the files are not shipped; they are read where ../shared has them")
    assert choose(path).name == "timesketch"
    found = streamed(path)
    assert (len(found.events), found.rejected) == (loaded, rejected)


@pytest.mark.parametrize(
    ("written", "tags"),
    [
        ("\"['one', 'two words']\"", ("one", "two words")),
        ("['one']", ("one",)),
        ("[]", ()),
        ("['it\"s']", ('it"s',)),
        ("one;two", ("one", "two")),
        ('"one, two,"', ("one", "two")),
    ],
)
def test_tags_may_be_a_list_as_exports_write_it(tmp_path: Path, written: str, tags: tuple[str, ...]) -> None:
    text = f"message,datetime,timestamp_desc,tag\nLogon,2024-02-24T00:00:00Z,Logged,{written}\n"
    path = write(tmp_path, text, "a.csv")
    assert [event.tags for event in streamed(path).events] == [tags]


def test_a_dash_is_no_tag(tmp_path: Path) -> None:
    head = "datetime,timestamp_desc,source,source_long,message,parser,display_name,tag\n"
    row = "2021-01-01T00:00:00+00:00,Creation Time,FILE,File stat,NTFS:/x,filestat,NTFS:/x,-\n"
    (event,) = read(write(tmp_path, head + row, "plaso.csv")).events
    assert (event.tags, event.type) == ((), "creation time")


def test_labels_are_tags_but_those_of_the_program_itself(tmp_path: Path) -> None:
    rows = ("one,a,\"['x', 'y']\"", "two,,\"['__ts_star', 'z']\"")
    lines = ["message,datetime,timestamp_desc,tag,label"]
    lines += [f"{row.replace(',', ',2024-01-01T00:00:00Z,t,', 1)}" for row in rows]
    found = streamed(write(tmp_path, "\n".join(lines), "a.csv")).events
    assert [(event.tags, dict(event.extra)) for event in found] == [
        (("a", "x", "y"), {}),
        (("z",), {"label": "['__ts_star', 'z']"}),
    ]
