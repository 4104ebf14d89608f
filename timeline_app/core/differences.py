"""What differs between two states of a timeline: events that were added, changed and withdrawn."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from timeline_app.core.arrays import BoolArray, Int32Array, Int64Array, NDArray, read_only
from timeline_app.core.claim_figures import claim_words
from timeline_app.core.content_hashes import content_hashes
from timeline_app.core.errors import Cancelled
from timeline_app.core.event import Claim, Event, Excerpt, Source, has_own_id
from timeline_app.core.filter import Filter, evaluate
from timeline_app.core.known_view import known_view
from timeline_app.core.records import Digested, RecordList
from timeline_app.core.same_event import ContentKey, content_key
from timeline_app.core.table import EventTable

IsWanted = Callable[[], bool]
_ASKED_EVERY = 1_000
# The golden ratio in 64 bits.
_STEP = 0x9E3779B97F4A7C15


@dataclass(frozen=True, slots=True)
class StatedEvent:
    """An event of a state: its row in a table, where it is read when it is looked at."""

    table: EventTable
    row: int

    @property
    def event(self) -> Event:
        """The whole event; raises ReadError where the file of it is gone."""
        return self.table.event(self.row)


@dataclass(frozen=True, slots=True, eq=False)
class State:
    """Some rows of a table, sorted: those that one state of a timeline consists of."""

    table: EventTable
    rows: Int32Array

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, place: int) -> StatedEvent:
        return StatedEvent(self.table, int(self.rows[place]))

    def __iter__(self) -> Iterator[StatedEvent]:
        """Go through the events in order of time, each read when it is looked at."""
        return (StatedEvent(self.table, row) for row in self.rows.tolist())

    def among(self, chosen: BoolArray) -> State:
        """Return some of them; `chosen` has the shape (len(self),)."""
        return State(self.table, read_only(self.rows[chosen]))


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
class ChangedEvent(StatedEvent):
    """An event of both states, as it is now, by its row in the later table, and what it says differently."""

    changes: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True)
class Differences:
    """The events that only the later state has, those that it tells differently, and those that it lacks, by time."""

    added: State
    changed: tuple[ChangedEvent, ...]
    withdrawn: State
    unchanged: int

    def __bool__(self) -> bool:
        return bool(len(self.added) or self.changed or len(self.withdrawn))


def differences(before: State, after: State, is_wanted: IsWanted = lambda: True) -> Differences:
    """Compare two states: events with one id are the same, and of others those that say the same.

    An id that a file does not give, but that follows from where a record stands, tells two files' events not apart; of
    one file in two states it does. Where records can be compared without making events of them, only those are read
    that differ. Raises ReadError, and Cancelled once it is not wanted any more.
    """
    is_one_file = before.table.files == after.table.files
    are_same = _equal_records(before, after, is_wanted)
    earlier_left, later_left = before.among(~are_same[0]), after.among(~are_same[1])
    open_rows = _OpenRows(earlier_left, any_id=is_one_file)
    changed: list[ChangedEvent] = []
    met: list[int] = []
    have_like_ids = np.isin(_id_prefixes(later_left), _id_prefixes(earlier_left))
    for row, event in _events(later_left.among(have_like_ids), is_wanted):
        earlier = open_rows.taken_by_id(event)
        if earlier is None:
            continue
        met.append(row)
        changes = field_changes(earlier, event)
        if changes:
            changed.append(ChangedEvent(after.table, row, changes))
    rest, unmet = open_rows.rest, later_left.among(~np.isin(later_left.rows, np.array(met, np.int32)))
    added, withdrawn = _without_equals(unmet, rest, is_wanted)
    unchanged = int(np.count_nonzero(are_same[0])) + len(met) - len(changed) + len(rest) - len(withdrawn)
    return Differences(added, tuple(changed), withdrawn, unchanged)


def known_differences(table: EventTable, first: str, second: str, is_wanted: IsWanted = lambda: True) -> Differences:
    """Compare what was known by the ends of two dates in EDTF, "" for all that is known; raises FilterError, Cancelled.

    Which events came and went is told by their rows. Only those are read that were known on both days and of which a
    part became known after the earlier one.
    """
    asked = Filter(as_of=first), Filter(as_of=second)
    earlier, later = (State(known_view(table, wanted), evaluate(wanted, table).rows) for wanted in asked)
    were_known, are_known = np.isin(earlier.rows, later.rows), np.isin(later.rows, earlier.rows)
    days = [day for wanted in asked if (day := wanted.known_day()) is not None]
    both = later.rows[are_known]
    # Of what nothing says when it was known, all days tell the same.
    doubtful = both[~table.known.whole_on(min(days), both)] if table.known is not None and days else both[:0]
    changed: list[ChangedEvent] = []
    for row, event in _events(State(later.table, doubtful), is_wanted):
        changes = field_changes(earlier.table.event(row), event)
        if changes:
            changed.append(ChangedEvent(later.table, row, changes))
    return Differences(later.among(~are_known), tuple(changed), earlier.among(~were_known), len(both) - len(changed))


def _equal_records(before: State, after: State, is_wanted: IsWanted) -> tuple[BoolArray, BoolArray]:
    """Return which events of each state have the very same record in the other one, each standing for one other.

    Of shape (events of the state,). Nothing is found so where records cannot be compared, or are read in other ways.
    """
    are_same = np.zeros(len(before), np.bool_), np.zeros(len(after), np.bool_)
    records = before.table.records, after.table.records
    if not (isinstance(records[0], Digested) and isinstance(records[1], Digested)):
        return are_same
    told = records[0].tellings(is_wanted), records[1].tellings(is_wanted)
    if told[0].reading != told[1].reading:
        return are_same
    digests = [one.digests[state.rows] for one, state in zip(told, (before, after), strict=True)]
    have_ids = [one.have_own_ids[state.rows] for one, state in zip(told, (before, after), strict=True)]
    for has_id in (True, False):
        first, second = (np.flatnonzero(own == has_id) for own in have_ids)
        places, others = _same_places(digests[0][first], digests[1][second])
        are_same[0][first[places]] = True
        are_same[1][second[others]] = True
    return are_same


def _same_places(first: NDArray[np.uint64], second: NDArray[np.uint64]) -> tuple[Int64Array, Int64Array]:
    """Return the places in two columns of digests that are the same, each in one pair at most."""
    _, places, others = np.intersect1d(_told_apart(first), _told_apart(second), return_indices=True)
    # The second number decides where the first ones of different records happen to be the same.
    is_same = first[places, 1] == second[others, 1]
    return places[is_same], others[is_same]


def _told_apart(digests: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Return the first numbers of digests, that of a second and a third record of the same digest made another one."""
    order = np.lexsort((digests[:, 1], digests[:, 0]))
    ordered = digests[order]
    is_other = np.concatenate(([True], (ordered[1:] != ordered[:-1]).any(axis=1)))[: len(order)]
    begins = np.flatnonzero(is_other)
    numbers = np.empty(len(order), np.uint64)
    numbers[order] = np.arange(len(order)) - np.repeat(begins, np.diff(begins, append=len(order)))
    apart: NDArray[np.uint64] = digests[:, 0] + numbers * np.uint64(_STEP)
    return apart


