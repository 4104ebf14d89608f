"""From an EDTF text to the When that it means."""

from __future__ import annotations

from timeline_app.core.calendar import FUTURE_S, PAST_S
from timeline_app.core.edtf import Gap, OneOf, Span, dates_of, expression_text, read_expression
from timeline_app.core.edtf_date import DateValue
from timeline_app.core.when_value import When


def parse(text: str) -> When:
    """Read a date in EDTF; raises WhenError that names what was expected, and where."""
    expression = read_expression(text)
    match expression:
        case Span():
            return _span(expression)
        case OneOf(choices):
            hulls = [_hull(choice) for choice in choices]
            return _point(expression, min(hull[0] for hull in hulls), max(hull[1] for hull in hulls))
        case DateValue(earliest_s=earliest_s, latest_s=latest_s):
            return _point(expression, earliest_s, latest_s)


def _point(expression: DateValue | OneOf, earliest_s: int, latest_s: int) -> When:
    dates = (expression,) if isinstance(expression, DateValue) else tuple(dates_of(expression))
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


def _hull(choice: DateValue | Span) -> tuple[int, int]:
    if isinstance(choice, DateValue):
        return choice.earliest_s, choice.latest_s
    earliest_s = PAST_S if isinstance(choice.start, Gap) else choice.start.earliest_s
    latest_s = FUTURE_S if isinstance(choice.end, Gap) else choice.end.latest_s
    return earliest_s, latest_s


def _span_bounds(start: DateValue | Gap, end: DateValue | Gap) -> tuple[int, int, int, int]:
    """Take each end's own bounds, where they overlap clipped so that no end comes before its start."""
    start_s = _start_bounds(start, end)
    end_s = _end_bounds(start, end)
    return start_s[0], min(start_s[1], end_s[1]), max(start_s[0], end_s[0]), end_s[1]


def _start_bounds(start: DateValue | Gap, end: DateValue | Gap) -> tuple[int, int]:
    if isinstance(start, DateValue):
        return start.earliest_s, start.latest_s
    if start is Gap.UNKNOWN and isinstance(end, DateValue):
        return PAST_S, end.latest_s
    return PAST_S, PAST_S


def _end_bounds(start: DateValue | Gap, end: DateValue | Gap) -> tuple[int, int]:
    if isinstance(end, DateValue):
        return end.earliest_s, end.latest_s
    if end is Gap.UNKNOWN and isinstance(start, DateValue):
        return start.earliest_s, FUTURE_S
    return FUTURE_S, FUTURE_S
