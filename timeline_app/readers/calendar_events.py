"""Read iCalendar: the calendars of `.ics` files, RFC 5545 of 2009 and RFC 7986 of 2016.

Nearly every program of dates writes it, and few to the letter. Quirks: long lines are folded; an end of whole days is
the day after the last, and some write the last itself; zones are names, explained in the file or not; a time with
neither zone nor Z is local wherever one is. What repeats is shown once, at its first time, with its rule kept under
`repeats`, unless each time is asked for: to spell rules out can take for ever. One time of it that was moved has the
same UID and a RECURRENCE-ID.
What this program tells beside what a calendar shows is taken back where that was not changed (readers/told_beside.py).
What it marked as tentative by `X-MATCH`, for a filter that no longer is, is read without that.
Broken lines are reported and the rest is read. Calendars of 16 MB and more are read record by record
(readers/calendar_stream.py), unless each time of what repeats is asked for. Tried on 25 files of the tests of icalendar
(Python) and ical.js, many of them broken on purpose, and on calendars of a million events made by hand.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from timeline_app.core.dataset import Dataset
from timeline_app.core.errors import ReadError
from timeline_app.readers.calendar_head import NO_CALENDAR, CalendarHead, tell_what_is_no_record
from timeline_app.readers.calendar_lines import read_components
from timeline_app.readers.calendar_record import RECORDS, EventReader, ids_by_uid, wanted_id
from timeline_app.readers.calendar_repeats import MOST_TIMES, Repeats
from timeline_app.readers.calendar_stream import calendar_decoder, calendar_stream
from timeline_app.readers.calendar_times import Times
from timeline_app.readers.calendar_words import EACH, ONCE, REPEATS
from timeline_app.readers.calendar_zones import Zones
from timeline_app.readers.collector import garbage_collection_paused
from timeline_app.readers.file_stream import FileStream
from timeline_app.readers.foreign_record import Draft, finished_dataset
from timeline_app.readers.line_file import LineFile
from timeline_app.readers.native_ids import distinct_ids
from timeline_app.readers.problem_log import ProblemLog
from timeline_app.readers.reader import ReaderOption
from timeline_app.readers.record_reader import record_reader
from timeline_app.readers.source_file import SourceFile
from timeline_app.readers.source_text import decode_text

_NAME = "icalendar"

_BEGIN_IN_HEAD = re.compile(rb"(?:\xEF\xBB\xBF)?\s*BEGIN[ \t]*:[ \t]*VCALENDAR\b", re.IGNORECASE)
REPEATS_OPTION = ReaderOption(
    "map", f"{REPEATS}={EACH} gives each time of what repeats, at most {MOST_TIMES:,} within 100 years"
)


def score(head: bytes, name: str) -> float:
    """Tell how likely a file is a calendar, from its first line."""
    del name
    return 0.95 if _BEGIN_IN_HEAD.match(head) else 0.0


def read_icalendar(source: SourceFile, mapping: Mapping[str, str]) -> Dataset:
    """Read a whole calendar, or several in one file; raises ReadError when it is not UTF-8 or holds no calendar.

    Of what repeats it gives each time where the mapping says so: see REPEATS_OPTION.
    """
    repeats = Repeats() if _asks_for_each(mapping, source.name) else None
    text = decode_text(source)
    problems = ProblemLog(text)
    with garbage_collection_paused():
        whole = read_components(problems)
        components = list(whole.within())
        head = CalendarHead.of(whole.children)
        if head is None:
            raise text.error(NO_CALENDAR, 0)
        tell_what_is_no_record(whole.children, problems)
        records = [one for one in components if one.name in RECORDS]
        ids = distinct_ids([wanted_id(record) for record in records], problems)
        times = Times(Zones(components), problems)
        reader = EventReader(source.path.name, times, problems, records, ids, ids_by_uid(records, ids), repeats)
        events = tuple(event for index in range(len(records)) for event in reader.events(index))
    dataset = finished_dataset(
        source,
        _NAME,
        [Draft(event, event.id) for event in events],
        [record.offset for record in records],
        problems,
        title=head.title,
        summary=head.summary,
        sources=reader.book.by_key,
        extra=head.extra,
        more_read=reader.spelt_out,
    )
    return dataset if repeats is None else replace(dataset, report=replace(dataset.report, mapping={REPEATS: EACH}))


def _stream(file: LineFile, mapping: Mapping[str, str]) -> FileStream:
    """Open a large file; raises ReadError as `read_icalendar` does."""
    if _asks_for_each(mapping, file.name):
        raise ReadError(f"--map: {REPEATS}={EACH} is for calendars that are read whole", file.name)
    return calendar_stream(file)


def _asks_for_each(mapping: Mapping[str, str], file: str) -> bool:
    """Return whether what repeats is to be spelt out; raises ReadError for anything else that is asked for."""
    for field, value in mapping.items():
        if (field, value) not in {(REPEATS, EACH), (REPEATS, ONCE)}:
            message = f"expected {REPEATS}={EACH} or {REPEATS}={ONCE} for a calendar; found {field}={value}"
            raise ReadError(f"--map: {message}", file)
    return mapping.get(REPEATS) == EACH


READER = record_reader(
    name=_NAME,
    endings=(".ics", ".ical"),
    description="Calendars in iCalendar: events, to-dos and journals",
    recognised_by="a calendar with the line BEGIN:VCALENDAR",
    score=score,
    whole=read_icalendar,
    stream=_stream,
    decoder=calendar_decoder,
    options=(REPEATS_OPTION,),
    is_whole=lambda mapping: mapping.get(REPEATS) == EACH,
)
