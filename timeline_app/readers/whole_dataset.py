"""Any stream of records as a whole dataset in memory."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from timeline_app.core.batches import Decoder, RecordBatch
from timeline_app.core.dataset import Dataset, FileReport, Level, Problem
from timeline_app.core.event import NOTHING, Event, Origin
from timeline_app.readers.collector import garbage_collection_paused
from timeline_app.readers.further_rows import FurtherRows, joins_rows
from timeline_app.readers.reader import RecordStream
from timeline_app.readers.source_file import SourceFile
from timeline_app.readers.tree import shortened

_MOST_PROBLEMS = 100_000


def mapping_used(layout: Mapping[str, object]) -> Mapping[str, str]:
    """Return which column each field is taken from by a layout, nothing for a format of fixed names."""
    mapping = layout.get("mapping")
    return {str(key): str(value) for key, value in mapping.items()} if isinstance(mapping, Mapping) else {}


def whole_dataset(stream: RecordStream, decoder: Decoder, source: SourceFile, reader: str) -> Dataset:
    """Read every record of a stream; an id that stands there twice is told and given a number.

    Where several records may be rows of one event, further rows get theirs at the end, and are told apart. Raises
    ReadError as the batches of the stream do.
    """
    gathered = _Gathered(source, FurtherRows() if joins_rows(stream.layout) else None)
    problems: list[Problem] = []
    rejected = 0
    for batch in stream.batches():
        rejected += batch.rejected
        problems += batch.problems[: max(_MOST_PROBLEMS - len(problems) - len(gathered.problems), 0)]
        with garbage_collection_paused():
            for event in _decoded(batch, decoder, source.path.name):
                gathered.add(event)
    more_of = gathered.more_of()
    loaded = len(gathered.events)
    extra = stream.layout.get("extra")
    return Dataset(
        title=stream.title,
        events=tuple(gathered.events),
        report=FileReport(
            source.name,
            reader,
            loaded + rejected,
            loaded,
            rejected,
            source.sha256,
            mapping_used(stream.layout),
            more_rows=len(more_of),
        ),
        summary=str(stream.layout.get("summary", "")),
        extra=extra if isinstance(extra, Mapping) else NOTHING,
        problems=tuple(sorted((*problems, *gathered.problems), key=lambda problem: problem.line)),
        more_of=more_of,
    )


class _Gathered:
    """The events of a file as they come, each with an id of its own, and what is told of ids that come again."""

    def __init__(self, source: SourceFile, further: FurtherRows | None) -> None:
        self.events: list[Event] = []
        self.problems: list[Problem] = []
        self._source = source
        self._further = further
        # The number that the next event of an id gets.
        self._numbers: dict[str, int] = {}

    def add(self, event: Event) -> None:
        """Take the next event; a further row of an earlier one gets its id in the end."""
        if self._further is None or not self._further.is_further(event, len(self.events)):
            if event.id in self._numbers:
                event = self._renamed(event)
            self._numbers.setdefault(event.id, 2)
        self.events.append(event)

    def more_of(self) -> Mapping[int, int]:
        """Give further rows their ids, and return of which earlier event each is one, by their places."""
        places = self._further.more_of if self._further is not None else {}
        for place in places:
            event = self.events[place]
            self.events[place] = replace(event, id=self._own_id(event.id))
        return places

    def _renamed(self, event: Event) -> Event:
        own = self._own_id(event.id)
        words = f'id: "{shortened(event.id)}" is the id of an earlier event; expected an id of its own'
        line, record = event.origin.line, event.origin.record
        self.problems.append(
            Problem(f'{words}; loaded as "{shortened(own)}"', self._source.name, line, 0, record, Level.ERROR)
        )
        return replace(event, id=own)

    def _own_id(self, wanted: str) -> str:
        """Return a wanted id with a number from 2, the first that is free."""
        number = self._numbers[wanted]
        while f"{wanted}-{number}" in self._numbers:
            number += 1
        self._numbers[wanted] = number + 1
        return f"{wanted}-{number}"


def _decoded(batch: RecordBatch, decoder: Decoder, file: str) -> Iterator[Event]:
    begin = 0
    for end, line, number in zip(batch.ends.tolist(), batch.lines.tolist(), batch.numbers.tolist(), strict=True):
        yield decoder(bytes(batch.raw[begin:end]), Origin(file, line, number))
        begin = end
