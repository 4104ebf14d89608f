"""The card of an actor in words."""

from __future__ import annotations

from collections.abc import Sequence

from timeline_app.core.actor_card import ActorCard, Group, YearCounts
from timeline_app.core.actors import DEFAULT_KIND
from timeline_app.core.errors import WhenError
from timeline_app.core.memberships import Membership, period_of
from timeline_app.core.when import in_words, parse

MOST_NAMED = 200  # as many as the largest organisations have members


def kind_words(card: ActorCard) -> str:
    """Say what an actor is, and from when to when it existed."""
    entry = card.entry
    if entry is None:
        return "Known from the events alone"
    kind = "" if entry.kind == DEFAULT_KIND else entry.kind.replace("-", " ")
    period = period_words(entry.since, entry.until)
    return ", ".join(filter(None, (kind[:1].upper() + kind[1:], period)))


def period_words(since: str, until: str) -> str:
    """Say a period, "" for one without bounds."""
    if since and until:
        return f"{_date(since)} to {_date(until)}"
    if since:
        return f"since {_date(since)}"
    return f"until {_date(until)}" if until else ""


def groups_words(groups: Sequence[Group]) -> str:
    """Name groups with their periods; of very many those that are told first."""
    named = [
        f"{one.name} ({told})" if (told := ", ".join(filter(None, _membership_words(one)))) else one.name
        for one in groups[:MOST_NAMED]
    ]
    more = len(groups) - len(named)
    return "; ".join(named) + (f"; and {more:,} more" if more > 0 else "")


def _membership_words(group: Group) -> tuple[str, str]:
    """Say from when to when one belongs to a group, and that it never does where the period ends before it begins."""
    is_possible = period_of(Membership(group.name, group.since, group.until)).is_possible
    return period_words(group.since, group.until), "" if is_possible else "never, as it ends before it begins"


def counted_words(counts: Sequence[tuple[str, int]]) -> str:
    """Name things with how many events each has."""
    return "; ".join(f"{name} ({count:,})" for name, count in counts)


def events_words(count: int) -> str:
    """Say how many events there are."""
    return f"{count:,} event{'' if count == 1 else 's'}"


def bar_words(years: YearCounts, place: int) -> str:
    """Say what one bar of the histogram counts."""
    first = years.first + place * years.step
    last = first + years.step - 1
    span = year_words(first) if first == last else f"{year_words(first)} to {year_words(last)}"
    return f"{span}: {events_words(int(years.counts[place]))}"


def histogram_words(years: YearCounts) -> str:
    """Say what a histogram shows as a whole: from when to when, its highest bar, and what is not in it."""
    span = f"{year_words(years.first)} to {year_words(years.last)}"
    most = bar_words(years, int(years.counts.argmax()))
    left_out = f"; {events_words(years.without)} without a first date" if years.without else ""
    return f"Events by year, {span}, most in {most}{left_out}"


def year_words(year: int) -> str:
    """Say an astronomical year."""
    return str(year) if year > 0 else f"{1 - year} BC"


def _date(written: str) -> str:
    try:
        return in_words(parse(written))
    except WhenError:
        return written
