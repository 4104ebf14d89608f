"""A date as other programs' formats have it: the civil date of a beginning and that of an end, as exact as each is."""

from __future__ import annotations

from dataclasses import dataclass

from timeline_app.core.calendar import DAY_S, FUTURE_S, MINUTE_S, PAST_S, civil_from_seconds, days_in_month
from timeline_app.core.edtf import Gap, OneOf, Span, hull, read_expression
from timeline_app.core.edtf_date import DateValue, Form
from timeline_app.core.when import Precision, When

_YEAR_PARTS, _MONTH_PARTS, _DAY_PARTS = 1, 2, 3
_PARTS_OF_CLOCK = {Precision.HOUR: 4, Precision.MINUTE: 5, Precision.SECOND: 6}


@dataclass(frozen=True, slots=True)
class CivilDate:
    """Year (astronomical), month, day, hour, minute and second, as many of them as are known, the year always.

    With a zone the time is that of its place, so many minutes ahead of UTC.
    """

    parts: tuple[int, ...]
    offset_minutes: int | None = None

    @property
    def year(self) -> int:
        """The astronomical year; 0 is 1 BC."""
        return self.parts[0]

    @property
    def clock(self) -> tuple[int, ...]:
        """Hour, minute and second, as many as are known."""
        return self.parts[_DAY_PARTS:]


@dataclass(frozen=True, slots=True)
class CivilSpan:
    """From when to when; without an end for one date, or for what is told by `is_exact` not to be all.

    A date that names no single day, month or year stands from the first to the last that it may mean.
    """

    start: CivilDate | None
    end: CivilDate | None
    is_exact: bool

    @property
    def known(self) -> CivilDate:
        """The beginning, or where nobody knows that, the end."""
        found = self.start or self.end
        if found is None:
            raise ValueError("a date has a beginning or an end")
        return found


def civil_span(when: When) -> CivilSpan:
    """Return a date from its beginning to its end; `is_exact` where these two say all that it does."""
    expression = read_expression(when.text)
    match expression:
        case Span(start, end):
            is_exact = _is_plain(start) and _is_plain(end)
            return CivilSpan(_side(start, when, is_last=False), _side(end, when, is_last=True), is_exact)
        case DateValue(form=Form.PLAIN):
            return CivilSpan(_plain(expression), None, _is_plain(expression))
    first, last = _of_bounds(*hull(expression), is_zoned=when.zoned)
    return CivilSpan(first, last if last != first else None, is_exact=False)


def _is_plain(side: DateValue | OneOf | Gap) -> bool:
    """Return whether the parts of a date say all of it: no qualifier, and no part of a second."""
    if not isinstance(side, DateValue) or side.form is not Form.PLAIN or side.approximate or side.uncertain:
        return False
    return not (side.has_time and "." in side.text)


def _side(side: DateValue | OneOf | Gap, when: When, *, is_last: bool) -> CivilDate | None:
    if isinstance(side, Gap):
        return None
    if isinstance(side, DateValue) and side.form is Form.PLAIN:
        return _plain(side)
    return _of_bounds(*hull(side), is_zoned=when.zoned)[is_last]


def _plain(date: DateValue) -> CivilDate:
    offset = date.offset_minutes if date.has_time else None
    parts = civil_from_seconds(date.earliest_s + (offset or 0) * MINUTE_S)
    if date.has_time:
        return CivilDate(parts[: _PARTS_OF_CLOCK[date.precision]], offset)
    count = _DAY_PARTS if date.day else _MONTH_PARTS if date.month else _YEAR_PARTS
    return CivilDate(parts[:count])


def _of_bounds(first_s: int, last_s: int, *, is_zoned: bool) -> tuple[CivilDate | None, CivilDate | None]:
    """Return the first and the last date of a stretch, both as coarse as its bounds allow; None without a bound."""
    has_time = any(
        edge_s % DAY_S for edge_s, bound in ((first_s, PAST_S), (last_s + 1, FUTURE_S + 1)) if edge_s != bound
    )
    first = None if first_s == PAST_S else civil_from_seconds(first_s)
    last = None if last_s == FUTURE_S else civil_from_seconds(last_s)
    if has_time:
        offset = 0 if is_zoned else None
        return (
            None if first is None else CivilDate(first, offset),
            None if last is None else CivilDate(last, offset),
        )
    count = _shared_count(first, last)
    return (
        None if first is None else CivilDate(first[:count]),
        None if last is None else CivilDate(last[:count]),
    )


def _shared_count(first: tuple[int, ...] | None, last: tuple[int, ...] | None) -> int:
    """Return how many parts say where a stretch of whole days begins and ends."""
    begins_month = first is None or first[2] == 1
    ends_month = last is None or last[2] == days_in_month(last[0], last[1])
    if not (begins_month and ends_month):
        return _DAY_PARTS
    begins_year = first is None or first[1] == 1
    ends_year = last is None or last[1] == 12
    return _YEAR_PARTS if begins_year and ends_year else _MONTH_PARTS
