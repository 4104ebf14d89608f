"""The batch of records of which each is an event already."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from timeline_app.core.arrays import Int64Array, UInt8Array, read_only
from timeline_app.core.batches import RecordBatch
from timeline_app.core.dataset import Problem
from timeline_app.core.disputes import disputed_rows
from timeline_app.core.event import NO_SOURCES, Event, source_names
from timeline_app.core.known import Known, known_of, source_in
from timeline_app.core.text_column import TextColumn
from timeline_app.core.when import When, flags_of
from timeline_app.readers.coded import Coded
from timeline_app.readers.columns import ActorCells, ActorNames, code_column, known_column, name_column

_SOURCE_OF = source_in(NO_SOURCES)


@dataclass(frozen=True, slots=True)
class RecordedEvent:
    """An event with its record as its decoder takes it."""

    event: Event
    raw: bytes


def event_batch(
    recorded: Sequence[RecordedEvent], problems: Sequence[Problem], rejected: int, bytes_read: int
) -> RecordBatch:
    """Return the batch of events in the order of their file, each at the line and the number of its origin."""
    events = [one.event for one in recorded]
    whens = Coded.of([event.when for event in events])
    actors = ActorCells(Coded.of([event.actors for event in events]), ActorNames.of)
    known: Coded[Known | None] = Coded.of([known_of(event, _SOURCE_OF) for event in events])
    sources = Coded.of([source_names(event) for event in events])
    return RecordBatch(
        bounds_s=read_only(_bounds(whens)),
        precision=read_only(_bytes([when.precision for when in whens.values])[whens.codes]),
        flags=read_only(_bytes([flags_of(when) for when in whens.values])[whens.codes]),
        importance=read_only(_bytes([event.importance for event in events])),
        types=code_column(Coded.of([event.type for event in events])),
        places=code_column(Coded.of([event.place for event in events])),
        actors=actors.column(None),
        sources=name_column(sources, tuple),
        tags=name_column(Coded.of([event.tags for event in events]), tuple),
        raw=b"".join(one.raw for one in recorded),
        ends=read_only(np.cumsum(np.fromiter((len(one.raw) for one in recorded), np.int64, len(recorded)))),
        lines=read_only(np.fromiter((event.origin.line for event in events), np.int64, len(events))),
        numbers=read_only(np.fromiter((event.origin.record for event in events), np.int64, len(events))),
        id_hashes=TextColumn.of(event.id for event in events).hashes(),
        problems=tuple(problems),
        rejected=rejected,
        bytes_read=bytes_read,
        known=known_column(known),
        disputed=disputed_rows(events),
    )


def _bounds(whens: Coded[When]) -> Int64Array:
    """Return the four bounds of each date, shape (records, 4)."""
    bounds_s = [
        (one.start_earliest_s, one.start_latest_s, one.end_earliest_s, one.end_latest_s) for one in whens.values
    ]
    return np.array(bounds_s, np.int64).reshape(len(whens.values), 4)[whens.codes]


def _bytes(values: Sequence[int]) -> UInt8Array:
    return np.array(values, np.uint8)
