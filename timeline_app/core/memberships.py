"""From when to when an actor belongs to another one, and what cannot be of such periods."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from timeline_app.core.calendar import DAY_S
from timeline_app.core.errors import WhenError
from timeline_app.core.when import FUTURE_S, PAST_S, When, parse


@dataclass(frozen=True, slots=True)
class Membership:
    """One period of belonging to an organisation or a whole; dates are EDTF, both days included, empty is unbounded."""

    name: str
    since: str = ""
    until: str = ""

    def __str__(self) -> str:
        return f"{self.since or '…'} to {self.until or '…'}"


@dataclass(frozen=True, slots=True)
class Belonging:
    """An actor that is taken along with another one, and while it is, in seconds, both included.

    It may belong from `first_s` to `last_s`, and surely does from `surely_first_s` to `surely_last_s`, which of vague
    dates may be no time at all.
    """

    name: str
    first_s: int = PAST_S
    last_s: int = FUTURE_S
    surely_first_s: int = PAST_S
    surely_last_s: int = FUTURE_S

    @property
    def is_dated(self) -> bool:
        """Whether it does not belong always."""
        return self.surely_first_s > PAST_S or self.surely_last_s < FUTURE_S

    @property
    def is_possible(self) -> bool:
        """Whether there is a time at which it may belong."""
        return self.first_s <= self.last_s

    def within(self, whole: Belonging) -> Belonging:
        """Return the same actor while that belongs to which it belongs."""
        return Belonging(
            self.name,
            max(self.first_s, whole.first_s),
            min(self.last_s, whole.last_s),
            max(self.surely_first_s, whole.surely_first_s),
            min(self.surely_last_s, whole.surely_last_s),
        )

    def may_hold(self, when: When) -> bool:
        """Return whether an event of this date can lie in the time."""
        return when.start_earliest_s <= self.last_s and self.first_s <= when.end_latest_s


def period_of(membership: Membership) -> Belonging:
    """Return the period of a membership; a date that cannot be read, which its reader reports, bounds nothing."""
    return _period(membership.name, membership.since, membership.until)


def contradictions(actor: str, memberships: Sequence[Membership]) -> Iterator[tuple[int, str]]:
    """Yield what cannot be of the members or the wholes of one actor: the place in the list, and the words for it."""
    periods = [period_of(membership) for membership in memberships]
    for place, (own, membership) in enumerate(zip(periods, memberships, strict=True)):
        if own.name == actor:
            yield place, f"{actor} cannot belong to itself"
        elif not own.is_possible:
            yield (
                place,
                f"{own.name} leaves ({membership.until}) before it joins ({membership.since}): it never belongs",
            )
        for earlier in range(place):
            both = own.within(periods[earlier])
            if periods[earlier].name == own.name and both.surely_first_s <= both.surely_last_s:
                yield place, f"{own.name} belongs twice at one time: {memberships[earlier]}, and {membership}"
                break


def circle_words(circle: Sequence[str]) -> str:
    """Say that actors are parts of each other, from one to it again."""
    return f"{' is part of '.join(circle)}, in a circle"


@lru_cache(maxsize=8192)
def _period(name: str, since: str, until: str) -> Belonging:
    first, last = _read(since), _read(until)
    return Belonging(
        name,
        first.start_earliest_s if first else PAST_S,
        last.end_latest_s if last else FUTURE_S,
        _day_begin_s(first.start_latest_s) if first else PAST_S,
        _day_end_s(last.end_earliest_s) if last else FUTURE_S,
    )


def _read(written: str) -> When | None:
    try:
        return parse(written) if written else None
    except WhenError:
        return None


def _day_begin_s(time_s: int) -> int:
    return time_s if time_s in {PAST_S, FUTURE_S} else time_s // DAY_S * DAY_S


def _day_end_s(time_s: int) -> int:
    return time_s if time_s in {PAST_S, FUTURE_S} else _day_begin_s(time_s) + DAY_S - 1
