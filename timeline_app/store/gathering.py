"""Gather the columns of batches into columns of the whole file, as narrow as they can be."""

from __future__ import annotations

from typing import Any, Generic

import numpy as np

from timeline_app.core.arrays import Int32Array, Int64Array, IntegerArray, NDArray, Scalar
from timeline_app.core.batches import CodeColumn, NameColumn
from timeline_app.core.known import Known
from timeline_app.core.known_dates import NOT_KNOWN, KnownDates
from timeline_app.core.numbers import Numbers
from timeline_app.core.roles import RoleSets
from timeline_app.core.times import Times, distinct_rows, narrowed
from timeline_app.store.ordering import posting_rows, role_postings


class Gathered(Generic[Scalar]):
    """A column of plain values; of a narrower type than the values of some batches, it widens."""

    def __init__(self, kind: type[Scalar]) -> None:
        self._parts: list[NDArray[Scalar]] = [np.empty(0, kind)]

    def add(self, values: NDArray[Scalar]) -> None:
        """Go on with the values of a batch."""
        self._parts.append(values)

    def taken(self) -> NDArray[Scalar]:
        """Return the whole column and forget it, as two of each would be too many."""
        whole = np.concatenate(self._parts)
        del self._parts[1:]
        return whole


class GatheredTimes:
    """The dates of all records as start and shape, see core.times.Times."""

    def __init__(self) -> None:
        self._starts_s = Gathered(np.int64)
        self._codes = Gathered[Any](np.int8)
        self._shapes = [np.empty((0, 3), np.int64)]
        self._shape_count = 0

    def add(self, bounds_s: Int64Array) -> None:
        """Go on with the bounds of a batch, shape (records, 4)."""
        times = Times.of_bounds(bounds_s)
        self._starts_s.add(times.start_earliest_s)
        codes = times.shape_codes.astype(np.int64) + self._shape_count
        self._shape_count += len(times.shapes)
        self._codes.add(narrowed(codes, self._shape_count))
        self._shapes.append(times.shapes)

    def taken(self) -> tuple[Int64Array, IntegerArray, Int64Array]:
        """Return starts and codes of shapes, and the shapes in ascending order, and forget them."""
        shapes, codes = distinct_rows(np.concatenate(self._shapes))
        narrow = narrowed(codes, len(shapes))
        return self._starts_s.taken(), narrow[self._codes.taken()], shapes


class Names:
    """The names of a column, numbered as they are met."""

    def __init__(self) -> None:
        self._codes: Numbers[str] = Numbers()

    def __len__(self) -> int:
        return len(self._codes)

    def codes_of(self, names: tuple[str, ...]) -> Int64Array:
        """Return the number of each name, and of none at the end, so that NO_CODE as an index means none."""
        return np.array([*map(self._codes.__getitem__, names), -1], np.int64)

    def whole(self) -> tuple[str, ...]:
        """Return all names."""
        return tuple(self._codes)


class GatheredCodes:
    """A column of at most one name a record."""

    def __init__(self) -> None:
        self.names = Names()
        self._codes = Gathered[Any](np.int8)

    def add(self, column: CodeColumn) -> None:
        """Go on with a batch."""
        own = self.names.codes_of(column.names)
        self._codes.add(narrowed(own, len(self.names))[column.codes])

    def taken(self) -> IntegerArray:
        """Return the codes in the order of the file, and forget them."""
        codes: IntegerArray = self._codes.taken()
        return codes


class GatheredNames:
    """A column of any number of names a record, with the roles that actors have in it."""

    def __init__(self) -> None:
        self.names = Names()
        self._codes = Gathered[Any](np.int8)
        self._counts = Gathered[Any](np.int8)
        self.role_sets = RoleSets()
        self._roles = Gathered[Any](np.int8)

    def add(self, column: NameColumn) -> None:
        """Go on with a batch."""
        own = self.names.codes_of(column.names)
        self._codes.add(narrowed(own, len(self.names))[column.codes])
        counts = np.diff(column.offsets)
        self._counts.add(narrowed(counts, int(counts.max(initial=0))))
        if column.roles is None:
            # Takes no memory, as nearly no file tells of roles.
            self._roles.add(np.broadcast_to(np.int8(0), len(column.codes)))
        else:
            numbers = self.role_sets.codes_of(column.roles.sets)
            self._roles.add(narrowed(numbers, len(self.role_sets))[column.roles.codes])

    def taken_postings(self, row_of_record: Int32Array) -> tuple[Int64Array, Int32Array, IntegerArray | None]:
        """Return offsets, rows and codes of roles as core.postings.Postings has them, and forget what was gathered.

        Where nothing tells of roles there are no codes of them.
        """
        codes, counts = self._codes.taken(), self._counts.taken()
        if self.role_sets.are_empty:
            return (*posting_rows(codes, counts, row_of_record, len(self.names)), None)
        return role_postings(codes, counts, self._roles.taken(), row_of_record, len(self.names))


class GatheredKnown:
    """A column of since when events were known."""

    def __init__(self) -> None:
        self._numbers: Numbers[tuple[int, ...]] = Numbers()
        self._codes = Gathered[Any](np.int8)

    def add(self, known: KnownDates | None, count: int) -> None:
        """Go on with a batch of so many records."""
        if known is None:
            self._codes.add(np.full(count, NOT_KNOWN, np.int8))
            return
        own = map(self._numbers.__getitem__, map(tuple, known.days.tolist()))
        self._codes.add(narrowed(np.array([*own, NOT_KNOWN], np.int64), len(self._numbers))[known.codes])

    def taken(self) -> KnownDates | None:
        """Return the column in the order of the file, None where no record has a date, and forget it."""
        codes = self._codes.taken()
        known = [Known(*days) for days in self._numbers]
        return KnownDates.numbered(codes.astype(np.int64), known)
