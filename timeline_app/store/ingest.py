"""Take the batches of a reader into columns in order of time and records in order of the file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np

from timeline_app.core.arrays import Int32Array, NDArray
from timeline_app.core.batches import Decoder, RecordBatch
from timeline_app.core.dataset import Level, Problem
from timeline_app.core.errors import Cancelled, ReadError, StoreError
from timeline_app.core.event import Event, Origin
from timeline_app.core.roles import RoleSet
from timeline_app.store.further_rows import NO_FURTHER_ROWS, FurtherRows, further_rows, put_further_rows
from timeline_app.store.gathering import Gathered, GatheredCodes, GatheredKnown, GatheredNames, GatheredTimes
from timeline_app.store.ids import Renamed, id_keys, put_ids
from timeline_app.store.ordering import ranks_of, time_order
from timeline_app.store.parts import PLACE_TYPE, PLACES, RECORDS, ROLE_CODES
from timeline_app.store.sinks import Sink, bytes_of

MOST_PROBLEMS = 10_000
_MOST_RECORDS = np.iinfo(np.int32).max
_MOST_LINES = np.iinfo(np.uint32).max
_ROWS_A_PIECE = 1 << 19
# What rows of one event have in common besides its id.
_COLUMNS_OF_ONE_EVENT = ("starts", "shape_codes", "types", "places")


@dataclass(frozen=True, slots=True)
class Ingested:
    """How many records were taken in, how many the reader rejected, what was wrong, and the names of each column.

    `more_rows` of them tell more of the event of an earlier one. `role_sets` are what the codes of roles stand for.
    """

    loaded: int
    rejected: int
    problems: tuple[Problem, ...]
    names: Mapping[str, tuple[str, ...]]
    more_rows: int = 0
    role_sets: tuple[RoleSet, ...] = ()


def ingest(
    batches: Iterable[RecordBatch],
    sink: Sink,
    decode: Decoder,
    report: Callable[[int, int], bool],
    *,
    file: str = "",
    joins_rows: bool = False,
) -> Ingested:
    """Put all that the table of a file needs into a sink, contents apart; `file` names it in problems.

    Where it `joins_rows`, those with one id, date, type and place are rows of one event (core.same_event.row_key).

    `report` is told the records and the bytes that are done, and returns whether to go on. Raises Cancelled when not,
    StoreError when the sink has no room, and what the batches raise.
    """
    ingestion = _Ingestion(sink, decode, file, joins_rows=joins_rows)
    for batch in batches:
        ingestion.add(batch)
        if not report(ingestion.loaded, batch.bytes_read):
            raise Cancelled("opening was stopped")
    return ingestion.finish()


class _Ingestion:
    """The state of one file that is taken in."""

    def __init__(self, sink: Sink, decode: Decoder, file: str, *, joins_rows: bool) -> None:
        self.loaded = 0
        self._joins_rows = joins_rows
        self._of_rows: dict[str, NDArray[Any]] = {}
        self._rejected = 0
        self._sink = sink
        self._decode = decode
        self._file = file
        self._problems = _ProblemList()
        self._times = GatheredTimes()
        self._values = {name: Gathered(np.uint8) for name in ("precision", "flags", "importance")}
        self._codes = {name: GatheredCodes() for name in ("types", "places")}
        self._lists = {name: GatheredNames() for name in ("actors", "sources", "tags")}
        self._known = GatheredKnown()
        self._disputed = Gathered(np.int64)
        self._hashes = Gathered(np.uint64)
        self._origins = _Origins()
        for name in (RECORDS, PLACES):
            sink.append(name, b"")

    def add(self, batch: RecordBatch) -> None:
        """Take in a batch, its records as they are; raises StoreError for more than can be kept, or without room."""
        if self.loaded + len(batch) > _MOST_RECORDS:
            raise StoreError(f"there are more than {_MOST_RECORDS:,} records, which is more than can be kept")
        self._sink.append(RECORDS, batch.raw)
        self._origins.add(batch)
        self._times.add(batch.bounds_s)
        for name, values in self._values.items():
            values.add(getattr(batch, name))
        for name, codes in self._codes.items():
            codes.add(getattr(batch, name))
        for name, lists in self._lists.items():
            lists.add(getattr(batch, name))
        self._known.add(batch.known, len(batch))
        self._disputed.add(batch.disputed + np.int64(self.loaded))
        self._hashes.add(batch.id_hashes)
        self._problems.add(batch.problems)
        self.loaded += len(batch)
        self._rejected += batch.rejected

    def finish(self) -> Ingested:
        """Bring all columns into the order of time and keep them; raises as `add` does, and ReadError for a record."""
        order = self._put_times()
        row_of_record = ranks_of(order)
        self._origins.gather()
        hashes = self._hashes.taken()
        # NumPy sorts and gathers without the interpreter's lock. More threads would need more memory, not less time.
        with ThreadPoolExecutor(1) as helper:
            keys = helper.submit(id_keys, hashes, order)
            postings = [helper.submit(lists.taken_postings, row_of_record) for lists in self._lists.values()]
            for begin in range(0, len(order), _ROWS_A_PIECE):
                places = self._origins.places(order[begin : begin + _ROWS_A_PIECE])
                self._sink.append(PLACES, bytes_of(places))
            for name, column in (self._values | self._codes).items():
                self._put(name, column.taken()[order])
            further = self._further_rows(hashes[order]) if self._joins_rows else NO_FURTHER_ROWS
            self._put_known(order)
            self._sink.put("disputed", np.sort(row_of_record[self._disputed.taken()]))
            self._put_ids(hashes, order, keys.result(), further)
            for name, made in zip(self._lists, postings, strict=True):
                offsets, rows, roles = made.result()
                self._sink.put(f"{name}.offsets", offsets)
                self._sink.put(f"{name}.rows", rows)
                if roles is not None:
                    self._sink.put(ROLE_CODES, roles)
        names = {name: codes.names.whole() for name, codes in self._codes.items()}
        names |= {name: lists.names.whole() for name, lists in self._lists.items()}
        role_sets = self._lists["actors"].role_sets
        return Ingested(
            self.loaded,
            self._rejected,
            self._problems.whole(self._file),
            names,
            len(further),
            () if role_sets.are_empty else role_sets.whole(),
        )

    def _put(self, name: str, column: NDArray[Any]) -> None:
        """Keep a column, here too where rows are told apart by it."""
        self._sink.put(name, column)
        if self._joins_rows and name in _COLUMNS_OF_ONE_EVENT:
            self._of_rows[name] = column

    def _further_rows(self, hashes: NDArray[np.uint64]) -> FurtherRows:
        found = further_rows(hashes, [self._of_rows[name] for name in _COLUMNS_OF_ONE_EVENT])
        self._of_rows.clear()
        put_further_rows(found, self._sink)
        return found

    def _put_times(self) -> Int32Array:
        """Keep the dates, and return the record of each row."""
        start_s, shape_codes, shapes = self._times.taken()
        order = time_order(start_s, shape_codes, len(shapes))
        self._put("starts", start_s[order])
        self._put("shape_codes", shape_codes[order])
        self._sink.put("shapes", shapes.reshape(-1))
        return order

    def _put_known(self, order: Int32Array) -> None:
        """Keep since when events were known; of none, no days at all."""
        known = self._known.taken()
        days = known.days if known is not None else np.empty((0, 3), np.int32)
        self._sink.put("known_days", days.reshape(-1))
        if known is not None:
            self._sink.put("known", known.codes[order])

    def _put_ids(
        self, hashes: NDArray[np.uint64], order: Int32Array, keys: NDArray[np.uint64], further: FurtherRows
    ) -> None:
        try:
            renamed = put_ids(hashes, order, keys, lambda record: self._event(record).id, self._sink, further)
        except ReadError as error:
            raise ReadError(str(error), self._file) from error
        for one in renamed[:MOST_PROBLEMS]:
            self._problems.add((self._renaming(one),))
        self._problems.leave_out(len(renamed[MOST_PROBLEMS:]), Level.WARNING)

    def _renaming(self, one: Renamed) -> Problem:
        message = f"id: “{one.written}” is the id of an earlier event; here it is called “{one.event_id}”"
        _, _, line, number = self._origins.of(one.record)
        return Problem(message, self._file, line=line, record=number, level=Level.WARNING)

    def _event(self, record: int) -> Event:
        begin, length, line, number = self._origins.of(record)
        return self._decode(self._sink.piece(RECORDS, length, begin), Origin(self._file, line, number))


class _Origins:
    """Where the records stand, in the order of the file."""

    def __init__(self) -> None:
        self._lengths = Gathered(np.uint32)
        self._lines = Gathered(np.uint32)
        self._numbers = Gathered(np.uint32)
        self._columns: dict[str, NDArray[Any]] = {}

    def add(self, batch: RecordBatch) -> None:
        """Go on with a batch, whose records follow those before."""
        self._lengths.add(np.diff(batch.ends, prepend=0).astype(np.uint32))
        self._lines.add(np.where(batch.lines > _MOST_LINES, 0, batch.lines).astype(np.uint32))
        self._numbers.add(batch.numbers.astype(np.uint32))

    def gather(self) -> None:
        """Put together what was added, once, before anything is asked for."""
        lengths = self._lengths.taken()
        begins = np.cumsum(lengths, dtype=np.int64)
        begins -= lengths
        self._columns = {
            "begin": begins,
            "length": lengths,
            "line": self._lines.taken(),
            "number": self._numbers.taken(),
        }

    def places(self, records: Int32Array) -> NDArray[np.void]:
        """Return the places of some records as store.parts has them."""
        places = np.empty(len(records), PLACE_TYPE)
        for name, column in self._columns.items():
            places[name] = column.take(records)
        return places

    def of(self, record: int) -> tuple[int, int, int, int]:
        """Return where a record begins, its length, line and number."""
        begin, length, line, number = (int(column[record]) for column in self._columns.values())
        return begin, length, line, number


class _ProblemList:
    """The first problems of a file, and how many more there are: nobody reads a million, and they must be held."""

    def __init__(self) -> None:
        self._listed: list[Problem] = []
        self._left_out: dict[Level, int] = {}

    def add(self, problems: tuple[Problem, ...]) -> None:
        """List problems as long as there is room, and count the others."""
        room = MOST_PROBLEMS - len(self._listed)
        self._listed += problems[:room]
        for problem in problems[room:] if room < len(problems) else ():
            self.leave_out(1, problem.level)

    def leave_out(self, count: int, level: Level) -> None:
        """Count problems of a level that are not listed."""
        if count:
            self._left_out[level] = self._left_out.get(level, 0) + count

    def whole(self, file: str) -> tuple[Problem, ...]:
        """Return what is listed, and of each level how many more there are of the file."""
        rest = [
            Problem(f"{count:,} more {level}{'' if count == 1 else 's'} of this file not listed", file, level=level)
            for level, count in self._left_out.items()
        ]
        return (*self._listed, *rest)
