"""Read a calendar of any size record by record.

It is gone through twice: first for what stands around its records, its name and its zones above all, and for the UIDs
that records may name one another by; then for the records. What repeats is shown once.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from types import MappingProxyType

from timeline_app.core.batches import Decoder
from timeline_app.core.dataset import Problem
from timeline_app.core.errors import ReadError
from timeline_app.readers.calendar_head import NO_CALENDAR, CalendarHead, tell_what_is_no_record
from timeline_app.readers.calendar_lines import Component, read_components, unescaped
from timeline_app.readers.calendar_parts import calendar_parts, unfolded_value
from timeline_app.readers.calendar_record import EventReader, own_id_of, wanted_id
from timeline_app.readers.calendar_times import Times
from timeline_app.readers.calendar_zones import Zones
from timeline_app.readers.file_stream import FileStream
from timeline_app.readers.foreign_record import Draft, kept_beside
from timeline_app.readers.id_hashes import IdHashes, KnownIds
from timeline_app.readers.line_file import LineFile
from timeline_app.readers.problem_log import ProblemLog
from timeline_app.readers.single_records import NOTHING_BESIDE, DraftOf, SingleDecoder, SingleRecord, single_batches
from timeline_app.readers.source_file import MEGABYTE
from timeline_app.readers.source_text import SourceText

# Of what stands around records, of which the zones of the whole world are a third.
_MOST_AROUND = 2 * MEGABYTE
_NAMES_ANOTHER = re.compile(r"RECURRENCE-ID|RELATED-TO", re.IGNORECASE)
_BEGIN = re.compile(r"BEGIN[:;]", re.IGNORECASE)


def calendar_stream(file: LineFile) -> FileStream:
    """Open a file; raises ReadError where it holds no calendar, or is none to its end."""
    around, taken = _Around(), IdHashes()
    for part in calendar_parts(file):
        if part.is_record:
            taken.take(_uid_of(part.text))
        else:
            around.take(part.text, part.line, file.name)
    log = ProblemLog(SourceText(around.text, file.name))
    outermost = read_components(log).children
    head = CalendarHead.of(outermost)
    if head is None:
        raise ReadError(NO_CALENDAR, file.name, 1, 1)
    tell_what_is_no_record(outermost, log)
    layout = {"around": around.text, "summary": head.summary, "extra": kept_beside(head.extra)}
    notes = tuple(map(around.placed, log.finish()))
    records = partial(_records, file, taken.whole())
    drafts = _drafts_by(around.text)
    return FileStream(
        head.title or file.path.stem,
        MappingProxyType(layout),
        file.total_bytes,
        lambda: single_batches(records(), file.name, file.path.name, drafts, notes),
    )


def calendar_decoder(layout: Mapping[str, object]) -> Decoder:
    """Return what makes events of single records."""
    return SingleDecoder(_drafts_by(str(layout["around"])))


def _records(file: LineFile, uids: KnownIds) -> Iterator[SingleRecord]:
    """Give the records of a file, each with the ids of those others that it names."""
    for part in calendar_parts(file):
        if part.is_record:
            beside = {uid: own_id_of(uid) for uid in _named(part.text) if uid in uids}
            yield SingleRecord(part.text, part.line, 1, part.bytes_read, beside or NOTHING_BESIDE)


def _drafts_by(around: str) -> DraftOf:
    """Return what makes an event of the text of a record, with the zones that stand around all of them."""
    zones = Zones(read_components(ProblemLog(SourceText(around))).within())

    def draft(beside: Mapping[str, str], _number: int, problems: ProblemLog) -> Draft | None:
        try:
            whole = read_components(problems, end="what follows the event")
        except ReadError as error:
            problems.error(f"{error.args[0]}; the event is left out", 0)
            return None
        record = whole.children[0]
        wanted = wanted_id(record)
        reader = EventReader("", Times(zones, problems), problems, [record], [wanted.written], beside)
        return next((Draft(event, wanted.written, wanted.offset) for event in reader.events(0)), None)

    return draft


def _record_in(text: str) -> Component:
    """Return the record that a text is; what is wrong with it is told when it becomes an event."""
    try:
        whole = read_components(ProblemLog(SourceText(text)))
    except ReadError:
        return Component("", 0)
    return whole.children[0]


def _uid_of(text: str) -> str:
    """Return the UID by which others name a record, "" for one time of what repeats, which has that of the whole."""
    if not _NAMES_ANOTHER.search(text) and len(_BEGIN.findall(text)) == 1:
        return unescaped(unfolded_value("UID", text)).strip()
    record = _record_in(text)
    return "" if record.first("RECURRENCE-ID") is not None else record.text_of("UID")


def _named(text: str) -> list[str]:
    """Return the UIDs of other records that a record names."""
    if not _NAMES_ANOTHER.search(text):
        return []
    record = _record_in(text)
    return [record.text_of("UID"), *(one.text.strip() for one in record.all("RELATED-TO"))]


@dataclass(slots=True)
class _Around:
    """What stands around records, as one text, and on which line of the file each piece of it begins."""

    _pieces: list[str] = field(default_factory=list)
    _characters: int = 0
    _lines_before: list[int] = field(default_factory=list)
    _first_lines: list[int] = field(default_factory=list)
    _line_count: int = 0

    @property
    def text(self) -> str:
        """All of it."""
        return "".join(self._pieces)

    def take(self, text: str, line: int, file: str) -> None:
        """Take another piece, whole lines from a line of the file on; raises ReadError where it is too much."""
        self._characters += len(text)
        if self._characters > _MOST_AROUND:
            raise ReadError(f"expected at most {_MOST_AROUND:,} characters outside of events; found more", file, line)
        self._pieces.append(text)
        self._lines_before.append(self._line_count)
        self._first_lines.append(line)
        self._line_count += text.count("\n") + text.count("\r") - text.count("\r\n")

    def placed(self, problem: Problem) -> Problem:
        """Return a problem of the text with its line in the file."""
        piece = bisect_right(self._lines_before, problem.line - 1) - 1
        return replace(problem, line=self._first_lines[piece] + problem.line - 1 - self._lines_before[piece])
