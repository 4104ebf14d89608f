"""Go through a large file of Markwhen event by event, each with the one that its date hangs on.

What an event takes from elsewhere is few: its groups, whether days come first, and when the event before it, or the one
that it names, begins and ends. So a file is gone through twice: for the ids that dates name, then for the events.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from timeline_app.core.dataset import Level, Problem
from timeline_app.core.errors import ReadError, WhenError
from timeline_app.core.when import parse
from timeline_app.readers.json_reading import LONGEST_ITEM
from timeline_app.readers.line_file import LineFile
from timeline_app.readers.markwhen_dates import Period, read_period
from timeline_app.readers.markwhen_lines import MarkwhenDocument, MarkwhenReading, MarkwhenRecord, lines_of
from timeline_app.readers.markwhen_words import words_of
from timeline_app.readers.single_records import SingleRecord
from timeline_app.readers.source_file import MEGABYTE

# So many stay below 256 MB.
_MOST_IDS = 200_000
_MOST_CHARACTERS_BESIDE = MEGABYTE
_NAMED = re.compile(r"!([\w-]+)")
_GROUPS, _TAGS, _DAY_FIRST, _BASE, _PREVIOUS, _TARGET = "groups", "tags", "day_first", "base", "previous", "target"


@dataclass(frozen=True, slots=True)
class Neighbours:
    """What the date of an event may hang on: the period of the event that it names and of the one before it.

    `targets` are the ids of events that may be linked with, by those that the file gives them.
    """

    by_id: Mapping[str, Period] = field(default_factory=dict)
    previous: Period | None = None
    targets: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class MarkwhenScan:
    """What a file says besides its events, and the ids that dates name; `notes` tell what of it is too large."""

    document: MarkwhenDocument
    wanted: frozenset[str]
    notes: tuple[Problem, ...]

    @classmethod
    def of(cls, file: LineFile) -> MarkwhenScan:
        """Go through a file; raises ReadError where dates name too many events."""
        reading = MarkwhenReading()
        wanted: set[str] = set()
        for found in _events(file, reading):
            wanted.update(_named_by(found.record))
            if len(wanted) > _MOST_IDS:
                message = f"expected at most {_MOST_IDS:,} events on which the dates of others hang; found more"
                raise ReadError(message, file.name, found.line)
        document = reading.document
        if document.characters_beside <= _MOST_CHARACTERS_BESIDE:
            return cls(document, frozenset(wanted), ())
        message = f"the header and the texts of groups have more than {_MOST_CHARACTERS_BESIDE:,} characters; left out"
        return cls(MarkwhenDocument(), frozenset(wanted), (Problem(message, file.name, 1, 1, level=Level.WARNING),))

    def records(self, file: LineFile) -> Iterator[SingleRecord]:
        """Give the events of the file, each with what it takes from elsewhere in it."""
        periods: dict[str, Period] = {}
        made: set[str] = set()
        previous: Period | None = None
        for found in _events(file, MarkwhenReading()):
            record = found.record
            beside = (
                {_GROUPS: json.dumps(record.groups), _TAGS: json.dumps(record.tags)}
                if record.groups or record.tags
                else {}
            )
            beside |= {_DAY_FIRST: "1"} if record.day_first else {}
            period = _period(record, Neighbours())
            if period is None:
                name = next((name for name in _named_by(record) if name in periods), "")
                period = _period(record, Neighbours({name: periods[name]} if name else {}, previous))
                beside |= {_BASE: _written(periods[name], name)} if name else {}
                beside |= {_PREVIOUS: _written(previous)} if previous is not None else {}
                beside |= {_TARGET: name} if name in made else {}
            yield SingleRecord(found.text, found.line, 1, found.bytes_read, beside)
            previous = period or previous
            if period is not None and record.id in self.wanted:
                periods[record.id] = period
                if _has_words(record):
                    made.add(record.id)


def record_of(text: str, beside: Mapping[str, str]) -> MarkwhenRecord:
    """Return the event of the text of a record."""
    reading = MarkwhenReading(json.loads(beside.get(_GROUPS, "[]")), json.loads(beside.get(_TAGS, "[]")), within=True)
    for line, offset in lines_of(text):
        reading.take(line, offset)
    record = reading.document.records[0]
    record.day_first = _DAY_FIRST in beside
    return record


def neighbours_of(beside: Mapping[str, str]) -> Neighbours:
    """Return what the date of an event may hang on."""
    by_id = dict([_read(beside[_BASE])]) if _BASE in beside else {}
    previous = _read(beside[_PREVIOUS])[1] if _PREVIOUS in beside else None
    targets = {beside[_TARGET]: beside[_TARGET]} if _TARGET in beside else {}
    return Neighbours(by_id, previous, targets)


@dataclass(frozen=True, slots=True)
class _Found:
    """An event with its lines, the first of which is known, and how far the file has been read."""

    record: MarkwhenRecord
    text: str
    line: int
    bytes_read: int


def _events(file: LineFile, reading: MarkwhenReading) -> Iterator[_Found]:
    """Give the events of a file; raises ReadError for one that is longer than any may be."""
    held: list[str] = []
    number = characters = begin = bytes_read = 0
    for block in file.blocks():
        bytes_read = block.bytes_read
        if reading.document.characters_beside > _MOST_CHARACTERS_BESIDE:
            reading.document.header.clear()
            reading.document.between.clear()
        for text in block.texts:
            number += 1
            before = reading.record
            reading.take(text.rstrip("\r\n"), 0)
            if reading.record is not before:
                if before is not None:
                    yield _Found(before, "".join(held), begin, bytes_read)
                reading.document.records.clear()
                held, characters, begin = [], 0, number
            if reading.record is not None:
                held.append(text)
                characters += len(text)
                if characters > LONGEST_ITEM:
                    message = f"expected an event of at most {LONGEST_ITEM:,} characters"
                    raise ReadError(message, file.name, begin)
    if reading.record is not None:
        yield _Found(reading.record, "".join(held), begin, bytes_read)


def _named_by(record: MarkwhenRecord) -> list[str]:
    """Return the ids that the date of an event names."""
    return _NAMED.findall(record.line.date) if record.line is not None and "!" in record.line.date else []


def _period(record: MarkwhenRecord, near: Neighbours) -> Period | None:
    written = record.written if record.line is None else record.line.date
    try:
        return read_period(written, day_first=record.day_first, ids=near.by_id, previous=near.previous)
    except WhenError:
        return None


def _has_words(record: MarkwhenRecord) -> bool:
    words = "" if record.line is None else record.line.words
    return bool(words_of(words).text or words_of("\n".join(record.text)).text.strip())


def _written(period: Period, name: str = "") -> str:
    return json.dumps([name, period.when.text, period.begin_s, period.beyond_s])


def _read(written: str) -> tuple[str, Period]:
    name, when, begin_s, beyond_s = json.loads(written)
    return name, Period(parse(when), begin_s, beyond_s)
