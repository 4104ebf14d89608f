"""Find events by id among millions, and tell those apart that have the same one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from timeline_app.core.arrays import Int32Array, Int64Array, IntegerArray, NDArray, sorted_unique
from timeline_app.core.errors import ReadError
from timeline_app.core.records import PREFIX_BITS
from timeline_app.core.text_column import text_hash
from timeline_app.store.further_rows import NO_FURTHER_ROWS, FurtherRows
from timeline_app.store.kept import Kept
from timeline_app.store.sinks import Sink, bytes_of

# For each row the upper bits of its id's hash with the row below them, in ascending order: one integer a row to sort.
_KEYS = "ids.u64"
_KEY_BYTES = 8
# An id that so many share is no id but another column.
_MOST_RENAMED = 1_000_000
_RENAMED_ROWS = "renamed.rows"
_RENAMED_NUMBERS = "renamed.numbers"
_LONGEST_NUMBER = 9
# Odd numbers: the golden ratio in 64 bits, and the multiplier of the finaliser of MurmurHash3.
_STEP, _FINISH = 0x9E3779B97F4A7C15, 0xFF51AFD7ED558CCD


@dataclass(frozen=True, slots=True)
class Renamed:
    """An event whose id an earlier one has: it gets a number after it."""

    record: int
    number: int
    written: str

    @property
    def event_id(self) -> str:
        """The id by which the event goes."""
        return numbered_id(self.written, self.number)


def numbered_id(written: str, number: int) -> str:
    """Return the id of an event whose own is taken."""
    return f"{written}-{number}"


def numbered_hashes(hashes: NDArray[np.uint64], numbers: Int64Array) -> NDArray[np.uint64]:
    """Return the hashes by which ids with a number after them are found, from those of the ids; no text is needed."""
    mixed: NDArray[np.uint64] = (hashes ^ (numbers.astype(np.uint64) * np.uint64(_STEP))) * np.uint64(_FINISH)
    return mixed


def id_keys(hashes: NDArray[np.uint64], order: Int32Array) -> NDArray[np.uint64]:
    """Return the sorted keys by which rows are found, from the hashes of the records and the record of each row."""
    row_bits = np.uint64(_row_bits(len(hashes)))
    keys = hashes[order]
    keys >>= row_bits
    keys <<= row_bits
    keys |= np.arange(len(keys), dtype=np.uint64)
    keys.sort()
    return keys


def put_ids(
    hashes: NDArray[np.uint64],
    order: Int32Array,
    keys: NDArray[np.uint64],
    written_id: Callable[[int], str],
    sink: Sink,
    further: FurtherRows = NO_FURTHER_ROWS,
) -> list[Renamed]:
    """Keep which row each id has, and return the records that are called otherwise than they say, in their order.

    `hashes` are those of the records, `order` the record of each row, `keys` what `id_keys` makes of them; `written_id`
    reads the id of a record. Rows that are `further` ones get their numbers and are not told. Raises ReadError when so
    many ids come twice that they cannot be meant as ids.
    """
    if len(further):
        records = order[further.rows]
        hashes[records] = numbered_hashes(hashes[records], further.numbers)
        keys = id_keys(hashes, order)
    by_row = hashes[order]
    renamed = _tell_apart(by_row, keys, order, written_id)
    if renamed:
        hashes[[one.record for one in renamed]] = [text_hash(one.event_id) for one in renamed]
        keys = id_keys(hashes, order)
    sink.append(_KEYS, bytes_of(keys))
    numbers = {one.record: one.number for one in renamed}
    rows = np.flatnonzero(np.isin(order, list(numbers))) if numbers else np.zeros(0, np.int64)
    all_rows = np.concatenate((rows, further.rows))
    all_numbers = np.concatenate(([numbers[record] for record in order[rows].tolist()], further.numbers))
    ascending = np.argsort(all_rows)
    sink.put(_RENAMED_ROWS, all_rows[ascending].astype(np.int32))
    sink.put(_RENAMED_NUMBERS, all_numbers[ascending].astype(np.int32))
    return renamed


class RenamedRows:
    """The rows whose ids have a number after them."""

    def __init__(self, kept: Kept) -> None:
        self._rows: IntegerArray = kept.column(_RENAMED_ROWS)
        self._numbers: IntegerArray = kept.column(_RENAMED_NUMBERS)

    def number_of(self, row: int) -> int:
        """Return the number after the id of a row, 0 for none."""
        place = int(np.searchsorted(self._rows, row))
        return int(self._numbers[place]) if place < len(self._rows) and self._rows[place] == row else 0

    def by_row(self) -> dict[int, int]:
        """Return the number after the id of each row that has one."""
        return dict(zip(self._rows.tolist(), self._numbers.tolist(), strict=True))


class IdIndex:
    """The rows of ids by their hash, in a file that is searched by halves."""

    def __init__(self, kept: Kept) -> None:
        self._keys = kept.pieces(_KEYS)
        self._count = len(self._keys) // _KEY_BYTES
        self._row_bits = _row_bits(self._count)

    def rows_of(self, event_id: str) -> list[int]:
        """Return the few rows that may have this id; raises StoreError when the file is gone or damaged."""
        return [row for wanted in _hashes_of(event_id) for row in self._rows_at(wanted >> self._row_bits)]

    def _rows_at(self, wanted: int) -> list[int]:
        place, beyond = 0, self._count
        while place < beyond:
            middle = (place + beyond) // 2
            if self._key_at(middle) >> self._row_bits < wanted:
                place = middle + 1
            else:
                beyond = middle
        rows: list[int] = []
        while place < self._count and (key := self._key_at(place)) >> self._row_bits == wanted:
            rows.append(key & ((1 << self._row_bits) - 1))
            place += 1
        return rows

    def prefixes(self) -> NDArray[np.uint64]:
        """Return the upper 32 bits of the hash of every row's id, shape (rows,); raises StoreError likewise."""
        keys = np.frombuffer(self._keys.read(self._count * _KEY_BYTES, 0), np.uint64)
        prefixes = np.empty(self._count, np.uint64)
        prefixes[keys & np.uint64((1 << self._row_bits) - 1)] = keys >> np.uint64(PREFIX_BITS)
        return prefixes

    def rows_by_hash(self, hashes: NDArray[np.uint64]) -> Int64Array:
        """Return the row of each id by the hash of it, -1 for none; raises StoreError likewise.

        It compares all bits that are kept, some 40 of ten million rows, and 53 of two thousand.
        """
        keys = np.frombuffer(self._keys.read(self._count * _KEY_BYTES, 0), np.uint64)
        if not self._count:
            return np.full(len(hashes), -1, np.int64)
        bits = np.uint64(self._row_bits)
        places = np.minimum(np.searchsorted(keys >> bits, hashes >> bits), self._count - 1)
        rows = keys[places] & ((np.uint64(1) << bits) - np.uint64(1))
        return np.where(keys[places] >> bits == hashes >> bits, rows.astype(np.int64), -1)

    def _key_at(self, place: int) -> int:
        return int(np.frombuffer(self._keys.read(_KEY_BYTES, place * _KEY_BYTES), np.uint64)[0])


