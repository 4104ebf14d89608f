"""Find the rows of several tables that tell of the same events, reading only those that may by their columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import PurePath

import numpy as np

from timeline_app.core.arrays import Int64Array, NDArray, read_only, sorted_unique
from timeline_app.core.content_hashes import content_hashes, name_hashes
from timeline_app.core.same_event import Told, is_same_event
from timeline_app.core.table import EventTable

# Of two tables, so many pairs are compared, for which both records are read: of those with one id whose dates overlap
# and that seem to have a source in common, of those with the same columns, and of others with one id.
MOST_LIKELY, MOST_ALIKE, MOST_DOUBTFUL = 100_000, 20_000, 5_000
# So many are looked at in columns.
_MOST_PAIRS = 20_000_000
# So many are read to count the ids that two tables have for different things.
MOST_IDS_READ = 500
# An odd number, as those of core.content_hashes.
_SOURCE = 0x8EBC6AF09C88C6E3


@dataclass(frozen=True, slots=True)
class SharedIds:
    """How many events of a table have an id that an earlier table has for something else, and one of these ids.

    Of very many the number is an estimate, which `is_exact` tells.
    """

    table: int
    example: str
    count: int
    is_exact: bool = True


@dataclass(frozen=True, slots=True, eq=False)
class SameRows:
    """Which events are shown with which: those numbered `others` with those numbered `kept`, both of shape (joined,).

    Rows are numbered through all tables, end to end. No number is among both, and none twice among `others`.
    `uncompared` is how many pairs that may be the same were not looked at, `shared_ids` what has the id of another.
    """

    kept: Int64Array
    others: Int64Array
    uncompared: int = 0
    shared_ids: tuple[SharedIds, ...] = ()


class OtherNumbers:
    """By the number of an event, those of what else is told of it, in their order; of very many in little memory."""

    def __init__(self, same: SameRows | None = None) -> None:
        same = same or no_rows()
        order = np.lexsort((same.others, same.kept))
        self._kept, self._others = same.kept[order], same.others[order]

    def __bool__(self) -> bool:
        return len(self._kept) > 0

    def of(self, number: int) -> tuple[int, ...]:
        """Return the numbers, none for an event that nothing else tells of."""
        begin, end = np.searchsorted(self._kept, (number, number + 1)).tolist()
        return tuple(self._others[begin:end].tolist())


def no_rows() -> SameRows:
    """Return that no event is told of twice."""
    return SameRows(np.zeros(0, np.int64), np.zeros(0, np.int64))


def same_rows(tables: Sequence[EventTable]) -> SameRows:
    """Return the events of later tables that an earlier one tells of too, as core.same_event has it.

    Each is met at most once a table. Only pairs that have the same id or columns are read.
    """
    firsts = np.cumsum([0, *map(len, tables)]).tolist()
    told = [_Telling(table) for table in tables]
    kept_of: dict[int, int] = {}
    uncompared = 0
    shared: list[SharedIds] = []
    for later in range(1, len(tables)):
        met: set[int] = set()
        of_one_id: list[Int64Array] = []
        for earlier in range(later):
            pairs, unread, with_one_id = _likely_pairs(told[earlier], told[later])
            uncompared += unread
            of_one_id.append(with_one_id)
            for one, other in pairs:
                number, root = firsts[later] + other, kept_of.get(firsts[earlier] + one, firsts[earlier] + one)
                if number in kept_of or root in met:
                    continue
                if is_same_event(told[earlier].told(one), told[later].told(other)):
                    kept_of[number] = root
                    met.add(root)
        joined = [number - firsts[later] for number in kept_of if number >= firsts[later]]
        rows = sorted_unique(np.sort(np.concatenate(of_one_id)))[0]
        shared += _shared_ids(told, later, rows[~np.isin(rows, np.array(joined, np.int64))])
    others = np.array(sorted(kept_of), np.int64)
    kept = np.array([kept_of[number] for number in others.tolist()], np.int64)
    return SameRows(read_only(kept), read_only(others), uncompared, tuple(shared))


def _shared_ids(told: Sequence[_Telling], later: int, rows: Int64Array) -> Iterator[SharedIds]:
    """Tell of rows with the id of something else in an earlier table; ids that only count records are none.

    Some bits of the ids of `rows` are those of an earlier one's, which of millions happens by chance: so all are read,
    or of very many some that are spread evenly.
    """
    some = rows[:: max(1, -(-len(rows) // MOST_IDS_READ))]
    read = map(told[later].told, some.tolist())
    shared = [
        one.event.id
        for one in read
        if one.has_own_id and any(earlier.table.row_of(one.event.id) is not None for earlier in told[:later])
    ]
    if shared:
        count = round(len(rows) * len(shared) / len(some))
        yield SharedIds(later, shared[0], count, is_exact=len(some) == len(rows))


class _Telling:
    """A table whose events are compared with those of others."""

    def __init__(self, table: EventTable) -> None:
        self.table = table
        self.ids = table.records.id_prefixes()
        self.contents = content_hashes(table)
        self.sources = _source_bits(table)
        self._readers = {PurePath(file.path).name: file.reader for file in table.files}

    def told(self, row: int) -> Told:
        """Return the event of a row as its file tells it."""
        event = self.table.event(row)
        return Told.of(event, self._readers.get(event.origin.file, ""), self.table.source_by_key)


def _likely_pairs(first: _Telling, second: _Telling) -> tuple[Iterator[tuple[int, int]], int, Int64Array]:
    """Return the pairs of rows that may be the same, the likeliest first, and how many are left out of them.

    Last come the rows of the second table whose id seems to be one of the first's.
    """
    ones, others, left_out = _equal_pairs(first.ids, second.ids)
    overlapping = _overlap(first.table, second.table, ones, others)
    shared = (first.sources[ones] & second.sources[others]) != 0
    alike_ones, alike_others, not_alike = _equal_pairs(first.contents, second.contents)
    likely = overlapping & shared
    # With neither date nor source in common, no title makes two events of one id the same.
    doubtful = overlapping ^ shared
    groups = (
        (ones[likely], others[likely], MOST_LIKELY),
        (alike_ones, alike_others, MOST_ALIKE),
        (ones[doubtful], others[doubtful], MOST_DOUBTFUL),
    )
    left_out += not_alike + sum(max(len(own) - most, 0) for own, _, most in groups)
    pairs = (zip(own[:most].tolist(), other[:most].tolist(), strict=True) for own, other, most in groups)
    return chain.from_iterable(pairs), left_out, others


def _equal_pairs(first: NDArray[np.uint64], second: NDArray[np.uint64]) -> tuple[Int64Array, Int64Array, int]:
    """Return the places of equal values, by the place in the second, and how many are left out of very many."""
    order = np.argsort(first, kind="stable")
    ordered = first[order]
    begins, ends = np.searchsorted(ordered, second, "left"), np.searchsorted(ordered, second, "right")
    counts = ends - begins
    found = np.flatnonzero(counts)
    others = found[np.cumsum(counts[found]) <= _MOST_PAIRS]
    repeats = counts[others]
    within = np.arange(repeats.sum()) - np.repeat(np.cumsum(repeats) - repeats, repeats)
    ones = order[np.repeat(begins[others], repeats) + within]
    return ones, np.repeat(others, repeats), int(counts.sum() - repeats.sum())


def _overlap(first: EventTable, second: EventTable, ones: Int64Array, others: Int64Array) -> NDArray[np.bool_]:
    one_begins, _, _, one_ends = first.times.at(ones)
    other_begins, _, _, other_ends = second.times.at(others)
    return (one_begins <= other_ends) & (other_begins <= one_ends)


def _source_bits(table: EventTable) -> NDArray[np.uint64]:
    """Return 64 bits, shape (rows,): two events that share none have no source in common."""
    bits = np.uint64(1) << (name_hashes(table.sources.names, _SOURCE) >> np.uint64(58))
    found = np.zeros(len(table), np.uint64)
    np.bitwise_or.at(found, table.sources.rows, np.repeat(bits, table.sources.counts))
    return found
