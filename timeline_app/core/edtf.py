"""A whole EDTF expression: one date, an interval with open or unknown ends, or one of a set of dates.

Beyond the standard, an end of an interval may be a set: `[1914-06..1914-08]/1918` began some time from June to August.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Final

from timeline_app.core.calendar import FUTURE_S, PAST_S
from timeline_app.core.edtf_date import DateValue, read_date
from timeline_app.core.errors import WhenError

LENGTH_LIMIT: Final = 200


class Gap(Enum):
    """An end that has no date: `..` goes on, as far as is known; nothing at all is an end that nobody dates."""

    OPEN = ".."
    UNKNOWN = ""


@dataclass(frozen=True, slots=True)
class Span:
    """Two ends, of which at least one is a date or a set; in a set, every date from the one to the other."""

    start: DateValue | OneOf | Gap
    end: DateValue | OneOf | Gap


@dataclass(frozen=True, slots=True)
class OneOf:
    """Several dates of which one is meant."""

    choices: tuple[DateValue | Span, ...]


Expression = DateValue | Span | OneOf


def read_expression(text: str) -> Expression:
    """Read one EDTF expression, white space around it ignored; raises WhenError with the position of what is wrong."""
    if len(text) > LENGTH_LIMIT:
        raise WhenError(f"expected a date of at most {LENGTH_LIMIT} characters, not {len(text)}", LENGTH_LIMIT)
    if not text.isascii():
        position = next(i for i, character in enumerate(text) if not character.isascii())
        raise WhenError("expected only the digits 0 to 9 and plain signs, such as - and /", position)
    begin, end = _trimmed(text, 0, len(text))
    if text.startswith("{", begin):
        raise WhenError("dates that all apply are several events: write one event for each, or an interval a/b", begin)
    if "/" in text:
        return _read_interval(text, begin, end)
    if text.startswith("[", begin):
        return _read_set(text, begin, end)
    if ".." in text:
        raise WhenError("'..' stands in an interval, as in 2024/.., or in a set, as in [..2024]", text.index(".."))
    return read_date(text, begin, end)


def expression_text(expression: Expression) -> str:
    """Write an expression in EDTF, so that reading it gives the same again."""
    match expression:
        case Span(start, end):
            return f"{_end_text(start)}/{_end_text(end)}"
        case OneOf(choices):
            return f"[{','.join(map(_choice_text, choices))}]"
    return expression.text


def dates_of(expression: Expression) -> Iterator[DateValue]:
    """Give every date that stands in an expression."""
    match expression:
        case Span(start, end):
            for side in (start, end):
                if not isinstance(side, Gap):
                    yield from dates_of(side)
        case OneOf(choices):
            for choice in choices:
                yield from dates_of(choice)
        case _:
            yield expression


def hull(expression: Expression) -> tuple[int, int]:
    """Return the first and the last second that an expression touches, without bound where it has a gap."""
    match expression:
        case Span(start, end):
            earliest_s = PAST_S if isinstance(start, Gap) else hull(start)[0]
            return earliest_s, FUTURE_S if isinstance(end, Gap) else hull(end)[1]
        case OneOf(choices):
            hulls = [hull(choice) for choice in choices]
            return min(earliest_s for earliest_s, _ in hulls), max(latest_s for _, latest_s in hulls)
    return expression.earliest_s, expression.latest_s


def _end_text(side: DateValue | OneOf | Gap) -> str:
    return side.value if isinstance(side, Gap) else expression_text(side)


def _choice_text(choice: DateValue | Span) -> str:
    if isinstance(choice, DateValue):
        return choice.text
    return "..".join("" if isinstance(side, Gap) else expression_text(side) for side in (choice.start, choice.end))


def _trimmed(text: str, begin: int, end: int) -> tuple[int, int]:
    while begin < end and text[begin].isspace():
        begin += 1
    while begin < end and text[end - 1].isspace():
        end -= 1
    return begin, end


def _read_interval(text: str, begin: int, end: int) -> Span:
    slash = text.index("/")
    second_slash = text.find("/", slash + 1)
    if second_slash >= 0:
        raise WhenError("unexpected /: an interval has two ends, and a day is written as in 2024-06-19", second_slash)
    span = Span(_read_end(text, begin, slash), _read_end(text, slash + 1, end))
    if isinstance(span.start, Gap) and isinstance(span.end, Gap):
        raise WhenError("expected a date at one end at least", begin)
    return _checked_span(span)


def _read_end(text: str, begin: int, end: int) -> DateValue | OneOf | Gap:
    if begin == end:
        return Gap.UNKNOWN
    if text.startswith("[", begin):
        return _read_set(text, begin, end)
    return Gap.OPEN if text[begin:end] == ".." else read_date(text, begin, end)


def _checked_span(span: Span) -> Span:
    """Refuse an end that surely lies before the start."""
    start, end = span.start, span.end
    if isinstance(start, Gap) or isinstance(end, Gap):
        return span
    first, *others = dates_of(span)
    for other in others:
        _check_zones(first, other)
    if hull(end)[1] < hull(start)[0]:
        message = f"ends before it starts: {_end_text(end)} lies before {_end_text(start)}"
        raise WhenError(message, next(dates_of(end)).position)
    return span


def _check_zones(first: DateValue, other: DateValue) -> None:
    if (first.offset_minutes is None) != (other.offset_minutes is None):
        raise WhenError("one date has a zone and the other has none: give it to both or to neither", other.position)


def _read_set(text: str, begin: int, end: int) -> OneOf:
    if text[end - 1] != "]" or end - begin < 2:
        raise WhenError("expected ] at the end of the set", end)
    choices: list[DateValue | Span] = []
    position = begin + 1
    for piece in text[position : end - 1].split(","):
        choices.append(_read_choice(text, *_trimmed(text, position, position + len(piece))))
        position += len(piece) + 1
    one_of = OneOf(tuple(choices))
    first, *others = dates_of(one_of)
    for other in others:
        _check_zones(first, other)
    return one_of


def _read_choice(text: str, begin: int, end: int) -> DateValue | Span:
    dots = text.find("..", begin, end)
    if dots < 0:
        return read_date(text, begin, end)
    if end - begin == 2:
        raise WhenError("expected a date before or after '..'", begin)
    start = Gap.OPEN if dots == begin else read_date(text, begin, dots)
    finish = Gap.OPEN if dots + 2 == end else read_date(text, dots + 2, end)
    return _checked_span(Span(start, finish))
