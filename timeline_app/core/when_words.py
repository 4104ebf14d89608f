"""A whole When in English words: points, spans with open ends, one of several dates."""

from __future__ import annotations

from datetime import tzinfo

from timeline_app.core.date_words import Pieces, date_pieces, joined, qualifier_words, standing_words, timed_words
from timeline_app.core.edtf import Gap, OneOf, Span, read_expression
from timeline_app.core.edtf_date import DateValue
from timeline_app.core.when_value import Precision, When


def in_words(when: When, zone: tzinfo | None = None) -> str:
    """Say a date in English; an instant with a zone in `zone`, or where none is asked for in its own."""
    expression = read_expression(when.text)
    match expression:
        case Span(start, end):
            return _span_words(start, end, zone)
        case OneOf(choices):
            return _choices_words(choices, zone)
        case DateValue():
            return standing_words(expression, zone)


def _span_words(start: DateValue | OneOf | Gap, end: DateValue | OneOf | Gap, zone: tzinfo | None) -> str:
    if not isinstance(start, Gap) and not isinstance(end, Gap):
        return _both_ends_words(start, end, " to ", zone)
    if not isinstance(start, Gap):
        words = " ".join(_end_pieces(start, zone))
        return f"since {words}" if end is Gap.OPEN else f"from {words}, end unknown"
    if not isinstance(end, Gap):
        words = " ".join(_end_pieces(end, zone))
        return f"until {words}" if start is Gap.OPEN else f"until {words}, start unknown"
    return "unknown"


def _both_ends_words(start: DateValue | OneOf, end: DateValue | OneOf, link: str, zone: tzinfo | None) -> str:
    if isinstance(start, DateValue) and isinstance(end, DateValue):
        is_plain = not any(_is_qualified(date) or date.precision is Precision.HOUR for date in (start, end))
        if start.has_time and end.has_time and is_plain:
            return _times_words(start, end, link, zone)
    first, last = _end_pieces(start, zone), _end_pieces(end, zone)
    return " ".join(first) if first == last else joined([first, last], "", link)


def _times_words(start: DateValue, end: DateValue, link: str, zone: tzinfo | None) -> str:
    (first_day, first_clock), (last_day, last_clock) = timed_words(start, zone), timed_words(end, zone)
    if first_day != last_day:
        return f"{first_day}, {first_clock}{link}{last_day}, {last_clock}"
    if first_clock == last_clock:
        return f"{first_day}, {first_clock}"
    return f"{first_day}, {joined([tuple(first_clock.split()), tuple(last_clock.split())], '', link)}"


def _choices_words(choices: tuple[DateValue | Span, ...], zone: tzinfo | None) -> str:
    """Say dates of which one is meant: 8 or 10 October 2024, between 3 and 7 May 2024."""
    words = [(_range_words(c, zone),) if isinstance(c, Span) else _part_pieces(c, zone) for c in choices]
    return joined(words, ", ", " or ")


def _range_words(choice: Span, zone: tzinfo | None) -> str:
    if isinstance(choice.start, DateValue) and isinstance(choice.end, DateValue):
        words = _both_ends_words(choice.start, choice.end, " and ", zone)
        return f"between {words}" if " and " in words else words
    if isinstance(choice.start, DateValue):
        return f"{_part_words(choice.start, zone)} or later"
    return f"{_part_words(choice.end, zone)} or earlier" if isinstance(choice.end, DateValue) else "unknown"


def _part_pieces(date: DateValue, zone: tzinfo | None) -> Pieces:
    """Say a date that is part of something longer; a qualified one is one piece, so that nothing of it is shared."""
    pieces = date_pieces(date, zone)
    return (qualifier_words(date) + " ".join(pieces),) if _is_qualified(date) else pieces


def _end_pieces(date: DateValue | OneOf, zone: tzinfo | None) -> Pieces:
    """Say what is one end of a span, so that it stays a point even where only its bounds are known."""
    pieces = (_choices_words(date.choices, zone),) if isinstance(date, OneOf) else _part_pieces(date, zone)
    return (f"some time {' '.join(pieces)}",) if pieces[0].startswith("between ") else pieces


def _part_words(date: DateValue, zone: tzinfo | None) -> str:
    return " ".join(_part_pieces(date, zone))


def _is_qualified(date: DateValue) -> bool:
    return date.approximate or date.uncertain
