"""What is drawn beside one event while it is selected: the events it is linked with, and its competing dates."""

from __future__ import annotations

from dataclasses import dataclass

from timeline_app.core.event import Event
from timeline_app.core.table import EventTable
from timeline_app.core.when import When, sort_key

MOST_RELATED = 24
MOST_DATES = 8
UNNAMED = "not attributed"


@dataclass(frozen=True, slots=True)
class Relation:
    """A link to or from another event, by the row of that: `kind` as the file says it, `is_back` for one from there."""

    row: int
    kind: str
    anchor_s: int | None
    is_back: bool = False


@dataclass(frozen=True, slots=True)
class ToldDate:
    """A date of an event by those who say so."""

    speakers: str
    when: When


@dataclass(frozen=True, slots=True)
class Told:
    """The relations of an event and the dates that are claimed for it, where they differ."""

    row: int
    relations: tuple[Relation, ...] = ()
    dates: tuple[ToldDate, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to draw."""
        return not (self.relations or self.dates)


def told_of(table: EventTable, row: int) -> Told:
    """Return the first MOST_RELATED relations of an event, those from it before those to it, and MOST_DATES dates.

    May read events from a file.
    """
    event = table.event(row)
    to = ((table.row_of(link.to), link.kind, False) for link in event.links)
    linking = table.linking_rows(event.id)[:MOST_RELATED]
    back = ((other, _kind_to(table.event(other), event.id), True) for other in linking)
    found: dict[int, Relation] = {}
    for other, kind, is_back in (*to, *back):
        if other is not None and other != row and len(found) < MOST_RELATED:
            found.setdefault(other, Relation(other, kind, table.anchor_s(other), is_back))
    return Told(row, tuple(found.values()), competing_dates(event))


def competing_dates(event: Event) -> tuple[ToldDate, ...]:
    """Return the dates that are claimed for an event with their speakers, none where nobody contradicts its own."""
    speakers: dict[tuple[int, ...], tuple[When, list[str]]] = {}
    for claim in event.claims:
        if claim.when is not None:
            _, names = speakers.setdefault(sort_key(claim.when)[:4], (claim.when, []))
            names += claim.by or (UNNAMED,)
    if set(speakers) <= {sort_key(event.when)[:4]}:
        return ()
    dates = [ToldDate(", ".join(dict.fromkeys(names)), when) for when, names in speakers.values()]
    return tuple(sorted(dates, key=lambda told: sort_key(told.when)))[:MOST_DATES]


def _kind_to(event: Event, to: str) -> str:
    return next((link.kind for link in event.links if link.to == to), "")
