"""Ingest a file with its reader, into the cache or into memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

from timeline_app.core.batches import Decoder
from timeline_app.core.dataset import FileReport
from timeline_app.core.errors import ReadError
from timeline_app.readers import readers
from timeline_app.readers.further_rows import joins_rows
from timeline_app.readers.reader import REST, Streaming
from timeline_app.readers.whole_dataset import mapping_used
from timeline_app.store.cache import CachedFile, FileCache, Request, refuse_changed
from timeline_app.store.contents import Contents, put_contents
from timeline_app.store.identity import ContentHash, state_of
from timeline_app.store.ingest import ingest
from timeline_app.store.sinks import MemorySink, Sink

# Takes records done, bytes done and all bytes; returns whether to go on.
Report: TypeAlias = Callable[[int, int, int], bool]


@dataclass(frozen=True, slots=True)
class IngestJob:
    """A file to be ingested: `name` is its path as the user gave it, `reader` the one that reads it.

    `asked_reader` and `mapping` are what the user asked for. With `in_short`, of a format that can do so only what is
    drawn and filtered is kept at once, and the rest by `keep_rests`.
    """

    name: str
    reader: str
    asked_reader: str = ""
    mapping: Mapping[str, str] = field(default_factory=dict)
    in_short: bool = False

    @property
    def request(self) -> Request:
        """What the cache knows the file by."""
        return Request(Path(self.name), self.asked_reader, self.mapping)


def keep_file(job: IngestJob, cache: FileCache, report: Report, *, token: str = "") -> CachedFile:
    """Ingest a file into the cache; raises ReadError, StoreError and Cancelled, with nothing left behind."""
    with cache.making(job.request, token) as making, _changes_told(Path(job.name)):
        _ingest(job, making.sink, report, making.sha256)
        return making.keep()


def hold_file(job: IngestJob, report: Report) -> MemorySink:
    """Ingest a file into memory; raises ReadError and Cancelled."""
    path = Path(job.name)
    state = state_of(path)
    content_hash = ContentHash(path)
    sink = MemorySink()

    def sha256() -> str:
        told = content_hash.sha256()
        refuse_changed(path, state)
        return told

    try:
        with _changes_told(path):
            _ingest(job, sink, report, sha256)
    finally:
        content_hash.stop()
    return sink


def decoder_of(reader: str, layout: Mapping[str, object]) -> Decoder:
    """Return what makes events of the records of a reader; raises ReadError as `streaming_of` does."""
    return streaming_of(reader, "").decoder(layout)


@contextmanager
def _changes_told(path: Path) -> Iterator[None]:
    """Say of a file that changes while it is read just that, whatever its reader takes for wrong with it then."""
    state = state_of(path)
    try:
        yield
    except ReadError:
        refuse_changed(path, state)
        raise


def _ingest(job: IngestJob, sink: Sink, report: Report, sha256: Callable[[], str]) -> None:
    streaming = streaming_of(job.reader, job.name)
    opening = streaming.open_short if job.in_short and streaming.open_short is not None else streaming.open
    stream = opening(Path(job.name), job.name, job.mapping)
    done = ingest(
        stream.batches(),
        sink,
        streaming.decoder(stream.layout),
        lambda records, bytes_done: report(records, bytes_done, stream.total_bytes),
        file=job.name,
        joins_rows=joins_rows(stream.layout),
    )
    read = done.loaded + done.rejected
    mapping = mapping_used(stream.layout)
    file_report = FileReport(
        job.name, job.reader, read, done.loaded, done.rejected, sha256(), mapping, more_rows=done.more_rows
    )
    has_rests = REST in stream.layout
    contents = Contents(stream.title, stream.layout, file_report, done.problems, done.names, has_rests, done.role_sets)
    put_contents(contents, sink)


def streaming_of(reader: str, file: str) -> Streaming:
    """Return how a reader streams; raises ReadError for one that is not known or reads files whole."""
    for candidate in readers():
        if candidate.name == reader and candidate.streaming is not None:
            return candidate.streaming
    raise ReadError(f'no reader is called "{reader}" that reads a file in parts', file)
