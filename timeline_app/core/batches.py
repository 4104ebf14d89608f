"""Events as columns in the order of their file, a batch at a time: what a reader of large files gives."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol, runtime_checkable

import numpy as np

from timeline_app.core.arrays import Int32Array, Int64Array, IntegerArray, NDArray, UInt8Array
from timeline_app.core.dataset import Problem
from timeline_app.core.disputes import NOTHING_DISPUTED
from timeline_app.core.event import Event, Origin
from timeline_app.core.known_dates import KnownDates
from timeline_app.core.roles import Roles


@dataclass(frozen=True, slots=True, eq=False)
class NameColumn:
    """The names of each record: those of record i are names[code] for the codes[offsets[i]:offsets[i + 1]].

    A name that a record gives twice stands there once. `offsets` has one entry more than there are records. `roles` has
    those of actors beside `codes`, None where no record tells of any.
    """

    names: tuple[str, ...]
    codes: IntegerArray
    offsets: Int64Array
    roles: Roles | None = None


@dataclass(frozen=True, slots=True, eq=False)
class CodeColumn:
    """At most one name a record: names[code], or none where the code is core.table.NO_CODE. Shape (records,)."""

    names: tuple[str, ...]
    codes: IntegerArray


@dataclass(frozen=True, slots=True, eq=False)
class RecordBatch:
    """Some of a file's records, those that could be read, in the order of the file; every column of shape (records,).

    `bounds_s` has the four bounds of each date in seconds, shape (records, 4); `precision` and `flags` are Precision
    and WhenFlag of core.when. `raw` holds the records as the file has them, or as text of the same content, end to
    end; record i ends before byte `ends[i]`. `lines` and `numbers` say where each stands in its file, both from 1, line
    0 is unknown. `id_hashes` are those of the events' ids, see core.text_column. `rejected` counts the records of the
    batch that could not be read, each of which has an error among the problems; `bytes_read` is the place in the file
    after. `known` tells since when each event was known, None where nothing says of any. `disputed` are the places here
    of the records about which claims compete, sorted.
    """

    bounds_s: Int64Array
    precision: UInt8Array
    flags: UInt8Array
    importance: UInt8Array
    types: CodeColumn
    places: CodeColumn
    actors: NameColumn
    sources: NameColumn
    tags: NameColumn
    raw: bytes | memoryview
    ends: Int64Array
    lines: Int64Array
    numbers: Int64Array
    id_hashes: NDArray[np.uint64]
    problems: tuple[Problem, ...] = ()
    rejected: int = 0
    bytes_read: int = 0
    known: KnownDates | None = None
    disputed: Int32Array = field(default_factory=lambda: NOTHING_DISPUTED)

    def __len__(self) -> int:
        return len(self.ends)


@dataclass(frozen=True, slots=True, eq=False)
class RestBatch:
    """What the records of a stretch of a file hold besides what their batches had in `raw`, for all records it has.

    The rest of record i ends before byte `ends[i]` of `raw`; put behind the record, it makes it whole for its decoder.
    """

    raw: bytes | memoryview
    ends: Int64Array


class Decoder(Protocol):
    """Makes events of the records of one file, as their batches have them in `raw`; may be called on any thread."""

    def __call__(self, raw: bytes, origin: Origin, /) -> Event:
        """Return the whole event of a record, which stands at this place of the file."""

    def title(self, raw: bytes, /) -> str:
        """Return the title of a record's event, sooner than the whole of it."""


@runtime_checkable
class LiteralDecoder(Protocol):
    """A decoder that tells whether each run of letters and digits of an event's texts stands so in its record.

    A record is then in UTF-8; whatever it says in escapes has a backslash.
    """

    @property
    def is_literal(self) -> bool:
        """Whether it does."""
