"""What differs between two states of a timeline: events that were added, changed and withdrawn."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from timeline_app.core.arrays import Int32Array
from timeline_app.core.claim_figures import claim_words
from timeline_app.core.errors import Cancelled
from timeline_app.core.event import Claim, Event, Excerpt, Source, made_id
from timeline_app.core.filter import Filter, evaluate
from timeline_app.core.known_view import known_view
from timeline_app.core.same_event import ContentKey, content_key
from timeline_app.core.table import EventTable

IsWanted = Callable[[], bool]
_ASKED_EVERY = 1_000


@dataclass(frozen=True, slots=True, eq=False)
class State:
    """Some rows of a table: those that one state of a timeline consists of."""

    table: EventTable
    rows: Int32Array


def state_of(table: EventTable, wanted: Filter) -> State:
    """Return the state that a filter leaves of a table, as known on its day; raises FilterError."""
    return State(known_view(table, wanted), evaluate(wanted, table).rows)


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field that says something else: what it no longer says, and what it says now, in the order of the event."""

    field: str
    before: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StatedEvent:
    """An event of a state, with its row in the table of that."""

    event: Event
    row: int


@dataclass(frozen=True, slots=True)
class ChangedEvent:
    """An event of both states, as it is now, with its row in the later table and what it says differently."""

    event: Event
    row: int
    changes: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True)
class Differences:
    """The events that only the later state has, those that it tells differently, and those that it lacks, by time."""

    added: tuple[StatedEvent, ...]
    changed: tuple[ChangedEvent, ...]
    withdrawn: tuple[StatedEvent, ...]
    unchanged: int

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.withdrawn)


def differences(before: State, after: State, is_wanted: IsWanted = lambda: True) -> Differences:
    """Compare two states: events with one id are the same, and of others those that say the same.

    An id that a file does not give, but that follows from where a record stands, tells two files' events not apart; of
    one file in two states it does. Raises Cancelled once it is not wanted any more.
    """
    is_one_file = before.table.files == after.table.files
    open_rows = _OpenRows(before, any_id=is_one_file)
    changed: list[ChangedEvent] = []
    unmatched: list[StatedEvent] = []
    unchanged = 0
    for stated in _events(after, is_wanted):
        earlier = open_rows.taken_by_id(stated.event)
        if earlier is None:
            unmatched.append(stated)
            continue
        changes = field_changes(earlier, stated.event)
        unchanged += not changes
        if changes:
            changed.append(ChangedEvent(stated.event, stated.row, changes))
    rest = list(_events(open_rows.rest, is_wanted))
    added, withdrawn = _without_equals(unmatched, rest)
    unchanged += len(rest) - len(withdrawn)
    return Differences(added, tuple(changed), withdrawn, unchanged)


def known_differences(table: EventTable, first: str, second: str, is_wanted: IsWanted = lambda: True) -> Differences:
    """Compare what was known by the ends of two dates in EDTF, "" for all that is known; raises FilterError, Cancelled.

    Only events are read of which a part became known after the earlier of both days.
    """
    asked = Filter(as_of=first), Filter(as_of=second)
    rows = [evaluate(wanted, table).rows for wanted in asked]
    days = [day for wanted in asked if (day := wanted.known_day()) is not None]
    unchanged = 0
    if days and table.known is not None:
        are_settled = [table.known.whole_on(min(days), some) for some in rows]
        unchanged = int(np.count_nonzero(are_settled[0]))
        rows = [some[~settled] for some, settled in zip(rows, are_settled, strict=True)]
    earlier, later = (State(known_view(table, one), some) for one, some in zip(asked, rows, strict=True))
    found = differences(earlier, later, is_wanted)
    return replace(found, unchanged=found.unchanged + unchanged)


def _without_equals(
    after: Sequence[StatedEvent], before: Sequence[StatedEvent]
) -> tuple[tuple[StatedEvent, ...], tuple[StatedEvent, ...]]:
    """Return the events of each list that no event of the other says the same as, each standing for one other."""
    one, other = (Counter(content_key(stated.event) for stated in some) for some in (after, before))
    return _beyond(after, one & other), _beyond(before, one & other)


