"""The dates of Parquet records: days and times from a day to a day in bulk, all others each text once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from timeline_app.core.arrays import BoolArray, Int32Array, Int64Array, NDArray, UInt8Array, sorted_unique
from timeline_app.core.calendar import DAY_S
from timeline_app.core.text_column import TextColumn
from timeline_app.core.when import PAST_S, Precision, WhenFlag
from timeline_app.readers.arrow_stream import Result
from timeline_app.readers.collector import garbage_collection_paused
from timeline_app.readers.date_columns import parse_dates
from timeline_app.readers.event_cells import date_of
from timeline_app.readers.plain_days import DAY_LETTERS, NO_DAY, PlainDays

# The fields that date an event: a result has the texts of those that the file has as when_text and so on.
DATED = ("when", "start", "end")

_SPAN_LETTERS = len("2024-06-01/2024-06-03")
_SLASH = ord("/")
_MOST_DATES_KEPT = 200_000
_STEP = np.uint64(31)


@dataclass(frozen=True, slots=True, eq=False)
class Dates:
    """Dates as core.batches.RecordBatch has them."""

    bounds_s: Int64Array
    precision: UInt8Array
    flags: UInt8Array


class DateReader:
    """Reads the dates of batches; what is no plain day each text once, as long as there are not too many."""

    def __init__(self, instant_flags: WhenFlag) -> None:
        self._instant_flags = instant_flags
        self._days = PlainDays()
        # What is known of a date stands by the hash of its texts.
        self._known: dict[int, tuple[int, ...]] = {}

    def columns(self, found: Result) -> Dates | None:
        """Return the dates of texts and of `second`, None where one cannot be read or is worth a note."""
        instant_s = found.numbers("second")
        texts = {field: found.texts(f"{field}_text").column() for field in DATED if f"{field}_text" in found.columns}
        none = TextColumn.empty(len(instant_s))
        first_days, last_days = self._first_and_last(*(texts.get(field, none) for field in DATED))
        dates = _from_days(first_days, last_days)
        instants = np.flatnonzero(instant_s != PAST_S)
        dates.bounds_s[instants] = instant_s[instants, None]
        dates.precision[instants] = Precision.SECOND
        dates.flags[instants] = self._instant_flags
        others = np.flatnonzero((first_days == NO_DAY) & (instant_s == PAST_S))
        if len(others):
            read = self._others(texts, others)
            if read is None:
                return None
            dates.bounds_s[others], dates.precision[others], dates.flags[others] = read[:, :4], read[:, 4], read[:, 5]
        return dates

    def _first_and_last(self, when: TextColumn, start: TextColumn, end: TextColumn) -> tuple[Int32Array, Int32Array]:
        """Return the first and the last day of each date, the last as NO_DAY for a single one, both for any other."""
        first = self._whole_days(when)
        last = np.full_like(first, NO_DAY)
        spans = np.flatnonzero(when.lengths == _SPAN_LETTERS)
        begins = when.offsets[spans]
        spans, begins = (one[when.content[begins + DAY_LETTERS] == _SLASH] for one in (spans, begins))
        first[spans] = self._days.at(when.content, begins)
        last[spans] = self._days.at(when.content, begins + DAY_LETTERS + 1)
        is_span = np.zeros(len(first), np.bool_)
        is_span[spans] = True
        if start.lengths.any():
            no_when = when.lengths == 0
            starts, ends = self._whole_days(start), self._whole_days(end)
            is_range = no_when & (end.lengths > 0) & ~((starts == ends) & (starts != NO_DAY))
            first[no_when] = starts[no_when]
            last[is_range] = ends[is_range]
            is_span |= is_range
        bad = is_span & ((last == NO_DAY) | (last < first))
        first[bad] = last[bad] = NO_DAY
        return first, last

    def _whole_days(self, column: TextColumn) -> Int32Array:
        days = np.full(len(column), NO_DAY, np.int32)
        rows = np.flatnonzero(column.lengths == DAY_LETTERS)
        days[rows] = self._days.at(column.content, column.offsets[rows])
        return days

    def _others(self, texts: Mapping[str, TextColumn], rows: Int64Array) -> Int64Array | None:
        """Return four bounds, precision and flags for each of the dates that are left."""
        hashes = np.zeros(len(rows), np.uint64)
        for column in texts.values():
            hashes = hashes * _STEP + column.hashes_of(rows)
        order = np.argsort(hashes)
        distinct, firsts = sorted_unique(hashes[order])
        keys = distinct.tolist()
        with garbage_collection_paused():
            known = self._known
            if len(known) > _MOST_DATES_KEPT:
                known = self._known = {}
            fresh = [place for place, key in enumerate(keys) if key not in known]
            chosen = rows[order[firsts[fresh]]].tolist()
            cells = [texts[field].texts(chosen) if field in texts else [""] * len(chosen) for field in DATED]
            whens = parse_dates([date_of(*one) for one in zip(*cells, strict=True)])
            if whens.errors or whens.notes:
                return None
            columns = (whens.start_earliest_s, whens.start_latest_s, whens.end_earliest_s, whens.end_latest_s)
            values = zip(*(one.tolist() for one in (*columns, whens.precision, whens.flags)), strict=True)
            known.update(zip((keys[place] for place in fresh), values, strict=True))
            read = np.array([known[key] for key in keys], np.int64)
        return read[np.searchsorted(distinct, hashes)]


def _from_days(first_days: Int32Array, last_days: Int32Array) -> Dates:
    """Return the dates of days, and of times from one to another; any bounds where there is none."""
    first_s, last_s = first_days * np.int64(DAY_S), last_days * np.int64(DAY_S)
    is_span: BoolArray = last_days != NO_DAY
    to_its_end_s = DAY_S - 1
    last_begin_s = np.where(is_span, last_s, first_s)
    bounds_s = np.column_stack((first_s, first_s + to_its_end_s, last_begin_s, last_begin_s + to_its_end_s))
    precision: NDArray[np.uint8] = np.full(len(first_s), Precision.DAY, np.uint8)
    return Dates(bounds_s, precision, np.where(is_span, np.uint8(WhenFlag.SPAN), np.uint8(0)))
