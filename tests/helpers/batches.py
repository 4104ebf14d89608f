"""A file format for tests that is read in batches: one event a line, as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path

import numpy as np

from timeline_app.core.batches import CodeColumn, Decoder, NameColumn, RecordBatch
from timeline_app.core.dataset import Dataset, FileReport, Problem
from timeline_app.core.event import ActorRef, Event, Excerpt, Link, Origin, Source, source_names
from timeline_app.core.known import known_of, source_in
from timeline_app.core.known_dates import KnownDates
from timeline_app.core.roles import RoleSets, roles_by_name
from timeline_app.core.table import NO_CODE
from timeline_app.core.text_column import text_hash
from timeline_app.core.when import flags_of, parse
from timeline_app.readers.reader import Reader, Streaming
from timeline_app.readers.source_file import SourceFile

READER_NAME = "test-lines"
LAYOUT = {"kind": "lines"}
ENDING = ".lines"
_BATCH_RECORDS = 7


def encoded(event: Event) -> bytes:
    """Write an event as a record."""
    return (json.dumps({**asdict_plain(event), "when": event.when.text}) + "\n").encode()


def asdict_plain(event: Event) -> dict[str, object]:
    """Give the parts of an event that the format has, as plain values."""
    return {
        "id": event.id,
        "title": event.title,
        "type": event.type,
        "actors": [asdict(actor) for actor in event.actors],
        "place": event.place,
        "importance": event.importance,
        "summary": event.summary,
        "tags": event.tags,
        "links": [asdict(link) for link in event.links],
        "excerpts": [{"text": one.text, "source": one.source} for one in event.excerpts],
        "own_sources": [
            {"key": one.key, "publisher": one.publisher, "published": one.published} for one in event.own_sources
        ],
    }


def decode(raw: bytes, origin: Origin) -> Event:
    """Read an event from a record."""
    told = json.loads(raw)
    return Event(
        id=told["id"],
        title=told["title"],
        when=parse(told["when"]),
        type=told["type"],
        actors=tuple(ActorRef(**actor) for actor in told["actors"]),
        place=told["place"],
        importance=told["importance"],
        summary=told["summary"],
        tags=tuple(told["tags"]),
        links=tuple(Link(**link) for link in told["links"]),
        excerpts=tuple(Excerpt(**excerpt) for excerpt in told["excerpts"]),
        own_sources=tuple(Source(**source) for source in told["own_sources"]),
        origin=origin,
    )


class JsonDecoder:
    """The decoder of the format."""

    def __call__(self, raw: bytes, origin: Origin, /) -> Event:
        """Return the event of a record."""
        return decode(raw, origin)

    def title(self, raw: bytes, /) -> str:
        """Return the title of a record's event."""
        return decode(raw, Origin()).title


def decoder(layout: Mapping[str, object]) -> Decoder:
    """Return the decoder of the format."""
    assert layout == LAYOUT
    return JsonDecoder()


def decoder_of(_reader: str, layout: Mapping[str, object]) -> Decoder:
    """Return the decoder of the format, whatever the reader is called."""
    return decoder(layout)


def batch_of(events: Sequence[Event], first_line: int = 1, problems: Sequence[Problem] = ()) -> RecordBatch:
    """Make the batch of some events that stand one a line; each of the problems is a record that was rejected."""
    raws = [encoded(event) for event in events]
    bounds = [
        (one.when.start_earliest_s, one.when.start_latest_s, one.when.end_earliest_s, one.when.end_latest_s)
        for one in events
    ]
    count = len(events)
    lines = np.arange(first_line, first_line + count, dtype=np.int64)
    return RecordBatch(
        bounds_s=np.array(bounds, np.int64).reshape(count, 4),
        precision=np.array([one.when.precision for one in events], np.uint8),
        flags=np.array([flags_of(one.when) for one in events], np.uint8),
        importance=np.array([one.importance for one in events], np.uint8),
        types=_codes([one.type for one in events]),
        places=_codes([one.place for one in events]),
        actors=_actors(events),
        sources=_names([list(source_names(one)) for one in events]),
        tags=_names([list(one.tags) for one in events]),
        raw=b"".join(raws),
        ends=np.cumsum([len(raw) for raw in raws], dtype=np.int64),
        lines=lines,
        numbers=lines,
        id_hashes=np.array([text_hash(one.id) for one in events], np.uint64),
        problems=tuple(problems),
        rejected=len(problems),
        bytes_read=sum(map(len, raws)),
        known=KnownDates.of(known_of(one, source_in({})) for one in events),
    )


def batches_of(events: Sequence[Event], size: int = _BATCH_RECORDS) -> Iterator[RecordBatch]:
    """Make batches of a few events each."""
    for begin in range(0, len(events), size):
        yield batch_of(events[begin : begin + size], begin + 1)


def as_read(events: Sequence[Event], file: str) -> tuple[Event, ...]:
    """Return events as they are read from a file of the format, one a line."""
    return tuple(decode(encoded(one), Origin(file, line, line)) for line, one in enumerate(events, 1))


def write_lines(path: Path, events: Sequence[Event]) -> None:
    """Write a file of the format."""
    path.write_bytes(b"".join(map(encoded, events)))


class LineStream:
    """A file of the format, read in batches."""

    def __init__(self, path: Path) -> None:
        self.title = path.stem
        self.layout: Mapping[str, object] = LAYOUT
        self.total_bytes = path.stat().st_size
        self._path = path

    def batches(self) -> Iterator[RecordBatch]:
        """Read the file."""
        lines = self._path.read_bytes().splitlines(keepends=True)
        for begin in range(0, len(lines), _BATCH_RECORDS):
            part = lines[begin : begin + _BATCH_RECORDS]
            yield batch_of([decode(line, Origin()) for line in part], begin + 1)


def _read(source: SourceFile, _mapping: Mapping[str, str]) -> Dataset:
    events = tuple(decode(line, Origin()) for line in source.content.splitlines())
    report = FileReport(source.name, READER_NAME, len(events), len(events), 0, source.sha256)
    return Dataset(source.path.stem, events, report)


READER = Reader(
    name=READER_NAME,
    endings=(ENDING,),
    description="events for tests",
    recognised_by="one event a line",
    score=lambda _head, name: 1.0 if name.endswith(ENDING) else 0.0,
    read=_read,
    largest_bytes=1 << 20,
    streaming=Streaming(open=lambda path, _name, _mapping: LineStream(path), decoder=decoder),
)


def _actors(events: Sequence[Event]) -> NameColumn:
    found = _names([[actor.name for actor in one.actors] for one in events])
    sets = RoleSets()
    codes = [
        sets.code_of(roles_by_name(one.actors).get(name, ()))
        for one in events
        for name in dict.fromkeys(actor.name for actor in one.actors)
    ]
    return replace(found, roles=sets.roles(np.array(codes, np.int64)))


def _codes(names: Sequence[str]) -> CodeColumn:
    distinct = sorted({name for name in names if name}, reverse=True)
    codes = [distinct.index(name) if name else NO_CODE for name in names]
    return CodeColumn(tuple(distinct), np.array(codes, np.int32))


def _names(lists: Sequence[Sequence[str]]) -> NameColumn:
    lists = [list(dict.fromkeys(names)) for names in lists]
    distinct = sorted({name for names in lists for name in names}, reverse=True)
    offsets = np.cumsum([0, *map(len, lists)], dtype=np.int64)
    codes = [distinct.index(name) for names in lists for name in names]
    return NameColumn(tuple(distinct), np.array(codes, np.int32), offsets)
