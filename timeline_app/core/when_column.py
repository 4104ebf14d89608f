"""Many dates at once: four bounds, precision and flags as columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import IntFlag
from typing import Final

import numpy as np

from timeline_app.core.arrays import BoolArray, Int64Array, UInt8Array
from timeline_app.core.calendar import DAY_S, FUTURE_S, MONTH_DAYS, PAST_S, days_from_civil_array, days_in_month_array
from timeline_app.core.errors import WhenError
from timeline_app.core.when_parse import parse
from timeline_app.core.when_value import Precision, When

_ZERO, _HYPHEN = ord("0"), ord("-")
_COLON, _PLUS, _TIME, _UTC = map(ord, ":+TZ")
_DAY_LETTERS = len("2024-06-19")
_TIME_LENGTHS: Final = tuple(map(len, ("2024-06-19T14:30:05", "2024-06-19T14:30:05Z", "2024-06-19T14:30:05+02:00")))
_TIME_COLONS: Final = (13, 16)
_LARGEST_OFFSET_HOURS = 12
_PLAIN_PRECISIONS: Final = {4: Precision.YEAR, 7: Precision.MONTH, 10: Precision.DAY}


class WhenFlag(IntFlag):
    """What a When says beyond its bounds, as one bit each."""

    SPAN = 1
    APPROXIMATE = 2
    UNCERTAIN = 4
    OPEN_START = 8
    OPEN_END = 16
    UNKNOWN_START = 32
    UNKNOWN_END = 64
    ZONED = 128


@dataclass(frozen=True, slots=True)
class WhenColumn:
    """Dates as columns of one length; `flags` holds WhenFlag bits.

    A row that could not be read is False in `valid`, stands in `errors`, and is without bounds and of the coarsest
    precision. `notes` are remarks on rows that could be read.
    """

    start_earliest_s: Int64Array
    start_latest_s: Int64Array
    end_earliest_s: Int64Array
    end_latest_s: Int64Array
    precision: UInt8Array
    flags: UInt8Array
    valid: BoolArray
    errors: tuple[tuple[int, WhenError], ...] = ()
    notes: tuple[tuple[int, str], ...] = ()

    def __len__(self) -> int:
        return len(self.precision)


def parse_column(values: Sequence[str]) -> WhenColumn:
    """Read a column of EDTF dates, each as `parse` would.

    Plain YYYY, YYYY-MM and YYYY-MM-DD are read in bulk, and so is YYYY-MM-DDThh:mm:ss alone, with Z or with an offset;
    every other text once however often it stands there.
    """
    table = _Table.without_bounds(len(values))
    lengths = np.fromiter(map(len, values), dtype=np.int64, count=len(values))
    for length, precision in _PLAIN_PRECISIONS.items():
        table.fill_plain(values, np.flatnonzero(lengths == length), length, precision)
    for length in _TIME_LENGTHS:
        table.fill_times(values, np.flatnonzero(lengths == length), length)
    seen: dict[str, When | WhenError] = {}
    for row in np.flatnonzero(~table.valid).tolist():
        table.fill_row(row, _parse_once(values[row], seen))
    return table.finished()


@dataclass(slots=True)
class _Table:
    """A WhenColumn that is being filled; `bounds_s` has one row for each of the four bounds."""

    bounds_s: Int64Array
    precision: UInt8Array
    flags: UInt8Array
    valid: BoolArray
    errors: list[tuple[int, WhenError]] = field(default_factory=list)
    notes: list[tuple[int, str]] = field(default_factory=list)

    @classmethod
    def without_bounds(cls, count: int) -> _Table:
        bounds_s = np.empty((4, count), dtype=np.int64)
        bounds_s[:] = np.array([PAST_S, FUTURE_S, PAST_S, FUTURE_S])[:, None]
        precision = np.full(count, Precision.AGE, dtype=np.uint8)
        return cls(bounds_s, precision, np.zeros(count, dtype=np.uint8), np.zeros(count, dtype=np.bool_))

    def fill_plain(self, values: Sequence[str], rows: Int64Array, length: int, precision: Precision) -> None:
        """Fill those of the rows, all of this length, that are plain dates."""
        if not len(rows):
            return
        good, earliest_s, latest_s = _plain_bounds(_characters(values, rows, length))
        rows = rows[good]
        self.bounds_s[:, rows] = np.stack((earliest_s, latest_s, earliest_s, latest_s))
        self.precision[rows] = precision
        self.valid[rows] = True

    def fill_times(self, values: Sequence[str], rows: Int64Array, length: int) -> None:
        """Fill those of the rows, all of this length, that are plain times to the second."""
        if not len(rows):
            return
        good, times_s = _plain_times(_characters(values, rows, length))
        rows = rows[good]
        self.bounds_s[:, rows] = times_s
        self.precision[rows] = Precision.SECOND
        self.flags[rows] = WhenFlag.ZONED if length > _TIME_LENGTHS[0] else 0
        self.valid[rows] = True

    def fill_row(self, row: int, result: When | WhenError) -> None:
        if isinstance(result, WhenError):
            self.errors.append((row, result))
            return
        bounds_s = (result.start_earliest_s, result.start_latest_s, result.end_earliest_s, result.end_latest_s)
        self.bounds_s[:, row] = bounds_s
        self.precision[row] = result.precision
        self.flags[row] = flags_of(result)
        self.valid[row] = True
        if result.note:
            self.notes.append((row, result.note))

    def finished(self) -> WhenColumn:
        for column in (self.bounds_s, self.precision, self.flags, self.valid):
            column.setflags(write=False)
        start_earliest_s, start_latest_s, end_earliest_s, end_latest_s = self.bounds_s
        return WhenColumn(
            start_earliest_s,
            start_latest_s,
            end_earliest_s,
            end_latest_s,
            self.precision,
            self.flags,
            self.valid,
            tuple(self.errors),
            tuple(self.notes),
        )


def flags_of(when: When) -> WhenFlag:
    """Give the flags of a date as bits."""
    states = (
        when.is_span,
        when.approximate,
        when.uncertain,
        when.open_start,
        when.open_end,
        when.unknown_start,
        when.unknown_end,
        when.zoned,
    )
    return WhenFlag(sum(flag for flag, state in zip(WhenFlag, states, strict=True) if state))


def _parse_once(text: str, seen: dict[str, When | WhenError]) -> When | WhenError:
    result = seen.get(text)
    if result is None:
        try:
            result = parse(text)
        except WhenError as error:
            result = error
        seen[text] = result
    return result


def _characters(values: Sequence[str], rows: Int64Array, length: int) -> UInt8Array:
    """Lay texts of one length out as a table of bytes; whatever is not ASCII becomes a question mark."""
    joined = "".join([values[row] for row in rows.tolist()])
    return np.frombuffer(joined.encode("ascii", "replace"), dtype=np.uint8).reshape(len(rows), length)


def _plain_bounds(characters: UInt8Array) -> tuple[BoolArray, Int64Array, Int64Array]:
    """Say which rows are plain dates, and give the first and the last second of those."""
    length = characters.shape[1]
    digit_places = [place for place in range(length) if place not in {4, 7}]
    digits = characters - _ZERO  # wraps round below "0", so that one comparison finds everything that is no digit
    good = (digits[:, digit_places] <= 9).all(axis=1)
    for place in range(4, length, 3):
        good &= characters[:, place] == _HYPHEN
    wide = digits.astype(np.int64)
    years = wide[:, :4] @ np.array([1000, 100, 10, 1])
    months = wide[:, 5] * 10 + wide[:, 6] if length >= 7 else np.ones_like(years)
    good &= (months >= 1) & (months <= 12)
    years, months, wide = years[good], months[good], wide[good]
    days = wide[:, 8] * 10 + wide[:, 9] if length == 10 else np.ones_like(years)
    possible = (days >= 1) & (days <= days_in_month_array(years, months))
    good[good] = possible
    years, months, days = years[possible], months[possible], days[possible]
    first = days_from_civil_array(years, months, days)
    if length == 10:
        last = first
    elif length == 7:
        last = first + days_in_month_array(years, months) - 1
    else:
        last = days_from_civil_array(years, np.full_like(years, 12), np.full_like(years, MONTH_DAYS[11]))
    return good, first * DAY_S, last * DAY_S + DAY_S - 1


def _plain_times(characters: UInt8Array) -> tuple[BoolArray, Int64Array]:
    """Say which rows are plain times, and give the seconds of those; rarer ones, such as 24:00, are not plain."""
    good, days_s, _ = _plain_bounds(characters[:, :_DAY_LETTERS])
    kept = characters[good]
    is_plain = kept[:, _DAY_LETTERS] == _TIME
    for place in _TIME_COLONS:
        is_plain &= kept[:, place] == _COLON
    hours, minutes, seconds = (_pairs(kept, place) for place in (11, 14, 17))
    is_plain &= (hours < 24) & (minutes < 60) & (seconds < 60)
    times_s = days_s + hours * 3_600 + minutes * 60 + seconds
    length = characters.shape[1]
    if length == _TIME_LENGTHS[1]:
        is_plain &= kept[:, 19] == _UTC
    elif length == _TIME_LENGTHS[2]:
        hours, minutes = _pairs(kept, 20), _pairs(kept, 23)
        is_ahead = kept[:, 19] == _PLUS
        is_plain &= (is_ahead | (kept[:, 19] == _HYPHEN)) & (kept[:, 22] == _COLON)
        is_plain &= (hours < _LARGEST_OFFSET_HOURS) & (minutes < 60) & (is_ahead | (hours + minutes > 0))
        times_s -= np.where(is_ahead, 1, -1) * (hours * 3_600 + minutes * 60)
    good[good] = is_plain
    return good, times_s[is_plain]


def _pairs(characters: UInt8Array, place: int) -> Int64Array:
    """Return the numbers of two digits that stand at a place, far too large ones for what are no digits."""
    digits = (characters[:, place : place + 2] - _ZERO).astype(np.int64)
    return np.where((digits <= 9).all(axis=1), digits @ np.array([10, 1]), 1_000)
