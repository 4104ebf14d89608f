"""From an EDTF text to the When that it means."""

from __future__ import annotations

from timeline_app.core.calendar import FUTURE_S, PAST_S
from timeline_app.core.edtf import Gap, OneOf, Span, dates_of, expression_text, hull, read_expression
from timeline_app.core.edtf_date import DateValue
from timeline_app.core.when_value import When


def parse(text: str) -> When:
    """Read a date in EDTF; raises WhenError that names what was expected, and where."""
    expression = read_expression(text)
    match expression:
        case Span():
            return _span(expression)
        case _:
            return _point(expression)


def _point(expression: DateValue | OneOf) -> When:
    dates = tuple(dates_of(expression))
    earliest_s, latest_s = hull(expression)
    return When(
        expression_text(expression),
        earliest_s,
        latest_s,
        earliest_s,
        latest_s,
        precision=max(date.precision for date in dates),
        approximate=any(date.approximate for date in dates),
        uncertain=any(date.uncertain for date in dates),
        zoned=dates[0].offset_minutes is not None,
        offset_minutes=dates[0].offset_minutes,
        note=_notes(dates),
    )


def _span(span: Span) -> When:
    dates = tuple(dates_of(span))
    return When(
        expression_text(span),
        *_span_bounds(span.start, span.end),
        precision=max(date.precision for date in dates),
        is_span=True,
        approximate=any(date.approximate for date in dates),
        uncertain=any(date.uncertain for date in dates),
        open_start=span.start is Gap.OPEN,
        open_end=span.end is Gap.OPEN,
        unknown_start=span.start is Gap.UNKNOWN,
        unknown_end=span.end is Gap.UNKNOWN,
        zoned=dates[0].offset_minutes is not None,
        offset_minutes=dates[0].offset_minutes,
        note=_notes(dates),
    )


def _notes(dates: tuple[DateValue, ...]) -> str:
    return "; ".join(dict.fromkeys(date.note for date in dates if date.note))


def _span_bounds(start: DateValue | OneOf | Gap, end: DateValue | OneOf | Gap) -> tuple[int, int, int, int]:
    """Take each end's own bounds, where they overlap clipped so that no end comes before its start."""
    start_s = _start_bounds(start, end)
    end_s = _end_bounds(start, end)
    return start_s[0], min(start_s[1], end_s[1]), max(start_s[0], end_s[0]), end_s[1]


def _start_bounds(start: DateValue | OneOf | Gap, end: DateValue | OneOf | Gap) -> tuple[int, int]:
    if not isinstance(start, Gap):
        return hull(start)
    if start is Gap.UNKNOWN and not isinstance(end, Gap):
        return PAST_S, hull(end)[1]
    return PAST_S, PAST_S


def _end_bounds(start: DateValue | OneOf | Gap, end: DateValue | OneOf | Gap) -> tuple[int, int]:
    if not isinstance(end, Gap):
        return hull(end)
    if end is Gap.UNKNOWN and not isinstance(start, Gap):
        return hull(start)[0], FUTURE_S
    return FUTURE_S, FUTURE_S