def _beyond(events: Sequence[StatedEvent], equal: Counter[ContentKey]) -> tuple[StatedEvent, ...]:
    left = Counter(equal)
    found = []
    for stated in events:
        key = content_key(stated.event)
        if left[key]:
            left[key] -= 1
        else:
            found.append(stated)
    return tuple(found)


def field_changes(before: Event, after: Event) -> tuple[FieldChange, ...]:
    """Return what one event says differently from another, field by field; of lists only what goes and what comes."""
    # Most events of two releases are the same to the letter, which is seen without writing their fields out.
    if replace(before, origin=after.origin, other_origins=after.other_origins) == after:
        return ()
    one, other = event_fields(before), event_fields(after)
    found = []
    for name in one:
        gone, come = Counter(one[name]) - Counter(other[name]), Counter(other[name]) - Counter(one[name])
        if gone or come:
            found.append(FieldChange(name, _of(one[name], gone), _of(other[name], come)))
    return tuple(found)


def event_fields(event: Event) -> Mapping[str, tuple[str, ...]]:
    """Return all that an event says as texts, by the names of its fields."""
    location = event.location
    single = {
        "title": event.title,
        "when": event.when.text,
        "basis": str(event.basis),
        "basis note": event.basis_note,
        "phrase": event.phrase,
        "anchor": event.anchor,
        "after": event.between.after if event.between else "",
        "before": event.between.before if event.between else "",
        "type": event.type,
        "place": event.place,
        "location": "" if location is None else f"{location.lat}, {location.lon}",
        "importance": str(event.importance),
        "summary": event.summary,
    }
    several = {
        "actors": [f"{actor.name} ({actor.role})" if actor.role else actor.name for actor in event.actors],
        "tags": event.tags,
        "links": [f"{link.kind}: {link.to}" if link.kind else link.to for link in event.links],
        "excerpts": map(_excerpt_text, event.excerpts),
        "claims": map(_claim_text, event.claims),
        "sources": map(_source_text, event.own_sources),
        "other fields": [f"{name}: {value}" for name, value in event.extra.items()],
    }
    texts = {name: (text,) if text else () for name, text in single.items()}
    return texts | {name: tuple(values) for name, values in several.items()}


class _OpenRows:
    """The events of an earlier state that no later one was found for yet."""

    def __init__(self, state: State, *, any_id: bool) -> None:
        self._table = state.table
        self._any_id = any_id
        self._open = dict.fromkeys(state.rows.tolist())

    def taken_by_id(self, event: Event) -> Event | None:
        """Return the event with the id of another, once."""
        row = self._table.row_of(event.id) if self._any_id or _has_own_id(event) else None
        if row is None or row not in self._open:
            return None
        earlier = self._table.event(row)
        if not (self._any_id or _has_own_id(earlier)):
            return None
        del self._open[row]
        return earlier

    @property
    def rest(self) -> State:
        """The events that are left, in order of time."""
        return State(self._table, np.fromiter(self._open, np.int32, len(self._open)))


def _events(state: State, is_wanted: IsWanted) -> Iterator[StatedEvent]:
    for number, row in enumerate(state.rows.tolist()):
        if number % _ASKED_EVERY == 0 and not is_wanted():
            raise Cancelled("comparing was stopped")
        yield StatedEvent(state.table.event(row), row)


def _has_own_id(event: Event) -> bool:
    return event.id != made_id(event.origin.record)


def _of(texts: tuple[str, ...], wanted: Counter[str]) -> tuple[str, ...]:
    """Return those of some texts that are wanted, as often as they are."""
    left = Counter(wanted)
    found = []
    for text in texts:
        if left[text]:
            left[text] -= 1
            found.append(text)
    return tuple(found)


def _excerpt_text(excerpt: Excerpt) -> str:
    return f"“{excerpt.text}”" + (f" ({excerpt.source})" if excerpt.source else "")


def _claim_text(claim: Claim) -> str:
    by = f" ({', '.join(claim.by)})" if claim.by else ""
    reported = f", reported {claim.reported}" if claim.reported else ""
    return f"{claim.about}: {claim_words(claim)}{by}{reported}"


def _source_text(source: Source) -> str:
    told = (source.title or source.key, source.publisher, source.published, source.url)
    return ", ".join(dict.fromkeys(filter(None, told)))