def _hashes_of(event_id: str) -> Iterator[int]:
    """Give the hashes by which an id may be found: its own, and where it ends in a number that of a further row."""
    yield text_hash(event_id)
    name, _, number = event_id.rpartition("-")
    if name and number.isascii() and number.isdigit() and len(number) <= _LONGEST_NUMBER:
        hashes = numbered_hashes(np.array([text_hash(name)], np.uint64), np.array([int(number)]))
        yield int(hashes[0])


def _row_bits(count: int) -> int:
    return max(count - 1, 0).bit_length()


def _tell_apart(
    hashes: NDArray[np.uint64], keys: NDArray[np.uint64], order: Int32Array, written_id: Callable[[int], str]
) -> list[Renamed]:
    """Return new names for the records whose id an earlier record has.

    Two ids with the same hash would be taken for the same one: of ten million that happens to one file in 370,000, and
    then one event gets a number that it would not need.
    """
    taken: set[int] = set()

    def is_free(event_id: str) -> bool:
        wanted = text_hash(event_id)
        return wanted not in taken and not _has_hash(hashes, keys, wanted)

    renamed: list[Renamed] = []
    for records in _same_hash(hashes, keys, order):
        written = written_id(records[0])
        number = 1
        for record in records[1:]:
            number += 1
            while not is_free(numbered_id(written, number)):
                number += 1
            renamed.append(Renamed(record, number, written))
            taken.add(text_hash(renamed[-1].event_id))
    return sorted(renamed, key=lambda one: one.record)


def _same_hash(hashes: NDArray[np.uint64], keys: NDArray[np.uint64], order: Int32Array) -> list[list[int]]:
    """Return the records of each hash that comes more than once, in the order of the file."""
    row_bits = np.uint64(_row_bits(len(keys)))
    upper = keys >> row_bits
    alike = np.flatnonzero(upper[1:] == upper[:-1])
    if len(alike) > _MOST_RENAMED:
        raise ReadError(f"{len(alike):,} records have the id of an earlier one; expected ids of their own")
    places, _ = sorted_unique(np.sort(np.concatenate((alike, alike + 1))))
    rows = (keys[places] & ((np.uint64(1) << row_bits) - np.uint64(1))).astype(np.int64)
    groups: dict[int, list[int]] = {}
    for record, value in sorted(zip(order[rows].tolist(), hashes[rows].tolist(), strict=True)):
        groups.setdefault(value, []).append(record)
    return [records for records in groups.values() if len(records) > 1]


def _has_hash(hashes: NDArray[np.uint64], keys: NDArray[np.uint64], wanted: int) -> bool:
    row_bits = _row_bits(len(keys))
    place = int(np.searchsorted(keys, np.uint64(wanted >> row_bits << row_bits)))
    while place < len(keys) and int(keys[place]) >> row_bits == wanted >> row_bits:
        if int(hashes[int(keys[place]) & ((1 << row_bits) - 1)]) == wanted:
            return True
        place += 1
    return False