def _id_prefixes(state: State) -> NDArray[np.uint64]:
    """Return a part of the hash of every id, shape (len(state),): of events that share none, none has another's id."""
    return state.table.records.id_prefixes()[state.rows]


def _without_equals(after: State, before: State, is_wanted: IsWanted) -> tuple[State, State]:
    """Return the events of each state that no event of the other says the same as, each standing for one other.

    Most are like no other: only those are read that are by their columns, and those compared in full that have a hash
    in common.
    """
    if not (len(after) and len(before)):
        return after, before
    chosen = [np.ones(len(after), np.bool_), np.ones(len(before), np.bool_)]
    if _say_it_in_columns(after.table) and _say_it_in_columns(before.table):
        _choose_alike(chosen, [content_hashes(state.table)[state.rows] for state in (after, before)])
    if chosen[0].any():
        states = [state.among(some) for state, some in zip((after, before), chosen, strict=True)]
        hashed = [[hash(content_key(event)) for _, event in _events(state, is_wanted)] for state in states]
        _choose_alike(chosen, [np.array(hashes, np.int64) for hashes in hashed])
    alike = after.among(chosen[0]), before.among(chosen[1])
    keys = [[content_key(event) for _, event in _events(one, is_wanted)] for one in alike]
    equal = Counter(keys[0]) & Counter(keys[1])
    for some, own in zip(chosen, keys, strict=True):
        some[some] = _are_met(own, equal)
    return after.among(~chosen[0]), before.among(~chosen[1])


