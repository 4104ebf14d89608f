"""What would move if a source were dated otherwise: the events whose dates hang on its dateline, and those on them."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from timeline_app.core.between import PlacingError, between_edtf
from timeline_app.core.datelines import dateline_of
from timeline_app.core.errors import Cancelled, UsageError, WhenError
from timeline_app.core.event import Event, Source
from timeline_app.core.relative_date import deductions, lies_within, supporting
from timeline_app.core.table import EventTable
from timeline_app.core.viewed_records import ViewedRecords
from timeline_app.core.when import When, parse

_ASKED_EVERY = 1_000
_MOST_NAMED = 8
_QUALIFIERS = "?~%"


@dataclass(frozen=True, slots=True)
class MovedDate:
    """An event that would get another date, and why: by which rule, or between which events."""

    event: Event
    row: int
    when: When
    why: str


@dataclass(frozen=True, slots=True)
class ImpossibleDate:
    """An event whose date could not be as it is any more, and would have no other, and why."""

    event: Event
    row: int
    why: str


@dataclass(frozen=True, slots=True)
class DatelineChange:
    """What another dateline of a source would change; `stays` of the dates that hang on it would be as they are."""

    source: Source
    published: str
    moved: tuple[MovedDate, ...]
    impossible: tuple[ImpossibleDate, ...]
    stays: int

    @property
    def changed_source(self) -> Source:
        """The source with its new dateline."""
        return replace(self.source, published=self.published)


def change_dateline(
    table: EventTable, key: str, published: str, is_wanted: Callable[[], bool] = lambda: True
) -> DatelineChange:
    """Return what would change if a source had been published then, changing nothing.

    Raises UsageError for a source that the table does not have or a date that cannot be read, and Cancelled once it is
    not wanted any more.
    """
    source = table.source_by_key.get(key)
    if source is None:
        raise UsageError(f"there is no source “{key}”; the sources here are {_named(tuple(table.source_by_key))}")
    try:
        parse(published)
    except WhenError as error:
        raise UsageError(f"“{published}” is not a date for the source “{key}”: {error}") from error
    return _Change(table, source, published).found(is_wanted)


def changed_table(table: EventTable, change: DatelineChange) -> EventTable:
    """Return a table whose events tell the dates that a change gives them, to be written; its columns are as before.

    What nothing is left for between its events keeps the date that it had, by itself.
    """
    whens = {one.row: one.when for one in change.moved}
    lost = {one.row for one in change.impossible}

    def seen(row: int, event: Event) -> Event:
        if row in whens:
            return replace(event, when=whens[row])
        return replace(event, between=None) if row in lost and event.between is not None else event

    sources = {**table.source_by_key, change.source.key: change.changed_source}
    return replace(table, records=ViewedRecords(table.records, seen), source_by_key=sources)


class _Change:
    def __init__(self, table: EventTable, source: Source, published: str) -> None:
        self._table = table
        self._source = source
        self._later = replace(source, published=published)
        self._moved: dict[str, MovedDate] = {}
        self._impossible: list[ImpossibleDate] = []
        self._stays = 0
        self._hanging: dict[str, list[tuple[int, Event]]] = {}

    def found(self, is_wanted: Callable[[], bool]) -> DatelineChange:
        for row, event in self._events(is_wanted):
            self._look_at(row, event)
        self._follow_hanging()
        moved = tuple(sorted(self._moved.values(), key=lambda one: one.row))
        impossible = tuple(sorted(self._impossible, key=lambda one: one.row))
        return DatelineChange(self._source, self._later.published, moved, impossible, self._stays)

    def _events(self, is_wanted: Callable[[], bool]) -> Iterator[tuple[int, Event]]:
        """Go through all events: what an anchor names is in no column."""
        for row, event in enumerate(self._table):
            if row % _ASKED_EVERY == 0 and not is_wanted():
                raise Cancelled("looking for what would move was stopped")
            yield row, event

    def _look_at(self, row: int, event: Event) -> None:
        if event.between is not None:
            for other in filter(None, (event.between.after, event.between.before)):
                self._hanging.setdefault(other, []).append((row, event))
            return
        if any(own.key == self._source.key for own in event.own_sources):
            return
        before = dateline_of(event, partial(self._table.source_of, event)) if event.phrase else None
        if before is not None and before.source == self._source.key:
            self._reckon(row, event, before.when)
        elif any(excerpt.source == self._source.key for excerpt in event.excerpts):
            self._compare(row, event)

    def _reckon(self, row: int, event: Event, before: When) -> None:
        """Reckon a date that hangs on the source anew, by the rule that it rests on now."""
        after = parse(self._later.published)
        rests_on = supporting(event.phrase, before, event.when)
        if rests_on is None:
            self._stays += 1
            return
        by_rule = next((one for one in deductions(event.phrase, after) if one.rule == rests_on.rule), None)
        if by_rule is None:
            why = f"“{event.phrase}” means no date that is counted from {self._later.published}"
            self._impossible.append(ImpossibleDate(event, row, why))
        elif lies_within(parse(by_rule.when), event.when):
            self._stays += 1
        else:
            when = parse(_as_doubtful(by_rule.when, event.when.text, rests_on.when))
            self._moved[event.id] = MovedDate(event, row, when, f"“{event.phrase}”: {by_rule.rule}")

    def _compare(self, row: int, event: Event) -> None:
        """Note an event that the source quotes and that would begin only after the source appeared."""
        begins_s = event.when.start_earliest_s
        after = parse(self._later.published)
        if begins_s <= after.end_latest_s:
            return
        try:
            was_before = not self._source.published or begins_s <= parse(self._source.published).end_latest_s
        except WhenError:  # Reported as a problem when the file was read.
            was_before = True
        if was_before:
            why = "it would begin only after the source that it is quoted from appeared"
            self._impossible.append(ImpossibleDate(event, row, why))

    def _follow_hanging(self) -> None:
        """Place anew what stands between events that moved, each once its neighbours are, and so on."""
        waiting = self._reached()
        ready = deque(self._moved)
        while ready:
            for row, event in self._hanging.get(ready.popleft(), ()):
                waiting[event.id] -= 1
                if not waiting[event.id]:
                    self._place(row, event)
                    ready.append(event.id)

    def _reached(self) -> Counter[str]:
        """Return what may follow the events that moved, with by how many of them each may be reached."""
        reached: Counter[str] = Counter()
        following = deque(self._moved)
        while following:
            for _, event in self._hanging.get(following.popleft(), ()):
                if not reached[event.id]:
                    following.append(event.id)
                reached[event.id] += 1
        return reached

    def _place(self, row: int, event: Event) -> None:
        """Place an event between its neighbours, if one of them moved."""
        between = event.between
        if between is None or not {between.after, between.before} & self._moved.keys():
            return
        try:
            when = parse(between_edtf(*map(self._when_of, (between.after, between.before))))
        except PlacingError as error:
            self._impossible.append(ImpossibleDate(event, row, f"nothing would lie between its events: {error}"))
            return
        if when.text != event.when.text:
            sides = (("after", between.after), ("before", between.before))
            why = ", ".join(f"{side} “{name}”" for side, name in sides if name)
            self._moved[event.id] = MovedDate(event, row, when, why)

    def _when_of(self, event_id: str) -> When | None:
        if not event_id:
            return None
        if event_id in self._moved:
            return self._moved[event_id].when
        row = self._table.row_of(event_id)
        return None if row is None else self._table.event(row).when


def _named(keys: Sequence[str]) -> str:
    """Name sources; of very many those that come first, and how many more there are."""
    named = ", ".join(f"“{key}”" for key in keys[:_MOST_NAMED]) or "none"
    return named + (f" and {len(keys) - _MOST_NAMED:,} more" if len(keys) > _MOST_NAMED else "")


def _as_doubtful(text: str, written: str, deduced: str) -> str:
    """Return a date with the sign of doubt that was written after what was deduced before; a set of days takes none."""
    sign = written.removeprefix(deduced)
    is_sign = len(sign) == 1 and sign in _QUALIFIERS and written == deduced + sign
    return text + sign if is_sign and not text.startswith("[") and "/" not in text else text
