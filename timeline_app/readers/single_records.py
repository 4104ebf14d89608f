"""Records that stand by themselves, read as they come: what of a large file becomes batches, and later single events.

A reader gives the text of each record, and what makes an event of it, which is the same however large the file is. What
an event takes from elsewhere in the file, such as the name of somebody who is named by a number, is kept beside its
record, so that the event can be made of it alone at any time.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from timeline_app.core.batches import RecordBatch
from timeline_app.core.dataset import Problem
from timeline_app.core.event import Event, Origin, made_id
from timeline_app.readers.collector import garbage_collection_paused
from timeline_app.readers.event_batches import RecordedEvent, event_batch
from timeline_app.readers.foreign_record import Draft, finished_event
from timeline_app.readers.problem_log import ProblemLog
from timeline_app.readers.source_text import SourceText
from timeline_app.readers.text_batches import next_records

# No text of a file has this character, so that what stands beside a record can follow it.
_BESIDE = b"\0"
NOTHING_BESIDE: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class SingleRecord:
    """A record as its file has it: where it begins, and what its event takes from elsewhere in the file, by names.

    `bytes_read` is how far the file has been read.
    """

    text: str
    line: int
    column: int
    bytes_read: int
    beside: Mapping[str, str] = field(default_factory=lambda: NOTHING_BESIDE)

    @property
    def raw(self) -> bytes:
        """The record as it is kept."""
        beside = _BESIDE + json.dumps(self.beside, ensure_ascii=False).encode() if self.beside else b""
        return self.text.encode() + beside


# Makes an event of the text of a record, what stands beside it, and its number; why there is none is told to the log.
DraftOf = Callable[[Mapping[str, str], int, ProblemLog], Draft | None]


@dataclass(frozen=True, slots=True)
class SingleDecoder:
    """Makes events of records that are kept."""

    draft_of: DraftOf

    def __call__(self, raw: bytes, origin: Origin, /) -> Event:
        """Return the whole event of a record."""
        text, _, written = raw.partition(_BESIDE)
        beside = json.loads(written) if written else NOTHING_BESIDE
        log = ProblemLog(SourceText(text.decode(), origin.file, origin.line))
        draft = self.draft_of(beside, origin.record, log)
        if draft is None:
            raise ValueError(f"record {origin.record} was an event when it was kept, and is none now")
        return _event_of(draft, origin)

    def title(self, raw: bytes, /) -> str:
        """Return the title of a record's event."""
        return self(raw, Origin()).title


def single_batches(
    records: Iterable[SingleRecord],
    name: str,
    file_name: str,
    draft_of: DraftOf,
    notes: Iterable[Problem] = (),
    closing: Callable[[], Iterable[Problem]] = tuple,
) -> Iterator[RecordBatch]:
    """Make batches of records: `name` is their file's in messages, `file_name` without its folder; `notes` are on it.

    What is known of the file only behind the last record, `closing` tells then. Raises ReadError as going through the
    records does.
    """
    waiting, read, told = iter(records), 0, tuple(notes)
    while gathered := next_records(waiting):
        with garbage_collection_paused():
            batch = _batch(gathered, read, name, file_name, draft_of, told)
        read, told = read + len(gathered), ()
        yield batch
    last = (*told, *closing())
    if last:
        yield event_batch((), last, 0, 0)


def _batch(
    records: list[SingleRecord],
    read_before: int,
    name: str,
    file_name: str,
    draft_of: DraftOf,
    notes: tuple[Problem, ...],
) -> RecordBatch:
    recorded: list[RecordedEvent] = []
    problems = [*notes]
    for number, record in enumerate(records, read_before + 1):
        log = ProblemLog(SourceText(record.text, name, record.line, record.column))
        draft = draft_of(record.beside, number, log)
        if draft is not None:
            event = _event_of(draft, Origin(file_name, record.line, number))
            recorded.append(RecordedEvent(event, record.raw))
        if len(log):
            problems += (replace(problem, record=number) for problem in log.finish())
    return event_batch(recorded, problems, len(records) - len(recorded), records[-1].bytes_read)


def _event_of(draft: Draft, origin: Origin) -> Event:
    """Return the event of a record; one without an id is called by the number of its record."""
    return finished_event(draft, draft.written_id or made_id(origin.record), origin)
