"""A text table as a stream of batches, and any stream as a whole dataset in memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from operator import itemgetter

from timeline_app.core.batches import Decoder, RecordBatch
from timeline_app.core.dataset import Dataset, FileReport, Level, Problem
from timeline_app.core.event import Event, Origin
from timeline_app.readers.collector import garbage_collection_paused
from timeline_app.readers.columns import EventFields, RecordPlaces, record_batch
from timeline_app.readers.delimited import RowBatch, TableShape, row_batches
from timeline_app.readers.line_file import LineFile
from timeline_app.readers.reader import RecordStream
from timeline_app.readers.source_file import SourceFile
from timeline_app.readers.tree import shortened


class CellColumns:
    """The cells of some rows by column; only the columns that are asked for are made."""

    def __init__(self, names: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        self._numbers = {name: number for number, name in enumerate(names)}
        self._rows = rows

    def __call__(self, name: str) -> Sequence[str]:
        """Return the cells of a column, empty ones where there is no such column."""
        number = self._numbers.get(name)
        return [""] * len(self._rows) if number is None else list(map(itemgetter(number), self._rows))


@dataclass(frozen=True)
class DelimitedStream:
    """A text table that is read in batches; `fields_of` takes its columns and the numbers of the records."""

    file: LineFile
    shape: TableShape
    title: str
    layout: Mapping[str, object]
    fields_of: Callable[[CellColumns, Sequence[int]], EventFields]

    @property
    def total_bytes(self) -> int:
        """How large the file is."""
        return self.file.total_bytes

    def batches(self) -> Iterator[RecordBatch]:
        """Read the file from its beginning, once."""
        rows = row_batches(self.file, self.shape)
        while True:
            with garbage_collection_paused():
                found = next(rows, None)
                batch = None if found is None else self._batch(found)
                del found
            if batch is None:
                return
            yield batch

    def _batch(self, found: RowBatch) -> RecordBatch:
        cells = CellColumns(self.shape.columns, found.rows)
        fields = self.fields_of(cells, found.numbers.tolist())
        places = RecordPlaces(self.file.name, found.content, found.begins, found.ends, found.lines, found.numbers)
        return record_batch(fields, places, found.problems, found.rejected, found.bytes_read)


def whole_dataset(
    stream: RecordStream, decoder: Decoder, source: SourceFile, reader: str, *, most_problems: int = 100_000
) -> Dataset:
    """Read every record of a stream; an id that stands there twice is told and given a number."""
    events: list[Event] = []
    problems: list[Problem] = []
    rejected = 0
    taken: dict[str, int] = {}
    for batch in stream.batches():
        rejected += batch.rejected
        problems += batch.problems[: max(most_problems - len(problems), 0)]
        with garbage_collection_paused():
            for event in _decoded(batch, decoder, source.path.name):
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
    return Dataset(
        title=stream.title,
        events=tuple(events),
        report=FileReport(source.name, reader, len(events) + rejected, len(events), rejected, source.sha256),
        summary=str(stream.layout.get("summary", "")),
        problems=tuple(sorted(problems, key=lambda problem: problem.line)),
    )


def _decoded(batch: RecordBatch, decoder: Decoder, file: str) -> Iterator[Event]:
    begin = 0
    for end, line, number in zip(batch.ends.tolist(), batch.lines.tolist(), batch.numbers.tolist(), strict=True):
        yield decoder(batch.raw[begin:end], Origin(file, line, number))
        begin = end


def _own_id(wanted: str, taken: dict[str, int]) -> str:
    """Return a wanted id with a number from 2, the first that is free."""
    number = taken[wanted]
    while f"{wanted}-{number}" in taken:
        number += 1
    taken[wanted] = number + 1
    return f"{wanted}-{number}"
