"""A text table as a stream of batches, and any stream as a whole dataset in memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import partial

from timeline_app.core.arrays import Int64Array
from timeline_app.core.batches import Decoder, RecordBatch
from timeline_app.core.dataset import Dataset, FileReport, Level, Problem
from timeline_app.core.event import NOTHING, Event, Origin
from timeline_app.readers.collector import garbage_collection_paused
from timeline_app.readers.columns import EventFields, RecordPlaces, record_batch
from timeline_app.readers.delimited import TableShape, row_batches
from timeline_app.readers.file_stream import FileStream
from timeline_app.readers.further_rows import FurtherRows, joins_rows
from timeline_app.readers.line_file import LineFile
from timeline_app.readers.reader import RecordStream
from timeline_app.readers.source_file import SourceFile
from timeline_app.readers.table_cells import TableCells
from timeline_app.readers.tree import shortened


def delimited_stream(
    file: LineFile,
    shape: TableShape,
    title: str,
    layout: Mapping[str, object],
    fields_of: Callable[[TableCells, Int64Array], EventFields],
) -> FileStream:
    """Return a text table to be read in batches; `fields_of` takes its columns and the numbers of the records."""
    return FileStream(title, layout, file.total_bytes, partial(_batches, file, shape, fields_of))


def _batches(
    file: LineFile, shape: TableShape, fields_of: Callable[[TableCells, Int64Array], EventFields]
) -> Iterator[RecordBatch]:
    rows = row_batches(file, shape)
    while True:
        with garbage_collection_paused():
            found = next(rows, None)
            batch = None
            if found is not None:
                fields = fields_of(found.cells, found.numbers)
                places = RecordPlaces(file.name, found.content, found.begins, found.ends, found.lines, found.numbers)
                batch = record_batch(fields, places, found.problems, found.rejected, found.bytes_read)
                del found, fields, places
        if batch is None:
            return
        yield batch


def mapping_used(layout: Mapping[str, object]) -> Mapping[str, str]:
    """Return which column each field is taken from by a layout, nothing for a format of fixed names."""
    mapping = layout.get("mapping")
    return {str(key): str(value) for key, value in mapping.items()} if isinstance(mapping, Mapping) else {}


def whole_dataset(
    stream: RecordStream, decoder: Decoder, source: SourceFile, reader: str, *, most_problems: int = 100_000
) -> Dataset:
    """Read every record of a stream; an id that stands there twice is told and given a number.

    Where several records may be rows of one event, further rows get theirs at the end, and are told apart.
    """
    events: list[Event] = []
    further = FurtherRows() if joins_rows(stream.layout) else None
    problems: list[Problem] = []
    rejected = 0
    taken: dict[str, int] = {}
    for batch in stream.batches():
        rejected += batch.rejected
        problems += batch.problems[: max(most_problems - len(problems), 0)]
        with garbage_collection_paused():
            for event in _decoded(batch, decoder, source.path.name):
                if further is not None and further.is_further(event, len(events)):
                    events.append(event)
                    continue
                if event.id in taken:
                    own = _own_id(event.id, taken)
                    message = f'id: "{shortened(event.id)}" is the id of an earlier event; expected an id of its own'
                    problems.append(
                        Problem(
                            f'{message}; loaded as "{shortened(own)}"',
                            source.name,
                            event.origin.line,
                            0,
                            event.origin.record,
                            Level.ERROR,
                        )
                    )
                    events.append(replace(event, id=own))
                else:
                    events.append(event)
                taken.setdefault(events[-1].id, 2)
    more_of = further.more_of if further is not None else {}
    for place in more_of:
        events[place] = replace(events[place], id=_own_id(events[place].id, taken))
    extra = stream.layout.get("extra")
    return Dataset(
        title=stream.title,
        events=tuple(events),
        report=FileReport(
            source.name,
            reader,
            len(events) + rejected,
            len(events),
            rejected,
            source.sha256,
            mapping_used(stream.layout),
            more_rows=len(more_of),
        ),
        summary=str(stream.layout.get("summary", "")),
        extra=extra if isinstance(extra, Mapping) else NOTHING,
        problems=tuple(sorted(problems, key=lambda problem: problem.line)),
        more_of=more_of,
    )


def _decoded(batch: RecordBatch, decoder: Decoder, file: str) -> Iterator[Event]:
    begin = 0
    for end, line, number in zip(batch.ends.tolist(), batch.lines.tolist(), batch.numbers.tolist(), strict=True):
        yield decoder(bytes(batch.raw[begin:end]), Origin(file, line, number))
        begin = end


def _own_id(wanted: str, taken: dict[str, int]) -> str:
    """Return a wanted id with a number from 2, the first that is free."""
    number = taken[wanted]
    while f"{wanted}-{number}" in taken:
        number += 1
    taken[wanted] = number + 1
    return f"{wanted}-{number}"
