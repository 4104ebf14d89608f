"""What a reader of large files gives, taken apart so that its columns can be compared with its events."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from timeline_app.core.batches import CodeColumn, NameColumn, RecordBatch
from timeline_app.core.event import Event, Origin, source_names
from timeline_app.core.roles import RoleSet, roles_by_name
from timeline_app.core.text_column import text_hash
from timeline_app.core.when import flags_of
from timeline_app.readers import choose
from timeline_app.readers.reader import Reader

SHARED = Path(__file__).parents[3] / "shared" / "data"


class Told(NamedTuple):
    """All that the columns of a batch say of one record."""

    bounds_s: tuple[int, ...]
    precision: int
    flags: int
    importance: int
    type: str
    place: str
    actors: tuple[tuple[str, RoleSet], ...]
    sources: tuple[str, ...]
    tags: tuple[str, ...]
    id_hash: int


def told_by_event(event: Event) -> Told:
    """Say what the columns should say of an event."""
    when, roles = event.when, roles_by_name(event.actors)
    return Told(
        (when.start_earliest_s, when.start_latest_s, when.end_earliest_s, when.end_latest_s),
        int(when.precision),
        int(flags_of(when)),
        event.importance,
        event.type,
        event.place,
        tuple((name, roles.get(name, ())) for name in dict.fromkeys(actor.name for actor in event.actors)),
        source_names(event),
        tuple(dict.fromkeys(event.tags)),
        text_hash(event.id),
    )


def told_by_columns(batch: RecordBatch) -> Iterator[Told]:
    """Give what the columns of a batch say of each record."""
    for row in range(len(batch)):
        yield Told(
            tuple(batch.bounds_s[row].tolist()),
            int(batch.precision[row]),
            int(batch.flags[row]),
            int(batch.importance[row]),
            _name(batch.types, row),
            _name(batch.places, row),
            tuple(zip(_names(batch.actors, row), _roles(batch.actors, row), strict=True)),
            _names(batch.sources, row),
            _names(batch.tags, row),
            int(batch.id_hashes[row]),
        )


def _name(column: CodeColumn, row: int) -> str:
    code = int(column.codes[row])
    return column.names[code] if code >= 0 else ""


def _names(column: NameColumn, row: int) -> tuple[str, ...]:
    return tuple(column.names[code] for code in column.codes[column.offsets[row] : column.offsets[row + 1]].tolist())


def _roles(column: NameColumn, row: int) -> tuple[RoleSet, ...]:
    stretch = slice(int(column.offsets[row]), int(column.offsets[row + 1]))
    if column.roles is None:
        return ((),) * (stretch.stop - stretch.start)
    return tuple(column.roles.sets[code] for code in column.roles.codes[stretch].tolist())


class Streamed(NamedTuple):
    """A file read in batches, and the events that its records are."""

    batches: list[RecordBatch]
    events: list[Event]
    raw: list[bytes]

    @property
    def rejected(self) -> int:
        """How many records could not be read."""
        return sum(batch.rejected for batch in self.batches)

    @property
    def problems(self) -> list[str]:
        """Every problem as a line."""
        return [
            f"{one.line} {one.record} {one.level}: {one.message}" for batch in self.batches for one in batch.problems
        ]


def streamed(path: Path, *, reader: str | None = None, mapping: Mapping[str, str] | None = None) -> Streamed:
    """Read a file in batches with the reader that recognises it, and check that columns and events say the same."""
    chosen = choose(path, reader=reader, mapping=mapping)
    found = streamed_with(chosen, path, mapping or {})
    columns = [told for batch in found.batches for told in told_by_columns(batch)]
    assert columns == [told_by_event(event) for event in found.events]
    return found


def streamed_with(chosen: Reader, path: Path, mapping: Mapping[str, str]) -> Streamed:
    """Read a file in batches."""
    assert chosen.streaming is not None
    stream = chosen.streaming.open(path, str(path), mapping)
    decoder = chosen.streaming.decoder(stream.layout)
    found = Streamed(list(stream.batches()), [], [])
    for batch in found.batches:
        begin = 0
        for end, line, number in zip(batch.ends.tolist(), batch.lines.tolist(), batch.numbers.tolist(), strict=True):
            found.raw.append(bytes(batch.raw[begin:end]))
            found.events.append(decoder(found.raw[-1], Origin(path.name, line, number)))
            assert decoder.title(found.raw[-1]) == found.events[-1].title
            begin = end
        assert begin == len(batch.raw)
        assert not batch.bounds_s.flags.writeable
    if found.batches:
        assert found.batches[-1].bytes_read <= stream.total_bytes
    return found
