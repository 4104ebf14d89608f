"""Since when each event of a table was known, as a narrow column."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from timeline_app.core.arrays import BoolArray, Int32Array, Int64Array, IntegerArray, read_only, sorted_unique
from timeline_app.core.event import Source
from timeline_app.core.known import FIRST_DAY, LAST_DAY, Known, days_of, source_date, united
from timeline_app.core.times import distinct_rows, narrowed

NOT_KNOWN = -1
POSSIBLY, SURELY, WHOLLY = range(3)


@dataclass(frozen=True, slots=True, eq=False)
class KnownDates:
    """Since when events were known: that of event i is days[codes[i]], or nothing says with the code NOT_KNOWN.

    `codes` has the shape (rows,), `days` the shape (distinct dates, 3), its columns as core.known.Known has them.
    """

    codes: IntegerArray
    days: Int32Array

    @classmethod
    def of(cls, known: Iterable[Known | None]) -> KnownDates | None:
        """Return the column of some events, None where none of them has a date."""
        numbers: dict[Known | None, int] = {None: NOT_KNOWN}
        codes = np.array([numbers.setdefault(one, len(numbers) - 1) for one in known], np.int64)
        return cls.numbered(codes, [one for one in numbers if one is not None])

    @classmethod
    def numbered(cls, codes: Int64Array, known: Sequence[Known]) -> KnownDates | None:
        """Return the column of events with these codes into some dates, None where there are none."""
        if not known:
            return None
        days = np.array(known, np.int32).reshape(-1, 3)
        return cls(read_only(narrowed(codes, len(days))), read_only(days))

    def __len__(self) -> int:
        return len(self.codes)

    def at(self, rows: IntegerArray) -> KnownDates:
        """Return the column of some rows, in their order."""
        return KnownDates(read_only(self.codes[rows]), self.days)

    def possible_on(self, day: int, rows: IntegerArray) -> BoolArray:
        """Return which of some rows may have been known at the end of a day, those without a date too."""
        return self._within(POSSIBLY, day, rows, undated=True)

    def sure_on(self, day: int, rows: IntegerArray) -> BoolArray:
        """Return which of some rows were surely known at the end of a day."""
        return self._within(SURELY, day, rows, undated=False)

    def whole_on(self, day: int, rows: IntegerArray) -> BoolArray:
        """Return of which of some rows all that is told now may have been known at the end of a day."""
        return self._within(WHOLLY, day, rows, undated=True)

    def has_dates(self, rows: IntegerArray) -> BoolArray:
        """Return of which of some rows something says since when they were known."""
        found: BoolArray = self.codes[rows] != NOT_KNOWN
        return found

    @property
    def undated(self) -> int:
        """Of how many events nothing says since when they were known."""
        return int(np.count_nonzero(self.codes == NOT_KNOWN))

    def undated_among(self, rows: IntegerArray) -> int:
        """Return of how many of some rows nothing says since when they were known."""
        return int(np.count_nonzero(self.codes[rows] == NOT_KNOWN))

    def steps(self) -> tuple[IntegerArray, Int64Array]:
        """Return the days on which events became known, or the last that is told of them did, and how many on each.

        Both of shape (days,), the days ascending; only events are counted that became known then. A day without bound
        is left out.
        """
        events = np.bincount(self.codes[self.codes != NOT_KNOWN], minlength=len(self.days))
        used = self.days[events > 0]
        days = np.concatenate((used[:, POSSIBLY], used[:, WHOLLY])).astype(np.int64)
        counts = np.concatenate((events[events > 0], np.zeros(len(used), np.int64)))
        bounded = days > FIRST_DAY
        days, counts = days[bounded], counts[bounded]
        order = np.argsort(days, kind="stable")
        distinct, begins = sorted_unique(days[order])
        return distinct, np.add.reduceat(counts[order], begins) if len(distinct) else counts

    def extent_of(self, rows: IntegerArray) -> tuple[int, int] | None:
        """Return the first day on which one of some rows may have become known, and the last, None where none says.

        A day without bound is left out.
        """
        codes = self.codes[rows]
        used = np.zeros(len(self.days) + 1, np.bool_)
        used[codes] = True
        days = self.days[used[:-1], POSSIBLY]
        days = days[days > FIRST_DAY]
        return (int(days.min()), int(days.max())) if len(days) else None

    def _within(self, which: int, day: int, rows: IntegerArray, *, undated: bool) -> BoolArray:
        # The last one is found by the code NOT_KNOWN.
        of_codes = np.append(self.days[:, which] <= day, undated)
        found: BoolArray = of_codes.take(self.codes[rows], mode="wrap")
        return found

    def known(self, row: int) -> Known | None:
        """Return since when one event was known."""
        code = int(self.codes[row])
        return None if code == NOT_KNOWN else Known(*self.days[code].tolist())

    def with_rows(self, rows: Sequence[int], known: Sequence[Known | None]) -> KnownDates:
        """Return the column with other dates for some rows."""
        numbers = {Known(*one): code for code, one in enumerate(self.days.tolist())}
        first = len(numbers)
        own = [NOT_KNOWN if one is None else numbers.setdefault(one, len(numbers)) for one in known]
        added = np.array(list(numbers)[first:], np.int32).reshape(-1, 3)
        days = np.concatenate((self.days, added))
        codes = narrowed(self.codes.astype(np.int64), len(days))
        codes[np.asarray(rows, np.int64)] = own
        return KnownDates(read_only(codes), read_only(days))


def joined_known(parts: Sequence[KnownDates | None], counts: Sequence[int]) -> KnownDates | None:
    """Return the columns of several tables, which have so many rows, one after the other; None where none has dates."""
    given = [part for part in parts if part is not None]
    if not given:
        return None
    days, numbers = distinct_rows(np.concatenate([part.days for part in given]).astype(np.int64))
    codes: list[Int64Array] = []
    first = 0
    for part, count in zip(parts, counts, strict=True):
        if part is None:
            codes.append(np.full(count, NOT_KNOWN, np.int64))
            continue
        own = np.append(numbers[first : first + len(part.days)], NOT_KNOWN)
        codes.append(own[part.codes])
        first += len(part.days)
    return KnownDates(read_only(narrowed(np.concatenate(codes), len(days))), read_only(days.astype(np.int32)))


def with_same(known: KnownDates | None, kept: Int64Array, others: Int64Array) -> KnownDates | None:
    """Return the column with what the rows `others` say taken into the rows `kept`, each of shape (pairs,)."""
    if known is None or not len(kept):
        return known
    found: dict[int, Known | None] = {}
    for row, other in zip(kept.tolist(), others.tolist(), strict=True):
        found[row] = united(found.get(row, known.known(row)), known.known(other))
    return known.with_rows(list(found), list(found.values()))


def with_sources(known: KnownDates | None, count: int, cited: Iterable[tuple[Int32Array, Source]]) -> KnownDates | None:
    """Return the column of so many rows with the dates of sources taken in, each given with the rows that cite it."""
    dated = [(rows, found) for rows, source in cited if (found := days_of(source_date(source))) and len(rows)]
    if not dated:
        return known
    days = np.tile(np.array([LAST_DAY, LAST_DAY, FIRST_DAY], np.int32), (count, 1))
    is_dated = np.zeros(count, np.bool_)
    if known is not None:
        is_dated = known.codes != NOT_KNOWN
        days[is_dated] = known.days[known.codes[is_dated]]
    for rows, (first, last) in dated:
        is_dated[rows] = True
        days[rows, POSSIBLY] = np.minimum(days[rows, POSSIBLY], first)
        days[rows, SURELY] = np.minimum(days[rows, SURELY], last)
        days[rows, WHOLLY] = np.maximum(days[rows, WHOLLY], first)
    distinct, numbers = distinct_rows(days[is_dated].astype(np.int64))
    codes = np.full(count, NOT_KNOWN, np.int64)
    codes[is_dated] = numbers
    return KnownDates(read_only(narrowed(codes, len(distinct))), read_only(distinct.astype(np.int32)))
