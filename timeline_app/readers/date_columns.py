"""Read the dates of many records, those in bulk that tables are full of: days, and times from a day to a day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

import numpy as np

from timeline_app.core.arrays import BoolArray, Int64Array, read_only
from timeline_app.core.calendar import DAY_S
from timeline_app.core.when import Precision, WhenColumn, WhenFlag, parse_column
from timeline_app.readers.coded import Coded

Told = TypeVar("Told")

_DAY_LETTERS = 10
_SPAN_LETTERS = len("2024-06-01/2024-06-03")
_CHOICE_LETTERS = len("[2024-06-01..2024-06-03]")


def parse_dates(texts: Sequence[str]) -> WhenColumn:
    """Read a column of EDTF dates as core.when.parse_column does, `a/b` and `[a..b]` with days in bulk."""
    lengths = np.fromiter(map(len, texts), np.int64, len(texts))
    spans = [row for row in np.flatnonzero(lengths == _SPAN_LETTERS).tolist() if texts[row][_DAY_LETTERS] == "/"]
    choices = [
        row
        for row in np.flatnonzero(lengths == _CHOICE_LETTERS).tolist()
        if (texts[row][0], texts[row][11:13], texts[row][-1]) == ("[", "..", "]")
    ]
    if not spans and not choices:
        return parse_column(texts)
    firsts = [texts[row][:_DAY_LETTERS] for row in spans] + [texts[row][1:11] for row in choices]
    lasts = [texts[row][_DAY_LETTERS + 1 :] for row in spans] + [texts[row][13:-1] for row in choices]
    starts, ends = parse_column(firsts), parse_column(lasts)
    good = starts.valid & ends.valid & (starts.precision == Precision.DAY) & (ends.precision == Precision.DAY)
    good &= (starts.flags == 0) & (ends.flags == 0) & (starts.start_earliest_s <= ends.start_earliest_s)
    rows = np.array(spans + choices, np.int64)[good]
    rest = list(texts)
    for row in rows.tolist():
        # Any date that is read in bulk: its bounds are put in below.
        rest[row] = "2000-01-01"
    whole = parse_column(rest)
    is_span = (np.arange(len(good)) < len(spans))[good]
    return _with_ranges(whole, rows, is_span, starts.start_earliest_s[good], ends.end_latest_s[good])


def parse_coded_dates(texts: Coded[str]) -> WhenColumn:
    """Read a column of EDTF dates, those that are alike once."""
    found, codes = parse_dates(texts.values), texts.codes
    return WhenColumn(
        start_earliest_s=read_only(found.start_earliest_s[codes]),
        start_latest_s=read_only(found.start_latest_s[codes]),
        end_earliest_s=read_only(found.end_earliest_s[codes]),
        end_latest_s=read_only(found.end_latest_s[codes]),
        precision=read_only(found.precision[codes]),
        flags=read_only(found.flags[codes]),
        valid=read_only(found.valid[codes]),
        errors=_of_each_row(found.errors, codes),
        notes=_of_each_row(found.notes, codes),
    )


def _of_each_row(told: Sequence[tuple[int, Told]], codes: Int64Array) -> tuple[tuple[int, Told], ...]:
    """Return what is told of distinct dates for each row that has one of them."""
    of_code = dict(told)
    rows = np.flatnonzero(np.isin(codes, list(of_code))) if told else codes[:0]
    return tuple((row, of_code[code]) for row, code in zip(rows.tolist(), codes[rows].tolist(), strict=True))


def _with_ranges(
    column: WhenColumn, rows: Int64Array, is_span: BoolArray, first_s: Int64Array, last_s: Int64Array
) -> WhenColumn:
    """Return the column with some rows replaced by times from the first second of a day to the last of another."""
    bounds_s = [
        bound.copy()
        for bound in (column.start_earliest_s, column.start_latest_s, column.end_earliest_s, column.end_latest_s)
    ]
    to_its_end_s = DAY_S - 1
    bounds_s[0][rows] = first_s
    bounds_s[1][rows] = np.where(is_span, first_s + to_its_end_s, last_s)
    bounds_s[2][rows] = np.where(is_span, last_s - to_its_end_s, first_s)
    bounds_s[3][rows] = last_s
    flags = column.flags.copy()
    flags[rows] = np.where(is_span, WhenFlag.SPAN, 0)
    start_earliest_s, start_latest_s, end_earliest_s, end_latest_s = map(read_only, bounds_s)
    return replace(
        column,
        start_earliest_s=start_earliest_s,
        start_latest_s=start_latest_s,
        end_earliest_s=end_earliest_s,
        end_latest_s=end_latest_s,
        flags=read_only(flags),
    )
