"""When an event became known: the days that its sources and claims say, and what of it was known on a day.

An excerpt became known when its source was published; a claim when it was reported, or else when its source was
published; a source that says no date of publication, when it was retrieved: that it was there before, nothing shows.
Days are counted from 1970-01-01.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from timeline_app.core.calendar import DAY_S
from timeline_app.core.errors import WhenError
from timeline_app.core.event import Claim, Event, Excerpt, Source, Verified
from timeline_app.core.when import parse

# Days stand in columns of 32 bits; a bound beyond is taken for the furthest day.
FIRST_DAY, LAST_DAY = int(np.iinfo(np.int32).min), int(np.iinfo(np.int32).max)
_EPOCH = date(1970, 1, 1).toordinal()
_DAY_LENGTH = 10
_MOST_DATES_HELD = 1 << 14

SourceOf = Callable[[Event, str], Source | None]


class Known(NamedTuple):
    """The days from which on an event was known: possibly, surely, and with all that is told of it now."""

    possibly_d: int
    surely_d: int
    wholly_d: int


def days_of(text: str) -> tuple[int, int] | None:
    """Return the first and the last day that a date in EDTF may mean, None for what is no date."""
    if len(text) == _DAY_LENGTH and text.isascii() and f"{text[:4]}{text[5:7]}{text[8:]}".isdecimal():
        try:
            day = date.fromisoformat(text).toordinal() - _EPOCH
        except ValueError:  # Nothing is lost: what is a date in another way is read below.
            return _days_of_any(text)
        return day, day
    return _days_of_any(text) if text else None


def known_from(dates: Iterable[str], beside: Iterable[str] = ()) -> Known | None:
    """Return since when an event was known of whose parts these are the dates, "" for those without one.

    `beside` are dates of what is told of the event but does not make it known.
    """
    days = [found for found in map(days_of, dates) if found is not None]
    return known_from_days(days, [found[0] for found in map(days_of, beside) if found is not None])


def known_from_days(days: Sequence[tuple[int, int]], later_d: Sequence[int] = ()) -> Known | None:
    """Return the same of the first and the last days that dates may mean, with the first days of what is beside."""
    if not days:
        return None
    firsts, lasts = zip(*days, strict=True)
    return Known(min(firsts), min(lasts), max((*firsts, *later_d)))


def known_of(event: Event, source_of: SourceOf) -> Known | None:
    """Return since when an event was known, None where nothing that is told of it has a date."""
    through = (source_date(source_of(event, claim.source)) for claim in event.claims if claim.source)
    return known_from(_dates(event, source_of), through)


def united(first: Known | None, second: Known | None) -> Known | None:
    """Return since when an event was known that two files tell of."""
    if first is None or second is None:
        return first or second
    possibly_d, surely_d = min(first.possibly_d, second.possibly_d), min(first.surely_d, second.surely_d)
    return Known(possibly_d, surely_d, max(first.wholly_d, second.wholly_d))


def as_known(event: Event, source_of: SourceOf, day: int) -> Event | None:
    """Return an event as it could be known at the end of a day, None when it could not be.

    What cannot have been known then is left out: excerpts, claims and sources, also of a claim that was reported
    before its source appeared. What has no date stays as long as the event does; an event none of whose parts has one
    stays on every day by which it may have begun: nobody knows what is yet to come.
    """
    known = known_of(event, source_of)
    if known is None:
        return event if event.when.start_earliest_s < after_s(day) else None
    if known.wholly_d <= day:
        return event
    if known.possibly_d > day:
        return None
    excerpts = tuple(one for one in event.excerpts if _was_known(excerpt_date(event, one, source_of), day))
    claims = tuple(one for one in event.claims if _was_known(claim_date(event, one, source_of), day))
    sources = tuple(own for own in event.own_sources if _was_known(source_date(own), day))
    known_claims = tuple(_as_reported(event, claim, source_of, day) for claim in claims)
    return replace(event, excerpts=excerpts, claims=known_claims, own_sources=sources)


def after_s(day: int) -> int:
    """Return the second after a day has ended."""
    return (day + 1) * DAY_S


def source_date(source: Source | None) -> str:
    """Return when a source was there in EDTF, "" where it does not say."""
    return "" if source is None else source.published or source.retrieved


def excerpt_date(event: Event, excerpt: Excerpt, source_of: SourceOf) -> str:
    """Return when an excerpt was published, in EDTF, "" where nothing says."""
    return source_date(source_of(event, excerpt.source)) if excerpt.source else ""


def claim_date(event: Event, claim: Claim, source_of: SourceOf) -> str:
    """Return when a claim was made known, in EDTF, "" where nothing says."""
    return claim.reported or (source_date(source_of(event, claim.source)) if claim.source else "")


def source_in(sources: Mapping[str, Source]) -> SourceOf:
    """Return what finds the source that an event means by a key: one of its own before those of its table."""

    def source_of(event: Event, key: str) -> Source | None:
        return next((own for own in event.own_sources if own.key == key), None) or sources.get(key)

    return source_of


def _dates(event: Event, source_of: SourceOf) -> Iterator[str]:
    yield from (source_date(own) for own in event.own_sources)
    yield from (excerpt_date(event, excerpt, source_of) for excerpt in event.excerpts)
    yield from (claim_date(event, claim, source_of) for claim in event.claims)


def _as_reported(event: Event, claim: Claim, source_of: SourceOf, day: int) -> Claim:
    """Return a claim without the source through which it is known now, where that appeared after the day."""
    source = source_of(event, claim.source) if claim.source else None
    return claim if _was_known(source_date(source), day) else _without_source(claim)


def _without_source(claim: Claim) -> Claim:
    return replace(claim, source="", excerpt="", verified=Verified.NO_DOCUMENT, found=None)


def _was_known(text: str, day: int) -> bool:
    days = days_of(text)
    return days is None or days[0] <= day


@lru_cache(_MOST_DATES_HELD)
def _days_of_any(text: str) -> tuple[int, int] | None:
    try:
        when = parse(text)
    except WhenError:
        return None
    first, last = (
        min(max(bound_s // DAY_S, FIRST_DAY), LAST_DAY) for bound_s in (when.start_earliest_s, when.end_latest_s)
    )
    return first, last