def _choose_alike(chosen: Sequence[BoolArray], hashes: Sequence[NDArray[np.integer]]) -> None:
    """Leave chosen in each of two states what has a hash of the other's; `hashes` are of what is chosen before."""
    for number, some in enumerate(chosen):
        some[some] = np.isin(hashes[number], hashes[1 - number])


def _say_it_in_columns(table: EventTable) -> bool:
    """Tell whether columns say what the events do: not where these are joined or seen as they were on a day."""
    return isinstance(table.records, RecordList | Digested)


def _are_met(keys: Sequence[ContentKey], equal: Counter[ContentKey]) -> list[bool]:
    """Return which keys stand for one that is equal, the first of several that are alike."""
    left = Counter(equal)
    found = []
    for key in keys:
        found.append(left[key] > 0)
        left[key] -= found[-1]
    return found


def field_changes(before: Event, after: Event) -> tuple[FieldChange, ...]:
    """Return what one event says differently from another, field by field; of lists only what goes and what comes."""
    # Most events of two releases are the same to the letter, which is seen without writing their fields out.
    if replace(before, origin=after.origin, other_origins=after.other_origins) == after:
        return ()
    one, other = event_fields(before), event_fields(after)
    found = []
    for name in one:
        if one[name] == other[name]:
            continue
        gone, come = Counter(one[name]) - Counter(other[name]), Counter(other[name]) - Counter(one[name])
        if gone or come:
            found.append(FieldChange(name, _of(one[name], gone), _of(other[name], come)))
    return tuple(found)


def event_fields(event: Event) -> Mapping[str, tuple[str, ...]]:
    """Return all that an event says as texts, by the names of its fields, every line in them ended in the same way.

    Whether lines end as on Windows or not says nothing of the event, and changes whenever a program saves a table anew.
    """
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
    several: dict[str, Iterable[str]] = {
        "actors": [f"{actor.name} ({actor.role})" if actor.role else actor.name for actor in event.actors],
        "tags": event.tags,
        "links": [f"{link.kind}: {link.to}" if link.kind else link.to for link in event.links],
        "excerpts": map(_excerpt_text, event.excerpts),
        "claims": map(_claim_text, event.claims),
        "sources": map(_source_text, event.own_sources),
        "other fields": [f"{name}: {value}" for name, value in event.extra.items()],
    }
    texts = {name: (text,) if text else () for name, text in single.items()} | several
    return {name: tuple(map(_with_plain_line_ends, values)) for name, values in texts.items()}


class _OpenRows:
    """The events of an earlier state that no later one was found for yet."""

    def __init__(self, state: State, *, any_id: bool) -> None:
        self._table = state.table
        self._any_id = any_id
        self._open = dict.fromkeys(state.rows.tolist())

    def taken_by_id(self, event: Event) -> Event | None:
        """Return the event with the id of another, once."""
        row = self._table.row_of(event.id) if self._any_id or has_own_id(event) else None
        if row is None or row not in self._open:
            return None
        earlier = self._table.event(row)
        if not (self._any_id or has_own_id(earlier)):
            return None
        del self._open[row]
        return earlier

    @property
    def rest(self) -> State:
        """The events that are left, in order of time."""
        return State(self._table, np.fromiter(self._open, np.int32, len(self._open)))


def _events(state: State, is_wanted: IsWanted) -> Iterator[tuple[int, Event]]:
    """Give the events with their rows, each read when its turn comes."""
    for number, row in enumerate(state.rows.tolist()):
        if number % _ASKED_EVERY == 0 and not is_wanted():
            raise Cancelled("comparing was stopped")
        yield row, state.table.event(row)


def _of(texts: tuple[str, ...], wanted: Counter[str]) -> tuple[str, ...]:
    """Return those of some texts that are wanted, as often as they are."""
    left = Counter(wanted)
    found = []
    for text in texts:
        if left[text]:
            left[text] -= 1
            found.append(text)
    return tuple(found)


def _with_plain_line_ends(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _excerpt_text(excerpt: Excerpt) -> str:
    return f"“{excerpt.text}”" + (f" ({excerpt.source})" if excerpt.source else "")


def _claim_text(claim: Claim) -> str:
    by = f" ({', '.join(claim.by)})" if claim.by else ""
    reported = f", reported {claim.reported}" if claim.reported else ""
    return f"{claim.about}: {claim_words(claim)}{by}{reported}"


def _source_text(source: Source) -> str:
    told = (source.title or source.key, source.publisher, source.published, source.url)
    return ", ".join(dict.fromkeys(filter(None, told)))
